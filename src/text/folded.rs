//! A word on the careful path. In: its characters, one at a time. Out: its folded key and its shape.
//! Separate from the tokenizer because what folding means (lower case, plain width, no soft hyphens) is
//! a matter of its own.

use super::{Key, Shape};

/// Folded bytes kept of one word; a word of more is hashed from its first bytes.
const LONGEST_WORD: usize = 120;

/// The folded bytes of a word while it is read.
pub struct Folded {
    bytes: [u8; LONGEST_WORD],
    len: usize,
    letters: u32,
    capitals: u32,
    first_capital: bool,
    apostrophe: bool,
}

impl Default for Folded {
    fn default() -> Self {
        Self { bytes: [0; LONGEST_WORD], len: 0, letters: 0, capitals: 0, first_capital: false, apostrophe: false }
    }
}

impl Folded {
    /// Whether nothing was read yet.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Appends a letter, lower case; marks that only divide words for display vanish.
    pub fn letter(&mut self, c: char) {
        if matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}') {
            return;
        }
        self.first_capital |= self.len == 0 && c.is_uppercase();
        self.letters += 1;
        self.capitals += u32::from(c.is_uppercase());
        for folded in full_width(c).to_lowercase() {
            self.push(folded);
        }
    }

    /// Appends a character as it is.
    pub fn push(&mut self, c: char) {
        self.apostrophe |= c == '\'';
        if let Some(room) = self.bytes.get_mut(self.len..self.len + c.len_utf8()) {
            c.encode_utf8(room);
            self.len += c.len_utf8();
        }
    }

    /// The word's key.
    pub fn key(&self) -> Key {
        Key::of(&self.bytes[..self.len])
    }

    /// The word's shape.
    pub fn shape(&self) -> Shape {
        Shape::default()
            .with(Shape::SHOUTED, self.letters > 1 && self.capitals == self.letters)
            .with(Shape::CAPITAL, self.first_capital)
            .with(Shape::APOSTROPHE, self.apostrophe)
            .with(Shape::TRIPLE, self.key().has_triple())
    }
}

/// Full-width Latin letters, as typed with East Asian keyboards, become plain ones.
const fn full_width(c: char) -> char {
    match c {
        '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(plain) => plain,
            None => c,
        },
        _ => c,
    }
}
