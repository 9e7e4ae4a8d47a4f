//! One line of a lexicon file. In: its text. Out: what it says, or the fault that keeps it from saying
//! anything. Separate because the strict reader, which stops at the first fault, and `lint`, which
//! tells all, read lines with the same functions and so cannot disagree.

use crate::lexicon::entry::Meaning;

/// What a line says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line<'t> {
    /// Nothing: a blank line or a comment.
    Remark,
    /// A line of the header: key and value.
    Header(&'t str, &'t str),
    /// An entry.
    Entry(Draft<'t>),
}

/// An entry as it stands in its line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Draft<'t> {
    /// The term, without blanks around it.
    pub term: &'t str,
    /// What it means.
    pub meaning: Meaning,
    /// Options, not yet read; empty in formats that have none.
    pub options: &'t str,
    /// Domains it is limited to, with commas between them; none for all.
    pub domains: Option<&'t str>,
}

/// What is wrong with a line that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// There is no tab.
    NoTab,
    /// There are blanks where a tab should be.
    Spaces,
    /// There is no term before the tab.
    NoTerm,
    /// The number has a decimal comma.
    Comma,
    /// There is no number where one should be.
    NoNumber,
    /// The number is too large.
    Range,
    /// The role is not known.
    Role,
    /// The version of the format is not known.
    Version,
}

/// A line that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineFault {
    /// What is wrong.
    pub wrong: Wrong,
    /// Where in the line, in bytes.
    pub at: usize,
    /// What was found and what was expected.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
}

impl LineFault {
    /// A fault at a part of the line.
    pub(super) fn new(wrong: Wrong, line: &str, part: &str, message: impl Into<String>) -> Self {
        Self { wrong, at: offset(line, part), message: message.into(), advice: None }
    }

    pub(super) fn advise(self, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..self }
    }

    /// The fault of a line without a tab; blanks before a number or role were meant to be one.
    pub(super) fn no_tab(line: &str, expected: &str) -> Self {
        let (wrong, part) = match line.trim_end().rsplit_once(' ') {
            Some((_, last)) if last.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) => (Wrong::Spaces, last),
            _ => (Wrong::NoTab, line.get(line.len()..).unwrap_or("")),
        };
        Self::new(wrong, line, part, format!("found {} without a tab, expected: {expected}", shown(line)))
            .advise("put one tab between the term and its valence")
    }
}

/// Where a part of a line begins in it, in bytes; 0 when it is no part of it.
#[must_use]
pub fn offset(line: &str, part: &str) -> usize {
    let at = (part.as_ptr() as usize).wrapping_sub(line.as_ptr() as usize);
    if at <= line.len() { at } else { 0 }
}

/// A piece of a file in a message: in quotes, without personal data, not endless.
#[must_use]
pub fn shown(text: &str) -> String {
    const MOST: usize = 60;
    // Redacted before it is cut, for half an address is not recognised as one.
    let begin = text.char_indices().nth(8 * MOST).map_or(text, |(end, _)| &text[..end]);
    let clean = crate::redact::redact(begin).replace('\t', "\\t");
    let short = clean.char_indices().nth(MOST).map_or(clean.as_str(), |(end, _)| &clean[..end]);
    let cut = if short.len() < clean.len() || begin.len() < text.len() { "…" } else { "" };
    format!("\"{short}{cut}\"")
}

/// A piece of a line without blanks around it. Nearly no piece has any, which its ends show.
pub(super) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [only] if only.is_ascii_graphic() => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The parts of a text before and behind the first of these bytes.
pub(super) fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(byte, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// A number with a decimal point, in thousandths.
pub(super) fn number(line: &str, text: &str, within: f64) -> Result<i32, LineFault> {
    let text = trim(text);
    match short_number(text) {
        Some(value) if f64::from(value.abs()) <= within * 1000.0 => Ok(value),
        _ => any_number(line, text, within),
    }
}

/// A number of few digits, as nearly all are, in thousandths; exact, so the same as by the long way.
fn short_number(text: &str) -> Option<i32> {
    const MOST: usize = 6;
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    if digits.len() > MOST || !digits.first()?.is_ascii_digit() {
        return None;
    }
    let (mut value, mut decimals) = (0, None);
    for &b in digits {
        match b {
            b'0'..=b'9' => {
                value = value * 10 + i32::from(b - b'0');
                decimals = decimals.map(|count| count + 1);
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
    }
    value *= *[1000, 100, 10, 1].get(decimals.unwrap_or(0))?;
    Some(if digits.len() < text.len() { -value } else { value })
}

fn any_number(line: &str, text: &str, within: f64) -> Result<i32, LineFault> {
    let fault = |wrong, message: String| LineFault::new(wrong, line, text, message);
    if text.contains(',') {
        let point = text.replace(',', ".");
        return Err(fault(
            Wrong::Comma,
            format!("found {} with a decimal comma, expected a decimal point such as {}", shown(text), shown(&point)),
        )
        .advise(format!("write {}", shown(&point))));
    }
    let value: f64 = text.parse().map_err(|_| {
        let expected = format!("expected a valence from -{within} to {within} or a role such as negator or booster:1.3");
        fault(Wrong::NoNumber, format!("found {}, {expected}", shown(text)))
    })?;
    if !value.is_finite() || value.abs() > within {
        return Err(fault(Wrong::Range, format!("found {text}, expected a valence from -{within} to {within}"))
            .advise(format!("scale all valences of the file to -{within} to {within}")));
    }
    #[allow(clippy::cast_possible_truncation)] // |value| <= 1000
    Ok((value * 1000.0).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::{any_number, short_number, shown};

    #[test]
    fn short_numbers_are_read_as_all_others() {
        for thousandths in -20_100..=20_100 {
            for places in 0..=3 {
                let text = format!("{:.places$}", f64::from(thousandths) / 1000.0);
                assert_eq!(short_number(&text), any_number("", &text, 21.0).ok(), "{text}");
            }
        }
        for text in ["", "-", ".", "--1", "1.2.3", "1,5", "1e3", "+1", ".5", "0.1234", "1234567", "NaN"] {
            assert_eq!(short_number(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_shown_is_short_and_nobodys() {
        assert_eq!(shown("a\tb"), "\"a\\tb\"");
        let long = format!("{} jo.doe@mail.example {}", "x".repeat(50), "é".repeat(9000));
        let short = shown(&long);
        assert!(short.chars().count() == 63 && short.ends_with("…\"") && short.contains("[e-mail]"), "{short}");
    }
}
