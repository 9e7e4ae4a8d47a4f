//! The comparison for the shell. Everything that came from input is escaped.

use super::say::{apart, contribution, points, probability, read, score, taken_apart, tenth, title};
use super::{CompareReport, Finding, MixShift, RowShift, Shift, Side, ThemeShifts};
use crate::escape::terminal as esc;
use crate::report::terminal::{BAD, FAINT, GOOD, HEAD, Page, WARN, fit, grouped, wrap};
use crate::report::{FEW, Looks, Renderer};
use crate::stats::Estimate;
use anstyle::Style;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

pub const RENDERER: Renderer<CompareReport> = Renderer { name: "text", endings: &["txt"], render };

/// Columns of the longest label of a table, and of a change with its interval.
const LABEL: usize = 20;
const CHANGE: usize = 24;
/// Themes that are shown.
const THEMES: usize = 12;

fn render(report: &CompareReport, looks: Looks, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { out, looks };
    page.sides(report)?;
    page.overall_change(report)?;
    page.stars_change(report)?;
    for group in &report.groups {
        page.heading(&format!("By {}", esc(&group.field)))?;
        page.mixes(report, &group.field)?;
        let rows: Vec<&RowShift> = group.rows.iter().chain(&group.others).collect();
        page.rows(&group.field, &rows)?;
    }
    for (title, list) in [("Subjects", &report.subjects), ("Aspects", &report.aspects)] {
        if !list.is_empty() {
            page.heading(title)?;
            page.rows(&title.to_lowercase(), &list.iter().collect::<Vec<_>>())?;
        }
    }
    if let Some(themes) = &report.themes {
        page.themes_change(themes)?;
    }
    page.paragraph(
        FAINT,
        &format!("* beyond chance, counting all {} tests of this comparison (q up to 0.05); behind a number of records: their share of all; intervals are 95 %", grouped(report.tests)),
    )?;
    for note in &report.notes {
        page.paragraph(WARN, &format!("note: {note}"))?;
    }
    Ok(())
}

const fn mark(finding: Finding) -> &'static str {
    if finding.is_change() { "*" } else { " " }
}

/// Whether a rise is good.
const fn style(finding: Finding, good: bool) -> Style {
    match (finding, good) {
        (Finding::Rose, true) | (Finding::Fell, false) => GOOD,
        (Finding::Rose, false) | (Finding::Fell, true) => BAD,
        _ => FAINT,
    }
}

impl Page<'_> {
    fn paragraph(&mut self, style: Style, text: &str) -> io::Result<()> {
        for (at, line) in wrap(&esc(text), self.looks.width.saturating_sub(2).max(20)).iter().enumerate() {
            self.line(style, &format!("{}{line}", if at == 0 { "" } else { "  " }))?;
        }
        Ok(())
    }

    fn sides(&mut self, report: &CompareReport) -> io::Result<()> {
        let name = |side: &Side| esc(&side.name).into_owned();
        let width = name(&report.before).width().max(name(&report.after).width());
        for (which, side) in [("before", &report.before), ("after", &report.after)] {
            let (name, said) = (name(side), read(&side.read, grouped));
            if width + said.width() + 10 <= self.looks.width {
                self.line(HEAD, &format!("{which:<6}  {}  {}", fit(&name, width), esc(&said)))?;
            } else {
                self.paragraph(HEAD, &format!("{which} {name}"))?;
                self.line(HEAD, &format!("        {}", esc(&said)))?;
            }
        }
        if let Some(text) = apart(report, grouped) {
            self.paragraph(FAINT, &text)?;
        }
        for warning in &report.warnings {
            self.paragraph(WARN, &format!("warning: {warning}"))?;
        }
        self.heading("What changed")?;
        for (line, (shift, good)) in report.headlines.iter().zip([(&report.overall.negative, false), (&report.overall.positive, true)]) {
            for (at, line) in wrap(&esc(line), self.looks.width.saturating_sub(4).max(20)).iter().enumerate() {
                let painted = self.paint(style(shift.finding, good), line);
                writeln!(self.out, "  {}{painted}", if at == 0 { "" } else { "  " })?;
            }
        }
        Ok(())
    }

    fn overall_change(&mut self, report: &CompareReport) -> io::Result<()> {
        writeln!(self.out)?;
        let head = format!("  {:<11}{:>8} {:>8}  {:>CHANGE$}  {:>8} {:>8}", "", "before", "after", "change, points", "p", "q");
        self.line(FAINT, &head)?;
        for (name, shift) in report.overall.shares() {
            let unit = |e: &Estimate| if name == "net" { format!("{:+.1}", e.value * 100.0) } else { format!("{:.1}", e.value * 100.0) };
            self.figure(name, (&unit(&shift.before), &unit(&shift.after)), &points(&shift.change), shift, good(name))?;
        }
        let shift = &report.overall.score;
        let unit = |e: &Estimate| format!("{:+.3}", e.value);
        self.figure("mean score", (&unit(&shift.before), &unit(&shift.after)), &score(&shift.change), shift, Some(true))?;
        if let Some(corrected) = &report.corrected {
            writeln!(self.out, "  corrected by {}:", esc(&corrected.by))?;
            for (name, shift) in [("praise", &corrected.positive), ("complaints", &corrected.negative)] {
                let unit = |e: &Estimate| format!("{:.1}", e.value * 100.0);
                self.figure(name, (&unit(&shift.before), &unit(&shift.after)), &points(&shift.change), shift, good(name))?;
            }
        }
        Ok(())
    }

    fn figure(&mut self, name: &str, values: (&str, &str), change: &str, shift: &Shift, good: Option<bool>) -> io::Result<()> {
        let change = format!("{change:>CHANGE$}");
        let change = good.map_or_else(|| change.clone(), |good| self.paint(style(shift.finding, good), &change));
        let odds = match (&shift.test, shift.finding) {
            (Some(test), _) => format!("{:>8} {:>8}", probability(test.p), probability(test.q)),
            (None, Finding::TooFew) => "  too few".to_owned(),
            (None, _) => String::new(),
        };
        writeln!(self.out, "{}", format!("  {name:<11}{:>8} {:>8}  {change}  {odds}", values.0, values.1).trim_end())
    }

    fn stars_change(&mut self, report: &CompareReport) -> io::Result<()> {
        let Some(stars) = &report.stars else { return Ok(()) };
        self.heading("Stars")?;
        let (c, mean) = (&stars.mean.change, &stars.mean);
        let said = match mean.finding {
            Finding::Rose | Finding::Fell => String::new(),
            Finding::NoEvidence => ": no evidence of change".to_owned(),
            Finding::TooFew => ": too few records".to_owned(),
        };
        let (from, to) = (mean.before.value, mean.after.value);
        let line = format!("  mean {from:.2} to {to:.2}, {:+.2} ({:+.2} to {:+.2}){said}", c.value, c.low, c.high);
        self.line(style(mean.finding, true), &line)?;
        self.rows("stars", &stars.rows.iter().collect::<Vec<_>>())
    }

    fn mixes(&mut self, report: &CompareReport, field: &str) -> io::Result<()> {
        for mix in report.mixes.iter().filter(|mix| mix.field == field) {
            let name = title(&mix.share);
            let all = if mix.share == "positive" { &report.overall.positive } else { &report.overall.negative };
            writeln!(self.out, "  {name} {:+.1} points, of which", tenth(all.change.value))?;
            for (part, said) in taken_apart(mix) {
                writeln!(self.out, "    {part:<18} {said}")?;
            }
            self.contributions(mix)?;
        }
        Ok(())
    }

    fn contributions(&mut self, mix: &MixShift) -> io::Result<()> {
        let most: Vec<String> = mix.values.iter().take(2).map(contribution).collect();
        for (at, line) in wrap(&esc(&format!("most: {}", most.join("; "))), self.looks.width.saturating_sub(8).max(20)).iter().enumerate() {
            self.line(FAINT, &format!("    {}{line}", if at == 0 { "" } else { "  " }))?;
        }
        Ok(())
    }

    /// Records before and after, the change of complaints with its interval, that of praise. Rows that have too few
    /// records are counted, unless they became more or less frequent.
    fn rows(&mut self, name: &str, rows: &[&RowShift]) -> io::Result<()> {
        let (rows, few): (Vec<&RowShift>, Vec<&RowShift>) =
            rows.iter().partition(|row| row.negative.finding != Finding::TooFew || row.share.finding.is_change());
        if !rows.is_empty() {
            self.listed(name, &rows)?;
        }
        let which = if rows.is_empty() { "all" } else { "the others" };
        if few.is_empty() { Ok(()) } else { self.line(FAINT, &format!("  {which} have fewer than {FEW} records on a side")) }
    }

    fn listed(&mut self, name: &str, rows: &[&RowShift]) -> io::Result<()> {
        let label = |row: &RowShift| esc(&row.name).into_owned();
        let name = esc(name).into_owned();
        let width = rows.iter().map(|row| label(row).width()).chain([name.width()]).max().unwrap_or(0).min(LABEL);
        let head = format!("  {} {:>9} {:>9}  {:>CHANGE$}   {:>7}", fit(&name, width), "before", "after", "complaints, points", "praise");
        self.line(FAINT, &head)?;
        for row in rows {
            let (before, after) = (grouped(row.before), grouped(row.after));
            let figures = if row.negative.finding == Finding::TooFew {
                self.paint(FAINT, &format!("{:>CHANGE$}", "too few"))
            } else {
                let complaints = format!("{:>CHANGE$}{}", points(&row.negative.change), mark(row.negative.finding));
                let complaints = self.paint(style(row.negative.finding, false), &complaints);
                let praise = format!("{:>+7.1}{}", tenth(row.positive.change.value), mark(row.positive.finding));
                format!("{complaints}  {}", self.paint(style(row.positive.finding, true), praise.trim_end()))
            };
            let line = format!("  {} {before:>9} {after:>9}{} {figures}", fit(&label(row), width), mark(row.share.finding));
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    fn themes_change(&mut self, themes: &ThemeShifts) -> io::Result<()> {
        self.heading("Themes")?;
        if themes.rows.is_empty() {
            return self.line(FAINT, "  none on either side");
        }
        let width = themes.rows.iter().take(THEMES).map(|row| esc(&row.name).width()).max().unwrap_or(0).min(LABEL + 4);
        for row in themes.rows.iter().take(THEMES) {
            let count = |records: Option<u64>| records.map_or_else(|| "-".to_owned(), grouped);
            let fate = format!("{:<11}", row.fate.name());
            let fate = self.paint(style(row.share.finding, row.side == "praise"), &fate);
            let (before, after) = (count(row.before), count(row.after));
            let mark = if row.side == "complaint" {
                "-"
            } else if row.side == "praise" {
                "+"
            } else {
                " "
            };
            let line =
                format!("  {fate} {mark} {} {before:>7} {after:>7} {:>CHANGE$}", fit(&esc(&row.name), width), points(&row.share.change));
            writeln!(self.out, "{line}")?;
        }
        if themes.rows.len() > THEMES {
            writeln!(self.out, "  and {} more", themes.rows.len() - THEMES)?;
        }
        Ok(())
    }
}

/// Whether more of it is good; mixed and neutral are neither.
fn good(name: &str) -> Option<bool> {
    match name {
        "praise" | "net" => Some(true),
        "complaints" => Some(false),
        _ => None,
    }
}
