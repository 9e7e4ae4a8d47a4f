//! What a comparison comes down to, in words. In: shifts. Out: sentences. Separate because all formats say the
//! same, and a change that may be chance must not be told like one.

use super::model::{CompareReport, Finding, MixShift, Shift, Side};
use crate::report::{FEW, Read};
use crate::stats::Estimate;

/// `complaints rose by 4.2 points (1.1 to 7.3), from 20.1 % to 24.3 %`.
pub(super) fn headline(name: &str, shift: &Shift, before: &Side, after: &Side) -> String {
    let (c, percent) = (&shift.change, |share: &Estimate| format!("{:.1} %", share.value * 100.0));
    let moved = |verb: &str, low: f64, high: f64| {
        let size = c.value.abs() * 100.0;
        let (low, high) = (low * 100.0, high * 100.0);
        format!("{name} {verb} by {size:.1} points ({low:.1} to {high:.1}), from {} to {}", percent(&shift.before), percent(&shift.after))
    };
    match shift.finding {
        Finding::Rose => moved("rose", c.low, c.high),
        Finding::Fell => moved("fell", -c.high, -c.low),
        Finding::NoEvidence => {
            let seen = shift
                .detectable
                .map_or_else(String::new, |size| format!("; a change of {:.1} points or more would probably have been seen", size * 100.0));
            format!("{name}: no evidence of change ({} points){seen}", points(c))
        }
        Finding::TooFew => format!(
            "{name}: too few records to tell, {} before and {} after; at least {FEW} of either are needed",
            before.sentiment.records, after.sentiment.records
        ),
    }
}

/// `+4.2, +1.1 to +7.3`: points of a hundred.
pub(super) fn points(change: &Estimate) -> String {
    format!("{:+.1}, {:+.1} to {:+.1}", change.value * 100.0, change.low * 100.0, change.high * 100.0)
}

/// `complaints +10.0 points: rates within channel +7.1 (...), mix of channel +2.9 (...)`.
pub(super) fn taken_apart(mix: &MixShift) -> [(String, String); 2] {
    let part = |part: &super::Component| {
        let c = &part.change;
        let chance = if part.finding.is_change() { "" } else { ", no evidence" };
        format!("{:+.1} ({:+.1} to {:+.1}){chance}", c.value * 100.0, c.low * 100.0, c.high * 100.0)
    };
    [("rates within them".to_owned(), part(&mix.rate)), ("mix of them".to_owned(), part(&mix.mix))]
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
