//! What is praised and complained about, as data. Separate from the rest of the report because compare and
//! gates know themes by their names: a theme is the same in two reports if its key is.

use super::{Count, QuoteNote};
use crate::stats::Estimate;
use serde::{Deserialize, Serialize};

/// Themes of praise and of complaint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Themes {
    /// Scored records that were looked through: all of them, or those of the sample.
    pub records: u64,
    /// One record in so many was looked through; 1 if all were. Counts of records are estimated then.
    pub sample: u64,
    /// Fewest records of a theme that is listed.
    pub least: u64,
    /// Themes of praise, the largest first; renderers show the first ones.
    pub praise: Vec<Theme>,
    /// Themes of complaint.
    pub complaint: Vec<Theme>,
    /// Themes that were given with `--themes`, whatever their size, in the order of the file.
    #[serde(default)]
    pub given: Vec<Theme>,
    /// Why no themes are listed, if none are.
    pub reason: Option<String>,
}

impl Themes {
    /// All themes: complaints, praise, given ones.
    pub fn all(&self) -> impl Iterator<Item = &Theme> {
        self.complaint.iter().chain(&self.praise).chain(&self.given)
    }
}

/// Something that several records praise, or complain about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// What it is called: its most frequent phrase, as `battery drains`.
    pub name: String,
    /// By what it is known again in another report: its side, thing and opinion in their ground forms.
    pub key: String,
    /// `praise`, `complaint` or `given`.
    pub side: String,
    /// Its phrases, the most frequent first, redacted.
    pub phrases: Vec<Count>,
    /// Records that raise it.
    pub records: u64,
    /// Their share of all scored records, with its 95 % interval.
    pub share: Estimate,
    /// Different authors among them; none where no author is known.
    pub authors: Option<u64>,
    /// Mean stars of those with stars, with its 95 % interval.
    pub stars: Option<Estimate>,
    /// Records by the periods of the report's timeline; periods without any are left out.
    pub timeline: Vec<ThemeMoment>,
    /// Its share in the second half of the time against the first; none when a half has too few records.
    pub change: Option<ThemeChange>,
    /// In what share of resamples of the records it was listed again, 0 to 1; none for given themes.
    pub stability: Option<f64>,
    /// Quotes: one typical, one unlike it, one recent; of different authors.
    pub quotes: Vec<ThemeQuote>,
}

/// Records of a theme in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeMoment {
    /// Its first day, `YYYY-MM-DD`.
    pub start: String,
    /// Records that raise the theme.
    pub records: u64,
}

/// How the share of a theme changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThemeChange {
    /// First day of the second half.
    pub since: String,
    /// Share before.
    pub before: Estimate,
    /// Share since.
    pub after: Estimate,
    /// Share since, minus that before.
    pub difference: Estimate,
}

/// A quote of a theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThemeQuote {
    /// `typical`, `diverse` or `recent`.
    pub choice: String,
    /// The quote.
    pub quote: QuoteNote,
}
