//! Keys in links. In: a text. Out: user names and passwords before a host (RFC 3986, section 3.2.1), and
//! values of parameters that open something for whoever has them. Separate because the link itself stays.

use super::neighbours::before;
use super::words::words;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands in their place.
pub const MARK: &str = "[token]";
/// Longest name of a parameter, and longest user name with password, in bytes.
const NAME: usize = 48;
const USER: usize = 256;

/// Names of parameters, and ends of names.
static PARAMETERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| words("link-parameter").collect());

/// The next key.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(from..)?;
    memchr::memchr2_iter(b'@', b'=', rest)
        .map(|at| from + at)
        .find_map(|at| if text.as_bytes().get(at) == Some(&b'@') { user(text, from, at) } else { value(text, at) })
}

/// `jo:secret@`, up to a sign.
fn user(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if !bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'[') {
        return None;
    }
    let floor = from.max(at.saturating_sub(USER));
    let inside = |b: &u8| b.is_ascii_graphic() && !matches!(b, b'/' | b'?' | b'#' | b'[' | b']' | b'<' | b'>' | b'"' | b'@');
    let start = floor + bytes.get(floor..at)?.iter().rposition(|b| !inside(b))? + 1;
    let scheme = bytes.get(..start)?.strip_suffix(b"://")?;
    (start < at && scheme.last().is_some_and(u8::is_ascii_alphanumeric)).then_some(start..at + 1)
}

/// The value behind a sign, if its parameter is a key's.
fn value(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let floor = at.saturating_sub(NAME);
    let named = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    let start = floor + bytes.get(floor..at)?.iter().rposition(|b| !named(b))? + 1;
    if !matches!(before(text, start), Some('?' | '&' | '#' | ';')) || !is_key(text.get(start..at)?) {
        return None;
    }
    let inside = |b: &u8| {
        b.is_ascii_graphic()
            && !matches!(b, b'&' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`')
    };
    let value = bytes.get(at + 1..)?;
    let value = value.get(..value.iter().position(|b| !inside(b)).unwrap_or(value.len()))?;
    let end = value.iter().rposition(|b| !matches!(b, b'.' | b',' | b';' | b':' | b'!' | b'?'))? + 1;
    Some(at + 1..at + 1 + end)
}

fn is_key(name: &str) -> bool {
    let ends = |end: &str| {
        name.len() >= end.len() && name.as_bytes().get(name.len() - end.len()..).is_some_and(|b| b.eq_ignore_ascii_case(end.as_bytes()))
    };
    PARAMETERS.iter().any(|known| known.strip_prefix('*').map_or_else(|| name.eq_ignore_ascii_case(known), ends))
}
