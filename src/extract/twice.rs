//! Texts cut short. In: `It broke… Read more It broke after a day`, the same text twice in one cell, or a
//! text with `… See more` behind it. Out: the text, once. Separate because these come from the page that
//! was exported, not from its format.

use super::Edits;
use super::tables::phrases;
use std::sync::LazyLock;

/// Shortest text that is no emphasis when it stands there twice, in bytes.
const SHORTEST: usize = 40;
/// Shortest beginning that tells that a text begins again, in bytes.
const SHORTEST_HEAD: usize = 16;
/// Places at which a text may have been cut short that are looked at.
const PLACES: usize = 4;

/// Bytes at the end of a text in which dots and words for more are looked for.
const TAIL: usize = 30;

/// Longest first, so that `read more` is found before `more`.
static MORE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut words = phrases("more");
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
});

/// Whether a text may hold the same twice or be cut short, as far as a few bytes tell.
#[inline]
pub fn may_be(bytes: &[u8]) -> bool {
    let head = bytes.first_chunk::<8>();
    bytes.len() >= 2 * SHORTEST && halves(bytes.len()).any(|(_, second)| bytes.get(second..).and_then(<[u8]>::first_chunk::<8>) == head)
        || ends_in_more(bytes)
}

/// `read more` behind three dots; most texts are told by their last byte.
#[inline]
fn ends_in_more(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(b"");
    bytes.last().is_some_and(|b| matches!(b, b'e' | b's' | b'r' | b'o' | b'n'))
        && memchr::memrchr(b'.', tail).is_some_and(|at| tail.get(..=at).is_some_and(|dots| dots.ends_with(b"...")))
}

/// Ends of the first and beginnings of the second half, for the blanks that may be between.
fn halves(length: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..3).filter_map(move |gap| (length - gap).is_multiple_of(2).then_some(((length - gap) / 2, length.div_ceil(2) + gap / 2)))
}

/// Finds the first of two.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    if text.len() >= 2 * SHORTEST {
        for (end, second) in halves(text.len()) {
            let same = text.get(..end).is_some_and(|half| Some(half) == text.get(second..));
            let apart = text.get(end..second).is_some_and(|gap| gap.trim().is_empty());
            if same && apart {
                return edits.cut(end, text.len());
            }
        }
    }
    let dots = memchr::memchr_iter(0xE2, text.as_bytes()).filter(|&at| text.get(at..).is_some_and(|rest| rest.starts_with('…')));
    for at in dots.take(PLACES) {
        let head = text.get(..at).unwrap_or("").trim();
        let rest = text.get(at + '…'.len_utf8()..).unwrap_or("").trim_start();
        let rest = without_more(rest).map_or(rest, str::trim_start);
        if head.len() >= SHORTEST_HEAD && rest.starts_with(head) {
            return edits.cut(0, text.len() - rest.len());
        }
    }
    let kept = without_tail(text);
    if kept.len() < text.len() && text.get(kept.len()..).is_some_and(|tail| tail.chars().any(char::is_alphabetic)) {
        let dots = text.get(kept.len()..).unwrap_or("").chars().take_while(|c| matches!(c, '.' | '…')).map(char::len_utf8).sum::<usize>();
        edits.cut(kept.len() + dots, text.len());
    }
}

/// What follows the words that say that there is more.
fn without_more(text: &str) -> Option<&str> {
    let found = MORE.iter().find(|word| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))?;
    text.get(found.len()..)
}

/// A text without dots at its end, also when words that say that there is more stand behind them.
#[must_use]
pub fn without_tail(text: &str) -> &str {
    let trimmed = text.trim_end();
    let tail = trimmed.as_bytes().get(trimmed.len().saturating_sub(TAIL)..).unwrap_or(b"");
    let Some(dot) = memchr::memrchr2(b'.', 0xE2, tail) else { return trimmed };
    let more = || {
        MORE.iter().find_map(|word| {
            let at = trimmed.len().checked_sub(word.len())?;
            trimmed.get(at..)?.eq_ignore_ascii_case(word).then(|| trimmed.get(..at)).flatten()
        })
    };
    // Most texts that come here end in a dot, and no word for more does.
    let cut = if dot + 1 < tail.len() { more() } else { None };
    let cut = cut.map(str::trim_end).filter(|cut| cut.ends_with('…') || cut.ends_with("..."));
    cut.unwrap_or(trimmed).trim_end_matches(['…', '.']).trim_end()
}
