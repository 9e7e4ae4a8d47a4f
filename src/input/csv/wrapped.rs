//! Cells that hold JSON, as the comments in a Google Takeout do: `{"text":"Great"}`, or several such parts
//! with commas between them. In: a cell. Out: its text. Separate because it is JSON within CSV.

use super::super::Flaw;
use super::super::record::{Row, Span};
use super::super::scan::{Scan, decode};

/// Whether a cell is JSON with a `text`.
pub fn is_text(cell: &str) -> bool {
    let mut out = String::new();
    cell.trim_start().starts_with(['{', '[']) && parts(cell, &mut out).is_ok_and(|texts| texts > 0)
}

/// The text of a cell that `write` gives; what is no such JSON stays as it is.
pub fn unwrap(write: impl FnOnce(&mut String), row: &mut Row) -> Span {
    let first = |out: &mut String| {
        write(out);
        Ok::<(), Flaw>(())
    };
    let second = |cell: &str, out: &mut String| {
        let begin = out.len();
        if !parts(cell, out).is_ok_and(|texts| texts > 0) {
            out.truncate(begin);
            out.push_str(cell);
        }
        Ok(())
    };
    row.decode_twice(first, second).unwrap_or(Span::Missing)
}

/// Appends the texts of objects one after the other, in brackets or not; how many there were.
fn parts(cell: &str, out: &mut String) -> Result<usize, Flaw> {
    let mut scan = Scan::new(cell.as_bytes());
    let mut texts = 0;
    while let Some(next) = scan.peek() {
        if matches!(next, b',' | b'[' | b']') {
            scan.at += 1;
            continue;
        }
        scan.object(|scan, key| {
            if cell.get(key.start..key.end) != Some("text") || scan.peek() != Some(b'"') {
                return scan.value();
            }
            let text = scan.string()?;
            texts += 1;
            decode(cell.get(text.start..text.end).ok_or(Flaw::BadJson)?, out).map(|_| ())
        })?;
    }
    Ok(texts)
}
