//! Phrases that irony is told by. In: `lexicons/irony.tsv`. Out: a table that is asked by the first word
//! of a phrase. Separate because it is data, which is changed without knowing how texts are looked
//! through.

use super::CUES;
use crate::text::{Key, Shape, Tokens};
use std::sync::OnceLock;

/// What must stand beside a phrase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Company {
    /// Behind it complaint, and no praise.
    Complaint,
    /// The same, the complaint among the next few words.
    Near,
    /// Right behind it a complaint.
    Next,
    /// In the sentence it stands in, or behind, praise, and in the text complaint.
    Both,
    /// Nothing more in its clause.
    End,
    /// Nothing more in the text but tags, links, handles and signs.
    Last,
    /// Anything.
    Alone,
}

/// Companies by their names in the file.
const COMPANIES: [(&str, Company); 7] = [
    ("complaint", Company::Complaint),
    ("near", Company::Near),
    ("next", Company::Next),
    ("both", Company::Both),
    ("end", Company::End),
    ("last", Company::Last),
    ("alone", Company::Alone),
];

/// A phrase.
#[derive(Debug)]
pub struct Phrase {
    /// Its language, or `any`.
    language: &'static str,
    /// The cue it shows, a place in [`CUES`].
    pub cue: usize,
    /// What must stand beside it.
    pub company: Company,
    /// Whether it counts only at the beginning of a sentence.
    pub opens: bool,
    /// Whether it counts only as a hashtag.
    pub tagged: bool,
    /// Its words.
    pub words: Vec<Key>,
}

/// All of the file.
#[derive(Debug, Default)]
pub struct Table {
    /// One bit for each hash that some first word has.
    firsts: [u64; Self::BITS / 64],
    /// By their first words.
    phrases: Vec<Phrase>,
    /// Ends of texts, and the cue each shows.
    endings: Vec<(&'static str, usize)>,
    trouble: Vec<(&'static str, Key)>,
    quoted: Vec<(&'static str, Vec<Key>)>,
}

impl Table {
    const BITS: usize = 1024;

    /// The table.
    pub fn shipped() -> &'static Self {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| Self::read(include_str!("../../../lexicons/irony.tsv")))
    }

    /// Reads a table; lines that say nothing are passed over, which a test rules out.
    fn read(file: &'static str) -> Self {
        let mut table = Self::default();
        for line in file.lines() {
            table.line(line);
        }
        table.phrases.sort_by_key(|phrase| phrase.words.first().copied());
        let firsts: Vec<Key> = table.phrases.iter().filter_map(|phrase| phrase.words.first().copied()).collect();
        for (word, bit) in firsts.into_iter().map(Self::bit) {
            table.firsts[word] |= bit;
        }
        table
    }

    /// Takes a line; whether it says something.
    fn line(&mut self, line: &'static str) -> Option<()> {
        let mut cells = line.split('\t');
        let [language, cue, company, text] = [cells.next()?, cells.next()?, cells.next()?, cells.next()?];
        let tokens = Tokens::from_text(text);
        let words: Vec<Key> = tokens.as_slice().iter().map(|token| token.key).collect();
        match (cue, company) {
            ("trouble", _) => self.trouble.push((language, *words.first()?)),
            ("quoted", _) => self.quoted.push((language, words)),
            (_, "ending") => self.endings.push((text, CUES.iter().position(|known| known.name == cue)?)),
            _ => {
                let (_, company) = COMPANIES.into_iter().find(|(known, _)| *known == company)?;
                let cue = CUES.iter().position(|known| known.name == cue)?;
                let words: Vec<Key> =
                    tokens.as_slice().iter().filter(|token| !token.of(text).starts_with('^')).map(|token| token.key).collect();
                let tagged = tokens.as_slice().first()?.shape.has(Shape::TAGGED);
                self.phrases.push(Phrase { language, cue, company, opens: text.starts_with('^'), tagged, words });
            }
        }
        Some(())
    }

    const fn bit(key: Key) -> (usize, u64) {
        let bit = (key.hash() >> 54) as usize;
        (bit / 64, 1 << (bit % 64))
    }

    /// Whether a phrase may begin with a word; seldom yes when none does.
    #[inline]
    #[must_use]
    pub fn may_begin(&self, key: Key) -> bool {
        let (word, bit) = Self::bit(key);
        self.firsts[word] & bit != 0
    }

    /// The phrases of a language that begin with a word.
    pub fn of<'t>(&'t self, key: Key, language: &'t str) -> impl Iterator<Item = &'t Phrase> {
        let from = self.phrases.partition_point(|phrase| phrase.words.first().is_some_and(|&first| first < key));
        let begins = move |phrase: &&Phrase| phrase.words.first() == Some(&key);
        self.phrases.get(from..).unwrap_or(&[]).iter().take_while(begins).filter(move |phrase| serves(phrase.language, language))
    }

    /// The cue that the end of a text shows, and how long that end is.
    #[must_use]
    pub fn ending(&self, text: &str) -> Option<(usize, usize)> {
        let fits = |ending: &str| text.strip_suffix(ending).is_some_and(|before| before.ends_with(char::is_whitespace));
        self.endings.iter().find(|(ending, _)| fits(ending)).map(|&(ending, cue)| (cue, ending.len()))
    }

    /// Whether a word is a complaint beside cheers.
    #[must_use]
    pub fn is_trouble(&self, key: Key, language: &str) -> bool {
        self.trouble.iter().any(|&(known, word)| word == key && serves(known, language))
    }

    /// Whether words are put in quotes in scorn.
    pub fn is_quoted(&self, words: &(impl Iterator<Item = Key> + Clone), language: &str) -> bool {
        self.quoted.iter().any(|(known, own)| serves(known, language) && own.iter().copied().eq(words.clone()))
    }
}

fn serves(language: &str, text: &str) -> bool {
    language == "any" || language.eq_ignore_ascii_case(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_says_something_and_every_cue_of_the_file_is_known() {
        let file = include_str!("../../../lexicons/irony.tsv");
        let mut table = Table::default();
        for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            assert!(table.line(line).is_some(), "{line}");
        }
        assert!(table.phrases.iter().all(|phrase| !phrase.words.is_empty()));
        assert!(table.phrases.len() > 50 && !table.trouble.is_empty() && !table.quoted.is_empty());
    }

    #[test]
    fn phrases_are_found_by_their_first_word() {
        let table = Table::shipped();
        let so = Key::of(b"so");
        assert!(table.may_begin(so) && table.of(so, "en").all(|phrase| phrase.opens && phrase.words[0] == so));
        assert_eq!((table.of(so, "en").count(), table.of(so, "de").count()), (1, 0));
        assert_eq!(table.of(Key::of(b"zebra"), "en").count(), 0);
    }
}
