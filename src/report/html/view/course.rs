//! The course over time on the page. In: the timeline and spikes. Out: the chart with its marks, and the table
//! beside it. Separate because the chart shows all periods and the table the last ones.

use super::{Links, Room};
use crate::report::html::chart;
use crate::report::{Period, Sentiment, Spikes, Timeline};
use minijinja::value::Value;
use serde::Serialize;

/// Most marks in the chart; more would cover each other.
const MARKS: usize = 9;

/// The course.
#[derive(Serialize)]
pub struct CourseView<'r> {
    unit: &'r str,
    chart: Value,
    marked: usize,
    periods: Vec<PeriodView<'r>>,
    all: usize,
    undated: u64,
}

#[derive(Serialize)]
struct PeriodView<'r> {
    start: &'r str,
    sentiment: &'r Sentiment,
    praise: Option<String>,
    complaint: Option<String>,
}

/// Draws and links it.
pub fn course<'r>(timeline: &'r Timeline, spikes: Option<&Spikes>, room: Room, links: &Links) -> CourseView<'r> {
    let periods = &timeline.periods;
    let found = spikes.map_or(&[][..], |spikes| &spikes.found);
    let mut marks: Vec<(usize, String, &str)> = Vec::new();
    for (number, spike) in found.iter().take(MARKS).enumerate() {
        let at = periods.partition_point(|period| period.start <= spike.start);
        if let Some(at) = at.checked_sub(1) {
            let side = if spike.side == "praise" { "praise" } else { "complaint" };
            match marks.iter_mut().find(|(there, ..)| *there == at) {
                Some((_, text, _)) => text.extend([", ".to_owned(), (number + 1).to_string()]),
                None => marks.push((at, (number + 1).to_string(), side)),
            }
        }
    }
    let first = periods.len().saturating_sub(room.periods);
    let view = |(at, period): (usize, &'r Period)| {
        let end = periods.get(at + 1).map(|next| next.start.as_str());
        let quote = |side| links.quotes.between(&period.start, end, side);
        PeriodView { start: &period.start, sentiment: &period.sentiment, praise: quote("praise"), complaint: quote("complaint") }
    };
    CourseView {
        unit: &timeline.unit,
        chart: Value::from_safe_string(chart::course(timeline, &marks)),
        marked: marks.len(),
        periods: periods.iter().enumerate().skip(first).map(view).collect(),
        all: periods.len(),
        undated: timeline.undated,
    }
}
