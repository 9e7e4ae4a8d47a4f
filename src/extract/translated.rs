//! Translations beside their original. In: `(Translated by Google) ... (Original) ...`, in either order.
//! Out: one of the two, never both. Separate because which one depends on the languages that can be
//! scored.

use super::Edits;
use super::tables::lines;
use std::sync::LazyLock;

struct Label {
    language: &'static str,
    translated: String,
    original: String,
}

static LABELS: LazyLock<Vec<Label>> = LazyLock::new(|| {
    let label = |mut fields: std::str::Split<'static, char>| {
        Some(Label { language: fields.next()?, translated: fields.next()?.to_owned(), original: fields.next()?.to_owned() })
    };
    lines("translated").filter_map(label).collect()
});

/// Finds what is not to be read.
pub fn find(text: &str, speaks: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let Some((label, start, end)) = first_label(text) else { return };
    let behind = text.get(end..).unwrap_or("");
    let before = text.get(..start).unwrap_or("");
    let original = label_in(behind, &label.original).map(|(from, to)| (end + from, end + to));
    // What is translated, what is original: either may be missing.
    let (translation, other) = match original {
        Some((from, to)) => ((end, from), if before.trim().is_empty() { (to, text.len()) } else { (0, start) }),
        None => ((end, text.len()), (0, start)),
    };
    let is_text = |(from, to): (usize, usize)| text.get(from..to).is_some_and(|part| !part.trim().is_empty());
    let translated = is_text(translation) && (speaks(label.language) || !is_text(other));
    let (from, to) = if translated { translation } else { other };
    if translated {
        edits.is_in(label.language);
    }
    edits.cut(0, from);
    edits.cut(to, text.len());
}

/// The first label of a translation and its place.
fn first_label(text: &str) -> Option<(&'static Label, usize, usize)> {
    memchr::memchr_iter(b'(', text.as_bytes()).find_map(|start| {
        let is_it = |label: &&'static Label| stands_at(text, start, &label.translated).is_some();
        let label = LABELS.iter().find(is_it)?;
        Some((label, start, stands_at(text, start, &label.translated)?))
    })
}

/// Where a label stands in parentheses.
fn label_in(text: &str, words: &str) -> Option<(usize, usize)> {
    memchr::memchr_iter(b'(', text.as_bytes()).find_map(|start| Some((start, stands_at(text, start, words)?)))
}

/// The end of a label in parentheses, in any case of letters, that begins at `start`.
fn stands_at(text: &str, start: usize, words: &str) -> Option<usize> {
    let end = start + 1 + words.len();
    text.as_bytes().get(end).filter(|&&b| b == b')')?;
    let inside = text.get(start + 1..end)?;
    inside.chars().flat_map(char::to_lowercase).eq(words.chars()).then_some(end + 1)
}
