//! What the records of an XML document are. In: its first bytes. Out: the repeated element that holds the
//! longest texts, and the paths in it. Separate because it is a judgement over many elements, made once.

use super::tags::{Piece, attributes, piece};

/// Elements within each other, and different paths, that are looked at.
const DEPTH: usize = 24;
const PATHS: usize = 2000;
/// Feeds whose records are known, so that a feed with one post is read too.
const FEEDS: [(&str, &str); 3] = [("rss", "item"), ("rdf:RDF", "item"), ("feed", "entry")];

/// A path of elements, or an attribute of one.
#[derive(Debug, Default)]
pub struct Seen {
    /// Names, from the element that was begun with.
    pub steps: Vec<String>,
    /// How often it was met.
    pub count: usize,
    /// Characters of its texts, if they are phrases.
    pub length: usize,
    /// Most of its kind in one parent.
    pub siblings: usize,
    /// Whether it has elements, text of its own, and is a page, of which the parts are no fields.
    pub has: (bool, bool, bool),
}

/// All paths in a text, in order of appearance.
pub fn paths(text: &str) -> Vec<Seen> {
    let mut walk = Walk { text, seen: Vec::new(), open: Vec::new(), deeper: 0 };
    let mut at = 0;
    while let Some((found, next)) = piece(text.as_bytes(), at) {
        walk.visit(found, next);
        at = next;
    }
    while !walk.open.is_empty() {
        walk.leave();
    }
    walk.seen
}

struct Walk<'t> {
    text: &'t str,
    seen: Vec<Seen>,
    open: Vec<Open>,
    deeper: usize,
}

struct Open {
    path: usize,
    children: Vec<(usize, usize)>,
}

impl Walk<'_> {
    fn name(&self, (start, end): (usize, usize)) -> &str {
        self.text.get(start..end).unwrap_or("")
    }

    fn path(&mut self, name: String) -> Option<usize> {
        let above = self.open.last().map_or(&[][..], |open| &self.seen[open.path].steps);
        let known = self
            .seen
            .iter()
            .position(|seen| seen.steps.len() == above.len() + 1 && seen.steps.starts_with(above) && seen.steps.last() == Some(&name));
        if known.is_some() || self.seen.len() >= PATHS {
            return known;
        }
        let steps = above.iter().cloned().chain([name]).collect();
        self.seen.push(Seen { steps, ..Seen::default() });
        Some(self.seen.len() - 1)
    }

    fn visit(&mut self, found: Piece, next: usize) {
        match found {
            Piece::Start { over, .. } if self.deeper > 0 || self.open.len() >= DEPTH => self.deeper += usize::from(!over),
            Piece::Start { name, over } => self.enter(name, next, over),
            Piece::End { .. } if self.deeper > 0 => self.deeper -= 1,
            Piece::End { name } => {
                let name = self.name(name).to_owned();
                let known = self.open.iter().rposition(|open| self.seen[open.path].steps.last() == Some(&name));
                while known.is_some_and(|known| self.open.len() > known) {
                    self.leave();
                }
            }
            Piece::Text(start, end) | Piece::Data(start, end) => {
                let text = self.name((start, end)).trim();
                let phrase = text.contains(char::is_whitespace) || !text.is_ascii();
                let length = if phrase { text.chars().count() } else { 0 };
                let blank = text.is_empty();
                if let Some(seen) = self.open.last().and_then(|open| self.seen.get_mut(open.path)).filter(|_| !blank) {
                    seen.length += length;
                    seen.has.1 = true;
                    seen.has.2 |= seen.has.0;
                }
            }
            Piece::Other => {}
        }
    }

    fn enter(&mut self, name: (usize, usize), next: usize, over: bool) {
        let Some(path) = self.path(self.name(name).to_owned()) else {
            self.deeper += usize::from(!over);
            return;
        };
        if let Some(above) = self.open.last_mut() {
            match above.children.iter_mut().find(|(known, _)| *known == path) {
                Some((_, count)) => *count += 1,
                None => above.children.push((path, 1)),
            }
            let above = &mut self.seen[above.path];
            above.has.0 = true;
            above.has.2 |= above.has.1;
        }
        self.seen[path].count += 1;
        self.open.push(Open { path, children: Vec::new() });
        let mut found = Vec::new();
        attributes(self.text.as_bytes(), name.1, next.saturating_sub(1), |name, value| found.push((name, value)));
        for (name, value) in found {
            self.seen[path].has.2 |= self.name(name) == "type" && self.name(value) == "xhtml";
            if !self.name(name).starts_with("xmlns") {
                let _ = self.path(format!("@{}", self.name(name)));
            }
        }
        if over {
            self.leave();
        }
    }

    fn leave(&mut self) {
        for (path, count) in self.open.pop().into_iter().flat_map(|open| open.children) {
            let seen = &mut self.seen[path];
            seen.siblings = seen.siblings.max(count);
        }
    }
}

/// Names of the root element and of the one that is the record.
pub fn record(text: &str) -> Option<(String, String)> {
    let seen = paths(text);
    let root = seen.first()?.steps.first()?.clone();
    let named = |steps: &[String]| steps.last().cloned();
    if let Some((_, item)) =
        FEEDS.iter().find(|(feed, item)| *feed == root && seen.iter().any(|seen| seen.steps.last().is_some_and(|step| step == item)))
    {
        return Some((root, (*item).to_owned()));
    }
    let repeats = |steps: &[String]| steps.len() > 1 && seen.iter().any(|seen| seen.steps == steps && seen.siblings > 1);
    let within = |seen: &&Seen| (1..=seen.steps.len()).any(|depth| repeats(&seen.steps[..depth]));
    let mean = |seen: &&Seen| seen.length / seen.count.max(1);
    let texts = || seen.iter().filter(|seen| seen.length > 0);
    let longest = texts().filter(within).max_by_key(mean).or_else(|| texts().max_by_key(mean))?;
    let above = (1..longest.steps.len()).rev().map(|depth| &longest.steps[..depth]).find(|steps| repeats(steps));
    let record = match above {
        Some(steps) => named(steps),
        None if repeats(&longest.steps) || longest.steps.len() < 3 => named(&longest.steps),
        None => named(&longest.steps[..longest.steps.len() - 1]),
    };
    Some((root, record?))
}

/// Columns of a record: paths of the elements that hold text and no elements, and attributes.
pub fn columns<'t>(records: impl Iterator<Item = &'t str>) -> Vec<String> {
    let all: String = records.collect();
    let seen = paths(&all);
    let whole = |steps: &[String]| seen.iter().any(|seen| seen.has.2 && steps.len() > seen.steps.len() && steps.starts_with(&seen.steps));
    let attribute = |seen: &Seen| seen.steps.last().is_some_and(|step| step.starts_with('@'));
    let column =
        |seen: &&Seen| !whole(&seen.steps) && (attribute(seen) || seen.has.2 || !seen.has.0) && (seen.steps.len() > 1 || seen.has.1);
    let name = |seen: &Seen| if seen.steps.len() > 1 { seen.steps[1..].join(".") } else { seen.steps[0].clone() };
    seen.iter().filter(column).map(name).collect()
}
