//! From one word to the next. In: a place to come from and a word, once each. Out: whether there is a
//! step, and what it holds. Separate because phrases and pairs of words both ask this of nearly every
//! token and the answer is nearly always no: a bitmap says so without a look at the table, which
//! therefore need not be sparse.

/// Bits of the bitmap; 32 KiB, about ten for each step of the shipped lexicon.
const BITS: usize = 1 << 18;
/// Slots per step, at least.
const ROOM: usize = 2;
/// Stands for an empty slot: no place has so high a number.
const EMPTY: u64 = u64::MAX;

/// What is behind a step from a node along a word.
#[derive(Clone, Debug)]
pub struct Steps<V> {
    slots: Vec<(u64, V)>,
    used: usize,
    bits: Vec<u64>,
}

impl<V: Copy + Default> Steps<V> {
    /// No steps, with room for so many.
    pub fn with_room(steps: usize) -> Self {
        Self { slots: slots(steps), used: 0, bits: vec![0; BITS / 64] }
    }

    /// Whether there may be a step.
    #[inline]
    pub fn may(&self, from: u32, word: u32) -> bool {
        let bit = top(mixed(edge(from, word)), BITS);
        self.bits.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }

    /// What is behind the step.
    #[inline]
    pub fn get(&self, from: u32, word: u32) -> Option<V> {
        let edge = edge(from, word);
        let &(found, value) = self.slots.get(self.place(edge))?;
        (found == edge).then_some(value)
    }

    /// All values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.slots.iter_mut().filter(|(edge, _)| *edge != EMPTY).map(|(_, value)| value)
    }

    /// Enters a step; one that is there already gets the new value.
    pub fn insert(&mut self, from: u32, word: u32, value: V) {
        let edge = edge(from, word);
        let mut place = self.place(edge);
        if self.slots[place].0 == EMPTY {
            self.used += 1;
            if self.used * ROOM > self.slots.len() {
                self.grow();
                place = self.place(edge);
            }
        }
        self.slots[place] = (edge, value);
        let bit = top(mixed(edge), BITS);
        self.bits[bit / 64] |= 1 << (bit % 64);
    }

    /// The slot of an edge, or the empty one that it belongs into.
    #[inline]
    fn place(&self, edge: u64) -> usize {
        let mut at = top(mixed(edge), self.slots.len());
        while self.slots.get(at).is_some_and(|&(found, _)| found != edge && found != EMPTY) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    fn grow(&mut self) {
        let fewer = std::mem::replace(&mut self.slots, slots(self.used * ROOM));
        for (edge, value) in fewer.into_iter().filter(|&(edge, _)| edge != EMPTY) {
            let place = self.place(edge);
            self.slots[place] = (edge, value);
        }
    }
}

fn slots<V: Copy + Default>(steps: usize) -> Vec<(u64, V)> {
    vec![(EMPTY, V::default()); (steps.max(16) * ROOM).next_power_of_two()]
}

#[inline]
const fn edge(from: u32, word: u32) -> u64 {
    (word as u64) << 32 | from as u64
}

#[inline]
const fn mixed(edge: u64) -> u64 {
    let mixed = edge.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 29).wrapping_mul(0xC2B2_AE3D_27D4_EB4F)
}

/// The highest bits of a hash, for a table of so many places, a power of two.
#[allow(clippy::cast_possible_truncation)] // shifted to the number of places
#[inline]
const fn top(hash: u64, places: usize) -> usize {
    (hash >> (64 - places.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_and_keeps_everything() {
        let mut steps = Steps::with_room(1);
        (0..5000).for_each(|i| steps.insert(i, i * 7 % 64, i));
        (0..5000).for_each(|i| steps.insert(i, i * 7 % 64, i + 1));
        assert!((0..5000).all(|i| steps.may(i, i * 7 % 64) && steps.get(i, i * 7 % 64) == Some(i + 1)));
        assert_eq!((steps.get(0, 1), steps.get(5000, 0)), (None, None));
        assert_eq!(steps.values_mut().count(), 5000);
    }
}
