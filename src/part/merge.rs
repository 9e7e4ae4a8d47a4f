//! Parts to one part. In: parts by name, in any order. Out: what one run over all their files would have known. Separate
//! because files have numbers by which records are named and ties are broken, and those are given here anew.

use super::Part;
use crate::error::{Error, Result};
use crate::report::FileOutcome;
use crate::summary::Summary;

/// Merges parts. The result depends neither on their order nor on how they are grouped, and holds texts without personal
/// data only if all of them do.
///
/// # Errors
/// When there is none, or two do not agree on what they must: the words that count, groupings, subjects and the like.
pub fn merge(parts: Vec<(String, Part)>) -> Result<Part> {
    let mut agreed: Option<(&str, &Part)> = None;
    for (name, part) in &parts {
        match agreed {
            Some((first, known)) => agree((first, known), (name, part))?,
            None => agreed = Some((name, part)),
        }
    }
    let Some((_, first)) = agreed else { return Err(Error::usage("found no part to merge").advise("earful merge A.part B.part")) };
    let mut whole = Part {
        unredacted: parts.iter().any(|(_, part)| part.unredacted),
        summary: Summary::new(first.groupings.len(), first.subjects.len()),
        files: Vec::new(),
        ..first.clone()
    };
    let mut files: Vec<(FileOutcome, usize, usize)> = Vec::new();
    let mut summaries = Vec::new();
    for (number, (_, part)) in parts.into_iter().enumerate() {
        files.extend(part.files.into_iter().enumerate().map(|(at, file)| (file, number, at)));
        summaries.push(part.summary);
    }
    files.sort_by(|(one, ..), (other, ..)| order(one).cmp(&order(other)));
    let mut numbers: Vec<Vec<u32>> = vec![Vec::new(); summaries.len()];
    for (new, (_, part, at)) in (0u32..).zip(&files) {
        if let Some(numbers) = numbers.get_mut(*part) {
            numbers.resize(numbers.len().max(at + 1), u32::MAX);
            if let Some(number) = numbers.get_mut(*at) {
                *number = new;
            }
        }
    }
    for (mut summary, numbers) in summaries.into_iter().zip(numbers) {
        summary.renumber(&|old| numbers.get(old as usize).copied().unwrap_or(u32::MAX));
        whole.summary.merge(summary);
    }
    whole.summary.sort();
    whole.files = files.into_iter().map(|(file, ..)| file).collect();
    Ok(whole)
}

/// By what files are put in order: their ranks, and for files of one rank all else that is known.
fn order(file: &FileOutcome) -> impl Ord + '_ {
    let fault = file.fault.as_ref().map(Error::to_string);
    (&file.rank, &file.name, &file.format, &file.notes, fault)
}

/// Two parts that cannot be added up are told by what they differ in.
fn agree((first, known): (&str, &Part), (name, part): (&str, &Part)) -> Result<()> {
    let settings = known.settings.keys().chain(part.settings.keys());
    let none = "nothing".to_owned();
    for setting in settings {
        let [expected, found] = [known, part].map(|part| part.settings.get(setting).unwrap_or(&none));
        if expected != found {
            return Err(Error::input(format!("found {setting}: {found}, expected {expected} as in {first}"))
                .at(name)
                .advise("write both parts with the same options"));
        }
    }
    let same = known.lexicon == part.lexicon
        && known.groupings == part.groupings
        && known.offered == part.offered
        && known.subjects == part.subjects
        && known.handles == part.handles
        && known.sample == part.sample
        && known.keyed == part.keyed;
    if same {
        return Ok(());
    }
    Err(Error::input(format!("found other words, groupings, subjects or samples than in {first}"))
        .at(name)
        .advise("write both parts with the same options"))
}
