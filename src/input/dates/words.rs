//! Words of dates: months, zones, `ago`, `yesterday`. In: `lexicons/months.tsv` and `lexicons/times.tsv`.
//! Out: what a word may mean. Separate because it is data of many languages. Looking up takes no memory.

use std::collections::HashMap;
use std::sync::OnceLock;

const MONTHS: &str = include_str!("../../../lexicons/months.tsv");
const TIMES: &str = include_str!("../../../lexicons/times.tsv");
/// Longest word that is looked up, in bytes.
const LONGEST: usize = 40;

/// What a word of a date may mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// The month of that number.
    Month(i8),
    /// Nothing.
    Skip,
    /// Morning or afternoon: hours added to the clock.
    Half(i32),
    /// Minutes east of Greenwich.
    Zone(i32),
    /// What is counted lies in the past.
    Ago,
    /// So many days before today.
    Day(i32),
    /// A number.
    One(i32),
    /// A span of so many days; 0 for hours and less.
    Days(i32),
    /// A span of so many months.
    Months(i32),
}

type Words = HashMap<&'static str, Vec<Meaning>>;

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words::new();
        let rows = |table: &'static str| table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut put = |meaning: Meaning, list: &'static str| list.split(' ').for_each(|word| words.entry(word).or_default().push(meaning));
        for (number, list) in rows(MONTHS).filter_map(|row| row.split_once('\t')) {
            put(Meaning::Month(number.parse().unwrap_or(0)), list);
        }
        for row in rows(TIMES) {
            let mut cells = row.split('\t');
            let (Some(kind), Some(value), Some(list)) = (cells.next(), cells.next(), cells.next()) else { continue };
            if let Some(meaning) = meaning(kind, value) {
                put(meaning, list);
            }
        }
        words
    })
}

fn meaning(kind: &str, value: &str) -> Option<Meaning> {
    let number = || value.trim_end_matches(['d', 'm', 'h']).parse().unwrap_or(0);
    Some(match (kind, value) {
        ("skip", _) => Meaning::Skip,
        ("half", _) => Meaning::Half(number()),
        ("zone", _) => Meaning::Zone(number()),
        ("ago", _) => Meaning::Ago,
        ("day", _) => Meaning::Day(number()),
        ("one", _) => Meaning::One(number()),
        ("unit", value) if value.ends_with('m') => Meaning::Months(number()),
        ("unit", _) => Meaning::Days(number()),
        _ => return None,
    })
}

/// The word that a text begins with: its length and what it may mean, which is nothing if it is unknown.
/// Scripts without blanks run words together; there the longest known beginning counts.
pub fn word(text: &str) -> (usize, &'static [Meaning]) {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let inside = c.is_alphabetic() || (matches!(c, '.' | '\'' | '-' | '’') && end > 0 && next.is_some_and(char::is_alphabetic));
        if !inside {
            break;
        }
        end = at + c.len_utf8();
    }
    let whole = &text[..end];
    let mut length = end;
    while length > 0 {
        if let Some(found) = look_up(&whole[..length]) {
            return (length, found);
        }
        if whole.is_ascii() || length > LONGEST {
            break;
        }
        length = whole[..length].char_indices().next_back().map_or(0, |(at, _)| at);
        // A beginning of an alphabetic word is no word.
        if whole.chars().next().is_some_and(|c| c < '\u{3000}') {
            break;
        }
    }
    (end, &[])
}

fn look_up(word: &str) -> Option<&'static [Meaning]> {
    let mut lower = [0u8; LONGEST];
    let mut length = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let room = lower.get_mut(length..length + c.len_utf8())?;
        length += c.encode_utf8(room).len();
    }
    words().get(std::str::from_utf8(lower.get(..length)?).ok()?).map(Vec::as_slice)
}
