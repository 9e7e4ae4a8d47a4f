//! Names that stand beside the records. In: a whole document. Out: what the ids of authors stand for, as
//! answers of social networks keep it: `data[].author_id` and `includes.users[]`. Separate because the
//! names may follow the records, so that the document must have been seen before its first record is read.

use super::super::columns;
use super::super::record::Span;
use super::super::scan::{Scan, decode};
use super::super::{Field, Flaw, Row};
use std::collections::HashMap;

/// Objects and arrays within each other that are looked into.
const DEPTH: usize = 6;

/// What ids stand for.
#[derive(Debug, Default)]
pub struct Names {
    /// The field of the side table that is the name.
    pub field: String,
    names: HashMap<Box<str>, Box<str>>,
}

impl Names {
    /// Puts the name in place of the id; an id without a name stays.
    pub fn replace(&self, place: usize, record: &str, row: &mut Row) {
        if let Some(name) = row.get(place, record).and_then(|id| self.names.get(id)) {
            let decoded = row.decode(|out| {
                out.push_str(name);
                Ok::<(), Flaw>(())
            });
            row.set(place, decoded.unwrap_or(Span::Missing));
        }
    }
}

/// The column with the ids of authors, if there is no better name of them.
pub fn reference(columns: &[String]) -> Option<usize> {
    let id_of = |name: &String| {
        let plain = columns::normal(name.rsplit('.').next().unwrap_or(name));
        plain.strip_suffix("id").is_some_and(|stem| columns::rank(stem, Field::Author.name()).is_some())
    };
    let nested = |name: &String| name.contains('.');
    let named = columns.iter().any(|name| !id_of(name) && columns::rank(name, Field::Author.name()).is_some());
    if named { None } else { columns.iter().position(|name| id_of(name) && !nested(name)) }
}

/// The side table in a document: the objects, away from the records, that have an `id` and a field that
/// names authors.
pub fn names(document: &str, records: &[String]) -> Option<Names> {
    let mut search = Search { text: document, records, keys: Vec::new(), found: Names::default(), rank: usize::MAX };
    // A document that is damaged has the names that come before the damage.
    let _ = search.value(&mut Scan::new(document.as_bytes()), 0);
    Some(search.found).filter(|found| !found.names.is_empty())
}

struct Search<'t> {
    text: &'t str,
    records: &'t [String],
    keys: Vec<String>,
    found: Names,
    rank: usize,
}

impl Search<'_> {
    fn value(&mut self, scan: &mut Scan, depth: usize) -> Result<(), Flaw> {
        match scan.peek() {
            Some(b'{') if depth < DEPTH && self.keys != self.records => self.object(scan, depth),
            Some(b'[') if depth < DEPTH && self.keys != self.records => scan.array(|scan| self.value(scan, depth + 1)),
            _ => scan.extent(),
        }
    }

    fn object(&mut self, scan: &mut Scan, depth: usize) -> Result<(), Flaw> {
        let (mut id, mut name) = (None, None::<(usize, String, String)>);
        scan.object(|scan, key| {
            let key = self.text.get(key.start..key.end).unwrap_or("");
            if scan.peek() != Some(b'"') {
                self.keys.push(key.to_owned());
                let result = self.value(scan, depth + 1);
                self.keys.pop();
                return result;
            }
            let value = scan.string()?;
            let decoded = || {
                let mut out = String::new();
                decode(self.text.get(value.start..value.end)?, &mut out).ok().map(|_| out)
            };
            if key == "id" {
                id = decoded();
            } else if let Some(rank) = columns::rank(key, Field::Author.name())
                && name.as_ref().is_none_or(|(known, ..)| rank < *known)
            {
                name = decoded().map(|value| (rank, key.to_owned(), value));
            }
            Ok(())
        })?;
        if let (Some(id), Some((rank, field, value))) = (id, name)
            && rank <= self.rank
        {
            if rank < self.rank {
                // Surer names replace what was taken for names before.
                self.found = Names { field, ..Names::default() };
                self.rank = rank;
            }
            self.found.names.insert(id.into(), value.into());
        }
        Ok(())
    }
}
