//! Confidence against being right. In: labels, answers and confidences. Out: counts by bin. Separate
//! because confidence is a promise of its own: of records with 0.8, four of five should be right.

use crate::input::label::{Class, Mark};
use crate::stats::Bin;
use crate::summary::{Answer, Meanings};

/// Bins of confidence: from 0 to 0.1, from 0.1 to 0.2 and so on, the last with 1.
pub const BINS: usize = 10;
/// Ten-thousandths of a bin.
const WIDTH: usize = 1000;

/// Records of one label and bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cell {
    answers: [u64; Answer::ALL.len()],
    confidence: u64,
}

/// Records by label, bin of confidence and answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calibration {
    cells: Box<[[Cell; BINS]; Mark::COUNT]>,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { cells: Box::new([[Cell::default(); BINS]; Mark::COUNT]) }
    }
}

impl Calibration {
    /// Adds a record; confidence is in ten-thousandths.
    pub fn add(&mut self, mark: Mark, answer: Answer, confidence: i32) {
        let confidence = confidence.unsigned_abs();
        let cell = &mut self.cells[mark.index()][(confidence as usize / WIDTH).min(BINS - 1)];
        cell.answers[answer as usize] += 1;
        cell.confidence += u64::from(confidence);
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Self) {
        self.cells.iter_mut().flatten().zip(other.cells.iter().flatten()).for_each(|(mine, theirs)| mine.merge(theirs));
    }

    /// See [`super::Evaluation::resolve`].
    pub fn resolve(&mut self, meanings: &Meanings) {
        let old = std::mem::take(self);
        for mark in Mark::all() {
            if let Some(class) = meanings.of(mark) {
                let row = &mut self.cells[Mark::class(class).index()];
                row.iter_mut().zip(&old.cells[mark.index()]).for_each(|(mine, theirs)| mine.merge(theirs));
            }
        }
    }

    /// The bins, from the least confidence to the most.
    #[must_use]
    pub fn bins(&self, mixed: bool) -> [Bin; BINS] {
        std::array::from_fn(|at| {
            let mut bin = Bin::default();
            for class in Class::ALL {
                let cell = &self.cells[Mark::class(class).index()][at];
                bin.confidence += cell.confidence;
                for (answer, count) in Answer::ALL.into_iter().zip(cell.answers) {
                    bin.records += count;
                    bin.right += if answer.counted(mixed) == Some(class) { count } else { 0 };
                }
            }
            bin
        })
    }
}

impl Cell {
    fn merge(&mut self, other: &Self) {
        self.answers.iter_mut().zip(other.answers).for_each(|(mine, theirs)| *mine += theirs);
        self.confidence += other.confidence;
    }
}
