//! What the values of chosen columns are. In: columns and the choices. Out: how dates are written, the scale of
//! ratings, ids that are none. Separate because it comes after the choice and changes none.

use super::names::rank;
use super::{ColumnSample, Columns};
use crate::error::Result;
use crate::input::Field;
use crate::input::dates::{self, DateFormat};
use crate::input::profile::Profile;
use crate::input::rating::Scale;

/// Reads how dates are written and which scale ratings have.
pub fn read_values(columns: &[ColumnSample], found: &mut Columns, date_format: Option<&str>, profile: Option<&Profile>) -> Result<()> {
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
