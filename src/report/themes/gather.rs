//! Phrases to themes. In: what records raised. Out: for each theme its phrases and the records that raise it. Separate
//! because it goes through all records once; what a theme looks like is told later, of those that are shown.

use crate::summary::Raised;
use crate::summary::distinct::hash;
use crate::summary::raised::Raiser;
use crate::theme::{Ground, Phrase, Synonyms, ground};
use std::collections::BTreeMap;

/// Authors who raise a theme: this many names are told from one another.
type Counts = BTreeMap<String, u64>;

/// A theme with all that raise it.
#[derive(Debug)]
pub(in crate::report) struct Gathered {
    pub ground: Ground,
    /// Indexes of the records that raise it, ascending.
    pub records: Vec<u32>,
    /// Its phrases as they are spoken, with the number of records.
    pub phrases: Counts,
}

/// All themes of a summary.
#[derive(Debug, Default)]
pub(in crate::report) struct Gathering<'s> {
    pub themes: Vec<Gathered>,
    raised: Option<&'s Raised>,
    /// The phrases, by their numbers.
    phrases: Vec<&'s str>,
    /// Number of the theme by number of the phrase.
    of_phrase: Vec<Option<u32>>,
}

impl<'s> Gathering<'s> {
    /// Puts the phrases together and goes through the records.
    pub fn of(raised: &'s Raised, synonyms: &Synonyms) -> Self {
        let phrases = raised.phrases();
        let mut numbers: BTreeMap<Ground, u32> = BTreeMap::new();
        let mut themes: Vec<Gathered> = Vec::new();
        let mut spoken: Vec<String> = Vec::with_capacity(phrases.len());
        let mut of_phrase = Vec::with_capacity(phrases.len());
        for phrase in &phrases {
            let read = Phrase::read(phrase);
            let number = read.and_then(|phrase| ground(&phrase, synonyms)).map(|ground| {
                *numbers.entry(ground).or_insert_with_key(|ground| {
                    themes.push(Gathered { ground: ground.clone(), records: Vec::new(), phrases: Counts::new() });
                    index(themes.len() - 1)
                })
            });
            of_phrase.push(number);
            spoken.push(read.map(|phrase| phrase.spoken()).unwrap_or_default());
        }
        let mut counts = vec![0u64; phrases.len()];
        for (at, record) in (0..).zip(raised.records()) {
            for &phrase in raised.of(record) {
                let Some(theme) = theme_of(&of_phrase, phrase).and_then(|number| themes.get_mut(number as usize)) else { continue };
                if theme.records.last() != Some(&at) {
                    theme.records.push(at);
                }
                if let Some(count) = counts.get_mut(phrase as usize) {
                    *count += 1;
                }
            }
        }
        for ((count, spoken), theme) in counts.into_iter().zip(spoken).zip(&of_phrase) {
            if let Some(theme) = theme.and_then(|number| themes.get_mut(number as usize)).filter(|_| count > 0) {
                *theme.phrases.entry(spoken).or_default() += count;
            }
        }
        Self { themes, raised: Some(raised), phrases, of_phrase }
    }

    /// The record with an index.
    pub fn record(&self, at: u32) -> Option<&'s Raiser> {
        self.raised?.records().get(at as usize)
    }

    /// The phrase by which a record raises a theme.
    pub fn phrase_of(&self, record: &Raiser, theme: &Gathered) -> Option<&'s str> {
        let raises = |phrase: &&u32| {
            let number = theme_of(&self.of_phrase, **phrase);
            number.and_then(|number| self.themes.get(number as usize)).is_some_and(|known| known.ground == theme.ground)
        };
        let phrase = self.raised?.of(record).iter().find(raises)?;
        self.phrases.get(*phrase as usize).copied()
    }

    /// The themes that somebody raises, by their numbers, the most frequent first.
    pub fn of_author(&self, name: &str) -> Vec<u32> {
        let Some(raised) = self.raised else { return Vec::new() };
        let author = hash(name.as_bytes());
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for record in raised.records().iter().filter(|record| record.author == author) {
            let mut themes: Vec<u32> = raised.of(record).iter().filter_map(|&phrase| theme_of(&self.of_phrase, phrase)).collect();
            themes.sort_unstable();
            themes.dedup();
            themes.into_iter().for_each(|theme| *counts.entry(theme).or_default() += 1);
        }
        let mut list: Vec<(u32, u64)> = counts.into_iter().collect();
        list.sort_by_key(|&(theme, count)| (std::cmp::Reverse(count), theme));
        list.into_iter().map(|(theme, _)| theme).collect()
    }
}

fn theme_of(of_phrase: &[Option<u32>], phrase: u32) -> Option<u32> {
    of_phrase.get(phrase as usize).copied().flatten()
}

/// Themes number less than phrases, which number less than 2³².
#[allow(clippy::cast_possible_truncation)]
const fn index(at: usize) -> u32 {
    at as u32
}
