//! The lexicons that are part of the program. In: nothing. Out: their sheets. Separate because it is
//! the registry of languages: one line per language, its files in `lexicons/`.

use super::compile::Compiler;
use super::entries::{Shipped, Spot};
use super::entry::{Entry, Sheet};
use super::format::Place;
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

/// A domain with entries of its own, over the general ones of a language.
pub struct Pack {
    /// What `--domain` calls it.
    pub domain: &'static str,
    /// Files by name and text; every entry is limited to the domain.
    pub files: &'static [(&'static str, &'static str)],
}

/// Domains with entries of their own. What each is worth is in `lexicons/README.md`.
pub const PACKS: [Pack; 6] = [
    Pack { domain: "apps", files: files!["en/domains/apps-learned.tsv"] },
    Pack { domain: "fashion", files: files!["en/domains/fashion-learned.tsv"] },
    Pack { domain: "finance", files: files!["en/domains/finance.tsv"] },
    Pack { domain: "food", files: files!["en/domains/food.tsv"] },
    Pack { domain: "movies", files: files!["en/domains/movies-learned.tsv"] },
    Pack { domain: "social", files: files!["en/domains/social.tsv"] },
];

/// Words that tell a language without a lexicon.
const TELLING: &str = include_str!("../../lexicons/languages.tsv");

/// Sheets of all built-in lexicons.
///
/// # Errors
/// When a shipped file is faulty, which a test rules out.
pub fn sheets() -> Result<Vec<Sheet>> {
    files().map(|(_, name, text)| format::read_shipped(name, text)).collect()
}

/// All lexicon files by domain, name and text, later ones winning.
pub fn files() -> impl Iterator<Item = (Option<&'static str>, &'static str, &'static str)> {
    let general = COMMON.iter().chain(LANGUAGES.iter().flat_map(|language| language.files)).map(|&(name, text)| (None, name, text));
    general.chain(PACKS.iter().flat_map(|pack| pack.files.iter().map(|&(name, text)| (Some(pack.domain), name, text))))
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
    lexicon_for(&[])
}

/// The built-in lexicon for some domains. The same as the sheets compiled, but entry by entry, with
/// nothing kept in between: every start of the program waits for this.
///
/// # Errors
/// As [`sheets`].
pub fn lexicon_for(domains: &[String]) -> Result<Lexicon> {
    let lines = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let asked = |domain: Option<&str>| domain.is_none_or(|domain| domains.iter().any(|asked| asked == domain));
    let files = || (0..).zip(files()).filter(|(_, (domain, ..))| asked(*domain));
    let mut compiler = Compiler::new(files().map(|(_, (_, _, text))| lines(text)).sum(), languages(), domains);
    for (file, (_, name, text)) in files() {
        #[allow(clippy::cast_possible_truncation)] // our files have less than 2³² bytes
        let spot = |place: Place| Spot { file, line: place.line as u32, at: place.at as u32 };
        let add = |language: &str, draft, place| compiler.add(language, Shipped { draft, spot: spot(place) });
        let language = format::of(text).each(name, text, add)?;
        compiler.cover(&language);
    }
    Ok(compiler.finish())
}

/// The entry in a place of the built-in lexicon.
pub(super) fn entry(spot: Spot) -> Option<Entry> {
    let (_, name, text) = files().nth(spot.file.into())?;
    format::entry_at(name, text, spot.line as usize, spot.at as usize)
}

/// The entry that was read in a place of the built-in lexicon.
pub(super) fn entry_of(item: &Shipped) -> Entry {
    let name = files().nth(item.spot.file.into()).map_or("", |(_, name, _)| name);
    item.draft.shipped(name, item.spot.line as usize)
}
