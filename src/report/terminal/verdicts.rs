//! Objectives and gates, for the shell. Separate because it is a section of its own.

use super::{BAD, FAINT, GOOD, Page, WARN, esc, wrap};
use crate::report::{Outcome, Report};
use std::io;

/// Columns of the longest outcome.
const WORD: usize = 15;

impl Page<'_> {
    pub(super) fn verdicts(&mut self, report: &Report) -> io::Result<()> {
        for (title, objective) in [("Objectives", true), ("Gates", false)] {
            let mut verdicts = report.verdicts.iter().filter(|verdict| verdict.objective == objective).peekable();
            if verdicts.peek().is_none() {
                continue;
            }
            self.heading(title)?;
            let width = self.looks.width.saturating_sub(WORD + 4).max(20);
            for verdict in verdicts {
                let style = match verdict.outcome {
                    Outcome::Pass => GOOD,
                    Outcome::Fail => BAD,
                    Outcome::Unknown => WARN,
                };
                let mut word = format!("{:<WORD$}", verdict.word());
                for line in wrap(&esc(&verdict.title()), width) {
                    let painted = self.paint(style, &word);
                    writeln!(self.out, "  {painted}  {line}")?;
                    word = " ".repeat(WORD);
                }
                for line in wrap(&esc(&verdict.reason), width) {
                    self.line(FAINT, &format!("  {}  {line}", " ".repeat(WORD)))?;
                }
            }
        }
        Ok(())
    }
}
