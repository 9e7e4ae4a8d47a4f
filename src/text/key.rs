//! The folded form of a word in sixteen bytes. In: lower-case bytes. Out: a value that can be
//! compared, hashed and stored without touching memory again. Separate because the tokenizer, the
//! lexicon table and the phrase matcher must agree on it to the bit.

/// A folded word: up to 15 bytes verbatim with the length in the last byte; of longer words the
/// first seven bytes and two hashes of all of them.
///
/// Equality of keys is equality of words for up to 15 bytes; beyond that two different words share a
/// key with a chance of about 2⁻⁶⁴.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
pub struct Key {
    low: u64,
    high: u64,
}

/// Length byte of a key whose word did not fit.
const LONG: u64 = 0xFF;
/// Odd constants with evenly spread bits (the golden ratio and a prime of xxHash64).
const MIX: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F];

impl Key {
    /// The key of `len` (at most 15) folded bytes, little-endian in `low` and `high`, zero beyond.
    #[inline]
    #[must_use]
    pub const fn short(low: u64, high: u64, len: usize) -> Self {
        Self { low, high: high | ((len as u64) << 56) }
    }

    /// The key of folded bytes of any length.
    #[must_use]
    pub fn of(folded: &[u8]) -> Self {
        if folded.len() > 15 {
            return Self::long(folded);
        }
        let mut bytes = [0u8; 16];
        bytes[..folded.len()].copy_from_slice(folded);
        let [low, high] = halves(bytes);
        Self::short(low, high, folded.len())
    }

    fn long(folded: &[u8]) -> Self {
        let mut hash = [folded.len() as u64, MIX[0]];
        for chunk in folded.chunks(8) {
            let mut bytes = [0u8; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            let word = u64::from_le_bytes(bytes);
            hash[0] = (hash[0] ^ word).wrapping_mul(MIX[0]).rotate_left(29);
            hash[1] = (hash[1].rotate_left(17) ^ word).wrapping_mul(MIX[1]);
        }
        Self { low: hash[0], high: (hash[1] >> 8) | (LONG << 56) }
    }

    /// The folded bytes, when the word is short enough to be held verbatim.
    #[must_use]
    pub fn bytes(self) -> Option<([u8; 16], usize)> {
        let len = (self.high >> 56) as usize;
        if len > 15 {
            return None;
        }
        let mut bytes = [0u8; 16];
        bytes[..8].copy_from_slice(&self.low.to_le_bytes());
        bytes[8..].copy_from_slice(&self.high.to_le_bytes());
        bytes[15] = 0;
        Some((bytes, len))
    }

    /// Number of folded bytes; at least 16 for words that did not fit.
    #[inline]
    #[must_use]
    pub const fn length(self) -> usize {
        let len = (self.high >> 56) as usize;
        if len > 15 { 16 } else { len }
    }

    /// The first eight folded bytes of a short word.
    #[inline]
    #[must_use]
    pub const fn low(self) -> u64 {
        self.low
    }

    /// Whether some letter stands three times in a row, as in stretched words; words that are not held
    /// verbatim count as such.
    #[inline]
    #[must_use]
    pub const fn has_triple(self) -> bool {
        triple_in(self.low)
            | (self.length() > 8
                && (self.length() > 15 || triple_in(self.low >> 48 | self.high << 16) || triple_in(self.high & !(0xFF << 56))))
    }

    /// A hash whose high bits are well mixed; the low ones are not.
    #[inline]
    #[must_use]
    pub const fn hash(self) -> u64 {
        (self.low ^ self.high.rotate_left(23)).wrapping_mul(MIX[0])
    }
}

/// Whether three bytes in a row among eight are the same letter: letters have bit 6 set, blanks have not.
#[inline]
const fn triple_in(bytes: u64) -> bool {
    const LOW_BITS: u64 = 0x7F7F_7F7F_7F7F_7F7F;
    let change = bytes ^ (bytes >> 8);
    let same = !(((change & LOW_BITS) + LOW_BITS) | change | LOW_BITS) & (bytes << 1);
    same & (same >> 8) != 0
}

fn halves(bytes: [u8; 16]) -> [u64; 2] {
    let whole = u128::from_le_bytes(bytes);
    #[allow(clippy::cast_possible_truncation)] // both halves are taken
    [whole as u64, (whole >> 64) as u64]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_and_its_prefix_padded_with_zero_bytes_differ() {
        assert_ne!(Key::of(b"good"), Key::of(b"good\0"));
        assert_ne!(Key::of(b""), Key::of(b"\0"));
    }

    proptest! {
        #[test]
        fn different_words_have_different_keys(a in "[a-z']{0,24}", b in "[a-z']{0,24}") {
            prop_assert_eq!(a == b, Key::of(a.as_bytes()) == Key::of(b.as_bytes()));
        }

        #[test]
        fn triples_are_found(word in "[ab]{0,15}") {
            prop_assert_eq!(Key::of(word.as_bytes()).has_triple(), word.contains("aaa") || word.contains("bbb"));
        }

        #[test]
        fn short_words_can_be_read_back(word in "[a-zé']{0,15}") {
            if let Some((bytes, len)) = Key::of(word.as_bytes()).bytes() {
                prop_assert_eq!(&bytes[..len], word.as_bytes());
            } else {
                prop_assert!(word.len() > 15);
            }
        }
    }
}
