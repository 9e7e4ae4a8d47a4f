//! What is said of subjects, for the shell: tables as wide as the terminal, then who is compared with whom.
//! Separate because it is there only when somebody listens.

mod pairs;

use super::{BAD, FAINT, GOOD, HEAD, Page, fit, grouped, sparkline, wrap};
use crate::escape::terminal as esc;
use crate::report::{Change, Count, Mentions, Report, SubjectRow, Timeline};
use crate::stats::Estimate;
use anstyle::Style;
use std::io;
use unicode_width::UnicodeWidthStr;

/// Most subjects, aspects, rows and columns of the matrix, and comparisons that are shown; all are in the
/// JSON.
const MOST: usize = 12;
/// Most subjects and aspects that are quoted.
const QUOTED: usize = 5;
const ASPECTS_QUOTED: usize = 3;
/// Columns of the longest name, and of the least that is left of one.
const NAME: usize = 40;
const LEAST_NAME: usize = 8;
/// Columns of a sparkline.
const SPARK: usize = 16;

/// A cell with its colour.
type Cell = (String, Style);

/// The title of a column, and whether it is flush right, as numbers are.
type Column<'t> = (&'t str, bool);

const PLAIN: Style = Style::new();

/// Title of the number of posts, with room for a mark, and of the arrow.
const POSTS: &str = "posts ";
const CHANGE: &str = "";

impl Page<'_> {
    pub(super) fn mentions(&mut self, report: &Report) -> io::Result<()> {
        let Some(mentions) = &report.mentions else { return Ok(()) };
        if !mentions.subjects.is_empty() || !mentions.aspects.is_empty() {
            self.heading("Mentions")?;
            let (some, all) = (grouped(mentions.records), grouped(report.read.records));
            for line in wrap(&format!("{some} of {all} records mention any subject or aspect"), self.looks.width.saturating_sub(2).max(20))
            {
                writeln!(self.out, "  {line}")?;
            }
        }
        let rows = || mentions.subjects.iter().chain(&mentions.aspects);
        if rows().next().is_some() {
            self.legend("voice: % of the posts on all of a table; praise, complaints, net: % of its scored posts")?;
        }
        if rows().any(|row| row.change.is_some()) {
            self.legend("↑ ↓ →: net in the second half of the time is higher, lower, or no different beyond chance")?;
        }
        let mut shown = Vec::new();
        let (holders, subjects): (Vec<&SubjectRow>, Vec<&SubjectRow>) = mentions.subjects.iter().partition(|row| row.kind.holds());
        for (title, rows) in [("Brands, products, competitors", holders), ("Subjects", subjects)] {
            self.subjects(title, &rows, report.timeline.as_ref())?;
            for row in rows.iter().take(QUOTED) {
                self.subject(row, &mut shown)?;
            }
        }
        self.aspects(mentions, report.timeline.as_ref(), &mut shown)?;
        if let Some(matrix) = &mentions.matrix {
            self.matrix(matrix)?;
            self.gaps(&matrix.gaps)?;
        }
        self.comparisons(&mentions.comparisons)?;
        self.ambiguous(&mentions.ambiguous)
    }

    fn aspects<'r>(&mut self, mentions: &'r Mentions, timeline: Option<&Timeline>, shown: &mut Vec<&'r str>) -> io::Result<()> {
        let rows: Vec<&SubjectRow> = mentions.aspects.iter().collect();
        self.subjects("Aspects", &rows, timeline)?;
        for row in rows.iter().take(ASPECTS_QUOTED) {
            self.subject(row, shown)?;
        }
        if mentions.discovered.is_empty() {
            return Ok(());
        }
        self.heading("Also talked of, in no vocabulary: records, praise : complaints")?;
        let about = if mentions.discovered.iter().any(|one| one.estimated) { "about " } else { "" };
        let list: Vec<String> = mentions
            .discovered
            .iter()
            .map(|one| {
                format!("{} {about}{} ({} : {})", esc(&one.name), grouped(one.records), grouped(one.positive), grouped(one.negative))
            })
            .collect();
        for line in wrap(&list.join(", "), self.looks.width.saturating_sub(2).max(20)) {
            writeln!(self.out, "  {line}")?;
        }
        Ok(())
    }

    fn subjects(&mut self, title: &str, rows: &[&SubjectRow], timeline: Option<&Timeline>) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        self.heading(title)?;
        let shown = rows.get(..MOST).unwrap_or(rows);
        let mut table: Vec<Vec<Cell>> = shown.iter().map(|row| subject_cells(row)).collect();
        let mut titles: Vec<Column> = [POSTS, "voice", "praise", "complaints", "net"].map(|title| (title, true)).to_vec();
        titles.insert(0, ("", false));
        titles.push((CHANGE, false));
        self.narrow(&mut titles, &mut table, shown);
        // What is wanted less comes later, if there is room.
        let kinds = shown.iter().any(|row| Some(row.kind) != shown.first().map(|first| first.kind));
        if kinds && self.has_room(&titles, &table, 12) {
            titles.insert(1, ("kind", false));
            table.iter_mut().zip(shown).for_each(|(cells, row)| cells.insert(1, (row.kind.name().to_owned(), FAINT)));
        }
        if let Some(timeline) = timeline.filter(|timeline| timeline.periods.len() > 1 && self.has_room(&titles, &table, SPARK + 2)) {
            titles.push(("posts over time", false));
            table.iter_mut().zip(shown).for_each(|(cells, row)| cells.push((course(row, timeline), FAINT)));
        }
        self.grid(&titles, &table)?;
        self.more(rows.len(), MOST)?;
        if shown.iter().any(|row| row.few) {
            self.legend("* fewer than ten scored posts: too few to compare shares")?;
        }
        Ok(())
    }

    /// In a narrow terminal, does without what is wanted least: the interval of net, then whole columns, until the rest
    /// fits beside names that gave way.
    fn narrow(&self, titles: &mut Vec<Column>, table: &mut [Vec<Cell>], rows: &[&SubjectRow]) {
        let fits = |titles: &[Column], table: &[Vec<Cell>]| {
            let widths = widths(titles, table);
            let taken: usize = widths.iter().skip(1).map(|width| width + 2).sum();
            2 + widths.first().map_or(0, |&name| name.min(LEAST_NAME)) + taken <= self.looks.width
        };
        if fits(titles, table) {
            return;
        }
        let place = |titles: &[Column], title: &str| titles.iter().skip(1).position(|(known, _)| *known == title).map(|at| at + 1);
        if let Some(at) = place(titles, "net") {
            for (cells, row) in table.iter_mut().zip(rows).filter(|(_, row)| row.sentiment.records > 0) {
                cells[at].0 = format!("{:+.1}", row.sentiment.net.value * 100.0);
            }
        }
        for title in ["voice", CHANGE, "net", POSTS] {
            if fits(titles, table) {
                return;
            }
            if let Some(at) = place(titles, title) {
                titles.remove(at);
                table.iter_mut().for_each(|cells| drop(cells.remove(at)));
            }
        }
    }

    /// Whether there is room for another column beside names of some length.
    fn has_room(&self, titles: &[Column], rows: &[Vec<Cell>], more: usize) -> bool {
        let longest = rows.iter().filter_map(|row| row.first()).map(|cell| cell.0.width()).max().unwrap_or(0);
        let taken: usize = widths(titles, rows).iter().skip(1).map(|width| width + 2).sum();
        2 + longest.min(NAME) + taken + more <= self.looks.width
    }

    /// A table whose first column gives way.
    fn grid(&mut self, titles: &[Column], rows: &[Vec<Cell>]) -> io::Result<()> {
        let mut widths = widths(titles, rows);
        let taken: usize = widths.iter().skip(1).map(|width| width + 2).sum();
        if let Some(first) = widths.first_mut() {
            *first = (*first).min(NAME).min(self.looks.width.saturating_sub(2 + taken).max(LEAST_NAME));
        }
        let head: Vec<Cell> = titles.iter().map(|(title, _)| ((*title).to_owned(), FAINT)).collect();
        for row in std::iter::once(&head).chain(rows) {
            let mut line = String::from("  ");
            for (at, (((text, style), &width), (_, right))) in row.iter().zip(&widths).zip(titles).enumerate() {
                let blank = " ".repeat(width.saturating_sub(text.width()));
                let padded = match (at, right) {
                    (0, _) => fit(text, width),
                    (_, true) => format!("  {blank}{text}"),
                    (_, false) => format!("  {text}{blank}"),
                };
                line.push_str(&self.paint(*style, &padded));
            }
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn more(&mut self, all: usize, shown: usize) -> io::Result<()> {
        if all > shown { self.line(FAINT, "  the others are in --format json") } else { Ok(()) }
    }

    /// For what a subject is praised and criticised, and one quote each that was not `shown` before.
    fn subject<'r>(&mut self, row: &'r SubjectRow, shown: &mut Vec<&'r str>) -> io::Result<()> {
        let quotes = [(&row.quotes.praise, GOOD), (&row.quotes.complaint, BAD)]
            .map(|(list, style)| (list.iter().find(|quote| !shown.contains(&quote.place.as_str())), style));
        if row.praised_for.is_empty() && row.criticised_for.is_empty() && quotes.iter().all(|(quote, _)| quote.is_none()) {
            return Ok(());
        }
        writeln!(self.out)?;
        let name = self
            .paint(HEAD, &fit(&esc(&row.name), esc(&row.name).width().min(NAME).min(self.looks.width.saturating_sub(2).max(LEAST_NAME))));
        writeln!(self.out, "  {name}")?;
        for (title, reasons) in [("praised for", &row.praised_for), ("criticised for", &row.criticised_for)] {
            self.reasons(title, reasons)?;
        }
        for (quote, style) in quotes {
            if let Some(quote) = quote {
                shown.push(&quote.place);
                self.quote(quote, style)?;
            }
        }
        Ok(())
    }

    fn reasons(&mut self, title: &str, reasons: &[Count]) -> io::Result<()> {
        if reasons.is_empty() {
            return Ok(());
        }
        let list: Vec<String> = reasons.iter().map(|reason| format!("{} {}", esc(&reason.name), grouped(reason.count))).collect();
        self.hanging(PLAIN, &format!("{title} {}", list.join(", ")))
    }

    fn legend(&mut self, text: &str) -> io::Result<()> {
        wrap(text, self.looks.width.saturating_sub(2).max(20)).iter().try_for_each(|line| self.line(FAINT, &format!("  {line}")))
    }

    /// Text that is broken to the width of the terminal, set in.
    fn hanging(&mut self, style: Style, text: &str) -> io::Result<()> {
        for line in wrap(text, self.looks.width.saturating_sub(4).max(20)) {
            self.line(style, &format!("    {line}"))?;
        }
        Ok(())
    }
}

/// Columns of the widest cell of each column.
fn widths(titles: &[Column], rows: &[Vec<Cell>]) -> Vec<usize> {
    let widest = |(at, (title, _)): (usize, &Column)| {
        rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.0.width()).chain([title.width()]).max()
    };
    titles.iter().enumerate().map(|column| widest(column).unwrap_or(0)).collect()
}

fn subject_cells(row: &SubjectRow) -> Vec<Cell> {
    let s = &row.sentiment;
    let share = |x: f64| if s.records == 0 { "–".to_owned() } else { format!("{:.1}", x * 100.0) };
    let (arrow, style) = match row.change.as_ref().map(Change::direction) {
        Some(1) => ("↑", GOOD),
        Some(-1) => ("↓", BAD),
        Some(_) => ("→", FAINT),
        None => ("", PLAIN),
    };
    vec![
        (esc(&row.name).into_owned(), PLAIN),
        (format!("{}{}", grouped(row.posts), if row.few { '*' } else { ' ' }), PLAIN),
        (format!("{:.1}", row.voice.share.value * 100.0), PLAIN),
        (share(s.positive.share.value), GOOD),
        (share(s.negative.share.value), BAD),
        (if s.records == 0 { "–".to_owned() } else { ranged(&s.net) }, PLAIN),
        (arrow.to_owned(), style),
    ]
}

fn ranged(net: &Estimate) -> String {
    format!("{:+.1} ({:+.1} to {:+.1})", net.value * 100.0, net.low * 100.0, net.high * 100.0)
}

/// Posts by period, against the subject's most.
#[allow(clippy::cast_precision_loss)] // counts are far below 2⁵²
fn course(row: &SubjectRow, timeline: &Timeline) -> String {
    let most = row.timeline.iter().map(|moment| moment.records).max().unwrap_or(0).max(1) as f64;
    let of = |start: &str| {
        let at = row.timeline.iter().position(|moment| moment.start == start)?;
        row.timeline.get(at).map(|moment| moment.records as f64 / most)
    };
    let values: Vec<Option<f64>> = timeline.periods.iter().map(|period| of(&period.start)).collect();
    sparkline(&values, SPARK)
}
