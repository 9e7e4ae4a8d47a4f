//! Which words are nouns. In: the last words of all terms of all built-in vocabularies, and the nouns that are no
//! aspects. Out: whether a word is one. Separate because whoever asks which noun an opinion belongs to needs no
//! aspects.

use super::builtin::{DOMAINS, NOT_ASPECTS};
use super::forms::plurals;
use crate::lexicon::grammar::Grammar;
use crate::text::Key;
use hashbrown::HashSet;
use std::sync::OnceLock;

/// Distinct last words with their plurals, about.
const ABOUT: usize = 12_000;

/// Whether a folded word is known as a noun: as the last word of a term of any vocabulary, singular or plural,
/// or as a frequent noun that is no aspect. Read when it is first asked.
#[must_use]
pub fn is_noun(word: Key) -> bool {
    static NOUNS: OnceLock<HashSet<Key>> = OnceLock::new();
    NOUNS.get_or_init(read).contains(&word)
}

/// Whether a folded word is one of the frequent nouns that are no aspects.
pub(super) fn is_no_aspect(word: Key) -> bool {
    static WORDS: OnceLock<HashSet<Key>> = OnceLock::new();
    WORDS.get_or_init(|| NOT_ASPECTS.1.lines().map(|word| Key::of(word.as_bytes())).collect()).contains(&word)
}

fn read() -> HashSet<Key> {
    let grammar = Grammar::english();
    let mut nouns = HashSet::with_capacity(ABOUT);
    let lines = DOMAINS.iter().flat_map(|domain| domain.text.lines()).filter(|line| !line.starts_with('#'));
    let terms = lines.filter_map(|line| line.split_once('\t')).flat_map(|(_, terms)| terms.split(','));
    for term in terms.chain(NOT_ASPECTS.1.lines()) {
        let word = term.rsplit(|c: char| !(c.is_alphanumeric() || c == '\'')).next().unwrap_or("");
        let key = Key::of(word.as_bytes());
        if word.len() > 1 && grammar.class_of(key).is_none() && nouns.insert(key) {
            plurals(word.as_bytes(), |plural| {
                nouns.insert(Key::of(plural));
            });
        }
    }
    nouns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_known() {
        for (word, noun) in [
            ("battery", true),
            ("batteries", true),
            ("waiter", true),
            ("day", true),
            ("the", false),
            ("in", false),
            ("beautiful", false),
            ("", false),
        ] {
            assert_eq!(is_noun(Key::of(word.as_bytes())), noun, "{word}");
        }
    }
}
