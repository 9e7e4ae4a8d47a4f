//! Account numbers. In: a text. Out: IBANs (ISO 13616) of a known country, its length and the right
//! check digits, in groups or not. Separate because the country tells how long they are.

use super::neighbours::{is_end, is_start};
use super::words::words;
use hashbrown::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

static LENGTHS: LazyLock<HashMap<&'static [u8], usize>> =
    LazyLock::new(|| words("iban").filter_map(|word| Some((word.get(..2)?.as_bytes(), word.get(2..)?.parse().ok()?))).collect());

/// The next IBAN.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(gap) = bytes.get(at..)?.iter().position(u8::is_ascii_digit) {
        let digits = at + gap;
        if let Some(end) = digits.checked_sub(2).filter(|&start| start >= from).and_then(|start| end(text, start)) {
            return Some(digits - 2..end);
        }
        at = digits + bytes.get(digits..)?.iter().take_while(|b| b.is_ascii_digit()).count();
    }
    None
}

/// Where the IBAN that begins at a place ends.
fn end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let country = [bytes.get(start)?.to_ascii_uppercase(), bytes.get(start + 1)?.to_ascii_uppercase()];
    let length = *LENGTHS.get(country.as_slice())?;
    if !(is_start(text, start) && bytes.get(start + 3)?.is_ascii_digit()) {
        return None;
    }
    let (mut signs, mut count, mut at, mut between) = ([0u8; 34], 0, start, true);
    while count < length {
        let b = *bytes.get(at)?;
        if b.is_ascii_alphanumeric() {
            *signs.get_mut(count)? = b.to_ascii_uppercase();
            count += 1;
            between = false;
        } else if matches!(b, b' ' | b'-') && !between {
            between = true;
        } else if bytes.get(at..at + 2) == Some("\u{A0}".as_bytes()) && !between {
            between = true;
            at += 1;
        } else {
            return None;
        }
        at += 1;
    }
    (is_end(text, at) && is_valid(signs.get(..length)?)).then_some(at)
}

/// Country and check digits put last and letters read as 10 to 35, the number leaves 1 divided by 97.
fn is_valid(signs: &[u8]) -> bool {
    let (head, tail) = signs.split_at(4.min(signs.len()));
    let rest = tail.iter().chain(head).fold(0u32, |rest, &b| match b {
        b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
        _ => (rest * 100 + u32::from(b.saturating_sub(b'A')) + 10) % 97,
    });
    rest == 1
}
