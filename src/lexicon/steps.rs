//! From one word to the next. In: a place to come from and a word, once each. Out: whether there is a
//! step, and what it holds. Separate because phrases and pairs of words both ask this of nearly every
//! token and the answer is nearly always no: a bitmap says so without a look at the table, which
//! therefore need not be sparse.

/// Slots per step, at least.
const ROOM: usize = 2;
/// Bits of the bitmap per slot.
const BITS: usize = 4;
/// Stands for an empty slot: no place has so high a number.
const EMPTY: u64 = u64::MAX;

/// A place to come from and a word, with their hash: several tables may be asked about one edge.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    ends: u64,
    hash: u64,
}

impl Edge {
    /// From a node along a word.
    #[inline]
    pub const fn new(from: u32, word: u32) -> Self {
        let ends = (word as u64) << 32 | from as u64;
        Self { ends, hash: mixed(ends) }
    }
}

/// What is behind a step from a node along a word.
#[derive(Clone, Debug)]
pub struct Steps<V> {
    slots: Vec<(u64, V)>,
    used: usize,
    bits: Vec<u64>,
    bits_shift: u32,
}

impl<V: Copy + Default> Steps<V> {
    /// No steps, with room for so many.
    pub fn with_room(steps: usize) -> Self {
        let slots = (steps.max(16) * ROOM).next_power_of_two();
        let bits = slots * BITS;
        Self {
            slots: vec![(EMPTY, V::default()); slots],
            used: 0,
            bits: vec![0; bits.div_ceil(64)],
            bits_shift: 64 - bits.trailing_zeros(),
        }
    }

    /// Whether there may be a step.
    #[inline]
    pub fn may(&self, edge: Edge) -> bool {
        let bit = edge.hash >> self.bits_shift;
        self.bits.get((bit / 64) as usize).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }

    /// What is behind the step.
    #[inline]
    pub fn get(&self, edge: Edge) -> Option<V> {
        let &(found, value) = self.slots.get(self.place(edge))?;
        (found == edge.ends).then_some(value)
    }

    /// All values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.slots.iter_mut().filter(|(ends, _)| *ends != EMPTY).map(|(_, value)| value)
    }

    /// Enters a step; one that is there already gets the new value.
    pub fn insert(&mut self, edge: Edge, value: V) {
        let mut place = self.place(edge);
        if self.slots[place].0 == EMPTY {
            self.used += 1;
            if self.used * ROOM > self.slots.len() {
                self.grow();
                place = self.place(edge);
            }
        }
        self.slots[place] = (edge.ends, value);
        let bit = edge.hash >> self.bits_shift;
        self.bits[(bit / 64) as usize] |= 1 << (bit % 64);
    }

    /// The slot of an edge, or the empty one that it belongs into.
    #[inline]
    fn place(&self, edge: Edge) -> usize {
        let mut at = top(edge.hash, self.slots.len());
        while self.slots.get(at).is_some_and(|&(found, _)| found != edge.ends && found != EMPTY) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    fn grow(&mut self) {
        let mut larger = Self::with_room(self.slots.len());
        for &(ends, value) in self.slots.iter().filter(|(ends, _)| *ends != EMPTY) {
            larger.insert(Edge { ends, hash: mixed(ends) }, value);
        }
        larger.used = self.used;
        *self = larger;
    }
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
        let edge = |i: u32| Edge::new(i, i * 7 % 64);
        (0..5000).for_each(|i| steps.insert(edge(i), i));
        (0..5000).for_each(|i| steps.insert(edge(i), i + 1));
        assert!((0..5000).all(|i| steps.may(edge(i)) && steps.get(edge(i)) == Some(i + 1)));
        assert_eq!((steps.get(Edge::new(0, 1)), steps.get(Edge::new(5000, 0))), (None, None));
        assert_eq!(steps.values_mut().count(), 5000);
    }
}
