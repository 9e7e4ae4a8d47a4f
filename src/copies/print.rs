//! What a text says, in a few numbers. In: title, text and what is known of them. Out: a [`Print`], equal
//! for texts that differ only in case, punctuation, links, handles or the mark of a retweet. Separate because it is
//! made of each record alone, on all threads, and has to cost a fraction of scoring.
//!
//! Words are read eight bytes at a time: one comparison of all eight tells how many are letters or
//! digits, and folds them.

use super::mix;
use super::near::{BINS, Sketch};

/// Length of a word, in quarters, and of a sign that stands for about half of one.
const WORD: u32 = 4;
const SIGN: u32 = 2;
const LETTER: u32 = 1;
/// Shortest text that is a copy by its author, by itself, and that may be nearly the same.
const BY_AUTHOR: u32 = 4 * WORD;
const BY_ITSELF: u32 = 8 * WORD;
const NEARLY: u32 = 20 * WORD;

/// Odd constants with evenly spread bits (the golden ratio and a prime of xxHash64).
const MIX: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F];

/// What is known of a record beside its text, as its cells stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'r> {
    /// Who wrote it.
    pub author: Option<&'r str>,
    /// When.
    pub date: Option<&'r str>,
    /// About what.
    pub product: Option<&'r str>,
    /// What it is called.
    pub id: Option<&'r str>,
}

/// By what a record is known later; nought where there is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// By its text, and what must be the same beside it.
    pub own: u64,
    /// By its id, whatever its text.
    pub edited: u64,
    /// By its text, for those who pass it on.
    pub left: u64,
}

/// What a text says, in a few numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// By what it is known.
    pub keys: Keys,
    /// By what else an earlier record may have been known: as one who passed it on.
    pub sought: u64,
    /// For what is nearly the same; of long texts only.
    pub sketch: Option<Sketch>,
}

impl Print {
    /// The print of a record. The title counts once where the text begins with it.
    #[must_use]
    pub fn of(title: Option<&str>, text: Option<&str>, about: &About) -> Self {
        let mut walk = Walk::default();
        let title = title.filter(|title| !text.is_some_and(|text| text.starts_with(title.trim_end_matches(['…', '.']))));
        title.into_iter().chain(text).for_each(|part| walk.over(part));
        walk.print(about)
    }
}

/// What was gathered of a text.
struct Walk {
    /// Of all words in order.
    hash: u64,
    /// Quarters of words.
    length: u32,
    /// Of the words with digits, in any order.
    numbers: u64,
    /// Whether it passes on what another said.
    passes_on: bool,
    last: u64,
    /// The least hash of a pair of words in each part of their range.
    bins: [u64; BINS],
}

impl Default for Walk {
    fn default() -> Self {
        Self { hash: 0, length: 0, numbers: 0, passes_on: false, last: 0, bins: [u64::MAX; BINS] }
    }
}

/// The eight bytes at a place, noughts beyond the end.
fn load(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(chunk) = rest.first_chunk::<8>() {
        return u64::from_le_bytes(*chunk);
    }
    let mut padded = [0; 8];
    padded.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(padded)
}

/// How many of eight bytes are ASCII letters and digits before one that is not, and these in lower case.
const fn run(bytes: u64) -> (usize, u64) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let lower = bytes | (0x20 * ONES);
    let low = lower & !HIGH;
    // The high bit of a byte becomes set where the byte is not below the bound.
    let letter = (low + (0x80 - b'a' as u64) * ONES) & !(low + (0x80 - b'z' as u64 - 1) * ONES);
    let digit = (low + (0x80 - b'0' as u64) * ONES) & !(low + (0x80 - b'9' as u64 - 1) * ONES);
    let other = !((letter | digit) & !bytes) & HIGH;
    if other == 0 {
        return (8, lower);
    }
    let bits = other.trailing_zeros() & !7;
    ((bits / 8) as usize, lower & ((1 << bits) - 1))
}

/// What a character beyond ASCII is.
enum Sign {
    /// Part of a word, folded.
    Letter(char),
    /// A word, or part of one, that is written without spaces around it.
    Alone(u32),
    Other,
}

fn sign(c: char) -> Sign {
    match c {
        '\u{2000}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE00}'..='\u{FE0F}' => Sign::Other,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => Sign::Alone(LETTER),
        '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => Sign::Alone(SIGN),
        _ if c.is_alphanumeric() => Sign::Letter(c.to_lowercase().next().unwrap_or(c)),
        _ => Sign::Other,
    }
}

/// The character beyond ASCII at a place, and its length in bytes.
fn beyond_ascii(text: &str, at: usize) -> (Sign, usize) {
    let c = text.get(at..).and_then(|rest| rest.chars().next());
    c.map_or((Sign::Other, 1), |c| (sign(c), c.len_utf8()))
}

impl Walk {
    fn over(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        'words: while at < bytes.len() {
            let begin = at;
            let mut word = 0;
            loop {
                let (length, piece) = run(load(bytes, at));
                at += length;
                if length > 0 {
                    word = (word ^ piece).wrapping_mul(MIX[0]);
                    word ^= word >> 32;
                }
                if length == 8 {
                    continue;
                }
                let Some(128..) = bytes.get(at) else { break };
                let (sign, length) = beyond_ascii(text, at);
                if let Sign::Letter(c) = sign {
                    word = (word ^ u64::from(c)).wrapping_mul(MIX[1]).rotate_left(29);
                    at += length;
                    continue;
                }
                self.end(bytes, begin..at, word);
                if let Sign::Alone(weight) = sign {
                    let sign = load(bytes.get(at..at + length).unwrap_or_default(), 0);
                    self.add(sign.wrapping_mul(MIX[0]), weight);
                }
                at += length;
                continue 'words;
            }
            at = match bytes.get(at) {
                _ if word != 0 => self.end(bytes, begin..at, word),
                Some(b'@') => at + 1 + handle(bytes.get(at + 1..).unwrap_or_default()),
                _ => at + 1,
            };
        }
    }

    /// Counts a word, unless it is of a link or says that the text is another's; where to read on.
    fn end(&mut self, bytes: &[u8], range: std::ops::Range<usize>, word: u64) -> usize {
        let end = range.end;
        if word == 0 {
            return end;
        }
        let text = || bytes.get(range.clone()).unwrap_or_default();
        let rest = || bytes.get(end..).unwrap_or_default();
        match bytes.get(end) {
            Some(b':') if rest().starts_with(b"://") => return end + link(rest()),
            Some(b'.') if text().eq_ignore_ascii_case(b"www") => return end + link(rest()),
            Some(b' ')
                if rest().starts_with(b" @") && [b"rt".as_slice(), b"via", b"mt"].iter().any(|mark| text().eq_ignore_ascii_case(mark)) =>
            {
                self.passes_on = true;
                return end;
            }
            _ => {}
        }
        self.add(word, WORD);
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        if digit(bytes.get(range.start)) | digit(bytes.get(end.wrapping_sub(1))) {
            self.numbers = self.numbers.wrapping_add(mix(word));
        }
        // A single blank is what mostly follows.
        end + usize::from(bytes.get(end) == Some(&b' '))
    }

    fn add(&mut self, word: u64, length: u32) {
        let word = word.wrapping_mul(MIX[1]);
        let word = word ^ (word >> 29);
        self.hash = (self.hash.rotate_left(23) ^ word).wrapping_mul(MIX[0]);
        let pair = (self.last.rotate_left(17) ^ word).wrapping_mul(MIX[1]);
        self.last = word;
        self.length += length;
        #[allow(clippy::cast_possible_truncation)] // five bits
        if let Some(bin) = self.bins.get_mut((pair >> (u64::BITS - BINS.ilog2())) as usize) {
            *bin = pair.min(*bin);
        }
    }

    fn print(&self, about: &About) -> Print {
        let text = key(self.hash, &[]);
        let with = |cells: &[Option<&str>]| key(text, cells);
        let edited = match about.id {
            Some(_) if about.date.is_some() || about.author.is_some() => key(0, &[about.id, about.author, about.date, about.product]),
            _ => 0,
        };
        let by_id = about.id.map_or(0, |_| with(&[about.id, None]));
        let passed_on = mix(text ^ MIX[0]);
        let (own, sought, left) = match self.length {
            0 => (0, 0, 0),
            1..BY_AUTHOR => match (about.author, about.date) {
                (Some(_), Some(_)) => (with(&[about.author, about.date, about.product]), 0, 0),
                _ => (by_id, 0, 0),
            },
            BY_AUTHOR..BY_ITSELF if self.passes_on => (passed_on, text, 0),
            BY_AUTHOR..BY_ITSELF => (about.author.map_or(by_id, |_| with(&[about.author])), passed_on, text),
            _ => (text, 0, 0),
        };
        let sketch = (self.length >= NEARLY).then(|| self.sketch(with_salt(self.numbers, about.product)));
        Print { keys: Keys { own, edited, left }, sought, sketch }
    }

    /// A byte of each part; `salt` makes sketches of texts that must not be near one another differ in all.
    fn sketch(&self, salt: u64) -> Sketch {
        let mut bytes = [0; BINS];
        // What is borrowed comes from behind, and behind the last part is the first one.
        let mut lender = self.bins.iter().copied().find(|bin| *bin != u64::MAX).unwrap_or_default();
        for (byte, &bin) in bytes.iter_mut().zip(&self.bins).rev() {
            // The lender changes with the distance, so that a text with few pairs does not repeat itself.
            lender = if bin == u64::MAX { lender.wrapping_add(MIX[1]) } else { bin };
            *byte = (lender ^ salt).wrapping_mul(MIX[0]).to_le_bytes()[7];
        }
        bytes
    }
}

/// Bytes up to the next blank.
fn link(bytes: &[u8]) -> usize {
    bytes.iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len())
}

/// Bytes of a handle.
fn handle(bytes: &[u8]) -> usize {
    bytes.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'_').unwrap_or(bytes.len())
}

/// A key made of a number and cells; never nought.
fn key(number: u64, cells: &[Option<&str>]) -> u64 {
    cells.iter().fold(mix(number.wrapping_add(MIX[0])), |key, cell| with_salt(key, *cell)).max(1)
}

fn with_salt(key: u64, cell: Option<&str>) -> u64 {
    let Some(cell) = cell else { return key.rotate_left(7) };
    let chunks = cell.as_bytes().chunks(8).map(|chunk| load(chunk, 0));
    let hash = chunks.fold(key ^ cell.len() as u64, |hash, chunk| (hash ^ chunk).wrapping_mul(MIX[1]).rotate_left(29));
    mix(hash)
}
