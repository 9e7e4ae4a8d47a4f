//! What the page shows, chosen and linked. In: the report, and how much room there is. Out: what the templates
//! lay out. Separate because what is left out, what leads where and how wide a scale is are decided in Rust,
//! and how it looks in the templates.

mod changes;
mod course;
mod mentions;
mod people;
mod stars;
mod themes;
mod verdicts;
mod words;

use super::chart::{Piece, bar_top, net_top, stacked};
use super::glance::{self, Glance};
use super::quoted::{Quoted, Quotes};
use crate::report::{Contrast, Corrected, FEW, FileNote, Group, GroupRow, LexiconNote, Part, QuoteNote, Read, Report, Sentiment, Skip};
use crate::stats::Estimate;
use minijinja::value::Value;
use serde::Serialize;

/// How much is shown.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Rows of a table, and tables of a kind.
    rows: usize,
    /// Themes of a side.
    themes: usize,
    /// Quotes of a list.
    quotes: usize,
    /// Rows of the course over time.
    periods: usize,
}

impl Room {
    /// From what is shown usually to what fits whatever is in it.
    pub fn from_generous() -> impl Iterator<Item = Self> {
        (0..8).map(|step| Self {
            rows: (100 >> step).max(2),
            themes: (60 >> step).max(2),
            quotes: (40 >> step).max(1),
            periods: (400 >> step).max(2),
        })
    }
}

/// The first of a list, and how many there are.
#[derive(Serialize)]
pub struct List<T> {
    /// The first ones.
    pub rows: Vec<T>,
    /// How many there are.
    pub all: usize,
}

impl<T> List<T> {
    fn of<S>(all: &[S], most: usize, show: impl FnMut(&S) -> T) -> Self {
        Self { rows: all.iter().take(most).map(show).collect(), all: all.len() }
    }
}

impl<'r, T> List<&'r T> {
    fn first(all: &'r [T], most: usize) -> Self {
        Self { rows: all.iter().take(most).collect(), all: all.len() }
    }
}

/// Everything on the page.
#[derive(Serialize)]
pub struct Page<'r> {
    title: String,
    generator: &'r str,
    lexicon: &'r LexiconNote,
    contents: Vec<(&'static str, &'static str)>,
    glance: Glance,
    read: &'r Read,
    reasons: List<&'r Skip>,
    files: List<&'r FileNote>,
    verdicts: List<verdicts::VerdictView<'r>>,
    sentiment: &'r Sentiment,
    balance: Value,
    corrected: Option<CorrectedView<'r>>,
    changes: changes::Changes<'r>,
    themes: Option<themes::ThemesView<'r>>,
    mentions: Option<mentions::MentionsView<'r>>,
    stars: Option<stars::StarsView<'r>>,
    course: Option<course::CourseView<'r>>,
    groups: List<GroupView<'r>>,
    words: words::WordsView<'r>,
    contrasts: List<words::ContrastView<'r>>,
    people: Option<people::PeopleView<'r>>,
    praise: Vec<Quoted<'r>>,
    complaint: Vec<Quoted<'r>>,
    notes: List<&'r String>,
}

/// Chooses what is shown. Quotes are numbered in the order of the calls below.
pub fn page(report: &Report, room: Room) -> Page<'_> {
    let mut quotes = Quotes::default();
    let praise = quotes.list(&report.quotes.praise, "praise", room.quotes);
    let complaint = quotes.list(&report.quotes.complaint, "complaint", room.quotes);
    let themes = report.themes.as_ref().map(|themes| themes::themes(themes, report.timeline.as_ref(), room, &mut quotes));
    let mentions = report.mentions.as_ref().map(|mentions| mentions::mentions(mentions, report, room, &mut quotes));
    let stars = report.stars.as_ref().map(|stars| stars::stars(stars, room, &mut quotes));
    let links = Links { themes: themes.as_ref(), mentions: mentions.as_ref(), quotes: &quotes };
    let (verdicts, changes) = (verdicts::verdicts(report, room, &links), changes::changes(report, room, &links));
    let course = report.timeline.as_ref().map(|timeline| course::course(timeline, report.spikes.as_ref(), room, &links));
    let words = words::words(&report.words, room, &links);
    let telling = report.contrasts.iter().take(room.rows).map(|one: &Contrast| words::contrast(one, room, &links)).collect();
    let contrasts = List { rows: telling, all: report.contrasts.len() };
    let people = report.people.as_ref().map(|people| people::people(people, room, &links));
    let glance = glance::glance(report, &links);
    let mut page = Page {
        title: title(report),
        generator: &report.generator,
        lexicon: &report.lexicon,
        contents: Vec::new(),
        glance,
        read: &report.read,
        reasons: List::first(&report.read.reasons, room.rows),
        files: List::first(&report.files, room.rows),
        verdicts,
        sentiment: &report.sentiment,
        balance: Value::from_safe_string(balance(&report.sentiment)),
        corrected: report.corrected.as_ref().map(corrected),
        changes,
        course,
        groups: List {
            rows: report.groups.iter().take(room.rows).map(|group| group_view(group, room)).collect(),
            all: report.groups.len(),
        },
        words,
        contrasts,
        people,
        stars,
        themes,
        mentions,
        praise,
        complaint,
        notes: List::first(&report.notes, room.rows),
    };
    page.contents = contents(&page);
    page
}

/// Where figures lead.
pub struct Links<'l, 'r> {
    themes: Option<&'l themes::ThemesView<'r>>,
    mentions: Option<&'l mentions::MentionsView<'r>>,
    /// All quotes.
    pub quotes: &'l Quotes<'r>,
}

impl Links<'_, '_> {
    /// The anchor of a theme; one of this side if there is one.
    pub fn theme(&self, name: &str, side: &str) -> Option<String> {
        let themes = self.themes?;
        let of = |any: bool| themes.all().find(|theme| theme.name == name && (any || side.starts_with(theme.side)));
        of(false).or_else(|| of(true)).map(|theme| theme.id.clone())
    }

    /// The anchor of a subject or aspect.
    pub fn subject(&self, name: &str) -> Option<String> {
        self.mentions?.anchor(name)
    }
}

/// The title of the window: what was read.
fn title(report: &Report) -> String {
    let mut read = report.files.iter().filter(|file| !file.format.is_empty());
    let file = read.next().map_or("", |file| file.name.as_str());
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match usize::from(!file.is_empty()) + read.count() {
        0 => String::new(),
        1 => name.to_owned(),
        more => format!("{name} and {} more", more - 1),
    }
}

fn contents(page: &Page) -> Vec<(&'static str, &'static str)> {
    let scored = page.sentiment.records > 0;
    let all = [
        (!page.verdicts.rows.is_empty(), "verdicts", "Objectives and gates"),
        (scored, "balance", "Praise versus complaints"),
        (page.changes.is_shown(), "changes", "What changed"),
        (page.themes.is_some(), "complaints", "Themes of complaint"),
        (page.themes.is_some(), "praise", "Themes of praise"),
        (page.themes.as_ref().is_some_and(themes::ThemesView::has_given), "given", "Given themes"),
        (page.mentions.is_some(), "mentions", "Subjects and aspects"),
        (page.stars.is_some(), "stars", "Stars against text"),
        (page.course.is_some(), "course", "Course over time"),
        (!page.groups.rows.is_empty(), "groups", "Groups"),
        (page.words.is_shown() || !page.contrasts.rows.is_empty(), "words", "Words"),
        (page.people.is_some(), "people", "Fans and critics"),
        (!page.praise.is_empty() || !page.complaint.is_empty(), "quotes", "Quotes"),
        (true, "read", "What was read"),
        (true, "method", "How to read this page"),
        (!page.notes.rows.is_empty(), "notes", "Notes"),
    ];
    all.into_iter().filter(|(shown, ..)| *shown).map(|(_, id, title)| (id, title)).collect()
}

fn balance(s: &Sentiment) -> String {
    let piece = |part: &Part, class, sign, name| Piece { share: part.share.value, class, sign, name };
    stacked(
        "Shares of the scored records",
        &[
            piece(&s.positive, "praise", "+", "praise"),
            piece(&s.mixed, "mixed", "±", "mixed"),
            piece(&s.neutral, "neutral", "○", "neutral"),
            piece(&s.negative, "complaint", "−", "complaints"),
        ],
    )
}

/// Shares as labels or stars would have them.
#[derive(Serialize)]
struct CorrectedView<'r> {
    headline: String,
    shares: Vec<(&'static str, Estimate)>,
    method: &'r str,
    reason: Option<&'r str>,
}

fn corrected(corrected: &Corrected) -> CorrectedView<'_> {
    CorrectedView {
        headline: corrected.headline(super::numbers::count),
        shares: corrected.shares().collect(),
        method: &corrected.method,
        reason: corrected.reason.as_deref(),
    }
}

/// The side of a quote by a name of it, or by its score.
fn side_of(quote: &QuoteNote, name: &str) -> &'static str {
    match name {
        "praise" => "praise",
        "complaint" | "complaints" => "complaint",
        _ if quote.score < 0.0 => "complaint",
        _ => "praise",
    }
}

/// Records by the values of a field.
#[derive(Serialize)]
struct GroupView<'r> {
    field: &'r str,
    rows: Vec<&'r GroupRow>,
    /// Values that are not shown.
    more: u64,
    /// Ends of the scales of bars and of net sentiment.
    top: f64,
    net_top: f64,
}

fn group_view(group: &Group, room: Room) -> GroupView<'_> {
    let rows: Vec<&GroupRow> = group.values.iter().take(room.rows).collect();
    let sentiments = || rows.iter().map(|row| &row.sentiment);
    GroupView {
        field: &group.field,
        more: group.more + (group.values.len() - rows.len()) as u64,
        top: bar_top(sentiments().flat_map(|s| [&s.positive.share, &s.negative.share])),
        net_top: net_scale(sentiments()),
        rows,
    }
}

/// The end of a scale of net sentiment: what is too few to compare does not stretch it, unless there is
/// nothing else.
fn net_scale<'s>(sentiments: impl Iterator<Item = &'s Sentiment> + Clone) -> f64 {
    let least = if sentiments.clone().any(|s| s.records >= FEW) { FEW } else { 1 };
    net_top(sentiments.filter(|s| s.records >= least).map(|s| &s.net))
}
