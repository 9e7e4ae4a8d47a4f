//! How opinions change in company. One file per rule; the doc comment of a file is the rule's manual.
//! Rules run in the order of [`RULES`]: first what changes single words, then what reaches over
//! clauses, then what reaches over sentences.

mod booster;
mod contrast;
mod excess;
mod exclaim;
pub(super) mod irony;
mod irrealis;
mod least;
mod lone;
mod negation;
mod question;
mod rating;
mod repeat;
mod shout;
mod stretch;

use super::hits::Change;
use crate::lexicon::{Reading, Signs, Unit};
use crate::text::Kind;

/// Rules look no further than this: longer clauses and sentences are cut, so that time stays linear in
/// the length of hostile texts without punctuation.
const FAR: usize = 100;

/// What a rule looks at.
pub struct Post<'p> {
    /// The text as units.
    pub reading: &'p Reading,
    /// The text.
    pub text: &'p str,
}

impl Post<'_> {
    fn units(&self) -> &[Unit] {
        self.reading.units()
    }

    /// Index of the unit that ends the clause of `at`, or the number of units.
    fn clause_end(&self, at: usize) -> usize {
        self.end(at, Unit::ends_clause)
    }

    /// Index of the first unit of the clause of `at`.
    fn clause_start(&self, at: usize) -> usize {
        self.start(at, Unit::ends_clause)
    }

    /// Index of the unit that ends the sentence of `at`, or the number of units.
    fn sentence_end(&self, at: usize) -> usize {
        self.end(at, |unit| unit.kind == Kind::Stop)
    }

    /// Index of the first unit of the sentence of `at`.
    fn sentence_start(&self, at: usize) -> usize {
        self.start(at, |unit| unit.kind == Kind::Stop)
    }

    /// The first word of a unit as it stands in the text.
    fn word(&self, unit: &Unit) -> &str {
        self.reading.tokens().as_slice().get(unit.first as usize).map_or("", |token| token.of(self.text))
    }

    /// Words from one unit to a later one, 1 if they stand side by side.
    fn distance(&self, from: usize, to: usize) -> usize {
        match (self.units().get(from), self.units().get(to)) {
            (Some(from), Some(to)) => (to.first - from.last) as usize,
            _ => usize::MAX,
        }
    }

    /// The unit right behind `at`, if no other word stands between.
    fn next_to(&self, at: usize) -> Option<&Unit> {
        self.units().get(at + 1).filter(|_| self.distance(at, at + 1) == 1)
    }

    /// Whether nothing stands before the unit in its sentence.
    fn opens_sentence(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.units().get(before));
        let ended = before.is_none_or(|unit| unit.kind == Kind::Stop);
        let first = before.map_or(0, |unit| unit.last + 1);
        ended && self.units().get(at).is_some_and(|unit| unit.first == first)
    }

    /// Whether the unit is an emoji or emoticon: those stand beside the sentence, not in it.
    fn is_face(&self, at: usize) -> bool {
        self.units().get(at).is_some_and(|unit| matches!(unit.kind, Kind::Emoji | Kind::Emoticon))
    }

    fn end(&self, at: usize, ends: impl Fn(&Unit) -> bool) -> usize {
        let far = (at + FAR).min(self.units().len());
        let rest = self.units().get(at..far).unwrap_or(&[]);
        rest.iter().position(ends).map_or(far, |offset| at + offset)
    }

    fn start(&self, at: usize, ends: impl Fn(&Unit) -> bool) -> usize {
        let far = at.saturating_sub(FAR);
        let before = self.units().get(far..at).unwrap_or(&[]);
        before.iter().rposition(ends).map_or(far, |end| far + end + 1)
    }
}

/// A rule.
pub struct Rule {
    /// Its name, as `explain` prints it.
    pub name: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// It is asked only about texts in which one of these occurs.
    pub needs: Signs,
    /// Changes the opinions.
    pub apply: fn(&Post, &mut Change),
}

/// All rules, in the order they work.
pub const RULES: [Rule; 14] = [
    rating::RULE,
    stretch::RULE,
    shout::RULE,
    repeat::RULE,
    booster::RULE,
    excess::RULE,
    least::RULE,
    negation::RULE,
    lone::RULE,
    irrealis::RULE,
    irony::RULE,
    contrast::RULE,
    question::RULE,
    exclaim::RULE,
];

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn names_are_unique_and_summaries_given() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(!rule.summary.is_empty());
            assert!(RULES[at + 1..].iter().all(|other| other.name != rule.name), "{}", rule.name);
        }
    }
}
