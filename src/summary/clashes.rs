//! Records whose stars and text say the opposite. In: scored records with stars. Out: the clearest of both kinds,
//! with what helps to guess why. Separate because they are quoted for being odd: [`Quotes`](super::Quotes) leaves
//! them out.

use super::{Facts, Quote};
use crate::copies::Keys;
use crate::lexicon::Reading;
use crate::score::irony::cues;
use crate::score::{Hits, Polarity, Score};
use serde::{Deserialize, Serialize};

/// Candidates kept per side.
const CANDIDATES: usize = 24;
/// Lengths of texts, in bytes, that are shown, and of those that are read with ease.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=1000;
const GOOD_LENGTHS: std::ops::RangeInclusive<usize> = 12..=280;
/// Smallest score of a text that is clear, and the one beyond which it is no clearer.
const CLEAR: u32 = 3000;
const CLEAREST: u32 = 9000;

/// A record whose stars and text say the opposite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The record.
    pub quote: Quote,
    /// A sign of irony that it shows, by name.
    pub irony: Option<Box<str>>,
    /// Strength of praise in its text, 0 to 10000.
    pub praise: i32,
    /// Strength of complaint, 0 to 10000.
    pub complaint: i32,
}

/// Candidates of both kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clashes {
    praise: Side,
    complaint: Side,
}

impl Clashes {
    /// Considers a scored record.
    pub fn add(&mut self, facts: &Facts, text: &str, score: &Score, reading: &Reading, hits: &Hits) {
        let side = match (score.polarity, facts.leaning.signum()) {
            (Polarity::Positive, -1) => &mut self.praise,
            (Polarity::Negative, 1) => &mut self.complaint,
            _ => return,
        };
        let quality = quality(text, score);
        if quality == 0 || side.full_of_better(quality) {
            return;
        }
        side.keep(Candidate {
            quote: Quote::new(quality, facts, text, score),
            irony: cues(facts.language, text, reading, hits).iter().next().map(|cue| cue.name.into()),
            praise: score.praise,
            complaint: score.complaint,
        });
    }

    /// Considers all candidates of another.
    pub fn merge(&mut self, other: Self) {
        other.praise.0.into_iter().for_each(|one| self.praise.keep(one));
        other.complaint.0.into_iter().for_each(|one| self.complaint.keep(one));
    }

    /// Asks for each candidate how many copies it has; done once all records are in.
    pub fn count_copies(&mut self, copies: impl Fn(Keys) -> u64) {
        self.each().for_each(|quote| quote.count_copies(&copies));
    }

    /// Gives files other numbers, in the same order.
    pub fn renumber(&mut self, number: &impl Fn(u32) -> u32) {
        self.each().for_each(|quote| quote.place.renumber(number));
    }

    /// Writes the texts in another way; which are the clearest stays as it is.
    pub fn rewrite(&mut self, write: impl Fn(&str) -> String) {
        self.each().for_each(|quote| quote.text = write(&quote.text));
    }

    fn each(&mut self) -> impl Iterator<Item = &mut Quote> {
        self.praise.0.iter_mut().chain(&mut self.complaint.0).map(|one| &mut one.quote)
    }

    /// Texts of praise with low stars, the clearest first.
    #[must_use]
    pub fn praise(&self) -> &[Candidate] {
        &self.praise.0
    }

    /// Complaints with high stars.
    #[must_use]
    pub fn complaint(&self) -> &[Candidate] {
        &self.complaint.0
    }
}

/// How clearly a text says the opposite of its stars, and how easily it is read; nought for what is not shown.
fn quality(text: &str, score: &Score) -> u32 {
    let size = score.score.unsigned_abs();
    if size < CLEAR || !LENGTHS.contains(&text.len()) {
        return 0;
    }
    1 + size.min(CLEAREST) / 500 + u32::from(GOOD_LENGTHS.contains(&text.len())) * 4
}

/// The clearest of one side, clearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Side(Vec<Candidate>);

impl Side {
    fn full_of_better(&self, quality: u32) -> bool {
        self.0.len() >= CANDIDATES && self.0.last().is_some_and(|worst| worst.quote.quality() > quality)
    }

    /// One per author, as among quotes.
    fn keep(&mut self, one: Candidate) {
        if let Some(at) = self.0.iter().position(|known| known.quote.of_one_author(&one.quote)) {
            if self.0.get(at).is_some_and(|known| known.quote.order() <= one.quote.order()) {
                return;
            }
            self.0.remove(at);
        }
        let at = self.0.partition_point(|known| known.quote.order() <= one.quote.order());
        if at < CANDIDATES {
            self.0.insert(at, one);
            self.0.truncate(CANDIDATES);
        }
    }
}
