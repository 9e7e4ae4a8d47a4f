//! Fans and critics, for the shell. Separate because it is a section of its own.

use super::{BAD, FAINT, GOOD, Page, fit, grouped, wrap};
use crate::escape::terminal as esc;
use crate::report::{Person, Report};
use anstyle::Style;
use std::io;
use unicode_width::UnicodeWidthStr;

/// Fewer people than this are hardly a ranking.
const FEW: u64 = 10;
/// Columns of all but the name.
const REST: usize = 63;

impl Page<'_> {
    pub(super) fn people(&mut self, report: &Report) -> io::Result<()> {
        let Some(people) = &report.people else { return Ok(()) };
        self.heading("Fans and critics")?;
        if let Some(reason) = &people.reason {
            return self.line(FAINT, &format!("  {}", esc(reason)));
        }
        let room = self.looks.width.saturating_sub(REST).max(8);
        let names = people.fans.iter().chain(&people.critics).map(|one| esc(&one.author).width());
        let width = names.chain(["critics".len()]).max().unwrap_or(0).min(room);
        for (title, list, style) in [("fans", &people.fans, GOOD), ("critics", &people.critics, BAD)] {
            self.ranking(title, list, style, width)?;
        }
        let sample = if people.sample > 1 { format!(" among one author in {}", grouped(people.sample)) } else { String::new() };
        let few = if people.ranked < FEW { ": too few for much of a ranking" } else { "" };
        let (ranked, least) = (grouped(people.ranked), grouped(people.least));
        let note = format!(
            "{ranked} author{} of at least {least} scored posts{sample}{few}; scores are drawn towards the mean of all, the more the fewer posts",
            if people.ranked == 1 { "" } else { "s" }
        );
        for line in wrap(&note, self.looks.width.saturating_sub(2).max(20)) {
            self.line(FAINT, &format!("  {line}"))?;
        }
        Ok(())
    }

    fn ranking(&mut self, title: &str, list: &[Person], style: Style, width: usize) -> io::Result<()> {
        if list.is_empty() {
            return Ok(());
        }
        let head = format!("  {}  {:>5} {:>6} {:>10}  {:>22}  last", fit(title, width), "posts", "praise", "complaints", "score");
        self.line(FAINT, &head)?;
        for one in list {
            let score = format!("{:+.2} ({:+.2} to {:+.2})", one.score.value, one.score.low, one.score.high);
            let line = format!(
                "  {}  {:>5} {:>6} {:>10}  {score:>22}  {}",
                self.paint(style, &fit(&esc(&one.author), width)),
                grouped(one.posts),
                grouped(one.positive),
                grouped(one.negative),
                one.last.as_deref().map(esc).unwrap_or_default()
            );
            writeln!(self.out, "{}", line.trim_end())?;
            if !one.themes.is_empty() {
                let themes: Vec<_> = one.themes.iter().map(|theme| esc(theme)).collect();
                for part in wrap(&themes.join(", "), self.looks.width.saturating_sub(6).max(20)) {
                    self.line(FAINT, &format!("      {part}"))?;
                }
            }
        }
        Ok(())
    }
}
