//! What was heard of subjects to what is reported. In: the summary's part on mentions, names and kinds.
//! Out: shares, intervals, who is compared. Separate because subjects are compared with their like, and
//! that is decided here.

mod compared;
mod matrix;

use super::build::{Context, Pseudonyms, quotes, sentiment};
use super::model::{Ambiguous, Around, Authors, Change, Count, Discovery, FEW, Mentions, Moment, Part, SubjectNote, SubjectRow};
use super::periods::{Unit, by_period, second_half, unit};
use crate::input::dates::date_of;
use crate::mention::Kind;
use crate::redact::redact;
use crate::score::Polarity;
use crate::stats;
use crate::summary::discovered::Find;
use crate::summary::mentions::Heard;
use crate::summary::{Summary, Tally};
use std::collections::BTreeMap;

/// Most quotes per side of a subject.
const QUOTES: usize = 2;
/// Most things a brand is praised or criticised for, and in how many posts at least.
const REASONS: usize = 5;
const LEAST_REASON: u64 = 2;
/// Most phrases that no vocabulary knows, and fewest records of one.
const DISCOVERED: usize = 20;
const LEAST_DISCOVERED: u64 = 5;
/// Most phrases shown around mentions that look like noise.
const AROUND: usize = 5;

/// Subjects that are compared by their shares, which add up to one: brands with products and competitors;
/// subjects with messages; aspects.
fn class(kind: Kind) -> usize {
    match kind {
        Kind::Brand | Kind::Product | Kind::Competitor => 0,
        Kind::Subject | Kind::Message => 1,
        Kind::Aspect => 2,
        Kind::Theme => 3,
    }
}

/// A subject with its number.
#[derive(Clone, Copy)]
struct Known<'s> {
    number: u32,
    note: &'s SubjectNote,
    heard: &'s Heard,
}

impl Known<'_> {
    /// Records that mention it, scored or not.
    fn posts(&self) -> u64 {
        self.heard.tally.records() + self.heard.unscored
    }
}

/// What all subjects of a class add up to.
#[derive(Clone, Copy, Default)]
struct Sum {
    posts: u64,
    praise: u64,
    complaint: u64,
}

/// What is said of the subjects; none when nobody listened.
pub(super) fn mentions(summary: &Summary, context: &Context, names: &mut Pseudonyms<'_>) -> Option<Mentions> {
    // Themes that were given are told among themes.
    if context.subjects.iter().all(|note| note.kind == Kind::Theme) {
        return None;
    }
    let known = known(summary, context.subjects);
    let mut sums = [Sum::default(); 4];
    for one in &known {
        let sum = &mut sums[class(one.note.kind)];
        sum.posts += one.posts();
        sum.praise += one.heard.tally.count(Polarity::Positive);
        sum.complaint += one.heard.tally.count(Polarity::Negative);
    }
    let calendar = unit(&summary.days, context.period);
    let mut row = |one: &Known| row(one, &sums[class(one.note.kind)], (summary, context, calendar), names);
    let subjects = known.iter().filter(|one| !matches!(one.note.kind, Kind::Aspect | Kind::Theme)).map(&mut row).collect();
    let aspects = known.iter().filter(|one| one.note.kind == Kind::Aspect && one.posts() > 0).map(&mut row).collect();
    Some(Mentions {
        records: summary.mentions.records,
        subjects,
        aspects,
        discovered: discovered(summary, context),
        matrix: matrix::matrix(&summary.mentions, &known),
        comparisons: compared::comparisons(&summary.mentions, context),
        ambiguous: known.iter().filter(|one| one.note.kind != Kind::Theme).filter_map(ambiguous).collect(),
    })
}

/// A subject of which some mentions look like an ordinary word.
fn ambiguous(one: &Known) -> Option<Ambiguous> {
    let noise = &one.heard.noise;
    let phrases = noise.phrases(AROUND).into_iter();
    (noise.noise > 0).then(|| Ambiguous {
        subject: one.note.name.clone(),
        mentions: noise.noise,
        of: one.heard.mentions,
        around: phrases.map(|phrase| Around { words: redact(&phrase.words).into_owned(), count: phrase.noise }).collect(),
        suggestion: noise.exclusions(AROUND).join(", "),
    })
}

/// The subjects in the order they are shown.
fn known<'s>(summary: &'s Summary, notes: &'s [SubjectNote]) -> Vec<Known<'s>> {
    let mut known: Vec<Known> =
        (0..).zip(notes.iter().zip(&summary.mentions.subjects)).map(|(number, (note, heard))| Known { number, note, heard }).collect();
    known.sort_by(|a, b| {
        let order = |one: &Known| (class(one.note.kind), std::cmp::Reverse(one.posts()));
        order(a).cmp(&order(b)).then_with(|| a.note.name.cmp(&b.note.name))
    });
    known
}

/// Phrases that came with opinions, but for the names that were listened for.
fn discovered(summary: &Summary, context: &Context) -> Vec<Discovery> {
    let phrases = &summary.mentions.discovered;
    let estimated = phrases.sample() > 1;
    let new = |find: &Find| !context.subjects.iter().any(|note| note.name.to_lowercase() == find.phrase);
    let note = |find: Find| Discovery {
        name: if context.unredacted { find.phrase } else { redact(&find.phrase).into_owned() },
        records: find.named.records,
        positive: find.named.praise,
        negative: find.named.complaint,
        estimated,
    };
    phrases.list(LEAST_DISCOVERED).into_iter().filter(new).take(DISCOVERED).map(note).collect()
}

fn part(count: u64, of: u64) -> Part {
    Part { count, share: stats::share(count, of) }
}

fn row(one: &Known, sum: &Sum, (summary, context, calendar): (&Summary, &Context, Option<Unit>), names: &mut Pseudonyms<'_>) -> SubjectRow {
    let Known { note, heard, .. } = one;
    let (authors, days) = (heard.authors.count(), heard.days.in_order());
    SubjectRow {
        name: note.name.clone(),
        kind: note.kind,
        mentions: heard.mentions,
        posts: one.posts(),
        unscored: heard.unscored,
        authors: (authors > 0).then(|| Authors { count: authors, exact: heard.authors.is_exact() }),
        few: heard.tally.records() < FEW,
        sentiment: sentiment(&heard.tally),
        voice: part(one.posts(), sum.posts),
        praise: part(heard.tally.count(Polarity::Positive), sum.praise),
        complaint: part(heard.tally.count(Polarity::Negative), sum.complaint),
        timeline: calendar.map(|unit| timeline(&days, unit)).unwrap_or_default(),
        change: change(&days, &summary.days),
        quotes: quotes(&heard.quotes, context.quotes.min(QUOTES), context, names),
        praised_for: reasons(one, context.subjects, summary, Polarity::Positive),
        criticised_for: reasons(one, context.subjects, summary, Polarity::Negative),
    }
}

fn timeline(days: &BTreeMap<i32, Tally>, unit: Unit) -> Vec<Moment> {
    let moment = |(start, tally): (jiff::civil::Date, Tally)| Moment {
        start: start.to_string(),
        records: tally.records(),
        positive: tally.count(Polarity::Positive),
        negative: tally.count(Polarity::Negative),
    };
    by_period(days, unit, Tally::merge).into_iter().map(moment).collect()
}

/// The halves are those of all records, so that they are the same for all subjects.
fn change(days: &BTreeMap<i32, Tally>, all: &BTreeMap<i32, Tally>) -> Option<Change> {
    let since = second_half(all)?;
    let mut halves = [Tally::default(); 2];
    for (&day, tally) in days {
        halves[usize::from(day >= since)].merge(tally);
    }
    if halves.iter().any(|half| half.records() < FEW) {
        return None;
    }
    let [before, after] = halves.map(|half| net(&half));
    Some(Change {
        since: date_of(since)?.to_string(),
        records_before: halves[0].records(),
        records_since: halves[1].records(),
        before,
        after,
        difference: stats::change(&before, &after),
    })
}

fn net(tally: &Tally) -> stats::Estimate {
    stats::net(tally.count(Polarity::Positive), tally.count(Polarity::Negative), tally.records())
}

/// What is most often praised, or criticised, in posts that mention a holder.
fn reasons(one: &Known, notes: &[SubjectNote], summary: &Summary, side: Polarity) -> Vec<Count> {
    // Few subjects are ever mentioned with one: the others need not be asked for.
    let pairs = summary.mentions.pairs.range((one.number, 0)..=(one.number, u32::MAX));
    let mut reasons: Vec<Count> = pairs
        .map(|((_, other), tally)| (notes.get(*other as usize), tally.count(side)))
        .filter(|(_, count)| *count >= LEAST_REASON)
        .filter_map(|(note, count)| Some(Count { name: note?.name.clone(), count }))
        .collect();
    reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    // A subject and an aspect of one name are one thing.
    let mut seen: Vec<String> = Vec::new();
    reasons.retain(|reason| {
        !seen.contains(&reason.name) && {
            seen.push(reason.name.clone());
            true
        }
    });
    reasons.truncate(REASONS);
    reasons
}

#[cfg(test)]
mod tests;
