//! Faults of lexicon files. In: the bytes of files, as broken as they come. Out: every fault with file,
//! line, column, code, what was found and what to do, in a fixed order. Separate from reading, which
//! stops at the first fault; both read lines with the same functions, so they agree on what a fault is.
//!
//! A check is one file and one line in `CHECKS`; a code is one line in [`CODES`].

pub mod codes;
mod effect;
mod header;
mod options;
mod page;
mod reach;
mod signs;
mod spelling;
mod twins;

pub use codes::{CODES, Code};

use super::entry::Sheet;
use page::Page;
use serde::Serialize;

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The file is not used, or not as its author thinks.
    Error,
    /// Something is superfluous, missing or doubtful.
    Warning,
    /// Nothing is wrong.
    Note,
}

impl Level {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A fault and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file as it was named.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Character in the line, counted from 1.
    pub column: usize,
    /// How bad it is.
    pub level: Level,
    /// Name of its code, see [`CODES`].
    pub code: &'static str,
    /// What was found and what was expected; untrusted and not escaped.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// What is said of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileNote {
    /// The file as it was named.
    pub file: String,
    /// Name of its format.
    pub format: &'static str,
    /// Entries that can be read.
    pub entries: usize,
}

/// All that lint has to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lint {
    /// Version of this form.
    pub schema: &'static str,
    /// The files, as they were given.
    pub files: Vec<FileNote>,
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// Number of notes.
    pub notes: usize,
    /// The faults by file, line and column.
    pub findings: Vec<Finding>,
}

/// A file to be looked at.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name for messages.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a check sees: the files as far as they can be read, and the lexicons they are laid over.
struct Subject<'s> {
    pages: &'s [Page],
    lower: &'s [Sheet],
}

/// Takes the faults that checks find.
#[derive(Default)]
struct Findings {
    /// By number of the file.
    list: Vec<(usize, Finding)>,
}

/// Where something is: number of the file, line and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    page: usize,
    line: usize,
    column: usize,
}

impl Findings {
    /// A fault with the advice of its code.
    fn add(&mut self, spot: Spot, code: &'static Code, message: impl Into<String>) {
        self.advise(spot, code, message, code.advice);
    }

    /// A fault with advice of its own.
    fn advise(&mut self, spot: Spot, code: &'static Code, message: impl Into<String>, advice: impl Into<String>) {
        let finding = Finding {
            file: String::new(),
            line: spot.line,
            column: spot.column,
            level: code.level,
            code: code.name,
            message: message.into(),
            advice: advice.into(),
        };
        self.list.push((spot.page, finding));
    }
}

/// A check of all files.
type Check = fn(&Subject, &mut Findings);

/// All checks of what can be read; what cannot be read is told by reading.
const CHECKS: [Check; 7] = [header::check, spelling::check, options::check, twins::check, signs::check, reach::check, effect::check];

/// Looks for faults in files, given in the order they are laid over one another. `lower` are lexicons
/// below them, if entries without effect are to be found; `strict` makes warnings errors.
#[must_use]
pub fn lint(files: &[File], lower: &[Sheet], strict: bool) -> Lint {
    let mut findings = Findings::default();
    let pages: Vec<Page> = files.iter().enumerate().map(|(number, file)| Page::read(number, file, &mut findings)).collect();
    let subject = Subject { pages: &pages, lower };
    CHECKS.iter().for_each(|check| check(&subject, &mut findings));
    let mut list = findings.list;
    for (page, finding) in &mut list {
        finding.file = files.get(*page).map(|file| file.name.clone()).unwrap_or_default();
        if strict && finding.level == Level::Warning {
            finding.level = Level::Error;
        }
    }
    list.sort_by(|(page, a), (other, b)| (page, a.line, a.column, a.code, &a.message).cmp(&(other, b.line, b.column, b.code, &b.message)));
    let count = |level: Level| list.iter().filter(|(_, finding)| finding.level == level).count();
    Lint {
        schema: "earful-lint/1",
        files: pages.iter().map(Page::note).collect(),
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        notes: count(Level::Note),
        findings: list.into_iter().map(|(_, finding)| finding).collect(),
    }
}
