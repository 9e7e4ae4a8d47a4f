//! Entries that change nothing. In: pages and the lexicons below them. Out: entries that say what is
//! said below. Separate because it is asked only of overlays.

use super::codes::NO_EFFECT;
use super::{Findings, Subject};
use crate::lexicon::entry::Entry;
use crate::lexicon::format::line::shown;
use crate::lexicon::format::written;
use crate::lexicon::met::Met;
use crate::text::Tokens;
use std::collections::HashMap;

pub fn check(subject: &Subject, findings: &mut Findings) {
    if subject.lower.is_empty() {
        return;
    }
    let mut tokens = Tokens::new();
    let mut below: HashMap<Met, (&Entry, &str)> = HashMap::new();
    for sheet in subject.lower {
        for entry in sheet.entries.iter().filter(|entry| entry.domains.is_empty()) {
            below.insert(Met::of(&entry.term, &mut tokens), (entry, &sheet.language));
        }
    }
    for page in subject.pages {
        let serves = |language: &str| language == page.language() || [language, page.language()].contains(&"any");
        for item in &page.items {
            if let Some((entry, language)) = below.get(&item.met)
                && serves(language)
                && entry.meaning == item.entry.meaning
            {
                let message =
                    format!("found {} as {}, which {} says already", shown(&item.entry.term), written(entry.meaning), entry.origin);
                findings.add(item.spot, NO_EFFECT, message);
            }
        }
    }
}
