//! Escapes of JSON left in a text. In: `It\'s great.\n\nLove it`, from JSON that was written twice. Out:
//! the characters meant. Separate because a backslash is also an emoticon's mouth and a folder's mark:
//! one that is no escape keeps all the others.

use super::Edits;

/// Finds escapes.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let bytes = text.as_bytes();
    let mut past = 0;
    let (mut first, mut count) = (None, 0);
    for at in memchr::memchr_iter(b'\\', bytes) {
        if at < past {
            continue;
        }
        let Some((c, taken)) = text.get(at + 1..).and_then(escape).filter(|_| !is_mouth(bytes, at)) else {
            return edits.clear();
        };
        past = at + 1 + taken;
        edits.put(at, past, c);
        first = first.or(Some(at));
        count += 1;
    }
    // `yes\no` is no line break.
    let alone = |at: usize| {
        let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        count == 1
            && letter(bytes.get(at + 1))
            && letter(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && letter(bytes.get(at + 2))
    };
    if first.is_some_and(alone) {
        edits.clear();
    }
}

/// `:\` and `C:\new`.
fn is_mouth(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|b| matches!(b, b':' | b'=' | b';' | b'-'))
        && !matches!(bytes.get(at + 1), Some(b'n' | b'r' | b'"') if !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric))
}

/// The character that is meant behind a backslash, and the bytes it took.
fn escape(rest: &str) -> Option<(char, usize)> {
    let c = rest.chars().next()?;
    let plain = match c {
        'n' | 'r' => '\n',
        't' => ' ',
        '"' | '\'' | '/' | '\\' => c,
        'u' => return unicode(rest),
        _ => return None,
    };
    Some((plain, 1))
}

/// `u00e9`, or two of them for characters beyond 65,535.
fn unicode(rest: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u16::from_str_radix(rest.get(from..from + 4)?, 16).ok();
    let high = unit(1)?;
    if let Some(c) = char::from_u32(u32::from(high)) {
        return Some((if c.is_control() { ' ' } else { c }, 5));
    }
    let low = rest.get(5..7).filter(|mark| *mark == "\\u").and_then(|_| unit(7))?;
    let c = char::decode_utf16([high, low]).next()?.ok()?;
    Some((c, 11))
}
