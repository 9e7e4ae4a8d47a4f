//! Queries in files. In: TOML with tables `[[mention]]` or `[[theme]]`; other tables are left alone. Out: subjects.
//! Separate because a file says more than a flag: kinds, misspellings, examples.

use super::{Kind, Query, Subject};
use crate::error::{Error, Result};
use crate::lexicon::similar::did_you_mean;
use std::collections::HashMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of a table.
const KEYS: [&str; 6] = ["name", "kind", "query", "fuzzy", "must-match", "must-not-match"];

/// The table of subjects, and that of themes.
const MENTION: &str = "mention";
const THEME: &str = "theme";

/// Reads the subjects of a file.
///
/// # Errors
/// What is not TOML, unknown keys, queries that are not understood, names that are there twice: with
/// file and line.
pub fn read(name: &str, text: &str) -> Result<Vec<Subject>> {
    tables(&File { name, text, table: MENTION })
}

/// Reads the themes of a file, which are subjects of their own kind.
///
/// # Errors
/// As [`read`].
pub fn read_themes(name: &str, text: &str) -> Result<Vec<Subject>> {
    let themes = tables(&File { name, text, table: THEME })?;
    Ok(themes.into_iter().map(|theme| Subject { kind: Kind::Theme, ..theme }).collect())
}

fn tables(file: &File) -> Result<Vec<Subject>> {
    let File { text, table: wanted, .. } = *file;
    let table = DeTable::parse(text).map_err(|error| {
        let message = format!("found no TOML: {}, expected tables [[{wanted}]]", error.message().trim());
        file.wrong(error.span().unwrap_or(0..0), message)
    })?;
    let Some(mentions) = table.get_ref().get(wanted) else { return Ok(Vec::new()) };
    let DeValue::Array(mentions) = mentions.get_ref() else {
        return Err(file.wrong(mentions.span(), format!("found one table [{wanted}], expected [[{wanted}]], one for each {}", file.what())));
    };
    let mut lines: HashMap<String, usize> = HashMap::new();
    let mut subjects = Vec::new();
    for mention in mentions {
        let subject = file.subject(mention)?;
        if let Some(line) = lines.insert(subject.name.to_lowercase(), file.line(&mention.span())) {
            let message = format!("found the name {:?} again, which stands in line {line}, expected a name of its own", subject.name);
            return Err(file.wrong(mention.span(), message).advise("join the queries with a comma, or rename one"));
        }
        subjects.push(subject);
    }
    Ok(subjects)
}

struct File<'f> {
    name: &'f str,
    text: &'f str,
    /// Which tables are read.
    table: &'static str,
}

impl File<'_> {
    fn what(&self) -> &'static str {
        if self.table == THEME { "theme" } else { "subject" }
    }

    /// The keys of a table; themes are of one kind.
    fn keys(&self) -> Vec<&'static str> {
        KEYS.into_iter().filter(|key| *key != "kind" || self.table == MENTION).collect()
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.text.get(..span.start).unwrap_or("").matches('\n').count() + 1
    }

    fn wrong(&self, span: Range<usize>, message: String) -> Error {
        Error::usage(message).at(format!("{}:{}", self.name, self.line(&span)))
    }

    fn subject(&self, mention: &Spanned<DeValue<'_>>) -> Result<Subject> {
        let DeValue::Table(table) = mention.get_ref() else {
            return Err(self.wrong(mention.span(), format!("found {}, expected a table", mention.get_ref().type_str())));
        };
        for key in table.keys() {
            if !self.keys().contains(&key.get_ref().as_ref()) {
                let message = format!("found the key {}, expected {}", key.get_ref(), self.keys().join(", "));
                let error = self.wrong(key.span(), message);
                return Err(did_you_mean(key.get_ref(), self.keys().into_iter()).map_or(error.clone(), |advice| error.advise(advice)));
            }
        }
        let missing = |key: &str, example: &str| {
            self.wrong(mention.span(), format!("found no {key} in this [[{}]], expected {key} = {example}", self.table))
        };
        let name = self.string(table, "name")?.filter(|(name, _)| !name.trim().is_empty()).ok_or_else(|| missing("name", "\"Acme\""))?;
        let (query, span) = self.string(table, "query")?.ok_or_else(|| missing("query", "'acme, \"acme corp\"'"))?;
        let place = format!("{}:{}", self.name, self.line(&span));
        Ok(Subject {
            name: name.0.trim().to_owned(),
            kind: self.kind(table)?,
            query: Query::parse(query).map_err(|error| error.of(query).at(place))?,
            fuzzy: self.fuzzy(table)?,
            must_match: self.strings(table, "must-match")?,
            must_not_match: self.strings(table, "must-not-match")?,
        })
    }

    fn kind(&self, table: &DeTable<'_>) -> Result<Kind> {
        let Some((name, span)) = self.string(table, "kind")? else { return Ok(Kind::default()) };
        Kind::from_name(name).ok_or_else(|| {
            let names = Kind::ALL.map(Kind::name);
            let error = self.wrong(span, format!("found kind = {name:?}, expected one of: {}", names.join(", ")));
            did_you_mean(name, names.into_iter()).map_or(error.clone(), |advice| error.advise(advice))
        })
    }

    fn fuzzy(&self, table: &DeTable<'_>) -> Result<bool> {
        match table.get("fuzzy") {
            None => Ok(false),
            Some(value) => match value.get_ref() {
                DeValue::Boolean(fuzzy) => Ok(*fuzzy),
                other => Err(self.wrong(value.span(), format!("found {} for fuzzy, expected true or false", other.type_str()))),
            },
        }
    }

    fn string<'t>(&self, table: &'t DeTable<'_>, key: &str) -> Result<Option<(&'t str, Range<usize>)>> {
        match table.get(key) {
            None => Ok(None),
            Some(value) => match value.get_ref() {
                DeValue::String(text) => Ok(Some((text.as_ref(), value.span()))),
                other => Err(self.wrong(value.span(), format!("found {} for {key}, expected text in quotes", other.type_str()))),
            },
        }
    }

    fn strings(&self, table: &DeTable<'_>, key: &str) -> Result<Vec<String>> {
        let Some(value) = table.get(key) else { return Ok(Vec::new()) };
        let wrong = |value: &Spanned<DeValue<'_>>| {
            self.wrong(value.span(), format!("found {} for {key}, expected a list of texts: [\"...\"]", value.get_ref().type_str()))
        };
        let DeValue::Array(list) = value.get_ref() else { return Err(wrong(value)) };
        let one = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::String(text) => Ok(text.to_string()),
            _ => Err(wrong(item)),
        };
        list.iter().map(one).collect()
    }
}
