//! How a term is written. In: pages. Out: signs that cannot be seen, stray blanks, capitals, stars,
//! personal data and stretched spellings. Separate because it looks at one line at a time.

use super::codes::{BIDI, BLANKS, CASE, HANDLE, INVISIBLE, OTHER_TOOL, PERSONAL, STAR, STRETCHED};
use super::page::{Item, Page, column};
use super::{Findings, Spot, Subject};
use crate::escape::{is_harmful, turns_text};
use crate::lexicon::format::line::shown;
use crate::lexicon::met::{NOT, stem};
use crate::lexicon::prefix::SHORTEST;
use crate::redact::redact;
use crate::text::{Kind, Tokens, stretch};

pub fn check(subject: &Subject, findings: &mut Findings) {
    let mut tokens = Tokens::new();
    for (number, page) in subject.pages.iter().enumerate() {
        for (line, text) in (1..).zip(&page.lines) {
            signs(text, Spot { page: number, line, column: 1 }, findings);
        }
        for item in &page.items {
            blanks(page, item, findings);
            capitals(page, item, findings);
            endings(item, findings);
            people(item, &mut tokens, findings);
        }
    }
}

/// Signs that cannot be seen; the first of each kind.
fn signs(text: &str, spot: Spot, findings: &mut Findings) {
    let first = |wanted: fn(char) -> bool| text.char_indices().find(|&(_, c)| wanted(c));
    for (code, found) in [(BIDI, first(turns_text)), (INVISIBLE, first(|c| is_harmful(c) && !turns_text(c) && c != '\t'))] {
        if let Some((at, c)) = found {
            findings.add(
                Spot { column: column(text, at), ..spot },
                code,
                format!("found U+{:04X}, expected signs that can be seen", c as u32),
            );
        }
    }
}

fn blanks(page: &Page, item: &Item, findings: &mut Findings) {
    let Some(line) = page.lines.get(item.spot.line - 1) else { return };
    let cells: Vec<&str> = line.split('\t').take(3).collect();
    let stray = |cell: &str| cell.trim() != cell;
    let at = if cells.first().is_some_and(|term| stray(term)) {
        Some(if line.starts_with(char::is_whitespace) {
            1
        } else {
            column(line, line.find(&*item.entry.term).unwrap_or(0) + item.entry.term.len())
        })
    } else {
        (line.trim_end() != line).then(|| column(line, line.trim_end().len()))
    };
    if let Some(column) = at {
        findings.add(Spot { column, ..item.spot }, BLANKS, "found blanks around a term or at the end of the line, expected none");
    }
}

fn capitals(page: &Page, item: &Item, findings: &mut Findings) {
    let term = &item.entry.term;
    let missed = (page.format.missed_by_its_tool)(term);
    let mixed = term.split(' ').any(|word| word != NOT && word != word.to_lowercase());
    // The capitals of an emoticon mean something to the eye.
    if mixed && (!item.met.picture || missed.is_some()) {
        let why = missed.map(|why| format!("; {why}")).unwrap_or_default();
        findings.add(item.spot, CASE, format!("found capitals in {}, expected {}{why}", shown(term), shown(&term.to_lowercase())));
    } else if let Some(why) = missed {
        findings.add(item.spot, OTHER_TOOL, format!("found {}; {why}", shown(term)));
    }
}

/// Stars, and letters three times in a row.
fn endings(item: &Item, findings: &mut Findings) {
    let term = &item.entry.term;
    if has_bad_star(term) {
        findings.add(item.spot, STAR, format!("found a star in {}, expected one word of at least three letters before it", shown(term)));
    }
    let folded = term.to_lowercase();
    if folded.split(' ').any(|word| stretch::is_stretched(word.as_bytes())) {
        findings.add(item.spot, STRETCHED, format!("found the stretched spelling {}, expected the plain one", shown(term)));
    }
}

/// Whether a term has a star that the compiler would refuse.
pub fn has_bad_star(term: &str) -> bool {
    stem(term).is_some_and(|stem| stem.to_lowercase().len() < SHORTEST || stem.contains(' '))
}

/// Links, addresses and numbers; a handle may also be a censored word, so it is only doubtful.
fn people(item: &Item, tokens: &mut Tokens, findings: &mut Findings) {
    let term = &item.entry.term;
    tokens.read(term);
    let holds = |kind: Kind| tokens.as_slice().iter().any(|token| token.kind == kind);
    let clean = redact(term);
    if holds(Kind::Link) {
        findings.add(item.spot, PERSONAL, "found a link or an e-mail address, expected a word or phrase");
    } else if ["[e-mail]", "[card]", "[phone]"].iter().any(|mark| clean.contains(mark)) {
        findings.add(item.spot, PERSONAL, format!("found {}, expected a word or phrase", shown(term)));
    } else if holds(Kind::Handle) {
        findings.add(item.spot, HANDLE, format!("found {}, expected a word or phrase", shown(term)));
    }
}
