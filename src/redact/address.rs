//! Street addresses. In: a text. Out: house numbers with their street: `12 Oak Street`, `12 rue de la
//! Paix`, `Lindenstraße 12`, `Calle Mayor 15`, `长安路123号`. Separate because they are made of words, not
//! of signs; the words are data. Only streets with a number go: towns and names of streets alone stay.

use super::groups::{behind_digits, next_digits};
use super::look::HOUSE;
use super::neighbours::{after, before, goes_on, is_start, number_came_on, number_goes_on};
use super::words::set;
use hashbrown::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

mod lower;

use lower::Lower;

/// The words that streets are made of.
struct Words {
    after: HashSet<&'static str>,
    short: HashSet<&'static str>,
    unit: HashSet<&'static str>,
    before: HashSet<&'static str>,
    number_first: HashSet<&'static str>,
    particle: HashSet<&'static str>,
    ends: Vec<&'static str>,
    kinds: HashSet<&'static str>,
    no_streets: HashSet<&'static str>,
    no_names: HashSet<&'static str>,
    number_signs: HashSet<&'static str>,
    prefixes: HashSet<&'static str>,
    hanzi: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    after: set("street-after"),
    short: set("street-after-short"),
    unit: set("street-unit"),
    before: set("street-before"),
    number_first: set("street-number-first"),
    particle: set("street-particle"),
    ends: set("street-end").into_iter().collect(),
    kinds: set("street-end-word"),
    no_streets: set("street-not"),
    no_names: set("street-name-not"),
    number_signs: set("street-number-sign"),
    prefixes: set("street-prefix"),
    hanzi: set("street-hanzi"),
});

/// Most words of a street's name, with its particles.
const NAME: usize = 5;

/// The next address.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(start) = next_digits(bytes, at) {
        let end = behind_digits(bytes, start);
        if end - start <= HOUSE
            && let Some(found) = number_in_hanzi(text, from, start, end).or_else(|| in_words(text, from, start, end))
        {
            return Some(found);
        }
        at = end;
    }
    None
}

fn in_words(text: &str, from: usize, start: usize, end: usize) -> Option<Range<usize>> {
    if !is_start(text, start) || number_came_on(text, start, b".,:-/") || matches!(before(text, start), Some('$' | '€' | '£' | '#' | '@'))
    {
        return None;
    }
    number_first(text, start, end).or_else(|| number_last(text, from, start, end))
}

/// A word: no blanks inside.
fn word(text: &str, from: usize) -> &str {
    let rest = text.get(from..).unwrap_or_default();
    rest.get(..rest.find(char::is_whitespace).unwrap_or(rest.len()).min(lower::LONGEST)).unwrap_or_default()
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A capital or a number: `5th`.
fn is_name(word: &str) -> bool {
    is_capital(word) || (word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with(|c: char| c.is_alphabetic()))
}

/// `221B`, `12 Oak Street, Apt 4`, `5 bis, avenue Victor Hugo`.
fn number_first(text: &str, start: usize, digits: usize) -> Option<Range<usize>> {
    let mut at = digits + text.as_bytes().get(digits).map_or(0, |b| usize::from(b.is_ascii_alphabetic()));
    for more in [" bis", " ter"] {
        at += if text.get(at..)?.starts_with(more) { more.len() } else { 0 };
    }
    at += usize::from(text.as_bytes().get(at) == Some(&b','));
    if text.as_bytes().get(at) != Some(&b' ') {
        return None;
    }
    let first = word(text, at + 1);
    if WORDS.number_first.contains(Lower::of(first).as_str()) {
        return name(text, at + 1 + first.len()).map(|end| start..end);
    }
    if !is_name(first) {
        return None;
    }
    street(text, at + 1).map(|end| start..unit(text, end).unwrap_or(end))
}

/// Where the name behind a word for streets ends: particles, and at least one word with a capital.
fn name(text: &str, from: usize) -> Option<usize> {
    let (mut at, mut end) = (from, None);
    for _ in 0..NAME {
        if text.as_bytes().get(at) != Some(&b' ') {
            break;
        }
        let next = word(text, at + 1);
        let bare = next.trim_end_matches(|c: char| !c.is_alphanumeric());
        let elided = bare.split_once(['\'', '’']).is_some_and(|(particle, name)| particle.len() <= 4 && is_capital(name));
        if is_capital(bare) || elided {
            end = Some(at + 1 + bare.len());
        } else if !WORDS.particle.contains(Lower::of(next).as_str()) {
            break;
        }
        if bare.len() < next.len() {
            break;
        }
        at += 1 + next.len();
    }
    end
}

/// Where the street ends whose name begins at a place; the last word for a street counts: `Mill Lane Court`.
fn street(text: &str, from: usize) -> Option<usize> {
    let (mut at, mut found) = (from, None);
    for count in 0..4 {
        let next = word(text, at);
        let bare = next.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !is_name(bare) {
            break;
        }
        let lower = Lower::of(bare);
        if count > 0 && WORDS.after.contains(lower.as_str()) {
            let short = WORDS.short.contains(lower.as_str());
            let dot = short && next.get(bare.len()..)?.starts_with('.');
            let end = at + bare.len() + usize::from(dot);
            // `3 Dr Pepper`: short words may begin something else.
            let person = matches!(lower.as_str(), "dr" | "st")
                && next.len() == bare.len() + usize::from(dot)
                && is_capital(text.get(end..)?.trim_start());
            let named = short && !dot && next.len() == bare.len() && is_capital(text.get(end..)?.trim_start());
            if !(person || named || after(text, end).is_some_and(goes_on)) {
                found = Some(end);
            }
        }
        let dotted = matches!(next.get(bare.len()..), Some("" | "."));
        at += next.len();
        let street_word = count > 0 && found.is_some();
        if (WORDS.no_names.contains(lower.as_str()) && !street_word) || !dotted || text.as_bytes().get(at) != Some(&b' ') {
            break;
        }
        at += 1;
    }
    found
}

/// Where `, Apt 4B` behind a street ends.
fn unit(text: &str, from: usize) -> Option<usize> {
    let at = from + usize::from(text.as_bytes().get(from) == Some(&b','));
    let kind = text.get(at..)?.strip_prefix(' ').map(|_| word(text, at + 1))?;
    if !WORDS.unit.contains(Lower::of(kind).as_str()) {
        return None;
    }
    let at = at + 1 + kind.len();
    let number = word(text, at + usize::from(text.as_bytes().get(at) == Some(&b' ')));
    let number = number.get(..number.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(number.len()))?;
    (number.contains(|c: char| c.is_ascii_digit()) || number.len() == 1).then(|| at + 1 + number.len())
}

/// The word that ends at a place, blanks before it left out, and where it begins.
fn word_before(text: &str, from: usize, end: usize) -> Option<(usize, &str)> {
    let before = text.get(from..end)?.strip_suffix(' ')?;
    let floor = (before.len().saturating_sub(lower::LONGEST)..=before.len()).find(|&at| before.is_char_boundary(at))?;
    let tail = before.get(floor..)?;
    let start = tail.char_indices().rev().find(|(_, c)| c.is_whitespace() || *c == '(' || *c == '"').map_or(0, |(at, c)| at + c.len_utf8());
    let word = tail.get(start..)?;
    (!word.is_empty()).then_some((from + floor + start, word))
}

/// `Lindenstraße 12`, `Calle de la Rosa, 8`, `ul. Długa 15/3`.
fn number_last(text: &str, from: usize, start: usize, digits: usize) -> Option<Range<usize>> {
    let (mut at, mut last) = word_before(text, from, start)?;
    let mut comma = false;
    if WORDS.number_signs.contains(Lower::of(last).as_str()) {
        (at, last) = word_before(text, from, at)?;
    }
    if let Some(bare) = last.strip_suffix(',') {
        (comma, last) = (true, bare);
    }
    if !is_capital(last) && !last.contains(['\'', '’']) {
        return None;
    }
    let end = house(text, digits)?;
    let begin = compound(text, from, at, last, comma).or_else(|| named(text, from, at, last, comma, end))?;
    Some(begin..end)
}

/// Where a house number ends: `5a`, `15/3`.
fn house(text: &str, digits: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = digits;
    if bytes.get(end) == Some(&b'/') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = behind_digits(bytes, end + 1);
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphabetic) && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) {
        end += 1;
    }
    (!after(text, end).is_some_and(|c| goes_on(c) || c == '%') && !number_goes_on(text, end, b".,:/-")).then_some(end)
}

/// Where a street of one word, or of two with its kind last, begins.
fn compound(text: &str, from: usize, at: usize, last: &str, comma: bool) -> Option<usize> {
    let lower = Lower::of(last);
    let lower = lower.as_str();
    if comma || lower.is_empty() {
        return None;
    }
    if WORDS.kinds.contains(lower) {
        let (start, name) = word_before(text, from, at)?;
        return (is_capital(name)
            && name.ends_with(char::is_alphabetic)
            && !WORDS.no_names.contains(Lower::of(name).as_str())
            && name.chars().count() > 3)
            .then_some(start);
    }
    let ends =
        WORDS.ends.iter().any(|end| lower.strip_suffix(end).is_some_and(|name| name.chars().filter(|c| c.is_alphabetic()).count() >= 3));
    if !ends || WORDS.no_streets.contains(lower) {
        return None;
    }
    match word_before(text, from, at) {
        Some((start, prefix)) if is_capital(prefix) && WORDS.prefixes.contains(Lower::of(prefix).as_str()) => Some(start),
        _ => Some(at),
    }
}

/// Where a street begins whose kind stands before its name.
fn named(text: &str, from: usize, at: usize, last: &str, comma: bool, end: usize) -> Option<usize> {
    let (mut at, mut last) = (at, last);
    for _ in 0..NAME {
        let elided = last.split_once(['\'', '’']).is_some_and(|(particle, name)| particle.len() <= 5 && is_capital(name));
        if !(is_capital(last) || elided || WORDS.particle.contains(Lower::of(last).as_str())) {
            return None;
        }
        (at, last) = word_before(text, from, at)?;
        let lower = Lower::of(last);
        if WORDS.before.contains(lower.as_str()) {
            // English says `via Amazon 3 days ago`.
            let english = lower.as_str() == "via" && !comma && text.get(end..)?.trim_start().starts_with(|c: char| c.is_lowercase());
            return (!english).then_some(at);
        }
    }
    None
}

/// `长安路123号`: two characters before the word for street.
fn number_in_hanzi(text: &str, from: usize, start: usize, end: usize) -> Option<Range<usize>> {
    let sign = after(text, end).filter(|c| matches!(c, '号' | '號'))?;
    let name = text.get(from..start)?;
    let kind = WORDS.hanzi.iter().find(|kind| name.ends_with(**kind))?;
    let name = name.strip_suffix(*kind)?;
    let hanzi = |c: &char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    let length: usize = name.chars().rev().take(2).take_while(hanzi).map(char::len_utf8).sum();
    (length > 0).then(|| start - kind.len() - length..end + sign.len_utf8())
}
