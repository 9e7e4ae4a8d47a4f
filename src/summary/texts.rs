//! Texts that are kept. In: scored records. Out: as many of them as fit, each with what is known of it. Separate because a
//! report quotes from them and counts their words, which would cost too much for every record; beyond a limit of
//! bytes it keeps a sample, drawn by the marks of the records as in `raised.rs`.

use super::raised::{level, level_of, mark};
use super::{Facts, Place, stored};
use crate::copies::Keys;
use crate::score::{Polarity, Score};
use serde::{Deserialize, Serialize};

/// Bytes of text that are kept.
const MOST: usize = 20 << 20;
/// What a text takes beside its bytes.
const EACH: usize = 120;
/// Longest part of a text that is kept, in bytes: nobody quotes more.
const LONGEST: usize = 1200;
/// Level of the smallest sample.
const MOST_LEVEL: u8 = 31;

/// A text that is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Kept {
    /// Where it stands.
    pub place: Place,
    /// By what it is drawn.
    pub mark: u64,
    /// The text as it was scored, or what it begins with.
    pub text: Box<str>,
    /// Who wrote it.
    pub by: Option<Box<str>>,
    /// The day it was written.
    pub day: Option<i32>,
    /// Stars or points.
    pub stars: Option<u8>,
    /// Its score, in ten-thousandths.
    pub score: i32,
    /// Which way it leans.
    pub polarity: Polarity,
    /// The subjects it mentions, by their numbers.
    pub subjects: Box<[u32]>,
    /// By what its copies are counted.
    #[serde(skip)]
    pub(super) keys: Keys,
    /// Later records that say the same.
    #[serde(deserialize_with = "stored::counts")]
    pub copies: u64,
    /// What it took when it was kept, in bytes: that must not change when the text is masked.
    size: u32,
}

impl Kept {
    fn sized(mut self) -> Self {
        let size = EACH + self.text.len() + self.by.as_ref().map_or(0, |by| by.len()) + self.subjects.len() * 4;
        self.size = u32::try_from(size).unwrap_or(u32::MAX);
        self
    }

    const fn size(&self) -> usize {
        self.size as usize
    }
}

/// A sample of the scored texts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Texts {
    list: Vec<Kept>,
    bytes: usize,
    /// Records of lower levels are left out.
    #[serde(deserialize_with = "level")]
    level: u8,
    most: usize,
}

impl Default for Texts {
    fn default() -> Self {
        Self::with_most(MOST)
    }
}

impl Texts {
    /// None yet, and at most so many bytes.
    #[must_use]
    pub const fn with_most(most: usize) -> Self {
        Self { list: Vec::new(), bytes: 0, level: 0, most }
    }

    /// Adds a scored record.
    pub fn add(&mut self, facts: &Facts, text: &str, score: &Score, subjects: impl Iterator<Item = u32>) {
        let mark = mark(facts);
        if level_of(mark, MOST_LEVEL) < self.level {
            return;
        }
        let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or("");
        let kept = Kept {
            place: facts.place,
            mark,
            text: text.into(),
            by: facts.author.map(Into::into),
            day: facts.day,
            stars: facts.stars,
            score: score.score,
            polarity: score.polarity,
            subjects: subjects.collect(),
            keys: facts.keys,
            copies: 0,
            size: 0,
        }
        .sized();
        self.bytes += kept.size();
        self.list.push(kept);
        self.give_up();
    }

    /// Adds all of another.
    pub fn merge(&mut self, mut other: Self) {
        self.most = self.most.min(other.most);
        self.raise(self.level.max(other.level));
        other.raise(self.level);
        self.bytes = self.bytes.saturating_add(other.bytes);
        if self.list.is_empty() {
            self.list = other.list;
        } else {
            self.list.append(&mut other.list);
        }
        self.give_up();
    }

    /// Leaves out records until there is room: of those that are left, every other one.
    fn give_up(&mut self) {
        while self.bytes > self.most && self.level < MOST_LEVEL {
            self.raise(self.level + 1);
        }
    }

    fn raise(&mut self, level: u8) {
        if level > self.level {
            self.level = level;
            self.list.retain(|kept| level_of(kept.mark, MOST_LEVEL) >= level);
            self.bytes = self.list.iter().map(Kept::size).sum();
        }
    }

    /// One record in so many is kept; 1 if all are.
    #[must_use]
    pub const fn sample(&self) -> u64 {
        1 << self.level
    }

    /// The texts; in no order before [`Texts::sort`].
    #[must_use]
    pub fn list(&self) -> &[Kept] {
        &self.list
    }

    /// Gives files other numbers.
    pub fn renumber(&mut self, number: &impl Fn(u32) -> u32) {
        self.list.iter_mut().for_each(|kept| kept.place.file = number(kept.place.file));
    }

    /// Writes the texts in another way.
    pub fn rewrite(&mut self, write: impl Fn(&str) -> String) {
        self.list.iter_mut().for_each(|kept| kept.text = write(&kept.text).into());
    }

    /// Brings the texts into an order that does not depend on how they came in: by place.
    pub fn sort(&mut self) {
        self.list.sort_unstable();
    }

    /// Asks for each text how many copies it has; done once all records are in.
    pub fn count_copies(&mut self, copies: impl Fn(Keys) -> u64) {
        self.list.iter_mut().for_each(|kept| kept.copies = copies(kept.keys));
    }
}

/// Whatever the order in which records came in.
impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |one: &Self| {
            let mut one = one.list.clone();
            one.sort_unstable();
            one
        };
        self.level == other.level && self.bytes == other.bytes && sorted(self) == sorted(other)
    }
}

impl Eq for Texts {}
