//! What is known of words and phrases, in as little room as it takes. In: nothing. Out: the values that
//! the tables of a compiled lexicon hold. Separate because reading touches these for every token: how
//! large they are and what lies beside what is decided here.

use super::entry::{Leaning, Role};

/// No entry, no node.
pub const NONE: u32 = u32::MAX;
/// The node that stands for any negator, `NOT` in a term.
pub const ANY_NEGATOR: u32 = 0;
/// What every text asks of a word; held beside its key.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Number of its node.
    pub node: u32,
    /// Signature of the words by which phrases go on, see [`bit_of`].
    pub next: u32,
    /// What it does.
    pub role: Role,
    /// Whether it stands inside phrases, not only at their beginning.
    pub inside: bool,
    /// Where it belongs.
    pub home: Home,
    /// What it leans to by itself; nothing for opinions, whose leaning is subject to the rules.
    pub tilt: Tilt,
    /// Which end of pairs that lean it is.
    pub ends: Ends,
}

/// Which end of pairs a word is; two flags in a byte, so that a word and its key are half a cache line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends(u8);

impl Ends {
    /// The first of a pair that leans.
    pub const FIRST: Self = Self(1);
    /// The second.
    pub const SECOND: Self = Self(2);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it is the first of a pair that leans.
    #[inline]
    pub const fn opens(self) -> bool {
        self.0 & Self::FIRST.0 != 0
    }

    /// Whether it is the second of a pair that leans.
    #[inline]
    pub const fn closes(self) -> bool {
        self.0 & Self::SECOND.0 != 0
    }
}

/// A [`Leaning`] in little room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tilt {
    lean: i16,
    opinion: i16,
}

impl Tilt {
    /// A leaning, cut to what there is room for.
    #[allow(clippy::cast_possible_truncation)] // clamped; leanings are at most 20,000
    pub fn of(leaning: Leaning) -> Self {
        let short = |x: i32| x.clamp(-Leaning::MOST, Leaning::MOST) as i16;
        Self { lean: short(leaning.lean), opinion: short(leaning.opinion) }
    }

    /// The leaning.
    #[inline]
    pub const fn leaning(self) -> Leaning {
        Leaning { lean: self.lean as i32, opinion: self.opinion as i32 }
    }
}

/// A pair of words that leans.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pair {
    /// What it leans to, beside what its words do.
    pub tilt: Tilt,
    /// Index of its entry.
    pub entry: u32,
}

/// A word that is not there.
pub const UNKNOWN: Word =
    Word { node: NONE, next: 0, role: Role::None, inside: false, home: Home::Unknown, tilt: Tilt { lean: 0, opinion: 0 }, ends: Ends(0) };

impl Default for Word {
    fn default() -> Self {
        UNKNOWN
    }
}

/// What an entry says, at the end of a word or phrase.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Index of the entry that ends here, or [`NONE`].
    pub entry: u32,
    /// Valence, or strength of the role, in thousandths.
    pub value: i32,
    /// Signature of the words by which phrases go on.
    pub next: u32,
    /// What it does.
    pub role: Role,
    /// Where it belongs.
    pub home: Home,
    /// What it leans to.
    pub tilt: Tilt,
    /// Index of the entry that tells its leaning, or [`NONE`].
    pub leans_by: u32,
}

/// What is behind a step in a phrase, in eight bytes: most steps need not look at the node.
#[derive(Clone, Copy, Debug, Default)]
pub struct Behind {
    /// The node, and in the lowest bit whether a phrase ends there.
    node: u32,
    /// As [`Node::next`].
    pub next: u32,
}

impl Behind {
    /// What is behind a step to a node; nodes number less than 2³¹.
    pub const fn new(number: u32, node: &Node) -> Self {
        Self { node: number << 1 | (node.entry != NONE) as u32, next: node.next }
    }

    /// Number of the node.
    #[inline]
    pub const fn node(self) -> u32 {
        self.node >> 1
    }

    /// Whether a phrase ends at the node.
    #[inline]
    pub const fn ends(self) -> bool {
        self.node & 1 == 1
    }
}

/// A node of which nothing is known.
pub const BLANK: Node =
    Node { entry: NONE, value: 0, next: 0, role: Role::None, home: Home::Unknown, tilt: Tilt { lean: 0, opinion: 0 }, leans_by: NONE };

/// The bit of a word in the signatures of what it may follow.
#[inline]
pub const fn bit_of(word: u32) -> u32 {
    1 << (word.wrapping_mul(0x9E37_79B1) >> 27)
}

/// Which languages a word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// None that is known.
    Unknown,
    /// One that a lexicon covers.
    Covered,
    /// Others: [`Lexicon::languages_of`] tells which.
    Foreign,
    /// Several, ours among them, so that it tells little.
    Shared,
}
