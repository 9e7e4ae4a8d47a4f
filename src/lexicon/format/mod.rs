//! Lexicon file formats. In: the text of a file. Out: a [`Sheet`]. One file per format and one line
//! in [`LEXICON_FORMATS`], so that word lists people already have can be used as they are.

mod afinn;
mod earful;
mod vader;

use super::entry::{Entry, Meaning, Origin, Sheet};
use crate::error::{Error, Result};
use std::sync::Arc;

/// A lexicon file format.
pub struct LexiconFormat {
    /// Its name.
    pub name: &'static str,
    /// Whether a file, without its byte-order mark, is in this format.
    pub fits: fn(&str) -> bool,
    /// Reads the file; the name is for messages.
    pub read: fn(&str, &str) -> Result<Sheet>,
}

/// All formats; the first that fits is used, so the last takes everything.
pub const LEXICON_FORMATS: [LexiconFormat; 3] = [vader::FORMAT, afinn::FORMAT, earful::FORMAT];

/// Reads a lexicon in whichever format it is.
///
/// # Errors
/// Names file and line, what was found and what was expected.
pub fn read(name: &str, text: &str) -> Result<Sheet> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match LEXICON_FORMATS.iter().find(|format| (format.fits)(text)) {
        Some(format) => (format.read)(name, text),
        None => (earful::FORMAT.read)(name, text),
    }
}

/// Lines that hold entries: number from 1 and text without line end.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| !line.trim().is_empty())
}

/// A number with a decimal point, in thousandths.
fn number(text: &str, within: f64) -> std::result::Result<i32, String> {
    let text = text.trim();
    if text.contains(',') {
        return Err(format!("found {text:?} with a decimal comma, expected a decimal point such as {:?}", text.replace(',', ".")));
    }
    let value: f64 = text
        .parse()
        .map_err(|_| format!("found {text:?}, expected a valence from -{within} to {within} or a role such as negator or booster:1.3"))?;
    if !value.is_finite() || value.abs() > within {
        return Err(format!("found {text}, expected a valence from -{within} to {within}"));
    }
    #[allow(clippy::cast_possible_truncation)] // |value| <= 1000
    Ok((value * 1000.0).round() as i32)
}

/// An entry with a valence, as the formats without roles have it.
fn opinion(name: &Arc<str>, line: usize, term: &str, thousandths: i32) -> Entry {
    Entry {
        term: term.to_owned(),
        meaning: Meaning::Valence(thousandths.clamp(-4000, 4000)),
        domains: Vec::new(),
        origin: Origin { file: Arc::clone(name), line },
    }
}

/// The error of a line.
fn fault(name: &str, line: usize, message: impl Into<String>) -> Error {
    Error::usage(message).at(format_args!("{name}:{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_recognises_its_own_and_no_other() {
        let samples = [
            "good\t1.9\t0.9\t[1, 2, 2, 2, 2, 2, 2, 2, 2, 2]\n",
            "good\t3\nbad\t-3\n",
            "# earful-lexicon: 1\n# language: en\n\ngood\t1.9\n",
        ];
        for (at, sample) in samples.iter().enumerate() {
            let first = LEXICON_FORMATS.iter().position(|format| (format.fits)(sample));
            assert_eq!(first, Some(at), "{sample}");
        }
    }

    #[test]
    fn a_decimal_comma_is_named_with_its_remedy() {
        let message = read("my.tsv", "# earful-lexicon: 1\n# language: en\n\ngood\t1,9\n").unwrap_err().to_string();
        assert!(message.contains("my.tsv:4") && message.contains("decimal comma") && message.contains("1.9"), "{message}");
    }
}
