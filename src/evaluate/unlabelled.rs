//! Records that cannot be judged. In: labels that say nothing. Out: counts, and a few of the labels.
//! Separate because a label that is not understood must be told, or the figures are about other records
//! than their reader thinks.

use crate::input::Label;
use std::collections::BTreeSet;

/// Unknown labels that are kept: the first by alphabet, whatever their order in the file.
const WORDS: usize = 5;
/// Longest that is kept, in bytes.
const LONGEST: usize = 40;

/// Counts by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unlabelled {
    /// There is no label.
    pub missing: u64,
    /// The label says to leave the record out.
    pub left_out: u64,
    /// The label means nothing that is known.
    pub unknown: u64,
    /// Some of those labels.
    pub words: BTreeSet<String>,
}

impl Unlabelled {
    /// Adds a record.
    pub fn add(&mut self, label: Label) {
        match label {
            Label::Missing | Label::Known(_) => self.missing += 1,
            Label::LeftOut => self.left_out += 1,
            Label::Unknown(word) => {
                self.unknown += 1;
                let word = word.get(..word.floor_char_boundary(LONGEST)).unwrap_or("");
                let first = self.words.len() < WORDS || self.words.last().is_some_and(|last| word < last.as_str());
                if first && !self.words.contains(word) {
                    self.words.insert(word.to_owned());
                    self.shorten();
                }
            }
        }
    }

    fn shorten(&mut self) {
        while self.words.len() > WORDS {
            self.words.pop_last();
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        self.missing += other.missing;
        self.left_out += other.left_out;
        self.unknown += other.unknown;
        self.words.extend(other.words);
        self.shorten();
    }

    /// All of them.
    #[must_use]
    pub const fn records(&self) -> u64 {
        self.missing + self.left_out + self.unknown
    }
}
