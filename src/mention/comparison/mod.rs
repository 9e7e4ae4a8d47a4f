//! Who is better than whom. In: a text read with the lexicon, its hits and mentions. Out: comparisons
//! between subjects, such as `HP is worse than Dell`. Separate because it needs two subjects in one
//! text, and looking for each needs only itself.
//!
//! Words and rules of a language are in `lexicons/LANGUAGE/comparisons.tsv`; a language without that file
//! gives no comparisons. When in doubt there is none: a wrong side is worse than silence.

mod aspect;
mod degree;
mod find;
mod items;
mod mood;
mod pattern;
mod than;
mod words;

pub use find::Comparer;
pub(super) use words::beginnings;

use items::Items;
use pattern::Met;

/// How two subjects are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// One is better, or preferred.
    Better,
    /// Somebody went, or wants to go, from one to the other.
    Switch,
    /// They differ, and one is praised or the other complained of.
    Unlike,
    /// They are alike; nobody wins.
    Equal,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Better, Self::Switch, Self::Unlike, Self::Equal];

    /// The name in files and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Switch => "switch",
            Self::Unlike => "unlike",
            Self::Equal => "equal",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// In what two subjects are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// Words of the text: its first and its last token.
    Tokens {
        /// Index of the first token.
        first: u32,
        /// Index of the last token.
        last: u32,
    },
    /// An aspect that the comparing word implies, as `cheaper` does the price; see [`Comparer::aspect`].
    Implied(u16),
}

/// Two subjects compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The two, in the order they are named.
    pub pair: [u32; 2],
    /// Who is better off; none if nobody.
    pub winner: Option<u32>,
    /// Who is worse off; none if nobody.
    pub loser: Option<u32>,
    /// How.
    pub kind: Kind,
    /// In what, if the text says so.
    pub on: Option<On>,
    /// Byte offset of the first byte of the comparison in the text.
    pub start: u32,
    /// Byte offset behind its last byte.
    pub end: u32,
}

impl Comparison {
    /// The comparison as it stands in `text`.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// The comparisons of a text. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Comparisons {
    list: Vec<Comparison>,
    /// The item each begins with, beside the list.
    items: Items,
    met: Vec<Met>,
}

impl Comparisons {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.list.clear();
    }

    /// The comparisons in text order.
    #[must_use]
    pub fn as_slice(&self) -> &[Comparison] {
        &self.list
    }
}
