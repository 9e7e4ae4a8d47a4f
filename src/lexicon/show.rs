//! What a lexicon says of a term. In: a term and the lexicons. Out: every place that gives it, which one
//! wins, how it is read, the phrases around it, and what may have been meant instead. Separate because
//! scoring asks for one answer, and whoever edits a lexicon wants all of them.

use super::catalogue::Volume;
use super::entry::{Entry, Meaning};
use super::format::written;
use super::met::{Met, Step, stem};
use super::similar::similar;
use super::{Lexicon, Reading};
use crate::text::Tokens;
use serde::Serialize;

/// Phrases that are named; the others are counted.
const PHRASES: usize = 20;
/// Spellings that are offered for one that is not there.
const SPELLINGS: usize = 5;

/// All about a term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// The term that was asked for.
    pub term: String,
    /// The words and signs that the tokenizer makes of it.
    pub tokens: Vec<TokenNote>,
    /// What it means; none when no entry says so.
    pub entry: Option<Given>,
    /// Every place that gives it, in the order they are laid over one another.
    pub given: Vec<Given>,
    /// The entries by which a text of these words is read; empty when none has opinion or role.
    pub read_as: Vec<Given>,
    /// Entries with a star that begin it.
    pub beginnings: Vec<Given>,
    /// Number of longer terms that contain it.
    pub phrases: usize,
    /// The first of them by the alphabet.
    pub first_phrases: Vec<Given>,
    /// Close spellings, when it is not there.
    pub similar: Vec<String>,
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenNote {
    /// As written.
    pub text: String,
    /// What it is: `word`, `emoji`, ...
    pub kind: String,
}

/// An entry and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Given {
    /// The term as the file has it.
    pub term: String,
    /// The meaning as the file has it.
    pub meaning: String,
    /// `opinion`, or a role.
    pub role: &'static str,
    /// Valence, or strength of the role.
    pub value: f64,
    /// Domains it is limited to; empty for all.
    pub domains: Vec<String>,
    /// Language of its file.
    pub language: String,
    /// The file.
    pub file: String,
    /// Line in the file.
    pub line: usize,
    /// What the file calls itself.
    pub title: Option<String>,
    /// Where its entries come from.
    pub source: Option<String>,
    /// On what terms it may be passed on.
    pub licence: Option<String>,
    /// `wins`, `overridden`, `other domain` or, for terms nobody can meet, `unreachable`.
    pub status: &'static str,
}

/// What a leaning is called.
const LEANING: &str = "leaning";

/// Lexicons, ready to be asked.
pub struct Shelf<'v> {
    volumes: &'v [Volume],
    lexicons: &'v [Lexicon],
    entries: Vec<(&'v Volume, &'v Entry, Met)>,
    domains: &'v [String],
}

impl<'v> Shelf<'v> {
    /// Lexicons as files and as compiled from them with these domains.
    #[must_use]
    pub fn new(volumes: &'v [Volume], lexicons: &'v [Lexicon], domains: &'v [String]) -> Self {
        let mut tokens = Tokens::new();
        let all = volumes.iter().flat_map(|volume| volume.sheet.entries.iter().map(move |entry| (volume, entry)));
        let entries = all.map(|(volume, entry)| (volume, entry, Met::of(&entry.term, &mut tokens))).collect();
        Self { volumes, lexicons, entries, domains }
    }

    /// All about a term.
    #[must_use]
    pub fn show(&self, term: &str) -> Shown {
        let mut tokens = Tokens::new();
        let met = Met::of(term, &mut tokens);
        tokens.read(term);
        let token_note =
            |token: &crate::text::Token| TokenNote { text: token.of(term).to_owned(), kind: format!("{:?}", token.kind).to_lowercase() };
        let given = self.given(&met);
        let mut phrases: Vec<Given> = self.where_met(|other| met.is_inside(other)).collect();
        phrases.sort_by(|a, b| (&a.term, &a.file, a.line).cmp(&(&b.term, &b.file, b.line)));
        let entry = given.iter().filter(|given| given.status == "wins").max_by_key(|given| given.role != LEANING).cloned();
        let mut shown = Shown {
            term: term.to_owned(),
            tokens: tokens.as_slice().iter().map(token_note).collect(),
            read_as: self.read_as(term, entry.as_ref()),
            entry,
            beginnings: self.beginnings(term),
            phrases: phrases.len(),
            first_phrases: phrases.into_iter().take(PHRASES).collect(),
            similar: Vec::new(),
            given,
        };
        if shown.given.is_empty() {
            let known = self.entries.iter().map(|(_, entry, _)| &*entry.term);
            shown.similar = similar(term, known, SPELLINGS).into_iter().map(str::to_owned).collect();
        }
        shown
    }

    fn given(&self, met: &Met) -> Vec<Given> {
        let mut given: Vec<Given> = if met.steps.is_empty() { Vec::new() } else { self.where_met(|other| other == met).collect() };
        // The last one wins, in each language. A leaning stands beside the meaning before it.
        let mut won: Vec<(String, bool)> = Vec::new();
        for entry in given.iter_mut().rev().filter(|entry| entry.status == "wins") {
            let leans = entry.role == LEANING;
            if won.contains(&(entry.language.clone(), leans)) || won.contains(&(entry.language.clone(), false)) {
                entry.status = "overridden";
            } else {
                won.push((entry.language.clone(), leans));
            }
        }
        given
    }

    fn where_met(&self, wanted: impl Fn(&Met) -> bool) -> impl Iterator<Item = Given> {
        self.entries.iter().filter(move |(.., met)| wanted(met)).map(|(volume, entry, met)| self.note(volume, entry, met.lost))
    }

    /// The entries by which a text is read: in the language of the entry that wins, or in the first
    /// one that has anything to say.
    fn read_as(&self, text: &str, winner: Option<&Given>) -> Vec<Given> {
        let own = |lexicon: &&Lexicon| winner.is_some_and(|winner| lexicon.covered().contains(&winner.language));
        let first = self.lexicons.iter().find(own);
        first
            .into_iter()
            .chain(self.lexicons)
            .map(|lexicon| self.read_with(lexicon, text))
            .find(|read| !read.is_empty())
            .unwrap_or_default()
    }

    fn read_with(&self, lexicon: &Lexicon, text: &str) -> Vec<Given> {
        let mut reading = Reading::new();
        lexicon.read(text, &mut reading);
        let entries = reading.units().iter().filter_map(|unit| lexicon.entry(unit.entry));
        entries.filter_map(|entry| Some(self.note(self.volume_of(&entry)?, &entry, false))).collect()
    }

    /// Entries with a star that begin a word.
    fn beginnings(&self, term: &str) -> Vec<Given> {
        let word = term.to_lowercase();
        let begins = |entry: &Entry| {
            stem(&entry.term).is_some_and(|stem| word != entry.term.to_lowercase() && word.starts_with(&stem.to_lowercase()))
        };
        let starred = self.entries.iter().filter(|(.., met)| matches!(met.steps.as_slice(), [Step::Beginning(_)]));
        starred.filter(|(_, entry, _)| begins(entry)).map(|(volume, entry, met)| self.note(volume, entry, met.lost)).collect()
    }

    fn volume_of(&self, entry: &Entry) -> Option<&'v Volume> {
        self.volumes.iter().find(|volume| *volume.sheet.name == *entry.origin.file)
    }

    fn note(&self, volume: &Volume, entry: &Entry, lost: bool) -> Given {
        let active = entry.domains.is_empty() || entry.domains.iter().any(|domain| self.domains.contains(domain));
        let (role, value) = match entry.meaning {
            Meaning::Valence(value) => ("opinion", value),
            Meaning::Role(role, strength) => (role.name(), strength),
            Meaning::Leaning(leaning) => (LEANING, leaning.lean),
        };
        Given {
            term: entry.term.to_string(),
            meaning: written(entry.meaning),
            role,
            value: f64::from(value) / 1000.0,
            domains: entry.domains.clone(),
            language: volume.sheet.language.clone(),
            file: entry.origin.file.to_string(),
            line: entry.origin.line,
            title: volume.heading.title.clone(),
            source: volume.heading.source.clone(),
            licence: volume.heading.licence.clone(),
            status: if lost {
                "unreachable"
            } else if active {
                "wins"
            } else {
                "other domain"
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Languages;

    const LOWER: &str = "# earful-lexicon: 1\n# licence: MIT\n\nfed up\t-2\nsick\t-2\nsick of it\t-3\ncrash*\t-2\nlong\t-1\tdomain=food\n";
    const UPPER: &str = "# earful-lexicon: 1\n\nSick\t2\n";

    fn ask(term: &str) -> Shown {
        let volumes = [("lower", LOWER), ("upper", UPPER)].map(|(name, text)| Volume::read(name, text, false).unwrap());
        let sheets = volumes.iter().map(|volume| volume.sheet.clone()).collect();
        let lexicon = Lexicon::compile(sheets, Languages::default(), &[]).unwrap();
        Shelf::new(&volumes, &[lexicon], &[]).show(term)
    }

    #[test]
    fn the_last_place_wins_and_all_are_told() {
        let sick = ask("SICK");
        assert_eq!(sick.given.iter().map(|given| given.status).collect::<Vec<_>>(), ["overridden", "wins"]);
        let entry = sick.entry.unwrap();
        assert_eq!((entry.file.as_str(), entry.line, entry.meaning.as_str()), ("upper", 3, "2"));
        assert_eq!((sick.phrases, sick.first_phrases[0].term.as_str()), (1, "sick of it"));
        assert_eq!(sick.given[0].licence.as_deref(), Some("MIT"));
    }

    #[test]
    fn a_term_is_read_in_its_own_language() {
        let german = "# earful-lexicon: 1\n# language: de\n\nkrank\t-2\n";
        let volumes = [("lower", LOWER), ("de", german)].map(|(name, text)| Volume::read(name, text, false).unwrap());
        let sheets = volumes.iter().map(|volume| volume.sheet.clone()).collect();
        let lexicons = Lexicon::compile_each(sheets, &Languages::default(), &[]).unwrap();
        let shelf = Shelf::new(&volumes, &lexicons, &[]);
        assert_eq!((lexicons.len(), shelf.show("krank").read_as[0].file.as_str()), (2, "de"));
        assert_eq!(shelf.show("sick").read_as[0].file, "lower");
    }

    #[test]
    fn what_is_not_there_is_guessed_at() {
        assert_eq!(ask("sickk").similar, ["Sick", "sick"]);
        let crashing = ask("crashing");
        assert!(crashing.entry.is_none() && crashing.beginnings[0].term == "crash*" && crashing.read_as[0].term == "crash*");
        let long = ask("long");
        assert_eq!((long.entry.is_none(), long.given[0].status), (true, "other domain"));
        assert_eq!(ask("").given.len() + ask("").phrases, 0);
    }
}
