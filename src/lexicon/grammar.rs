//! Words that say how others hang together. In: `lexicons/en/grammar.tsv`. Out: the closed class of a word.
//! Separate because neighbours ask: whether `use` is a thing or a deed is told by what stands before it.

use crate::text::{Key, Kind, Tokens};
use hashbrown::HashMap;
use std::sync::OnceLock;

/// The words with their classes, by the name of the file.
pub const GRAMMAR: (&str, &str) = ("en/grammar.tsv", include_str!("../../lexicons/en/grammar.tsv"));

/// A closed class of words: no new ones are coined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Goes with a noun: articles, possessives, quantities.
    Determiner,
    /// `of`, `in`, `to`; a noun or, behind `to`, a verb follows.
    Preposition,
    /// Stands for a noun.
    Pronoun,
    /// Helps a verb or links to an adjective; contractions such as `it's` and `don't` too.
    Auxiliary,
    /// Joins like with like: `and`, `or`.
    Join,
    /// Joins clauses.
    Conjunction,
    /// Modifies verbs and adjectives.
    Adverb,
}

/// The classes by the names the file gives them.
pub const CLASSES: [(&str, Class); 7] = [
    ("det", Class::Determiner),
    ("prep", Class::Preposition),
    ("pron", Class::Pronoun),
    ("aux", Class::Auxiliary),
    ("join", Class::Join),
    ("conj", Class::Conjunction),
    ("adv", Class::Adverb),
];

/// The closed classes of a language.
#[derive(Clone, Debug, Default)]
pub struct Grammar {
    numbers: HashMap<Key, u16>,
    words: Vec<(Box<str>, Class)>,
}

impl Grammar {
    /// That of English; read when it is first asked for.
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH: OnceLock<Grammar> = OnceLock::new();
        ENGLISH.get_or_init(|| Self::parse(GRAMMAR.1))
    }

    /// Reads lines of class, tab and words divided by blanks; of a word that is there twice the first
    /// class counts. Lines of no known class say nothing.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut grammar = Self::default();
        let mut tokens = Tokens::new();
        let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        for (name, words) in lines {
            let Some(&(_, class)) = CLASSES.iter().find(|(known, _)| *known == name) else { continue };
            tokens.read(words);
            for token in tokens.as_slice().iter().filter(|token| token.kind == Kind::Word) {
                grammar.add(token.key, token.of(words), class);
            }
        }
        grammar
    }

    fn add(&mut self, key: Key, word: &str, class: Class) {
        if let (Ok(number), false) = (u16::try_from(self.words.len()), self.numbers.contains_key(&key)) {
            self.numbers.insert(key, number);
            self.words.push((word.into(), class));
        }
    }

    /// A word by its folded form: its number in the file, from 0, and its class; none for nouns, verbs,
    /// adjectives and unknown words.
    #[must_use]
    pub fn find(&self, word: Key) -> Option<(u16, Class)> {
        let number = *self.numbers.get(&word)?;
        Some((number, self.words.get(usize::from(number))?.1))
    }

    /// All words by their folded forms, each with its number and class, in no order.
    pub fn all(&self) -> impl Iterator<Item = (Key, (u16, Class))> {
        self.numbers.iter().filter_map(|(&word, &number)| Some((word, (number, self.words.get(usize::from(number))?.1))))
    }

    /// The word with a number; empty if there is none.
    #[must_use]
    pub fn word(&self, number: u16) -> &str {
        self.words.get(usize::from(number)).map_or("", |(word, _)| word)
    }

    /// The closed class of a word, by its folded form; none for nouns, verbs, adjectives and unknown words.
    #[must_use]
    pub fn class_of(&self, word: Key) -> Option<Class> {
        self.find(word).map(|(_, class)| class)
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_class_of_their_last_part() {
        let grammar = Grammar::english();
        for (word, class) in [
            ("the", Some(Class::Determiner)),
            ("of", Some(Class::Preposition)),
            ("it", Some(Class::Pronoun)),
            ("it's", Some(Class::Auxiliary)),
            ("dont", Some(Class::Auxiliary)),
            ("gonna", Some(Class::Auxiliary)),
            ("but", Some(Class::Conjunction)),
            ("very", Some(Class::Adverb)),
            ("battery", None),
        ] {
            assert_eq!(grammar.class_of(Key::of(word.as_bytes())), class, "{word}");
        }
        assert!(grammar.len() > 350, "{}", grammar.len());
    }

    #[test]
    fn every_line_of_the_file_counts() {
        for line in GRAMMAR.1.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (name, words) = line.split_once('\t').unwrap();
            assert!(CLASSES.iter().any(|(known, _)| *known == name), "{name}");
            for word in words.split(' ') {
                let tokens = Tokens::from_text(word);
                assert_eq!(tokens.as_slice().len(), 1, "{word:?} is no single word");
                let class = Grammar::english().class_of(tokens.as_slice()[0].key).unwrap();
                assert!(CLASSES.contains(&(name, class)), "{word} stands in two classes");
            }
        }
    }
}
