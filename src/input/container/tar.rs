//! tar archives. In: a stream. Out: its files one after another, in stored order. Separate because the
//! crate lends its entries; a cut-off file is told from a whole one here, which the crate leaves to us.

use super::{Container, Halt, Stored, Unpacker, damaged};
use std::io::{self, Read};

pub const CONTAINER: Container = Container { name: "tar", fits, seeks: false, unpack };

/// Bytes of a header, and where its checksum lies.
const HEADER: usize = 512;
const CHECKSUM: std::ops::Range<usize> = 148..156;

/// Whether a header's checksum is right: the sum of its bytes, those of the checksum taken for blanks
/// (POSIX.1-1988). Text does not do that by chance.
fn fits(head: &[u8]) -> bool {
    let Some(header) = head.get(..HEADER) else { return false };
    let digits: String = header[CHECKSUM].iter().map(|&b| char::from(b)).collect();
    let Ok(stated) = u64::from_str_radix(digits.trim_matches(['\0', ' ']), 8) else { return false };
    let sum = header.iter().enumerate().map(|(at, &b)| if CHECKSUM.contains(&at) { u64::from(b' ') } else { u64::from(b) });
    stated == sum.sum::<u64>() && header[0] != 0
}

fn unpack(stored: Stored, unpacker: &mut Unpacker) -> Result<(), Halt> {
    let broken = |error: &io::Error| Halt::from(damaged(error, &["tar"]));
    let mut archive = tar::Archive::new(stored.stream().map_err(|e| broken(&e))?);
    for entry in archive.entries().map_err(|e| broken(&e))? {
        let entry = entry.map_err(|e| broken(&e))?;
        if !entry.header().entry_type().is_file()
            && !entry.header().entry_type().is_contiguous()
            && !entry.header().entry_type().is_gnu_sparse()
        {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if unpacker.takes(&name)? {
            let size = entry.size();
            unpacker.member(&name, Some(size), Box::new(Whole { left: size, entry }))?;
        }
    }
    Ok(())
}

/// An entry that must be as long as it says.
struct Whole<R> {
    left: u64,
    entry: R,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.entry.read(out)?;
        self.left = self.left.saturating_sub(count as u64);
        if count == 0 && self.left > 0 && !out.is_empty() {
            let missing = std::mem::take(&mut self.left);
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, format!("{missing} bytes are missing")));
        }
        Ok(count)
    }
}
