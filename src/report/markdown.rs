//! The report as Markdown, for pull requests, wikis and CI summaries. Everything that came from input
//! is escaped.

mod contrasts;
mod mentions;
mod people;
mod spikes;
mod themes;
mod verdicts;

use super::{Looks, Part, QuoteNote, Renderer, Report, Sentiment, Word};
use crate::escape::markdown as esc;
use crate::stats::Estimate;
use std::io::{self, Write};

pub const RENDERER: Renderer = Renderer { name: "md", endings: &["md", "markdown"], render };

fn render(report: &Report, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Praise versus complaints\n")?;
    read(report, out)?;
    verdicts::verdicts(report, out)?;
    overall(&report.sentiment, out)?;
    if let Some(corrected) = &report.corrected {
        let shares: Vec<String> = corrected.shares().map(|(name, s)| format!("{name} {} ({})", percent(s.value), interval(&s))).collect();
        match &corrected.reason {
            Some(reason) => writeln!(out, "{}\n", esc(reason))?,
            None => writeln!(out, "{}: {}.\n", esc(&corrected.headline(|count| count.to_string())), shares.join(", "))?,
        }
    }
    themes::themes(report, out)?;
    if let Some(stars) = &report.stars {
        writeln!(out, "## Stars against text\n")?;
        table("Stars", stars.rows.iter().map(|row| (row.stars.to_string(), &row.sentiment)), out)?;
        writeln!(out, "Texts that lean the way their stars do: {}\n", share(&stars.agreement))?;
        for (says, title) in [("praise", "Praise with low stars"), ("complaint", "Complaints with high stars")] {
            let mut list = stars.clashes.iter().filter(|clash| clash.says == says).peekable();
            if list.peek().is_some() {
                writeln!(out, "### {title}\n")?;
            }
            for clash in list {
                quote(&clash.quote, out)?;
                writeln!(out, "Likely: {}\n", esc(&clash.reason))?;
            }
        }
    }
    mentions::mentions(report, out)?;
    for group in &report.groups {
        writeln!(out, "## By {}\n", esc(&group.field))?;
        table(&esc(&group.field), group.values.iter().map(|row| (esc(&row.value), &row.sentiment)), out)?;
        if group.more > 0 {
            writeln!(out, "and {} more\n", group.more)?;
        }
    }
    words(report, out)?;
    contrasts::contrasts(report, out)?;
    quotes("Praise", &report.quotes.praise, out)?;
    quotes("Complaints", &report.quotes.complaint, out)?;
    if let Some(timeline) = &report.timeline {
        writeln!(out, "## By {}\n", timeline.unit)?;
        table(&timeline.unit, timeline.periods.iter().map(|row| (row.start.clone(), &row.sentiment)), out)?;
        if timeline.undated > 0 {
            writeln!(out, "{} scored records have no date.\n", timeline.undated)?;
        }
    }
    spikes::spikes(report, out)?;
    people::people(report, out)?;
    for note in &report.notes {
        writeln!(out, "> {}\n", esc(note))?;
    }
    writeln!(out, "Shares with 95 % intervals. {}, {} lexicon entries.", report.generator, report.lexicon.entries)
}

fn read(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let read = &report.read;
    write!(
        out,
        "{} records from {}: {} scored, {} skipped, {} excluded.",
        read.records,
        plural(read.files, "file"),
        read.scored,
        read.skipped,
        read.excluded
    )?;
    if let Some(authors) = &read.authors {
        write!(out, " {}{} authors.", if authors.exact { "" } else { "About " }, authors.count)?;
    }
    if let (Some(from), Some(to)) = (&read.from, &read.to) {
        write!(out, " {from} to {to}.")?;
    }
    let languages: Vec<String> = read.languages.iter().map(|l| format!("{} {}", esc(&l.name), l.count)).collect();
    writeln!(out, " Languages: {}.\n", languages.join(", "))?;
    for file in report.files.iter().filter(|file| file.fault.is_some()) {
        writeln!(out, "- **{}**: {}", esc(&file.name), esc(file.fault.as_deref().unwrap_or("")))?;
    }
    for skip in &read.reasons {
        writeln!(out, "- {} {}: {} ({}): {}", skip.count, skip.fate(), esc(&skip.reason), esc(&skip.places.join(", ")), esc(&skip.advice))?;
    }
    writeln!(out)
}

fn plural(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn overall(s: &Sentiment, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| | Records | Share | 95 % interval |\n|---|--:|--:|---|")?;
    for (name, part) in [("Praise", s.positive), ("Complaints", s.negative), ("Mixed", s.mixed), ("Neutral", s.neutral)] {
        writeln!(out, "| {name} | {} | {} | {} |", part.count, percent(part.share.value), interval(&part.share))?;
    }
    writeln!(
        out,
        "\nNet sentiment **{}** ({}), mean score {:+.3} ({:+.3} to {:+.3}).\n",
        points(s.net.value),
        points_interval(&s.net),
        s.score.value,
        s.score.low,
        s.score.high
    )
}

fn table<'s>(name: &str, rows: impl Iterator<Item = (String, &'s Sentiment)>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {name} | Records | Praise | Complaints | Mixed | Neutral | Net |\n|---|--:|---|---|--:|--:|---|")?;
    for (label, s) in rows {
        if s.records == 0 {
            writeln!(out, "| {label} | 0 | | | | | |")?;
            continue;
        }
        writeln!(
            out,
            "| {label} | {} | {} | {} | {} | {} | {} ({}) |",
            s.records,
            share(&s.positive),
            share(&s.negative),
            s.mixed.count,
            s.neutral.count,
            points(s.net.value),
            points_interval(&s.net)
        )?;
    }
    writeln!(out)
}

fn words(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for (title, list) in [("Words of praise", &report.words.praise), ("Words of complaint", &report.words.complaint)] {
        let shown: Vec<String> =
            list.iter().map(|Word { term, count, points }| format!("{} ({count}×, {points:+.1})", esc(term))).collect();
        if !shown.is_empty() {
            writeln!(out, "**{title}:** {}\n", shown.join(", "))?;
        }
    }
    Ok(())
}

fn quotes(title: &str, list: &[QuoteNote], out: &mut dyn Write) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {title}\n")?;
    list.iter().try_for_each(|one| quote(one, out))
}

fn quote(quote: &QuoteNote, out: &mut dyn Write) -> io::Result<()> {
    let by = [quote.author.clone(), quote.date.clone(), quote.stars.map(|stars| format!("{stars} stars")), Some(quote.place.clone())];
    let by: Vec<String> = by.into_iter().flatten().map(|part| esc(&part)).collect();
    writeln!(out, "> {}\n> — {} ({:+.2}){}\n", esc(&quote.text), by.join(", "), quote.score, quote.times())
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn interval(share: &Estimate) -> String {
    format!("{:.1} to {:.1} %", share.low * 100.0, share.high * 100.0)
}

fn share(part: &Part) -> String {
    format!("{} ({})", percent(part.share.value), interval(&part.share))
}

fn points(net: f64) -> String {
    format!("{:+.1}", net * 100.0)
}

fn points_interval(net: &Estimate) -> String {
    format!("{:+.1} to {:+.1}", net.low * 100.0, net.high * 100.0)
}
