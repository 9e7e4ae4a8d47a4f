//! Themes on the page. In: themes and the report's periods. Out: cards for the largest, rows for the rest, each
//! with its course and its quotes. Separate because a theme is the unit people act on.

use super::{List, Room, side_of};
use crate::report::html::chart::{bar_top, spark};
use crate::report::html::quoted::{Quoted, Quotes};
use crate::report::{Count, Theme, ThemeChange, Themes, Timeline};
use crate::stats::Estimate;
use minijinja::value::Value;
use serde::Serialize;
use std::collections::HashMap;

/// Themes of a side that get a card; the rest are rows of a table.
const CARDS: usize = 12;
/// Most phrases of a theme.
const PHRASES: usize = 5;

/// All themes.
#[derive(Serialize)]
pub struct ThemesView<'r> {
    records: u64,
    sample: u64,
    least: u64,
    reason: Option<&'r str>,
    complaint: Side<'r>,
    praise: Side<'r>,
    given: Side<'r>,
    /// The end of the scale of all bars, so that sides compare.
    top: f64,
}

/// Themes of one side.
#[derive(Serialize)]
struct Side<'r> {
    cards: Vec<ThemeView<'r>>,
    rest: List<ThemeView<'r>>,
}

/// A theme.
#[derive(Serialize)]
pub struct ThemeView<'r> {
    /// Its anchor.
    pub id: String,
    /// What it is called.
    pub name: &'r str,
    /// `praise`, `complaint` or `given`.
    pub side: &'r str,
    phrases: List<&'r Count>,
    records: u64,
    share: Estimate,
    authors: Option<u64>,
    stars: Option<Estimate>,
    spark: Value,
    change: Option<&'r ThemeChange>,
    stability: Option<f64>,
    quotes: Vec<Quoted<'r>>,
}

impl<'r> ThemesView<'r> {
    /// All that are shown.
    pub fn all(&self) -> impl Iterator<Item = &ThemeView<'r>> {
        [&self.complaint, &self.praise, &self.given].into_iter().flat_map(|side| side.cards.iter().chain(&side.rest.rows))
    }

    /// Whether themes were given.
    pub fn has_given(&self) -> bool {
        !self.given.cards.is_empty()
    }
}

/// Chooses the themes that are shown.
pub fn themes<'r>(themes: &'r Themes, timeline: Option<&'r Timeline>, room: Room, quotes: &mut Quotes<'r>) -> ThemesView<'r> {
    let mut number = 0;
    let mut side = |list: &'r [Theme]| {
        let mut view = |theme: &'r Theme| {
            number += 1;
            theme_view(theme, number, timeline, quotes)
        };
        let (cards, rest) = list.split_at(list.len().min(CARDS).min(room.themes));
        let cards = cards.iter().map(&mut view).collect();
        let rows = rest.iter().take(room.themes.saturating_sub(CARDS)).map(&mut view).collect();
        Side { cards, rest: List { rows, all: rest.len() } }
    };
    let (complaint, praise, given) = (side(&themes.complaint), side(&themes.praise), side(&themes.given));
    ThemesView {
        records: themes.records,
        sample: themes.sample,
        least: themes.least,
        reason: themes.reason.as_deref(),
        complaint,
        praise,
        given,
        top: bar_top(themes.all().map(|theme| &theme.share)),
    }
}

fn theme_view<'r>(theme: &'r Theme, number: usize, timeline: Option<&Timeline>, quotes: &mut Quotes<'r>) -> ThemeView<'r> {
    let moments = theme.timeline.iter().map(|moment| (moment.start.as_str(), moment.records));
    ThemeView {
        id: format!("theme-{number}"),
        name: &theme.name,
        side: &theme.side,
        phrases: List::first(&theme.phrases, PHRASES),
        records: theme.records,
        share: theme.share,
        authors: theme.authors,
        stars: theme.stars,
        spark: course(moments, timeline),
        change: theme.change.as_ref(),
        stability: theme.stability,
        quotes: theme.quotes.iter().map(|one| quotes.add(&one.quote, side_of(&one.quote, &theme.side), &one.choice)).collect(),
    }
}

/// Counts by the periods of the report, as columns; nothing without a course.
pub fn course<'m>(moments: impl Iterator<Item = (&'m str, u64)>, timeline: Option<&Timeline>) -> Value {
    let Some(timeline) = timeline.filter(|timeline| timeline.periods.len() > 1) else { return Value::from_safe_string(String::new()) };
    let by_start: HashMap<&str, u64> = moments.collect();
    let counts: Vec<u64> = timeline.periods.iter().map(|period| by_start.get(period.start.as_str()).copied().unwrap_or(0)).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let title = format!("Records by {}, at most {most}", timeline.unit);
    Value::from_safe_string(spark(&counts, &title))
}
