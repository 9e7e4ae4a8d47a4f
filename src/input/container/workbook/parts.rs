//! Whether the parts of a workbook may be opened. In: the archive that it is. Out: an error before a
//! part is read that would not fit into memory. Separate because the crate trusts what a workbook says
//! of itself: sizes are measured here by unpacking, to nowhere.

use super::Kind;
use crate::error::Error;
use crate::input::container::{Halt, Seekable, Unpacker, damaged};
use crate::input::limits::{Meter, PART, size};
use std::io::{self, BufRead, BufReader, Read};

/// Longest stretch of XML without the end of a tag: a cell, or an attack.
const LONGEST: usize = 64 << 20;
/// Shortest shared string, in bytes: `<si/>`.
const SHORTEST_STRING: u64 = 5;
/// Most cells of a workbook that is held in memory: about 2 GiB.
pub const CELLS: u64 = 20_000_000;
/// Most bytes of text that the cells of such a workbook may hold, a text as often as it is repeated.
pub const TEXT: u64 = 512 << 20;
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
        // Sheets of xlsx and xlsb stream; all else is held in memory.
        let streams = matches!(kind, Kind::Xlsx | Kind::Xlsb) && name.contains("/worksheets/");
        let most = if streams { u64::MAX } else { PART };
        let measured = measure(part, xml, most, &mut unpacker.meter).map_err(|e| damaged(&e, &["zip"]))?;
        if measured.strings > measured.bytes / SHORTEST_STRING + 1 {
            let found = format!("found a workbook that announces {} texts in {} bytes", measured.strings, measured.bytes);
            return Err(Error::input(found).advise("open it and save it again").into());
        }
    }
    if kind == Kind::Ods
        && let Ok(content) = archive.by_name("content.xml")
    {
        count_cells(content).map_err(|e| damaged(&e, &["zip"]))?;
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
            let said =
                format!("found a workbook with a part of more than {}, expected at most that, because it is held in memory", size(most));
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
    memchr::memmem::find_iter(xml, b"uniqueCount").map(|at| number(&xml[at + "uniqueCount".len()..])).max().unwrap_or(0)
}

/// The number behind the name of an attribute.
fn number(rest: &[u8]) -> u64 {
    let digits = rest.iter().skip_while(|b| b" \t\r\n=\"'".contains(b)).take_while(|b| b.is_ascii_digit());
    digits.fold(0, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

/// The number of an attribute in a tag; 1 when it has none.
fn repeats(tag: &[u8], name: &[u8], most: u64) -> u64 {
    memchr::memmem::find(tag, name).map_or(1, |at| number(&tag[at + name.len()..]).min(most))
}

/// Counts the cells of an OpenDocument sheet, repeated ones as often as they are repeated: a few bytes
/// may stand for all cells that a sheet can have. Blank cells count when another one follows.
fn count_cells(content: impl Read) -> io::Result<()> {
    /// Columns and rows that a sheet can have.
    const COLUMNS: u64 = 16_384;
    const ROWS: u64 = 1 << 20;
    let mut input = BufReader::new(content);
    let (mut tag, mut cells, mut blank, mut row, mut rows) = (Vec::new(), 0u64, 0, 0, 1);
    let (mut repeated, mut text) = (0u64, 0u64);
    loop {
        tag.clear();
        if input.read_until(b'>', &mut tag)? == 0 {
            return Ok(());
        }
        let (before, tag) = tag.split_at(memchr::memrchr(b'<', &tag).unwrap_or(tag.len()));
        text = text.saturating_add(before.len() as u64 * repeated);
        if tag.starts_with(b"<table:table-row") {
            (blank, row, repeated, rows) = (0, 0, 0, repeats(tag, b"number-rows-repeated", ROWS));
        } else if tag.starts_with(b"<table:table-cell") || tag.starts_with(b"<table:covered-table-cell") {
            let times = repeats(tag, b"number-columns-repeated", COLUMNS);
            if tag.ends_with(b"/>") && memchr::memmem::find(tag, b"value").is_none() && memchr::memmem::find(tag, b"formula").is_none() {
                blank += times;
            } else {
                row = (row + blank + times).min(COLUMNS);
                blank = 0;
                repeated = if tag.ends_with(b"/>") { 0 } else { times * rows };
                if memchr::memmem::find(tag, b"string-value").is_some() {
                    text = text.saturating_add(tag.len() as u64 * times * rows);
                }
            }
        } else if tag.starts_with(b"</table:table-cell") || tag.starts_with(b"</table:covered-table-cell") {
            repeated = 0;
        } else if tag.starts_with(b"</table:table-row") {
            cells += row * rows;
        }
        if text > TEXT {
            let found = format!("found a workbook with more than {} of text in its cells, expected at most that", size(TEXT));
            return Err(io::Error::other(Error::input(found).advise("save it as xlsx or CSV")));
        }
        if cells + row > CELLS {
            let found = format!("found a workbook of more than {CELLS} cells, expected at most that, because it is held in memory");
            return Err(io::Error::other(Error::input(found).advise("save it as xlsx or CSV")));
        }
    }
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
    fn repeated_cells_count_as_often_as_they_are_repeated() {
        let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>").repeat(2000);
        let full =
            "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>";
        let blank = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
        let one = "<table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
        assert!(count_cells(row(full).as_bytes()).is_err());
        assert!(count_cells(row(&format!("{blank}{one}")).as_bytes()).is_err());
        assert!(count_cells(row(&format!("{one}{blank}")).as_bytes()).is_ok(), "what is blank to the end of a row is nothing");
        let many = format!("<table:table-row table:number-rows-repeated=\"1048576\">{}</table:table-row>", one.repeat(20));
        assert!(count_cells(many.as_bytes()).is_err());
    }

    #[test]
    fn repeated_texts_count_as_often_as_they_are_repeated() {
        let cell = |times: u32, attribute: &str, text: &str| {
            let open = format!("<table:table-cell table:number-columns-repeated=\"{times}\"{attribute}>");
            format!("<table:table-row>\n{open}<text:p>{text}</text:p></table:table-cell>\n</table:table-row>")
        };
        let long = "x".repeat(100_000);
        assert!(count_cells(cell(1, "", &long).as_bytes()).is_ok());
        assert!(count_cells(cell(16_384, "", &long).as_bytes()).is_err());
        assert!(count_cells(cell(16_384, &format!(" office:string-value=\"{long}\""), "").as_bytes()).is_err());
    }

    #[test]
    fn announced_counts_are_found() {
        assert_eq!(announced(b"<sst count=\"9\" uniqueCount = '12345'>"), 12_345);
        assert_eq!(announced(b"<sst uniqueCount=\"99999999999999999999999\">"), u64::MAX);
        assert_eq!(announced(b"<sst>"), 0);
    }
}
