//! Texts dealt into folds. In: texts. Out: a number for each. Separate because what is tested on must
//! not have been learned from, and people post the same text twice: texts that differ only in case,
//! digits, blanks and punctuation share a fold, wherever they stand.

/// Folds that texts are dealt into.
pub const FOLDS: u8 = 5;

/// The fold of a text: a hash of its letters (FNV-1a, Fowler, Noll and Vo), or of all of it where
/// there are none.
#[must_use]
pub fn fold(text: &str) -> u8 {
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    let add = |hash: u64, c: char| {
        let mut bytes = [0; 4];
        c.encode_utf8(&mut bytes).bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
    };
    let letters = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).fold(START, add);
    let hash = if letters == START { text.chars().fold(START, add) } else { letters };
    // The high bits have met every byte.
    #[allow(clippy::cast_possible_truncation)] // below FOLDS
    let fold = ((hash >> 32) % u64::from(FOLDS)) as u8;
    fold
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_always_in_the_same_fold() {
        for (one, other) in [("Great cheese!", "great  CHEESE"), ("5 of 5: good", "4 of 5, GOOD."), ("👍", "👍")] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }

    #[test]
    fn folds_are_about_even() {
        let mut sizes = [0; FOLDS as usize];
        let word = |n: usize| ["salt", "rind", "milk", "blue", "soft", "aged", "goat"][n % 7];
        for n in 0..343 {
            sizes[fold(&format!("{} {} {}", word(n), word(n / 7), word(n / 49))) as usize] += 1;
        }
        assert!(sizes.iter().all(|&size| (45..95).contains(&size)), "{sizes:?}");
    }
}
