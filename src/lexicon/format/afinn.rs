//! The format of AFINN: `word TAB whole number` from -5 to 5 (Nielsen 2011), no header. Valences are
//! scaled to our range of 4. Separate as one of the lexicon formats.

use super::line::number;
use super::{Draft, LexiconFormat, Line, LineFault, Wrong, lines};
use crate::lexicon::entry::Meaning;

pub const FORMAT: LexiconFormat = LexiconFormat { name: "afinn", fits, line, has_header: false, missed_by_its_tool: |_| None };

/// A file is AFINN's when its first lines all are a word and a whole number, with no header.
fn fits(text: &str) -> bool {
    let mut first = lines(text).take(20).peekable();
    first.peek().is_some() && first.all(|line| value(line).is_some_and(|(_, v)| v.trim().parse::<i8>().is_ok()))
}

fn value(line: &str) -> Option<(&str, &str)> {
    line.rsplit_once('\t').filter(|(term, _)| !term.contains('\t') && !term.starts_with("# "))
}

fn line(text: &str) -> Result<Line<'_>, LineFault> {
    if text.trim().is_empty() {
        return Ok(Line::Remark);
    }
    let (term, points) = value(text).ok_or_else(|| LineFault::no_tab(text, "word, TAB, whole number from -5 to 5"))?;
    let points = number(text, points, 5.0)?;
    let term = term.trim();
    if term.is_empty() {
        return Err(LineFault::new(Wrong::NoTerm, text, text, "found no term before the tab"));
    }
    Ok(Line::Entry(Draft { term, meaning: Meaning::Valence(points * 4 / 5), options: "", domains: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_points_become_four() {
        let sheet = FORMAT.read("a", "superb\t5\nnot good\t-2\n").unwrap();
        assert_eq!(sheet.entries[0].meaning, Meaning::Valence(4000));
        assert_eq!(sheet.entries[1].meaning, Meaning::Valence(-1600));
    }
}
