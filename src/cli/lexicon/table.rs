//! Columns that line up. In: rows of cells. Out: lines. Separate because terms are in every script, and
//! what counts is how wide they show.

use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// Wider cells push their line out instead of the whole column.
const WIDEST: usize = 60;

/// Writes rows with two blanks before each cell; the last cell of a row is as wide as it likes.
pub fn write(rows: &[Vec<String>], out: &mut dyn Write) -> std::io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).filter(|&width| width <= WIDEST).max();
    let widths: Vec<usize> = (0..columns).map(|at| width(at).unwrap_or(0)).collect();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str("  ");
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width())));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn wide_signs_and_long_cells_keep_the_columns() {
        let rows = [["好用", "1"], ["good", "2"], [&"x".repeat(80), "3"]].map(|row| row.map(str::to_owned).to_vec());
        let mut out = Vec::new();
        super::write(&rows, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("  好用  1\n  good  2\n  xxx"), "{text}");
    }
}
