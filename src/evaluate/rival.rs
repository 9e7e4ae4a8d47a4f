//! Another lexicon on the same records. In: two answers to each record. Out: joint counts, and records
//! whose answer changes. Separate because two lexicons are compared record by record: most they get
//! right or wrong together, and those say nothing.

use super::answer_of;
use super::best::{Best, Case, Seen};
use crate::analyze::Outcome;
use crate::input::label::{Class, Mark};
use crate::score::Score;
use crate::stats::{CLASSES, Table};
use crate::summary::{Answer, Meanings};
use std::collections::BTreeMap;

/// Examples that are kept of each kind of change.
const FLIPS: usize = 5;
const ANSWERS: usize = Answer::ALL.len();

/// Records by label, by the first answer and by the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    joint: Box<[[[u64; ANSWERS]; ANSWERS]; Mark::COUNT]>,
    flips: BTreeMap<(Mark, Answer, Answer), Best>,
}

/// A record whose answer changes.
#[derive(Clone, Copy, Debug)]
pub struct Flip<'c> {
    /// Its label.
    pub class: Class,
    /// What the first answer counts as.
    pub before: Class,
    /// What the other counts as; none if unscored.
    pub after: Option<Class>,
    /// The record, with its other score.
    pub case: &'c Case,
}

impl Default for Rival {
    fn default() -> Self {
        Self { joint: Box::new([[[0; ANSWERS]; ANSWERS]; Mark::COUNT]), flips: BTreeMap::new() }
    }
}

impl Rival {
    /// Adds a record that the first lexicon has scored.
    pub fn add(&mut self, mark: Mark, first: &Score, outcome: Outcome, seen: &Seen) {
        let before = Answer::of(first);
        let (after, other) = answer_of(outcome);
        self.joint[mark.index()][before as usize][after as usize] += 1;
        if before != after {
            let other = other.map_or(0, |other| other.score);
            let seen = Seen { score: other, ..*seen };
            let moved = other.abs_diff(first.score);
            self.flips.entry((mark, before, after)).or_default().consider(FLIPS, moved, &seen, Vec::new);
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        for (mine, theirs) in self.joint.iter_mut().flatten().flatten().zip(other.joint.iter().flatten().flatten()) {
            *mine += theirs;
        }
        for (key, best) in other.flips {
            self.flips.entry(key).or_default().merge(FLIPS, best);
        }
    }

    /// See [`super::Evaluation::resolve`].
    pub fn resolve(&mut self, meanings: &Meanings) {
        let old = std::mem::take(self);
        for mark in Mark::all() {
            if let Some(class) = meanings.of(mark) {
                let mine = self.joint[Mark::class(class).index()].iter_mut().flatten();
                mine.zip(old.joint[mark.index()].iter().flatten()).for_each(|(mine, more)| *mine += more);
            }
        }
        for ((mark, before, after), best) in old.flips {
            if let Some(class) = meanings.of(mark) {
                self.flips.entry((Mark::class(class), before, after)).or_default().merge(FLIPS, best);
            }
        }
    }

    /// Records by class, by what the first answer and the other count as; an unscored record counts as
    /// answered wrongly.
    #[must_use]
    pub fn table(&self, mixed: bool) -> [Table; CLASSES] {
        let mut out = [[[0; CLASSES]; CLASSES]; CLASSES];
        for class in Class::ALL {
            let wrong = if class == Class::Neutral { Class::Positive } else { Class::Neutral };
            for before in Answer::ALL {
                for after in Answer::ALL {
                    let counted = |answer: Answer| answer.counted(mixed).unwrap_or(wrong) as usize;
                    let count = self.joint[Mark::class(class).index()][before as usize][after as usize];
                    out[class as usize][counted(before)][counted(after)] += count;
                }
            }
        }
        out
    }

    /// Records that the other lexicon turns from wrong to right, or from right to wrong, those that move
    /// furthest first.
    #[must_use]
    pub fn flips(&self, to_right: bool, mixed: bool) -> Vec<Flip<'_>> {
        let mut list: Vec<Flip> = Vec::new();
        for ((mark, before, after), best) in &self.flips {
            let (Some(class), Some(old)) = (mark.as_class(), before.counted(mixed)) else { continue };
            let new = after.counted(mixed);
            let turned = if to_right { old != class && new == Some(class) } else { old == class && new != Some(class) };
            if turned {
                list.extend(best.cases().iter().map(|case| Flip { class, before: old, after: new, case }));
            }
        }
        list.sort_by_key(|flip| flip.case.order());
        list.truncate(FLIPS);
        list
    }
}
