//! Records worth quoting. In: scored records. Out: the best candidates of praise and of complaint.
//! Separate because choosing must not depend on the order of records: quality is a function of the
//! record alone, ties are broken by a hash of the text (which makes a fair draw among equals) and then
//! by place; one candidate per author.

use super::distinct::hash;
use super::{Facts, Place};
use crate::copies::Keys;
use crate::score::{Polarity, Score};
use serde::{Deserialize, Serialize};
use std::cmp::{Ordering, Reverse};

/// Candidates kept per side, unless fewer are asked for.
const CANDIDATES: usize = 48;
/// Lengths, in characters, of texts that are best to quote, and of those that are quoted at all.
const GOOD_LENGTHS: std::ops::RangeInclusive<usize> = 50..=280;
const LENGTHS: std::ops::RangeInclusive<usize> = 12..=700;
/// Beyond this score texts are not better quotes, only louder ones.
const CLEAR: i32 = 5500;

/// A candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    rank: (u32, u64),
    author: u64,
    /// Where it stands.
    pub place: Place,
    /// The text, as written.
    pub text: String,
    /// Who wrote it.
    pub by: Option<String>,
    /// The day it was written.
    pub day: Option<i32>,
    /// Stars or points.
    pub stars: Option<u8>,
    /// Its score, in ten-thousandths.
    pub score: i32,
    /// By what its copies are counted.
    #[serde(skip)]
    keys: Keys,
    /// Later records that say the same.
    pub copies: u64,
}

impl Quote {
    /// A record of some quality; the higher, the sooner it is quoted.
    pub(super) fn new(quality: u32, facts: &Facts, text: &str, score: &Score) -> Self {
        let text_hash = hash(text.as_bytes());
        Self {
            rank: (quality, text_hash),
            author: facts.author.map_or(text_hash, |name| hash(name.as_bytes())),
            place: facts.place,
            text: text.to_owned(),
            by: facts.author.map(str::to_owned),
            day: facts.day,
            stars: facts.stars,
            score: score.score,
            keys: facts.keys,
            copies: 0,
        }
    }

    /// Its quality.
    pub(super) const fn quality(&self) -> u32 {
        self.rank.0
    }

    /// What quotes are sorted by, the best first: a total order.
    pub(super) const fn order(&self) -> (Reverse<(u32, u64)>, Place) {
        (Reverse(self.rank), self.place)
    }

    /// Whether both are by the same author, or are the same text of nobody in particular.
    pub(super) const fn of_one_author(&self, other: &Self) -> bool {
        self.author == other.author
    }

    /// Asks how many copies it has.
    pub(super) fn count_copies(&mut self, copies: impl Fn(Keys) -> u64) {
        self.copies = copies(self.keys);
    }
}

/// Candidates of both sides, at most so many of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotes<const MOST: usize = CANDIDATES> {
    praise: Side<MOST>,
    complaint: Side<MOST>,
}

impl<const MOST: usize> Quotes<MOST> {
    /// Considers a scored record.
    pub fn add(&mut self, facts: &Facts, text: &str, score: &Score) {
        let side = match score.polarity {
            Polarity::Positive => &mut self.praise,
            Polarity::Negative => &mut self.complaint,
            Polarity::Mixed | Polarity::Neutral => return,
        };
        let quality = quality(text, score, facts.leaning);
        if quality == 0 || side.full_of_better(quality, facts, text) {
            return;
        }
        side.keep(Quote::new(quality, facts, text, score));
    }

    /// Considers all candidates of another.
    pub fn merge(&mut self, other: Self) {
        other.praise.0.into_iter().for_each(|quote| self.praise.keep(quote));
        other.complaint.0.into_iter().for_each(|quote| self.complaint.keep(quote));
    }

    /// Asks for each candidate how many copies it has; done once all records are in.
    pub fn count_copies(&mut self, copies: impl Fn(Keys) -> u64) {
        self.each().for_each(|quote| quote.count_copies(&copies));
    }

    /// Gives files other numbers, in the same order.
    pub fn renumber(&mut self, number: &impl Fn(u32) -> u32) {
        self.each().for_each(|quote| quote.place.renumber(number));
    }

    /// Writes the texts in another way; which are the best stays as it is.
    pub fn rewrite(&mut self, write: impl Fn(&str) -> String) {
        self.each().for_each(|quote| quote.text = write(&quote.text));
    }

    fn each(&mut self) -> impl Iterator<Item = &mut Quote> {
        self.praise.0.iter_mut().chain(&mut self.complaint.0)
    }

    /// The best candidates of praise.
    #[must_use]
    pub fn praise(&self) -> &[Quote] {
        &self.praise.0
    }

    /// The best candidates of complaint.
    #[must_use]
    pub fn complaint(&self) -> &[Quote] {
        &self.complaint.0
    }
}

/// How well a text serves as a quote: clear in its opinion, of readable length, about something.
/// Stars that say the same make it better, stars that contradict rule it out.
fn quality(text: &str, score: &Score, leaning: i8) -> u32 {
    let length = text.len();
    let agrees = i32::from(leaning) * score.score.signum();
    if !LENGTHS.contains(&length) || agrees < 0 {
        return 0;
    }
    let clear = score.score.unsigned_abs().min(CLEAR.unsigned_abs()) / 500;
    let one_sided = u32::from(score.praise.min(score.complaint) < 500) * 3;
    let readable = u32::from(GOOD_LENGTHS.contains(&length)) * 5;
    let not_only_opinion = u32::from(score.coverage < 7000) * 2;
    1 + u32::from(agrees > 0) * 4 + clear + one_sided + readable + not_only_opinion
}

/// The best of one side, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Side<const MOST: usize>(Vec<Quote>);

impl<const MOST: usize> Side<MOST> {
    /// Whether a record comes behind all that are kept, so that it need not be copied to be refused.
    fn full_of_better(&self, quality: u32, facts: &Facts, text: &str) -> bool {
        let Some(worst) = self.0.last().filter(|_| self.0.len() >= MOST) else { return false };
        match worst.quality().cmp(&quality) {
            Ordering::Greater => true,
            Ordering::Equal => worst.order() <= (Reverse((quality, hash(text.as_bytes()))), facts.place),
            Ordering::Less => false,
        }
    }

    fn keep(&mut self, quote: Quote) {
        if let Some(at) = self.0.iter().position(|known| known.of_one_author(&quote)) {
            if self.0[at].order() <= quote.order() {
                return;
            }
            self.0.remove(at);
        }
        let at = self.0.partition_point(|known| known.order() <= quote.order());
        if at < MOST {
            self.0.insert(at, quote);
            self.0.truncate(MOST);
        }
    }
}
