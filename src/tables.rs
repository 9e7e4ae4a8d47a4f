//! Tables of a configuration file. In: TOML. Out: its values with their lines, or what is wrong with them and
//! where. Separate because subjects, gates and objectives stand in one file and are refused alike.

use crate::error::{Error, Result};
use crate::lexicon::similar::did_you_mean;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file of tables.
#[derive(Clone, Copy, Debug)]
pub struct Document<'f> {
    /// Its name in messages.
    pub name: &'f str,
    /// Its text.
    pub text: &'f str,
}

/// A value with its bytes.
pub type Value<'t> = Spanned<DeValue<'t>>;

impl<'f> Document<'f> {
    /// The tables of the file.
    ///
    /// # Errors
    /// When it is no TOML; `expected` says what it is to hold.
    pub fn read(&self, expected: &str) -> Result<Spanned<DeTable<'f>>> {
        DeTable::parse(self.text).map_err(|error| {
            let message = format!("found no TOML: {}, expected {expected}", error.message().trim());
            self.wrong(error.span().unwrap_or(0..0), message)
        })
    }

    /// The line of a place, from 1.
    #[must_use]
    pub fn line(&self, span: &Range<usize>) -> usize {
        self.text.get(..span.start).unwrap_or("").matches('\n').count() + 1
    }

    /// File and line of a place.
    #[must_use]
    pub fn place(&self, span: &Range<usize>) -> String {
        format!("{}:{}", self.name, self.line(span))
    }

    /// An error at a place.
    #[must_use]
    pub fn wrong(&self, span: Range<usize>, message: String) -> Error {
        Error::usage(message).at(self.place(&span))
    }

    /// The tables `[[name]]`; none if there are none.
    ///
    /// # Errors
    /// When there is something else of that name.
    pub fn list<'t>(&self, tables: &'t DeTable<'f>, name: &str, one: &str) -> Result<&'t [Value<'f>]> {
        let Some(list) = tables.get(name) else { return Ok(&[]) };
        match list.get_ref() {
            DeValue::Array(list) => Ok(list),
            DeValue::Table(_) => Err(self.wrong(list.span(), format!("found one table [{name}], expected [[{name}]], one for each {one}"))),
            other => Err(self.wrong(list.span(), format!("found {} for {name}, expected tables [[{name}]]", other.type_str()))),
        }
    }

    /// A value as a table with no keys but these.
    ///
    /// # Errors
    /// When it is none, or has another key.
    pub fn table<'t>(&self, value: &'t Value<'f>, keys: &[&str]) -> Result<&'t DeTable<'f>> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.wrong(value.span(), format!("found {}, expected a table", value.get_ref().type_str())));
        };
        self.keys(table, keys)?;
        Ok(table)
    }

    /// Whether a table has no keys but these.
    ///
    /// # Errors
    /// When it has another, with the one that may be meant.
    pub fn keys(&self, table: &DeTable<'_>, keys: &[&str]) -> Result<()> {
        let Some(strange) = table.keys().find(|key| !keys.contains(&key.get_ref().as_ref())) else { return Ok(()) };
        let error = self.wrong(strange.span(), format!("found the key {}, expected {}", strange.get_ref(), keys.join(", ")));
        Err(did_you_mean(strange.get_ref(), keys.iter().copied()).map_or(error.clone(), |advice| error.advise(advice)))
    }

    /// Text.
    ///
    /// # Errors
    /// When it is something else.
    pub fn string<'t>(&self, table: &'t DeTable<'f>, key: &str) -> Result<Option<(&'t str, Range<usize>)>> {
        let Some(value) = table.get(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::String(text) => Ok(Some((text.as_ref(), value.span()))),
            other => Err(self.wrong(value.span(), format!("found {} for {key}, expected text in quotes", other.type_str()))),
        }
    }

    /// Texts; none if there is no such key.
    ///
    /// # Errors
    /// When it is something else.
    pub fn strings(&self, table: &DeTable<'f>, key: &str) -> Result<Vec<String>> {
        let Some(value) = table.get(key) else { return Ok(Vec::new()) };
        let wrong = |value: &Value<'_>| {
            self.wrong(value.span(), format!("found {} for {key}, expected a list of texts: [\"...\"]", value.get_ref().type_str()))
        };
        let DeValue::Array(list) = value.get_ref() else { return Err(wrong(value)) };
        let one = |item: &Value<'_>| match item.get_ref() {
            DeValue::String(text) => Ok(text.to_string()),
            _ => Err(wrong(item)),
        };
        list.iter().map(one).collect()
    }

    /// Yes or no; no if there is no such key.
    ///
    /// # Errors
    /// When it is something else.
    pub fn boolean(&self, table: &DeTable<'f>, key: &str) -> Result<bool> {
        let Some(value) = table.get(key) else { return Ok(false) };
        match value.get_ref() {
            DeValue::Boolean(yes) => Ok(*yes),
            other => Err(self.wrong(value.span(), format!("found {} for {key}, expected true or false", other.type_str()))),
        }
    }

    /// A count.
    ///
    /// # Errors
    /// When it is something else.
    pub fn count(&self, table: &DeTable<'f>, key: &str) -> Result<Option<u64>> {
        let Some(value) = table.get(key) else { return Ok(None) };
        let number = match value.get_ref() {
            DeValue::Integer(number) => u64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok(),
            _ => None,
        };
        match number {
            Some(number) => Ok(Some(number)),
            None => {
                Err(self.wrong(value.span(), format!("found {} for {key}, expected a number of 0 or more", value.get_ref().type_str())))
            }
        }
    }
}
