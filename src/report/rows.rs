//! Rows of `earful score`. In: a record and its analysis. Out: one line of JSON or CSV. Separate from
//! the reports because rows are written while the input is read, one at a time, by all workers.
//!
//! Personal data are masked here too: contact data in every value, and the author as a whole. A
//! record of JSON is passed on as it stands, the masked values spliced in.

use crate::analyze::{Analysis, Outcome};
use crate::error::{Error, Result};
use crate::escape::spreadsheet;
use crate::input::columns::{names_authors, names_secrets};
use crate::input::{Field, Opened, Record};
use crate::mention::{Ear, Listener};
use crate::pseudonym::Pseudonyms;
use crate::redact::{may_hold_any, redact};
use crate::score::measure::ONE;
use serde_json::Value;
use std::borrow::Cow;
use std::io::Write;

/// Which of the input's fields a row keeps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keep {
    /// All.
    All,
    /// The id only.
    Id,
    /// None.
    None,
}

/// A format of rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowFormat {
    /// A JSON object a line.
    JsonLines,
    /// CSV with a header.
    Csv,
}

/// The formats of rows by name.
pub const ROW_FORMATS: [(&str, RowFormat); 2] = [("jsonl", RowFormat::JsonLines), ("csv", RowFormat::Csv)];

/// The row format of a name.
///
/// # Errors
/// When there is none; the message lists them.
pub fn by_name(name: &str) -> Result<RowFormat> {
    let known = ROW_FORMATS.map(|(known, _)| known).join(", ");
    ROW_FORMATS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|&(_, format)| format)
        .ok_or_else(|| Error::usage(format!("found the format {name:?}, expected one of: {known}")).at("--format"))
}

mod heard;
mod passed;

use heard::{HEARD, TARGETED, json_heard};
use passed::{Masks, SECRET, json_string, mask, push_line, push_masked, trim_braces};

/// What stands in place of an author.
const AUTHOR: &str = "[author]";
/// Columns that are added to CSV.
const ADDED: [&str; 10] = [
    "earful_score",
    "earful_polarity",
    "earful_praise",
    "earful_complaint",
    "earful_confidence",
    "earful_coverage",
    "earful_lang",
    "earful_reason",
    "earful_irony",
    "earful_copy",
];

/// What a column holds, as far as it matters to privacy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Holds {
    /// Anything; contact data is masked.
    Anything,
    /// Names of authors, which are masked whole.
    Author,
    /// What is never passed on.
    Secret,
}

/// Writes rows of one file.
pub struct Rows<'l> {
    format: RowFormat,
    keep: Keep,
    unredacted: bool,
    /// What stands in place of authors, if not [`AUTHOR`].
    pseudonyms: Option<Pseudonyms>,
    /// Names of the input's columns, and what each holds.
    columns: Vec<(String, Holds)>,
    /// Place of the first of the columns among the wanted values.
    first: usize,
    json: bool,
    id_name: String,
    /// Who was listened for, and whether records name their target.
    listener: Option<&'l Listener>,
    target: bool,
}

impl<'l> Rows<'l> {
    /// Rows of an opened file, whose columns are wanted behind the fields.
    #[must_use]
    pub fn new(opened: &Opened, format: RowFormat, keep: Keep, unredacted: bool) -> Self {
        let author = opened.columns.of(Field::Author).map(|choice| choice.column);
        let read =
            |at: usize| [Field::Text, Field::Title].iter().any(|field| opened.columns.of(*field).is_some_and(|choice| choice.column == at));
        let columns = opened
            .dialect
            .columns()
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let holds = match () {
                    () if author == Some(at) || names_authors(name) => Holds::Author,
                    () if names_secrets(name) && !read(at) => Holds::Secret,
                    () => Holds::Anything,
                };
                (name.clone(), holds)
            })
            .collect();
        let id_name = opened.columns.of(Field::Id).map_or("record", |choice| choice.name.as_str()).to_owned();
        Self {
            format,
            keep,
            unredacted,
            pseudonyms: None,
            columns,
            first: Field::ALL.len(),
            json: opened.dialect.is_json(),
            id_name,
            listener: None,
            target: false,
        }
    }

    /// The same, authors by keyed pseudonyms instead of one mark for all; also where nothing else is masked.
    #[must_use]
    pub fn with_pseudonyms(self, pseudonyms: Option<Pseudonyms>) -> Self {
        Self { pseudonyms, ..self }
    }

    /// The same with what was heard: of these subjects, of the target that a record names.
    #[must_use]
    pub fn hearing(self, listener: Option<&'l Listener>, target: bool) -> Self {
        Self { listener: listener.filter(|listener| !listener.is_empty()), target, ..self }
    }

    /// Whether authors are replaced.
    const fn hides_authors(&self) -> bool {
        !self.unredacted || self.pseudonyms.is_some()
    }

    /// What stands in place of an author.
    fn stand_in(&self, author: &str) -> Cow<'static, str> {
        self.pseudonyms.as_ref().map_or(AUTHOR.into(), |names| names.of(author).into())
    }

    /// The header, for CSV.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        if self.format == RowFormat::JsonLines {
            return Vec::new();
        }
        let kept: Vec<&str> = match self.keep {
            Keep::All => self.columns.iter().map(|(name, _)| name.as_str()).collect(),
            Keep::Id => vec![&self.id_name],
            Keep::None => Vec::new(),
        };
        let heard = HEARD.iter().filter(|_| self.listener.is_some()).chain(TARGETED.iter().filter(|_| self.target));
        csv_line(kept.into_iter().chain(ADDED).chain(heard.copied()).map(|name| spreadsheet(name).into_owned()))
    }

    /// Appends the row of a record, marked when it is a copy of an earlier one.
    pub fn write(&self, record: &Record, analysis: &Analysis, ear: &Ear, copy: bool, out: &mut Vec<u8>) {
        match self.format {
            RowFormat::JsonLines => self.json_row(record, analysis, ear, copy, out),
            RowFormat::Csv => out.extend(self.csv_row(record, analysis, ear, copy)),
        }
    }

    fn json_row(&self, record: &Record, analysis: &Analysis, ear: &Ear, copy: bool, out: &mut Vec<u8>) {
        let begin = out.len();
        out.push(b'{');
        match self.keep {
            Keep::None => {}
            Keep::Id => self.json_id(record, out),
            Keep::All if self.json => self.json_fields(record, out),
            Keep::All => self.cells_as_json(record, out),
        }
        if out.len() > begin + 1 {
            out.push(b',');
        }
        out.extend_from_slice(b"\"earful\":");
        earful_object(analysis, out);
        json_heard(self, record, analysis, ear, out);
        out.extend_from_slice(if copy { b",\"copy\":true}}\n".as_slice() } else { b"}}\n" });
    }

    fn json_id(&self, record: &Record, out: &mut Vec<u8>) {
        json_string(&self.id_name, out);
        out.push(b':');
        match record.get(Field::Id as usize) {
            None => out.extend_from_slice(record.number.to_string().as_bytes()),
            // A number stays a number where the input had one.
            Some(id) if self.json && record.range(Field::Id as usize).is_some_and(|range| !record.raw[..range.start].ends_with('"')) => {
                out.extend_from_slice(id.as_bytes());
            }
            Some(id) => json_string(&self.masked(id, Holds::Anything), out),
        }
    }

    /// The members of a JSON object as they stand, on one line, masked.
    fn json_fields(&self, record: &Record, out: &mut Vec<u8>) {
        let raw = record.raw;
        let name = record.get(Field::Author as usize).filter(|_| self.hides_authors());
        let named = name.is_some();
        let author = record.range(Field::Author as usize).filter(|range| named && raw[..range.start].ends_with('"'));
        let secret = !self.unredacted && self.columns.iter().any(|(_, holds)| *holds == Holds::Secret);
        if secret || (named && author.is_none()) || raw.contains("\"earful\"") {
            return self.rebuilt_fields(raw, out);
        }
        let inside = out.len();
        let author = author.zip(name).map(|(range, name)| (range, self.stand_in(name)));
        match author {
            _ if !self.unredacted && may_hold_any(raw) => push_masked(raw, author.as_ref().map(|(range, name)| (range, &**name)), out),
            None => push_line(raw, out),
            Some((range, name)) => {
                push_line(&raw[..range.start], out);
                out.extend_from_slice(name.as_bytes());
                push_line(&raw[range.end..], out);
            }
        }
        trim_braces(inside, out);
    }

    /// The members of a JSON object, read and written again.
    fn rebuilt_fields(&self, raw: &str, out: &mut Vec<u8>) {
        let Ok(Value::Object(mut members)) = serde_json::from_str::<Value>(raw) else { return };
        members.remove("earful");
        let mut value = Value::Object(members);
        if self.hides_authors() {
            let of = |wanted: Holds| self.columns.iter().filter(|(_, holds)| *holds == wanted).map(|(name, _)| name.as_str()).collect();
            let (authors, secrets): (Vec<&str>, Vec<&str>) = (of(Holds::Author), of(Holds::Secret));
            let secrets = if self.unredacted { &[][..] } else { &secrets };
            let stand_in = |name: &str| self.stand_in(name).into_owned();
            mask(&mut value, "", &Masks { authors: &authors, secrets, stand_in: &stand_in, texts: !self.unredacted });
        }
        let inside = out.len();
        out.extend_from_slice(value.to_string().as_bytes());
        trim_braces(inside, out);
    }

    fn cells_as_json(&self, record: &Record, out: &mut Vec<u8>) {
        for (at, (name, holds)) in self.columns.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            json_string(name, out);
            out.push(b':');
            json_string(&self.masked(record.value(self.first + at), *holds), out);
        }
    }

    fn masked<'v>(&self, value: &'v str, holds: Holds) -> Cow<'v, str> {
        match holds {
            _ if value.is_empty() => value.into(),
            Holds::Author if self.hides_authors() => self.stand_in(value),
            _ if self.unredacted => value.into(),
            Holds::Secret => SECRET.into(),
            Holds::Anything | Holds::Author => redact(value),
        }
    }

    fn csv_row(&self, record: &Record, analysis: &Analysis, ear: &Ear, copy: bool) -> Vec<u8> {
        let mut cells: Vec<String> = match self.keep {
            Keep::All => self
                .columns
                .iter()
                .enumerate()
                .map(|(at, (_, holds))| self.masked(record.value(self.first + at), *holds).into_owned())
                .collect(),
            Keep::Id => {
                vec![
                    record
                        .get(Field::Id as usize)
                        .map_or_else(|| record.number.to_string(), |id| self.masked(id, Holds::Anything).into_owned()),
                ]
            }
            Keep::None => Vec::new(),
        };
        cells.iter_mut().for_each(|cell| *cell = spreadsheet(cell).into_owned());
        let number = |n: i32| decimal(n);
        if let Outcome::Scored(s) = analysis.outcome {
            cells.extend([
                number(s.score),
                s.polarity.name().to_owned(),
                number(s.praise),
                number(s.complaint),
                number(s.confidence),
                number(s.coverage),
                analysis.language.to_owned(),
                String::new(),
                analysis.irony().iter().map(|cue| cue.name).collect::<Vec<_>>().join("; "),
            ]);
        } else {
            let blank = String::new;
            cells.extend([
                blank(),
                "unscored".to_owned(),
                blank(),
                blank(),
                blank(),
                blank(),
                spreadsheet(analysis.language).into_owned(),
                reason(analysis).to_owned(),
                blank(),
            ]);
        }
        cells.push(if copy { "true".to_owned() } else { String::new() });
        cells.extend(self.cells_heard(ear));
        csv_line(cells.into_iter())
    }
}

const fn reason(analysis: &Analysis) -> &'static str {
    match analysis.outcome {
        Outcome::NoText => "no text",
        Outcome::NoLexicon => "no lexicon for its language",
        Outcome::Scored(_) => "",
    }
}

/// The object but for its closing brace.
fn earful_object(analysis: &Analysis, out: &mut Vec<u8>) {
    let member = |name: &str, n: i32, out: &mut Vec<u8>| {
        out.extend_from_slice(name.as_bytes());
        push_decimal(n, out);
    };
    if let Outcome::Scored(s) = analysis.outcome {
        member("{\"score\":", s.score, out);
        out.extend_from_slice(b",\"polarity\":\"");
        out.extend_from_slice(s.polarity.name().as_bytes());
        member("\",\"praise\":", s.praise, out);
        member(",\"complaint\":", s.complaint, out);
        member(",\"confidence\":", s.confidence, out);
        member(",\"coverage\":", s.coverage, out);
    } else {
        out.extend_from_slice(b"{\"score\":null,\"polarity\":\"unscored\",\"reason\":\"");
        out.extend_from_slice(reason(analysis).as_bytes());
        out.push(b'"');
    }
    out.extend_from_slice(b",\"lang\":");
    json_string(analysis.language, out);
    irony(analysis, out);
}

/// The cues of irony, if there are any.
fn irony(analysis: &Analysis, out: &mut Vec<u8>) {
    let cues = analysis.irony();
    for (at, cue) in cues.iter().enumerate() {
        out.extend_from_slice(if at == 0 { b",\"irony\":[".as_slice() } else { b"," });
        json_string(cue.name, out);
    }
    if !cues.is_empty() {
        out.push(b']');
    }
}

/// Ten-thousandths as a decimal without needless zeros: `-0.4312`, `0.5`, `1`.
fn decimal(number: i32) -> String {
    let mut out = Vec::new();
    push_decimal(number, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

fn push_decimal(number: i32, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    let whole = number.unsigned_abs() / ONE.unsigned_abs();
    let mut rest = number.unsigned_abs() % ONE.unsigned_abs();
    // Writing to memory cannot fail.
    let _ = write!(out, "{whole}");
    let mut place = ONE.unsigned_abs() / 10;
    if rest > 0 {
        out.push(b'.');
    }
    while rest > 0 {
        #[allow(clippy::cast_possible_truncation)] // a digit
        out.push(b'0' + (rest / place) as u8);
        rest %= place;
        place /= 10;
    }
}

fn csv_line(cells: impl Iterator<Item = String>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for cell in cells {
        // Writing to memory cannot fail.
        let _ = writer.write_field(cell);
    }
    let _ = writer.write_record(None::<&[u8]>);
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn ten_thousandths_without_needless_zeros() {
        for (number, text) in [(0, "0"), (10_000, "1"), (-10_000, "-1"), (-4312, "-0.4312"), (5000, "0.5"), (1, "0.0001"), (-120, "-0.012")]
        {
            assert_eq!(decimal(number), text);
        }
    }
}
