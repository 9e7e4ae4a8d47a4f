//! Names of columns. In: `lexicons/columns.tsv`. Out: what a column of some name may hold, and how surely. Separate
//! from the choice because formats ask too what a header is.

use crate::input::Field;
use std::sync::OnceLock;

/// Known column names: lines of `field TAB names`.
const NAMES: &str = include_str!("../../../lexicons/columns.tsv");
/// A name as it is compared: letters and digits, lower case.
#[must_use]
pub fn normal(name: &str) -> String {
    name.trim_start_matches('\u{FEFF}').chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names that a field goes by, the surest first.
pub fn names_of(field: &str) -> &'static [&'static str] {
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
pub const SURE_LABELS: usize = 14;

/// Whether a column of this name surely holds authors.
#[must_use]
pub fn names_authors(name: &str) -> bool {
    rank(name, Field::Author.name()).is_some_and(|rank| rank < SURE_AUTHORS)
}

/// Whether a column of this name holds what must never be passed on: addresses, telephone numbers, tokens.
#[must_use]
pub fn names_secrets(name: &str) -> bool {
    rank(name, "private").is_some()
}

/// Whether a cell is the name of some column.
#[must_use]
pub fn is_known_name(cell: &str) -> bool {
    cell.len() < 60
        && (Field::ALL.iter().map(|field| field.name()).chain(["reply", "annotation", "private"]))
            .any(|field| names_of(field).contains(&normal(cell).as_str()))
}
