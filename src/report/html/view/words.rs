//! Words on the page. In: words that weigh, words that set apart. Out: each with a way to a quote that has it.
//! Separate because a word without its sentence explains nothing.

use super::{Links, Room};
use crate::report::{Contrast, TellingWord, Word, Words};
use serde::Serialize;

/// Words that weigh.
#[derive(Serialize)]
pub struct WordsView<'r> {
    praise: Vec<WordView<'r>>,
    complaint: Vec<WordView<'r>>,
    top: f64,
}

impl WordsView<'_> {
    /// Whether there are any.
    pub fn is_shown(&self) -> bool {
        !self.praise.is_empty() || !self.complaint.is_empty()
    }
}

#[derive(Serialize)]
struct WordView<'r> {
    word: &'r Word,
    size: f64,
    link: Option<String>,
}

/// Chooses and links them.
pub fn words<'r>(words: &'r Words, room: Room, links: &Links) -> WordsView<'r> {
    let view = |list: &'r [Word], side: &str| -> Vec<WordView<'r>> {
        let word = |word: &'r Word| WordView { word, size: word.points.abs(), link: links.quotes.with(&word.term, side) };
        list.iter().take(room.rows).map(word).collect()
    };
    let top = words.praise.iter().chain(&words.complaint).map(|word| word.points.abs()).fold(0.0, f64::max);
    WordsView { praise: view(&words.praise, "praise"), complaint: view(&words.complaint, "complaint"), top }
}

/// Words that set records apart.
#[derive(Serialize)]
pub struct ContrastView<'r> {
    of: &'r str,
    against: &'r str,
    records: u64,
    others: u64,
    sample: u64,
    words: Vec<TellingView<'r>>,
    other_words: Vec<TellingView<'r>>,
    all: usize,
}

#[derive(Serialize)]
struct TellingView<'r> {
    word: &'r TellingWord,
    link: Option<String>,
}

/// Chooses and links them.
pub fn contrast<'r>(contrast: &'r Contrast, room: Room, links: &Links) -> ContrastView<'r> {
    let view = |list: &'r [TellingWord], of: &str| -> Vec<TellingView<'r>> {
        let find = |word: &str| match of {
            "praise" => links.quotes.with(word, "praise"),
            "complaints" => links.quotes.with(word, "complaint"),
            _ => links.quotes.with(word, "complaint").or_else(|| links.quotes.with(word, "praise")),
        };
        list.iter().take(room.rows / 4).map(|word| TellingView { word, link: find(&word.word) }).collect()
    };
    ContrastView {
        of: &contrast.of,
        against: &contrast.against,
        records: contrast.records,
        others: contrast.others,
        sample: contrast.sample,
        words: view(&contrast.words, &contrast.of),
        other_words: view(&contrast.other_words, &contrast.against),
        all: contrast.words.len().max(contrast.other_words.len()),
    }
}
