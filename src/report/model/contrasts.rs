//! Words that set records apart, as data. Separate because a contrast is a list of its own, however many
//! there are.

use serde::{Deserialize, Serialize};

/// Words that set some records apart from others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// The records, as `complaints`, `since 2026-03-01` or `Dell`.
    pub of: String,
    /// Those they are compared with, as `praise`, `before` or `other subjects`.
    pub against: String,
    /// Records looked through of the first.
    pub records: u64,
    /// Records looked through of the others.
    pub others: u64,
    /// One record in so many was looked through; 1 if all were.
    pub sample: u64,
    /// Words of the first, the most telling first; all within the rate of false discoveries.
    pub words: Vec<TellingWord>,
    /// Words of the others.
    pub other_words: Vec<TellingWord>,
}

/// A word that is said more often in some records than in others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TellingWord {
    /// The word, or the pair of words.
    pub word: String,
    /// How many of the records that it speaks for have it.
    pub count: u64,
    /// How many of the others.
    pub other: u64,
    /// Weighted log-odds with an informative prior, above nought.
    pub log_odds: f64,
    /// The same in standard errors.
    pub z: f64,
    /// The smallest rate of false discoveries at which it would be listed.
    pub q: f64,
}

impl Contrast {
    /// Whether any word sets them apart.
    #[must_use]
    pub const fn tells(&self) -> bool {
        !self.words.is_empty() || !self.other_words.is_empty()
    }
}
