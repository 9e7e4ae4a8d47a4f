//! Periods that stand out, as rows of the flat CSV: records counted, and in rows of their own what was expected and how
//! likely so many are, under `points`. Separate because it is a section of its own.

use super::{POINTS, blank_after};
use crate::escape::spreadsheet;
use crate::report::{Report, Spike};

pub(super) fn rows(report: &Report) -> Vec<Vec<String>> {
    report.spikes.iter().flat_map(|spikes| &spikes.found).flat_map(spike).collect()
}

fn spike(spike: &Spike) -> [Vec<String>; 3] {
    let name = format!("{} {}", spike.start, spike.what());
    let row = |section: &str, count: String, points: String| {
        let mut row = blank_after(&[section.to_owned(), spreadsheet(&name).into_owned(), count]);
        if let Some(cell) = row.get_mut(POINTS) {
            *cell = points;
        }
        row
    };
    let section = if spike.only_volume { "spike of everything" } else { "spike" };
    [
        row(section, spike.observed.to_string(), String::new()),
        row("spike expected", String::new(), spike.expected.to_string()),
        row("spike p", String::new(), spike.p.to_string()),
    ]
}
