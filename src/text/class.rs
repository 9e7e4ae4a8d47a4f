//! Byte classes of the tokenizer: what a byte may begin. Separate because the table is the
//! tokenizer's map, readable on its own.

/// What a byte may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Blank or a byte without meaning here.
    Skip,
    /// An ASCII letter.
    Letter,
    /// An ASCII digit.
    Digit,
    /// `.`, `!`, `?` or a line break.
    Stop,
    /// A comma, bracket or the like, which may also begin an emoticon.
    Pause,
    /// A sign that means nothing unless it begins an emoticon.
    Sign,
    /// `@`.
    At,
    /// `#`.
    Hash,
    /// A byte beyond ASCII.
    Wide,
}

/// The class of every byte.
pub const CLASS: [Class; 256] = {
    let mut table = [Class::Skip; 256];
    let mut b = 0;
    while b < 256 {
        #[allow(clippy::cast_possible_truncation)] // b < 256
        let byte = b as u8;
        table[b] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'.' | b'!' | b'?' | b'\n' | b'\r' => Class::Stop,
            b',' | b';' | b':' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'-' => Class::Pause,
            b'=' | b'<' | b'>' | b'^' | b'\\' | b'*' | b'/' | b'|' => Class::Sign,
            b'@' => Class::At,
            b'#' => Class::Hash,
            0x80.. => Class::Wide,
            _ => Class::Skip,
        };
        b += 1;
    }
    table
};

/// Bytes that may continue a word behind its letters, or make a link of it; which of them do is
/// decided with more context.
pub const CONTINUES: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        #[allow(clippy::cast_possible_truncation)] // b < 256
        let byte = b as u8;
        table[b] = matches!(byte, b'\'' | b'`' | b'*' | b'$' | b'@' | b'_' | b'!' | b'.' | b':' | b'0'..=b'9' | 0x80..);
        b += 1;
    }
    table
};
