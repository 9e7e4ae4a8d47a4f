//! XML of posts and reviews: RSS and Atom feeds, dumps with an element per review, annotated sentences.
//! In: bytes. Out: the elements that are records; their fields are paths of elements and `@attributes`.
//! Separate because XML is neither lines nor brackets. Document types are passed over and entities are
//! those of XML and numbers only, so nothing is fetched and nothing grows.

use super::{Cutter, Dialect, Format, Parser, Sample};
use cut::Elements;
use fields::Fields;

mod cut;
mod fields;
mod find;
pub mod tags;

pub const FORMAT: Format = Format { name: "xml", detect };

/// Records that are looked at to learn the columns.
const RECORDS: usize = 300;

struct Xml {
    root: String,
    record: String,
    columns: Vec<String>,
}

fn detect(sample: &Sample) -> Option<Box<dyn Dialect>> {
    let text = sample.text.trim_start_matches('\u{FEFF}').trim_start();
    let begins: String = text.chars().take(200).flat_map(char::to_lowercase).collect();
    if !begins.starts_with('<') || begins.starts_with("<html") || begins.contains("<!doctype html") {
        return None;
    }
    let (root, found) = find::record(text)?;
    let record = sample.records.as_ref().and_then(|path| path.rsplit(['.', '/']).next()).map_or(found, str::to_owned);
    let mut cuts = Vec::new();
    Elements::new(&record, &root).cut(sample.text.as_bytes(), sample.whole, &mut cuts);
    let records = cuts.iter().filter(|cut| cut.flaw.is_none()).take(RECORDS);
    let columns = find::columns(records.filter_map(|cut| sample.text.get(cut.start as usize..cut.end as usize)));
    (!columns.is_empty() || sample.records.is_some()).then(|| Box::new(Xml { root, record, columns }) as Box<dyn Dialect>)
}

impl Dialect for Xml {
    fn describe(&self) -> String {
        format!("XML, a record per element {:?}", self.record)
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(Elements::new(&self.record, &self.root))
    }

    fn parser(&self, wanted: &[usize]) -> Box<dyn Parser> {
        Box::new(Fields::new(&self.record, &self.columns, wanted))
    }
}

#[cfg(test)]
mod tests;
