//! Which members of an archive hold data. In: the name of a member. Out: whether it is read, tried or
//! passed over, and what it is called in messages. Separate because it is a judgement by name alone;
//! names come from `lexicons/members.tsv`. Nothing is ever written under a member's name.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::sync::OnceLock;

const NAMES: &str = include_str!("../../../lexicons/members.tsv");
/// Longest name that is shown, in characters.
const LONGEST: usize = 200;

/// What a member's name says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Says {
    /// It holds data: when it cannot be read, that is an error.
    Data,
    /// Nothing: it is tried, and passed over when it holds no records.
    Nothing,
    /// It holds none: a picture, a page, a file of the system.
    NoData,
}

/// What the name of a member says. Compressions at its end are left out of account.
#[must_use]
pub fn says(path: &str) -> Says {
    let hidden = |part: &str| part == "__MACOSX" || (part.starts_with('.') && !part.chars().all(|c| c == '.'));
    if path.split(['/', '\\']).any(hidden) {
        return Says::NoData;
    }
    let name = path.rsplit(['/', '\\']).next().unwrap_or("").to_lowercase();
    let bare = crate::input::sources::PACKED.iter().find_map(|ending| name.strip_suffix(ending)?.strip_suffix('.')).unwrap_or(&name);
    rules().iter().find(|(_, patterns)| patterns.is_match(bare)).map_or(Says::Nothing, |(says, _)| *says)
}

fn rules() -> &'static [(Says, GlobSet)] {
    static RULES: OnceLock<Vec<(Says, GlobSet)>> = OnceLock::new();
    RULES.get_or_init(|| {
        let lines = NAMES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        lines.filter_map(|(rule, names)| Some((if rule == "data" { Says::Data } else { Says::NoData }, patterns(names)?))).collect()
    })
}

fn patterns(names: &str) -> Option<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for name in names.split(' ') {
        set.add(GlobBuilder::new(name).build().ok()?);
    }
    set.build().ok()
}

/// A member's name as a label: without what could steer a terminal, and not endless.
#[must_use]
pub fn label(name: &str) -> String {
    let shown = crate::escape::terminal(name);
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_read() {
        let lines = NAMES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines.clone() {
            assert!(line.starts_with("data\t") || line.starts_with("pass\t"), "{line}");
        }
        assert_eq!(rules().len(), lines.count());
    }

    #[test]
    fn names_say_what_is_data() {
        for (name, expected) in [
            ("reviews.csv", Says::Data),
            ("2025/Reviews.CSV.gz", Says::Data),
            ("data/tweets.js", Says::Data),
            ("data/direct-messages.js", Says::NoData),
            ("__MACOSX/._reviews.csv", Says::NoData),
            ("a/.git/config.json", Says::NoData),
            (".hidden.csv", Says::NoData),
            ("../../etc/passwd.csv", Says::Data),
            ("media/1.JPG", Says::NoData),
            ("README", Says::NoData),
            ("readme.txt", Says::NoData),
            ("reviews.txt", Says::Nothing),
            ("SMSSpamCollection", Says::Nothing),
            ("inner.zip", Says::Nothing),
        ] {
            assert_eq!(says(name), expected, "{name}");
        }
    }

    #[test]
    fn labels_are_harmless_and_short() {
        assert_eq!(label("a\u{1b}[31m.csv"), "a\\u{1b}[31m.csv");
        assert!(label(&"x".repeat(10_000)).chars().count() <= LONGEST + 1);
    }
}
