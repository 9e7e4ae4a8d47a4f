//! Which words and phrases carried the opinion. In: hits. Out: per lexicon entry, how often it counted
//! as it stands and how often turned round, with the points. Separate because it is indexed by entry:
//! adding a record costs a few additions and no look-up.

use super::stored;
use crate::lexicon::{Reading, Role};
use crate::score::Hits;
use serde::{Deserialize, Serialize};

/// What an entry, straight or turned, has contributed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    /// How often.
    #[serde(deserialize_with = "stored::counts")]
    pub count: u64,
    /// Points, in thousandths, of praise less complaint.
    #[serde(deserialize_with = "stored::sum")]
    pub points: i64,
}

/// Weights by lexicon entry; all parts must come from one lexicon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    weights: Vec<[Weight; 2]>,
}

impl Words {
    /// Adds the opinions of a record.
    pub fn add(&mut self, reading: &Reading, hits: &Hits) {
        for hit in hits.as_slice() {
            let Some(unit) = reading.units().get(hit.unit as usize) else { continue };
            // Opinions that a rule found at a negator or a wish have no word of their own.
            let worded = hit.base != 0 || unit.role == Role::Scale;
            if hit.value == 0 || unit.entry == u32::MAX || !worded {
                continue;
            }
            let at = unit.entry as usize;
            if at >= self.weights.len() {
                self.weights.resize(at + 1, [Weight::default(); 2]);
            }
            let turned = usize::from(hit.base.signum() != hit.value.signum());
            let weight = &mut self.weights[at][turned];
            weight.count += 1;
            weight.points += i64::from(hit.value);
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Self) {
        if other.weights.len() > self.weights.len() {
            self.weights.resize(other.weights.len(), [Weight::default(); 2]);
        }
        for (mine, theirs) in self.weights.iter_mut().flatten().zip(other.weights.iter().flatten()) {
            mine.count += theirs.count;
            mine.points += theirs.points;
        }
    }

    /// Entries that counted: index, whether turned round, and weight.
    pub fn iter(&self) -> impl Iterator<Item = (usize, bool, Weight)> {
        let each = self.weights.iter().enumerate();
        each.flat_map(|(at, pair)| [(at, false, pair[0]), (at, true, pair[1])]).filter(|(_, _, weight)| weight.count > 0)
    }
}
