//! All cores at work. In: sources and what to do. Out: a summary, or rows in input order. Separate
//! because nothing else knows how records meet threads. Workers take blocks, one at a time, from whoever
//! reads; each keeps its own scratch memory and its own summary, and summaries merge at the end.

use crate::analyze::{Analysis, Analyzer, Outcome, Scratch};
use crate::error::{Error, Result};
use crate::evaluate::{Evaluation, Word};
use crate::explain;
use crate::input::label::{Class, Labels, Mark, Trust};
use crate::input::open::{Member, Opened, open};
use crate::input::profile;
use crate::input::rating::Scale;
use crate::input::{Block, Blocks, Cut, Field, Flaw, Label, Options, Parser, Record, Row, Source, Truth, dates::DateFormat};
use crate::report::{FileOutcome, TruthNote};
use crate::summary::skips::Reason;
use crate::summary::{Facts, Place, Skips, Summary};
use rayon::iter::{ParallelBridge, ParallelIterator};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

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
        let groupings = self.places(fields);
        let add = |summary: &mut Summary, facts: &Facts, seen: Seen| match seen {
            Seen::Flawed(flaw) => summary.skip(facts, Reason::Flawed(flaw)),
            Seen::Analyzed(record, analysis) => match analysis.outcome {
                Outcome::Scored(score) => summary.add(
                    facts,
                    analysis.text,
                    &score,
                    analysis.reading,
                    analysis.hits,
                    groupings.iter().map(|&place| record.get(place)),
                ),
                Outcome::NoText => summary.skip(facts, Reason::Flawed(Flaw::NoText)),
                Outcome::NoLexicon => summary.skip(facts, Reason::NoLexicon(analysis.language.to_owned())),
            },
        };
        let settle = |summary: &mut Summary, _: &mut FileOutcome| summary.resolve();
        self.gather(sources, &Fold { empty: &|| Summary::new(groupings.len()), add: &add, merge: Summary::merge, settle: &settle })
    }

    /// Reads all sources into one evaluation, sliced by `fields` and by the columns in
    /// [`Options::extra`], and lets `rivals` answer the same records.
    ///
    /// # Errors
    /// As [`Job::summarize`].
    pub fn evaluate(&self, sources: &[Source], fields: &[Field], rivals: &[Analyzer]) -> Result<(Evaluation, Vec<FileOutcome>)> {
        type Working = (Evaluation, Vec<Scratch>);
        let slicings = self.places(fields);
        let empty = || -> Working { (Evaluation::new(slicings.len(), rivals.len()), rivals.iter().map(|_| Scratch::default()).collect()) };
        let add = |(evaluation, scratches): &mut Working, facts: &Facts, seen: Seen| match seen {
            Seen::Flawed(flaw) => evaluation.skip(facts, Reason::Flawed(flaw)),
            Seen::Analyzed(_, Analysis { outcome: Outcome::NoText, .. }) => evaluation.skip(facts, Reason::Flawed(Flaw::NoText)),
            Seen::Analyzed(record, analysis) => {
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
        let ((evaluation, _), outcomes) = self.gather(sources, &Fold { empty: &empty, add: &add, merge, settle: &settle })?;
        Ok((evaluation, outcomes))
    }

    /// Shows every record of all sources to `add`: what is known of it, and fields and analysis if it
    /// could be read. Parts are made by `empty` and merged in any order; `settle` is called for each
    /// source when all of its records are in.
    ///
    /// # Errors
    /// As [`Job::summarize`].
    pub fn collect<S: Send>(&self, sources: &[Source], ways: &Ways<S>) -> Result<(S, Vec<FileOutcome>)> {
        let add = |part: &mut S, facts: &Facts, seen: Seen| match seen {
            Seen::Flawed(_) => (ways.add)(part, facts, None),
            Seen::Analyzed(record, analysis) => (ways.add)(part, facts, Some((&record, &analysis))),
        };
        self.gather(sources, &Fold { empty: ways.empty, add: &add, merge: ways.merge, settle: &|part, _| (ways.settle)(part) })
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

    /// Where fields, and the columns behind them, stand in a record.
    fn places(&self, fields: &[Field]) -> Vec<usize> {
        fields.iter().map(|&field| field as usize).chain((0..self.options.extra.len()).map(|i| Field::ALL.len() + i)).collect()
    }

    fn gather<S: Send>(&self, sources: &[Source], fold: &Fold<S>) -> Result<(S, Vec<FileOutcome>)> {
        let pool = self.pool()?;
        let mut whole = (fold.empty)();
        let mut outcomes = Vec::new();
        for source in sources {
            let first = outcomes.len();
            let mut members = open(source, &self.options, &self.progress);
            for member in members.by_ref() {
                let (outcome, part) = self.read(&pool, outcomes.len(), member, fold);
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
        outcome.most_stars = opened.columns.scale.map(Scale::most);
        outcome.notes.extend(opened.profile.as_ref().map(profile::Match::note).into_iter().chain(opened.columns.notes.clone()));
        let file = File::new(number, &opened, &self.truth, &self.options);
        outcome.truth.clone_from(&file.told);
        let blocks = SharedBlocks::new(opened.blocks());
        let mut part = pool.install(|| self.fold(&blocks, &file, fold));
        (fold.settle)(&mut part, &mut outcome);
        outcome.fault = blocks.failure().map(|e| opened.damaged(&e));
        (outcome, Some(part))
    }

    fn fold<S: Send>(&self, blocks: &SharedBlocks, file: &File, fold: &Fold<S>) -> S {
        let worker = || ((fold.empty)(), Scratch::default(), Row::new());
        let add = |(mut part, mut scratch, mut row): (S, Scratch, Row), block: Block| {
            file.each_record(&self.analyzer, &block, &mut scratch, &mut row, |facts, seen| (fold.add)(&mut part, &facts, seen));
            blocks.give_back(block);
            (part, scratch, row)
        };
        let merge = |mut one: S, other| {
            (fold.merge)(&mut one, other);
            one
        };
        Supplied(blocks).par_bridge().fold(worker, add).map(|(part, ..)| part).reduce(fold.empty, merge)
    }

    /// Turns every record of an opened source into bytes and writes them in input order. Records that
    /// cannot be read are returned as skips.
    ///
    /// # Errors
    /// When writing fails, or the source breaks off; what came before has been written.
    pub fn stream(&self, number: usize, opened: &mut Opened, row_of: &RowOf, out: &mut (dyn Write + Send)) -> Result<Skips> {
        let pool = self.pool()?;
        let file = File::new(number, opened, &self.truth, &self.options);
        let blocks = SharedBlocks::new(opened.blocks());
        let writer = InOrder::new(out);
        let worker = || (Scratch::default(), Row::new());
        let render = |(scratch, row): &mut (Scratch, Row), block: Block| {
            let (mut bytes, mut skips) = (Vec::new(), Skips::default());
            file.each_record(&self.analyzer, &block, scratch, row, |facts, seen| match seen {
                Seen::Flawed(flaw) => skips.add(Reason::Flawed(flaw), facts.place),
                Seen::Analyzed(record, analysis) => row_of(&record, &analysis, &mut bytes),
            });
            let written = writer.write(block.number, bytes);
            blocks.give_back(block);
            written.map(|()| skips)
        };
        let merge = |mut one: Skips, other| {
            one.merge(other);
            Ok(one)
        };
        let skips = pool
            .install(|| Supplied(&blocks).par_bridge().map_init(worker, render).try_reduce(Skips::default, merge))
            .map_err(|e| Error::writing("standard output", &e))?;
        match blocks.failure() {
            Some(error) => Err(opened.damaged(&error)),
            None => Ok(skips),
        }
    }
}

/// How records add up.
struct Fold<'f, S> {
    empty: &'f (dyn Fn() -> S + Sync),
    add: &'f (dyn Fn(&mut S, &Facts, Seen) + Sync),
    merge: fn(&mut S, S),
    /// What is done when all records of a file are in.
    settle: &'f (dyn Fn(&mut S, &mut FileOutcome) + Sync),
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

/// Turns a record and its analysis into output.
pub type RowOf<'f> = dyn Fn(&Record, &Analysis, &mut Vec<u8>) + Sync + 'f;

/// What workers know of the file they are in.
struct File {
    number: u32,
    parser: Box<dyn Parser>,
    dates: Option<DateFormat>,
    scale: Option<Scale>,
    truth: FileTruth,
    told: Option<TruthNote>,
    /// Whether its lines mean something.
    has_lines: bool,
}

/// Where a file says what its records truly are.
enum FileTruth {
    Nowhere,
    Labels(Arc<Labels>),
    Stars { neutral: bool },
}

impl FileTruth {
    fn of(opened: &Opened, truth: &Truth, options: &Options) -> (Self, Option<TruthNote>) {
        let named = |field: Field| options.named.iter().any(|(known, _)| *known == field);
        let label = opened.columns.of(Field::Label).filter(|_| match truth.trust {
            Trust::Named => named(Field::Label),
            Trust::Found => named(Field::Label) || !named(Field::Rating),
            Trust::Stars => false,
        });
        let note = |column: &str, most| Some(TruthNote { column: column.to_owned(), most });
        if let Some(choice) = label {
            return (Self::Labels(Arc::clone(&truth.labels)), note(&choice.name, None));
        }
        match opened.columns.of(Field::Rating).zip(opened.columns.scale) {
            Some((choice, scale)) => (Self::Stars { neutral: !truth.no_neutral_stars }, note(&choice.name, Some(scale.most()))),
            None => (Self::Nowhere, None),
        }
    }
}

/// What came of a record.
enum Seen<'r> {
    Flawed(Flaw),
    Analyzed(Record<'r>, Analysis<'r>),
}

impl File {
    fn new(number: usize, opened: &Opened, truth: &Truth, options: &Options) -> Self {
        let (truth, told) = FileTruth::of(opened, truth, options);
        Self {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            parser: opened.parser(),
            dates: opened.columns.dates.clone(),
            scale: opened.columns.scale,
            truth,
            told,
            has_lines: opened.dialect.has_lines(),
        }
    }

    fn label<'r>(&self, record: &Record<'r>, leaning: Option<i8>) -> Label<'r> {
        let class = match (&self.truth, leaning) {
            (FileTruth::Labels(labels), _) => return record.get(Field::Label as usize).map_or(Label::Missing, |cell| labels.read(cell)),
            (FileTruth::Nowhere, _) | (FileTruth::Stars { .. }, None) => return Label::Missing,
            (FileTruth::Stars { neutral: false }, Some(0)) => return Label::LeftOut,
            (FileTruth::Stars { .. }, Some(0)) => Class::Neutral,
            (FileTruth::Stars { .. }, Some(1..)) => Class::Positive,
            (FileTruth::Stars { .. }, Some(_)) => Class::Negative,
        };
        Label::Known(Mark::class(class))
    }

    /// Analyses the records of a block one after the other.
    fn each_record(&self, analyzer: &Analyzer, block: &Block, scratch: &mut Scratch, row: &mut Row, mut see: impl FnMut(Facts, Seen)) {
        for (number, cut, bytes) in block.records() {
            let place = Place { file: self.number, record: number, line: 0 };
            match self.parse(number, cut, bytes, row) {
                Err(flaw) => {
                    let line = if self.has_lines { block.line_of(cut) } else { 0 };
                    see(Facts { place: Place { line, ..place }, ..Facts::default() }, Seen::Flawed(flaw));
                }
                Ok(record) => {
                    let get = |field: Field| record.get(field as usize);
                    let analysis = analyzer.analyze(get(Field::Title), get(Field::Text), get(Field::Lang), scratch);
                    let stars = self.scale.and_then(|scale| scale.read(get(Field::Rating)?));
                    let leaning = self.scale.zip(stars).map(|(scale, stars)| scale.leaning(stars));
                    let facts = Facts {
                        place,
                        author: get(Field::Author),
                        day: self.dates.as_ref().and_then(|format| format.day(get(Field::Date)?)),
                        stars,
                        leaning: leaning.unwrap_or(0),
                        label: self.label(&record, leaning),
                        language: if analysis.outcome == Outcome::NoText { "" } else { analysis.language },
                    };
                    see(facts, Seen::Analyzed(record, analysis));
                }
            }
        }
    }

    fn parse<'r>(&self, number: u64, cut: Cut, bytes: &'r [u8], row: &'r mut Row) -> std::result::Result<Record<'r>, Flaw> {
        if let Some(flaw) = cut.flaw {
            return Err(flaw);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Flaw::InvalidUtf8)?;
        self.parser.parse(text, row)?;
        Ok(Record::new(number, text, row))
    }
}

/// The blocks of a file, for all workers.
struct SharedBlocks {
    state: Mutex<Supply>,
}

struct Supply {
    blocks: Blocks,
    spare: Vec<Block>,
    failure: Option<io::Error>,
    ended: bool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SharedBlocks {
    const fn new(blocks: Blocks) -> Self {
        Self { state: Mutex::new(Supply { blocks, spare: Vec::new(), failure: None, ended: false }) }
    }

    fn give_back(&self, block: Block) {
        lock(&self.state).spare.push(block);
    }

    fn failure(&self) -> Option<io::Error> {
        lock(&self.state).failure.take()
    }
}

/// Hands out blocks until there are no more.
struct Supplied<'s>(&'s SharedBlocks);

impl Iterator for Supplied<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        let mut guard = lock(&self.0.state);
        let supply = &mut *guard;
        if supply.ended {
            return None;
        }
        let mut block = supply.spare.pop().unwrap_or_default();
        match supply.blocks.next_into(&mut block) {
            Ok(true) => return Some(block),
            Ok(false) => {}
            Err(error) => supply.failure = Some(error),
        }
        supply.ended = true;
        None
    }
}

/// Blocks that a fast worker may be ahead of a slow one.
const AHEAD: u64 = 64;

/// Writes what workers have rendered in the order of blocks.
struct InOrder<'w> {
    queue: Mutex<Queue<'w>>,
    moved: Condvar,
}

struct Queue<'w> {
    out: &'w mut (dyn Write + Send),
    next: u64,
    waiting: BTreeMap<u64, Vec<u8>>,
    failed: Option<io::ErrorKind>,
}

impl<'w> InOrder<'w> {
    const fn new(out: &'w mut (dyn Write + Send)) -> Self {
        Self { queue: Mutex::new(Queue { out, next: 0, waiting: BTreeMap::new(), failed: None }), moved: Condvar::new() }
    }

    /// Writes a block's bytes when all before it are written; the worker of the block that is next
    /// never waits, so there is always progress.
    fn write(&self, number: u64, bytes: Vec<u8>) -> io::Result<()> {
        let mut queue = lock(&self.queue);
        while number > queue.next + AHEAD && queue.failed.is_none() {
            queue = self.moved.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(kind) = queue.failed {
            return Err(kind.into());
        }
        queue.waiting.insert(number, bytes);
        while let Some(bytes) = {
            let next = queue.next;
            queue.waiting.remove(&next)
        } {
            if let Err(error) = queue.out.write_all(&bytes) {
                queue.failed = Some(error.kind());
                self.moved.notify_all();
                return Err(error);
            }
            queue.next += 1;
        }
        self.moved.notify_all();
        Ok(())
    }
}
