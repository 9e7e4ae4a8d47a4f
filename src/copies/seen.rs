//! The keys of all texts, with the number of their copies. In: keys of 64 bits. Out: whether one came
//! before. Separate because it is the memory that grows with the input, and must not grow beyond a bound.
//!
//! A table of buckets, each as long as two lines of the processor's cache: a look-up waits for memory
//! once. A bucket that is full makes the table twice as large; when it may grow no further, the oldest
//! key of the bucket is forgotten.

/// Keys in a bucket.
const BUCKET: usize = 16;
/// Most keys that are kept: 32 MiB of them.
pub const MOST: usize = 1 << 22;
const FIRST_SIZE: usize = 1 << 8;
/// Low bits of a slot that count copies; above them stand the high bits of the key. Two different keys
/// share those with a chance of 2⁻⁴⁸.
const COUNT_BITS: u32 = 16;
const COUNT: u64 = (1 << COUNT_BITS) - 1;

/// Keys that came before.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Buckets one after the other, each filled from its begin, oldest first; nought where it is free.
    slots: Vec<u64>,
    forgotten: u64,
}

impl Default for Seen {
    fn default() -> Self {
        Self { slots: vec![0; FIRST_SIZE], forgotten: 0 }
    }
}

/// The part of a key that is kept; never nought.
const fn kept(key: u64) -> u64 {
    let kept = key >> COUNT_BITS;
    if kept == 0 { 1 } else { kept }
}

impl Seen {
    #[allow(clippy::cast_possible_truncation)] // the low bits are wanted
    const fn begin(&self, kept: u64) -> usize {
        (kept as usize & (self.slots.len() / BUCKET - 1)) * BUCKET
    }

    fn bucket(&mut self, key: u64) -> &mut [u64] {
        let begin = self.begin(kept(key));
        self.slots.get_mut(begin..begin + BUCKET).unwrap_or_default()
    }

    /// Reads what a later question about this key needs.
    #[must_use]
    pub fn touch(&self, key: u64) -> u64 {
        self.slots.get(self.begin(kept(key))).copied().unwrap_or_default()
    }

    /// Counts a copy if this key came before; whether it did. Nought never comes before.
    pub fn add_copy(&mut self, key: u64) -> bool {
        let kept = kept(key);
        let known = self.bucket(key).iter_mut().find(|slot| **slot == 0 || **slot >> COUNT_BITS == kept);
        match known {
            Some(slot) if *slot != 0 && key != 0 => {
                *slot += u64::from(*slot & COUNT < COUNT);
                true
            }
            _ => false,
        }
    }

    /// How many copies of a key there were.
    #[must_use]
    pub fn copies(&self, key: u64) -> u64 {
        let (kept, begin) = (kept(key), self.begin(kept(key)));
        let bucket = self.slots.get(begin..begin + BUCKET).unwrap_or_default();
        bucket.iter().find(|slot| key != 0 && **slot >> COUNT_BITS == kept).map_or(0, |slot| slot & COUNT)
    }

    /// Keeps a key that did not come before; nought is not kept.
    pub fn insert(&mut self, key: u64) {
        if key == 0 {
            return;
        }
        let value = kept(key) << COUNT_BITS;
        loop {
            let bucket = self.bucket(key);
            if let Some(free) = bucket.iter_mut().find(|slot| **slot == 0 || **slot & !COUNT == value) {
                *free = (*free).max(value);
                return;
            }
            if self.slots.len() < MOST {
                self.grow();
                continue;
            }
            self.forgotten += 1;
            let bucket = self.bucket(key);
            bucket.rotate_left(1);
            if let Some(last) = bucket.last_mut() {
                *last = value;
            }
            return;
        }
    }

    /// Twice the buckets: each is dealt out to two, so none is full.
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![0; old.len() * 2];
        for slot in old.into_iter().filter(|slot| *slot != 0) {
            let begin = self.begin(slot >> COUNT_BITS);
            if let Some(free) = self.slots.get_mut(begin..begin + BUCKET).unwrap_or_default().iter_mut().find(|slot| **slot == 0) {
                *free = slot;
            }
        }
    }

    /// How many keys were forgotten.
    #[must_use]
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }
}
