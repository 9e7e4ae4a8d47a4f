//! A term as the texts it meets. In: a term as written. Out: the words that the tokenizer makes of it.
//! Separate because two spellings are one term when no text can tell them apart, and lint, look-up
//! and comparison of lexicons must agree on that.

use super::cut::is_reachable;
use crate::text::{Key, Kind, Tokens};

/// How a term names any negator.
pub const NOT: &str = "NOT";

/// One step of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Any negator, written `NOT`.
    Negator,
    /// A word, emoji or sign.
    Word(Key),
    /// Any word that begins so, written with a star.
    Beginning(Key),
}

/// The words of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Met {
    /// Its steps.
    pub steps: Vec<Step>,
    /// Whether it is an emoticon or emoji, which the eye tells apart and the tokenizer may not.
    pub picture: bool,
    /// Whether the tokenizer would not give the term back, so that no text meets it.
    pub lost: bool,
}

impl Met {
    /// How a term meets texts.
    #[must_use]
    pub fn of(term: &str, tokens: &mut Tokens) -> Self {
        if super::Cue::of_term(term).is_some() {
            return Self { steps: vec![Step::Word(Key::of(term.as_bytes()))], picture: false, lost: false };
        }
        if let Some(stem) = stem(term) {
            return Self { steps: vec![Step::Beginning(Key::of(stem.to_lowercase().as_bytes()))], picture: false, lost: false };
        }
        tokens.read(term);
        let step = |token: &crate::text::Token| if token.of(term) == NOT { Step::Negator } else { Step::Word(token.key) };
        let picture = !term.contains(' ') && tokens.as_slice().iter().any(|token| matches!(token.kind, Kind::Emoji | Kind::Emoticon));
        Self { steps: tokens.as_slice().iter().map(step).collect(), picture, lost: !is_reachable(term, tokens.as_slice()) }
    }

    /// Whether the words of this term stand inside a longer one.
    #[must_use]
    pub fn is_inside(&self, longer: &Self) -> bool {
        !self.steps.is_empty() && longer.steps.len() > self.steps.len() && longer.steps.windows(self.steps.len()).any(|w| w == self.steps)
    }
}

/// What stands before the star of a term for all endings.
#[must_use]
pub fn stem(term: &str) -> Option<&str> {
    term.strip_suffix('*').filter(|stem| stem.ends_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_no_text_tells_apart_are_one_term() {
        let mut tokens = Tokens::new();
        let mut met = |term: &str| Met::of(term, &mut tokens);
        for (one, other) in [("Don’t", "don't"), ("well-made", "Well Made"), ("❤️", "❤"), (":-)", ":)"), ("CRASH*", "crash*")] {
            assert_eq!(met(one), met(other), "{one} {other}");
        }
        for (one, other) in [("NOT good", "not good"), ("crash", "crash*"), ("a b", "b a")] {
            assert_ne!(met(one), met(other), "{one} {other}");
        }
        assert!(met("r&r").lost && met("").lost && !met("r and r").lost && !met("crash*").lost);
        assert!(met("fed up").is_inside(&met("fed up with")) && !met("fed up").is_inside(&met("fed up")));
    }
}
