//! Fields out of a JSON object. In: one object as text, and the paths that are wanted. Out: their values,
//! borrowed or decoded into the row. Separate because JSON lines need it too.
//!
//! `user.name` is a path, `langs[0]` one element, `tags[].name` all elements with a comma between them. An
//! array that is wanted as a whole is its strings with commas, or, as messengers export a text in parts,
//! strings and the `text` of objects, one after the other.

use super::super::no_review::Marks;
use super::super::record::Span;
use super::super::scan::{self, Scan, Str};
use super::super::{Flaw, Parser, Row};
use super::join::Names;
use std::sync::Arc;

/// Steps of a path that are told apart; what is deeper is taken as one name.
const DEPTH: usize = 16;

/// Takes fields out of an object by path.
pub struct Objects {
    tree: Vec<Branch>,
    wanted: usize,
    marks: Marks,
    names: Option<(usize, Arc<Names>)>,
}

/// One step of the wanted paths.
#[derive(Default)]
struct Branch {
    key: String,
    places: Vec<usize>,
    /// Places that ask only whether there is something.
    marks: Vec<usize>,
    below: Vec<Branch>,
    /// What is wanted of the elements of an array: of one, or of all.
    elements: Vec<(Option<usize>, Branch)>,
}

impl Objects {
    /// A parser of the wanted columns, given by number.
    pub fn new(columns: &[String], wanted: &[usize]) -> Self {
        let mut tree = Vec::new();
        for (place, path) in wanted.iter().enumerate().filter_map(|(place, &column)| Some((place, columns.get(column)?))) {
            plant(&mut tree, path, DEPTH, &|branch| branch.places.push(place));
        }
        let mark = |field: &str, place| plant(&mut tree, field, 1, &|branch| branch.marks.push(place));
        let marks = Marks::of(columns, wanted.len(), mark);
        Self { tree, wanted: wanted.len(), marks, names: None }
    }

    /// Replaces the id in a place by the name it stands for.
    pub fn naming(self, place: usize, names: Arc<Names>) -> Self {
        Self { names: Some((place, names)), ..self }
    }
}

/// A dotted key at the top (`title.label`) and a nested one (`title: {label}`) are the same path.
fn plant(tree: &mut Vec<Branch>, path: &str, depth: usize, put: &dyn Fn(&mut Branch)) {
    put(grow(tree, path));
    if depth == 0 {
        return;
    }
    if let Some((head, rest)) = path.split_once('.') {
        if let Some(branch) = element(tree, head) {
            plant(&mut branch.below, rest, depth - 1, put);
        } else {
            plant(&mut grow(tree, head).below, rest, depth - 1, put);
        }
    } else if let Some(branch) = element(tree, path) {
        put(branch);
    }
}

/// The branch of `name[]` or `name[3]`.
fn element<'t>(tree: &'t mut Vec<Branch>, step: &str) -> Option<&'t mut Branch> {
    let (name, index) = step.strip_suffix(']')?.split_once('[')?;
    let index = if index.is_empty() { None } else { Some(index.parse().ok()?) };
    let elements = &mut grow(tree, name).elements;
    let at = elements.iter().position(|(known, _)| *known == index).unwrap_or_else(|| {
        elements.push((index, Branch::default()));
        elements.len() - 1
    });
    Some(&mut elements[at].1)
}

fn grow<'t>(tree: &'t mut Vec<Branch>, key: &str) -> &'t mut Branch {
    let at = tree.iter().position(|branch| branch.key == key).unwrap_or_else(|| {
        tree.push(Branch { key: key.to_owned(), ..Branch::default() });
        tree.len() - 1
    });
    &mut tree[at]
}

impl Parser for Objects {
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw> {
        row.reset(self.wanted + self.marks.places());
        let mut scan = Scan::new(record.as_bytes());
        if scan.peek() != Some(b'{') {
            return Err(if record == "null" { Flaw::NoReview } else { Flaw::NotAnObject });
        }
        walk(&mut scan, record, &self.tree, row)?;
        if scan.peek().is_some() {
            return Err(Flaw::BadJson);
        }
        if let Some((place, names)) = &self.names {
            names.replace(*place, record, row);
        }
        self.marks.check(record, row)
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
    let first = scan.peek();
    if matches!(first, Some(b'{' | b'[')) {
        branch.marks.iter().for_each(|&place| row.set(place, Row::plain(scan.at, scan.at + 1)));
    }
    let found = match first {
        Some(b'{') if branch.below.is_empty() => return scan.value(),
        Some(b'{') => return walk(scan, record, &branch.below, row),
        Some(b'[') => {
            if !branch.elements.is_empty() {
                elements(*scan, record, branch, row)?;
            }
            if branch.places.is_empty() {
                return scan.value();
            }
            joined(scan, record, row)?
        }
        _ => single(scan, record, row)?,
    };
    if found != Span::Missing {
        branch.places.iter().chain(&branch.marks).for_each(|&place| row.set(place, found));
    }
    Ok(())
}

/// A string decoded, or a number or word as it stands; none for `null`.
fn single(scan: &mut Scan, record: &str, row: &mut Row) -> Result<Span, Flaw> {
    if scan.peek() == Some(b'"') {
        let found = scan.string()?;
        if !found.escaped {
            return Ok(Row::plain(found.start, found.end));
        }
        let inside = record.get(found.start..found.end).ok_or(Flaw::BadJson)?;
        let mut halves = 0;
        let value = row.decode(|out| scan::decode(inside, out).map(|count| halves = count))?;
        row.halve(halves);
        return Ok(value);
    }
    let (start, end) = scan.scalar()?;
    Ok(if record.get(start..end) == Some("null") { Span::Missing } else { Row::plain(start, end) })
}

/// Visits the elements of an array; `visit` must pass over the element.
fn each(scan: &mut Scan, mut visit: impl FnMut(&mut Scan, usize) -> Result<(), Flaw>) -> Result<(), Flaw> {
    scan.expect(b'[')?;
    if scan.peek() == Some(b']') {
        scan.at += 1;
        return Ok(());
    }
    for number in 0.. {
        visit(scan, number)?;
        match scan.peek().ok_or(Flaw::CutOff)? {
            b',' => scan.at += 1,
            b']' => break,
            _ => return Err(Flaw::BadJson),
        }
    }
    scan.at += 1;
    Ok(())
}

fn elements(mut scan: Scan, record: &str, branch: &Branch, row: &mut Row) -> Result<(), Flaw> {
    each(&mut scan, |scan, number| {
        for (_, wanted) in branch.elements.iter().filter(|(index, _)| index.is_none_or(|index| index == number)) {
            gather(&mut { *scan }, record, wanted, row)?;
        }
        scan.value()
    })
}

/// Adds what is wanted of an element to what others gave.
fn gather(scan: &mut Scan, record: &str, branch: &Branch, row: &mut Row) -> Result<(), Flaw> {
    match scan.peek() {
        Some(b'{') => scan.object(|scan, key| match self::branch(&branch.below, record, key) {
            None => scan.value(),
            Some(below) => gather(scan, record, below, row),
        }),
        Some(b'[') => {
            elements(*scan, record, branch, row)?;
            scan.value()
        }
        _ => {
            let found = single(scan, record, row)?;
            branch.places.iter().for_each(|&place| row.add(place, found, record));
            Ok(())
        }
    }
}

/// An array as one text.
fn joined(scan: &mut Scan, record: &str, row: &mut Row) -> Result<Span, Flaw> {
    let start = *scan;
    let mut parts = false;
    each(scan, |scan, _| {
        parts |= scan.peek() == Some(b'{');
        scan.value()
    })?;
    let mut halves = 0;
    let whole = row.decode(|out| {
        let begin = out.len();
        each(&mut { start }, |scan, _| {
            if scan.peek() == Some(b'{') {
                return scan.object(|scan, key| {
                    let text = record.get(key.start..key.end) == Some("text") && scan.peek() == Some(b'"');
                    if text { part(scan, record, out, &mut halves) } else { scan.value() }
                });
            }
            if !parts && out.len() > begin {
                out.push_str(", ");
            }
            part(scan, record, out, &mut halves)
        })
    })?;
    row.halve(halves);
    Ok(whole)
}

/// Appends a string, number or word; arrays within arrays and nulls say nothing.
fn part(scan: &mut Scan, record: &str, out: &mut String, halves: &mut u32) -> Result<(), Flaw> {
    match scan.peek() {
        Some(b'"') => {
            let found = scan.string()?;
            *halves += scan::decode(record.get(found.start..found.end).ok_or(Flaw::BadJson)?, out)?;
            Ok(())
        }
        Some(b'[') => scan.value(),
        _ => {
            let (start, end) = scan.scalar()?;
            out.push_str(record.get(start..end).filter(|word| *word != "null").unwrap_or(""));
            Ok(())
        }
    }
}
