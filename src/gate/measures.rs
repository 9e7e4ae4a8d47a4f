//! What can be measured. In: a place in a report. Out: a figure with what it rests on. Separate because it
//! is a table: another measure is another line.

use super::condition::Scope;
use super::look::Look;
use crate::report::{Part, Report, Sentiment, Unit};
use crate::stats::{self, Estimate};

/// Something that can be measured.
#[derive(Debug)]
pub struct Measure {
    /// What it is called.
    pub name: &'static str,
    /// What it may be called too.
    pub others: &'static [&'static str],
    /// Its unit.
    pub unit: Unit,
    /// Whether it is estimated from a sample of what people might have said, and not counted.
    pub sampled: bool,
    /// How its changes are measured.
    pub change: Change,
    /// Of what it can be measured; the empty word stands for all records.
    pub scopes: &'static [&'static str],
    /// Measures it; none where the report has nothing of the kind.
    pub of: fn(&Look<'_>) -> Option<Figure>,
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Measure {
    /// Whether it can be measured of that.
    #[must_use]
    pub fn has(&self, scope: &Scope) -> bool {
        self.scopes.contains(&scope.name())
    }
}

/// How changes are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Not at all.
    None,
    /// By the difference, with the interval of Newcombe.
    Difference,
    /// In percent of what it was before.
    Growth,
}

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The figure with the interval of the report.
    pub estimate: Estimate,
    /// The counts of a share: those that are meant, and all.
    pub counts: Option<(u64, u64)>,
    /// Records that it rests on.
    pub records: u64,
}

const ALL: &str = "";
/// Where praise and complaints are told apart.
const FELT: &[&str] = &[ALL, "subject", "aspect", "group"];

/// All measures.
#[rustfmt::skip]
pub static MEASURES: [Measure; 17] = [
    Measure { name: "complaints", others: &["complaint", "negative"], of: |l| felt(l, |s| s.negative), ..SHARE },
    Measure { name: "praise", others: &["positive"], of: |l| felt(l, |s| s.positive), ..SHARE },
    Measure { name: "mixed", of: |l| felt(l, |s| s.mixed), ..SHARE },
    Measure { name: "neutral", of: |l| felt(l, |s| s.neutral), ..SHARE },
    Measure { name: "net", unit: Unit::Points, of: |l| l.sentiment().map(|s| plain(s.net, s.records)), ..SHARE },
    Measure { name: "score", unit: Unit::Score, of: |l| l.sentiment().map(|s| plain(s.score, s.records)), ..SHARE },
    Measure { name: "share", scopes: &["theme", "subject", "aspect", "group"], of: |l| l.share(), ..SHARE },
    Measure { name: "stars", others: &["rating"], unit: Unit::Stars, scopes: &[ALL, "theme"], of: |l| l.stars(), ..SHARE },
    Measure { name: "agreement", scopes: &[ALL], of: agreement, ..SHARE },
    Measure { name: "records", others: &["posts"], scopes: &[ALL, "theme", "subject", "aspect", "group"], of: |l| Some(l.records()), ..COUNT },
    Measure { name: "scored", of: |l| Some(counted(l.report.read.scored)), ..COUNT },
    Measure { name: "skipped", of: |l| census(l, l.report.read.skipped), ..CENSUS },
    Measure { name: "excluded", of: |l| census(l, l.report.read.excluded), ..CENSUS },
    Measure { name: "unscored", of: |l| census(l, l.report.read.records - l.report.read.scored.min(l.report.read.records)), ..CENSUS },
    Measure { name: "spikes", of: |l| l.spikes(|_| true), ..SPIKES },
    Measure { name: "complaint-spikes", of: |l| l.spikes(|side| side == "complaints"), ..SPIKES },
    Measure { name: "praise-spikes", of: |l| l.spikes(|side| side == "praise"), ..SPIKES },
];

const SHARE: Measure =
    Measure { name: "", others: &[], unit: Unit::Share, sampled: true, change: Change::Difference, scopes: FELT, of: |_| None };
/// Shares of what was read, which are no estimates.
const CENSUS: Measure = Measure { sampled: false, scopes: &[ALL], ..SHARE };
const COUNT: Measure = Measure { unit: Unit::Count, change: Change::Growth, ..CENSUS };
const SPIKES: Measure = Measure { change: Change::None, scopes: &[ALL, "theme", "subject"], ..COUNT };

/// An estimate that is no share of counted records.
pub(super) const fn plain(estimate: Estimate, records: u64) -> Figure {
    Figure { estimate, counts: None, records }
}

/// A share of records with its counts, as long as they agree.
pub(super) fn share(count: u64, of: u64, estimate: Estimate) -> Figure {
    // Counts of themes may be estimated from a sample, which their interval knows of.
    let agree = of > 0 && (count as f64 / of as f64 - estimate.value).abs() < 1e-4;
    Figure { estimate, counts: agree.then_some((count, of)), records: of }
}

/// A count of all that was read.
pub(super) fn counted(count: u64) -> Figure {
    let value = count as f64;
    plain(Estimate { value, low: value, high: value }, count)
}

fn felt(look: &Look<'_>, of: fn(&Sentiment) -> Part) -> Option<Figure> {
    let sentiment = look.sentiment()?;
    let part = of(sentiment);
    Some(share(part.count, sentiment.records, part.share))
}

/// Of the records at either end of the scale, those whose text leans as their stars do.
fn agreement(look: &Look<'_>) -> Option<Figure> {
    let stars = look.report.stars.as_ref()?;
    let most = u32::from(stars.most);
    let clear = stars.rows.iter().filter(|row| u32::from(row.stars) * 5 >= most * 4 || u32::from(row.stars) * 5 <= most * 2);
    let of = clear.map(|row| row.sentiment.records).sum();
    (of > 0).then(|| share(stars.agreement.count, of, stars.agreement.share))
}

/// A share of all records that were read, without chance.
fn census(look: &Look<'_>, count: u64) -> Option<Figure> {
    let Report { read, .. } = look.report;
    let value = stats::share(count, read.records).value;
    (read.records > 0).then(|| plain(Estimate { value, low: value, high: value }, read.records))
}
