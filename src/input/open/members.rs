//! The members of a source. In: a file, standard input or an archive. Out: each member opened, one after another,
//! what holds no data passed over and named. Separate because what a member holds is understood without knowing
//! what it came out of.

use super::{Opened, understand};
use crate::error::{Error, Result};
use crate::input::compression::{self, Compression};
use crate::input::container::{self, Contents, Heading, Next, Origin, Outlet, Peeked, Says, says};
use crate::input::limits::{LAYERS, Meter};
use crate::input::{Options, Source, sources};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

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
