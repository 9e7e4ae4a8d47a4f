//! Words that set records apart. In: the summary. Out: lists of words. Separate because it reads texts again.

use super::build::Context;
use super::model::Contrast;
use crate::summary::Summary;

pub(super) fn contrasts(_summary: &Summary, _context: &Context) -> Vec<Contrast> {
    Vec::new()
}
