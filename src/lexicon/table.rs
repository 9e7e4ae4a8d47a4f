//! The flat look-up table. In: keys, once. Out: a number per key, fast. Separate because it is the
//! inner loop of everything: open addressing with the key held inline and a small bitmap in front,
//! which stays in the first-level cache and answers for most words that are not there.

use crate::text::Key;

/// A place that holds nothing.
const EMPTY: u32 = u32::MAX;
/// Slots per key, before rounding up to a power of two.
const ROOM: usize = 2;
/// Bits of the bitmap per key, before rounding up.
const BITS: usize = 8;

#[derive(Clone, Copy, Debug)]
struct Slot {
    key: Key,
    value: u32,
}

/// A map from keys to numbers that only grows.
#[derive(Clone, Debug)]
pub struct Table {
    slots: Vec<Slot>,
    filter: Vec<u64>,
    filter_shift: u32,
    used: usize,
}

impl Default for Table {
    fn default() -> Self {
        Self::with_room(16)
    }
}

impl Table {
    /// An empty table with room for so many keys.
    pub fn with_room(keys: usize) -> Self {
        let slots = (keys.max(16) * ROOM).next_power_of_two();
        let bits = (keys.max(16) * BITS).next_power_of_two();
        Self {
            slots: vec![Slot { key: Key::default(), value: EMPTY }; slots],
            filter: vec![0; bits / 64],
            filter_shift: 64 - bits.trailing_zeros(),
            used: 0,
        }
    }

    /// The number of a key.
    #[inline]
    pub fn get(&self, key: Key) -> Option<u32> {
        let hash = key.hash();
        let bit = hash >> self.filter_shift;
        if self.filter.get((bit / 64) as usize)? >> (bit % 64) & 1 == 0 {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots.get(at)?;
            if slot.value == EMPTY {
                return None;
            }
            if slot.key == key {
                return Some(slot.value);
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a key; `value` is entered if there was none.
    pub fn get_or_insert(&mut self, key: Key, value: u32) -> u32 {
        if let Some(known) = self.get(key) {
            return known;
        }
        if (self.used + 1) * ROOM > self.slots.len() {
            self.grow();
        }
        self.place(key, value);
        value
    }

    fn place(&mut self, key: Key, value: u32) {
        let hash = key.hash();
        let bit = hash >> self.filter_shift;
        self.filter[(bit / 64) as usize] |= 1 << (bit % 64);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].value != EMPTY {
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot { key, value };
        self.used += 1;
    }

    fn grow(&mut self) {
        let mut larger = Self::with_room(self.slots.len());
        for slot in self.slots.iter().filter(|slot| slot.value != EMPTY) {
            larger.place(slot.key, slot.value);
        }
        *self = larger;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_and_keeps_everything() {
        let mut table = Table::default();
        let key = |i: u32| Key::of(format!("word{i}").as_bytes());
        for i in 0..5000 {
            assert_eq!(table.get_or_insert(key(i), i), i);
            assert_eq!(table.get_or_insert(key(i), 7), i);
        }
        assert!((0..5000).all(|i| table.get(key(i)) == Some(i)));
        assert_eq!(table.get(Key::of(b"missing")), None);
    }
}
