//! What is said of subjects, as data. Separate from the rest of the report because it is there only when
//! somebody listens.

use super::{Authors, Count, Part, QuoteLists, Sentiment};
use crate::mention::Kind;
use crate::stats::Estimate;
use serde::{Deserialize, Serialize};

/// Fewer scored posts than this are too few to compare shares.
pub const FEW: u64 = 10;

/// Name and kind of a subject that was listened for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectNote {
    /// What reports call it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// What is said of subjects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mentions {
    /// Records that mention any of them.
    pub records: u64,
    /// The subjects that were asked for: those that hold others first, then by posts.
    pub subjects: Vec<SubjectRow>,
    /// The aspects that are mentioned, by posts.
    pub aspects: Vec<SubjectRow>,
    /// What else people have opinions on that no vocabulary knows, by records.
    #[serde(default)]
    pub discovered: Vec<Discovery>,
    /// What is said of which subject beside whom; none without brands, or without subjects.
    pub matrix: Option<Matrix>,
    /// Who is said to be better than whom, the most compared first.
    pub comparisons: Vec<Comparison>,
    /// Subjects whose mentions look like something else of the same name.
    pub ambiguous: Vec<Ambiguous>,
}

/// What is said of one subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubjectRow {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Places in texts.
    pub mentions: u64,
    /// Records that mention it, scored or not.
    pub posts: u64,
    /// Those of them without a score.
    pub unscored: u64,
    /// Who wrote them; none where no author is known.
    pub authors: Option<Authors>,
    /// Whether there are fewer than [`FEW`] scored posts, too few to rank by shares.
    pub few: bool,
    /// What the posts say of it.
    pub sentiment: Sentiment,
    /// Its posts among those of all comparable subjects; a post that mentions two counts for both.
    pub voice: Part,
    /// Its praise among that of all comparable subjects.
    pub praise: Part,
    /// Its complaints among those of all comparable subjects.
    pub complaint: Part,
    /// Its scored posts by the periods of the report's timeline; periods without any are left out.
    pub timeline: Vec<Moment>,
    /// Net share in the second half of the time against the first; none when a half has too few posts.
    pub change: Option<Change>,
    /// What is said of it.
    pub quotes: QuoteLists,
    /// Of a brand, product or competitor: the subjects and aspects with most praise beside it,
    /// at least two posts.
    pub praised_for: Vec<Count>,
    /// Those with most complaints.
    pub criticised_for: Vec<Count>,
}

/// Something people have opinions on that no vocabulary knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// What it is called, in lower case.
    pub name: String,
    /// Records that name it.
    pub records: u64,
    /// Records that name it with praise.
    pub positive: u64,
    /// Records that name it with a complaint; one that does both counts in both.
    pub negative: u64,
    /// Whether the counts are estimated from a sample of the records.
    pub estimated: bool,
}

/// Posts of one subject in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Its first day.
    pub start: String,
    /// Scored posts.
    pub records: u64,
    /// Praise.
    pub positive: u64,
    /// Complaints.
    pub negative: u64,
}

/// How a net share changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// First day of the second half.
    pub since: String,
    /// Scored posts before.
    pub records_before: u64,
    /// Scored posts since.
    pub records_since: u64,
    /// Net share before.
    pub before: Estimate,
    /// Net share since.
    pub after: Estimate,
    /// Net share since, minus that before.
    pub difference: Estimate,
}

impl Change {
    /// Whether it went up or down, or neither beyond chance: 1, -1 or 0.
    #[must_use]
    pub fn direction(&self) -> i8 {
        i8::from(self.difference.low > 0.0) - i8::from(self.difference.high < 0.0)
    }
}

/// Subjects by whom they are mentioned with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Subjects and aspects, by posts.
    pub columns: Vec<MatrixColumn>,
    /// Brands, products and competitors, by posts; then the posts that name none of them.
    pub rows: Vec<MatrixRow>,
    /// Subjects that are seldom mentioned with a brand, the largest first.
    pub gaps: Vec<Gap>,
}

/// A subject or aspect; one of each may have the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixColumn {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

impl MatrixColumn {
    /// The cell of this column.
    #[must_use]
    pub fn of<'r>(&self, row: &'r MatrixRow) -> Option<&'r Cell> {
        row.cells.iter().find(|cell| cell.name == self.name && cell.kind == self.kind)
    }
}

/// What is said beside one brand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatrixRow {
    /// The brand, product or competitor; none for posts that name none.
    pub name: Option<String>,
    /// Its cells that are not empty, in the order of the columns.
    pub cells: Vec<Cell>,
}

/// Scored posts that mention both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Name of the column.
    pub name: String,
    /// What that is.
    pub kind: Kind,
    /// Scored posts.
    pub records: u64,
    /// What they say of the column: share of praise minus share of complaints.
    pub net: Estimate,
    /// Whether they are too few to compare.
    pub few: bool,
}

/// A subject that is seldom mentioned with a brand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The subject or aspect.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Scored posts that mention it.
    pub records: u64,
    /// Those that mention a brand too; one that mentions two may count for both.
    pub ours: Part,
    /// Those that mention a competitor; one that mentions two may count for both.
    pub theirs: u64,
    /// Those that mention neither brand nor product nor competitor.
    pub alone: u64,
}

/// Two subjects compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The one that is preferred more often.
    pub name: String,
    /// The other.
    pub other: String,
    /// Comparisons that the first wins, and their share of those that either wins.
    pub wins: Part,
    /// Comparisons that the other wins.
    pub losses: u64,
    /// Comparisons that neither wins.
    pub draws: u64,
    /// Whether fewer than [`FEW`] are decided.
    pub few: bool,
    /// On what, the most frequent first.
    pub on: Vec<Ground>,
    /// How often people came to the first from the other.
    pub switches_to: u64,
    /// How often people left the first for the other.
    pub switches_from: u64,
}

/// On what two subjects are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// What it is.
    pub name: String,
    /// Comparisons on it that the first wins.
    pub wins: u64,
    /// Those that the other wins.
    pub losses: u64,
}

/// A subject whose mentions look like something else of the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguous {
    /// The subject.
    pub subject: String,
    /// Mentions that look so.
    pub mentions: u64,
    /// All its mentions.
    pub of: u64,
    /// What stands around them, the most frequent first.
    pub around: Vec<Around>,
    /// What to put in its query.
    pub suggestion: String,
}

/// Words around mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Around {
    /// The words.
    pub words: String,
    /// How often they stand there.
    pub count: u64,
}
