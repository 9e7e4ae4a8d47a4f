//! Fans and critics, as rows of the flat CSV: the shrunken mean stands under `mean_score`. Separate because it is a
//! section of its own.

use super::blank_after;
use crate::escape::spreadsheet;
use crate::report::{Person, Report};

/// The first columns of counts by class, and of the mean score.
const PRAISE: usize = 3;
const SCORE: usize = 16;

pub(super) fn rows(report: &Report) -> Vec<Vec<String>> {
    let Some(people) = &report.people else { return Vec::new() };
    let fans = people.fans.iter().map(|one| row("fan", one));
    fans.chain(people.critics.iter().map(|one| row("critic", one))).collect()
}

fn row(section: &str, one: &Person) -> Vec<String> {
    let mut row = blank_after(&[section.to_owned(), spreadsheet(&one.author).into_owned(), one.posts.to_string()]);
    let mut set = |first: usize, cells: &[String]| row.iter_mut().skip(first).zip(cells).for_each(|(cell, value)| value.clone_into(cell));
    set(PRAISE, &[one.positive, one.negative].map(|count| count.to_string()));
    set(SCORE, &[one.score.value, one.score.low, one.score.high].map(|number| number.to_string()));
    row
}
