//! Two figures to how one changed. In: counts, shares and means of both sides. Out: a [`Shift`] each. Separate
//! because all tables of a comparison are made of them, and what is said of a change is decided here.

use super::model::{Component, Finding, Shift, Test};
use crate::report::{FEW, Sentiment};
use crate::stats::{self, Counted, Effect, Estimate, Mean};

/// Chance findings among the findings of a table, at most.
const Q: f64 = 0.05;

/// What an interval says by itself.
pub(super) fn told(change: &Estimate) -> Finding {
    if change.low > 0.0 {
        Finding::Rose
    } else if change.high < 0.0 {
        Finding::Fell
    } else {
        Finding::NoEvidence
    }
}

/// With fewer than [`FEW`] records on a side nothing is said.
pub(super) const fn few(before: u64, after: u64) -> bool {
    before < FEW || after < FEW
}

fn shift((before, after): (Estimate, Estimate), change: Estimate, p: f64, detectable: Option<f64>) -> Shift {
    Shift { before, after, change, test: Some(Test { p, q: p }), detectable: detectable.map(round), finding: told(&change) }
}

fn or_few(shift: Shift, few: bool) -> Shift {
    if few { Shift { test: None, detectable: None, finding: Finding::TooFew, ..shift } } else { shift }
}

/// A share that is counted on both sides.
pub(super) fn counted(before: Counted, after: Counted) -> Shift {
    let shares = (stats::share(before.0, before.1), stats::share(after.0, after.1));
    let change = if before.1 == 0 || after.1 == 0 { nothing(1.0) } else { stats::change(&shares.0, &shares.1) };
    let found = shift(shares, change, stats::two_shares(before, after), stats::detectable_share(before, after));
    or_few(found, few(before.1, after.1))
}

/// A change of which nothing is known.
fn nothing(most: f64) -> Estimate {
    Estimate { value: 0.0, low: -most, high: most }
}

/// Net shares.
pub(super) fn net(before: &Sentiment, after: &Sentiment) -> Shift {
    let counts = |side: &Sentiment| (side.positive.count, side.negative.count, side.records);
    let (one, other) = (counts(before), counts(after));
    let change = if before.records == 0 || after.records == 0 { nothing(2.0) } else { stats::change(&before.net, &after.net) };
    let found = shift((before.net, after.net), change, stats::two_nets(one, other), stats::detectable_net(one, other));
    or_few(found, few(before.records, after.records))
}

/// Means; `most` is the largest change there can be.
pub(super) fn means(before: &Mean, after: &Mean, shown: (Estimate, Estimate), most: f64) -> Shift {
    let found = match stats::welch(before, after) {
        Some(found) => shift(shown, found.difference, found.p, Some(found.detectable)),
        None => shift(shown, nothing(most), 1.0, None),
    };
    or_few(found, few(before.records, after.records))
}

/// Figures of which only the intervals are known.
pub(super) fn estimates(before: Estimate, after: Estimate) -> Shift {
    let change = stats::change(&before, &after);
    Shift { test: None, ..shift((before, after), change, 1.0, None) }
}

/// A part of a change.
pub(super) fn component(effect: &Effect) -> Component {
    Component { change: effect.estimate, test: Some(Test { p: effect.p, q: effect.p }), finding: told(&effect.estimate) }
}

/// A test with the change it is about and what is said of that.
pub(super) struct Tested<'s> {
    test: &'s mut Test,
    finding: &'s mut Finding,
    /// Whether the interval alone decides: for the few figures that a comparison is made for, and their parts.
    main: bool,
}

/// Gathers the test of a shift.
pub(super) fn of_shift(shift: &mut Shift, main: bool) -> Option<Tested<'_>> {
    shift.test.as_mut().map(|test| Tested { test, finding: &mut shift.finding, main })
}

/// Gathers the test of a part.
pub(super) fn of_component(part: &mut Component) -> Option<Tested<'_>> {
    part.test.as_mut().map(|test| Tested { test, finding: &mut part.finding, main: true })
}

/// Takes all tests together: of those in tables a finding is left only if few of its like are chance.
pub(super) fn judge(tests: &mut [Tested]) {
    let p: Vec<f64> = tests.iter().map(|tested| tested.test.p).collect();
    for (tested, q) in tests.iter_mut().zip(stats::q_values(&p)) {
        *tested.test = Test { p: round(tested.test.p), q: round(q) };
        if q > Q && !tested.main {
            *tested.finding = Finding::NoEvidence;
        }
    }
}

/// To four decimals, as all figures of a report.
pub(super) fn round(x: f64) -> f64 {
    (x * 1e4).round() / 1e4 + 0.0
}
