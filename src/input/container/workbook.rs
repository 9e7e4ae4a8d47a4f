//! Workbooks: xlsx, xlsb, xls and ods. In: a file. Out: the rows of the sheets that hold records.
//! Separate because choosing a sheet and its header is a judgement. Of xlsx and xlsb the shared strings are
//! held in memory and the sheets stream; the other kinds are held in memory whole.

use super::stored::{Spoiled, length};
use super::table::{self, Table};
use super::{Container, Halt, Heading, Seekable, Stop, Stored, Unpacker, damaged};
use crate::error::Error;
use crate::input::columns::{is_known_name, normal};
use crate::input::csv::detect::{is_header, name_columns};
use crate::input::csv::header::{fold, further};
use crate::input::limits::{PART, size};
use crate::input::profile;
use calamine::{Reader, SheetType, SheetVisible};
use std::io;

mod cells;
mod compound;
mod parts;
mod records;

#[cfg(feature = "columnar")]
pub use cells::float;

/// Workbooks that are no zip archives: Excel 97 to 2003, and encrypted ones of any kind.
pub const CONTAINER: Container =
    Container { name: "xls", fits: |head| head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), seeks: true, unpack: old };

/// Rows of a sheet that are looked at for a header.
const TOP: usize = 20;

/// Kinds of workbooks in zip archives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Excel 2007 and later.
    Xlsx,
    /// The same in binary.
    Xlsb,
    /// OpenDocument.
    Ods,
    /// No workbook but a document of the same family.
    Document,
}

/// What kind of workbook an archive is, by the names of its members.
pub fn kind(names: impl Iterator<Item = String>) -> Option<Kind> {
    let (mut types, mut content, mut mime) = (false, false, false);
    let mut found = None;
    for name in names {
        match name.to_ascii_lowercase().as_str() {
            "[content_types].xml" => types = true,
            "content.xml" => content = true,
            "mimetype" => mime = true,
            "xl/workbook.xml" => found = Some(Kind::Xlsx),
            "xl/workbook.bin" => found = Some(Kind::Xlsb),
            "word/document.xml" | "ppt/presentation.xml" => found = Some(Kind::Document),
            _ => {}
        }
    }
    if content && mime { Some(Kind::Ods) } else { found.filter(|_| types) }
}

/// Hands on the sheets of a workbook in a zip archive.
pub fn unpack(mut file: Box<dyn Seekable>, kind: Kind, unpacker: &mut Unpacker) -> Result<(), Halt> {
    unpacker.layers.pop();
    unpacker.layers.push(match kind {
        Kind::Xlsx => "xlsx",
        Kind::Xlsb => "xlsb",
        Kind::Ods => "ods",
        Kind::Document => {
            return Err(Error::input("found a text document or presentation, expected a table")
                .advise("export the data as CSV or as a workbook")
                .into());
        }
    });
    parts::check(file.as_mut(), kind, unpacker)?;
    match kind {
        Kind::Xlsx => {
            let mut book = calamine::Xlsx::new(file).map_err(|e| refused(&e, "xlsx"))?;
            let sheets = visible(book.sheets_metadata());
            walk(&mut book, "xlsx", &sheets, unpacker)
        }
        Kind::Xlsb => {
            let mut book = calamine::Xlsb::new(file).map_err(|e| refused(&e, "xlsb"))?;
            let sheets = visible(book.sheets_metadata());
            walk(&mut book, "xlsb", &sheets, unpacker)
        }
        Kind::Ods | Kind::Document => whole(&mut calamine::Ods::new(file).map_err(|e| refused(&e, "ods"))?, "ods", unpacker),
    }
}

fn old(stored: Stored, unpacker: &mut Unpacker) -> Result<(), Halt> {
    let laid = stored.seekable(&mut unpacker.meter);
    let mut file = laid.map_err(|Spoiled { error, .. }| damaged(&error, &unpacker.layers))?;
    let length = length(file.as_mut()).map_err(|e| damaged(&e, &["xls"]))?;
    if length > PART {
        let found = format!("found a workbook of {length} bytes, expected at most {}, because it is held in memory", size(PART));
        return Err(Error::input(found).advise("save it as xlsx or CSV").into());
    }
    if parts::is_encrypted(file.as_mut()).map_err(|e| damaged(&e, &["xls"]))? {
        return Err(encrypted().into());
    }
    check(file.as_mut()).map_err(|e| damaged(&e, &["xls"]))?;
    whole(&mut calamine::Xls::new(file).map_err(|e| refused(&e, "xls"))?, "xls", unpacker)
}

/// Whether the crate may open an xls workbook: it trusts chains, counts and places of cells.
fn check(file: &mut dyn Seekable) -> io::Result<()> {
    if let Some(stream) = compound::workbook(file)? {
        records::check(&stream).map_err(io::Error::other)?;
    }
    file.rewind()
}

fn encrypted() -> Error {
    Error::input("found an encrypted workbook, expected one without a password").advise("open it and save it without a password")
}

/// What is wrong with a workbook that cannot be opened.
fn refused(error: &dyn std::error::Error, kind: &'static str) -> Error {
    let said = error.to_string();
    if said.to_lowercase().contains("password") {
        return encrypted();
    }
    Error::input(format!("found a damaged {kind} workbook, or another document like one: {said}"))
        .advise("open it and save it again, as xlsx or as CSV")
}

/// Names of the sheets that can be seen and hold cells.
fn visible(sheets: &[calamine::Sheet]) -> Vec<String> {
    let shown = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    sheets.iter().filter(shown).map(|sheet| sheet.name.clone()).collect()
}

fn whole<B: Reader<Box<dyn Seekable>>>(book: &mut B, kind: &'static str, unpacker: &mut Unpacker) -> Result<(), Halt>
where
    B::Error: std::fmt::Display,
{
    let sheets = visible(book.sheets_metadata());
    walk(&mut cells::InMemory(book), kind, &sheets, unpacker)
}

/// Why a sheet is read no further.
pub enum Break {
    /// That is enough, or nobody reads on.
    Stop(Stop),
    /// It is damaged.
    Damaged(String),
}

/// A row, blank cells included; borrowed, so that its memory is reused.
type OnRow<'f> = &'f mut dyn FnMut(&[String]) -> Result<(), Break>;

/// Sheets whose rows can be walked.
pub trait Sheets {
    /// Shows every row that is not blank to `on_row`.
    fn rows(&mut self, sheet: &str, on_row: OnRow) -> Result<(), Break>;
}

/// What was found at the top of a sheet.
struct Top {
    sheet: String,
    /// Names of the columns.
    columns: Vec<String>,
    /// Rows before the first record.
    skip: usize,
    header: bool,
    /// Column names that are known.
    known: usize,
}

impl Top {
    fn shape(&self) -> Vec<String> {
        self.columns.iter().map(|name| normal(name)).collect()
    }
}

fn walk(book: &mut dyn Sheets, kind: &'static str, sheets: &[String], unpacker: &mut Unpacker) -> Result<(), Halt> {
    let mut tops = Vec::new();
    for sheet in sheets {
        match top(book, sheet) {
            Ok(Some(top)) => tops.push(top),
            Ok(None) => {}
            Err(said) => unpacker.fault(sheet, damaged(&io::Error::other(said), &[kind]))?,
        }
    }
    let Some(best) = tops.iter().rev().max_by_key(|top| top.known) else {
        return Err(Error::input("found a workbook without cells, expected a sheet with a row for each record").into());
    };
    let shape = best.shape();
    let (taken, others): (Vec<Top>, Vec<Top>) = tops.into_iter().partition(|top| top.shape() == shape);
    others.iter().try_for_each(|top| unpacker.inlet.pass(&super::label(&top.sheet)))?;
    let single = taken.len() == 1;
    for top in taken {
        let name = if single { unpacker.name.clone() } else { unpacker.named(&top.sheet) };
        sheet(book, kind, name, &top, unpacker)?;
    }
    Ok(())
}

/// Hands on the rows of a sheet.
fn sheet(book: &mut dyn Sheets, kind: &'static str, name: String, top: &Top, unpacker: &mut Unpacker) -> Result<(), Stop> {
    let header = if top.header { "with a header row" } else { "without a header row" };
    let kind_of = format!("{kind} workbook, sheet {:?}, {header}", super::label(&top.sheet));
    let table = Table { kind: kind_of, columns: top.columns.clone(), rows: None, selects: false };
    unpacker.inlet.begin(Heading { name, size: None, layers: unpacker.layers.clone(), table: Some(table) })?;
    let (inlet, meter) = (&mut unpacker.inlet, &mut unpacker.meter);
    let mut number = 0;
    let read = book.rows(&top.sheet, &mut |row| {
        number += 1;
        if number <= top.skip {
            return Ok(());
        }
        let out = inlet.buffer();
        let start = table::begin(out);
        row.iter().take(top.columns.len()).for_each(|cell| table::cell(out, cell));
        table::end(out, start);
        meter.table(out.len() - start).map_err(|e| Break::Damaged(damaged(&e, &[]).message()))?;
        inlet.written().map_err(Break::Stop)
    });
    match read {
        Err(Break::Stop(Stop::All)) => Err(Stop::All),
        Err(Break::Damaged(said)) => unpacker.inlet.end(Some(io::Error::other(said))),
        Ok(()) | Err(Break::Stop(Stop::Member)) => unpacker.inlet.end(None),
    }
}

/// Looks at the first rows of a sheet; none when it is blank.
fn top(book: &mut dyn Sheets, sheet: &str) -> Result<Option<Top>, String> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let read = book.rows(sheet, &mut |row| {
        rows.push(row.to_vec());
        if rows.len() < TOP { Ok(()) } else { Err(Break::Stop(Stop::Member)) }
    });
    if let Err(Break::Damaged(said)) = read
        && rows.is_empty()
    {
        return Err(said);
    }
    if rows.is_empty() {
        return Ok(None);
    }
    // What stands above the header - a title, a date - has fewer cells that are names of columns.
    let known = |row: &Vec<String>| row.iter().filter(|cell| is_known_name(cell.trim())).count();
    let at = (0..rows.len()).rev().max_by_key(|&at| known(&rows[at])).unwrap_or(0);
    let names = known(&rows[at]);
    let (at, header) = if names >= 2 { (at, true) } else { (0, is_header(&rows[0], &rows[1..])) };
    let profile = profile::signed(&rows[at], None).filter(|_| header);
    let further = profile.as_ref().map_or(0, |profile| further(profile, &rows[at], &rows[at + 1..]));
    let below = at + usize::from(header) + further;
    let width = rows[at..].iter().map(Vec::len).max().unwrap_or(0);
    let plain = profile.as_ref().map_or(&[][..], |profile| &profile.plain_labels);
    let folded = fold(&rows[at..below], plain);
    let columns = name_columns((0..width).map(|column| folded.get(column).map_or("", String::as_str)));
    Ok(Some(Top { sheet: sheet.to_owned(), columns, skip: below, header, known: names }))
}
