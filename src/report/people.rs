//! Fans and critics. In: the summary, and themes. Out: people, ranked. Separate because people are shown under
//! rules of their own.

use super::build::{Context, Pseudonyms};
use super::model::{People, Themes};
use crate::summary::Summary;

pub(super) fn people(_summary: &Summary, _context: &Context, _themes: Option<&Themes>, _names: &mut Pseudonyms<'_>) -> Option<People> {
    None
}
