//! The report's tables as one flat CSV: a row per total, rating, value and period, then words, then what is
//! said of subjects. Made for spreadsheets, so cells that would be formulas are text.

mod contrasts;
mod mentions;
mod people;
mod spikes;
mod themes;
mod verdicts;

use super::{Looks, Part, Renderer, Report, Sentiment, Word};
use crate::escape::spreadsheet;
use std::io::{self, Write};

pub const RENDERER: Renderer = Renderer { name: "csv", endings: &["csv"], render };

const HEADER: [&str; 23] = [
    "section",
    "name",
    "records",
    "praise",
    "complaints",
    "mixed",
    "neutral",
    "praise_share",
    "praise_low",
    "praise_high",
    "complaint_share",
    "complaint_low",
    "complaint_high",
    "net",
    "net_low",
    "net_high",
    "mean_score",
    "score_low",
    "score_high",
    "points",
    "share",
    "share_low",
    "share_high",
];
/// The column of points.
const POINTS: usize = 19;

fn render(report: &Report, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    let mut row = |section: &str, name: &str, sentiment: &Sentiment| table.write_record(cells(section, name, sentiment));
    row("total", "all", &report.sentiment)?;
    for stars in report.stars.iter().flat_map(|stars| &stars.rows) {
        row("stars", &stars.stars.to_string(), &stars.sentiment)?;
    }
    for group in &report.groups {
        for value in &group.values {
            row(&group.field, &value.value, &value.sentiment)?;
        }
    }
    if let Some(timeline) = &report.timeline {
        for period in &timeline.periods {
            row(&timeline.unit, &period.start, &period.sentiment)?;
        }
    }
    for (section, words) in [("praise word", &report.words.praise), ("complaint word", &report.words.complaint)] {
        for word in words {
            table.write_record(word_cells(section, word))?;
        }
    }
    for (name, count) in [
        ("records read", report.read.records),
        ("scored", report.read.scored),
        ("skipped", report.read.skipped),
        ("excluded", report.read.excluded),
    ] {
        table.write_record(blank_after(&["read".to_owned(), name.to_owned(), count.to_string()]))?;
    }
    for row in report.mentions.iter().flat_map(mentions::rows) {
        table.write_record(row)?;
    }
    for rows in [verdicts::rows, themes::rows, contrasts::rows, spikes::rows, people::rows] {
        rows(report).into_iter().try_for_each(|row| table.write_record(row))?;
    }
    table.flush()
}

fn cells(section: &str, name: &str, s: &Sentiment) -> Vec<String> {
    let mut cells = vec![spreadsheet(section).into_owned(), spreadsheet(name).into_owned(), s.records.to_string()];
    cells.extend([s.positive, s.negative, s.mixed, s.neutral].iter().map(|part| part.count.to_string()));
    let bounds = |part: &Part| [part.share.value, part.share.low, part.share.high];
    let numbers =
        [bounds(&s.positive), bounds(&s.negative), [s.net.value, s.net.low, s.net.high], [s.score.value, s.score.low, s.score.high]];
    cells.extend(numbers.iter().flatten().map(f64::to_string));
    cells.resize(HEADER.len(), String::new());
    cells
}

fn word_cells(section: &str, word: &Word) -> Vec<String> {
    let mut cells = blank_after(&[section.to_owned(), spreadsheet(&word.term).into_owned(), word.count.to_string()]);
    if let Some(points) = cells.get_mut(POINTS) {
        *points = word.points.to_string();
    }
    cells
}

fn blank_after(first: &[String; 3]) -> Vec<String> {
    let mut cells = first.to_vec();
    cells.resize(HEADER.len(), String::new());
    cells
}
