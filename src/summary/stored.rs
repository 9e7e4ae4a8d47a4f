//! How parts of a summary are stored. In: counts and maps. Out: the same bytes for the same values, and no count that
//! no data could have. Separate because what is read from a file may be anything, and sums of it must not overflow.

use serde::{Deserialize, Deserializer, de::Error};

/// Most records that anybody has: a count beyond is a fault, and sums of many such counts fit.
const MOST: u64 = 1 << 44;
/// Most of a sum of scores, and of their squares, of so many records as anybody adds up.
const MOST_SUM: u64 = 1 << 56;
const MOST_SQUARES: u64 = 1 << 60;

/// Counts, alone or in a table.
pub trait Counts {
    /// The largest.
    fn largest(&self) -> u64;
}

impl Counts for u64 {
    fn largest(&self) -> u64 {
        *self
    }
}

impl<C: Counts, const N: usize> Counts for [C; N] {
    fn largest(&self) -> u64 {
        self.iter().map(Counts::largest).max().unwrap_or(0)
    }
}

/// Reads counts.
///
/// # Errors
/// When one is larger than any data.
pub fn counts<'de, D: Deserializer<'de>, C: Counts + Deserialize<'de>>(deserializer: D) -> Result<C, D::Error> {
    let counts = C::deserialize(deserializer)?;
    if counts.largest() > MOST { Err(D::Error::custom("a count beyond all data")) } else { Ok(counts) }
}

/// Reads a sum.
///
/// # Errors
/// When it is larger than that of any data.
pub fn sum<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let sum = i64::deserialize(deserializer)?;
    if sum.unsigned_abs() > MOST_SUM { Err(D::Error::custom("a sum beyond all data")) } else { Ok(sum) }
}

/// Reads a sum of squares.
///
/// # Errors
/// When it is larger than that of any data.
pub fn squares<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let squares = u64::deserialize(deserializer)?;
    if squares > MOST_SQUARES { Err(D::Error::custom("a sum of squares beyond all data")) } else { Ok(squares) }
}

/// Maps by hash, stored in the order of their keys.
pub mod sorted {
    use hashbrown::HashMap;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::BTreeMap;
    use std::hash::Hash;

    /// Writes a map.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer, K: Ord + Serialize, V: Serialize>(map: &HashMap<K, V>, serializer: S) -> Result<S::Ok, S::Error> {
        map.iter().collect::<BTreeMap<&K, &V>>().serialize(serializer)
    }

    /// Reads a map.
    ///
    /// # Errors
    /// Those of the deserializer.
    pub fn deserialize<'de, D, K, V>(deserializer: D) -> Result<HashMap<K, V>, D::Error>
    where
        D: Deserializer<'de>,
        K: Ord + Hash + Deserialize<'de>,
        V: Deserialize<'de>,
    {
        Ok(BTreeMap::deserialize(deserializer)?.into_iter().collect())
    }
}
