//! Periods with far more complaints or praise than expected, as data. Separate because they are told with
//! the rate at which such news is false.

use serde::{Deserialize, Serialize};

/// Periods that stand out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spikes {
    /// Length of the periods: `day`, `week` or `month`.
    pub unit: String,
    /// Number of series that were watched: complaints, praise, and those of subjects and themes, each of at least
    /// twenty records.
    pub series: u64,
    /// How many false alarms a month are to be expected at most in data without any spike, over all series.
    pub false_alarms: f64,
    /// The periods that stand out, the least expected first.
    pub found: Vec<Spike>,
    /// Why none could be looked for, if so.
    pub reason: Option<String>,
}

/// A period with far more than expected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spike {
    /// First day of the period, `YYYY-MM-DD`.
    pub start: String,
    /// `complaints` or `praise`; `posts` of a theme that was given.
    pub side: String,
    /// The subject, or none for all records.
    pub subject: Option<String>,
    /// The theme, or none for all themes.
    pub theme: Option<String>,
    /// Records counted.
    pub observed: u64,
    /// Records expected by the periods before and around it.
    pub expected: f64,
    /// Probability of as many or more, were nothing the matter; two digits, and 0.000001 if it is below.
    pub p: f64,
    /// Whether there was only more of everything: their share of all records of the period, or of those on the
    /// subject, is not above that of all other periods beyond chance.
    #[serde(default)]
    pub only_volume: bool,
}

impl Spike {
    /// What it is about, in words: `complaints about Dell`, `complaints: battery drains`.
    #[must_use]
    pub fn what(&self) -> String {
        match (&self.subject, &self.theme) {
            (_, Some(theme)) => format!("{}: {theme}", self.side),
            (Some(subject), None) => format!("{} about {subject}", self.side),
            (None, None) => self.side.clone(),
        }
    }
}
