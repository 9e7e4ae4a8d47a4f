//! The words of a text, each as a number. In: title and text. Out: a number for all words in order, their
//! length, the numbers among them, and the sketch of longer texts. Separate because it is the one walk
//! over every byte of every text.
//!
//! Where words begin and end is found for 64 bytes together. A word beside which something odd stands (a
//! letter beyond ASCII, a handle, a link) is read again, with care; both ways give the same number.

use super::mix;
use super::near::{BINS, Sketch};
use super::print::{LETTER, MIX, NEARLY, SIGN, WORD};
use super::window::{REACH, WIDTH, Window, load, load_within, piece, run};
use std::ops::Range;

/// Words that are kept until it is known whether a sketch will be needed.
const KEPT: usize = 128;

/// What was gathered of a text.
pub struct Walk {
    /// Of all words in order.
    pub hash: u64,
    /// Quarters of words.
    pub length: u32,
    /// Of the words with digits, in any order.
    pub numbers: u64,
    /// Whether it passes on what another said.
    pub passes_on: bool,
    /// Words that are not in the sketch yet.
    kept: [u64; KEPT],
    count: usize,
    /// Whether there is anything in the sketch.
    sketched: bool,
    /// The last word in the sketch.
    last: u64,
    /// The least hash of a pair of words in each part of their range.
    bins: [u64; BINS],
}

impl Default for Walk {
    fn default() -> Self {
        Self { hash: 0, length: 0, numbers: 0, passes_on: false, kept: [0; KEPT], count: 0, sketched: false, last: 0, bins: [0; BINS] }
    }
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

/// A word with the next piece of it.
#[inline]
const fn with(word: u64, piece: u64) -> u64 {
    let word = (word ^ piece).wrapping_mul(MIX[0]);
    word ^ (word >> 32)
}

/// A word as it is kept.
#[inline]
const fn spread(word: u64) -> u64 {
    let word = word.wrapping_mul(MIX[1]);
    word ^ (word >> 29)
}

/// The number of words in order, with the next of them.
#[inline]
const fn chained(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(MIX[0])
}

impl Walk {
    /// Begins anew.
    pub const fn clear(&mut self) {
        (self.hash, self.length, self.numbers, self.passes_on) = (0, 0, 0, false);
        (self.count, self.sketched) = (0, false);
    }

    /// Adds the words of a title or text.
    pub fn over(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            at = if let Some(window) = rest.first_chunk() {
                self.over_window(text, at, window)
            } else {
                let mut padded = [0; REACH];
                if let Some(begin) = padded.get_mut(..rest.len()) {
                    begin.copy_from_slice(rest);
                }
                self.over_window(text, at, &padded)
            };
        }
    }

    /// Adds the words that begin in a window and end there; where to read on.
    #[inline]
    fn over_window(&mut self, text: &str, at: usize, window: &[u8; REACH]) -> usize {
        let Window { mut words, mut odd, digits } = Window::of(window);
        loop {
            let limit = odd.trailing_zeros();
            let begin = self.plain(window, words, limit, digits).min(limit) as usize;
            if limit as usize == WIDTH && begin > 0 {
                return at + begin;
            }
            let next = self.careful(text, at + begin);
            let Some(behind) = u32::try_from(next - at).ok().and_then(|done| u64::MAX.checked_shl(done)) else { return next };
            (words, odd) = (words & behind, odd & behind);
        }
    }

    /// Adds the words of ASCII that end before `limit`; where the next one begins.
    #[inline]
    fn plain(&mut self, window: &[u8; REACH], words: u64, limit: u32, digits: bool) -> u32 {
        if self.count > KEPT - WIDTH {
            self.pair();
        }
        let (mut hash, mut count) = (self.hash, self.count);
        let (mut starts, mut ends) = (words & !(words << 1), !words & (words << 1));
        while ends.trailing_zeros() < limit {
            let (mut start, end) = (starts.trailing_zeros() as usize, ends.trailing_zeros() as usize);
            starts &= starts - 1;
            ends &= ends - 1;
            let is_number = digits && window[start % WIDTH].is_ascii_digit() | window[(end - 1) % WIDTH].is_ascii_digit();
            let mut word = 0;
            while end - start > 8 {
                word = with(word, piece(load_within(window, start), 8));
                start += 8;
            }
            word = with(word, piece(load_within(window, start), end - start));
            if is_number {
                self.numbers = self.numbers.wrapping_add(mix(word));
            }
            let word = spread(word);
            hash = chained(hash, word);
            self.kept[count % KEPT] = word;
            count += 1;
        }
        #[allow(clippy::cast_possible_truncation)] // at most WIDTH
        let added = (count - self.count) as u32;
        (self.hash, self.count, self.length) = (hash, count, self.length + added * WORD);
        starts.trailing_zeros()
    }

    /// Adds the word at a place, whatever it is made of; where to read on, which is behind that place.
    #[inline(never)]
    fn careful(&mut self, text: &str, begin: usize) -> usize {
        let bytes = text.as_bytes();
        let (mut at, mut word) = (begin, 0);
        loop {
            let (length, piece) = run(load(bytes, at));
            at += length;
            if length > 0 {
                word = with(word, piece);
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
            return at + length;
        }
        match bytes.get(at) {
            _ if word != 0 => self.end(bytes, begin..at, word),
            Some(b'@') => at + 1 + handle(bytes.get(at + 1..).unwrap_or_default()),
            _ => at + 1,
        }
    }

    /// Counts a word, unless it is of a link or says that the text is another's; where to read on.
    fn end(&mut self, bytes: &[u8], range: Range<usize>, word: u64) -> usize {
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
        if self.count == KEPT {
            self.pair();
        }
        let word = spread(word);
        self.hash = chained(self.hash, word);
        self.length += length;
        self.kept[self.count % KEPT] = word;
        self.count += 1;
    }

    /// Brings the words that are kept into the sketch.
    #[inline(never)]
    fn pair(&mut self) {
        if !self.sketched {
            (self.sketched, self.last, self.bins) = (true, 0, [u64::MAX; BINS]);
        }
        for &word in self.kept.iter().take(self.count) {
            let pair = (self.last.rotate_left(17) ^ word).wrapping_mul(MIX[1]);
            self.last = word;
            #[allow(clippy::cast_possible_truncation)] // five bits
            if let Some(bin) = self.bins.get_mut((pair >> (u64::BITS - BINS.ilog2())) as usize) {
                *bin = pair.min(*bin);
            }
        }
        self.count = 0;
    }

    /// A byte of each part, of texts that are long enough; `salt` makes sketches of texts that must not be
    /// near one another differ in all.
    pub fn sketch(&mut self, salt: impl FnOnce(u64) -> u64) -> Option<Sketch> {
        if self.length < NEARLY {
            return None;
        }
        self.pair();
        let salt = salt(self.numbers);
        let mut bytes = [0; BINS];
        // What is borrowed comes from behind, and behind the last part is the first one.
        let mut lender = self.bins.iter().copied().find(|bin| *bin != u64::MAX).unwrap_or_default();
        for (byte, &bin) in bytes.iter_mut().zip(&self.bins).rev() {
            // The lender changes with the distance, so that a text with few pairs does not repeat itself.
            lender = if bin == u64::MAX { lender.wrapping_add(MIX[1]) } else { bin };
            *byte = (lender ^ salt).wrapping_mul(MIX[0]).to_le_bytes()[7];
        }
        Some(bytes)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What both ways gather of a text.
    fn both(text: &str) -> [(u64, u32, u64, bool, Option<Sketch>); 2] {
        let (mut quick, mut slow) = (Walk::default(), Walk::default());
        // What was there before must not matter.
        quick.over(&"other words ".repeat(50));
        quick.clear();
        quick.over(text);
        let mut at = 0;
        while at < text.len() {
            at = slow.careful(text, at);
        }
        [quick, slow].map(|mut walk| (walk.hash, walk.length, walk.numbers, walk.passes_on, walk.sketch(|salt| salt)))
    }

    #[test]
    fn words_may_end_anywhere_in_a_window() {
        for odd in ["", " ", "é", " @b", "://x y", " www.x y", " RT @x", "5", "'"] {
            for before in 0..140 {
                for length in [1, 7, 8, 9, 63, 64, 65, 80] {
                    let text = format!("{} {}{odd} and more", "-".repeat(before), "a".repeat(length));
                    let [quick, slow] = both(&text);
                    assert_eq!(quick, slow, "{text}");
                }
            }
        }
    }

    proptest! {
        /// The quick way and the careful one tell the same.
        #[test]
        fn both_ways_agree(parts in prop::collection::vec("[a-zA-Z]{1,12}|[0-9]{1,4}|[ .,'`:/@#é日ก😡-]{1,3}|RT @|www\\.|http://|via @x", 0..60)) {
            let text = parts.concat();
            let [quick, slow] = both(&text);
            prop_assert_eq!(quick, slow);
            let [quick, slow] = both(&parts.join(" "));
            prop_assert_eq!(quick, slow);
        }

        #[test]
        fn both_ways_agree_on_any_text(text in "\\PC{0,200}") {
            let [quick, slow] = both(&text);
            prop_assert_eq!(quick, slow);
        }
    }
}
