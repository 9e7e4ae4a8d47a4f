//! Nouns that people use when they review. In: the words that stand last in the terms of all aspects, and
//! common nouns that are no aspects. Out: whether a word is one of them. Separate because it stands in for
//! a grammar: which noun an opinion belongs to is asked of words, not of trees.

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
        self.find(word).unwrap_or(false)
    }

    /// Of a noun, whether it is a vague one.
    #[must_use]
    pub fn find(&self, word: Key) -> Option<bool> {
        self.words.get(&word).copied()
    }

    /// All of them, in no order, and whether each is vague.
    pub fn all(&self) -> impl Iterator<Item = (Key, bool)> {
        self.words.iter().map(|(&word, &vague)| (word, vague))
    }
}
