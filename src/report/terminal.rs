//! The report for the shell: aligned tables, bars and sparklines, colours where asked for. Everything
//! that came from input is escaped, so that no post can steer the terminal.

mod contrasts;
mod mentions;
mod people;
mod spikes;
mod themes;
mod verdicts;

use super::{Corrected, Group, Looks, Part, QuoteNote, Renderer, Report, Sentiment, Stars, Timeline, Word};
use crate::escape::terminal as esc;
use crate::stats::Estimate;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub const RENDERER: Renderer = Renderer { name: "text", endings: &["txt"], render };

/// Columns of the longest label of a table.
const LABEL: usize = 24;
/// Columns of a bar of 100 %.
pub(super) const BAR: usize = 30;
/// Columns of a line of shares beside its bar.
const AROUND_BAR: usize = 54;
/// Columns of a table beside its labels, those of two counts, and of a label that is short but tells.
const SHARES: usize = 65;
const COUNTS: usize = 17;
const SHORT_LABEL: usize = 12;
const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

pub(super) const HEAD: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
pub(super) const BAD: Style = AnsiColor::Red.on_default();
pub(super) const WARN: Style = AnsiColor::Yellow.on_default();

/// Where a report goes, and how it looks there.
pub(super) struct Page<'o> {
    pub(super) out: &'o mut dyn Write,
    pub(super) looks: Looks,
}

fn render(report: &Report, looks: Looks, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { out, looks };
    page.read(report)?;
    page.verdicts(report)?;
    if report.read.scored == 0 {
        return page.line(WARN, "no record could be scored; the reasons are above");
    }
    page.overall(&report.sentiment)?;
    if let Some(corrected) = &report.corrected {
        page.corrected(corrected)?;
    }
    page.themes(report)?;
    if let Some(stars) = &report.stars {
        page.stars(stars)?;
    }
    page.mentions(report)?;
    for group in &report.groups {
        page.group(group)?;
    }
    page.words(&report.words.praise, &report.words.complaint)?;
    page.contrasts(report)?;
    page.quotes("Praise", GOOD, &report.quotes.praise)?;
    page.quotes("Complaints", BAD, &report.quotes.complaint)?;
    if let Some(timeline) = &report.timeline {
        page.timeline(timeline)?;
    }
    page.spikes(report)?;
    page.people(report)?;
    for note in &report.notes {
        page.wrapped(WARN, "", "  ", &format!("note: {}", esc(note)))?;
    }
    Ok(())
}

impl Page<'_> {
    pub(super) fn paint(&self, style: Style, text: &str) -> String {
        if self.looks.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(super) fn line(&mut self, style: Style, text: &str) -> io::Result<()> {
        let painted = self.paint(style, text);
        writeln!(self.out, "{painted}")
    }

    /// A text on as many lines as it takes, `first` before the first and `next` before the others.
    pub(super) fn wrapped(&mut self, style: Style, first: &str, next: &str, text: &str) -> io::Result<()> {
        let room = self.looks.width.saturating_sub(first.len().max(next.len())).max(20);
        for (at, line) in wrap(text, room).iter().enumerate() {
            self.line(style, &format!("{}{line}", if at == 0 { first } else { next }))?;
        }
        Ok(())
    }

    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out)?;
        wrap(text, self.looks.width.max(20)).iter().try_for_each(|line| self.line(HEAD, line))
    }

    fn read(&mut self, report: &Report) -> io::Result<()> {
        let read = &report.read;
        let mut parts =
            vec![format!("{} records", grouped(read.records)), format!("{} file{}", read.files, if read.files == 1 { "" } else { "s" })];
        if let Some(authors) = &read.authors {
            parts.push(format!("{}{} authors", if authors.exact { "" } else { "about " }, grouped(authors.count)));
        }
        if let (Some(from), Some(to)) = (&read.from, &read.to) {
            parts.push(format!("{from} to {to}"));
        }
        let languages: Vec<String> = read.languages.iter().take(6).map(|l| format!("{} {}", esc(&l.name), grouped(l.count))).collect();
        parts.push(languages.join(" "));
        self.wrapped(HEAD, "", "", &parts.join(" · "))?;
        writeln!(self.out, "{} scored + {} skipped + {} excluded", grouped(read.scored), grouped(read.skipped), grouped(read.excluded))?;
        for file in &report.files {
            if let Some(fault) = &file.fault {
                self.line(BAD, &format!("  {}: {}", esc(&file.name), esc(fault)))?;
            }
        }
        for skip in &read.reasons {
            let text = format!("{} {}: {} ({})", grouped(skip.count), skip.fate(), esc(&skip.reason), esc(&skip.places.join(", ")));
            self.wrapped(FAINT, "  ", "    ", &text)?;
        }
        Ok(())
    }

    fn overall(&mut self, s: &Sentiment) -> io::Result<()> {
        self.heading("Praise versus complaints")?;
        for (name, part, style) in
            [("praise", s.positive, GOOD), ("complaints", s.negative, BAD), ("mixed", s.mixed, WARN), ("neutral", s.neutral, FAINT)]
        {
            let bar = self.paint(style, &bar(part.share.value, BAR.min(self.looks.width.saturating_sub(AROUND_BAR).max(10))));
            writeln!(self.out, "  {name:<11}{:>11} {:>6.1} %  {bar}  {}", grouped(part.count), part.share.value * 100.0, bounds(&part))?;
        }
        writeln!(
            self.out,
            "  net {:+.1} points ({:+.1} to {:+.1}), mean score {:+.3}",
            s.net.value * 100.0,
            s.net.low * 100.0,
            s.net.high * 100.0,
            s.score.value
        )
    }

    fn corrected(&mut self, corrected: &Corrected) -> io::Result<()> {
        if let Some(reason) = &corrected.reason {
            return self.line(FAINT, &format!("  {}", esc(reason)));
        }
        let share =
            |(name, s): (&str, Estimate)| format!("{name} {:.1} % ({:.1} to {:.1})", s.value * 100.0, s.low * 100.0, s.high * 100.0);
        let shares: Vec<String> = corrected.shares().map(share).collect();
        writeln!(self.out, "  {}:", esc(&corrected.headline(grouped)))?;
        writeln!(self.out, "  {}", shares.join(", "))
    }

    fn stars(&mut self, stars: &Stars) -> io::Result<()> {
        self.heading("Stars against text")?;
        let rows: Vec<(String, &Sentiment)> = stars.rows.iter().map(|row| (row.stars.to_string(), &row.sentiment)).collect();
        self.table("stars", &rows)?;
        writeln!(
            self.out,
            "  {:.1} % of texts lean the way their stars do ({})",
            stars.agreement.share.value * 100.0,
            bounds(&stars.agreement)
        )?;
        for (says, title, style) in [("praise", "Praise with low stars", GOOD), ("complaint", "Complaints with high stars", BAD)] {
            let mut list = stars.clashes.iter().filter(|clash| clash.says == says).peekable();
            if list.peek().is_some() {
                self.line(FAINT, &format!("  {title}:"))?;
            }
            for clash in list {
                self.quote(&clash.quote, style)?;
                self.line(FAINT, &format!("    likely: {}", esc(&clash.reason)))?;
            }
        }
        Ok(())
    }

    fn group(&mut self, group: &Group) -> io::Result<()> {
        let field = esc(&group.field).into_owned();
        self.heading(&format!("By {field}"))?;
        let rows: Vec<(String, &Sentiment)> = group.values.iter().map(|row| (esc(&row.value).into_owned(), &row.sentiment)).collect();
        self.table(&field, &rows)?;
        if group.more > 0 {
            writeln!(self.out, "  and {} more", grouped(group.more))?;
        }
        Ok(())
    }

    fn table(&mut self, name: &str, rows: &[(String, &Sentiment)]) -> io::Result<()> {
        let longest = rows.iter().map(|(label, _)| label.width()).chain([name.width()]).max().unwrap_or(0).min(LABEL);
        // Counts of what is neither give way on narrow terminals, then labels.
        let counts = longest.min(SHORT_LABEL) + SHARES + COUNTS <= self.looks.width;
        let width = longest.min(self.looks.width.saturating_sub(SHARES + if counts { COUNTS } else { 0 })).max(1);
        let both = |mixed: &str, neutral: &str| if counts { format!("  {mixed:>6}  {neutral:>7}") } else { String::new() };
        let head = format!(
            "  {} {:>9}  {:>20}  {:>20}{}  {:>7}",
            fit(name, width),
            "records",
            "praise %",
            "complaints %",
            both("mixed", "neutral"),
            "net"
        );
        self.line(FAINT, &head)?;
        for (label, s) in rows {
            let praise = self.paint(GOOD, &format!("{:>20}", ranged(&s.positive)));
            let complaints = self.paint(BAD, &format!("{:>20}", ranged(&s.negative)));
            writeln!(
                self.out,
                "  {} {:>9}  {praise}  {complaints}{}  {:>+7.1}",
                fit(label, width),
                grouped(s.records),
                both(&grouped(s.mixed.count), &grouped(s.neutral.count)),
                s.net.value * 100.0
            )?;
        }
        Ok(())
    }

    fn words(&mut self, praise: &[Word], complaint: &[Word]) -> io::Result<()> {
        for (title, style, words) in [("Words of praise", GOOD, praise), ("Words of complaint", BAD, complaint)] {
            if words.is_empty() {
                continue;
            }
            self.heading(title)?;
            let mut used = 0;
            for (at, word) in words.iter().enumerate() {
                let (term, count) = (esc(&word.term), grouped(word.count));
                let columns = term.width() + count.len() + 1;
                // Items stay whole: one that does not fit begins the next line.
                let fits = used + 3 + columns <= self.looks.width;
                let before = if at == 0 {
                    "  "
                } else if fits {
                    " · "
                } else {
                    "\n  "
                };
                used = columns + if fits && at > 0 { used + 3 } else { 2 };
                let painted = self.paint(style, &term);
                write!(self.out, "{before}{painted} {count}")?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn quotes(&mut self, title: &str, style: Style, quotes: &[QuoteNote]) -> io::Result<()> {
        if quotes.is_empty() {
            return Ok(());
        }
        self.heading(title)?;
        quotes.iter().try_for_each(|quote| self.quote(quote, style))
    }

    pub(super) fn quote(&mut self, quote: &QuoteNote, style: Style) -> io::Result<()> {
        let mark = self.paint(style, "▌");
        for line in wrap(&esc(&quote.text), self.looks.width.saturating_sub(4).max(20)) {
            writeln!(self.out, "  {mark} {line}")?;
        }
        let by = [
            quote.author.clone(),
            quote.date.clone(),
            quote.stars.map(|stars| "★".repeat(usize::from(stars.min(10)))),
            Some(quote.place.clone()),
        ];
        let by: Vec<String> = by.into_iter().flatten().map(|part| esc(&part).into_owned()).collect();
        self.wrapped(FAINT, "    ", "    ", &format!("{} ({:+.2}){}", by.join(", "), quote.score, quote.times()))
    }

    fn timeline(&mut self, timeline: &Timeline) -> io::Result<()> {
        let periods = &timeline.periods;
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Ok(()) };
        self.heading(&format!("By {}, {} to {}", timeline.unit, first.start, last.start))?;
        #[allow(clippy::cast_precision_loss)] // counts are far below 2⁵²
        let most = periods.iter().map(|p| p.sentiment.records).max().unwrap_or(0) as f64;
        #[allow(clippy::cast_precision_loss)]
        let volume: Vec<Option<f64>> =
            periods.iter().map(|p| (p.sentiment.records > 0).then(|| p.sentiment.records as f64 / most.max(1.0))).collect();
        let share = |part: fn(&Sentiment) -> Part| -> Vec<Option<f64>> {
            periods.iter().map(|p| (p.sentiment.records > 0).then(|| part(&p.sentiment).share.value)).collect()
        };
        for (name, values, style, top) in [
            ("records", volume, FAINT, grouped(periods.iter().map(|p| p.sentiment.records).max().unwrap_or(0))),
            ("praise", share(|s| s.positive), GOOD, "100 %".to_owned()),
            ("complaints", share(|s| s.negative), BAD, "100 %".to_owned()),
        ] {
            let line = self.paint(style, &sparkline(&values, self.looks.width.saturating_sub(24).max(10)));
            writeln!(self.out, "  {name:<11}{line}  top {top}")?;
        }
        if timeline.undated > 0 {
            writeln!(self.out, "  {} scored records have no date", grouped(timeline.undated))?;
        }
        Ok(())
    }
}

/// A number with its digits in groups of three.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn bounds(part: &Part) -> String {
    format!("{:.1} to {:.1} %", part.share.low * 100.0, part.share.high * 100.0)
}

fn ranged(part: &Part) -> String {
    format!("{:.1} ({:.1} to {:.1})", part.share.value * 100.0, part.share.low * 100.0, part.share.high * 100.0)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // shares lie between 0 and 1
pub(super) fn bar(share: f64, columns: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share * (columns * 8) as f64).round() as usize;
    let filled = "█".repeat(eighths / 8) + PARTS[eighths % 8];
    let blank = columns.saturating_sub(filled.chars().count());
    filled + &" ".repeat(blank)
}

/// One sign per value, or per run of values when there are more than fit; a blank where there is none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // values lie between 0 and 1
fn sparkline(values: &[Option<f64>], width: usize) -> String {
    let run = values.len().div_ceil(width).max(1);
    let sign = |chunk: &[Option<f64>]| {
        let known: Vec<f64> = chunk.iter().flatten().copied().collect();
        if known.is_empty() {
            return ' ';
        }
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        EIGHTHS[((mean * 8.0) as usize).min(7)]
    };
    values.chunks(run).map(sign).collect()
}

/// A label of exactly `width` columns, cut with an ellipsis.
pub(super) fn fit(label: &str, width: usize) -> String {
    if label.width() <= width {
        return format!("{label}{}", " ".repeat(width - label.width()));
    }
    let mut out = String::new();
    let mut used = 0;
    for c in label.chars() {
        let next = c.width().unwrap_or(0);
        if used + next + 1 > width {
            break;
        }
        used += next;
        out.push(c);
    }
    format!("{out}…{}", " ".repeat(width.saturating_sub(used + 1)))
}

/// Lines of at most `width` columns, broken between words, or inside one that is longer.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        for piece in pieces(word, width) {
            let line = lines.last_mut().filter(|line| line.is_empty() || line.width() + 1 + piece.width() <= width);
            match line {
                Some(line) if line.is_empty() => line.push_str(&piece),
                Some(line) => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                None => lines.push(piece),
            }
        }
    }
    lines
}

fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for c in word.chars() {
        let next = c.width().unwrap_or(0);
        if used + next > width {
            pieces.push(String::new());
            used = 0;
        }
        used += next;
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}
