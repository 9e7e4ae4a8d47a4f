//! Which bytes are words. In: bytes of a text. Out: which of them are letters or digits, and at which of
//! them a closer look is due. Separate because it is all arithmetic on many bytes at once.

/// Bytes that are looked at together.
pub const WIDTH: usize = 64;
/// These, and what a word that begins at the last of them may need to be read.
pub const REACH: usize = WIDTH + 8;

const ONES: u64 = 0x0101_0101_0101_0101;
/// Lower case, of letters of ASCII; digits stay.
const FOLD: u64 = 0x20 * ONES;

/// What a byte is, one bit each.
const WORD: u8 = 1;
const ODD: u8 = 1 << 1;
const DIGIT: u8 = 1 << 2;

/// What the bytes of a window are, one bit for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Letters and digits of ASCII.
    pub words: u64,
    /// Bytes beyond ASCII, and those at which there may be a handle or a link.
    pub odd: u64,
    /// Whether there is a digit.
    pub digits: bool,
}

impl Window {
    /// Looks at the first [`WIDTH`] bytes.
    #[inline]
    #[must_use]
    pub fn of(bytes: &[u8; REACH]) -> Self {
        let mut flags = [0; WIDTH];
        let next = bytes.iter().skip(1);
        for ((flag, b), next) in flags.iter_mut().zip(bytes).zip(next) {
            *flag = what(b | 0x20, next | 0x20);
        }
        let (eights, _) = flags.as_chunks::<8>();
        let any = eights.iter().fold(0, |any, eight| any | u64::from_le_bytes(*eight));
        let is_any = |flag: u8| any & (u64::from(flag) * ONES) != 0;
        let odd = if is_any(ODD) { gather(eights, ODD) } else { 0 };
        Self { words: gather(eights, WORD), odd, digits: is_any(DIGIT) }
    }
}

/// What a byte is before another, both in lower case.
#[inline]
const fn what(b: u8, next: u8) -> u8 {
    let digit = b.wrapping_sub(b'0') < 10;
    let word = (b.wrapping_sub(b'a') < 26) | digit;
    // `@`, with what stands before it, of `ww` and of `://`; a backtick is `@` in lower case.
    let odd = (b >= 0x80) | (b == b'`') | (next == b'`') | ((b == b'w') & (next == b'w')) | ((b == b':') & (next == b'/'));
    (word as u8 * WORD) | (odd as u8 * ODD) | (digit as u8 * DIGIT)
}

/// A bit of each byte.
#[inline]
fn gather(eights: &[[u8; 8]], flag: u8) -> u64 {
    let shift = flag.trailing_zeros();
    eights.iter().rev().fold(0, |bits, eight| {
        let ones = (u64::from_le_bytes(*eight) >> shift) & ONES;
        // Each one is moved to another bit of the highest byte.
        bits << 8 | (ones.wrapping_mul(0x0102_0408_1020_4080) >> 56)
    })
}

/// The eight bytes at a place, noughts beyond the end.
#[inline]
#[must_use]
pub fn load(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(chunk) = rest.first_chunk::<8>() {
        return u64::from_le_bytes(*chunk);
    }
    let mut padded = [0; 8];
    padded.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(padded)
}

/// The eight bytes at a place in a window.
#[inline]
#[must_use]
pub fn load_within(window: &[u8; REACH], at: usize) -> u64 {
    let at = at % WIDTH;
    let mut eight = [0; 8];
    eight.copy_from_slice(&window[at..at + 8]);
    u64::from_le_bytes(eight)
}

/// The first `length` of eight letters and digits in lower case, of which there is at least one.
#[inline]
#[must_use]
pub const fn piece(bytes: u64, length: usize) -> u64 {
    let beyond = 8 * (8 - length);
    (bytes | FOLD) << beyond >> beyond
}

/// How many of eight bytes are letters and digits of ASCII before one that is not, and these in lower case.
#[must_use]
pub const fn run(bytes: u64) -> (usize, u64) {
    const HIGH: u64 = 0x80 * ONES;
    let lower = bytes | FOLD;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_in_every_place() {
        for b in 0..=255u8 {
            let folded = b | 0x20;
            let word = b.is_ascii() && (folded.is_ascii_digit() || folded.is_ascii_lowercase());
            for at in 0..WIDTH {
                let mut bytes = [b' '; REACH];
                bytes[at] = b;
                let Window { words, odd, digits } = Window::of(&bytes);
                assert_eq!(words, u64::from(word) << at, "{b:#x} at {at}");
                assert_eq!(odd >> at & 1 == 1, !b.is_ascii() || b == b'@' || b == b'`', "{b:#x} at {at}");
                assert!(digits || !b.is_ascii_digit());
                assert_eq!(run(load(&bytes, at)).0, usize::from(word));
            }
        }
    }

    #[test]
    fn links_and_handles_are_odd() {
        for (text, odd) in [("a @b", 0b110), ("ab://", 0b100), ("www.", 0b11), ("a: /", 0), ("w w", 0)] {
            let mut bytes = [0; REACH];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            assert_eq!(Window::of(&bytes).odd, odd, "{text}");
        }
    }
}
