//! Texts that were decoded wrongly before they were exported: `RadosÅ‚aw` for `Radosław`. In: values of a file.
//! Out: what was meant. Separate because it is undone only where a file as a whole shows it: Meta's downloads
//! write each byte of UTF-8 as a Latin-1 character, tables that were saved twice write them as Windows-1252.

use super::mend::byte;
use crate::input::{Flaw, Parser, Row};

/// Share of values beyond ASCII, in percent, that must have been decoded twice.
const ENOUGH: usize = 80;

/// Appends what a text was before it was decoded as one byte a character. Whether it was that: every
/// character is such a byte, the bytes are valid UTF-8, and some character takes several. If not,
/// nothing is appended.
pub fn repair(text: &str, out: &mut String) -> bool {
    if text.is_ascii() {
        return false;
    }
    let begin = out.len();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        let Some(whole) = character(c, &mut chars) else {
            out.truncate(begin);
            return false;
        };
        out.push(whole);
    }
    true
}

/// The character whose first byte is given, and whose others follow.
fn character(first: char, rest: &mut std::str::Chars) -> Option<char> {
    let mut bytes = [byte(first)?, 0, 0, 0];
    let length = match bytes[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    for slot in bytes.get_mut(1..length)? {
        *slot = byte(rest.next()?)?;
    }
    std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()
}

/// Whether the values of a file were decoded twice: nearly all that could have been.
pub fn tell<'v>(values: impl Iterator<Item = &'v str>) -> bool {
    let (mut able, mut twice, mut spare) = (0usize, 0usize, String::new());
    for value in values.filter(|value| !value.is_ascii()) {
        able += 1;
        twice += usize::from(repair(value, &mut spare));
        spare.clear();
    }
    twice > 0 && twice * 100 >= able * ENOUGH
}

/// A parser that repairs the values another one finds.
pub struct Repairing(pub Box<dyn Parser>, pub usize);

impl Parser for Repairing {
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw> {
        self.0.parse(record, row)?;
        (0..self.1).for_each(|place| row.repair(place, record, repair));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    fn repaired(text: &str) -> Option<String> {
        let mut out = "kept".to_owned();
        let done = repair(text, &mut out);
        assert!(done || out == "kept", "{out}");
        done.then(|| out.split_off(4))
    }

    #[test]
    fn only_what_comes_back_whole_and_shorter() {
        for (text, meant) in [
            ("Rados\u{C5}\u{82}aw", Some("Radosław")),
            ("caf\u{C3}\u{A9} \u{F0}\u{9F}\u{98}\u{80}", Some("café 😀")),
            ("itâ€™s a cafÃ©", Some("it’s a café")),
            ("plain", None),
            ("", None),
            ("café", None),
            ("It’s a cafÃ©", None),
            ("Ã", None),
            ("日本", None),
            ("\u{C0}\u{80}", None),
        ] {
            assert_eq!(repaired(text).as_deref(), meant, "{text}");
        }
    }

    #[test]
    fn a_file_is_repaired_as_a_whole_or_not_at_all() {
        assert!(tell(["plain", "cafÃ©", "naÃ¯ve"].into_iter()));
        assert!(!tell(["plain", "café", "naïve", "cafÃ©"].into_iter()));
        assert!(!tell(["plain"].into_iter()));
    }

    proptest! {
        #[test]
        fn what_was_decoded_wrongly_comes_back(text in "\\PC{0,30}") {
            let latin: String = text.bytes().map(char::from).collect();
            let western = WINDOWS_1252.decode(text.as_bytes()).0;
            let meant = (!text.is_ascii()).then_some(text.as_str());
            let (latin, western) = (repaired(&latin), repaired(&western));
            prop_assert_eq!((latin.as_deref(), western.as_deref()), (meant, meant));
        }
    }
}
