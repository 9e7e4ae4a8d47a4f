//! A few records worth looking at. In: records with a rank. Out: the best of them. Separate because
//! which ones are kept must not depend on their order: equal ranks are drawn by a hash of the text,
//! then by place, and the same text is kept once.

use crate::summary::Place;
use crate::summary::distinct::hash;

/// Longest text that is kept, in bytes; a longer one is cut between words.
const LONGEST: usize = 4096;

/// A record under consideration.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'r> {
    /// Where it stands.
    pub place: Place,
    /// Its text as scored.
    pub text: &'r str,
    /// Its score, in ten-thousandths.
    pub score: i32,
}

/// A word or phrase with what it does to a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As written.
    pub text: String,
    /// What it leans to, log-odds of praise in thousandths.
    pub lean: i32,
}

/// A record that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    rank: (u32, u64),
    /// Where it stands.
    pub place: Place,
    /// Its text.
    pub text: String,
    /// Its score, in ten-thousandths.
    pub score: i32,
    /// The words that weigh most.
    pub words: Vec<Word>,
}

impl Case {
    /// Better ones come first.
    pub(super) fn order(&self) -> (std::cmp::Reverse<u32>, u64, Place) {
        (std::cmp::Reverse(self.rank.0), self.rank.1, self.place)
    }
}

/// The best records, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Best(Vec<Case>);

impl Best {
    /// Keeps a record if it is among the `most` best; `weight` is what it is best in.
    pub fn consider(&mut self, most: usize, weight: u32, seen: &Seen, words: impl FnOnce() -> Vec<Word>) {
        let full = self.0.len() >= most;
        if full && self.0.last().is_some_and(|worst| worst.rank.0 > weight) {
            return;
        }
        let rank = (weight, hash(seen.text.as_bytes()));
        let order = (std::cmp::Reverse(rank.0), rank.1, seen.place);
        let worse_than_all = full && self.0.last().is_some_and(|worst| worst.order() <= order);
        if worse_than_all || self.0.iter().any(|known| known.rank.1 == rank.1 && known.order() <= order) {
            return;
        }
        let case = Case { rank, place: seen.place, text: cut(seen.text).to_owned(), score: seen.score, words: words() };
        self.keep(most, case);
    }

    fn keep(&mut self, most: usize, case: Case) {
        if let Some(at) = self.0.iter().position(|known| known.rank.1 == case.rank.1) {
            if self.0[at].order() <= case.order() {
                return;
            }
            self.0.remove(at);
        }
        let at = self.0.partition_point(|known| known.order() <= case.order());
        self.0.insert(at, case);
        self.0.truncate(most);
    }

    /// Keeps the best of both.
    pub fn merge(&mut self, most: usize, other: Self) {
        other.0.into_iter().for_each(|case| self.keep(most, case));
    }

    /// The records, best first.
    #[must_use]
    pub fn cases(&self) -> &[Case] {
        &self.0
    }
}

fn cut(text: &str) -> &str {
    let end = text.floor_char_boundary(LONGEST);
    let begin = text.get(..end).unwrap_or(text);
    if end == text.len() { text } else { begin.rfind(char::is_whitespace).and_then(|end| begin.get(..end)).unwrap_or(begin) }
}
