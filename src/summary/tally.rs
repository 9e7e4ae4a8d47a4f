//! Counts of polarities and sums of scores. In: scores. Out: integers. Separate because every table of
//! the report is made of it.

use super::stored;
use crate::score::{Polarity, Score};
use serde::{Deserialize, Serialize};

/// Scored records counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    #[serde(deserialize_with = "stored::counts")]
    counts: [u64; Polarity::ALL.len()],
    /// Sum of scores, in ten-thousandths.
    #[serde(deserialize_with = "stored::sum")]
    pub sum: i64,
    /// Sum of squared scores.
    #[serde(deserialize_with = "stored::squares")]
    pub squares: u64,
}

impl Tally {
    /// Adds a score.
    #[inline]
    pub fn add(&mut self, score: &Score) {
        self.counts[score.polarity as usize] += 1;
        self.sum += i64::from(score.score);
        self.squares += u64::from(score.score.unsigned_abs()).pow(2);
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            *mine += theirs;
        }
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Records of a polarity.
    #[must_use]
    pub const fn count(&self, polarity: Polarity) -> u64 {
        self.counts[polarity as usize]
    }

    /// All records.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.counts.iter().sum()
    }
}
