//! The report as data; its JSON form is described by `tests/report.schema.json`. Separate because
//! scripts depend on it: fields are added, never renamed, within one version of [`SCHEMA`].

mod contrasts;
mod mentions;
mod people;
mod spikes;
mod themes;
mod verdicts;

pub use contrasts::*;
pub use mentions::*;
pub use people::*;
pub use spikes::*;
pub use themes::*;
pub use verdicts::*;

use crate::stats::Estimate;
use serde::{Deserialize, Serialize};

/// Name and version of the JSON form.
pub const SCHEMA: &str = "earful-report/1";

/// Everything that is reported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// Program and version.
    pub generator: String,
    /// The lexicon that was used.
    pub lexicon: LexiconNote,
    /// What was read.
    pub read: Read,
    /// The files, in the order they were read.
    pub files: Vec<FileNote>,
    /// What became of objectives and gates, objectives first.
    #[serde(default)]
    pub verdicts: Vec<Verdict>,
    /// Praise and complaint over all scored records.
    pub sentiment: Sentiment,
    /// The shares corrected for the mistakes of the answers, where records carry labels or stars.
    pub corrected: Option<Corrected>,
    /// What is praised and complained about.
    #[serde(default)]
    pub themes: Option<Themes>,
    /// Stars or points against the text.
    pub stars: Option<Stars>,
    /// By the values of fields.
    pub groups: Vec<Group>,
    /// The words and phrases that weigh most.
    pub words: Words,
    /// Words that set complaints apart from praise, a period from the one before, a subject from the others.
    #[serde(default)]
    pub contrasts: Vec<Contrast>,
    /// Quotes, redacted.
    pub quotes: QuoteLists,
    /// The course over time.
    pub timeline: Option<Timeline>,
    /// Periods with far more complaints or praise than expected; none without dates.
    #[serde(default)]
    pub spikes: Option<Spikes>,
    /// Fans and critics; none without authors.
    #[serde(default)]
    pub people: Option<People>,
    /// What is said of the subjects that were listened for; none when there were none.
    #[serde(default)]
    pub mentions: Option<Mentions>,
    /// Remarks on how the input was read.
    pub notes: Vec<String>,
}

/// The lexicon that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconNote {
    /// Codes of the languages it covers.
    pub languages: Vec<String>,
    /// Number of entries.
    pub entries: u64,
}

/// What was read: `records = scored + skipped + excluded`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Files read.
    pub files: u64,
    /// Records read.
    pub records: u64,
    /// Records scored.
    pub scored: u64,
    /// Records that could not be scored.
    pub skipped: u64,
    /// Records left out on purpose.
    pub excluded: u64,
    /// Why records were skipped or excluded.
    pub reasons: Vec<Skip>,
    /// Different authors.
    pub authors: Option<Authors>,
    /// First day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Records by language, scored or not.
    pub languages: Vec<Count>,
}

/// Number of different authors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authors {
    /// How many.
    pub count: u64,
    /// Whether that is exact; else within about 1 %.
    pub exact: bool,
}

/// A name with a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The name.
    pub name: String,
    /// How many.
    pub count: u64,
}

/// Records skipped or excluded for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// What was found.
    pub reason: String,
    /// Whether they were left out on purpose.
    #[serde(default)]
    pub excluded: bool,
    /// How many.
    pub count: u64,
    /// What to do.
    pub advice: String,
    /// The first places, `file:record 3 (line 4)`.
    pub places: Vec<String>,
}

impl Skip {
    /// What became of the records, in a word.
    #[must_use]
    pub const fn fate(&self) -> &'static str {
        if self.excluded { "excluded" } else { "skipped" }
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// Its path.
    pub name: String,
    /// Its format as recognised; empty if it could not be read.
    pub format: String,
    /// What went wrong with the file as a whole.
    pub fault: Option<String>,
}

/// Counts and shares of one set of records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentiment {
    /// Scored records.
    pub records: u64,
    /// Praise.
    pub positive: Part,
    /// Complaints.
    pub negative: Part,
    /// Both alike.
    pub mixed: Part,
    /// Neither.
    pub neutral: Part,
    /// Share of praise minus share of complaint, with its 95 % interval.
    pub net: Estimate,
    /// Mean score, -1 to 1, with its 95 % interval.
    pub score: Estimate,
}

/// One class of records.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Records.
    pub count: u64,
    /// Share of the scored records, 0 to 1, with its Wilson 95 % interval.
    pub share: Estimate,
}

/// Shares as the labels, or the stars, of a sample would have them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    /// What is taken for the truth: `label` or `stars`.
    pub by: String,
    /// The file of the labelled sample, if it is not of these records.
    pub sample: Option<String>,
    /// Labelled records with a score.
    pub records: u64,
    /// Scored records that the shares are about.
    pub of: u64,
    /// `post-stratified` or `adjusted count`.
    pub method: String,
    /// Praise, with its 95 % interval.
    pub positive: Option<Estimate>,
    /// Complaints.
    pub negative: Option<Estimate>,
    /// Mixed; none where there are no such labels.
    pub mixed: Option<Estimate>,
    /// Neutral; none where there are no such labels.
    pub neutral: Option<Estimate>,
    /// Why there are no shares.
    pub reason: Option<String>,
}

/// Stars or points against the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stars {
    /// The highest rating.
    pub most: u8,
    /// By rating, the highest first.
    pub rows: Vec<StarRow>,
    /// Share of records at either end of the scale whose text leans the same way.
    pub agreement: Part,
    /// Records whose stars and text say the opposite, the clearest first.
    #[serde(default)]
    pub clashes: Vec<Clash>,
}

/// A record whose stars and text say the opposite.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clash {
    /// The record.
    pub quote: QuoteNote,
    /// What its text says: `praise` or `complaint`.
    pub says: String,
    /// The likely reason, as `irony: scare quotes`, `stars turned round`, `complaint about something else: delivery`,
    /// `praise and complaint in one text`, `the text may be read wrong`.
    pub reason: String,
}

/// Records of one rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StarRow {
    /// The rating.
    pub stars: u8,
    /// What the texts say.
    pub sentiment: Sentiment,
}

/// Records by the values of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The field.
    pub field: String,
    /// The largest values.
    pub values: Vec<GroupRow>,
    /// Values that are not listed.
    pub more: u64,
}

/// Records of one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupRow {
    /// The value.
    pub value: String,
    /// What the texts say.
    pub sentiment: Sentiment,
}

/// The words and phrases that weigh most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// On the side of praise.
    pub praise: Vec<Word>,
    /// On the side of complaint.
    pub complaint: Vec<Word>,
}

/// A word or phrase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// The entry, with `not` in front where it was turned round.
    pub term: String,
    /// How often it counted.
    pub count: u64,
    /// Points it contributed, on the scale of valences; negative for complaint.
    pub points: f64,
}

/// Quotes of both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteLists {
    /// Praise.
    pub praise: Vec<QuoteNote>,
    /// Complaints.
    pub complaint: Vec<QuoteNote>,
}

/// A quote, redacted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteNote {
    /// The text.
    pub text: String,
    /// Its place, `file:record`.
    pub place: String,
    /// Who wrote it: a number within this report, or the name where that was asked for.
    pub author: Option<String>,
    /// The day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Stars or points.
    pub stars: Option<u8>,
    /// Its score.
    pub score: f64,
    /// Later records that say the same and were not counted.
    #[serde(default)]
    pub copies: u64,
}

impl QuoteNote {
    /// How often it was found, if more than once: ` ×12`.
    #[must_use]
    pub fn times(&self) -> String {
        if self.copies > 0 { format!(" ×{}", self.copies + 1) } else { String::new() }
    }
}

/// The course over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// `day`, `week` or `month`.
    pub unit: String,
    /// The periods, without gaps.
    pub periods: Vec<Period>,
    /// Scored records without a date.
    pub undated: u64,
}

/// One period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// Its first day.
    pub start: String,
    /// What the texts say.
    pub sentiment: Sentiment,
}
