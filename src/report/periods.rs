//! The course over time. In: days. Out: periods, and where the second half of the time begins. Separate because all
//! sections divide the time alike.

use super::build::{Context, sentiment};
use super::model::{Period, Timeline};
use crate::input::dates::date_of;
use crate::summary::{Summary, Tally};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Spans of days up to which the course is shown by day, and by week.
const BY_DAY: i32 = 45;
const BY_WEEK: i32 = 330;
/// Most periods shown; a longer span is a fault of the data.
const MOST_PERIODS: usize = 1200;

/// A length of periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    /// Days.
    Day,
    /// Weeks, from Monday.
    Week,
    /// Months.
    Month,
}

/// A length of periods: its name, and the first day of the one that a day is in.
pub(super) type Unit = (&'static str, fn(Date) -> Option<Date>);

/// The length of periods that was asked for, or that suits the days of the records; a longer one where there would
/// be too many periods.
pub(super) fn unit(days: &BTreeMap<i32, Tally>, asked: Option<Length>) -> Option<Unit> {
    let (&first, &last) = (days.keys().next()?, days.keys().next_back()?);
    let span = last.saturating_sub(first);
    let suits = match span {
        span if span <= BY_DAY => Length::Day,
        span if span <= BY_WEEK => Length::Week,
        _ => Length::Month,
    };
    let fits = |length: &Length| usize::try_from(span / length.days()).is_ok_and(|periods| periods < MOST_PERIODS);
    let asked = asked.unwrap_or(suits);
    let longer = [Length::Day, Length::Week, Length::Month].into_iter().filter(|length| *length >= asked);
    Some(longer.into_iter().find(fits).unwrap_or(Length::Month).unit())
}

impl Length {
    /// Fewest days of one.
    const fn days(self) -> i32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 28,
        }
    }

    fn unit(self) -> Unit {
        match self {
            Self::Day => ("day", Some),
            Self::Week => ("week", monday),
            Self::Month => ("month", |date| Some(date.first_of_month())),
        }
    }
}

/// Days by the periods they are in.
pub(super) fn by_period<T: Default>(days: &BTreeMap<i32, T>, (_, start): Unit, add: impl Fn(&mut T, &T)) -> BTreeMap<Date, T> {
    let mut by_start: BTreeMap<Date, T> = BTreeMap::new();
    for (&day, value) in days {
        if let Some(start) = date_of(day).and_then(start) {
            add(by_start.entry(start).or_default(), value);
        }
    }
    by_start
}

/// The periods, without gaps.
pub(super) fn timeline(summary: &Summary, context: &Context, notes: &mut Vec<String>) -> Option<Timeline> {
    let length = unit(&summary.days, context.period)?;
    if let Some(asked) = context.period.map(|asked| asked.unit().0).filter(|asked| *asked != length.0) {
        notes.push(format!("the course is shown by {}: by {asked} it would have more than {MOST_PERIODS} periods", length.0));
    }
    let (unit, by_start) = (length.0, by_period(&summary.days, length, Tally::merge));
    let mut periods = Vec::new();
    let mut at = *by_start.keys().next()?;
    let end = *by_start.keys().next_back()?;
    while at <= end && periods.len() < MOST_PERIODS {
        periods.push(Period { start: at.to_string(), sentiment: sentiment(&by_start.get(&at).copied().unwrap_or_default()) });
        let step = jiff::Span::new();
        let step = match unit {
            "day" => step.try_days(1),
            "week" => step.try_weeks(1),
            _ => step.try_months(1),
        };
        at = at.checked_add(step.ok()?).ok()?;
    }
    let dated: u64 = summary.days.values().map(Tally::records).sum();
    Some(Timeline { unit: unit.to_owned(), periods, undated: summary.total.records() - dated })
}

fn monday(date: Date) -> Option<Date> {
    date.checked_sub(jiff::Span::new().try_days(date.weekday().to_monday_zero_offset()).ok()?).ok()
}

/// The first day of the second half of the time: that of all records, so that it is the same for all that is compared.
pub(super) fn second_half(days: &BTreeMap<i32, Tally>) -> Option<i32> {
    let (&first, &last) = (days.keys().next()?, days.keys().next_back()?);
    i32::try_from((i64::from(first) + i64::from(last) + 1).div_euclid(2)).ok()
}
