//! Aspects that no vocabulary knows. In: candidates of records, with what is felt about each. Out: phrases that many
//! records name, and with opinions. Separate because the number of phrases grows with the data and memory must not:
//! beyond a limit it keeps a sample of the records, drawn by a hash of their texts. Which records those are depends
//! on the set of records only, so merging stays associative; what many name stays, what few name goes.

use super::stored;
use crate::mention::aspect::{self, Candidate, Candidates};
use crate::stats::share;
use hashbrown::HashMap;
use serde::{Deserialize, Deserializer, Serialize};

/// Phrases that are kept.
const MOST: usize = 30_000;
/// Level of the smallest sample: one record in about a million.
const MOST_LEVEL: u8 = 20;
/// Longest phrase, in bytes; longer ones are run together and nobody names them twice.
const LONGEST: usize = 48;

/// How often a phrase was named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Records that name it.
    #[serde(deserialize_with = "stored::counts")]
    pub records: u64,
    /// Records that name it with praise.
    #[serde(deserialize_with = "stored::counts")]
    pub praise: u64,
    /// Records that name it with a complaint; one that does both counts in both.
    #[serde(deserialize_with = "stored::counts")]
    pub complaint: u64,
    /// Records with either.
    #[serde(deserialize_with = "stored::counts")]
    pub opinion: u64,
    /// Records that name it in the plural.
    #[serde(deserialize_with = "stored::counts")]
    pub plural: u64,
}

impl Named {
    fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.praise += other.praise;
        self.complaint += other.complaint;
        self.opinion += other.opinion;
        self.plural += other.plural;
    }
}

/// Counts of the records of each level, the levels ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Levels(Vec<(u8, Named)>);

/// Phrases by their singular.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovered {
    #[serde(with = "stored::sorted")]
    phrases: HashMap<Box<str>, Levels>,
    /// Records of lower levels are left out.
    #[serde(deserialize_with = "level")]
    level: u8,
    most: usize,
}

/// A phrase that looks like an aspect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// The phrase, in lower case.
    pub phrase: String,
    /// How often it was named; estimated if [`Discovered::sample`] is more than 1.
    pub named: Named,
}

impl Default for Discovered {
    fn default() -> Self {
        Self::with_most(MOST)
    }
}

impl Discovered {
    /// None yet, and at most so many phrases.
    #[must_use]
    pub fn with_most(most: usize) -> Self {
        Self { phrases: HashMap::new(), level: 0, most }
    }

    /// Adds the candidates of the record with a mark, as [`Facts::mark`](super::Facts::mark); `leaning` says what is felt about one: more than nought for
    /// praise, less for a complaint. A phrase counts once a record.
    pub fn add(&mut self, mark: u64, candidates: &Candidates, leaning: impl Fn(&Candidate) -> i32) {
        let level = level_of(mark);
        if level < self.level {
            return;
        }
        let list = candidates.as_slice();
        for (number, candidate) in list.iter().enumerate() {
            let phrase = candidates.singular(candidate);
            let same = |other: &&Candidate| candidates.singular(other) == phrase;
            if phrase.len() > LONGEST || list.get(..number).unwrap_or(&[]).iter().any(|other| same(&other)) {
                continue;
            }
            let leanings = || list.get(number..).unwrap_or(&[]).iter().filter(same).map(&leaning);
            let (praise, complaint) = (leanings().any(|leaning| leaning > 0), leanings().any(|leaning| leaning < 0));
            let named = Named {
                records: 1,
                praise: praise.into(),
                complaint: complaint.into(),
                opinion: (praise || complaint).into(),
                plural: (candidates.name(candidate) != phrase).into(),
            };
            match self.phrases.get_mut(phrase) {
                Some(levels) => levels.add(level, &named),
                None => drop(self.phrases.insert(phrase.into(), Levels(vec![(level, named)]))),
            }
        }
        self.give_up();
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        self.most = self.most.min(other.most);
        self.raise(self.level.max(other.level));
        for (phrase, theirs) in other.phrases {
            let mut kept = theirs.0.iter().filter(|(level, _)| *level >= self.level).peekable();
            if kept.peek().is_some() {
                let mine = self.phrases.entry(phrase).or_default();
                kept.for_each(|(level, named)| mine.add(*level, named));
            }
        }
        self.give_up();
    }

    /// Leaves out records until there is room: of those that are left, every other one.
    fn give_up(&mut self) {
        while self.phrases.len() > self.most && self.level < MOST_LEVEL {
            self.raise(self.level + 1);
        }
    }

    fn raise(&mut self, level: u8) {
        if level <= self.level {
            return;
        }
        self.level = level;
        self.phrases.retain(|_, Levels(levels)| {
            levels.retain(|(of, _)| *of >= level);
            !levels.is_empty()
        });
    }

    /// One record in so many was counted: 1 if all were.
    #[must_use]
    pub const fn sample(&self) -> u64 {
        1 << self.level
    }

    /// Number of phrases.
    #[must_use]
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Phrases that at least `least` records name (estimated, when sampled) and whose share of records with an
    /// opinion is above that of all phrases beyond chance: the lower bound of Wilson's 95 % interval. The most
    /// frequent come first, then by the alphabet.
    #[must_use]
    pub fn list(&self, least: u64) -> Vec<Find> {
        let mut all = Named::default();
        self.phrases.values().for_each(|levels| all.add(&levels.sum()));
        let base = if all.records == 0 { 0.0 } else { all.opinion as f64 / all.records as f64 };
        let found = self.phrases.iter().filter_map(|(phrase, levels)| {
            let named = levels.sum();
            let enough = named.records.saturating_mul(self.sample()) >= least && share(named.opinion, named.records).low > base;
            enough.then(|| Find { phrase: written(phrase, &named), named: named.times(self.sample()) })
        });
        let mut found: Vec<Find> = found.collect();
        found.sort_by(|one, other| other.named.records.cmp(&one.named.records).then_with(|| one.phrase.cmp(&other.phrase)));
        found
    }
}

impl Named {
    const fn times(self, sample: u64) -> Self {
        let Self { records, praise, complaint, opinion, plural } = self;
        Self {
            records: records.saturating_mul(sample),
            praise: praise.saturating_mul(sample),
            complaint: complaint.saturating_mul(sample),
            opinion: opinion.saturating_mul(sample),
            plural: plural.saturating_mul(sample),
        }
    }
}

impl Levels {
    fn add(&mut self, level: u8, named: &Named) {
        match self.0.binary_search_by_key(&level, |(of, _)| *of) {
            Ok(at) => {
                if let Some((_, mine)) = self.0.get_mut(at) {
                    mine.add(named);
                }
            }
            Err(at) => self.0.insert(at, (level, *named)),
        }
    }

    fn sum(&self) -> Named {
        let mut sum = Named::default();
        self.0.iter().for_each(|(_, named)| sum.add(named));
        sum
    }
}

/// A phrase as most records write it.
fn written(phrase: &str, named: &Named) -> String {
    if named.plural * 2 > named.records { aspect::plural(phrase) } else { phrase.to_owned() }
}

/// The level of a record: half of all have at least 1, a quarter at least 2.
#[allow(clippy::cast_possible_truncation)] // at most 64
fn level_of(mark: u64) -> u8 {
    mark.leading_zeros().min(MOST_LEVEL.into()) as u8
}

/// A level as it was stored.
fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    u8::deserialize(deserializer).map(|level| level.min(MOST_LEVEL))
}

#[cfg(test)]
mod tests {
    use super::super::distinct::hash;
    use super::*;
    use crate::text::Tokens;
    use proptest::prelude::*;

    const WORDS: [&str; 9] = ["grommet", "gaskets", "gasket", "flange", "lens", "spigots", "batteries", "widget", "gizmo"];

    fn add(to: &mut Discovered, record: u64, words: &[usize]) {
        let text: String = words.iter().map(|&word| format!("the {} is here. ", WORDS[word % WORDS.len()])).collect();
        let (tokens, mut candidates) = (Tokens::from_text(&text), Candidates::new());
        candidates.find(&text, tokens.as_slice(), &[], |_| false);
        let leaning = |candidate: &Candidate| i32::from(record.is_multiple_of(3)) - i32::from(candidates.name(candidate).starts_with('g'));
        to.add(hash(&record.to_le_bytes()), &candidates, leaning);
    }

    fn of(records: &[(u64, Vec<usize>)], most: usize) -> Discovered {
        let mut found = Discovered::with_most(most);
        records.iter().for_each(|(record, words)| add(&mut found, *record, words));
        found
    }

    fn merged(mut one: Discovered, other: Discovered) -> Discovered {
        one.merge(other);
        one
    }

    proptest! {
        /// The laws hold while all are counted, and while a sample is.
        #[test]
        fn a_commutative_monoid(
            texts in proptest::collection::vec(proptest::collection::vec(0..9usize, 0..6), 0..24),
            cuts in (0..24usize, 0..24usize),
            most in 0..9usize,
        ) {
            let records: Vec<(u64, Vec<usize>)> = (1..).zip(texts).collect();
            let whole = of(&records, most);
            let (first, last) = (cuts.0.min(cuts.1).min(records.len()), cuts.0.max(cuts.1).min(records.len()));
            let [a, b, c] = [&records[..first], &records[first..last], &records[last..]].map(|part| of(part, most));
            prop_assert!(whole.len() <= most || whole.level == MOST_LEVEL);
            prop_assert_eq!(&merged(Discovered::with_most(most), whole.clone()), &whole);
            prop_assert_eq!(&merged(whole.clone(), Discovered::with_most(most)), &whole);
            prop_assert_eq!(&merged(merged(a.clone(), b.clone()), c.clone()), &whole);
            prop_assert_eq!(&merged(a.clone(), merged(b.clone(), c.clone())), &whole);
            prop_assert_eq!(&merged(merged(c, a), b), &whole);
            let mut reversed = records;
            reversed.reverse();
            prop_assert_eq!(&of(&reversed, most), &whole);
        }
    }

    #[test]
    fn a_phrase_counts_once_a_record_in_singular_and_plural() {
        let found = of(&[(3, vec![1, 2, 4]), (4, vec![1, 6])], 10);
        let named = |phrase: &str| found.phrases.get(phrase).map(Levels::sum).unwrap_or_default();
        assert_eq!(named("gasket"), Named { records: 2, praise: 0, complaint: 1, opinion: 1, plural: 2 });
        assert_eq!(named("len"), Named { records: 1, praise: 1, complaint: 0, opinion: 1, plural: 1 });
        assert_eq!(written("battery", &named("battery")), "batteries");
        assert_eq!(written("len", &named("len")), "lens");
    }

    #[test]
    fn frequent_phrases_with_opinions_are_listed_in_spite_of_giving_up() {
        let mut found = Discovered::with_most(200);
        for record in 0..6000u64 {
            let text = format!("the grommet is here, the flange is here, the x{} is here", letters(record));
            let (tokens, mut candidates) = (Tokens::from_text(&text), Candidates::new());
            candidates.find(&text, tokens.as_slice(), &[], |_| false);
            let leaning = |candidate: &Candidate| i32::from(candidates.name(candidate) == "grommet");
            found.add(hash(&record.to_le_bytes()), &candidates, leaning);
        }
        assert!(found.len() <= 200 && found.sample() > 1);
        let list = found.list(100);
        assert_eq!(list.iter().map(|find| find.phrase.as_str()).collect::<Vec<_>>(), ["grommet"]);
        assert!((4000..8000).contains(&list[0].named.records), "{:?}", list[0]);
        assert_eq!(list[0].named.records, list[0].named.praise);
    }

    fn letters(mut number: u64) -> String {
        let mut word = String::new();
        for _ in 0..4 {
            word.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
            number /= 26;
        }
        word + "q"
    }
}
