//! What can be had of a zip archive without its directory, because it was cut off. In: the file. Out:
//! the members whose beginning is there, the last one up to the cut. Separate from whole archives,
//! which are read by their directory: here the headers before each member are all there is.

use super::zip::{encrypted, unknown_method};
use super::{Halt, Seekable, Unpacker};
use std::io::{self, BufRead, BufReader, Read};

const SIGNATURE: &[u8; 4] = b"PK\x03\x04";
/// Bytes of a header after its signature, without name and extra field.
const HEADER: usize = 26;
/// What the flags of a header mean.
const ENCRYPTED: u16 = 1;
const SIZES_FOLLOW: u16 = 8;

/// The header before a member (APPNOTE 4.3.7).
struct Header {
    flags: u16,
    method: u16,
    packed: u64,
    name: String,
}

/// Hands on the members that are there.
///
/// # Errors
/// When nobody reads on, or there are too many.
pub fn salvage(mut file: Box<dyn Seekable>, unpacker: &mut Unpacker) -> Result<(), Halt> {
    if file.rewind().is_err() {
        return Ok(());
    }
    let mut input = BufReader::with_capacity(64 << 10, file);
    while let Ok(Some(header)) = header(&mut input) {
        if !one(&header, &mut input, unpacker)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Hands on one member; whether the next one can be found.
fn one(header: &Header, input: &mut BufReader<Box<dyn Seekable>>, unpacker: &mut Unpacker) -> Result<bool, Halt> {
    let known = header.flags & SIZES_FOLLOW == 0;
    let folder = header.name.ends_with('/');
    let readable = !folder && unpacker.takes(&header.name)?;
    if header.flags & ENCRYPTED != 0 || !matches!(header.method, 0 | 8) || (header.method == 0 && !known) {
        if readable {
            let error = if header.flags & ENCRYPTED != 0 { encrypted() } else { unknown_method(header.method) };
            unpacker.fault(&header.name, error)?;
        }
        return Ok(known && skip(&mut input.take(header.packed)).is_ok());
    }
    if header.method == 0 {
        let mut body = Bounded { left: header.packed, input };
        if readable {
            unpacker.member(&header.name, None, Box::new(&mut body))?;
        }
        return Ok(skip(&mut body).is_ok());
    }
    let mut body = flate2::bufread::DeflateDecoder::new(input);
    if readable {
        unpacker.member(&header.name, None, Box::new(&mut body))?;
    }
    let whole = skip(&mut body).is_ok();
    if whole && !known { descriptor(body.into_inner()).map_or(Ok(false), |()| Ok(true)) } else { Ok(whole) }
}

/// A member that must be as long as it says.
struct Bounded<'i> {
    left: u64,
    input: &'i mut BufReader<Box<dyn Seekable>>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.by_ref().take(self.left).read(out)?;
        self.left -= count as u64;
        if count == 0 && self.left > 0 && !out.is_empty() {
            self.left = 0;
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(count)
    }
}

fn skip(stream: &mut dyn Read) -> io::Result<()> {
    io::copy(stream, &mut io::sink()).map(|_| ())
}

/// The next header; none when something else follows.
fn header(input: &mut impl Read) -> io::Result<Option<Header>> {
    let mut signature = [0; 4];
    input.read_exact(&mut signature)?;
    if &signature != SIGNATURE {
        return Ok(None);
    }
    let mut fields = [0; HEADER];
    input.read_exact(&mut fields)?;
    let short = |at: usize| u16::from_le_bytes([fields[at], fields[at + 1]]);
    let long = |at: usize| u32::from_le_bytes([fields[at], fields[at + 1], fields[at + 2], fields[at + 3]]);
    let mut name = vec![0; usize::from(short(22))];
    input.read_exact(&mut name)?;
    let mut extra = vec![0; usize::from(short(24))];
    input.read_exact(&mut extra)?;
    let packed = zip64(&extra).filter(|_| long(14) == u32::MAX).unwrap_or_else(|| u64::from(long(14)));
    Ok(Some(Header { flags: short(2), method: short(4), packed, name: String::from_utf8_lossy(&name).into_owned() }))
}

/// The packed size in an extra field of large files: id 1, length, size, packed size.
fn zip64(extra: &[u8]) -> Option<u64> {
    match extra {
        [1, 0, _, _, rest @ ..] => rest.get(8..16)?.try_into().ok().map(u64::from_le_bytes),
        _ => None,
    }
}

/// Passes over the sizes that follow a member, with a signature or without.
fn descriptor(input: &mut BufReader<Box<dyn Seekable>>) -> io::Result<()> {
    if input.fill_buf()?.starts_with(b"PK\x07\x08") {
        input.consume(4);
    }
    let mut rest = [0; 12];
    input.read_exact(&mut rest)?;
    // Those of large files are 8 bytes longer: what follows tells.
    if !input.fill_buf()?.starts_with(b"PK") {
        input.consume(8);
    }
    Ok(())
}
