//! What is no post or review though it stands among them. In: names of fields. Out: marks to look for.
//! Separate because several formats have such records, and the marks are data: `lexicons/no_review.tsv`.

use super::{Flaw, Row};
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../lexicons/no_review.tsv");

/// A field that must be there, with a certain value if that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    field: &'static str,
    value: Option<&'static str>,
}

fn table() -> &'static [Vec<Mark>] {
    static TABLE_READ: OnceLock<Vec<Vec<Mark>>> = OnceLock::new();
    TABLE_READ.get_or_init(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        let mark = |mark: &'static str| match mark.split_once('=') {
            Some((field, value)) => Mark { field, value: Some(value) },
            None => Mark { field: mark, value: None },
        };
        rows.map(|(_, marks)| marks.split(' ').map(mark).collect()).collect()
    })
}

/// The marks that matter for a file, and where a parser puts the fields they ask for.
#[derive(Debug, Default)]
pub struct Marks {
    rows: Vec<Vec<(usize, Option<&'static str>)>>,
}

impl Marks {
    /// The marks of which the first field is among those of the file; `plant` is told each field that
    /// is to be taken and its place, from `place` on.
    pub fn of(fields: &[String], mut place: usize, mut plant: impl FnMut(&'static str, usize)) -> Self {
        let known = |mark: &Mark| {
            fields.iter().any(|field| field == mark.field || field.strip_prefix(mark.field).is_some_and(|rest| rest.starts_with('.')))
        };
        let mut rows: Vec<Vec<(usize, Option<&'static str>)>> = Vec::new();
        for marks in table().iter().filter(|marks| marks.first().is_some_and(known)) {
            let mut row = Vec::new();
            for mark in marks {
                plant(mark.field, place);
                row.push((place, mark.value));
                place += 1;
            }
            rows.push(row);
        }
        Self { rows }
    }

    /// How many places they need.
    #[must_use]
    pub fn places(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    /// Whether a record is one to be scored.
    ///
    /// # Errors
    /// [`Flaw::NoReview`] if it bears all marks of some row.
    pub fn check(&self, record: &str, row: &Row) -> Result<(), Flaw> {
        let bears =
            |&(place, value): &(usize, Option<&str>)| row.get(place, record).is_some_and(|found| value.is_none_or(|value| value == found));
        let marked = self.rows.iter().any(|marks| marks.iter().all(bears));
        if marked { Err(Flaw::NoReview) } else { Ok(()) }
    }
}
