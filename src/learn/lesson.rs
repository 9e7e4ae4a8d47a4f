//! From labelled texts to leanings. In: a corpus and the lexicons so far. Out: what cues, words, pairs
//! and listed opinions lean to. Separate because the order of steps is a method of its own: find
//! candidates, fit all, keep what tells most, fit again.
//!
//! Weights are those of a regularised three-class regression (L2; see [`super::regression`]) over the
//! very sums that scoring makes; what the lexicon says already is where each text starts. Every set
//! has biases of its own while learning, so that habits of labelling stay with their set.

use super::features::{CUE_COLUMNS, Features, cue_of};
use super::terms::{Bar, Candidate, candidates};
use super::{Corpus, Example, Fit, Problem, Rows, fit};
use crate::error::Result;
use crate::lexicon::entry::{Entry, Origin, Sheet};
use crate::lexicon::{Cue, Languages, Leaning, Lexicon, Meaning};
use std::collections::HashMap;
use std::sync::Arc;

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// What makes a term a candidate.
    pub bar: Bar,
    /// Most terms that are kept.
    pub most_terms: usize,
    /// Terms that lean less than this, in nats, are dropped.
    pub least: f64,
    /// How strongly terms are held to what they lean to already: inverse variance in nats⁻².
    pub hold_terms: f32,
    /// How strongly cues are.
    pub hold_cues: f32,
    /// Sets weigh as their size to this power.
    pub power: f64,
    /// Added to the opinion of every text, in nats: texts of unknown origin are judged a little bolder
    /// than the mean of the sets.
    pub boldness: f64,
    /// Rounds of each fit.
    pub rounds: usize,
}

/// What was learned, heaviest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// What cues weigh now.
    pub cues: Vec<(Cue, Leaning)>,
    /// What terms lean to now.
    pub terms: Vec<Taught>,
}

/// A term with what it leans to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taught {
    /// The term.
    pub candidate: Candidate,
    /// What it leans to.
    pub leaning: Leaning,
    /// What it leant to before.
    pub before: Leaning,
}

/// A corpus made ready.
pub struct Lesson<'c> {
    corpus: &'c Corpus,
    pub(super) candidates: Vec<Candidate>,
    /// What candidates lean to so far.
    today: Vec<Leaning>,
    cues_today: Vec<Leaning>,
    rows: Rows,
    offsets: Vec<[f32; 2]>,
}

impl<'c> Lesson<'c> {
    /// Finds candidates and reads all texts. With `afresh` the cues are learned from nothing, else
    /// what the sheets say is where each text starts.
    ///
    /// # Errors
    /// As [`Lexicon::compile`].
    pub fn prepare(
        corpus: &'c Corpus,
        sheets: &[Sheet],
        languages: &Languages,
        domains: &[String],
        bar: Bar,
        afresh: bool,
    ) -> Result<Self> {
        Self::prepare_some(corpus, sheets, languages, domains, bar, afresh, |_, _| true)
    }

    /// As [`Lesson::prepare`], with only those candidates that are `wanted`.
    ///
    /// # Errors
    /// As [`Lexicon::compile`].
    pub fn prepare_some(
        corpus: &'c Corpus,
        sheets: &[Sheet],
        languages: &Languages,
        domains: &[String],
        bar: Bar,
        afresh: bool,
        wanted: impl Fn(&Lexicon, &Candidate) -> bool,
    ) -> Result<Self> {
        let base = Lexicon::compile(sheets.to_vec(), languages.clone(), domains)?;
        let mut candidates = candidates(corpus, &base, bar);
        candidates.retain(|candidate| wanted(&base, candidate));
        let known: HashMap<&str, Leaning> = base.entries().iter().filter_map(|entry| Some((&*entry.term, leaning(entry)?))).collect();
        let today: Vec<Leaning> =
            candidates.iter().map(|candidate| known.get(candidate.term.as_str()).copied().unwrap_or_default()).collect();
        let file: Arc<str> = Arc::from("candidates");
        let entry = |(line, (candidate, &leaning)): (usize, (&Candidate, &Leaning))| Entry {
            term: candidate.term.clone().into(),
            meaning: Meaning::Leaning(leaning),
            domains: Vec::new(),
            origin: Origin { file: Arc::clone(&file), line },
        };
        let entries = (0..).zip(candidates.iter().zip(&today)).map(entry).collect();
        let language = base.covered().first().cloned().unwrap_or_default();
        let sheet = Sheet { name: "candidates".to_owned(), language, entries };
        let full = Lexicon::compile(sheets.iter().cloned().chain([sheet]).collect(), languages.clone(), domains)?;
        let mut places = vec![None; candidates.len()];
        for (at, entry) in (0..).zip(full.entries()) {
            if *entry.origin.file == *file
                && let Some(place) = places.get_mut(entry.origin.line)
            {
                *place = Some(at);
            }
        }
        let (rows, mut offsets) = read(corpus, &full, &places);
        let cues_today =
            (0..CUE_COLUMNS).filter_map(cue_of).map(|cue| if afresh { Leaning::default() } else { base.weights().of(cue) }).collect();
        if afresh {
            offsets.fill([0.0; 2]);
        }
        Ok(Self { corpus, candidates, today, cues_today, rows, offsets })
    }

    /// Learns from the texts that count. Candidates are those that pass the bar without the families
    /// in `without`, one bit each.
    #[must_use]
    pub fn learn(&self, plan: &Plan, without: u64, counts: impl Fn(usize) -> bool) -> Learned {
        let examples = self.examples(plan, counts);
        let fit_to = |columns: &Columns| {
            // A copy of all rows would be the largest thing in memory.
            let some = (columns.count < columns.map.len()).then(|| self.rows.select(&columns.map));
            self.fit_to(plan, &examples, some.as_ref().unwrap_or(&self.rows), columns.count, None)
        };
        let passing = |candidate: &Candidate| (candidate.families & !without).count_ones() >= plan.bar.families;
        let all = Columns::of(self.candidates.iter().map(passing));
        let first = fit_to(&all);
        let kept = self.keep(plan, &all, &first);
        let last = fit_to(&kept);
        self.result(plan, &kept, &last)
    }

    /// The texts that count as examples that start from what is known.
    pub(super) fn examples(&self, plan: &Plan, counts: impl Fn(usize) -> bool) -> Vec<Example> {
        let mut examples = self.corpus.examples(plan.power, counts);
        for (example, offset) in examples.iter_mut().zip(&self.offsets) {
            example.offset = *offset;
        }
        examples
    }

    /// The rows of all texts, with a column per cue and candidate.
    pub(super) const fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Fits so many columns of rows.
    pub(super) fn fit_to(&self, plan: &Plan, examples: &[Example], rows: &Rows, columns: usize, from: Option<&Fit>) -> Fit {
        let hold = |column: usize| if column < CUE_COLUMNS as usize { [plan.hold_cues; 2] } else { [plan.hold_terms; 2] };
        let penalty: Vec<[f32; 2]> = (0..columns).map(hold).collect();
        let sets = self.corpus.sets.len();
        let problem =
            Problem { rows, examples, penalty: &penalty, prior: &[], sets, set_penalty: 0.1, bias_free: true, set_bias: sets > 1 };
        fit(&problem, from, plan.rounds)
    }

    /// The columns that tell most: by their weight and how often they tell it.
    fn keep(&self, plan: &Plan, all: &Columns, fit: &Fit) -> Columns {
        let tells = |(at, candidate): (usize, &Candidate)| {
            let [lean, opinion] = all.weight(at, fit)?;
            let heavy = lean.abs().max(opinion.abs());
            (heavy >= plan.least).then(|| (heavy * f64::from(candidate.texts).sqrt(), at))
        };
        let mut telling: Vec<(f64, usize)> = self.candidates.iter().enumerate().filter_map(tells).collect();
        telling.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        telling.truncate(plan.most_terms);
        let mut keeps = vec![false; self.candidates.len()];
        telling.into_iter().for_each(|(_, at)| keeps[at] = true);
        Columns::of(keeps.into_iter())
    }

    fn result(&self, plan: &Plan, columns: &Columns, fit: &Fit) -> Learned {
        let cue = |(column, (cue, &today)): (usize, (Cue, &Leaning))| {
            let mut weight = fit.weights.get(column).copied().unwrap_or_default();
            if cue == Cue::Base {
                weight = [weight[0] + fit.bias[0], weight[1] + fit.bias[1] + plan.boldness];
            }
            (cue, rounded(today, weight, 1.0))
        };
        let cues = (0..CUE_COLUMNS).filter_map(cue_of).zip(&self.cues_today).enumerate().map(cue).collect();
        let taught = |(at, (candidate, &today)): (usize, (&Candidate, &Leaning))| {
            let leaning = rounded(today, columns.weight(at, fit)?, 10.0);
            (leaning != today).then(|| Taught { candidate: candidate.clone(), leaning, before: today })
        };
        let mut terms: Vec<Taught> = self.candidates.iter().zip(&self.today).enumerate().filter_map(taught).collect();
        terms.sort_by(|a, b| (b.leaning.lean, &a.candidate.term).cmp(&(a.leaning.lean, &b.candidate.term)));
        Learned { cues, terms }
    }
}

/// What an entry leans to, if it is a leaning.
const fn leaning(entry: &Entry) -> Option<Leaning> {
    match entry.meaning {
        Meaning::Leaning(leaning) => Some(leaning),
        _ => None,
    }
}

/// The rows of all texts, and where today's weights put them.
fn read(corpus: &Corpus, lexicon: &Lexicon, places: &[Option<u32>]) -> (Rows, Vec<[f32; 2]>) {
    use rayon::prelude::*;
    const STRETCH: usize = 4096;
    let stretches: Vec<(Rows, Vec<[f32; 2]>)> = corpus
        .texts
        .par_chunks(STRETCH)
        .map(|texts| {
            let (mut features, mut rows) = (Features::new(lexicon, places), Rows::default());
            let offsets = texts.iter().map(|text| features.push(text, &mut rows)).collect();
            (rows, offsets)
        })
        .collect();
    let (mut rows, mut offsets) = (Rows::default(), Vec::new());
    for (more, further) in stretches {
        rows.append(&more);
        offsets.extend(further);
    }
    (rows, offsets)
}

/// A sum of today's leaning and a weight in nats, rounded to `unit` thousandths.
#[allow(clippy::cast_possible_truncation)] // clamped
fn rounded(today: Leaning, [lean, opinion]: [f64; 2], unit: f64) -> Leaning {
    let most = f64::from(Leaning::MOST);
    let sum = |today: i32, weight: f64| (((f64::from(today) + weight * 1000.0) / unit).round() * unit).clamp(-most, most) as i32;
    Leaning { lean: sum(today.lean, lean), opinion: sum(today.opinion, opinion) }
}

/// Which candidates have a column, and which.
struct Columns {
    /// New column of each column of the rows.
    map: Vec<Option<u32>>,
    count: usize,
}

impl Columns {
    /// All cues, and the candidates that are wanted.
    fn of(wanted: impl Iterator<Item = bool>) -> Self {
        let mut map: Vec<Option<u32>> = (0..CUE_COLUMNS).map(Some).collect();
        let mut next = CUE_COLUMNS;
        for wanted in wanted {
            map.push(wanted.then_some(next));
            next += u32::from(wanted);
        }
        Self { map, count: next as usize }
    }

    /// The weight of a candidate, if it has a column.
    fn weight(&self, candidate: usize, fit: &Fit) -> Option<[f64; 2]> {
        let column = (*self.map.get(CUE_COLUMNS as usize + candidate)?)?;
        fit.weights.get(column as usize).copied()
    }
}
