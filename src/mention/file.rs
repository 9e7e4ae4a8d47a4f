//! Queries in files. In: TOML with tables `[[mention]]` or `[[theme]]`; other tables are left alone. Out: subjects.
//! Separate because a file says more than a flag: kinds, misspellings, examples.

use super::{Kind, Query, Subject};
use crate::error::Result;
use crate::lexicon::similar::did_you_mean;
use crate::tables::{Document, Value};
use std::collections::HashMap;
use std::ops::Range;
use toml::de::DeTable;

/// The keys of a table.
const KEYS: [&str; 6] = ["name", "kind", "query", "fuzzy", "must-match", "must-not-match"];

/// The keys of a theme, which is of one kind.
const THEME_KEYS: [&str; 5] = ["name", "query", "fuzzy", "must-match", "must-not-match"];

/// What is read: its table, what it tells of, and its keys.
#[derive(Clone, Copy)]
struct Sort {
    table: &'static str,
    one: &'static str,
    keys: &'static [&'static str],
}

const MENTION: Sort = Sort { table: "mention", one: "subject", keys: &KEYS };
const THEME: Sort = Sort { table: "theme", one: "theme", keys: &THEME_KEYS };

/// Reads the subjects of a file.
///
/// # Errors
/// What is not TOML, unknown keys, queries that are not understood, names that are there twice: with
/// file and line.
pub fn read(name: &str, text: &str) -> Result<Vec<Subject>> {
    list(name, text, MENTION)
}

/// Reads the themes of a file, which are subjects of their own kind.
///
/// # Errors
/// As [`read`].
pub fn read_themes(name: &str, text: &str) -> Result<Vec<Subject>> {
    Ok(list(name, text, THEME)?.into_iter().map(|theme| Subject { kind: Kind::Theme, ..theme }).collect())
}

fn list(name: &str, text: &str, sort: Sort) -> Result<Vec<Subject>> {
    let file = Document { name, text };
    let tables = file.read(&format!("tables [[{}]]", sort.table))?;
    let mut known: HashMap<String, Range<usize>> = HashMap::new();
    let mut subjects = Vec::new();
    for mention in file.list(tables.get_ref(), sort.table, sort.one)? {
        let subject = subject(file, mention, sort)?;
        if let Some(before) = known.insert(subject.name.to_lowercase(), mention.span()) {
            let line = file.line(&before);
            let message = format!("found the name {:?} again, which stands in line {line}, expected a name of its own", subject.name);
            return Err(file.wrong(mention.span(), message).advise("join the queries with a comma, or rename one"));
        }
        subjects.push(subject);
    }
    Ok(subjects)
}

fn subject(file: Document<'_>, mention: &Value<'_>, sort: Sort) -> Result<Subject> {
    let table = file.table(mention, sort.keys)?;
    let missing = |key: &str, example: &str| {
        file.wrong(mention.span(), format!("found no {key} in this [[{}]], expected {key} = {example}", sort.table))
    };
    let name = file.string(table, "name")?.filter(|(name, _)| !name.trim().is_empty()).ok_or_else(|| missing("name", "\"Acme\""))?;
    let (query, span) = file.string(table, "query")?.ok_or_else(|| missing("query", "'acme, \"acme corp\"'"))?;
    Ok(Subject {
        name: name.0.trim().to_owned(),
        kind: kind(file, table)?,
        query: Query::parse(query).map_err(|error| error.of(query).at(file.place(&span)))?,
        fuzzy: file.boolean(table, "fuzzy")?,
        must_match: file.strings(table, "must-match")?,
        must_not_match: file.strings(table, "must-not-match")?,
    })
}

fn kind(file: Document<'_>, table: &DeTable<'_>) -> Result<Kind> {
    let Some((name, span)) = file.string(table, "kind")? else { return Ok(Kind::default()) };
    Kind::from_name(name).ok_or_else(|| {
        let names = Kind::ALL.map(Kind::name);
        let error = file.wrong(span, format!("found kind = {name:?}, expected one of: {}", names.join(", ")));
        did_you_mean(name, names.into_iter()).map_or(error.clone(), |advice| error.advise(advice))
    })
}
