//! The lexicons that are part of the program. In: nothing. Out: their sheets. Separate because it is
//! the registry of languages: one line per language, its files in `lexicons/`.

use super::entry::Sheet;
use super::{Languages, Lexicon, format};
use crate::error::Result;

/// A language with a built-in lexicon.
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// Files by name and text, later ones winning.
    pub files: &'static [(&'static str, &'static str)],
}

/// Names and embeds files of `lexicons/`.
macro_rules! files {
    ($($path:literal),* $(,)?) => { &[$(($path, include_str!(concat!("../../lexicons/", $path)))),*] };
}

/// Languages with a built-in lexicon.
pub const LANGUAGES: [Language; 1] = [Language {
    code: "en",
    name: "English",
    files: files![
        "en/function.tsv",
        "en/general-complaint.tsv",
        "en/general-praise.tsv",
        "en/social.tsv",
        "en/service.tsv",
        "en/business.tsv",
        "en/idioms.tsv",
        "en/shifters.tsv",
        "en/learned.tsv"
    ],
}];

/// Files that serve every language.
pub const COMMON: &[(&str, &str)] = files!["any/emoji.tsv", "any/emoticons.tsv"];

/// Words that tell a language without a lexicon.
const TELLING: &str = include_str!("../../lexicons/languages.tsv");

/// Sheets of all built-in lexicons.
///
/// # Errors
/// When a shipped file is faulty, which a test rules out.
pub fn sheets() -> Result<Vec<Sheet>> {
    COMMON.iter().chain(LANGUAGES.iter().flat_map(|language| language.files)).map(|(name, text)| format::read(name, text)).collect()
}

/// Codes and names of the languages that can be told.
pub fn recognised() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = TELLING.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.filter(|(code, _)| *code != Languages::SHARED).map(|(code, rest)| (code, rest.split('\t').next().unwrap_or("")))
}

/// The words that tell languages.
#[must_use]
pub fn languages() -> Languages {
    Languages::parse(TELLING)
}

/// The built-in lexicon, for all domains.
///
/// # Errors
/// As [`sheets`].
pub fn lexicon() -> Result<Lexicon> {
    Lexicon::compile(sheets()?, languages(), &[])
}
