//! Letters in disguise. In: signs that look like letters (𝗴𝗿𝗲𝗮𝘁, ｇｒｅａｔ), letters under heaps of marks,
//! marks that nobody sees. Out: plain letters. Separate because words in disguise are in no lexicon.

use super::Edits;
use super::tables::LETTERS;

/// Marks on one letter that no language heaps.
const HEAP: usize = 3;

/// Finds disguised letters and unseen marks.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut heap = Heap::default();
    while let Some(found) = bytes.get(at..).and_then(first_wide) {
        at += found;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let end = at + c.len_utf8();
        if is_combining(c) {
            heap.add(text, at, end, c, edits);
        } else if is_unseen(c) {
            if !matches!(c, '\u{200C}' | '\u{200D}') || between_letters(bytes, at, end) {
                edits.cut(at, end);
            }
        } else if let Some(plain) = plain(c) {
            if plain != '\u{0}' && (!is_squared(c) || squared_beside(text, at, end)) {
                edits.put(at, end, plain);
            }
        }
        at = end;
    }
}

/// The first byte beyond ASCII; eight are looked at together.
fn first_wide(bytes: &[u8]) -> Option<usize> {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks::<8>();
    let high = |word: &[u8; 8]| u64::from_le_bytes(*word) & HIGH;
    match words.iter().position(|word| high(word) != 0) {
        Some(at) => words.get(at).map(|word| at * 8 + high(word).trailing_zeros() as usize / 8),
        None => rest.iter().position(|&b| b >= 0x80).map(|at| words.len() * 8 + at),
    }
}

/// Marks that are on letters of ASCII.
#[derive(Default)]
struct Heap {
    /// Where the marks of the last letter begin, where they end, and how many there are.
    start: usize,
    end: usize,
    count: usize,
    /// Whether they were cut.
    cut: bool,
}

impl Heap {
    /// A mark is cut when no language has it, when it is one of many, or when the letter before bears
    /// marks as well.
    fn add(&mut self, text: &str, at: usize, end: usize, c: char, edits: &mut Edits) {
        if self.end == at && self.count > 0 {
            self.count += 1;
            self.end = end;
        } else {
            let letter = at.checked_sub(1).filter(|&before| text.as_bytes().get(before).is_some_and(u8::is_ascii_alphabetic));
            let Some(letter) = letter else {
                self.count = 0;
                return;
            };
            let beside = self.end == letter && self.count > 0;
            let first = (self.start, self.end, self.cut);
            *self = Self { start: at, end, count: 1, cut: false };
            if beside {
                if !first.2 {
                    edits.cut(first.0, first.1);
                }
                self.cut = true;
            }
        }
        if self.cut || self.count >= HEAP || is_overlay(c) {
            edits.cut(if self.cut { at } else { self.start }, end);
            self.cut = true;
        }
    }
}

const fn is_combining(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36F | 0x483..=0x489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20DF | 0x20E1..=0x20F0 | 0xFE20..=0xFE2F)
}

/// Lines through, below and over letters, which no language writes.
const fn is_overlay(c: char) -> bool {
    matches!(c as u32, 0x305 | 0x332..=0x338 | 0x33F | 0x35C..=0x36F | 0x483..=0x489 | 0x20D0..=0x20DF | 0x20E1..=0x20F0 | 0x1AB0..=0x1AFF)
}

const fn is_unseen(c: char) -> bool {
    matches!(c as u32, 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB)
}

/// Joiners mean something in emoji and in many scripts, but between letters of ASCII they are unseen.
fn between_letters(bytes: &[u8], at: usize, end: usize) -> bool {
    let plain = |b: Option<&u8>| b.is_none_or(u8::is_ascii);
    plain(at.checked_sub(1).and_then(|before| bytes.get(before))) && plain(bytes.get(end))
}

/// What a sign stands for: a blank, line break, letter or digit.
fn plain(c: char) -> Option<char> {
    let nth = |from: u32, first: u8| char::from_u32(u32::from(first) + (c as u32 - from));
    match c as u32 {
        0xA0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 => Some(' '),
        0x2028 | 0x2029 | 0x85 => Some('\n'),
        0xFF10..=0xFF19 => nth(0xFF10, b'0'),
        0xFF21..=0xFF3A => nth(0xFF21, b'A'),
        0xFF41..=0xFF5A => nth(0xFF41, b'a'),
        0x1D400..=0x1D6A3 => {
            let place = (c as u32 - 0x1D400) % 52;
            char::from_u32(if place < 26 { u32::from(b'A') + place } else { u32::from(b'a') + place - 26 })
        }
        0x1D7CE..=0x1D7FF => char::from_u32(u32::from(b'0') + (c as u32 - 0x1D7CE) % 10),
        0x24B6..=0x24CF => nth(0x24B6, b'A'),
        0x24D0..=0x24E9 => nth(0x24D0, b'a'),
        0x1F130..=0x1F149 => nth(0x1F130, b'A'),
        0x1F150..=0x1F169 => nth(0x1F150, b'A'),
        0x1F170..=0x1F189 => nth(0x1F170, b'A'),
        0x1C7..=0x2AF | 0x1D00..=0x1D7F | 0x2100..=0x214F | 0xA720..=0xA7FF => LETTERS.get(&c).copied(),
        _ => None,
    }
}

/// Letters in squares and discs, which are emoji when they stand alone: 🅱.
const fn is_squared(c: char) -> bool {
    matches!(c as u32, 0x1F130..=0x1F189)
}

fn squared_beside(text: &str, at: usize, end: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(end..).and_then(|text| text.chars().next());
    before.is_some_and(is_squared) || after.is_some_and(is_squared)
}
