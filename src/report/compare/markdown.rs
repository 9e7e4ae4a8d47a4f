//! The comparison as Markdown, for pull requests and CI summaries. Everything that came from input is escaped.

use super::say::{apart, contribution, points, probability, read, score, taken_apart, tenth, title};
use super::{CompareReport, Finding, RowShift, Shift, ThemeShifts};
use crate::escape::markdown as esc;
use crate::report::{Looks, Renderer};
use crate::stats::Estimate;
use std::io::{self, Write};

pub const RENDERER: Renderer<CompareReport> = Renderer { name: "md", endings: &["md", "markdown"], render };

fn render(report: &CompareReport, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# What changed\n")?;
    for line in &report.headlines {
        writeln!(out, "- **{}**", esc(line))?;
    }
    writeln!(out)?;
    for (which, side) in [("Before", &report.before), ("After", &report.after)] {
        writeln!(out, "{which}: {}, {}.\n", esc(&side.name), esc(&read(&side.read, |count| count.to_string())))?;
    }
    if let Some(text) = apart(report, |count| count.to_string()) {
        writeln!(out, "{}.\n", esc(&text))?;
    }
    for warning in &report.warnings {
        writeln!(out, "> **Warning:** {}\n", esc(warning))?;
    }
    overall(report, out)?;
    if let Some(stars) = &report.stars {
        let (m, c) = (&stars.mean, &stars.mean.change);
        let (from, to) = (m.before.value, m.after.value);
        writeln!(out, "## Stars\n\nMean {from:.2} to {to:.2}, {:+.2} ({:+.2} to {:+.2}).\n", c.value, c.low, c.high)?;
        rows("Stars", &stars.rows, out)?;
    }
    for group in &report.groups {
        writeln!(out, "## By {}\n", esc(&group.field))?;
        mixes(report, &group.field, out)?;
        rows(&esc(&group.field), group.rows.iter().chain(&group.others), out)?;
    }
    for (name, list) in [("Subjects", &report.subjects), ("Aspects", &report.aspects)] {
        if !list.is_empty() {
            writeln!(out, "## {name}\n")?;
            rows(name, list, out)?;
        }
    }
    if let Some(list) = &report.themes {
        themes(list, out)?;
    }
    for note in &report.notes {
        writeln!(out, "> {}\n", esc(note))?;
    }
    writeln!(
        out,
        "Changes in points with 95 % intervals; \\* beyond chance, counting all {} tests (q up to 0.05). {}.",
        report.tests,
        esc(&report.generator)
    )
}

fn marked(shift: &Shift) -> String {
    match shift.finding {
        Finding::TooFew => "too few".to_owned(),
        Finding::NoEvidence => points(&shift.change),
        Finding::Rose | Finding::Fell => format!("{} \\*", points(&shift.change)),
    }
}

fn chance(shift: &Shift) -> String {
    let [p, q] = shift.test.map_or_else(Default::default, |test| [test.p, test.q].map(|x| esc(&probability(x))));
    format!("{p} | {q}")
}

fn overall(report: &CompareReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| | Before | After | Change, points | p | q |\n|---|--:|--:|---|--:|--:|")?;
    let percent = |e: &Estimate| format!("{:.1} %", e.value * 100.0);
    for (name, shift) in report.overall.shares() {
        let shown = |e: &Estimate| if name == "net" { format!("{:+.1}", tenth(e.value)) } else { percent(e) };
        let [before, after] = [&shift.before, &shift.after].map(shown);
        writeln!(out, "| {name} | {before} | {after} | {} | {} |", points(&shift.change), chance(shift))?;
    }
    let shift = &report.overall.score;
    let (b, a, c) = (&shift.before, &shift.after, &shift.change);
    writeln!(out, "| mean score | {:+.3} | {:+.3} | {} | {} |", b.value, a.value, score(c), chance(shift))?;
    if let Some(corrected) = &report.corrected {
        for (name, shift) in [("praise", &corrected.positive), ("complaints", &corrected.negative)] {
            let [before, after] = [&shift.before, &shift.after].map(percent);
            writeln!(out, "| {name}, by {} | {before} | {after} | {} | | |", esc(&corrected.by), points(&shift.change))?;
        }
    }
    writeln!(out)
}

fn mixes(report: &CompareReport, field: &str, out: &mut dyn Write) -> io::Result<()> {
    for mix in report.mixes.iter().filter(|mix| mix.field == field) {
        let all = if mix.share == "positive" { &report.overall.positive } else { &report.overall.negative };
        let [(rates, rate), (weights, mixed)] = taken_apart(mix);
        writeln!(out, "Of {:+.1} points of {}: {rates} {rate}; {weights} {mixed}.\n", tenth(all.change.value), title(&mix.share))?;
        let list: Vec<String> = mix.values.iter().map(|value| esc(&contribution(value))).collect();
        let more = if mix.more > 0 { format!("; {} more", mix.more) } else { String::new() };
        writeln!(out, "Most: {}{more}.\n", list.join("; "))?;
    }
    Ok(())
}

fn rows<'r>(name: &str, list: impl IntoIterator<Item = &'r RowShift>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {name} | Before | After | Share of all | Complaints | Praise |\n|---|--:|--:|---|---|---|")?;
    for row in list {
        let [share, negative, positive] = [&row.share, &row.negative, &row.positive].map(marked);
        writeln!(out, "| {} | {} | {} | {share} | {negative} | {positive} |", esc(&row.name), row.before, row.after)?;
    }
    writeln!(out)
}

fn themes(themes: &ThemeShifts, out: &mut dyn Write) -> io::Result<()> {
    if themes.rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Themes\n\n| Theme | Side | | Before | After | Change, points |\n|---|---|---|--:|--:|---|")?;
    for row in &themes.rows {
        let count = |records: Option<u64>| records.map_or_else(|| "not listed".to_owned(), |count| count.to_string());
        let (before, after) = (count(row.before), count(row.after));
        writeln!(out, "| {} | {} | {} | {before} | {after} | {} |", esc(&row.name), esc(&row.side), row.fate.name(), marked(&row.share))?;
    }
    writeln!(out)
}
