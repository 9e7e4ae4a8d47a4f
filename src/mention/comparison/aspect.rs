//! In what two subjects are compared. In: items around a comparison. Out: the words that name it. Separate
//! because who wins does not depend on it.

use super::On;
use super::find::Text;
use super::items::{Item, What};
use super::pattern::Met;
use super::words::{LIKE, MORE, BETTER, SIZE, THAN, THING, TOPIC, SMALL, GRADABLE, BUT, NOT, RUN, SPEND, WARD, AS};

/// Most words of an aspect.
const LONGEST: usize = 3;

impl Text<'_> {
    /// The aspect of what was met: named behind it (`for gaming`), by a thing (`more ads`), by what belongs to
    /// a name (`HP's battery`), or implied by the comparative (`cheaper`).
    pub(super) fn on(&self, met: &Met, degree: Option<usize>) -> Option<On> {
        let _ = (met, degree);
        None
    }
}
