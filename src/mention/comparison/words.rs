//! Words of comparisons. In: `lexicons/LANGUAGE/comparisons.tsv`, once. Out: what each word or phrase is
//! for, and the rules. Separate because it is data, which is changed without knowing how texts are looked
//! through.

use super::pattern::Rule;
use crate::error::{Error, Result};
use crate::text::{Key, Token, Tokens};
use hashbrown::HashMap;
use std::sync::OnceLock;

/// Files by the code of their language.
const FILES: [(&str, &str); 1] = [("en", include_str!("../../../lexicons/en/comparisons.tsv"))];

/// The class of what `>` says, too.
pub(super) const BEAT: &str = "beat";

/// A set of classes, one bit each.
pub(super) type Classes = u128;
/// A set of words that rules name as they stand, one bit each.
pub(super) type Literals = u64;

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

/// What a word or phrase is for: one line of the cache, since few texts ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Entry {
    /// The classes it belongs to.
    pub classes: Classes,
    /// Those in which it has a sign.
    pub plus: Classes,
    pub minus: Classes,
    /// The aspect it tells of, counted from one; 0 for none.
    pub aspect: u16,
    /// The words of rules that it is.
    pub literals: Literals,
    /// Whether a longer phrase begins with it.
    goes_on: bool,
}

impl Entry {
    /// What says nothing.
    pub const NONE: Self = Self { classes: 0, plus: 0, minus: 0, aspect: 0, literals: 0, goes_on: false };

    /// Whether it is for anything by itself.
    const fn says(&self) -> bool {
        self.classes != 0 || self.aspect != 0 || self.literals != 0
    }
}

/// The words of one language, with its rules.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// The node of the words that anything begins with.
    begins: HashMap<Key, u32>,
    /// What follows a node by a key.
    next: HashMap<(u32, Key), u32>,
    /// What is known of each node; of 0 nothing.
    entries: Vec<Entry>,
    /// What `>` and `<` between two names are for.
    pub signs: [Entry; 2],
    classes: Vec<String>,
    literals: Vec<String>,
    pub aspects: Vec<String>,
    pub rules: Vec<Rule>,
}

/// The words of a language that phrases of comparisons begin with, and the node of each.
///
/// # Errors
/// When a shipped line is not understood.
pub(in crate::mention) fn beginnings(language: &str) -> Result<impl Iterator<Item = (Key, u32)>> {
    let words = Words::of(language)?;
    Ok(words.into_iter().flat_map(|words| &words.begins).map(|(&word, &node)| (word, node)))
}

impl Words {
    /// The words of a language by its code, none if there are none.
    ///
    /// # Errors
    /// When a line is not understood.
    pub fn of(language: &str) -> Result<Option<&'static Self>> {
        static READ: [OnceLock<Result<Words>>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
        let Some((read, (code, text))) = READ.iter().zip(FILES).find(|(_, (code, _))| *code == language) else { return Ok(None) };
        let words = read.get_or_init(|| Self::read(&format!("{code}/comparisons.tsv"), text));
        words.as_ref().map(Some).map_err(Clone::clone)
    }

    /// Reads a file: classes first, then the rules that name them.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let mut words = Self {
            begins: HashMap::new(),
            next: HashMap::new(),
            entries: vec![Entry::NONE],
            signs: [Entry::NONE; 2],
            classes: KNOWN.iter().map(|&known| known.to_owned()).collect(),
            literals: Vec::new(),
            aspects: Vec::new(),
            rules: Vec::new(),
        };
        for (at, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let bad = |what: &str| Error::usage(format!("{name}:{at}: {what}"));
            let mut cells = line.split('\t');
            let (Some(class), Some(value), Some(list), None) = (cells.next(), cells.next(), cells.next(), cells.next()) else {
                return Err(bad("expected three columns: class, sign, words"));
            };
            match class {
                "rule" => {
                    let rule = Rule::parse(value, list, &mut words).map_err(|what| bad(&what))?;
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
        let beat = words.class(BEAT).unwrap_or(0);
        words.signs = [Entry { classes: beat, plus: beat, ..Entry::NONE }, Entry { classes: beat, minus: beat, ..Entry::NONE }];
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

    /// The bit of a word that a rule names as it stands; none when there are too many.
    pub fn literal(&mut self, word: &str) -> Option<Literals> {
        let known = self.literals.iter().position(|known| known == word);
        let bit = 1_u64.checked_shl(u32::try_from(known.unwrap_or(self.literals.len())).ok()?)?;
        if known.is_none() {
            self.literals.push(word.to_owned());
            self.enter(word, |entry| entry.literals |= bit);
        }
        Some(bit)
    }

    /// The bit of a class.
    pub fn class(&self, name: &str) -> Option<Classes> {
        let at = self.classes.iter().position(|known| known == name)?;
        1_u128.checked_shl(u32::try_from(at).ok()?)
    }

    fn enter(&mut self, phrase: &str, change: impl FnOnce(&mut Entry)) {
        let mut node = 0;
        for token in Tokens::from_text(phrase).as_slice().iter().filter(|token| !token.ends_clause()) {
            let fresh = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
            let known = if node == 0 { self.begins.get(&token.key).copied() } else { self.next.get(&(node, token.key)).copied() };
            if known.is_none() {
                self.entries.push(Entry::NONE);
                if node == 0 {
                    self.begins.insert(token.key, fresh);
                } else {
                    self.next.insert((node, token.key), fresh);
                    self.goes_on(node);
                }
            }
            node = known.unwrap_or(fresh);
        }
        if let Some(entry) = self.entries.get_mut(node as usize).filter(|_| node > 0) {
            change(entry);
        }
    }

    fn goes_on(&mut self, node: u32) {
        if let Some(entry) = self.entries.get_mut(node as usize) {
            entry.goes_on = true;
        }
    }

    /// The longest phrase that begins at a node and goes on with some of these tokens: what it is for, and how
    /// many tokens it has.
    pub fn longest(&self, begins: u32, behind: &[Token]) -> Option<(&Entry, usize)> {
        if begins == 0 {
            return None;
        }
        let mut node = begins;
        let mut entry = self.entries.get(node as usize)?;
        let mut best = entry.says().then_some((entry, 1));
        for (length, token) in (2..).zip(behind) {
            if !entry.goes_on {
                break;
            }
            let Some(&next) = self.next.get(&(node, token.key)) else { break };
            (node, entry) = (next, self.entries.get(next as usize)?);
            if entry.says() {
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
        let longest = |text: &str| {
            let tokens = Tokens::from_text(text);
            let (first, behind) = tokens.as_slice().split_first()?;
            words.longest(words.begins.get(&first.key).copied().unwrap_or(0), behind)
        };
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
