//! HTML entities. In: text at an ampersand. Out: the character and how many bytes it took.
//! Separate because exports hold texts escaped once, twice or not at all.

/// Longest entity that is looked at, with `&` and `;`.
const LONGEST: usize = 12;

/// Entities that occur in exported posts, by name.
const NAMED: [(&str, char); 29] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("rsquo", '\u{2019}'),
    ("lsquo", '\u{2018}'),
    ("rdquo", '\u{201D}'),
    ("ldquo", '\u{201C}'),
    ("hellip", '\u{2026}'),
    ("mdash", '\u{2014}'),
    ("ndash", '\u{2013}'),
    ("hearts", '\u{2665}'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("uuml", 'ü'),
    ("ouml", 'ö'),
    ("auml", 'ä'),
    ("szlig", 'ß'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("iacute", 'í'),
    ("aacute", 'á'),
    ("pound", '£'),
    ("euro", '€'),
    ("copy", '©'),
];

/// The character of the entity at the beginning of `text` and the bytes it takes, none when there is
/// no entity. `&amp;#39;`, an entity escaped twice, is read as the character it stands for.
#[must_use]
pub fn decode(text: &str) -> Option<(char, usize)> {
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
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((ch, lead.len() + end + 1))
}

fn numeric(code: &str) -> Option<char> {
    let value = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    char::from_u32(value).filter(|&c| c != '\0')
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
