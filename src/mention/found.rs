//! What was found in a text. In: filled by [`super::Subjects::find`]. Out: mentions in text order.
//! Separate because it is the memory of a thread, used again from record to record.

/// A place of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The subject, by its place in the list that was compiled.
    pub subject: u32,
    /// Index of the first token.
    pub first: u32,
    /// Index of the last token.
    pub last: u32,
    /// Byte offset of the first byte in the text.
    pub start: u32,
    /// Byte offset behind the last byte.
    pub end: u32,
}

impl Mention {
    /// The mention as it stands in `text`.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// A term found, before its query was asked whether it counts. Sorted by subject, atom and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub subject: u32,
    pub atom: u32,
    pub place: Place,
}

/// Where something stands, by bytes and by tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub start: u32,
    pub end: u32,
    pub first: u32,
    pub last: u32,
    /// Whether it counts.
    pub counts: bool,
}

/// What was found in a text. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub(super) mentions: Vec<Mention>,
    pub(super) subjects: Vec<u32>,
    pub(super) whole: Vec<u32>,
    pub(super) hits: Vec<Hit>,
    pub(super) places: Vec<Place>,
    /// Words before each token, once some query asks.
    pub(super) words: Vec<u32>,
    pub(super) folded: String,
}

impl Found {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The places of all subjects in text order. Several subjects may hold one place; the places of one
    /// do not overlap.
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The subjects whose query the record answers, with or without a place, ascending.
    #[must_use]
    pub fn subjects(&self) -> &[u32] {
        &self.subjects
    }

    /// Those of them without a place: the record as a whole was asked for, as by `author:ann`.
    #[must_use]
    pub fn whole(&self) -> &[u32] {
        &self.whole
    }

    pub(super) fn clear(&mut self) {
        self.mentions.clear();
        self.subjects.clear();
        self.whole.clear();
        self.hits.clear();
        self.places.clear();
        self.words.clear();
    }
}
