//! What words and pairs of words lean to. In: the tokens of a text with their places in the table.
//! Out: each leaning, once, and what the text shows apart from its words. Separate from units because
//! leanings do not wait for rules: every word counts, function words too, and pairs may overlap.

use super::compile::{ANY_NEGATOR, Lexicon, NONE, UNKNOWN, Word};
use super::cue::Cue;
use super::entry::{Leaning, Role};
use crate::text::{Kind, Shape, Token};

/// Who leans: the tokens, and how to find the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaner {
    /// Index of the first token.
    pub first: u32,
    /// Index of the last token.
    pub last: u32,
    source: Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Node(u32),
    Entry(u32),
}

/// What was found in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leanings {
    /// The leanings of words and pairs together.
    pub sum: Leaning,
    /// Number of words.
    pub words: u32,
    capitals: u32,
    stops: u32,
    kinds: u16,
    shapes: u8,
}

impl Leanings {
    /// Whether the text shows a cue of form: a link, a hashtag, an exclamation mark.
    #[inline]
    #[must_use]
    pub const fn shows(&self, cue: Cue) -> bool {
        match cue {
            Cue::Link => self.has(Kind::Link),
            Cue::Handle => self.has(Kind::Handle),
            Cue::Number => self.has(Kind::Number),
            Cue::Picture => self.has(Kind::Emoji) | self.has(Kind::Emoticon),
            Cue::Hashtag => self.shapes & Shape::TAGGED.bits() != 0,
            Cue::Shouted => self.shapes & Shape::SHOUTED.bits() != 0,
            Cue::Exclaims => self.shapes & Shape::EXCLAIMS.bits() != 0,
            Cue::Asks => self.shapes & Shape::ASKS.bits() != 0,
            Cue::FewCapitals => self.capitals * 50 <= self.words,
            Cue::Capitals15 => self.capitals * 20 > self.words * 3,
            Cue::Capitals30 => self.capitals * 10 > self.words * 3,
            Cue::Capitals60 => self.capitals * 10 > self.words * 6,
            Cue::NoStop => self.stops == 0,
            Cue::Stops2 => self.stops > 1,
            Cue::Stops4 => self.stops > 3,
            _ => false,
        }
    }

    const fn has(&self, kind: Kind) -> bool {
        self.kinds >> kind as u16 & 1 == 1
    }
}

impl Lexicon {
    /// Adds up what words and pairs of a text lean to; `found` are the words by token.
    #[inline]
    pub(super) fn lean_on<'l>(&self, tokens: &[Token], found: impl Iterator<Item = &'l Word>) -> Leanings {
        let mut all = Leanings::default();
        for token in tokens {
            let shape = token.shape.bits();
            all.kinds |= 1 << token.kind as u16;
            all.shapes |= shape;
            all.words += u32::from(token.kind == Kind::Word);
            all.stops += u32::from(token.kind == Kind::Stop);
            all.capitals += u32::from(shape & Shape::CAPITAL.bits() != 0);
        }
        let (mut lean, mut opinion) = (0i32, 0i32);
        self.each_leaning(found, |_, leaning| {
            // Tokens number less than 2³¹ and few lean much: plain sums cannot overflow in practice, and wrap if they do.
            lean = lean.wrapping_add(leaning.lean);
            opinion = opinion.wrapping_add(leaning.opinion);
        });
        all.sum = Leaning { lean, opinion };
        all
    }

    /// Names each leaning of a text; `found` are the words by token.
    #[inline]
    pub(super) fn each_leaning<'l>(&self, found: impl Iterator<Item = &'l Word>, mut each: impl FnMut(Leaner, Leaning)) {
        let mut before = &UNKNOWN;
        for (at, word) in (0..).zip(found) {
            each(Leaner { first: at, last: at, source: Source::Node(word.node) }, word.tilt.leaning());
            if word.ends.closes() & (before.ends.opens() | is_negator(before.role)) {
                let pair = if is_negator(before.role) { self.pair(ANY_NEGATOR, word.node) } else { None };
                if let Some(pair) = pair.or_else(|| self.pair(before.node, word.node)) {
                    each(Leaner { first: at - 1, last: at, source: Source::Entry(pair.entry) }, pair.tilt.leaning());
                }
            }
            before = word;
        }
    }

    /// Whether a leaner is an opinion, whose leaning is subject to the rules and so does not count here.
    #[must_use]
    pub fn is_opinion(&self, leaner: Leaner) -> bool {
        matches!(leaner.source, Source::Node(node) if self.node(node).role == Role::Opinion)
    }

    /// Index of the entry of a leaner; see [`Lexicon::entry`].
    #[must_use]
    pub fn entry_of(&self, leaner: Leaner) -> Option<u32> {
        let entry = match leaner.source {
            Source::Entry(entry) => entry,
            Source::Node(node) => self.node(node).leans_by,
        };
        (entry != NONE).then_some(entry)
    }
}

const fn is_negator(role: Role) -> bool {
    matches!(role, Role::Negator | Role::Absence)
}
