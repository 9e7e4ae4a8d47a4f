//! What makes two sides hard to compare. In: their reports. Out: warnings. Separate because a change may be that of
//! the lexicon, the files or the counting, and whoever reads the figures must be told.

use super::build::Input;
use super::model::How;
use crate::report::{LexiconNote, QuoteNote, Read, Report};

/// Fewest records of a side without copies that are told when the other has some.
const MANY: u64 = 100;

/// All warnings, the gravest first.
pub(super) fn warnings(before: &Input, after: &Input, how: &How) -> Vec<String> {
    let (one, other) = (before.report, after.report);
    let mut list: Vec<String> = Vec::new();
    for side in [before, after] {
        let faults = side.report.files.iter().filter_map(|file| file.fault.as_ref().map(|fault| (file, fault)));
        list.extend(faults.map(|(file, fault)| format!("{} is not complete: {}: {fault}", side.name, file.name)));
    }
    list.dedup_by(|a, b| a.split_once(": ").map(|p| p.1) == b.split_once(": ").map(|p| p.1));
    list.extend(lexicons(one, other));
    list.extend(corrected(one, other));
    list.extend(copies(before, after));
    if how.by == "sides" {
        list.extend(overlap(before, after));
        list.extend(turned_round(&one.read, &other.read));
    }
    list
}

fn lexicons(one: &Report, other: &Report) -> Option<String> {
    let told = |note: &LexiconNote| {
        let entries = if note.entries == 1 { "entry" } else { "entries" };
        format!("{} {entries} for {}", note.entries, note.languages.join(", "))
    };
    if one.lexicon != other.lexicon {
        let (a, b) = (told(&one.lexicon), told(&other.lexicon));
        return Some(format!("the sides were scored with different lexicons ({a}; {b}): part of the change may be theirs"));
    }
    (one.generator != other.generator).then(|| {
        let (a, b) = (&one.generator, &other.generator);
        format!("the sides were scored by different versions ({a}; {b}): part of the change may be theirs")
    })
}

fn corrected(one: &Report, other: &Report) -> Option<String> {
    let by =
        |report: &Report| report.corrected.as_ref().filter(|corrected| corrected.reason.is_none()).map(|corrected| corrected.by.clone());
    match (by(one), by(other)) {
        (None, None) => None,
        (Some(a), Some(b)) if a == b => None,
        (Some(a), Some(b)) => Some(format!("corrected shares are by {a} before and by {b} after, so they are not compared")),
        (before, _) => {
            let which = if before.is_some() { "before" } else { "after" };
            Some(format!("shares are corrected only {which}; the uncorrected ones of both sides are compared"))
        }
    }
}

fn copies(before: &Input, after: &Input) -> Option<String> {
    let [one, other] = [before, after].map(|side| {
        side.report
            .read
            .reasons
            .iter()
            .filter(|skip| skip.excluded && skip.reason.starts_with("a copy"))
            .map(|skip| skip.count)
            .sum::<u64>()
    });
    let untold = |records: u64| before.saved | after.saved && records >= MANY;
    let said = |with: &str, count: u64, without: &str| {
        format!("{count} copies are left out {with} and none {without}: perhaps copies were counted differently (--copies)")
    };
    match (one, other) {
        (1.., 0) if untold(after.report.read.records) => Some(said("before", one, "after")),
        (0, 1..) if untold(before.report.read.records) => Some(said("after", other, "before")),
        _ => None,
    }
}

/// The same files, or the same quotes, on both sides.
fn overlap(before: &Input, after: &Input) -> Option<String> {
    let twice = before.report.files.iter().find(|file| after.report.files.iter().any(|other| other.name == file.name && file.name != "-"));
    if let Some(file) = twice {
        return Some(format!("{} is on both sides: records that are on both hide a change", file.name));
    }
    let quotes = |report: &Report| -> Vec<QuoteNote> { report.quotes.praise.iter().chain(&report.quotes.complaint).cloned().collect() };
    let (one, other) = (quotes(before.report), quotes(after.report));
    let same = |a: &&QuoteNote| a.date.is_some() && other.iter().any(|b| (&a.text, &a.date, a.stars) == (&b.text, &b.date, b.stars));
    let same = one.iter().filter(same).count();
    (same > 0).then(|| {
        format!(
            "{same} of {} quotes are on both sides, word for word and of the same day: records that are on both hide a change",
            one.len()
        )
    })
}

fn turned_round(one: &Read, other: &Read) -> Option<String> {
    let (from, to) = (one.from.as_ref()?, other.to.as_ref()?);
    (from > to).then(|| format!("before begins on {from}, after ends on {to}: perhaps the sides are the wrong way round"))
}
