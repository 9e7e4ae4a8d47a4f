//! What stands behind the meaning. In: pages. Out: options without effect, domains nobody has, entries
//! without support. Separate because options are for tools and their faults cost no entry.

use super::codes::{COLUMN, DOMAIN, OPTION, SUPPORT};
use super::page::{Item, column};
use super::{Findings, Spot, Subject};
use crate::lexicon::builtin;
use crate::lexicon::format::KNOWN_OPTIONS;
use crate::lexicon::format::line::shown;
use crate::lexicon::similar::did_you_mean;
use std::collections::{BTreeMap, BTreeSet};

/// A domain that so many entries name is no slip.
const ESTABLISHED: usize = 3;

pub fn check(subject: &Subject, findings: &mut Findings) {
    let known = known_domains(subject);
    for page in subject.pages.iter().filter(|page| page.format.has_header) {
        for item in &page.items {
            let line = page.lines.get(item.spot.line - 1).map_or("", String::as_str);
            let spot = |part: &str| Spot { column: column(line, line.rfind(part).unwrap_or(0)), ..item.spot };
            if line.split('\t').count() > 3 {
                let extra = line.match_indices('\t').nth(2).map_or(0, |(at, _)| at);
                findings.add(Spot { column: column(line, extra), ..item.spot }, COLUMN, "found a fourth column, expected at most three");
            }
            item.options.split_whitespace().for_each(|option| check_option(option, spot(option), findings));
            check_domains(item, &known, &spot, findings);
        }
    }
}

fn check_option(option: &str, spot: Spot, findings: &mut Findings) {
    let guess = |key: &str| did_you_mean(key, KNOWN_OPTIONS.into_iter()).unwrap_or_else(|| OPTION.advice.to_owned());
    match option.split_once('=') {
        Some(("support", "0")) => findings.add(spot, SUPPORT, "found support=0, expected an entry that occurs"),
        Some((key, value)) if KNOWN_OPTIONS.contains(&key) && !value.is_empty() && !value.split(',').any(str::is_empty) => {}
        Some((key, _)) if KNOWN_OPTIONS.contains(&key) => {
            findings.add(spot, OPTION, format!("found the option {} with a value missing, expected {key}=value", shown(option)));
        }
        Some((key, _)) => {
            let message = format!("found the option {}, expected one of: {}", shown(key), KNOWN_OPTIONS.join(", "));
            findings.advise(spot, OPTION, message, guess(key));
        }
        None => findings.advise(spot, OPTION, format!("found the option {}, expected key=value", shown(option)), guess(option)),
    }
}

fn check_domains<'i>(item: &'i Item, known: &BTreeSet<String>, spot: &dyn Fn(&'i str) -> Spot, findings: &mut Findings) {
    for domain in item.entry.domains.iter().filter(|domain| !domain.is_empty() && !known.contains(*domain)) {
        let advice = did_you_mean(domain, known.iter().map(String::as_str)).unwrap_or_else(|| DOMAIN.advice.to_owned());
        findings.advise(spot(domain), DOMAIN, format!("found the domain {}, which no shipped lexicon has", shown(domain)), advice);
    }
}

/// Domains of the shipped lexicons and those below, and those that many entries name.
fn known_domains(subject: &Subject) -> BTreeSet<String> {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for domain in subject.pages.iter().flat_map(|page| &page.items).flat_map(|item| &item.entry.domains) {
        *named.entry(domain).or_default() += 1;
    }
    let shipped = builtin::sheets().unwrap_or_default();
    let below = shipped.iter().chain(subject.lower).flat_map(|sheet| &sheet.entries).flat_map(|entry| &entry.domains);
    let established = named.iter().filter(|(_, count)| **count >= ESTABLISHED).map(|(domain, _)| (*domain).to_owned());
    below.cloned().chain(established).collect()
}
