//! Themes of two reports. In: both lists. Out: what became of each theme. Separate because a theme that is not listed
//! may be there nevertheless: a list ends somewhere.

use super::model::{Fate, Finding, ThemeShift, ThemeShifts};
use super::shift::counted;
use crate::report::{Theme, Themes};
use crate::stats::{Counted, Estimate};

/// What became of the themes; they are the same if their keys are. Findings are settled by [`settle`] when the
/// tests of all tables are in.
pub(super) fn themes(before: &Themes, after: &Themes) -> ThemeShifts {
    let of = |side: &Themes, theme: &Theme| side.all().find(|other| other.key == theme.key && other.side == theme.side).cloned();
    let mut rows: Vec<ThemeShift> =
        before.all().filter_map(|theme| row((before, Some(theme)), (after, of(after, theme).as_ref()))).collect();
    let only_after = after.all().filter(|theme| of(before, theme).is_none());
    rows.extend(only_after.filter_map(|theme| row((before, None), (after, Some(theme)))));
    ThemeShifts { least_before: before.least, least_after: after.least, rows }
}

fn row((before, one): (&Themes, Option<&Theme>), (after, other): (&Themes, Option<&Theme>)) -> Option<ThemeShift> {
    let theme = other.or(one)?;
    // A theme that was given on one side alone was not looked for on the other.
    if theme.side == "given" && (one.is_none() || other.is_none()) {
        return None;
    }
    let count = |side: &Themes, theme: Option<&Theme>| theme.map_or((side.least.min(side.records), side.records), |t| seen(t, side));
    let mut share = counted(count(before, one), count(after, other));
    // It may have been more on the side where it is not listed only up to that: a change the other way is none.
    let wrong = |found: Finding| matches!((found, one, other), (Finding::Fell, None, _) | (Finding::Rose, _, None));
    if wrong(share.finding) {
        share.finding = Finding::NoEvidence;
        share.test = None;
    }
    Some(ThemeShift {
        name: theme.name.clone(),
        key: theme.key.clone(),
        side: theme.side.clone(),
        fate: Fate::NoEvidence,
        before: one.map(|theme| theme.records),
        after: other.map(|theme| theme.records),
        share,
    })
}

/// How many of the records that were looked through raise a theme: its count, or of a sample what the share says.
fn seen(theme: &Theme, side: &Themes) -> Counted {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // a share of a count
    let estimated = |share: &Estimate| (share.value.clamp(0.0, 1.0) * side.records as f64).round() as u64;
    let records = if side.sample > 1 { estimated(&theme.share) } else { theme.records.min(side.records) };
    (records, side.records)
}

/// Says what became of themes, and puts those first that changed.
pub(super) fn settle(themes: &mut ThemeShifts) {
    for row in &mut themes.rows {
        row.fate = match (row.share.finding, row.before, row.after) {
            (Finding::Rose, None, _) => Fate::New,
            (Finding::Fell, _, None) => Fate::Gone,
            (Finding::Rose, ..) => Fate::Grown,
            (Finding::Fell, ..) => Fate::Shrunken,
            (Finding::NoEvidence, ..) => Fate::NoEvidence,
            (Finding::TooFew, ..) => Fate::TooFew,
        };
    }
    let size = |row: &ThemeShift| row.share.change.value.abs();
    themes.rows.sort_by(|a, b| {
        let order = |row: &ThemeShift| !row.share.finding.is_change();
        order(a).cmp(&order(b)).then_with(|| size(b).total_cmp(&size(a))).then_with(|| (&a.side, &a.key).cmp(&(&b.side, &b.key)))
    });
}
