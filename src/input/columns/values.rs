//! What the values of chosen columns are. In: columns and the choices. Out: how dates are written, the scale of
//! ratings, ids that are none. Separate because it comes after the choice and changes none.

use super::names::rank;
use super::{ColumnSample, Columns, order};
use crate::error::{Error, Result};
use crate::input::dates::{DateFormat, Order, Undecided, parse_zone};
use crate::input::profile::Profile;
use crate::input::rating::Scale;
use crate::input::{Field, Options};

/// Reads how dates are written and which scale ratings have.
///
/// # Errors
/// When the user gives a pattern that cannot write a date, or a profile names no time zone.
pub fn read_values(columns: &[ColumnSample], found: &mut Columns, options: &Options, profile: Option<&Profile>) -> Result<()> {
    found.notes.extend(mangled_ids(columns, found));
    if let Some(column) = found.of(Field::Rating).map(|choice| choice.column) {
        found.scale = beside(columns).or_else(|| Scale::tell(&columns[column].values));
    }
    let Some(column) = found.of(Field::Date).map(|choice| choice.column) else { return Ok(()) };
    let ColumnSample { name, values } = &columns[column];
    if let Some((profile, zone)) = profile.and_then(|profile| Some((profile, profile.tz.as_deref()?))) {
        found.zone = Some(parse_zone(zone).map_err(|error| Error::usage(error.message()).at(format!("tz of the profile {}", profile.id)))?);
    }
    let told = DateFormat::tell_as(values, true);
    if let Some(pattern) = options.date_format.as_deref() {
        let (format, note) = as_given(pattern, &columns[column], told)?;
        found.dates = Some(format);
        found.notes.extend(note);
        return Ok(());
    }
    match told {
        Ok(format) => {
            found.order = match &format {
                Some(DateFormat::Pattern(pattern)) => Undecided::with(pattern).and_then(|_| Order::of(pattern)),
                _ => None,
            };
            found.dates = format;
        }
        Err(either) => {
            let taken =
                |how: String| format!("dates in {name:?} may be day/month or month/day; taken as {how}; --date-format says otherwise");
            if let Some(pattern) = profile.and_then(|profile| profile.date_format.as_deref()) {
                found.dates = Some(DateFormat::custom(pattern)?);
                found.order = Order::of(pattern);
                found.notes.push(taken(format!("this source writes them, {pattern}")));
            } else if let Some((order, because)) = order::decide(columns, column, either, options.clock.today) {
                found.dates = Some(either.format(order));
                found.order = Some(order);
                found.notes.push(taken(format!("{}, because of {because}", either.pattern(order))));
            } else {
                found.undecided = Some(either);
            }
        }
    }
    Ok(())
}

/// How dates are written if the user gives a pattern: so, but for a column that it reads nothing of.
fn as_given(
    pattern: &str,
    column: &ColumnSample,
    told: std::result::Result<Option<DateFormat>, Undecided>,
) -> Result<(DateFormat, Option<String>)> {
    let given = DateFormat::custom(pattern)?;
    if column.values.is_empty() || column.values.iter().any(|value| given.day(value).is_some()) {
        return Ok((given, None));
    }
    let other = match told {
        Ok(format) => format,
        Err(either) => Order::of(pattern).map(|order| either.format(order)),
    };
    let note =
        |other: &DateFormat| format!("--date-format {pattern} reads no date in {:?}, which are taken as {}", column.name, other.describe());
    Ok(other.map_or((given, None), |other| {
        let note = note(&other);
        (other, Some(note))
    }))
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
