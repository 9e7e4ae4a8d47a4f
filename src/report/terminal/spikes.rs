//! Periods that stand out, for the shell. Separate because it is a section of its own.

use super::{BAD, FAINT, GOOD, Page, WARN, fit, grouped, wrap};
use crate::escape::terminal as esc;
use crate::report::{Report, Spike};
use std::io;
use unicode_width::UnicodeWidthStr;

/// Most spikes that are shown; all are in the JSON.
const MOST: usize = 10;
/// Columns of the longest name, and of figures and dates.
const NAME: usize = 48;
const REST: usize = 60;

impl Page<'_> {
    pub(super) fn spikes(&mut self, report: &Report) -> io::Result<()> {
        let Some(spikes) = &report.spikes else { return Ok(()) };
        self.heading(&format!("Spikes by {}", spikes.unit))?;
        if let Some(reason) = &spikes.reason {
            return self.aside(&esc(reason));
        }
        if spikes.found.is_empty() {
            self.aside("no period has far more complaints or praise than expected")?;
        }
        let shown = spikes.found.get(..MOST).unwrap_or(&spikes.found);
        let room = self.looks.width.saturating_sub(REST).clamp(16, NAME);
        let width = shown.iter().map(|spike| esc(&spike.what()).width()).max().unwrap_or(0).min(room);
        for spike in shown {
            self.spike(spike, width)?;
        }
        if spikes.found.len() > MOST {
            self.aside("the others are in --format json")?;
        }
        let (series, rate) = (grouped(spikes.series), spikes.false_alarms);
        self.aside(&format!("{series} series watched; at most {rate} false alarms a month are to be expected"))
    }

    fn spike(&mut self, spike: &Spike, width: usize) -> io::Result<()> {
        let style = match spike.side.as_str() {
            "praise" => GOOD,
            "complaints" => BAD,
            _ => WARN,
        };
        let name = self.paint(style, &fit(&esc(&spike.what()), width));
        let p = if spike.p <= 1e-6 { "p ≤ 0.000001".to_owned() } else { format!("p {}", spike.p) };
        writeln!(self.out, "  {}  {name}  {:>7}, expected {:.1}, {p}", spike.start, grouped(spike.observed), spike.expected)?;
        if spike.only_volume { self.aside("            more of everything: their share did not rise") } else { Ok(()) }
    }

    fn aside(&mut self, text: &str) -> io::Result<()> {
        let indent = text.len() - text.trim_start().len() + 2;
        let lines = wrap(text, self.looks.width.saturating_sub(indent).max(20));
        lines.iter().try_for_each(|line| self.line(FAINT, &format!("{}{line}", " ".repeat(indent))))
    }
}
