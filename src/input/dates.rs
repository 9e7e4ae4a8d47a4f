//! Dates. In: cells of a date column. Out: how the column writes them, then days. Separate because day
//! and month can only be told apart by a whole column. ISO dates, which most exports have, are read at
//! fixed places; all others by `jiff`.

mod clock;
mod order;
mod parts;
mod words;

pub use clock::{Clock, parse_day, parse_zone};
pub use order::{Order, Undecided};

use crate::error::{Error, Result};
use clock::Moment;
use jiff::civil::Date;
use parts::{Back, Parts, back, parts};

/// Patterns beside ISO and epochs, tried in this order on the first values of a column.
const PATTERNS: [&str; 26] = [
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
    "%Y.%m.%d",
    "%Y. %m. %d",
    "%d.%m.%y",
    "%Y-%m-%d",
    "%Y년 %m월 %d일",
];
/// Share of values, in percent, that a format must read.
const ENOUGH: usize = 80;
/// Values that decide which patterns are tried on the whole column, and the longest that can be a date.
const FEW: usize = 30;
const LONGEST: usize = 50;
/// Days are counted from here.
const EPOCH: Date = Date::constant(1970, 1, 1);
const SECONDS_A_DAY: i64 = 86_400;

/// How a column writes dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateFormat {
    /// `2026-03-01`, perhaps with a time behind; the day as written counts, whatever the offset.
    Iso,
    /// Seconds since 1970, or milli-, micro-, nanoseconds: told by size.
    Epoch,
    /// A pattern of `strptime`; of what is behind it only the time of day and the zone count.
    Pattern(String),
    /// The month is a word of any language, or bears a sign: `5. März 2024`, `Mon Apr 06 22:19:45 PDT 2009`.
    Words,
    /// Days since 1900 as spreadsheets count them.
    Serial,
    /// `2 weeks ago`, `yesterday`, `今天 08:07`, dates without a year: they need a day to count from.
    Relative,
}

/// What a cell of a date column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A day, counted from 1 January 1970.
    Day(i32),
    /// A day that takes another to count from.
    Relative,
    /// Nothing that can be read.
    Nothing,
}

impl DateFormat {
    /// The format of a column; none when its values are no dates.
    ///
    /// # Errors
    /// When day and month cannot be told apart.
    pub fn tell(values: &[String]) -> std::result::Result<Option<Self>, Undecided> {
        Self::tell_as(values, false)
    }

    /// The same for a column that is `named` as one of dates, in which numbers may be those of a spreadsheet.
    ///
    /// # Errors
    /// When day and month cannot be told apart.
    pub fn tell_as(values: &[String], named: bool) -> std::result::Result<Option<Self>, Undecided> {
        let reads = |format: &Self, values: &[String]| values.iter().filter(|value| format.day(value).is_some()).count();
        let enough = |count: usize, of: usize| count > 0 && count * 100 >= of * ENOUGH;
        for format in [Self::Iso, Self::Epoch] {
            if enough(reads(&format, values), values.len()) {
                return Ok(Some(format));
            }
        }
        if named && enough(reads(&Self::Serial, values), values.len()) {
            return Ok(Some(Self::Serial));
        }
        // Most columns hold no dates, and most patterns do not fit: a few values tell.
        let few = &values[..values.len().min(FEW)];
        let short = |value: &&String| value.len() <= LONGEST;
        if !enough(few.iter().filter(short).count(), few.len()) {
            return Ok(None);
        }
        if !enough(few.iter().filter(short).filter(|value| value.bytes().any(|b| b.is_ascii_digit())).count(), few.len()) {
            return Ok(Self::in_words(values, 0).filter(|_| named));
        }
        let patterns = PATTERNS.iter().map(|pattern| (Self::Pattern((*pattern).to_owned()), *pattern));
        let fitting = patterns.filter(|(format, _)| enough(reads(format, few), few.len()));
        let counts: Vec<(usize, &str)> = fitting.map(|(format, pattern)| (reads(&format, values), pattern)).collect();
        let best = counts.iter().rev().max_by_key(|(count, _)| *count).filter(|(count, _)| enough(*count, values.len()));
        if let Some(words) = Self::in_words(values, best.map_or(0, |(count, _)| *count)) {
            return Ok(Some(words));
        }
        let Some(&(most, pattern)) = best else {
            return Ok(None);
        };
        let count_of = |wanted: &str| counts.iter().find(|(_, pattern)| *pattern == wanted).map_or(0, |(count, _)| *count);
        match Undecided::with(pattern) {
            Some(twins) if Order::ALL.iter().all(|&order| count_of(twins.pattern(order)) == most) => Err(twins),
            _ => Ok(Some(Self::Pattern(pattern.to_owned()))),
        }
    }

    /// Words, when they read more than so many values.
    fn in_words(values: &[String], than: usize) -> Option<Self> {
        let reads = |format: &Self| {
            values.iter().filter(|value| value.len() <= LONGEST && format.read(value, &Clock::default()) != Told::Nothing).count()
        };
        let fits = |count: usize| count > than && count * 100 >= values.len() * ENOUGH;
        let (words, relative) = (reads(&Self::Words), reads(&Self::Relative));
        // What reads relative dates reads the others too, but a day to count from is not always there.
        match (fits(words), fits(relative)) {
            (true, _) if words >= relative => Some(Self::Words),
            (_, true) => Some(Self::Relative),
            (true, false) => Some(Self::Words),
            (false, false) => None,
        }
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
            Self::Words => "the month by its name or sign".to_owned(),
            Self::Serial => "days since 1900, as spreadsheets count them".to_owned(),
            Self::Relative => "relative to a day, as in '2 weeks ago'".to_owned(),
        }
    }

    /// The day of a value as written, counted from 1 January 1970.
    #[must_use]
    pub fn day(&self, value: &str) -> Option<i32> {
        match self.read(value, &Clock::default()) {
            Told::Day(day) => Some(day),
            Told::Relative | Told::Nothing => None,
        }
    }

    /// What a value says: its day in the zone of the clock.
    #[must_use]
    #[inline]
    pub fn read(&self, value: &str, clock: &Clock) -> Told {
        let day = match (self, &clock.zone) {
            (Self::Iso, None) => iso(value),
            (Self::Iso, Some(_)) => iso(value).map(|day| clock.day(&behind(day, value.get(10..).unwrap_or("")))),
            (Self::Epoch, None) => epoch(value).and_then(|seconds| i32::try_from(seconds / SECONDS_A_DAY).ok()),
            (Self::Epoch, Some(_)) => epoch(value).map(|seconds| clock.day_of(seconds)),
            (Self::Pattern(pattern), _) => by_pattern(pattern, value, clock),
            (Self::Words, _) => parts(value, false).and_then(|parts| in_full(&parts, clock)),
            (Self::Serial, _) => serial(value),
            (Self::Relative, _) => return relative(value, clock),
        };
        day.map_or(Told::Nothing, Told::Day)
    }
}

/// The moment of a day whose time and zone stand behind it.
fn behind(day: i32, rest: &str) -> Moment {
    let time = if rest.is_empty() { None } else { parts(rest, true) };
    time.map_or(Moment { day, ..Moment::default() }, |time| Moment { day, second: time.second, offset: time.offset })
}

fn in_full(parts: &Parts, clock: &Clock) -> Option<i32> {
    let day = days(Date::new(parts.year?, parts.month?, parts.day?).ok()?)?;
    Some(clock.day(&Moment { day, second: parts.second, offset: parts.offset }))
}

/// The last day before the clock's that a value without a year may mean, or that lies so far back.
fn relative(value: &str, clock: &Clock) -> Told {
    let dated = parts(value, false).filter(|parts| parts.day.is_some() && parts.month.is_some());
    if let Some(day) = dated.and_then(|parts| in_full(&parts, clock)) {
        return Told::Day(day);
    }
    let lies_back = back(value);
    let yearless = dated.filter(|parts| parts.year.is_none());
    if lies_back.is_none() && yearless.is_none() {
        return Told::Nothing;
    }
    let Some(today) = clock.today else { return Told::Relative };
    let resolved = match (lies_back, yearless) {
        (Some(Back::Days(days)), _) => today.checked_sub(days),
        (Some(Back::Months(months)), _) => months_before(today, months),
        (None, Some(parts)) => date_of(today).and_then(|date| {
            let in_year = |year| in_full(&Parts { year: Some(year), ..parts }, clock);
            in_year(date.year()).filter(|&day| day <= today).or_else(|| in_year(date.year() - 1))
        }),
        (None, None) => None,
    };
    resolved.map_or(Told::Nothing, Told::Day)
}

fn months_before(today: i32, months: i32) -> Option<i32> {
    days(date_of(today)?.checked_sub(jiff::Span::new().try_months(months).ok()?).ok()?)
}

/// Days since the end of 1899, of the years 1980 to 2050.
fn serial(value: &str) -> Option<i32> {
    const EPOCH_SERIAL: i32 = 25_569;
    let (whole, fraction) = value.split_once(['.', ',']).unwrap_or((value, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let days: i32 = Some(whole).filter(|whole| whole.len() == 5 && plain(whole) && plain(fraction))?.parse().ok()?;
    (29_221..54_789).contains(&days).then(|| days - EPOCH_SERIAL)
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
fn epoch(value: &str) -> Option<i64> {
    let whole = value.split('.').next()?;
    if !(9..=19).contains(&whole.len()) || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut seconds: i64 = whole.parse().ok()?;
    while seconds > 4_102_444_800 {
        seconds /= 1000;
    }
    Some(seconds).filter(|&seconds| seconds / SECONDS_A_DAY > 365)
}

fn by_pattern(pattern: &str, value: &str, clock: &Clock) -> Option<i32> {
    let (parsed, length) = jiff::fmt::strtime::BrokenDownTime::parse_prefix(pattern, value).ok()?;
    let day = days(parsed.to_date().ok()?)?;
    if clock.zone.is_none() {
        return Some(day);
    }
    let rest = behind(day, value.get(length..).unwrap_or(""));
    let second = parsed.to_time().ok().map(|time| i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60);
    Some(clock.day(&Moment { day, second: rest.second.or(second), offset: rest.offset.or(parsed.offset().map(jiff::tz::Offset::seconds)) }))
}

/// The date of a day.
#[must_use]
pub fn date_of(day: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

#[cfg(test)]
mod tests;
