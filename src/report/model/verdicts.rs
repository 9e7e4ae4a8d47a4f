//! What became of gates and objectives, as data. Separate because a build stops for it.

use crate::stats::Estimate;
use serde::{Deserialize, Serialize};

/// What became of one gate or objective.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What it is called: its name in `earful.toml`, or the condition.
    pub name: String,
    /// The condition as it was written.
    pub condition: String,
    /// Whether it is an objective, which opens the report, and not a gate, which fails a build.
    pub objective: bool,
    /// What came of it.
    pub outcome: Outcome,
    /// What was measured, with its 95 % interval; shares from 0 to 1. None without enough data.
    pub measured: Option<Estimate>,
    /// What it was held against, in the same unit.
    pub threshold: f64,
    /// One sentence: what was found, and why that is the outcome.
    pub reason: String,
    /// A place to look at, `file:record (line n)`: that of a telling quote.
    pub place: Option<String>,
}

/// What came of a gate or objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Passed, or met.
    Pass,
    /// Failed, or not met: the bound of the interval crosses the threshold, not only the estimate.
    Fail,
    /// There is not enough data, or what it asks for is not there.
    Unknown,
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
}
