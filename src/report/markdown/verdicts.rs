//! Objectives and gates, as Markdown. Separate because it is a section of its own.

use super::esc;
use crate::report::Report;
use std::io::{self, Write};

pub(super) fn verdicts(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for (title, one, objective) in [("Objectives", "Objective", true), ("Gates", "Gate", false)] {
        let mut verdicts = report.verdicts.iter().filter(|verdict| verdict.objective == objective).peekable();
        if verdicts.peek().is_none() {
            continue;
        }
        writeln!(out, "## {title}\n\n| Outcome | {one} | Why |\n|---|---|---|")?;
        for verdict in verdicts {
            let place = verdict.place.as_ref().map_or(String::new(), |place| format!(" ({})", esc(place)));
            writeln!(out, "| **{}** | {} | {}{place} |", verdict.word(), esc(&verdict.title()), esc(&verdict.reason))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
