//! What records raise. In: scored records with their phrases. Out: the phrases of each, with its day, stars and
//! author. Separate because themes are made of it when a report is, and because memory must not grow with the
//! data: beyond a limit it keeps a sample of the records, drawn by their marks. Which records those are depends
//! on the set of records only, so merging stays associative.

use super::distinct::hash;
use super::{Facts, Place, stored};
use crate::theme::Phrases;
use hashbrown::HashMap;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// Records that are kept.
const MOST: usize = 1 << 19;
/// Level of the smallest sample: one record in about two billion.
const MOST_LEVEL: u8 = 31;

/// A record that raises something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Raiser {
    /// Where it stands.
    pub place: Place,
    /// By what it is drawn.
    pub mark: u64,
    /// A hash of its author's name; 0 if that is not known.
    pub author: u64,
    /// The day it was written.
    pub day: Option<i32>,
    /// Stars or points.
    pub stars: Option<u8>,
    /// Where its phrases begin, and how many there are.
    first: u32,
    count: u8,
}

/// Records with what they raise.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Raised {
    #[serde(with = "stored::sorted")]
    phrases: HashMap<Box<str>, u32>,
    records: Vec<Raiser>,
    /// The phrases of the records by their numbers, those of one record together.
    said: Vec<u32>,
    /// Scored records by their level, whether they raise something or not.
    #[serde(deserialize_with = "stored::counts")]
    scored: [u64; MOST_LEVEL as usize + 1],
    /// Records of lower levels are left out.
    #[serde(deserialize_with = "level")]
    level: u8,
    most: usize,
}

impl Default for Raised {
    fn default() -> Self {
        Self::with_most(MOST)
    }
}

/// By what a record is drawn: its text and its number in its file, so that neither many records of one text nor the
/// order of files make a difference.
pub(super) fn mark(facts: &Facts) -> u64 {
    let mut bytes = [0; 16];
    let (text, record) = bytes.split_at_mut(8);
    text.copy_from_slice(&facts.mark.to_le_bytes());
    record.copy_from_slice(&facts.place.record.to_le_bytes());
    hash(&bytes)
}

/// The level of a record: half of all have at least 1, a quarter at least 2.
#[allow(clippy::cast_possible_truncation)] // at most 64
pub(super) fn level_of(mark: u64, most: u8) -> u8 {
    mark.leading_zeros().min(most.into()) as u8
}

impl Raised {
    /// None yet, and at most so many records.
    #[must_use]
    pub fn with_most(most: usize) -> Self {
        Self { phrases: HashMap::new(), records: Vec::new(), said: Vec::new(), scored: [0; MOST_LEVEL as usize + 1], level: 0, most }
    }

    /// Adds a scored record with what it raises.
    pub fn add(&mut self, facts: &Facts, phrases: &Phrases) {
        let mark = mark(facts);
        let level = level_of(mark, MOST_LEVEL);
        self.scored[usize::from(level)] += 1;
        if level < self.level || phrases.is_empty() {
            return;
        }
        let first = self.said.len();
        for phrase in phrases.iter().take(u8::MAX.into()) {
            let number = self.number(phrase);
            self.said.push(number);
        }
        #[allow(clippy::cast_possible_truncation)] // taken so
        let count = (self.said.len() - first) as u8;
        let author = facts.author.map_or(0, |name| hash(name.as_bytes()));
        let first = number(first);
        self.records.push(Raiser { place: facts.place, mark, author, day: facts.day, stars: facts.stars, first, count });
        self.give_up();
    }

    fn number(&mut self, phrase: &str) -> u32 {
        if let Some(&known) = self.phrases.get(phrase) {
            return known;
        }
        let next = number(self.phrases.len());
        self.phrases.insert(phrase.into(), next);
        next
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        self.most = self.most.min(other.most);
        self.scored.iter_mut().zip(other.scored).for_each(|(mine, theirs)| *mine += theirs);
        if self.records.is_empty() {
            let (most, scored, level) = (self.most, self.scored, self.level.max(other.level));
            *self = Self { scored, most, ..other };
            self.raise(level);
            return self.give_up();
        }
        self.raise(self.level.max(other.level));
        let mut numbers = vec![0; other.phrases.len()];
        for (phrase, old) in other.phrases {
            let next = number(self.phrases.len());
            let new = *self.phrases.entry(phrase).or_insert(next);
            if let Some(slot) = numbers.get_mut(old as usize) {
                *slot = new;
            }
        }
        for record in other.records.iter().filter(|record| level_of(record.mark, MOST_LEVEL) >= self.level) {
            let first = number(self.said.len());
            let theirs = raised_by(&other.said, record);
            self.said.extend(theirs.iter().filter_map(|&old| numbers.get(old as usize)));
            self.records.push(Raiser { first, ..*record });
        }
        self.give_up();
        self.forget_unused();
    }

    /// Leaves out records until there is room: of those that are left, every other one.
    fn give_up(&mut self) {
        while self.records.len() > self.most && self.level < MOST_LEVEL {
            self.raise(self.level + 1);
        }
    }

    fn raise(&mut self, level: u8) {
        if level <= self.level {
            return;
        }
        self.level = level;
        let old = std::mem::take(&mut self.said);
        self.records.retain(|record| level_of(record.mark, MOST_LEVEL) >= level);
        for record in &mut self.records {
            let theirs = raised_by(&old, record);
            record.first = number(self.said.len());
            self.said.extend_from_slice(theirs);
        }
        self.forget_unused();
    }

    /// Forgets phrases that no record is left of.
    fn forget_unused(&mut self) {
        let mut used = vec![false; self.phrases.len()];
        for &phrase in &self.said {
            if let Some(used) = used.get_mut(phrase as usize) {
                *used = true;
            }
        }
        if used.iter().all(|used| *used) {
            return;
        }
        let mut next = 0;
        let give = |used: bool| {
            next += u32::from(used);
            if used { next - 1 } else { u32::MAX }
        };
        let numbers: Vec<u32> = used.into_iter().map(give).collect();
        let new = |old: u32| numbers.get(old as usize).copied().unwrap_or(u32::MAX);
        self.phrases.retain(|_, number| {
            *number = new(*number);
            *number != u32::MAX
        });
        self.said.iter_mut().for_each(|phrase| *phrase = new(*phrase));
    }

    /// One record in so many was looked at; 1 if all were.
    #[must_use]
    pub const fn sample(&self) -> u64 {
        1 << self.level
    }

    /// Scored records of the sample, whether they raise something or not.
    #[must_use]
    pub fn scored(&self) -> u64 {
        self.scored.iter().skip(self.level.into()).sum()
    }

    /// The records that raise something.
    #[must_use]
    pub fn records(&self) -> &[Raiser] {
        &self.records
    }

    /// The phrases that a record raises, by their numbers.
    #[must_use]
    pub fn of(&self, record: &Raiser) -> &[u32] {
        raised_by(&self.said, record)
    }

    /// The phrases, each at the place of its number.
    #[must_use]
    pub fn phrases(&self) -> Vec<&str> {
        let mut phrases = vec![""; self.phrases.len()];
        for (phrase, &number) in &self.phrases {
            if let Some(slot) = phrases.get_mut(number as usize) {
                *slot = phrase;
            }
        }
        phrases
    }

    /// Gives files other numbers.
    pub fn renumber(&mut self, number: &impl Fn(u32) -> u32) {
        self.records.iter_mut().for_each(|record| record.place.file = number(record.place.file));
    }

    /// Brings records and phrases into an order that does not depend on how they came in: by place, and by the
    /// alphabet.
    pub fn sort(&mut self) {
        let mut phrases: Vec<(Box<str>, u32)> = std::mem::take(&mut self.phrases).into_iter().collect();
        phrases.sort_unstable();
        let mut numbers = vec![0; phrases.len()];
        for (new, (_, old)) in phrases.iter().enumerate() {
            if let Some(slot) = numbers.get_mut(*old as usize) {
                *slot = number(new);
            }
        }
        self.phrases = phrases.into_iter().enumerate().map(|(new, (phrase, _))| (phrase, number(new))).collect();
        self.records.sort_unstable();
        let old = std::mem::take(&mut self.said);
        for record in &mut self.records {
            let theirs = raised_by(&old, record);
            record.first = number(self.said.len());
            self.said.extend(theirs.iter().filter_map(|&phrase| numbers.get(phrase as usize)));
        }
    }
}

fn raised_by<'r>(raised: &'r [u32], record: &Raiser) -> &'r [u32] {
    let first = record.first as usize;
    raised.get(first..first + usize::from(record.count)).unwrap_or(&[])
}

/// Phrases and what records raise number less than 2³²: records are few.
#[allow(clippy::cast_possible_truncation)]
const fn number(at: usize) -> u32 {
    at as u32
}

/// Reads a level.
pub(super) fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let level = u8::deserialize(deserializer)?;
    if level > MOST_LEVEL { Err(D::Error::custom("a level beyond all samples")) } else { Ok(level) }
}

/// Whatever the order in which records came in.
impl PartialEq for Raised {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |one: &Self| {
            let mut one = one.clone();
            one.sort();
            one
        };
        let (one, other) = (sorted(self), sorted(other));
        one.level == other.level
            && one.scored == other.scored
            && one.phrases == other.phrases
            && one.records == other.records
            && one.said == other.said
    }
}

impl Eq for Raised {}
