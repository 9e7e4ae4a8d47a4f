//! Cells to text. In: what the crate makes of a sheet. Out: rows of text: dates as ISO 8601, whole
//! numbers without `.0`, formulas by their last value, errors blank. Separate because it is the only
//! place that knows the crate's values.

use super::{Break, OnRow, Sheets};
use crate::input::container::Seekable;
use calamine::{Cell, Data, DataRef, ExcelDateTime, Reader, Xlsb, Xlsx};
use std::fmt::{Display, Write};

/// Columns a sheet can have (Excel; LibreOffice has as many).
const COLUMNS: usize = 16_384;

/// Whole numbers up to this are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Sheets for Xlsx<Box<dyn Seekable>> {
    fn rows(&mut self, sheet: &str, on_row: OnRow) -> Result<(), Break> {
        let mut cells = self.worksheet_cells_reader(sheet).map_err(|e| Break::Damaged(e.to_string()))?;
        stream(|| cells.next_cell(), on_row)
    }
}

impl Sheets for Xlsb<Box<dyn Seekable>> {
    fn rows(&mut self, sheet: &str, on_row: OnRow) -> Result<(), Break> {
        let mut cells = self.worksheet_cells_reader(sheet).map_err(|e| Break::Damaged(e.to_string()))?;
        stream(|| cells.next_cell(), on_row)
    }
}

/// Shows rows as their cells come.
fn stream<'c, E: Display>(mut next: impl FnMut() -> Result<Option<Cell<DataRef<'c>>>, E>, on_row: OnRow) -> Result<(), Break> {
    let mut row = Line::default();
    let mut number = 0;
    while let Some(cell) = next().map_err(|e| Break::Damaged(e.to_string()))? {
        let (at, column) = cell.get_position();
        if at != number {
            row.show(on_row)?;
            number = at;
        }
        if let Some(text) = row.cell(column as usize) {
            push_ref(cell.get_value(), text);
        }
    }
    row.show(on_row)
}

/// A workbook that is held in memory.
pub struct InMemory<'b, B>(pub &'b mut B);

impl<B: Reader<Box<dyn Seekable>>> Sheets for InMemory<'_, B>
where
    B::Error: Display,
{
    fn rows(&mut self, sheet: &str, on_row: OnRow) -> Result<(), Break> {
        let range = self.0.worksheet_range(sheet).map_err(|e| Break::Damaged(e.to_string()))?;
        let mut row = Line::default();
        for cells in range.rows() {
            for (column, value) in cells.iter().enumerate().filter(|(_, value)| **value != Data::Empty) {
                if let Some(text) = row.cell(column) {
                    push(value, text);
                }
            }
            row.show(on_row)?;
        }
        Ok(())
    }
}

/// A row whose memory is reused.
#[derive(Default)]
struct Line {
    cells: Vec<String>,
    used: usize,
}

impl Line {
    /// The cell of a column, emptied; none beyond what a sheet can have.
    fn cell(&mut self, column: usize) -> Option<&mut String> {
        if column >= COLUMNS {
            return None;
        }
        if self.cells.len() <= column {
            self.cells.resize_with(column + 1, String::new);
        }
        self.used = self.used.max(column + 1);
        let cell = self.cells.get_mut(column)?;
        cell.clear();
        Some(cell)
    }

    /// Shows the row unless it is blank, and begins a new one.
    fn show(&mut self, on_row: OnRow) -> Result<(), Break> {
        let cells = self.cells.get_mut(..self.used).unwrap_or(&mut []);
        self.used = 0;
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let shown = if filled > 0 { on_row(&cells[..filled]) } else { Ok(()) };
        cells.iter_mut().for_each(String::clear);
        shown
    }
}

fn push_ref(value: &DataRef, out: &mut String) {
    match value {
        DataRef::SharedString(text) => out.push_str(text),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => out.push_str(text),
        DataRef::Int(number) => show(format_args!("{number}"), out),
        DataRef::Float(number) => float(*number, out),
        DataRef::Bool(yes) => out.push_str(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(moment) => time(moment, out),
        DataRef::Error(_) | DataRef::Empty => {}
    }
}

fn push(value: &Data, out: &mut String) {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => out.push_str(text),
        Data::Int(number) => show(format_args!("{number}"), out),
        Data::Float(number) => float(*number, out),
        Data::Bool(yes) => out.push_str(if *yes { "TRUE" } else { "FALSE" }),
        Data::DateTime(moment) => time(moment, out),
        Data::Error(_) | Data::Empty => {}
    }
}

fn show(text: std::fmt::Arguments, out: &mut String) {
    // Writing to memory cannot fail.
    let _ = out.write_fmt(text);
}

/// A number as it would be typed.
pub fn float(number: f64, out: &mut String) {
    #[allow(clippy::cast_possible_truncation, clippy::float_cmp)] // whole and exact
    if number.trunc() == number && number.abs() < EXACT {
        show(format_args!("{}", number as i64), out);
    } else if number.is_finite() {
        show(format_args!("{number}"), out);
    }
}

/// A date; with its time where it has one; a time alone where there is no day.
fn time(moment: &ExcelDateTime, out: &mut String) {
    if moment.is_duration() {
        #[allow(clippy::cast_possible_truncation)] // seconds of a span of days
        let seconds = (moment.as_f64() * 86_400.0).round() as i64;
        return show(format_args!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60), out);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if moment.as_f64() >= 1.0 {
        show(format_args!("{year:04}-{month:02}-{day:02}"), out);
        if (hour, minute, second) == (0, 0, 0) {
            return;
        }
        out.push('T');
    }
    show(format_args!("{hour:02}:{minute:02}:{second:02}"), out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    fn text(value: &Data) -> String {
        let mut out = String::new();
        push(value, &mut out);
        out
    }

    #[test]
    fn cells_read_as_they_would_be_typed() {
        let day = |value| Data::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false));
        for (value, expected) in [
            (Data::Float(5.0), "5"),
            (Data::Float(-3.0), "-3"),
            (Data::Float(4.5), "4.5"),
            (Data::Float(f64::NAN), ""),
            (Data::Bool(true), "TRUE"),
            (day(45_000.0), "2023-03-15"),
            (day(45_000.5), "2023-03-15T12:00:00"),
            (day(0.25), "06:00:00"),
            (Data::DateTime(ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false)), "36:00:00"),
            (Data::Error(calamine::CellErrorType::Div0), ""),
        ] {
            assert_eq!(text(&value), expected, "{value:?}");
        }
    }

    #[test]
    fn blank_rows_are_none_and_memory_does_not_leak_into_the_next() {
        let mut line = Line::default();
        let mut seen = Vec::new();
        let mut on_row = |row: &[String]| {
            seen.push(row.join("|"));
            Ok(())
        };
        for cells in [vec![(0, "a"), (2, "c")], vec![], vec![(1, "")], vec![(1, "b")]] {
            for (column, value) in cells {
                line.cell(column).unwrap().push_str(value);
            }
            assert!(line.show(&mut on_row).is_ok());
        }
        assert!(line.cell(COLUMNS).is_none());
        assert_eq!(seen, ["a||c", "|b"]);
    }
}
