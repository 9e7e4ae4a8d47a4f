//! Who is mentioned with what. In: pairs of a brand and a subject. Out: a table, and its gaps. Separate
//! because it looks at two subjects at a time.

use super::{Known, net, part};
use crate::mention::Kind;
use crate::report::model::{Cell, FEW, Gap, Matrix, MatrixColumn, MatrixRow, SubjectNote};
use crate::stats::Estimate;
use crate::summary::{Mentions, Tally};

/// Fewest posts of a gap.
const LEAST: u64 = 5;
/// Greatest share of its posts that mention a brand.
const SELDOM: f64 = 0.25;
/// Most gaps.
const GAPS: usize = 10;

/// The table; none without brands, or without subjects that are mentioned.
pub(super) fn matrix(heard: &Mentions, known: &[Known]) -> Option<Matrix> {
    let holders: Vec<&Known> = known.iter().filter(|one| one.note.kind.holds()).collect();
    let mut topics: Vec<&Known> = known.iter().filter(|one| !one.note.kind.holds() && one.heard.tally.records() > 0).collect();
    topics.sort_by_key(|topic| std::cmp::Reverse(topic.posts()));
    if holders.is_empty() || topics.is_empty() {
        return None;
    }
    let row = |name: Option<&str>, tally: &dyn Fn(&Known) -> Tally| MatrixRow {
        name: name.map(str::to_owned),
        cells: topics.iter().filter_map(|topic| cell(topic.note, &tally(topic))).collect(),
    };
    let beside = |holder: &Known, topic: &Known| heard.pairs.get(&(holder.number, topic.number)).copied().unwrap_or_default();
    let mut rows: Vec<MatrixRow> = holders.iter().map(|holder| row(Some(&holder.note.name), &|topic| beside(holder, topic))).collect();
    rows.push(row(None, &|topic| topic.heard.alone));
    Some(Matrix {
        columns: topics.iter().map(|topic| MatrixColumn { name: topic.note.name.clone(), kind: topic.note.kind }).collect(),
        rows,
        gaps: gaps(&holders, &topics, |holder, topic| beside(holder, topic).records()),
    })
}

fn cell(note: &SubjectNote, tally: &Tally) -> Option<Cell> {
    let records = tally.records();
    (records > 0).then(|| Cell { name: note.name.clone(), kind: note.kind, records, net: net(tally), few: records < FEW })
}

/// A gap is seldom mentioned with a brand, and more seldom than other subjects are: where nobody names the
/// brand, as in reviews on its own page, nothing is a gap.
fn gaps(holders: &[&Known], topics: &[&Known], beside: impl Fn(&Known, &Known) -> u64) -> Vec<Gap> {
    let with = |kind: Kind, topic: &Known| {
        let sum: u64 = holders.iter().filter(|holder| holder.note.kind == kind).map(|holder| beside(holder, topic)).sum();
        sum.min(topic.heard.tally.records())
    };
    let (ours, all) = topics.iter().fold((0, 0), |(ours, all), topic| (ours + with(Kind::Brand, topic), all + topic.heard.tally.records()));
    let usual: Estimate = part(ours, all).share;
    let gap = |topic: &&Known| Gap {
        name: topic.note.name.clone(),
        kind: topic.note.kind,
        records: topic.heard.tally.records(),
        ours: part(with(Kind::Brand, topic), topic.heard.tally.records()),
        theirs: with(Kind::Competitor, topic),
        alone: topic.heard.alone.records(),
    };
    let seldom = |gap: &Gap| gap.records >= LEAST && gap.ours.share.value <= SELDOM && gap.ours.share.high < usual.value;
    let mut gaps: Vec<Gap> = topics.iter().map(gap).filter(seldom).collect();
    gaps.sort_by(|a, b| (b.records - b.ours.count).cmp(&(a.records - a.ours.count)).then_with(|| a.name.cmp(&b.name)));
    gaps.truncate(GAPS);
    gaps
}
