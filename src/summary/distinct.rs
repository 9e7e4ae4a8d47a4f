//! How many different authors. In: names. Out: a count, exact up to a limit, estimated beyond it.
//! Separate because the memory must not grow with the data: beyond the limit a `HyperLogLog` sketch
//! (Flajolet et al. 2007) of 16 KiB remains. Which form it is in depends only on the set of names, so
//! merging stays associative.

use hashbrown::HashSet;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;

/// Names that are counted exactly.
const EXACT: usize = 50_000;
/// Bits of the hash that choose a register.
const BITS: u32 = 14;
const REGISTERS: usize = 1 << BITS;

/// A set of names, as hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Distinct {
    /// All of them.
    Few(HashSet<u64>),
    /// A sketch.
    Many(Box<[u8]>),
}

impl Default for Distinct {
    fn default() -> Self {
        Self::Few(HashSet::new())
    }
}

impl Distinct {
    /// Adds a name.
    pub fn add(&mut self, name: &str) {
        self.add_hash(hash(name.as_bytes()));
    }

    fn add_hash(&mut self, hash: u64) {
        match self {
            Self::Many(registers) => register(registers, hash),
            Self::Few(set) => {
                set.insert(hash);
                if set.len() > EXACT {
                    let mut registers = vec![0; REGISTERS].into_boxed_slice();
                    set.iter().for_each(|&hash| register(&mut registers, hash));
                    *self = Self::Many(registers);
                }
            }
        }
    }

    /// Adds all of another set.
    pub fn merge(&mut self, other: Self) {
        match (&mut *self, other) {
            (_, Self::Few(theirs)) => theirs.into_iter().for_each(|hash| self.add_hash(hash)),
            (Self::Many(mine), Self::Many(theirs)) => mine.iter_mut().zip(theirs).for_each(|(a, b)| *a = (*a).max(b)),
            (Self::Few(_), Self::Many(theirs)) => {
                let mine = std::mem::replace(self, Self::Many(theirs));
                self.merge(mine);
            }
        }
    }

    /// Whether the count is exact.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        matches!(self, Self::Few(_))
    }

    /// Number of names; of a sketch, within about 1 %.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // an estimate, and positive
    #[must_use]
    pub fn count(&self) -> u64 {
        match self {
            Self::Few(set) => set.len() as u64,
            Self::Many(registers) => {
                let m = REGISTERS as f64;
                let sum: f64 = registers.iter().map(|&rank| (-f64::from(rank)).exp2()).sum();
                (0.7213 / (1.0 + 1.079 / m) * m * m / sum).round() as u64
            }
        }
    }
}

/// As it is stored: hashes in order, or a sketch.
#[derive(Serialize, Deserialize)]
enum Stored {
    Few(BTreeSet<u64>),
    Many(Vec<u8>),
}

impl Serialize for Distinct {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Few(set) => Stored::Few(set.iter().copied().collect()),
            Self::Many(registers) => Stored::Many(registers.to_vec()),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Stored::deserialize(deserializer)? {
            Stored::Few(set) if set.len() <= EXACT => Ok(Self::Few(set.into_iter().collect())),
            Stored::Many(registers) if registers.len() == REGISTERS => Ok(Self::Many(registers.into_boxed_slice())),
            Stored::Few(_) | Stored::Many(_) => Err(serde::de::Error::custom("a set of another size")),
        }
    }
}

fn register(registers: &mut [u8], hash: u64) {
    let at = (hash >> (64 - BITS)) as usize;
    #[allow(clippy::cast_possible_truncation)] // at most 64
    let rank = ((hash << BITS).leading_zeros() + 1).min(64 - BITS + 1) as u8;
    registers[at] = registers[at].max(rank);
}

/// A hash that is the same on every machine and run (wyhash's mixing of 64-bit words).
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    const MULTIPLY: [u64; 2] = [0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB];
    let mix = |a: u64, b: u64| {
        let wide = u128::from(a) * u128::from(b);
        #[allow(clippy::cast_possible_truncation)] // both halves are used
        let folded = wide as u64 ^ (wide >> 64) as u64;
        folded
    };
    let mut state = MULTIPLY[0] ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = mix(state ^ u64::from_le_bytes(word), MULTIPLY[1]);
    }
    mix(state ^ MULTIPLY[0], MULTIPLY[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_then_estimated_within_three_percent() {
        let mut set = Distinct::default();
        (0..1000).for_each(|i| set.add(&format!("user{}", i % 500)));
        assert_eq!((set.count(), set.is_exact()), (500, true));
        (0..400_000).for_each(|i| set.add(&format!("user{i}")));
        assert!(!set.is_exact());
        assert!((388_000..412_000).contains(&set.count()), "{}", set.count());
    }

    #[test]
    fn the_form_depends_on_the_set_only() {
        let part = |range: std::ops::Range<u32>| {
            let mut set = Distinct::default();
            range.for_each(|i| set.add(&i.to_string()));
            set
        };
        let whole = part(0..60_000);
        let (mut a, mut b) = (part(0..40_000), part(30_000..60_000));
        a.merge(b.clone());
        b.merge(part(0..40_000));
        assert!(a == whole && b == whole);
    }
}
