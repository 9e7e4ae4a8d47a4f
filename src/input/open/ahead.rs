//! The beginning of a stream. In: bytes. Out: their encoding, and as much of them as tells how records are laid out.
//! Separate because what is read ahead must be put before the stream again, and an error that is met there waits.

use crate::error::Result;
use crate::input::block::LONGEST_RECORD;
use crate::input::encoding::{self, Decoding};
use crate::input::repairs::Repairs;
use crate::input::sample::SAMPLE;
use crate::input::{Dialect, Options};
use std::io::{self, Read};
use std::sync::Arc;

/// Bytes from wherever they come.
pub type Stream = Box<dyn Read + Send>;

/// The encoding of a stream, told from its beginning or by the user, and the stream as UTF-8.
///
/// # Errors
/// When the user names no encoding.
pub fn decoded(mut unpacked: Stream, options: &Options, repairs: &Arc<Repairs>) -> Result<(encoding::Found, Stream)> {
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
pub struct Failed(pub Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Most bytes that are read to find what a document's records refer to.
const AHEAD: usize = 64 << 20;

/// Shows a document with references to its dialect; what was read ahead is put before the stream again.
pub fn look_ahead(dialect: &mut dyn Dialect, head: &mut Vec<u8>, stream: &mut Stream, whole: bool) -> Option<String> {
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
pub fn first_line(stream: &mut Stream, head: &mut Vec<u8>) -> io::Result<()> {
    while !head.is_empty() && head.len().is_multiple_of(SAMPLE) && head.len() < LONGEST_RECORD && is_one_object(head) {
        stream.by_ref().take(head.len() as u64).read_to_end(head)?;
    }
    Ok(())
}

fn is_one_object(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"{") && memchr::memchr(b'\n', head.trim_ascii()).is_none()
}

/// What of the bytes read is looked at: a first line that is longer than a sample, and a sample more.
pub fn sampled(head: &[u8]) -> &[u8] {
    let line = if is_one_object(head) { 0 } else { memchr::memchr(b'\n', head.get(SAMPLE..).unwrap_or(&[])).map_or(0, |at| at + 1) };
    head.get(..SAMPLE + line).unwrap_or(head)
}
