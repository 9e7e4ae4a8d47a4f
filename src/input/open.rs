//! Opening a file: all that is told from its first bytes. In: a source and what the user said. Out: an
//! [`Opened`] for the file, or for each member of an archive: packing, encoding, format, columns, and
//! its blocks. Separate because `report`, `score` and `inspect` all begin here.

use super::columns::{self, ColumnSample, Columns};
use super::container::{self, Demand, Heading};
use super::encoding::mojibake;
use super::no_text::Present;
use super::profile::{self, Match, Voice};
use super::repairs::{Repair, Repairs};
use super::sample::SAMPLE;
use super::{Blocks, Dialect, FORMATS, Field, Options, Parser, Sample, Source, encoding};
use crate::error::{Error, Result};
use ahead::{Failed, Stream, decoded, first_line, look_ahead, sampled};
use std::io::{self, Read};
use std::sync::Arc;

mod ahead;
mod course;
mod members;

pub use course::Course;
pub use members::{Member, Members, open};

/// A file, or a member of an archive, opened and understood.
pub struct Opened {
    /// The file; a member goes by the names of its archives and its own.
    pub source: Source,
    /// What is packed around its records, from the outside in: `zip`, `gzip`.
    pub layers: Vec<&'static str>,
    /// Its encoding and what tells it.
    pub encoding: encoding::Found,
    /// How its records are laid out.
    pub dialect: Box<dyn Dialect>,
    /// Its columns with their first values.
    pub samples: Vec<ColumnSample>,
    /// What they are.
    pub columns: Columns,
    /// The profile it is read by.
    pub profile: Option<Match>,
    /// Numbers of the columns for [`Options::extra`], where the file has them.
    pub extra: Vec<Option<usize>>,
    /// Whether the sample is the whole file, and its bytes after decoding.
    pub sample: Sample,
    /// What is mended while the file is read.
    pub repairs: Arc<Repairs>,
    /// Whether it holds text as it stands, not values of a table.
    plain: bool,
    /// Whether its texts were decoded twice.
    twice: bool,
    /// Records, when the file says so.
    records: Option<u64>,
    /// Told which columns are wanted, if only those are read.
    demand: Option<Demand>,
    stream: Stream,
    head: Vec<u8>,
}

/// Tells from the first bytes of a stream what it holds.
fn understand(heading: Heading, stream: Stream, demand: Option<Demand>, options: &Options) -> Result<Opened> {
    let Heading { name, size, layers, table } = heading;
    let fault = |error: Error| error.at(&name);
    let repairs = Arc::new(Repairs::default());
    let (encoding, mut stream) = match table {
        Some(_) => (encoding::Found::new(encoding_rs::UTF_8, "as the format has it"), stream),
        None => decoded(stream, options, &repairs).map_err(fault)?,
    };
    let plain = table.is_none();
    let mut head = Vec::new();
    let read = stream.by_ref().take(SAMPLE as u64).read_to_end(&mut head).and_then(|_| first_line(&mut stream, &mut head));
    if let Err(error) = &read
        && head.is_empty()
    {
        return Err(fault(container::damaged(error, &layers)));
    }
    let asked = options.named.iter().map(|(_, name)| name).chain(&options.extra).cloned().collect();
    let whole = read.is_ok() && (head.len() < SAMPLE || !head.len().is_multiple_of(SAMPLE));
    let first = sampled(&head);
    let asking = |text, whole| Sample::of(text, whole, encoding.by_record).asked(options.place(), asked).profiled(options.profiles.clone());
    // A file that is one long line of JSON is looked at as a whole when its beginning tells nothing.
    let long = whole && first.len() < head.len() && recognise(&Sample::of(first, false, encoding.by_record)).is_err();
    let sample = if long { asking(&head, true) } else { asking(first, whole && first.len() == head.len()) };
    if let Err(error) = read {
        // What came before the damage still counts; who reads on will meet it.
        stream = Box::new(Failed(Some(error)));
    }
    let records = table.as_ref().and_then(|table| table.rows);
    let (mut dialect, note) = if let Some(table) = table {
        (Box::new(table) as Box<dyn Dialect>, None)
    } else {
        let mut dialect = recognise(&sample).map_err(fault)?;
        let note = look_ahead(dialect.as_mut(), &mut head, &mut stream, whole);
        (dialect, note)
    };
    let mut samples = columns::sample_columns(dialect.as_ref(), &sample);
    let profile = profile::choose(&samples, dialect.records(), options.asked());
    if let Some(place) = profile.as_ref().and_then(|found| found.profile.records.as_deref()).filter(|_| options.place().is_none())
        && let Some((there, fields)) = at_place(dialect.as_ref(), &sample, place)
    {
        (dialect, samples) = (there, fields);
    }
    let twice = mojibake::tell(samples.iter().flat_map(|column| &column.values).map(String::as_str));
    if twice {
        repair(&mut samples, &sample.repairs);
    }
    if let Some(records) = options.records.as_deref().filter(|_| samples.is_empty()) {
        return Err(fault(no_records(records)));
    }
    let mut columns = columns::choose_by(&samples, options, profile.as_ref()).map_err(fault)?;
    columns.notes.extend(note.into_iter().chain(dialect.notes()));
    if options.own_voice {
        columns.fit.voice = Voice::Others;
    }
    let extra = options.extra.iter().map(|name| columns::by_name(&samples, name)).collect();
    let source = Source { name, path: None, size };
    let mut opened = Opened {
        source,
        layers,
        encoding,
        dialect,
        samples,
        columns,
        profile,
        extra,
        sample,
        repairs,
        plain,
        twice,
        records,
        demand,
        stream,
        head,
    };
    course::settle(&mut opened, options)?;
    if opened.columns.fit.voice == Voice::Own {
        let count = opened.count_records();
        let rows = if let (Some(count), true) = count { format!("all {count} rows") } else { "all rows".to_owned() };
        opened.columns.notes.push(format!("no customer text here: {rows} are the brand's own posts; --own-voice scores them"));
    }
    Ok(opened)
}

/// Repairs values that were decoded twice.
fn repair(samples: &mut [ColumnSample], repairs: &Repairs) {
    for value in samples.iter_mut().flat_map(|column| &mut column.values) {
        let mut meant = String::new();
        if mojibake::repair(value, &mut meant) {
            repairs.add(Repair::Mojibake, 1, 0, || 0);
            *value = meant;
        }
    }
}

/// The document read where a profile says that its records are, if it has any there.
fn at_place(dialect: &dyn Dialect, sample: &Sample, place: &str) -> Option<(Box<dyn Dialect>, Vec<ColumnSample>)> {
    let plain = |path: &str| path.replace("[]", "");
    dialect.records().filter(|found| plain(found) != plain(place))?;
    let there = recognise(&Sample { records: Some(place.to_owned()), ..sample.clone() }).ok()?;
    let fields = columns::sample_columns(there.as_ref(), sample);
    fields.iter().any(|column| !column.values.is_empty()).then_some((there, fields))
}

fn no_records(path: &str) -> Error {
    Error::input(format!("found no records at {path:?}, expected the path of a JSON array or object, or an XML element"))
        .advise("leave --records out to see with earful inspect where records are found")
}

fn recognise(sample: &Sample) -> Result<Box<dyn Dialect>> {
    if sample.text.trim().is_empty() {
        return Err(Error::input("found an empty file, expected CSV, JSON or JSON lines"));
    }
    if !sample.is_text() {
        return Err(Error::input("found binary data, expected CSV, JSON or JSON lines, plain or packed, or a workbook")
            .advise("export the data as CSV or JSON"));
    }
    FORMATS
        .iter()
        .find_map(|format| (format.detect)(sample))
        .ok_or_else(|| Error::input("found no records, expected CSV, JSON or JSON lines"))
}

impl Opened {
    /// Numbers of the wanted columns: the fields in order, then the extra ones. The text comes first.
    #[must_use]
    pub fn wanted(&self) -> Vec<usize> {
        let fields = Field::ALL.iter().map(|&field| self.columns.of(field).map_or(usize::MAX, |choice| choice.column));
        fields.chain(self.extra.iter().map(|column| column.unwrap_or(usize::MAX))).collect()
    }

    /// The wanted columns and those that are looked at to tell whose voice a record is, and its text.
    fn read(&self) -> Vec<usize> {
        self.wanted().into_iter().chain(self.columns.fit.columns()).collect()
    }

    /// Wants every column, in order, behind the fields.
    pub fn want_all(&mut self) {
        self.extra = (0..self.dialect.columns().len()).map(Some).collect();
    }

    /// Number of records, and whether it is exact: counted when the sample is the whole file, else
    /// estimated from the size of the file, when that is known and says something.
    #[must_use]
    pub fn count_records(&self) -> (Option<u64>, bool) {
        let mut cuts = Vec::new();
        let taken = self.dialect.cutter().cut(self.sample.text.as_bytes(), self.sample.whole, &mut cuts) as u64;
        let count = cuts.len() as u64;
        if self.sample.whole {
            return (Some(count), true);
        }
        if let Some(records) = self.records {
            return (Some(records), true);
        }
        // The size is only known where nothing is compressed around the records.
        let size = self.source.size.filter(|_| self.encoding.passes() && taken > 0);
        (size.map(|size| size.saturating_mul(count) / taken), false)
    }

    /// A parser of the wanted columns: values come in the order of [`Opened::wanted`].
    #[must_use]
    pub fn parser(&self) -> Box<dyn Parser> {
        let wanted = self.wanted();
        let places = wanted.len();
        let parser: Box<dyn Parser> = Box::new(Present(self.columns.fit.parser(self.dialect.as_ref(), wanted)));
        if self.twice { Box::new(mojibake::Repairing(parser, places)) } else { parser }
    }

    /// The blocks of the file; can be taken once.
    #[must_use]
    pub fn blocks(&mut self) -> Blocks {
        if let Some(demand) = self.demand.take() {
            demand.columns(self.read());
        }
        let stream = std::mem::replace(&mut self.stream, Box::new(io::empty()));
        let blocks = Blocks::new(stream, self.dialect.cutter(), std::mem::take(&mut self.head));
        if self.plain { blocks.dropping_zeros(Arc::clone(&self.repairs)) } else { blocks }
    }

    /// The error of a stream that breaks off.
    #[must_use]
    pub fn damaged(&self, error: &io::Error) -> Error {
        container::damaged(error, &self.layers).at(&self.source.name)
    }
}
