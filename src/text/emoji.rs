//! Emoji sequences. In: text at a character beyond ASCII. Out: the sequence's key and length.
//! Separate because one visible emoji may be ten code points; variation selectors and skin tones are
//! dropped, so that every variant meets the same lexicon entry.

use super::Key;

const JOINER: char = '\u{200D}';

/// Whether a character is an emoji or a pictographic symbol by itself.
#[must_use]
pub const fn is_emoji(c: char) -> bool {
    matches!(c as u32,
        0x1F000..=0x1F3FA | 0x1F400..=0x1FAFF | 0x2600..=0x27BF | 0x2B05..=0x2B55 | 0x2300..=0x23FF
        | 0x25AA..=0x25FE | 0x2194..=0x21AA | 0x3030 | 0x303D | 0x3297 | 0x3299 | 0x2122 | 0xA9 | 0xAE)
}

/// Whether a character changes the look of an emoji, not its meaning.
#[must_use]
pub const fn is_modifier(c: char) -> bool {
    matches!(c as u32, 0xFE0E | 0xFE0F | 0x1F3FB..=0x1F3FF | 0x20E3 | 0xE0020..=0xE007F)
}

const fn is_flag_letter(c: char) -> bool {
    matches!(c as u32, 0x1F1E6..=0x1F1FF)
}

/// The emoji sequence at the beginning of `text`: its key and its length in bytes.
#[must_use]
pub fn scan(text: &str) -> Option<(Key, usize)> {
    let mut chars = text.char_indices().peekable();
    let (_, first) = chars.next().filter(|&(_, c)| is_emoji(c))?;
    let mut folded = Folded::default();
    folded.push(first);
    let mut end = first.len_utf8();
    let mut joined = false;
    let mut flag = is_flag_letter(first);
    while let Some(&(at, c)) = chars.peek() {
        match c {
            _ if is_modifier(c) => {}
            JOINER if !joined => joined = true,
            _ if (joined && is_emoji(c)) || (flag && is_flag_letter(c)) => {
                if joined {
                    folded.push(JOINER);
                }
                folded.push(c);
                (joined, flag) = (false, false);
            }
            _ => break,
        }
        end = at + c.len_utf8();
        chars.next();
    }
    Some((folded.key(), end))
}

/// The key of the first emoji of a sequence, to fall back on: 🤷 for 🤷‍♀️.
#[must_use]
pub fn base(sequence: &str) -> Option<Key> {
    let first = sequence.chars().next().filter(|&c| is_emoji(c))?;
    Some(Key::of(first.encode_utf8(&mut [0; 4]).as_bytes()))
}

/// The bytes of a sequence without its modifiers; hostile endless sequences are cut.
#[derive(Default)]
struct Folded {
    bytes: [u8; 32],
    len: usize,
}

impl Folded {
    fn push(&mut self, c: char) {
        if let Some(room) = self.bytes.get_mut(self.len..self.len + c.len_utf8()) {
            c.encode_utf8(room);
            self.len += c.len_utf8();
        }
    }

    fn key(&self) -> Key {
        Key::of(&self.bytes[..self.len])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_share_a_key() {
        let key = |text| scan(text).map(|found| found.0);
        assert_eq!(key("❤️"), key("❤"));
        assert_eq!(key("👍🏽"), key("👍"));
        assert_eq!(scan("👍🏽!").map(|found| found.1), Some("👍🏽".len()));
        assert_eq!(key("👨‍👩‍👧"), Some(Key::of("👨‍👩‍👧".as_bytes())));
        assert_ne!(key("❤‍🔥"), key("❤"));
        assert_eq!(scan("🇬🇧🇩🇪").map(|found| found.1), Some("🇬🇧".len()));
        assert_eq!(base("🤷‍♀️"), key("🤷"));
        assert_eq!(scan("é"), None);
    }

    #[test]
    fn endless_sequences_are_one_emoji() {
        let long = "👩\u{200D}".repeat(10_000) + "👩";
        assert_eq!(scan(&long).map(|found| found.1), Some(long.len()));
        assert!(scan("👩\u{200D}").is_some());
    }
}
