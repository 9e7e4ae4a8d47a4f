//! What words and pairs of words lean to. In: the tokens of a text with their places in the table.
//! Out: each leaning, once, and what the text shows apart from its words. Separate from units because
//! leanings do not wait for rules: every word counts, function words too, and pairs may overlap.

use super::compile::Lexicon;
use super::cue::Cue;
use super::entry::{Leaning, Role};
use super::nodes::{ANY_NEGATOR, NONE, Pair, UNKNOWN, Word};
use super::steps::Edge;
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

    /// Counts a token.
    #[inline]
    pub(super) fn count(&mut self, token: &Token) {
        let shape = token.shape.bits();
        self.kinds |= 1 << token.kind as u16;
        self.shapes |= shape;
        self.words += u32::from(token.kind == Kind::Word);
        self.stops += u32::from(token.kind == Kind::Stop);
        self.capitals += u32::from(shape & Shape::CAPITAL.bits() != 0);
    }

    /// Adds a leaning. Tokens number less than 2³¹ and few lean much: sums do not overflow in practice,
    /// and wrap if they do.
    #[inline]
    pub(super) const fn add(&mut self, leaning: Leaning) {
        self.sum.lean = self.sum.lean.wrapping_add(leaning.lean);
        self.sum.opinion = self.sum.opinion.wrapping_add(leaning.opinion);
    }

    const fn has(&self, kind: Kind) -> bool {
        self.kinds >> kind as u16 & 1 == 1
    }
}

impl Lexicon {
    /// Names each leaning of a text; `found` are the words by token, and whether each leans together with the
    /// word before it.
    #[inline]
    pub(super) fn each_leaning<'l>(&self, found: impl Iterator<Item = (&'l Word, bool)>, mut each: impl FnMut(Leaner, Leaning)) {
        let mut before = &UNKNOWN;
        for (at, (word, paired)) in (0..).zip(found) {
            each(Leaner { first: at, last: at, source: Source::Node(word.node) }, word.tilt.leaning());
            if let Some(pair) = paired.then(|| self.pair_at(before, word, Edge::new(before.node, word.node))).flatten() {
                each(Leaner { first: at - 1, last: at, source: Source::Entry(pair.entry) }, pair.tilt.leaning());
            }
            before = word;
        }
    }

    /// The pair that leans which a word makes with the word before; `edge` is that of the two.
    #[inline]
    pub(super) fn pair_at(&self, before: &Word, word: &Word, edge: Edge) -> Option<Pair> {
        let negated = is_negator(before.role);
        // One branch, which is nearly never taken: each condition by itself could not be predicted.
        if word.ends.closes() & ((before.ends.opens() & self.may_pair(edge)) | negated) {
            let pair = if negated { self.pair(Edge::new(ANY_NEGATOR, word.node)) } else { None };
            return pair.or_else(|| self.pair(edge));
        }
        None
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
