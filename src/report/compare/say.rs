//! What a comparison comes down to, in words. In: shifts. Out: sentences. Separate because all formats say the
//! same, and a change that may be chance must not be told like one.

use super::model::{CompareReport, Component, Finding, MixShift, MixValue, Shift, Side};
use crate::report::{FEW, Read};
use crate::stats::Estimate;

/// `complaints rose by 4.2 points (1.1 to 7.3), from 20.1 % to 24.3 %`.
pub(super) fn headline(name: &str, shift: &Shift, before: &Side, after: &Side) -> String {
    let (c, percent) = (&shift.change, |share: &Estimate| format!("{:.1} %", share.value * 100.0));
    let moved = |verb: &str, low: f64, high: f64| {
        let (size, low, high) = (tenth(c.value).abs(), tenth(low), tenth(high));
        format!("{name} {verb} by {size:.1} points ({low:.1} to {high:.1}), from {} to {}", percent(&shift.before), percent(&shift.after))
    };
    match shift.finding {
        Finding::Rose => moved("rose", c.low, c.high),
        Finding::Fell => moved("fell", -c.high, -c.low),
        Finding::NoEvidence => {
            let seen = shift
                .detectable
                .map_or_else(String::new, |size| format!("; a change of {:.1} points or more would probably have been seen", size * 100.0));
            format!("{name}: no evidence of change ({:+.1} points, {}){seen}", tenth(c.value), bounds(c))
        }
        Finding::TooFew => format!(
            "{name}: too few records to tell, {} before and {} after; at least {FEW} of either are needed",
            before.sentiment.records, after.sentiment.records
        ),
    }
}

/// In points of a hundred, to one decimal; what rounds to nought has no sign of its own.
pub(super) fn tenth(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0 + 0.0
}

/// `-1.1 to 7.3`, in points.
fn bounds(change: &Estimate) -> String {
    format!("{:.1} to {:.1}", tenth(change.low), tenth(change.high))
}

/// `+4.2 (1.1 to 7.3)`, in points.
pub(super) fn points(change: &Estimate) -> String {
    format!("{:+.1} ({})", tenth(change.value), bounds(change))
}

/// `+0.042 (0.011 to 0.073)`.
pub(super) fn score(change: &Estimate) -> String {
    format!("{:+.3} ({:.3} to {:.3})", change.value, change.low, change.high)
}

/// The two parts of a change, each with its name.
pub(super) fn taken_apart(mix: &MixShift) -> [(String, String); 2] {
    let part = |part: &Component| {
        let chance = if part.finding.is_change() { "" } else { ", no evidence" };
        format!("{}{chance}", points(&part.change))
    };
    [("rates within them".to_owned(), part(&mix.rate)), ("mix of them".to_owned(), part(&mix.mix))]
}

/// `forum -5.0 by rate, +0.5 by mix`.
pub(super) fn contribution(value: &MixValue) -> String {
    format!("{} {:+.1} by rate, {:+.1} by mix", value.value, tenth(value.rate), tenth(value.mix))
}

/// How people read the name of a share.
pub(super) fn title(share: &str) -> &str {
    match share {
        "positive" => "praise",
        "negative" => "complaints",
        other => other,
    }
}

/// A probability; what would be nought is below what is shown.
pub(super) fn probability(p: f64) -> String {
    if p < 0.000_1 { "<0.0001".to_owned() } else { format!("{p:.4}") }
}

/// `1,000 scored of 1,020 records, 2026-01-01 to 2026-01-31`; `number` writes a count.
pub(super) fn read(read: &Read, number: impl Fn(u64) -> String) -> String {
    let period = match (&read.from, &read.to) {
        (Some(from), Some(to)) => format!(", {from} to {to}"),
        _ => String::new(),
    };
    format!("{} scored of {} records{period}", number(read.scored), number(read.records))
}

/// Where the records went that are on neither side, if there are any.
pub(super) fn apart(report: &CompareReport, number: impl Fn(u64) -> String) -> Option<String> {
    let read = report.apart.as_ref().filter(|read| read.records > 0)?;
    let reasons: Vec<String> = read.reasons.iter().map(|skip| format!("{} {}: {}", number(skip.count), skip.fate(), skip.reason)).collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) };
    Some(format!("{} records on neither side: {} scored{reasons}", number(read.records), number(read.scored)))
}
