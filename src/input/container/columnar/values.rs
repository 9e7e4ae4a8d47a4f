//! Columnar values to text. In: a column of a batch and a row. Out: text as a CSV export would have it:
//! dates as ISO 8601, whole numbers without `.0`, lists as JSON. Separate because it is the only place
//! that knows the types of Arrow.

use crate::input::container::workbook::float;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray};
use arrow_schema::{DataType, TimeUnit};
use std::fmt::Write;

/// A column of a batch.
pub enum Column<'a> {
    /// Not read.
    None,
    /// Text.
    Text(&'a StringArray),
    /// Text with long offsets.
    Large(&'a LargeStringArray),
    /// Text as views.
    View(&'a StringViewArray),
    /// Anything else.
    Other(&'a dyn Array),
}

impl<'a> Column<'a> {
    /// Looks once at what a column holds.
    pub fn of(array: Option<&'a ArrayRef>) -> Self {
        let Some(array) = array else { return Self::None };
        match array.data_type() {
            DataType::Utf8 => Self::Text(array.as_string()),
            DataType::LargeUtf8 => Self::Large(array.as_string()),
            DataType::Utf8View => Self::View(array.as_string_view()),
            _ => Self::Other(array),
        }
    }

    /// The value of a row, where it is text as it stands.
    #[inline]
    pub fn text(&self, row: usize) -> Option<&'a str> {
        match self {
            Self::None => Some(""),
            Self::Text(array) => Some(if array.is_null(row) { "" } else { array.value(row) }),
            Self::Large(array) => Some(if array.is_null(row) { "" } else { array.value(row) }),
            Self::View(array) => Some(if array.is_null(row) { "" } else { array.value(row) }),
            Self::Other(_) => None,
        }
    }

    /// Appends the value of a row.
    pub fn push(&self, row: usize, out: &mut String) {
        match self {
            Self::Other(array) => push(*array, row, false, out),
            other => out.push_str(other.text(row).unwrap_or("")),
        }
    }
}

/// Appends a value, within JSON or alone; nothing, or `null` in JSON, for one that is missing or of a
/// type that is no text: intervals, unions.
fn push(array: &dyn Array, row: usize, json: bool, out: &mut String) {
    if array.is_null(row) {
        out.push_str(if json { "null" } else { "" });
        return;
    }
    macro_rules! number {
        ($kind:ty) => {
            show(format_args!("{}", array.as_primitive::<$kind>().value(row)), out)
        };
    }
    macro_rules! decimal {
        ($kind:ty) => {
            out.push_str(&array.as_primitive::<$kind>().value_as_string(row))
        };
    }
    match array.data_type() {
        DataType::Boolean => out.push_str(if array.as_boolean().value(row) { "true" } else { "false" }),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float16 => float(array.as_primitive::<Float16Type>().value(row).to_f64(), out),
        DataType::Float32 => number!(Float32Type),
        DataType::Float64 => float(array.as_primitive::<Float64Type>().value(row), out),
        DataType::Decimal32(..) => decimal!(Decimal32Type),
        DataType::Decimal64(..) => decimal!(Decimal64Type),
        DataType::Decimal128(..) => decimal!(Decimal128Type),
        DataType::Decimal256(..) => decimal!(Decimal256Type),
        DataType::Date32 => {
            quoted(json, out, |out| moment(i128::from(array.as_primitive::<Date32Type>().value(row)) * DAY, Shown::Day, out));
        }
        DataType::Date64 => {
            quoted(json, out, |out| moment(i128::from(array.as_primitive::<Date64Type>().value(row)) * 1_000_000, Shown::Day, out));
        }
        DataType::Timestamp(unit, zone) => {
            let shown = if zone.is_some() { Shown::Instant } else { Shown::Local };
            quoted(json, out, |out| moment(nanoseconds(array, row, *unit), shown, out));
        }
        DataType::List(_) => list(&array.as_list::<i32>().value(row), out),
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(row), out),
        DataType::FixedSizeList(..) => list(&array.as_fixed_size_list().value(row), out),
        DataType::Struct(fields) => {
            let parent = array.as_struct();
            let names = fields.iter().map(|field| field.name().as_str());
            object(names.zip(parent.columns().iter().map(|column| (column.as_ref(), row))), out);
        }
        DataType::Map(..) => {
            let entries = array.as_map().value(row);
            list(&(std::sync::Arc::new(entries) as ArrayRef), out);
        }
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            if let Some(&key) = dictionary.normalized_keys().get(row) {
                push(dictionary.values().as_ref(), key, json, out);
            }
        }
        _ => match text(array, row) {
            Some(text) if json => json_string(text, out),
            Some(text) => out.push_str(text),
            None if json => out.push_str("null"),
            None => {}
        },
    }
}

/// Text, or bytes that are UTF-8.
fn text(array: &dyn Array, row: usize) -> Option<&str> {
    let bytes = match array.data_type() {
        DataType::Utf8 => return Some(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => return Some(array.as_string::<i64>().value(row)),
        DataType::Utf8View => return Some(array.as_string_view().value(row)),
        DataType::Binary => array.as_binary::<i32>().value(row),
        DataType::LargeBinary => array.as_binary::<i64>().value(row),
        DataType::BinaryView => array.as_binary_view().value(row),
        _ => return None,
    };
    std::str::from_utf8(bytes).ok()
}

fn show(text: std::fmt::Arguments, out: &mut String) {
    // Writing to memory cannot fail.
    let _ = out.write_fmt(text);
}

fn json_string(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

fn quoted(json: bool, out: &mut String, write: impl FnOnce(&mut String)) {
    if json {
        out.push('"');
    }
    write(out);
    if json {
        out.push('"');
    }
}

fn list(values: &ArrayRef, out: &mut String) {
    out.push('[');
    for row in 0..values.len() {
        if row > 0 {
            out.push(',');
        }
        push(values.as_ref(), row, true, out);
    }
    out.push(']');
}

fn object<'a>(members: impl Iterator<Item = (&'a str, (&'a dyn Array, usize))>, out: &mut String) {
    out.push('{');
    for (at, (name, (array, row))) in members.enumerate() {
        if at > 0 {
            out.push(',');
        }
        json_string(name, out);
        out.push(':');
        push(array, row, true, out);
    }
    out.push('}');
}

/// Nanoseconds of a day.
const DAY: i128 = 86_400_000_000_000;

fn nanoseconds(array: &dyn Array, row: usize, unit: TimeUnit) -> i128 {
    match unit {
        TimeUnit::Second => i128::from(array.as_primitive::<TimestampSecondType>().value(row)) * 1_000_000_000,
        TimeUnit::Millisecond => i128::from(array.as_primitive::<TimestampMillisecondType>().value(row)) * 1_000_000,
        TimeUnit::Microsecond => i128::from(array.as_primitive::<TimestampMicrosecondType>().value(row)) * 1000,
        TimeUnit::Nanosecond => i128::from(array.as_primitive::<TimestampNanosecondType>().value(row)),
    }
}

/// How much of a moment is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Day,
    Local,
    Instant,
}

/// A moment in nanoseconds since 1970; nothing for one that no calendar reaches.
fn moment(nanoseconds: i128, shown: Shown, out: &mut String) {
    let Ok(moment) = jiff::Timestamp::from_nanosecond(nanoseconds) else { return };
    let text = moment.to_string();
    out.push_str(match shown {
        Shown::Day => text.split('T').next().unwrap_or(""),
        Shown::Local => text.trim_end_matches('Z'),
        Shown::Instant => &text,
    });
}
