//! What is praised and complained about, as rows of the flat CSV. Separate because it is a section of its own.

use super::{blank_after, mentions::SHARE};
use crate::escape::spreadsheet;
use crate::report::{Report, Theme};

pub(super) fn rows(report: &Report) -> Vec<Vec<String>> {
    report.themes.iter().flat_map(crate::report::Themes::all).map(row).collect()
}

fn row(theme: &Theme) -> Vec<String> {
    let section = format!("theme of {}", theme.side);
    let mut cells = blank_after(&[section, spreadsheet(&theme.name).into_owned(), theme.records.to_string()]);
    let share = [theme.share.value, theme.share.low, theme.share.high];
    for (cell, value) in cells.iter_mut().skip(SHARE).zip(share) {
        *cell = value.to_string();
    }
    cells
}
