//! Records whose stars and text say the opposite. In: the summary. Out: quotes with the likely reason. Separate
//! because it guesses at reasons.

use super::build::{Context, Pseudonyms};
use super::model::Clash;
use crate::summary::Summary;

pub(super) fn clashes(_summary: &Summary, _context: &Context, _names: &mut Pseudonyms<'_>) -> Vec<Clash> {
    Vec::new()
}
