//! E-mail addresses. In: a text. Out: addresses as RFC 5322 writes them unquoted, with letters of other
//! European scripts (RFC 6531), and with the sign spelled out: `jo (at) example (dot) com`. Separate
//! because their beginning is found backwards, from the sign.

use super::neighbours::{before, goes_on};
use std::ops::Range;

/// The next address.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(from..)?;
    memchr::memchr3_iter(b'@', b'(', b'[', rest).map(|at| from + at).find_map(|at| {
        let (left, right) = sign(text, at)?;
        let start = local(text, from, left)?;
        // `@jo@example.com` is a handle of a federated network.
        let federated = before(text, start) == Some('@') && left == at;
        let end = domain(text, right, left != at || right > at + 1)?;
        (!federated).then_some(start..end)
    })
}

/// Where the sign at a place begins and ends, with its blanks: `@`, `(at)` or `[at]`.
fn sign(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(at) == Some(&b'@') {
        // Most signs that are no addresses are told by what follows.
        return bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii()).then_some((at, at + 1));
    }
    let spelled = spelled(text, at, "at")?;
    let left = if bytes.get(..at)?.ends_with(b" ") { at - 1 } else { at };
    Some((left, spelled))
}

/// Where `(word)` or `[word]` at a place ends, with one blank behind.
fn spelled(text: &str, at: usize, word: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let close = match bytes.get(at)? {
        b'(' => b')',
        b'[' => b']',
        _ => return None,
    };
    let end = at + 1 + word.len();
    let same = bytes.get(at + 1..end)?.eq_ignore_ascii_case(word.as_bytes()) && bytes.get(end) == Some(&close);
    same.then(|| end + 1 + usize::from(bytes.get(end + 1) == Some(&b' ')))
}

/// Where the name before the sign begins.
fn local(text: &str, from: usize, end: usize) -> Option<usize> {
    let inside = |c: char| goes_on(c) || matches!(c, '.' | '%' | '+' | '-' | '\'');
    let name = text.get(from..end)?;
    let name = name.get(name.char_indices().rev().find(|&(_, c)| !inside(c)).map_or(0, |(at, c)| at + c.len_utf8())..)?;
    let name = name.trim_start_matches(['.', '\'', '-']);
    (!name.is_empty()).then_some(end - name.len())
}

/// Where the domain that begins at a place ends: labels and dots, the last label of two or more letters.
pub fn domain(text: &str, from: usize, spelled_out: bool) -> Option<usize> {
    let (mut at, mut label, mut dots, mut end) = (from, from, 0, None);
    loop {
        let next = text.get(at..)?.chars().next();
        match next {
            Some(c) if c != '_' && (goes_on(c) || (c == '-' && at > label)) => at += c.len_utf8(),
            _ => {
                let last = text.get(label..at)?;
                if last.is_empty() {
                    return end;
                }
                if dots > 0 && last.chars().count() >= 2 && (last.chars().all(char::is_alphabetic) || last.starts_with("xn--")) {
                    end = Some(at);
                }
                let dot = match next {
                    Some('.') => Some(at + 1),
                    Some(' ') if spelled_out => spelled(text, at + 1, "dot"),
                    Some('(' | '[') if spelled_out => spelled(text, at, "dot"),
                    _ => None,
                };
                let Some(behind) = dot else { return end };
                (at, label, dots) = (behind, behind, dots + 1);
            }
        }
    }
}
