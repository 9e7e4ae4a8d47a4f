//! Objectives and gates on the page. In: verdicts. Out: each with its measure in its own unit and a link to the
//! place it names. Separate because what is measured is a share, points, stars or a count, which only the
//! condition tells.

use super::{Links, List, Room};
use crate::report::html::numbers;
use crate::report::{Report, Verdict};
use crate::stats::Estimate;
use serde::Serialize;

/// What became of one.
#[derive(Serialize)]
pub struct VerdictView<'r> {
    name: &'r str,
    condition: &'r str,
    objective: bool,
    outcome: &'static str,
    word: &'static str,
    measured: Option<String>,
    interval: Option<String>,
    threshold: String,
    reason: &'r str,
    place: Option<&'r str>,
    link: Option<String>,
}

/// Chooses and links them.
pub fn verdicts<'r>(report: &'r Report, room: Room, links: &Links) -> List<VerdictView<'r>> {
    let view = |verdict: &'r Verdict| {
        let unit = Unit::of(&verdict.condition);
        VerdictView {
            name: &verdict.name,
            condition: &verdict.condition,
            objective: verdict.objective,
            outcome: match verdict.outcome {
                crate::report::Outcome::Pass => "pass",
                crate::report::Outcome::Fail => "fail",
                crate::report::Outcome::Unknown => "unknown",
            },
            word: verdict.word(),
            measured: verdict.measured.map(|measured| unit.write(measured.value)),
            interval: verdict.measured.map(|measured| unit.range(&measured)),
            threshold: unit.write(verdict.threshold),
            reason: &verdict.reason,
            place: verdict.place.as_deref(),
            link: verdict.place.as_deref().and_then(|place| links.quotes.at(place)),
        }
    };
    List { rows: report.verdicts.iter().take(room.rows).map(view).collect(), all: report.verdicts.len() }
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Unit {
    Share,
    Points,
    Score,
    Count,
}

impl Unit {
    /// By the words of a condition, names in quotes left out.
    fn of(condition: &str) -> Self {
        let plain: String = condition.split('"').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
        let has = |words: &[&str]| plain.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
        let ends = |end: &str| plain.trim_end().ends_with(end);
        match () {
            () if has(&["net", "rose", "fell", "pp", "points"]) || ends("pp") => Self::Points,
            () if has(&["stars", "score", "mean"]) => Self::Score,
            () if has(&["records", "posts", "authors", "scored", "skipped", "count"]) && !ends("%") => Self::Count,
            () => Self::Share,
        }
    }

    fn write(self, x: f64) -> String {
        match self {
            Self::Share => numbers::percent(x),
            Self::Points => numbers::points(x),
            Self::Score => numbers::plain(x, 2),
            Self::Count => numbers::plain(x, 0),
        }
    }

    fn range(self, x: &Estimate) -> String {
        match self {
            Self::Share => numbers::percent_range(x),
            _ => format!("{} to {}", self.write(x.low), self.write(x.high)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_follow_from_conditions() {
        for (condition, unit) in [
            ("complaints > 30%", Unit::Share),
            ("complaints rose by > 5pp against baseline.json", Unit::Points),
            ("theme:\"net fell apart\" share > 3%", Unit::Share),
            ("subject:Dell net < 0", Unit::Points),
            ("mean stars < 3.5", Unit::Score),
            ("records < 100", Unit::Count),
        ] {
            assert_eq!(Unit::of(condition), unit, "{condition}");
        }
    }
}
