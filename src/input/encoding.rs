//! Character encodings. In: bytes as stored. Out: UTF-8 bytes. Separate because everything after it
//! knows UTF-8 only. UTF-8 passes through unchanged: a row that is not valid is skipped and counted
//! later, never repaired silently.

use crate::error::{Error, Result};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// The encoding of a file and what tells it.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// Length of the byte-order mark.
    pub mark: usize,
    /// What tells it.
    pub why: &'static str,
}

/// The encoding that a label such as `latin1` names.
///
/// # Errors
/// When there is none of that name.
pub fn by_name(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        Error::usage(format!("found the encoding {label:?}, expected a name such as utf-8, windows-1252, utf-16le, gb18030, shift_jis"))
            .at("--encoding")
    })
}

/// Tells the encoding from the first bytes of a file: a byte-order mark; zero bytes in every other
/// place; valid UTF-8; else bytes that make sense as Windows-1252 (which covers Latin-1).
#[must_use]
pub fn detect(first: &[u8]) -> Found {
    if let Some((encoding, mark)) = Encoding::for_bom(first) {
        return Found { encoding, mark, why: "byte-order mark" };
    }
    if let Some(encoding) = utf_16(first) {
        return Found { encoding, mark: 0, why: "zero bytes in every other place" };
    }
    if !first.is_ascii() && looks_western(first) {
        return Found { encoding: WINDOWS_1252, mark: 0, why: "not UTF-8, and its bytes make sense as Windows-1252" };
    }
    let whole = std::str::from_utf8(first).map_or_else(|error| error.error_len().is_none(), |_| true);
    let why = match (first.is_ascii(), whole) {
        (true, _) => "plain ASCII so far",
        (false, true) => "valid UTF-8",
        (false, false) => "UTF-8 but for some bytes",
    };
    Found { encoding: UTF_8, mark: 0, why }
}

fn utf_16(first: &[u8]) -> Option<&'static Encoding> {
    let head = &first[..first.len().min(2000)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let many = head.len() / 2 * 7 / 10;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > many && odd > 4 => Some(UTF_16LE),
        (even, 0) if even > many && even > 4 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether the parts that are not UTF-8 outnumber those that are, and read as Western letters beside
/// letters or as typographic signs. A single broken row in a UTF-8 file does not make it Latin-1.
fn looks_western(first: &[u8]) -> bool {
    let (mut valid, mut sensible, mut senseless) = (0u32, 0u32, 0u32);
    let mut at = 0;
    for chunk in first.utf8_chunks() {
        valid += u32::try_from(chunk.valid().chars().filter(|c| !c.is_ascii()).count()).unwrap_or(u32::MAX);
        at += chunk.valid().len();
        let broken = chunk.invalid();
        if at + broken.len() >= first.len() && broken.len() < 4 && valid > 0 {
            break; // a character cut by the end of the sample
        }
        for offset in 0..broken.len() {
            let good = is_sensible(first, at + offset);
            sensible += u32::from(good);
            senseless += u32::from(!good);
        }
        at += broken.len();
    }
    sensible > senseless && sensible > valid
}

fn is_sensible(bytes: &[u8], at: usize) -> bool {
    let letter = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0xC0);
    match bytes[at] {
        0xD0 | 0xF0 | 0xDE | 0xFE | 0xFF | 0xD7 | 0xF7 => false,
        0xC0.. => letter(at.checked_sub(1)) || letter(Some(at + 1)),
        0x80 | 0x82 | 0x84 | 0x85 | 0x91..=0x97 | 0x99 | 0xA0 | 0xA3 | 0xA9 | 0xAB | 0xAE | 0xB0 | 0xB4 | 0xBB | 0xBD | 0xBF => true,
        _ => false,
    }
}

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
}

/// Bytes read at a time.
const CHUNK: usize = 1 << 16;
/// Least room that the decoder wants for its output.
const ROOM: usize = 16;

impl<R: Read> Decoding<R> {
    /// A reader of `input`, which is in `encoding`, without a byte-order mark.
    pub fn new(input: R, encoding: &'static Encoding) -> Self {
        Self {
            input,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: Vec::new(),
            from: 0,
            ended: false,
            finished: false,
            left: Vec::new(),
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
            let (result, read, written, _) = self.decoder.decode_to_utf8(&self.raw[self.from..], out, self.ended);
            self.from += read;
            self.finished = self.ended && result == CoderResult::InputEmpty;
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

    #[test]
    fn the_usual_encodings_are_told() {
        let utf16: Vec<u8> = "Text,Stars\nGood,5\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [(&[u8], &str); 8] = [
            (b"plain", "UTF-8"),
            ("é and ’".as_bytes(), "UTF-8"),
            (b"\xEF\xBB\xBFa", "UTF-8"),
            (b"caf\xE9 cr\xE8me", "windows-1252"),
            (b"it\x92s nice", "windows-1252"),
            (b"text\nfine\n\xFF\xFE broken\n", "UTF-8"),
            (&utf16, "UTF-16LE"),
            (b"\xFF\xFEa\0", "UTF-16LE"),
        ];
        for (bytes, name) in cases {
            assert_eq!(detect(bytes).encoding.name(), name, "{bytes:?}");
        }
        assert_eq!(detect("caf\u{e9} caf\u{e9}".as_bytes().split_last().map_or(&b""[..], |x| x.1)).encoding.name(), "UTF-8");
    }

    #[test]
    fn decoding_is_the_same_in_any_pieces() {
        let latin: Vec<u8> = (0..200_000).map(|i| if i % 7 == 0 { 0xE9 } else { b'a' }).collect();
        for size in [1, 2, 15, 16, 777] {
            let mut out = Vec::new();
            let mut reader = Decoding::new(&latin[..], WINDOWS_1252);
            let mut buffer = vec![0u8; size];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                out.extend_from_slice(&buffer[..n]);
            }
            assert_eq!(String::from_utf8(out).unwrap(), WINDOWS_1252.decode(&latin).0);
            assert_eq!(reader.read(&mut buffer).unwrap(), 0, "the end stays the end");
        }
    }
}
