//! What is said of subjects, as rows of the flat CSV. Separate because it is there only when somebody
//! listens.

use super::{blank_after, cells};
use crate::escape::spreadsheet;
use crate::report::{Comparison, Discovery, Matrix, Mentions, Part, SubjectRow};
use crate::stats::Estimate;

/// The first column of counts by class, of net and of shares.
const PRAISE: usize = 3;
const NET: usize = 13;
pub(super) const SHARE: usize = 20;

pub(super) fn rows(mentions: &Mentions) -> Vec<Vec<String>> {
    let all = || mentions.subjects.iter().chain(&mentions.aspects);
    let mut rows = vec![row("mentions", "any", mentions.records)];
    rows.extend(all().map(subject));
    for (section, part) in [
        ("share of voice", (|row| &row.voice) as fn(&SubjectRow) -> &Part),
        ("share of praise", |row| &row.praise),
        ("share of complaints", |row| &row.complaint),
    ] {
        rows.extend(all().map(|row| shared(&format!("{} {section}", row.kind.name()), &row.name, part(row))));
    }
    for one in all() {
        for (title, reasons) in [("praised for", &one.praised_for), ("criticised for", &one.criticised_for)] {
            rows.extend(reasons.iter().map(|reason| row(&format!("{} {title}", one.name), &reason.name, reason.count)));
        }
    }
    rows.extend(mentions.discovered.iter().map(discovery));
    rows.extend(mentions.matrix.iter().flat_map(matrix));
    rows.extend(mentions.comparisons.iter().flat_map(comparison));
    rows.extend(mentions.ambiguous.iter().map(|one| row("perhaps something else", &one.subject, one.mentions)));
    rows
}

fn row(section: &str, name: &str, count: u64) -> Vec<String> {
    blank_after(&[spreadsheet(section).into_owned(), spreadsheet(name).into_owned(), count.to_string()])
}

fn shared(section: &str, name: &str, part: &Part) -> Vec<String> {
    with(row(section, name, part.count), SHARE, &part.share)
}

fn with(mut row: Vec<String>, first: usize, estimate: &Estimate) -> Vec<String> {
    for (cell, number) in row.iter_mut().skip(first).zip([estimate.value, estimate.low, estimate.high]) {
        *cell = number.to_string();
    }
    row
}

fn subject(row: &SubjectRow) -> Vec<String> {
    cells(&format!("mentioned {}", row.kind.name()), &row.name, &row.sentiment)
}

fn discovery(one: &Discovery) -> Vec<String> {
    let mut row = row("discovered", &one.name, one.records);
    for (cell, count) in row.iter_mut().skip(PRAISE).zip([one.positive, one.negative]) {
        *cell = count.to_string();
    }
    row
}

fn matrix(matrix: &Matrix) -> Vec<Vec<String>> {
    let of = |name: Option<&str>| name.map_or("nobody".to_owned(), str::to_owned);
    let cells = matrix.rows.iter().flat_map(|line| line.cells.iter().map(move |cell| (line.name.as_deref(), cell)));
    let mut rows: Vec<_> = cells
        .map(|(name, cell)| {
            with(row(&format!("{} mentioned with {}", cell.kind.name(), of(name)), &cell.name, cell.records), NET, &cell.net)
        })
        .collect();
    rows.extend(
        matrix.gaps.iter().map(|gap| with(row(&format!("{} gap", gap.kind.name()), &gap.name, gap.records), SHARE, &gap.ours.share)),
    );
    rows
}

fn comparison(one: &Comparison) -> Vec<Vec<String>> {
    let mut rows = vec![
        shared(&format!("better than {}", one.other), &one.name, &one.wins),
        row(&format!("better than {}", one.name), &one.other, one.losses),
        row(&format!("no better than {}", one.other), &one.name, one.draws),
        row(&format!("switched from {}", one.other), &one.name, one.switches_to),
        row(&format!("switched from {}", one.name), &one.other, one.switches_from),
    ];
    for on in &one.on {
        rows.push(row(&format!("{} better than {} on", one.name, one.other), &on.name, on.wins));
        rows.push(row(&format!("{} better than {} on", one.other, one.name), &on.name, on.losses));
    }
    rows.retain(|row| row.get(2).is_some_and(|count| count != "0"));
    rows
}
