//! Does a file say what it is? In: pages. Out: what is missing at their head. Separate because it is
//! the one check of a file and not of its entries; formats without header are passed over.

use super::codes::{BAD_LANGUAGE, NO_HEADER, NO_LANGUAGE, NO_LICENCE, NO_SOURCE};
use super::{Findings, Spot, Subject};
use crate::lexicon::format::line::shown;

pub fn check(subject: &Subject, findings: &mut Findings) {
    for (number, page) in subject.pages.iter().enumerate().filter(|(_, page)| page.format.has_header && !page.lines.is_empty()) {
        let top = Spot { page: number, line: 1, column: 1 };
        if page.header.first().is_none_or(|(key, _, line)| key != "earful-lexicon" || *line != 1) {
            findings.add(top, NO_HEADER, "found no header, expected the first line: # earful-lexicon: 1");
        }
        match page.told(&["language"]) {
            None => findings.add(top, NO_LANGUAGE, "found no language, expected a line such as: # language: en"),
            Some((code, line)) if !is_code(code) => {
                let message = format!("found the language {}, expected a code such as en, or any", shown(code));
                findings.add(Spot { line, ..top }, BAD_LANGUAGE, message);
            }
            Some(_) => {}
        }
        for (keys, code) in [(["source", "source"], NO_SOURCE), (["licence", "license"], NO_LICENCE)] {
            if page.told(&keys).is_none() {
                findings.add(top, code, format!("found no {0}, expected a line: # {0}: ...", keys[0]));
            }
        }
    }
}

fn is_code(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase())
}
