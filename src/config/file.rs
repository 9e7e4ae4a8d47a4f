//! `earful.toml`. In: the working directory. Out: the nearest file of that name, there or in a directory
//! above. Separate because commands read their own tables from it.

use crate::error::{Error, Result};
use crate::tables::Document;
use std::path::PathBuf;

/// The name of the file.
pub const NAME: &str = "earful.toml";

/// The tables it may hold: `[[...]]` once for every subject, theme, gate or objective, and `[report]`.
pub const TABLES: [&str; 5] = ["mention", "theme", "gate", "objective", "report"];

/// The nearest `earful.toml` from the working directory upwards, with its text. Each command reads its own
/// tables from it; that there are no others is looked at here.
///
/// # Errors
/// When there is one that cannot be read, that is no TOML, or that has a table nobody reads.
pub fn nearest() -> Result<Option<(PathBuf, String)>> {
    let Ok(here) = std::env::current_dir() else { return Ok(None) };
    let Some(path) = here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file()) else { return Ok(None) };
    let text = std::fs::read_to_string(&path).map_err(|e| Error::usage(format!("cannot be read: {e}")).at(path.display()))?;
    // As short as it can be said.
    let path = path.strip_prefix(&here).map(PathBuf::from).unwrap_or(path);
    check(&path.display().to_string(), &text)?;
    Ok(Some((path, text)))
}

/// Whether a file holds nothing but tables that are read.
///
/// # Errors
/// As [`nearest`].
pub fn check(name: &str, text: &str) -> Result<()> {
    let expected = TABLES.map(|table| if table == "report" { format!("[{table}]") } else { format!("[[{table}]]") }).join(", ");
    let file = Document { name, text };
    let tables = file.read(&format!("tables {expected}"))?;
    file.keys(tables.get_ref(), &TABLES)
}
