//! Numbers as people read them on a page: digits in groups, a true minus, a thin space before the sign of
//! per cent. In: numbers of the report. Out: text. Separate because every section writes the same kinds of
//! numbers, with as many digits as the other formats.

use crate::stats::Estimate;

/// Narrow space that does not break, before a unit.
const THIN: char = '\u{202F}';
const MINUS: &str = "−";

/// Digits in groups of three.
pub fn count(number: u64) -> String {
    crate::report::terminal::grouped(number)
}

/// A share as per cent, with one digit after the point.
pub fn percent(share: f64) -> String {
    format!("{}{THIN}%", plain(share * 100.0, 1))
}

/// The interval of a share.
pub fn percent_range(share: &Estimate) -> String {
    format!("{} to {}{THIN}%", plain(share.low * 100.0, 1), plain(share.high * 100.0, 1))
}

/// A difference of shares in points, with its sign.
pub fn points(net: f64) -> String {
    signed(net * 100.0, 1)
}

/// The interval of a difference of shares.
pub fn points_range(net: &Estimate) -> String {
    format!("{} to {}", points(net.low), points(net.high))
}

/// A number with a sign, but for nought.
pub fn signed(number: f64, digits: usize) -> String {
    let text = plain(number, digits);
    if text.starts_with(MINUS) || is_nought(&text) { text } else { format!("+{text}") }
}

/// A number, with a true minus where it is below nought.
pub fn plain(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$}");
    match text.strip_prefix('-') {
        Some(rest) if is_nought(rest) => rest.to_owned(),
        Some(rest) => format!("{MINUS}{rest}"),
        None => text,
    }
}

/// A small probability or rate, with two digits that count.
pub fn rate(rate: f64) -> String {
    match rate {
        _ if rate <= 0.0 => "0".to_owned(),
        _ if rate < 1e-6 => "< 0.000001".to_owned(),
        _ => {
            let text = format!("{rate:.*}", digits_that_count(rate));
            if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
        }
    }
}

fn digits_that_count(rate: f64) -> usize {
    (1..8).find(|digits| rate * 10_f64.powi(*digits) >= 1.0).map_or(1, |digits| usize::try_from(digits).unwrap_or(1) + 1)
}

fn is_nought(text: &str) -> bool {
    !text.contains(|c: char| c.is_ascii_digit() && c != '0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(percent(0.4815), "48.1\u{202F}%");
        assert_eq!(points(-0.0312), "−3.1");
        assert_eq!(points(0.0312), "+3.1");
        assert_eq!(points(-0.0001), "0.0");
        assert_eq!(signed(-0.4211, 2), "−0.42");
        assert_eq!(points_range(&Estimate { value: 0.0, low: -0.5, high: 0.25 }), "−50.0 to +25.0");
        assert_eq!([0.0, 1e-9, 0.00042, 0.05, 0.5, 12.0].map(rate), ["0", "< 0.000001", "0.00042", "0.05", "0.5", "12"]);
    }
}
