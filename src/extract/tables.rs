//! What wrappings are known by. In: `lexicons/wrappings.tsv`. Out: its sections. Separate because names
//! of tags and words of mail programs are data, not code.

use hashbrown::HashMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../lexicons/wrappings.tsv");

/// The fields behind the first of all lines of a section.
pub fn lines(section: &'static str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    FILE.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
        let mut fields = line.split('\t');
        (fields.next() == Some(section)).then_some(fields)
    })
}

/// The single field of all lines of a section, split at `|`, in lower case.
pub fn phrases(section: &'static str) -> Vec<&'static str> {
    lines(section).filter_map(|mut fields| fields.next()).flat_map(|list| list.split('|')).collect()
}

/// What a tag does to the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tag {
    /// Ends a line.
    Block,
    /// Joins what stands beside it.
    Inline,
    /// Parts what stands beside it.
    Cell,
    /// Its content is no text.
    Raw,
    /// Its content is said by another.
    Quote,
    /// A picture, which may stand for an emoji.
    Image,
}

type Tags = HashMap<&'static str, Tag>;

fn tags(section: &'static str) -> Tags {
    let kind = |name| match name {
        "block" => Some(Tag::Block),
        "inline" => Some(Tag::Inline),
        "cell" => Some(Tag::Cell),
        "raw" => Some(Tag::Raw),
        "quote" => Some(Tag::Quote),
        "image" => Some(Tag::Image),
        _ => None,
    };
    let line = |mut fields: std::str::Split<'static, char>| Some((kind(fields.next()?)?, fields.next()?));
    lines(section).filter_map(line).flat_map(|(kind, names)| names.split(' ').map(move |name| (name, kind))).collect()
}

/// Tags of HTML by name.
pub static HTML: LazyLock<Tags> = LazyLock::new(|| tags("html"));
/// Tags of BBCode by name.
pub static BBCODE: LazyLock<Tags> = LazyLock::new(|| tags("bbcode"));

/// Longest name of a tag, in bytes.
pub const LONGEST_NAME: usize = 16;

/// What a tag of a certain name, in any case, does.
pub fn tag(tags: &Tags, name: &[u8]) -> Option<Tag> {
    let mut lower = [0; LONGEST_NAME];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    tags.get(std::str::from_utf8(lower).ok()?).copied()
}

/// Entities by name.
pub static ENTITIES: LazyLock<HashMap<&str, char>> = LazyLock::new(|| {
    let pair = |pair: &'static str| {
        let (name, code) = pair.split_once('=')?;
        Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    };
    lines("entity").filter_map(|mut fields| fields.next()).flat_map(|list| list.split(' ')).filter_map(pair).collect()
});

/// Plain letters by the signs that stand for them.
pub static LETTERS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pairs = |mut fields: std::str::Split<'static, char>| Some(fields.next()?.chars().zip(fields.next()?.chars()));
    lines("letters").filter_map(pairs).flatten().collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let sections =
            ["html", "bbcode", "entity", "letters", "wrote", "original", "header", "sent", "translated", "more", "via", "escaped"];
        for line in FILE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            assert!(line.split('\t').next().is_some_and(|section| sections.contains(&section)), "{line}");
        }
        assert!(HTML.len() > 80 && BBCODE.len() > 20 && ENTITIES.len() > 120 && LETTERS.len() > 30);
        assert!(HTML.keys().chain(BBCODE.keys()).all(|name| name.len() <= LONGEST_NAME));
        for line in lines("letters") {
            let fields: Vec<usize> = line.map(|field| field.chars().count()).collect();
            assert!(fields.len() == 2 && fields[0] == fields[1], "{fields:?}");
        }
        assert_eq!((tag(&HTML, b"DIV"), tag(&HTML, b"sarcasm"), ENTITIES.get("rsquo")), (Some(Tag::Block), None, Some(&'’')));
    }
}
