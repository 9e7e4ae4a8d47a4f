//! What is said of subjects, as Markdown tables. Separate because it is there only when somebody listens.

use super::{esc, interval, percent, points, points_interval, quote, share};
use crate::report::{Ambiguous, Change, Comparison, Count, Gap, Matrix, MatrixColumn, Mentions, Report, SubjectRow};
use std::io::{self, Write};

/// Most rows of a table and columns of the matrix; all are in the JSON.
const MOST: usize = 25;
const COLUMNS: usize = 10;
/// Most subjects and aspects that are quoted.
const QUOTED: usize = 5;

pub(super) fn mentions(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let Some(mentions) = &report.mentions else { return Ok(()) };
    writeln!(out, "## Mentions\n\n{} of {} records mention any subject or aspect.\n", mentions.records, report.read.records)?;
    let (holders, subjects): (Vec<&SubjectRow>, Vec<&SubjectRow>) = mentions.subjects.iter().partition(|row| row.kind.holds());
    subject_table("Brands, products, competitors", &holders, out)?;
    subject_table("Subjects", &subjects, out)?;
    subject_table("Aspects", &mentions.aspects.iter().collect::<Vec<_>>(), out)?;
    discovered(mentions, out)?;
    if let Some(table) = &mentions.matrix {
        matrix(table, out)?;
        gaps(&table.gaps, out)?;
    }
    comparisons(&mentions.comparisons, out)?;
    ambiguous(mentions, out)
}

fn subject_table(title: &str, rows: &[&SubjectRow], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "### {title}\n")?;
    writeln!(out, "| Name | Kind | Posts | Share of voice | Praise | Complaints | Net | Change |\n|---|---|--:|---|---|---|---|---|")?;
    for row in rows.iter().take(MOST) {
        let s = &row.sentiment;
        let few = if row.few { "\\*" } else { "" };
        write!(out, "| {} | {} | {}{few} | {} |", esc(&row.name), row.kind.name(), row.posts, share(&row.voice))?;
        if s.records == 0 {
            writeln!(out, " | | | |")?;
            continue;
        }
        writeln!(
            out,
            " {} | {} | {} ({}) | {} |",
            share(&s.positive),
            share(&s.negative),
            points(s.net.value),
            points_interval(&s.net),
            row.change.as_ref().map(change).unwrap_or_default()
        )?;
    }
    writeln!(out)?;
    more(rows.len(), MOST, out)?;
    if rows.iter().take(MOST).any(|row| row.few) {
        writeln!(out, "\\* Fewer than ten scored posts: too few to compare shares.\n")?;
    }
    for row in rows.iter().take(QUOTED) {
        subject(row, out)?;
    }
    Ok(())
}

fn more(all: usize, shown: usize, out: &mut dyn Write) -> io::Result<()> {
    if all > shown { writeln!(out, "The others are in the JSON report.\n") } else { Ok(()) }
}

fn change(change: &Change) -> String {
    format!("{} ({}) since {}", points(change.difference.value), points_interval(&change.difference), change.since)
}

fn subject(row: &SubjectRow, out: &mut dyn Write) -> io::Result<()> {
    let list =
        |reasons: &[Count]| reasons.iter().map(|reason| format!("{} {}", esc(&reason.name), reason.count)).collect::<Vec<_>>().join(", ");
    let mut said = Vec::new();
    if !row.praised_for.is_empty() {
        said.push(format!("praised for {}", list(&row.praised_for)));
    }
    if !row.criticised_for.is_empty() {
        said.push(format!("criticised for {}", list(&row.criticised_for)));
    }
    let quotes: Vec<_> = row.quotes.praise.first().into_iter().chain(row.quotes.complaint.first()).collect();
    if said.is_empty() && quotes.is_empty() {
        return Ok(());
    }
    let colon = if said.is_empty() { "" } else { ": " };
    writeln!(out, "**{}**{colon}{}\n", esc(&row.name), said.join("; "))?;
    quotes.into_iter().try_for_each(|one| quote(one, out))
}

fn discovered(mentions: &Mentions, out: &mut dyn Write) -> io::Result<()> {
    if mentions.discovered.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Also talked of, in no vocabulary\n\n| Name | Records | Praise | Complaints |\n|---|--:|--:|--:|")?;
    for one in &mentions.discovered {
        let about = if one.estimated { "about " } else { "" };
        writeln!(out, "| {} | {about}{} | {} | {} |", esc(&one.name), one.records, one.positive, one.negative)?;
    }
    writeln!(out)
}

fn matrix(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    let columns = matrix.columns.get(..COLUMNS).unwrap_or(&matrix.columns);
    writeln!(out, "### Who is mentioned with what\n\nPosts that mention both, and the net share of the subject.\n")?;
    writeln!(out, "| | {} |", columns.iter().map(|column| esc(&column.name)).collect::<Vec<_>>().join(" | "))?;
    writeln!(out, "|---|{}", "--:|".repeat(columns.len()))?;
    let (holders, alone): (Vec<_>, Vec<_>) = matrix.rows.iter().partition(|row| row.name.is_some());
    for row in holders.into_iter().take(MOST).chain(alone) {
        let cell = |column: &MatrixColumn| match column.of(row) {
            Some(cell) if cell.few => format!("{}\\*", cell.records),
            Some(cell) => format!("{} ({})", cell.records, points(cell.net.value)),
            None => String::new(),
        };
        let cells: Vec<String> = columns.iter().map(cell).collect();
        writeln!(out, "| {} | {} |", row.name.as_deref().map_or("none of them".to_owned(), esc), cells.join(" | "))?;
    }
    writeln!(out)?;
    if matrix.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.few) {
        writeln!(out, "\\* Fewer than ten posts: too few to compare shares.\n")?;
    }
    more(matrix.columns.len() + matrix.rows.len(), columns.len() + matrix.rows.len().min(MOST + 1), out)
}

fn gaps(gaps: &[Gap], out: &mut dyn Write) -> io::Result<()> {
    if gaps.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Gaps: talked of, but seldom with a brand of yours\n")?;
    writeln!(out, "| Subject | Posts | With yours | Share | With a competitor | With nobody |\n|---|--:|--:|---|--:|--:|")?;
    for gap in gaps {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            esc(&gap.name),
            gap.records,
            gap.ours.count,
            share(&gap.ours),
            gap.theirs,
            gap.alone
        )?;
    }
    writeln!(out)
}

fn comparisons(list: &[Comparison], out: &mut dyn Write) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Compared with each other\n")?;
    writeln!(out, "| Preferred | Wins | Losses | Other | Undecided | Share of wins | On | Switched to | Switched from |")?;
    writeln!(out, "|---|--:|--:|---|--:|---|---|--:|--:|")?;
    for one in list.iter().take(MOST) {
        let on: Vec<String> = one.on.iter().map(|on| format!("{} {} \\: {}", esc(&on.name), on.wins, on.losses)).collect();
        let won = if one.few { "\\*".to_owned() } else { format!("{} ({})", percent(one.wins.share.value), interval(&one.wins.share)) };
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {won} | {} | {} | {} |",
            esc(&one.name),
            one.wins.count,
            one.losses,
            esc(&one.other),
            one.draws,
            on.join(", "),
            one.switches_to,
            one.switches_from
        )?;
    }
    writeln!(out)?;
    more(list.len(), MOST, out)?;
    if list.iter().take(MOST).any(|one| one.few) {
        writeln!(out, "\\* Fewer than ten are decided: too few to compare shares.\n")?;
    }
    Ok(())
}

fn ambiguous(mentions: &Mentions, out: &mut dyn Write) -> io::Result<()> {
    if mentions.ambiguous.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Perhaps something else of the same name\n")?;
    writeln!(out, "| Subject | Mentions | Of | Near | Try |\n|---|--:|--:|---|---|")?;
    for Ambiguous { subject, mentions, of, around, suggestion } in &mentions.ambiguous {
        let around: Vec<String> = around.iter().map(|near| format!("{} {}", esc(&near.words), near.count)).collect();
        writeln!(out, "| {} | {mentions} | {of} | {} | {} |", esc(subject), around.join(", "), esc(suggestion))?;
    }
    writeln!(out)
}
