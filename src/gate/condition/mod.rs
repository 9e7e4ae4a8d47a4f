//! Conditions. In: what a user wrote, such as `theme:"battery drains" share > 3%`. Out: an [`Expr`], or what
//! is wrong and where. Separate from judging because a condition is understood, shown and refused before
//! anything is read.
//!
//! ```text
//! condition := all ('or' all)*
//! all    := one ('and' one)*
//! one    := '(' condition ')' | scope? measure test
//! scope  := ('theme' | 'subject' | 'aspect') ':' name | 'group' ':' field '=' name
//! test   := sign number unit?
//!         | ('rose' | 'fell' | 'changed') ('by' sign number unit?)? ('against' file)?
//! sign   := '>' | '>=' | '<' | '<='
//! unit   := '%' | 'pp' | 'points'            shares in %, changes of shares and net in points
//! ```

mod lexer;
mod parser;
mod quantity;

use super::measures::{Change, Measure};
use crate::mention::query::SyntaxError;
use crate::report::Unit;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Longest condition, in bytes.
pub const LONGEST: usize = 4096;
/// Deepest nesting of parentheses.
pub const DEEPEST: usize = 16;

/// A condition that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    text: String,
    expr: Expr,
}

/// A condition as a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// One figure held against a threshold.
    One(Clause),
    /// All of them.
    All(Vec<Self>),
    /// Any of them.
    Any(Vec<Self>),
}

/// One figure held against a threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Of what.
    pub scope: Scope,
    /// What is measured.
    pub measure: &'static Measure,
    /// Whether it, or how it changed.
    pub way: Way,
    /// On which side of the threshold the condition holds.
    pub sign: Sign,
    /// The threshold, in [`Clause::unit`].
    pub threshold: f64,
    /// The saved report a change is held against, if it was named.
    pub against: Option<PathBuf>,
    /// The bytes of the condition.
    pub range: Range<usize>,
}

/// Of what something is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Of all records.
    All,
    /// Of a theme, by its name, its key or one of its phrases.
    Theme(String),
    /// Of a subject that was listened for.
    Subject(String),
    /// Of an aspect.
    Aspect(String),
    /// Of the records with this value of a field.
    Group(String, String),
}

/// What is held against the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The figure.
    Level,
    /// By how much it rose.
    Rose,
    /// By how much it fell.
    Fell,
    /// By how much it rose or fell.
    Changed,
}

/// On which side of the threshold a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `>`.
    More,
    /// `>=`.
    AtLeast,
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
}

impl Scope {
    /// What stands before the colon; nothing for all records.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::All => "",
            Self::Theme(_) => "theme",
            Self::Subject(_) => "subject",
            Self::Aspect(_) => "aspect",
            Self::Group(..) => "group",
        }
    }
}

impl Clause {
    /// The unit of what is measured and of the threshold.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        match (self.way, self.measure.change, self.measure.unit) {
            (Way::Level, _, unit) => unit,
            (_, Change::Growth, _) => Unit::Growth,
            (_, _, Unit::Share) => Unit::Points,
            (_, _, unit) => unit,
        }
    }

    /// How many bounds may be crossed by chance, each in at most 2.5 % of samples.
    const fn chances(&self) -> u32 {
        match (self.way, self.measure.change) {
            (Way::Level, _) | (_, Change::Difference) if !self.measure.sampled => 0,
            (Way::Changed, _) => 2,
            _ => 1,
        }
    }
}

impl Condition {
    /// Understands a condition.
    ///
    /// # Errors
    /// What was found where it could not be understood, what was expected, and what to do.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        if text.len() > LONGEST {
            let end = text.ceil_char_boundary(LONGEST + 1);
            let start = text.floor_char_boundary(LONGEST);
            let message = format!("found a condition of {} bytes, expected at most {LONGEST}", text.len());
            return Err(SyntaxError { range: start..end, message, advice: "divide it into several gates".to_owned() });
        }
        Ok(Self { text: text.to_owned(), expr: parser::parse(text)? })
    }

    /// The condition as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it asks.
    #[must_use]
    pub const fn expr(&self) -> &Expr {
        &self.expr
    }

    /// Its clauses, in the order they were written.
    #[must_use]
    pub fn clauses(&self) -> Vec<&Clause> {
        let mut clauses = Vec::new();
        gather(&self.expr, &mut clauses);
        clauses
    }

    /// The same, with files named as seen from a folder.
    #[must_use]
    pub fn seen_from(mut self, folder: &Path) -> Self {
        each(&mut self.expr, &mut |clause| {
            if let Some(path) = &mut clause.against {
                *path = folder.join(&*path);
            }
        });
        self
    }

    /// In how many samples, at most, it holds by chance although it is not so, in units of 2.5 %: of several
    /// that must all hold the likeliest, of several that may hold all together.
    #[must_use]
    pub fn chances(&self) -> u32 {
        fn of(expr: &Expr) -> u32 {
            match expr {
                Expr::One(clause) => clause.chances(),
                Expr::All(all) => all.iter().map(of).max().unwrap_or(0),
                Expr::Any(any) => any.iter().map(of).sum(),
            }
        }
        of(&self.expr)
    }
}

fn gather<'e>(expr: &'e Expr, clauses: &mut Vec<&'e Clause>) {
    match expr {
        Expr::One(clause) => clauses.push(clause),
        Expr::All(inner) | Expr::Any(inner) => inner.iter().for_each(|expr| gather(expr, clauses)),
    }
}

fn each(expr: &mut Expr, change: &mut impl FnMut(&mut Clause)) {
    match expr {
        Expr::One(clause) => change(clause),
        Expr::All(inner) | Expr::Any(inner) => inner.iter_mut().for_each(|expr| each(expr, change)),
    }
}
