//! `earful.toml`. In: the working directory. Out: the nearest file of that name, there or in a directory
//! above. Separate because commands read their own tables from it.

use crate::error::{Error, Result};
use std::path::PathBuf;

/// The name of the file.
pub const NAME: &str = "earful.toml";

/// The nearest `earful.toml` from the working directory upwards, with its text.
///
/// # Errors
/// When there is one that cannot be read.
pub fn nearest() -> Result<Option<(PathBuf, String)>> {
    let Ok(here) = std::env::current_dir() else { return Ok(None) };
    let Some(path) = here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file()) else { return Ok(None) };
    let text = std::fs::read_to_string(&path).map_err(|e| Error::usage(format!("cannot be read: {e}")).at(path.display()))?;
    // As short as it can be said.
    let path = path.strip_prefix(&here).map(PathBuf::from).unwrap_or(path);
    Ok(Some((path, text)))
}
