//! Quotes of a theme. In: the texts that raise it. Out: one that is typical, one unlike it, one that is recent. Separate because
//! it reads texts, and cuts them to the passage that raises the theme.

use crate::lexicon::grammar::Grammar;
use crate::score::Polarity;
use crate::summary::texts::Kept;
use crate::text::{Kind, Tokens};
use crate::theme::Phrase;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Most texts that are compared for one theme.
const COMPARED: usize = 120;
/// Shortest text that is quoted, in bytes, and lengths that are good to read.
const SHORTEST: usize = 12;
const GOOD: std::ops::RangeInclusive<usize> = 35..=300;
/// Bytes of a text before the passage that raises the theme, at most.
const BEFORE: usize = 120;

/// A text that may be quoted.
pub(super) struct Candidate<'s> {
    pub kept: &'s Kept,
    /// Its text without personal data: what is not shown must not decide what is.
    pub text: Cow<'s, str>,
    /// The phrase that raises the theme in it.
    pub phrase: &'s str,
}

/// What a quote is chosen for.
pub(super) const TYPICAL: &str = "typical";
const DIVERSE: &str = "diverse";
const RECENT: &str = "recent";

/// The quotes, each with what it was chosen for: of different authors and texts.
pub(super) fn choose<'s>(candidates: &[Candidate<'s>], praise: bool) -> Vec<(&'static str, &'s Kept, String)> {
    let mut known = BTreeSet::new();
    let readable = |one: &&Candidate| one.text.len() >= SHORTEST;
    let mut list: Vec<&Candidate> = candidates.iter().filter(readable).filter(|one| known.insert(&*one.text)).collect();
    // Those that say as a whole what the theme says come first, then those good to read; equal ones in a fair draw.
    let side = if praise { Polarity::Positive } else { Polarity::Negative };
    let order =
        |one: &&Candidate| (one.kept.polarity != side, !GOOD.contains(&one.text.len()), std::cmp::Reverse(one.kept.mark), one.kept.place);
    list.sort_by_key(order);
    list.truncate(COMPARED);
    let words: Vec<BTreeSet<String>> = list.iter().map(|one| words(&one.text)).collect();
    let mut frequency: BTreeMap<&str, u32> = BTreeMap::new();
    words.iter().flatten().for_each(|word| *frequency.entry(word).or_default() += 1);
    let typical = |at: usize| -> u64 {
        let own = &words[at];
        let sum: u64 = own.iter().filter_map(|word| frequency.get(word.as_str())).map(|&count| u64::from(count - 1)).sum();
        let usual = if GOOD.contains(&list[at].text.len()) { 2 } else { 1 };
        usual * 1000 * sum / (own.len() as u64 + 4)
    };
    let mut chosen: Vec<(&'static str, usize)> = Vec::new();
    let free = |chosen: &[(&'static str, usize)], at: usize| {
        chosen.iter().all(|&(_, other)| other != at && apart(list[other].kept, list[at].kept))
    };
    if let Some(at) = (0..list.len()).max_by_key(|&at| (list[at].kept.polarity == side, typical(at), std::cmp::Reverse(at))) {
        chosen.push((TYPICAL, at));
        let unlike = |other: usize| {
            let shared = words[at].intersection(&words[other]).count() as u64;
            let all = words[at].union(&words[other]).count().max(1) as u64;
            (
                list[other].kept.polarity == side,
                GOOD.contains(&list[other].text.len()),
                1000 - 1000 * shared / all,
                std::cmp::Reverse(other),
            )
        };
        if let Some(other) = (0..list.len()).filter(|&other| free(&chosen, other)).max_by_key(|&other| unlike(other)) {
            chosen.push((DIVERSE, other));
        }
        let recent = (0..list.len()).filter(|&other| list[other].kept.day.is_some() && free(&chosen, other));
        if let Some(other) = recent.max_by_key(|&other| (list[other].kept.day, list[other].kept.polarity == side, std::cmp::Reverse(other)))
        {
            chosen.push((RECENT, other));
        }
    }
    chosen.into_iter().map(|(choice, at)| (choice, list[at].kept, passage(&list[at].text, list[at].phrase))).collect()
}

/// Whether two texts are of different authors, as far as those are known.
fn apart(one: &Kept, other: &Kept) -> bool {
    one.by.is_none() || one.by != other.by
}

/// The words of a text that mean something by themselves.
fn words(text: &str) -> BTreeSet<String> {
    let tokens = Tokens::from_text(text);
    let plain = tokens.as_slice().iter().filter(|token| token.kind == Kind::Word && Grammar::english().class_of(token.key).is_none());
    plain.map(|token| token.of(text).to_lowercase()).collect()
}

/// A text from the sentence on that raises a phrase, if that stands far behind.
fn passage(text: &str, phrase: &str) -> String {
    let whole = || text.to_owned();
    let Some(phrase) = Phrase::read(phrase) else { return whole() };
    let first = |part: &str| part.trim_start_matches("not ").split(' ').next().unwrap_or("").to_owned();
    let wanted = [first(phrase.said), first(phrase.thing)];
    let tokens = Tokens::from_text(text);
    let (mut sentence, mut seen) = (0, [None, None]);
    for token in tokens.as_slice() {
        let word = token.of(text).to_lowercase();
        for (seen, wanted) in seen.iter_mut().zip(&wanted) {
            if wanted.is_empty() || word == *wanted {
                *seen = Some(sentence);
            }
        }
        if seen[0].is_some() && seen[0] == seen[1] {
            break;
        }
        if token.kind == Kind::Stop {
            sentence = token.end as usize;
            if wanted[1].is_empty() {
                seen[1] = Some(sentence);
            }
        }
    }
    if sentence <= BEFORE {
        return whole();
    }
    match text.get(sentence..) {
        Some(rest) if rest.trim().len() >= SHORTEST => format!("… {}", rest.trim_start()),
        _ => whole(),
    }
}
