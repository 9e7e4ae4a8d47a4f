//! The format of AFINN: `word TAB whole number` from -5 to 5 (Nielsen 2011), no header. Valences are
//! scaled to our range of 4. Separate as one of the lexicon formats.

use super::{LexiconFormat, fault, lines, number, opinion};
use crate::error::Result;
use crate::lexicon::entry::Sheet;
use std::sync::Arc;

pub const FORMAT: LexiconFormat = LexiconFormat { name: "afinn", fits, read };

/// A file is AFINN's when its first lines all are a word and a whole number, with no header.
fn fits(text: &str) -> bool {
    let mut first = lines(text).take(20).peekable();
    first.peek().is_some() && first.all(|(_, line)| value(line).is_some_and(|(_, v)| v.trim().parse::<i8>().is_ok()))
}

fn value(line: &str) -> Option<(&str, &str)> {
    line.rsplit_once('\t').filter(|(term, _)| !term.contains('\t') && !term.starts_with("# "))
}

fn read(name: &str, text: &str) -> Result<Sheet> {
    let (file, mut entries) = (Arc::from(name), Vec::new());
    for (line, content) in lines(text) {
        let (term, points) = value(content)
            .ok_or_else(|| fault(name, line, format!("found {content:?}, expected: word, TAB, whole number from -5 to 5")))?;
        let points = number(points, 5.0).map_err(|message| fault(name, line, message))?;
        entries.push(opinion(&file, line, term.trim(), points * 4 / 5));
    }
    Ok(Sheet { name: name.to_owned(), language: "en".to_owned(), entries })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Meaning;

    #[test]
    fn five_points_become_four() {
        let sheet = read("a", "superb\t5\nnot good\t-2\n").unwrap();
        assert_eq!(sheet.entries[0].meaning, Meaning::Valence(4000));
        assert_eq!(sheet.entries[1].meaning, Meaning::Valence(-1600));
    }
}
