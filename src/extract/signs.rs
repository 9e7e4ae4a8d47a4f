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
    /// The beginning of a character that may be a letter in disguise, or none at all.
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

    #[inline(never)]
    fn look(bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(0, |all, &b| all | SIGNS[b as usize]))
    }
}

/// Whether a byte is there that [`SIGNS`] knows; a few others are let through, to save comparisons.
#[inline]
fn has_odd(bytes: &[u8]) -> bool {
    const WIDTH: usize = 32;
    let (chunks, rest) = bytes.as_chunks::<WIDTH>();
    let mut all = [0; WIDTH];
    for chunk in chunks {
        mark_odd(chunk, &mut all);
    }
    if !rest.is_empty() {
        // The rest is looked at with bytes before it, or with blanks.
        match bytes.last_chunk::<WIDTH>() {
            Some(last) => mark_odd(last, &mut all),
            None => {
                let mut padded = [b' '; WIDTH];
                padded[..rest.len()].copy_from_slice(rest);
                mark_odd(&padded, &mut all);
            }
        }
    }
    all.iter().fold(0, |any, mark| any | mark) != 0
}

#[inline]
fn mark_odd<const N: usize>(chunk: &[u8; N], all: &mut [u8; N]) {
    for (mark, &b) in all.iter_mut().zip(chunk) {
        *mark |= odd(b);
    }
}

/// Not zero for `[ \ ] ^ _ { | } ~`, all beyond ASCII, `< > ( * &`, a backtick and a line break.
#[inline]
const fn odd(b: u8) -> u8 {
    let (low, second) = (b | 0x20, b | 2);
    (low >= b'{') as u8 | (second == b'>') as u8 | (second == b'*') as u8 | (b == b'&') as u8 | (b == b'`') as u8 | (b == b'\n') as u8
}

/// The sign of every byte.
const SIGNS: [u16; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 256 {
        #[allow(clippy::cast_possible_truncation)] // b < 256
        let byte = b as u8;
        table[b] = match byte {
            b'<' => Signs::LESS.0,
            b'>' => Signs::MORE.0,
            b'&' => Signs::AMPERSAND.0,
            b'[' => Signs::BRACKET.0,
            b'*' | b'_' | b'~' | b'`' | b'|' => Signs::MARK.0,
            b'\\' => Signs::BACKSLASH.0,
            b'\n' => Signs::LINE.0,
            b'(' => Signs::PAREN.0,
            // Latin-1 and letters of phonetics, combining marks, Arabic marks, punctuation, disguised letters.
            0xC2 | 0xC7 | 0xC9..=0xCA | 0xCC..=0xCD | 0xD8 | 0xE1..=0xE3 | 0xEA | 0xEF | 0xF0 => Signs::WIDE.0 | Signs::TWICE.0,
            _ => 0,
        };
        b += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_byte_with_a_sign_is_passed_over() {
        for b in 0..=255u8 {
            assert!(SIGNS[b as usize] == 0 || odd(b) != 0, "{b:#x}");
        }
        for length in 0..100 {
            for at in 0..length {
                let mut bytes = vec![b'a'; length];
                assert!(!has_odd(&bytes));
                bytes[at] = b'<';
                assert!(has_odd(&bytes), "{at} of {length}");
            }
        }
    }
}
