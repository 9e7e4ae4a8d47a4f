//! Phone numbers. In: a text. Out: numbers written as phones are: with a country code, with the zero or
//! the brackets of an area, in the groups of a country, or behind a word that says so. Separate because
//! prices, dates, versions, ids and ranges are digits and signs too, and must stay.

use super::groups::{Groups, behind_digits, blank_or_hyphen, next_digits};
use super::neighbours::{before, goes_on, is_end, number_goes_on};
use super::words::{NUMBER, PHONE, shortly_before};
use std::cell::OnceCell;
use std::ops::Range;

mod shape;

use shape::{Number, Told};

/// The next phone number.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(digits) = next_digits(bytes, at) {
        if let Some(found) = number(text, from, digits) {
            return Some(found);
        }
        at = behind_digits(bytes, digits);
    }
    None
}

/// What may stand between groups: up to three signs, brackets and a hyphen or dot among blanks.
fn between(bytes: &[u8]) -> Option<usize> {
    let mut length = 0;
    for _ in 0..3 {
        let rest = bytes.get(length..)?;
        match rest.first()? {
            b'0'..=b'9' => break,
            b'(' | b')' | b'.' | b'/' => length += 1,
            _ => length += blank_or_hyphen(rest)?,
        }
    }
    (length > 0 && bytes.get(length).is_some_and(u8::is_ascii_digit)).then_some(length)
}

/// The number whose first digits are at a place, with its plus or opening bracket; the longest.
fn number(text: &str, from: usize, digits: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let sign = |at: usize| at.checked_sub(1).filter(|&at| at >= from).and_then(|at| bytes.get(at)).copied();
    let bracket = sign(digits) == Some(b'(');
    let outside = digits - usize::from(bracket);
    let plus = sign(outside) == Some(b'+');
    let start = outside - usize::from(plus);
    if !begins(text, start, plus) {
        return None;
    }
    let groups = Groups::from(bytes, digits, between);
    let inside =
        !plus && !bracket && sign(start) == Some(b' ') && start >= from + 2 && bytes.get(start - 2).is_some_and(u8::is_ascii_digit);
    // Inside a row of numbers only the plainest groups begin a phone number.
    if inside && groups.ends().first().is_none_or(|(start, end)| end - start != 3) {
        return None;
    }
    let words = OnceCell::new();
    let told = || {
        *words.get_or_init(|| {
            let near = shortly_before(text, start);
            match (PHONE.last(&near), NUMBER.last(&near)) {
                (None, None) => Told::Nothing,
                (phone, number) if phone > number => Told::Phone,
                _ => Told::Other,
            }
        })
    };
    (1..=groups.ends().len()).rev().find_map(|count| {
        let mut number = Number::of(text, groups.ends().get(..count)?, plus)?;
        let end = number.end;
        let closed = text.get(digits..end).is_some_and(|inside| inside.contains(')'));
        number.bracket = bracket && closed;
        number.inside = inside;
        (ends(text, end) && number.is_phone(&told)).then(|| if closed { start..end } else { start + usize::from(bracket && !plus)..end })
    })
}

/// Whether a number may begin here: not inside a word, an amount or another number.
fn begins(text: &str, start: usize, plus: bool) -> bool {
    let Some(sign) = before(text, start) else { return true };
    let further = before(text, start - sign.len_utf8());
    match sign {
        '$' | '€' | '£' | '¥' | '₹' | '₽' | '#' | '+' | '*' | '@' | '×' => false,
        '.' | ',' | ':' | '/' | '-' | '=' | '(' => {
            !further.is_some_and(|c| c.is_ascii_digit() || (c.is_ascii_alphanumeric() && matches!(sign, '-' | '/' | '=')))
        }
        _ => !goes_on(sign) || (plus && !sign.is_ascii_digit()),
    }
}

/// Whether a number may end here.
fn ends(text: &str, end: usize) -> bool {
    let amount = text.get(end..).is_some_and(|rest| rest.trim_start().starts_with(['%', '€', '$', '£', '元', '円', '원', '₽', '°']));
    is_end(text, end) && !amount && !number_goes_on(text, end, b".,:-/+=_")
}
