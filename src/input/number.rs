//! Numbers in cells. In: `1.2K`, `3,4 Mio`, `1.3万`, `1.234,5`, `'+91`. Out: thousandths. Separate from numbers in
//! texts because a cell holds nothing but the number, so that more can be made of it.

use crate::text::number;
use std::sync::OnceLock;

/// What stands behind a number and multiplies it: lines of `times TAB words`.
const MULTIPLIERS: &str = include_str!("../../lexicons/multipliers.tsv");

/// What a word behind a number multiplies it by; none if it is no such word.
fn times(word: &str) -> Option<i64> {
    static TABLE: OnceLock<Vec<(i64, Vec<&str>)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = MULTIPLIERS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        rows.filter_map(|row| row.split_once('\t'))
            .filter_map(|(times, words)| Some((times.parse().ok()?, words.split(' ').collect())))
            .collect()
    });
    let word = word.to_lowercase();
    table.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(times, _)| *times)
}

/// The value of a cell in thousandths; none if it is more than a number. An apostrophe before it, by which
/// spreadsheets are kept from reading it, does not count; nor does a plus sign.
#[must_use]
pub fn thousandths(cell: &str) -> Option<i64> {
    let cell = cell.trim();
    let cell = cell.strip_prefix(['\'', '’']).unwrap_or(cell);
    let (minus, cell) = cell.strip_prefix(['-', '−']).map_or((false, cell.strip_prefix('+').unwrap_or(cell)), |rest| (true, rest));
    let end = cell.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '\u{A0}' | '\u{202F}'))).unwrap_or(cell.len());
    let (digits, behind) = cell.split_at(end);
    let behind = behind.trim().trim_end_matches('.');
    let times = match behind {
        "" => 1,
        word => times(word)?,
    };
    let value = plain(digits.trim_end_matches(['\u{A0}', '\u{202F}']))?.checked_mul(times)?;
    Some(if minus { -value } else { value })
}

/// Digits with groups and decimals: of a point and a comma the last one is the decimal sign; one that comes
/// several times groups.
fn plain(digits: &str) -> Option<i64> {
    let point = digits.rfind('.');
    let comma = digits.rfind(',');
    let groups: &[char] = match (point, comma) {
        (Some(point), Some(comma)) if point < comma => &['.', '\''],
        (Some(_), Some(_)) => &[',', '\''],
        (Some(_), None) if digits.matches('.').count() > 1 => &['.', '\''],
        _ => &['\'', '\u{A0}', '\u{202F}'],
    };
    if !digits.contains(groups) {
        return number::thousandths(digits);
    }
    let decimal = digits.rfind(['.', ',']).filter(|&at| !digits[at..].starts_with(groups));
    let whole = &digits[..decimal.unwrap_or(digits.len())];
    let mut parts = whole.split(groups);
    let first = parts.next()?;
    if !(1..=3).contains(&first.len()) || !parts.all(|part| part.len() == 3) {
        return None;
    }
    let joined: String = digits.chars().filter(|c| !groups.contains(c)).map(|c| if c == ',' { '.' } else { c }).collect();
    number::thousandths(&joined)
}

#[cfg(test)]
mod tests {
    use super::thousandths;

    #[test]
    fn cells_of_many_exports() {
        for (cell, value) in [
            ("1.2K", Some(1_200_000)),
            ("3,4 Mio", Some(3_400_000_000)),
            ("3,4 Mio.", Some(3_400_000_000)),
            ("1.3万", Some(13_000_000)),
            ("2 亿", Some(200_000_000_000)),
            ("1,234", Some(1_234_000)),
            ("1.234,5", Some(1_234_500)),
            ("1,234.5", Some(1_234_500)),
            ("1.234.567", Some(1_234_567_000)),
            ("1'234.5", Some(1_234_500)),
            ("1\u{202F}234", Some(1_234_000)),
            ("'+91", Some(91_000)),
            ("-3.5", Some(-3_500)),
            ("4,5", Some(4_500)),
            ("12.34.56", None),
            ("5 apples", None),
            ("k", None),
            ("", None),
        ] {
            assert_eq!(thousandths(cell), value, "{cell}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_cell_is_read_without_fear(cell in "\\PC{0,20}|['+0-9.,kM万 -]{0,14}") {
            let _ = thousandths(&cell);
        }
    }
}
