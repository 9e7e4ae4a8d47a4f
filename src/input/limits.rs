//! How much may come out of packed data. In: what the user allows. Out: an answer for every read.
//! Separate because compression, archives and workbooks all unpack, and a few bytes may unpack to
//! more than any disk holds.

use crate::error::Error;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that may come out before the ratio is looked at.
const FREE: u64 = 64 << 20;
/// Most times the stored size that may come out beyond that. Deflate reaches 1032 at most, and only
/// with one character repeated; texts and even logs stay below 100.
const RATIO: u64 = 1000;

/// What packed data may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Most memory for the window of a compressed stream, in bytes.
    pub window: u64,
    /// Most bytes out of one archive, all members together; named by the user or the default.
    pub unpacked: Option<u64>,
}

/// Window that is allowed without being asked for: what `zstd --long` and `xz -9` need.
pub const WINDOW: u64 = 1 << 27;
/// Bytes out of one archive that are allowed without being asked for.
pub const UNPACKED: u64 = 64 << 30;
/// Most members of one source.
pub const MEMBERS: usize = 100_000;
/// Archives within archives that are opened.
pub const DEPTH: usize = 2;
/// Compressions around one another that are undone.
pub const LAYERS: usize = 4;
/// Most bytes of a part of a workbook that has to be held in memory.
pub const PART: u64 = 1 << 30;

impl Default for Limits {
    fn default() -> Self {
        Self { window: WINDOW, unpacked: None }
    }
}

/// Compares what comes out of a source with what went in.
#[derive(Clone, Debug)]
pub struct Meter {
    limits: Limits,
    stored: Arc<AtomicU64>,
    unpacked: u64,
}

impl Meter {
    /// A meter for a source of which `stored` bytes have been read.
    #[must_use]
    pub const fn new(limits: Limits, stored: Arc<AtomicU64>) -> Self {
        Self { limits, stored, unpacked: 0 }
    }

    /// The limits.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// Counts bytes that came out of a compressed stream; there may be any number of them, but not out
    /// of next to nothing.
    ///
    /// # Errors
    /// When they are out of proportion.
    pub fn stream(&mut self, bytes: usize) -> io::Result<()> {
        self.unpacked += bytes as u64;
        let stored = self.stored.load(Ordering::Relaxed);
        if self.limits.unpacked.is_none() && self.unpacked > FREE && self.unpacked / RATIO > stored {
            return Err(io::Error::other(bomb(stored, self.unpacked)));
        }
        Ok(())
    }

    /// Counts bytes that came out of an archive.
    ///
    /// # Errors
    /// When they are out of proportion, or too many.
    pub fn member(&mut self, bytes: usize) -> io::Result<()> {
        self.stream(bytes)?;
        self.total()
    }

    /// Counts bytes of a table whose cells may stand for one another, so that proportion says nothing.
    ///
    /// # Errors
    /// When they are too many.
    pub fn table(&mut self, bytes: usize) -> io::Result<()> {
        self.unpacked += bytes as u64;
        self.total()
    }

    fn total(&self) -> io::Result<()> {
        let most = self.limits.unpacked.unwrap_or(UNPACKED);
        if self.unpacked > most {
            let found = format!("found an archive that unpacks to more than {}, expected at most that", size(most));
            return Err(io::Error::other(Error::input(found).advise(format!("--max-unpacked {}", size(most.saturating_mul(4))))));
        }
        Ok(())
    }
}

fn bomb(stored: u64, unpacked: u64) -> Error {
    Error::input(format!(
        "found {} that unpack to more than {}, expected at most {RATIO} times as much",
        size(stored),
        size(unpacked / (1 << 20) * (1 << 20))
    ))
    .advise("if this is no attack: --max-unpacked 64G")
}

/// A size as people and flags write it: `128M`, `64G`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let units = [(40, "T"), (30, "G"), (20, "M"), (10, "K")];
    let fits = units.iter().find(|(power, _)| bytes >= 1 << power && bytes.is_multiple_of(1 << power));
    fits.map_or_else(|| bytes.to_string(), |(power, unit)| format!("{}{unit}", bytes >> power))
}

/// A size that a user wrote: `2G`, `512M`, `100k`, `65536`.
///
/// # Errors
/// When it is none.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let expected = || "expected a size such as 512M or 2G".to_owned();
    let plain = text.trim().trim_end_matches(['b', 'B']).trim_end_matches(['i', 'I']);
    let split = plain.find(|c: char| !c.is_ascii_digit()).unwrap_or(plain.len());
    let (digits, unit) = plain.split_at(split);
    let power = match unit.trim().to_ascii_lowercase().as_str() {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        "t" => 40,
        _ => return Err(expected()),
    };
    digits.parse::<u64>().ok().and_then(|number| number.checked_mul(1 << power)).filter(|&size| size > 0).ok_or_else(expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_they_are_written() {
        for (text, bytes) in
            [("2G", 2 << 30), ("512m", 512 << 20), ("100 kB", 100 << 10), ("65536", 65536), ("1GiB", 1 << 30), ("64T", 64 << 40)]
        {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
            assert_eq!(parse_size(&size(bytes)), Ok(bytes), "{text}");
        }
        for text in ["", "0", "G", "-1", "2X", "99999999999T"] {
            assert!(parse_size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn much_out_of_little_is_stopped_and_much_out_of_much_is_not() {
        let stored = Arc::new(AtomicU64::new(1000));
        let mut meter = Meter::new(Limits::default(), Arc::clone(&stored));
        assert!(meter.stream(64 << 20).is_ok());
        assert!(meter.stream(1 << 20).is_err());
        stored.store(1 << 20, Ordering::Relaxed);
        assert!(meter.stream(1 << 20).is_ok());
        let mut meter = Meter::new(Limits { unpacked: Some(100 << 20), ..Limits::default() }, Arc::new(AtomicU64::new(0)));
        assert!(meter.member(100 << 20).is_ok(), "who names a size is not held to the ratio");
        assert!(meter.member(1).is_err());
    }
}
