//! BBCode, as Steam and forums have it. In: a text with `[b]` and the like. Out: the text between.
//! Separate because a tag counts only when its name is opened and closed: `[i]` alone may be a remark.

use super::Edits;
use super::tables::{BBCODE, LONGEST_NAME, Tag, tag};

/// Longest value of a tag such as `[url=...]`, in bytes.
const LONGEST: usize = 2000;

/// A tag as it stands.
struct Found<'t> {
    start: usize,
    end: usize,
    name: &'t [u8],
    closing: bool,
    kind: Tag,
}

/// Finds tags.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let mut names = [Names::default(), Names::default()];
    each(text, |found| names[usize::from(found.closing)].add(found.name));
    let paired = |name: &[u8]| names.iter().all(|names| names.has(name));
    let mut dropped: Option<(usize, Vec<u8>)> = None;
    let mut lists = false;
    each(text, |found| {
        let Found { start, end, name, closing, kind } = found;
        if !paired(name) {
            return;
        }
        if let Some((from, opened)) = &dropped {
            if closing && opened.eq_ignore_ascii_case(name) {
                edits.cut_if_more(*from, end);
                edits.cut(start, end);
                dropped = None;
            }
            return;
        }
        lists |= name.eq_ignore_ascii_case(b"list") || name.eq_ignore_ascii_case(b"olist");
        match kind {
            Tag::Block => edits.put(start, end, '\n'),
            Tag::Cell => edits.put(start, end, ' '),
            Tag::Raw | Tag::Quote if !closing => {
                edits.cut(start, end);
                dropped = Some((start, name.to_owned()));
            }
            _ => edits.cut(start, end),
        }
    });
    if lists {
        memchr::memmem::find_iter(text.as_bytes(), "[*]").for_each(|at| edits.put(at, at + 3, '\n'));
    }
}

/// Known tags in text order.
fn each<'t>(text: &'t str, mut see: impl FnMut(Found<'t>)) {
    let bytes = text.as_bytes();
    for start in memchr::memchr_iter(b'[', bytes) {
        let closing = bytes.get(start + 1) == Some(&b'/');
        let from = start + 1 + usize::from(closing);
        let rest = bytes.get(from..).unwrap_or(b"");
        let length = rest.iter().take(LONGEST_NAME + 1).take_while(|b| b.is_ascii_alphanumeric()).count();
        let Some(name) = rest.get(..length).filter(|name| !name.is_empty()) else { continue };
        let Some(kind) = tag(&BBCODE, name) else { continue };
        let behind = rest.get(length..).unwrap_or(b"");
        let value = match behind.first() {
            Some(b']') => Some(0),
            // It ends before the next begins; looking no further keeps time linear.
            Some(b'=' | b' ') if !closing => {
                memchr::memchr3(b']', b'[', b'\n', behind).filter(|&end| end < LONGEST && behind.get(end) == Some(&b']'))
            }
            _ => None,
        };
        if let Some(value) = value {
            see(Found { start, end: from + length + value + 1, name, closing, kind });
        }
    }
}

/// Names of tags that were seen, by their place among the known ones.
#[derive(Default)]
struct Names([[u8; LONGEST_NAME]; 32], usize);

impl Names {
    fn has(&self, name: &[u8]) -> bool {
        self.0.iter().take(self.1).any(|known| known.iter().take_while(|b| **b != 0).copied().eq(name.iter().map(u8::to_ascii_lowercase)))
    }

    fn add(&mut self, name: &[u8]) {
        if self.has(name) {
            return;
        }
        if let Some(slot) = self.0.get_mut(self.1) {
            slot.iter_mut().zip(name).for_each(|(slot, b)| *slot = b.to_ascii_lowercase());
            self.1 += 1;
        }
    }
}
