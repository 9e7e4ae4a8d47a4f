//! HTML entities. In: a text. Out: the characters they stand for. Separate because exports hold texts
//! escaped once, twice or not at all, also such that have no tags.

use super::Edits;
use super::tables::ENTITIES;

/// Longest entity that is looked at, with `&` and `;`.
const LONGEST: usize = 12;

/// What Windows programs meant by the codes 128 to 159; browsers read them so.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/// Finds entities.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let mut past = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if at >= past
            && let Some((c, taken)) = text.get(at..).and_then(decode)
        {
            past = at + taken;
            edits.put(at, past, shown(c));
        }
    }
}

/// A character as it stands in a text: blanks are one kind, and what controls is none.
fn shown(c: char) -> char {
    match c {
        '\n' | '\r' => '\n',
        '\u{A0}' => ' ',
        _ if c.is_control() => ' ',
        _ => c,
    }
}

/// The character of the entity at the beginning of `text` and the bytes it takes, none when there is
/// no entity. `&amp;#39;`, an entity escaped twice, is read as the character it stands for.
fn decode(text: &str) -> Option<(char, usize)> {
    let (ch, taken) = once(text, "&")?;
    if ch != '&' {
        return Some((ch, taken));
    }
    match once(text.get(taken..)?, "") {
        Some((inner, more)) => Some((inner, taken + more)),
        None => Some((ch, taken)),
    }
}

fn once(text: &str, lead: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix(lead)?;
    let end = body.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = body.get(..end)?;
    let ch = match name.strip_prefix('#') {
        Some(code) => numeric(code)?,
        None => *ENTITIES.get(name)?,
    };
    Some((ch, lead.len() + end + 1))
}

fn numeric(code: &str) -> Option<char> {
    let value = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    match value {
        0x80..=0x9F => WINDOWS.chars().nth(value as usize - 0x80),
        _ => char::from_u32(value).filter(|&c| c != '\0'),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn named_numeric_and_twice_escaped() {
        let cases = [
            ("&#39;t", Some(('\'', 5))),
            ("&#x27;", Some(('\'', 6))),
            ("&rsquo;s", Some(('\u{2019}', 7))),
            ("&#146;s", Some(('\u{2019}', 6))),
            ("&amp; more", Some(('&', 5))),
            ("&amp;#39;t", Some(('\'', 9))),
            ("&", None),
            ("& then;", None),
            ("&#;", None),
            ("&#999999999;", None),
            ("&#0;", None),
            ("&é;", None),
        ];
        for (text, expected) in cases {
            assert_eq!(decode(text), expected, "{text}");
        }
    }
}
