//! What was said on each day. In: days with scores. Out: a tally for each day. Separate because there are as many
//! of these as subjects: they are a table by day that is added to in one step, and are put in order when that is
//! asked for.

use super::Tally;
use crate::score::Score;
use hashbrown::HashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// Tallies by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days(HashMap<i32, Tally>);

impl Days {
    /// Adds a score of a day.
    pub fn add(&mut self, day: i32, score: &Score) {
        self.0.entry(day).or_default().add(score);
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        for (day, tally) in other.0 {
            self.0.entry(day).or_default().merge(&tally);
        }
    }

    /// The tallies in the order of their days.
    #[must_use]
    pub fn in_order(&self) -> BTreeMap<i32, Tally> {
        self.0.iter().map(|(&day, &tally)| (day, tally)).collect()
    }
}

impl Serialize for Days {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.in_order().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(BTreeMap::deserialize(deserializer)?.into_iter().collect()))
    }
}
