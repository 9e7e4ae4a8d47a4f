//! Words in lower case. In: a word. Out: the same to be looked up. Separate because it is asked of each
//! word beside a number, and clean texts must not allocate.

/// Longest word, in bytes; longer ones are no word of any list.
pub const LONGEST: usize = 48;

/// A word in lower case.
pub struct Lower {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Lower {
    /// Of a word; of a longer one, nothing.
    pub fn of(word: &str) -> Self {
        let mut lower = Self { bytes: [0; LONGEST], length: 0 };
        for c in word.chars().flat_map(char::to_lowercase) {
            let Some(room) = lower.bytes.get_mut(lower.length..lower.length + c.len_utf8()) else {
                lower.length = 0;
                break;
            };
            lower.length += c.encode_utf8(room).len();
        }
        lower
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes.get(..self.length).unwrap_or_default()).unwrap_or_default()
    }
}
