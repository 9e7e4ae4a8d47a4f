//! Noun, verb or adjective? In: `lexicons/en/aspects/senses.tsv`, and the neighbours of a word. Out: whether it
//! names a thing there. Separate because it is a guess by neighbours: `the charge was fair`, `to charge it`.

use super::builtin::{SENSES, not_aspects};
use super::forms::plurals;
use crate::lexicon::grammar::{Class, Grammar};
use crate::mention::forms::Folded;
use crate::text::{Key, Kind, Token, Tokens};
use hashbrown::{HashMap, HashSet};
use std::sync::OnceLock;

/// What a word is besides a noun.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sense {
    /// Nothing.
    #[default]
    Noun,
    /// A verb, as in `they charge`.
    Verb,
    /// A verb of the third person if not a plural, as in `it charges`.
    Third,
    /// A verb of the form in -ing, as in `is charging`.
    Doing,
    /// An adjective, as in `light and thin`.
    Adjective,
}

/// Words with several senses.
#[derive(Debug, Default)]
pub struct Senses {
    words: HashMap<Key, Sense>,
    cues: HashSet<Key>,
    vague: HashSet<Key>,
    no_leads: HashSet<Key>,
}

impl Senses {
    /// Those of English; read when they are first asked for.
    pub fn english() -> &'static Self {
        static ENGLISH: OnceLock<Senses> = OnceLock::new();
        ENGLISH.get_or_init(|| Self::parse(SENSES))
    }

    fn parse(text: &str) -> Self {
        let mut senses = Self::default();
        not_aspects().for_each(|word| senses.note_vague(word));
        let mut tokens = Tokens::new();
        for (name, words) in text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')) {
            if name == "vague" {
                words.split(' ').for_each(|word| senses.note_vague(word));
                continue;
            }
            tokens.read(words);
            let keys = tokens.as_slice().iter().filter(|token| token.kind == Kind::Word).map(|token| token.key);
            match name {
                "verb" => senses.words.extend(keys.map(|key| (key, Sense::Verb))),
                "adjective" => keys.for_each(|key| {
                    senses.words.entry(key).or_insert(Sense::Adjective);
                }),
                "cue" => senses.cues.extend(keys),
                "no-lead" => senses.no_leads.extend(keys),
                _ => {}
            }
        }
        senses
    }

    fn note_vague(&mut self, word: &str) {
        self.vague.insert(Key::of(word.as_bytes()));
        plurals(word.as_bytes(), |plural| {
            self.vague.insert(Key::of(plural));
        });
    }

    /// What a folded word is besides a noun.
    pub fn of(&self, word: &[u8]) -> Sense {
        match self.words.get(&Key::of(word)) {
            Some(&sense) => sense,
            None if word.len() > 5 && word.ends_with(b"ing") => Sense::Doing,
            None => Sense::Noun,
        }
    }
}

/// What stands next to a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Near {
    /// The end of the clause or of the text.
    End,
    /// A word of a closed class.
    Closed(Class),
    /// Any other word.
    Open,
}

/// The neighbourhood of tokens in one text.
#[derive(Clone, Copy)]
pub struct Scene<'t> {
    tokens: &'t [Token],
    grammar: &'t Grammar,
    senses: &'t Senses,
}

impl<'t> Scene<'t> {
    /// That of some tokens.
    pub fn new(tokens: &'t [Token]) -> Self {
        Self { tokens, grammar: Grammar::english(), senses: Senses::english() }
    }

    /// What stands at a place; outside the text its end.
    pub fn near(&self, at: Option<usize>) -> Near {
        match at.and_then(|at| self.tokens.get(at)) {
            Some(token) if token.kind == Kind::Word || token.kind == Kind::Number => {
                self.grammar.class_of(token.key).map_or(Near::Open, Near::Closed)
            }
            _ => Near::End,
        }
    }

    /// Whether a word of one token is a noun where it stands; `after_term` says that the token before it
    /// names an aspect, too.
    pub fn is_noun(&self, at: usize, sense: Sense, after_term: bool) -> bool {
        use Class::{Adverb, Auxiliary, Conjunction, Determiner, Join, Preposition, Pronoun};
        if sense == Sense::Noun {
            return true;
        }
        let before = self.before(at);
        let cued = before.and_then(|before| self.tokens.get(before)).is_some_and(|token| self.senses.cues.contains(&token.key));
        let (near, far) = (self.near(before), self.near(Some(at + 1)));
        let close = self.near(at.checked_sub(1));
        let object = matches!(far, Near::Closed(Determiner | Pronoun));
        let closes = matches!(far, Near::End | Near::Closed(Auxiliary | Preposition | Join | Conjunction));
        match sense {
            Sense::Noun => true,
            Sense::Verb if after_term => closes,
            Sense::Third if after_term => false,
            Sense::Verb | Sense::Third if matches!(close, Near::Closed(Determiner)) => true,
            Sense::Verb | Sense::Third => !cued && !object,
            Sense::Doing => !cued && !matches!(near, Near::Closed(Auxiliary | Pronoun)) && (after_term || !object),
            Sense::Adjective => {
                let led = matches!(close, Near::Open | Near::Closed(Determiner | Preposition));
                closes && (after_term || led)
            }
        }
    }

    /// Whether a noun begins behind a token because it is a determiner that hardly stands for itself.
    pub fn leads(&self, at: usize) -> bool {
        self.near(Some(at)) == Near::Closed(Class::Determiner)
            && self.tokens.get(at).is_some_and(|token| !self.senses.no_leads.contains(&token.key))
    }

    /// Whether a word says too little for an aspect.
    pub fn is_vague(&self, token: &Token) -> bool {
        self.senses.vague.contains(&token.key)
    }

    /// Whether a word is an adjective too.
    pub fn may_be_adjective(&self, token: &Token) -> bool {
        self.senses.words.get(&token.key) == Some(&Sense::Adjective)
    }

    /// Whether a word is a verb too, with or without the s of the third person.
    pub fn may_be_verb(&self, text: &str, token: &Token) -> bool {
        let known = |word: &str| self.senses.of(word.as_bytes()) == Sense::Verb;
        Folded::of(token.of(text)).is_some_and(|word| known(word.as_str()) || word.as_str().strip_suffix('s').is_some_and(known))
    }

    /// The word before a token, adverbs passed over.
    fn before(&self, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        while self.near(Some(before)) == Near::Closed(Class::Adverb) {
            before = before.checked_sub(1)?;
        }
        Some(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_tell_the_sense() {
        for (text, word, noun) in [
            ("the charge was fair", "charge", true),
            ("they charge too much", "charge", false),
            ("I really use it daily", "use", false),
            ("easy to use", "use", false),
            ("ease of use", "use", true),
            ("for daily use.", "use", true),
            ("it charges fast", "charges", false),
            ("their charges were high", "charges", true),
            ("love the look of it", "look", true),
            ("look at this", "look", true),
            ("order the fish", "order", false),
            ("it is charging", "charging", false),
            ("charging is slow", "charging", true),
            ("it is light and thin", "light", false),
            ("the light is dim", "light", true),
            ("a light meal", "light", false),
        ] {
            let tokens = Tokens::from_text(text);
            let key = Key::of(word.as_bytes());
            let at = tokens.as_slice().iter().position(|token| token.key == key).unwrap();
            let sense = match Senses::english().of(word.as_bytes()) {
                Sense::Noun => Senses::english().of(word.trim_end_matches('s').as_bytes()),
                sense => sense,
            };
            let sense = if sense == Sense::Verb && word.ends_with('s') { Sense::Third } else { sense };
            assert_ne!(sense, Sense::Noun, "{word}");
            assert_eq!(Scene::new(tokens.as_slice()).is_noun(at, sense, false), noun, "{text}");
        }
    }
}
