//! Units to a score. In: a text read with the lexicon. Out: praise, complaint, score and polarity, and
//! on request every step that led there. Separate because what words mean is the lexicon's business
//! and how meanings combine is the rules'; both can be read without the other.

pub mod evidence;
pub mod hits;
pub mod irony;
pub mod measure;
pub mod rules;

pub use hits::{Hit, Hits, Step};
pub use measure::{Polarity, Score};

use crate::lexicon::{Reading, Weights};
use rules::RULES;

/// Scores a text that has been read with the lexicon of these weights. `hits` is scratch memory and afterwards holds every opinion with
/// its final value, and the steps when it was asked to trace.
pub fn score(weights: &Weights, reading: &Reading, text: &str, hits: &mut Hits) -> Score {
    hits.collect(reading);
    for rule in &RULES {
        if rule.needs.meets(reading.signs()) {
            (rule.apply)(&rules::Post { reading, text }, &mut hits.of_rule(rule.name));
            hits.settle();
        }
    }
    measure::measure(weights, reading, hits)
}
