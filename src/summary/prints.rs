//! Records that other runs may have too. In: by what a record is known, a number that is the same for its copies. Out: how
//! many records of parts are copies of those in others. Separate because a run tells copies apart as it reads, and parts
//! that were read apart cannot; and because the number of records grows with the data and memory must not: beyond a limit
//! a sample remains, drawn by the number itself, so that merging stays associative.

use super::stored;
use hashbrown::HashMap;
use serde::{Deserialize, Deserializer, Serialize};

/// Numbers that are kept: 2 MiB of a part, and little more memory.
const MOST: usize = 1 << 18;
/// Level of the smallest sample.
const MOST_LEVEL: u8 = 40;

/// Numbers of records, each with how often it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prints {
    #[serde(with = "stored::sorted")]
    known: HashMap<u64, u32>,
    /// Numbers with fewer noughts in front are left out.
    #[serde(deserialize_with = "level")]
    level: u8,
}

fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    u8::deserialize(deserializer).map(|level| level.min(MOST_LEVEL))
}

impl Prints {
    /// Adds a record; nought is none.
    #[inline]
    pub fn add(&mut self, print: u64) {
        if print != 0 {
            self.add_times(print, 1);
            self.give_up();
        }
    }

    fn add_times(&mut self, print: u64, times: u32) {
        if print.leading_zeros() >= self.level.into() {
            let known = self.known.entry(print).or_default();
            *known = known.saturating_add(times);
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        self.raise(self.level.max(other.level));
        other.known.into_iter().for_each(|(print, times)| self.add_times(print, times));
        self.give_up();
    }

    fn give_up(&mut self) {
        while self.known.len() > MOST && self.level < MOST_LEVEL {
            self.raise(self.level + 1);
        }
    }

    fn raise(&mut self, level: u8) {
        if level > self.level {
            self.level = level;
            self.known.retain(|print, _| print.leading_zeros() >= level.into());
        }
    }

    /// How many records are there more than once, each time but the first; an estimate unless [`Prints::is_exact`].
    #[must_use]
    pub fn repeated(&self) -> u64 {
        let more: u64 = self.known.values().map(|&times| u64::from(times.saturating_sub(1))).sum();
        more.saturating_mul(1 << self.level)
    }

    /// Whether all are known, not only a sample.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.level == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::distinct::hash;

    fn of(range: std::ops::Range<u64>) -> Prints {
        let mut prints = Prints::default();
        range.for_each(|number| prints.add(hash(&number.to_le_bytes())));
        prints
    }

    fn merged(mut one: Prints, other: Prints) -> Prints {
        one.merge(other);
        one
    }

    #[test]
    fn records_of_both_parts_are_told_in_any_grouping() {
        let [a, b, c] = [of(0..100), of(90..150), of(95..120)];
        let whole = merged(merged(a.clone(), b.clone()), c.clone());
        assert_eq!((whole.repeated(), whole.is_exact()), (10 + 25, true));
        assert_eq!(merged(c, merged(b, a)), whole);
        assert_eq!(of(0..100).repeated(), 0);
    }

    #[test]
    fn beyond_the_limit_a_sample_tells_nearly_the_same() {
        let (a, b) = (of(0..300_000), of(200_000..500_000));
        let whole = merged(a.clone(), b.clone());
        assert_eq!(merged(b, a), whole);
        assert!(!whole.is_exact() && whole.known.len() <= MOST);
        assert!((97_000..103_000).contains(&whole.repeated()), "{}", whole.repeated());
    }
}
