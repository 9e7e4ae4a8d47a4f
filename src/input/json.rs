//! JSON documents: an array of objects, or an object that holds some, however deep, and the archives of
//! X, which are that behind an assignment. In: bytes. Out: the objects, one after the other, without
//! holding the document. Fields are found by path, `snippet.textOriginal`.

use super::{Cutter, Dialect, Format, Parser, Sample};
use cut::Records;
use find::Found;
use join::Names;
pub use objects::Objects;
use serde_json::Value;
use std::sync::Arc;

mod cut;
mod find;
mod join;
mod objects;

pub const FORMAT: Format = Format { name: "json", detect };

/// Objects that are looked at to learn the paths, and how deep.
const OBJECTS: usize = 300;
const DEPTH: usize = 6;

struct Document {
    script: bool,
    records: Found,
    /// Names of the columns, and the paths they stand for.
    columns: Vec<String>,
    paths: Vec<String>,
    /// The column of the author's id, and the names that such ids stand for.
    reference: Option<usize>,
    names: Option<Arc<Names>>,
}

fn detect(sample: &Sample) -> Option<Box<dyn Dialect>> {
    let text = sample.text.trim_start();
    let prefix = cut::prefix(text.as_bytes());
    let data = text.get(prefix.unwrap_or(0)..)?;
    match data.as_bytes().first()? {
        b'[' => {}
        b'{' => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let mut objects = lines.filter(|line| is_object(line));
            let asked = sample.records.is_some();
            if objects.next().is_some() && (objects.next().is_some() || !asked && !holds_lists(data)) {
                return None; // JSON lines
            }
        }
        _ => return None,
    }
    let records = match &sample.records {
        Some(path) => Found::named(path),
        None => find::records(data).or_else(|| is_list(data).then(Found::default))?,
    };
    let mut cuts = Vec::new();
    Records::new(&records.keys).cut(sample.text.as_bytes(), sample.whole, &mut cuts);
    let objects = cuts.iter().filter(|cut| cut.flaw.is_none()).filter_map(|cut| sample.text.get(cut.start as usize..cut.end as usize));
    let (mut columns, mut paths) = normal_paths(paths_of(objects.filter(|element| element.starts_with('{'))));
    for path in &sample.asked {
        if !columns.contains(path) && (path.contains('[') || paths.contains(path)) {
            columns.push(path.clone());
            paths.push(path.clone());
        }
    }
    let reference = join::reference(&columns).filter(|_| !records.keys.is_empty());
    Some(Box::new(Document { script: prefix.is_some(), records, columns, paths, reference, names: None }))
}

/// Whether a text is an array, though without objects. Chats may begin with a time in brackets.
fn is_list(text: &str) -> bool {
    let inside = text.strip_prefix('[').map(str::trim_start);
    inside.is_some_and(|inside| inside.is_empty() || inside.starts_with(['[', ']', '{', '"']))
}

/// Whether a document on one line holds lists of records, so that it is no record itself.
fn holds_lists(text: &str) -> bool {
    find::records(text).is_some_and(|found| !found.keys.is_empty())
}

/// Whether a text is one whole JSON object.
pub fn is_object(text: &str) -> bool {
    text.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Paths of all values in the first objects, in order of appearance.
pub fn paths_of<'t>(objects: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut paths = Vec::new();
    for object in objects.take(OBJECTS) {
        if let Ok(value) = serde_json::from_str::<Value>(object) {
            collect_paths(&value, "", 0, &mut paths);
        }
    }
    paths
}

/// Most paths that are looked at; a hostile file may have a million keys.
const MOST_PATHS: usize = 2000;

fn collect_paths(value: &Value, path: &str, depth: usize, paths: &mut Vec<String>) {
    let members = value.as_object().into_iter().flatten();
    for (key, member) in members {
        let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        if member.is_object() && depth < DEPTH {
            collect_paths(member, &below, depth + 1, paths);
        } else if paths.len() < MOST_PATHS && !paths.contains(&below) {
            paths.push(below);
        }
    }
}

/// Names of columns for paths, and the paths: a wrapper that all records share, as `tweet` in archives of
/// X, says nothing.
fn normal_paths(paths: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut columns = paths.clone();
    while let Some((first, _)) = columns.first().and_then(|path| path.split_once('.'))
        && columns.len() > 1
        && let wrapper = format!("{first}.")
        && columns.iter().all(|path| path.starts_with(&wrapper))
    {
        columns.iter_mut().for_each(|path| _ = path.drain(..wrapper.len()));
    }
    (columns, paths)
}

impl Dialect for Document {
    fn describe(&self) -> String {
        let script = if self.script { " behind the assignment of an archive of X" } else { "" };
        if self.records.keys.is_empty() {
            format!("JSON array{script}")
        } else {
            format!("JSON object with its records in {:?}{script}", self.records.path)
        }
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(Records::new(&self.records.keys))
    }

    fn parser(&self, wanted: &[usize]) -> Box<dyn Parser> {
        let parser = Objects::new(&self.paths, wanted);
        let joined = self.names.as_ref().zip(wanted.iter().position(|&column| column.checked_add(1) == Some(self.columns.len())));
        Box::new(match joined {
            Some((names, place)) => parser.naming(place, Arc::clone(names)),
            None => parser,
        })
    }

    fn is_json(&self) -> bool {
        true
    }

    fn records(&self) -> Option<&str> {
        Some(&self.records.path)
    }

    fn refers(&self) -> bool {
        self.reference.is_some()
    }

    fn refer(&mut self, document: &str) {
        let Some(column) = self.reference.take() else { return };
        if let Some(names) = join::names(document, &self.records.keys) {
            self.columns.push(format!("{}.{}", self.columns[column], names.field));
            self.paths.push(self.paths[column].clone());
            self.names = Some(Arc::new(names));
        }
    }
}

#[cfg(test)]
mod tests;
