//! The flat look-up table. In: keys, once. Out: a value per key, fast. Separate because it is the
//! inner loop of everything: open addressing with the key held inline and a small bitmap in front,
//! which stays in the first-level cache and answers for most words that are not there.

use crate::text::Key;

/// The place of keys that are not there.
pub const NOWHERE: u32 = u32::MAX;
/// Slots per key, before rounding up to a power of two.
const ROOM: usize = 2;
/// Bits of the bitmap per key, before rounding up.
const BITS: usize = 8;

/// A map from keys to small values, held beside the key, that only grows. The key of no bytes stands
/// for an empty slot and cannot be entered.
#[derive(Clone, Debug)]
pub struct Table<V> {
    slots: Vec<(Key, V)>,
    filter: Vec<u64>,
    filter_shift: u32,
    slot_shift: u32,
    used: usize,
}

impl<V: Copy + Default> Table<V> {
    /// An empty table with room for so many keys.
    pub fn with_room(keys: usize) -> Self {
        let slots = (keys.max(16) * ROOM).next_power_of_two();
        let bits = (keys.max(16) * BITS).next_power_of_two();
        Self {
            slots: vec![(Key::default(), V::default()); slots],
            filter: vec![0; bits / 64],
            filter_shift: 64 - bits.trailing_zeros(),
            slot_shift: 64 - slots.trailing_zeros(),
            used: 0,
        }
    }

    /// Where the value of a key is, see [`Table::at`]; [`NOWHERE`] if there is none.
    #[inline]
    pub fn find(&self, key: Key) -> u32 {
        let hash = key.hash();
        let bit = hash >> self.filter_shift;
        let known = self.filter.get((bit / 64) as usize).is_some_and(|word| word >> (bit % 64) & 1 == 1);
        if !known {
            return NOWHERE;
        }
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.slot_shift) as usize;
        while let Some((found, _)) = self.slots.get(at) {
            if *found == key {
                #[allow(clippy::cast_possible_truncation)] // tables have less than 2³² slots
                return at as u32;
            }
            if *found == Key::default() {
                return NOWHERE;
            }
            at = (at + 1) & mask;
        }
        NOWHERE
    }

    /// The value in a place that [`Table::find`] gave.
    #[inline]
    pub fn at(&self, place: u32) -> Option<&V> {
        self.slots.get(place as usize).map(|(_, value)| value)
    }

    /// The value of a key.
    #[inline]
    pub fn get(&self, key: Key) -> Option<V> {
        self.at(self.find(key)).copied()
    }

    /// Enters a key that is not there yet.
    pub fn insert(&mut self, key: Key, value: V) {
        if key == Key::default() {
            return;
        }
        if (self.used + 1) * ROOM > self.slots.len() {
            self.grow();
        }
        self.place(key, value);
    }

    /// All values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.slots.iter_mut().filter(|(key, _)| *key != Key::default()).map(|(_, value)| value)
    }

    fn place(&mut self, key: Key, value: V) {
        let hash = key.hash();
        let bit = hash >> self.filter_shift;
        self.filter[(bit / 64) as usize] |= 1 << (bit % 64);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.slot_shift) as usize;
        while self.slots[at].0 != Key::default() {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, value);
        self.used += 1;
    }

    fn grow(&mut self) {
        let mut larger = Self::with_room(self.slots.len());
        for &(key, value) in self.slots.iter().filter(|(key, _)| *key != Key::default()) {
            larger.place(key, value);
        }
        *self = larger;
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
        table.insert(Key::default(), 1);
        assert_eq!(table.get(Key::default()), None);
        assert_eq!(table.values_mut().count(), 5000);
    }
}
