//! Compound files (OLE2), the file system that an xls workbook lies in. In: a file. Out: the stream of the
//! workbook, or an error. Separate because the crate follows chains of sectors without asking whether
//! they end: a chain that bites its own tail fills all memory. Source of the layout: MS-CFB.

use super::super::stored::{Seekable, length};
use crate::error::Error;
use std::io::{self, Read, SeekFrom};

/// Bytes of the header that mean something.
const HEADER: usize = 512;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;
/// Bytes of a sector of the mini stream.
const MINI: u64 = 64;
/// Streams shorter than this lie in the mini stream.
const CUTOFF: u64 = 4096;
/// End of a chain; greater numbers are unused.
const END: u32 = 0xFFFF_FFFE;
/// Numbers from here on are no sectors.
const RESERVED: u32 = 0xFFFF_FFFA;
/// Where the header lists the first sectors of the table of sectors.
const TABLE: usize = 76;

/// Reads the stream that holds the workbook; none when there is none. Everything that the crate reads
/// on its way there is checked: time is linear, memory bounded by the file.
///
/// # Errors
/// When it cannot be read, when a chain of sectors does not end or leads out of the file, and when the
/// stream is longer than its chain.
pub fn workbook(file: &mut dyn Seekable) -> io::Result<Option<Vec<u8>>> {
    let length = length(file)?;
    let mut compound = Compound::open(file, length)?;
    let directory = compound.chain("the directory", compound.word(48), u64::MAX)?;
    let directory = compound.bytes(&directory, u64::MAX)?;
    let minis = if compound.word(64) > 0 { compound.minis(directory.get(..ENTRY).unwrap_or(&[]))? } else { Minis::default() };
    let find = |name| directory.chunks_exact(ENTRY).find(|entry| is_named(entry, name));
    let Some(entry) = find("Workbook").or_else(|| find("Book")) else {
        return Ok(None);
    };
    let (start, size) = (word(entry, 116), compound.size_of(entry));
    if size > length {
        return Err(broken(&format!("a workbook stream of {size} bytes in a file of {length}"), "one that fits"));
    }
    let pieces = if size < CUTOFF { minis.pieces(start, size)? } else { compound.chain("the workbook stream", start, size)? };
    let stream = compound.bytes(&pieces, size)?;
    if (stream.len() as u64) < size {
        return Err(broken(&format!("{} bytes of a workbook stream of {size}", stream.len()), "all of them"));
    }
    Ok(Some(stream))
}

fn broken(found: &str, expected: &str) -> io::Error {
    let error = Error::input(format!("found a damaged xls workbook: {found}, expected {expected}"));
    io::Error::other(error.advise("open it and save it again as .xlsx or CSV; if it was downloaded, download it again"))
}

/// A number of four bytes; 0 beyond the end.
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| word(four, 0))
}

fn is_named(entry: &[u8], name: &str) -> bool {
    let mut units = entry.chunks_exact(2).take(32).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).take_while(|&unit| unit != 0);
    name.bytes().all(|b| units.next().and_then(|unit| u8::try_from(unit).ok()).is_some_and(|unit| unit.eq_ignore_ascii_case(&b)))
        && units.next().is_none()
}

/// A stretch of the file: where it begins and how many bytes it has.
type Piece = (u64, u64);

/// A compound file whose table of sectors is known.
struct Compound<'f> {
    file: &'f mut dyn Seekable,
    length: u64,
    header: [u8; HEADER],
    /// Bytes of a sector.
    sector: u64,
    /// The sector after each sector (FAT).
    next: Vec<u32>,
}

impl<'f> Compound<'f> {
    fn open(file: &'f mut dyn Seekable, length: u64) -> io::Result<Self> {
        let mut header = [0; HEADER];
        file.rewind()?;
        if length < HEADER as u64 {
            return Err(broken(&format!("a file of {length} bytes"), "a header of 512"));
        }
        file.read_exact(&mut header)?;
        let sector = match header[30] {
            9 if header[31] == 0 => 512,
            12 if header[31] == 0 => 4096,
            shift => return Err(broken(&format!("sectors of 2^{shift} bytes"), "2^9 or 2^12")),
        };
        let mut compound = Self { file, length, header, sector, next: Vec::new() };
        for number in compound.tables()? {
            let piece = compound.piece("the table of sectors", number)?;
            let table = compound.bytes(&[piece], sector)?;
            compound.next.extend(words(&table));
        }
        Ok(compound)
    }

    fn word(&self, at: usize) -> u32 {
        word(&self.header, at)
    }

    /// Most sectors the file has room for.
    fn most(&self) -> u64 {
        self.length / self.sector + 1
    }

    /// Where the table of sectors lies (DIFAT).
    fn tables(&mut self) -> io::Result<Vec<u32>> {
        let mut tables: Vec<u32> = words(&self.header[TABLE..]).collect();
        let (mut at, mut read) = (self.word(68), 0);
        while at < RESERVED {
            read += 1;
            if read > self.most() {
                return Err(endless("the list of tables"));
            }
            let piece = self.piece("the list of tables", at)?;
            let bytes = self.bytes(&[piece], self.sector)?;
            tables.extend(words(&bytes));
            at = tables.pop().unwrap_or(END);
        }
        tables.retain(|&number| number < RESERVED);
        if tables.len() as u64 > self.most() {
            return Err(broken(&format!("{} tables of sectors in a file of {} bytes", tables.len(), self.length), "fewer"));
        }
        Ok(tables)
    }

    /// The stretch of a sector; the last one of a file may be short.
    fn piece(&self, what: &str, number: u32) -> io::Result<Piece> {
        let at = (u64::from(number) + 1) * self.sector;
        if at >= self.length {
            return Err(broken(&format!("{what} leads to sector {number}, behind the end of the file"), "a sector of the file"));
        }
        Ok((at, self.sector.min(self.length - at)))
    }

    /// The sectors of a chain, as many as `size` bytes need; fewer where it ends before.
    fn chain(&self, what: &str, start: u32, size: u64) -> io::Result<Vec<Piece>> {
        let (mut pieces, mut at, mut held, mut seen) = (Vec::new(), start, 0, vec![false; self.next.len()]);
        while at != END && held < size {
            let piece = self.piece(what, at)?;
            held += piece.1;
            pieces.push(piece);
            at = follow(&self.next, &mut seen, what, at)?;
        }
        Ok(pieces)
    }

    /// What stands in `pieces`, `size` bytes at most.
    fn bytes(&mut self, pieces: &[Piece], size: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for &(at, count) in pieces {
            let left = size - bytes.len() as u64;
            self.file.seek(SeekFrom::Start(at))?;
            Read::by_ref(&mut self.file).take(count.min(left)).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }

    /// The bytes that an entry of the directory says it has. Small sectors have sizes of four bytes.
    fn size_of(&self, entry: &[u8]) -> u64 {
        let high = if self.sector == HEADER as u64 { 0 } else { u64::from(word(entry, 124)) };
        high << 32 | u64::from(word(entry, 120))
    }

    /// The mini stream, which belongs to the first entry of the directory.
    fn minis(&mut self, root: &[u8]) -> io::Result<Minis> {
        let sectors = self.chain("the mini stream", word(root, 116), self.size_of(root))?;
        let table = self.chain("the table of mini sectors", self.word(60), u64::from(self.word(64)) * self.sector)?;
        let next = words(&self.bytes(&table, u64::MAX)?).collect();
        Ok(Minis { sectors, sector: self.sector, next })
    }
}

/// Short streams lie together in one.
#[derive(Default)]
struct Minis {
    /// The sectors of the stream that they lie in.
    sectors: Vec<Piece>,
    /// Bytes of a sector.
    sector: u64,
    /// The mini sector after each mini sector.
    next: Vec<u32>,
}

impl Minis {
    fn pieces(&self, start: u32, size: u64) -> io::Result<Vec<Piece>> {
        let what = "the short workbook stream";
        let (mut pieces, mut at, mut held, mut seen) = (Vec::new(), start, 0, vec![false; self.next.len()]);
        while at != END && held < size {
            let begin = u64::from(at) * MINI;
            let sector = usize::try_from(begin.checked_div(self.sector).unwrap_or(u64::MAX)).ok();
            let Some(&(place, count)) = sector.and_then(|sector| self.sectors.get(sector)) else {
                return Err(broken(&format!("{what} leads to mini sector {at}, behind the end of the mini stream"), "one inside"));
            };
            let inside = begin % self.sector;
            let piece = (place + inside, MINI.min(count.saturating_sub(inside)));
            held += MINI;
            pieces.push(piece);
            at = follow(&self.next, &mut seen, what, at)?;
        }
        Ok(pieces)
    }
}

fn endless(what: &str) -> io::Error {
    broken(&format!("the sectors of {what} form a ring"), "a chain that ends")
}

/// The sector after sector `at`, which is marked as seen.
fn follow(next: &[u32], seen: &mut [bool], what: &str, at: u32) -> io::Result<u32> {
    let index = usize::try_from(at).unwrap_or(usize::MAX);
    let (Some(&next), Some(seen)) = (next.get(index), seen.get_mut(index)) else {
        return Err(broken(&format!("{what} leads to sector {at}, which no table lists"), "a sector that is listed"));
    };
    if std::mem::replace(seen, true) { Err(endless(what)) } else { Ok(next) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const FREE: u32 = 0xFFFF_FFFF;

    fn set(bytes: &mut [u8], at: usize, number: u32) {
        bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }

    fn entry(name: &str, start: u32, size: u32) -> Vec<u8> {
        let mut entry = vec![0; ENTRY];
        name.encode_utf16().enumerate().for_each(|(i, unit)| entry[2 * i..2 * i + 2].copy_from_slice(&unit.to_le_bytes()));
        set(&mut entry, 116, start);
        set(&mut entry, 120, size);
        entry
    }

    /// Sectors: 0 table, 1 directory, 2 table of mini sectors, 3 mini stream, 4 to 11 a long stream.
    fn file(long: bool) -> Vec<u8> {
        let mut bytes = vec![0; 13 * 512];
        bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        (bytes[26], bytes[28], bytes[29], bytes[30], bytes[32]) = (3, 0xFE, 0xFF, 9, 6);
        for (at, number) in [(44, 1), (48, 1), (56, 4096), (60, 2), (64, 1), (68, END)] {
            set(&mut bytes, at, number);
        }
        bytes[TABLE..1024].fill(0xFF);
        set(&mut bytes, TABLE, 0);
        let next = [0xFFFF_FFFD, END, END, END, 5, 6, 7, 8, 9, 10, 11, END];
        next.iter().enumerate().for_each(|(i, &next)| set(&mut bytes, 512 + 4 * i, next));
        let workbook = if long { entry("Workbook", 4, 4096) } else { entry("book", 0, 100) };
        bytes[1024..1536].fill(0);
        bytes[1024..1152].copy_from_slice(&entry("Root Entry", 3, 128));
        bytes[1152..1280].copy_from_slice(&workbook);
        bytes[1536..2048].fill(0xFF);
        [1, END].iter().enumerate().for_each(|(i, &next)| set(&mut bytes, 1536 + 4 * i, next));
        bytes[2048..].fill(b'w');
        bytes
    }

    fn said(bytes: Vec<u8>) -> String {
        workbook(&mut Cursor::new(bytes)).map_or_else(|e| e.to_string(), |read| format!("{} bytes", read.map_or(0, |read| read.len())))
    }

    fn changed(long: bool, at: usize, number: u32) -> String {
        let mut bytes = file(long);
        set(&mut bytes, at, number);
        said(bytes)
    }

    #[test]
    fn whole_streams_are_read() {
        assert_eq!(said(file(true)), "4096 bytes");
        assert_eq!(said(file(false)), "100 bytes");
        assert_eq!(changed(true, 1152, 0x0058_0058), "0 bytes", "no workbook: the crate says what it is");
    }

    #[test]
    fn rings_are_refused() {
        for (what, long, changes) in [
            ("the workbook stream", true, &[(512 + 4 * 5, 4)][..]),
            ("the directory", true, &[(512 + 4, 1)]),
            ("the list of tables", true, &[(68, 4), (5 * 512 + 508, 4)]),
            ("the table of mini sectors", false, &[(512 + 4 * 2, 2), (64, 1 << 20)]),
            ("the mini stream", false, &[(512 + 4 * 3, 3), (1024 + 120, 1 << 30)]),
            ("the short workbook stream", false, &[(1536, 0)]),
        ] {
            let mut bytes = file(long);
            changes.iter().for_each(|&(at, number)| set(&mut bytes, at, number));
            let said = said(bytes);
            assert!(said.contains(&format!("the sectors of {what} form a ring")) && said.contains("save it again"), "{what}: {said}");
        }
    }

    #[test]
    fn what_leads_out_of_the_file_is_refused() {
        assert!(changed(true, 512 + 4 * 5, 99).contains("sector 99, behind the end"));
        assert!(changed(false, 1536, 99).contains("mini sector 99, behind the end"));
        assert!(changed(true, 512 + 4 * 6, END).contains("1536 bytes of a workbook stream of 4096"));
        assert!(changed(true, 1152 + 120, 1 << 30).contains("in a file of 6656"));
        assert!(changed(true, TABLE, FREE).contains("which no table lists"));
        assert!(changed(true, 30, 0x0006_000A).contains("2^10"));
        assert!(changed(false, 64, 0).contains("behind the end of the mini stream"));
    }

    #[test]
    fn a_file_cut_anywhere_is_refused() {
        for end in (0..13 * 512 - 1).step_by(7) {
            assert!(said(file(true)[..end].to_vec()).contains("found a damaged xls workbook"), "{end}");
        }
    }
}
