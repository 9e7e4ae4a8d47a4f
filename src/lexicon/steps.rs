//! From one word to the next. In: a place to come from and a word, once each. Out: whether there is a
//! step, and what it holds. Separate because phrases and pairs of words both ask this of nearly every
//! token and the answer is nearly always no: a bitmap says so without a look at the table.

use super::table::Table;
use crate::text::Key;

/// Bits of the bitmap; 32 KiB, about ten for each step of the shipped lexicon.
const BITS: usize = 1 << 18;

/// What is behind a step from a node along a word.
#[derive(Clone, Debug)]
pub struct Steps<V> {
    table: Table<V>,
    bits: Vec<u64>,
}

impl<V: Copy + Default> Steps<V> {
    /// No steps, with room for so many.
    pub fn with_room(steps: usize) -> Self {
        Self { table: Table::with_room(steps), bits: vec![0; BITS / 64] }
    }

    /// Whether there may be a step.
    #[inline]
    pub fn may(&self, from: u32, word: u32) -> bool {
        let bit = bit(from, word);
        self.bits.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }

    /// What is behind the step.
    #[inline]
    pub fn get(&self, from: u32, word: u32) -> Option<V> {
        self.table.get(edge(from, word))
    }

    /// All values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.table.values_mut()
    }

    /// Enters a step; one that is there already gets the new value.
    pub fn insert(&mut self, from: u32, word: u32, value: V) {
        self.table.put(edge(from, word), value);
        let bit = bit(from, word);
        self.bits[bit / 64] |= 1 << (bit % 64);
    }
}

#[allow(clippy::cast_possible_truncation)] // shifted to the number of bits
#[inline]
const fn bit(from: u32, word: u32) -> usize {
    let mixed = (from as u64 ^ (word as u64) << 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ mixed >> 29).wrapping_mul(0xC2B2_AE3D_27D4_EB4F) >> (64 - BITS.trailing_zeros())) as usize
}

fn edge(from: u32, word: u32) -> Key {
    Key::short(u64::from(from) << 32 | u64::from(word), 0, 8)
}
