//! Archives, workbooks and columnar files to members. In: a source that is no plain file of records.
//! Out: its members one after another, each a stream in a format the house reads, or rows of a table.
//! One file per container, one line in [`CONTAINERS`]. Nothing is extracted to disk, and names are only
//! ever labels.

#[cfg(feature = "columnar")]
mod columnar;
mod names;
mod pipe;
mod salvage;
mod stored;
mod table;
mod tar;
mod workbook;
mod zip;

pub use names::{Says, label, says};
pub use pipe::{Contents, Demand, Heading, Next, Outlet, next};
pub use stored::{Origin, Peeked, Seekable, Stored};
pub use table::Table;

use super::compression::{self, Compression};
use super::limits::{DEPTH, LAYERS, MEMBERS, Meter};
use crate::error::Error;
use pipe::{Inlet, Stop};
use std::io::{self, BufReader, Read};
use std::sync::{Arc, Mutex};

/// A kind of container.
pub struct Container {
    /// Its name.
    pub name: &'static str,
    /// Recognises it from its first bytes, at most 512.
    pub fits: fn(&[u8]) -> bool,
    /// Whether it is read from its end and has to be sought in.
    pub seeks: bool,
    /// Hands its members to the unpacker; what is wrong with it as a whole is returned.
    unpack: fn(Stored, &mut Unpacker) -> Result<(), Halt>,
}

/// All containers.
pub const CONTAINERS: &[Container] = &[
    zip::CONTAINER,
    tar::CONTAINER,
    workbook::CONTAINER,
    #[cfg(feature = "columnar")]
    columnar::PARQUET,
    #[cfg(feature = "columnar")]
    columnar::ARROW_FILE,
    #[cfg(feature = "columnar")]
    columnar::ARROW_STREAM,
    #[cfg(not(feature = "columnar"))]
    NOT_BUILT_IN,
];

/// Columnar files, where the program was built without them.
#[cfg(not(feature = "columnar"))]
const NOT_BUILT_IN: Container = Container {
    name: "columnar",
    fits: |head| head.starts_with(b"PAR1") || head.starts_with(b"ARROW1\0\0"),
    seeks: false,
    unpack: |_, _| {
        Err(Error::input("found a Parquet or Arrow file, expected another format: this program was built without them")
            .advise("cargo install earful --features columnar, or export the data as CSV")
            .into())
    },
};

/// The container that begins with these bytes.
#[must_use]
pub fn of(head: &[u8]) -> Option<&'static Container> {
    CONTAINERS.iter().find(|container| (container.fits)(head))
}

/// Why the walk through a container ends early.
pub enum Halt {
    /// Nobody reads on.
    Stop(Stop),
    /// Something is wrong with it.
    Fault(Error),
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Fault(error)
    }
}

/// The error of data that break off or make no sense.
#[must_use]
pub fn damaged(error: &io::Error, layers: &[&'static str]) -> Error {
    // An error of our own may have passed through readers that wrap errors in theirs.
    let mut inner: Option<&(dyn std::error::Error + 'static)> = error.get_ref().map(|inner| inner as _);
    while let Some(found) = inner {
        if let Some(error) = found.downcast_ref::<Error>() {
            return error.clone();
        }
        inner = match found.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as _),
            None => found.source(),
        };
    }
    match layers.last() {
        None => Error::input(format!("cannot be read on: {error}")),
        Some(packed) => {
            Error::input(format!("found damaged or cut off {packed} data: {error}")).advise("the file may be incomplete: download it again")
        }
    }
}

/// Name of the threads that unpack.
pub const THREAD: &str = "unpack";

/// Begins to unpack a container in a thread of its own. `layers` are the compressions around it.
///
/// # Errors
/// When there is no thread to be had.
pub fn unpack(
    container: &'static Container,
    origin: Origin,
    name: String,
    layers: Vec<&'static str>,
    meter: Meter,
) -> io::Result<Arc<Mutex<Outlet>>> {
    let (inlet, outlet) = pipe::pipe();
    let mut unpacker = Unpacker { inlet, meter, name, layers, members: 0, depth: 0 };
    std::thread::Builder::new().name(THREAD.to_owned()).spawn(move || {
        // Who reads no more needs no answer.
        if unpacker.open(container, origin.into()).is_ok() {
            unpacker.inlet.finish();
        }
    })?;
    Ok(Arc::new(Mutex::new(outlet)))
}

/// Walks containers within containers, and writes what holds data into the pipe.
pub struct Unpacker {
    inlet: Inlet,
    meter: Meter,
    /// What the container is called that is open now.
    name: String,
    /// What is around its members.
    layers: Vec<&'static str>,
    members: usize,
    depth: usize,
}

impl Unpacker {
    /// Opens a container; what is wrong with it is told under its name.
    fn open(&mut self, container: &Container, stored: Stored) -> Result<(), Stop> {
        self.depth += 1;
        self.layers.push(container.name);
        let result = (container.unpack)(stored, self);
        self.layers.pop();
        self.depth -= 1;
        match result {
            Ok(()) | Err(Halt::Stop(Stop::Member)) => Ok(()),
            Err(Halt::Stop(Stop::All)) => Err(Stop::All),
            Err(Halt::Fault(error)) => self.inlet.fault(&self.name, error),
        }
    }

    /// What a member is called.
    fn named(&self, member: &str) -> String {
        format!("{}/{}", self.name, label(member))
    }

    /// Whether a member is read; one more has been seen.
    fn takes(&mut self, member: &str) -> Result<bool, Halt> {
        self.members += 1;
        if self.members > MEMBERS {
            let found = format!("found an archive of more than {MEMBERS} members, expected at most that");
            return Err(Error::input(found).advise("unpack it into a folder and name that").into());
        }
        if says(member) == Says::NoData {
            self.inlet.pass(&label(member))?;
            return Ok(false);
        }
        Ok(true)
    }

    /// Tells of a member that cannot be read.
    fn fault(&self, member: &str, error: Error) -> Result<(), Stop> {
        self.inlet.fault(&self.named(member), error)
    }

    /// Hands on a member: a container is walked in turn, all else goes into the pipe.
    fn member(&mut self, member: &str, size: Option<u64>, stream: Box<dyn Read + '_>) -> Result<(), Stop> {
        let name = self.named(member);
        let (stream, layers) = match self.uncompressed(stream) {
            Ok(found) => found,
            Err(error) => return self.inlet.fault(&name, damaged(&error, &self.layers)),
        };
        let Some(container) = of(&stream.head) else {
            let size = size.filter(|_| layers.is_empty());
            let layers = self.layers.iter().copied().chain(layers).collect();
            self.inlet.begin(Heading { name, size, layers, table: None })?;
            let error = self.copy(stream)?;
            return self.inlet.end(error);
        };
        if self.depth >= DEPTH && container.name != workbook::CONTAINER.name {
            let found = Error::input("found an archive within archives within archives, expected at most one within another");
            return self.inlet.fault(&name, found.advise("unpack the outer one first"));
        }
        let outer = (std::mem::replace(&mut self.name, name), self.layers.len());
        self.layers.extend(layers);
        let result = self.open(container, Stored::Stream(Box::new(stream)));
        self.layers.truncate(outer.1);
        self.name = outer.0;
        result
    }

    /// A stream with all compressions undone, and which they were.
    #[allow(clippy::type_complexity)] // named, it would not be clearer
    fn uncompressed<'a>(&self, stream: Box<dyn Read + 'a>) -> io::Result<(Peeked<Box<dyn Read + 'a>>, Vec<&'static str>)> {
        let mut layers = Vec::new();
        let mut peeked = Peeked::new(stream);
        while let Some(compression) = Compression::of(&peeked.head).filter(|_| layers.len() < LAYERS) {
            layers.push(compression.name());
            let input = BufReader::with_capacity(pipe::BUFFER, peeked);
            peeked = Peeked::new(Box::new(compression::unpack(compression, input, self.meter.limits())?));
        }
        Ok((peeked, layers))
    }

    /// Copies a stream into the pipe; the error that it ends with.
    fn copy(&mut self, mut stream: impl Read) -> Result<Option<io::Error>, Stop> {
        let error = loop {
            let buffer = self.inlet.buffer();
            let had = buffer.len();
            let read = stream.by_ref().take((pipe::BUFFER - had.min(pipe::BUFFER - 1)) as u64).read_to_end(buffer);
            let came = self.inlet.buffer().len() - had;
            let counted = self.meter.member(came);
            match read.and(counted) {
                Err(error) => break Some(error),
                Ok(()) if came == 0 => break None,
                Ok(()) => {}
            }
            match self.inlet.written() {
                Err(Stop::Member) => break None,
                other => other?,
            }
        };
        Ok(error)
    }
}
