//! Where in a report a condition looks. In: a report and the scope of a condition. Out: what is told of it
//! there, if it is there. Separate because themes, subjects and groups are found by names in different ways.

use super::condition::Scope;
use super::measures::{Figure, counted, plain, share};
use crate::mention::Kind;
use crate::report::{GroupRow, QuoteNote, Report, Sentiment, SubjectRow, Theme};
use crate::stats::{self, Estimate};

/// A place in a report.
#[derive(Clone, Copy, Debug)]
pub struct Look<'r> {
    /// The report.
    pub report: &'r Report,
    at: At<'r>,
}

#[derive(Clone, Copy, Debug)]
enum At<'r> {
    All,
    Theme(&'r Theme),
    Subject(&'r SubjectRow),
    Group(&'r GroupRow),
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

impl<'r> Look<'r> {
    /// Finds what a condition is about. None if the report has nothing of that name.
    #[must_use]
    pub fn find(report: &'r Report, scope: &Scope) -> Option<Self> {
        let at = match scope {
            Scope::All => At::All,
            Scope::Theme(name) => At::Theme(theme(report, name)?),
            Scope::Subject(name) => At::Subject(report.mentions.as_ref()?.subjects.iter().find(|subject| same(&subject.name, name))?),
            Scope::Aspect(name) => {
                let mentions = report.mentions.as_ref()?;
                let own = mentions.subjects.iter().filter(|subject| subject.kind == Kind::Aspect);
                At::Subject(mentions.aspects.iter().chain(own).find(|aspect| same(&aspect.name, name))?)
            }
            Scope::Group(field, value) => {
                let group = report.groups.iter().find(|group| same(&group.field, field))?;
                At::Group(group.values.iter().find(|row| same(&row.value, value))?)
            }
        };
        Some(Self { report, at })
    }

    /// What is felt about it.
    #[must_use]
    pub const fn sentiment(&self) -> Option<&'r Sentiment> {
        match self.at {
            At::All => Some(&self.report.sentiment),
            At::Subject(row) => Some(&row.sentiment),
            At::Group(row) => Some(&row.sentiment),
            At::Theme(_) => None,
        }
    }

    pub(super) fn share(&self) -> Option<Figure> {
        let scored = self.report.sentiment.records;
        Some(match self.at {
            At::All => return None,
            At::Theme(theme) => share(theme.records, scored, theme.share),
            // Its posts among those of all comparable subjects.
            At::Subject(row) => {
                let of = self.report.mentions.as_ref().map_or(0, |mentions| mentions.records);
                plain(row.voice.share, of.max(row.voice.count))
            }
            At::Group(row) => share(row.sentiment.records, scored, stats::share(row.sentiment.records, scored)),
        })
    }

    pub(super) fn stars(&self) -> Option<Figure> {
        if let At::Theme(theme) = self.at {
            return theme.stars.map(|stars| plain(stars, theme.records));
        }
        let rows = || self.report.stars.iter().flat_map(|stars| &stars.rows).map(|row| (u64::from(row.stars), row.sentiment.records));
        let count: u64 = rows().map(|(_, records)| records).sum();
        let sum: u64 = rows().map(|(stars, records)| stars * records).sum();
        let squares = rows().map(|(stars, records)| stars * stars * records).sum();
        (count > 0).then(|| plain(stats::mean(count, i64::try_from(sum).unwrap_or(i64::MAX), squares, 1.0), count))
    }

    pub(super) fn records(&self) -> Figure {
        counted(match self.at {
            At::All => self.report.read.records,
            At::Theme(theme) => theme.records,
            At::Subject(row) => row.posts,
            At::Group(row) => row.sentiment.records,
        })
    }

    /// Spikes of a side, of all records or of this theme or subject. None where they could not be looked for.
    pub(super) fn spikes(&self, side: fn(&str) -> bool) -> Option<Figure> {
        let spikes = self.report.spikes.as_ref().filter(|spikes| spikes.reason.is_none())?;
        let here = spikes.found.iter().filter(|spike| side(&spike.side)).filter(|spike| match self.at {
            At::Theme(theme) => spike.theme.as_ref().is_some_and(|name| same(name, &theme.name)),
            At::Subject(row) => spike.subject.as_ref().is_some_and(|name| same(name, &row.name)),
            At::All | At::Group(_) => true,
        });
        let value = here.count() as f64;
        // Whether there are spikes is told by a test of its own, whose false alarms the report states.
        Some(plain(Estimate { value, low: value, high: value }, self.report.sentiment.records))
    }

    /// A telling quote: a complaint, unless there is only praise.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let first = |lists: &'r crate::report::QuoteLists| lists.complaint.first().or_else(|| lists.praise.first());
        let quote: Option<&QuoteNote> = match self.at {
            At::All | At::Group(_) => first(&self.report.quotes),
            At::Theme(theme) => theme.quotes.first().map(|quote| &quote.quote),
            At::Subject(row) => first(&row.quotes),
        };
        // Quotes of all records are none of one group.
        quote.filter(|_| !matches!(self.at, At::Group(_))).map(|quote| quote.place.clone())
    }
}

/// A theme by its name, else by its key, else by one of its phrases.
fn theme<'r>(report: &'r Report, name: &str) -> Option<&'r Theme> {
    let all = || report.themes.iter().flat_map(crate::report::Themes::all);
    all()
        .find(|theme| same(&theme.name, name))
        .or_else(|| all().find(|theme| same(&theme.key, name)))
        .or_else(|| all().find(|theme| theme.phrases.iter().any(|phrase| same(&phrase.name, name))))
}
