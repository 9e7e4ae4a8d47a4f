//! HTML. In: a text with tags. Out: what a browser would show of it, as far as its author said it.
//! Separate because it is the one wrapping with a grammar. Only known names make a tag, and a tag ends
//! before the next begins: both keep what people write with angle brackets, the second the time linear.

use super::Edits;
use super::tables::{HTML, LONGEST_NAME, Tag, tag};
use crate::text::{emoji, emoticon};
use memchr::memmem;

/// Quotes in quotes that are told apart.
const DEEPEST: usize = 16;

/// Finds tags.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let mut page = Page { text, bytes: text.as_bytes(), edits, at: 0, blocks: false, unclosed: 0, quotes: [0; DEEPEST], depth: 0 };
    page.run();
    let source = page.blocks && text.trim_start().starts_with('<');
    if source {
        join_lines(text, edits);
    }
}

/// A tag as it stands.
struct Found<'t> {
    kind: Tag,
    closing: bool,
    name: &'t [u8],
    /// What stands behind its name.
    rest: &'t str,
    start: usize,
    end: usize,
}

struct Page<'t, 'e> {
    text: &'t str,
    bytes: &'t [u8],
    edits: &'e mut Edits,
    at: usize,
    /// Whether a tag that ends lines was seen.
    blocks: bool,
    /// Kinds of brackets that are known not to be closed any more, one bit each.
    unclosed: u64,
    /// Where the open quotes begin.
    quotes: [usize; DEEPEST],
    depth: usize,
}

impl<'t> Page<'t, '_> {
    fn run(&mut self) {
        while let Some(found) = self.bytes.get(self.at..).and_then(|rest| memchr::memchr(b'<', rest)) {
            let start = self.at + found;
            self.at = start + 1;
            let rest = self.bytes.get(start..).unwrap_or(b"");
            if rest.starts_with(b"<!") {
                self.declaration(start);
            } else if let Some(tag) = found_at(self.text, start) {
                self.at = tag.end;
                self.take(&tag);
            }
        }
    }

    fn declaration(&mut self, start: usize) {
        let rest = self.bytes.get(start..).unwrap_or(b"");
        let begins = |name: &[u8]| rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
        if begins(b"<!--") {
            if let Some(end) = self.close(b"-->", 0, start + 4) {
                self.edits.cut(start, end);
                self.at = end;
            }
        } else if begins(b"<![CDATA[") {
            if let Some(end) = self.close(b"]]>", 1, start) {
                self.edits.cut(start, start + 9);
                self.edits.cut(end - 3, end);
            }
        } else if begins(b"<!doctype ")
            && let Some(end) = memchr::memchr2(b'>', b'<', rest.get(1..).unwrap_or(b"")).filter(|&end| rest.get(end + 1) == Some(&b'>'))
        {
            self.edits.cut(start, start + end + 2);
        }
    }

    /// Where `sign` ends, the next behind `from`. What is not found once is not looked for again.
    fn close(&mut self, sign: &[u8], kind: u32, from: usize) -> Option<usize> {
        if self.unclosed >> kind & 1 != 0 {
            return None;
        }
        let found = memmem::find(self.bytes.get(from..)?, sign);
        self.unclosed |= u64::from(found.is_none()) << kind;
        Some(from + found? + sign.len())
    }

    fn take(&mut self, tag: &Found<'t>) {
        let &Found { start, end, closing, .. } = tag;
        match tag.kind {
            Tag::Block => self.edits.put(start, end, '\n'),
            Tag::Cell => self.edits.put(start, end, ' '),
            Tag::Inline => self.inline(tag),
            Tag::Raw => self.raw(tag),
            Tag::Quote => self.quote(start, end, closing),
            Tag::Image => self.image(tag),
        }
        self.blocks |= matches!(tag.kind, Tag::Block | Tag::Quote);
    }

    /// Mastodon hides parts of links; that which begins one is kept, or there would be no link.
    fn inline(&mut self, tag: &Found<'t>) {
        let mut end = tag.end;
        let hidden = !tag.closing && tag.name.eq_ignore_ascii_case(b"span") && attribute(tag.rest, "class") == Some("invisible");
        let content = self.bytes.get(end..).unwrap_or(b"");
        if hidden && !content.starts_with(b"http") {
            end += memchr::memchr(b'<', content).unwrap_or(0);
            self.at = end;
        }
        self.edits.cut(tag.start, end);
    }

    /// Drops scripts and the like with their content; a tag that is never closed, alone.
    fn raw(&mut self, tag: &Found<'t>) {
        let mut end = tag.end;
        if !tag.closing && !tag.rest.ends_with('/') {
            end = self.closing(tag.name, end).unwrap_or(end);
        }
        self.edits.cut(tag.start, end);
        self.at = end;
    }

    fn closing(&mut self, name: &[u8], from: usize) -> Option<usize> {
        let mut sign = [0; LONGEST_NAME + 2];
        let sign = sign.get_mut(..name.len() + 2)?;
        sign[..2].copy_from_slice(b"</");
        sign[2..].copy_from_slice(name);
        // Each name has its bit, more or less: two that share one only drop less.
        let kind = 2 + u32::from(name.iter().fold(0u8, |hash, b| hash.wrapping_mul(31).wrapping_add(b | 0x20)) % 60);
        let near = self.close(sign, kind, from)?;
        let more = memchr::memchr(b'>', self.bytes.get(near..)?);
        Some(more.map_or(near, |more| near + more + 1))
    }

    fn quote(&mut self, start: usize, end: usize, closing: bool) {
        self.edits.put(start, end, '\n');
        if !closing {
            if let Some(place) = self.quotes.get_mut(self.depth) {
                *place = start;
            }
            self.depth += 1;
        } else if self.depth > 0 {
            self.depth -= 1;
            if self.depth == 0 {
                self.edits.cut_if_more(self.quotes[0], end);
            }
        }
    }

    /// Pictures go, those of emoji leave what they show.
    fn image(&mut self, tag: &Found<'t>) {
        let shown = attribute(tag.rest, "alt").filter(|alt| is_emoji(alt));
        match shown.and_then(|alt| (alt.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize).zip(Some(alt.len()))) {
            Some((from, length)) => {
                self.edits.cut(tag.start, from);
                self.edits.cut(from + length, tag.end);
            }
            None => self.edits.cut(tag.start, tag.end),
        }
    }
}

/// The tag that begins at `start`, a `<`.
fn found_at(text: &str, start: usize) -> Option<Found<'_>> {
    let bytes = text.as_bytes();
    let closing = bytes.get(start + 1) == Some(&b'/');
    let from = start + 1 + usize::from(closing);
    let rest = bytes.get(from..)?;
    let length = rest.iter().take(LONGEST_NAME + 1).take_while(|b| b.is_ascii_alphanumeric() || **b == b':').count();
    let name = rest.get(..length).filter(|name| name.first().is_some_and(u8::is_ascii_alphabetic))?;
    rest.get(length).filter(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))?;
    let kind = tag(&HTML, name)?;
    let end = from + length + length_of_rest(rest.get(length..)?)?;
    let rest = text.get(from + length..end - 1)?.trim_ascii();
    let bare = rest.trim_end_matches('/').trim_ascii_end();
    (bare.is_empty() || (!closing && bare.contains('='))).then_some(Found { kind, closing, name, rest, start, end })
}

/// Bytes up to the end of a tag, from behind its name; values in quotes may hold `>`.
fn length_of_rest(rest: &[u8]) -> Option<usize> {
    let limit = memchr::memchr(b'<', rest).unwrap_or(rest.len());
    let rest = rest.get(..limit)?;
    let mut at = 0;
    while let Some(found) = rest.get(at..).and_then(|rest| memchr::memchr2(b'>', b'=', rest)) {
        at += found + 1;
        if rest.get(at - 1) == Some(&b'>') {
            return Some(at);
        }
        if let Some(&mark) = rest.get(at).filter(|b| matches!(b, b'"' | b'\'')) {
            match rest.get(at + 1..).and_then(|rest| memchr::memchr(mark, rest)) {
                Some(length) => at += length + 2,
                None => break,
            }
        }
    }
    memchr::memchr(b'>', rest).map(|end| end + 1)
}

/// The value of an attribute.
fn attribute<'t>(rest: &'t str, name: &str) -> Option<&'t str> {
    let mut parts = rest.match_indices(name);
    parts.find_map(|(at, _)| {
        let begins = rest.get(..at)?.chars().next_back().is_none_or(char::is_whitespace);
        let value = rest.get(at + name.len()..)?.strip_prefix('=')?;
        let mark = value.chars().next().filter(|c| begins && matches!(c, '"' | '\''))?;
        value.get(1..)?.split(mark).next()
    })
}

fn is_emoji(alt: &str) -> bool {
    let emoticon = || emoticon::scan(alt.as_bytes(), None).is_some_and(|found| found.length == alt.len());
    !alt.is_empty() && (alt.chars().all(|c| emoji::is_emoji(c) || emoji::is_modifier(c) || c == '\u{200D}') || emoticon())
}

/// Lines of a page are where its tags say: single line breaks of its source are blanks.
fn join_lines(text: &str, edits: &mut Edits) {
    let bytes = text.as_bytes();
    let breaks = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| matches!(b, b'\n' | b'\r'));
    for at in memchr::memchr_iter(b'\n', bytes) {
        let before = at.checked_sub(1).filter(|&before| bytes.get(before) != Some(&b'\r')).or(at.checked_sub(2));
        let double = breaks(before) || breaks(Some(at + 1));
        if !double {
            edits.put(at, at + 1, ' ');
        }
    }
}
