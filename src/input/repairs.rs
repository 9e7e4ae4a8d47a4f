//! What was mended while reading a file. In: kinds and places, from any thread. Out: counts with the
//! first place of each, as notes. Separate because nothing may be changed silently, and it is changed
//! in several rooms: bytes, characters, dates.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// What was mended or could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub enum Repair {
    /// Bytes that are not UTF-8, read as Windows-1252.
    Western,
    /// Bytes that are no character; they became U+FFFD.
    Replaced,
    /// Escapes in JSON that are half of a character; they became U+FFFD.
    Half,
    /// Zero bytes that were dropped.
    Zero,
    /// Texts that had been decoded wrongly, encoded back and decoded.
    Mojibake,
    /// Dates such as `2 weeks ago`, which mean nothing without a day to count from.
    Relative,
    /// Dates that are not written as those of their column.
    Unread,
    /// Dates before 1990 or more than a year ahead.
    Odd,
}

/// Number of kinds.
const KINDS: usize = 8;

/// Counts by kind; shared by all threads that read a file.
#[derive(Debug, Default)]
pub struct Repairs([Count; KINDS]);

#[derive(Debug)]
struct Count {
    sum: AtomicU64,
    /// The first record concerned.
    record: AtomicU64,
    /// That record, or 0 when records are not yet known, and its line, or 0.
    place: Mutex<(u64, u64)>,
}

impl Default for Count {
    fn default() -> Self {
        Self { sum: AtomicU64::new(0), record: AtomicU64::new(u64::MAX), place: Mutex::new((u64::MAX, 0)) }
    }
}

impl Repairs {
    /// Adds `count` of a kind, met in a record (numbered from 1; 0 if that is not known); `line` finds
    /// the line it begins on, or 0, and is only asked for the first.
    pub fn add(&self, kind: Repair, count: u64, record: u64, line: impl FnOnce() -> u64) {
        let slot = &self.0[kind as usize];
        slot.sum.fetch_add(count, Ordering::Relaxed);
        if record < slot.record.fetch_min(record, Ordering::Relaxed) {
            let line = line();
            let mut place = slot.place.lock().unwrap_or_else(PoisonError::into_inner);
            if record < place.0 {
                *place = (record, line);
            }
        }
    }

    /// How many of a kind.
    #[must_use]
    pub fn count(&self, kind: Repair) -> u64 {
        self.0[kind as usize].sum.load(Ordering::Relaxed)
    }

    /// A sentence per kind that was met.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        const ALL: [Repair; KINDS] = [
            Repair::Western,
            Repair::Replaced,
            Repair::Half,
            Repair::Zero,
            Repair::Mojibake,
            Repair::Relative,
            Repair::Unread,
            Repair::Odd,
        ];
        ALL.into_iter().filter(|&kind| self.count(kind) > 0).map(|kind| self.note(kind)).collect()
    }

    fn note(&self, kind: Repair) -> String {
        let count = self.count(kind);
        let s = |one: &'static str, many: &'static str| if count == 1 { one } else { many };
        let told = match kind {
            Repair::Western => {
                format!("{} not UTF-8 and read as Windows-1252", s("byte sequence was", "byte sequences were"))
            }
            Repair::Replaced => format!("{} no character and became U+FFFD", s("byte sequence was", "byte sequences were")),
            Repair::Half => {
                format!("{} half of a character, as in an emoji that was cut (\\ud83d), and became U+FFFD", s("escape was", "escapes were"))
            }
            Repair::Zero => format!("NUL {} dropped", s("byte was", "bytes were")),
            Repair::Mojibake => format!("{} decoded twice and repaired", s("text had been", "texts had been")),
            Repair::Relative => {
                format!("{} a day to count from, as in '2 weeks ago': give it with --as-of 2026-01-31", s("date needs", "dates need"))
            }
            Repair::Unread => format!("{} not be read as the others of the column", s("date could", "dates could")),
            Repair::Odd => format!("{} before 1990 or more than a year ahead", s("date is", "dates are")),
        };
        let (record, line) = *self.0[kind as usize].place.lock().unwrap_or_else(PoisonError::into_inner);
        let place = match (record, line) {
            (0 | u64::MAX, 0) => String::new(),
            (0 | u64::MAX, line) => format!(" (the first in line {line})"),
            (record, 0) => format!(" (the first in record {record})"),
            (record, line) => format!(" (the first in record {record}, line {line})"),
        };
        format!("{count} {told}{place}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_is_told_whatever_the_order() {
        for order in [[3, 9, 5], [9, 5, 3], [5, 3, 9]] {
            let repairs = Repairs::default();
            order.iter().for_each(|&record| repairs.add(Repair::Western, 2, record, || record + 1));
            assert_eq!(repairs.notes(), ["6 byte sequences were not UTF-8 and read as Windows-1252 (the first in record 3, line 4)"]);
        }
        assert!(Repairs::default().notes().is_empty());
        let repairs = Repairs::default();
        repairs.add(Repair::Zero, 1, 0, || 7);
        assert_eq!(repairs.notes(), ["1 NUL byte was dropped (the first in line 7)"]);
    }
}
