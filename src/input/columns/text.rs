//! Which column is the text. In: columns. Out: points for each, the column that surely has most, and why. Separate
//! because it is the one choice that must be made, and it is made by content.

use super::names::{names_of, normal, rank};
use super::{ColumnSample, Columns, fits, list};
use crate::error::{Error, Result};
use crate::input::dates::DateFormat;
use crate::input::{Field, rating};
use crate::text::Script;

/// A column must reach so many points to be taken for the text without being named.
const TEXT_POINTS: i32 = 45;
/// Points of a text from which records are likely to be posts or reviews.
pub const LIKELY: i32 = TEXT_POINTS;
/// ... to be taken for the answers to a question: they may be short.
const PROSE_POINTS: i32 = 30;
/// Two candidates for the text this close are undecided.
const CLOSE: i32 = 6;

/// In a table without a single value, which is no fault, the name has to do.
pub fn text_by_name_alone(columns: &[ColumnSample]) -> Option<(usize, String)> {
    if columns.iter().any(|column| !column.values.is_empty()) {
        return None;
    }
    let ranked = columns.iter().enumerate().filter_map(|(at, column)| Some((rank(&column.name, "text")?, at)));
    ranked.min().map(|(_, at)| (at, "its name".to_owned()))
}

/// The column that surely holds the text, and why.
///
/// # Errors
/// When none does, or several may; the message lists candidates.
pub fn text_column(columns: &[ColumnSample], found: &Columns) -> Result<(usize, String)> {
    let unused = |column: usize| found.unused.iter().any(|(unused, ..)| *unused == column);
    let taken = |column: usize| unused(column) || found.choices.iter().any(|choice| choice.column == column);
    let mut candidates: Vec<(i32, usize)> = (0..columns.len())
        .filter(|&column| !taken(column))
        .map(|column| (text_points(&columns[column]), column))
        .filter(|(points, _)| *points > 0)
        .collect();
    candidates.sort_by_key(|&(points, column)| (std::cmp::Reverse(points), rank(&columns[column].name, "text"), column));
    let advise = |error: Error| {
        let first = candidates.first().map_or("NAME", |&(_, column)| columns[column].name.as_str());
        error.advise(format!("name the column: --text {first:?}"))
    };
    let shown = || list(&candidates.iter().take(4).map(|&(_, column)| columns[column].name.as_str()).collect::<Vec<_>>());
    match candidates[..] {
        [] => {
            let all: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            Err(Error::input(format!("found no column that holds text, expected one with sentences; columns: {}", list(&all)))
                .advise("name the column: --text NAME"))
        }
        [(points, _), ..] if points < TEXT_POINTS => {
            Err(advise(Error::input(format!("found no column that surely holds the text; candidates: {}", shown()))))
        }
        [(first, one), (second, other), ..] if first - second < CLOSE && !same_values(&columns[one], &columns[other]) => {
            // A post that quotes or repeats another holds it within itself.
            if let Some(outer) = outer(&columns[one].name, &columns[other].name) {
                let column = if outer { one } else { other };
                return Ok((column, text_reason(&columns[column])));
            }
            Err(advise(Error::input(format!("found several columns that may hold the text: {}", shown()))))
        }
        [(_, column), ..] => Ok((column, text_reason(&columns[column]))),
    }
}

/// Of two paths that end in the same name, whether the first is the one with fewer steps.
fn outer(one: &str, other: &str) -> Option<bool> {
    let last = |path: &str| path.rsplit('.').next().map(str::to_owned);
    let steps = |path: &str| path.matches('.').count();
    (last(one) == last(other) && steps(one) != steps(other)).then(|| steps(one) < steps(other))
}

fn same_values(one: &ColumnSample, other: &ColumnSample) -> bool {
    let same = one.values.iter().zip(&other.values).filter(|(a, b)| a == b).count();
    same * 2 >= one.values.len().min(other.values.len())
}

fn text_reason(column: &ColumnSample) -> String {
    let content = format!("{} characters on average", mean_length(column));
    if rank(&column.name, "text").is_some() {
        format!("its name, and {content}")
    } else {
        format!("its content: {content}, {}% with several words", share(column, is_phrase))
    }
}

/// How much a column looks like the text: by name, length, words and variety; at most about 160.
fn text_points(column: &ColumnSample) -> i32 {
    if column.values.is_empty() {
        return i32::from(rank(&column.name, "text").is_some_and(|rank| rank < 3)) * TEXT_POINTS;
    }
    let numeric = share(column, |value| rating::value(value).is_some());
    let links = share(column, |value| value.starts_with("http://") || value.starts_with("https://"));
    if numeric > 50 || links > 50 || DateFormat::tell(&column.values).is_ok_and(|format| format.is_some()) {
        return 0;
    }
    let length = i32::try_from(mean_length(column).min(200)).unwrap_or(200) / 4;
    let content = length + share(column, is_phrase) * 3 / 10 + distinct(column) / 5;
    content + name_points(&column.name, content)
}

/// How much columns look like those of posts or reviews: points of the likeliest text, and how many
/// other fields are there.
#[must_use]
pub fn likeness(columns: &[ColumnSample]) -> (i32, i32) {
    let text = columns.iter().map(text_points).max().unwrap_or(0);
    let others = [Field::Title, Field::Rating, Field::Author, Field::Date, Field::Id];
    let there = |field: &Field| columns.iter().any(|column| rank(&column.name, field.name()).is_some() && fits(column, *field));
    (text, others.iter().filter(|field| there(field)).map(|_| 1).sum())
}

/// Whether a column holds sentences, whatever its name.
#[must_use]
pub fn is_prose(column: &ColumnSample) -> bool {
    const WORDS: i32 = 50;
    text_points(&ColumnSample { name: String::new(), values: column.values.clone() }) >= PROSE_POINTS && share(column, is_phrase) >= WORDS
}

fn name_points(name: &str, content: i32) -> i32 {
    const TELLING: [&str; 9] = ["text", "review", "comment", "tweet", "message", "body", "content", "feedback", "verbatim"];
    let plain = normal(name);
    if names_of("reply").contains(&plain.as_str()) || rank(name, "label").is_some() || rank(name, "annotation").is_some() {
        return -content * 4 / 5;
    }
    if rank(name, "title").is_some() {
        return -content / 2;
    }
    match rank(name, "text") {
        Some(rank) => 60 - i32::try_from(rank.min(60)).unwrap_or(60) / 3,
        None if TELLING.iter().any(|word| plain.contains(word)) => 20,
        None => 0,
    }
}

/// Values that something is true of, in percent.
pub fn share(column: &ColumnSample, of: impl Fn(&str) -> bool) -> i32 {
    let count = column.values.iter().filter(|value| of(value)).count();
    i32::try_from(count * 100 / column.values.len().max(1)).unwrap_or(100)
}

/// Mean length of the values, in characters.
pub fn mean_length(column: &ColumnSample) -> usize {
    column.values.iter().map(|value| value.chars().map(weight).sum::<usize>()).sum::<usize>() / column.values.len().max(1)
}

/// A Chinese character says as much as three letters.
fn weight(c: char) -> usize {
    if !c.is_ascii() && matches!(Script::of(c), Script::Han | Script::Kana | Script::Hangul) { 3 } else { 1 }
}

fn is_phrase(value: &str) -> bool {
    value.split_whitespace().nth(2).is_some() || value.chars().any(|c| weight(c) > 1)
}

/// Different values, in percent.
pub fn distinct(column: &ColumnSample) -> i32 {
    let set: std::collections::HashSet<&str> = column.values.iter().map(String::as_str).collect();
    i32::try_from(set.len() * 100 / column.values.len().max(1)).unwrap_or(100)
}
