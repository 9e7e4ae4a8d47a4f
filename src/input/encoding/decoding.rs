//! A stream in any encoding as UTF-8. In: bytes as stored and their encoding. Out: UTF-8, and a count of
//! what could not be decoded. Separate from telling the encoding because it sees every byte.

use crate::input::repairs::{Repair, Repairs};
use encoding_rs::{Decoder, DecoderResult, Encoding};
use std::io::{self, Read};
use std::sync::Arc;

/// Decodes a stream to UTF-8.
pub struct Decoding<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    from: usize,
    ended: bool,
    /// Whether the decoder has been told so; it may not be asked again.
    finished: bool,
    /// Decoded bytes that found no room with the caller.
    left: Vec<u8>,
    /// Lines decoded, until the first place that could not be.
    line: u64,
    repairs: Arc<Repairs>,
}

/// Bytes read at a time.
const CHUNK: usize = 1 << 16;
/// Least room that the decoder wants for its output.
const ROOM: usize = 16;
/// U+FFFD.
const LOST: &[u8] = "\u{FFFD}".as_bytes();

impl<R: Read> Decoding<R> {
    /// A reader of `input`, which is in `encoding`, without a byte-order mark.
    /// What cannot be decoded becomes U+FFFD and is counted in `repairs`.
    pub fn new(input: R, encoding: &'static Encoding, repairs: Arc<Repairs>) -> Self {
        Self {
            input,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: Vec::new(),
            from: 0,
            ended: false,
            finished: false,
            left: Vec::new(),
            line: 1,
            repairs,
        }
    }

    /// Decodes into `out`, which has at least [`ROOM`]; 0 at the end.
    fn decode(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.finished {
            if self.from == self.raw.len() && !self.ended {
                self.raw.resize(CHUNK, 0);
                let count = self.input.read(&mut self.raw);
                self.raw.truncate(*count.as_ref().unwrap_or(&0));
                self.from = 0;
                self.ended = count? == 0;
            }
            // Room is kept for the sign that stands for what cannot be decoded.
            let room = out.len() - LOST.len();
            let (result, read, mut written) =
                self.decoder.decode_to_utf8_without_replacement(&self.raw[self.from..], &mut out[..room], self.ended);
            self.from += read;
            self.finished = self.ended && result == DecoderResult::InputEmpty;
            let none_yet = self.repairs.count(Repair::Replaced) == 0;
            if none_yet {
                self.line += memchr::memchr_iter(b'\n', &out[..written]).count() as u64;
            }
            if matches!(result, DecoderResult::Malformed(..)) {
                out[written..written + LOST.len()].copy_from_slice(LOST);
                written += LOST.len();
                self.repairs.add(Repair::Replaced, 1, 0, || self.line);
            }
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() && out.len() >= ROOM {
            return self.decode(out);
        }
        if self.left.is_empty() && !out.is_empty() {
            let mut room = [0; ROOM];
            let count = self.decode(&mut room)?;
            self.left.extend_from_slice(&room[..count]);
        }
        let count = self.left.len().min(out.len());
        out[..count].copy_from_slice(&self.left[..count]);
        self.left.drain(..count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{SHIFT_JIS, WINDOWS_1252};

    fn decoded(bytes: &[u8], encoding: &'static Encoding, size: usize) -> (String, Arc<Repairs>) {
        let repairs = Arc::new(Repairs::default());
        let mut reader = Decoding::new(bytes, encoding, Arc::clone(&repairs));
        let (mut out, mut buffer) = (Vec::new(), vec![0u8; size]);
        while let Ok(n @ 1..) = reader.read(&mut buffer) {
            out.extend_from_slice(&buffer[..n]);
        }
        assert_eq!(reader.read(&mut buffer).unwrap(), 0, "the end stays the end");
        (String::from_utf8(out).unwrap(), repairs)
    }

    #[test]
    fn decoding_is_the_same_in_any_pieces() {
        let latin: Vec<u8> = (0..200_000).map(|i| if i % 7 == 0 { 0xE9 } else { b'a' }).collect();
        for size in [1, 2, 15, 16, 777] {
            assert_eq!(decoded(&latin, WINDOWS_1252, size).0, WINDOWS_1252.decode(&latin).0);
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_counted() {
        let bytes = b"fine\nbroken \xFF here\nand \x82";
        for size in [1, 5, 16, 300] {
            let (text, repairs) = decoded(bytes, SHIFT_JIS, size);
            assert_eq!(text, SHIFT_JIS.decode(bytes).0, "{size}");
            assert_eq!(repairs.count(Repair::Replaced), 2);
            assert!(repairs.notes()[0].contains("line 2"), "{:?}", repairs.notes());
        }
    }
}
