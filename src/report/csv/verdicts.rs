//! Objectives and gates, as rows of the flat CSV. Separate because it is a section of its own.

use super::{HEADER, spreadsheet};
use crate::escape::terminal;
use crate::report::{Report, Unit, Verdict};

/// One row each: the outcome in the section, what was measured in the columns of its unit.
pub(super) fn rows(report: &Report) -> Vec<Vec<String>> {
    report.verdicts.iter().map(row).collect()
}

fn row(verdict: &Verdict) -> Vec<String> {
    let kind = if verdict.objective { "objective" } else { "gate" };
    let name = spreadsheet(&terminal(&verdict.title())).into_owned();
    let mut cells = vec![format!("{kind}: {}", verdict.word()), name];
    cells.resize(HEADER.len(), String::new());
    let columns: &[&str] = match verdict.unit {
        Unit::Share => &["share", "share_low", "share_high"],
        Unit::Points => &["net", "net_low", "net_high"],
        Unit::Score => &["mean_score", "score_low", "score_high"],
        Unit::Count => &["records"],
        Unit::Stars | Unit::Growth => &[],
    };
    let measured = verdict.measured.map_or_else(Vec::new, |figure| vec![figure.value, figure.low, figure.high]);
    for (column, value) in columns.iter().zip(measured) {
        if let Some(cell) = HEADER.iter().position(|name| name == column).and_then(|at| cells.get_mut(at)) {
            *cell = value.to_string();
        }
    }
    cells
}
