//! The evaluation as data. Separate because scripts depend on it: fields are added, never renamed,
//! within one version of [`SCHEMA`].

use crate::report::{Count, LexiconNote, Skip};
use crate::stats::{Estimate, Paired};
use serde::{Deserialize, Serialize};

/// Name and version of the JSON form.
pub const SCHEMA: &str = "earful-eval/1";

/// Everything that is said about how answers fit labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvalReport {
    /// [`SCHEMA`].
    pub schema: String,
    /// Program and version.
    pub generator: String,
    /// The lexicon that was used.
    pub lexicon: LexiconNote,
    /// What was read.
    pub read: EvalRead,
    /// The files, in the order they were read.
    pub files: Vec<EvalFile>,
    /// The classes that macro-F1 is the mean of.
    pub classes: Vec<String>,
    /// How a mixed answer counts.
    pub mixed: String,
    /// Over all evaluated records.
    pub overall: Figures,
    /// By class.
    pub by_class: Vec<ClassRow>,
    /// Labels against answers.
    pub confusion: Vec<ConfusionRow>,
    /// Kinds of mistakes with examples, the most frequent first.
    pub mistakes: Vec<Mistake>,
    /// Confidence against being right.
    pub calibration: CalibrationTable,
    /// How much could be said at all.
    pub coverage: Coverage,
    /// By the values of fields.
    pub slices: Vec<Slice>,
    /// Records whose score is furthest from their label.
    pub clashes: Vec<Clash>,
    /// Other lexicons on the same records.
    pub against: Vec<Against>,
    /// Remarks.
    pub notes: Vec<String>,
}

/// What was read: `records = evaluated + unlabelled + unscored + skipped + excluded`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvalRead {
    /// Records read.
    pub records: u64,
    /// Records with a label and a score.
    pub evaluated: u64,
    /// Records without a label that is known.
    pub unlabelled: u64,
    /// Labelled records without a score.
    pub unscored: u64,
    /// Records that could not be read, or have no text.
    pub skipped: u64,
    /// Records left out on purpose.
    #[serde(default)]
    pub excluded: u64,
    /// Of the unlabelled: there is no label.
    pub no_label: u64,
    /// Of the unlabelled: the label says to leave the record out.
    pub left_out: u64,
    /// Of the unlabelled: the label is not known.
    pub unknown_label: u64,
    /// Some of the unknown labels.
    pub unknown_labels: Vec<String>,
    /// Unscored records by language.
    pub unscored_languages: Vec<Count>,
    /// Why records were skipped or excluded.
    pub reasons: Vec<Skip>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvalFile {
    /// Its path.
    pub name: String,
    /// Its format as recognised; empty if it could not be read.
    pub format: String,
    /// What is taken for the truth: `label` or `stars`; none if it has neither.
    pub by: Option<String>,
    /// The column that holds it.
    pub column: Option<String>,
    /// The highest rating, if it holds stars.
    pub most: Option<u8>,
    /// What went wrong with the file as a whole.
    pub fault: Option<String>,
}

/// The figures of a set of records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Records.
    pub records: u64,
    /// Those answered rightly.
    pub right: u64,
    /// Their share, with its Wilson 95 % interval.
    pub accuracy: Estimate,
    /// The mean of F1 over classes, with its 95 % interval by the delta method.
    pub macro_f1: Estimate,
}

/// One class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassRow {
    /// The class.
    pub class: String,
    /// Records labelled so.
    pub support: u64,
    /// Records answered so.
    pub answers: u64,
    /// Of those answered so, the share labelled so.
    pub precision: Estimate,
    /// Of those labelled so, the share answered so.
    pub recall: Estimate,
    /// The harmonic mean of both.
    pub f1: Estimate,
}

/// Answers to one label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfusionRow {
    /// The label.
    pub label: String,
    /// Answered praise.
    pub positive: u64,
    /// Answered neutral.
    pub neutral: u64,
    /// Answered complaint.
    pub negative: u64,
    /// Answered mixed.
    pub mixed: u64,
    /// No answer.
    pub unscored: u64,
}

/// One kind of mistake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mistake {
    /// The label.
    pub label: String,
    /// The answer.
    pub answer: String,
    /// Records.
    pub records: u64,
    /// A few of them.
    pub examples: Vec<Example>,
}

/// A record, redacted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Its text.
    pub text: String,
    /// Its place, `file:record`.
    pub place: String,
    /// Its score.
    pub score: f64,
}

/// Confidence against being right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationTable {
    /// Expected calibration error, 0 to 1.
    pub error: f64,
    /// Bins of confidence that have records.
    pub bins: Vec<BinRow>,
}

/// Records of similar confidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BinRow {
    /// Least confidence.
    pub from: f64,
    /// Most.
    pub to: f64,
    /// Records.
    pub records: u64,
    /// Mean confidence.
    pub confidence: f64,
    /// Share that is right, with its Wilson 95 % interval.
    pub right: Estimate,
}

/// How much could be said at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Share of labelled records that have a score.
    pub scored: Estimate,
    /// Share of evaluated records that are not answered neutral.
    pub opinion: Estimate,
    /// Mean share of content words that the lexicon has an opinion on.
    pub words: f64,
}

/// Records by the values of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slice {
    /// The field.
    pub field: String,
    /// The largest values; macro-F1 over the classes that each has.
    pub values: Vec<SliceRow>,
    /// Values that are not listed.
    pub more: u64,
}

/// Records of one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceRow {
    /// The value.
    pub value: String,
    /// Its figures.
    pub figures: Figures,
}

/// A record whose score is far from its label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clash {
    /// The label.
    pub label: String,
    /// The record.
    pub example: Example,
    /// The words that weigh most in its score.
    pub words: Vec<ClashWord>,
}

/// A word or phrase in a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClashWord {
    /// As written.
    pub text: String,
    /// What it leans to, in log-odds: praise above 0, complaint below.
    pub lean: f64,
}

/// Another lexicon on the same records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Against {
    /// Its file.
    pub lexicon: String,
    /// Its figures.
    pub figures: Figures,
    /// Its accuracy minus the first, with the 95 % interval of matched pairs.
    pub accuracy_change: Estimate,
    /// Its macro-F1 minus the first, with its 95 % interval by the delta method.
    pub macro_f1_change: Estimate,
    /// Whether the difference in accuracy may be chance.
    pub test: Paired,
    /// Records that it gets right and the first does not.
    pub gained: Vec<Flip>,
    /// Records that the first gets right and it does not.
    pub lost: Vec<Flip>,
}

/// A record whose answer changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flip {
    /// The label.
    pub label: String,
    /// What the first lexicon answers.
    pub before: String,
    /// What the other answers; `unscored` if nothing.
    pub after: String,
    /// The record, with its score by the other lexicon.
    pub example: Example,
}
