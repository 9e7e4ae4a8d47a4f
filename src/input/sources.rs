//! Which files to read. In: paths as given. Out: [`Source`]s in a stable order. Separate because
//! directories, globs and standard input must look the same to all that follows.

use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// Endings of the files that are taken from a directory.
const ENDINGS: [&str; 29] = [
    "csv", "tsv", "tab", "json", "jsonl", "ndjson", "xml", "rss", "atom", "srt", "vtt", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet",
    "arrow", "feather", "ipc", "zip", "tar", "tgz", "tbz", "tbz2", "txz", "tzst", "tlz", "taz",
];
/// Endings that may follow those when the file is compressed.
pub const PACKED: [&str; 5] = ["gz", "zst", "bz2", "xz", "lzma"];

/// Signs that make a path a pattern.
const WILD: [char; 3] = ['*', '?', '['];

/// One file, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What messages and reports call it.
    pub name: String,
    /// Where it is; none for standard input.
    pub path: Option<PathBuf>,
    /// Its size in bytes, when known.
    pub size: Option<u64>,
}

impl Source {
    /// Standard input.
    #[must_use]
    pub fn stdin() -> Self {
        Self { name: "-".to_owned(), path: None, size: None }
    }

    /// A file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        let size = path.metadata().ok().filter(std::fs::Metadata::is_file).map(|meta| meta.len());
        Self { name: path.to_string_lossy().into_owned(), path: Some(path.to_owned()), size }
    }
}

/// The files that the arguments name: files as given, directories with all data files below them,
/// globs, and `-` for standard input. Each list is sorted by name, so that every run reads the same.
///
/// # Errors
/// When a glob is malformed. A file that does not exist, or a directory or glob without data files, is
/// no error here: it is reported when it is opened, and the others are still read.
pub fn expand(arguments: &[String]) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for argument in arguments {
        let path = Path::new(argument);
        if argument == "-" {
            sources.push(Source::stdin());
        } else if path.is_dir() {
            sources.extend(or_itself(walk(path, is_data), path));
        } else if !path.exists() && argument.contains(WILD) {
            sources.extend(or_itself(glob(argument)?, path));
        } else {
            sources.push(Source::file(path));
        }
    }
    Ok(sources)
}

/// The files found, or else the place where none were.
fn or_itself(found: Vec<Source>, path: &Path) -> Vec<Source> {
    if found.is_empty() { vec![Source::file(path)] } else { found }
}

/// What there is to say of a place that holds no file.
#[must_use]
pub fn nothing_at(path: &Path) -> Option<Error> {
    if path.is_dir() {
        return Some(Error::input("found a directory without data files, expected files ending in .csv, .tsv, .json, .jsonl, .ndjson, .xlsx, .parquet, .zip or .tar, or these with .gz, .zst, .bz2 or .xz").advise("name the file itself if it ends otherwise"));
    }
    (!path.exists() && path.to_string_lossy().contains(WILD))
        .then(|| Error::input("found no file that matches").advise("quote the pattern or check the folder"))
}

fn glob(pattern: &str) -> Result<Vec<Source>> {
    let matcher = globset::GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|e| Error::usage(format!("found a malformed pattern: {e}")).at(pattern))?
        .compile_matcher();
    let fixed: PathBuf = Path::new(pattern).components().take_while(|part| !part.as_os_str().to_string_lossy().contains(WILD)).collect();
    let (root, prefix) = if fixed.as_os_str().is_empty() { (Path::new("."), true) } else { (fixed.as_path(), false) };
    Ok(walk(root, |file| matcher.is_match(if prefix { file.strip_prefix(".").unwrap_or(file) } else { file })))
}

/// Files below a folder; links to folders are not followed, so there are no loops.
fn walk(root: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<Source> {
    let hidden = |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let files = walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !hidden(entry))
        .filter_map(std::result::Result::ok);
    files
        .filter(|entry| entry.path().is_file() && wanted(entry.path()))
        .map(|entry| Source::file(entry.path().strip_prefix("./").unwrap_or(entry.path())))
        .collect()
}

fn is_data(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut endings = name.rsplit('.');
    let last = endings.next().unwrap_or("");
    let ending = if PACKED.contains(&last) { endings.next().unwrap_or("") } else { last };
    ENDINGS.contains(&ending)
}
