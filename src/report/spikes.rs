//! Periods that stand out. In: the summary, and themes with their course. Out: spikes. Separate because all
//! series are watched by one rule.
//!
//! The rate of false alarms is one for all series together. Half of it belongs to complaints and praise as a whole,
//! the other half is divided among subjects and themes: listening for many of them does not make the whole deaf.

use super::build::Context;
use super::model::{Spike, Spikes, Theme, Themes};
use super::periods::{Unit, by_period, unit};
use crate::input::dates::date_of;
use crate::score::Polarity;
use crate::stats::{self, Course, LEAST_PERIODS, Surge};
use crate::summary::{Summary, Tally};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// False alarms a month over all series, at most.
const FALSE_ALARMS: f64 = 0.5;
/// Probability above which a period is no spike, however few series there are.
const MOST_ALPHA: f64 = 0.01;
/// Fewest records of a series that is watched.
const LEAST_RECORDS: u64 = 20;
/// So many periods without a record part one stretch of time from another; the one with most records is watched.
const GAP: usize = 14;
/// Smallest probability that is told; the model is not that exact.
const LEAST_P: f64 = 1e-6;

/// The periods that are watched.
struct Calendar {
    starts: Vec<Date>,
    /// Days of each that lie between the first and the last day with records.
    lengths: Vec<f64>,
    /// All scored records of each.
    totals: Vec<u64>,
    unit: Unit,
}

/// Counts of one kind by period.
struct Series<'s> {
    side: &'static str,
    subject: Option<&'s str>,
    theme: Option<&'s str>,
    counts: Vec<u64>,
    /// The records that could have been of this kind.
    of: Vec<u64>,
    /// So many records stand behind each that was counted.
    times: u64,
}

pub(super) fn spikes(summary: &Summary, context: &Context, themes: Option<&Themes>) -> Option<Spikes> {
    let calendar = Calendar::of(&summary.days, unit(&summary.days, context.period)?);
    let (name, periods) = (calendar.unit.0, calendar.starts.len());
    if periods < LEAST_PERIODS {
        let reason = format!("{periods} {name}{}: at least {LEAST_PERIODS} tell what is usual", if periods == 1 { "" } else { "s" });
        return Some(Spikes { unit: name.to_owned(), reason: Some(reason), ..Spikes::default() });
    }
    let whole = calendar.sides(None, &summary.days);
    let parts = calendar.parts(summary, context, themes);
    let [whole, parts] = [whole, parts].map(|list| list.into_iter().filter(Series::is_watched).collect::<Vec<_>>());
    let share = if parts.is_empty() || whole.is_empty() { 1.0 } else { 0.5 };
    let alpha = |list: &[Series]| {
        (FALSE_ALARMS * share / (calendar.a_month() * f64::from(u32::try_from(list.len()).unwrap_or(u32::MAX)))).min(MOST_ALPHA)
    };
    let (mut found, mut rate) = (Vec::new(), 0.0);
    for list in [&whole, &parts] {
        for series in list {
            found.extend(calendar.spikes(series, alpha(list)));
            rate += alpha(list) * calendar.a_month();
        }
    }
    found.sort_by(|a, b| {
        let names = |spike: &Spike| (spike.start.clone(), spike.side.clone(), spike.subject.clone(), spike.theme.clone());
        a.p.total_cmp(&b.p)
            .then_with(|| (b.observed as f64 / b.expected).total_cmp(&(a.observed as f64 / a.expected)))
            .then_with(|| names(a).cmp(&names(b)))
    });
    let series = (whole.len() + parts.len()) as u64;
    let reason =
        (series == 0).then(|| format!("fewer than {LEAST_RECORDS} complaints and as few of praise: too few to tell what is usual"));
    Some(Spikes { unit: name.to_owned(), series, false_alarms: (rate * 100.0).round() / 100.0, found, reason })
}

impl Calendar {
    fn of(days: &BTreeMap<i32, Tally>, unit: Unit) -> Self {
        let mut by_start: BTreeMap<Date, (f64, u64)> = BTreeMap::new();
        let (first, last) = (days.keys().next().copied().unwrap_or(0), days.keys().next_back().copied().unwrap_or(-1));
        for day in first..=last {
            if let Some(start) = date_of(day).and_then(unit.1) {
                let period = by_start.entry(start).or_default();
                *period = (period.0 + 1.0, period.1 + days.get(&day).map_or(0, Tally::records));
            }
        }
        let stretch = stretch(&by_start.values().map(|period| period.1).collect::<Vec<_>>());
        let mut calendar = Self { starts: Vec::new(), lengths: Vec::new(), totals: Vec::new(), unit };
        for (start, (length, total)) in by_start.into_iter().skip(stretch.start).take(stretch.len()) {
            calendar.starts.push(start);
            calendar.lengths.push(length);
            calendar.totals.push(total);
        }
        calendar
    }

    /// Periods in a month.
    fn a_month(&self) -> f64 {
        match self.unit.0 {
            "day" => 365.25 / 12.0,
            "week" => 365.25 / 12.0 / 7.0,
            _ => 1.0,
        }
    }

    /// After how many periods the season begins again, and over how many the level may bend.
    fn season_and_bend(&self) -> (usize, usize) {
        match self.unit.0 {
            "day" => (7, 56),
            "week" => (1, 26),
            _ => (1, 18),
        }
    }

    fn counts(&self, of: impl Fn(&Date) -> u64) -> Vec<u64> {
        self.starts.iter().map(of).collect()
    }

    /// Complaints and praise of all records, or of those on a subject.
    fn sides<'s>(&self, subject: Option<&'s str>, days: &BTreeMap<i32, Tally>) -> Vec<Series<'s>> {
        let by_start = by_period(days, self.unit, Tally::merge);
        let series = |(side, polarity)| Series {
            side,
            subject,
            theme: None,
            counts: self.counts(|start| by_start.get(start).map_or(0, |tally| tally.count(polarity))),
            of: self.counts(|start| by_start.get(start).map_or(0, Tally::records)),
            times: 1,
        };
        [("complaints", Polarity::Negative), ("praise", Polarity::Positive)].map(series).into()
    }

    /// Complaints and praise of subjects and themes.
    fn parts<'s>(&self, summary: &Summary, context: &'s Context, themes: Option<&'s Themes>) -> Vec<Series<'s>> {
        let subjects = context.subjects.iter().zip(&summary.mentions.subjects);
        let subjects = subjects.flat_map(|(note, heard)| self.sides(Some(&note.name), &heard.days.in_order()));
        let themes = themes.iter().flat_map(|themes| themes.all().map(|theme| self.theme(theme, themes.sample.max(1))));
        subjects.chain(themes).collect()
    }

    fn theme<'s>(&self, theme: &'s Theme, times: u64) -> Series<'s> {
        let at = |start: &Date| {
            let start = start.to_string();
            theme.timeline.iter().find(|moment| moment.start == start).map_or(0, |moment| moment.records / times)
        };
        let side = match theme.side.as_str() {
            "praise" => "praise",
            "complaint" => "complaints",
            _ => "posts",
        };
        let of = self.totals.iter().map(|total| total / times).collect();
        Series { side, subject: None, theme: Some(&theme.name), counts: self.counts(at), of, times }
    }

    fn spikes(&self, series: &Series, alpha: f64) -> Vec<Spike> {
        let (season, bend) = self.season_and_bend();
        let course = Course { counts: &series.counts, lengths: &self.lengths, season, bend };
        let spike = |surge: Surge| {
            let count = *series.counts.get(surge.at)?;
            Some(Spike {
                start: self.starts.get(surge.at)?.to_string(),
                side: series.side.to_owned(),
                subject: series.subject.map(str::to_owned),
                theme: series.theme.map(str::to_owned),
                observed: count * series.times,
                expected: (surge.expected * series.times as f64 * 10.0).round() / 10.0,
                p: two_digits(surge.p.max(LEAST_P)),
                only_volume: series.only_volume(surge.at),
            })
        };
        stats::surges(&course, alpha).into_iter().filter_map(spike).collect()
    }
}

impl Series<'_> {
    fn is_watched(&self) -> bool {
        self.counts.iter().sum::<u64>() >= LEAST_RECORDS
    }

    /// Whether the share of the records of a period is no higher than that of all other periods, beyond chance.
    fn only_volume(&self, at: usize) -> bool {
        let (count, of) = (self.counts.get(at).copied().unwrap_or(0), self.of.get(at).copied().unwrap_or(0));
        let (all, of_all): (u64, u64) = (self.counts.iter().sum(), self.of.iter().sum());
        // Of a sample, parts are rounded down: never more than there are.
        let share = |count: u64, of: u64| stats::share(count.min(of), of);
        stats::change(&share(all - count, of_all - of), &share(count, of)).low <= 0.0
    }
}

/// The stretch with most records that no gap of [`GAP`] periods parts; the first of equals.
fn stretch(totals: &[u64]) -> std::ops::Range<usize> {
    let (mut best, mut most) = (0..0, 0);
    let (mut start, mut end, mut sum) = (0, 0, 0);
    for (at, &total) in totals.iter().enumerate().filter(|(_, total)| **total > 0) {
        if sum == 0 || at - end >= GAP {
            (start, sum) = (at, 0);
        }
        (end, sum) = (at + 1, sum + total);
        if sum > most {
            (best, most) = (start..end, sum);
        }
    }
    best
}

/// Rounded to two digits that count.
fn two_digits(p: f64) -> f64 {
    format!("{p:.1e}").parse().unwrap_or(p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stretch_with_most_records_is_watched() {
        let gap = |n: usize| vec![0; n];
        assert_eq!(stretch(&[]), 0..0);
        assert_eq!(stretch(&[3, 0, 0, 4]), 0..4);
        assert_eq!(stretch(&[vec![1], gap(GAP), vec![5, 0, 5]].concat()), GAP + 1..GAP + 4);
        assert_eq!(stretch(&[vec![1], gap(GAP - 1), vec![5, 0, 5]].concat()), 0..GAP + 3);
        assert_eq!(stretch(&[gap(3), vec![9], gap(40), vec![5], gap(20), vec![2, 2]].concat()), 3..4);
    }

    #[test]
    fn two_digits_count() {
        assert_eq!([0.012_345, 0.000_099_9, 1e-6, 1.0].map(|p| two_digits(p).to_string()), ["0.012", "0.0001", "0.000001", "1"]);
    }
}
