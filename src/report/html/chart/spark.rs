//! Counts over time as a row of columns. In: a count for each period. Out: SVG of a line's height. Separate
//! because it stands in many rows and must stay small, however many periods there are.

use super::{length, open};
use std::fmt::Write;

/// Most columns; more periods are added up in runs.
const COLUMNS: usize = 60;
const HEIGHT: f64 = 24.0;

/// Columns from nought to the highest; nothing where there are no periods.
pub fn spark(counts: &[u64], title: &str) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let run = counts.len().div_ceil(COLUMNS).max(1);
    let sums: Vec<u64> = counts.chunks(run).map(|chunk| chunk.iter().sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0).max(1) as f64;
    let mut path = String::new();
    for (at, &sum) in sums.iter().enumerate() {
        let height = sum as f64 / most * HEIGHT;
        if sum > 0 {
            let _ = write!(path, "M{at} {}h.8v{}h-.8z", length(HEIGHT - height), length(height));
        }
    }
    format!(
        "{}<svg width=\"100%\" height=\"24\" viewBox=\"0 0 {} 24\" preserveAspectRatio=\"none\"><path d=\"{path}\"/></svg>\
         <line class=\"ground\" x1=\"0\" x2=\"100%\" y1=\"24.5\" y2=\"24.5\"/></svg>",
        open("spark", 26, title, ""),
        sums.len()
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn many_periods_stay_few_columns() {
        let chart = super::spark(&[3; 1200], "three a day");
        assert_eq!(chart.matches('M').count(), 60);
        assert!(chart.contains("<title>three a day</title>"));
    }
}
