//! Whether queries do what their author expects. In: subjects with their examples. Out: the examples
//! that fail. Separate because it reads texts with a lexicon, as the report does, and looking for
//! subjects does not need one.

use super::{Found, NoFields, Subject, Subjects};
use crate::error::Result;
use crate::lexicon::{Lexicon, Reading, Role};

/// What came of all examples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tested {
    /// Queries asked.
    pub queries: usize,
    /// Examples read.
    pub examples: usize,
    /// Those that failed, in the order of their subjects.
    pub failures: Vec<Failure>,
}

/// An example that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The name of the subject.
    pub subject: String,
    /// The text.
    pub example: String,
    /// Whether it was to mention the subject.
    pub wanted: bool,
    /// The places found; empty when there are none or the text as a whole answers the query.
    pub found: Vec<String>,
}

/// Reads the examples of subjects.
///
/// # Errors
/// As [`Subjects::compile`].
pub fn test(list: Vec<Subject>, lexicon: &Lexicon) -> Result<Tested> {
    let subjects = Subjects::compile(list)?;
    let (mut reading, mut found) = (Reading::new(), Found::new());
    let mut tested = Tested { queries: subjects.list().len(), ..Tested::default() };
    for (number, subject) in (0..).zip(subjects.list()) {
        let examples = subject.must_match.iter().map(|text| (text, true)).chain(subject.must_not_match.iter().map(|text| (text, false)));
        for (text, wanted) in examples {
            lexicon.read(text, &mut reading);
            subjects.find(text, reading.tokens(), &NoFields, &|token| lexicon.role_of(token) != Role::None, &mut found);
            tested.examples += 1;
            if found.subjects().contains(&number) != wanted {
                let places = found.mentions().iter().filter(|mention| mention.subject == number).map(|mention| mention.of(text).to_owned());
                let failure = Failure { subject: subject.name.clone(), example: text.clone(), wanted, found: places.collect() };
                tested.failures.push(failure);
            }
        }
    }
    Ok(tested)
}
