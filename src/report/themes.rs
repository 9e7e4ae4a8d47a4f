//! What was raised to themes. In: the summary. Out: themes of praise and of complaint. Separate because it is
//! where phrases are put together.

use super::build::{Context, Pseudonyms};
use super::model::Themes;
use crate::summary::Summary;

pub(super) fn themes(_summary: &Summary, _context: &Context, _names: &mut Pseudonyms<'_>) -> Option<Themes> {
    None
}
