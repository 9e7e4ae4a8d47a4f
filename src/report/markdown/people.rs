//! Fans and critics, as Markdown. Separate because it is a section of its own.

use super::esc;
use crate::report::{Person, Report};
use std::io::{self, Write};

/// Fewer people than this are hardly a ranking.
const FEW: u64 = 10;

pub(super) fn people(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let Some(people) = &report.people else { return Ok(()) };
    writeln!(out, "## Fans and critics\n")?;
    if let Some(reason) = &people.reason {
        return writeln!(out, "{}\n", esc(reason));
    }
    ranking("Fan", &people.fans, out)?;
    ranking("Critic", &people.critics, out)?;
    let sample = if people.sample > 1 { format!(" among one author in {}", people.sample) } else { String::new() };
    let few = if people.ranked < FEW { ": too few for much of a ranking" } else { "" };
    let s = if people.ranked == 1 { "" } else { "s" };
    writeln!(
        out,
        "{} author{s} of at least {} scored posts{sample}{few}; scores are drawn towards the mean of all, the more the fewer posts.\n",
        people.ranked, people.least
    )
}

fn ranking(title: &str, list: &[Person], out: &mut dyn Write) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "| {title} | Posts | Praise | Complaints | Score | Last | Themes |\n|---|--:|--:|--:|---|---|---|")?;
    for one in list {
        let themes: Vec<_> = one.themes.iter().map(|theme| esc(theme)).collect();
        let score = format!("{:+.2} ({:+.2} to {:+.2})", one.score.value, one.score.low, one.score.high);
        let day = one.last.as_deref().map(esc).unwrap_or_default();
        let (posts, plus, minus) = (one.posts, one.positive, one.negative);
        writeln!(out, "| {} | {posts} | {plus} | {minus} | {score} | {day} | {} |", esc(&one.author), themes.join(", "))?;
    }
    writeln!(out)
}
