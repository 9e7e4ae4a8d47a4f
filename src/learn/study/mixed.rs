//! From where on a text is mixed. In: a course, and texts labelled mixed. Out: the limits that answer
//! best, and what they are worth on texts they were not chosen by. Separate because texts that lean
//! neither way teach nothing about words, and all there is to learn from them is two numbers.
//!
//! Every text is scored with what the other folds taught. For each fold the limits are chosen on the
//! other folds, by macro-F1 with mixed as a class, and it is answered with these; what is written at
//! last is chosen on all.

use super::super::folds::{FOLDS, fold};
use super::{Course, Strength, gold};
use crate::analyze::{Analyzer, Outcome, Scratch};
use crate::error::Result;
use crate::input::label::Class;
use crate::lexicon::Mixed;
use crate::score::Polarity;
use crate::score::evidence::Shares;
use crate::score::measure::{polarity, shares};
use crate::stats::{CLASSES, Estimate, Table, macro_f1, macro_f1_change};
use rayon::prelude::*;

/// Limits that are tried, in ten-thousandths.
const EACH: [i32; 8] = [500, 1000, 1300, 1700, 2100, 2500, 3000, 3500];
const BALANCE: [i32; 7] = [1000, 2000, 3500, 5000, 6500, 8000, 10_000];

/// What was found about mixed texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MixedStudy {
    /// Texts that were answered by limits that were not chosen on them.
    pub records: u64,
    /// The limits that are best on all texts.
    pub limits: Mixed,
    /// Macro-F1, mixed being a class, with the limits so far.
    pub before: Estimate,
    /// The same with limits chosen on other texts.
    pub after: Estimate,
    /// The change.
    pub change: Estimate,
}

/// What a text comes to before it is called anything.
struct Sounding {
    fold: u8,
    class: Class,
    praise: i32,
    complaint: i32,
    shares: Shares,
}

impl Sounding {
    fn answer(&self, limits: Mixed) -> Class {
        match polarity(self.praise, self.complaint, self.shares, limits) {
            Polarity::Positive => Class::Positive,
            Polarity::Negative => Class::Negative,
            Polarity::Mixed => Class::Mixed,
            Polarity::Neutral => Class::Neutral,
        }
    }
}

impl Course<'_> {
    /// Chooses the limits of mixed texts and tests the choice.
    ///
    /// # Errors
    /// As [`crate::lexicon::Lexicon::compile`].
    pub fn study_mixed(&self, mixed: &[Box<str>], strength: Strength) -> Result<MixedStudy> {
        // One fold alone could not be answered by another.
        let tested = self.tested().clamp(2, FOLDS);
        let mut soundings = Vec::new();
        let mut today = Mixed::default();
        for out in 0..tested {
            let learned = self.learn_from(strength, |at| self.folds.get(at) != Some(&out));
            let analyzer = self.analyzer(Some(&learned))?;
            today = analyzer.lexicons().first().map_or(today, |lexicon| lexicon.weights().mixed());
            let known = self.corpus.texts.iter().zip(&self.corpus.labels).map(|(text, &label)| (&**text, gold(label)));
            let asked = known.chain(mixed.iter().map(|text| (&**text, Class::Mixed))).filter(|(text, _)| fold(text) == out);
            soundings.extend(sound(&analyzer, &asked.collect::<Vec<_>>(), out));
        }
        let mut classes = self.classes();
        classes.push(Class::Mixed as usize);
        Ok(judge(&soundings, &classes, today, tested))
    }
}

fn sound(analyzer: &Analyzer, asked: &[(&str, Class)], fold: u8) -> Vec<Sounding> {
    let one = |scratch: &mut Scratch, &(text, class): &(&str, Class)| {
        let analysis = analyzer.analyze(None, Some(text), None, scratch);
        let Outcome::Scored(score) = analysis.outcome else { return None };
        Some(Sounding { fold, class, praise: score.praise, complaint: score.complaint, shares: shares(analysis.hits) })
    };
    asked.par_iter().map_init(Scratch::default, one).collect::<Vec<_>>().into_iter().flatten().collect()
}

fn judge(soundings: &[Sounding], classes: &[usize], today: Mixed, tested: u8) -> MixedStudy {
    let mut joint = [Table::default(); CLASSES];
    for out in 0..tested {
        let limits = choose(soundings, classes, today, &|sounding| sounding.fold != out);
        for sounding in soundings.iter().filter(|sounding| sounding.fold == out) {
            joint[sounding.class as usize][sounding.answer(today) as usize][sounding.answer(limits) as usize] += 1;
        }
    }
    let table = |after: bool| {
        let mut table = Table::default();
        for (row, by_first) in table.iter_mut().zip(&joint) {
            for (one, by_other) in by_first.iter().enumerate() {
                for (other, count) in by_other.iter().enumerate() {
                    row[if after { other } else { one }] += count;
                }
            }
        }
        table
    };
    MixedStudy {
        records: soundings.len() as u64,
        limits: choose(soundings, classes, today, &|_| true),
        before: macro_f1(&table(false), classes),
        after: macro_f1(&table(true), classes),
        change: macro_f1_change(&joint, classes),
    }
}

/// The limits with the best macro-F1 on the texts that are wanted; of equals those of today, then the
/// first.
fn choose(soundings: &[Sounding], classes: &[usize], today: Mixed, wanted: &dyn Fn(&Sounding) -> bool) -> Mixed {
    let value = |limits: Mixed| {
        let mut table = Table::default();
        for sounding in soundings.iter().filter(|sounding| wanted(sounding)) {
            table[sounding.class as usize][sounding.answer(limits) as usize] += 1;
        }
        macro_f1(&table, classes).value
    };
    let mut found = (value(today), today);
    for limits in EACH.into_iter().flat_map(|each| BALANCE.map(|balance| Mixed { each, balance })) {
        let value = value(limits);
        if value > found.0 + 1e-9 {
            found = (value, limits);
        }
    }
    found.1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts with as much praise as complaint, whose mixed ones have shares of at least `from`.
    fn soundings(from: i32) -> Vec<Sounding> {
        let sounding = |n: i32| {
            let share = 500 + n % 30 * 100;
            let class = match (share >= from, n % 2) {
                (true, _) => Class::Mixed,
                (false, 0) => Class::Positive,
                (false, _) => Class::Negative,
            };
            let (praise, complaint) = if n % 2 == 0 { (5000, 3000) } else { (3000, 5000) };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // below 5
            Sounding { fold: (n % 5) as u8, class, praise, complaint, shares: Shares { praise: share, complaint: share } }
        };
        (0..600).map(sounding).collect()
    }

    #[test]
    fn limits_move_to_where_the_labels_are_and_only_then() {
        let all = [Class::Positive as usize, Class::Negative as usize, Class::Mixed as usize];
        let moved = judge(&soundings(2500), &all, Mixed::default(), 5);
        assert_eq!((moved.limits.each, moved.records), (2500, 600));
        assert!(moved.change.low > 0.0 && moved.after.value > 0.99 && moved.before.value < 0.95, "{moved:?}");
        let same = judge(&soundings(1700), &all, Mixed::default(), 5);
        assert_eq!((same.limits, same.change.value.abs() < 1e-9), (Mixed::default(), true));
    }
}
