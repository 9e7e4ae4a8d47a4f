//! What stands beside a place in a text. In: a text and a place. Out: the character before or after,
//! and whether a word ends there. Separate because every kind of personal data asks it.

/// The character that ends at a place.
pub fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that begins at a place.
pub fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Letters of scripts whose words are set apart by blanks, digits and the underscore: a word goes on
/// through them. Chinese and Japanese run on into numbers and names, and do not count.
pub fn goes_on(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (!c.is_ascii() && c < '\u{600}' && c.is_alphanumeric())
}

/// Whether no word goes on before a place.
pub fn is_start(text: &str, at: usize) -> bool {
    !before(text, at).is_some_and(goes_on)
}

/// Whether no word goes on behind a place.
pub fn is_end(text: &str, at: usize) -> bool {
    !after(text, at).is_some_and(goes_on)
}

/// Whether a number goes on behind a place, through one of these signs.
pub fn number_goes_on(text: &str, at: usize, signs: &[u8]) -> bool {
    let bytes = text.as_bytes();
    bytes.get(at).is_some_and(|sign| signs.contains(sign)) && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether a number began before a place, and comes here through one of these signs.
pub fn number_came_on(text: &str, at: usize, signs: &[u8]) -> bool {
    let bytes = text.as_bytes();
    at >= 2 && bytes.get(at - 1).is_some_and(|sign| signs.contains(sign)) && bytes.get(at - 2).is_some_and(u8::is_ascii_alphanumeric)
}
