//! Nouns that people use when they review. In: the words that stand last in the terms of all aspects, and
//! common nouns that are no aspects. Out: whether a word is one of them. Separate because it stands in for
//! a grammar: which noun an opinion belongs to is asked of words, not of trees.

use crate::lexicon::grammar::{Class, Grammar};
use crate::lexicon::table::Table;
use crate::mention::aspect::{self, plurals};
use crate::text::Key;
use hashbrown::HashMap;
use std::sync::OnceLock;

/// Nouns by their folded forms, plurals too; whether each is vague.
#[derive(Clone, Debug, Default)]
pub struct Nouns {
    words: HashMap<Key, bool>,
}

impl Nouns {
    /// Those of English; made when they are first asked for.
    #[must_use]
    pub fn shared() -> &'static Self {
        static ENGLISH: OnceLock<Nouns> = OnceLock::new();
        ENGLISH.get_or_init(Self::english)
    }

    /// Those of English.
    #[must_use]
    pub fn english() -> Self {
        let mut nouns = Self::default();
        for (_, text) in aspect::files() {
            let rows = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
            for term in rows.flat_map(|(_, terms)| terms.split(", ")) {
                nouns.add(term.rsplit(' ').next().unwrap_or(term), false);
            }
        }
        aspect::not_aspects().for_each(|word| nouns.add(word, true));
        nouns
    }

    fn add(&mut self, word: &str, vague: bool) {
        self.words.entry(Key::of(word.as_bytes())).or_insert(vague);
        plurals(word.as_bytes(), |plural| {
            self.words.entry(Key::of(plural)).or_insert(vague);
        });
    }

    /// Whether a word is a noun.
    #[must_use]
    pub fn is_noun(&self, word: Key) -> bool {
        self.words.contains_key(&word)
    }

    /// Whether it is one that opinions are hardly about: `day`, `people`, `thing`.
    #[must_use]
    pub fn is_vague(&self, word: Key) -> bool {
        self.words.get(&word).copied().unwrap_or(false)
    }
}

/// What a word may be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sort {
    /// One of a closed class: its number in the grammar.
    pub closed: Option<(u16, Class)>,
    /// A noun, and whether a vague one.
    pub noun: Option<bool>,
}

/// Closed classes and nouns in one table, so that a word of a text is looked up once.
#[derive(Clone, Debug)]
pub(super) struct Sorts {
    words: Table<Sort>,
}

impl Sorts {
    pub(super) fn new(grammar: &Grammar, nouns: &Nouns) -> Self {
        let mut words = Table::with_room(grammar.len() + nouns.words.len());
        // Words of closed classes first: texts are full of them.
        for (word, closed) in grammar.all() {
            words.insert(word, Sort { closed: Some(closed), noun: nouns.words.get(&word).copied() });
        }
        for (&word, &vague) in nouns.words.iter().filter(|(word, _)| grammar.find(**word).is_none()) {
            words.insert(word, Sort { closed: None, noun: Some(vague) });
        }
        Self { words }
    }

    #[inline]
    pub(super) fn find(&self, word: Key) -> Sort {
        self.words.at(self.words.find(word)).copied().unwrap_or_default()
    }
}
