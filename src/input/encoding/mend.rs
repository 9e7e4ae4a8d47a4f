//! Bytes that are not UTF-8 in a text that else is. In: bytes of a record. Out: text. Separate because one
//! row pasted from elsewhere must cost neither itself nor the reading of the others.

/// What the bytes 0x80 to 0x9F are in Windows-1252; five are nothing.
const SIGNS: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž', '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}', 'ž', 'Ÿ',
];

/// Byte sequences that were mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// Read as Windows-1252.
    pub western: u64,
    /// No character there either, or the beginning of an emoji that was cut off: replaced by U+FFFD.
    pub replaced: u64,
}

/// Appends bytes as text: what is UTF-8 as it stands, other bytes as Windows-1252.
pub fn mend(bytes: &[u8], out: &mut String) -> Mended {
    let mut mended = Mended::default();
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        let broken = chunk.invalid();
        if broken.is_empty() {
            continue;
        }
        // Texts that were cut to a number of bytes end inside an emoji.
        let lost = matches!(broken, [0xF0..=0xF4, _, ..]) || broken.iter().any(|&byte| sign(byte) == '\u{FFFD}');
        if lost {
            out.push('\u{FFFD}');
        } else {
            out.extend(broken.iter().map(|&byte| sign(byte)));
        }
        mended.western += u64::from(!lost);
        mended.replaced += u64::from(lost);
    }
    mended
}

fn sign(byte: u8) -> char {
    byte.checked_sub(0x80).and_then(|at| SIGNS.get(usize::from(at)).copied()).unwrap_or(char::from(byte))
}

/// The byte that Windows-1252, or Latin-1 where that has none, writes a character with.
#[must_use]
pub fn byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0..=0xFF => u8::try_from(code).ok(),
        0xFFFD => None,
        _ => SIGNS.iter().position(|&sign| sign == c).and_then(|at| u8::try_from(at + 0x80).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    #[test]
    fn stray_bytes_are_western() {
        for (bytes, text, western, replaced) in [
            (b"it\x92s na\xC3\xAFve".as_slice(), "it’s naïve", 1, 0),
            (b"caf\xE9\x94 and caf\xE9", "café” and café", 2, 0),
            (b"cut \xF0\x9F\x98", "cut \u{FFFD}", 0, 1),
            (b"\x81 none", "\u{FFFD} none", 0, 1),
            (b"plain", "plain", 0, 0),
        ] {
            let mut out = String::new();
            assert_eq!((mend(bytes, &mut out), out.as_str()), (Mended { western, replaced }, text));
        }
        for code in 0x80..=0xFFu8 {
            let theirs = WINDOWS_1252.decode(&[code]).0.chars().next().unwrap();
            assert!(sign(code) == theirs || sign(code) == '\u{FFFD}' && u32::from(theirs) == u32::from(code), "{code:x}");
            assert_eq!(byte(theirs), Some(code));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_become_text_and_every_replacement_is_counted(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let mut out = String::new();
            let mended = mend(&bytes, &mut out);
            let lost = |text: &str| text.matches('\u{FFFD}').count() as u64;
            let there = bytes.utf8_chunks().map(|chunk| lost(chunk.valid())).sum::<u64>();
            prop_assert_eq!(lost(&out), mended.replaced + there);
            prop_assert_eq!(std::str::from_utf8(&bytes).is_ok(), mended == Mended::default());
        }
    }
}
