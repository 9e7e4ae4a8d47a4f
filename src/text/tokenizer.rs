//! The tokenizer for posts and reviews. In: one text. Out: [`Tokens`], reused from text to text.
//! Separate because it is the hottest loop of the program: plain words are cut eight bytes at a time,
//! everything else (apostrophes, accents, emoji, links, hashtags) takes the careful path beside it.

use super::class::{CLASS, CONTINUES, Class};
use super::folded::Folded;
use super::{Key, Kind, Script, ScriptCount, Shape, Token, emoji, emoticon, hashtag, link};

/// Longest text that is tokenized, in bytes; token offsets are 32 bits wide. What lies beyond is left.
const LONGEST_TEXT: usize = u32::MAX as usize / 2;

/// The tokens of one text. Keep one per thread: its memory is reused.
#[derive(Default, Debug, Clone)]
pub struct Tokens {
    list: Vec<Token>,
    scripts: ScriptCount,
    tags: bool,
}

impl Tokens {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The tokens of a text.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut tokens = Self::new();
        tokens.read(text);
        tokens
    }

    /// Replaces the tokens by those of `text`.
    pub fn read(&mut self, text: &str) {
        self.list.clear();
        self.scripts = ScriptCount::default();
        self.tags = false;
        let text = if text.len() > LONGEST_TEXT { text.get(..text.floor_char_boundary(LONGEST_TEXT)).unwrap_or("") } else { text };
        Cutter { text, bytes: text.as_bytes(), out: self, tagged: false }.run();
    }

    /// The tokens in text order.
    #[must_use]
    pub fn as_slice(&self) -> &[Token] {
        &self.list
    }

    /// Whether there are hashtags.
    #[must_use]
    pub const fn has_tags(&self) -> bool {
        self.tags
    }

    /// Letters beyond ASCII per script.
    #[must_use]
    pub const fn scripts(&self) -> &ScriptCount {
        &self.scripts
    }

    /// Replaces token `at` by several, in the same place.
    pub fn replace(&mut self, at: usize, parts: impl IntoIterator<Item = Token>) {
        if at < self.list.len() {
            self.list.splice(at..=at, parts);
        }
    }
}

struct Cutter<'t, 'o> {
    text: &'t str,
    bytes: &'t [u8],
    out: &'o mut Tokens,
    tagged: bool,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The high bit of each byte of `x` that is an ASCII letter.
#[inline]
const fn letters(x: u64) -> u64 {
    let lower = (x | (ONES * 0x20)) & !HIGH;
    let from_a = lower.wrapping_add(ONES * (0x80 - b'a' as u64));
    let beyond_z = lower.wrapping_add(ONES * (0x80 - b'z' as u64 - 1));
    from_a & !beyond_z & !x & HIGH
}

/// The lowest `bytes` bytes of a word, fewer than eight; the rest zero.
#[inline]
const fn keep(x: u64, bytes: u32) -> u64 {
    x & ((1u64 << (bytes * 8)) - 1)
}

impl Cutter<'_, '_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(&b) = self.bytes.get(at) {
            // Blanks and letters are most of any text; testing for them first is predicted better
            // than a jump for every byte.
            at = match CLASS[b as usize] {
                Class::Letter => self.word(at),
                Class::Skip => at + 1,
                class => self.other(class, at),
            };
        }
    }

    #[inline(never)]
    fn other(&mut self, class: Class, at: usize) -> usize {
        match class {
            Class::Skip => at + 1,
            Class::Letter => self.word(at),
            Class::Digit => self.number(at),
            Class::Stop => self.stop(at),
            Class::Pause | Class::Sign => self.pause(at),
            Class::At => self.handle(at),
            Class::Hash => self.hashtag(at),
            Class::Wide => self.wide(at),
        }
    }

    #[inline]
    fn load(&self, at: usize) -> u64 {
        match self.bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => self.load_last(at),
        }
    }

    #[cold]
    fn load_last(&self, at: usize) -> u64 {
        let mut last = [0u8; 8];
        for (slot, b) in last.iter_mut().zip(&self.bytes[at.min(self.bytes.len())..]) {
            *slot = *b;
        }
        u64::from_le_bytes(last)
    }

    #[allow(clippy::cast_possible_truncation)] // texts are cut at LONGEST_TEXT
    #[inline]
    fn push(&mut self, kind: Kind, key: Key, start: usize, end: usize, shape: Shape) {
        let shape = shape.with(Shape::TAGGED, self.tagged);
        self.out.list.push(Token { key, start: start as u32, end: end as u32, kind, shape });
    }

    /// A word of ASCII letters of at most 15 bytes, or the careful path for any other.
    #[allow(clippy::inline_always)] // measured: a call costs a third of the work done here
    #[inline(always)]
    fn word(&mut self, at: usize) -> usize {
        let low = self.load(at);
        let count = (!letters(low) & HIGH).trailing_zeros() / 8;
        if count == 8 {
            return self.long_word(at, low);
        }
        let end = at + count as usize;
        let kept = (1u64 << (count * 8)) - 1;
        let low = low & kept;
        if self.bytes.get(end).is_some_and(|&b| CONTINUES[b as usize]) && self.continues(end, low) {
            return self.careful_word(at);
        }
        // A letter is a capital when bit 0x20 is clear.
        let small = kept & (ONES * 0x20);
        let key = Key::short(low | small, 0, count as usize);
        let shape = Shape::letters((low & small == 0) & (count > 1), low & 0x20 == 0, key.has_triple());
        self.push(Kind::Word, key, at, end, shape);
        end
    }

    /// A word of eight letters or more.
    #[inline(never)]
    fn long_word(&mut self, at: usize, low: u64) -> usize {
        let high = self.load(at + 8);
        let more = (!letters(high) & HIGH).trailing_zeros() / 8;
        let end = at + 8 + more as usize;
        if more == 8 || (self.bytes.get(end).is_some_and(|&b| CONTINUES[b as usize]) && self.continues(end, low)) {
            return self.careful_word(at);
        }
        let (high, small) = (keep(high, more), keep(ONES * 0x20, more));
        let key = Key::short(low | (ONES * 0x20), high | small, 8 + more as usize);
        let shape = Shape::letters(low & (ONES * 0x20) == 0 && high & small == 0, low & 0x20 == 0, key.has_triple());
        self.push(Kind::Word, key, at, end, shape);
        end
    }

    /// Whether the byte behind a run of letters continues the word or makes it a link.
    fn continues(&self, at: usize, low: u64) -> bool {
        let Some(&b) = self.bytes.get(at) else {
            return false;
        };
        match b {
            b'\'' | b'`' | b'*' | b'$' | b'@' | b'_' | b'0'..=b'9' => true,
            b'!' => self.bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase),
            b'.' => low & !(ONES * 0x20) == u64::from_le_bytes(*b"WWW\0\0\0\0\0"),
            b':' => low & !(ONES * 0x20) & 0xFFFF_FFFF == u64::from_le_bytes(*b"HTTP\0\0\0\0"),
            _ => b >= 0x80,
        }
    }

    /// A word with apostrophes, accents, digits, censoring signs, or of great length.
    #[cold]
    fn careful_word(&mut self, at: usize) -> usize {
        if let Some(length) = link::length(&self.bytes[at..]) {
            return self.link(at, at + length);
        }
        let mut word = Folded::default();
        let mut end = at;
        while let Some(step) = self.word_char(end, !word.is_empty()) {
            match step {
                Step::Letter(c, taken) => {
                    if !c.is_ascii() {
                        self.out.scripts.add(Script::of(c));
                    }
                    word.letter(c);
                    end += taken;
                }
                Step::Inner(b, taken) => {
                    word.push(char::from(b));
                    end += taken;
                }
            }
        }
        if end == at {
            return at + self.text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
        }
        self.push(Kind::Word, word.key(), at, end, word.shape());
        end
    }

    /// The character at `at` if it belongs to a word; signs belong only between letters.
    fn word_char(&self, at: usize, inside: bool) -> Option<Step> {
        let rest = self.text.get(at..)?;
        let c = rest.chars().next()?;
        let follows = |taken: usize| self.text.get(at + taken..).and_then(|t| t.chars().next()).is_some_and(char::is_alphanumeric);
        match c {
            'a'..='z' | 'A'..='Z' => Some(Step::Letter(c, 1)),
            '0'..='9' => Some(Step::Inner(self.bytes[at], 1)),
            '\'' | '\u{2019}' | '\u{2018}' | '\u{2BC}' | '\u{FF07}' | '`' | '\u{B4}' => {
                (inside && follows(c.len_utf8())).then_some(Step::Inner(b'\'', c.len_utf8()))
            }
            '*' | '$' | '@' | '!' => {
                let run = rest.bytes().take_while(|&b| matches!(b, b'*' | b'$' | b'@' | b'!')).count();
                (inside && run < 6 && self.bytes.get(at + run).is_some_and(u8::is_ascii_lowercase))
                    .then_some(Step::Inner(self.bytes[at], 1))
            }
            '_' => (inside && follows(1)).then_some(Step::Inner(b'_', 1)),
            // Soft hyphens and zero-width marks vanish; combining marks stay with their letter.
            '\u{AD}' | '\u{200B}' | '\u{2060}' => (inside && follows(c.len_utf8())).then_some(Step::Letter(c, c.len_utf8())),
            _ if c.is_alphabetic() || matches!(c as u32, 0x300..=0x36F | 0x900..=0x903 | 0x93A..=0x94F | 0xE31..=0xE4E) => {
                Some(Step::Letter(c, c.len_utf8()))
            }
            _ => None,
        }
    }

    fn number(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        let mut length = 0;
        while let Some(&b) = rest.get(length) {
            let joins = matches!(b, b'.' | b',') && rest.get(length + 1).is_some_and(u8::is_ascii_digit);
            if !b.is_ascii_digit() && !joins {
                break;
            }
            length += 1;
        }
        match rest.get(length) {
            // `2nd`, `4k`, `3D`, and words such as `2morrow`
            Some(b) if b.is_ascii_alphabetic() || (*b >= 0x80 && !self.emoji_at(at + length)) => {
                let end = self.careful_word(at);
                return end.max(at + length);
            }
            Some(b'/') if rest.get(length + 1).is_some_and(u8::is_ascii_digit) => {
                self.push(Kind::Number, Key::of(&rest[..length]), at, at + length, Shape::default());
                self.push(Kind::Slash, Key::of(b"/"), at + length, at + length + 1, Shape::default());
                return at + length + 1;
            }
            _ => {}
        }
        self.push(Kind::Number, Key::of(&rest[..length]), at, at + length, Shape::default());
        at + length
    }

    fn emoji_at(&self, at: usize) -> bool {
        self.text.get(at..).and_then(|t| t.chars().next()).is_some_and(|c| emoji::is_emoji(c) || emoji::is_modifier(c))
    }

    /// A run of stops is one token: `!!!`, `?!`, `...`, blank lines.
    fn stop(&mut self, at: usize) -> usize {
        let is_stop = |b: &&u8| matches!(**b, b'.' | b'!' | b'?' | b'\n' | b'\r');
        let length = self.bytes[at..].iter().take_while(is_stop).count();
        let run = &self.bytes[at..at + length];
        let marks = |sign: u8| memchr::memchr(sign, run).is_some();
        let shape = Shape::default().with(Shape::EXCLAIMS, marks(b'!')).with(Shape::ASKS, marks(b'?')).with(Shape::REPEATED, length > 1);
        self.push(Kind::Stop, Key::of(&run[..1]), at, at + length, shape);
        at + length
    }

    fn emoticon(&mut self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1).map(|i| self.bytes[i]);
        let found = emoticon::scan(&self.bytes[at..], before)?;
        self.push(Kind::Emoticon, found.key, at, at + found.length, Shape::default().with(Shape::REPEATED, found.repeated));
        Some(at + found.length)
    }

    fn pause(&mut self, at: usize) -> usize {
        let b = self.bytes[at];
        if b != b','
            && let Some(end) = self.emoticon(at)
        {
            return end;
        }
        // A heart may follow another `<`.
        let run = if b == b'<' { 1 } else { self.bytes[at..].iter().take_while(|&&other| other == b).count() };
        match b {
            // A hyphen inside a word joins it; a dash with blanks or doubled divides clauses.
            b'-' => {
                let near = |i: Option<usize>| i.and_then(|i| self.bytes.get(i)).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
                if run > 1 || !(near(at.checked_sub(1)) || near(Some(at + run))) || !near(Some(at + run)) {
                    self.push(Kind::Pause, Key::of(b"-"), at, at + run, Shape::default());
                }
            }
            b'*' if run >= 3 => self.push(Kind::Word, Key::of(b"****"), at, at + run, Shape::default()),
            b'=' | b'<' | b'>' | b'^' | b'\\' | b'*' | b'/' | b'|' => {}
            _ => self.push(Kind::Pause, Key::of(&[b]), at, at + run, Shape::default()),
        }
        at + run
    }

    fn handle(&mut self, at: usize) -> usize {
        let name = self.bytes[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        if name == 0 {
            return at + 1;
        }
        let end = at + 1 + name;
        let mut folded = Folded::default();
        self.bytes[at..end].iter().for_each(|b| folded.push(char::from(b.to_ascii_lowercase())));
        self.push(Kind::Handle, folded.key(), at, end, Shape::default());
        end
    }

    fn hashtag(&mut self, at: usize) -> usize {
        let rest = self.text.get(at + 1..).unwrap_or("");
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let (text, bytes) = (self.text, self.bytes);
        if length == 0 {
            return at + 1;
        }
        self.tagged = true;
        self.out.tags = true;
        hashtag::split(&rest[..length], |from, to| {
            let end = at + 1 + to;
            let mut part = Cutter { text: text.get(..end).unwrap_or(text), bytes: &bytes[..end], out: &mut *self.out, tagged: true };
            part.one(at + 1 + from);
        });
        self.tagged = false;
        at + 1 + length
    }

    /// Cuts words and numbers from `at` to the end.
    fn one(&mut self, mut at: usize) {
        while let Some(&b) = self.bytes.get(at) {
            at = match CLASS[b as usize] {
                Class::Letter => self.word(at),
                Class::Digit => self.number(at),
                Class::Wide => self.wide(at),
                _ => at + 1,
            };
        }
    }

    /// A character beyond ASCII: a letter, an emoji, or a sign.
    fn wide(&mut self, at: usize) -> usize {
        let Some(rest) = self.text.get(at..) else {
            return at + 1;
        };
        let Some(c) = rest.chars().next() else {
            return at + 1;
        };
        if let Some((key, length)) = emoji::scan(rest) {
            self.push(Kind::Emoji, key, at, at + length, Shape::default());
            return at + length;
        }
        if c.is_alphabetic() {
            return self.careful_word(at).max(at + c.len_utf8());
        }
        self.sign(c, at, at + c.len_utf8());
        at + c.len_utf8()
    }

    /// Punctuation beyond ASCII.
    fn sign(&mut self, c: char, start: usize, end: usize) {
        let shape = Shape::default();
        match c {
            '!' | '\u{FF01}' | '\u{A1}' | '\u{203C}' => self.push(Kind::Stop, Key::of(b"!"), start, end, shape.with(Shape::EXCLAIMS, true)),
            '?' | '\u{FF1F}' | '\u{BF}' | '\u{2047}' => self.push(Kind::Stop, Key::of(b"?"), start, end, shape.with(Shape::ASKS, true)),
            '\u{2049}' => self.push(Kind::Stop, Key::of(b"!"), start, end, shape.with(Shape::ASKS, true).with(Shape::EXCLAIMS, true)),
            '\u{2026}' | '\u{3002}' | '\u{2028}' | '\u{2029}' | '\u{964}' | '\u{85}' => {
                self.push(Kind::Stop, Key::of(b"."), start, end, shape);
            }
            '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{FF0C}' | '\u{3001}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF08}' | '\u{FF09}'
            | '\u{2022}' | '\u{B7}' => self.push(Kind::Pause, Key::of(b"-"), start, end, shape),
            _ => {}
        }
    }

    fn link(&mut self, at: usize, end: usize) -> usize {
        self.push(Kind::Link, Key::default(), at, end, Shape::default());
        end
    }
}

enum Step {
    Letter(char, usize),
    Inner(u8, usize),
}

#[cfg(test)]
mod tests;
