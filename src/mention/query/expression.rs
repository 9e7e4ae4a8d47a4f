//! What a query asks for. In and out: plain values. Separate because the parser makes it and the
//! compiler takes it, and neither needs to know the other.

use crate::mention::Term;

/// A query as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A word, a phrase, a handle or a hashtag in the text.
    Term(Term),
    /// A column of the input.
    Field(Condition),
    /// Places of the left within so many words of one of the right.
    Near(Box<Self>, Box<Self>, u32),
    /// All of them.
    And(Vec<Self>),
    /// Any of them.
    Or(Vec<Self>),
    /// Comma between: any of those that are wanted, and none of those that are not.
    List(Vec<Self>),
    /// Not that: `NOT x` and `-x`.
    Not(Box<Self>),
    /// Not that, or not there: `!x`, which takes away places if it holds what is looked for.
    Except(Box<Self>),
}

/// A condition on a column: `author:ann*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The column as it was written.
    pub name: String,
    /// What stands in it, in lower case, divided where anything may stand; one part is the whole value.
    pub parts: Vec<String>,
}

impl Condition {
    /// The condition that a column is `value`, in which `*` stands for anything.
    #[must_use]
    pub fn new(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), parts: value.to_lowercase().split('*').map(str::to_owned).collect() }
    }

    /// Whether a value in lower case is meant.
    #[must_use]
    pub fn holds(&self, value: &str) -> bool {
        let [first, inner @ .., last] = self.parts.as_slice() else {
            return self.parts.first().is_some_and(|whole| whole == value);
        };
        let Some(mut rest) = value.strip_prefix(first.as_str()) else { return false };
        for part in inner {
            let Some(at) = memchr::memmem::find(rest.as_bytes(), part.as_bytes()) else { return false };
            rest = rest.get(at + part.len()..).unwrap_or("");
        }
        rest.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Condition;

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, value, expected) in [
            ("ann", "ann", true),
            ("ann", "anna", false),
            ("Ann*", "anna", true),
            ("*na", "anna", true),
            ("a*a", "a", false),
            ("a*n*a", "anna", true),
            ("a*nn*na", "anna", false),
            ("*", "", true),
        ] {
            assert_eq!(Condition::new("x", pattern).holds(value), expected, "{pattern} {value}");
        }
    }
}
