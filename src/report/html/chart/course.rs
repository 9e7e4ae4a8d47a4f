//! Praise and complaints over time: two lines with their intervals, the records below. In: periods and what
//! stands out in them. Out: SVG. Separate because it alone has axes.

use super::{length, open};
use crate::report::html::numbers::{count, percent};
use crate::report::{Part, Period, Sentiment, Timeline};
use std::fmt::Write;

/// Most points; more periods are thinned by showing each second, third and so on.
const POINTS: usize = 400;
const LINES: u32 = 220;
const VOLUME: u32 = 56;
const HEAD: u32 = 26;
const FOOT: u32 = 24;

/// The chart; `marks` are numbers of periods with what is written there. Nothing for less than two periods
/// with records.
pub fn course(timeline: &Timeline, marks: &[(usize, String, &str)]) -> String {
    let step = timeline.periods.len().div_ceil(POINTS).max(1);
    let periods: Vec<&Period> = timeline.periods.iter().step_by(step).collect();
    if periods.iter().filter(|period| period.sentiment.records > 0).count() < 2 {
        return String::new();
    }
    let top = top(&periods);
    let mut out = open("course", HEAD + LINES + VOLUME + FOOT, &format!("Praise and complaints by {}", timeline.unit), &told(timeline));
    for (at, share) in [(0.0, top), (0.5, top / 2.0), (1.0, 0.0)] {
        let y = length(f64::from(LINES).mul_add(at, f64::from(HEAD)));
        let _ = write!(out, "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>");
        let _ = write!(out, "<text class=\"tick\" x=\"0\" y=\"{y}\" dy=\"-4\">{}</text>", percent(share));
    }
    let _ = write!(
        out,
        "<svg y=\"{HEAD}\" width=\"100%\" height=\"{LINES}\" viewBox=\"0 0 {} 100\" preserveAspectRatio=\"none\">",
        periods.len()
    );
    for (class, part) in [("praise", praise as fn(&Sentiment) -> &Part), ("complaint", complaints)] {
        out.push_str(&side(&periods, class, part, top));
    }
    out.push_str("</svg>");
    out.push_str(&volume(&periods));
    labels(&periods, &mut out);
    for (at, text, side) in marks {
        let x = length((*at as f64 / step as f64).mul_add(100.0, 50.0) / periods.len() as f64);
        let _ = write!(
            out,
            "<line class=\"mark {side}\" x1=\"{x}%\" x2=\"{x}%\" y1=\"{HEAD}\" y2=\"{}\"/>\
             <text class=\"mark {side}\" x=\"{x}%\" y=\"{}\" text-anchor=\"middle\">{text}</text>",
            HEAD + LINES,
            HEAD - 8
        );
    }
    out + "</svg>"
}

const fn praise(sentiment: &Sentiment) -> &Part {
    &sentiment.positive
}

const fn complaints(sentiment: &Sentiment) -> &Part {
    &sentiment.negative
}

/// The end of the scale of shares, in steps of ten per cent; wide intervals of sparse periods are cut.
fn top(periods: &[&Period]) -> f64 {
    let sides = |period: &&Period| [period.sentiment.positive.share, period.sentiment.negative.share];
    let highest = periods.iter().flat_map(sides).map(|share| share.value.max(share.value.midpoint(share.high))).fold(0.0, f64::max);
    ((highest * 10.0).ceil() / 10.0).clamp(0.1, 1.0)
}

/// Band and line of one side, broken where there are no records.
fn side(periods: &[&Period], class: &str, part: fn(&Sentiment) -> &Part, top: f64) -> String {
    let y = |share: f64| length((1.0 - (share / top).clamp(0.0, 1.0)) * 100.0);
    let numbered: Vec<(usize, &Period)> = periods.iter().enumerate().map(|(at, period)| (at, *period)).collect();
    let (mut bands, mut lines) = (String::new(), String::new());
    for run in numbered.split(|(_, period)| period.sentiment.records == 0).filter(|run| !run.is_empty()) {
        let points = |bound: fn(&Part) -> f64| -> Vec<String> {
            run.iter().map(|(at, period)| format!("{at}.5 {}", y(bound(part(&period.sentiment))))).collect()
        };
        let (high, mut low, middle) = (points(|part| part.share.high), points(|part| part.share.low), points(|part| part.share.value));
        low.reverse();
        let _ = write!(bands, "M{}L{}z", high.join("L"), low.join("L"));
        // A line of no length is a dot.
        let _ = write!(lines, "M{}{}", middle.join("L"), if run.len() == 1 { "h0" } else { "" });
    }
    format!("<path class=\"band {class}\" d=\"{bands}\"/><path class=\"line {class}\" d=\"{lines}\"/>")
}

fn volume(periods: &[&Period]) -> String {
    let most = periods.iter().map(|period| period.sentiment.records).max().unwrap_or(0).max(1) as f64;
    let mut path = String::new();
    for (at, period) in periods.iter().enumerate().filter(|(_, period)| period.sentiment.records > 0) {
        let height = period.sentiment.records as f64 / most * 100.0;
        let _ = write!(path, "M{at}.1 {}h.8v{}h-.8z", length(100.0 - height), length(height));
    }
    let (y, height) = (HEAD + LINES + 14, VOLUME - 14);
    format!(
        "<svg y=\"{y}\" width=\"100%\" height=\"{height}\" viewBox=\"0 0 {} 100\" preserveAspectRatio=\"none\"><path class=\"volume\" d=\"{path}\"/></svg>",
        periods.len()
    )
}

/// The first day, the last, and some between.
fn labels(periods: &[&Period], out: &mut String) {
    let y = HEAD + LINES + VOLUME + 17;
    let last = periods.len() - 1;
    for (part, anchor, class) in [(0, "start", ""), (1, "middle", " wide"), (2, "middle", ""), (3, "middle", " wide"), (4, "end", "")] {
        let at = last * part / 4;
        if part > 0 && at == last * (part - 1) / 4 {
            continue;
        }
        let x = match part {
            0 => "0".to_owned(),
            4 => "100".to_owned(),
            _ => length((at as f64).mul_add(100.0, 50.0) / periods.len() as f64),
        };
        if let Some(period) = periods.get(at) {
            let day = crate::escape::html(&period.start);
            let _ = write!(out, "<text class=\"tick{class}\" x=\"{x}%\" y=\"{y}\" text-anchor=\"{anchor}\">{day}</text>");
        }
    }
}

/// The course in words, for those who do not see it.
fn told(timeline: &Timeline) -> String {
    let full: Vec<&Period> = timeline.periods.iter().filter(|period| period.sentiment.records > 0).collect();
    let by = |part: fn(&Sentiment) -> &Part| {
        let share = |period: &Period| part(&period.sentiment).share.value;
        let (low, high) =
            (full.iter().min_by(|a, b| share(a).total_cmp(&share(b))), full.iter().max_by(|a, b| share(a).total_cmp(&share(b))));
        let say =
            |period: Option<&&Period>| period.map_or_else(String::new, |period| format!("{} ({})", percent(share(period)), period.start));
        format!("from {} to {}", say(low), say(high))
    };
    let records: u64 = full.iter().map(|period| period.sentiment.records).sum();
    format!(
        "{} records in {} periods. Praise ranges {}, complaints {}. All numbers are in the table below.",
        count(records),
        count(full.len() as u64),
        by(praise),
        by(complaints)
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::sentiment;
    use super::*;

    fn timeline(periods: usize) -> Timeline {
        let period = |at: usize| Period { start: format!("day {at}"), sentiment: sentiment(at as u64 % 7, at as u64 % 3) };
        Timeline { unit: "day".to_owned(), periods: (0..periods).map(period).collect(), undated: 0 }
    }

    #[test]
    fn a_course_is_drawn_of_any_number_of_periods() {
        assert!(course(&timeline(0), &[]).is_empty() && course(&timeline(2), &[]).is_empty());
        for periods in [3, 5, 50, 1200] {
            let chart = course(&timeline(periods), &[(1, "1".to_owned(), "complaint")]);
            assert!(chart.contains("class=\"mark complaint\"") && chart.ends_with("</svg>"), "{chart}");
            assert!(!chart.contains("NaN") && chart.len() < 60_000, "{}", chart.len());
        }
    }
}
