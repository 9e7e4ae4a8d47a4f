//! Opening a file: all that is told from its first bytes. In: a source and what the user said. Out: an
//! [`Opened`] for the file, or for each member of an archive: packing, encoding, format, columns, and
//! its blocks. Separate because `report`, `score` and `inspect` all begin here.

use super::block::LONGEST_RECORD;
use super::columns::{self, ColumnSample, Columns};
use super::compression::{self, Compression};
use super::container::{self, Contents, Demand, Heading, Next, Origin, Outlet, Peeked, Says, says};
use super::encoding::mojibake;
use super::encoding::{self, Decoding};
use super::limits::{LAYERS, Meter};
use super::profile::{self, Match, Voice};
use super::repairs::{Repair, Repairs};
use super::sample::SAMPLE;
use super::{Blocks, Dialect, FORMATS, Field, Options, Parser, Sample, Source, sources};
use crate::error::{Error, Result};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

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
    stream: Box<dyn Read + Send>,
    head: Vec<u8>,
}

/// Counts the bytes that pass, as they are stored: for the progress bar, and for this source alone.
struct Counting<R> {
    input: R,
    counter: Arc<AtomicU64>,
    stored: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.counter.fetch_add(count as u64, Ordering::Relaxed);
        self.stored.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counting<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}

/// What comes out of a compressed stream, held to the limits.
struct Metered<R> {
    input: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.meter.stream(count)?;
        Ok(count)
    }
}

/// Bytes asked of the system at a time.
const BUFFER: usize = 256 << 10;
/// Bytes asked at a time of a file that is sought in.
const SEEKING_BUFFER: usize = 64 << 10;
/// Names of passed-over members that a note lists.
const LISTED: usize = 5;

/// A file of records, or one out of an archive.
pub struct Member {
    /// What it is called.
    pub source: Source,
    /// The member; or why it cannot be read: damage, no text, no known format, no text column.
    pub opened: Result<Opened>,
}

/// The members of a source, one after another; a plain file is its own only member. What was not read
/// of a member is passed over when the next one is asked for.
pub struct Members<'o> {
    source: Source,
    options: &'o Options,
    state: State,
    /// Members that hold no data: how many, and the first names.
    passed: (usize, Vec<String>),
    given: usize,
}

enum State {
    One(Option<Box<Result<Opened>>>),
    Many(Arc<Mutex<Outlet>>),
    Done,
}

/// Opens a source; `counter` is advanced by the stored bytes that are read. What is wrong with it is
/// told by its only member.
#[must_use]
pub fn open<'o>(source: &Source, options: &'o Options, counter: &Arc<AtomicU64>) -> Members<'o> {
    let state = begin(source, options, counter).unwrap_or_else(|error| State::One(Some(Box::new(Err(error.at(&source.name))))));
    Members { source: source.clone(), options, state, passed: (0, Vec::new()), given: 0 }
}

fn begin(source: &Source, options: &Options, counter: &Arc<AtomicU64>) -> Result<State> {
    if let Some(error) = source.path.as_deref().and_then(sources::nothing_at) {
        return Err(error);
    }
    let stored = Arc::new(AtomicU64::new(0));
    let counting = |input| Counting { input, counter: Arc::clone(counter), stored: Arc::clone(&stored) };
    let meter = Meter::new(options.limits, Arc::clone(&stored));
    let raw = raw(source).map_err(|e| unreadable(&e))?;
    let mut peeked = Peeked::new(Box::new(BufReader::with_capacity(BUFFER, counting(raw))) as Box<dyn Read + Send>);
    let mut layers = Vec::new();
    while let Some(compression) = Compression::of(&peeked.head).filter(|_| layers.len() < LAYERS) {
        layers.push(compression.name());
        let input = BufReader::with_capacity(BUFFER, peeked);
        let unpacked = compression::unpack(compression, input, options.limits).map_err(|e| container::damaged(&e, &layers))?;
        peeked = Peeked::new(Box::new(Metered { input: unpacked, meter: meter.clone() }));
    }
    let Some(container) = container::of(&peeked.head) else {
        let heading = Heading { name: source.name.clone(), size: source.size.filter(|_| layers.is_empty()), layers, table: None };
        return Ok(State::One(Some(Box::new(understand(heading, Box::new(peeked), None, options)))));
    };
    // Only a plain file can be sought in: a named pipe has no size.
    let origin = match source.path.as_ref().filter(|_| container.seeks && layers.is_empty() && source.size.is_some()) {
        Some(path) => {
            let file: Box<dyn SeekRead> = Box::new(std::fs::File::open(path).map_err(|e| unreadable(&e))?);
            Origin::File(Box::new(BufReader::with_capacity(SEEKING_BUFFER, Counting { input: file, counter: Arc::clone(counter), stored })))
        }
        None => Origin::Stream(Box::new(peeked)),
    };
    let outlet = container::unpack(container, origin, source.name.clone(), layers, meter);
    Ok(State::Many(outlet.map_err(|e| Error::usage(format!("found no thread to work with: {e}")))?))
}

/// A file that is sought in.
trait SeekRead: Read + Seek + Send {}
impl SeekRead for std::fs::File {}

impl Iterator for Members<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let outlet = match &mut self.state {
            State::One(opened) => {
                let opened = *opened.take()?;
                return Some(Member { source: self.source.clone(), opened });
            }
            State::Many(outlet) => Arc::clone(outlet),
            State::Done => return None,
        };
        loop {
            match container::next(&outlet) {
                Next::Member(heading, contents) => {
                    let name = heading.name.clone();
                    let tried = heading.table.is_none() && says(name.rsplit('/').next().unwrap_or("")) == Says::Nothing;
                    match self.member(*heading, contents) {
                        Member { opened: Err(_), .. } if tried => self.pass(name),
                        member => return Some(self.give(member)),
                    }
                }
                Next::Fault(name, error) => return Some(self.faulty(name, *error)),
                Next::Passed(name) => self.pass(name),
                Next::End => {
                    self.state = State::Done;
                    return self.nothing_given();
                }
                Next::Broken => {
                    self.state = State::Done;
                    let error = Error::input("found data that its reader gave up on").advise("unpack it or save it again, as CSV");
                    return Some(self.faulty(self.source.name.clone(), error));
                }
            }
        }
    }
}

impl Members<'_> {
    fn give(&mut self, member: Member) -> Member {
        self.given += 1;
        member
    }

    fn faulty(&mut self, name: String, error: Error) -> Member {
        let opened = Err(error.at(&name));
        self.give(Member { source: Source { name, path: None, size: None }, opened })
    }

    fn pass(&mut self, name: String) {
        self.passed.0 += 1;
        if self.passed.1.len() < LISTED {
            let inner = name.strip_prefix(&self.source.name).map(|inner| inner.trim_start_matches('/').to_owned());
            self.passed.1.push(inner.unwrap_or(name));
        }
    }

    fn member(&self, heading: Heading, contents: Contents) -> Member {
        let source = Source { name: heading.name.clone(), path: None, size: heading.size };
        let demand = heading.table.as_ref().is_some_and(|table| table.selects).then(|| contents.demand());
        Member { source, opened: understand(heading, Box::new(contents), demand, self.options) }
    }

    /// An archive without data is a fault of its own.
    fn nothing_given(&mut self) -> Option<Member> {
        if self.given > 0 {
            return None;
        }
        let found = match self.note() {
            Some(note) => format!("found an archive without data; {note}"),
            None => "found an archive without members, expected files of records".to_owned(),
        };
        let error = Error::input(found).advise("unpack it and name the file with the data");
        Some(self.faulty(self.source.name.clone(), error))
    }

    /// What there is to say of members that were passed over, once all have been asked for.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let (count, names) = &self.passed;
        let more = if *count > names.len() { ", ..." } else { "" };
        let members = if *count == 1 { "member" } else { "members" };
        (*count > 0).then(|| format!("{count} {members} without data passed over: {}{more}", names.join(", ")))
    }
}

/// Tells from the first bytes of a stream what it holds.
fn understand(heading: Heading, stream: Box<dyn Read + Send>, demand: Option<Demand>, options: &Options) -> Result<Opened> {
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
    let mut columns = columns::choose_by(&samples, &options.named, options.date_format.as_deref(), profile.as_ref()).map_err(fault)?;
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

type Stream = Box<dyn Read + Send>;

fn decoded(mut unpacked: Stream, options: &Options, repairs: &Arc<Repairs>) -> Result<(encoding::Found, Stream)> {
    let mut first = Vec::new();
    let read = unpacked.by_ref().take(SAMPLE as u64).read_to_end(&mut first);
    let mut found = encoding::detect(&first);
    if let Some(label) = &options.encoding {
        found = encoding::Found { mark: found.mark, ..encoding::Found::new(encoding::by_name(label)?, "named by you") };
    }
    let rest = first.split_off(found.mark.min(first.len()));
    let failed: Stream = match read {
        Err(error) => Box::new(Failed(Some(error))),
        Ok(_) => unpacked,
    };
    let whole: Stream = Box::new(io::Cursor::new(rest).chain(failed));
    let stream: Stream = if found.passes() { whole } else { Box::new(Decoding::new(whole, found.encoding, Arc::clone(repairs))) };
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
        let parser = self.columns.fit.parser(self.dialect.as_ref(), wanted);
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
