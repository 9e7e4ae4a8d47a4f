//! A comparison as data; its JSON form is described by `tests/compare.schema.json`. Separate because scripts
//! depend on it: fields are added, never renamed, within one version of [`SCHEMA`].

use crate::mention::Kind;
use crate::report::{FileNote, LexiconNote, Read, Sentiment};
use crate::stats::Estimate;
use serde::{Deserialize, Serialize};

/// Name and version of the JSON form.
pub const SCHEMA: &str = "earful-compare/1";

/// Everything that is said about two sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompareReport {
    /// [`SCHEMA`].
    pub schema: String,
    /// Program and version.
    pub generator: String,
    /// How records came to their sides.
    pub how: How,
    /// The first side.
    pub before: Side,
    /// The second side; changes are this one minus the first.
    pub after: Side,
    /// Records of neither side, and those that cannot be told; none when each side has files of its own.
    pub apart: Option<Read>,
    /// Fewest records of either side that are compared.
    pub least: u64,
    /// Number of tests that all `q` take into account.
    pub tests: u64,
    /// What it comes down to, for complaints and for praise.
    pub headlines: Vec<String>,
    /// What makes the sides hard to compare.
    pub warnings: Vec<String>,
    /// Over all scored records.
    pub overall: Overall,
    /// Between the shares as labels or stars would have them; none unless both sides have those.
    pub corrected: Option<CorrectedShifts>,
    /// Changed rates apart from changed weights, by field: complaints, then praise.
    pub mixes: Vec<MixShift>,
    /// By stars or points; none unless both sides have the same scale.
    pub stars: Option<StarShifts>,
    /// By the values of fields that both sides have.
    pub groups: Vec<GroupShifts>,
    /// By the subjects that were listened for on both sides.
    pub subjects: Vec<RowShift>,
    /// By aspects.
    pub aspects: Vec<RowShift>,
    /// Themes that are new, gone, grown or shrunken; none unless both sides have themes.
    pub themes: Option<ThemeShifts>,
    /// Remarks on how the input was read.
    pub notes: Vec<String>,
}

/// How records came to their sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct How {
    /// `sides`, `field` or `event`.
    pub by: String,
    /// The field whose values are compared.
    pub field: Option<String>,
    /// The first day of the second side.
    pub event: Option<String>,
    /// Days on either side of it.
    pub days: Option<u32>,
}

/// One side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// What it is called.
    pub name: String,
    /// Whether it was read from a saved report.
    pub saved: bool,
    /// The lexicon that was used.
    pub lexicon: LexiconNote,
    /// What was read.
    pub read: Read,
    /// The files, in the order they were read.
    pub files: Vec<FileNote>,
    /// Praise and complaint over all scored records.
    pub sentiment: Sentiment,
}

/// What is said of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// It is above nought, beyond chance.
    #[serde(rename = "rose")]
    Rose,
    /// It is below nought, beyond chance.
    #[serde(rename = "fell")]
    Fell,
    /// It may be chance.
    #[serde(rename = "no evidence of change")]
    NoEvidence,
    /// A side has too few records to tell.
    #[serde(rename = "too few records")]
    TooFew,
}

impl Finding {
    /// Whether there is a change.
    #[must_use]
    pub const fn is_change(self) -> bool {
        matches!(self, Self::Rose | Self::Fell)
    }
}

/// A test of one change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// Probability of a change at least as large by chance, to either side, 0 to 1.
    pub p: f64,
    /// Share of chance findings among all tests of the comparison that are at least as clear (Benjamini and Hochberg 1995).
    pub q: f64,
}

/// How one figure changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// The figure before, with its 95 % interval.
    pub before: Estimate,
    /// The figure after.
    pub after: Estimate,
    /// After minus before, with its own interval.
    pub change: Estimate,
    /// Whether that may be chance; none with too few records.
    pub test: Option<Test>,
    /// The change that would have been found with a probability of 80 %; none with too few records.
    pub detectable: Option<f64>,
    /// What is said of it.
    pub finding: Finding,
}

/// Changes over all scored records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overall {
    /// Share of praise.
    pub positive: Shift,
    /// Share of complaints.
    pub negative: Shift,
    /// Share of mixed records.
    pub mixed: Shift,
    /// Share of neutral ones.
    pub neutral: Shift,
    /// Share of praise minus share of complaints.
    pub net: Shift,
    /// Mean score, -1 to 1.
    pub score: Shift,
}

impl Overall {
    /// The shares and their difference by the names that people read.
    pub fn shares(&self) -> impl Iterator<Item = (&'static str, &Shift)> {
        [("praise", &self.positive), ("complaints", &self.negative), ("mixed", &self.mixed), ("neutral", &self.neutral), ("net", &self.net)]
            .into_iter()
    }
}

/// Changes of corrected shares; no test, for their intervals are all that is known of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CorrectedShifts {
    /// What is taken for the truth: `label` or `stars`.
    pub by: String,
    /// Praise.
    pub positive: Shift,
    /// Complaints.
    pub negative: Shift,
}

/// One part of a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// The part, with its 95 % interval.
    pub change: Estimate,
    /// Whether it may be chance.
    pub test: Option<Test>,
    /// What is said of it.
    pub finding: Finding,
}

/// A change taken apart by the values of a field; both parts add up to the change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MixShift {
    /// The field.
    pub field: String,
    /// The share: `negative` or `positive`.
    pub share: String,
    /// What is due to changed rates within the values.
    pub rate: Component,
    /// What is due to values that have become more or less frequent.
    pub mix: Component,
    /// The values that contribute most, the largest first.
    pub values: Vec<MixValue>,
    /// Values that are not listed.
    pub more: u64,
}

/// What one value contributes to a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MixValue {
    /// The value, or what stands for the others.
    pub value: String,
    /// By its changed rate.
    pub rate: f64,
    /// By its changed weight, against the mean rate.
    pub mix: f64,
}

/// Changes by the values of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupShifts {
    /// The field.
    pub field: String,
    /// The values that are known on both sides, the largest first.
    pub rows: Vec<RowShift>,
    /// All other records: of values that a report does not list, or without one.
    pub others: Option<RowShift>,
}

/// Changes of one set of records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowShift {
    /// Its name.
    pub name: String,
    /// What it is, if it is a subject.
    pub kind: Option<Kind>,
    /// Scored records before.
    pub before: u64,
    /// Scored records after.
    pub after: u64,
    /// Their share of all.
    pub share: Shift,
    /// Share of praise among them.
    pub positive: Shift,
    /// Share of complaints among them.
    pub negative: Shift,
}

/// Changes by stars or points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StarShifts {
    /// The highest rating.
    pub most: u8,
    /// Mean rating of the scored records.
    pub mean: Shift,
    /// By rating, the highest first.
    pub rows: Vec<RowShift>,
}

/// Changes of themes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThemeShifts {
    /// Most records that a theme may have before without being listed.
    pub least_before: u64,
    /// The same after.
    pub least_after: u64,
    /// The themes: those that changed first, then by size of the change.
    pub rows: Vec<ThemeShift>,
}

/// What became of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It is listed only after, and was smaller before beyond chance, even if it just missed the list.
    #[serde(rename = "new")]
    New,
    /// It is listed only before, likewise.
    #[serde(rename = "gone")]
    Gone,
    /// Its share rose.
    #[serde(rename = "grown")]
    Grown,
    /// Its share fell.
    #[serde(rename = "shrunken")]
    Shrunken,
    /// The change may be chance.
    #[serde(rename = "no evidence of change")]
    NoEvidence,
    /// A side has too few records to tell.
    #[serde(rename = "too few records")]
    TooFew,
}

impl Fate {
    /// In a word or two, for a column of a table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::Grown => "grown",
            Self::Shrunken => "shrunken",
            Self::NoEvidence => "no evidence",
            Self::TooFew => "too few",
        }
    }
}

/// One theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThemeShift {
    /// What it is called.
    pub name: String,
    /// By what it is known on both sides.
    pub key: String,
    /// `praise`, `complaint` or `given`.
    pub side: String,
    /// What became of it.
    pub fate: Fate,
    /// Records before; none where it is not listed.
    pub before: Option<u64>,
    /// Records after; none where it is not listed.
    pub after: Option<u64>,
    /// Its share; on a side where it is not listed, that of as many records as it may have there.
    pub share: Shift,
}
