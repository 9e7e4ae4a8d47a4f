//! Terms that stand twice. In: pages. Out: pairs within a file, by whether they say the same, and terms
//! that lean the other way in another file. Separate because a later line wins in silence.

use super::codes::{CONTRADICTION, EMOTICONS, FOLDED_CONTRADICTION, FOLDED_REPEATED, OPPOSITE, REPEATED};
use super::page::{Item, Page};
use super::{Findings, Subject};
use crate::lexicon::entry::Meaning;
use crate::lexicon::format::line::shown;
use crate::lexicon::format::written;
use crate::lexicon::met::Met;
use std::collections::HashMap;

/// A term within its domains.
type Twin<'p> = (&'p Met, Vec<&'p str>);

pub fn check(subject: &Subject, findings: &mut Findings) {
    let mut before: HashMap<Twin, (&Page, &Item)> = HashMap::new();
    for page in subject.pages {
        let mut spelt: HashMap<(&str, Vec<&str>), &Item> = HashMap::new();
        let mut here: HashMap<Twin, &Item> = HashMap::new();
        for item in &page.items {
            // Terms that no text meets can only be equal as they are written.
            let alike = if item.met.lost { None } else { here.insert((&item.met, domains(item)), item) };
            if let Some(first) = spelt.insert((&item.entry.term, domains(item)), item).or(alike) {
                tell(first, item, findings);
            }
        }
        for (twin, item) in here {
            if let Some((other, first)) = before.insert(twin, (page, item))
                && value(first) * value(item) < 0
            {
                let message = format!("found {}, expected the sign of {}: {}", said(item), other.name, at_line(first));
                findings.add(item.spot, OPPOSITE, message);
            }
        }
    }
}

fn domains(item: &Item) -> Vec<&str> {
    let mut domains: Vec<&str> = item.entry.domains.iter().map(String::as_str).collect();
    domains.sort_unstable();
    domains
}

fn tell(first: &Item, second: &Item, findings: &mut Findings) {
    let alike = first.entry.meaning == second.entry.meaning;
    let code = match (first.entry.term == second.entry.term, alike) {
        (true, true) => REPEATED,
        (true, false) => CONTRADICTION,
        // Emoticons are told apart by the eye and not by the tokenizer: they may be listed in full.
        (false, true) if second.met.picture => return,
        (false, false) if second.met.picture => EMOTICONS,
        (false, true) => FOLDED_REPEATED,
        (false, false) => FOLDED_CONTRADICTION,
    };
    findings.add(second.spot, code, format!("found {}, expected it once: {}", said(second), at_line(first)));
}

fn said(item: &Item) -> String {
    format!("{} as {}", shown(&item.entry.term), written(item.entry.meaning))
}

fn at_line(item: &Item) -> String {
    format!("line {} has {}", item.spot.line, said(item))
}

/// Valence; 0 for roles.
pub fn value(item: &Item) -> i64 {
    match item.entry.meaning {
        Meaning::Valence(value) => i64::from(value),
        Meaning::Role(..) | Meaning::Leaning(_) => 0,
    }
}
