//! Opening a file: all that is told from its first bytes. In: a source and what the user said. Out: an
//! [`Opened`] file: compression, encoding, format, columns, and its blocks. Separate because `report`,
//! `score` and `inspect` all begin here.

use super::block::LONGEST_RECORD;
use super::columns::{self, ColumnSample, Columns};
use super::compression::{self, Compression};
use super::encoding::{self, Decoding};
use super::sample::SAMPLE;
use super::{Blocks, Dialect, FORMATS, Field, Parser, Sample, Source, sources};
use crate::error::{Error, Result};
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the user said about the input.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Columns named for fields.
    pub named: Vec<(Field, String)>,
    /// Further columns to take, for groups.
    pub extra: Vec<String>,
    /// The encoding, by name.
    pub encoding: Option<String>,
    /// How dates are written.
    pub date_format: Option<String>,
    /// Where the records are: a path in JSON, an element in XML.
    pub records: Option<String>,
}

/// A file, opened and understood.
pub struct Opened {
    /// The file.
    pub source: Source,
    /// How it is compressed.
    pub compression: Compression,
    /// Its encoding and what tells it.
    pub encoding: encoding::Found,
    /// How its records are laid out.
    pub dialect: Box<dyn Dialect>,
    /// Its columns with their first values.
    pub samples: Vec<ColumnSample>,
    /// What they are.
    pub columns: Columns,
    /// Numbers of the columns for [`Options::extra`], where the file has them.
    pub extra: Vec<Option<usize>>,
    /// Whether the sample is the whole file, and its bytes after decoding.
    pub sample: Sample,
    stream: Box<dyn Read + Send>,
    head: Vec<u8>,
}

/// Counts the bytes that pass, as they are stored.
struct Counting<R> {
    input: R,
    counter: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.counter.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Bytes asked of the system at a time.
const BUFFER: usize = 256 << 10;

/// Opens a source; `counter` is advanced by the stored bytes that are read.
///
/// # Errors
/// When it cannot be read, is empty, is no text, is in no known format, or has no text column.
pub fn open(source: &Source, options: &Options, counter: &Arc<AtomicU64>) -> Result<Opened> {
    let fault = |error: Error| error.at(&source.name);
    if let Some(error) = source.path.as_deref().and_then(sources::nothing_at) {
        return Err(fault(error));
    }
    let raw = raw(source).map_err(|e| fault(unreadable(&e)))?;
    let buffered = BufReader::with_capacity(BUFFER, Counting { input: raw, counter: Arc::clone(counter) });
    let (compression, unpacked) = compression::unpack(Box::new(buffered)).map_err(|e| fault(unreadable(&e)))?;
    let (encoding, mut stream) = decoded(unpacked, options).map_err(fault)?;
    let mut head = Vec::new();
    let read = stream.by_ref().take(SAMPLE as u64).read_to_end(&mut head).and_then(|_| first_line(&mut stream, &mut head));
    if let Err(error) = &read
        && head.is_empty()
    {
        return Err(fault(damaged(error, compression)));
    }
    let asked = options.named.iter().map(|(_, name)| name).chain(&options.extra).cloned().collect();
    let whole = read.is_ok() && (head.len() < SAMPLE || !head.len().is_multiple_of(SAMPLE));
    let first = sampled(&head);
    let asking = |text, whole| Sample::new(text, whole).asked(options.records.clone(), asked);
    // A file that is one long line of JSON is looked at as a whole when its beginning tells nothing.
    let long = whole && first.len() < head.len() && recognise(&Sample::new(first, false)).is_err();
    let sample = if long { asking(&head, true) } else { asking(first, whole && first.len() == head.len()) };
    if let Err(error) = read {
        // What came before the damage still counts; who reads on will meet it.
        stream = Box::new(Failed(Some(error)));
    }
    let mut dialect = recognise(&sample).map_err(fault)?;
    let note = look_ahead(dialect.as_mut(), &mut head, &mut stream, whole);
    let samples = columns::sample_columns(dialect.as_ref(), &sample);
    if let Some(records) = options.records.as_deref().filter(|_| samples.is_empty()) {
        return Err(fault(no_records(records)));
    }
    let mut columns = columns::choose(&samples, &options.named, options.date_format.as_deref()).map_err(fault)?;
    columns.notes.extend(note);
    let extra = options.extra.iter().map(|name| columns::by_name(&samples, name)).collect();
    Ok(Opened { source: source.clone(), compression, encoding, dialect, samples, columns, extra, sample, stream, head })
}

fn raw(source: &Source) -> io::Result<Box<dyn Read + Send>> {
    match &source.path {
        None => Ok(Box::new(io::stdin())),
        Some(path) => Ok(Box::new(std::fs::File::open(path)?)),
    }
}

fn unreadable(error: &io::Error) -> Error {
    let input = Error::input(format!("cannot be read: {error}"));
    match error.kind() {
        io::ErrorKind::NotFound => input.advise("check the spelling and the folder"),
        io::ErrorKind::PermissionDenied => input.advise("check who may read it: ls -l"),
        _ => input,
    }
}

/// The error of a stream that breaks off.
#[must_use]
pub fn damaged(error: &io::Error, compression: Compression) -> Error {
    match compression {
        Compression::None => Error::input(format!("cannot be read on: {error}")),
        packed => Error::input(format!("found damaged or cut off {} data: {error}", packed.name()))
            .advise("the file may be incomplete: download it again"),
    }
}

type Stream = Box<dyn Read + Send>;

fn decoded(mut unpacked: Stream, options: &Options) -> Result<(encoding::Found, Stream)> {
    let mut first = Vec::new();
    let read = unpacked.by_ref().take(SAMPLE as u64).read_to_end(&mut first);
    let mut found = encoding::detect(&first);
    if let Some(label) = &options.encoding {
        found = encoding::Found { encoding: encoding::by_name(label)?, why: "named by you", ..found };
    }
    let rest = first.split_off(found.mark.min(first.len()));
    let failed: Stream = match read {
        Err(error) => Box::new(Failed(Some(error))),
        Ok(_) => unpacked,
    };
    let whole: Stream = Box::new(io::Cursor::new(rest).chain(failed));
    let stream: Stream = if found.encoding == encoding_rs::UTF_8 { whole } else { Box::new(Decoding::new(whole, found.encoding)) };
    Ok((found, stream))
}

/// Hands on an error that was met while looking ahead.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn no_records(path: &str) -> Error {
    Error::input(format!("found no records at {path:?}, expected the path of a JSON array or object, or an XML element"))
        .advise("leave --records out to see with earful inspect where records are found")
}

/// Most bytes that are read to find what a document's records refer to.
const AHEAD: usize = 64 << 20;

/// Shows a document with references to its dialect; what was read ahead is put before the stream again.
fn look_ahead(dialect: &mut dyn Dialect, head: &mut Vec<u8>, stream: &mut Stream, whole: bool) -> Option<String> {
    if !dialect.refers() {
        return None;
    }
    let sampled = head.len();
    let mut complete = whole;
    if !whole {
        let read = stream.by_ref().take((AHEAD - sampled.min(AHEAD)) as u64).read_to_end(head);
        complete = read.is_ok() && head.len() < AHEAD;
        if let Err(error) = read {
            *stream = Box::new(Failed(Some(error)));
        }
    }
    if complete {
        dialect.refer(&String::from_utf8_lossy(head));
    }
    let rest = io::Cursor::new(head.split_off(sampled));
    let after = std::mem::replace(stream, Box::new(io::empty()));
    *stream = Box::new(rest.chain(after));
    (!complete).then(|| "the document is longer than 64 MiB, or damaged, so ids of authors are not replaced by their names".to_owned())
}

/// Reads on until the first line of what may be JSON lines is there, as long as it is no longer than a
/// record may be.
fn first_line(stream: &mut Stream, head: &mut Vec<u8>) -> io::Result<()> {
    while !head.is_empty() && head.len().is_multiple_of(SAMPLE) && head.len() < LONGEST_RECORD && is_one_object(head) {
        stream.by_ref().take(head.len() as u64).read_to_end(head)?;
    }
    Ok(())
}

fn is_one_object(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"{") && memchr::memchr(b'\n', head.trim_ascii()).is_none()
}

/// What of the bytes read is looked at: a first line that is longer than a sample, and a sample more.
fn sampled(head: &[u8]) -> &[u8] {
    let line = if is_one_object(head) { 0 } else { memchr::memchr(b'\n', head.get(SAMPLE..).unwrap_or(&[])).map_or(0, |at| at + 1) };
    head.get(..SAMPLE + line).unwrap_or(head)
}

fn recognise(sample: &Sample) -> Result<Box<dyn Dialect>> {
    if sample.text.trim().is_empty() {
        return Err(Error::input("found an empty file, expected CSV, JSON or JSON lines"));
    }
    if !sample.is_text() {
        return Err(Error::input("found binary data, expected CSV, JSON or JSON lines, plain or as .gz or .zst")
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
        let plain = self.compression == Compression::None && self.encoding.encoding == encoding_rs::UTF_8;
        let size = self.source.size.filter(|_| plain && taken > 0);
        (size.map(|size| size.saturating_mul(count) / taken), false)
    }

    /// A parser of the wanted columns: values come in the order of [`Opened::wanted`].
    #[must_use]
    pub fn parser(&self) -> Box<dyn Parser> {
        self.dialect.parser(&self.wanted())
    }

    /// The blocks of the file; can be taken once.
    #[must_use]
    pub fn blocks(&mut self) -> Blocks {
        let stream = std::mem::replace(&mut self.stream, Box::new(io::empty()));
        Blocks::new(stream, self.dialect.cutter(), std::mem::take(&mut self.head))
    }
}
