//! What kind of CSV a file is. In: its first bytes. Out: delimiter, header row, names of columns.
//! Separate from reading because it is a judgement over many rows, made once.

use super::super::columns::{self, normal};
use super::super::profile::{self, Profile};
use super::super::{Cut, Cutter, Dialect, Sample};
use super::{Csv, Rows, header, split, wrapped};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Rows that are looked at to tell the delimiter.
const ROWS: usize = 200;
/// Least share of rows, in percent, with the usual number of cells.
const REGULAR: usize = 60;
/// Longest cell that may be a header.
const LONGEST_HEADER: usize = 60;

pub fn detect(sample: &Sample) -> Option<Box<dyn Dialect>> {
    let read = |delimiter| Head::of(sample, delimiter);
    let order = |delimiter| std::cmp::Reverse(DELIMITERS.iter().position(|known| *known == delimiter));
    let head = DELIMITERS.into_iter().map(read).max_by_key(|head| (head.regularity(), order(head.delimiter)))?;
    let head = if head.regularity().0 < REGULAR { read(b'\0') } else { head };
    let first = head.rows.get(head.above)?;
    let below = &head.rows[head.above + 1..];
    let header = if head.signed.is_some() || is_header(first, below) {
        1 + head.signed.as_ref().map_or(0, |profile| header::further(profile, first, below))
    } else {
        0
    };
    let columns = if header > 0 {
        let plain = head.signed.as_ref().map_or(&[][..], |profile| &profile.plain_labels);
        let names = header::fold(&head.rows[head.above..head.above + header], plain);
        name_columns(names.iter().map(String::as_str))
    } else {
        name_columns((0..usual_width(&head.rows)).map(|_| ""))
    };
    let data = &head.rows[if header > 0 { head.above + header } else { 0 }..];
    let wrapped = (0..columns.len()).map(|column| is_wrapped(data.iter().filter_map(|row| row.get(column)))).collect();
    let above = if header > 0 { head.rows[..head.above].iter().map(|row| header::line(row)).collect() } else { Vec::new() };
    let last = (head.above + header).checked_sub(1).filter(|_| header > 0);
    let skip = last.and_then(|last| head.numbers.get(last)).map_or(0, |number| number + 1);
    Some(Box::new(Csv { delimiter: head.delimiter, header, above, skip, columns, wrapped }))
}

/// The first rows as a delimiter cuts them.
struct Head {
    delimiter: u8,
    rows: Vec<Vec<String>>,
    /// Numbers of the rows among all, broken ones too.
    numbers: Vec<usize>,
    /// Rows above the header.
    above: usize,
    /// The profile whose signature the header bears.
    signed: Option<Arc<Profile>>,
}

impl Head {
    fn of(sample: &Sample, delimiter: u8) -> Self {
        let (rows, numbers) = rows(sample, delimiter);
        let asked = sample.profiles.as_deref().map(Vec::as_slice);
        let above = header::above(&rows, asked);
        let signed = rows.get(above).filter(|row| row.len() > 1).and_then(|row| profile::signed(row, asked));
        Self { delimiter, rows, numbers, above, signed }
    }

    /// Share of rows, in percent, with the usual number of cells, when that is more than one; and the number.
    fn regularity(&self) -> (usize, usize) {
        let rows = self.rows.get(self.above..).unwrap_or(&[]);
        let width = usual_width(rows);
        if width < 2 {
            return (0, 0);
        }
        (rows.iter().filter(|row| row.len() == width).count() * 100 / rows.len(), width)
    }
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

/// The first rows that are sound, and their numbers.
fn rows(sample: &Sample, delimiter: u8) -> (Vec<Vec<String>>, Vec<usize>) {
    let mut cuts = Vec::new();
    Rows { delimiter }.cut(sample.text.as_bytes(), sample.whole, &mut cuts);
    let cells = |(number, cut): (usize, &Cut)| {
        let line = sample.text.get(cut.start as usize..cut.end as usize)?;
        let mut cells = Vec::new();
        split(line, delimiter, |cell| cells.push(cell.text(line)));
        Some((cells, number))
    };
    cuts.iter().enumerate().filter(|(_, cut)| cut.flaw.is_none()).take(ROWS).filter_map(cells).unzip()
}

pub(super) fn usual_width(rows: &[Vec<String>]) -> usize {
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
