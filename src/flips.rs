//! Which records change sides. In: sources and two analyzers. Out: how many records go from one
//! polarity to another, and those that move most, with the words that did it. Separate because it
//! is the answer to "what does my change of the lexicon do to my data?".

use crate::analyze::{Analysis, Analyzer, Outcome, Scratch};
use crate::error::Result;
use crate::explain::{Explanation, explain};
use crate::input::open::open;
use crate::input::{Field, Record, Source};
use crate::mention::Ear;
use crate::pipeline::Job;
use crate::redact::redact;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// What becomes of records when the lexicon changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Flips {
    /// Records that were read.
    pub records: u64,
    /// Records whose polarity differs.
    pub flipped: u64,
    /// Records with another score, whatever their polarity.
    pub moved: u64,
    /// Records by polarity before and after.
    pub table: Vec<Cell>,
    /// The records that flip and move most.
    pub examples: Vec<Example>,
}

/// A number of records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Polarity by the first lexicon.
    pub from: &'static str,
    /// Polarity by the second.
    pub to: &'static str,
    /// Records.
    pub records: u64,
}

/// A record that flips.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Example {
    /// The file.
    pub file: String,
    /// Number of the record in it, from 1.
    pub record: u64,
    /// Polarity by the first lexicon.
    pub from: &'static str,
    /// Polarity by the second.
    pub to: &'static str,
    /// Score by the first lexicon; none if unscored.
    pub before: Option<f64>,
    /// Score by the second.
    pub after: Option<f64>,
    /// What was written, without personal data.
    pub text: String,
    /// The words that differ.
    pub words: Vec<Word>,
}

/// A word that counts otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Word {
    /// As written, without personal data.
    pub text: String,
    /// Its points by the first lexicon, after all rules; none when it has no opinion there.
    pub before: Option<f64>,
    /// Its points by the second.
    pub after: Option<f64>,
}

/// How to look for flips.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Examples to keep.
    pub examples: usize,
    /// Leave personal data in texts.
    pub unredacted: bool,
}

/// A record to be told of; the smallest are kept: they move most, and then come first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    order: (std::cmp::Reverse<u32>, usize, u64),
    title: Option<String>,
    text: Option<String>,
    lang: Option<String>,
}

#[derive(Default)]
struct Seen {
    table: BTreeMap<(&'static str, &'static str), u64>,
    moved: u64,
    candidates: BTreeSet<Candidate>,
}

/// Reads all sources with the analyzer of `job` and with the one that was there before.
///
/// # Errors
/// When a source cannot be read.
pub fn flips(before: &Analyzer, job: &Job, sources: &[Source], options: Options) -> Result<Flips> {
    let seen = Mutex::new(Seen::default());
    let spare: Mutex<Vec<Scratch>> = Mutex::new(Vec::new());
    let members = sources.iter().flat_map(|source| open(source, &job.options, &job.progress));
    for (number, member) in members.enumerate() {
        let mut opened = member.opened?;
        let look = |record: &Record, after: &Analysis, _: &Ear, _: bool, _: &mut Vec<u8>| {
            let mut scratch = lock(&spare).pop().unwrap_or_default();
            let get = |field: Field| record.get(field as usize);
            let old = before.analyze(get(Field::Title), get(Field::Text), get(Field::Lang), &mut scratch).outcome;
            lock(&seen).add((number, record), old, after.outcome, options.examples);
            lock(&spare).push(scratch);
        };
        job.stream(number, &mut opened, None, &look, &mut std::io::sink())?;
    }
    let seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(seen.told(before, &job.analyzer, sources, options))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn polarity(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Scored(score) => score.polarity.name(),
        Outcome::NoText | Outcome::NoLexicon => "unscored",
    }
}

fn score(outcome: Outcome) -> i32 {
    match outcome {
        Outcome::Scored(score) => score.score,
        Outcome::NoText | Outcome::NoLexicon => 0,
    }
}

impl Seen {
    fn add(&mut self, (file, record): (usize, &Record), old: Outcome, new: Outcome, most: usize) {
        let (from, to) = (polarity(old), polarity(new));
        *self.table.entry((from, to)).or_default() += 1;
        let size = score(new).abs_diff(score(old));
        self.moved += u64::from(size > 0);
        if from == to || most == 0 {
            return;
        }
        let order = (std::cmp::Reverse(size), file, record.number);
        if self.candidates.len() >= most && self.candidates.last().is_some_and(|last| last.order < order) {
            return;
        }
        let owned = |field: Field| record.get(field as usize).map(str::to_owned);
        self.candidates.insert(Candidate { order, title: owned(Field::Title), text: owned(Field::Text), lang: owned(Field::Lang) });
        if self.candidates.len() > most {
            self.candidates.pop_last();
        }
    }

    fn told(self, before: &Analyzer, after: &Analyzer, sources: &[Source], options: Options) -> Flips {
        let cells: Vec<Cell> = self.table.into_iter().map(|((from, to), records)| Cell { from, to, records }).collect();
        let example = |candidate: Candidate| {
            let (_, file, record) = candidate.order;
            let by = |analyzer| explain(analyzer, candidate.title.as_deref(), candidate.text.as_deref(), candidate.lang.as_deref());
            let name = sources.get(file).map(|source| source.name.clone()).unwrap_or_default();
            Example { file: name, record, ..compared(&by(before), &by(after), options.unredacted) }
        };
        Flips {
            records: cells.iter().map(|cell| cell.records).sum(),
            flipped: cells.iter().filter(|cell| cell.from != cell.to).map(|cell| cell.records).sum(),
            moved: self.moved,
            examples: self.candidates.into_iter().map(example).collect(),
            table: cells,
        }
    }
}

/// Two explanations of one text as an example without its place.
fn compared(old: &Explanation, new: &Explanation, unredacted: bool) -> Example {
    let clean = |text: &str| if unredacted { text.to_owned() } else { redact(text).into_owned() };
    let result = |explanation: &Explanation| explanation.result.as_ref().map_or(("unscored", None), |r| (r.polarity, Some(r.score)));
    let ((from, before), (to, after)) = (result(old), result(new));
    let mut words: Vec<Word> = Vec::new();
    let mut rest: Vec<(&str, f64)> = new.opinions.iter().map(|opinion| (opinion.text.as_str(), opinion.points)).collect();
    for opinion in &old.opinions {
        let same = rest.iter().position(|(text, _)| *text == opinion.text).map(|at| rest.remove(at).1);
        if same.is_none_or(|points| (points - opinion.points).abs() > 1e-9) {
            words.push(Word { text: clean(&opinion.text), before: Some(opinion.points), after: same });
        }
    }
    words.extend(rest.into_iter().map(|(text, points)| Word { text: clean(text), before: None, after: Some(points) }));
    let size = |word: &Word| (word.after.unwrap_or(0.0) - word.before.unwrap_or(0.0)).abs();
    words.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let text = if new.text.is_empty() { &old.text } else { &new.text };
    Example { file: String::new(), record: 0, from, to, before, after, text: clean(text), words }
}
