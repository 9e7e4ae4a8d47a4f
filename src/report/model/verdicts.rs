//! What became of gates and objectives, as data. Separate because a build stops for it.

use crate::stats::Estimate;
use serde::{Deserialize, Serialize};

/// What became of one gate or objective.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What it is called: its name in `earful.toml`, or the condition.
    pub name: String,
    /// The condition as it was written.
    pub condition: String,
    /// Whether it is an objective, which opens the report, and not a gate, which fails a build.
    pub objective: bool,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether a build is to stop for it: a gate that failed, or one without enough data where that is asked
    /// for.
    #[serde(default)]
    pub stops: bool,
    /// What was measured, with its 95 % interval; shares from 0 to 1. None without enough data.
    pub measured: Option<Estimate>,
    /// What it was held against, in the same unit.
    pub threshold: f64,
    /// The unit of both.
    #[serde(default)]
    pub unit: Unit,
    /// One sentence: what was found, and why that is the outcome.
    pub reason: String,
    /// A place to look at, `file:record (line n)`: that of a telling quote.
    pub place: Option<String>,
}

/// What came of a gate or objective.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Passed, or met.
    Pass,
    /// Failed, or not met: the bound of the interval crosses the threshold, not only the estimate.
    Fail,
    /// There is not enough data, or what it asks for is not there.
    #[default]
    Unknown,
}

/// In what something is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A share of records from 0 to 1, shown in percent.
    #[default]
    Share,
    /// A difference of shares from -1 to 1, shown in points.
    Points,
    /// A mean score from -1 to 1, or a change of one.
    Score,
    /// Mean stars, or a change of them.
    Stars,
    /// A number of records or of spikes.
    Count,
    /// A count against one before, less 1; shown in percent with its sign.
    Growth,
}

impl Unit {
    /// A value in words, with `more` decimals than usual.
    #[must_use]
    pub fn show(self, value: f64, more: usize) -> String {
        match self {
            Self::Share => format!("{:.*} %", 1 + more, value * 100.0),
            Self::Points => format!("{:+.*} points", 1 + more, value * 100.0),
            Self::Growth => format!("{:+.*} %", 1 + more, value * 100.0),
            Self::Score => format!("{value:+.*}", 3 + more),
            Self::Stars => format!("{value:.*}", 2 + more),
            Self::Count => format!("{value:.0}"),
        }
    }

    /// An estimate with its interval in words; where there is none, as with counts of all records, only the
    /// value. With one decimal more where the interval ends so near the threshold that it would look the same.
    #[must_use]
    pub fn show_estimate(self, measured: &Estimate, threshold: f64) -> String {
        let same = |value: f64| (value - threshold).abs() > 1e-9 && self.show(value, 0) == self.show(threshold, 0);
        let more = usize::from([measured.value, measured.low, measured.high].into_iter().any(same));
        let value = self.show(measured.value, more);
        if measured.low.total_cmp(&measured.high).is_eq() {
            return value;
        }
        format!("{value} ({} to {})", self.bare(measured.low, more), self.bare(measured.high, more))
    }

    /// A value without the word behind it.
    fn bare(self, value: f64, more: usize) -> String {
        let shown = self.show(value, more);
        shown.split(' ').next().unwrap_or("").to_owned()
    }

    /// A threshold in words, as a user writes it.
    #[must_use]
    pub fn show_threshold(self, value: f64) -> String {
        // Hundredfold, without the dust of binary fractions.
        let hundredfold = (value * 1e8).round() / 1e6;
        match self {
            Self::Share | Self::Growth => format!("{hundredfold} %"),
            Self::Points => format!("{hundredfold} points"),
            Self::Score | Self::Stars | Self::Count => value.to_string(),
        }
    }
}

impl Verdict {
    /// The outcome in a word: `met`, `not met`, `pass`, `fail`, `not enough data`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match (self.outcome, self.objective) {
            (Outcome::Pass, true) => "met",
            (Outcome::Fail, true) => "not met",
            (Outcome::Pass, false) => "pass",
            (Outcome::Fail, false) => "fail",
            (Outcome::Unknown, _) => "not enough data",
        }
    }

    /// Its name, with the condition behind it where that says more.
    #[must_use]
    pub fn title(&self) -> String {
        if self.name == self.condition { self.name.clone() } else { format!("{}: {}", self.name, self.condition) }
    }

    /// What was measured, in words, if anything was.
    #[must_use]
    pub fn shown(&self) -> Option<String> {
        self.measured.map(|measured| self.unit.show_estimate(&measured, self.threshold))
    }

    /// The file and the line, if known, of its place.
    #[must_use]
    pub fn file_and_line(&self) -> Option<(&str, Option<u64>)> {
        let place = self.place.as_deref()?;
        let (rest, line) = match place.strip_suffix(')').and_then(|place| place.rsplit_once(" (line ")) {
            Some((rest, line)) => (rest, line.parse().ok()),
            None => (place, None),
        };
        rest.rsplit_once(':').map(|(file, _)| (file, line)).filter(|(file, _)| !file.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_file_and_line() {
        let at = |place: &str| Verdict { place: Some(place.to_owned()), ..Verdict::default() };
        assert_eq!(at("a b.csv:3 (line 4)").file_and_line(), Some(("a b.csv", Some(4))));
        assert_eq!(at("C:\\x.jsonl:7").file_and_line(), Some(("C:\\x.jsonl", None)));
        assert_eq!(at("odd").file_and_line(), None);
        assert_eq!(Verdict::default().file_and_line(), None);
    }

    #[test]
    fn bounds_near_a_threshold_are_told_from_it() {
        let near = Estimate { value: 0.35, low: 0.3004, high: 0.4 };
        assert_eq!(Unit::Share.show_estimate(&near, 0.3), "35.00 % (30.04 to 40.00)");
        assert_eq!(Unit::Share.show_estimate(&Estimate { low: 0.31, ..near }, 0.3), "35.0 % (31.0 to 40.0)");
        assert_eq!(Unit::Count.show_estimate(&Estimate { value: 7.0, low: 7.0, high: 7.0 }, 9.0), "7");
        assert_eq!(Unit::Points.show_threshold(0.07), "7 points");
        assert_eq!(Unit::Share.show_threshold(0.025), "2.5 %");
    }
}
