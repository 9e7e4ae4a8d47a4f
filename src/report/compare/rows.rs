//! Groups, stars and subjects of two reports. In: both lists. Out: how each row changed, and what the change of a share
//! owes to changed rates and to changed weights. Separate because the rows of two reports must first be brought
//! together: each lists only its largest.

use super::model::{GroupShifts, MixShift, MixValue, RowShift, StarShifts};
use super::shift::{component, counted, few, means, round};
use crate::report::{Group, Mentions, Report, Sentiment, Stars, SubjectRow};
use crate::stats::{self, Cell, Mean};

/// Values shown of a change taken apart.
const VALUES: usize = 5;

/// Records of a row on one side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    records: u64,
    positive: u64,
    negative: u64,
}

impl Counts {
    const fn of(sentiment: &Sentiment) -> Self {
        Self { records: sentiment.records, positive: sentiment.positive.count, negative: sentiment.negative.count }
    }

    const fn plus(self, other: Self) -> Self {
        Self { records: self.records + other.records, positive: self.positive + other.positive, negative: self.negative + other.negative }
    }

    const fn minus(self, other: Self) -> Self {
        Self {
            records: self.records.saturating_sub(other.records),
            positive: self.positive.saturating_sub(other.positive),
            negative: self.negative.saturating_sub(other.negative),
        }
    }
}

/// A row on both sides.
type Pair = [Counts; 2];

fn row(name: &str, [before, after]: Pair, all: [u64; 2]) -> RowShift {
    RowShift {
        name: name.to_owned(),
        kind: None,
        before: before.records,
        after: after.records,
        share: counted((before.records, all[0]), (after.records, all[1])),
        positive: counted((before.positive, before.records), (after.positive, after.records)),
        negative: counted((before.negative, before.records), (after.negative, after.records)),
    }
}

/// Rows of a group that are known on both sides, the largest first, and all others.
struct Known<'g> {
    rows: Vec<(&'g str, Pair)>,
    others: Pair,
    /// What the others are.
    called: &'static str,
}

/// Counts of a value; values that were made alike by redaction are one.
fn counts(group: &Group, value: &str) -> Option<Counts> {
    let rows = group.values.iter().filter(|row| row.value == value).map(|row| Counts::of(&row.sentiment));
    rows.reduce(Counts::plus)
}

/// Whether any value is listed on both sides, or may be: a change between sides that have no value in common cannot be
/// taken apart by it.
pub(super) fn share_values(before: &Group, after: &Group) -> bool {
    before.values.iter().any(|row| counts(after, &row.value).is_some()) || before.more > 0 && after.more > 0
}

fn known(groups: [&Group; 2], all: [Counts; 2]) -> Known<'_> {
    let mut rows: Vec<(&str, Pair)> = Vec::new();
    for name in groups.iter().flat_map(|group| group.values.iter().map(|row| row.value.as_str())) {
        // What a side does not list it may still have, unless it lists all.
        let on = |group: &Group| counts(group, name).or((group.more == 0).then(Counts::default));
        if let (None, Some(before), Some(after)) = (rows.iter().find(|(known, _)| *known == name), on(groups[0]), on(groups[1])) {
            rows.push((name, [before, after]));
        }
    }
    rows.sort_by(|(a, x), (b, y)| (y[0].records + y[1].records).cmp(&(x[0].records + x[1].records)).then_with(|| a.cmp(b)));
    let rest = |side: usize| rows.iter().fold(all[side], |rest, (_, pair)| rest.minus(pair[side]));
    let others = [rest(0), rest(1)];
    let called = if groups.iter().all(|group| group.more == 0) { "(no value)" } else { "(all others)" };
    Known { rows, others, called }
}

/// How the values of a field changed, and what that does to the shares of complaint and praise; none when there is
/// nothing to divide by.
pub(super) fn group(groups: [&Group; 2], sides: [&Report; 2]) -> Option<(GroupShifts, Vec<MixShift>)> {
    let all = sides.map(|side| Counts::of(&side.sentiment));
    let Known { rows, others, called } = known(groups, all);
    let has_others = others.iter().any(|side| side.records > 0);
    if rows.len() + usize::from(has_others) < 2 {
        return None;
    }
    let records = all.map(|side| side.records);
    let mut cells = rows.clone();
    cells.extend(has_others.then_some((called, others)));
    let enough = !few(records[0], records[1]);
    let share = |name: &str, hits: fn(Counts) -> u64| mix(&groups[0].field, name, &cells, hits);
    let mixes = [share("negative", |counts| counts.negative), share("positive", |counts| counts.positive)];
    let shifts = GroupShifts {
        field: groups[0].field.clone(),
        rows: rows.iter().map(|(name, pair)| row(name, *pair, records)).collect(),
        others: has_others.then(|| row(called, others, records)),
    };
    Some((shifts, mixes.into_iter().flatten().filter(|_| enough).collect()))
}

fn mix(field: &str, share: &str, rows: &[(&str, Pair)], hits: fn(Counts) -> u64) -> Option<MixShift> {
    let cells: Vec<[Cell; 2]> = rows.iter().map(|(_, pair)| pair.map(|side| (side.records, hits(side)))).collect();
    let parts = stats::parts(&cells)?;
    let values = rows.iter().zip(&parts.groups);
    let mut values: Vec<MixValue> =
        values.map(|((name, _), part)| MixValue { value: (*name).to_owned(), rate: round(part.0), mix: round(part.1) }).collect();
    let size = |value: &MixValue| (value.rate + value.mix).abs();
    values.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.value.cmp(&b.value)));
    let more = values.len().saturating_sub(VALUES) as u64;
    values.truncate(VALUES);
    Some(MixShift {
        field: field.to_owned(),
        share: share.to_owned(),
        rate: component(&parts.rate),
        mix: component(&parts.mix),
        values,
        more,
    })
}

/// How stars changed, if both sides have the same scale.
pub(super) fn stars(before: &Stars, after: &Stars) -> Option<StarShifts> {
    if before.most != after.most {
        return None;
    }
    let on = |side: &Stars, stars: u8| {
        side.rows.iter().filter(|row| row.stars == stars).map(|row| Counts::of(&row.sentiment)).fold(Counts::default(), Counts::plus)
    };
    let mut ratings: Vec<u8> = before.rows.iter().chain(&after.rows).map(|row| row.stars).collect();
    ratings.sort_unstable_by(|a, b| b.cmp(a));
    ratings.dedup();
    let all = [before, after].map(|side| side.rows.iter().map(|row| row.sentiment.records).sum());
    let mean =
        |side: &Stars| Mean::of_counts(&side.rows.iter().map(|row| (f64::from(row.stars), row.sentiment.records)).collect::<Vec<_>>());
    let (one, other) = (mean(before), mean(after));
    Some(StarShifts {
        most: before.most,
        mean: means(&one, &other, (one.estimate(), other.estimate()), f64::from(before.most)),
        rows: ratings.iter().map(|&stars| row(&stars.to_string(), [on(before, stars), on(after, stars)], all)).collect(),
    })
}

/// How subjects, or aspects, changed that were listened for on both sides.
pub(super) fn subjects(mentions: [&Mentions; 2], sides: [&Report; 2], of: fn(&Mentions) -> &Vec<SubjectRow>) -> Vec<RowShift> {
    let all = sides.map(|side| side.sentiment.records);
    let both = of(mentions[0]).iter().filter_map(|before| {
        let after = of(mentions[1]).iter().find(|after| after.name == before.name && after.kind == before.kind)?;
        let pair = [Counts::of(&before.sentiment), Counts::of(&after.sentiment)];
        Some(RowShift { kind: Some(before.kind), ..row(&before.name, pair, all) })
    });
    let mut rows: Vec<RowShift> = both.collect();
    rows.sort_by(|a, b| (b.before + b.after).cmp(&(a.before + a.after)).then_with(|| a.name.cmp(&b.name)));
    rows
}
