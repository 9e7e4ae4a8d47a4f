//! Fields out of an XML element. In: one record as text, and the paths that are wanted. Out: their values.
//! Separate from cutting because it runs on every core. `text`, `author.name` and `product.@id` are paths;
//! several elements on one path have a comma between them.

use super::super::no_review::Marks;
use super::super::record::Span;
use super::super::{Flaw, Parser, Row};
use super::tags::{Piece, attributes, piece, unescape};

/// Elements within each other whose names are checked and whose fields can be taken.
const DEPTH: usize = 32;
/// Elements of web pages that stand on lines of their own.
const BLOCKS: [&str; 9] = ["p", "div", "br", "li", "tr", "td", "h1", "h2", "h3"];

/// Takes fields out of an element.
pub struct Fields {
    tree: Branch,
    wanted: usize,
    marks: Marks,
}

#[derive(Default)]
struct Branch {
    name: String,
    places: Vec<usize>,
    attributes: Vec<(String, usize)>,
    below: Vec<Branch>,
}

impl Fields {
    /// A parser of the wanted columns of records called `record`.
    pub fn new(record: &str, columns: &[String], wanted: &[usize]) -> Self {
        let mut tree = Branch::default();
        for (place, path) in wanted.iter().enumerate().filter_map(|(place, &column)| Some((place, columns.get(column)?))) {
            if path == record { tree.places.push(place) } else { plant(&mut tree, path, place) }
        }
        let marks = Marks::of(columns, wanted.len(), |field, place| plant(&mut tree, field, place));
        Self { tree, wanted: wanted.len(), marks }
    }
}

fn plant(branch: &mut Branch, path: &str, place: usize) {
    let mut branch = branch;
    for step in path.split('.') {
        if let Some(name) = step.strip_prefix('@') {
            branch.attributes.push((name.to_owned(), place));
            return;
        }
        let at = branch.below.iter().position(|known| known.name == step).unwrap_or_else(|| {
            branch.below.push(Branch { name: step.to_owned(), ..Branch::default() });
            branch.below.len() - 1
        });
        branch = &mut branch.below[at];
    }
    branch.places.push(place);
}

impl Parser for Fields {
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw> {
        row.reset(self.wanted + self.marks.places());
        let data = record.as_bytes();
        let mut open = [((0, 0), None::<&Branch>); DEPTH];
        let (mut at, mut depth) = (0, 0usize);
        while at < data.len() {
            let (found, next) = piece(data, at).ok_or(Flaw::BadXml)?;
            match found {
                Piece::Start { name, over } => {
                    let above = if depth == 0 { None } else { open.get(depth - 1).and_then(|(_, branch)| *branch) };
                    let branch = if depth == 0 { Some(&self.tree) } else { above.and_then(|above| child(above, record, name)) };
                    if let Some(branch) = branch {
                        take(branch, record, (name.1, next), over, row)?;
                    }
                    if !over {
                        open.get_mut(depth).into_iter().for_each(|slot| *slot = (name, branch));
                        depth += 1;
                    }
                }
                Piece::End { name } => {
                    depth = depth.checked_sub(1).ok_or(Flaw::BadXml)?;
                    if open.get(depth).is_some_and(|(known, _)| record.get(known.0..known.1) != record.get(name.0..name.1)) {
                        return Err(Flaw::BadXml);
                    }
                }
                Piece::Text(..) | Piece::Data(..) | Piece::Other => {}
            }
            at = next;
        }
        if depth > 0 { Err(Flaw::BadXml) } else { self.marks.check(record, row) }
    }
}

fn child<'b>(branch: &'b Branch, record: &str, name: (usize, usize)) -> Option<&'b Branch> {
    let name = record.get(name.0..name.1)?;
    branch.below.iter().find(|below| below.name == name)
}

/// Takes attributes and text of an element; its tag's attributes lie in `tag`, and it goes on behind.
fn take(branch: &Branch, record: &str, tag: (usize, usize), over: bool, row: &mut Row) -> Result<(), Flaw> {
    if !branch.attributes.is_empty() {
        attributes(record.as_bytes(), tag.0, tag.1.saturating_sub(1), |name, value| {
            let wanted = branch.attributes.iter().filter(|(known, _)| record.get(name.0..name.1) == Some(known));
            for (_, place) in wanted {
                let span = plain_or_decoded(record, value, row);
                row.add(*place, span, record);
            }
        });
    }
    if branch.places.is_empty() {
        return Ok(());
    }
    let span = if over { Row::plain(tag.1, tag.1) } else { content(record, tag.1, row)? };
    branch.places.iter().for_each(|&place| row.add(place, span, record));
    Ok(())
}

fn plain_or_decoded(record: &str, (start, end): (usize, usize), row: &mut Row) -> Span {
    let inside = record.get(start..end).unwrap_or("");
    if memchr::memchr(b'&', inside.as_bytes()).is_none() {
        return Row::plain(start, end);
    }
    let decoded = row.decode(|out| {
        unescape(inside, out);
        Ok::<(), Flaw>(())
    });
    decoded.unwrap_or(Span::Missing)
}

/// The text of an element whose inside begins at `from`, with that of all elements within.
fn content(record: &str, from: usize, row: &mut Row) -> Result<Span, Flaw> {
    let data = record.as_bytes();
    // The usual case: nothing but text, or nothing but CDATA.
    let (first, next) = piece(data, from).ok_or(Flaw::BadXml)?;
    let alone = matches!(piece(data, next), Some((Piece::End { .. }, _)));
    match first {
        Piece::Text(start, end) if alone => return Ok(plain_or_decoded(record, (start, end), row)),
        Piece::Data(start, end) if alone => return Ok(Row::plain(start, end)),
        Piece::End { .. } => return Ok(Row::plain(from, from)),
        _ => {}
    }
    row.decode(|out| {
        let (mut at, mut open) = (from, 0usize);
        loop {
            let (found, next) = piece(data, at).ok_or(Flaw::BadXml)?;
            match found {
                Piece::Text(start, end) => unescape(record.get(start..end).unwrap_or(""), out),
                Piece::Data(start, end) => out.push_str(record.get(start..end).unwrap_or("")),
                Piece::Start { name, over } => {
                    open += usize::from(!over);
                    apart(record, name, out);
                }
                Piece::End { .. } if open == 0 => return Ok(()),
                Piece::End { name } => {
                    open -= 1;
                    apart(record, name, out);
                }
                Piece::Other => {}
            }
            at = next;
        }
    })
}

fn apart(record: &str, name: (usize, usize), out: &mut String) {
    if record.get(name.0..name.1).is_some_and(|name| BLOCKS.contains(&name)) && !out.ends_with(char::is_whitespace) {
        out.push(' ');
    }
}
