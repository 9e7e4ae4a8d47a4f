//! Numbers of payment cards. In: a text. Out: numbers of the length and beginning of an issuer with the
//! right check digit (ISO/IEC 7812), grouped as on cards. Separate because ids of posts pass the check
//! digit one time in ten.

use super::groups::{Groups, behind_digits, blank_or_hyphen, next_digits};
use super::id::check::luhn;
use super::neighbours::{is_end, is_start, number_came_on, number_goes_on};
use super::words::{Cue, NUMBER};
use std::ops::Range;
use std::sync::LazyLock;

static CARD: LazyLock<Cue> = LazyLock::new(|| Cue::of("card-word"));

/// The next card.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(start) = next_digits(bytes, at) {
        let groups = Groups::from(bytes, start, blank_or_hyphen);
        if let Some(end) = end(text, start, groups.ends()) {
            return Some(start..end);
        }
        at = behind_digits(bytes, start);
    }
    None
}

/// Where the card ends that begins with the first of groups; the longest.
fn end(text: &str, start: usize, groups: &[(usize, usize)]) -> Option<usize> {
    let first = groups.first().map_or(0, |(start, end)| end - start);
    if first < 4 || !is_start(text, start) || number_came_on(text, start, b".-,/#") {
        return None;
    }
    (1..=groups.len().min(5)).rev().find_map(|count| {
        let groups = groups.get(..count)?;
        let end = groups.last()?.1;
        (is_end(text, end) && !number_goes_on(text, end, b".-") && is_card(text, start, groups)).then_some(end)
    })
}

fn is_card(text: &str, start: usize, groups: &[(usize, usize)]) -> bool {
    let (mut digits, mut count, mut lengths) = ([0u8; 19], 0, [0usize; 5]);
    for (slot, &(start, end)) in lengths.iter_mut().zip(groups) {
        *slot = end - start;
        for &b in text.as_bytes().get(start..end).unwrap_or_default() {
            let Some(slot) = digits.get_mut(count) else { return false };
            *slot = b;
            count += 1;
        }
    }
    let digits = digits.get(..count).unwrap_or_default();
    let grouped = match lengths {
        [_, 0, ..] | [4, 6, 5 | 4, 0, 0] | [4, 4, 4, 4, 0..=3] => true,
        [4, 4, 4, 1..=3, 0] => count != 16,
        _ => false,
    };
    // One bare number of those lengths is more often something else.
    let unsure = lengths[1] == 0 && (count == 13 || count > 16);
    grouped
        && is_issued(digits)
        && luhn(digits)
        && if unsure { CARD.before(text, start) } else { lengths[1] > 0 || !NUMBER.before(text, start) || CARD.before(text, start) }
}

/// Lengths and beginnings of the issuers' numbers, as their networks publish them.
#[allow(clippy::unnested_or_patterns)] // a line for each issuer
fn is_issued(digits: &[u8]) -> bool {
    let first = |count: usize| digits.iter().take(count).fold(0u32, |number, b| number * 10 + u32::from(b - b'0'));
    match (digits.len(), first(2), first(4)) {
        // Visa.
        (13 | 16 | 19, 40..=49, _)
        // Diners Club.
        | (14, 36 | 38 | 39, _)
        | (14, _, 3000..=3059)
        // American Express.
        | (15, 34 | 37, _)
        // Mastercard, and Mir below it.
        | (16, 51..=55, _)
        | (16, _, 2200..=2204 | 2221..=2720)
        // Discover, JCB, UnionPay, RuPay, Maestro.
        | (16..=19, 62 | 65, _)
        | (16..=19, _, 6011 | 6440..=6499 | 3528..=3589)
        | (16, 50 | 56..=58 | 60 | 63 | 67 | 81 | 82, _) => true,
        _ => false,
    }
}
