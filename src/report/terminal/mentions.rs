//! What is said of subjects, for the shell: tables as wide as the terminal, then who is compared with whom.
//! Separate because it is there only when somebody listens.

use super::{BAD, FAINT, GOOD, HEAD, Page, WARN, fit, grouped, sparkline, wrap};
use crate::escape::terminal as esc;
use crate::report::{Ambiguous, Change, Comparison, Count, Gap, Matrix, Mentions, Report, SubjectRow, Timeline};
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
/// Columns of the longest name, of the least that is left of one, and of one over a column.
const NAME: usize = 40;
const LEAST_NAME: usize = 8;
const OVER: usize = 14;
/// Columns of a sparkline.
const SPARK: usize = 16;

/// A cell with its colour.
type Cell = (String, Style);

/// The title of a column, and whether it is flush right, as numbers are.
type Column<'t> = (&'t str, bool);

const PLAIN: Style = Style::new();

impl Page<'_> {
    pub(super) fn mentions(&mut self, report: &Report) -> io::Result<()> {
        let Some(mentions) = &report.mentions else { return Ok(()) };
        if !mentions.subjects.is_empty() || !mentions.aspects.is_empty() {
            self.heading("Mentions")?;
            let (some, all) = (grouped(mentions.records), grouped(report.read.records));
            writeln!(self.out, "  {some} of {all} records mention any subject or aspect")?;
        }
        let (holders, subjects): (Vec<&SubjectRow>, Vec<&SubjectRow>) = mentions.subjects.iter().partition(|row| row.kind.holds());
        for (title, rows) in [("Brands, products, competitors", holders), ("Subjects", subjects)] {
            self.subjects(title, &rows, report.timeline.as_ref())?;
            for row in rows.iter().take(QUOTED) {
                self.subject(row)?;
            }
        }
        self.aspects(mentions, report.timeline.as_ref())?;
        if let Some(matrix) = &mentions.matrix {
            self.matrix(matrix)?;
            self.gaps(&matrix.gaps)?;
        }
        self.comparisons(&mentions.comparisons)?;
        self.ambiguous(&mentions.ambiguous)
    }

    fn aspects(&mut self, mentions: &Mentions, timeline: Option<&Timeline>) -> io::Result<()> {
        let rows: Vec<&SubjectRow> = mentions.aspects.iter().collect();
        self.subjects("Aspects", &rows, timeline)?;
        for row in rows.iter().take(ASPECTS_QUOTED) {
            self.subject(row)?;
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
        let mut titles: Vec<Column> = ["posts ", "voice", "praise", "complaints", "net"].map(|title| (title, true)).to_vec();
        titles.insert(0, ("", false));
        titles.push(("", false));
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
        if rows.iter().any(|row| row.few) {
            self.line(FAINT, "  * fewer than ten scored posts: too few to compare shares")?;
        }
        self.line(FAINT, "  voice: % of the posts of all in this table; praise, complaints, net: % of its own posts")
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

    /// For what a subject is praised and criticised, and one quote each.
    fn subject(&mut self, row: &SubjectRow) -> io::Result<()> {
        let quotes = [(row.quotes.praise.first(), GOOD), (row.quotes.complaint.first(), BAD)];
        if row.praised_for.is_empty() && row.criticised_for.is_empty() && quotes.iter().all(|(quote, _)| quote.is_none()) {
            return Ok(());
        }
        writeln!(self.out)?;
        let name = self.paint(HEAD, &fit(&esc(&row.name), esc(&row.name).width().min(NAME)));
        writeln!(self.out, "  {name}")?;
        for (title, reasons) in [("praised for", &row.praised_for), ("criticised for", &row.criticised_for)] {
            self.reasons(title, reasons)?;
        }
        for (quote, style) in quotes {
            if let Some(quote) = quote {
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

    /// Text that is broken to the width of the terminal, set in.
    fn hanging(&mut self, style: Style, text: &str) -> io::Result<()> {
        for line in wrap(text, self.looks.width.saturating_sub(4).max(20)) {
            self.line(style, &format!("    {line}"))?;
        }
        Ok(())
    }

    fn matrix(&mut self, matrix: &Matrix) -> io::Result<()> {
        self.heading("Who is mentioned with what: posts, and net of the subject")?;
        let none = "none of them".to_owned();
        let (named, alone): (Vec<_>, Vec<_>) = matrix.rows.iter().partition(|row| row.name.is_some());
        let rows: Vec<_> = named.iter().take(MOST).chain(&alone).collect();
        let names: Vec<String> = rows.iter().map(|row| row.name.as_deref().map_or(none.clone(), |name| esc(name).into_owned())).collect();
        let mut table: Vec<Vec<Cell>> = names.iter().map(|name| vec![(name.clone(), PLAIN)]).collect();
        let mut titles = vec![String::new()];
        for column in matrix.columns.iter().take(MOST) {
            let cells: Vec<Cell> = rows.iter().map(|row| matrix_cell(row.cells.iter().find(|cell| cell.name == *column))).collect();
            let title = esc(column);
            let title = fit(&title, title.width().min(OVER));
            let width = cells.iter().map(|cell| cell.0.width()).chain([title.width()]).max().unwrap_or(0);
            let known: Vec<Column> = titles.iter().map(|title| (title.as_str(), true)).collect();
            // The first is always shown.
            if titles.len() > 1 && !self.has_room(&known, &table, width + 2) {
                break;
            }
            titles.push(title);
            table.iter_mut().zip(cells).for_each(|(row, cell)| row.push(cell));
        }
        let shown = titles.len() - 1;
        let titles: Vec<Column> = titles.iter().map(|title| (title.as_str(), true)).collect();
        self.grid(&titles, &table)?;
        self.more(matrix.columns.len().max(shown), shown)
    }

    fn gaps(&mut self, gaps: &[Gap]) -> io::Result<()> {
        if gaps.is_empty() {
            return Ok(());
        }
        self.heading("Gaps: talked of, but seldom with a brand of yours")?;
        for gap in gaps.iter().take(QUOTED) {
            let text = format!(
                "{}: {} posts, {} with yours ({:.1} %), {} with a competitor, {} with nobody",
                esc(&gap.name),
                grouped(gap.records),
                grouped(gap.ours.count),
                gap.ours.share.value * 100.0,
                grouped(gap.theirs),
                grouped(gap.alone)
            );
            for (at, line) in wrap(&text, self.looks.width.saturating_sub(4).max(20)).into_iter().enumerate() {
                writeln!(self.out, "{}{line}", if at == 0 { "  " } else { "    " })?;
            }
        }
        Ok(())
    }

    fn comparisons(&mut self, list: &[Comparison]) -> io::Result<()> {
        if list.is_empty() {
            return Ok(());
        }
        self.heading("Compared with each other")?;
        for one in list.iter().take(MOST) {
            self.comparison(one)?;
        }
        self.more(list.len(), MOST)?;
        if list.iter().take(MOST).any(|one| one.few) {
            self.line(FAINT, "  * fewer than ten are decided: too few to compare shares")?;
        }
        Ok(())
    }

    fn comparison(&mut self, one: &Comparison) -> io::Result<()> {
        let room = (self.looks.width.saturating_sub(40) / 2).clamp(LEAST_NAME, NAME);
        let cut = |name: &str| fit(&esc(name), esc(name).width().min(room));
        let (name, other) = (cut(&one.name), cut(&one.other));
        let score = self.paint(HEAD, &format!("{} : {}", grouped(one.wins.count), grouped(one.losses)));
        let share = &one.wins.share;
        let share = match one.few {
            true => " *".to_owned(),
            false => format!("  {:.1} % ({:.1} to {:.1})", share.value * 100.0, share.low * 100.0, share.high * 100.0),
        };
        writeln!(self.out, "  {name} {score} {other}{share}")?;
        let mut details = Vec::new();
        let on: Vec<String> = one.on.iter().map(|on| format!("{} {} : {}", esc(&on.name), grouped(on.wins), grouped(on.losses))).collect();
        if !on.is_empty() {
            details.push(format!("on {}", on.join(", ")));
        }
        let flows = [(&other, &name, one.switches_to), (&name, &other, one.switches_from)];
        let flows: Vec<String> =
            flows.iter().filter(|flow| flow.2 > 0).map(|(from, to, count)| format!("{from} → {to} {}", grouped(*count))).collect();
        if !flows.is_empty() {
            details.push(format!("switched {}", flows.join(", ")));
        }
        if one.draws > 0 {
            details.push(format!("undecided {}", grouped(one.draws)));
        }
        if details.is_empty() { Ok(()) } else { self.hanging(FAINT, &details.join("; ")) }
    }

    fn ambiguous(&mut self, list: &[Ambiguous]) -> io::Result<()> {
        if list.is_empty() {
            return Ok(());
        }
        self.heading("Perhaps something else of the same name")?;
        for one in list {
            let around: Vec<String> = one.around.iter().map(|near| format!("\"{}\" {}", esc(&near.words), grouped(near.count))).collect();
            let near = if around.is_empty() { String::new() } else { format!(", near {}", around.join(", ")) };
            let text = format!("{}: {} of {} mentions{near}", esc(&one.subject), grouped(one.mentions), grouped(one.of));
            for line in wrap(&text, self.looks.width.saturating_sub(4).max(20)) {
                writeln!(self.out, "  {line}")?;
            }
            if !one.suggestion.is_empty() {
                self.hanging(WARN, &format!("try: {}", esc(&one.suggestion)))?;
            }
        }
        Ok(())
    }
}

/// Columns of the widest cell of each column.
fn widths(titles: &[Column], rows: &[Vec<Cell>]) -> Vec<usize> {
    let widest = |(at, (title, _)): (usize, &Column)| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.0.width()).chain([title.width()]).max();
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

fn matrix_cell(cell: Option<&crate::report::Cell>) -> Cell {
    let Some(cell) = cell else { return ("–".to_owned(), FAINT) };
    if cell.few {
        return (format!("{}*", grouped(cell.records)), FAINT);
    }
    let style = if cell.net.low > 0.0 {
        GOOD
    } else if cell.net.high < 0.0 {
        BAD
    } else {
        PLAIN
    };
    (format!("{} {:+.1}", grouped(cell.records), cell.net.value * 100.0), style)
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
