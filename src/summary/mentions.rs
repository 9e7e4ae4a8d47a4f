//! What all records say of subjects. In: the subjects heard in records. Out: for each its mentions, posts,
//! authors, course and quotes; subjects that are mentioned together; who wins comparisons. Separate because
//! it is as large as there are subjects, and empty without any.

use super::{Days, Discovered, Distinct, Facts, Quotes, Tally, merge_maps};
use crate::analyze::Analysis;
use crate::mention::comparison::Kind;
use crate::mention::noise::NoiseCounts;
use crate::mention::{About, Ear, Listener};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Candidates for quotation kept per side of a subject. Few are shown of one, and there may be thousands of
/// subjects.
const CANDIDATES: usize = 12;

/// What is said of one subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Places in texts; a record that is about it as a whole counts as one.
    pub mentions: u64,
    /// Records that mention it and have no score.
    pub unscored: u64,
    /// Records that mention it, by what they say of it.
    pub tally: Tally,
    /// Those of them that mention no holder: see [`Mentions::pairs`].
    pub alone: Tally,
    /// Who mentions it.
    pub authors: Distinct,
    /// Records that mention it by day.
    pub days: Days,
    /// Candidates for quotation, by what they say of it.
    pub quotes: Quotes<CANDIDATES>,
    /// Mentions that look like an ordinary word, if its name is one too.
    pub noise: NoiseCounts,
}

/// How one subject fared against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Contest {
    /// It was said to be better.
    Better,
    /// People came to it from the other.
    Switch,
}

/// Comparisons of two subjects with one outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bouts {
    /// How many.
    pub count: u64,
    /// On what, where it is said: lower case; at most [`MOST_GROUNDS`], the first by name.
    pub on: BTreeMap<String, u64>,
}

/// Most grounds of comparison that are kept for two subjects.
pub const MOST_GROUNDS: usize = 200;

/// What all records say of subjects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentions {
    /// By number of the subject.
    pub subjects: Vec<Heard>,
    /// Records that mention both a holder (first) and another subject (second), by what they say of the
    /// second.
    pub pairs: BTreeMap<(u32, u32), Tally>,
    /// Comparisons by winner, loser and kind.
    pub contests: BTreeMap<(u32, u32, Contest), Bouts>,
    /// Comparisons that nobody won, by both, the lower number first.
    pub draws: BTreeMap<(u32, u32), u64>,
    /// Records that mention any subject.
    pub records: u64,
    /// Phrases that may be aspects and that no vocabulary knows.
    pub discovered: Discovered,
}

impl Mentions {
    /// Nothing, for so many subjects.
    #[must_use]
    pub fn new(subjects: usize) -> Self {
        Self { subjects: vec![Heard::default(); subjects], ..Self::default() }
    }

    /// Adds a record and its subjects, each once; `holds` tells whether a subject holds others, as a brand
    /// does its products' aspects.
    pub fn add(&mut self, facts: &Facts, text: &str, said: &[About], holds: impl Fn(u32) -> bool) {
        self.records += u64::from(!said.is_empty());
        let held = said.iter().any(|said| holds(said.subject));
        for one in said {
            if let Some(heard) = self.subjects.get_mut(one.subject as usize) {
                heard.add(facts, text, one, held);
            }
        }
        for holder in said.iter().filter(|said| holds(said.subject)) {
            for other in said.iter().filter(|said| !holds(said.subject)) {
                if let Some(score) = &other.score {
                    self.pairs.entry((holder.subject, other.subject)).or_default().add(score);
                }
            }
        }
    }

    /// Adds all that was heard in a record: its subjects, comparisons, and what may be noise or an aspect.
    pub fn hear(&mut self, facts: &Facts, analysis: &Analysis, listener: &Listener, ear: &Ear) {
        let holds = |subject| listener.subject(subject).is_some_and(|(_, kind)| kind.holds());
        self.add(facts, analysis.text, ear.subjects(), holds);
        self.discovered.add(facts.mark, ear.candidates(), |candidate| ear.leaning(candidate));
        let tokens = analysis.reading.tokens().as_slice();
        for comparison in ear.comparisons() {
            let on = listener.ground(comparison, analysis.text, tokens);
            match (comparison.winner, comparison.loser, comparison.kind) {
                (Some(winner), Some(loser), Kind::Switch) => self.contest(winner, loser, Contest::Switch, on),
                (Some(winner), Some(loser), _) => self.contest(winner, loser, Contest::Better, on),
                _ => self.draw(comparison.pair[0], comparison.pair[1]),
            }
        }
        for (mention, noise) in ear.noise() {
            if let Some(heard) = self.subjects.get_mut(mention.subject as usize) {
                heard.noise.add(analysis.text, tokens, mention, *noise);
            }
        }
    }

    /// Adds a comparison.
    pub fn contest(&mut self, winner: u32, loser: u32, kind: Contest, on: Option<&str>) {
        let bouts = self.contests.entry((winner, loser, kind)).or_default();
        bouts.count += 1;
        if let Some(on) = on {
            *bouts.on.entry(on.to_lowercase()).or_default() += 1;
            bouts.trim();
        }
    }

    /// Adds a comparison that nobody won.
    pub fn draw(&mut self, one: u32, other: u32) {
        *self.draws.entry((one.min(other), one.max(other))).or_default() += 1;
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        self.records += other.records;
        self.discovered.merge(other.discovered);
        self.subjects.resize_with(self.subjects.len().max(other.subjects.len()), Heard::default);
        self.subjects.iter_mut().zip(other.subjects).for_each(|(mine, theirs)| mine.merge(theirs));
        merge_maps(&mut self.pairs, other.pairs, |mine, theirs| mine.merge(&theirs));
        merge_maps(&mut self.contests, other.contests, |mine, theirs| {
            mine.count += theirs.count;
            merge_maps(&mut mine.on, theirs.on, |mine, theirs| *mine += theirs);
            mine.trim();
        });
        merge_maps(&mut self.draws, other.draws, |mine, theirs| *mine += theirs);
    }
}

impl Bouts {
    /// Keeps the first grounds by name: which are kept must not depend on the order they came in.
    fn trim(&mut self) {
        while self.on.len() > MOST_GROUNDS {
            self.on.pop_last();
        }
    }
}

impl Heard {
    fn add(&mut self, facts: &Facts, text: &str, said: &About, held: bool) {
        self.mentions += u64::from(said.mentions.max(1));
        if let Some(author) = facts.author {
            self.authors.add(author);
        }
        let Some(score) = &said.score else {
            self.unscored += 1;
            return;
        };
        self.tally.add(score);
        if !held {
            self.alone.add(score);
        }
        if let Some(day) = facts.day {
            self.days.add(day, score);
        }
        self.quotes.add(facts, text, score);
    }

    fn merge(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.unscored += other.unscored;
        self.tally.merge(&other.tally);
        self.alone.merge(&other.alone);
        self.authors.merge(other.authors);
        self.days.merge(other.days);
        self.quotes.merge(other.quotes);
        self.noise.merge(other.noise);
    }
}
