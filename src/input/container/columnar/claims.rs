//! What compressed buffers of Arrow say of their size. In: messages. Out: the same, or an error. Separate because the
//! reader reserves what a buffer claims to hold before it looks inside, and a claim costs whoever makes it nothing.

use arrow_ipc::{CompressionType, Footer, RecordBatch, root_as_footer, root_as_message};
use std::io::{self, Read, Seek, SeekFrom};

/// What stands before each message, if anything does.
const MARK: [u8; 4] = [0xFF; 4];
/// LZ4 makes no more than so many bytes out of one.
const RATIO: i64 = 256;
/// What small buffers may claim.
const SMALL: i64 = 64 << 10;
/// What stands at the end of a file: the length of the footer and a mark.
const TAIL: usize = 10;
/// Longest description of a message or a file that is looked at.
const LONGEST: u64 = 64 << 20;

/// A stream of messages, each checked as a whole before any of it is handed on.
pub struct Checked<R> {
    input: R,
    message: io::Cursor<Vec<u8>>,
}

impl<R: Read> Checked<R> {
    /// Begins before the first message.
    pub fn new(input: R) -> Self {
        Self { input, message: io::Cursor::default() }
    }

    /// Reads the next message. What is cut off is handed on as it is: the reader will say so.
    fn next(&mut self) -> io::Result<Vec<u8>> {
        let mut message = Vec::new();
        self.take(4, &mut message)?;
        if message == MARK {
            self.take(4, &mut message)?;
        }
        let begin = message.len();
        let length = message.last_chunk().map_or(0, |length| i32::from_le_bytes(*length));
        self.take(u64::try_from(length).unwrap_or(0), &mut message)?;
        let Ok(meta) = root_as_message(message.get(begin..).unwrap_or(&[])) else { return Ok(message) };
        let (body, claims) = (meta.bodyLength(), meta.header_as_record_batch().map(|batch| claims(&batch)));
        let claims = claims.or_else(|| Some(self::claims(&meta.header_as_dictionary_batch()?.data()?))).unwrap_or_default();
        let begin = message.len();
        self.take(u64::try_from(body).unwrap_or(0), &mut message)?;
        for claim in claims {
            let at = usize::try_from(claim.offset).ok().and_then(|offset| begin.checked_add(offset));
            claim.check(at.and_then(|at| message.get(at..)?.first_chunk()))?;
        }
        Ok(message)
    }

    fn take(&mut self, count: u64, message: &mut Vec<u8>) -> io::Result<()> {
        self.input.by_ref().take(count).read_to_end(message).map(|_| ())
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self.message.read(out)? {
            0 if !out.is_empty() => {
                self.message = io::Cursor::new(self.next()?);
                self.message.read(out)
            }
            count => Ok(count),
        }
    }
}

/// Checks the messages that the footer of a file names. What is damaged is left to the reader.
pub fn check<R: Read + Seek>(file: &mut R) -> io::Result<()> {
    let end = file.seek(SeekFrom::End(0))?;
    let Some(tail) = end.checked_sub(TAIL as u64) else { return Ok(()) };
    let length = read_at(file, tail, 4)?.first_chunk().map_or(0, |length| i32::from_le_bytes(*length));
    let Some(begin) = u64::try_from(length).ok().and_then(|length| tail.checked_sub(length)) else { return Ok(()) };
    let footer = read_at(file, begin, tail - begin)?;
    let Ok(footer) = root_as_footer(&footer) else { return Ok(()) };
    for (at, length) in blocks(&footer) {
        let message = read_at(file, at, length)?;
        let inside = message.strip_prefix(&MARK[..]).unwrap_or(&message).get(4..).unwrap_or(&[]);
        let Ok(meta) = root_as_message(inside) else { continue };
        let batch = meta.header_as_record_batch().or_else(|| meta.header_as_dictionary_batch()?.data());
        for claim in batch.map(|batch| claims(&batch)).unwrap_or_default() {
            let place = u64::try_from(claim.offset).ok().and_then(|offset| (at + length).checked_add(offset));
            let Some(place) = place.filter(|place| *place < end) else { continue };
            claim.check(read_at(file, place, 8)?.first_chunk())?;
        }
    }
    Ok(())
}

/// Where the messages of a file are, and how long they are without what belongs to them.
fn blocks(footer: &Footer) -> Vec<(u64, u64)> {
    let all = footer.dictionaries().into_iter().chain(footer.recordBatches()).flatten();
    all.filter_map(|block| Some((u64::try_from(block.offset()).ok()?, u64::try_from(block.metaDataLength()).ok()?)))
        .filter(|(at, length)| at.checked_add(*length).is_some())
        .collect()
}

fn read_at<R: Read + Seek>(file: &mut R, at: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(at))?;
    file.take(length.min(LONGEST)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A buffer that begins with its length before it was compressed.
struct Claim {
    offset: i64,
    stored: i64,
}

impl Claim {
    fn check(&self, length: Option<&[u8; 8]>) -> io::Result<()> {
        let length = length.map_or(0, |length| i64::from_le_bytes(*length));
        if length > self.stored.saturating_mul(RATIO).saturating_add(SMALL) {
            return Err(io::Error::other(format!("a buffer of {} bytes claims to hold {length}", self.stored)));
        }
        Ok(())
    }
}

fn claims(batch: &RecordBatch) -> Vec<Claim> {
    let compressed = batch.compression().is_some_and(|compression| compression.codec() == CompressionType::LZ4_FRAME);
    let buffers = batch.buffers().filter(|_| compressed);
    buffers.into_iter().flatten().map(|buffer| Claim { offset: buffer.offset(), stored: buffer.length() }).collect()
}
