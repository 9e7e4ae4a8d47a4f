//! True classes against answers. In: labels and scores. Out: counts. Separate because accuracy, its
//! interval and the correction of shares all come from this one table of integers.

use super::stored;
use crate::input::label::{Class, Mark, Scheme};
use crate::score::{Polarity, Score};
use serde::{Deserialize, Serialize};

/// What earful says of a record; mixed is told apart by the sign of its score, so that it can be counted
/// as a class of its own or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// Praise.
    Positive,
    /// Neither.
    Neutral,
    /// A complaint.
    Negative,
    /// Both, with a score above nought.
    MixedUp,
    /// Both, with a score below nought.
    MixedDown,
    /// Both, with a score of nought.
    MixedEven,
    /// Nothing: there is no lexicon for its language.
    Unscored,
}

impl Answer {
    /// All answers, in the order of tables.
    pub const ALL: [Self; 7] =
        [Self::Positive, Self::Neutral, Self::Negative, Self::MixedUp, Self::MixedDown, Self::MixedEven, Self::Unscored];

    /// The answer that a score is.
    #[must_use]
    pub const fn of(score: &Score) -> Self {
        match (score.polarity, score.score) {
            (Polarity::Positive, _) => Self::Positive,
            (Polarity::Negative, _) => Self::Negative,
            (Polarity::Neutral, _) => Self::Neutral,
            (Polarity::Mixed, 1..) => Self::MixedUp,
            (Polarity::Mixed, 0) => Self::MixedEven,
            (Polarity::Mixed, _) => Self::MixedDown,
        }
    }

    /// The class that it names; none if unscored.
    #[must_use]
    pub const fn named(self) -> Option<Class> {
        match self {
            Self::Positive => Some(Class::Positive),
            Self::Neutral => Some(Class::Neutral),
            Self::Negative => Some(Class::Negative),
            Self::MixedUp | Self::MixedDown | Self::MixedEven => Some(Class::Mixed),
            Self::Unscored => None,
        }
    }

    /// The class that it counts as: where mixed is no class, mixed counts by its sign.
    #[must_use]
    pub const fn counted(self, mixed: bool) -> Option<Class> {
        match self {
            Self::MixedUp if !mixed => Some(Class::Positive),
            Self::MixedDown if !mixed => Some(Class::Negative),
            Self::MixedEven if !mixed => Some(Class::Neutral),
            _ => self.named(),
        }
    }
}

/// Records by label and answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confusion {
    #[serde(deserialize_with = "stored::counts")]
    counts: [[u64; Answer::ALL.len()]; Mark::COUNT],
}

impl Default for Confusion {
    fn default() -> Self {
        Self { counts: [[0; Answer::ALL.len()]; Mark::COUNT] }
    }
}

impl Confusion {
    /// Adds a record.
    #[inline]
    pub const fn add(&mut self, mark: Mark, answer: Answer) {
        self.counts[mark.index()][answer as usize] += 1;
    }

    /// Adds another table.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.counts.iter_mut().flatten().zip(other.counts.iter().flatten()) {
            *mine += theirs;
        }
    }

    /// Records of a label and an answer.
    #[must_use]
    pub const fn count(&self, mark: Mark, answer: Answer) -> u64 {
        self.counts[mark.index()][answer as usize]
    }

    /// Records of a label.
    #[must_use]
    pub fn of(&self, mark: Mark) -> u64 {
        self.counts[mark.index()].iter().sum()
    }

    /// All records.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// The numbers that are among the labels.
    #[must_use]
    pub fn numbers(&self) -> Vec<i8> {
        Mark::all().filter(|&mark| self.of(mark) > 0).filter_map(Mark::as_number).collect()
    }

    /// Counts numbers as the classes they mean. Those without a meaning go; returns how many.
    pub fn resolve(&mut self, meanings: &Meanings) -> u64 {
        let mut whole = Self::default();
        let mut gone = 0;
        for mark in Mark::all() {
            match meanings.of(mark) {
                Some(class) => {
                    let row = &mut whole.counts[Mark::class(class).index()];
                    row.iter_mut().zip(self.counts[mark.index()]).for_each(|(mine, more)| *mine += more);
                }
                None => gone += self.of(mark),
            }
        }
        *self = whole;
        gone
    }
}

/// What the labels of one file mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Meanings(Scheme);

impl Meanings {
    /// Told from all numbers that were seen.
    #[must_use]
    pub fn tell(numbers: &[i8]) -> Self {
        Self(Scheme::tell(numbers).unwrap_or_default())
    }

    /// The class of a label.
    #[must_use]
    pub fn of(&self, mark: Mark) -> Option<Class> {
        mark.as_class().or_else(|| self.0.of(mark.as_number()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_classes_and_none_is_lost() {
        let mut table = Confusion::default();
        for (number, answer) in [(0, Answer::Negative), (1, Answer::Positive), (1, Answer::MixedUp), (1, Answer::Unscored)] {
            table.add(Mark::number(number).unwrap(), answer);
        }
        table.add(Mark::class(Class::Positive), Answer::Neutral);
        let mut odd = table;
        assert_eq!(table.resolve(&Meanings::tell(&table.numbers())), 0);
        assert_eq!((table.of(Mark::class(Class::Positive)), table.of(Mark::class(Class::Negative)), table.records()), (4, 1, 5));
        odd.add(Mark::number(9).unwrap(), Answer::Positive);
        assert_eq!((odd.resolve(&Meanings::tell(&odd.numbers())), odd.records()), (5, 1));
    }
}
