//! Records that were not scored: skipped, because they could not be, or excluded, because they should
//! not be. In: reasons and places. Out: counts with the first places of each. Separate because nothing
//! may be lost silently: read = scored + skipped + excluded.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Places that are kept per reason.
const PLACES: usize = 3;

/// Where a record stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Number of the file in the list of files, from 0.
    pub file: u32,
    /// Number of the record in its file, from 1.
    pub record: u64,
    /// Line it begins on, when that is known; else 0.
    pub line: u64,
}

impl Place {
    /// Gives its file another number.
    pub fn renumber(&mut self, number: &impl Fn(u32) -> u32) {
        self.file = number(self.file);
    }
}

/// Why a record was not scored.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// It could not be read, or has no text.
    Flawed(crate::input::Flaw),
    /// There is no lexicon for its language.
    NoLexicon(String),
    /// An earlier record says the same.
    Copy,
}

impl Reason {
    /// Whether the record was left out on purpose.
    #[must_use]
    pub const fn excludes(&self) -> bool {
        match self {
            Self::Flawed(flaw) => flaw.excludes(),
            Self::NoLexicon(_) => false,
            Self::Copy => true,
        }
    }

    /// Whether the record cannot be read: neither left out on purpose, nor without text, nor in a language
    /// without a lexicon.
    #[must_use]
    pub const fn is_bad(&self) -> bool {
        matches!(self, Self::Flawed(flaw) if flaw.is_bad())
    }
}

/// Counts and first places by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skips {
    reasons: BTreeMap<Reason, (u64, Vec<Place>)>,
}

impl Skips {
    /// Adds a record.
    pub fn add(&mut self, reason: Reason, place: Place) {
        let (count, places) = self.reasons.entry(reason).or_default();
        *count += 1;
        keep_first(places, [place]);
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        for (reason, (count, places)) in other.reasons {
            let mine = self.reasons.entry(reason).or_default();
            mine.0 += count;
            keep_first(&mut mine.1, places);
        }
    }

    /// Gives files other numbers, in the same order.
    pub fn renumber(&mut self, number: &impl Fn(u32) -> u32) {
        self.reasons.values_mut().flat_map(|(_, places)| places).for_each(|place| place.renumber(number));
    }

    /// All records.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.reasons.values().map(|(count, _)| count).sum()
    }

    /// Those that were left out on purpose.
    #[must_use]
    pub fn excluded(&self) -> u64 {
        self.reasons.iter().filter(|(reason, _)| reason.excludes()).map(|(_, (count, _))| count).sum()
    }

    /// Those that cannot be read.
    #[must_use]
    pub fn bad(&self) -> u64 {
        self.reasons.iter().filter(|(reason, _)| reason.is_bad()).map(|(_, (count, _))| count).sum()
    }

    /// Reasons with their counts and first places.
    pub fn iter(&self) -> impl Iterator<Item = (&Reason, u64, &[Place])> {
        self.reasons.iter().map(|(reason, (count, places))| (reason, *count, places.as_slice()))
    }
}

fn keep_first(places: &mut Vec<Place>, more: impl IntoIterator<Item = Place>) {
    places.extend(more);
    places.sort_unstable();
    places.truncate(PLACES);
}
