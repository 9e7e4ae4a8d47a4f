//! What all records add up to. In: analyses. Out: a [`Summary`]. Separate because it is the product:
//! a commutative monoid of integers, so that any split of the records, in any order, on any number of
//! threads, merges to the same value. One part per file.
//!
//! A new part has `merge`; derives `Serialize` and `Deserialize`, maps by hash with `stored::sorted` and counts with
//! `stored::counts`; if it holds a [`Place`], is renumbered in [`Summary::renumber`]; if it holds text as people wrote it,
//! is masked in [`Summary::redact`]; holds no other names than [`Facts::author`]; draws samples by [`Facts::mark`] and
//! breaks ties by place last, so that what it keeps does not depend on how the records were divided.

pub mod clashes;
pub mod confusion;
pub mod days;
pub mod discovered;
pub mod distinct;
pub mod groups;
pub mod mentions;
pub mod people;
pub mod prints;
pub mod quotes;
pub mod raised;
pub mod skips;
mod stored;
pub mod tally;
pub mod texts;
pub mod words;

pub use clashes::Clashes;
pub use confusion::{Answer, Confusion, Meanings};
pub use days::Days;
pub use discovered::Discovered;
pub use distinct::Distinct;
pub use groups::Groups;
pub use mentions::Mentions;
pub use people::People;
pub use prints::Prints;
pub use quotes::{Quote, Quotes};
pub use raised::Raised;
pub use skips::{Place, Skips};
pub use tally::Tally;
pub use texts::Texts;
pub use words::Words;

use crate::copies::Keys;
use crate::input::Label;
use crate::lexicon::Reading;
use crate::redact::{redact, redact_but};
use crate::score::{Hits, Score};
use crate::theme::Phrases;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a record beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'r> {
    /// Where it stands.
    pub place: Place,
    /// Who wrote it.
    pub author: Option<&'r str>,
    /// The day it was written, counted from 1 January 1970.
    pub day: Option<i32>,
    /// Whole stars or points.
    pub stars: Option<u8>,
    /// What they say: more than nought for praise, less for a complaint.
    pub leaning: i8,
    /// What somebody says its sentiment truly is.
    pub label: Label<'r>,
    /// Code of the language.
    pub language: &'r str,
    /// By what its copies are counted.
    pub keys: Keys,
    /// A hash of its text: samples are drawn by it, wherever the record stands.
    pub mark: u64,
    /// By what it is known to records of other runs; nought unless that is asked for.
    pub print: u64,
}

/// Everything a report is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Records read.
    #[serde(deserialize_with = "stored::counts")]
    pub read: u64,
    /// All scored records.
    pub total: Tally,
    /// Records that were not scored, by reason and place.
    pub skips: Skips,
    /// Records by language, scored or not.
    pub languages: BTreeMap<String, u64>,
    /// Scored records by stars or points.
    pub stars: BTreeMap<u8, Tally>,
    /// Scored records by day.
    pub days: BTreeMap<i32, Tally>,
    /// Scored records by the value of a field, one part per field asked for.
    pub groups: Vec<Groups>,
    /// Scored records that carry a label, by label and answer.
    pub truth: Confusion,
    /// Words and phrases with opinion.
    pub words: Words,
    /// Candidates for quotation.
    pub quotes: Quotes,
    /// Candidates whose stars and text say the opposite.
    pub clashes: Clashes,
    /// Authors.
    pub authors: Distinct,
    /// What authors wrote.
    pub people: People,
    /// Subjects that were listened for.
    pub mentions: Mentions,
    /// What scored records raise.
    pub raised: Raised,
    /// Scored texts, as many as fit.
    pub texts: Texts,
    /// By what scored records are known to other runs, if that is asked for.
    pub prints: Prints,
    /// The marks of all records added up: files with the same records have the same.
    pub digest: u64,
}

impl Summary {
    /// Nothing, with room for so many groupings and subjects.
    #[must_use]
    pub fn new(groupings: usize, subjects: usize) -> Self {
        Self { groups: vec![Groups::default(); groupings], mentions: Mentions::new(subjects), ..Self::default() }
    }

    /// Adds a scored record; `groups` gives its value for each grouping.
    pub fn add<'r>(
        &mut self,
        facts: &Facts<'r>,
        text: &str,
        score: &Score,
        reading: &Reading,
        hits: &Hits,
        groups: impl Iterator<Item = Option<&'r str>>,
    ) {
        self.count(facts);
        self.total.add(score);
        if let Some(stars) = facts.stars {
            self.stars.entry(stars).or_default().add(score);
        }
        if let Some(day) = facts.day {
            self.days.entry(day).or_default().add(score);
        }
        if let Label::Known(mark) = facts.label {
            self.truth.add(mark, Answer::of(score));
        }
        for (grouping, value) in self.groups.iter_mut().zip(groups) {
            if let Some(value) = value {
                grouping.add(value, score);
            }
        }
        self.words.add(reading, hits);
        self.prints.add(facts.print);
        self.quotes.add(facts, text, score);
        self.clashes.add(facts, text, score, reading, hits);
        if let Some(author) = facts.author {
            self.people.add(author, score, facts.day);
        }
    }

    /// Keeps what a scored record raises, and its text; `subjects` are those it mentions.
    pub fn keep(&mut self, facts: &Facts, text: &str, score: &Score, phrases: &Phrases, subjects: impl Iterator<Item = u32>) {
        self.raised.add(facts, phrases);
        self.texts.add(facts, text, score, subjects);
    }

    /// Adds a record that was not scored.
    pub fn skip(&mut self, facts: &Facts, reason: skips::Reason) {
        self.count(facts);
        self.skips.add(reason, facts.place);
    }

    fn count(&mut self, facts: &Facts) {
        self.read += 1;
        self.digest = self.digest.wrapping_add(facts.mark ^ facts.place.record);
        if !facts.language.is_empty() {
            match self.languages.get_mut(facts.language) {
                Some(count) => *count += 1,
                None => drop(self.languages.insert(facts.language.to_owned(), 1)),
            }
        }
        if let Some(author) = facts.author {
            self.authors.add(author);
        }
    }

    /// Takes labels that are numbers for the classes they mean; done once all records of a file are in.
    pub fn resolve(&mut self) {
        self.truth.resolve(&Meanings::tell(&self.truth.numbers()));
    }

    /// Adds all of another summary.
    pub fn merge(&mut self, other: Self) {
        self.read += other.read;
        self.total.merge(&other.total);
        self.skips.merge(other.skips);
        merge_maps(&mut self.languages, other.languages, |mine, theirs| *mine += theirs);
        merge_maps(&mut self.stars, other.stars, |mine, theirs| mine.merge(&theirs));
        merge_maps(&mut self.days, other.days, |mine, theirs| mine.merge(&theirs));
        self.groups.resize_with(self.groups.len().max(other.groups.len()), Groups::default);
        for (mine, theirs) in self.groups.iter_mut().zip(other.groups) {
            mine.merge(theirs);
        }
        self.truth.merge(&other.truth);
        self.words.merge(&other.words);
        self.quotes.merge(other.quotes);
        self.clashes.merge(other.clashes);
        self.authors.merge(other.authors);
        self.people.merge(other.people);
        self.mentions.merge(other.mentions);
        self.raised.merge(other.raised);
        self.texts.merge(other.texts);
        self.prints.merge(other.prints);
        self.digest = self.digest.wrapping_add(other.digest);
    }

    /// Gives files other numbers. They must keep their order: where records are equally good, the first are kept.
    pub fn renumber(&mut self, number: &impl Fn(u32) -> u32) {
        self.skips.renumber(number);
        self.quotes.renumber(number);
        self.clashes.renumber(number);
        self.mentions.subjects.iter_mut().for_each(|heard| heard.quotes.renumber(number));
        self.raised.renumber(number);
        self.texts.renumber(number);
    }

    /// Brings all that was kept into an order that does not depend on how it came in; done once all is in.
    pub fn sort(&mut self) {
        self.raised.sort();
        self.texts.sort();
    }

    /// Takes personal data out of all texts, but for these handles (see [`redact_but`]), and out of the values of
    /// groupings.
    pub fn redact(&mut self, handles: &BTreeSet<String>) {
        let clean = |text: &str| redact_but(text, handles).into_owned();
        self.quotes.rewrite(clean);
        self.clashes.rewrite(clean);
        self.texts.rewrite(clean);
        self.mentions.subjects.iter_mut().for_each(|heard| heard.quotes.rewrite(clean));
        self.groups.iter_mut().for_each(|grouping| grouping.rename(|value| redact(value).into_owned()));
    }
}

/// Merges maps by key.
fn merge_maps<K: Ord, V: Default>(mine: &mut BTreeMap<K, V>, theirs: BTreeMap<K, V>, merge: impl Fn(&mut V, V)) {
    for (key, value) in theirs {
        merge(mine.entry(key).or_default(), value);
    }
}

#[cfg(test)]
mod tests;
