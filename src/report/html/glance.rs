//! The page in a few lines. In: the report. Out: one sentence on the balance, and what is largest, what
//! changed, what failed, each leading to its section. Separate because these are words, and the rest of
//! the page is tables.

use super::numbers::{count, percent, points, points_range};
use super::view::Links;
use crate::report::{Outcome, Report, Sentiment, Spike, Theme};
use serde::Serialize;

/// The sentence and the lines.
#[derive(Serialize)]
pub struct Glance {
    sentence: String,
    lines: Vec<Line>,
}

/// One line.
#[derive(Serialize)]
struct Line {
    label: &'static str,
    /// `praise`, `complaint`, or nothing, for its looks.
    side: &'static str,
    text: String,
    /// Where it leads.
    link: String,
}

/// Writes them.
pub fn glance(report: &Report, to: &Links) -> Glance {
    let mut lines = Vec::new();
    lines.extend(objectives(report));
    let themes = report.themes.as_ref();
    for (label, side, theme) in [
        ("Most complained of", "complaint", themes.and_then(|themes| themes.complaint.first())),
        ("Most praised", "praise", themes.and_then(|themes| themes.praise.first())),
    ] {
        lines.extend(theme.map(|theme| largest(label, side, theme, to)));
    }
    lines.extend(report.spikes.as_ref().and_then(|spikes| spikes.found.first()).map(stands_out));
    lines.extend(missed(report));
    Glance { sentence: sentence(&report.sentiment), lines }
}

fn sentence(s: &Sentiment) -> String {
    if s.records == 0 {
        return "No record could be scored; the reasons are under “What was read”.".to_owned();
    }
    let balance = match s.net {
        net if net.low > 0.0 => "praise outweighs complaints",
        net if net.high < 0.0 => "complaints outweigh praise",
        _ => "which of them prevails cannot be told",
    };
    let net = format!("net {} points ({})", points(s.net.value), points_range(&s.net));
    format!(
        "Of {} scored records, {} ({}) praise and {} ({}) complain: {balance}, {net}.",
        count(s.records),
        count(s.positive.count),
        percent(s.positive.share.value),
        count(s.negative.count),
        percent(s.negative.share.value)
    )
}

fn objectives(report: &Report) -> Option<Line> {
    let of = |objective: bool, outcome: Outcome| {
        report.verdicts.iter().filter(|verdict| verdict.objective == objective && verdict.outcome == outcome).count()
    };
    let say = |objective: bool, words: [&str; 3]| {
        let counts = [Outcome::Pass, Outcome::Fail, Outcome::Unknown].map(|outcome| of(objective, outcome));
        let parts: Vec<String> =
            counts.iter().zip(words).filter(|(count, _)| **count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        parts.join(", ")
    };
    let parts: Vec<String> = [
        ("objectives", say(true, ["met", "not met", "without enough data"])),
        ("gates", say(false, ["passed", "failed", "without enough data"])),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(what, text)| format!("{what}: {text}"))
    .collect();
    (!parts.is_empty()).then(|| Line { label: "Verdicts", side: "", text: parts.join("; "), link: "verdicts".to_owned() })
}

fn largest(label: &'static str, side: &'static str, theme: &Theme, to: &Links) -> Line {
    let link = to.theme(&theme.name, side).unwrap_or_else(|| if side == "praise" { side } else { "complaints" }.to_owned());
    let text = format!("{}, in {} records ({})", theme.name, count(theme.records), percent(theme.share.value));
    Line { label, side, text, link }
}

fn stands_out(spike: &Spike) -> Line {
    let side = if spike.side == "praise" { "praise" } else { "complaint" };
    let expected = super::numbers::plain(spike.expected, 1);
    let text = format!("{} from {}: {} records where {expected} were expected", spike.what(), spike.start, count(spike.observed));
    Line { label: "Stands out", side, text, link: "changes".to_owned() }
}

/// Records that were not scored, if there are any: nobody should have to look for that.
fn missed(report: &Report) -> Option<Line> {
    let read = &report.read;
    let missed = read.skipped + read.excluded;
    let share = missed as f64 / read.records.max(1) as f64;
    (missed > 0).then(|| Line {
        label: "Not scored",
        side: "",
        text: format!("{} of {} records ({})", count(missed), count(read.records), percent(share)),
        link: "read".to_owned(),
    })
}
