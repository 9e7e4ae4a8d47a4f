//! Aspects in a text. In: a text with its tokens. Out: where which aspect is named, in text order. Separate
//! because it is what runs for every record: one look a token, and the memory of a thread used again.

use super::Aspects;
use super::senses::Scene;
use crate::mention::forms::without_possessive;
use crate::text::{Key, Kind, Shape, Token};

/// A place where an aspect is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AspectMention {
    /// The aspect, by its place in [`Aspects::list`].
    pub aspect: u32,
    /// Index of the first token.
    pub first: u32,
    /// Index of the last token.
    pub last: u32,
    /// Byte offset of the first byte in the text.
    pub start: u32,
    /// Byte offset behind the last byte; a possessive `'s` is left out.
    pub end: u32,
}

impl AspectMention {
    /// The mention as it stands in `text`.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// The aspects found in a text. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct AspectsFound {
    mentions: Vec<AspectMention>,
}

impl AspectsFound {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The places in text order; they do not overlap.
    #[must_use]
    pub fn mentions(&self) -> &[AspectMention] {
        &self.mentions
    }
}

impl Aspects {
    /// Finds the aspects that `text`, cut into `tokens`, names; the longest term wins, and terms that
    /// stand side by side are one, of the aspect of the last: `hard drive light` is a light.
    pub fn find(&self, text: &str, tokens: &[Token], found: &mut AspectsFound) {
        found.mentions.clear();
        let mut scene = None;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let Some(root) = self.root(token.key).or_else(|| self.possessed(text, token)) else {
                at += 1;
                continue;
            };
            let Some((last, node)) = self.longest(text, tokens, at, root) else {
                at += 1;
                continue;
            };
            let scene = scene.get_or_insert_with(|| Scene::new(tokens));
            let after_term = found.mentions.last().is_some_and(|mention| mention.last as usize + 1 == at);
            if let Some(node) = self.node(node)
                && let Some(aspect) = node.named()
                && scene.is_noun(at, node.sense, after_term)
            {
                found.add(text, mention(aspect, tokens, at, last, text));
            }
            at = last + 1;
        }
    }

    /// The longest term that begins at a token: its last token and node.
    fn longest(&self, text: &str, tokens: &[Token], at: usize, root: u32) -> Option<(usize, u32)> {
        let (mut node, mut here) = (root, at);
        let mut best = None;
        loop {
            let known = self.node(node)?;
            if known.named().is_some() {
                best = Some((here, node));
            }
            let next = tokens.get(here + 1).filter(|_| known.goes_on);
            match next.and_then(|token| self.next(node, token.key).or_else(|| self.next(node, plain(text, token)?))) {
                Some(further) => (node, here) = (further, here + 1),
                None => return best,
            }
        }
    }

    /// The node of a word without its possessive.
    fn possessed(&self, text: &str, token: &Token) -> Option<u32> {
        self.root(plain(text, token)?)
    }
}

/// The key of a word without its possessive `'s`.
fn plain(text: &str, token: &Token) -> Option<Key> {
    if token.kind == Kind::Word { without_possessive(token, text) } else { None }
}

/// Tokens are counted in 32 bits because bytes are.
#[allow(clippy::cast_possible_truncation)]
fn mention(aspect: u32, tokens: &[Token], first: usize, last: usize, text: &str) -> AspectMention {
    let start = tokens.get(first).map_or(0, |token| token.start);
    let end = tokens.get(last).map_or(start, |token| end_of(text, token));
    AspectMention { aspect, first: first as u32, last: last as u32, start, end }
}

/// Where a word ends, its possessive left out.
#[allow(clippy::cast_possible_truncation)] // shorter than the token
fn end_of(text: &str, token: &Token) -> u32 {
    if !token.shape.has(Shape::APOSTROPHE) {
        return token.end;
    }
    let word = token.of(text);
    match word.strip_suffix(['s', 'S']).and_then(|word| word.strip_suffix(crate::mention::forms::is_apostrophe)) {
        Some(bare) => token.start + bare.len() as u32,
        None => token.end,
    }
}

impl AspectsFound {
    /// Adds a mention, joined to the one before if only a blank or a hyphen lies between.
    fn add(&mut self, text: &str, mention: AspectMention) {
        if let Some(before) = self.mentions.last_mut().filter(|before| before.last + 1 == mention.first)
            && text.get(before.end as usize..mention.start as usize).is_some_and(|gap| gap == " " || gap == "-")
        {
            *before = AspectMention { first: before.first, start: before.start, ..mention };
        } else {
            self.mentions.push(mention);
        }
    }
}
