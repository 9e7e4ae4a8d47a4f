//! Can a text meet the entry? In: pages. Out: terms that the tokenizer cuts otherwise, and terms that
//! are always read as other entries. Separate because it is the one check that compiles the lexicon
//! and reads with it: what it says is what happens.

use super::codes::{SHADOWED, UNREACHABLE};
use super::page::{Item, Page};
use super::spelling::has_bad_star;
use super::{Findings, Subject};
use crate::lexicon::entry::{Meaning, Role, Sheet};
use crate::lexicon::format::line::shown;
use crate::lexicon::met::{Met, NOT, Step, stem};
use crate::lexicon::{Cue, Languages, Lexicon, Reading, builtin};
use crate::text::Tokens;
use std::collections::{BTreeSet, HashSet};

/// The language of sheets that serve all.
const ANY: &str = "any";
/// An ending that no word has.
const ENDING: &str = "zqz";
/// Negators that are tried for `NOT`.
const NEGATORS: usize = 12;

pub fn check(subject: &Subject, findings: &mut Findings) {
    let shipped = builtin::sheets().unwrap_or_default();
    let mut codes: BTreeSet<&str> = subject.pages.iter().map(Page::language).filter(|code| *code != ANY).collect();
    if codes.is_empty() {
        codes.insert("en");
    }
    let mut told = HashSet::new();
    for code in codes {
        let serves = |language: &str| language == code || language == ANY;
        let own = subject.pages.iter().filter(|page| serves(page.language()));
        let sheets: Vec<Sheet> = shipped
            .iter()
            .filter(|sheet| serves(&sheet.language))
            .cloned()
            .chain(own.clone().map(|page| page.sheet(|item| !has_bad_star(&item.entry.term))))
            .collect();
        // Only a star in a wrong place keeps sheets from being compiled, and those are left out.
        let Ok(lexicon) = Lexicon::compile(sheets, Languages::default(), &[]) else { continue };
        let mut reader = Reader::new(&lexicon);
        for item in own.flat_map(|page| &page.items).filter(|item| told.insert((item.spot.page, item.spot.line))) {
            reader.check(item, findings);
        }
    }
}

/// Reads terms as texts.
struct Reader<'l> {
    lexicon: &'l Lexicon,
    negators: Vec<&'l str>,
    reading: Reading,
    tokens: Tokens,
}

impl<'l> Reader<'l> {
    fn new(lexicon: &'l Lexicon) -> Self {
        let negators = lexicon
            .entries()
            .iter()
            .filter(|entry| matches!(entry.meaning, Meaning::Role(Role::Negator | Role::Absence, _)) && !entry.term.contains(' '))
            .map(|entry| &*entry.term)
            .take(NEGATORS)
            .collect();
        Self { lexicon, negators, reading: Reading::new(), tokens: Tokens::new() }
    }

    fn check(&mut self, item: &Item, findings: &mut Findings) {
        let term = &item.entry.term;
        if has_bad_star(term) || Cue::of_term(term).is_some() {
            return;
        }
        if item.met.lost {
            let cut = self.cut(term);
            return findings.add(item.spot, UNREACHABLE, format!("found {}, which the tokenizer reads as {cut}", shown(term)));
        }
        // Words without opinion and what terms lean to are no units, so reading does not show them.
        if matches!(item.entry.meaning, Meaning::Role(Role::Function, _) | Meaning::Leaning(_)) {
            return;
        }
        let texts = self.texts(term, &item.met);
        if texts.is_empty() {
            return findings.advise(
                item.spot,
                UNREACHABLE,
                format!("found {} and no negator that NOT could be", shown(term)),
                "add negators",
            );
        }
        if !texts.iter().any(|text| self.reads(text, &item.met)) {
            let read = texts.first().map(|text| self.read_as(text)).unwrap_or_default();
            findings.add(item.spot, SHADOWED, format!("found {}, which is read as {read}", shown(term)));
        }
    }

    /// Texts that are the term.
    fn texts(&self, term: &str, met: &Met) -> Vec<String> {
        if let Some(stem) = stem(term) {
            return vec![format!("{stem}{ENDING}")];
        }
        if !met.steps.contains(&Step::Negator) {
            return vec![term.to_owned()];
        }
        let with = |negator: &&str| term.split(' ').map(|word| if word == NOT { negator } else { word }).collect::<Vec<_>>().join(" ");
        self.negators.iter().map(with).collect()
    }

    /// Whether a text is read as the entry, or as an equal one.
    fn reads(&mut self, text: &str, met: &Met) -> bool {
        let Self { lexicon, reading, tokens, .. } = self;
        lexicon.read(text, reading);
        reading.units().iter().filter_map(|unit| lexicon.entry(unit.entry)).any(|entry| Met::of(&entry.term, tokens) == *met)
    }

    /// The entries that a text is read as.
    fn read_as(&mut self, text: &str) -> String {
        self.lexicon.read(text, &mut self.reading);
        let entries = self.reading.units().iter().filter_map(|unit| self.lexicon.entry(unit.entry));
        let list: Vec<String> = entries.map(|entry| format!("{} ({})", shown(&entry.term), entry.origin)).collect();
        if list.is_empty() { "nothing".to_owned() } else { list.join(" + ") }
    }

    /// How the tokenizer cuts a term.
    fn cut(&mut self, term: &str) -> String {
        self.tokens.read(term);
        let list: Vec<String> = self.tokens.as_slice().iter().map(|token| shown(token.of(term))).collect();
        if list.is_empty() { "nothing".to_owned() } else { list.join(" + ") }
    }
}
