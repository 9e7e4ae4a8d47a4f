//! Noise of a subject, counted. In: its mentions, each with whether it looks like noise. Out: how many do,
//! the words beside them, and what to exclude. Separate because it is added up over threads.
//!
//! Memory is bounded: of all phrases those with the smallest hashes are kept. Which they are depends only
//! on the set of phrases, and their counts are exact, so parts may be merged in any order.

use crate::lexicon::grammar::Grammar;
use crate::mention::Mention;
use crate::text::{Key, Kind, Token};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most phrases kept for a subject.
const MOST_PHRASES: usize = 512;
/// Longest word of a phrase, in bytes.
const LONGEST_WORD: usize = 40;
/// How often an excluded phrase must have looked like noise, and how many times more often than not.
const OFTEN: u64 = 2;
const MORE_OFTEN: u64 = 4;

/// Words right beside a name, with the name: `apple pie`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The words, in lower case.
    pub words: String,
    /// In mentions that look like noise.
    pub noise: u64,
    /// In others.
    pub other: u64,
}

/// The noise of one subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoiseCounts {
    /// Mentions counted.
    pub mentions: u64,
    /// Those that look like noise.
    pub noise: u64,
    /// Counts of phrases, noise and other, by their hash.
    phrases: BTreeMap<(u64, String), [u64; 2]>,
}

impl NoiseCounts {
    /// Adds a mention of the subject.
    pub fn add(&mut self, text: &str, tokens: &[Token], mention: &Mention, noise: bool) {
        self.mentions += 1;
        self.noise += u64::from(noise);
        // `the dell` says nothing of what it is.
        let tells = |token: &&Token| token.kind == Kind::Word && Grammar::english().class_of(token.key).is_none();
        let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).filter(tells).map(|token| token.of(text));
        let name = mention.of(text);
        let fits = |word: &&str| word.len() <= LONGEST_WORD && name.len() <= 2 * LONGEST_WORD;
        if let Some(before) = word((mention.first as usize).checked_sub(1)).filter(fits) {
            self.count(format!("{before} {name}").to_lowercase(), noise, 1);
        }
        if let Some(behind) = word(Some(mention.last as usize + 1)).filter(fits) {
            self.count(format!("{name} {behind}").to_lowercase(), noise, 1);
        }
    }

    fn count(&mut self, words: String, noise: bool, times: u64) {
        let hash = Key::of(words.as_bytes()).hash();
        self.phrases.entry((hash, words)).or_default()[usize::from(!noise)] += times;
        if self.phrases.len() > MOST_PHRASES {
            self.phrases.pop_last();
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.noise += other.noise;
        for (phrase, [noise, plain]) in other.phrases {
            let mine = self.phrases.entry(phrase).or_default();
            mine[0] += noise;
            mine[1] += plain;
        }
        while self.phrases.len() > MOST_PHRASES {
            self.phrases.pop_last();
        }
    }

    /// The phrases most often met in mentions that look like noise, at most `most`; of equally frequent ones
    /// by the alphabet.
    #[must_use]
    pub fn phrases(&self, most: usize) -> Vec<Phrase> {
        let noisy = self.phrases.iter().filter(|(_, [noise, _])| *noise > 0);
        let mut phrases: Vec<Phrase> = noisy.map(|((_, words), &[noise, other])| Phrase { words: words.clone(), noise, other }).collect();
        phrases.sort_unstable_by(|a, b| b.noise.cmp(&a.noise).then_with(|| a.words.cmp(&b.words)));
        phrases.truncate(most);
        phrases
    }

    /// What a query may leave out, such as `!"apple pie"`: phrases that are nearly always noise.
    #[must_use]
    pub fn exclusions(&self, most: usize) -> Vec<String> {
        let nearly = |phrase: &Phrase| phrase.noise >= OFTEN && phrase.noise >= MORE_OFTEN * phrase.other;
        let phrases = self.phrases(usize::MAX).into_iter().filter(nearly).filter(|phrase| !phrase.words.contains('"'));
        phrases.take(most).map(|phrase| format!("!\"{}\"", phrase.words)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(rows: &[(u16, bool)]) -> NoiseCounts {
        let mut counts = NoiseCounts::default();
        for (word, noise) in rows {
            counts.mentions += 1;
            counts.noise += u64::from(*noise);
            counts.count(format!("apple w{word}"), *noise, 1);
        }
        counts
    }

    #[test]
    fn frequent_phrases_come_first_and_are_excluded() {
        let mut all = counts(&[(1, true), (1, true), (2, true), (2, true), (2, true), (3, true), (4, false), (1, false)]);
        let words: Vec<String> = all.phrases(2).into_iter().map(|phrase| phrase.words).collect();
        assert_eq!(words, ["apple w2", "apple w1"]);
        assert_eq!(all.exclusions(9), ["!\"apple w2\""]);
        all.merge(counts(&[(3, true)]));
        assert_eq!(all.exclusions(9), ["!\"apple w2\"", "!\"apple w3\""]);
        assert_eq!((all.mentions, all.noise), (9, 7));
    }

    #[test]
    fn memory_is_bounded() {
        let many: Vec<(u16, bool)> = (0..5000).map(|word| (word, true)).collect();
        assert_eq!(counts(&many).phrases.len(), MOST_PHRASES);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn parts_add_up_in_any_order(rows in prop::collection::vec((0..4000u16, any::<bool>()), 0..6000), cut in 0..6000usize, other in 0..6000usize) {
            let (cut, other) = (cut.min(rows.len()), other.min(rows.len()));
            let (one, two) = (cut.min(other), cut.max(other));
            let [a, b, c] = [&rows[..one], &rows[one..two], &rows[two..]].map(counts);
            let mut straight = a.clone();
            straight.merge(b.clone());
            straight.merge(c.clone());
            let (mut turned, mut inner) = (c, b);
            inner.merge(a);
            turned.merge(inner);
            prop_assert_eq!(&straight, &turned);
            prop_assert_eq!(straight, counts(&rows));
        }
    }
}
