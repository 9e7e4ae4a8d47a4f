//! CSV with any delimiter. In: bytes of a table. Out: its rows, cells unquoted. Quotes mean what they
//! mean to the `csv` crate, which is the oracle of the tests, with two differences that real exports
//! call for: a stray mark inside a quoted cell is text (`"a "good" one"`), and a mark that is never
//! closed costs its own row and not the rest of the file.

use super::{Cut, Cutter, Dialect, Flaw, Format, Parser, Row, record::Span};

pub(in crate::input) mod detect;
pub mod header;
mod wrapped;

pub const FORMAT: Format = Format { name: "csv", detect: detect::detect };

#[derive(Default)]
struct Csv {
    delimiter: u8,
    /// Rows of the header, and those above it.
    header: usize,
    above: Vec<String>,
    /// Rows that the cutter passes over: all of these, and broken ones among them.
    skip: usize,
    columns: Vec<String>,
    /// Per column, whether its cells are JSON with a `text` in it.
    wrapped: Vec<bool>,
}

impl Dialect for Csv {
    fn describe(&self) -> String {
        let delimiter = match self.delimiter {
            b'\t' => "tab".to_owned(),
            b'\0' => "none (one column)".to_owned(),
            other => format!("{:?}", char::from(other)),
        };
        let header = match self.header {
            0 => "without a header row".to_owned(),
            1 => "with a header row".to_owned(),
            rows => format!("with {rows} header rows"),
        };
        let above = match self.above.len() {
            0 => String::new(),
            1 => " below another row".to_owned(),
            rows => format!(" below {rows} other rows"),
        };
        format!("CSV, delimiter {delimiter}, {header}{above}")
    }

    fn notes(&self) -> Vec<String> {
        header::remark(&self.above).into_iter().collect()
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(HeaderThen { rows: Rows { delimiter: self.delimiter }, skip: self.skip })
    }

    fn parser(&self, wanted: &[usize]) -> Box<dyn Parser> {
        let width = self.columns.len();
        let mut places = vec![Vec::new(); width];
        for (place, &column) in wanted.iter().enumerate() {
            if let Some(list) = places.get_mut(column) {
                list.push(place);
            }
        }
        Box::new(Cells {
            delimiter: self.delimiter,
            places,
            wrapped: self.wrapped.clone(),
            wanted: wanted.len(),
            text: wanted.first().copied().unwrap_or(0),
        })
    }

    fn delimiter(&self) -> Option<u8> {
        Some(self.delimiter)
    }
}

/// Leaves out the header, and what stands above it.
struct HeaderThen {
    rows: Rows,
    /// Rows that are still to be left out.
    skip: usize,
}

impl Cutter for HeaderThen {
    fn cut(&mut self, data: &[u8], end: bool, cuts: &mut Vec<Cut>) -> usize {
        let had = cuts.len();
        let taken = self.rows.cut(data, end, cuts);
        let left = self.skip.min(cuts.len() - had);
        cuts.drain(had..had + left);
        self.skip -= left;
        taken
    }

    fn skip(&mut self, data: &[u8]) -> (usize, bool) {
        self.rows.skip(data)
    }

    fn overlong(&self, data: &[u8]) -> Flaw {
        self.rows.overlong(data)
    }
}

/// Finds the ends of rows.
struct Rows {
    delimiter: u8,
}

/// Where a row ends.
enum End {
    At(usize),
    Unclosed,
    Beyond,
}

impl Cutter for Rows {
    fn cut(&mut self, data: &[u8], end: bool, cuts: &mut Vec<Cut>) -> usize {
        let mut start = 0;
        while start < data.len() {
            if matches!(data[start], b'\n' | b'\r') {
                start += 1;
                continue;
            }
            match self.row_end(data, start, end) {
                End::At(stop) => {
                    cuts.push(Cut::new(start, stop));
                    start = stop + 1;
                }
                End::Unclosed => {
                    let line = line_end(data, start);
                    cuts.push(Cut::with(start, line, Some(Flaw::UnclosedQuote)));
                    start = line + 1;
                }
                End::Beyond => break,
            }
        }
        start.min(data.len())
    }

    fn skip(&mut self, data: &[u8]) -> (usize, bool) {
        let line = line_end(data, 0);
        ((line + 1).min(data.len()), line < data.len())
    }

    fn overlong(&self, data: &[u8]) -> Flaw {
        if line_end(data, 0) < data.len() { Flaw::UnclosedQuote } else { Flaw::TooLong }
    }
}

impl Rows {
    fn row_end(&self, data: &[u8], start: usize, end: bool) -> End {
        let mut at = start;
        loop {
            let Some(found) = memchr::memchr3(b'"', b'\n', b'\r', &data[at..]) else {
                return if end { End::At(data.len()) } else { End::Beyond };
            };
            at += found;
            if data[at] != b'"' {
                return End::At(at);
            }
            if at > start && data[at - 1] != self.delimiter {
                at += 1;
                continue;
            }
            match closing(data, at + 1, self.delimiter, end) {
                Close::At(quote) => at = quote + 1,
                Close::Bare => at += 1,
                Close::Never => return End::Unclosed,
                Close::Beyond => return End::Beyond,
            }
        }
    }
}

fn line_end(data: &[u8], start: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &data[start..]).map_or(data.len(), |found| start + found)
}

/// Where a quoted cell closes.
enum Close {
    At(usize),
    /// The cell is not quoted: its marks are text (`""Great"" bread`).
    Bare,
    Never,
    Beyond,
}

/// A quoted cell with more marks out of place over several lines was never closed; without a bound,
/// a file full of such cells would be read to its end for each of them.
const MOST_ODD: usize = 1000;

/// The closing mark of the cell whose inside begins at `inside`.
fn closing(data: &[u8], inside: usize, delimiter: u8, end: bool) -> Close {
    let ends = |b: u8| b == delimiter || matches!(b, b'\n' | b'\r');
    let doubled = data.get(inside) == Some(&b'"') && data.get(inside + 1).is_some_and(|&b| b != b'"' && !ends(b));
    let mut at = inside;
    let mut lines = false;
    let mut odd = 0;
    while let Some(found) = memchr::memchr(b'"', &data[at..]) {
        let quote = at + found;
        lines = lines || has_line_end(&data[at..quote]);
        if lines && doubled {
            return Close::Bare;
        }
        let opens = lines && ends(data[quote - 1]);
        odd += usize::from(opens);
        match data.get(quote + 1) {
            _ if odd > MOST_ODD => return Close::Never,
            Some(b'"') => at = quote + 2,
            Some(&next) if ends(next) => return Close::At(quote),
            Some(_) if opens => return Close::Never,
            Some(_) => {
                odd += usize::from(lines);
                at = quote + 1;
            }
            None if end => return Close::At(quote),
            None => return Close::Beyond,
        }
    }
    if doubled && (end || has_line_end(data.get(at..).unwrap_or(&[]))) {
        return Close::Bare;
    }
    if end { Close::Never } else { Close::Beyond }
}

fn has_line_end(data: &[u8]) -> bool {
    memchr::memchr2(b'\n', b'\r', data).is_some()
}

/// A cell of a row.
#[derive(Clone, Copy)]
struct Cell {
    start: usize,
    end: usize,
    quoted: bool,
}

impl Cell {
    fn needs_decoding(self, row: &str) -> bool {
        self.quoted && memchr::memchr(b'"', &row.as_bytes()[self.start..self.end]).is_some()
    }

    fn write(self, row: &str, out: &mut String) {
        let mut rest = row.get(self.start..self.end).unwrap_or("");
        while let Some(at) = memchr::memchr(b'"', rest.as_bytes()) {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            rest = rest.strip_prefix('"').unwrap_or(rest);
        }
        out.push_str(rest);
    }

    fn text(self, row: &str) -> String {
        let mut out = String::new();
        if self.quoted {
            self.write(row, &mut out);
        } else {
            out.push_str(row.get(self.start..self.end).unwrap_or(""));
        }
        out
    }
}

#[inline]
fn split(row: &str, delimiter: u8, mut cell: impl FnMut(Cell)) {
    let data = row.as_bytes();
    let mut at = 0;
    loop {
        let close = match data.get(at) {
            Some(b'"') => match closing(data, at + 1, delimiter, true) {
                Close::At(quote) => Some(quote),
                Close::Never | Close::Beyond => Some(data.len()),
                Close::Bare => None,
            },
            _ => None,
        };
        if let Some(close) = close {
            cell(Cell { start: at + 1, end: close, quoted: true });
            at = close + 1;
        } else {
            let end = memchr::memchr(delimiter, &data[at.min(data.len())..]).map_or(data.len(), |found| at + found);
            cell(Cell { start: at, end, quoted: false });
            at = end;
        }
        if at >= data.len() {
            return;
        }
        at += 1;
    }
}

/// Takes wanted cells out of a row.
struct Cells {
    delimiter: u8,
    /// Per column, the places that want it.
    places: Vec<Vec<usize>>,
    wrapped: Vec<bool>,
    wanted: usize,
    text: usize,
}

impl Parser for Cells {
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw> {
        row.reset(self.wanted);
        let mut column = 0;
        let mut last = 0;
        split(record, self.delimiter, |cell| {
            if let Some(places) = self.places.get(column) {
                for &place in places {
                    let span = if self.wrapped.get(column) == Some(&true) {
                        wrapped::unwrap(|out| cell.write(record, out), row)
                    } else if cell.needs_decoding(record) {
                        row.decode(|out| {
                            cell.write(record, out);
                            Ok::<(), Flaw>(())
                        })
                        .unwrap_or(Span::Missing)
                    } else {
                        Row::plain(cell.start, cell.end)
                    };
                    row.set(place, span);
                }
                last = cell.start;
            }
            column += 1;
        });
        if column <= self.text {
            return Err(Flaw::TooFewColumns);
        }
        // More cells than columns, and the text is last: its commas were not quoted.
        let open_end = column > self.places.len()
            && self.text + 1 == self.places.len()
            && !record[last..].starts_with('"')
            && !record[..last].ends_with('"');
        if open_end {
            for &place in &self.places[self.text] {
                row.set(place, Row::plain(last, record.len()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
