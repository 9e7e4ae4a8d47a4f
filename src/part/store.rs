//! A part as a file. In: a part, or bytes that may be anything. Out: bytes, or a part, or what is wrong with them. Separate
//! because what comes from a disk may be damaged, old or hostile, and must be refused before it is believed.
//!
//! A line of text: `earful-part/1`, the version of the program, the SHA-256 of what follows (hexadecimal). Behind it the
//! [`Part`] in the wire format of the postcard crate, compressed as one Zstandard frame (RFC 8878).

use super::{Part, hex};
use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::io::Read;

/// The format and its version: the first word of a part.
pub const FORMAT: &str = "earful-part/1";
/// The program whose rules were applied: the second.
const PROGRAM: &str = concat!("earful-", env!("CARGO_PKG_VERSION"));
/// Most bytes of a part, packed and unpacked: a hundred times what large ones have.
pub const MOST_PACKED: u64 = 1 << 28;
const MOST: u64 = 1 << 29;
/// Longest first line.
const LONGEST_HEAD: usize = 300;
const LEVEL: i32 = 7;

/// The ending that files with parts have, with its dot.
#[must_use]
pub const fn ending() -> &'static str {
    ".part"
}

/// The bytes of a part: the same for the same part.
///
/// # Errors
/// When it cannot be packed, for want of memory.
pub fn write(part: &Part) -> Result<Vec<u8>> {
    let cannot = |error: &dyn std::fmt::Display| Error::usage(format!("the part cannot be packed: {error}"));
    let plain = postcard::to_stdvec(part).map_err(|e| cannot(&e))?;
    seal(&plain).map_err(|e| cannot(&e))
}

/// The bytes of a part with some content, which need not be that of any part.
///
/// # Errors
/// When it cannot be packed, for want of memory.
pub fn seal(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let packed = zstd::stream::encode_all(content, LEVEL)?;
    let mut bytes = format!("{FORMAT} {PROGRAM} {}\n", hex(Sha256::digest(&packed).iter())).into_bytes();
    bytes.extend(packed);
    Ok(bytes)
}

/// The part in some bytes.
///
/// # Errors
/// When they are none, or one of another version, or damaged.
pub fn read(bytes: &[u8]) -> Result<Part> {
    let again = || format!("write it again: earful report FILES --part NAME{}", ending());
    if bytes.len() as u64 > MOST_PACKED {
        return Err(Error::input(format!("found more than {} MiB, which no part has", MOST_PACKED >> 20)).advise(again()));
    }
    let (checksum, packed) = head(bytes)?;
    if hex(Sha256::digest(packed).iter()) != checksum {
        return Err(Error::input("found a part that is damaged or cut off: its checksum is another")
            .advise(format!("copy it again, or {}", again())));
    }
    let faulty = || Error::input("found a part whose content no run writes").advise(again());
    let plain = unpacked(packed, MOST).map_err(|_| faulty())?;
    match postcard::take_from_bytes::<Part>(&plain) {
        Ok((part, [])) if part.is_whole() => Ok(part),
        _ => Err(faulty()),
    }
}

/// The bytes of a frame, if they are at most so many.
fn unpacked(packed: &[u8], most: u64) -> std::io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    zstd::stream::read::Decoder::with_buffer(packed)?.take(most + 1).read_to_end(&mut plain)?;
    if plain.len() as u64 > most { Err(std::io::ErrorKind::OutOfMemory.into()) } else { Ok(plain) }
}

/// The checksum, and what is behind the first line.
fn head(bytes: &[u8]) -> Result<(&str, &[u8])> {
    let again = || format!("write it again with this program: earful report FILES --part NAME{}", ending());
    let no_part = |found: &str| {
        Err(Error::input(format!("found {found}, expected a part"))
            .advise(format!("earful report FILES --part NAME{} writes one", ending())))
    };
    let end = bytes.iter().take(LONGEST_HEAD).position(|&byte| byte == b'\n');
    let line = end.and_then(|end| std::str::from_utf8(bytes.get(..end)?).ok()).unwrap_or("");
    let mut words = line.split(' ');
    let format = words.next().unwrap_or("");
    let family = FORMAT.split_inclusive('/').next().unwrap_or(FORMAT);
    if !format.starts_with(family) {
        return match bytes.trim_ascii_start().first() {
            None => no_part("an empty file"),
            Some(b'{' | b'[') => no_part("JSON; a report in JSON is no part: it holds shares, which cannot be added up"),
            Some(_) if bytes.starts_with(family.as_bytes()) => no_part("a part that is cut off in its first line"),
            Some(_) => no_part("something else"),
        };
    }
    if format != FORMAT {
        return Err(Error::input(format!("found a part of the format {format}, expected {FORMAT}")).advise(again()));
    }
    match (words.next(), words.next(), words.next(), end) {
        (Some(program), Some(checksum), None, Some(end)) if program == PROGRAM => Ok((checksum, bytes.get(end + 1..).unwrap_or_default())),
        (Some(program), Some(_), None, _) => {
            Err(Error::input(format!("found a part that {program} wrote, expected one of {PROGRAM}: other versions may count otherwise"))
                .advise(again()))
        }
        _ => no_part("a part whose first line is damaged"),
    }
}

impl Part {
    /// Whether what belongs together has the same length.
    fn is_whole(&self) -> bool {
        self.summary.groups.len() == self.groupings.len()
            && self.summary.mentions.subjects.len() == self.subjects.len()
            && self.offered <= self.groupings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_to_more_than_parts_have_is_given_up() {
        let bomb = zstd::stream::encode_all(std::io::repeat(0).take(10 << 20), 1).unwrap();
        assert!(bomb.len() < 10_000);
        assert!(unpacked(&bomb, 1 << 20).is_err());
        assert_eq!(unpacked(&bomb, 10 << 20).unwrap().len(), 10 << 20);
    }
}
