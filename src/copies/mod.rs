//! Which records say what an earlier one has said. In: the [`Print`]s of records in input order. Out:
//! whether each is a copy, and how many copies a text has. Separate because a retweet, a syndicated
//! review and a download that was split in two are one opinion, not many; and because this is the only
//! thing that one record has to know of others.
//!
//! What is a copy depends on how much it says:
//!
//! | words | a copy when |
//! |---|---|
//! | below 4 | text, author, date and product are the same, or text and id where there is no author or no date |
//! | 4 to 7 | text and author are the same (text and id where there is no author), or it passes on the text of another (`RT @x`, `via @x`) |
//! | 8 and more | the text is the same, whoever wrote it |
//! | 20 and more | about nine tenths of its pairs of words are the same, all of its numbers, and its product |
//! | any | id, author, date and product are the same, where there is an id and an author or a date: it was edited |
//!
//! Texts are the same when their letters and digits are, in lower case, cut into the same words; links, handles,
//! `RT @x` and all other characters do not count. Signs of writing without spaces count as half a word,
//! letters of the scripts of South-East Asia as a quarter.
//!
//! The first in input order counts; summaries read files in the order of their names. Memory is bounded by [`seen::MOST`] and [`near::WINDOW`]; beyond them the
//! oldest are forgotten, and later copies of those count again.

pub mod near;
pub mod print;
pub mod seen;
mod walk;
mod window;

pub use print::{About, Keys, Print};
pub use walk::Walk;

use near::Near;
use seen::Seen;

/// How copies are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Counting {
    /// Each text once: copies of earlier records are excluded.
    #[default]
    Once,
    /// Each record.
    Each,
}

/// Records whose questions the memory is asked together: what it answers must stay in the cache.
const TOGETHER: usize = 64;

/// The texts that came before.
#[derive(Clone, Debug, Default)]
pub struct Known {
    seen: Seen,
    near: Near,
}

impl Known {
    /// Decides in turn for each record whether it is a copy of an earlier one; `copies` is emptied first.
    pub fn judge(&mut self, prints: &[Print], copies: &mut Vec<bool>) {
        copies.clear();
        for prints in prints.chunks(TOGETHER) {
            // Reading what will be needed, each independent of the others, lets the memory answer many
            // questions at once.
            std::hint::black_box(prints.iter().fold(0, |sum, print| sum ^ self.touch(print)));
            copies.extend(prints.iter().map(|print| self.is_copy(print)));
        }
    }

    fn touch(&self, print: &Print) -> u64 {
        let Keys { own, edited, left, .. } = print.keys;
        let keys = [own, edited, left, print.sought].into_iter().filter(|key| *key != 0);
        keys.fold(self.near.touch(print), |sum, key| sum ^ self.seen.touch(key))
    }

    fn is_copy(&mut self, print: &Print) -> bool {
        let Keys { own, edited, left, .. } = print.keys;
        if [own, print.sought, edited].into_iter().any(|key| self.seen.add_copy(key)) {
            return true;
        }
        let similar = print.sketch.as_ref().and_then(|sketch| self.near.find(sketch));
        if similar.is_some_and(|key| self.seen.add_copy(key)) {
            return true;
        }
        [own, edited, left].into_iter().for_each(|key| self.seen.insert(key));
        if let Some(sketch) = print.sketch {
            self.near.insert(sketch, own);
        }
        false
    }

    /// How many copies of the record with these keys there were, itself not counted; at most about 65,000.
    #[must_use]
    pub fn copies(&self, keys: Keys) -> u64 {
        [keys.own, keys.edited, keys.left].into_iter().map(|key| self.seen.copies(key)).sum()
    }

    /// How many texts were forgotten because memory is bounded.
    #[must_use]
    pub const fn forgotten(&self) -> u64 {
        self.seen.forgotten()
    }
}

/// Spreads the bits of a number (the finish of splitmix64, Steele et al. 2014).
const fn mix(number: u64) -> u64 {
    let a = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let b = (a ^ (a >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    b ^ (b >> 31)
}

#[cfg(test)]
mod tests;
