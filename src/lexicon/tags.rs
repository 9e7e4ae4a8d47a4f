//! Hashtags in one case, `#neveragain`. In: a tag the lexicon does not know. Out: the words of the
//! lexicon it is made of. Separate because only the lexicon can tell where such a tag divides.

use super::compile::Lexicon;
use super::entry::Role;
use super::table::NOWHERE;
use crate::text::{Key, Kind, Shape, Token, Tokens};

/// Shortest and longest tag that is divided, in bytes.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=40;
/// Most words in a tag.
const MOST: usize = 5;

/// Divides all hashtags that the lexicon does not know as they stand.
pub fn divide_all(lexicon: &Lexicon, text: &str, tokens: &mut Tokens) {
    let mut at = 0;
    while let Some(token) = tokens.as_slice().get(at) {
        let unknown = token.shape.has(Shape::TAGGED) && token.kind == Kind::Word && lexicon.find(token.key) == NOWHERE;
        if unknown {
            divide(lexicon, at, text, tokens);
        }
        at += 1;
    }
}

/// Divides token `at`, a hashtag, into known words, if it can be.
fn divide(lexicon: &Lexicon, at: usize, text: &str, tokens: &mut Tokens) {
    let Some(&tag) = tokens.as_slice().get(at) else { return };
    let body = tag.of(text);
    if !LENGTHS.contains(&body.len()) || !body.bytes().all(|b| b.is_ascii_alphabetic()) {
        return;
    }
    let lower = body.to_ascii_lowercase();
    let Some(cuts) = fewest_words(lexicon, lower.as_bytes()) else { return };
    let mut from = 0usize;
    let parts: Vec<Token> = cuts
        .into_iter()
        .map(|to| {
            let key = Key::of(&lower.as_bytes()[from..to]);
            #[allow(clippy::cast_possible_truncation)] // at most 40
            let part = Token {
                key,
                start: tag.start + from as u32,
                end: tag.start + to as u32,
                shape: tag.shape.with(Shape::TAGGED, true),
                ..tag
            };
            from = to;
            part
        })
        .collect();
    tokens.replace(at, parts);
}

/// Ends of the words of the division with the fewest words, at least two, none for no division.
fn fewest_words(lexicon: &Lexicon, tag: &[u8]) -> Option<Vec<usize>> {
    // best[i]: number of words up to i and where the last one begins
    let mut best: Vec<Option<(usize, usize)>> = vec![None; tag.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=tag.len() {
        best[end] = (0..end)
            .filter_map(|start| best[start].map(|(words, _)| (words + 1, start)))
            .filter(|&(words, start)| words <= MOST && is_part(lexicon, &tag[start..end], tag.len()))
            .min();
    }
    let (words, _) = best[tag.len()]?;
    if !(2..=MOST).contains(&words) {
        return None;
    }
    let mut cuts = vec![tag.len()];
    while let Some(&(_, start)) = cuts.last().and_then(|&end| best[end].as_ref()).filter(|(_, start)| *start > 0) {
        cuts.push(start);
    }
    cuts.reverse();
    Some(cuts)
}

/// Words of one letter but `i` and `a`, and short words with opinion, turn up inside others.
fn is_part(lexicon: &Lexicon, part: &[u8], whole: usize) -> bool {
    if part.len() == whole || (part.len() == 1 && !matches!(part, b"i" | b"a")) {
        return false;
    }
    let role = lexicon.word_at(lexicon.find(Key::of(part))).role;
    role != Role::None && (role != Role::Opinion || part.len() > 2)
}
