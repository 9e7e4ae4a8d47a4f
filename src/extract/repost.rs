//! Prefixes of reposts. In: `RT @name: text`, `text via @name`. Out: the text. Separate because the
//! name of whom one repeats is no part of what is said.

use super::Edits;
use super::tables::phrases;
use std::sync::LazyLock;

/// Longest name, in bytes.
const LONGEST: usize = 30;

static VIA: LazyLock<Vec<&str>> = LazyLock::new(|| phrases("via"));

/// Whether a text begins or ends as reposts do.
#[inline]
pub fn may_be(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RT @") || (bytes.last().is_some_and(|&b| is_name(b)) && ends_with_name(bytes))
}

const fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

fn ends_with_name(bytes: &[u8]) -> bool {
    let length = bytes.iter().rev().take(LONGEST).take_while(|b| is_name(**b)).count();
    bytes.len().checked_sub(length + 1).is_some_and(|at| at > 4 && bytes[at] == b'@')
}

/// Finds the prefix and what ends like `via @name`.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let start = text.strip_prefix("RT @").map_or(0, |rest| {
        let name = rest.bytes().take(LONGEST).take_while(|&b| is_name(b) || b == b'.' || b == b'-').count();
        let end = 4 + name + usize::from(rest.as_bytes().get(name) == Some(&b':'));
        if name > 0 && text.get(end..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) { end + 1 } else { 0 }
    });
    edits.cut_if_more(0, start);
    let bytes = text.as_bytes();
    if bytes.last().is_some_and(|&b| is_name(b))
        && let Some(handle) = memchr::memrchr(b'@', bytes).filter(|_| ends_with_name(bytes))
        && let Some(before) = text.get(start..handle).and_then(|before| before.strip_suffix(' '))
        && let Some(word) = VIA.iter().find(|word| {
            let at = before.len().checked_sub(word.len());
            at.and_then(|at| before.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
                && at.is_some_and(|at| at == 0 || before.as_bytes()[at - 1].is_ascii_whitespace())
        })
    {
        let end = start + before.len() - word.len();
        edits.cut_if_more(text.get(..end).map_or(end, |kept| kept.trim_end().len()), text.len());
    }
}
