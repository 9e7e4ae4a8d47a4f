//! Character encodings. In: the first bytes of a file. Out: its encoding and what tells it. Separate because
//! everything after it knows UTF-8 only. UTF-8 passes through unchanged; a record of it that is not valid
//! is mended ([`mend`]) and counted.

pub mod decoding;
pub mod hint;
pub mod mend;
pub mod mojibake;

use crate::error::{Error, Result};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
pub use decoding::Decoding;
use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The encoding of a file and what tells it.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// Length of the byte-order mark.
    pub mark: usize,
    /// What tells it.
    pub why: &'static str,
    /// Whether records that are valid UTF-8 are nevertheless that.
    pub by_record: bool,
}

impl Found {
    /// An encoding that holds for all records.
    #[must_use]
    pub const fn new(encoding: &'static Encoding, why: &'static str) -> Self {
        Self { encoding, mark: 0, why, by_record: false }
    }

    /// Whether the bytes pass as they are, and records are mended one by one.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.by_record || self.encoding == UTF_8
    }
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

/// Least bytes beyond ASCII that tell an encoding of one byte a character from its sisters, and those of
/// several bytes from Windows-1252.
const SISTERS: usize = 20;
const SEVERAL: usize = 8;
/// Bytes that tell UTF-16.
const NEAR: usize = 64 << 10;

/// Tells the encoding from the first bytes of a file: a byte-order mark; zero bytes on one side of every
/// other byte; valid UTF-8; what the file says of itself; else what its letters and their
/// neighbours make likely.
#[must_use]
pub fn detect(first: &[u8]) -> Found {
    if let Some((encoding, mark)) = Encoding::for_bom(first) {
        return Found { mark, ..Found::new(encoding, "byte-order mark") };
    }
    if let Some(encoding) = utf_16(first) {
        return Found::new(encoding, "zero bytes on one side of every other byte");
    }
    let escapes = memchr::memmem::find(first, b"\x1b$").is_some();
    let valid = std::str::from_utf8(first).map_or_else(|error| error.error_len().is_none(), |_| true);
    if valid && !first.is_ascii() {
        return Found::new(UTF_8, "valid UTF-8");
    }
    if let Some(found) = named(first) {
        return found;
    }
    if valid && !escapes {
        return Found::new(UTF_8, "plain ASCII so far");
    }
    guessed(first).unwrap_or_else(|| Found::new(UTF_8, if valid { "plain ASCII so far" } else { "UTF-8 but for some bytes" }))
}

/// The encoding that the file names, if its bytes do not contradict.
fn named(first: &[u8]) -> Option<Found> {
    let encoding = Encoding::for_label(hint::hint(first)?)?;
    let fits = encoding != UTF_8 && encoding.is_ascii_compatible() && decodes(first, encoding);
    fits.then(|| Found { by_record: encoding == WINDOWS_1252, ..Found::new(encoding, "named by the file itself") })
}

/// The likeliest encoding of bytes that are not UTF-8; none if they are UTF-8 but for some.
fn guessed(first: &[u8]) -> Option<Found> {
    let (valid, broken) = sequences(first);
    if valid > broken {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(first, false);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let beyond = first.iter().filter(|b| !b.is_ascii()).count();
    let western = looks_western(first);
    if guess.is_single_byte() {
        if guess != WINDOWS_1252 && beyond >= SISTERS {
            return Some(Found::new(guess, "not UTF-8, and its letters stand as in this encoding"));
        }
    } else if (beyond >= SEVERAL || !western) && decodes(first, guess) {
        // The larger set of the same encoding.
        let whole = if guess == GBK { GB18030 } else { guess };
        return Some(Found::new(whole, "not UTF-8, and its bytes pair as in this encoding"));
    }
    let why = "not UTF-8, and its bytes make sense as Windows-1252";
    western.then(|| Found { by_record: true, ..Found::new(WINDOWS_1252, why) })
}

/// Characters beyond ASCII that are valid UTF-8, and sequences that are not. A character cut by the
/// end of the sample counts as neither.
fn sequences(first: &[u8]) -> (usize, usize) {
    let (mut valid, mut broken, mut at) = (0, 0, 0);
    for chunk in first.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len() + chunk.invalid().len();
        broken += usize::from(!chunk.invalid().is_empty() && (at < first.len() || valid == 0));
    }
    (valid, broken)
}

/// Whether bytes can be decoded; what is cut off by their end does not count.
fn decodes(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut at, mut out) = (0, vec![0; 1 << 12]);
    loop {
        match decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut out, false) {
            (DecoderResult::InputEmpty, ..) => return true,
            (DecoderResult::OutputFull, read, _) => at += read,
            (DecoderResult::Malformed(..), ..) => return false,
        }
    }
}

/// Zero bytes stand on one side only: on most, as in Latin script; or on a few, blanks and line ends, where
/// the bytes beside them are those of another script and make sense together.
fn utf_16(first: &[u8]) -> Option<&'static Encoding> {
    let head = &first[..first.len().min(NEAR) / 2 * 2];
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (encoding, side, many, few) = if even > odd { (UTF_16BE, 0, even, odd) } else { (UTF_16LE, 1, odd, even) };
    if many < 3 || few * 20 > many {
        return None;
    }
    let others = head.len() / 2 - many;
    if many > others {
        return Some(encoding);
    }
    let control = |b: &&u8| matches!(b, 1..=8 | 11 | 12 | 14..=31);
    let small = head.iter().skip(side).step_by(2).filter(control).count();
    let without: Vec<u8> = head.iter().copied().filter(|&b| b != 0).collect();
    let strange = std::str::from_utf8(&without).is_err_and(|error| error.error_len().is_some());
    ((small * 2 > others || strange) && decodes(head, encoding)).then_some(encoding)
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

#[cfg(test)]
mod tests;
