//! Words that set records apart, as rows of the flat CSV. Separate because it is a section of its own.

use super::{POINTS, blank_after};
use crate::escape::spreadsheet;
use crate::report::{Contrast, Report, TellingWord};

pub(super) fn rows(report: &Report) -> Vec<Vec<String>> {
    report.contrasts.iter().flat_map(both).collect()
}

fn both(contrast: &Contrast) -> Vec<Vec<String>> {
    let Contrast { of, against, words, other_words, .. } = contrast;
    let first = words.iter().map(|word| row(&format!("word of {of} against {against}"), word));
    first.chain(other_words.iter().map(|word| row(&format!("word of {against} against {of}"), word))).collect()
}

/// The log-odds stand in the column of points.
fn row(section: &str, word: &TellingWord) -> Vec<String> {
    let name = spreadsheet(&word.word).into_owned();
    let mut cells = blank_after(&[spreadsheet(section).into_owned(), name, word.count.to_string()]);
    if let Some(cell) = cells.get_mut(POINTS) {
        *cell = word.log_odds.to_string();
    }
    cells
}
