//! Text emoticons. In: bytes at a sign that may begin one. Out: its folded key and length.
//! Separate because it is a small grammar: eyes, perhaps a nose, one or many mouths, either way round.

use super::Key;

/// An emoticon found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// Its folded form: no nose, one mouth.
    pub key: Key,
    /// Length in bytes as written.
    pub length: usize,
    /// Whether a mouth was written several times.
    pub repeated: bool,
}

const fn is_eyes(b: u8) -> bool {
    matches!(b, b':' | b';' | b'=')
}

const fn is_nose(b: u8) -> bool {
    matches!(b, b'-' | b'^' | b'o' | b'~')
}

const fn is_mouth(b: u8) -> bool {
    matches!(b, b')' | b'(' | b']' | b'[' | b'}' | b'{' | b'/' | b'\\' | b'|' | b'*' | b'>' | b'<' | b'@' | b'$')
}

const fn is_letter_mouth(b: u8) -> bool {
    matches!(b, b'D' | b'P' | b'p' | b'o' | b'O' | b'3' | b'x' | b'X' | b's' | b'S' | b'c' | b'C' | b'0')
}

/// Emoticons that do not follow the grammar, longest first.
const SPECIAL: [&str; 16] = ["</3", "<3", "^_^", "^-^", "^.^", "^^", "-_-", "-.-", ">_<", ">.<", ">_>", "<_<", "\\o/", ";_;", ";-;", "=_="];

/// The emoticon at the beginning of `rest`; `before` is the byte before it, if any.
#[must_use]
pub fn scan(rest: &[u8], before: Option<u8>) -> Option<Found> {
    // No emoticon is followed by a letter or digit behind its first sign, but for mouths behind eyes.
    if rest.get(1).is_none_or(|&b| b == b' ' || (b.is_ascii_alphanumeric() && !is_letter_mouth(b) && b != b'3')) {
        return None;
    }
    special(rest, before).or_else(|| upright(rest, before)).or_else(|| reversed(rest, before))
}

fn special(rest: &[u8], before: Option<u8>) -> Option<Found> {
    let word = SPECIAL.iter().find(|s| rest.starts_with(s.as_bytes()))?;
    let heart = word.ends_with('3');
    let joined = rest.get(word.len()).is_some_and(u8::is_ascii_alphanumeric) || before.is_some_and(|b| b.is_ascii_digit());
    if joined && !(heart && rest.get(word.len()) == Some(&b'3')) {
        return None;
    }
    let last = rest[word.len() - 1];
    let extra = if heart { repeats(&rest[word.len()..], last) } else { 0 };
    Some(Found { key: Key::of(word.as_bytes()), length: word.len() + extra, repeated: extra > 0 })
}

/// `>:'-(((`: brows, eyes, tear, nose, mouths.
fn upright(rest: &[u8], before: Option<u8>) -> Option<Found> {
    let mut at = 0;
    let mut folded = Folded::default();
    if matches!(rest.first(), Some(b'>' | b'}')) {
        folded.push(b'>');
        at += 1;
    }
    folded.push(*rest.get(at).filter(|&&b| is_eyes(b))?);
    at += 1;
    if rest.get(at) == Some(&b'\'') {
        folded.push(b'\'');
        at += 1;
    }
    if rest.get(at).copied().is_some_and(is_nose) && rest.get(at + 1).copied().is_some_and(|b| is_mouth(b) || is_letter_mouth(b)) {
        at += 1;
    }
    let mouth = *rest.get(at)?;
    at += 1;
    let extra = repeats(&rest[at..], mouth);
    let after = rest.get(at + extra).copied();
    let bare = |b: Option<u8>| !b.is_some_and(|b| b.is_ascii_alphanumeric() || b >= 0x80);
    let fits = match mouth {
        b'/' | b'\\' => extra == 0 && bare(before) && after != Some(b'/'),
        b'<' | b'>' | b'@' | b'$' | b'*' => bare(before) && bare(after),
        _ if is_mouth(mouth) => true,
        _ if is_letter_mouth(mouth) => bare(before) && bare(after),
        _ => false,
    };
    folded.push(mouth);
    fits.then(|| Found { key: folded.key(), length: at + extra, repeated: extra > 0 })
}

/// `(-:`, only at the beginning of a word.
fn reversed(rest: &[u8], before: Option<u8>) -> Option<Found> {
    let mouth = *rest.first().filter(|b| matches!(b, b'(' | b')' | b'[' | b']' | b'D'))?;
    if before.is_some_and(|b| !b.is_ascii_whitespace()) {
        return None;
    }
    let mut at = 1 + repeats(&rest[1..], mouth);
    let repeated = at > 1;
    at += usize::from(rest.get(at).copied().is_some_and(is_nose));
    let tear = rest.get(at) == Some(&b'\'');
    at += usize::from(tear);
    let eyes = *rest.get(at).filter(|&&b| is_eyes(b))?;
    if rest.get(at + 1).is_some_and(|b| !b.is_ascii_whitespace()) {
        return None;
    }
    let mut folded = Folded::default();
    folded.push(mouth);
    if tear {
        folded.push(b'\'');
    }
    folded.push(eyes);
    Some(Found { key: folded.key(), length: at + 1, repeated })
}

fn repeats(rest: &[u8], mouth: u8) -> usize {
    rest.iter().take_while(|&&b| b == mouth).count()
}

#[derive(Default)]
struct Folded {
    bytes: [u8; 8],
    len: usize,
}

impl Folded {
    fn push(&mut self, b: u8) {
        if let Some(room) = self.bytes.get_mut(self.len) {
            *room = b;
            self.len += 1;
        }
    }

    fn key(&self) -> Key {
        Key::of(&self.bytes[..self.len])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(Key, usize)> {
        scan(text.as_bytes(), None).map(|f| (f.key, f.length))
    }

    #[test]
    fn noses_and_repeated_mouths_fold() {
        for (text, folded) in [
            (":-)", ":)"),
            (":)))", ":)"),
            (":'-(", ":'("),
            (">:-(", ">:("),
            ("=D", "=D"),
            ("<33", "<3"),
            (":-/", ":/"),
            ("(-:", "(:"),
            ("^_^", "^_^"),
            (":o", ":o"),
        ] {
            assert_eq!(found(text), Some((Key::of(folded.as_bytes()), text.len())), "{text}");
        }
    }

    #[test]
    fn links_times_and_lists_are_none() {
        for text in ["://x", ":Please", ": ", "(see", "<b>", "<32", ":"] {
            assert_eq!(found(text), None, "{text}");
        }
        assert_eq!(scan(b":3", Some(b'2')), None);
    }
}
