//! Periods that stand out. In: the summary, and themes with their course. Out: spikes. Separate because all
//! series are watched by one rule.

use super::build::Context;
use super::model::{Spikes, Themes};
use crate::summary::Summary;

pub(super) fn spikes(_summary: &Summary, _context: &Context, _themes: Option<&Themes>) -> Option<Spikes> {
    None
}
