//! Answers against labels. In: analyses of records that say what they truly are. Out: an
//! [`Evaluation`]. Separate because it asks another question than the summary does: not what people
//! say, but how far the answers can be trusted. Like the summary it is a commutative monoid of integers:
//! any split, in any order, merges to the same value. One part per file.

pub mod best;
pub mod calibration;
pub mod clash;
pub mod rival;
pub mod slices;
pub mod unlabelled;

pub use best::{Best, Case, Word};
pub use calibration::Calibration;
pub use clash::Clashes;
pub use rival::Rival;
pub use slices::Slices;
pub use unlabelled::Unlabelled;

use crate::analyze::{Analysis, Outcome};
use crate::input::label::{Class, Label, Mark};
use crate::score::Score;
use crate::stats::{CLASSES, Table};
use crate::summary::skips::Reason;
use crate::summary::{Answer, Confusion, Facts, Meanings, Skips};
use std::collections::BTreeMap;

/// Examples that are kept of each kind of answer to each label.
const EXAMPLES: usize = 2;

/// Everything that is known of how answers fit labels.
/// `read = evaluated + unlabelled + unscored + skipped + excluded`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// Records read.
    pub read: u64,
    /// Records that carry no label, or none that is known.
    pub unlabelled: Unlabelled,
    /// Labelled records without a score, by language and label.
    pub unscored: BTreeMap<String, [u64; Mark::COUNT]>,
    /// Records that could not be read, have no text, or were left out on purpose.
    pub skips: Skips,
    /// Labelled records by label and answer.
    pub truth: Confusion,
    /// Confidence against being right.
    pub calibration: Calibration,
    /// Sum of coverage by label, in ten-thousandths.
    pub coverage: [u64; Mark::COUNT],
    /// By the values of a field, one part per field asked for.
    pub slices: Vec<Slices>,
    /// A few records by label and answer.
    pub examples: BTreeMap<(Mark, Answer), Best>,
    /// Records whose score is furthest from their label.
    pub clashes: Clashes,
    /// The same records with other lexicons, one part per lexicon.
    pub rivals: Vec<Rival>,
}

impl Evaluation {
    /// Nothing, with room for so many slicings and rivals.
    #[must_use]
    pub fn new(slicings: usize, rivals: usize) -> Self {
        Self { slices: vec![Slices::default(); slicings], rivals: vec![Rival::default(); rivals], ..Self::default() }
    }

    /// Adds a record that could not be read.
    pub fn skip(&mut self, facts: &Facts, reason: Reason) {
        self.read += 1;
        self.skips.add(reason, facts.place);
    }

    /// Adds a record with its text. `slices` gives its value for each slicing, `rivals` what the others
    /// make of it, `why` the words that weigh most in it.
    pub fn add<'r>(
        &mut self,
        facts: &Facts<'r>,
        analysis: &Analysis,
        slices: impl Iterator<Item = Option<&'r str>>,
        rivals: impl Iterator<Item = Outcome>,
        why: impl FnOnce() -> Vec<Word>,
    ) {
        self.read += 1;
        let Label::Known(mark) = facts.label else {
            return self.unlabelled.add(facts.label);
        };
        let Outcome::Scored(score) = analysis.outcome else {
            self.truth.add(mark, Answer::Unscored);
            return self.unscored(mark, analysis.language);
        };
        let answer = Answer::of(&score);
        self.truth.add(mark, answer);
        self.calibration.add(mark, answer, score.confidence);
        self.coverage[mark.index()] += u64::from(score.coverage.unsigned_abs());
        for (slicing, value) in self.slices.iter_mut().zip(slices) {
            if let Some(value) = value {
                slicing.add(value, mark, answer);
            }
        }
        let seen = best::Seen { place: facts.place, text: analysis.text, score: score.score };
        self.example(mark, answer, &seen);
        self.clashes.add(mark, answer, &seen, why);
        for (rival, outcome) in self.rivals.iter_mut().zip(rivals) {
            rival.add(mark, &score, outcome, &seen);
        }
    }

    fn unscored(&mut self, mark: Mark, language: &str) {
        if let Some(counts) = self.unscored.get_mut(language) {
            counts[mark.index()] += 1;
            return;
        }
        let mut counts = [0; Mark::COUNT];
        counts[mark.index()] = 1;
        self.unscored.insert(language.to_owned(), counts);
    }

    /// Keeps a few records of each wrong answer, drawn by a hash of their text.
    fn example(&mut self, mark: Mark, answer: Answer, seen: &best::Seen) {
        if mark.as_class().is_some() && mark.as_class() == answer.named() {
            return;
        }
        self.examples.entry((mark, answer)).or_default().consider(EXAMPLES, 0, seen, Vec::new);
    }

    /// Takes labels that are numbers for the classes they mean; done once all records of a file are
    /// in. Returns the numbers that mean nothing: their records are unlabelled.
    pub fn resolve(&mut self) -> Vec<i8> {
        let numbers = self.truth.numbers();
        let meanings = Meanings::tell(&numbers);
        let lost = |mark: Mark| meanings.of(mark).is_none();
        self.unlabelled.unknown += self.truth.resolve(&meanings);
        self.calibration.resolve(&meanings);
        self.coverage = by_class(&self.coverage, &meanings);
        self.unscored.values_mut().for_each(|counts| *counts = by_class(counts, &meanings));
        self.unscored.retain(|_, counts| counts.iter().sum::<u64>() > 0);
        for ((mark, answer), best) in std::mem::take(&mut self.examples) {
            if let Some(class) = meanings.of(mark).filter(|&class| Some(class) != answer.named()) {
                self.examples.entry((Mark::class(class), answer)).or_default().merge(EXAMPLES, best);
            }
        }
        self.slices.iter_mut().for_each(|slices| slices.resolve(&meanings));
        self.clashes.resolve(&meanings);
        self.rivals.iter_mut().for_each(|rival| rival.resolve(&meanings));
        numbers.into_iter().filter(|&number| Mark::number(number).is_none_or(lost)).collect()
    }

    /// Adds all of another evaluation.
    pub fn merge(&mut self, other: Self) {
        self.read += other.read;
        self.unlabelled.merge(other.unlabelled);
        for (language, counts) in other.unscored {
            let mine = self.unscored.entry(language).or_default();
            mine.iter_mut().zip(counts).for_each(|(mine, theirs)| *mine += theirs);
        }
        self.skips.merge(other.skips);
        self.truth.merge(&other.truth);
        self.calibration.merge(&other.calibration);
        self.coverage.iter_mut().zip(other.coverage).for_each(|(mine, theirs)| *mine += theirs);
        self.slices.resize_with(self.slices.len().max(other.slices.len()), Slices::default);
        self.slices.iter_mut().zip(other.slices).for_each(|(mine, theirs)| mine.merge(theirs));
        for (key, best) in other.examples {
            self.examples.entry(key).or_default().merge(EXAMPLES, best);
        }
        self.clashes.merge(other.clashes);
        self.rivals.resize_with(self.rivals.len().max(other.rivals.len()), Rival::default);
        self.rivals.iter_mut().zip(other.rivals).for_each(|(mine, theirs)| mine.merge(theirs));
    }

    /// The classes that macro-F1 is the mean of: praise and complaint, and neutral and mixed where there
    /// are such labels.
    #[must_use]
    pub fn classes(&self) -> Vec<Class> {
        let always = [Class::Positive, Class::Negative];
        Class::ALL.into_iter().filter(|class| always.contains(class) || self.truth.of(Mark::class(*class)) > 0).collect()
    }
}

/// Sums by label as sums by class.
fn by_class(sums: &[u64; Mark::COUNT], meanings: &Meanings) -> [u64; Mark::COUNT] {
    let mut out = [0; Mark::COUNT];
    for (mark, sum) in Mark::all().zip(sums) {
        if let Some(class) = meanings.of(mark) {
            out[Mark::class(class).index()] += sum;
        }
    }
    out
}

/// The table of classes by answers; whether mixed is a class, or counts by its sign. Unscored records are
/// not in it.
#[must_use]
pub fn table(truth: &Confusion, mixed: bool) -> Table {
    let mut table = [[0; CLASSES]; CLASSES];
    for gold in Class::ALL {
        for answer in Answer::ALL {
            if let Some(counted) = answer.counted(mixed) {
                table[gold as usize][counted as usize] += truth.count(Mark::class(gold), answer);
            }
        }
    }
    table
}

/// What another outcome answers.
fn answer_of(outcome: Outcome) -> (Answer, Option<Score>) {
    match outcome {
        Outcome::Scored(score) => (Answer::of(&score), Some(score)),
        Outcome::NoText | Outcome::NoLexicon => (Answer::Unscored, None),
    }
}

#[cfg(test)]
mod tests;
