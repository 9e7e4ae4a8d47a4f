//! What is asked of each word of a text in which somebody is mentioned. In: closed classes, nouns and words of
//! comparisons, once; then texts read with a lexicon. Out: a [`Gloss`] for each token. Separate because targets
//! and comparisons ask about the same words, which are looked up once for both.

use super::comparison::beginnings;
use super::target::Language;
use crate::analyze::Analysis;
use crate::error::Result;
use crate::lexicon::grammar::Class;
use crate::lexicon::table::Table;
use crate::lexicon::{Aside, Lexicon, Reading};
use crate::score::Hits;
use crate::text::Key;
use hashbrown::HashMap;

/// What a word may be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gloss {
    /// One of a closed class: its number in the grammar.
    pub(super) closed: Option<(u16, Class)>,
    /// A noun, and whether a vague one.
    pub(super) noun: Option<bool>,
    /// The node of the phrases of comparisons that begin with it; 0 if none does.
    pub(super) begins: u32,
}

/// What is known of the words of a language, beside what a lexicon knows.
#[derive(Clone, Debug)]
pub struct Glossary {
    words: Aside<Gloss>,
}

/// A text that was read and scored, with what is known of its words.
#[derive(Clone, Copy, Debug)]
pub struct Told<'t> {
    /// The text.
    pub text: &'t str,
    /// The text read with its lexicon.
    pub reading: &'t Reading,
    /// Its opinions after all rules.
    pub hits: &'t Hits,
    /// What is known of each token.
    pub glosses: &'t [Gloss],
}

impl<'t> Told<'t> {
    /// A text that was analysed, with what is known of its words.
    #[must_use]
    pub const fn new(analysis: &Analysis<'t>, glosses: &'t [Gloss]) -> Self {
        Self { text: analysis.text, reading: analysis.reading, hits: analysis.hits, glosses }
    }
}

impl Glossary {
    /// For texts read with a lexicon; none if it covers no language about which anything is known.
    ///
    /// # Errors
    /// When a shipped file is faulty, which tests rule out.
    pub fn new(lexicon: &Lexicon) -> Result<Option<Self>> {
        for code in lexicon.covered() {
            if let Some(language) = Language::of(code)? {
                return Ok(Some(Self { words: Aside::new(lexicon, glosses(language, beginnings(code)?)) }));
            }
        }
        Ok(None)
    }

    /// Looks up the words of a text that was read with that lexicon.
    pub fn read(&self, reading: &Reading, glosses: &mut Vec<Gloss>) {
        glosses.clear();
        glosses.extend(self.words.of(reading));
    }
}

fn glosses(language: &Language, beginnings: impl Iterator<Item = (Key, u32)>) -> Table<Gloss> {
    let mut known: HashMap<Key, Gloss> = HashMap::new();
    let mut order = Vec::new();
    let mut note = |word: Key, tell: &dyn Fn(&mut Gloss)| {
        tell(known.entry(word).or_insert_with(|| {
            order.push(word);
            Gloss::default()
        }));
    };
    // Words of closed classes first: texts are full of them.
    language.grammar().all().for_each(|(word, closed)| note(word, &|gloss| gloss.closed = Some(closed)));
    language.nouns().all().for_each(|(word, vague)| note(word, &|gloss| gloss.noun = Some(vague)));
    beginnings.for_each(|(word, node)| note(word, &|gloss| gloss.begins = node));
    let mut table = Table::with_room(order.len());
    order.into_iter().for_each(|word| table.insert(word, known.get(&word).copied().unwrap_or_default()));
    table
}
