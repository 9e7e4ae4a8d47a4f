//! Queries in files. In: TOML with tables `[[mention]]`; other tables are left alone. Out: subjects.
//! Separate because a file says more than a flag: kinds, misspellings, examples.

use super::{Kind, Query, Subject};
use crate::error::Result;
use crate::lexicon::similar::did_you_mean;
use crate::tables::{Document, Value};
use std::collections::HashMap;
use toml::de::DeTable;

/// The keys of a table.
const KEYS: [&str; 6] = ["name", "kind", "query", "fuzzy", "must-match", "must-not-match"];

/// Reads the subjects of a file.
///
/// # Errors
/// What is not TOML, unknown keys, queries that are not understood, names that are there twice: with
/// file and line.
pub fn read(name: &str, text: &str) -> Result<Vec<Subject>> {
    let file = Document { name, text };
    let tables = file.read("tables [[mention]]")?;
    let mut lines: HashMap<String, usize> = HashMap::new();
    let mut subjects = Vec::new();
    for mention in file.list(tables.get_ref(), "mention", "subject")? {
        let subject = subject(file, mention)?;
        if let Some(line) = lines.insert(subject.name.to_lowercase(), file.line(&mention.span())) {
            let message = format!("found the name {:?} again, which stands in line {line}, expected a name of its own", subject.name);
            return Err(file.wrong(mention.span(), message).advise("join the queries with a comma, or rename one"));
        }
        subjects.push(subject);
    }
    Ok(subjects)
}

fn subject(file: Document<'_>, mention: &Value<'_>) -> Result<Subject> {
    let table = file.table(mention, &KEYS)?;
    let missing =
        |key: &str, example: &str| file.wrong(mention.span(), format!("found no {key} in this [[mention]], expected {key} = {example}"));
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
