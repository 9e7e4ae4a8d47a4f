//! The two sides of a comparison inside one file. In: a field and two values, or a day. Out: a report of each side, and
//! what was on neither. Separate because all records are read once, and the side of a record is told by what stands in it.

use super::CompareArgs;
use super::read::{Reader, only_records};
use crate::cli::args::sources;
use crate::cli::reporting::{check_groups, faults};
use earful::error::{Error, Result};
use earful::input::Source;
use earful::input::columns::names_authors;
use earful::input::dates::date_of;
use earful::lexicon::similar::did_you_mean;
use earful::pipeline::{Routes, Way};
use earful::redact::redact;
use earful::report::FileOutcome;
use earful::report::compare::{self, CompareReport, How, Input};
use earful::summary::{Groups, Skips, Summary};
use std::process::ExitCode;

/// Values that an error lists.
const LISTED: usize = 8;

/// Days on either side of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window(u32);

impl Window {
    /// Reads `28d`, `4w` or `28`.
    pub(super) fn parse(text: &str) -> std::result::Result<Self, String> {
        let wrong = || "expected a number of days such as 28d, or of weeks such as 4w".to_owned();
        let (number, unit) = match text.strip_suffix('w') {
            Some(weeks) => (weeks, 7),
            None => (text.strip_suffix('d').unwrap_or(text), 1),
        };
        let days = number.trim().parse::<u32>().ok().and_then(|number| number.checked_mul(unit));
        days.filter(|days| (1..=100_000).contains(days)).map(Self).ok_or_else(wrong)
    }
}

/// Windows that are tried when none is given: days, then whole weeks, so that weekdays weigh alike.
fn windows() -> Vec<u32> {
    let weeks = [1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 26, 32, 39, 46, 52, 65, 78, 104, 156, 208, 312, 416, 520, 1040, 2080, 4160];
    (1..7).chain(weeks.map(|weeks| weeks * 7)).collect()
}

/// Three or more summaries of one pass; the last is of what is on no side.
struct Passed {
    reader: Reader,
    summaries: Vec<Summary>,
    files: Vec<FileOutcome>,
    status: ExitCode,
}

fn pass(args: &CompareArgs, reader: Reader, sources: &[Source], routes: &Routes) -> Result<Passed> {
    let (summaries, files) = reader.job.summarize_by(sources, &reader.fields, routes)?;
    let status = faults(&files)?;
    let mut skips = Skips::default();
    summaries.iter().for_each(|summary| skips.merge(summary.skips.clone()));
    let read = summaries.iter().map(|summary| summary.read).sum();
    args.bad.check(read, &skips, |file| files.get(file as usize).map_or("?", |file| &file.name))?;
    Ok(Passed { reader, summaries, files, status })
}

/// Compares the sides, which are the first two summaries, and tells what is left.
fn compared(args: &CompareArgs, passed: Passed, names: [String; 2], how: How) -> Result<(CompareReport, ExitCode)> {
    let Passed { reader, summaries, files, status } = passed;
    let mut reports = summaries.iter().map(|summary| reader.report(summary, &files));
    let (Some(one), Some(other), Some(apart)) = (reports.next(), reports.next(), reports.next()) else {
        return Err(Error::input("found nothing to read"));
    };
    check_groups(&args.by, &one)?;
    let [first, second] = names;
    let before = Input { name: first, saved: false, report: &one };
    let after = Input { name: second, saved: false, report: &other };
    let report = compare::build(&before, &after, how, Some(apart.read));
    drop(reports);
    reader.finish()?;
    Ok((report, status))
}

/// Records whose field has one value, against those with the other.
///
/// # Errors
/// When nothing can be read, or no record has the field or one of the values.
pub(super) fn by_field(args: &CompareArgs, field: &String) -> Result<(CompareReport, ExitCode)> {
    let (base, test) = (args.base.as_deref().unwrap_or(""), args.test.as_deref().unwrap_or(""));
    if base == test {
        return Err(Error::usage(format!("found {base:?} for both --base and --test, expected two values")));
    }
    let sources = sources(&args.files)?;
    only_records(&sources, "--split")?;
    let reader = Reader::new(args, &sources, Some(field))?;
    let by = reader.groupings.iter().position(|name| name == field);
    let way = |_, value: Option<&str>| match value.map(str::trim) {
        Some(value) if value == base => 0,
        Some(value) if value == test => 1,
        _ => 2,
    };
    let passed = pass(args, reader, &sources, &Routes { ways: 3, by, way: &way })?;
    for (flag, value, side) in [("--base", base, 0), ("--test", test, 1)] {
        if passed.summaries.get(side).is_none_or(|summary| summary.read == 0) {
            return Err(no_such_value(&passed, field, by, value).at(flag));
        }
    }
    let how = How { by: "field".to_owned(), field: Some(field.clone()), ..How::default() };
    compared(args, passed, [base.to_owned(), test.to_owned()], how)
}

/// No record has the value: the most frequent ones, unless they are names of people.
fn no_such_value(passed: &Passed, field: &str, by: Option<usize>, value: &str) -> Error {
    let mut groups = Groups::default();
    by.iter()
        .flat_map(|&at| passed.summaries.iter().filter_map(move |summary| summary.groups.get(at)))
        .for_each(|g| groups.merge(g.clone()));
    let sorted = groups.sorted();
    if groups == Groups::default() {
        return Error::input(format!("found no column {field:?} with values in any file"))
            .at("--split")
            .advise("earful inspect FILE lists the columns");
    }
    let found = format!("found no record whose {field:?} is {value:?}");
    if names_authors(field) || sorted.is_empty() {
        return Error::input(format!("{found}, expected a value that some record has"));
    }
    let listed: Vec<String> =
        sorted.iter().take(LISTED).map(|(value, tally)| format!("{:?} ({})", redact(value), tally.records())).collect();
    let more = if sorted.len() > LISTED { format!(" and {} more", sorted.len() - LISTED) } else { String::new() };
    let error = Error::input(format!("{found}, expected one of: {}{more}", listed.join(", ")));
    match did_you_mean(value, sorted.iter().map(|(value, _)| *value).filter(|value| redact(value) == *value)) {
        Some(advice) => error.advise(advice),
        None => error,
    }
}

/// Records in the days before an event, against those from it on.
///
/// # Errors
/// When nothing can be read, no record has a date, or a side has none.
pub(super) fn by_event(args: &CompareArgs, event: i32) -> Result<(CompareReport, ExitCode)> {
    let sources = sources(&args.files)?;
    only_records(&sources, "--event")?;
    let reader = Reader::new(args, &sources, None)?;
    let windows = args.window.map_or_else(windows, |window| vec![window.0]);
    let (steps, last) = (windows.len(), windows.len() * 2);
    let way = |day: Option<i32>, _: Option<&str>| {
        let Some(day) = day else { return last };
        // The day of the event is the first of the second side.
        let (apart, side) = if day < event { (event.abs_diff(day), 0) } else { (day.abs_diff(event).saturating_add(1), steps) };
        windows.iter().position(|&days| apart <= days).map_or(last, |step| side + step)
    };
    let way: &Way = &way;
    let mut passed = pass(args, reader, &sources, &Routes { ways: last + 1, by: None, way })?;
    let (length, days) = span(&passed, event, args.window, &windows)?;
    passed.summaries = joined(std::mem::take(&mut passed.summaries), steps, length);
    let date = day_name(event);
    for (summary, side) in passed.summaries.iter().zip([format!("before {date}"), format!("from {date} on")]) {
        if summary.read == 0 {
            return Err(Error::input(format!("found no record in the {days} days {side}, expected some on both sides")).at("--event"));
        }
    }
    let names = [format!("{days} days before {date}"), format!("{days} days from {date}")];
    let how = How { by: "event".to_owned(), event: Some(date), days: Some(days), ..How::default() };
    compared(args, passed, names, how)
}

fn day_name(day: i32) -> String {
    date_of(day).map_or_else(|| day.to_string(), |date| date.to_string())
}

/// The window: the one that was given, or the longest that both sides have. Its number, and its days.
fn span(passed: &Passed, event: i32, given: Option<Window>, windows: &[u32]) -> Result<(usize, u32)> {
    let days = || passed.summaries.iter().flat_map(|summary| summary.days.keys().copied());
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Err(Error::input("found no record with a date, expected dates on both sides of the event")
            .at("--event")
            .advise("name the column with --date COLUMN; earful inspect FILE lists the columns"));
    };
    if first >= event || last < event {
        let side = if first >= event { "before" } else { "from it on" };
        return Err(Error::input(format!(
            "found no record {side}: they are of {} to {}, expected some on both sides of {}",
            day_name(first),
            day_name(last),
            day_name(event)
        ))
        .at("--event"));
    }
    if let Some(window) = given {
        return Ok((0, window.0));
    }
    let both = event.abs_diff(first).min(last.abs_diff(event) + 1);
    let longest = windows.iter().enumerate().rev().find(|(_, days)| **days <= both);
    Ok(longest.map_or((0, 1), |(at, days)| (at, *days)))
}

/// The summaries of both sides up to a window, and of all else.
fn joined(summaries: Vec<Summary>, steps: usize, length: usize) -> Vec<Summary> {
    let mut sides: [Option<Summary>; 3] = [None, None, None];
    for (at, summary) in summaries.into_iter().enumerate() {
        let within = at < steps * 2 && at % steps <= length;
        let side = if within { at / steps } else { 2 };
        match sides.get_mut(side) {
            Some(Some(sum)) => sum.merge(summary),
            Some(none) => *none = Some(summary),
            None => {}
        }
    }
    sides.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_days_or_weeks() {
        assert_eq!((Window::parse("28d"), Window::parse("4w"), Window::parse("3")), (Ok(Window(28)), Ok(Window(28)), Ok(Window(3))));
        for wrong in ["", "d", "0d", "-1d", "1.5w", "99999999w", "28 months"] {
            assert!(Window::parse(wrong).is_err(), "{wrong}");
        }
        assert!(windows().is_sorted() && windows().contains(&28) && windows().contains(&364));
    }
}
