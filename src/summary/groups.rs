//! Records by the value of a field. In: values and scores. Out: a tally per value. Separate because
//! the number of values is not ours to choose: beyond a limit the grouping gives up as a whole, which
//! is the one way that does not depend on the order of the records.

use super::{Tally, stored};
use crate::score::Score;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

/// Most values of a grouping.
pub const MOST_VALUES: usize = 50_000;
/// Longest value that is kept, in bytes.
const LONGEST: usize = 200;

/// Tallies by value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Groups {
    /// A tally per value.
    Values(#[serde(with = "stored::sorted")] HashMap<String, Tally>),
    /// There are more than [`MOST_VALUES`].
    TooMany,
}

impl Default for Groups {
    fn default() -> Self {
        Self::Values(HashMap::new())
    }
}

impl Groups {
    /// Adds a score to a value.
    pub fn add(&mut self, value: &str, score: &Score) {
        let value = value.get(..value.floor_char_boundary(LONGEST)).unwrap_or("");
        if let Some(tally) = self.tally(value) {
            tally.add(score);
        }
    }

    fn tally(&mut self, value: &str) -> Option<&mut Tally> {
        if matches!(self, Self::Values(map) if map.len() >= MOST_VALUES && !map.contains_key(value)) {
            *self = Self::TooMany;
        }
        match self {
            Self::Values(map) => Some(map.entry_ref(value).or_default()),
            Self::TooMany => None,
        }
    }

    /// Adds another grouping.
    pub fn merge(&mut self, other: Self) {
        match other {
            Self::TooMany => *self = Self::TooMany,
            Self::Values(theirs) => {
                for (value, theirs) in theirs {
                    if let Some(mine) = self.tally(&value) {
                        mine.merge(&theirs);
                    }
                }
            }
        }
    }

    /// Writes values in another way; those that become the same are added up.
    pub fn rename(&mut self, name: impl Fn(&str) -> String) {
        if let Self::Values(map) = self {
            let mut renamed: HashMap<String, Tally> = HashMap::with_capacity(map.len());
            map.drain().for_each(|(value, tally)| renamed.entry(name(&value)).or_default().merge(&tally));
            *map = renamed;
        }
    }

    /// Values with their tallies, the largest first, equal ones by name.
    #[must_use]
    pub fn sorted(&self) -> Vec<(&str, &Tally)> {
        let Self::Values(map) = self else { return Vec::new() };
        let mut list: Vec<(&str, &Tally)> = map.iter().map(|(value, tally)| (value.as_str(), tally)).collect();
        list.sort_by(|(a, x), (b, y)| y.records().cmp(&x.records()).then_with(|| a.cmp(b)));
        list
    }
}
