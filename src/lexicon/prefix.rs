//! Entries with any ending, `crash*`. In: a word that is not in the table. Out: the entry of its
//! longest listed beginning. Separate because a bitmap on the first three letters keeps it free for
//! lexicons that do not use it.

use crate::text::Key;

/// Shortest beginning that may stand for all endings.
pub const SHORTEST: usize = 3;
const BITS: usize = 1 << 12;

/// Listed beginnings.
#[derive(Clone, Debug, Default)]
pub struct Prefixes {
    sorted: Vec<(Vec<u8>, Key)>,
    filter: Vec<u64>,
}

impl Prefixes {
    /// Enters a beginning of at least [`SHORTEST`] bytes; a later one replaces an equal earlier one.
    pub fn insert(&mut self, prefix: &[u8], entry: Key) {
        let Some(bit) = bit(prefix) else { return };
        self.filter.resize(BITS / 64, 0);
        self.filter[bit / 64] |= 1 << (bit % 64);
        match self.sorted.binary_search_by(|(known, _)| known.as_slice().cmp(prefix)) {
            Ok(at) => self.sorted[at].1 = entry,
            Err(at) => self.sorted.insert(at, (prefix.to_vec(), entry)),
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The key entered with the longest beginning of `word`.
    pub fn get(&self, word: &[u8]) -> Option<Key> {
        let bit = bit(word)?;
        if self.filter.get(bit / 64)? >> (bit % 64) & 1 == 0 {
            return None;
        }
        (SHORTEST..=word.len()).rev().find_map(|len| {
            let at = self.sorted.binary_search_by(|(known, _)| known.as_slice().cmp(&word[..len])).ok()?;
            Some(self.sorted[at].1)
        })
    }
}

fn bit(word: &[u8]) -> Option<usize> {
    let first = word.first_chunk::<SHORTEST>()?;
    let mixed = first.iter().fold(0usize, |sum, &b| sum.wrapping_mul(31).wrapping_add(b as usize));
    Some(mixed % BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_beginning_wins() {
        let mut prefixes = Prefixes::default();
        let (one, two) = (Key::of(b"crash*"), Key::of(b"crashpro*"));
        prefixes.insert(b"crash", one);
        prefixes.insert(b"crashpro", two);
        assert_eq!(prefixes.get(b"crashing"), Some(one));
        assert_eq!(prefixes.get(b"crashproof"), Some(two));
        assert_eq!(prefixes.get(b"cras"), None);
        assert_eq!(prefixes.get(b"x"), None);
    }
}
