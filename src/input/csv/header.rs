//! Headers that are not one row at the top. In: the first rows of a table. Out: what stands above the header,
//! how many rows it has, and one name a column. Separate from the choice of the delimiter because it comes
//! before it: notes above a header are no table.

use super::super::columns;
use super::super::profile::{self, Profile};
use super::detect::usual_width;
use crate::input::Field;
use crate::redact::redact;
use std::sync::Arc;

/// Rows that may stand above the header.
const MOST_ABOVE: usize = 20;
/// Names of columns that a row must hold to be the header below others.
const NAMES: usize = 2;
/// Digits of a date.
const DATE_DIGITS: usize = 4;
/// Rows that a remark shows, and characters of each.
const SHOWN: usize = 3;
const LONGEST: usize = 60;

/// How many rows stand above the header: all of them are narrow, and it is as wide as what follows and
/// holds names.
pub fn above(rows: &[Vec<String>], asked: Option<&[Arc<Profile>]>) -> usize {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let mut widest = rows.first().map_or(0, filled);
    for (at, row) in rows.iter().enumerate().take(MOST_ABOVE + 1).skip(1) {
        let width = filled(row);
        if width > 1 && widest * 2 <= width && row.len() >= usual_width(&rows[at..]) && names(row, asked) {
            return at;
        }
        widest = widest.max(width);
    }
    0
}

fn names(row: &[String], asked: Option<&[Arc<Profile>]>) -> bool {
    row.iter().filter(|cell| columns::is_known_name(cell)).count() >= NAMES || profile::signed(row, asked).is_some()
}

/// How many rows below the first belong to the header: those that the profile knows of and that hold no
/// record, for where records have dates and ids these have none.
pub fn further(profile: &Profile, first: &[String], below: &[Vec<String>]) -> usize {
    let place = |name: &String| first.iter().position(|cell| columns::normal(cell) == columns::normal(name));
    let places = |field: Field| profile.names(field).iter().filter_map(place).collect::<Vec<_>>();
    let (dates, ids) = (places(Field::Date), places(Field::Id));
    let cell = |row: &[String], at: usize| row.get(at).map_or("", |cell| cell.trim()).to_owned();
    let is_day = |cell: &str| !cell.starts_with('{') && cell.chars().filter(char::is_ascii_digit).count() >= DATE_DIGITS;
    let holds_record = |row: &&Vec<String>| {
        let any_date = dates.iter().any(|&at| is_day(&cell(row, at)));
        let any_id = ids.iter().any(|&at| !cell(row, at).is_empty());
        if dates.is_empty() { any_id } else { any_date }
    };
    if dates.is_empty() && ids.is_empty() {
        return 0;
    }
    below.iter().take(profile.header_rows.saturating_sub(1)).take_while(|row| !holds_record(row)).count()
}

/// One name a column. In a header of several rows a blank cell carries on what stands to its left, and the
/// rows below add what they say, but for JSON, what is the same, and `plain` labels.
pub fn fold(rows: &[Vec<String>], plain: &[String]) -> Vec<String> {
    let [first, further @ ..] = rows else { return Vec::new() };
    let mut left = String::new();
    let mut names = Vec::new();
    for (at, cell) in first.iter().enumerate() {
        let mut name = clean(cell);
        if name.is_empty() && !further.is_empty() {
            name.clone_from(&left);
        }
        left.clone_from(&name);
        let base = columns::normal(&name);
        let labels = further.iter().filter_map(|row| row.get(at)).map(|cell| clean(cell));
        let telling = labels.filter(|label| !label.is_empty() && !label.starts_with('{') && columns::normal(label) != base);
        for label in telling.filter(|label| !plain.iter().any(|known| known.eq_ignore_ascii_case(label))) {
            name = if name.is_empty() { label } else { format!("{name}: {label}") };
        }
        names.push(name);
    }
    names
}

/// A cell on one line.
fn clean(cell: &str) -> String {
    cell.trim_start_matches('\u{FEFF}').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A row as one line.
pub fn line(row: &[String]) -> String {
    row.iter().map(|cell| clean(cell)).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What there is to say of rows above the header.
pub fn remark(above: &[String]) -> Option<String> {
    let shown = above.iter().filter(|line| !line.is_empty()).take(SHOWN).map(|line| {
        let clean = redact(line);
        let short: String = clean.chars().take(LONGEST).collect();
        format!("{short:?}")
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    match above.len() {
        0 => None,
        1 => Some(format!("1 row above the header passed over: {shown}")),
        rows => Some(format!("{rows} rows above the header passed over: {shown}{}", if rows > SHOWN { ", ..." } else { "" })),
    }
}
