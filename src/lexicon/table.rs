//! The flat look-up table. In: keys, once. Out: a value per key, fast. Separate because it is the
//! inner loop of everything: keys with their values stand side by side in the order they were entered,
//! common words first, so that what most texts ask for is small and stays in the cache; a sparse index
//! says where, and its first slot nearly always answers. A bitmap in front sends words which are not
//! there to one slot that is always in the cache. Nothing branches on whether a word is there: that
//! cannot be predicted, and a wrong guess costs more than a look.

use crate::text::Key;

/// The place of keys that are not there; it holds the default value.
pub const NOWHERE: u32 = 0;
/// Slots of the index per key, at least.
const ROOM: usize = 4;
/// Bits of the bitmap per key, at least.
const BITS: usize = 8;

/// A map from keys to small values, held beside the key, that only grows. The key of no bytes stands
/// for those that are not there and cannot be entered.
#[derive(Clone, Debug)]
pub struct Table<V> {
    entries: Vec<(Key, V)>,
    /// Places by hash, [`NOWHERE`] in empty slots.
    index: Vec<u32>,
    shift: u32,
    filter: Vec<u64>,
    filter_shift: u32,
}

impl<V: Copy + Default> Table<V> {
    /// An empty table with room for so many keys.
    pub fn with_room(keys: usize) -> Self {
        let keys = keys.max(16);
        let mut entries = Vec::with_capacity(keys + 1);
        entries.push((Key::default(), V::default()));
        let mut table = Self { entries, index: Vec::new(), shift: 0, filter: Vec::new(), filter_shift: 0 };
        table.index_for(keys);
        table
    }

    /// Where the value of a key is, see [`Table::at`]; [`NOWHERE`] if there is none.
    #[inline]
    pub fn find(&self, key: Key) -> u32 {
        let bit = key.hash() >> self.filter_shift;
        let bits = self.filter.get((bit / 64) as usize).copied().unwrap_or(0);
        let may = bits >> (bit % 64) & 1;
        let at = self.first(key) & (may as usize).wrapping_neg();
        let place = self.index.get(at).copied().unwrap_or(NOWHERE);
        let Some((found, _)) = self.entries.get(place as usize) else { return NOWHERE };
        let here = (*found == key) & (may == 1);
        if (may == 1) & !here & (place != NOWHERE) {
            return self.find_on(key, at);
        }
        place & u32::from(here).wrapping_neg()
    }

    #[cold]
    fn find_on(&self, key: Key, first: usize) -> u32 {
        let mask = self.index.len() - 1;
        let mut at = (first + 1) & mask;
        while let Some(&place) = self.index.get(at).filter(|place| **place != NOWHERE) {
            if self.entries.get(place as usize).is_some_and(|(found, _)| *found == key) {
                return place;
            }
            at = (at + 1) & mask;
        }
        NOWHERE
    }

    #[inline]
    fn first(&self, key: Key) -> usize {
        #[allow(clippy::cast_possible_truncation)] // shifted to the number of slots
        let at = (key.hash() >> self.shift) as usize;
        at
    }

    /// The value in a place that [`Table::find`] gave.
    #[inline]
    pub fn at(&self, place: u32) -> Option<&V> {
        self.entries.get(place as usize).map(|(_, value)| value)
    }

    /// The value of a key.
    #[inline]
    pub fn get(&self, key: Key) -> Option<V> {
        let place = self.find(key);
        if place == NOWHERE { None } else { self.at(place).copied() }
    }

    /// Enters a key that is not there yet.
    pub fn insert(&mut self, key: Key, value: V) {
        if key == Key::default() {
            return;
        }
        self.entries.push((key, value));
        if self.entries.len() * ROOM > self.index.len() {
            self.index_for(self.entries.len() * 2);
        } else {
            self.note(self.entries.len() - 1);
        }
    }

    /// All keys with their values, in the order they were entered.
    pub fn iter(&self) -> impl Iterator<Item = (Key, V)> {
        self.entries.iter().skip(1).copied()
    }

    /// All values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().skip(1).map(|(_, value)| value)
    }

    /// Makes index and bitmap anew, for so many keys.
    fn index_for(&mut self, keys: usize) {
        let (slots, bits) = ((keys * ROOM).next_power_of_two(), (keys * BITS).next_power_of_two());
        (self.index, self.shift) = (vec![NOWHERE; slots], 64 - slots.trailing_zeros());
        (self.filter, self.filter_shift) = (vec![0; bits.div_ceil(64)], 64 - bits.trailing_zeros());
        (1..self.entries.len()).for_each(|place| self.note(place));
    }

    /// Notes in index and bitmap where an entry is.
    fn note(&mut self, place: usize) {
        let key = self.entries[place].0;
        let bit = key.hash() >> self.filter_shift;
        self.filter[(bit / 64) as usize] |= 1 << (bit % 64);
        let (mask, mut at) = (self.index.len() - 1, self.first(key));
        while self.index[at] != NOWHERE {
            at = (at + 1) & mask;
        }
        #[allow(clippy::cast_possible_truncation)] // tables have less than 2²⁹ keys
        let place = place as u32;
        self.index[at] = place;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_and_keeps_everything() {
        let mut table = Table::with_room(1);
        let key = |i: u32| Key::of(format!("word{i}").as_bytes());
        (0..5000).for_each(|i| table.insert(key(i), i));
        assert!((0..5000).all(|i| table.get(key(i)) == Some(i)));
        assert_eq!(table.get(Key::of(b"missing")), None);
        assert_eq!((table.find(Key::of(b"missing")), table.at(NOWHERE)), (NOWHERE, Some(&0)));
        table.insert(Key::default(), 1);
        assert_eq!(table.get(Key::default()), None);
        assert_eq!(table.values_mut().count(), 5000);
    }
}
