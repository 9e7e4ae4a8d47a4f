//! Periods that stand out, as Markdown. Separate because it is a section of its own.

use super::esc;
use crate::report::Report;
use std::io::{self, Write};

/// Most spikes of the table; all are in the JSON.
const MOST: usize = 50;

pub(super) fn spikes(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let Some(spikes) = &report.spikes else { return Ok(()) };
    writeln!(out, "## Spikes by {}\n", esc(&spikes.unit))?;
    if let Some(reason) = &spikes.reason {
        return writeln!(out, "{}\n", esc(reason));
    }
    if spikes.found.is_empty() {
        writeln!(out, "No period has far more complaints or praise than expected.\n")?;
    } else {
        writeln!(out, "| {} | What | Records | Expected | p | |\n|---|---|--:|--:|--:|---|", esc(&spikes.unit))?;
        for spike in spikes.found.iter().take(MOST) {
            let p = if spike.p <= 1e-6 { "≤ 0.000001".to_owned() } else { spike.p.to_string() };
            let note = if spike.only_volume { "more of everything: their share did not rise" } else { "" };
            let (start, what) = (esc(&spike.start), esc(&spike.what()));
            writeln!(out, "| {start} | {what} | {} | {:.1} | {p} | {note} |", spike.observed, spike.expected)?;
        }
        writeln!(out)?;
    }
    if spikes.found.len() > MOST {
        writeln!(out, "The others are in the JSON report.\n")?;
    }
    writeln!(out, "{} series watched; at most {} false alarms a month are to be expected.\n", spikes.series, spikes.false_alarms)
}
