//! Whether the parts of a workbook may be opened. In: the archive that it is. Out: an error before a
//! part is read that would not fit into memory. Separate because the crate trusts what a workbook says
//! of itself: sizes are measured here by unpacking, to nowhere.

use super::Kind;
use crate::error::Error;
use crate::input::container::{Halt, Seekable, Unpacker, damaged};
use crate::input::limits::{Meter, PART, size};
use std::io::{self, BufReader, Read};

/// Longest stretch of XML without the end of a tag: a cell, or an attack.
const LONGEST: usize = 64 << 20;
/// Shortest shared string, in bytes: `<si/>`.
const SHORTEST_STRING: u64 = 5;
/// Bytes that a count may be cut by where two pieces meet.
const OVERLAP: usize = 64;

/// Measures all parts of XML and of tables.
///
/// # Errors
/// When a part is too large, or says that it holds more than it can.
pub fn check(file: &mut dyn Seekable, kind: Kind, unpacker: &mut Unpacker) -> Result<(), Halt> {
    let broken = |e: io::Error| Halt::from(damaged(&e, &["zip"]));
    file.rewind().map_err(broken)?;
    let mut archive = zip::ZipArchive::new(&mut *file).map_err(|e| broken(io::Error::other(e.to_string())))?;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|e| broken(io::Error::other(e.to_string())))?;
        let name = part.name().map(|name| name.to_lowercase()).unwrap_or_default();
        let (xml, table) = (ends(&name, ".xml") || ends(&name, ".rels"), ends(&name, ".bin"));
        if !xml && !table {
            continue;
        }
        // Sheets of xlsx stream; all else is held in memory.
        let streams = kind == Kind::Xlsx && name.contains("/worksheets/");
        let most = if streams { u64::MAX } else { PART };
        let measured = measure(part, xml, most, &mut unpacker.meter).map_err(|e| damaged(&e, &["zip"]))?;
        if measured.strings > measured.bytes / SHORTEST_STRING + 1 {
            let found = format!("found a workbook that announces {} texts in {} bytes", measured.strings, measured.bytes);
            return Err(Error::input(found).advise("open it and save it again").into());
        }
    }
    file.rewind().map_err(broken)?;
    Ok(())
}

fn ends(name: &str, ending: &str) -> bool {
    name.ends_with(ending)
}

#[derive(Default)]
struct Measured {
    bytes: u64,
    /// Shared strings that are announced.
    strings: u64,
}

fn measure(part: impl Read, xml: bool, most: u64, meter: &mut Meter) -> io::Result<Measured> {
    let mut input = BufReader::new(part);
    let mut buffer = Vec::with_capacity(OVERLAP + (64 << 10));
    let mut found = Measured::default();
    let mut stretch = 0;
    loop {
        let keep = buffer.len().min(OVERLAP);
        buffer.drain(..buffer.len() - keep);
        let count = input.by_ref().take(64 << 10).read_to_end(&mut buffer)?;
        if count == 0 {
            return Ok(found);
        }
        meter.member(count)?;
        found.bytes += count as u64;
        if found.bytes > most {
            let said = format!("found a workbook with a part of more than {}, expected at most that, because it is held in memory", size(most));
            return Err(io::Error::other(Error::input(said).advise("save it as CSV")));
        }
        found.strings = found.strings.max(announced(&buffer));
        let new = buffer.get(keep..).unwrap_or(&[]);
        stretch = memchr::memrchr(b'>', new).map_or(stretch + new.len(), |at| new.len() - at);
        if xml && stretch > LONGEST {
            let said = format!("found a workbook with a cell of more than {}, expected at most that", size(LONGEST as u64));
            return Err(io::Error::other(Error::input(said).advise("save it as CSV")));
        }
    }
}

/// The largest number of shared strings that is announced.
fn announced(xml: &[u8]) -> u64 {
    let mut most = 0;
    for at in memchr::memmem::find_iter(xml, b"uniqueCount") {
        let rest = xml.get(at + "uniqueCount".len()..).unwrap_or(&[]);
        let digits = rest.iter().skip_while(|b| b" \t\r\n=\"'".contains(b)).take_while(|b| b.is_ascii_digit());
        most = most.max(digits.fold(0u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))));
    }
    most
}

/// Whether a compound file holds an encrypted package: its directory names one.
///
/// # Errors
/// When it cannot be read.
pub fn is_encrypted(mut file: &mut dyn Seekable) -> io::Result<bool> {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    let mut buffer = Vec::with_capacity(1 << 16);
    let found = loop {
        let keep = buffer.len().min(name.len());
        buffer.drain(..buffer.len() - keep);
        if Read::by_ref(&mut file).take(1 << 16).read_to_end(&mut buffer)? == 0 {
            break false;
        }
        if memchr::memmem::find(&buffer, &name).is_some() {
            break true;
        }
    };
    file.rewind()?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announced_counts_are_found() {
        assert_eq!(announced(b"<sst count=\"9\" uniqueCount = '12345'>"), 12_345);
        assert_eq!(announced(b"<sst uniqueCount=\"99999999999999999999999\">"), u64::MAX);
        assert_eq!(announced(b"<sst>"), 0);
    }
}
