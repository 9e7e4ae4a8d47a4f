//! The one error type. In: what went wrong, where, and what to do. Out: a message that names file,
//! line, what was found, what was expected and the fix. Separate because every room may fail and all
//! failures must read alike.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// What kind of failure it is, which decides the exit status.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Fault {
    /// Wrong flags, configuration or lexicon: exit status 2.
    Usage,
    /// Input that cannot be used: exit status 3.
    Input,
    /// The reader of our output went away: quiet, exit status 0.
    ClosedPipe,
}

/// A failure with its place and its remedy.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Error {
    fault: Fault,
    place: Option<String>,
    message: String,
    advice: Option<String>,
    more: Vec<String>,
    shown: Option<Box<str>>,
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A failure of flags, configuration or lexicons.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { fault: Fault::Usage, place: None, message: message.into(), advice: None, more: Vec::new(), shown: None }
    }

    /// A failure of the input.
    pub fn input(message: impl Into<String>) -> Self {
        Self { fault: Fault::Input, place: None, message: message.into(), advice: None, more: Vec::new(), shown: None }
    }

    /// Several failures as one, each a message of its own.
    #[must_use]
    pub fn all(mut errors: Vec<Self>) -> Self {
        if errors.is_empty() {
            return Self::input("found nothing to read");
        }
        let mut first = errors.remove(0);
        first.more = errors.iter().map(Self::to_string).collect();
        first
    }

    /// A failure to write; a closed pipe is told apart.
    #[must_use]
    pub fn writing(to: &str, error: &std::io::Error) -> Self {
        let fault = if error.kind() == std::io::ErrorKind::BrokenPipe { Fault::ClosedPipe } else { Fault::Usage };
        Self {
            fault,
            place: Some(to.to_owned()),
            message: format!("cannot be written: {error}"),
            advice: None,
            more: Vec::new(),
            shown: None,
        }
    }

    /// Names the file, or file and line, that is concerned.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.place.get_or_insert_with(|| place.to_string());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice.get_or_insert_with(|| advice.into());
        self
    }

    /// Shows a line with marks under the part that is concerned, given in bytes.
    #[must_use]
    pub fn under(mut self, line: &str, part: Range<usize>) -> Self {
        self.shown.get_or_insert_with(|| marked(line, part).into());
        self
    }

    /// What was found, without place and advice.
    #[must_use]
    pub fn message(&self) -> String {
        self.message.clone()
    }

    /// What kind of failure it is.
    #[must_use]
    pub const fn fault(&self) -> Fault {
        self.fault
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{}: ", crate::escape::terminal(place))?;
        }
        write!(f, "{}", crate::escape::terminal(&self.message))?;
        if let Some(shown) = &self.shown {
            write!(f, "{shown}")?;
        }
        if let Some(advice) = &self.advice {
            write!(f, "\n  try: {}", crate::escape::terminal(advice))?;
        }
        self.more.iter().try_for_each(|message| write!(f, "\nearful: {message}"))
    }
}

/// Most columns shown on either side of the part that is concerned.
const AROUND: usize = 60;
/// Most columns that are marked.
const MOST_MARKS: usize = 60;

/// A line, harmless, with marks below; of a long one what is around the marks.
fn marked(line: &str, part: Range<usize>) -> String {
    let start = line.floor_char_boundary(part.start.min(line.len()));
    let end = line.ceil_char_boundary(part.end.clamp(start, line.len()));
    let [before, inside, after] = [&line[..start], &line[start..end], &line[end..]].map(crate::escape::terminal);
    let left = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let (cut, before) = (if left > 0 { "..." } else { "" }, &before[left..]);
    let inside: String = inside.chars().take(MOST_MARKS).collect();
    let after: String = if inside.chars().count() < MOST_MARKS { after.chars().take(AROUND).collect() } else { String::new() };
    let (blanks, marks) = (cut.len() + before.width(), inside.width().max(1));
    format!("\n  {}\n  {}{}", format!("{cut}{before}{inside}{after}").trim_end(), " ".repeat(blanks), "^".repeat(marks))
}

impl std::error::Error for Error {}
