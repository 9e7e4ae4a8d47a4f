//! Queries. In: what a user wrote, such as `"acme corp" OR @acme NEAR/5 refund*`. Out: an [`Expr`], or
//! what is wrong and where. Separate from looking for them because a query is understood, shown and
//! refused before any text is read.
//!
//! ```text
//! list  := or (',' or)*                      ',' is OR with the least binding
//! or    := and ('OR' and)*
//! and   := not ('AND' not | negation)*       negations need no AND: apple -pie
//! not   := negation | near
//! negation := ('NOT' | '-' | '!') not        '!' in a list may take away places only
//! near  := item ('NEAR/' number item)*       at most so many words between, either order
//! item  := '(' list ')' | phrase | field
//! phrase := word+ | '"' text '"'             words side by side are a phrase
//! word  := text, '@' text, '#' text; behind it '*' for what begins so, '!' for this case only
//! field := name ':' value                    value may hold '*' and be quoted
//! ```

mod expression;
mod lexer;
mod parser;

pub use expression::{Condition, Expr};

use crate::error::Error;
use std::ops::Range;

/// Longest query, in bytes.
pub const LONGEST: usize = 256 * 1024;
/// Deepest nesting of parentheses, negations and NEAR.
pub const DEEPEST: usize = 64;

/// A query that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    text: String,
    expr: Expr,
}

/// Why a query was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes of the query that are concerned; empty at its end.
    pub range: Range<usize>,
    /// What was found and what was expected.
    pub message: String,
    /// What to do.
    pub advice: String,
}

impl SyntaxError {
    fn new(range: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { range, message: message.into(), advice: advice.into() }
    }

    /// The error of the program, which shows the query with the part that is concerned.
    #[must_use]
    pub fn of(self, query: &str) -> Error {
        Error::usage(self.message).under(query, self.range).advise(self.advice)
    }
}

impl Query {
    /// Understands a query.
    ///
    /// # Errors
    /// What was found where it could not be understood, what was expected, and what to do.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        if text.len() > LONGEST {
            let end = text.ceil_char_boundary(LONGEST + 1);
            let start = text.floor_char_boundary(LONGEST);
            let message = format!("found a query of {} bytes, expected at most {LONGEST}", text.len());
            return Err(SyntaxError::new(start..end, message, "divide it into several subjects"));
        }
        Ok(Self { text: text.to_owned(), expr: parser::parse(text)? })
    }

    /// The query as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it asks for.
    #[must_use]
    pub const fn expr(&self) -> &Expr {
        &self.expr
    }
}
