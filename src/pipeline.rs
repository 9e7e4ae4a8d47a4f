//! All cores at work. In: sources and what to do. Out: a summary, or rows in input order. Separate
//! because nothing else knows how records meet threads. Workers take blocks, one at a time, from whoever
//! reads; each keeps its own scratch memory and its own summary, and summaries merge at the end.

mod authors;
mod file;
pub mod listening;
mod order;
mod rejects;
mod routes;
mod supply;

pub use authors::Authors;
pub use order::Gate;
pub use rejects::Rejects;
pub use routes::{Routes, Way};

use crate::analyze::{Analysis, Analyzer, Outcome, Scratch};
use crate::copies::Counting;
use crate::error::{Error, Result};
use crate::evaluate::{Evaluation, Word};
use crate::explain;
use crate::input::columns::names_authors;
use crate::input::open::{Member, open};
use crate::input::profile;
use crate::input::rating::Scale;
use crate::input::{Block, Field, Flaw, Opened, Options, Record, Source, Truth};
use crate::mention::{Ear, Listener};
use crate::report::FileOutcome;
use crate::summary::skips::Reason;
use crate::summary::{Facts, Skips, Summary};
use crate::theme::Phrases;
use authors::Names;
use file::{Checked, Desk, File, Seen};
use listening::{Listening, asked};
use order::InOrder;
use rayon::iter::{ParallelBridge, ParallelIterator};
use routes::Parts;
use std::io::Write;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use supply::{SharedBlocks, Supplied};

/// What all runs need.
pub struct Job {
    /// Scores records.
    pub analyzer: Analyzer,
    /// How to read the input.
    pub options: Options,
    /// How the truth about records is taken from the input.
    pub truth: Truth,
    /// Threads; 0 for one per core.
    pub threads: usize,
    /// How copies of earlier records are counted in a summary.
    pub copies: Counting,
    /// How authors are called in a summary.
    pub authors: Authors,
    /// Whether a summary is to be merged with those of other runs: see [`Prints`](crate::summary::Prints).
    pub prints: bool,
    /// Where records go that cannot be read, if anywhere.
    pub rejects: Option<Rejects>,
    /// Whom to listen for, if anybody; the columns its queries ask for are the last of [`Options::extra`].
    pub listener: Option<Listener>,
    /// Advanced by the stored bytes that have been read.
    pub progress: Arc<AtomicU64>,
}

impl Job {
    fn pool(&self) -> Result<rayon::ThreadPool> {
        rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads)
            .build()
            .map_err(|e| Error::usage(format!("found no threads to work with: {e}")))
    }

    /// Reads all sources into one summary, grouped by `fields` and by the columns in
    /// [`Options::extra`].
    ///
    /// # Errors
    /// Only when no thread can be started: what is wrong with a file is told in its outcome, and the
    /// other files are still read.
    pub fn summarize(&self, sources: &[Source], fields: &[Field]) -> Result<(Summary, Vec<FileOutcome>)> {
        let (summaries, outcomes) = self.summarize_by(sources, fields, &Routes::ONE)?;
        Ok((summaries.into_iter().next().unwrap_or_default(), outcomes))
    }

    /// Reads all sources into one summary for each way that records can go, grouped alike. Copies are told
    /// apart among all records, whichever way those before them went.
    ///
    /// # Errors
    /// As [`Job::summarize`].
    pub fn summarize_by(&self, sources: &[Source], fields: &[Field], routes: &Routes) -> Result<(Vec<Summary>, Vec<FileOutcome>)> {
        type Working = (Parts, Ear, Names, Phrases);
        let groupings = self.groupings(fields);
        let listening = self.listening();
        let subjects = self.listener.as_ref().map_or(0, Listener::len);
        let nothing = || Summary::new(groupings.len(), subjects);
        let last = routes.ways.saturating_sub(1);
        let add = |(parts, ear, names, phrases): &mut Working, facts: &Facts, seen: Seen| match seen {
            Seen::Flawed(flaw, _) => parts.of(last, routes, nothing).skip(facts, Reason::Flawed(flaw)),
            Seen::Copy => parts.of(last, routes, nothing).skip(facts, Reason::Copy),
            Seen::Analyzed(record, analysis, _) => {
                let decides = routes.by.and_then(|at| record.get(groupings.get(at)?.0));
                let summary = parts.of((routes.way)(facts.day, decides), routes, nothing);
                if let Some(listening) = &listening {
                    listening.hear(&record, &analysis, ear);
                    summary.mentions.hear(facts, &analysis, listening.listener, ear);
                }
                match analysis.outcome {
                    Outcome::Scored(score) => {
                        names.call(&self.authors, groupings.iter().map(|&(place, author)| (record.get(place), author)));
                        let groups = names.called(groupings.iter().map(|&(place, author)| (record.get(place), author)));
                        summary.add(facts, analysis.text, &score, analysis.reading, analysis.hits, groups);
                        phrases.find(analysis.language, analysis.reading, analysis.hits);
                        let heard = listening.iter().flat_map(|_| ear.subjects()).map(|about| about.subject);
                        summary.keep(facts, analysis.text, &score, phrases, heard);
                    }
                    Outcome::NoText => summary.skip(facts, Reason::Flawed(Flaw::NoText)),
                    Outcome::NoLexicon => summary.skip(facts, Reason::NoLexicon(analysis.language.to_owned())),
                }
            }
        };
        let settle = |(parts, ..): &mut Working, outcome: &mut FileOutcome| {
            for summary in parts.each() {
                summary.resolve();
                outcome.rank.digest = outcome.rank.digest.wrapping_add(summary.digest);
            }
        };
        let empty = || (Parts::default(), Ear::default(), Names::default(), Phrases::default());
        let merge = |mine: &mut Working, theirs: Working| mine.0.merge(theirs.0);
        let gate = (self.copies == Counting::Once).then(Gate::new);
        let fold = Fold { empty: &empty, add: &add, merge, settle: &settle, gate: gate.as_ref() };
        // In the order of their names, so that it does not matter in which they were named.
        let mut sources = sources.to_vec();
        sources.sort_by(|one, other| one.name.cmp(&other.name));
        let ((parts, ..), mut outcomes) = self.gather(&sources, &fold)?;
        let mut summaries = parts.finish(routes, nothing);
        summaries.iter_mut().for_each(Summary::sort);
        if let Some(gate) = &gate {
            for summary in &mut summaries {
                summary.texts.count_copies(|keys| gate.copies(keys));
                summary.quotes.count_copies(|keys| gate.copies(keys));
                summary.clashes.count_copies(|keys| gate.copies(keys));
                summary.mentions.subjects.iter_mut().for_each(|heard| heard.quotes.count_copies(|keys| gate.copies(keys)));
            }
            if let Some((last, note)) = outcomes.last_mut().zip(gate.note()) {
                last.notes.push(note);
            }
        }
        Ok((summaries, outcomes))
    }

    /// Reads all sources into one evaluation, sliced by `fields` and by the columns in
    /// [`Options::extra`], and lets `rivals` answer the same records. Copies count each: whether an answer
    /// is right does not depend on how often it is asked for, and a labelled sample is not thinned out.
    ///
    /// # Errors
    /// As [`Job::summarize`].
    pub fn evaluate(&self, sources: &[Source], fields: &[Field], rivals: &[Analyzer]) -> Result<(Evaluation, Vec<FileOutcome>)> {
        type Working = (Evaluation, Vec<Scratch>);
        let slicings = self.places(fields);
        let empty = || -> Working { (Evaluation::new(slicings.len(), rivals.len()), rivals.iter().map(|_| Scratch::default()).collect()) };
        let add = |(evaluation, scratches): &mut Working, facts: &Facts, seen: Seen| match seen {
            Seen::Flawed(flaw, _) => evaluation.skip(facts, Reason::Flawed(flaw)),
            Seen::Copy => evaluation.skip(facts, Reason::Copy),
            Seen::Analyzed(_, Analysis { outcome: Outcome::NoText, .. }, _) => evaluation.skip(facts, Reason::Flawed(Flaw::NoText)),
            Seen::Analyzed(record, analysis, _) => {
                let stated = record.get(Field::Lang as usize);
                let others = rivals.iter().zip(scratches);
                let others = others.map(|(rival, scratch)| rival.analyze(None, Some(analysis.text), stated, scratch).outcome);
                let why = || self.heaviest(&analysis, stated);
                evaluation.add(facts, &analysis, slicings.iter().map(|&place| record.get(place)), others, why);
            }
        };
        let merge = |mine: &mut Working, theirs: Working| mine.0.merge(theirs.0);
        let settle = |(evaluation, _): &mut Working, outcome: &mut FileOutcome| {
            let unknown: Vec<String> = evaluation.resolve().iter().map(i8::to_string).collect();
            if !unknown.is_empty() {
                let (list, map) = (unknown.join(", "), unknown.join("=CLASS,"));
                outcome.notes.push(format!("labels {list} fit no known scheme; say what they mean with --label-map '{map}=CLASS'"));
            }
        };
        let ((evaluation, _), outcomes) = self.gather(sources, &Fold { empty: &empty, add: &add, merge, settle: &settle, gate: None })?;
        Ok((evaluation, outcomes))
    }

    /// Shows every record of all sources to `add`: what is known of it, and fields and analysis if it
    /// could be read. Parts are made by `empty` and merged in any order; `settle` is called for each
    /// source when all of its records are in. Copies are shown like all others.
    ///
    /// # Errors
    /// As [`Job::summarize`].
    pub fn collect<S: Send>(&self, sources: &[Source], ways: &Ways<S>) -> Result<(S, Vec<FileOutcome>)> {
        let add = |part: &mut S, facts: &Facts, seen: Seen| match seen {
            Seen::Flawed(..) | Seen::Copy => (ways.add)(part, facts, None),
            Seen::Analyzed(record, analysis, _) => (ways.add)(part, facts, Some((&record, &analysis))),
        };
        let settle = |part: &mut S, _: &mut FileOutcome| (ways.settle)(part);
        self.gather(sources, &Fold { empty: ways.empty, add: &add, merge: ways.merge, settle: &settle, gate: None })
    }

    /// Does work on the threads of this job.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T> {
        Ok(self.pool()?.install(work))
    }

    /// The words that weigh most in a record's score.
    fn heaviest(&self, analysis: &Analysis, stated: Option<&str>) -> Vec<Word> {
        const WORDS: usize = 3;
        let explanation = explain::explain(&self.analyzer, None, Some(analysis.text), stated);
        let opinions = explanation.opinions.into_iter().map(|opinion| (opinion.text, opinion.adds));
        let others = explanation.leanings.into_iter().map(|word| (word.text, word.adds));
        #[allow(clippy::cast_possible_truncation)] // leanings are small
        let word = |(text, adds): (String, explain::Weight)| Word { text, lean: (adds.lean * 1000.0).round() as i32 };
        let mut words: Vec<Word> = opinions.chain(others).map(word).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.lean.abs()));
        words.truncate(WORDS);
        words
    }

    /// Where the fields and columns that records are grouped by stand in a record, and whether they name authors.
    fn groupings(&self, fields: &[Field]) -> Vec<(usize, bool)> {
        let is_author = |name: &str| self.options.named.iter().any(|(field, column)| *field == Field::Author && column == name);
        let names = fields.iter().map(|field| field.name()).chain(self.options.extra.iter().map(String::as_str));
        self.places(fields).into_iter().zip(names.map(|name| names_authors(name) || is_author(name))).collect()
    }

    /// Where fields, and the columns behind them, stand in a record; without those that only queries ask for.
    fn places(&self, fields: &[Field]) -> Vec<usize> {
        fields.iter().map(|&field| field as usize).chain((0..self.grouped()).map(|i| Field::ALL.len() + i)).collect()
    }

    /// Number of the columns of [`Options::extra`] that are not there for queries alone.
    fn grouped(&self) -> usize {
        self.options.extra.len() - self.listener.as_ref().map_or(0, |listener| asked(listener).count()).min(self.options.extra.len())
    }

    fn listening(&self) -> Option<Listening<'_>> {
        self.listener.as_ref().map(|listener| Listening::new(listener, &self.analyzer, None, self.grouped()))
    }

    fn gather<S: Send>(&self, sources: &[Source], fold: &Fold<S>) -> Result<(S, Vec<FileOutcome>)> {
        let pool = self.pool()?;
        let mut whole = (fold.empty)();
        let mut outcomes: Vec<FileOutcome> = Vec::new();
        for source in sources {
            let first = outcomes.len();
            let mut members = open(source, &self.options, &self.progress);
            for member in members.by_ref() {
                let (mut outcome, part) = self.read(&pool, outcomes.len(), member, fold);
                let before = outcomes.last().map(|last| &last.rank).filter(|last| last.source == source.name);
                outcome.rank.member = before.map_or(0, |last| last.member.saturating_add(1));
                outcome.rank.source.clone_from(&source.name);
                outcomes.push(outcome);
                if let Some(part) = part {
                    (fold.merge)(&mut whole, part);
                }
            }
            if let Some((outcome, note)) = outcomes.get_mut(first).zip(members.note()) {
                outcome.notes.push(note);
            }
        }
        Ok((whole, outcomes))
    }

    /// Reads one member: what became of it, and what it adds.
    fn read<S: Send>(&self, pool: &rayon::ThreadPool, number: usize, member: Member, fold: &Fold<S>) -> (FileOutcome, Option<S>) {
        let mut outcome = FileOutcome { name: member.source.name, ..FileOutcome::default() };
        let mut opened = match member.opened {
            Ok(opened) => opened,
            Err(error) => {
                outcome.fault = Some(error);
                return (outcome, None);
            }
        };
        outcome.format = opened.dialect.describe();
        outcome.authors = opened.columns.of(Field::Author).is_some();
        outcome.most_stars = opened.columns.scale.map(Scale::most);
        outcome.notes.extend(opened.profile.as_ref().map(profile::Match::note).into_iter().chain(opened.columns.notes.clone()));
        let file = File::new(number, &opened, &self.truth, &self.options).with_authors(&self.authors, self.prints);
        outcome.truth.clone_from(&file.told);
        let blocks = SharedBlocks::new(opened.blocks());
        let checked = fold.gate.map(|gate| Checked::from_begin(gate, false));
        let rejects = self.rejects.as_ref().map(|rejects| rejects.begin(&outcome.name));
        let mut part = pool.install(|| Self::fold(&self.analyzer, &blocks, &Reading { file: &file, checked, rejects }, fold));
        (fold.settle)(&mut part, &mut outcome);
        outcome.notes.extend(opened.repairs.notes());
        outcome.fault = blocks.failure().map(|e| opened.damaged(&e));
        (outcome, Some(part))
    }

    fn fold<S: Send>(analyzer: &Analyzer, blocks: &SharedBlocks, reading: &Reading, fold: &Fold<S>) -> S {
        let worker = || ((fold.empty)(), Desk::default());
        let add = |(mut part, mut desk): (S, Desk), block: Block| {
            reading.each_record(analyzer, &block, &mut desk, |facts, seen| (fold.add)(&mut part, &facts, seen));
            blocks.give_back(block);
            (part, desk)
        };
        let merge = |mut one: S, other| {
            (fold.merge)(&mut one, other);
            one
        };
        Supplied(blocks).par_bridge().fold(worker, add).map(|(part, _)| part).reduce(fold.empty, merge)
    }

    /// Turns every record of an opened source into bytes and writes them in input order. Records that
    /// cannot be read are returned as skips. With a gate, which is that of all sources, copies of earlier
    /// records are marked as such.
    ///
    /// # Errors
    /// When writing fails, or the source breaks off; what came before has been written.
    pub fn stream(
        &self,
        number: usize,
        opened: &mut Opened,
        gate: Option<&Gate>,
        row_of: &RowOf,
        out: &mut (dyn Write + Send),
    ) -> Result<Streamed> {
        let pool = self.pool()?;
        let file = File::new(number, opened, &self.truth, &self.options);
        let blocks = SharedBlocks::new(opened.blocks());
        let writer = InOrder::new(out);
        let checked = gate.map(|gate| Checked::from_begin(gate, true));
        let reading = Reading { file: &file, checked, rejects: self.rejects.as_ref().map(|rejects| rejects.begin(&opened.source.name)) };
        let listening = self.listener.as_ref().map(|listener| {
            let all = opened.extra.len() == opened.dialect.columns().len();
            Listening::new(listener, &self.analyzer, all.then_some(opened), self.grouped())
        });
        let render = |(desk, ear): &mut (Desk, Ear), block: Block| {
            let (mut bytes, mut sum) = (Vec::new(), Streamed::default());
            reading.each_record(&self.analyzer, &block, desk, |facts, seen| {
                sum.read += 1;
                match seen {
                    Seen::Flawed(flaw, _) => sum.skips.add(Reason::Flawed(flaw), facts.place),
                    Seen::Copy => sum.skips.add(Reason::Copy, facts.place),
                    Seen::Analyzed(record, analysis, copy) => {
                        sum.copies += u64::from(copy);
                        if let Some(listening) = &listening {
                            listening.hear(&record, &analysis, ear);
                        }
                        row_of(&record, &analysis, ear, copy, &mut bytes);
                    }
                }
            });
            let written = writer.write(block.number, bytes);
            blocks.give_back(block);
            written.map(|()| sum)
        };
        let merge = |mut one: Streamed, other| {
            one.merge(other);
            Ok(one)
        };
        let sum = pool
            .install(|| Supplied(&blocks).par_bridge().map_init(<(Desk, Ear)>::default, render).try_reduce(Streamed::default, merge))
            .map_err(|e| Error::writing("standard output", &e))?;
        match blocks.failure() {
            Some(error) => Err(opened.damaged(&error)),
            None => Ok(sum),
        }
    }
}

/// What became of the records of a source that were turned into rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Streamed {
    /// Records read: rows and skips.
    pub read: u64,
    /// Rows of copies of earlier records.
    pub copies: u64,
    /// Records without a row.
    pub skips: Skips,
}

impl Streamed {
    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        self.read += other.read;
        self.copies += other.copies;
        self.skips.merge(other.skips);
    }
}

/// What workers need for the records of a file.
struct Reading<'r> {
    file: &'r File,
    checked: Option<Checked<'r>>,
    rejects: Option<rejects::OfFile<'r>>,
}

impl Reading<'_> {
    fn each_record(&self, analyzer: &Analyzer, block: &Block, desk: &mut Desk, mut see: impl FnMut(Facts, Seen)) {
        let Some(rejects) = &self.rejects else {
            return self.file.each_record(analyzer, block, desk, self.checked.as_ref(), see);
        };
        let mut bytes = Vec::new();
        self.file.each_record(analyzer, block, desk, self.checked.as_ref(), |facts, seen| {
            if let Seen::Flawed(flaw, raw) = seen
                && flaw.is_bad()
            {
                rejects.add(facts.place, flaw, raw, &mut bytes);
            }
            see(facts, seen);
        });
        rejects.write(block.number, bytes);
    }
}

/// How records add up.
struct Fold<'f, S> {
    empty: &'f (dyn Fn() -> S + Sync),
    add: &'f (dyn Fn(&mut S, &Facts, Seen) + Sync),
    merge: fn(&mut S, S),
    /// What is done when all records of a file are in.
    settle: &'f (dyn Fn(&mut S, &mut FileOutcome) + Sync),
    /// Tells copies of earlier records, if they are left out.
    gate: Option<&'f Gate>,
}

/// Adds a record to a part: what is known of it, and fields and analysis if it could be read.
pub type Add<'w, S> = dyn Fn(&mut S, &Facts, Option<(&Record, &Analysis)>) + Sync + 'w;

/// How whoever asks adds up records; see [`Job::collect`].
pub struct Ways<'w, S> {
    /// Makes an empty part.
    pub empty: &'w (dyn Fn() -> S + Sync),
    /// Adds a record to a part.
    pub add: &'w Add<'w, S>,
    /// Adds a part to another.
    pub merge: fn(&mut S, S),
    /// Finishes the part of a source.
    pub settle: &'w (dyn Fn(&mut S) + Sync),
}

/// Turns a record, its analysis, what was heard in it and whether it is a copy of an earlier one into output.
pub type RowOf<'f> = dyn Fn(&Record, &Analysis, &Ear, bool, &mut Vec<u8>) + Sync + 'f;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
