//! Words that mean the same. In: `lexicons/en/themes.tsv`. Out: the row that a word stands in. Separate because
//! it is data, and read only when a report is made.

use super::ground::stem;
use crate::error::{Error, Result};
use crate::text::Key;
use hashbrown::{HashMap, HashSet};
use std::sync::OnceLock;

/// The rows, by the name of the file.
pub const THEMES: (&str, &str) = ("en/themes.tsv", include_str!("../../lexicons/en/themes.tsv"));

/// What a row is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Kind {
    /// Things that are the same.
    Thing,
    /// Opinions that say the same.
    Said,
    /// Opinions that are themes without a thing beside them.
    Alone,
    /// Words for all that is reviewed: `app`, `place`.
    Whole,
    /// Words that turn what follows round: `no`, `don't`.
    Denial,
    /// What leads from an opinion to a verb: `easy to use`.
    VerbLead,
}

impl Kind {
    /// All of them, with the names the file gives them.
    pub const ALL: [(&'static str, Self); 6] = [
        ("thing", Self::Thing),
        ("said", Self::Said),
        ("alone", Self::Alone),
        ("whole", Self::Whole),
        ("denial", Self::Denial),
        ("verb-lead", Self::VerbLead),
    ];
}

/// Words that mean the same, by kind.
#[derive(Clone, Debug, Default)]
pub struct Synonyms {
    names: Vec<Box<str>>,
    /// Number of the row by kind and term; terms as they stand and by their stems.
    rows: HashMap<(Kind, Box<str>), u16>,
    denials: HashMap<Key, u16>,
    verb_leads: HashSet<Key>,
}

impl Synonyms {
    /// Those of English; read when they are first asked for.
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH: OnceLock<Synonyms> = OnceLock::new();
        ENGLISH.get_or_init(|| Self::parse(THEMES.1).unwrap_or_default())
    }

    /// Reads rows of kind, name and terms.
    ///
    /// # Errors
    /// What is no such row, and terms that stand twice.
    pub fn parse(text: &str) -> Result<Self> {
        let mut synonyms = Self::default();
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
        for (number, line) in lines {
            let wrong = |message: String| Error::usage(message).at(format!("{}:{number}", THEMES.0));
            let mut cells = line.split('\t');
            let (Some(kind), Some(name), Some(terms), None) = (cells.next(), cells.next(), cells.next(), cells.next()) else {
                return Err(wrong(format!("found {line:?}, expected kind, name and terms divided by tabs")));
            };
            let Some(&(_, kind)) = Kind::ALL.iter().find(|(known, _)| *known == kind) else {
                return Err(wrong(format!("found the kind {kind:?}, expected one of: {}", Kind::ALL.map(|(name, _)| name).join(", "))));
            };
            let row = u16::try_from(synonyms.names.len()).map_err(|_| wrong("found more than 65,535 rows".to_owned()))?;
            synonyms.names.push(name.into());
            for term in std::iter::once(name).chain(terms.split(", ")).filter(|term| !term.is_empty()) {
                if let Some(other) = synonyms.rows.insert((kind, term.into()), row).filter(|&other| other != row) {
                    let other = &synonyms.names[usize::from(other)];
                    return Err(wrong(format!("found {term:?}, which stands in the row of {other:?} too")));
                }
            }
        }
        let words = |wanted: Kind| {
            synonyms.rows.iter().filter(move |((kind, _), _)| *kind == wanted).map(|((_, term), &row)| (Key::of(term.as_bytes()), row))
        };
        let (denials, verb_leads) = (words(Kind::Denial).collect(), words(Kind::VerbLead).map(|(key, _)| key).collect());
        (synonyms.denials, synonyms.verb_leads) = (denials, verb_leads);
        // Terms as they stand win over stems of others; of two stems the first in the file.
        let mut stems: Vec<((Kind, Box<str>), u16)> =
            synonyms.rows.iter().map(|((kind, term), &row)| ((*kind, stem(term).into()), row)).collect();
        stems.retain(|((kind, _), _)| matches!(kind, Kind::Said | Kind::Alone));
        stems.sort_unstable_by_key(|(_, row)| *row);
        for (key, row) in stems {
            synonyms.rows.entry(key).or_insert(row);
        }
        Ok(synonyms)
    }

    /// The plain form of a folded word that turns what follows round: `not` for `wasn't`.
    #[must_use]
    pub fn denial(&self, word: Key) -> Option<&str> {
        self.denials.get(&word).and_then(|&row| self.names.get(usize::from(row))).map(|name| &**name)
    }

    /// Whether a folded word leads to a verb.
    #[must_use]
    pub fn leads_to_verb(&self, word: Key) -> bool {
        self.verb_leads.contains(&word)
    }

    /// The name of the row that a word or phrase stands in; opinions are looked up by their stems too.
    #[must_use]
    pub fn row(&self, kind: Kind, term: &str) -> Option<&str> {
        let known = |term: &str| self.rows.get(&(kind, term.into())).and_then(|&row| self.names.get(usize::from(row)));
        let stems = matches!(kind, Kind::Said | Kind::Alone);
        known(term).or_else(|| known(&stem(term)).filter(|_| stems)).map(|name| &**name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound_and_every_term_is_found() {
        let synonyms = Synonyms::parse(THEMES.1).unwrap();
        assert!(synonyms.names.len() > 300, "{}", synonyms.names.len());
        for line in THEMES.1.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            let kind = Kind::ALL.iter().find(|(name, _)| *name == cells[0]).unwrap().1;
            for term in cells[2].split(", ") {
                assert_eq!(synonyms.row(kind, term), Some(cells[1]), "{term}");
            }
        }
    }

    #[test]
    fn faulty_rows_are_told() {
        for (text, wrong) in [
            ("thing\tstaff", "expected kind, name and terms"),
            ("noun\tstaff\tcrew", "expected one of: thing, said, alone"),
            ("thing\tstaff\tcrew\nthing\tteam\tcrew", "stands in the row of \"staff\" too"),
        ] {
            let error = Synonyms::parse(text).unwrap_err().to_string();
            assert!(error.contains(wrong), "{error}");
        }
    }
}
