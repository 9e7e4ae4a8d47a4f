//! Lexicon file formats. In: the text of a file. Out: a [`Sheet`]. One file per format and one line
//! in [`LEXICON_FORMATS`], so that word lists people already have can be used as they are.

mod afinn;
mod earful;
pub mod line;
mod vader;

pub use earful::{KNOWN_OPTIONS, option, written};
pub use line::{Draft, Line, LineFault, Wrong};

use super::entry::{Entry, Origin, Sheet};
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::sync::Arc;

/// A lexicon file format: how to tell it and how to read one line of it.
pub struct LexiconFormat {
    /// Its name.
    pub name: &'static str,
    /// Whether a file, without its byte-order mark, is in this format.
    pub fits: fn(&str) -> bool,
    /// Reads a line, without its end.
    pub line: fn(&str) -> std::result::Result<Line<'_>, LineFault>,
    /// Whether files say in a header what they are.
    pub has_header: bool,
    /// Why the tool that the format comes from never finds a term, if so.
    pub missed_by_its_tool: fn(&str) -> Option<&'static str>,
}

/// All formats; the first that fits is used, so the last takes everything.
pub const LEXICON_FORMATS: [LexiconFormat; 3] = [vader::FORMAT, afinn::FORMAT, earful::FORMAT];

/// The format of a file, without its byte-order mark.
#[must_use]
pub fn of(text: &str) -> &'static LexiconFormat {
    const LAST: &LexiconFormat = &earful::FORMAT;
    LEXICON_FORMATS.iter().find(|format| (format.fits)(text)).unwrap_or(LAST)
}

/// Reads a lexicon in whichever format it is.
///
/// # Errors
/// Names file and line, what was found and what was expected.
pub fn read(name: &str, text: &str) -> Result<Sheet> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    of(text).read(name, text)
}

/// Reads a lexicon that is part of the program; its terms stay where they are.
///
/// # Errors
/// As [`read`].
pub fn read_shipped(name: &str, text: &'static str) -> Result<Sheet> {
    of(text).sheet(name, text, Cow::Borrowed)
}

/// The entry of a line of a lexicon that is part of the program, and so in our own format; none if
/// there is none in the line.
#[must_use]
pub fn entry_at(name: &str, text: &'static str, line: usize, at: usize) -> Option<Entry> {
    let rest = text.get(at..)?;
    let content = line::split_at_byte(rest, b'\n').map_or(rest, |(content, _)| content);
    let Ok(Line::Entry(draft)) = (earful::FORMAT.line)(content) else { return None };
    Some(draft.shipped(name, line))
}

impl LexiconFormat {
    /// Reads a file up to its first fault; the name is for messages.
    ///
    /// # Errors
    /// Names file and line, what was found and what was expected.
    pub fn read(&self, name: &str, text: &str) -> Result<Sheet> {
        self.sheet(name, text, |term| Cow::Owned(term.to_owned()))
    }

    fn sheet<'t>(&self, name: &str, text: &'t str, keep: fn(&'t str) -> Cow<'static, str>) -> Result<Sheet> {
        let mut entries = Vec::new();
        let file: Arc<str> = Arc::from(name);
        let language = self.each(name, text, |_, draft, place| {
            entries.push(draft.with(keep(draft.term), Origin { file: Arc::clone(&file), line: place.line }));
            Ok(())
        })?;
        Ok(Sheet { name: name.to_owned(), language, entries })
    }

    /// Hands on the entries of a file, each with the language told so far; returns the last one told.
    ///
    /// # Errors
    /// As [`LexiconFormat::read`], and when `take` fails.
    pub fn each<'t>(&self, name: &str, text: &'t str, mut take: impl FnMut(&str, Draft<'t>, Place) -> Result<()>) -> Result<String> {
        let mut language = "en".to_owned();
        let (mut rest, mut number, mut some) = (text, 0, false);
        while !rest.is_empty() {
            let at = text.len() - rest.len();
            let (content, after) = line::split_at_byte(rest, b'\n').unwrap_or((rest, ""));
            (rest, number) = (after, number + 1);
            match (self.line)(content.strip_suffix('\r').unwrap_or(content)).map_err(|fault| fault.error(name, number))? {
                Line::Remark => {}
                Line::Header(key, value) => {
                    if key == "language" {
                        value.clone_into(&mut language);
                    }
                }
                Line::Entry(draft) => {
                    some = true;
                    take(&language, draft, Place { line: number, at })?;
                }
            }
        }
        if !some {
            return Err(Error::usage("found no entries, expected lines of: term, TAB, valence").at(name));
        }
        Ok(language)
    }
}

/// Where in a file a line is.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Its number, counted from 1.
    pub line: usize,
    /// Where it begins, in bytes.
    pub at: usize,
}

impl Draft<'static> {
    /// The entry of a line of a file that is part of the program.
    #[must_use]
    pub fn shipped(&self, name: &str, line: usize) -> Entry {
        self.with(Cow::Borrowed(self.term), Origin { file: Arc::from(name), line })
    }
}

impl Draft<'_> {
    fn with(&self, term: Cow<'static, str>, origin: Origin) -> Entry {
        let domains = self.domains.map_or_else(Vec::new, |domains| domains.split(',').map(str::to_owned).collect());
        Entry { term, meaning: self.meaning, domains, origin }
    }

    /// The entry of a line of a file.
    #[must_use]
    pub fn entry(&self, file: &Arc<str>, line: usize) -> Entry {
        self.with(Cow::Owned(self.term.to_owned()), Origin { file: Arc::clone(file), line })
    }
}

impl LineFault {
    /// The error of the strict reader.
    fn error(self, name: &str, line: usize) -> Error {
        let error = Error::usage(self.message).at(format_args!("{name}:{line}"));
        match self.advice {
            Some(advice) => error.advise(advice),
            None => error,
        }
    }
}

/// Lines that say something: text without line end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
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
            assert_eq!(of(sample).name, LEXICON_FORMATS[at].name);
        }
    }

    #[test]
    fn a_decimal_comma_is_named_with_its_remedy() {
        let message = read("my.tsv", "# earful-lexicon: 1\n# language: en\n\ngood\t1,9\n").unwrap_err().to_string();
        assert!(message.contains("my.tsv:4") && message.contains("decimal comma") && message.contains("1.9"), "{message}");
    }

    #[test]
    fn every_format_reads_windows_line_ends_and_says_where_a_fault_is() {
        for format in &LEXICON_FORMATS {
            let sheet = format.read("x", "good\t2\r\nbad\t-2\r\n").unwrap();
            assert_eq!(sheet.entries.iter().map(|entry| &*entry.term).collect::<Vec<_>>(), ["good", "bad"], "{}", format.name);
            let fault = (format.line)("good\t1,5").unwrap_err();
            assert_eq!((fault.wrong, fault.at), (Wrong::Comma, 5), "{}", format.name);
            assert_eq!((format.line)("\t1").unwrap_err().wrong, Wrong::NoTerm, "{}", format.name);
            assert_eq!((format.line)("good 1").unwrap_err().wrong, Wrong::Spaces, "{}", format.name);
        }
    }
}
