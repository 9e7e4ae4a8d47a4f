//! Dates. In: cells of a date column. Out: how the column writes them, then days. Separate because day
//! and month can only be told apart by a whole column. ISO dates, which most exports have, are read at
//! fixed places; all others by `jiff`.

use crate::error::{Error, Result};
use jiff::civil::Date;

/// Patterns beside ISO and epochs, tried in this order on the first values of a column.
const PATTERNS: [&str; 21] = [
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%a %b %d %H:%M:%S %z %Y",
    "%a, %d %b %Y",
    "%m %d, %Y",
    "%Y/%m/%d",
    "%m-%d-%Y",
    "%d-%m-%Y",
    "%m/%d/%y",
    "%d/%m/%y",
    "%Y%m%d",
    "%a %b %d %H:%M:%S %Y",
    "%Y年%m月%d日",
    "%b %d %Y",
];
/// Day first and month first, which only a value over 12 tells apart.
const TWINS: [(&str, &str); 3] = [("%m/%d/%Y", "%d/%m/%Y"), ("%m-%d-%Y", "%d-%m-%Y"), ("%m/%d/%y", "%d/%m/%y")];
/// Share of values, in percent, that a format must read.
const ENOUGH: usize = 80;
/// Values that decide which patterns are tried on the whole column, and the longest that can be a date.
const FEW: usize = 30;
const LONGEST: usize = 50;
/// Days are counted from here.
const EPOCH: Date = Date::constant(1970, 1, 1);
const SECONDS_A_DAY: i64 = 86_400;

/// Day and month could be either way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecided;

/// How a column writes dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateFormat {
    /// `2026-03-01`, perhaps with a time behind; the day as written counts, whatever the offset.
    Iso,
    /// Seconds since 1970, or milli-, micro-, nanoseconds: told by size.
    Epoch,
    /// A pattern of `strptime`; anything behind it is ignored.
    Pattern(String),
}

impl DateFormat {
    /// The format of a column; none when its values are no dates.
    ///
    /// # Errors
    /// When day and month cannot be told apart.
    pub fn tell(values: &[String]) -> std::result::Result<Option<Self>, Undecided> {
        let reads = |format: &Self, values: &[String]| values.iter().filter(|value| format.day(value).is_some()).count();
        let enough = |count: usize, of: usize| count > 0 && count * 100 >= of * ENOUGH;
        for format in [Self::Iso, Self::Epoch] {
            if enough(reads(&format, values), values.len()) {
                return Ok(Some(format));
            }
        }
        // Most columns hold no dates, and most patterns do not fit: a few values tell.
        let few = &values[..values.len().min(FEW)];
        if !enough(few.iter().filter(|value| value.len() <= LONGEST && value.bytes().any(|b| b.is_ascii_digit())).count(), few.len()) {
            return Ok(None);
        }
        let patterns = PATTERNS.iter().map(|pattern| (Self::Pattern((*pattern).to_owned()), *pattern));
        let fitting = patterns.filter(|(format, _)| enough(reads(format, few), few.len()));
        let counts: Vec<(usize, &str)> = fitting.map(|(format, pattern)| (reads(&format, values), pattern)).collect();
        let Some(&(most, pattern)) = counts.iter().rev().max_by_key(|(count, _)| *count).filter(|(count, _)| enough(*count, values.len()))
        else {
            return Ok(None);
        };
        let count_of = |wanted: &str| counts.iter().find(|(_, pattern)| *pattern == wanted).map_or(0, |(count, _)| *count);
        if TWINS.iter().any(|(one, other)| [*one, *other].contains(&pattern) && count_of(one) == most && count_of(other) == most) {
            return Err(Undecided);
        }
        Ok(Some(Self::Pattern(pattern.to_owned())))
    }

    /// A pattern that the user gives.
    ///
    /// # Errors
    /// When the pattern cannot write a date.
    pub fn custom(pattern: &str) -> Result<Self> {
        let midnight = EPOCH.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map_err(|e| Error::usage(e.to_string()))?;
        jiff::fmt::strtime::format(pattern, &midnight).map_err(|e| {
            Error::usage(format!("found the date format {pattern:?}: {e}")).at("--date-format").advise("use a pattern such as '%d/%m/%Y'")
        })?;
        Ok(Self::Pattern(pattern.to_owned()))
    }

    /// Whether dates are plain numbers.
    #[must_use]
    pub fn is_epoch(&self) -> bool {
        *self == Self::Epoch
    }

    /// The name, for `inspect`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Iso => "ISO 8601".to_owned(),
            Self::Epoch => "seconds since 1970 (or milli-, micro-, nanoseconds)".to_owned(),
            Self::Pattern(pattern) => pattern.clone(),
        }
    }

    /// The day of a value, counted from 1 January 1970.
    #[must_use]
    pub fn day(&self, value: &str) -> Option<i32> {
        match self {
            Self::Iso => iso(value),
            Self::Epoch => epoch(value),
            Self::Pattern(pattern) => by_pattern(pattern, value),
        }
    }
}

fn iso(value: &str) -> Option<i32> {
    let b: &[u8; 10] = value.as_bytes().first_chunk()?;
    let number =
        |range: std::ops::Range<usize>| b[range].iter().try_fold(0i16, |sum, d| d.is_ascii_digit().then(|| sum * 10 + i16::from(d - b'0')));
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    if b[4] != b'-' || b[7] != b'-' || value.as_bytes().get(10).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    days(Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?)
}

fn days(date: Date) -> Option<i32> {
    Some(date.since((jiff::Unit::Day, EPOCH)).ok()?.get_days())
}

/// Nine digits or more, so that years and ids of few digits are none; until the year 2100.
fn epoch(value: &str) -> Option<i32> {
    let whole = value.split('.').next()?;
    if !(9..=19).contains(&whole.len()) || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut seconds: i64 = whole.parse().ok()?;
    while seconds > 4_102_444_800 {
        seconds /= 1000;
    }
    i32::try_from(seconds / SECONDS_A_DAY).ok().filter(|&day| day > 365)
}

fn by_pattern(pattern: &str, value: &str) -> Option<i32> {
    let (parsed, _) = jiff::fmt::strtime::BrokenDownTime::parse_prefix(pattern, value).ok()?;
    days(parsed.to_date().ok()?)
}

/// The date of a day.
#[must_use]
pub fn date_of(day: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(values: &[&str]) -> std::result::Result<Option<DateFormat>, Undecided> {
        DateFormat::tell(&values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn formats_of_real_exports() {
        let cases: [(&[&str], &str); 12] = [
            (&["2026-03-01", "2026-03-02T10:00:00Z"], "2026-03-01"),
            (&["2024-03-28 02:29:36"], "2024-03-28"),
            (&["1393545600"], "2014-02-28"),
            (&["1393545600000"], "2014-02-28"),
            (&["2/24/2015 11:35"], "2015-02-24"),
            (&["24/02/2015"], "2015-02-24"),
            (&["31-Jul-18"], "2018-07-31"),
            (&["02 28, 2014"], "2014-02-28"),
            (&["Tue Oct 18 21:53:25 +0000 2011"], "2011-10-18"),
            (&["Mon, 05 Jan 2026 10:00:00 GMT"], "2026-01-05"),
            (&["January 5, 2026"], "2026-01-05"),
            (&["05.01.2026"], "2026-01-05"),
        ];
        for (values, date) in cases {
            let format = tell(values).unwrap().unwrap_or_else(|| panic!("{values:?}"));
            assert_eq!(format.day(values[0]).and_then(date_of).map(|d| d.to_string()).as_deref(), Some(date), "{values:?} {format:?}");
        }
    }

    #[test]
    fn day_and_month_are_told_by_the_column_or_not_at_all() {
        assert_eq!(tell(&["01/02/2026", "03/04/2026"]), Err(Undecided));
        assert_eq!(tell(&["01/02/2026", "13/04/2026"]).unwrap(), Some(DateFormat::Pattern("%d/%m/%Y".to_owned())));
        assert_eq!(tell(&["2026", "hello"]), Ok(None));
        assert_eq!(tell(&["2026-13-45"]), Ok(None));
        assert!(DateFormat::custom("%Q%").is_err());
        assert_eq!(DateFormat::custom("%d/%m/%Y").unwrap().day("02/01/1970"), Some(1));
    }
}
