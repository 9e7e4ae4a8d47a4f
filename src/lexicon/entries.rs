//! The entries of a lexicon by their numbers. In: entries, in the order they are compiled. Out: the same,
//! when a score is explained. Separate because what is part of the program stays text: of its tens of
//! thousands of entries a run names a few, and every start would wait for all to be built.

use super::builtin;
use super::entry::{Entry, Meaning};
use super::format::Draft;
use std::borrow::Cow;
use std::sync::OnceLock;

/// What a lexicon is compiled from.
pub trait Item: Sized {
    /// The term as written.
    fn term(&self) -> &str;
    /// What it means.
    fn meaning(&self) -> Meaning;
    /// Whether it counts in these domains.
    fn counts_in(&self, domains: &[String]) -> bool;
    /// All that is known of it.
    fn entry(&self) -> Entry;
    /// Gives it the next number.
    fn push_to(self, entries: &mut Entries);
}

/// The entries of a lexicon.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// Those of sheets.
    given: Vec<Entry>,
    /// Those that are part of the program. No lexicon has both: all or none come from sheets.
    shipped: Vec<Spot>,
    /// The latter, should somebody ask for all.
    read: OnceLock<Vec<Entry>>,
}

/// The place of an entry that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Number of the file.
    pub file: u16,
    /// Number of the line, counted from 1.
    pub line: u32,
    /// Where the line begins, in bytes.
    pub at: u32,
}

/// An entry that is part of the program, as far as compiling asks for it.
pub struct Shipped {
    /// What its line says.
    pub draft: Draft<'static>,
    /// Where it stands.
    pub spot: Spot,
}

impl Entries {
    /// How many there are.
    pub const fn len(&self) -> usize {
        self.given.len() + self.shipped.len()
    }

    /// The entry of a number.
    pub fn get(&self, number: usize) -> Option<Cow<'_, Entry>> {
        match self.shipped.get(number) {
            Some(&spot) => builtin::entry(spot).map(Cow::Owned),
            None => self.given.get(number).map(Cow::Borrowed),
        }
    }

    /// All of them.
    pub fn all(&self) -> &[Entry] {
        if self.shipped.is_empty() {
            return &self.given;
        }
        self.read.get_or_init(|| self.shipped.iter().filter_map(|&spot| builtin::entry(spot)).collect())
    }
}

impl Item for Entry {
    fn term(&self) -> &str {
        &self.term
    }

    fn meaning(&self) -> Meaning {
        self.meaning
    }

    fn counts_in(&self, domains: &[String]) -> bool {
        self.domains.is_empty() || self.domains.iter().any(|domain| domains.contains(domain))
    }

    fn entry(&self) -> Entry {
        self.clone()
    }

    fn push_to(self, entries: &mut Entries) {
        entries.given.push(self);
    }
}

impl Item for Shipped {
    fn term(&self) -> &str {
        self.draft.term
    }

    fn meaning(&self) -> Meaning {
        self.draft.meaning
    }

    fn counts_in(&self, domains: &[String]) -> bool {
        self.draft.domains.is_none_or(|own| own.split(',').any(|domain| domains.iter().any(|wanted| wanted == domain)))
    }

    fn entry(&self) -> Entry {
        builtin::entry_of(self)
    }

    fn push_to(self, entries: &mut Entries) {
        entries.shipped.push(self.spot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn what_is_shipped_reads_the_same_from_sheets() {
        let domains = ["apps".to_owned()];
        let quick = builtin::lexicon_for(&domains).unwrap();
        let sheets = Lexicon::compile(builtin::sheets().unwrap(), builtin::languages(), &domains).unwrap();
        assert_eq!(quick.entries(), sheets.entries());
        assert_eq!(quick.unreachable(), sheets.unreachable());
        assert_eq!(quick.covered(), sheets.covered());
        for number in (0..).step_by(997).take_while(|&number| sheets.entry(number).is_some()) {
            assert_eq!(quick.entry(number), sheets.entry(number));
        }
        assert!(quick.entry(u32::MAX).is_none());
    }
}
