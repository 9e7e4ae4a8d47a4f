//! The format of VADER's lexicon: `token TAB mean TAB deviation TAB [ten ratings]`, valences -4 to 4
//! (Hutto and Gilbert 2014). Separate as one of the lexicon formats.

use super::{LexiconFormat, fault, lines, number, opinion};
use crate::error::Result;
use crate::lexicon::entry::Sheet;
use std::sync::Arc;

pub const FORMAT: LexiconFormat = LexiconFormat { name: "vader", fits, read };

fn fits(text: &str) -> bool {
    lines(text).next().is_some_and(|(_, line)| line.split('\t').count() == 4 && line.trim_end().ends_with(']'))
}

fn read(name: &str, text: &str) -> Result<Sheet> {
    let (file, mut entries) = (Arc::from(name), Vec::new());
    for (line, content) in lines(text) {
        let (term, rest) = content
            .split_once('\t')
            .ok_or_else(|| fault(name, line, format!("found {content:?} without a tab, expected: token, TAB, mean")))?;
        let mean = rest.split('\t').next().unwrap_or("");
        let value = number(mean, 4.0).map_err(|message| fault(name, line, message))?;
        entries.push(opinion(&file, line, term.trim(), value));
    }
    Ok(Sheet { name: name.to_owned(), language: "en".to_owned(), entries })
}
