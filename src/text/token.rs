//! What a token is: kind, shape and place. In and out: plain values. Separate so that rules can
//! speak of tokens without knowing how they were cut.

use super::Key;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A word, a part of a hashtag, or a censored word such as `sh*t`.
    Word,
    /// Digits with their separators, such as `2`, `4.5` or `1,000`.
    Number,
    /// An emoji sequence; its key has neither variation selectors nor skin tones.
    Emoji,
    /// A text emoticon such as `:-)`; its key has no nose and one mouth.
    Emoticon,
    /// `@name`; never carries opinion.
    Handle,
    /// A link or an e-mail address; never carries opinion.
    Link,
    /// The end of a sentence: `.`, `!`, `?`, a line break, or a run of them.
    Stop,
    /// The end of a clause: comma, semicolon, colon, bracket, dash.
    Pause,
    /// `/` between two numbers, as in `2/10`.
    Slash,
}

/// How a token was written; a set of flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shape(u8);

impl Shape {
    /// All letters are capitals, and there are at least two.
    pub const SHOUTED: Self = Self(1);
    /// The first letter is a capital.
    pub const CAPITAL: Self = Self(2);
    /// Part of a hashtag.
    pub const TAGGED: Self = Self(4);
    /// Holds `!`.
    pub const EXCLAIMS: Self = Self(8);
    /// Holds `?`.
    pub const ASKS: Self = Self(16);
    /// Repeated: a stretched word, several mouths, several `!`.
    pub const REPEATED: Self = Self(32);
    /// A letter stands three times in a row, so the word may be stretched.
    pub const TRIPLE: Self = Self(64);

    /// Holds an apostrophe.
    pub const APOSTROPHE: Self = Self(128);

    /// The shape of a word by its letters: [`Self::SHOUTED`], [`Self::CAPITAL`], [`Self::TRIPLE`].
    #[inline]
    #[must_use]
    pub const fn letters(shouted: bool, capital: bool, triple: bool) -> Self {
        Self(shouted as u8 | (capital as u8) << 1 | (triple as u8) << 6)
    }

    /// The flags as bits.
    #[inline]
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether any flag of `other` is set.
    #[inline]
    #[must_use]
    pub const fn has_any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all flags of `other` are set.
    #[inline]
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// This set with the flags of `other`, if `on`.
    #[inline]
    #[must_use]
    pub const fn with(self, other: Self, on: bool) -> Self {
        Self(if on { self.0 | other.0 } else { self.0 })
    }
}

/// One token of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// The folded form.
    pub key: Key,
    /// Byte offset of the first byte in the text.
    pub start: u32,
    /// Byte offset behind the last byte.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// How it was written.
    pub shape: Shape,
}

impl Token {
    /// The token as it stands in `text`; empty when `text` is not the tokenized text.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Whether the token ends a clause.
    #[inline]
    #[must_use]
    pub const fn ends_clause(&self) -> bool {
        matches!(self.kind, Kind::Stop | Kind::Pause)
    }
}
