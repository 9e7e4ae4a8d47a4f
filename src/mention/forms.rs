//! How a name may be written besides as it stands. In: its last word. Out: keys of its regular plurals
//! and possessives, and of a possessive the word itself. Separate because it only ever adds forms: a name
//! that ends in s keeps it.

use crate::text::{Key, Script, Shape, Token};

/// Longest word that is folded, in bytes; names are shorter.
const LONGEST: usize = 124;

/// The keys of a folded word: itself, its possessive and plurals, and `wendys` for `wendy's`.
pub(super) fn forms(folded: &str) -> Vec<Key> {
    let key = |form: &str| Key::of(form.as_bytes());
    let mut keys = vec![key(folded)];
    if let Some(plain) = folded.strip_suffix("'s") {
        keys.push(key(&format!("{plain}s")));
        return keys;
    }
    let Some(last) = folded.chars().next_back().filter(|c| c.is_alphabetic()) else { return keys };
    keys.push(key(&format!("{folded}'s")));
    if Script::of(last) != Script::Latin || folded.chars().count() < 2 {
        return keys;
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| folded.ends_with(end));
    keys.push(key(&format!("{folded}{}", if hisses { "es" } else { "s" })));
    if let Some(stem) = folded.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        keys.push(key(&format!("{stem}ies")));
    }
    keys
}

/// The key of `dell` for a token `Dell's`, with any apostrophe; none for other words.
pub(super) fn without_possessive(token: &Token, text: &str) -> Option<Key> {
    let stem = |folded: &[u8]| folded.strip_suffix(b"'s").map(Key::of);
    match token.key.bytes() {
        _ if !token.shape.has(Shape::APOSTROPHE) => None,
        Some((bytes, length)) => stem(bytes.get(..length)?),
        None => stem(Folded::of(token.of(text))?.as_bytes()),
    }
}

/// Whether a mark is not seen and divides no word.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{200D}' | '\u{FE0F}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}')
}

/// Whether a character is one of the apostrophes that the tokenizer knows.
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2BC}' | '\u{FF07}' | '`' | '\u{B4}')
}

/// Text in the form of keys, in memory of fixed size.
pub(super) struct Folded {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Folded {
    /// Folds a word or the body of a hashtag; none if it is longer than any name.
    pub(super) fn of(word: &str) -> Option<Self> {
        Self::after("", word, false)
    }

    /// Folds the body of a hashtag behind `#`, without its underscores.
    pub(super) fn tag(body: &str) -> Option<Self> {
        Self::after("#", body, true)
    }

    fn after(before: &str, word: &str, joined: bool) -> Option<Self> {
        let mut folded = Self { bytes: [0; LONGEST], len: 0 };
        before.chars().try_for_each(|c| folded.push(c))?;
        for c in word.chars() {
            match c {
                '_' if joined => {}
                _ if c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase())?,
                _ if is_invisible(c) => {}
                _ if is_apostrophe(c) => folded.push('\'')?,
                _ => c.to_lowercase().try_for_each(|c| folded.push(c))?,
            }
        }
        Some(folded)
    }

    fn push(&mut self, c: char) -> Option<()> {
        let room = self.bytes.get_mut(self.len..self.len + c.len_utf8())?;
        c.encode_utf8(room);
        self.len += c.len_utf8();
        Some(())
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or("")
    }

    pub(super) fn key(&self) -> Key {
        Key::of(self.as_bytes())
    }
}

/// Letters and digits of a name in lower case: what its handle and its hashtag are.
pub(super) fn compact(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Tokens;

    #[test]
    fn possessives_are_known_by_any_apostrophe_and_at_any_length() {
        for (text, stem) in [
            ("Dell's", Some("dell")),
            ("DELL\u{2019}S", Some("dell")),
            ("Dell\u{2BC}s", Some("dell")),
            ("Deutschlandradios's", Some("deutschlandradios")),
            ("Dells", None),
            ("don't", None),
        ] {
            let tokens = Tokens::from_text(text);
            let key = without_possessive(&tokens.as_slice()[0], text);
            assert_eq!(key, stem.map(|stem| Key::of(stem.as_bytes())), "{text}");
        }
    }

    #[test]
    fn forms_are_added_and_never_cut() {
        for (word, yes, no) in [
            ("tesla", "tesla tesla's teslas", "tesl"),
            ("windows", "windows windowses windows's", "window"),
            ("fedex", "fedexes", "fedexs"),
            ("sony", "sonys sonies", "son"),
            ("ebay", "ebays", "ebaies"),
            ("wendy's", "wendys wendy's", "wendy"),
            ("3", "3", "3s"),
        ] {
            let keys = forms(word);
            for form in yes.split(' ') {
                assert!(keys.contains(&Key::of(form.as_bytes())), "{word}: {form}");
            }
            assert!(!keys.contains(&Key::of(no.as_bytes())), "{word}: {no}");
        }
    }
}
