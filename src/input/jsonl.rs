//! JSON lines. In: bytes. Out: one object a line. Separate from JSON documents because a line that is
//! broken costs only itself.

use super::json::{Objects, is_object, paths_of};
use super::{Cutter, Dialect, Format, Parser, Sample, lines::Lines};

pub const FORMAT: Format = Format { name: "jsonl", detect };

struct JsonLines {
    columns: Vec<String>,
}

/// The first line is a whole object. A line that is broken may come first, so a few are tried.
fn detect(sample: &Sample) -> Option<Box<dyn Dialect>> {
    let lines = || sample.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let begins = lines().take(10).filter(|line| line.starts_with('{')).count();
    if begins == 0 || begins * 2 < lines().take(10).count() || !lines().take(10).any(is_object) {
        return None;
    }
    Some(Box::new(JsonLines { columns: paths_of(lines().filter(|line| is_object(line))) }))
}

impl Dialect for JsonLines {
    fn describe(&self) -> String {
        "JSON lines".to_owned()
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(Lines)
    }

    fn parser(&self, wanted: &[usize]) -> Box<dyn Parser> {
        Box::new(Objects::new(&self.columns, wanted))
    }

    fn is_json(&self) -> bool {
        true
    }
}
