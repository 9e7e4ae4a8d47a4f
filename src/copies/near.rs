//! Longer texts that are nearly the same. In: sketches. Out: the key of an earlier text that is like it.
//! Separate because likeness needs another memory than sameness: sketches of the last [`WINDOW`] long
//! texts, found by parts of them.
//!
//! A sketch holds the least hash of the pairs of words in each of 32 parts of the range of hashes, a byte
//! of each (one-permutation minhash, Li, Owen and Zhang 2012; empty parts borrow from the next one that is
//! not, Shrivastava and Li 2014). The share of equal bytes estimates the share of pairs that two texts
//! have in common; with 16 parts, too many texts were taken for copies of which but three fifths are common.
//! Texts are looked up by four bands of four bytes each: of those with four fifths in common, seven in
//! eight meet in some band.

use super::{Print, mix};

/// Parts of a sketch, one byte each.
pub const BINS: usize = 32;
const BANDS: usize = 4;
/// Equal bytes that make two texts nearly the same. Of texts with three fifths in common, one in 300 has so
/// many; of those with nine tenths, 14 in 15.
const ALIKE: usize = 27;

/// A byte of each part.
pub type Sketch = [u8; BINS];
/// Most sketches that are kept; the oldest is forgotten first.
pub const WINDOW: usize = 1 << 17;
const FIRST_SIZE: usize = 1 << 9;
/// Places for each sketch in each band.
const SPACE: usize = 2;
/// Low bits of a place, which tell a sketch.
const NUMBER_BITS: u32 = WINDOW.ilog2() + 1;
const NUMBER: u32 = (1 << NUMBER_BITS) - 1;

/// The sketches of the texts before.
#[derive(Clone, Debug, Default)]
pub struct Near {
    /// Sketches with the keys of their texts: a ring, once it is as long as [`WINDOW`].
    sketches: Vec<Sketch>,
    keys: Vec<u64>,
    /// Where the next one goes.
    next: usize,
    /// Band by band, a place for each hash of its bytes: the number of a sketch, from 1, and above it some
    /// bits of the hash, so that few sketches are looked at in vain; 0 where there is none.
    places: Vec<u32>,
}

/// Bytes that two sketches have in common.
fn alike(one: &Sketch, other: &Sketch) -> usize {
    one.iter().zip(other).filter(|(a, b)| a == b).count()
}

/// Four bytes of a sketch.
fn band(sketch: &Sketch, number: usize) -> u32 {
    sketch.get(4 * number..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

impl Near {
    /// Where a band of a sketch has its place, and the bits of its hash that are kept there.
    #[allow(clippy::cast_possible_truncation)] // high bits are cut off
    fn place(&self, sketch: &Sketch, number: usize) -> (usize, u32) {
        let size = self.places.len() / BANDS;
        let hash = mix(u64::from(band(sketch, number)));
        (number * size + (hash as usize & size.saturating_sub(1)), (hash >> u32::BITS) as u32 & !NUMBER)
    }

    fn at(&self, sketch: &Sketch, number: usize) -> Option<(usize, Sketch)> {
        let (place, mark) = self.place(sketch, number);
        let held = self.places.get(place).filter(|held| **held & !NUMBER == mark)?;
        let index = ((held & NUMBER) as usize).checked_sub(1)?;
        Some((index, *self.sketches.get(index)?))
    }

    /// Reads what a later question about this text needs.
    #[must_use]
    pub fn touch(&self, print: &Print) -> u64 {
        let Some(sketch) = &print.sketch else { return 0 };
        (0..BANDS).map(|number| u64::from(self.places.get(self.place(sketch, number).0).copied().unwrap_or_default())).sum()
    }

    /// The key of an earlier text that is nearly the same.
    #[must_use]
    pub fn find(&self, sketch: &Sketch) -> Option<u64> {
        let found = (0..BANDS).filter_map(|number| self.at(sketch, number)).find(|(_, held)| alike(sketch, held) >= ALIKE);
        found.and_then(|(index, _)| self.keys.get(index).copied())
    }

    /// Keeps a sketch with the key of its text. Who came first keeps its places.
    pub fn insert(&mut self, sketch: Sketch, key: u64) {
        if self.sketches.len() < WINDOW {
            self.sketches.push(sketch);
            self.keys.push(key);
            if self.sketches.len() * SPACE * BANDS > self.places.len() {
                return self.grow();
            }
            return self.enter(self.sketches.len() - 1);
        }
        if let (Some(old), Some(old_key)) = (self.sketches.get_mut(self.next), self.keys.get_mut(self.next)) {
            (*old, *old_key) = (sketch, key);
        }
        self.enter(self.next);
        self.next = (self.next + 1) % WINDOW;
    }

    fn grow(&mut self) {
        let size = self.places.len().max(FIRST_SIZE * SPACE * BANDS / 2) * 2;
        self.places.clear();
        self.places.resize(size, 0);
        (0..self.sketches.len()).for_each(|index| self.enter(index));
    }

    fn enter(&mut self, index: usize) {
        let Some(sketch) = self.sketches.get(index).copied() else { return };
        for number in 0..BANDS {
            // What lies there may be of a sketch that was forgotten since.
            let taken =
                self.at(&sketch, number).is_some_and(|(holder, held)| holder != index && band(&held, number) == band(&sketch, number));
            let (place, mark) = self.place(&sketch, number);
            if let (false, Some(place), Ok(index)) = (taken, self.places.get_mut(place), u32::try_from(index + 1)) {
                *place = index | mark;
            }
        }
    }
}
