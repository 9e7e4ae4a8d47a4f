//! Labelled records out of files. In: sources and a job. Out: a corpus of one set, the words that name
//! products, places and people, and what was left out. Separate because learning wants texts in memory,
//! in the order of the files and in bounded number, where all else passes them by.

use super::{Class, Corpus};
use crate::analyze::{Analysis, Outcome};
use crate::error::Result;
use crate::input::label::{self, Mark};
use crate::input::{Field, Label, Record, Source};
use crate::pipeline::{Job, Ways};
use crate::report::FileOutcome;
use crate::summary::{Facts, Meanings};
use crate::text::{Key, Kind, Tokens};
use std::collections::HashSet;

/// Fields whose values are names: their words say who is meant, not what is thought of it.
const NAMING: [Field; 3] = [Field::Product, Field::Source, Field::Author];

/// Most bytes of text in memory: beyond, fewer records are taken. Rows and counts take about five times
/// as much.
pub const MOST_BYTES: usize = 30_000_000;

/// What was gathered.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The texts with their labels.
    pub corpus: Corpus,
    /// Code of their language.
    pub language: String,
    /// Words of the values of fields that name.
    pub names: HashSet<Key>,
    /// Texts labelled mixed: what words lean to is not learned from them, from where on a text is mixed is.
    pub mixed: Vec<Box<str>>,
    /// What was seen.
    pub seen: Seen,
}

/// Records by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Records read.
    pub read: u64,
    /// Records with a label that is known and a text in a language with a lexicon.
    pub labelled: u64,
    /// Those that are mixed: they lean neither way.
    pub mixed: u64,
    /// Those in another language than most.
    pub foreign: u64,
}

/// Gathers the labelled records of all sources. Of more than `most`, so many are taken: those whose
/// number, mixed up, is smallest, which is an even selection and the same in every run.
///
/// # Errors
/// As [`Job::collect`].
pub fn gather(job: &Job, sources: &[Source], most: usize) -> Result<(Gathered, Vec<FileOutcome>)> {
    let empty = || Basket { most, ..Basket::default() };
    let add = |basket: &mut Basket, facts: &Facts, seen: Option<(&Record, &Analysis)>| basket.add(job, facts, seen);
    let (basket, outcomes) = job.collect(sources, &Ways { empty: &empty, add: &add, merge: Basket::merge, settle: &Basket::resolve })?;
    Ok((basket.gathered(job), outcomes))
}

/// A record that was taken.
struct Taken {
    order: Order,
    mark: Mark,
    /// Which of the lexicons is for its language.
    lexicon: usize,
    text: Box<str>,
    names: Box<[Key]>,
}

/// The mixed-up number of a record, and file and record.
type Order = (u64, u32, u64);

#[derive(Default)]
struct Basket {
    most: usize,
    taken: Vec<Taken>,
    /// Records beyond this are more than enough.
    end: Option<Order>,
    marks: Vec<u64>,
    read: u64,
    tokens: Tokens,
}

impl Basket {
    fn add(&mut self, job: &Job, facts: &Facts, seen: Option<(&Record, &Analysis)>) {
        self.read += 1;
        let (Some((record, analysis)), Label::Known(mark)) = (seen, facts.label) else { return };
        let Outcome::Scored(_) = analysis.outcome else { return };
        self.count(mark, 1);
        let (file, number) = (facts.place.file, facts.place.record);
        let order = (mixed_up(number ^ u64::from(file) << 48), file, number);
        if self.end.is_some_and(|end| order > end) {
            return;
        }
        let covers = |code: &String| code.eq_ignore_ascii_case(analysis.language);
        let lexicon = job.analyzer.lexicons().iter().position(|lexicon| lexicon.covered().iter().any(covers)).unwrap_or(0);
        let names = self.names(record);
        self.taken.push(Taken { order, mark, lexicon, text: analysis.text.into(), names });
        self.trim(self.most / 4 + 1024);
    }

    fn count(&mut self, mark: Mark, times: u64) {
        self.marks.resize(Mark::COUNT, 0);
        self.marks[mark.index()] += times;
    }

    fn names(&mut self, record: &Record) -> Box<[Key]> {
        let mut names = Vec::new();
        for value in NAMING.iter().filter_map(|&field| record.get(field as usize)) {
            self.tokens.read(value);
            names.extend(self.tokens.as_slice().iter().filter(|token| token.kind == Kind::Word).map(|token| token.key));
        }
        names.into()
    }

    /// Lets go of what is more than enough, once it is so much more.
    fn trim(&mut self, spare: usize) {
        if self.taken.len() > self.most.saturating_add(spare) && self.most > 0 {
            let (_, last, _) = self.taken.select_nth_unstable_by_key(self.most - 1, |taken| taken.order);
            self.end = Some(last.order);
            self.taken.truncate(self.most);
        }
    }

    /// Takes numbers for the classes they mean, by all numbers of a file.
    fn resolve(&mut self) {
        let counts = std::mem::take(&mut self.marks);
        let seen = |mark: &Mark| counts.get(mark.index()).is_some_and(|&count| count > 0);
        let numbers: Vec<i8> = Mark::all().filter(seen).filter_map(Mark::as_number).collect();
        let meanings = Meanings::tell(&numbers);
        for (mark, &count) in Mark::all().zip(&counts) {
            if let Some(class) = meanings.of(mark) {
                self.count(Mark::class(class), count);
            }
        }
        self.taken.retain_mut(|taken| match meanings.of(taken.mark) {
            Some(class) => {
                taken.mark = Mark::class(class);
                true
            }
            None => false,
        });
        self.trim(0);
    }

    fn merge(&mut self, mut other: Self) {
        self.read += other.read;
        for (mark, &count) in Mark::all().zip(&other.marks) {
            self.count(mark, count);
        }
        self.taken.append(&mut other.taken);
        self.end = self.end.into_iter().chain(other.end).min();
        self.trim(self.most / 4 + 1024);
    }

    fn gathered(mut self, job: &Job) -> Gathered {
        self.trim(0);
        self.taken.sort_unstable_by_key(|taken| taken.order);
        let mut bytes = 0;
        self.taken.retain(|taken| {
            bytes += taken.text.len();
            bytes <= MOST_BYTES
        });
        self.taken.sort_unstable_by_key(|taken| (taken.order.1, taken.order.2));
        let labelled = Mark::all().filter(|mark| mark.as_class().is_some()).filter_map(|mark| self.marks.get(mark.index())).sum();
        let mut seen = Seen { read: self.read, labelled, ..Seen::default() };
        let lexicons = job.analyzer.lexicons();
        let of = |lexicon: usize| self.taken.iter().filter(|taken| taken.lexicon == lexicon).count();
        let home = (0..lexicons.len()).rev().max_by_key(|&lexicon| of(lexicon)).unwrap_or(0);
        let language = lexicons.get(home).and_then(|lexicon| lexicon.covered().first().cloned()).unwrap_or_default();
        let (mut names, mut texts, mut mixed) = (HashSet::new(), Vec::new(), Vec::new());
        for taken in self.taken {
            match class(taken.mark) {
                _ if taken.lexicon != home => seen.foreign += 1,
                None => {
                    seen.mixed += 1;
                    mixed.push(taken.text);
                }
                Some(class) => {
                    names.extend(taken.names);
                    texts.push((taken.text, class));
                }
            }
        }
        let mut corpus = Corpus::default();
        corpus.add_set("own", 0, texts);
        Gathered { corpus, language, names, mixed, seen }
    }
}

fn class(mark: Mark) -> Option<Class> {
    match mark.as_class()? {
        label::Class::Positive => Some(Class::Praise),
        label::Class::Neutral => Some(Class::Neutral),
        label::Class::Negative => Some(Class::Complaint),
        label::Class::Mixed => None,
    }
}

/// The numbers of all records, shuffled: the finaliser of SplitMix64 (Steele, Lea and Flood 2014,
/// "Fast splittable pseudorandom number generators").
const fn mixed_up(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
