//! JSON documents: an array of objects, or an object that holds one, however deep. In: bytes. Out: the
//! objects of the array, one after the other, without holding the document. Fields are found by path,
//! `snippet.textOriginal`.

use super::scan::{self, Scan, Str};
use super::{Cut, Cutter, Dialect, Flaw, Format, Parser, Row, Sample};
use serde_json::Value;

pub const FORMAT: Format = Format { name: "json", detect };

/// Objects that are looked at to learn the paths, and how deep.
const OBJECTS: usize = 300;
const DEPTH: usize = 6;

struct Document {
    path: String,
    begin: usize,
    columns: Vec<String>,
}

fn detect(sample: &Sample) -> Option<Box<dyn Dialect>> {
    let text = sample.text.as_str();
    let (path, begin) = match text.trim_start().as_bytes().first()? {
        b'[' => (String::new(), text.len() - text.trim_start().len() + 1),
        b'{' => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let mut objects = lines.filter(|line| is_object(line));
            if objects.next().is_some() && (objects.next().is_some() || records_in(text).is_none()) {
                return None; // JSON lines
            }
            records_in(text)?
        }
        _ => return None,
    };
    let mut cuts = Vec::new();
    Elements::new(begin).cut(text.as_bytes(), false, &mut cuts);
    let objects = cuts.iter().filter_map(|cut| text.get(cut.start as usize..cut.end as usize)).filter(|element| element.starts_with('{'));
    Some(Box::new(Document { path, begin, columns: paths_of(objects) }))
}

/// The first array of objects in a document: its path and where its first element begins.
fn records_in(text: &str) -> Option<(String, usize)> {
    let mut scan = Scan::new(text.as_bytes());
    scan.peek()?;
    find_array(&mut scan, text, "", 0)
}

fn find_array(scan: &mut Scan, text: &str, path: &str, depth: usize) -> Option<(String, usize)> {
    let mut found = None;
    // Errors are how the search stops: at the array, or where the sample ends.
    let _ = scan.object(|scan, key| {
        let name = text.get(key.start..key.end).unwrap_or("");
        let below = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match scan.peek() {
            Some(b'[') => {
                let mut inside = *scan;
                inside.at += 1;
                if inside.peek() == Some(b'{') {
                    found = Some((below, inside.at));
                    return Err(Flaw::CutOff);
                }
                scan.value()
            }
            Some(b'{') if depth < DEPTH => {
                found = find_array(scan, text, &below, depth + 1);
                if found.is_some() { Err(Flaw::CutOff) } else { Ok(()) }
            }
            _ => scan.value(),
        }
    });
    found
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

impl Dialect for Document {
    fn describe(&self) -> String {
        if self.path.is_empty() { "JSON array".to_owned() } else { format!("JSON object with its records in {:?}", self.path) }
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(Elements::new(self.begin))
    }

    fn parser(&self, wanted: &[usize]) -> Box<dyn Parser> {
        Box::new(Objects::new(&self.columns, wanted))
    }

    fn is_json(&self) -> bool {
        true
    }
}

/// Cuts the elements of an array; what follows the array is passed over.
struct Elements {
    begin: usize,
    closed: bool,
    skipping: Depth,
}

/// How deep a place is, when an element is passed over in pieces.
#[derive(Default)]
struct Depth {
    brackets: usize,
    in_string: bool,
    escaped: bool,
}

impl Elements {
    fn new(begin: usize) -> Self {
        Self { begin, closed: false, skipping: Depth::default() }
    }
}

impl Cutter for Elements {
    fn cut(&mut self, data: &[u8], end: bool, cuts: &mut Vec<Cut>) -> usize {
        if self.begin > data.len() && !end {
            return 0;
        }
        let mut scan = Scan { data, at: std::mem::take(&mut self.begin).min(data.len()) };
        while !self.closed {
            match scan.peek() {
                None => break,
                Some(b',') => scan.at += 1,
                Some(b']') => self.closed = true,
                Some(_) => {
                    let start = scan.at;
                    match scan.value() {
                        Ok(()) if end || scan.at < data.len() => cuts.push(Cut::new(start, scan.at)),
                        Err(Flaw::BadJson) => scan.at = broken(data, start, cuts),
                        _ if end => {
                            cuts.push(Cut::with(start, data.len(), Some(Flaw::CutOff)));
                            scan.at = data.len();
                        }
                        _ => return start,
                    }
                }
            }
        }
        if self.closed { data.len() } else { scan.at }
    }

    fn skip(&mut self, data: &[u8]) -> (usize, bool) {
        let depth = &mut self.skipping;
        for (at, &b) in data.iter().enumerate() {
            match b {
                _ if depth.escaped => depth.escaped = false,
                b'\\' if depth.in_string => depth.escaped = true,
                b'"' if depth.in_string && depth.brackets == 0 => {
                    *depth = Depth::default();
                    return (at + 1, true);
                }
                b'"' => depth.in_string = !depth.in_string,
                b'{' | b'[' if !depth.in_string => depth.brackets += 1,
                b'}' | b']' if !depth.in_string => {
                    depth.brackets = depth.brackets.saturating_sub(1);
                    if depth.brackets == 0 {
                        *depth = Depth::default();
                        return (at + 1, true);
                    }
                }
                _ => {}
            }
        }
        (data.len(), false)
    }
}

/// Something that is no JSON value stands between elements: it goes up to the next comma or bracket.
fn broken(data: &[u8], start: usize, cuts: &mut Vec<Cut>) -> usize {
    let length = data[start..].iter().position(|b| matches!(b, b',' | b']' | b'{')).unwrap_or(data.len() - start).max(1);
    cuts.push(Cut::with(start, start + length, Some(Flaw::BadJson)));
    start + length
}

/// Takes fields out of an object by path.
pub struct Objects {
    tree: Vec<Branch>,
    wanted: usize,
}

/// One step of the wanted paths.
struct Branch {
    key: String,
    places: Vec<usize>,
    below: Vec<Branch>,
}

impl Objects {
    /// A parser of the wanted columns, given by number.
    pub fn new(columns: &[String], wanted: &[usize]) -> Self {
        let mut tree = Vec::new();
        for (place, path) in wanted.iter().enumerate().filter_map(|(place, &column)| Some((place, columns.get(column)?))) {
            plant(&mut tree, path, place);
        }
        Self { tree, wanted: wanted.len() }
    }
}

/// A dotted key at the top (`title.label`) and a nested one (`title: {label}`) are the same path.
fn plant(tree: &mut Vec<Branch>, path: &str, place: usize) {
    grow(tree, path).places.push(place);
    if let Some((head, rest)) = path.split_once('.') {
        plant(&mut grow(tree, head).below, rest, place);
    }
}

fn grow<'t>(tree: &'t mut Vec<Branch>, key: &str) -> &'t mut Branch {
    let at = tree.iter().position(|branch| branch.key == key).unwrap_or_else(|| {
        tree.push(Branch { key: key.to_owned(), places: Vec::new(), below: Vec::new() });
        tree.len() - 1
    });
    &mut tree[at]
}

impl Parser for Objects {
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw> {
        row.reset(self.wanted);
        let mut scan = Scan::new(record.as_bytes());
        if scan.peek() != Some(b'{') {
            return Err(Flaw::NotAnObject);
        }
        walk(&mut scan, record, &self.tree, row)?;
        if scan.peek().is_some() { Err(Flaw::BadJson) } else { Ok(()) }
    }
}

fn walk(scan: &mut Scan, record: &str, tree: &[Branch], row: &mut Row) -> Result<(), Flaw> {
    scan.object(|scan, key| match branch(tree, record, key) {
        None => scan.value(),
        Some(branch) => take(scan, record, branch, row),
    })
}

fn branch<'t>(tree: &'t [Branch], record: &str, key: Str) -> Option<&'t Branch> {
    let name = record.get(key.start..key.end)?;
    if !key.escaped {
        return tree.iter().find(|branch| branch.key == name);
    }
    let mut decoded = String::new();
    scan::decode(name, &mut decoded).ok()?;
    tree.iter().find(|branch| branch.key == decoded)
}

fn take(scan: &mut Scan, record: &str, branch: &Branch, row: &mut Row) -> Result<(), Flaw> {
    let found = match scan.peek() {
        Some(b'"') => string(scan, record, row)?,
        Some(b'{') if !branch.below.is_empty() => return walk(scan, record, &branch.below, row),
        Some(b'[') => joined(scan, record, row)?,
        Some(b'{') => return scan.value(),
        _ => {
            let (start, end) = scan.scalar()?;
            if record.get(start..end) == Some("null") {
                return Ok(());
            }
            Row::plain(start, end)
        }
    };
    for &place in &branch.places {
        row.set(place, found);
    }
    Ok(())
}

fn string(scan: &mut Scan, record: &str, row: &mut Row) -> Result<super::record::Span, Flaw> {
    let found = scan.string()?;
    if !found.escaped {
        return Ok(Row::plain(found.start, found.end));
    }
    let inside = record.get(found.start..found.end).ok_or(Flaw::BadJson)?;
    row.decode(|out| scan::decode(inside, out))
}

/// A text in parts, as some messengers export it: strings, and objects with a `text`.
fn joined(scan: &mut Scan, record: &str, row: &mut Row) -> Result<super::record::Span, Flaw> {
    let start = scan.at;
    scan.value()?;
    let parts: Vec<Value> = record.get(start..scan.at).and_then(|json| serde_json::from_str(json).ok()).ok_or(Flaw::BadJson)?;
    row.decode(|out| {
        for part in &parts {
            out.push_str(part.as_str().or_else(|| part.get("text").and_then(Value::as_str)).unwrap_or(""));
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests;
