//! The quick look. In: a text. Out: signs of what may be wrapped around it, none for most texts.
//! Separate because every record pays for it: plain texts are looked at 32 bytes at a time, without a
//! branch, and only texts with an odd byte are looked at again.

use super::{repost, twice};

/// Signs that a text shows.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Signs(u16);

impl Signs {
    /// `<`.
    pub const LESS: Self = Self(1);
    /// `>` that may begin a line.
    pub const MORE: Self = Self(1 << 1);
    /// `&`.
    pub const AMPERSAND: Self = Self(1 << 2);
    /// `[`.
    pub const BRACKET: Self = Self(1 << 3);
    /// A mark of emphasis.
    pub const MARK: Self = Self(1 << 4);
    /// A backslash.
    pub const BACKSLASH: Self = Self(1 << 5);
    /// A line break.
    pub const LINE: Self = Self(1 << 6);
    /// `(`.
    pub const PAREN: Self = Self(1 << 7);
    /// A character beyond ASCII: it may be a letter in disguise, or none at all.
    pub const WIDE: Self = Self(1 << 8);
    /// `#` at the beginning.
    pub const HASH: Self = Self(1 << 9);
    /// It begins or ends as reposts do.
    pub const REPOST: Self = Self(1 << 10);
    /// It may hold the same twice.
    pub const TWICE: Self = Self(1 << 11);

    /// The signs of a text.
    #[inline]
    #[must_use]
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = Self::of_ends(bytes);
        if has_odd(bytes) { ends.with(Self::look(bytes)) } else { ends }
    }

    /// Whether there is none.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one of `others` is there.
    #[inline]
    #[must_use]
    pub const fn has_any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// These and others.
    #[inline]
    #[must_use]
    pub const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    #[inline]
    const fn when(self, shown: bool) -> Self {
        if shown { self } else { Self(0) }
    }

    /// What the first and last bytes tell.
    #[inline]
    fn of_ends(bytes: &[u8]) -> Self {
        let hash = Self::HASH.when(bytes.first() == Some(&b'#'));
        hash.with(Self::REPOST.when(repost::may_be(bytes))).with(Self::TWICE.when(twice::may_be(bytes)))
    }

    /// Tells which of the odd bytes are there. Each lane of a chunk gathers a bit for each sign.
    #[inline(never)]
    fn look(bytes: &[u8]) -> Self {
        let (mut all, mut high) = ([0; WIDTH], [0; WIDTH]);
        each_chunk(bytes, |chunk| {
            for ((all, high), &b) in all.iter_mut().zip(&mut high).zip(chunk) {
                *all |= sign(b);
                *high |= b;
            }
        });
        let fold = |lanes: [u8; WIDTH]| lanes.iter().fold(0, |any, lane| any | lane);
        Self(u16::from(fold(all))).with(Self::WIDE.when(fold(high) >= 0x80))
    }
}

/// Bytes that are looked at together.
const WIDTH: usize = 32;

/// All of a text in chunks; the last is looked at with bytes before it, or with blanks.
#[inline]
fn each_chunk(bytes: &[u8], mut see: impl FnMut(&[u8; WIDTH])) {
    let (chunks, rest) = bytes.as_chunks::<WIDTH>();
    chunks.iter().for_each(&mut see);
    if !rest.is_empty() {
        if let Some(last) = bytes.last_chunk::<WIDTH>() {
            see(last);
        } else {
            let mut padded = [b' '; WIDTH];
            padded[..rest.len()].copy_from_slice(rest);
            see(&padded);
        }
    }
}

/// Whether a byte is there that has a sign; a few others are let through, to save comparisons.
#[inline]
fn has_odd(bytes: &[u8]) -> bool {
    let mut all = [0; WIDTH];
    each_chunk(bytes, |chunk| all.iter_mut().zip(chunk).for_each(|(mark, &b)| *mark |= odd(b)));
    all.iter().fold(0, |any, mark| any | mark) != 0
}

/// Not zero for `[ \ ] ^ _ { | } ~`, all beyond ASCII, `< > ( * &`, a backtick and a line break.
#[inline]
const fn odd(b: u8) -> u8 {
    let (low, second) = (b | 0x20, b | 2);
    (low >= b'{') as u8 | (second == b'>') as u8 | (second == b'*') as u8 | (b == b'&') as u8 | (b == b'`') as u8 | (b == b'\n') as u8
}

/// The signs of a byte of ASCII, as in [`Signs`].
#[inline]
const fn sign(b: u8) -> u8 {
    const fn bit(shown: bool, signs: Signs) -> u8 {
        (shown as u8).wrapping_neg() & signs.0.to_le_bytes()[0]
    }
    bit(b == b'<', Signs::LESS)
        | bit(b == b'>', Signs::MORE)
        | bit(b == b'&', Signs::AMPERSAND)
        | bit(b == b'[', Signs::BRACKET)
        | bit((b == b'*') | (b == b'_') | (b == b'`') | (b | 2 == b'~'), Signs::MARK)
        | bit(b == b'\\', Signs::BACKSLASH)
        | bit(b == b'\n', Signs::LINE)
        | bit(b == b'(', Signs::PAREN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_byte_with_a_sign_is_passed_over() {
        for b in 0..=255u8 {
            assert!((sign(b) == 0 && b.is_ascii()) || odd(b) != 0, "{b:#x}");
        }
        for length in 0..100 {
            for at in 0..length {
                let mut bytes = vec![b'a'; length];
                assert!(!has_odd(&bytes));
                bytes[at] = b'<';
                assert!(has_odd(&bytes) && Signs::look(&bytes) == Signs::LESS, "{at} of {length}");
            }
        }
    }
}
