//! Personal data out of texts. In: a text that is about to leave. Out: the same text with e-mail
//! addresses, card numbers, phone numbers and handles replaced by their kind. Separate because privacy
//! is decided in one place: every renderer gets texts that have been through here.

use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A kind of personal data.
pub struct Kind {
    /// What stands in its place.
    pub mark: &'static str,
    /// What a text must hold for the pattern to be worth trying.
    hint: Hint,
    pattern: &'static str,
    /// Whether a match really is of this kind.
    confirm: fn(&str) -> bool,
}

/// What a quick look over a text can tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hint {
    /// There is an `@`.
    At,
    /// There are seven digits with nothing but blanks and signs of phone numbers between, which are
    /// not a date as exports write them.
    Digits,
}

/// All kinds, in the order they are looked for: what one has replaced, the next does not see.
pub const KINDS: [Kind; 4] = [
    Kind {
        mark: "[e-mail]",
        hint: Hint::At,
        pattern: r"(?i-u)[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}",
        confirm: |_| true,
    },
    Kind { mark: "[card]", hint: Hint::Digits, pattern: r"\b[0-9](?:[ \-]?[0-9]){12,18}\b", confirm: is_card },
    Kind { mark: "[phone]", hint: Hint::Digits, pattern: r"(?:\+|\b00|\(|\b)[0-9][0-9 ().\-/]{5,20}[0-9]\b", confirm: is_phone },
    Kind {
        mark: "[handle]",
        hint: Hint::At,
        pattern: r"(?:^|\B)@[A-Za-z0-9_][A-Za-z0-9_.\-]*[A-Za-z0-9_]|(?:^|\B)@[A-Za-z0-9_]",
        confirm: |_| true,
    },
];

static PATTERNS: LazyLock<Vec<(Regex, &'static Kind)>> =
    LazyLock::new(|| KINDS.iter().filter_map(|kind| Some((Regex::new(kind.pattern).ok()?, kind))).collect());

/// The text without personal data; borrowed when there was none.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut clean = Cow::Borrowed(text);
    let (at, digits) = (memchr::memchr(b'@', text.as_bytes()).is_some(), has_digits(text.as_bytes()));
    if !(at || digits) {
        return clean;
    }
    let worth = |hint: Hint| if hint == Hint::At { at } else { digits };
    for (pattern, kind) in PATTERNS.iter().filter(|(_, kind)| worth(kind.hint)) {
        let replaced = pattern.replace_all(
            &clean,
            |found: &regex::Captures| if (kind.confirm)(&found[0]) { kind.mark.to_owned() } else { found[0].to_owned() },
        );
        if let Cow::Owned(replaced) = replaced {
            clean = Cow::Owned(replaced);
        }
    }
    clean
}

/// A quick look: whether any kind may be there.
#[must_use]
pub fn may_hold_any(text: &str) -> bool {
    memchr::memchr(b'@', text.as_bytes()).is_some() || has_digits(text.as_bytes())
}

/// See [`Hint::Digits`].
fn has_digits(bytes: &[u8]) -> bool {
    let (mut begin, mut digits) = (None, 0);
    for (at, &b) in bytes.iter().enumerate() {
        match b {
            b'0'..=b'9' => {
                begin.get_or_insert(at);
                digits += 1;
                if digits >= 7 && !bytes.get(begin.unwrap_or(at)..).is_some_and(begins_with_date) {
                    return true;
                }
            }
            b' ' | b'(' | b')' | b'.' | b'-' | b'/' | b'+' => {}
            _ => (begin, digits) = (None, 0),
        }
    }
    false
}

/// `2026-03-01`, and what follows is no digit.
fn begins_with_date(bytes: &[u8]) -> bool {
    let shape = |(at, b): (usize, &u8)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() };
    bytes.get(..10).is_some_and(|date| date.iter().enumerate().all(shape))
        && !bytes.get(10).is_some_and(|b| matches!(b, b'0'..=b'9' | b'-' | b' '))
}

fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> {
    text.chars().filter_map(|c| c.to_digit(10))
}

/// Thirteen to sixteen digits that begin and end as payment cards do. Ids of posts are longer or begin
/// otherwise: one in ten would pass the check digit alone.
fn is_card(text: &str) -> bool {
    let first: Vec<u32> = digits(text).take(2).collect();
    matches!((digits(text).count(), first.as_slice()), (13, [4, _]) | (14, [3, 0 | 6 | 8]) | (15, [3, 4 | 7]) | (16, [2..=6, _]))
        && passes_luhn(text)
}

/// The check digit of payment cards (ISO/IEC 7812).
fn passes_luhn(text: &str) -> bool {
    let sum: u32 = digits(text).rev().enumerate().map(|(i, d)| if i % 2 == 0 { d } else { (d * 2) / 10 + (d * 2) % 10 }).sum();
    sum.is_multiple_of(10) && digits(text).any(|d| d != 0)
}

/// Seven to fifteen digits (ITU-T E.164) that are written like a phone number: with a plus or leading
/// zero, or in groups; not a date, a price or a bare number.
fn is_phone(text: &str) -> bool {
    let count = digits(text).count();
    let groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let international = (text.starts_with('+') && !text.starts_with("+0")) || text.starts_with("00");
    let decimal = text.parse::<f64>().is_ok() && text.contains('.');
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let date = (3..=4).contains(&groups) && text.split(['-', '/', '.', ' ']).take(3).any(year);
    (7..=15).contains(&count)
        && !date
        && !decimal
        && !is_offset_and_year(text)
        && (international || text.starts_with('0') || text.starts_with('(') || ((2..=5).contains(&groups) && smallest_group(text) >= 2))
}

/// The end of a date as social networks write it: `-0800 2015`.
fn is_offset_and_year(text: &str) -> bool {
    let offset = |part: &str| part.len() == 4 && part < "1500" && ["00", "30", "45"].contains(&&part[2..]);
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let mut parts = text.rsplit(' ');
    parts.next().is_some_and(year) && parts.next().is_some_and(|part| offset(part.trim_start_matches(['+', '-'])))
}

fn smallest_group(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).map(str::len).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(PATTERNS.len(), KINDS.len());
    }

    #[test]
    fn each_kind_goes_and_the_rest_stays() {
        let cases = [
            ("mail me: jo.doe+x@mail.example.co.uk!", "mail me: [e-mail]!"),
            ("@DellCares help", "[handle] help"),
            (".@united why (@united)", ".[handle] why ([handle])"),
            ("call +1 (555) 010-0199 or 555-0142 ext", "call [phone] or [phone] ext"),
            ("card 4111 1111 1111 1111 ok", "card [card] ok"),
            ("order 123456, 24/7, 10:30, 2026-03-01, $1,299.00, v1.2.3", "order 123456, 24/7, 10:30, 2026-03-01, $1,299.00, v1.2.3"),
            (
                "2015-02-24 11:35:52 -0800, 24/02/2015 11:35, 0.87654321, 12345.67",
                "2015-02-24 11:35:52 -0800, 24/02/2015 11:35, 0.87654321, 12345.67",
            ),
            (
                "Tue Oct 18 21:53:25 +0000 2011, Tue Feb 24 11:35:52 -0800 2015",
                "Tue Oct 18 21:53:25 +0000 2011, Tue Feb 24 11:35:52 -0800 2015",
            ),
            ("status 570306133677760513 and 567900433542488064", "status 570306133677760513 and 567900433542488064"),
            ("no data here", "no data here"),
        ];
        for (text, clean) in cases {
            assert_eq!(redact(text), clean);
        }
    }
}
