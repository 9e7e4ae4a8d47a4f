//! What kind of CSV a file is. In: its first bytes. Out: delimiter, header row, names of columns.
//! Separate from reading because it is a judgement over many rows, made once.

use super::super::columns::{self, normal};
use super::super::{Cut, Cutter, Dialect, Sample};
use super::{Csv, Rows, split, wrapped};
use std::collections::{HashMap, HashSet};

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Rows that are looked at to tell the delimiter.
const ROWS: usize = 200;
/// Least share of rows, in percent, with the usual number of cells.
const REGULAR: usize = 60;
/// Longest cell that may be a header.
const LONGEST_HEADER: usize = 60;

pub fn detect(sample: &Sample) -> Option<Box<dyn Dialect>> {
    let (delimiter, rows) = DELIMITERS
        .into_iter()
        .map(|delimiter| (delimiter, rows(sample, delimiter)))
        .max_by_key(|(delimiter, rows)| (regularity(rows), std::cmp::Reverse(DELIMITERS.iter().position(|d| d == delimiter))))?;
    let (delimiter, rows) = if regularity(&rows).0 < REGULAR { (b'\0', self::rows(sample, b'\0')) } else { (delimiter, rows) };
    let first = rows.first()?;
    let header = is_header(first, &rows[1..]);
    let width = if header { first.len() } else { usual_width(&rows) };
    let columns = (0..width).map(|i| first.get(i).filter(|_| header).map_or("", |cell| cell.trim()));
    let below = || rows.iter().skip(usize::from(header));
    let wrapped = (0..width).map(|column| is_wrapped(below().filter_map(|row| row.get(column)))).collect();
    Some(Box::new(Csv { delimiter, header, columns: name_columns(columns), wrapped }))
}

/// Whether all cells of a column that are not blank are JSON with a `text`.
fn is_wrapped<'c>(cells: impl Iterator<Item = &'c String>) -> bool {
    let mut cells = cells.filter(|cell| !cell.trim().is_empty()).peekable();
    cells.peek().is_some() && cells.all(|cell| wrapped::is_text(cell))
}

/// Names as in the header; a blank one is `#n`, a second one of the same name gets a number.
pub(in crate::input) fn name_columns<'c>(cells: impl Iterator<Item = &'c str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut copies: HashMap<String, usize> = HashMap::new();
    for (at, cell) in cells.enumerate() {
        let base = if cell.is_empty() { format!("#{at}") } else { cell.to_owned() };
        let copy = copies.entry(base.clone()).or_insert(1);
        let mut name = base.clone();
        while !taken.insert(name.clone()) {
            *copy += 1;
            name = format!("{base}_{copy}");
        }
        names.push(name);
    }
    names
}

fn rows(sample: &Sample, delimiter: u8) -> Vec<Vec<String>> {
    let mut cuts = Vec::new();
    Rows { delimiter }.cut(sample.text.as_bytes(), sample.whole, &mut cuts);
    let cells = |cut: &Cut| {
        let line = sample.text.get(cut.start as usize..cut.end as usize)?;
        let mut cells = Vec::new();
        split(line, delimiter, |cell| cells.push(cell.text(line)));
        Some(cells)
    };
    cuts.iter().filter(|cut| cut.flaw.is_none()).take(ROWS).filter_map(cells).collect()
}

/// Share of rows, in percent, with the usual number of cells, when that is more than one; and the number.
fn regularity(rows: &[Vec<String>]) -> (usize, usize) {
    let width = usual_width(rows);
    if width < 2 {
        return (0, 0);
    }
    (rows.iter().filter(|row| row.len() == width).count() * 100 / rows.len(), width)
}

fn usual_width(rows: &[Vec<String>]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(Vec::len).collect();
    widths.sort_unstable();
    let runs = widths.chunk_by(|a, b| a == b);
    runs.max_by_key(|run| run.len()).map_or(0, |run| run[0])
}

/// Whether the first row names columns: some cell is a known name (two, where others are long, as the
/// questions of a survey are); or all are short, different, not blank, no numbers or dates, and the
/// rows below do not repeat them.
pub(in crate::input) fn is_header(first: &[String], below: &[Vec<String>]) -> bool {
    let long = first.iter().any(|cell| cell.len() > LONGEST_HEADER);
    let known = first.iter().filter(|cell| columns::is_known_name(cell)).count();
    if long || known > 0 {
        return known > usize::from(long);
    }
    if let [only] = first
        && only.contains(", ")
    {
        return false;
    }
    let plain = |cell: &String| {
        !cell.trim().is_empty()
            && cell.split_whitespace().count() <= 4
            && !cell.starts_with(|c: char| c.is_ascii_digit())
            && !cell.ends_with(['.', '!', '?'])
    };
    let names: Vec<String> = first.iter().map(|cell| normal(cell)).collect();
    let distinct = names.iter().collect::<HashSet<_>>().len() == names.len();
    let repeated = below.iter().any(|row| row.iter().zip(first).any(|(cell, name)| cell == name));
    first.iter().all(plain) && distinct && !repeated && !below.is_empty()
}
