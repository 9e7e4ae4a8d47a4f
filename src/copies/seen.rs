//! The keys of all texts, with the number of their copies. In: keys of 64 bits. Out: whether one came
//! before. Separate because it is the memory that grows with the input, and must not grow beyond a bound.
//!
//! A table of buckets, each a line of the processor's cache: a look-up waits for memory once. What finds
//! its bucket full goes into another of the same group. A group that is full makes the table twice as large;
//! when it may grow no further, the oldest key of the bucket is forgotten.

/// Keys in a bucket.
const BUCKET: usize = 8;
/// Buckets in a group.
const GROUP: usize = 8;
/// Most keys that are kept: 32 MiB of them.
pub const MOST: usize = 1 << 22;
const FIRST_SIZE: usize = 1 << 8;
/// Low bits of a slot that count copies; above them stand the high bits of the key. Two different keys
/// share those with a chance of 2⁻⁴⁸.
const COUNT_BITS: u32 = 16;
const COUNT: u64 = (1 << COUNT_BITS) - 1;

/// Filled from its begin, oldest first; nought where it is free.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Bucket([u64; BUCKET]);

/// Keys that came before.
#[derive(Clone, Debug)]
pub struct Seen {
    buckets: Vec<Bucket>,
    forgotten: u64,
}

impl Default for Seen {
    fn default() -> Self {
        Self { buckets: vec![Bucket::default(); FIRST_SIZE / BUCKET], forgotten: 0 }
    }
}

/// The part of a key that is kept; never nought.
const fn kept(key: u64) -> u64 {
    let kept = key >> COUNT_BITS;
    if kept == 0 { 1 } else { kept }
}

impl Seen {
    /// The bucket that a key goes to first.
    #[allow(clippy::cast_possible_truncation)] // the low bits are wanted
    const fn home(&self, kept: u64) -> usize {
        kept as usize & (self.buckets.len() - 1)
    }

    /// The bucket and slot of a key, or the free slot that it would take; none when the group is full.
    #[inline]
    fn slot(&self, kept: u64) -> Option<(usize, usize)> {
        let home = self.home(kept);
        (0..GROUP).find_map(|step| {
            let bucket = self.buckets.get(home ^ step)?;
            let slot = bucket.0.iter().position(|slot| *slot == 0 || *slot >> COUNT_BITS == kept)?;
            Some((home ^ step, slot))
        })
    }

    /// Reads what a later question about this key needs.
    #[inline]
    #[must_use]
    pub fn touch(&self, key: u64) -> u64 {
        self.buckets.get(self.home(kept(key))).map_or(0, |bucket| bucket.0[0])
    }

    #[inline]
    fn slot_mut(&mut self, kept: u64) -> Option<&mut u64> {
        let (bucket, slot) = self.slot(kept)?;
        self.buckets.get_mut(bucket)?.0.get_mut(slot)
    }

    /// Counts a copy if this key came before; whether it did. Nought never comes before.
    #[inline]
    pub fn add_copy(&mut self, key: u64) -> bool {
        if key == 0 {
            return false;
        }
        match self.slot_mut(kept(key)) {
            Some(slot) if *slot != 0 => {
                *slot += u64::from(*slot & COUNT < COUNT);
                true
            }
            _ => false,
        }
    }

    /// How many copies of a key there were.
    #[must_use]
    pub fn copies(&self, key: u64) -> u64 {
        let found = self.slot(kept(key)).filter(|_| key != 0).and_then(|(bucket, slot)| self.buckets.get(bucket)?.0.get(slot));
        found.map_or(0, |slot| slot & COUNT)
    }

    /// Keeps a key that did not come before; nought is not kept.
    #[inline]
    pub fn insert(&mut self, key: u64) {
        if key == 0 {
            return;
        }
        let kept = kept(key);
        let value = kept << COUNT_BITS;
        loop {
            if let Some(slot) = self.slot_mut(kept) {
                *slot = (*slot).max(value);
                return;
            }
            if self.buckets.len() < MOST / BUCKET {
                self.grow();
                continue;
            }
            self.forgotten += 1;
            let home = self.home(kept);
            if let Some(Bucket(slots)) = self.buckets.get_mut(home) {
                slots.rotate_left(1);
                slots[BUCKET - 1] = value;
            }
            return;
        }
    }

    /// Twice the buckets, in place: what is in a group stays there or goes to the group that has its number
    /// among the new ones, so none becomes full.
    #[cold]
    fn grow(&mut self) {
        let groups = self.buckets.len() / GROUP;
        self.buckets.resize(self.buckets.len() * 2, Bucket::default());
        for group in 0..groups {
            let mut old = [Bucket::default(); GROUP];
            if let Some(buckets) = self.buckets.get_mut(group * GROUP..(group + 1) * GROUP) {
                old.swap_with_slice(buckets);
            }
            for slot in old.into_iter().flat_map(|bucket| bucket.0).filter(|slot| *slot != 0) {
                if let Some(place) = self.slot_mut(slot >> COUNT_BITS) {
                    *place = slot;
                }
            }
        }
    }

    /// How many keys were forgotten.
    #[must_use]
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }
}
