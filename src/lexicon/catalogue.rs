//! Which lexicons there are. In: lexicon files. Out: what each holds and says of itself, the languages
//! and the domains. Separate because it is about files; scoring knows only entries.

use super::builtin::{self, LANGUAGES};
use super::entry::{Entry, Meaning, Sheet};
use super::format;
use super::heading::Heading;
use crate::error::Result;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A lexicon file: its entries and what it says of itself.
#[derive(Clone, Debug)]
pub struct Volume {
    /// Its entries.
    pub sheet: Sheet,
    /// What it says of itself.
    pub heading: Heading,
    /// Whether it is part of the program.
    pub shipped: bool,
}

impl Volume {
    /// Reads a file.
    ///
    /// # Errors
    /// As [`format::read`].
    pub fn read(name: &str, text: &str, shipped: bool) -> Result<Self> {
        Ok(Self { sheet: format::read(name, text)?, heading: Heading::read(text), shipped })
    }
}

/// The files that are part of the program.
///
/// # Errors
/// When a shipped file is faulty, which a test rules out.
pub fn shipped() -> Result<Vec<Volume>> {
    builtin::files().map(|(_, name, text)| Volume::read(name, text, true)).collect()
}

/// What there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Catalogue {
    /// Version of this form.
    pub schema: &'static str,
    /// The files in the order they are laid over one another.
    pub files: Vec<FileNote>,
    /// Languages that can be scored, then those that are only recognised.
    pub languages: Vec<LanguageNote>,
    /// Domains with the number of entries limited to them.
    pub domains: Vec<DomainNote>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileNote {
    /// Its path or built-in name.
    pub file: String,
    /// Whether it is part of the program.
    pub shipped: bool,
    /// Name of its format.
    pub format: &'static str,
    /// Code of its language, `any` for none in particular.
    pub language: String,
    /// What it calls itself.
    pub title: Option<String>,
    /// Where its entries come from.
    pub source: Option<String>,
    /// On what terms it may be passed on.
    pub licence: Option<String>,
    /// Number of entries.
    pub entries: usize,
    /// Entries by kind: praise, complaint, no opinion, roles.
    pub kinds: BTreeMap<&'static str, usize>,
    /// Domains that entries are limited to.
    pub domains: BTreeSet<String>,
}

/// A language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LanguageNote {
    /// Its code.
    pub code: String,
    /// Its English name; the code when that is not known.
    pub name: String,
    /// Whether its texts are scored; the others are recognised and left unscored.
    pub scored: bool,
    /// Entries of its own.
    pub entries: usize,
}

/// A domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DomainNote {
    /// Its name.
    pub domain: String,
    /// Entries limited to it.
    pub entries: usize,
}

/// What kind of entry it is.
#[must_use]
pub fn kind(entry: &Entry) -> &'static str {
    match entry.meaning {
        Meaning::Valence(1..) => "praise",
        Meaning::Valence(0) => "no opinion",
        Meaning::Valence(_) => "complaint",
        Meaning::Role(role, _) => role.name(),
        Meaning::Leaning(_) => "leaning",
    }
}

/// Takes stock of lexicons.
#[must_use]
pub fn catalogue(volumes: &[Volume]) -> Catalogue {
    let mut domains: BTreeMap<&str, usize> = BTreeMap::new();
    for domain in volumes.iter().flat_map(|volume| &volume.sheet.entries).flat_map(|entry| &entry.domains) {
        *domains.entry(domain).or_default() += 1;
    }
    Catalogue {
        schema: "earful-lexicons/1",
        files: volumes.iter().map(file_note).collect(),
        languages: languages(volumes),
        domains: domains.into_iter().map(|(domain, entries)| DomainNote { domain: domain.to_owned(), entries }).collect(),
    }
}

fn file_note(volume: &Volume) -> FileNote {
    let Volume { sheet, heading, shipped } = volume;
    let mut kinds = BTreeMap::new();
    for entry in &sheet.entries {
        *kinds.entry(kind(entry)).or_default() += 1;
    }
    FileNote {
        file: sheet.name.clone(),
        shipped: *shipped,
        format: heading.format,
        language: sheet.language.clone(),
        title: heading.title.clone(),
        source: heading.source.clone(),
        licence: heading.licence.clone(),
        entries: sheet.entries.len(),
        kinds,
        domains: sheet.entries.iter().flat_map(|entry| entry.domains.iter().cloned()).collect(),
    }
}

fn languages(volumes: &[Volume]) -> Vec<LanguageNote> {
    let mut scored: BTreeMap<&str, usize> = BTreeMap::new();
    for sheet in volumes.iter().map(|volume| &volume.sheet).filter(|sheet| sheet.language != "any") {
        *scored.entry(&sheet.language).or_default() += sheet.entries.len();
    }
    let named: BTreeMap<&str, &str> =
        builtin::recognised().chain(LANGUAGES.iter().map(|language| (language.code, language.name))).collect();
    let note = |code: &str, entries: Option<usize>| LanguageNote {
        code: code.to_owned(),
        name: named.get(code).copied().unwrap_or(code).to_owned(),
        scored: entries.is_some(),
        entries: entries.unwrap_or(0),
    };
    let others = named.keys().filter(|code| !scored.contains_key(*code)).map(|code| note(code, None));
    scored.iter().map(|(code, entries)| note(code, Some(*entries))).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_languages_and_domains_are_counted() {
        let text = "# earful-lexicon: 1\n# language: de\n# title: Mine\n\ngut\t2\nlang\t-1\tdomain=food,apps\nnicht\tnegator\n";
        let mut volumes = shipped().unwrap();
        volumes.push(Volume::read("de.tsv", text, false).unwrap());
        let all = catalogue(&volumes);
        let mine = all.files.last().unwrap();
        assert_eq!((mine.title.as_deref(), mine.entries, mine.shipped, mine.kinds["negator"]), (Some("Mine"), 3, false, 1));
        let find = |code: &str| all.languages.iter().find(|language| language.code == code).unwrap();
        assert!(find("en").scored && find("de").scored && find("de").name == "German" && !find("fr").scored);
        assert!(all.domains.iter().any(|domain| domain.domain == "food" && domain.entries >= 1));
        assert!(all.files.iter().all(|file| file.kinds.values().sum::<usize>() == file.entries));
    }
}
