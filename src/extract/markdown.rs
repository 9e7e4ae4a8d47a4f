//! Marks inside lines of Markdown. In: `**bold**`, `_so_`, `~~struck~~`, code in backticks, `\*`. Out:
//! the text without marks. Separate because the same signs are ratings, censored letters and emoticons: a mark counts
//! only when it begins at a word, ends at a word, and both are in one line.

use super::Edits;

/// Kinds of marks: sign and how often.
const KINDS: [(u8, usize); 9] = [(b'*', 1), (b'*', 2), (b'*', 3), (b'_', 1), (b'_', 2), (b'_', 3), (b'~', 2), (b'`', 1), (b'|', 2)];

const fn is_mark(b: u8) -> bool {
    matches!(b, b'*' | b'_' | b'~' | b'`' | b'|')
}

/// Finds marks.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let bytes = text.as_bytes();
    if !may_be(text) {
        return;
    }
    let mut open = [None; KINDS.len()];
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'\n' => open = [None; KINDS.len()],
            b'\\' if is_escape(bytes, at) => {
                edits.cut(at, at + 1);
                at += 1;
            }
            b'>' if bytes.get(at + 1) == Some(&b'!') => at = spoiler(text, at, edits),
            _ if is_mark(b) => {
                let end = at + bytes.get(at..).map_or(1, |rest| rest.iter().take_while(|b| is_mark(**b)).count());
                cluster(text, (at, end), &mut open, edits);
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether a mark may begin something, which most handles, ratings and emoticons do not.
fn may_be(text: &str) -> bool {
    let bytes = text.as_bytes();
    let marks = || memchr::memchr3_iter(b'*', b'_', b'`', bytes).chain(memchr::memchr2_iter(b'~', b'|', bytes));
    let first = |at: &usize| at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|b| !b.is_ascii_alphanumeric());
    memchr::memchr(b'\\', bytes).is_some()
        || memchr::memmem::find(bytes, b">!").is_some()
        || (marks().any(|at| first(&at)) && marks().nth(1).is_some())
}

/// `\*`, but no `:\` and no `¯\_(ツ)_/¯`.
fn is_escape(bytes: &[u8], at: usize) -> bool {
    let escaped = matches!(bytes.get(at + 1), Some(b'*' | b'_' | b'~' | b'#' | b'`' | b'[' | b']' | b'>' | b'|' | b'!' | b'.'));
    let face = at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|b| matches!(b, b':' | b';' | b'=' | b'-' | 0x80..));
    escaped && !face
}

/// `>!what happens!<`.
fn spoiler(text: &str, at: usize, edits: &mut Edits) -> usize {
    let rest = text.get(at + 2..).unwrap_or("");
    // It ends before the next begins; looking no further keeps time linear.
    let end = memchr::memchr3(b'<', b'>', b'\n', rest.as_bytes());
    let Some(end) = end.filter(|&end| end > 1 && rest.get(end - 1..=end) == Some("!<")) else { return at };
    edits.cut(at, at + 2);
    edits.cut(at + 1 + end, at + 3 + end);
    at + 1
}

/// Marks side by side: `**_` opens what `_**` closes.
fn cluster(text: &str, (start, end): (usize, usize), open: &mut [Option<usize>; KINDS.len()], edits: &mut Edits) {
    let before = text.get(..start).and_then(|text| text.chars().next_back());
    let after = text.get(end..).and_then(|text| text.chars().next());
    let begins = before.is_none_or(|c| c.is_whitespace() || "([{\"'“‘>".contains(c))
        && after.is_some_and(|c| c.is_alphanumeric() || "\"'“‘(@#$£€!".contains(c) || !c.is_ascii());
    let ends = before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric()) && !is_face(text.as_bytes(), start);
    let mut at = start;
    while let Some(&sign) = text.as_bytes().get(at).filter(|_| at < end) {
        let run = text.as_bytes().iter().take(end).skip(at).take_while(|b| **b == sign).count();
        let kind = KINDS.iter().position(|&kind| kind == (sign, run));
        if let Some(slot) = kind.and_then(|kind| open.get_mut(kind)) {
            match *slot {
                Some(from) if ends => {
                    edits.cut(from, from + run);
                    edits.cut(at, at + run);
                    *slot = None;
                }
                _ if begins => *slot = Some(at),
                _ => {}
            }
        }
        at += run;
    }
}

/// Whether eyes stand before a mark: `:*`.
fn is_face(bytes: &[u8], at: usize) -> bool {
    let eyes = at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|b| matches!(b, b':' | b';' | b'=' | b'^' | b'-'));
    eyes && at.checked_sub(2).is_none_or(|before| bytes.get(before).is_none_or(|b| !b.is_ascii_alphanumeric()))
}
