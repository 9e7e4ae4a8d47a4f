//! Dates in words. In: a value. Out: its parts: year, month, day, time of day, offset; or the span it lies
//! back. Separate because words come in any order, and the parts tell each other apart.

use super::words::{Meaning, word};

/// What a value says of a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The year.
    pub year: Option<i16>,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
    /// Seconds since midnight, as the clock shows.
    pub second: Option<i32>,
    /// Seconds east of Greenwich.
    pub offset: Option<i32>,
}

/// How far a value lies back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// Days.
    Days(i32),
    /// Months.
    Months(i32),
}

/// The parts of a date whose month is a word or bears a sign (`10月`); `loose` takes what is there and passes
/// over the rest, as behind a date that was read already.
#[must_use]
pub fn parts(value: &str, loose: bool) -> Option<Parts> {
    let mut parts = Parts::default();
    let (mut half, mut number, mut at) = (None, None, 0);
    while let Some(c) = value.get(at..)?.chars().next() {
        let rest = &value[at..];
        if c.is_ascii_digit() {
            if let Some((second, length)) = time(rest).filter(|_| parts.second.is_none()) {
                (parts.second, at) = (Some(second), at + length);
                continue;
            }
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            at += length;
            if !loose {
                number = Some(rest.get(..length.min(4))?.parse::<i16>().ok()?);
                let behind = &value[at..];
                if !behind.starts_with(['年', '月', '日', '년', '월', '일']) {
                    parts.number(number?, length)?;
                }
            }
        } else if matches!(c, '+' | '-' | '−') && parts.second.is_some() && parts.offset.is_none() {
            let (seconds, length) = offset(&rest[c.len_utf8()..]).unwrap_or((0, 0));
            if length > 0 {
                parts.offset = Some(if c == '+' { seconds } else { -seconds });
            }
            at += c.len_utf8() + length;
        } else if c.is_alphabetic() {
            let (length, meanings) = word(rest);
            let sign = rest.get(..c.len_utf8()).unwrap_or("");
            match (sign, number.take()) {
                ("年" | "년", Some(year)) => (parts.year, at) = (Some(year), at + sign.len()),
                ("月" | "월", Some(month)) => (parts.month, at) = (i8::try_from(month).ok(), at + sign.len()),
                ("日" | "일", Some(day)) => (parts.day, at) = (i8::try_from(day).ok(), at + sign.len()),
                _ => {
                    parts.meanings(meanings, &mut half, loose)?;
                    at += length.max(c.len_utf8());
                }
            }
        } else {
            at += c.len_utf8();
        }
    }
    if let (Some(second), Some(half)) = (&mut parts.second, half) {
        *second = *second % (12 * 3600) + half * 3600;
    }
    Some(parts)
}

impl Parts {
    /// A number that nothing explains: four digits are a year, the first of few digits is the day.
    fn number(&mut self, number: i16, digits: usize) -> Option<()> {
        let slot = match (digits, self.day, self.year) {
            (4, _, None) => &mut self.year,
            (1 | 2, None, _) => {
                self.day = Some(i8::try_from(number).ok()?);
                return Some(());
            }
            (2, Some(_), None) => {
                self.year = Some(if number < 69 { 2000 + number } else { 1900 + number });
                return Some(());
            }
            _ => return None,
        };
        *slot = Some(number);
        Some(())
    }

    fn meanings(&mut self, meanings: &[Meaning], half: &mut Option<i32>, loose: bool) -> Option<()> {
        for meaning in meanings {
            match *meaning {
                Meaning::Month(month) if !loose => self.month = Some(month),
                Meaning::Half(hours) => *half = Some(hours),
                Meaning::Zone(minutes) if self.second.is_some() && self.offset.is_none() => self.offset = Some(minutes * 60),
                _ => continue,
            }
            return Some(());
        }
        (loose || meanings.contains(&Meaning::Skip)).then_some(())
    }
}

/// `10:00`, `9:05:07.123`: seconds since midnight, and the length.
fn time(text: &str) -> Option<(i32, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (mut at, mut seconds) = (0, 0);
    for (place, unit) in [3600, 60, 1].into_iter().enumerate() {
        let length = digits(&text[at..]);
        if !(1..=2).contains(&length) {
            return None;
        }
        let value: i32 = text[at..at + length].parse().ok()?;
        if value > if place == 0 { 24 } else { 60 } {
            return None;
        }
        seconds += value * unit;
        at += length;
        let more = text[at..].strip_prefix(':').is_some_and(|rest| digits(rest) > 0);
        match (more, place) {
            (true, 0 | 1) => at += 1,
            (_, 0) => return None,
            _ => break,
        }
    }
    if text[at..].starts_with(['.', ',']) {
        at += 1 + digits(&text[at + 1..]);
    }
    Some((seconds, at))
}

/// `0200`, `02:00`, `02` behind a sign: seconds, and the length.
fn offset(text: &str) -> Option<(i32, usize)> {
    let digit = |at: usize| text.as_bytes().get(at).filter(|b| b.is_ascii_digit()).map(|b| i32::from(b - b'0'));
    let hours = digit(0)? * 10 + digit(1)?;
    let from = if text.as_bytes().get(2) == Some(&b':') { 3 } else { 2 };
    let (minutes, length) = match (digit(from), digit(from + 1)) {
        (Some(ten), Some(one)) => (ten * 10 + one, from + 2),
        _ => (0, 2),
    };
    (hours <= 15 && minutes < 60).then_some((hours * 3600 + minutes * 60, length))
}

/// How far `2 weeks ago`, `yesterday` or `3 天前` lies back; hours and less are the same day.
#[must_use]
pub fn back(value: &str) -> Option<Back> {
    let (mut amount, mut unit, mut ago, mut day, mut at) = (None, None, false, None, 0);
    while let Some(c) = value.get(at..)?.chars().next() {
        let rest = &value[at..];
        if c.is_ascii_digit() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            match time(rest) {
                Some((_, length)) if day.is_some() => at += length,
                _ => (amount, at) = (Some(rest.get(..length)?.parse::<i32>().ok()?), at + length),
            }
        } else if c.is_alphabetic() {
            let (length, meanings) = word(rest);
            let mut known = false;
            for meaning in meanings {
                known |= !matches!(meaning, Meaning::Month(_) | Meaning::Zone(_));
                match *meaning {
                    Meaning::Ago => ago = true,
                    Meaning::Day(days) => day = Some(days),
                    Meaning::One(one) => amount = amount.or(Some(one)),
                    Meaning::Days(days) if amount.is_some() && unit.is_none() => unit = Some(Back::Days(days)),
                    Meaning::Months(months) if amount.is_some() && unit.is_none() => unit = Some(Back::Months(months)),
                    _ => {}
                }
            }
            if !known {
                return None;
            }
            at += length;
        } else {
            at += c.len_utf8();
        }
    }
    match (day, amount, unit) {
        (Some(days), ..) => Some(Back::Days(days)),
        (None, Some(amount), Some(unit)) if ago => Some(match unit {
            Back::Days(days) => Back::Days(days.checked_mul(amount)?),
            Back::Months(months) => Back::Months(months.checked_mul(amount)?),
        }),
        _ => None,
    }
}
