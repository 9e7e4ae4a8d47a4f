//! Which column is what. In: names of the columns and values of the first records. Out: a choice per
//! field, each with its reason. Separate because this is a judgement, and `inspect` must be able to
//! say how it was reached. Names come from `lexicons/columns.tsv`; content has the last word.

use super::dates::DateFormat;
use super::profile::{Fit, Match, Profile, Voice};
use super::rating::Scale;
use super::{Field, Sample, dates, label, rating};
use crate::error::{Error, Result};
use crate::text::Script;
use std::sync::OnceLock;

/// Known column names: lines of `field TAB names`.
const NAMES: &str = include_str!("../../lexicons/columns.tsv");
/// A column must reach so many points to be taken for the text without being named.
const TEXT_POINTS: i32 = 45;
/// Points of a text from which records are likely to be posts or reviews.
pub const LIKELY: i32 = TEXT_POINTS;
/// ... to be taken for the answers to a question: they may be short.
const PROSE_POINTS: i32 = 30;
/// Names more alike than this (Jaro and Winkler) are taken for misspellings.
const ALIKE: f64 = 0.8;
/// Two candidates for the text this close are undecided.
const CLOSE: i32 = 6;

/// The column chosen for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The field.
    pub field: Field,
    /// Number of the column.
    pub column: usize,
    /// Its name.
    pub name: String,
    /// Why it was chosen.
    pub reason: String,
}

/// What the columns of a file are.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The choices, in the order of [`Field::ALL`].
    pub choices: Vec<Choice>,
    /// How dates are written.
    pub dates: Option<DateFormat>,
    /// The scale of ratings.
    pub scale: Option<Scale>,
    /// Remarks for the user.
    pub notes: Vec<String>,
    /// What the profile asks of records beyond these columns.
    pub fit: Fit,
    /// Columns that are known and not used: number, what they are, and why they are not used.
    pub unused: Vec<(usize, &'static str, String)>,
}

impl Columns {
    /// The column chosen for a field.
    #[must_use]
    pub fn of(&self, field: Field) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.field == field)
    }
}

/// A column's name and its values in the first records.
#[derive(Clone, Debug, Default)]
pub struct ColumnSample {
    /// The name.
    pub name: String,
    /// Values that are not blank.
    pub values: Vec<String>,
}

/// A name as it is compared: letters and digits, lower case.
#[must_use]
pub fn normal(name: &str) -> String {
    name.trim_start_matches('\u{FEFF}').chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn names_of(field: &str) -> &'static [&'static str] {
    static TABLE: OnceLock<Vec<(&'static str, Vec<&'static str>)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = NAMES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        rows.map(|(field, names)| (field, names.split(' ').collect())).collect()
    });
    table.iter().find(|(known, _)| *known == field).map_or(&[], |(_, names)| names.as_slice())
}

/// What some exports wrap every value in: `title: {label: ...}`.
const WRAPPER: &str = ".label";

/// Place of a name among those of a field, the surest being 0. The last step of a path counts too.
#[must_use]
pub fn rank(name: &str, field: &str) -> Option<usize> {
    let find = |name: &str| names_of(field).iter().position(|known| *known == normal(name));
    let inner = name.strip_suffix(WRAPPER).unwrap_or(name);
    find(name).or_else(|| find(inner)).or_else(|| find(inner.rsplit('.').next()?).map(|rank| rank + 2))
}

/// Names of columns that surely hold authors; others, such as `from`, may hold something else.
const SURE_AUTHORS: usize = 12;

/// Names of columns that surely hold labels of sentiment; a class or category may be of anything.
const SURE_LABELS: usize = 14;

/// Whether a column of this name surely holds authors.
#[must_use]
pub fn names_authors(name: &str) -> bool {
    rank(name, Field::Author.name()).is_some_and(|rank| rank < SURE_AUTHORS)
}

/// Whether a cell is the name of some column.
#[must_use]
pub fn is_known_name(cell: &str) -> bool {
    cell.len() < 60
        && (Field::ALL.iter().map(|field| field.name()).chain(["reply", "annotation"]))
            .any(|field| names_of(field).contains(&normal(cell).as_str()))
}

/// Chooses the columns. `named` are choices of the user: field and column name.
///
/// # Errors
/// When a named column is not there, or the text column cannot be told; the message lists candidates.
pub fn choose(columns: &[ColumnSample], named: &[(Field, String)], date_format: Option<&str>) -> Result<Columns> {
    choose_by(columns, named, date_format, None)
}

/// Chooses the columns, those that the user did not name as the profile has them.
///
/// # Errors
/// As [`choose`].
pub fn choose_by(
    columns: &[ColumnSample],
    named: &[(Field, String)],
    date_format: Option<&str>,
    profile: Option<&Match>,
) -> Result<Columns> {
    let mut found = Columns::default();
    for (field, name) in named {
        let column = by_name(columns, name).ok_or_else(|| unknown_column(columns, *field, name))?;
        found.choices.push(choice(columns, *field, column, "named by you".to_owned()));
    }
    let profile = profile.map(|matched| matched.profile.as_ref());
    if let Some(profile) = profile {
        by_profile(columns, profile, &mut found);
    }
    let lacks = |field: Field| profile.is_some_and(|profile| profile.lacks(field));
    if found.of(Field::Text).is_none() {
        let (column, reason) = text_by_name_alone(columns).map_or_else(|| text_column(columns, &found), Ok)?;
        found.choices.push(choice(columns, Field::Text, column, reason));
    }
    for field in Field::ALL {
        if found.of(field).is_none()
            && !lacks(field)
            && let Some((column, reason)) = detect(columns, field, &found)
        {
            found.choices.push(choice(columns, field, column, reason));
        }
    }
    found.choices.sort_by_key(|choice| choice.field);
    read_values(columns, &mut found, date_format, profile)?;
    Ok(found)
}

/// Chooses what the profile knows and the user did not name.
fn by_profile(columns: &[ColumnSample], profile: &Profile, found: &mut Columns) {
    let named_text = found.of(Field::Text).is_some();
    let taken = |found: &Columns, column: usize| found.choices.iter().any(|choice| choice.column == column);
    for field in Field::ALL {
        if found.of(field).is_none()
            && let Some(column) = profile.column(field, columns)
            && !taken(found, column)
        {
            found.choices.push(choice(columns, field, column, format!("the profile {}", profile.id)));
        }
    }
    if !named_text {
        found.fit.texts = profile.texts(columns);
    }
    let texts = &found.fit.texts;
    let name = |column: &usize| columns[*column].name.clone();
    if let Some(choice) = found.choices.iter_mut().find(|choice| choice.field == Field::Text)
        && texts.iter().map(Vec::len).sum::<usize>() > 1
    {
        let ways: Vec<String> = texts.iter().map(|group| group.iter().map(name).collect::<Vec<_>>().join(" and ")).collect();
        choice.reason = format!("the profile {}: {}", profile.id, ways.join(", else "));
    }
    found.fit.voice = profile.voice(columns);
    let mut unused = Vec::new();
    if let Voice::Mixed(marks) = &found.fit.voice {
        for (column, values) in marks {
            let values = values.join(" or ");
            unused.push((*column, "voice", format!("the profile {}: {values} is the brand's own voice, not scored", profile.id)));
        }
    }
    for column in profile.vendor(columns) {
        let name = &columns[column].name;
        let reason = format!("the profile {}: the vendor's sentiment, not taken for the truth; --label {name:?} does", profile.id);
        unused.push((column, "vendor", reason));
    }
    for column in profile.reply.iter().filter_map(|name| by_name(columns, name)) {
        unused.push((column, "reply", format!("the profile {}: the brand's own voice, not scored", profile.id)));
    }
    unused.retain(|(column, ..)| !taken(found, *column));
    found.unused = unused;
}

fn choice(columns: &[ColumnSample], field: Field, column: usize, reason: String) -> Choice {
    Choice { field, column, name: columns[column].name.clone(), reason }
}

/// A column by its name, exactly or but for case and signs, or but for what a second row of the header adds.
#[must_use]
pub fn by_name(columns: &[ColumnSample], name: &str) -> Option<usize> {
    columns
        .iter()
        .position(|column| column.name == name)
        .or_else(|| columns.iter().position(|column| normal(&column.name) == normal(name) && !normal(name).is_empty()))
        .or_else(|| columns.iter().position(|column| column.name.split_once(": ").is_some_and(|(base, _)| base == name)))
}

fn unknown_column(columns: &[ColumnSample], field: Field, name: &str) -> Error {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let alike = |known: &str| strsim::jaro_winkler(&normal(known), &normal(name));
    let near = names.iter().copied().filter(|known| alike(known) > ALIKE).max_by(|a, b| alike(a).total_cmp(&alike(b)));
    let error = Error::input(format!("found no column {name:?}, expected one of: {}", list(&names)));
    match near {
        Some(near) => error.advise(format!("--{} {near:?}", field.name())),
        None => error,
    }
}

fn list(names: &[&str]) -> String {
    const MOST: usize = 30;
    let shown = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MOST { format!("{shown}, and {} more", names.len() - MOST) } else { shown }
}

/// In a table without a single value, which is no fault, the name has to do.
fn text_by_name_alone(columns: &[ColumnSample]) -> Option<(usize, String)> {
    if columns.iter().any(|column| !column.values.is_empty()) {
        return None;
    }
    let ranked = columns.iter().enumerate().filter_map(|(at, column)| Some((rank(&column.name, "text")?, at)));
    ranked.min().map(|(_, at)| (at, "its name".to_owned()))
}

fn text_column(columns: &[ColumnSample], found: &Columns) -> Result<(usize, String)> {
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

fn detect(columns: &[ColumnSample], field: Field, found: &Columns) -> Option<(usize, String)> {
    let known = |column: &usize| found.unused.iter().any(|(unused, ..)| unused == column);
    let free = |column: &usize| !found.choices.iter().any(|choice| choice.column == *column) && !known(column);
    let fits = |column: &usize| fits(&columns[*column], field);
    let named = (0..columns.len())
        .filter(free)
        .filter_map(|column| Some((rank(&columns[column].name, field.name())?, column)))
        .filter(|(_, column)| fits(column))
        .min();
    if let Some((_, column)) = named {
        return Some((column, "its name".to_owned()));
    }
    let by_content = (0..columns.len()).filter(free).find(|column| match field {
        Field::Id => normal(&columns[*column].name).ends_with("id") && fits(column),
        Field::Date => DateFormat::tell(&columns[*column].values).is_ok_and(|format| format.is_some_and(|f| !f.is_epoch())),
        Field::Label => fits(column),
        _ => false,
    })?;
    Some((by_content, "its content".to_owned()))
}

/// Whether the values of a column can be what the field holds.
fn fits(column: &ColumnSample, field: Field) -> bool {
    if column.values.is_empty() {
        return false;
    }
    match field {
        Field::Rating => {
            rating::Scale::tell(&column.values).is_some() && (normal(&column.name) != "score" || rating::within_stars(&column.values))
        }
        Field::Date => DateFormat::tell_as(&column.values, true).map_or(true, |format| format.is_some()),
        Field::Lang => {
            share(column, |value| (2..=8).contains(&value.len()) && value.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == '_'))
                > 80
        }
        Field::Author if !normal(&column.name).ends_with("id") && share(column, is_positions) > 50 => false,
        Field::Author => mean_length(column) <= 40 && share(column, |value| value.split_whitespace().count() <= 4) > 80,
        Field::Product | Field::Source | Field::Target => mean_length(column) <= 80,
        Field::Id => distinct(column) > 90,
        Field::Title => share(column, |value| rating::value(value).is_some()) < 50,
        Field::Label => label::holds_labels(&column.values, rank(&column.name, field.name()).is_some_and(|rank| rank < SURE_LABELS)),
        Field::Text => true,
    }
}

/// Reads how dates are written and which scale ratings have.
fn read_values(columns: &[ColumnSample], found: &mut Columns, date_format: Option<&str>, profile: Option<&Profile>) -> Result<()> {
    found.notes.extend(mangled_ids(columns, found));
    if let Some(column) = found.of(Field::Rating).map(|choice| choice.column) {
        found.scale = beside(columns).or_else(|| Scale::tell(&columns[column].values));
    }
    if let Some((column, name)) = found.of(Field::Date).map(|choice| (choice.column, choice.name.clone())) {
        if let Some(pattern) = date_format {
            found.dates = Some(DateFormat::custom(pattern)?);
            return Ok(());
        }
        match DateFormat::tell_as(&columns[column].values, true) {
            Ok(format) => found.dates = format,
            Err(dates::Undecided) if profile.is_some_and(|profile| profile.date_format.is_some()) => {
                let pattern = profile.and_then(|profile| profile.date_format.as_deref()).unwrap_or("");
                found.dates = Some(DateFormat::custom(pattern)?);
                found.notes.push(format!(
                    "dates in {name:?} may be day/month or month/day; taken as this source writes them, {pattern}; --date-format says otherwise"
                ));
            }
            Err(dates::Undecided) => found.notes.push(format!(
                "dates in {name:?} may be day/month or month/day, so there is no course over time; say which with --date-format '%d/%m/%Y'"
            )),
        }
    }
    Ok(())
}

/// The scale of ratings as a column of its own says, the same in every record.
fn beside(columns: &[ColumnSample]) -> Option<Scale> {
    let column = columns.iter().find(|column| rank(&column.name, "range").is_some())?;
    let first = column.values.first()?;
    column.values.iter().all(|value| value == first).then(|| Scale::up_to(first))?
}

/// Spreadsheets write long ids as `1.22158E+17`, and their last digits are lost.
#[must_use]
pub fn is_mangled_id(value: &str) -> bool {
    let Some((digits, power)) = value.split_once(['E', 'e']) else { return false };
    let numeric = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    let power = power.strip_prefix('+').and_then(|power| power.parse::<u32>().ok());
    numeric(digits) && power.is_some_and(|power| power >= 9)
}

fn mangled_ids(columns: &[ColumnSample], found: &Columns) -> Option<String> {
    let named = |column: &&ColumnSample| rank(&column.name, Field::Id.name()).is_some();
    let ids = found.of(Field::Id).map_or_else(|| columns.iter().find(named), |choice| columns.get(choice.column))?;
    let (mangled, all) = (ids.values.iter().filter(|value| is_mangled_id(value)).count(), ids.values.len());
    let example = ids.values.iter().find(|value| is_mangled_id(value))?;
    Some(format!("ids were mangled by a spreadsheet: {mangled} of {all} in {:?} look like {example}; not used to tell copies", ids.name))
}

fn share(column: &ColumnSample, of: impl Fn(&str) -> bool) -> i32 {
    let count = column.values.iter().filter(|value| of(value)).count();
    i32::try_from(count * 100 / column.values.len().max(1)).unwrap_or(100)
}

fn mean_length(column: &ColumnSample) -> usize {
    column.values.iter().map(|value| value.chars().map(weight).sum::<usize>()).sum::<usize>() / column.values.len().max(1)
}

/// A Chinese character says as much as three letters.
fn weight(c: char) -> usize {
    if !c.is_ascii() && matches!(Script::of(c), Script::Han | Script::Kana | Script::Hangul) { 3 } else { 1 }
}

fn is_phrase(value: &str) -> bool {
    value.split_whitespace().nth(2).is_some() || value.chars().any(|c| weight(c) > 1)
}

/// Numbers only, as the `from` and `to` of marks in a text.
fn is_positions(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' '))
}

fn distinct(column: &ColumnSample) -> i32 {
    let set: std::collections::HashSet<&str> = column.values.iter().map(String::as_str).collect();
    i32::try_from(set.len() * 100 / column.values.len().max(1)).unwrap_or(100)
}

/// Names and first values of all columns of a file.
#[must_use]
pub fn sample_columns(dialect: &dyn super::Dialect, sample: &Sample) -> Vec<ColumnSample> {
    /// Records that are looked at.
    const RECORDS: usize = 1000;
    let all: Vec<usize> = (0..dialect.columns().len()).collect();
    let parser = dialect.parser(&all);
    let mut columns: Vec<ColumnSample> =
        dialect.columns().iter().map(|name| ColumnSample { name: name.clone(), values: Vec::new() }).collect();
    let mut cuts = Vec::new();
    dialect.cutter().cut(sample.text.as_bytes(), sample.whole, &mut cuts);
    let mut row = super::Row::new();
    for cut in cuts.iter().filter(|cut| cut.flaw.is_none()).take(RECORDS) {
        let Some(text) = sample.text.get(cut.start as usize..cut.end as usize) else { continue };
        if parser.parse(text, &mut row).is_err() {
            continue;
        }
        let record = super::Record::new(1, text, &row);
        for (place, column) in columns.iter_mut().enumerate() {
            column.values.extend(record.get(place).map(str::to_owned));
        }
    }
    columns
}

#[cfg(test)]
mod tests;
