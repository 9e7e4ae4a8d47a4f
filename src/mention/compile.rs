//! Queries made ready. In: subjects, once. Out: [`Subjects`], which look for all of them in one pass
//! over a text. Separate because everything that can be decided before the first text is decided here.

mod index;
mod lower;

pub(super) use index::{Beginnings, How, Index, Running, Start};

use super::evaluate::Node;
use super::fuzzy::Misspelt;
use super::term::{Sort, Term};
use super::{Subject, forms};
use crate::error::{Error, Result};
use crate::text::{Key, Kind};
use std::collections::HashSet;

/// Most subjects that are looked for at the same time.
const MOST_SUBJECTS: usize = 100_000;

/// Subjects to be looked for, ready. All threads share one.
#[derive(Clone, Debug)]
pub struct Subjects {
    pub(super) list: Vec<Subject>,
    pub(super) programs: Vec<Program>,
    /// Subjects whose query may hold for a text in which none of its terms stands.
    pub(super) always: Vec<u32>,
    pub(super) columns: Vec<String>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) names: Index,
    pub(super) beginnings: Beginnings,
    pub(super) misspelt: Misspelt,
    pub(super) running: Option<Running>,
}

/// The query of a subject, ready to be asked.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub node: Node,
    pub takes: Vec<Take>,
}

/// Places of `atom` take away the places of other atoms that they cover: those from `from` to before `to`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Take {
    pub atom: u32,
    pub from: u32,
    pub to: u32,
}

/// A term of a query, ready to be met. An atom is a set of terms of which any will do.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub subject: u32,
    pub atom: u32,
    pub fuzzy: bool,
    pub term: Term,
    /// Keys that its last word may have.
    pub endings: Vec<Key>,
}

impl Subjects {
    /// Makes subjects ready.
    ///
    /// # Errors
    /// When two have the same name, or there are too many.
    pub fn compile(list: Vec<Subject>) -> Result<Self> {
        if list.len() > MOST_SUBJECTS {
            return Err(Error::usage(format!("found {} subjects, expected at most {MOST_SUBJECTS}", list.len())));
        }
        let mut names = HashSet::new();
        if let Some(twice) = list.iter().find(|subject| !names.insert(subject.name.to_lowercase())) {
            let message = format!("found two subjects named {:?}, expected a name of its own for each", twice.name);
            return Err(Error::usage(message).advise("join their queries with a comma, or rename one"));
        }
        let mut lowering = lower::Lowering::default();
        let programs: Vec<Program> = (0..).zip(&list).map(|(number, subject)| lowering.subject(number, subject)).collect();
        let lower::Lowering { patterns, columns, .. } = lowering;
        let always = (0..).zip(&programs).filter(|(_, program)| program.node.without_hits().0).map(|(number, _)| number).collect();
        let running = Running::new((0..).zip(&patterns).filter(|(_, pattern)| pattern.term.sort == Sort::Running))?;
        Ok(Self {
            always,
            columns,
            names: Index::new(starts(&patterns)),
            beginnings: Beginnings::new((0..).zip(&patterns).filter_map(|(number, pattern)| Some((number, pattern.beginning()?)))),
            misspelt: Misspelt::new((0..).zip(&patterns).filter(|(_, pattern)| pattern.fuzzy)),
            running,
            programs,
            patterns,
            list,
        })
    }

    /// The subjects, in the order they were given.
    #[must_use]
    pub fn list(&self) -> &[Subject] {
        &self.list
    }

    /// The columns that queries ask for, as they were first written.
    #[must_use]
    pub fn fields(&self) -> &[String] {
        &self.columns
    }
}

/// By which keys patterns begin.
fn starts(patterns: &[Pattern]) -> Vec<(Key, Start)> {
    let mut starts = Vec::new();
    for (number, pattern) in (0..).zip(patterns) {
        let (term, joined) = (&pattern.term, pattern.term.joined());
        let mut add = |key: Key, how: How| starts.push((key, Start { pattern: number, how }));
        let named = |sign: &str| Key::of(format!("{sign}{joined}").as_bytes());
        match (term.sort, term.pieces.as_slice()) {
            (Sort::Running, _) | (_, []) => {}
            (_, [_]) if term.prefix => {}
            (Sort::Handle, _) => add(named("@"), How::Words),
            (Sort::Tag, _) => add(named("#"), How::Tag),
            (Sort::Plain, [_]) => {
                let how = if term.adds_forms() { How::Word } else { How::Words };
                pattern.endings.iter().for_each(|&key| add(key, how));
            }
            (Sort::Plain, [first, ..]) => add(first.key, How::Words),
        }
        if term.sort == Sort::Plain && !joined.is_empty() {
            add(named("@"), How::Name);
            add(named("#"), How::Tag);
            // Hashtags are folded without `_`, handles are not.
            if let Some(name) = term.underscored() {
                add(Key::of(format!("@{name}").as_bytes()), How::Name);
            }
        }
    }
    starts
}

impl Pattern {
    /// What words begin with that it meets, if it is a beginning and nothing else.
    fn beginning(&self) -> Option<&str> {
        match self.term.pieces.as_slice() {
            [only] if self.term.prefix && self.term.sort != Sort::Running => Some(&only.folded),
            _ => None,
        }
    }

    /// The word by whose misspelling it may begin.
    pub(super) fn first_word(&self) -> Option<&str> {
        let first = self.term.pieces.first().filter(|_| self.term.sort == Sort::Plain)?;
        (first.kind == Kind::Word).then_some(first.folded.as_str())
    }
}

/// Folds as much of a word as is compared.
pub(super) fn fold(word: &str) -> Option<forms::Folded> {
    forms::Folded::of(word)
}
