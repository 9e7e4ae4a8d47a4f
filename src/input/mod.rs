//! Files to records. In: paths, directories, globs, standard input. Out: blocks of whole records and,
//! from a block, borrowed [`Record`]s with the fields that were asked for. One file per format, one
//! line in [`FORMATS`]; compression, encoding and the choice of columns are a file each.

pub mod block;
mod captions;
pub mod columns;
pub mod compression;
pub mod container;
mod csv;
pub mod dates;
pub mod encoding;
mod field;
mod json;
mod jsonl;
pub mod label;
pub mod limits;
mod lines;
mod no_review;
mod no_text;
pub mod number;
pub mod open;
mod options;
pub mod profile;
pub mod rating;
pub mod record;
pub mod repairs;
mod sample;
pub mod scan;
pub mod sources;
mod xml;

pub use block::{Block, Blocks, Cut, Flaw};
pub use columns::{Choice, Columns};
pub use field::Field;
pub use label::{Class, Label, Mark, Truth};
pub use open::Opened;
pub use options::Options;
pub use record::{Record, Row};
pub use sample::Sample;
pub use sources::Source;

/// How the records of a file are laid out, as found in its first bytes.
pub trait Dialect: Send + Sync {
    /// The format's name and what was found, for `inspect`: `CSV, delimiter ","`.
    fn describe(&self) -> String;
    /// Names of the columns, or paths of the fields.
    fn columns(&self) -> &[String];
    /// Cuts the stream into whole records.
    fn cutter(&self) -> Box<dyn Cutter>;
    /// Takes the wanted columns, by number, out of a record.
    fn parser(&self, wanted: &[usize]) -> Box<dyn Parser>;
    /// Whether a record is a line of JSON that can be passed on as it stands.
    fn is_json(&self) -> bool {
        false
    }
    /// Whether the lines of its records mean something to who looks into the file.
    fn has_lines(&self) -> bool {
        true
    }
    /// Whether records name something that stands elsewhere in the document, so that [`Dialect::refer`]
    /// wants to see it whole.
    fn refers(&self) -> bool {
        false
    }
    /// Looks up in the whole document what records refer to. There may be further columns then.
    fn refer(&mut self, _document: &str) {}
    /// What stands beside its records that is worth a remark: rows above the header.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
    /// Where in a document the records were found, for formats in which they may be anywhere.
    fn records(&self) -> Option<&str> {
        None
    }
    /// The delimiter of columns, for formats that have one.
    fn delimiter(&self) -> Option<u8> {
        None
    }
}

/// Finds record bounds. The only part of reading that is sequential, so it does nothing else.
pub trait Cutter: Send {
    /// Appends the bounds of all whole records in `data`; the bytes they and what lies between them
    /// take. `end` says that nothing follows, so that what is left is a record too.
    fn cut(&mut self, data: &[u8], end: bool, cuts: &mut Vec<Cut>) -> usize;
    /// Passes over the rest of a record that is too long to hold: the bytes taken, and whether the
    /// record ended with them.
    fn skip(&mut self, data: &[u8]) -> (usize, bool);
    /// What is wrong with a record that is too long to hold.
    fn overlong(&self, _data: &[u8]) -> Flaw {
        Flaw::TooLong
    }
}

/// Takes fields out of one record.
pub trait Parser: Send + Sync {
    /// Finds the wanted fields; `row` is scratch memory and result.
    ///
    /// # Errors
    /// What is wrong with the record.
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw>;
}

/// An input format.
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// Recognises the format from the beginning of a file; a reason against it when it nearly fits.
    pub detect: fn(&Sample) -> Option<Box<dyn Dialect>>,
}

/// All formats, the most telling first; the first that recognises a file reads it.
pub const FORMATS: [Format; 5] = [json::FORMAT, jsonl::FORMAT, xml::FORMAT, captions::FORMAT, csv::FORMAT];
