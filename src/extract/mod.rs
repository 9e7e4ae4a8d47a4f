//! Text as exported to text as written. In: one field of a record. Out: the same without what platforms
//! wrapped around it (tags, entities, marks, quoted replies), borrowed when there is nothing of the kind.
//! A room of its own because what a wrapping looks like has nothing to do with what words mean. Each is
//! one file and one line of [`WRAPPINGS`]; whether a text is wrapped is told by that text alone.

mod bbcode;
mod blocks;
mod brackets;
mod edits;
mod entity;
mod escapes;
mod html;
mod letters;
mod links;
mod mail;
mod markdown;
mod quoted;
mod repost;
mod signs;
mod tables;
mod translated;
mod twice;

pub use edits::Edits;
pub use signs::Signs;
pub use twice::without_tail;

/// A way in which platforms wrap texts.
pub struct Wrapping {
    /// Its name in output.
    pub name: &'static str,
    /// Signs of which one is there if the wrapping is.
    pub signs: Signs,
    /// Finds what to change; the second argument tells whether texts in a language can be scored.
    pub find: fn(&str, &dyn Fn(&str) -> bool, &mut Edits),
}

/// All wrappings, in the order in which they are taken off.
pub const WRAPPINGS: [Wrapping; 14] = [
    Wrapping { name: "escapes", signs: Signs::BACKSLASH, find: escapes::find },
    Wrapping { name: "html", signs: Signs::LESS, find: html::find },
    Wrapping { name: "entities", signs: Signs::AMPERSAND, find: entity::find },
    Wrapping { name: "translation", signs: Signs::PAREN, find: translated::find },
    Wrapping { name: "angle-brackets", signs: Signs::LESS, find: brackets::find },
    Wrapping { name: "bbcode", signs: Signs::BRACKET, find: bbcode::find },
    Wrapping { name: "mail", signs: Signs::LINE, find: mail::find },
    Wrapping { name: "quoted-lines", signs: Signs::MORE, find: quoted::find },
    Wrapping { name: "markdown-blocks", signs: Signs::LINE.with(Signs::HASH), find: blocks::find },
    Wrapping { name: "markdown-links", signs: Signs::BRACKET, find: links::find },
    Wrapping { name: "markdown", signs: Signs::MARK.with(Signs::BACKSLASH).with(Signs::MORE), find: markdown::find },
    Wrapping { name: "repost", signs: Signs::REPOST, find: repost::find },
    Wrapping { name: "letters", signs: Signs::WIDE, find: letters::find },
    Wrapping { name: "twice", signs: Signs::TWICE.with(Signs::WIDE), find: twice::find },
];

/// Wrappings in wrappings are taken off up to this depth; it bounds the time on hostile texts.
const DEPTH: usize = 6;

/// Memory of one field: two texts, of which one is made from the other, and what to change.
#[derive(Default, Debug, Clone)]
pub struct Unwrapped {
    one: String,
    other: String,
    edits: Edits,
}

/// A text as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extracted<'a> {
    /// The text; as it came when nothing was wrapped around it.
    pub text: &'a str,
    /// The language it is in, when a translation was chosen.
    pub language: Option<&'static str>,
    /// Which of [`WRAPPINGS`] were taken off, one bit each.
    pub taken: u32,
}

impl Extracted<'_> {
    /// Names of the wrappings that were taken off.
    pub fn wrappings(self) -> impl Iterator<Item = &'static str> {
        WRAPPINGS.iter().enumerate().filter(move |(at, _)| self.taken >> at & 1 != 0).map(|(_, wrapping)| wrapping.name)
    }
}

/// The text that was written, out of `text` as it was exported. `speaks` tells whether texts in a
/// language, by its code, can be scored; of a post with its translation one is chosen by it.
#[inline]
pub fn extract<'a>(text: &'a str, speaks: &dyn Fn(&str) -> bool, memory: &'a mut Unwrapped) -> Extracted<'a> {
    let signs = Signs::of(text);
    if signs.is_empty() { Extracted { text, language: None, taken: 0 } } else { unwrap_all(text, signs, speaks, memory) }
}

#[inline(never)]
fn unwrap_all<'a>(text: &'a str, mut signs: Signs, speaks: &dyn Fn(&str) -> bool, memory: &'a mut Unwrapped) -> Extracted<'a> {
    let Unwrapped { one, other, edits } = memory;
    let (mut taken, mut language) = (0, None);
    for _ in 0..DEPTH {
        let mut changed = false;
        for (at, wrapping) in WRAPPINGS.iter().enumerate() {
            if !signs.has_any(wrapping.signs) {
                continue;
            }
            edits.clear();
            (wrapping.find)(if taken == 0 { text } else { one.as_str() }, speaks, edits);
            language = edits.language().or(language);
            if edits.apply(if taken == 0 { text } else { one.as_str() }, other) {
                std::mem::swap(one, other);
                taken |= 1 << at;
                changed = true;
                signs = Signs::of(one);
            }
        }
        if !changed || signs.is_empty() {
            break;
        }
    }
    edits.give_back();
    let text = if taken == 0 { text } else { one.trim() };
    Extracted { text, language, taken }
}
