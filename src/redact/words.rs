//! Words by which personal data are known. In: `lexicons/private.tsv`. Out: its sections, and which of
//! them a text last named. Separate because words are data, not code.

use hashbrown::HashSet;
use regex::Regex;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../lexicons/private.tsv");

/// How far before a number its word may stand, in bytes.
const NEAR: usize = 40;

/// The fields of all lines of a section.
pub fn lines(section: &str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    FILE.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
        let mut fields = line.split('\t');
        (fields.next() == Some(section)).then_some(fields)
    })
}

/// The words of a section.
pub fn words(section: &str) -> impl Iterator<Item = &'static str> {
    lines(section).filter_map(|mut fields| fields.next()).flat_map(|list| list.split(','))
}

/// The words of a section, to be asked whole.
pub fn set(section: &str) -> HashSet<&'static str> {
    words(section).collect()
}

/// Words that say what a number is.
pub struct Cue(Option<Regex>);

impl Cue {
    /// Of a section.
    pub fn of(section: &str) -> Self {
        Self::new(words(section))
    }

    /// Of words; with a star behind, of all that begins so.
    pub fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let alternatives: Vec<String> = words.map(pattern).collect();
        Self(Regex::new(&alternatives.join("|")).ok().filter(|_| !alternatives.is_empty()))
    }

    /// Where the last of the words ends.
    pub fn last(&self, text: &str) -> Option<usize> {
        self.0.as_ref()?.find_iter(text).last().map(|found| found.end())
    }

    /// Whether one of the words stands shortly before a place.
    pub fn before(&self, text: &str, at: usize) -> bool {
        self.last(&shortly_before(text, at)).is_some()
    }
}

/// Words of scripts without blanks are found anywhere.
fn pattern(word: &str) -> String {
    let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
    let escaped = regex::escape(stem);
    let bounded = |c: Option<char>| c.is_some_and(super::neighbours::goes_on);
    let start = if bounded(stem.chars().next()) { r"\b" } else { "" };
    let end = if !open && bounded(stem.chars().next_back()) { r"\b" } else { "" };
    format!("{start}{escaped}{end}")
}

/// What stands shortly before a place, in lower case.
pub fn shortly_before(text: &str, at: usize) -> String {
    let from = (at.saturating_sub(NEAR)..=at).find(|&from| text.is_char_boundary(from)).unwrap_or(at);
    text.get(from..at).unwrap_or_default().to_lowercase()
}

/// Words that say that a number is a phone's, and those that say it is another's.
pub static PHONE: LazyLock<Cue> = LazyLock::new(|| Cue::of("phone-word"));
/// See [`PHONE`].
pub static NUMBER: LazyLock<Cue> = LazyLock::new(|| Cue::of("number-word"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        for section in ["phone-word", "number-word", "ip-word", "version-word", "card-word", "unit", "link-parameter", "street-after"] {
            assert!(words(section).count() > 10 && words(section).all(|word| !word.is_empty() && word == word.to_lowercase()), "{section}");
            assert!(Cue::of(section).0.is_some());
        }
    }

    #[test]
    fn the_words_before_count() {
        let text = "Mein Telefon-Nr ist x, sin or using";
        assert!(PHONE.before(text, 20) && !PHONE.before(text, 4));
        assert!(Cue::new(["sin"].into_iter()).before("my sin is", 9) && !Cue::new(["sin"].into_iter()).before("using it", 8));
        assert!(Cue::new(["电话"].into_iter()).before("我的电话号码", "我的电话号码".len()));
    }
}
