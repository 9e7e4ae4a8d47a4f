//! Gates and objectives as annotations of GitHub, and the report as the summary of a step. In: a report.
//! Out: workflow commands, and Markdown of limited size. Separate because both have limits: GitHub shows ten
//! annotations of a step, and refuses a summary of more than a mebibyte.

use super::{Looks, Outcome, Renderer, Report, Verdict, markdown};
use crate::escape::{command_data, command_property, markdown as esc};
use std::io::{self, Write};

pub const RENDERER: Renderer = Renderer { name: "github", endings: &["github"], render };

/// Most annotations.
const MOST: usize = 10;
/// Most bytes of the summary of a step.
pub const STEP_LIMIT: usize = 1024 * 1024;
/// Sections that are named when they are left out.
const NAMED: usize = 20;

fn render(report: &Report, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    let mut told: Vec<&Verdict> = report.verdicts.iter().filter(|verdict| verdict.outcome != Outcome::Pass).collect();
    // A sort that keeps the order of equals.
    told.sort_by(|a, b| level(a).cmp(&level(b)).then_with(|| distance(b).total_cmp(&distance(a))));
    // With a remark that there are more, there are ten at most.
    let shown = if told.len() > MOST { MOST - 1 } else { MOST };
    told.iter().take(shown).try_for_each(|verdict| annotation(verdict, out))?;
    if told.len() > shown {
        writeln!(out, "::notice title=earful::and {} more; the summary of this step has them all", told.len() - shown)?;
    }
    Ok(())
}

/// How bad it is: what stops the build first.
const fn level(verdict: &Verdict) -> Level {
    match verdict.outcome {
        _ if verdict.stops => Level::Error,
        Outcome::Fail => Level::Warning,
        Outcome::Pass | Outcome::Unknown => Level::Notice,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Error,
    Warning,
    Notice,
}

/// How far the figure is from its threshold, in widths of its interval.
fn distance(verdict: &Verdict) -> f64 {
    verdict.measured.map_or(0.0, |m| (m.value - verdict.threshold).abs() / (m.high - m.low).max(1e-9))
}

fn annotation(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    let name = match level(verdict) {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    let kind = if verdict.objective { "Objective" } else { "Gate" };
    write!(out, "::{name} title={}", command_property(&format!("{kind}: {}: {}", verdict.word(), verdict.name)))?;
    if let Some((file, line)) = verdict.file_and_line() {
        write!(out, ",file={}", command_property(file))?;
        if let Some(line) = line {
            write!(out, ",line={line}")?;
        }
    }
    let condition = if verdict.name == verdict.condition { String::new() } else { format!("{}: ", verdict.condition) };
    writeln!(out, "::{}", command_data(&format!("{condition}{}", verdict.reason)))
}

/// The report as Markdown of at most `limit` bytes: whole sections are left out from the end, and the last
/// line says which.
#[must_use]
pub fn step_summary(report: &Report, limit: usize) -> String {
    let mut whole = Vec::new();
    // Writing to memory does not fail.
    let _ = (markdown::RENDERER.render)(report, Looks::default(), &mut whole);
    within(&String::from_utf8_lossy(&whole), limit)
}

fn within(whole: &str, limit: usize) -> String {
    if whole.len() <= limit {
        return whole.to_owned();
    }
    let mut sections: Vec<&str> = sections(whole);
    let mut left_out: Vec<&str> = Vec::new();
    while sections.len() > 1 {
        left_out.extend(sections.pop());
        let text = format!("{}{}", sections.concat(), remark(&left_out));
        if text.len() <= limit {
            return text;
        }
    }
    // What stands before the first section is cut between lines; there may be room for nothing.
    left_out.extend(sections.pop());
    let mut text = String::new();
    let remark = remark(&left_out);
    for line in whole.split_inclusive('\n') {
        if text.len() + line.len() + remark.len() > limit {
            break;
        }
        text.push_str(line);
    }
    text.push_str(&remark);
    if text.len() <= limit { text } else { String::new() }
}

/// The beginning, and each section with its heading. No line of a post begins with a sign of markup.
fn sections(whole: &str) -> Vec<&str> {
    let starts = whole.match_indices("\n## ").map(|(at, _)| at + 1);
    let mut bounds: Vec<usize> = std::iter::once(0).chain(starts).collect();
    bounds.push(whole.len());
    bounds.windows(2).filter_map(|pair| whole.get(pair[0]..pair[1])).collect()
}

fn remark(left_out: &[&str]) -> String {
    let heading = |section: &&str| section.lines().next()?.strip_prefix("## ").map(|name| name.chars().take(80).collect::<String>());
    let names: Vec<String> = left_out.iter().rev().filter_map(heading).collect();
    let more = if names.len() > NAMED { format!(" and {} more", names.len() - NAMED) } else { String::new() };
    let shown = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    format!("\n{} {shown}{more}\n", esc("Left out, to stay below the size that is shown:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_left_out_whole_and_named() {
        let whole = format!("# Title\n\nhead\n\n## One\n\n{}\n\n## Two\n\nx\n\n## Three\n\n{}\n", "a ".repeat(50), "b ".repeat(50));
        assert_eq!(within(&whole, whole.len()), whole);
        let cut = within(&whole, whole.len() - 1);
        assert!(cut.len() < whole.len() && cut.contains("## Two\n\nx\n") && !cut.contains("b b"), "{cut}");
        assert!(cut.ends_with("shown\\: Three\n"), "{cut}");
        for limit in 0..whole.len() {
            let cut = within(&whole, limit);
            assert!(cut.len() <= limit, "{limit}: {cut}");
            assert!(cut.is_empty() || cut.contains("Left out"), "{limit}: {cut}");
        }
        let less = within(&whole, cut.len() - 1);
        assert!(less.ends_with("shown\\: Two, Three\n"), "{less}");
    }
}
