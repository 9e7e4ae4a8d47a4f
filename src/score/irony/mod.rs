//! Signs of irony. In: a text with its opinions as the rules left them. Out: the cues it shows, and
//! where. Separate because irony is told to the reader and never acted on: nothing here changes a
//! score, and no record changes its polarity because of a cue.
//!
//! Phrases, emoji and tags are data, `lexicons/irony.tsv`; what cannot be written as a phrase is a
//! function here. How often a cue is right is measured on the sentences of `tests/irony.tsv`; a test
//! holds the figures of [`CUES`] to it.

mod phrases;
mod scene;

use super::Hits;
use super::rules::{self, Post};
use crate::lexicon::Reading;
use scene::Scene;
use std::ops::Range;

/// Something that irony shows by.
pub struct Cue {
    /// Its name in output and in `lexicons/irony.tsv`.
    pub name: &'static str,
    /// What it is, in one line.
    pub means: &'static str,
    /// Ironic sentences among those of `tests/irony.tsv` that show it.
    pub right: u16,
    /// Sentences of `tests/irony.tsv` that show it.
    pub shown: u16,
    /// Complaints among the posts and reviews that show it.
    pub complaints: u16,
    /// Posts and reviews that show it, among 420,000 labelled ones of public sets, those with labels of
    /// emotions left out; measured once, by hand, when the cues were settled (irony itself is not labelled).
    pub posts: u16,
}

/// All cues.
pub const CUES: [Cue; 12] = [
    Cue { name: "praise alone", means: "praise alone before a comma, then complaint", right: 6, shown: 6, complaints: 31, posts: 47 },
    Cue {
        name: "scare quotes",
        means: "quotes around praise or a service, and nothing but complaint beside it",
        right: 7,
        shown: 8,
        complaints: 138,
        posts: 187,
    },
    Cue { name: "empty thanks", means: "thanks for what is a complaint", right: 4, shown: 4, complaints: 31, posts: 35 },
    Cue { name: "mock applause", means: "applause, then nothing but complaint", right: 6, shown: 6, complaints: 4, posts: 10 },
    Cue {
        name: "false cheer",
        means: "a cheer such as `oh great`, then nothing but complaint",
        right: 5,
        shown: 5,
        complaints: 0,
        posts: 1,
    },
    Cue {
        name: "just what I needed",
        means: "`just what I needed`, then nothing but complaint",
        right: 3,
        shown: 3,
        complaints: 1,
        posts: 1,
    },
    Cue {
        name: "so much for",
        means: "`so much for` at the beginning, then nothing but complaint",
        right: 3,
        shown: 4,
        complaints: 8,
        posts: 10,
    },
    Cue { name: "yeah right", means: "`yeah right` as a clause of its own", right: 3, shown: 3, complaints: 22, posts: 29 },
    Cue { name: "as if", means: "`as if` at the beginning, then nothing but complaint", right: 2, shown: 2, complaints: 11, posts: 13 },
    Cue { name: "praise of trouble", means: "love of what is a complaint, such as waiting", right: 8, shown: 8, complaints: 9, posts: 20 },
    Cue {
        name: "rolled eyes",
        means: "a face that rolls its eyes beside praise in a text that complains",
        right: 3,
        shown: 3,
        complaints: 6,
        posts: 14,
    },
    Cue {
        name: "irony tag",
        means: "a tag that says so: #sarcasm, a final #not, a final /s",
        right: 5,
        shown: 6,
        complaints: 72,
        posts: 154,
    },
];

/// The cues a text shows; a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(u16);

impl Cues {
    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The cues, in the order of [`CUES`].
    pub fn iter(self) -> impl Iterator<Item = &'static Cue> {
        CUES.iter().enumerate().filter(move |(at, _)| self.0 >> at & 1 == 1).map(|(_, cue)| cue)
    }

    /// The set with one more; a name that is not known adds nothing.
    #[must_use]
    fn with(self, cue: usize) -> Self {
        Self(self.0 | 1 << cue)
    }
}

/// The cues of a text that was scored: read in `language`, with its opinions as the rules left them.
#[must_use]
pub fn cues(language: &str, text: &str, reading: &Reading, hits: &Hits) -> Cues {
    let mut cues = Cues::default();
    find(language, text, reading, hits, |cue, _| cues = cues.with(cue));
    cues
}

/// Names each cue of a text, as its place in [`CUES`], and the bytes that show it.
pub fn find(language: &str, text: &str, reading: &Reading, hits: &Hits, mut each: impl FnMut(usize, Range<usize>)) {
    let scene = Scene { text, reading, hits: hits.as_slice() };
    if let Some(unit) = rules::irony::turned(&Post { reading, text }, scene.hits)
        && scene.mocks(unit)
    {
        each(place("praise alone"), scene.bytes_of_unit(unit));
    }
    if let Some(bytes) = scene.scare_quotes(language) {
        each(place("scare quotes"), bytes);
    }
    scene.phrases(language, &mut each);
}

/// The place of a cue in [`CUES`]; beyond them if it is not there.
fn place(name: &str) -> usize {
    CUES.iter().position(|cue| cue.name == name).unwrap_or(CUES.len())
}
