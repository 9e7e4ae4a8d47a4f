//! Handles. In: a text. Out: names behind an `@`, in any script, with the server of a federated network,
//! and `u/name`. Separate because what is no handle is known by what follows: `@5pm`, `@60fps`.

use super::email::domain;
use super::neighbours::{after, goes_on, is_end, is_start};
use super::words::set;
use hashbrown::HashSet;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands in place of a handle.
pub const MARK: &str = "[handle]";

/// Longest name, in characters: in scripts without blanks nothing else ends it.
const LONGEST: usize = 30;
/// Shortest name behind `u/`.
const SHORTEST: usize = 3;

static UNITS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set("unit"));

/// The next handle.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(from..)?;
    memchr::memchr2_iter(b'@', b'/', rest)
        .map(|at| from + at)
        .find_map(|at| if text.as_bytes().get(at) == Some(&b'@') { mention(text, at) } else { user_path(text, from, at) })
}

fn mention(text: &str, at: usize) -> Option<Range<usize>> {
    if !text.as_bytes().get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_' || !b.is_ascii()) || !is_start(text, at) {
        return None;
    }
    let end = name(text, at + 1)?;
    if is_amount(text.get(at + 1..end)?) {
        return None;
    }
    let server = (after(text, end) == Some('@')).then(|| domain(text, end + 1, false)).flatten();
    Some(at..server.unwrap_or(end))
}

/// Whether a handle that was found is one of these names, in lower case: the whole of it, so that neither `@apple.fan`
/// nor `@apple@example.social` is `apple`; and with no more than a sign of a sentence behind it, so that it cannot hide
/// what hangs on to it, as in `@apple@jo`.
pub fn is_one_of(text: &str, found: &Range<usize>, names: &BTreeSet<String>) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '!' | '?' | ':' | ';' | ')' | '\'' | '\u{2019}' | '"' | '\u{2026}');
    let name = text.get(found.clone()).and_then(|found| found.strip_prefix('@'));
    name.is_some_and(|name| names.contains(name.to_lowercase().as_str())) && after(text, found.end).is_none_or(ends)
}

/// Where the name at a place ends: letters, digits and underscores, dots and hyphens between them.
fn name(text: &str, from: usize) -> Option<usize> {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    let mut end = None;
    for (count, (at, c)) in text.get(from..)?.char_indices().enumerate() {
        // Names of scripts with blanks are taken whole, however long.
        if inside(c) && (count < LONGEST || goes_on(c)) {
            end = Some(from + at + c.len_utf8());
        } else if end.is_none() || !matches!(c, '.' | '-') {
            break;
        }
    }
    end
}

/// `5pm`, `7.30`, `60fps`: a number, perhaps with a unit.
fn is_amount(name: &str) -> bool {
    let unit = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    unit.len() < name.len() && (unit.is_empty() || UNITS.contains(unit.to_lowercase().as_str()))
}

/// `u/name`, with the slash before it if there is one.
fn user_path(text: &str, from: usize, slash: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = slash.checked_sub(1).filter(|&start| start >= from && bytes.get(start) == Some(&b'u'))?;
    if start > from && bytes.get(start - 1) == Some(&b'/') {
        start -= 1;
    }
    let rest = bytes.get(slash + 1..)?;
    let length =
        rest.iter().take(LONGEST).position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))).unwrap_or(rest.len().min(LONGEST));
    let end = slash + 1 + length;
    (length >= SHORTEST && is_start(text, start) && is_end(text, end)).then_some(start..end)
}
