//! Words of comparisons. In: `lexicons/LANGUAGE/comparisons.tsv`, once. Out: what each word or phrase is
//! for, and the rules. Separate because it is data, which is changed without knowing how texts are looked
//! through.

use super::pattern::Rule;
use crate::error::{Error, Result};
use crate::text::{Key, Token, Tokens};
use hashbrown::HashMap;

/// Files by the code of their language.
const FILES: [(&str, &str); 1] = [("en", include_str!("../../../lexicons/en/comparisons.tsv"))];

/// A set of classes, one bit each.
pub(super) type Classes = u128;

/// Classes that the program knows, in the order of their bits.
macro_rules! known {
    ($($name:ident),* $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($name),* }
        $(pub(super) const $name: Classes = 1 << Bit::$name as u32;)*
        const KNOWN: &[&str] = &[$(stringify!($name)),*];
    };
}

known!(
    BETTER, SIZE, PACE, MORE, MOST, BEST, GRADABLE, THING, RUN, SPEND, WARD, LIKE, THAN, THEN, AS, NOT, PART, TWICE, NO, ANY, PAST, BOTH,
    AND, BUT, SUSPEND, BLOCK, CARGO, REGRET, TOPIC, SMALL, ARTICLE, OFTEN
);

/// Words of bits in [`Words::begins`]: sixteen bits for each word that is known.
const BEGINS: usize = 256;

/// The place and the bit of a word in [`Words::begins`].
const fn bit_of(key: Key) -> (usize, u64) {
    let hash = key.hash();
    ((hash >> 56) as usize, 1 << (hash >> 50 & 63))
}

/// What a word or phrase is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The classes it belongs to.
    pub classes: Classes,
    /// Those in which it has a sign.
    pub plus: Classes,
    pub minus: Classes,
    /// The aspect it tells of, counted from one; 0 for none.
    pub aspect: u16,
}

/// The words of one language, with its rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// What follows a node by a key; the root is 0.
    next: HashMap<(u32, Key), u32>,
    /// Bits of the words that anything begins with, by their hash: most words of a text are none of them.
    begins: Box<[u64]>,
    entries: Vec<Entry>,
    classes: Vec<String>,
    pub aspects: Vec<String>,
    pub rules: Vec<Rule>,
}

impl Words {
    /// The words of a language by its code, none if there are none.
    ///
    /// # Errors
    /// When a line is not understood.
    pub fn of(language: &str) -> Result<Option<Self>> {
        let file = FILES.iter().find(|(code, _)| *code == language);
        file.map(|(code, text)| Self::read(&format!("{code}/comparisons.tsv"), text)).transpose()
    }

    /// Reads a file: classes first, then the rules that name them.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let mut words = Self { entries: vec![Entry::default()], begins: vec![0; BEGINS].into(), ..Self::default() };
        words.classes.extend(KNOWN.iter().map(|&known| known.to_owned()));
        for (at, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let bad = |what: &str| Error::usage(format!("{name}:{at}: {what}"));
            let mut cells = line.split('\t');
            let (Some(class), Some(value), Some(list), None) = (cells.next(), cells.next(), cells.next(), cells.next()) else {
                return Err(bad("expected three columns: class, sign, words"));
            };
            match class {
                "rule" => {
                    let rule = Rule::parse(value, list, &words).map_err(|what| bad(&what))?;
                    words.rules.push(rule);
                }
                "aspect" => {
                    words.aspects.push(value.to_owned());
                    #[allow(clippy::cast_possible_truncation)] // a handful
                    let number = words.aspects.len() as u16;
                    list.split(", ").for_each(|phrase| words.enter(phrase, |entry| entry.aspect = number));
                }
                _ => {
                    let bit = words.bit(class).ok_or_else(|| bad("found too many classes, expected at most 128"))?;
                    let signs = match value {
                        "+" => (bit, 0),
                        "-" => (0, bit),
                        "0" | "=" => (0, 0),
                        _ => return Err(bad("found another sign, expected one of + - 0 =")),
                    };
                    for phrase in list.split(", ") {
                        words.enter(phrase, |entry| {
                            entry.classes |= bit;
                            entry.plus |= signs.0;
                            entry.minus |= signs.1;
                        });
                    }
                }
            }
        }
        Ok(words)
    }

    /// The bit of a class, which is new if it has none yet.
    fn bit(&mut self, class: &str) -> Option<Classes> {
        if let Some(bit) = self.class(class) {
            return Some(bit);
        }
        self.classes.push(class.to_owned());
        1_u128.checked_shl(u32::try_from(self.classes.len() - 1).ok()?)
    }

    /// The bit of a class.
    pub fn class(&self, name: &str) -> Option<Classes> {
        let at = self.classes.iter().position(|known| known == name)?;
        1_u128.checked_shl(u32::try_from(at).ok()?)
    }

    fn enter(&mut self, phrase: &str, change: impl FnOnce(&mut Entry)) {
        let mut node = 0;
        for token in Tokens::from_text(phrase).as_slice().iter().filter(|token| !token.ends_clause()) {
            if let Some(bits) = self.begins.get_mut(bit_of(token.key).0).filter(|_| node == 0) {
                *bits |= bit_of(token.key).1;
            }
            let fresh = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
            node = *self.next.entry((node, token.key)).or_insert(fresh);
            if node == fresh {
                self.entries.push(Entry::default());
            }
        }
        if let Some(entry) = self.entries.get_mut(node as usize).filter(|_| node > 0) {
            change(entry);
        }
    }

    /// The longest phrase that begins with the first of these tokens: what it is for, and how many
    /// tokens it has.
    pub fn longest(&self, tokens: impl Iterator<Item = Token> + Clone) -> Option<(Entry, usize)> {
        let (at, bit) = bit_of(tokens.clone().next()?.key);
        if self.begins.get(at).is_none_or(|bits| bits & bit == 0) {
            return None;
        }
        let (mut node, mut best) = (0, None);
        for (length, token) in (1..).zip(tokens) {
            let Some(&next) = self.next.get(&(node, token.key)) else { break };
            node = next;
            let entry = self.entries.get(node as usize).copied().unwrap_or_default();
            if entry != Entry::default() {
                best = Some((entry, length));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_counts() {
        let words = Words::read("x", "THAN\t0\tthan\nIDLE\t0\tthan ever\nBETTER\t-\tworse\n").unwrap();
        let longest = |text: &str| words.longest(Tokens::from_text(text).as_slice().iter().copied());
        assert_eq!(longest("than HP").map(|(entry, length)| (entry.classes, length)), Some((THAN, 1)));
        assert_eq!(longest("than ever").map(|(entry, length)| (entry.classes, length)), words.class("IDLE").map(|idle| (idle, 2)));
        assert_eq!(longest("Worse").map(|(entry, _)| entry.minus), Some(BETTER));
        assert_eq!(longest("Dell"), None);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (text, part) in [("THAN\t0\n", "x:1"), ("\nTHAN\t?\tthan\n", "x:2"), ("rule\tbetter A\tA [beat] B\n", "beat")] {
            let message = Words::read("x", text).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn shipped_words_are_understood() {
        let words = Words::of("en").unwrap().unwrap();
        assert!(words.rules.len() > 50 && words.entries.len() > 1500);
        assert!(Words::of("xx").unwrap().is_none());
    }
}
