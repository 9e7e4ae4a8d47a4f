//! Accuracy by the value of a field. In: values, labels and answers. Out: a table per value. Separate
//! because the number of values is not ours to choose: beyond a limit the slicing gives up as a whole,
//! which is the one way that does not depend on the order of the records.

use crate::input::label::Mark;
use crate::summary::{Answer, Confusion, Meanings};
use hashbrown::HashMap;

/// Most values of a slicing.
pub const MOST_VALUES: usize = 5_000;
/// Longest value that is kept, in bytes.
const LONGEST: usize = 200;

/// Tables by value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slices {
    /// A table per value.
    Values(HashMap<String, Confusion>),
    /// There are more than [`MOST_VALUES`].
    TooMany,
}

impl Default for Slices {
    fn default() -> Self {
        Self::Values(HashMap::new())
    }
}

impl Slices {
    /// Adds a record.
    pub fn add(&mut self, value: &str, mark: Mark, answer: Answer) {
        let value = value.get(..value.floor_char_boundary(LONGEST)).unwrap_or("");
        if let Some(table) = self.table(value) {
            table.add(mark, answer);
        }
    }

    fn table(&mut self, value: &str) -> Option<&mut Confusion> {
        if matches!(self, Self::Values(map) if map.len() >= MOST_VALUES && !map.contains_key(value)) {
            *self = Self::TooMany;
        }
        match self {
            Self::Values(map) => Some(map.entry_ref(value).or_default()),
            Self::TooMany => None,
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        match other {
            Self::TooMany => *self = Self::TooMany,
            Self::Values(theirs) => {
                for (value, theirs) in theirs {
                    if let Some(mine) = self.table(&value) {
                        mine.merge(&theirs);
                    }
                }
            }
        }
    }

    /// See [`super::Evaluation::resolve`].
    pub fn resolve(&mut self, meanings: &Meanings) {
        if let Self::Values(map) = self {
            map.retain(|_, table| {
                table.resolve(meanings);
                table.records() > 0
            });
        }
    }

    /// Values with their tables, the largest first, equal ones by name.
    #[must_use]
    pub fn sorted(&self) -> Vec<(&str, &Confusion)> {
        let Self::Values(map) = self else { return Vec::new() };
        let mut list: Vec<(&str, &Confusion)> = map.iter().map(|(value, table)| (value.as_str(), table)).collect();
        list.sort_by(|(a, x), (b, y)| y.records().cmp(&x.records()).then_with(|| a.cmp(b)));
        list
    }
}
