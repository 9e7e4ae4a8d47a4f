//! Rows that we write ourselves. In: the cells of a workbook or a columnar file. Out: records whose
//! cells are preceded by their length, and how to read them. Separate from CSV because nothing has to
//! be quoted, searched or guessed: a header is a header, and a cell may hold anything.
//!
//! A record is eight hexadecimal digits, the bytes that follow them, and those bytes: cells, each its
//! length in decimal digits, a colon and the text.

use crate::input::record::Span;
use crate::input::{Cut, Cutter, Dialect, Flaw, Parser, Row};

/// Digits before a record.
const DIGITS: usize = 8;

/// How the rows of a workbook or a columnar file are laid out.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it is, for `inspect`.
    pub kind: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, when known.
    pub rows: Option<u64>,
    /// Whether only the columns that are wanted are read.
    pub selects: bool,
}

impl Dialect for Table {
    fn describe(&self) -> String {
        self.kind.clone()
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(Records { left: None })
    }

    fn parser(&self, wanted: &[usize]) -> Box<dyn Parser> {
        let mut places = vec![Vec::new(); self.columns.len()];
        for (place, &column) in wanted.iter().enumerate() {
            if let Some(list) = places.get_mut(column) {
                list.push(place);
            }
        }
        Box::new(Cells { places, wanted: wanted.len() })
    }

    fn has_lines(&self) -> bool {
        false
    }
}

/// Begins a record at the end of `out`: where its length is to be put.
pub fn begin(out: &mut Vec<u8>) -> usize {
    out.extend_from_slice(&[b'0'; DIGITS]);
    out.len()
}

/// Appends a cell.
pub fn cell(out: &mut Vec<u8>, text: &str) {
    digits(out, text.len());
    out.push(b':');
    out.extend_from_slice(text.as_bytes());
}

fn digits(out: &mut Vec<u8>, number: usize) {
    if number >= 10 {
        digits(out, number / 10);
    }
    #[allow(clippy::cast_possible_truncation)] // a digit
    out.push(b'0' + (number % 10) as u8);
}

/// Ends a record that began at `start`.
pub fn end(out: &mut [u8], start: usize) {
    let mut length = out.len() - start;
    for digit in out.iter_mut().take(start).rev().take(DIGITS) {
        *digit = b"0123456789abcdef"[length % 16];
        length /= 16;
    }
}

/// Follows the lengths of records.
struct Records {
    /// Bytes left of a record that is passed over.
    left: Option<usize>,
}

fn length(data: &[u8]) -> Option<usize> {
    usize::from_str_radix(std::str::from_utf8(data.get(..DIGITS)?).ok()?, 16).ok()
}

impl Cutter for Records {
    fn cut(&mut self, data: &[u8], end: bool, cuts: &mut Vec<Cut>) -> usize {
        let mut start = 0;
        while let Some(length) = length(&data[start..]) {
            let next = start + DIGITS + length;
            if next > data.len() {
                break;
            }
            cuts.push(Cut::new(start + DIGITS, next));
            start = next;
        }
        if end && start < data.len() {
            cuts.push(Cut::with(start, data.len(), Some(Flaw::CutOff)));
            start = data.len();
        }
        start
    }

    fn skip(&mut self, data: &[u8]) -> (usize, bool) {
        let left = self.left.or_else(|| Some(DIGITS + length(data)?)).unwrap_or(data.len());
        let taken = left.min(data.len());
        self.left = Some(left - taken).filter(|&left| left > 0);
        (taken, self.left.is_none())
    }
}

/// Takes wanted cells out of a record.
struct Cells {
    /// Per column, the places that want it.
    places: Vec<Vec<usize>>,
    wanted: usize,
}

impl Parser for Cells {
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw> {
        row.reset(self.wanted);
        let bytes = record.as_bytes();
        let mut at = 0;
        for places in &self.places {
            let mut length = 0;
            while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
                length = length * 10 + usize::from(digit - b'0');
                at += 1;
            }
            at += 1;
            let end = at + length;
            if end > bytes.len() {
                break;
            }
            for &place in places {
                row.set(place, if length == 0 { Span::Missing } else { Row::plain(at, end) });
            }
            at = end;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Record;

    #[test]
    fn cells_come_back_whatever_they_hold() {
        let cells = ["", "plain", "1:2", "a,\"b\"\n\r\tc", "Zoë 👍", "0"];
        let mut out = Vec::new();
        for _ in 0..3 {
            let start = begin(&mut out);
            cells.iter().for_each(|text| cell(&mut out, text));
            end(&mut out, start);
        }
        let columns = (0..cells.len()).map(|n| n.to_string()).collect();
        let table = Table { kind: String::new(), columns, rows: None, selects: false };
        let wanted = [5, 4, 3, 2, 1, 0, 9];
        let (parser, mut row) = (table.parser(&wanted), Row::new());
        for size in [out.len(), out.len() / 3 * 2, out.len() - 1] {
            let mut cuts = Vec::new();
            let taken = table.cutter().cut(&out[..size], false, &mut cuts);
            assert_eq!((cuts.len(), taken), (size * 3 / out.len(), out.len() / 3 * cuts.len()));
            for cut in cuts {
                let text = std::str::from_utf8(&out[cut.start as usize..cut.end as usize]).unwrap();
                parser.parse(text, &mut row).unwrap();
                let record = Record::new(1, text, &row);
                let values: Vec<&str> = (0..wanted.len()).map(|place| record.value(place)).collect();
                assert_eq!(values, ["0", "Zoë 👍", "a,\"b\"\n\r\tc", "1:2", "plain", "", ""]);
            }
        }
    }

    #[test]
    fn a_record_is_passed_over_in_any_pieces() {
        let mut out = Vec::new();
        let start = begin(&mut out);
        cell(&mut out, &"long ".repeat(100));
        end(&mut out, start);
        for size in [1, 7, 100] {
            let mut records = Records { left: None };
            // The first piece always holds the length: blocks are larger.
            let (mut at, mut done) = records.skip(&out[..size.max(DIGITS)]);
            while !done {
                let (taken, ended) = records.skip(&out[at..out.len().min(at + size)]);
                (at, done) = (at + taken, ended);
            }
            assert_eq!(at, out.len());
        }
    }
}
