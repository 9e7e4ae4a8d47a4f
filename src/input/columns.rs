//! Which column is what. In: names of the columns and values of the first records. Out: a choice per
//! field, each with its reason. Separate because this is a judgement, and `inspect` must be able to
//! say how it was reached. Names come from `lexicons/columns.tsv`; content has the last word.

use super::dates::{DateFormat, Order, Undecided};
use super::profile::{Fit, Match, Profile, Voice};
use super::rating::Scale;
use super::repairs::Repair;
use super::{Field, Options, Sample, label, rating};
use crate::error::{Error, Result};
use jiff::tz::TimeZone;
use names::SURE_LABELS;
use text::{distinct, mean_length, share, text_by_name_alone, text_column};
use values::read_values;

mod names;
mod order;
mod text;
mod values;

pub use names::{is_known_name, names_authors, names_secrets, normal, rank};
pub use text::{LIKELY, is_prose, likeness};
pub use values::is_mangled_id;

/// Names more alike than this (Jaro and Winkler) are taken for misspellings.
const ALIKE: f64 = 0.8;
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
    /// Which of day and month comes first, where something tells it and it matters.
    pub order: Option<Order>,
    /// Both ways to read the dates, where nothing tells which is meant.
    pub undecided: Option<Undecided>,
    /// The zone of times that name none, where the profile knows it.
    pub zone: Option<TimeZone>,
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

/// Chooses the columns. `named` are choices of the user: field and column name.
///
/// # Errors
/// When a named column is not there, or the text column cannot be told; the message lists candidates.
pub fn choose(columns: &[ColumnSample], named: &[(Field, String)]) -> Result<Columns> {
    choose_by(columns, &Options { named: named.to_vec(), ..Options::default() }, None)
}

/// Chooses the columns, those that the user did not name as the profile has them.
///
/// # Errors
/// As [`choose`].
pub fn choose_by(columns: &[ColumnSample], options: &Options, profile: Option<&Match>) -> Result<Columns> {
    let mut found = Columns::default();
    for (field, name) in &options.named {
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
    read_values(columns, &mut found, options, profile)?;
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

/// Numbers only, as the `from` and `to` of marks in a text.
fn is_positions(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' '))
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
        Field::Date => DateFormat::tell(&columns[*column].values).map_or(true, |format| format.is_some_and(|f| !f.is_epoch())),
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
        if record.halves() > 0 {
            sample.repairs.add(Repair::Half, record.halves().into(), 0, || 0);
        }
        for (place, column) in columns.iter_mut().enumerate() {
            column.values.extend(record.get(place).map(str::to_owned));
        }
    }
    columns
}

#[cfg(test)]
mod tests;
