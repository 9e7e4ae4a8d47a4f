//! Where label and score are furthest apart. In: labels and scores. Out: the records that clash
//! hardest. Separate because the worst mistakes teach most: a wrong label, an irony, a word whose
//! valence does not hold here.
//!
//! With labels at 1, 0 and -1, the clash of a record is the distance between label and score, so
//! opposite signs always come before opinions about neutral texts. As long as a number has no meaning,
//! both of its ends are kept.

use super::best::{Best, Case, Seen, Word};
use crate::input::label::{Class, Mark};
use crate::score::measure::ONE;
use crate::summary::{Answer, Meanings};
use std::collections::BTreeMap;

/// Records that are kept per label and side.
const CLASHES: usize = 20;

/// Records by label and by whether their score is above nought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clashes(BTreeMap<(Mark, bool), Best>);

/// Whether a score on one side of nought may clash with a class.
const fn may_clash(class: Class, praise: bool) -> bool {
    match class {
        Class::Positive => !praise,
        Class::Negative => praise,
        Class::Neutral => true,
        Class::Mixed => false,
    }
}

impl Clashes {
    /// Considers a record.
    pub fn add(&mut self, mark: Mark, answer: Answer, seen: &Seen, why: impl FnOnce() -> Vec<Word>) {
        let praise = seen.score > 0;
        let opinion = seen.score != 0 && answer != Answer::Neutral;
        if opinion && mark.as_class().is_none_or(|class| may_clash(class, praise)) {
            self.0.entry((mark, praise)).or_default().consider(CLASHES, seen.score.unsigned_abs(), seen, why);
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        for (key, best) in other.0 {
            self.0.entry(key).or_default().merge(CLASHES, best);
        }
    }

    /// See [`super::Evaluation::resolve`].
    pub fn resolve(&mut self, meanings: &Meanings) {
        for ((mark, praise), best) in std::mem::take(&mut self.0) {
            if let Some(class) = meanings.of(mark).filter(|&class| may_clash(class, praise)) {
                self.0.entry((Mark::class(class), praise)).or_default().merge(CLASHES, best);
            }
        }
    }

    /// The hardest first: the label, and the record.
    #[must_use]
    pub fn hardest(&self) -> Vec<(Class, &Case)> {
        let distance = |class: Class, score: i32| match class {
            Class::Positive | Class::Negative => ONE.unsigned_abs() + score.unsigned_abs(),
            Class::Neutral | Class::Mixed => score.unsigned_abs(),
        };
        let cases = self.0.iter().filter_map(|((mark, _), best)| Some((mark.as_class()?, best.cases())));
        let mut all: Vec<(Class, &Case)> = cases.flat_map(|(class, cases)| cases.iter().map(move |case| (class, case))).collect();
        all.sort_by_key(|(class, case)| (std::cmp::Reverse(distance(*class, case.score)), case.place));
        all.truncate(CLASHES);
        all
    }
}
