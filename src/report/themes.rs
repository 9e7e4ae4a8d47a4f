//! What was raised to themes. In: the summary. Out: themes of praise and of complaint. Separate because it is
//! where phrases are put together, and where it is decided how large a theme must be to be told.

mod gather;
mod quotes;

pub(super) use gather::Gathering;

use super::build::{Context, Pseudonyms, kept_note, quotes as quote_lists};
use super::model::{Count, SubjectNote, Theme, ThemeChange, ThemeMoment, ThemeQuote, Themes};
use super::periods::{Length, by_period, second_half, unit};
use crate::input::dates::date_of;
use crate::mention::Kind;
use crate::redact::redact;
use crate::score::Polarity;
use crate::stats::{self, Estimate, listed_again};
use crate::summary::mentions::Heard;
use crate::summary::raised::Raiser;
use crate::summary::texts::Kept;
use crate::summary::{Summary, Tally};
use gather::Gathered;
use quotes::{Candidate, TYPICAL, choose};
use std::collections::{BTreeMap, BTreeSet};

/// Most themes of a side; renderers show fewer.
const MOST: usize = 60;
/// Themes of a side that have quotes, and from which on a theme counts as listed when it is resampled.
const SHOWN: usize = 12;
/// Fewest records that raise anything before themes are told.
const FEWEST: usize = 5;
/// Themes that are told of an author.
const OF_AUTHOR: usize = 3;
/// Texts of a theme that may be quoted.
const CANDIDATES: usize = 240;
/// Phrases that are told of a theme.
const PHRASES: usize = 6;
/// A phrase of several words names a theme if it is at most so many times rarer than a single word.
const NAMING: u64 = 10;
/// Fewest records of a half for a change to be told.
const HALF: u64 = 10;
/// Fewest records with stars for their mean to be told.
const STARRED: u64 = 2;

/// The themes of a summary.
pub(super) fn themes(summary: &Summary, gathering: &Gathering, context: &Context, names: &mut Pseudonyms<'_>) -> Option<Themes> {
    let raised = &summary.raised;
    if summary.total.records() == 0 {
        return None;
    }
    let least = least(raised.scored());
    let mut themes = Themes { records: raised.scored(), sample: raised.sample(), least, ..Themes::default() };
    themes.given = given(summary, context, names);
    if raised.records().len() < FEWEST {
        themes.reason = Some(format!("fewer than {FEWEST} records say what they praise or complain about"));
        return Some(themes);
    }
    for praise in [false, true] {
        let side = side(summary, gathering, praise, least, context, names);
        *(if praise { &mut themes.praise } else { &mut themes.complaint }) = side;
    }
    if themes.praise.is_empty() && themes.complaint.is_empty() {
        themes.reason = Some(format!("no theme is raised by at least {least} records"));
    }
    Some(themes)
}

/// Fewest records of a theme: few where there are few records at all.
fn least(records: u64) -> u64 {
    match records {
        0..=499 => 2,
        500..=1999 => 3,
        _ => (records / 2000).max(5),
    }
}

fn side(summary: &Summary, gathering: &Gathering, praise: bool, least: u64, context: &Context, names: &mut Pseudonyms<'_>) -> Vec<Theme> {
    let mut list: Vec<&Gathered> =
        gathering.themes.iter().filter(|theme| theme.ground.praise == praise && theme.records.len() as u64 >= least).collect();
    list.sort_by(|a, b| b.records.len().cmp(&a.records.len()).then_with(|| a.ground.cmp(&b.ground)));
    list.truncate(MOST);
    let counts: Vec<u64> = list.iter().map(|theme| theme.records.len() as u64).collect();
    let again = listed_again(&counts, SHOWN, least);
    let whole = Whole::of(summary, context);
    list.iter()
        .zip(again)
        .enumerate()
        .map(|(rank, (theme, again))| Theme {
            stability: Some(again),
            quotes: if rank < SHOWN { quotes(theme, gathering, summary, context, names) } else { Vec::new() },
            ..whole.theme(theme, gathering, context)
        })
        .collect()
}

/// Themes that were listened for, in the order they were given. All records were asked, so nothing is estimated.
fn given(summary: &Summary, context: &Context, names: &mut Pseudonyms<'_>) -> Vec<Theme> {
    let notes = context.subjects.iter().zip(&summary.mentions.subjects).filter(|(note, _)| note.kind == Kind::Theme);
    let whole = Whole::given(summary, context);
    notes.map(|(note, heard)| whole.listened(note, heard, context, names)).collect()
}

/// What all themes are measured against.
struct Whole<'s> {
    summary: &'s Summary,
    period: Option<Length>,
    sample: u64,
    scored: u64,
    /// First day of the second half.
    since: Option<i32>,
    halves: [u64; 2],
}

impl<'s> Whole<'s> {
    fn of(summary: &'s Summary, context: &Context) -> Self {
        let days = &summary.days;
        let since = second_half(days);
        let mut halves = [0; 2];
        for (&day, tally) in days {
            halves[usize::from(since.is_some_and(|since| day >= since))] += tally.records();
        }
        let sample = summary.raised.sample();
        Self { summary, period: context.period, sample, scored: summary.raised.scored(), since, halves: halves.map(|half| half / sample) }
    }

    /// The same for themes that all records were asked for.
    fn given(summary: &'s Summary, context: &Context) -> Self {
        let sampled = Self::of(summary, context);
        let since = |since: i32| summary.days.range(since..).map(|(_, tally)| tally.records()).sum::<u64>();
        let (all, later) = (summary.days.values().map(Tally::records).sum::<u64>(), sampled.since.map_or(0, since));
        Self { sample: 1, scored: summary.total.records(), halves: [all - later, later], ..sampled }
    }

    fn listened(&self, note: &SubjectNote, heard: &Heard, context: &Context, names: &mut Pseudonyms<'_>) -> Theme {
        let days: BTreeMap<i32, u64> = heard.days.in_order().into_iter().map(|(day, tally)| (day, tally.records())).collect();
        let lists = quote_lists(&heard.quotes, 2, context, names);
        let quotes = lists.complaint.into_iter().chain(lists.praise).map(|quote| ThemeQuote { choice: TYPICAL.to_owned(), quote });
        let records = heard.tally.records();
        Theme {
            name: note.name.clone(),
            key: format!("given:{}", note.name),
            side: "given".to_owned(),
            phrases: Vec::new(),
            records,
            share: stats::share(records, self.scored),
            authors: Some(heard.authors.count()).filter(|&count| count > 0),
            stars: None,
            timeline: self.timeline(&days),
            change: self.change(&days),
            stability: None,
            quotes: quotes.collect(),
        }
    }

    fn theme(&self, theme: &Gathered, gathering: &Gathering, context: &Context) -> Theme {
        let count = theme.records.len() as u64;
        let records = || theme.records.iter().filter_map(|&at| gathering.record(at));
        let authors: BTreeSet<u64> = records().map(|record| record.author).filter(|&author| author != 0).collect();
        let mut days: BTreeMap<i32, u64> = BTreeMap::new();
        records().filter_map(|record| record.day).for_each(|day| *days.entry(day).or_default() += 1);
        let phrases = phrases(theme, context);
        Theme {
            name: name(theme, &phrases),
            key: theme.ground.key(),
            side: if theme.ground.praise { "praise" } else { "complaint" }.to_owned(),
            phrases,
            records: count * self.sample,
            share: stats::share(count, self.scored),
            authors: (!authors.is_empty()).then_some(authors.len() as u64),
            stars: mean_stars(records().filter_map(|record| record.stars)),
            timeline: self.timeline(&days),
            change: self.change(&days),
            stability: None,
            quotes: Vec::new(),
        }
    }

    fn timeline(&self, days: &BTreeMap<i32, u64>) -> Vec<ThemeMoment> {
        let Some(unit) = unit(&self.summary.days, self.period) else { return Vec::new() };
        let periods = by_period(days, unit, |sum: &mut u64, count| *sum += count);
        periods.into_iter().map(|(start, records)| ThemeMoment { start: start.to_string(), records: records * self.sample }).collect()
    }

    fn change(&self, days: &BTreeMap<i32, u64>) -> Option<ThemeChange> {
        let since = self.since.filter(|_| self.halves.iter().all(|&half| half >= HALF))?;
        let mut counts = [0; 2];
        for (&day, count) in days {
            counts[usize::from(day >= since)] += count;
        }
        let share = |half: usize| stats::share(counts[half].min(self.halves[half]), self.halves[half]);
        let (before, after) = (share(0), share(1));
        Some(ThemeChange { since: date_of(since)?.to_string(), before, after, difference: stats::change(&before, &after) })
    }
}

/// What a theme is called: its most frequent phrase of several words; a word alone names nothing to act on.
fn name(theme: &Gathered, phrases: &[Count]) -> String {
    let most = phrases.first().map_or(0, |phrase| phrase.count);
    let told = phrases
        .iter()
        .filter(|phrase| phrase.count * NAMING >= most)
        .find(|phrase| phrase.name.contains(' ') && !phrase.name.starts_with("not "));
    match (told, theme.ground.thing.is_empty()) {
        (Some(phrase), _) => phrase.name.clone(),
        (None, true) => theme.ground.said.clone(),
        (None, false) => phrases.first().map(|phrase| phrase.name.clone()).unwrap_or_default(),
    }
}

/// The phrases of a theme, the most frequent first.
fn phrases(theme: &Gathered, context: &Context) -> Vec<Count> {
    let mut list: Vec<(&String, u64)> = theme.phrases.iter().map(|(phrase, &count)| (phrase, count)).collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let clean = |phrase: &str| if context.unredacted { phrase.to_owned() } else { redact(phrase).into_owned() };
    list.into_iter().take(PHRASES).map(|(phrase, count)| Count { name: clean(phrase), count }).collect()
}

fn mean_stars(stars: impl Iterator<Item = u8>) -> Option<Estimate> {
    let (mut count, mut sum, mut squares) = (0, 0, 0);
    for star in stars {
        count += 1;
        sum += i64::from(star);
        squares += u64::from(star).pow(2);
    }
    (count >= STARRED).then(|| stats::mean(count, sum, squares, 1.0))
}

fn quotes(theme: &Gathered, gathering: &Gathering, summary: &Summary, context: &Context, names: &mut Pseudonyms<'_>) -> Vec<ThemeQuote> {
    let texts = summary.texts.list();
    let mut kept: Vec<(&Kept, &Raiser)> = theme
        .records
        .iter()
        .filter_map(|&at| gathering.record(at))
        .filter_map(|record| {
            let at = texts.binary_search_by_key(&record.place, |kept| kept.place).ok()?;
            Some((texts.get(at)?, record))
        })
        .collect();
    // A fair draw, those first that say as a whole what the theme says.
    let side = if theme.ground.praise { Polarity::Positive } else { Polarity::Negative };
    kept.sort_by_key(|(kept, _)| (kept.polarity != side, std::cmp::Reverse(kept.mark), kept.place));
    kept.truncate(CANDIDATES);
    let candidates: Vec<Candidate> = kept
        .into_iter()
        .filter_map(|(kept, record)| {
            let text = context.clean(&kept.text);
            Some(Candidate { kept, text, phrase: gathering.phrase_of(record, theme)? })
        })
        .collect();
    choose(&candidates, theme.ground.praise)
        .into_iter()
        .map(|(choice, kept, passage)| ThemeQuote { choice: choice.to_owned(), quote: kept_note(kept, &passage, context, names) })
        .collect()
}

/// The listed themes that somebody raises, by name, the most frequent first.
pub(super) fn raised_by(gathering: &Gathering, themes: Option<&Themes>, name: &str) -> Vec<String> {
    let Some(themes) = themes else { return Vec::new() };
    let ground = |number: u32| gathering.themes.get(number as usize).map(|theme| theme.ground.key());
    let listed = |key: String| themes.all().find(|theme| theme.key == key).map(|theme| theme.name.clone());
    gathering.of_author(name).into_iter().filter_map(ground).filter_map(listed).take(OF_AUTHOR).collect()
}
