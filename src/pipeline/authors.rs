//! How authors are called in what is counted. In: a name as written. Out: that name, its pseudonym, or none. Separate
//! because nothing that is kept of a record may hold another name than this.

use crate::copies::Keys;
use crate::pseudonym::Pseudonyms;
use hashbrown::HashMap;

/// Pseudonyms that are remembered, because people write more than once.
const REMEMBERED: usize = 10_000;

/// How authors are called.
#[derive(Clone, Debug, Default)]
pub enum Authors {
    /// As they are written.
    #[default]
    AsWritten,
    /// By pseudonyms.
    Keyed(Pseudonyms),
    /// Not at all: they are used to tell copies apart and then forgotten.
    Forgotten,
}

impl Authors {
    /// Whether the key of a record may be kept: one made of an author's name would tell the name to whoever guesses it.
    pub(super) const fn may_leave(&self, keys: Keys) -> bool {
        keys.by_text || matches!(self, Self::Keyed(_))
    }
}

/// The pseudonyms that a thread remembers.
#[derive(Default)]
pub(super) struct Names {
    known: HashMap<String, String>,
    groups: Vec<Option<String>>,
}

impl Names {
    /// What an author is called.
    pub(super) fn of<'n>(&'n mut self, authors: &Authors, name: Option<&'n str>) -> Option<&'n str> {
        match authors {
            Authors::AsWritten => name,
            Authors::Keyed(names) => name.map(|name| self.keyed(names, name)),
            Authors::Forgotten => None,
        }
    }

    /// What tells the copies of an author apart from those of others.
    pub(super) fn told_apart_by<'n>(&'n mut self, authors: &Authors, name: Option<&'n str>) -> Option<&'n str> {
        match authors {
            Authors::Keyed(names) => name.map(|name| self.keyed(names, name)),
            Authors::AsWritten | Authors::Forgotten => name,
        }
    }

    fn keyed(&mut self, names: &Pseudonyms, name: &str) -> &str {
        if self.known.len() >= REMEMBERED && !self.known.contains_key(name) {
            self.known.clear();
        }
        self.known.entry_ref(name).or_insert_with(|| names.of(name))
    }

    /// Prepares the values of groupings, of which some are authors.
    pub(super) fn call<'r>(&mut self, authors: &Authors, values: impl Iterator<Item = (Option<&'r str>, bool)>) {
        self.groups.clear();
        if !matches!(authors, Authors::AsWritten) {
            for (value, author) in values {
                let called = if author { self.of(authors, value).map(str::to_owned) } else { None };
                self.groups.push(called);
            }
        }
    }

    /// The values that were prepared.
    pub(super) fn called<'n>(&'n self, values: impl Iterator<Item = (Option<&'n str>, bool)>) -> impl Iterator<Item = Option<&'n str>> {
        let prepared = !self.groups.is_empty();
        values.enumerate().map(move |(at, (value, author))| match self.groups.get(at) {
            Some(called) if prepared && author => called.as_deref(),
            _ => value,
        })
    }
}
