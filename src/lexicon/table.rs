//! The flat look-up table. In: keys, once. Out: a value per key, fast. Separate because it is the
//! inner loop of everything: open addressing with the key held inline, so sparse that the first slot
//! nearly always answers, and a bitmap in front that sends words which are not there to one slot that
//! is always in the cache. Nothing branches on whether a word is there: that cannot be predicted, and
//! a wrong guess costs more than a look.

use crate::text::Key;

/// The place of keys that are not there.
pub const NOWHERE: u32 = u32::MAX;
/// Slots per key, at least.
const ROOM: usize = 4;
/// Bits of the bitmap per key, at least.
const BITS: usize = 8;

/// A map from keys to small values, held beside the key, that only grows. The key of no bytes stands
/// for an empty slot and cannot be entered.
#[derive(Clone, Debug)]
pub struct Table<V> {
    slots: Vec<(Key, V)>,
    shift: u32,
    filter: Vec<u64>,
    filter_shift: u32,
    used: usize,
}

impl<V: Copy + Default> Table<V> {
    /// An empty table with room for so many keys.
    pub fn with_room(keys: usize) -> Self {
        let bits = (keys.max(16) * BITS).next_power_of_two();
        let slots = (keys.max(16) * ROOM).next_power_of_two();
        Self {
            slots: vec![(Key::default(), V::default()); slots],
            shift: 64 - slots.trailing_zeros(),
            filter: vec![0; bits / 64],
            filter_shift: 64 - bits.trailing_zeros(),
            used: 0,
        }
    }

    /// Where the value of a key is, see [`Table::at`]; [`NOWHERE`] if there is none.
    #[inline]
    pub fn find(&self, key: Key) -> u32 {
        let bit = key.hash() >> self.filter_shift;
        let bits = self.filter.get((bit / 64) as usize).copied().unwrap_or(0);
        let may = bits >> (bit % 64) & 1;
        let at = self.first(key) & (may as usize).wrapping_neg();
        let Some((found, _)) = self.slots.get(at) else { return NOWHERE };
        let (here, empty) = ((*found == key) & (may == 1), *found == Key::default());
        if (may == 1) & !(here | empty) {
            return self.find_on(key, at);
        }
        #[allow(clippy::cast_possible_truncation)] // tables have less than 2³² slots
        let place = at as u32;
        place | u32::from(here).wrapping_sub(1)
    }

    #[cold]
    fn find_on(&self, key: Key, first: usize) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = (first + 1) & mask;
        while let Some((found, _)) = self.slots.get(at).filter(|(found, _)| *found != Key::default()) {
            if *found == key {
                #[allow(clippy::cast_possible_truncation)] // as above
                return at as u32;
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
        let mask = self.slots.len() - 1;
        let bit = key.hash() >> self.filter_shift;
        self.filter[(bit / 64) as usize] |= 1 << (bit % 64);
        let mut at = self.first(key);
        while self.slots[at].0 != Key::default() {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, value);
        self.used += 1;
    }

    fn grow(&mut self) {
        let mut larger = Self::with_room(self.used * 2);
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
