//! A summary to a report. In: integers. Out: shares, intervals, names. Separate because this is where
//! numbers are divided, once, and where texts and authors leave: redaction and pseudonyms happen here.

use super::clashes::clashes;
use super::contrasts::contrasts;
use super::corrected::{Sample, corrected};
use super::mentions::mentions;
use super::model::{
    Authors, Count, FileNote, Group, GroupRow, LexiconNote, Part, QuoteLists, QuoteNote, Read, Report, SCHEMA, Sentiment, Skip, StarRow,
    Stars, SubjectNote, Word, Words,
};
use super::people::people;
use super::periods::{Length, timeline};
use super::spikes::spikes;
use super::themes::{Gathering, raised_by, themes};
use crate::error::Error;
use crate::input::columns::names_authors;
use crate::input::dates::date_of;
use crate::lexicon::{Lexicon, Role};
use crate::pseudonym;
use crate::redact::{redact, redact_but};
use crate::score::Polarity;
use crate::score::measure::ONE;
use crate::stats;
use crate::summary::skips::Reason;
use crate::summary::texts::Kept;
use crate::summary::{Groups, Place, Quote, Quotes, Summary, Tally, groups::MOST_VALUES};
use crate::theme::Synonyms;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Words per side.
const WORDS: usize = 12;
/// Values per group.
const VALUES: usize = 20;
/// Longest quote, in characters.
const LONGEST_QUOTE: usize = 280;

/// Where a file stands among others, in whatever order they were read and on whatever machines.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rank {
    /// The name of the file, or of the archive that it is in.
    pub source: String,
    /// Its number among all that is read under that name.
    pub member: u32,
    /// What its records add up to; tells files of one name apart.
    pub digest: u64,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileOutcome {
    /// Its path.
    pub name: String,
    /// Its format as recognised.
    pub format: String,
    /// What went wrong with it as a whole.
    pub fault: Option<Error>,
    /// The highest rating of its scale.
    pub most_stars: Option<u8>,
    /// Where it says what its records truly are.
    pub truth: Option<TruthNote>,
    /// Whether it says who wrote its records.
    pub authors: bool,
    /// Remarks on its columns.
    pub notes: Vec<String>,
    /// Where it stands among others.
    pub rank: Rank,
}

/// The column that says what records truly are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthNote {
    /// Its name.
    pub column: String,
    /// The highest rating, if it holds stars; else it holds labels.
    pub most: Option<u8>,
}

/// What a report needs beside the summary.
pub struct Context<'c> {
    /// The files.
    pub files: &'c [FileOutcome],
    /// Names of the groupings, in the order of the summary.
    pub groupings: &'c [String],
    /// So many of them, the first, are shown only when they divide the records.
    pub offered: usize,
    /// The lexicons.
    pub lexicons: &'c [Lexicon],
    /// Quotes per side.
    pub quotes: usize,
    /// Fans at most.
    pub fans: usize,
    /// Critics at most.
    pub critics: usize,
    /// Fewest scored posts of a fan or critic.
    pub least_posts: u64,
    /// The length of the periods of the course; by the span of the days if none is given.
    pub period: Option<Length>,
    /// Whether to leave contact data in quotes.
    pub unredacted: bool,
    /// Names authors by a key instead of numbering them.
    pub pseudonyms: Option<&'c pseudonym::Pseudonyms>,
    /// Whether to name authors.
    pub show_authors: bool,
    /// A labelled sample of other records, to correct the shares by.
    pub sample: Option<Sample<'c>>,
    /// The subjects that were listened for, by their numbers.
    pub subjects: &'c [SubjectNote],
    /// Handles that are not masked, because somebody listens for whom they name; see [`crate::mention::handles`].
    pub handles: &'c BTreeSet<String>,
}

impl Context<'_> {
    /// A text as it may be shown.
    pub(super) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.unredacted { Cow::Borrowed(text) } else { redact_but(text, self.handles) }
    }
}

/// Builds the report.
#[must_use]
pub fn build(summary: &Summary, context: &Context) -> Report {
    let mut notes: Vec<String> = Vec::new();
    let mut names = Pseudonyms { show: context.show_authors, keyed: context.pseudonyms, known: Vec::new() };
    for file in context.files {
        notes.extend(file.notes.iter().map(|note| format!("{}: {note}", file.name)));
    }
    let gathering = Gathering::of(&summary.raised, Synonyms::english());
    let themes = themes(summary, &gathering, context, &mut names);
    let themes_of = |name: &str| raised_by(&gathering, themes.as_ref(), name);
    Report {
        schema: SCHEMA.to_owned(),
        generator: concat!("earful ", env!("CARGO_PKG_VERSION")).to_owned(),
        lexicon: lexicon_note(context.lexicons),
        read: read(summary, context),
        files: context
            .files
            .iter()
            .map(|file| FileNote { name: file.name.clone(), format: file.format.clone(), fault: file.fault.as_ref().map(Error::message) })
            .collect(),
        verdicts: Vec::new(),
        sentiment: sentiment(&summary.total),
        corrected: corrected(summary, context),
        stars: stars(summary, context, &mut names),
        groups: groups(summary, context, &mut names, &mut notes),
        words: words(summary, context.lexicons),
        contrasts: contrasts(summary, context),
        quotes: quotes(&summary.quotes, context.quotes, context, &mut names),
        timeline: timeline(summary, context, &mut notes),
        spikes: spikes(summary, context, themes.as_ref()),
        people: people(summary, context, &themes_of, &mut names),
        mentions: mentions(summary, context, &mut names),
        themes,
        notes,
    }
}

fn read(summary: &Summary, context: &Context) -> Read {
    let days = || summary.days.keys().copied();
    let day = |day: Option<i32>| day.and_then(date_of).map(|date| date.to_string());
    let authors = summary.authors.count();
    let mut languages: Vec<Count> = summary.languages.iter().map(|(name, &count)| Count { name: name.clone(), count }).collect();
    languages.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    Read {
        files: context.files.iter().filter(|file| !file.format.is_empty()).count() as u64,
        records: summary.read,
        scored: summary.total.records(),
        skipped: summary.skips.count() - summary.skips.excluded(),
        excluded: summary.skips.excluded(),
        reasons: summary.skips.iter().map(|(reason, count, places)| skip(reason, count, places, context)).collect(),
        authors: (authors > 0).then(|| Authors { count: authors, exact: summary.authors.is_exact() }),
        from: day(days().min()),
        to: day(days().max()),
        languages,
    }
}

pub(super) fn skip(reason: &Reason, count: u64, places: &[Place], context: &Context) -> Skip {
    let (name, advice) = match reason {
        Reason::Copy => ("a copy of an earlier record".to_owned(), "nothing: it is counted once; --copies count counts each".to_owned()),
        Reason::Flawed(flaw) => (flaw.name().to_owned(), flaw.advice().to_owned()),
        Reason::NoLexicon(language) if language == "und" => ("language cannot be told".to_owned(), "say it with --language".to_owned()),
        Reason::NoLexicon(language) => (
            format!("no lexicon for the language {language:?}"),
            format!(
                "give one with --lexicon, or say --language {}",
                context.lexicons.iter().flat_map(Lexicon::covered).next().map_or("en", String::as_str)
            ),
        ),
    };
    let places = places.iter().map(|place| place_name(place, context)).collect();
    Skip { reason: name, excluded: reason.excludes(), count, advice, places }
}

pub(super) fn place_name(place: &Place, context: &Context) -> String {
    let file = context.files.get(place.file as usize).map_or("?", |file| file.name.as_str());
    let line = if place.line > 0 { format!(" (line {})", place.line) } else { String::new() };
    format!("{file}:{}{line}", place.record)
}

pub(super) fn sentiment(tally: &Tally) -> Sentiment {
    let records = tally.records();
    let part = |polarity| Part { count: tally.count(polarity), share: stats::share(tally.count(polarity), records) };
    Sentiment {
        records,
        positive: part(Polarity::Positive),
        negative: part(Polarity::Negative),
        mixed: part(Polarity::Mixed),
        neutral: part(Polarity::Neutral),
        net: stats::net(tally.count(Polarity::Positive), tally.count(Polarity::Negative), records),
        score: stats::mean(records, tally.sum, tally.squares, f64::from(ONE)),
    }
}

fn stars(summary: &Summary, context: &Context, names: &mut Pseudonyms<'_>) -> Option<Stars> {
    let most = context.files.iter().filter_map(|file| file.most_stars).max()?;
    if summary.stars.is_empty() {
        return None;
    }
    let rows = summary.stars.iter().rev().map(|(&stars, tally)| StarRow { stars, sentiment: sentiment(tally) }).collect();
    // The upper and lower two fifths of the scale say praise and complaint.
    let (mut agree, mut clear) = (0, 0);
    for (&stars, tally) in &summary.stars {
        let same = match u32::from(stars) * 5 {
            up if up >= u32::from(most) * 4 => tally.count(Polarity::Positive),
            down if down <= u32::from(most) * 2 => tally.count(Polarity::Negative),
            _ => continue,
        };
        agree += same;
        clear += tally.records();
    }
    Some(Stars {
        most,
        rows,
        agreement: Part { count: agree, share: stats::share(agree, clear) },
        clashes: clashes(summary, context, names),
    })
}

fn groups(summary: &Summary, context: &Context, names: &mut Pseudonyms<'_>, notes: &mut Vec<String>) -> Vec<Group> {
    let all = summary.groups.iter().zip(context.groupings).enumerate();
    let shown = all.filter_map(|(at, (group, name))| Some((at, grouping(group, name, notes)?)));
    let mut groups: Vec<Group> =
        shown.filter(|(at, group)| *at >= context.offered || group.values.len() > 1).map(|(_, group)| group).collect();
    for value in groups.iter_mut().filter(|group| names_authors(&group.field)).flat_map(|group| &mut group.values) {
        value.value = names.of(&value.value);
    }
    groups
}

fn grouping(groups: &Groups, name: &str, notes: &mut Vec<String>) -> Option<Group> {
    if *groups == Groups::TooMany {
        notes.push(format!("{name:?} has more than {MOST_VALUES} values, so it is not shown as groups"));
        return None;
    }
    // Authors get their pseudonyms later, and only whole names tell them apart. Others that differ in nothing but
    // personal data are one.
    let named = groups.sorted();
    let told = |(value, _): &(&str, &Tally)| matches!(redact(value), Cow::Owned(_));
    let mut masked = Groups::default();
    if !names_authors(name) && named.iter().any(told) {
        masked = groups.clone();
        masked.rename(|value| redact(value).into_owned());
    }
    let sorted = if masked == Groups::default() { named } else { masked.sorted() };
    let row = |(value, tally): &(&str, &Tally)| GroupRow { value: (*value).to_owned(), sentiment: sentiment(tally) };
    let values = sorted.iter().take(VALUES).map(row).collect();
    (!sorted.is_empty()).then(|| Group { field: name.to_owned(), values, more: sorted.len().saturating_sub(VALUES) as u64 })
}

pub(super) fn lexicon_note(lexicons: &[Lexicon]) -> LexiconNote {
    let languages = lexicons.iter().flat_map(Lexicon::covered).cloned().collect();
    LexiconNote { languages, entries: lexicons.iter().map(|lexicon| lexicon.size() as u64).sum() }
}

fn words(summary: &Summary, lexicons: &[Lexicon]) -> Words {
    let mut by_term: BTreeMap<(bool, String), (u64, i64)> = BTreeMap::new();
    for (at, turned, weight) in summary.words.iter() {
        if let Some(term) = term(lexicons, at, turned) {
            let sum = by_term.entry((weight.points > 0, term)).or_default();
            *sum = (sum.0 + weight.count, sum.1 + weight.points);
        }
    }
    let side = |praise: bool| {
        let mut list: Vec<(&str, u64, i64)> = by_term
            .iter()
            .filter(|((side, _), _)| *side == praise)
            .map(|((_, term), &(count, points))| (term.as_str(), count, points))
            .collect();
        list.sort_by(|a, b| b.2.abs().cmp(&a.2.abs()).then_with(|| a.0.cmp(b.0)));
        #[allow(clippy::cast_precision_loss)] // sums of points are far below 2⁵²
        let word = |(term, count, points): (&str, u64, i64)| Word { term: term.to_owned(), count, points: points as f64 / 1000.0 };
        list.into_iter().take(WORDS).map(word).collect()
    };
    Words { praise: side(true), complaint: side(false) }
}

/// How an entry is shown: `not good` when it was turned round, `too small` for words of degree.
fn term(lexicons: &[Lexicon], entry: usize, turned: bool) -> Option<String> {
    let number = u32::try_from(entry).ok()?;
    let entry = lexicons.iter().find_map(|lexicon| lexicon.entry(number))?;
    let degree = matches!(entry.meaning, crate::lexicon::Meaning::Role(Role::Scale, _));
    let term = entry.term.replace("NOT", "not");
    Some(match (turned, degree) {
        (_, true) => format!("too {term}"),
        (true, false) => format!("not {term}"),
        (false, false) => term,
    })
}

/// The best of each side, at most so many.
pub(super) fn quotes<const MOST: usize>(quotes: &Quotes<MOST>, most: usize, context: &Context, names: &mut Pseudonyms<'_>) -> QuoteLists {
    let mut pick = |candidates: &[Quote]| {
        let mut seen: Vec<String> = Vec::new();
        let mut list = Vec::new();
        for quote in candidates {
            if list.len() < most {
                let clean = context.clean(&quote.text).into_owned();
                // Texts that differ in nothing but personal data are one.
                if !seen.contains(&clean) {
                    list.push(quote_note(quote, &clean, context, names));
                    seen.push(clean);
                }
            }
        }
        list
    };
    let praise = pick(quotes.praise());
    QuoteLists { praise, complaint: pick(quotes.complaint()) }
}

pub(super) fn quote_note(quote: &Quote, clean: &str, context: &Context, names: &mut Pseudonyms<'_>) -> QuoteNote {
    QuoteNote {
        text: shorten(clean),
        place: place_name(&quote.place, context),
        author: quote.by.as_deref().map(|name| names.of(name)),
        date: quote.day.and_then(date_of).map(|date| date.to_string()),
        stars: quote.stars,
        score: f64::from(quote.score) / f64::from(ONE),
        copies: quote.copies,
    }
}

/// A passage of a text that was kept, as a quote.
pub(super) fn kept_note(kept: &Kept, passage: &str, context: &Context, names: &mut Pseudonyms<'_>) -> QuoteNote {
    let clean = context.clean(passage);
    QuoteNote {
        text: shorten(&clean),
        place: place_name(&kept.place, context),
        author: kept.by.as_deref().map(|name| names.of(name)),
        date: kept.day.and_then(date_of).map(|date| date.to_string()),
        stars: kept.stars,
        score: f64::from(kept.score) / f64::from(ONE),
        copies: kept.copies,
    }
}

/// One line of at most [`LONGEST_QUOTE`] characters, cut between words.
pub(super) fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(LONGEST_QUOTE) else { return line };
    let cut = line[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &line[..cut])
}

/// Authors are numbered in the order they are quoted: no name, and no hash that could be guessed.
pub(super) struct Pseudonyms<'c> {
    show: bool,
    keyed: Option<&'c pseudonym::Pseudonyms>,
    known: Vec<String>,
}

impl Pseudonyms<'_> {
    pub(super) fn of(&mut self, name: &str) -> String {
        if self.show {
            return name.to_owned();
        }
        if let Some(keyed) = self.keyed {
            return keyed.of(name);
        }
        let at = self.known.iter().position(|known| known == name).unwrap_or_else(|| {
            self.known.push(name.to_owned());
            self.known.len() - 1
        });
        format!("author {}", at + 1)
    }
}
