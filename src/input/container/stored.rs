//! What a container is read from. In: a file, or a stream out of standard input, a compression or
//! another container. Out: a stream, or something to seek in. Separate because zip archives, workbooks
//! and Parquet have their directory at the end: from a stream they are laid aside first, in memory up
//! to a bound and then in a file without a name that the system removes.

use crate::input::limits::Meter;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

/// Bytes looked at to tell what a stream is; a tar header.
pub const HEAD: usize = 512;
/// Bytes laid aside in memory.
const IN_MEMORY: usize = 64 << 20;

/// Something to read and seek in.
pub trait Seekable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seekable for T {}

/// A container, not yet opened.
pub enum Stored<'a> {
    /// That can be sought in.
    Seekable(Box<dyn Seekable>),
    /// That comes once.
    Stream(Box<dyn Read + 'a>),
}

/// A source that turned out to be a container, on its way to the thread that unpacks it.
pub enum Origin {
    /// A file.
    File(Box<dyn Seekable>),
    /// A stream.
    Stream(Box<dyn Read + Send>),
}

impl From<Origin> for Stored<'static> {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::File(file) => Self::Seekable(file),
            Origin::Stream(stream) => Self::Stream(stream),
        }
    }
}

impl<'a> Stored<'a> {
    /// As a stream from its beginning.
    ///
    /// # Errors
    /// When it cannot be sought in after all.
    pub fn stream(self) -> io::Result<Box<dyn Read + 'a>> {
        match self {
            Self::Seekable(mut file) => {
                file.rewind()?;
                Ok(Box::new(file))
            }
            Self::Stream(stream) => Ok(stream),
        }
    }

    /// As something to seek in.
    ///
    /// # Errors
    /// When the stream breaks off, is too long, or there is no room for it.
    pub fn seekable(self, meter: &mut Meter) -> Result<Box<dyn Seekable>, Spoiled> {
        match self {
            Self::Seekable(file) => Ok(file),
            Self::Stream(stream) => laid_aside(stream, meter),
        }
    }
}

/// A stream that broke off while it was laid aside: what there is of it, and why.
pub struct Spoiled {
    /// What came before.
    pub file: Box<dyn Seekable>,
    /// What happened.
    pub error: io::Error,
}

fn laid_aside(mut stream: Box<dyn Read + '_>, meter: &mut Meter) -> Result<Box<dyn Seekable>, Spoiled> {
    let mut file = tempfile::spooled_tempfile(IN_MEMORY);
    let copied = copy(&mut stream, &mut file, meter).and_then(|()| file.rewind());
    let file: Box<dyn Seekable> = Box::new(BufReader::with_capacity(64 << 10, file));
    match copied {
        Ok(()) => Ok(file),
        Err(error) => Err(Spoiled { file, error }),
    }
}

fn copy(from: &mut dyn Read, to: &mut dyn Write, meter: &mut Meter) -> io::Result<()> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        let count = match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        meter.member(count)?;
        to.write_all(buffer.get(..count).unwrap_or(&[]))?;
    }
}

/// A stream whose first bytes have been looked at.
pub struct Peeked<S> {
    /// The first bytes; fewer than 512 when there are no more.
    pub head: Vec<u8>,
    failed: Option<io::Error>,
    stream: S,
    at: usize,
}

impl<S: Read> Peeked<S> {
    /// Looks at the first bytes. A failure is kept until they have been read.
    pub fn new(mut stream: S) -> Self {
        let mut head = Vec::with_capacity(HEAD);
        let failed = stream.by_ref().take(HEAD as u64).read_to_end(&mut head).err();
        Self { head, failed, stream, at: 0 }
    }
}

impl<S: Read> Read for Peeked<S> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if let Some(rest) = self.head.get(self.at..).filter(|rest| !rest.is_empty()) {
            let count = rest.len().min(out.len());
            out[..count].copy_from_slice(&rest[..count]);
            self.at += count;
            return Ok(count);
        }
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.stream.read(out),
        }
    }
}

/// The length of a file, which is then at its beginning.
///
/// # Errors
/// When it cannot be sought in.
pub fn length(file: &mut dyn Seekable) -> io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    Ok(length)
}
