//! Flags that a file sets. In: the table `[report]` of `earful.toml`. Out: flags of `earful report` with their values.
//! Separate because a file says once for a folder what would be said in every command, and is overruled by each.

use crate::error::{Error, Result};
use crate::lexicon::similar::did_you_mean;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the table.
pub const TABLE: &str = "report";
/// Its keys: flags of `earful report` that may hold for all reports of a folder. None of them names files to read or to
/// write, opens what is hidden by default, or is a secret.
pub const KEYS: [&str; 13] =
    ["aspects", "by", "color", "copies", "date-format", "domain", "fuzzy", "language", "lexicon", "own-voice", "profile", "quotes", "tz"];
/// Those whose values may be files, which are looked for beside `earful.toml`.
const FILES: [&str; 3] = ["aspects", "lexicon", "profile"];

/// A flag with what it is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Its name, without dashes.
    pub name: &'static str,
    /// Its values, one for each time that it is given; none for a flag that is only given or not.
    pub values: Vec<String>,
}

/// Reads the flags of a file; those that are `false` are left out.
///
/// # Errors
/// What is not TOML, unknown keys, and values that no flag has: with file and line.
pub fn read(name: &str, text: &str) -> Result<Vec<Flag>> {
    let line = |span: std::ops::Range<usize>| text.get(..span.start).unwrap_or("").matches('\n').count() + 1;
    let wrong = |span, message: String| Error::usage(message).at(format!("{name}:{}", line(span)));
    let file = DeTable::parse(text)
        .map_err(|error| wrong(error.span().unwrap_or(0..0), format!("found no TOML: {}, expected tables", error.message().trim())))?;
    let Some(table) = file.get_ref().get(TABLE) else { return Ok(Vec::new()) };
    let DeValue::Table(flags) = table.get_ref() else {
        return Err(wrong(table.span(), format!("found {}, expected one table [{TABLE}]", table.get_ref().type_str())));
    };
    let mut found = Vec::new();
    for (key, value) in flags {
        let Some(&flag) = KEYS.iter().find(|known| **known == key.get_ref().as_ref()) else {
            let error = wrong(key.span(), format!("found the key {} in [{TABLE}], expected one of: {}", key.get_ref(), KEYS.join(", ")));
            return Err(match did_you_mean(key.get_ref(), KEYS.into_iter()) {
                Some(advice) => error.advise(advice),
                None => error,
            });
        };
        let values = match value.get_ref() {
            DeValue::Boolean(false) => continue,
            DeValue::Boolean(true) => Some(Vec::new()),
            DeValue::Array(list) => list.iter().map(plain).collect(),
            _ => plain(value).map(|value| vec![value]),
        };
        let Some(mut values) = values else {
            return Err(wrong(
                value.span(),
                format!("found something else for {flag}, expected text, a number, true or false, or a list of texts"),
            ));
        };
        if FILES.contains(&flag) {
            let folder = Path::new(name).parent().unwrap_or(Path::new(""));
            values.iter_mut().for_each(|value| beside(folder, value));
        }
        found.push(Flag { name: flag, values });
    }
    Ok(found)
}

fn plain(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Takes a value for the file of that name in a folder, if there is one.
fn beside(folder: &Path, value: &mut String) {
    let path = folder.join(&*value);
    if path.is_file() {
        *value = path.to_string_lossy().into_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_have_values_or_not() {
        let text = "[report]\nby = [\"product\", \"source\"]\nquotes = 5\nfuzzy = true\nown-voice = false\n[[mention]]\nname = \"x\"\n";
        let mut flags = read("earful.toml", text).unwrap();
        flags.sort_by_key(|flag| flag.name);
        let flag = |name, values: &[&str]| Flag { name, values: values.iter().map(|value| (*value).to_owned()).collect() };
        assert_eq!(flags, [flag("by", &["product", "source"]), flag("fuzzy", &[]), flag("quotes", &["5"])]);
        assert_eq!(read("earful.toml", "").unwrap(), []);
    }

    #[test]
    fn what_no_flag_has_is_told_with_its_line() {
        for (text, told) in [
            ("[report]\n\nqoutes = 5\n", "earful.toml:3: found the key qoutes"),
            ("[report]\nsalt = \"k\"\n", "earful.toml:2: found the key salt"),
            ("[report]\nquotes = 1.5\n", "earful.toml:2: found something else for quotes"),
            ("[report]\nby = [[\"x\"]]\n", "earful.toml:2: found something else for by"),
            ("report = 3\n", "expected one table [report]"),
            ("[report\n", "found no TOML"),
        ] {
            let error = read("earful.toml", text).unwrap_err().to_string();
            assert!(error.contains(told), "{text}: {error}");
        }
        assert!(read("earful.toml", "[report]\nqoutes = 5\n").unwrap_err().to_string().contains("try: "));
    }
}
