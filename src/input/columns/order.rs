//! Whether the day or the month comes first, where the dates of a column do not say. In: the columns of a file, its
//! profile, the day of the user. Out: the order and what tells it, the surest first. Separate because each is a
//! piece of evidence about whoever wrote the file, and none of them is a guess about its country.

use super::{ColumnSample, normal};
use crate::input::dates::{DateFormat, Order, Undecided};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Headers that tell how whoever wrote them writes dates: lines of `order TAB language TAB names`.
const HEADERS: &str = include_str!("../../../lexicons/date_orders.tsv");
/// Different days that must follow each other before their order in the file says anything: five fall into
/// place by chance once in sixty times.
const SEQUENCE: usize = 5;
/// Share of rows, in percent, in which another column must name the same day.
const SAME: usize = 80;

/// The order of the dates of a column, and what tells it.
pub fn decide(columns: &[ColumnSample], column: usize, either: Undecided, today: Option<i32>) -> Option<(Order, String)> {
    let values = &columns.get(column)?.values;
    let others = || columns.iter().enumerate().filter(|(at, other)| *at != column && !other.values.is_empty()).map(|(_, other)| other);
    others()
        .find_map(written_alike)
        .or_else(|| others().find_map(|other| same_days(values, other, either)))
        .or_else(|| columns.iter().find_map(header))
        .or_else(|| others().find_map(decimal_comma))
        .or_else(|| in_sequence(values, either))
        .or_else(|| not_ahead(values, either, today))
}

/// Another column of dates that has numbers over 12.
fn written_alike(other: &ColumnSample) -> Option<(Order, String)> {
    let Ok(Some(DateFormat::Pattern(pattern))) = DateFormat::tell(&other.values) else { return None };
    Undecided::with(&pattern)?;
    Some((Order::of(&pattern)?, format!("the dates in {:?}", other.name)))
}

/// Another column that names the same days in a way that can be read only once.
fn same_days(values: &[String], other: &ColumnSample, either: Undecided) -> Option<(Order, String)> {
    if other.values.len() != values.len() {
        return None;
    }
    let known = DateFormat::tell_as(&other.values, false).ok()??;
    let shares = |order: Order| {
        let format = either.format(order);
        let near =
            |(one, other): (&String, &String)| format.day(one).zip(known.day(other)).is_some_and(|(one, other)| one.abs_diff(other) <= 1);
        values.iter().zip(&other.values).filter(|pair| near(*pair)).count() * 100 / values.len().max(1)
    };
    let [day, month] = Order::ALL.map(shares);
    let order = match (day >= SAME, month >= SAME) {
        (true, false) => Order::DayFirst,
        (false, true) => Order::MonthFirst,
        _ => return None,
    };
    Some((order, format!("the days in {:?}", other.name)))
}

/// A header in a language whose writers keep to one order.
fn header(column: &ColumnSample) -> Option<(Order, String)> {
    static TABLE: OnceLock<Vec<(Order, &str, Vec<&str>)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = HEADERS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let row = |row: &'static str| {
            let mut cells = row.split('\t');
            let order = if cells.next()? == "day" { Order::DayFirst } else { Order::MonthFirst };
            Some((order, cells.next()?, cells.next()?.split(' ').collect()))
        };
        rows.filter_map(row).collect()
    });
    let name = normal(&column.name);
    let (order, language, _) = table.iter().find(|(_, _, names)| names.contains(&name.as_str()))?;
    Some((*order, format!("its {language} header {:?}", column.name)))
}

/// Numbers such as `4,5`: who writes them writes the day first.
fn decimal_comma(other: &ColumnSample) -> Option<(Order, String)> {
    let plain =
        |text: &str, digits: std::ops::RangeInclusive<usize>| digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let decimal = |value: &&String| value.split_once(',').is_some_and(|(whole, decimals)| plain(whole, 1..=9) && plain(decimals, 1..=2));
    let whole = |value: &&String| plain(value, 1..=9);
    let example = other.values.iter().find(decimal)?;
    other.values.iter().all(|value| decimal(&value) || whole(&value)).then(|| (Order::DayFirst, format!("numbers such as {example}")))
}

/// The days of the file follow each other in one order only.
fn in_sequence(values: &[String], either: Undecided) -> Option<(Order, String)> {
    let follows = |order: Order| {
        let format = either.format(order);
        let days: Vec<i32> = values.iter().filter_map(|value| format.day(value)).collect();
        let different = days.iter().collect::<BTreeSet<_>>().len();
        different >= SEQUENCE && (days.is_sorted() || days.iter().rev().is_sorted())
    };
    match Order::ALL.map(follows) {
        [true, false] => Some((Order::DayFirst, "the order of the records".to_owned())),
        [false, true] => Some((Order::MonthFirst, "the order of the records".to_owned())),
        _ => None,
    }
}

/// No date lies behind the day that the user counts from, in one order only.
fn not_ahead(values: &[String], either: Undecided, today: Option<i32>) -> Option<(Order, String)> {
    let today = today?;
    let ahead = |order: Order| {
        let format = either.format(order);
        values.iter().filter_map(|value| format.day(value)).any(|day| day > today)
    };
    match Order::ALL.map(ahead) {
        [false, true] => Some((Order::DayFirst, "the day given by --as-of".to_owned())),
        [true, false] => Some((Order::MonthFirst, "the day given by --as-of".to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column: its name and values.
    type Told<'t> = (&'t str, &'t [&'t str]);

    fn told(columns: &[Told], today: Option<i32>) -> Option<(Order, String)> {
        let columns: Vec<ColumnSample> = columns
            .iter()
            .map(|(name, values)| ColumnSample { name: (*name).to_owned(), values: values.iter().map(|v| (*v).to_owned()).collect() })
            .collect();
        let either = DateFormat::tell_as(&columns[0].values, true).unwrap_err();
        decide(&columns, 0, either, today)
    }

    #[test]
    fn each_piece_of_evidence_tells() {
        let dates: Told = ("date", &["03/04/2026", "05/02/2026"]);
        let cases: [(&[Told], Order, &str); 8] = [
            (&[dates, ("updated", &["13/04/2026", "05/02/2026"])], Order::DayFirst, "the dates in \"updated\""),
            (&[dates, ("updated", &["04-13-2026", "05-02-2026"])], Order::MonthFirst, "the dates in \"updated\""),
            (&[dates, ("at", &["2026-03-04T10:00:00Z", "2026-05-02"])], Order::MonthFirst, "the days in \"at\""),
            (&[dates, ("at", &["3 April 2026", "5 February 2026"])], Order::DayFirst, "the days in \"at\""),
            (&[("Fecha", dates.1)], Order::DayFirst, "its Spanish header \"Fecha\""),
            (&[dates, ("score", &["4,5", "3"])], Order::DayFirst, "numbers such as 4,5"),
            (
                &[("date", &["11/01/2026", "12/01/2026", "01/02/2026", "02/02/2026", "03/02/2026"])],
                Order::DayFirst,
                "the order of the records",
            ),
            (
                &[("date", &["03/01/2026", "02/12/2026", "02/11/2026", "02/10/2026", "01/12/2026"])],
                Order::MonthFirst,
                "the order of the records",
            ),
        ];
        for (columns, order, because) in cases {
            assert_eq!(told(columns, None), Some((order, because.to_owned())), "{columns:?}");
        }
        // 4 March and 2 May, or 3 April and 5 February: on 10 April one of them was still to come.
        assert_eq!(told(&[dates], Some(20_553)).map(|(order, _)| order), Some(Order::DayFirst));
    }

    #[test]
    fn what_says_nothing_decides_nothing() {
        let dates: Told = ("date", &["03/04/2026", "05/02/2026"]);
        let cases: [&[Told]; 6] = [
            &[dates],
            &[dates, ("updated", &["01/02/2026", "05/02/2026"])],
            &[dates, ("price", &["1,234", "5,678"])],
            &[dates, ("at", &["2025-12-24", "2025-12-25"])],
            // In sequence both ways: the first days of February, or the second day of each month.
            &[("date", &["01/02/2026", "02/02/2026", "03/02/2026", "04/02/2026", "05/02/2026"])],
            // Too few.
            &[("date", &["11/01/2026", "12/01/2026", "01/02/2026"])],
        ];
        for columns in cases {
            assert_eq!(told(columns, None), None, "{columns:?}");
        }
        assert_eq!(told(&[dates], Some(22_000)), None);
    }
}
