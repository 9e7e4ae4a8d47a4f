//! Where days are counted. In: a moment as written. Out: the day there. Separate because a zone has a
//! history, which only `jiff` knows; it brings the table of zones along, so that all machines agree.

use crate::error::{Error, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// What dates are read by.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// The zone in which days are counted, and in which times without an offset are; none to take
    /// each day as it is written.
    pub zone: Option<TimeZone>,
    /// The zone in which times without an offset are instead, where the source is known to write them so.
    pub written: Option<TimeZone>,
    /// The day that relative dates count from, counted from 1 January 1970.
    pub today: Option<i32>,
}

/// A day, perhaps with a time and its offset, as written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Moment {
    /// Days since 1 January 1970.
    pub day: i32,
    /// Seconds since midnight.
    pub second: Option<i32>,
    /// Seconds east of Greenwich.
    pub offset: Option<i32>,
}

const SECONDS_A_DAY: i64 = 86_400;

impl Clock {
    /// The day of a moment. One without a time is in the zone already, and so is one without an offset, but where
    /// the source writes its times in another.
    #[must_use]
    pub fn day(&self, moment: &Moment) -> i32 {
        match (moment.second, moment.offset) {
            (Some(second), Some(offset)) if self.zone.is_some() => {
                self.day_of(i64::from(moment.day) * SECONDS_A_DAY + i64::from(second) - i64::from(offset))
            }
            (Some(second), None) if self.zone.is_some() => self.day_of_written(moment.day, second).unwrap_or(moment.day),
            _ => moment.day,
        }
    }

    /// The day of a time of day in the zone of the source.
    fn day_of_written(&self, day: i32, second: i32) -> Option<i32> {
        let date = super::date_of(day)?;
        let time = date.at(0, 0, 0, 0).checked_add(jiff::Span::new().try_seconds(second).ok()?).ok()?;
        let at = self.written.as_ref()?.to_ambiguous_timestamp(time).compatible().ok()?;
        Some(self.day_of(at.as_second()))
    }

    /// The day of a moment in seconds since 1970.
    #[must_use]
    pub fn day_of(&self, seconds: i64) -> i32 {
        let shift = self.zone.as_ref().zip(Timestamp::from_second(seconds).ok()).map_or(0, |(zone, at)| zone.to_offset(at).seconds());
        i32::try_from((seconds + i64::from(shift)).div_euclid(SECONDS_A_DAY)).unwrap_or(0)
    }
}

/// The zone that a name such as `Europe/Berlin`, or an offset such as `+02:00`, stands for.
///
/// # Errors
/// When there is none.
pub fn parse_zone(name: &str) -> Result<TimeZone> {
    let wrong = || {
        Error::usage(format!("found the time zone {name:?}, expected a name such as Europe/Berlin, or an offset such as +02:00"))
            .at("--tz")
            .advise("--tz UTC")
    };
    let Some(sign) = name.chars().next().filter(|c| matches!(c, '+' | '-')) else {
        return TimeZone::get(name).map_err(|_| wrong());
    };
    let digits: Vec<i32> = name[1..].chars().filter(|c| *c != ':').filter_map(|c| c.to_digit(10)?.try_into().ok()).collect();
    let minutes = match digits[..] {
        [hour] => hour * 60,
        [ten, one] => (ten * 10 + one) * 60,
        [ten, one, minutes, more] => (ten * 10 + one) * 60 + minutes * 10 + more,
        _ => return Err(wrong()),
    };
    let east = if sign == '+' { minutes } else { -minutes };
    Offset::from_seconds(east * 60).map(TimeZone::fixed).map_err(|_| wrong())
}

/// The day of a date such as `2026-01-31`, counted from 1 January 1970.
///
/// # Errors
/// When it is no date.
pub fn parse_day(text: &str) -> Result<i32> {
    let date: std::result::Result<Date, _> = text.parse();
    date.map(|date| (date - Date::constant(1970, 1, 1)).get_days())
        .map_err(|_| Error::usage(format!("found the day {text:?}, expected a date such as 2026-01-31")).at("--as-of"))
}
