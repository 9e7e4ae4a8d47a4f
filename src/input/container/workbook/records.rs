//! Records of an xls workbook (BIFF). In: its stream. Out: an error before the crate would lay out more
//! cells or texts than fit into memory. Separate because the crate holds a sheet as a full rectangle, so
//! that two cells in opposite corners are four thousand million, and trusts the size a sheet announces.
//! Source of the layout: MS-XLS.

use super::parts::{CELLS, TEXT};
use crate::error::Error;
use crate::input::limits::size;

/// How often the stream may be walked: sheets lie one behind the other, but some writers let those that
/// hold no cells begin at the same place.
const WALKS: u64 = 4;

/// Checks all sheets of a workbook. What is damaged in another way is left to the crate.
///
/// # Errors
/// When a sheet is too large, and when sheets lie within one another.
pub fn check(stream: &[u8]) -> Result<(), Error> {
    let places: Vec<u32> = records(stream)
        .take_while(|(kind, _)| *kind != 0x000A)
        .filter(|(kind, _)| *kind == 0x0085)
        .map(|(_, data)| long(data, 0))
        .collect();
    let shared = shared(stream);
    let (mut walked, mut cells, mut text) = (0, 0u64, 0u64);
    for place in places {
        let sheet = usize::try_from(place).ok().and_then(|place| stream.get(place..));
        let sheet = sheet.ok_or_else(|| refused("a sheet behind the end of the workbook", "one inside"))?;
        let found = Sheet::measure(sheet, &shared);
        walked += found.bytes;
        if walked > WALKS * stream.len() as u64 {
            return Err(refused("sheets that lie within one another", "one behind the other"));
        }
        cells = cells.saturating_add(found.cells.area().max(found.formulas.area()));
        if cells.max(found.announced) > CELLS {
            let most = format!("at most {CELLS}, because it is held in memory");
            return Err(refused(&format!("a workbook of {} cells, blank ones included", cells.max(found.announced)), &most));
        }
        text = text.saturating_add(found.text);
        if text > TEXT {
            let found = format!("cells with more than {} of text", size(TEXT));
            return Err(refused(&found, "at most that, because it is held in memory"));
        }
    }
    Ok(())
}

fn refused(found: &str, expected: &str) -> Error {
    Error::input(format!("found {found}, expected {expected}")).advise("open it and save it again as .xlsx or CSV")
}

/// A number of two bytes; 0 beyond the end.
fn short(data: &[u8], at: usize) -> u16 {
    data.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

/// A number of four bytes; 0 beyond the end.
fn long(data: &[u8], at: usize) -> u32 {
    u32::from(short(data, at)) | u32::from(short(data, at + 2)) << 16
}

/// Kinds of records and what is in them, up to where the stream is cut.
fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let kind = stream.get(..4).map(|head| short(head, 0))?;
        let end = 4 + usize::from(short(stream, 2));
        let data = stream.get(4..end)?;
        stream = stream.get(end..)?;
        Some((kind, data))
    })
}

/// A rectangle that grows.
#[derive(Clone, Copy, Default)]
struct Span(Option<[u64; 4]>);

impl Span {
    fn add(&mut self, row: u16, columns: (u16, u16)) {
        let (row, first, last) = (u64::from(row), u64::from(columns.0), u64::from(columns.1));
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, first, last]);
        self.0 = Some([top.min(row), bottom.max(row), left.min(first), right.max(last)]);
    }

    fn area(self) -> u64 {
        self.0.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right.saturating_sub(left) + 1))
    }
}

/// What a sheet holds.
#[derive(Default)]
struct Sheet {
    /// Length of its records.
    bytes: u64,
    /// Cells it says it has.
    announced: u64,
    cells: Span,
    formulas: Span,
    /// Bytes of its cells that are shared texts.
    text: u64,
}

impl Sheet {
    /// Reads a sheet as the crate does: up to its end, but for charts inside.
    fn measure(stream: &[u8], shared: &[u16]) -> Self {
        let (mut sheet, mut depth) = (Self::default(), 0u64);
        for (kind, data) in records(stream) {
            sheet.bytes += 4 + data.len() as u64;
            match kind {
                0x0809 => depth += 1,
                0x000A if depth <= 1 => break,
                0x000A => depth -= 1,
                _ if depth <= 1 => sheet.record(kind, data, shared),
                _ => {}
            }
        }
        sheet
    }

    fn record(&mut self, kind: u16, data: &[u8], shared: &[u16]) {
        let (row, column) = (short(data, 0), short(data, 2));
        match kind {
            0x0200 => self.announced = self.announced.max(announced(data)),
            // Numbers, texts, truths, packed numbers; several packed numbers.
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E => self.cells.add(row, (column, column)),
            0x00BD => self.cells.add(row, (column, short(data, data.len().saturating_sub(2)))),
            0x00FD => {
                self.cells.add(row, (column, column));
                let index = usize::try_from(long(data, 6)).unwrap_or(usize::MAX);
                self.text += shared.get(index).map_or(0, |&length| u64::from(length));
            }
            // Formulas; their texts follow them.
            0x0006 => {
                self.cells.add(row, (column, column));
                self.formulas.add(row, (column, column));
            }
            _ => {}
        }
    }
}

/// Cells that a record of the size of a sheet asks room for. Its ends are exclusive; it may be wrong.
fn announced(data: &[u8]) -> u64 {
    let (top, bottom, left, right) = match data.len() {
        10 => (u32::from(short(data, 0)), u32::from(short(data, 2)), short(data, 4), short(data, 6)),
        14 | 16 => (long(data, 0), long(data, 4), short(data, 8), short(data, 10)),
        _ => return 0,
    };
    let left = if left > 0xFF || right < left { 0 } else { left };
    if bottom == 0 || right == 0 {
        return 1;
    }
    // The crate's own arithmetic wraps where the end is above the begin.
    u64::from((bottom - 1).wrapping_sub(top).wrapping_add(1))
        * u64::from(u32::from(right - 1).wrapping_sub(u32::from(left)).wrapping_add(1))
}

/// How many characters each shared text has, up to where they are damaged.
fn shared(stream: &[u8]) -> Vec<u16> {
    let mut parts = records(stream).skip_while(|(kind, _)| *kind != 0x00FC);
    let first = parts.next().map_or(&[][..], |(_, data)| data.get(8..).unwrap_or(&[]));
    let mut rest = Parts { now: first, next: parts.map_while(|(kind, data)| (kind == 0x003C).then_some(data)) };
    let mut lengths = Vec::new();
    while let Some(length) = rest.text() {
        lengths.push(length);
    }
    lengths
}

/// A record and those that continue it.
struct Parts<'s, I> {
    now: &'s [u8],
    next: I,
}

impl<'s, I: Iterator<Item = &'s [u8]>> Parts<'s, I> {
    /// Goes on to the next part where this one is at its end.
    fn turn(&mut self) -> Option<()> {
        while self.now.is_empty() {
            self.now = self.next.next()?;
        }
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<&'s [u8]> {
        let (taken, rest) = self.now.split_at_checked(count)?;
        self.now = rest;
        Some(taken)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.turn()?;
            count -= self.take(count.min(self.now.len()))?.len();
        }
        Some(())
    }

    /// Passes a text and says how many characters it has.
    fn text(&mut self) -> Option<u16> {
        self.turn()?;
        let head = self.take(3)?;
        let (length, flags) = (short(head, 0), head.get(2).copied()?);
        let runs = if flags & 8 > 0 { usize::from(short(self.take(2)?, 0)) } else { 0 };
        let more = if flags & 4 > 0 { usize::try_from(long(self.take(4)?, 0)).ok()? } else { 0 };
        let (mut left, mut width) = (usize::from(length), 1 + usize::from(flags & 1));
        loop {
            let here = left.min(self.now.len() / width);
            self.take(here * width)?;
            left -= here;
            if left == 0 {
                break;
            }
            // The rest is in the next part, which says anew how wide its characters are.
            self.now = &[];
            self.turn()?;
            width = 1 + usize::from(self.take(1)?.first()? & 1);
        }
        self.skip(runs * 4 + more)?;
        Some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat())
    }

    /// A workbook of sheets that begin `at` bytes behind the globals.
    fn book(at: &[u32], shared: &[u8], sheet: &[Vec<u8>]) -> Vec<u8> {
        let globals = |place: u32| {
            let sheets = at.iter().flat_map(|at| record(0x0085, &[&(place + at).to_le_bytes()[..], &[0, 0, 1, 0, b's']].concat()));
            [record(0x0809, &[0, 6, 5, 0]), sheets.collect(), shared.to_vec(), record(0x000A, &[])].concat()
        };
        let place = u32::try_from(globals(0).len()).unwrap();
        [globals(place), record(0x0809, &[0, 6, 16, 0]), sheet.concat(), record(0x000A, &[])].concat()
    }

    fn said(at: &[u32], shared: &[u8], sheet: &[Vec<u8>]) -> String {
        check(&book(at, shared, sheet)).map_or_else(|e| e.message(), |()| "good".to_owned())
    }

    #[test]
    fn rectangles_are_bounded() {
        assert_eq!(said(&[0], &[], &[number(0, 0), number(65_535, 255)]), "good", "a full sheet of Excel 97");
        assert!(said(&[0], &[], &[number(0, 0), number(65_535, 65_535)]).contains("4294967296 cells, blank ones included"));
        let several = record(0x00BD, &[0, 0, 0, 0, 0xFF, 0xFF]);
        assert!(said(&[0], &[], &[several, number(65_535, 0)]).contains("at most 20000000"));
        let chart = [record(0x0809, &[0, 6, 32, 0]), number(65_535, 65_535), record(0x000A, &[]), number(0, 0)];
        assert_eq!(said(&[0], &[], &chart), "good", "cells of a chart are none");
    }

    #[test]
    fn announced_sizes_are_bounded() {
        let size = |bottom: u32| record(0x0200, &[&[0; 4], &bottom.to_le_bytes()[..], &[0, 0, 0, 1, 0, 0]].concat());
        assert_eq!(said(&[0], &[], &[size(65_536)]), "good");
        assert!(said(&[0], &[], &[size(u32::MAX)]).contains("a workbook of 1099511627520 cells"));
    }

    #[test]
    fn sheets_within_one_another_are_refused() {
        let cells: Vec<Vec<u8>> = (0..500).map(|row| number(row, 0)).collect();
        assert_eq!(said(&[0, 0], &[], &cells), "good");
        assert!(said(&[0; 50], &[], &cells).contains("one behind the other"));
        assert!(said(&[1 << 30], &[], &cells).contains("behind the end"));
    }

    #[test]
    fn a_long_text_that_many_cells_share_is_refused() {
        // 8000 characters in the record itself, the others in records that continue it.
        let mut continued = record(0x00FC, &[&[0; 8][..], &[0xFF, 0xFF, 0], &[b'x'; 8000]].concat());
        for part in vec![b'x'; 65_535 - 8000].chunks(8000) {
            continued.extend(record(0x003C, &[&[0], part].concat()));
        }
        assert_eq!(shared(&continued), [65_535]);
        let cell = record(0x00FD, &[0; 10]);
        assert_eq!(said(&[0], &continued, &vec![cell.clone(); 1000]), "good");
        assert!(said(&[0], &continued, &vec![cell; 10_000]).contains("more than 512M of text"));
    }
}
