//! What changed, on the page. In: spikes, and the changes of themes and subjects. Out: what stands out and
//! what moved beyond chance, each with a way to its quotes. Separate because it is what is read first by
//! somebody who read the last report.

use super::{Links, List, Room};
use crate::report::html::numbers;
use crate::report::{Change, Report, Spike, Spikes, ThemeChange, Themes};
use crate::stats::Estimate;
use serde::Serialize;

/// What stands out and what moved.
#[derive(Serialize)]
pub struct Changes<'r> {
    spikes: Option<SpikesView<'r>>,
    moved: List<Moved<'r>>,
    /// Whether anything could have moved: something has two halves to compare.
    compared: bool,
}

impl Changes<'_> {
    /// Whether there is something to say.
    pub fn is_shown(&self) -> bool {
        self.spikes.is_some() || self.compared
    }
}

#[derive(Serialize)]
struct SpikesView<'r> {
    unit: &'r str,
    series: u64,
    false_alarms: String,
    reason: Option<&'r str>,
    found: List<SpikeView<'r>>,
}

#[derive(Serialize)]
struct SpikeView<'r> {
    what: String,
    side: &'static str,
    row: &'r Spike,
    link: Option<String>,
}

/// A theme or subject whose share or net is another in the second half of the time.
#[derive(Serialize)]
struct Moved<'r> {
    name: &'r str,
    what: &'static str,
    /// Whether that is good news, bad news or neither: 1, -1, 0.
    mood: i8,
    up: bool,
    before: String,
    after: String,
    difference: Estimate,
    since: &'r str,
    link: Option<String>,
}

/// Gathers it.
pub fn changes<'r>(report: &'r Report, room: Room, links: &Links) -> Changes<'r> {
    let themes: Vec<_> = report.themes.iter().flat_map(Themes::all).collect();
    let subjects: Vec<_> = report.mentions.iter().flat_map(|all| all.subjects.iter().chain(&all.aspects)).collect();
    let mut moved: Vec<Moved> = themes
        .iter()
        .filter_map(|theme| of_theme(&theme.name, &theme.side, theme.change.as_ref()?, links.theme(&theme.name, &theme.side)))
        .chain(subjects.iter().filter_map(|row| of_subject(&row.name, row.change.as_ref()?, links.subject(&row.name))))
        .collect();
    moved.sort_by(|a, b| b.difference.value.abs().total_cmp(&a.difference.value.abs()).then_with(|| a.name.cmp(b.name)));
    let all = moved.len();
    moved.truncate(room.rows);
    Changes {
        spikes: report.spikes.as_ref().map(|spikes| spikes_view(spikes, room, links)),
        moved: List { rows: moved, all },
        compared: themes.iter().any(|theme| theme.change.is_some()) || subjects.iter().any(|row| row.change.is_some()),
    }
}

fn of_theme<'r>(name: &'r str, side: &'r str, change: &'r ThemeChange, link: Option<String>) -> Option<Moved<'r>> {
    let difference = change.difference;
    let up = difference.low > 0.0;
    let what = match side {
        "praise" => "share of a theme of praise",
        "complaint" => "share of a theme of complaint",
        _ => "share of a given theme",
    };
    let mood = match side {
        "praise" => 1,
        "complaint" => -1,
        _ => 0,
    };
    (up || difference.high < 0.0).then(|| Moved {
        name,
        what,
        mood: if up { mood } else { -mood },
        up,
        before: numbers::percent(change.before.value),
        after: numbers::percent(change.after.value),
        difference,
        since: &change.since,
        link,
    })
}

fn of_subject<'r>(name: &'r str, change: &'r Change, link: Option<String>) -> Option<Moved<'r>> {
    let direction = change.direction();
    (direction != 0).then(|| Moved {
        name,
        what: "net sentiment",
        mood: direction,
        up: direction > 0,
        before: numbers::points(change.before.value),
        after: numbers::points(change.after.value),
        difference: change.difference,
        since: &change.since,
        link,
    })
}

fn spikes_view<'r>(spikes: &'r Spikes, room: Room, links: &Links) -> SpikesView<'r> {
    let view = |spike: &'r Spike| {
        let side = if spike.side == "praise" { "praise" } else { "complaint" };
        let theme = spike.theme.as_deref().and_then(|name| links.theme(name, &spike.side));
        let subject = || spike.subject.as_deref().and_then(|name| links.subject(name));
        let dated = || links.quotes.between(&spike.start, None, side);
        SpikeView { what: spike.what(), side, row: spike, link: theme.or_else(subject).or_else(dated) }
    };
    SpikesView {
        unit: &spikes.unit,
        series: spikes.series,
        false_alarms: numbers::rate(spikes.false_alarms),
        reason: spikes.reason.as_deref(),
        found: List { rows: spikes.found.iter().take(room.rows).map(view).collect(), all: spikes.found.len() },
    }
}
