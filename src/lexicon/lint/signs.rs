//! Forms of one word that disagree. In: pages. Out: pairs such as `excellent` + and `excellently` -.
//! Separate because it compares different terms, by the endings of their language.

use super::codes::FORMS;
use super::page::Item;
use super::twins::value;
use super::{Findings, Subject};
use crate::lexicon::format::line::shown;
use crate::lexicon::format::written;
use crate::lexicon::inflections::forms;
use std::collections::HashMap;

/// Valences nearer to 0, in thousandths, are hints and may differ.
const CLEAR: i64 = 500;

pub fn check(subject: &Subject, findings: &mut Findings) {
    let mut known: HashMap<(&str, String), &Item> = HashMap::new();
    for page in subject.pages {
        for item in page.items.iter().filter(|item| is_clear(item)) {
            known.insert((page.language(), item.entry.term.to_lowercase()), item);
        }
    }
    for page in subject.pages {
        let language = page.language();
        for item in page.items.iter().filter(|item| is_clear(item)) {
            let term = item.entry.term.to_lowercase();
            for other in forms(language, &term).filter_map(|form| known.get(&(language, form))) {
                if value(item) * value(other) < 0 {
                    let (first, second) = if item.spot < other.spot { (item, *other) } else { (*other, item) };
                    findings.add(second.spot, FORMS, message(first, second));
                }
            }
        }
    }
}

fn message(first: &Item, second: &Item) -> String {
    let said = |item: &Item| format!("{} as {}", shown(&item.entry.term), written(item.entry.meaning));
    let place = if first.spot.page == second.spot.page { format!("line {}", first.spot.line) } else { first.entry.origin.to_string() };
    format!("found {}, expected the sign of {} ({place})", said(second), said(first))
}

fn is_clear(item: &Item) -> bool {
    value(item).abs() >= CLEAR && item.entry.domains.is_empty()
}
