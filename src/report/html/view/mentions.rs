//! Subjects and aspects on the page. In: mentions. Out: tables by kind, a chapter for each subject, the matrix
//! with its shades, comparisons. Separate because it is there only when somebody listens.

use super::themes::course;
use super::{List, Room, net_scale};
use crate::report::html::chart::{heat, net_top};
use crate::report::html::quoted::{Quoted, Quotes};
use crate::report::{
    Ambiguous, Authors, Change, Comparison, Count, Discovery, Gap, Matrix, MatrixRow, Mentions, Part, Report, Sentiment, SubjectRow,
};
use crate::stats::Estimate;
use minijinja::value::Value;
use serde::Serialize;

/// Most columns of the matrix.
const COLUMNS: usize = 16;

/// What is said of subjects.
#[derive(Serialize)]
pub struct MentionsView<'r> {
    records: u64,
    tables: Vec<Table<'r>>,
    discovered: List<&'r Discovery>,
    matrix: Option<MatrixView<'r>>,
    comparisons: List<ComparisonView<'r>>,
    ambiguous: List<&'r Ambiguous>,
}

/// Subjects that compare.
#[derive(Serialize)]
struct Table<'r> {
    title: &'static str,
    id: &'static str,
    list: List<SubjectView<'r>>,
    net_top: f64,
}

/// A subject.
#[derive(Serialize)]
struct SubjectView<'r> {
    id: String,
    name: &'r str,
    kind: &'static str,
    mentions: u64,
    posts: u64,
    unscored: u64,
    authors: Option<&'r Authors>,
    few: bool,
    sentiment: &'r Sentiment,
    voice: &'r Part,
    praise: &'r Part,
    complaint: &'r Part,
    spark: Value,
    change: Option<&'r Change>,
    direction: i8,
    praise_quotes: Vec<Quoted<'r>>,
    complaint_quotes: Vec<Quoted<'r>>,
    praised_for: Vec<Reason<'r>>,
    criticised_for: Vec<Reason<'r>>,
}

/// What a subject is praised or criticised for.
#[derive(Serialize)]
struct Reason<'r> {
    name: &'r str,
    count: u64,
    link: Option<String>,
}

/// Two subjects compared.
#[derive(Serialize)]
struct ComparisonView<'r> {
    link: Option<String>,
    other_link: Option<String>,
    row: &'r Comparison,
}

/// Subjects beside brands.
#[derive(Serialize)]
struct MatrixView<'r> {
    columns: Vec<(&'r str, Option<String>)>,
    more_columns: usize,
    rows: List<LineView<'r>>,
    gaps: List<&'r Gap>,
}

#[derive(Serialize)]
struct LineView<'r> {
    name: Option<&'r str>,
    link: Option<String>,
    cells: Vec<Option<CellView>>,
}

#[derive(Serialize)]
struct CellView {
    records: u64,
    net: Estimate,
    few: bool,
    shade: &'static str,
}

impl MentionsView<'_> {
    /// The anchor of a subject or aspect that is shown.
    pub fn anchor(&self, name: &str) -> Option<String> {
        anchor(&self.tables, name)
    }
}

fn anchor(tables: &[Table], name: &str) -> Option<String> {
    let mut all = tables.iter().flat_map(|table| &table.list.rows);
    all.find(|row| row.name == name).map(|row| row.id.clone())
}

/// Chooses what is shown.
pub fn mentions<'r>(mentions: &'r Mentions, report: &'r Report, room: Room, quotes: &mut Quotes<'r>) -> MentionsView<'r> {
    let (holders, subjects): (Vec<&SubjectRow>, Vec<&SubjectRow>) = mentions.subjects.iter().partition(|row| row.kind.holds());
    let aspects: Vec<&SubjectRow> = mentions.aspects.iter().collect();
    let mut number = 0;
    let mut table = |title, id, rows: Vec<&'r SubjectRow>| Table {
        title,
        id,
        net_top: net_scale(rows.iter().take(room.rows).map(|row| &row.sentiment)),
        list: List::of(&rows, room.rows, |row| {
            number += 1;
            subject(row, number, report, room, quotes)
        }),
    };
    let mut tables = vec![
        table("Brands, products, competitors", "brands", holders),
        table("Subjects", "subjects", subjects),
        table("Aspects", "aspects", aspects),
    ];
    tables.retain(|table| table.list.all > 0);
    link_reasons(&mut tables);
    let compared = |row: &'r Comparison| ComparisonView { link: anchor(&tables, &row.name), other_link: anchor(&tables, &row.other), row };
    MentionsView {
        records: mentions.records,
        discovered: List::first(&mentions.discovered, room.rows),
        matrix: mentions.matrix.as_ref().map(|one| matrix(one, &tables, room)),
        comparisons: List { rows: mentions.comparisons.iter().take(room.rows).map(compared).collect(), all: mentions.comparisons.len() },
        ambiguous: List::first(&mentions.ambiguous, room.rows),
        tables,
    }
}

fn subject<'r>(row: &'r SubjectRow, number: usize, report: &'r Report, room: Room, quotes: &mut Quotes<'r>) -> SubjectView<'r> {
    SubjectView {
        id: format!("subject-{number}"),
        name: &row.name,
        kind: row.kind.name(),
        mentions: row.mentions,
        posts: row.posts,
        unscored: row.unscored,
        authors: row.authors.as_ref(),
        few: row.few,
        sentiment: &row.sentiment,
        voice: &row.voice,
        praise: &row.praise,
        complaint: &row.complaint,
        spark: course(row.timeline.iter().map(|moment| (moment.start.as_str(), moment.records)), report.timeline.as_ref()),
        change: row.change.as_ref(),
        direction: row.change.as_ref().map_or(0, Change::direction),
        praise_quotes: quotes.list(&row.quotes.praise, "praise", room.quotes),
        complaint_quotes: quotes.list(&row.quotes.complaint, "complaint", room.quotes),
        praised_for: reasons(&row.praised_for, room),
        criticised_for: reasons(&row.criticised_for, room),
    }
}

fn reasons(counts: &[Count], room: Room) -> Vec<Reason<'_>> {
    counts.iter().take(room.quotes).map(|reason| Reason { name: &reason.name, count: reason.count, link: None }).collect()
}

/// Reasons are subjects themselves, known only when all tables are there.
fn link_reasons(tables: &mut [Table]) {
    let known: Vec<(String, String)> =
        tables.iter().flat_map(|table| &table.list.rows).map(|row| (row.name.to_owned(), row.id.clone())).collect();
    let rows = tables.iter_mut().flat_map(|table| &mut table.list.rows);
    for reason in rows.flat_map(|row| row.praised_for.iter_mut().chain(&mut row.criticised_for)) {
        reason.link = known.iter().find(|(name, _)| name == reason.name).map(|(_, id)| id.clone());
    }
}

fn matrix<'r>(matrix: &'r Matrix, tables: &[Table], room: Room) -> MatrixView<'r> {
    let columns = matrix.columns.get(..COLUMNS.min(room.rows)).unwrap_or(&matrix.columns);
    let cells = |row: &'r MatrixRow| columns.iter().map(|column| column.of(row));
    let shown = || matrix.rows.iter().take(room.rows);
    let top = net_top(shown().flat_map(cells).flatten().filter(|cell| !cell.few).map(|cell| &cell.net));
    let line = |row: &'r MatrixRow| LineView {
        name: row.name.as_deref(),
        link: row.name.as_deref().and_then(|name| anchor(tables, name)),
        cells: cells(row)
            .map(|cell| {
                let cell = cell?;
                let shade = if cell.few { "few" } else { heat(cell.net.value, top) };
                Some(CellView { records: cell.records, net: cell.net, few: cell.few, shade })
            })
            .collect(),
    };
    MatrixView {
        columns: columns.iter().map(|column| (column.name.as_str(), anchor(tables, &column.name))).collect(),
        more_columns: matrix.columns.len() - columns.len(),
        rows: List { rows: shown().map(line).collect(), all: matrix.rows.len() },
        gaps: List::first(&matrix.gaps, room.rows),
    }
}
