//! The format of VADER's lexicon: `token TAB mean TAB deviation TAB [ten ratings]`, valences -4 to 4
//! (Hutto and Gilbert 2014). Separate as one of the lexicon formats.

use super::line::number;
use super::{Draft, LexiconFormat, Line, LineFault, Wrong, lines};
use crate::lexicon::entry::Meaning;

pub const FORMAT: LexiconFormat = LexiconFormat { name: "vader", fits, line, has_header: false, missed_by_its_tool };

fn fits(text: &str) -> bool {
    lines(text).next().is_some_and(|line| line.split('\t').count() == 4 && line.trim_end().ends_with(']'))
}

fn line(text: &str) -> Result<Line<'_>, LineFault> {
    if text.trim().is_empty() {
        return Ok(Line::Remark);
    }
    let (term, rest) = text.split_once('\t').ok_or_else(|| LineFault::no_tab(text, "token, TAB, mean"))?;
    let value = number(text, rest.split('\t').next().unwrap_or(""), 4.0)?;
    let term = term.trim();
    if term.is_empty() {
        return Err(LineFault::new(Wrong::NoTerm, text, text, "found no term before the tab"));
    }
    Ok(Line::Entry(Draft { term, meaning: Meaning::Valence(value), options: "", domains: None }))
}

/// VADER looks up one lower-case word at a time.
fn missed_by_its_tool(term: &str) -> Option<&'static str> {
    if term.contains(' ') {
        return Some("VADER itself looks up single words and never finds it");
    }
    (term != term.to_lowercase()).then_some("VADER itself looks up lower-case words and never finds it")
}
