//! Two reports to one comparison. In: reports, made now or saved. Out: a [`CompareReport`]. Separate because here it is
//! decided what is compared at all: only what both sides have.

use super::model::{CompareReport, CorrectedShifts, How, Overall, SCHEMA, Side};
use super::shift::{counted, estimates, judge, means, net, of_component, of_shift};
use super::{rows, say, themes, warnings};
use crate::input::columns::names_authors;
use crate::report::{Corrected, FEW, Group, Mentions, Part, Read, Report, Sentiment};
use crate::stats::Mean;

/// A side with its report.
pub struct Input<'r> {
    /// What it is called.
    pub name: String,
    /// Whether it is a saved report.
    pub saved: bool,
    /// What it says.
    pub report: &'r Report,
}

/// Compares two sides; `apart` is what was read of records on neither.
#[must_use]
pub fn build(before: &Input, after: &Input, how: How, apart: Option<Read>) -> CompareReport {
    let reports = [before.report, after.report];
    let mut notes: Vec<String> = Vec::new();
    for note in reports.iter().flat_map(|report| &report.notes) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    let (groups, mixes) = groups(reports, &how, &mut notes).into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    let mentions = reports[0].mentions.as_ref().zip(reports[1].mentions.as_ref());
    let heard = |of: fn(&Mentions) -> &Vec<_>| mentions.map_or_else(Vec::new, |(a, b)| rows::subjects([a, b], reports, of));
    let mut report = CompareReport {
        schema: SCHEMA.to_owned(),
        generator: concat!("earful ", env!("CARGO_PKG_VERSION")).to_owned(),
        warnings: warnings::warnings(before, after, &how),
        how,
        before: side(before),
        after: side(after),
        apart,
        least: FEW,
        tests: 0,
        headlines: Vec::new(),
        overall: overall(&reports[0].sentiment, &reports[1].sentiment),
        corrected: corrected(reports),
        mixes: mixes.into_iter().flatten().collect(),
        stars: stars(reports, &mut notes),
        groups,
        subjects: heard(|mentions| &mentions.subjects),
        aspects: heard(|mentions| &mentions.aspects),
        themes: listed(reports, &mut notes),
        notes,
    };
    settle(&mut report);
    let sentence = |name, shift| say::headline(name, shift, &report.before, &report.after);
    report.headlines = vec![sentence("complaints", &report.overall.negative), sentence("praise", &report.overall.positive)];
    report
}

fn side(input: &Input) -> Side {
    Side {
        name: input.name.clone(),
        saved: input.saved,
        lexicon: input.report.lexicon.clone(),
        read: input.report.read.clone(),
        files: input.report.files.clone(),
        sentiment: input.report.sentiment.clone(),
    }
}

fn overall(before: &Sentiment, after: &Sentiment) -> Overall {
    let share = |part: fn(&Sentiment) -> Part| counted((part(before).count, before.records), (part(after).count, after.records));
    let mean = |side: &Sentiment| Mean::of_interval(side.records, &side.score);
    Overall {
        positive: share(|side| side.positive),
        negative: share(|side| side.negative),
        mixed: share(|side| side.mixed),
        neutral: share(|side| side.neutral),
        net: net(before, after),
        score: means(&mean(before), &mean(after), (before.score, after.score), 2.0),
    }
}

fn corrected(reports: [&Report; 2]) -> Option<CorrectedShifts> {
    let [before, after]: [&Corrected; 2] = [reports[0].corrected.as_ref()?, reports[1].corrected.as_ref()?];
    (before.by == after.by).then_some(())?;
    Some(CorrectedShifts {
        by: before.by.clone(),
        positive: estimates(before.positive?, after.positive?),
        negative: estimates(before.negative?, after.negative?),
    })
}

type Grouped = (super::GroupShifts, Vec<super::MixShift>);

/// The fields that both sides are grouped by, but for the one that makes the sides.
fn groups(reports: [&Report; 2], how: &How, notes: &mut Vec<String>) -> Vec<Grouped> {
    let of = |side: usize, field: &str| reports[side].groups.iter().find(|group| group.field == field);
    let sides_by = |group: &&Group| how.field.as_deref() != Some(group.field.as_str());
    // What is not divided on the other side may have one value there, which its report does not show.
    let divides = |group: &&Group| group.values.len() > 1;
    let mut list: Vec<Grouped> = Vec::new();
    for before in reports[0].groups.iter().filter(sides_by) {
        match of(1, &before.field) {
            Some(_) if names_authors(&before.field) => {
                notes.push(format!("{:?} names people, who are numbered anew in each report, so it is not compared", before.field));
            }
            // A field that goes with the one that makes the sides says nothing new.
            Some(after) if !rows::share_values(before, after) && how.by == "field" => {}
            Some(after) if !rows::share_values(before, after) => {
                notes.push(format!("no value of {:?} is on both sides, so that is not compared", before.field));
            }
            Some(after) => list.extend(rows::group([before, after], reports)),
            None if divides(&before) => notes.push(format!("only before is divided by {:?}, so that is not compared", before.field)),
            None => {}
        }
    }
    let only = reports[1].groups.iter().filter(sides_by).filter(divides).filter(|group| of(0, &group.field).is_none());
    notes.extend(only.map(|group| format!("only after is divided by {:?}, so that is not compared", group.field)));
    // A column that was asked for may be the one that was taken for the source.
    let again =
        |at: usize| list.iter().skip(at + 1).any(|(later, _)| (&later.rows, &later.others) == (&list[at].0.rows, &list[at].0.others));
    let mut once = (0..list.len()).map(|at| !again(at)).collect::<Vec<_>>().into_iter();
    list.retain(|_| once.next().unwrap_or(true));
    list
}

fn stars(reports: [&Report; 2], notes: &mut Vec<String>) -> Option<super::StarShifts> {
    let (before, after) = reports[0].stars.as_ref().zip(reports[1].stars.as_ref())?;
    let shifts = rows::stars(before, after);
    if shifts.is_none() {
        notes.push(format!("ratings go up to {} before and up to {} after, so they are not compared", before.most, after.most));
    }
    shifts
}

fn listed(reports: [&Report; 2], notes: &mut Vec<String>) -> Option<super::ThemeShifts> {
    let (before, after) = reports[0].themes.as_ref().zip(reports[1].themes.as_ref())?;
    for (which, side) in [("before", before), ("after", after)] {
        if let Some(reason) = &side.reason {
            notes.push(format!("themes are not compared, as there are none {which}: {reason}"));
            return None;
        }
    }
    Some(themes::themes(before, after))
}

/// Takes all tests together, and says what is left of the findings.
fn settle(report: &mut CompareReport) {
    let o = &mut report.overall;
    let main = [&mut o.positive, &mut o.negative, &mut o.mixed, &mut o.neutral, &mut o.net, &mut o.score];
    let mut tests: Vec<_> = main.into_iter().filter_map(|shift| of_shift(shift, true)).collect();
    tests.extend(report.mixes.iter_mut().flat_map(|mix| [&mut mix.rate, &mut mix.mix]).filter_map(of_component));
    let (mean, starred) = report.stars.as_mut().map(|stars| (&mut stars.mean, &mut stars.rows)).unzip();
    tests.extend(mean.and_then(|mean| of_shift(mean, true)));
    let grouped = report.groups.iter_mut().flat_map(|group| group.rows.iter_mut().chain(&mut group.others));
    let rows = starred.into_iter().flatten().chain(grouped).chain(&mut report.subjects).chain(&mut report.aspects);
    let shifts = rows.flat_map(|row| [&mut row.share, &mut row.positive, &mut row.negative]);
    let themes = report.themes.iter_mut().flat_map(|themes| &mut themes.rows).map(|row| &mut row.share);
    tests.extend(shifts.chain(themes).filter_map(|shift| of_shift(shift, false)));
    judge(&mut tests);
    report.tests = tests.len() as u64;
    report.themes.iter_mut().for_each(themes::settle);
}
