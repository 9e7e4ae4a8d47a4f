//! Subjects against each other, for the shell: who is mentioned with what, the gaps, who is said to be
//! better, and what only has the same name. Separate because these look at two subjects at a time.

use super::super::{BAD, FAINT, GOOD, HEAD, Page, WARN, fit, grouped, wrap};
use super::{Cell, Column, LEAST_NAME, MOST, NAME, PLAIN, QUOTED};
use crate::escape::terminal as esc;
use crate::report::{Ambiguous, Comparison, Gap, Matrix, MatrixRow};
use std::io;
use unicode_width::UnicodeWidthStr;

/// Columns of a name over a column.
const OVER: usize = 14;

impl Page<'_> {
    pub(super) fn matrix(&mut self, matrix: &Matrix) -> io::Result<()> {
        self.heading("Who is mentioned with what: posts, and net of the subject")?;
        let (holders, alone): (Vec<_>, Vec<_>) = matrix.rows.iter().partition(|row| row.name.is_some());
        let rows: Vec<&MatrixRow> = holders.into_iter().take(MOST).chain(alone).collect();
        let label = |row: &&MatrixRow| vec![(row.name.as_deref().map_or("none of them".into(), esc).into_owned(), PLAIN)];
        let mut table: Vec<Vec<Cell>> = rows.iter().map(label).collect();
        let mut titles = vec![String::new()];
        for column in matrix.columns.iter().take(MOST) {
            let cells: Vec<Cell> = rows.iter().map(|row| matrix_cell(column.of(row))).collect();
            let title = esc(&column.name);
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
        let hidden = matrix.columns.len() + 1 - titles.len() + matrix.rows.len() - rows.len();
        let titles: Vec<Column> = titles.iter().map(|title| (title.as_str(), true)).collect();
        self.grid(&titles, &table)?;
        if rows.iter().flat_map(|row| &row.cells).any(|cell| cell.few) {
            self.legend("* fewer than ten posts: too few to compare shares")?;
        }
        self.more(hidden, 0)
    }

    pub(super) fn gaps(&mut self, gaps: &[Gap]) -> io::Result<()> {
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

    pub(super) fn comparisons(&mut self, list: &[Comparison]) -> io::Result<()> {
        if list.is_empty() {
            return Ok(());
        }
        self.heading("Compared with each other")?;
        for one in list.iter().take(MOST) {
            self.comparison(one)?;
        }
        self.more(list.len(), MOST)?;
        if list.iter().take(MOST).any(|one| one.few) {
            self.legend("* fewer than ten are decided: too few to compare shares")?;
        }
        Ok(())
    }

    fn comparison(&mut self, one: &Comparison) -> io::Result<()> {
        let room = (self.looks.width.saturating_sub(40) / 2).clamp(LEAST_NAME, NAME);
        let cut = |name: &str| fit(&esc(name), esc(name).width().min(room));
        let (name, other) = (cut(&one.name), cut(&one.other));
        let score = format!("{} : {}", grouped(one.wins.count), grouped(one.losses));
        let share = &one.wins.share;
        let share = if one.few {
            " *".to_owned()
        } else {
            let range = format!(" ({:.1} to {:.1})", share.low * 100.0, share.high * 100.0);
            let share = format!("  {:.1} %", share.value * 100.0);
            let taken = [name.as_str(), &score, &other, &share, &range].iter().map(|text| text.width()).sum::<usize>();
            if taken + 4 <= self.looks.width { share + &range } else { share }
        };
        let score = self.paint(HEAD, &score);
        writeln!(self.out, "  {name} {score} {other}{share}")?;
        let details = details(one, &name, &other);
        if details.is_empty() { Ok(()) } else { self.hanging(FAINT, &details) }
    }

    pub(super) fn ambiguous(&mut self, list: &[Ambiguous]) -> io::Result<()> {
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

/// On what, who went over to whom, and what was left open.
fn details(one: &Comparison, name: &str, other: &str) -> String {
    let mut details = Vec::new();
    let on: Vec<String> = one.on.iter().map(|on| format!("{} {} : {}", esc(&on.name), grouped(on.wins), grouped(on.losses))).collect();
    if !on.is_empty() {
        details.push(format!("on {}", on.join(", ")));
    }
    let flows = [(other, name, one.switches_to), (name, other, one.switches_from)];
    let flows: Vec<String> =
        flows.iter().filter(|flow| flow.2 > 0).map(|(from, to, count)| format!("{from} → {to} {}", grouped(*count))).collect();
    if !flows.is_empty() {
        details.push(format!("switched {}", flows.join(", ")));
    }
    if one.draws > 0 {
        details.push(format!("undecided {}", grouped(one.draws)));
    }
    details.join("; ")
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
