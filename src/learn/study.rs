//! What learning is worth. In: a set of labelled texts and the lexicons so far. Out: answers to texts
//! that were not learned from, before and after, and how strongly weights are best held back. Separate
//! because a gain that is not measured on other texts is none.
//!
//! Texts are dealt into five folds ([`super::folds`]). A fold is tested with what was learned from the
//! four others. How strongly weights are held to what they are (their inverse variance, see
//! [`super::regression`]) is chosen without it too: for each pair of folds in the ring 0-1-2-3-4 every
//! strength is tried on the three others, and the two of the pair are answered; fold `k` is then given
//! the strength with the best macro-F1 on `k - 1` and `k + 1`, answered without `k` both times. What is
//! written at last is learned from all, with the strength that is best on all of these answers.
//!
//! Large sets need less: the strength is tried on `TRIED` texts, evenly spread (a variance of weights
//! does not depend on how many texts there are), and so many folds are tested that `TESTED` texts are.
//! Long texts have many values each and tell as much more: work is bounded by values, too.

mod mixed;

pub use mixed::MixedStudy;

use super::folds::{FOLDS, fold};
use super::lesson::{Learned, Lesson, Plan};
use super::{Bar, Candidate, Class, Corpus};
use crate::analyze::{Analyzer, Outcome, Scratch};
use crate::error::Result;
use crate::input::label;
use crate::lexicon::entry::Sheet;
use crate::lexicon::{Languages, Lexicon};
use crate::stats::{CLASSES, Estimate, Paired, Table, macro_f1, macro_f1_change, paired, share};
use crate::summary::Answer;
use rayon::prelude::*;

/// Texts that the choice of a strength takes.
const TRIED: usize = 20_000;
/// Values of their rows, at most.
const TRIED_VALUES: usize = 1_200_000;
/// Texts whose answers say enough.
const TESTED: usize = 40_000;
/// Values that are learned from for all tests together, at most, if one fold takes no more.
const TESTED_VALUES: usize = 8_000_000;

/// How strongly weights are held to what they are, in nats⁻².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// Those of terms.
    pub terms: f32,
    /// Those of cues.
    pub cues: f32,
}

/// Strengths that are tried, the strongest first.
const TERMS: [f32; 6] = [300.0, 100.0, 30.0, 10.0, 3.0, 1.0];
const CUES: [f32; 3] = [100.0, 10.0, 1.0];

/// A set made ready to be studied.
pub struct Course<'c> {
    corpus: &'c Corpus,
    base: Base<'c>,
    lesson: Lesson<'c>,
    folds: Vec<u8>,
    plan: Plan,
}

/// The lexicons so far.
#[derive(Clone, Copy)]
pub struct Base<'b> {
    /// Their sheets, for one language.
    pub sheets: &'b [Sheet],
    /// The code of that.
    pub language: &'b str,
    /// The words that tell languages.
    pub languages: &'b Languages,
    /// Domains whose entries are used.
    pub domains: &'b [String],
}

/// What a study found.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// Texts that were answered without having been learned from.
    pub records: u64,
    /// Texts by class, answer before and answer after; classes and answers as [`label::Class`].
    pub joint: [Table; CLASSES],
    /// The strength that is best for all.
    pub strength: Strength,
}

/// The plan for one set of so many texts.
#[must_use]
pub fn plan(texts: usize, most_terms: usize) -> Plan {
    #[allow(clippy::cast_possible_truncation)] // nobody has 2³² times ten thousand texts
    let least = (texts / 10_000).max(5) as u32;
    Plan {
        bar: Bar { texts: least, families: 1 },
        most_terms,
        least: 0.03,
        hold_terms: TERMS[1],
        hold_cues: CUES[1],
        power: 1.0,
        boldness: 0.0,
        rounds: 60,
    }
}

impl<'c> Course<'c> {
    /// Finds the terms of a corpus that are `wanted` and reads it.
    ///
    /// # Errors
    /// As [`Lexicon::compile`].
    pub fn new(corpus: &'c Corpus, base: Base<'c>, plan: Plan, wanted: impl Fn(&Lexicon, &Candidate) -> bool) -> Result<Self> {
        let lesson = Lesson::prepare_some(corpus, base.sheets, base.languages, base.domains, plan.bar, false, wanted)?;
        let folds = corpus.texts.par_iter().map(|text| fold(text)).collect();
        Ok(Self { corpus, base, lesson, folds, plan })
    }

    /// What all texts teach.
    #[must_use]
    pub fn learn(&self, strength: Strength) -> Learned {
        self.learn_from(strength, |_| true)
    }

    fn learn_from(&self, strength: Strength, counts: impl Fn(usize) -> bool) -> Learned {
        let plan = self.plan_with(strength);
        let mut learned = self.lesson.learn(&plan, 0, counts);
        learned.terms.retain(|taught| {
            let change = |now: i32, before: i32| f64::from((now - before).abs()) / 1000.0;
            let (now, before) = (taught.leaning, taught.before);
            change(now.lean, before.lean).max(change(now.opinion, before.opinion)) >= plan.least
        });
        learned
    }

    const fn plan_with(&self, strength: Strength) -> Plan {
        Plan { hold_terms: strength.terms, hold_cues: strength.cues, ..self.plan }
    }

    /// Answers texts by what others teach.
    ///
    /// # Errors
    /// As [`Lexicon::compile`].
    pub fn study(&self) -> Result<Study> {
        let tested = self.tested();
        let trials: Vec<Trial> = pairs(tested).into_iter().map(|pair| self.trial(pair)).collect();
        let classes = self.classes();
        let best = |wanted: &dyn Fn(&Trial, u8) -> bool| best(&trials, &classes, wanted);
        let before = self.analyzer(None)?;
        let mut joint = [Table::default(); CLASSES];
        let mut records = 0;
        for out in 0..tested {
            let strength = best(&|trial, fold| fold != out && trial.pair.contains(&out));
            let learned = self.learn_from(strength, |at| self.folds.get(at) != Some(&out));
            let after = self.analyzer(Some(&learned))?;
            for (at, one, other) in self.answers(&before, &after, out) {
                if let (Some(class), Some(one), Some(other)) = (self.corpus.labels.get(at), one, other) {
                    joint[gold(*class) as usize][one as usize][other as usize] += 1;
                    records += 1;
                }
            }
        }
        Ok(Study { records, joint, strength: best(&|_, _| true) })
    }

    /// The classes of the set, as of [`label::Class`].
    #[must_use]
    pub fn classes(&self) -> Vec<usize> {
        let has = |class| self.corpus.labels.contains(&class);
        let neutral = has(Class::Neutral).then_some(label::Class::Neutral);
        [Some(label::Class::Positive), neutral, Some(label::Class::Negative)].into_iter().flatten().map(|class| class as usize).collect()
    }

    /// How many folds are tested.
    fn tested(&self) -> u8 {
        let mut enough = 0;
        let affordable = (1..FOLDS).find(|&folds| usize::from(folds + 1) * self.lesson.rows().entries() > TESTED_VALUES).unwrap_or(FOLDS);
        (1..=affordable)
            .find(|&folds| {
                enough += self.folds.iter().filter(|&&fold| fold + 1 == folds).count();
                enough >= TESTED
            })
            .unwrap_or(affordable)
    }

    /// Tries all strengths without a pair of folds.
    fn trial(&self, pair: [u8; 2]) -> Trial {
        let (texts, values) = (self.corpus.texts.len(), self.lesson.rows().entries());
        let step = texts.div_ceil(TRIED).max(values.div_ceil(TRIED_VALUES)).max(1);
        let outside = |at: usize| self.folds.get(at).is_none_or(|fold| !pair.contains(fold));
        let examples = self.lesson.examples(&self.plan, |at| at % step == 0 && outside(at));
        let columns = super::features::CUE_COLUMNS as usize + self.lesson.candidates.len();
        let asked: Vec<usize> = (0..self.folds.len()).step_by(step).filter(|&at| !outside(at)).collect();
        let row_of = |cues: f32| {
            let mut last = None;
            TERMS.map(|terms| {
                let plan = self.plan_with(Strength { terms, cues });
                let fit = self.lesson.fit_to(&plan, &examples, self.lesson.rows(), columns, last.as_ref());
                let mut tables = [Table::default(); 2];
                for &at in &asked {
                    let (Some(example), Some(class)) = (examples.get(at), self.corpus.labels.get(at)) else { continue };
                    let side = usize::from(self.folds.get(at) == pair.last());
                    let answer = answer(fit.pull(self.lesson.rows().row(at), example.offset));
                    tables[side][gold(*class) as usize][answer as usize] += 1;
                }
                last = Some(fit);
                tables
            })
        };
        Trial { pair, tables: CUES.map(row_of) }
    }

    /// Scores with the lexicons so far, and with what was learned over them.
    fn analyzer(&self, learned: Option<&Learned>) -> Result<Analyzer> {
        let Base { sheets, language, languages, domains } = self.base;
        let more = learned.map(|learned| learned.sheet("learned", language));
        let lexicon = Lexicon::compile(sheets.iter().cloned().chain(more).collect(), languages.clone(), domains)?;
        Ok(Analyzer::new(vec![lexicon], Some(language.to_owned())))
    }

    /// The texts of a fold with the answers of two analyzers.
    fn answers(&self, one: &Analyzer, other: &Analyzer, fold: u8) -> Vec<(usize, Option<label::Class>, Option<label::Class>)> {
        let asked: Vec<usize> = (0..self.folds.len()).filter(|&at| self.folds.get(at) == Some(&fold)).collect();
        let ask = |scratch: &mut Scratch, analyzer: &Analyzer, text: &str| match analyzer.analyze(None, Some(text), None, scratch).outcome {
            Outcome::Scored(score) => Answer::of(&score).counted(false),
            Outcome::NoText | Outcome::NoLexicon => None,
        };
        let both = |scratch: &mut Scratch, at: usize| {
            let text = self.corpus.texts.get(at).map_or("", |text| text);
            (at, ask(scratch, one, text), ask(scratch, other, text))
        };
        asked.into_par_iter().map_init(Scratch::default, both).collect()
    }
}

/// The pairs of neighbours that hold a tested fold.
fn pairs(tested: u8) -> Vec<[u8; 2]> {
    (0..FOLDS).map(|fold| [fold, (fold + 1) % FOLDS]).filter(|pair| pair.iter().any(|&fold| fold < tested)).collect()
}

/// How each strength answers the folds of a pair: by cues, then by terms, then by side of the pair.
struct Trial {
    pair: [u8; 2],
    tables: [[[Table; 2]; TERMS.len()]; CUES.len()],
}

/// The strength with the best macro-F1 over the folds that are wanted; of equals the strongest.
fn best(trials: &[Trial], classes: &[usize], wanted: &dyn Fn(&Trial, u8) -> bool) -> Strength {
    let mut found = (f64::MIN, Strength { terms: TERMS[0], cues: CUES[0] });
    for (by_cues, cues) in CUES.into_iter().enumerate() {
        for (by_terms, terms) in TERMS.into_iter().enumerate() {
            let mut sum = Table::default();
            for trial in trials {
                for (table, _) in trial.tables[by_cues][by_terms].iter().zip(trial.pair).filter(|&(_, fold)| wanted(trial, fold)) {
                    sum.iter_mut().flatten().zip(table.iter().flatten()).for_each(|(sum, count)| *sum += count);
                }
            }
            let value = macro_f1(&sum, classes).value;
            if value > found.0 + 1e-9 {
                found = (value, Strength { terms, cues });
            }
        }
    }
    found.1
}

const fn gold(class: Class) -> label::Class {
    match class {
        Class::Praise => label::Class::Positive,
        Class::Neutral => label::Class::Neutral,
        Class::Complaint => label::Class::Negative,
    }
}

/// The likeliest class of a lean and an opinion.
fn answer([lean, opinion]: [f64; 2]) -> label::Class {
    match (opinion + lean.abs(), lean) {
        (sure, _) if sure <= 0.0 => label::Class::Neutral,
        (_, 0.0..) => label::Class::Positive,
        _ => label::Class::Negative,
    }
}

impl Study {
    /// Answers before, or after.
    fn table(&self, after: bool) -> Table {
        let mut table = Table::default();
        for (row, by_first) in table.iter_mut().zip(&self.joint) {
            for (one, by_other) in by_first.iter().enumerate() {
                for (other, count) in by_other.iter().enumerate() {
                    row[if after { other } else { one }] += count;
                }
            }
        }
        table
    }

    /// Macro-F1 before and after, and the change.
    #[must_use]
    pub fn macro_f1(&self, classes: &[usize]) -> [Estimate; 3] {
        [macro_f1(&self.table(false), classes), macro_f1(&self.table(true), classes), macro_f1_change(&self.joint, classes)]
    }

    /// Accuracy before and after.
    #[must_use]
    pub fn accuracy(&self) -> [Estimate; 2] {
        [false, true].map(|after| {
            let table = self.table(after);
            share(table.iter().enumerate().map(|(class, row)| row[class]).sum(), self.records)
        })
    }

    /// The paired test of being right.
    #[must_use]
    pub fn test(&self) -> Paired {
        let (mut gained, mut lost) = (0, 0);
        for (class, table) in self.joint.iter().enumerate() {
            let only = |one: bool| -> u64 {
                let cell = |a: usize, b: usize, count: u64| if (a == class) == one && (b == class) != one { count } else { 0 };
                table.iter().enumerate().flat_map(|(a, row)| row.iter().enumerate().map(move |(b, &count)| cell(a, b, count))).sum()
            };
            lost += only(true);
            gained += only(false);
        }
        paired(gained, lost)
    }
}

#[cfg(test)]
mod tests;
