//! The opinions of a text while rules work on them. In: units. Out: hits whose values have changed,
//! each change on record when tracing. Separate so that a rule can only change values through one
//! door, which is what makes every score explainable.

use super::evidence::Shares;
use crate::lexicon::{Leaning, Reading, Role, Signs, Unit};

/// Largest value of one opinion after all rules, in thousandths.
const MOST: i32 = 6000;

/// One opinion in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Index of its unit.
    pub unit: u32,
    /// Valence by the lexicon, in thousandths.
    pub base: i32,
    /// Valence after the rules so far, in thousandths.
    pub value: i32,
}

/// A change that a rule made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// Name of the rule.
    pub rule: &'static str,
    /// Index of the unit whose opinion changed.
    pub unit: u32,
    /// Index of the unit that caused it.
    pub cause: u32,
    /// Value before, in thousandths.
    pub before: i32,
    /// Value after, in thousandths.
    pub after: i32,
}

/// All opinions of a text, in order. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    list: Vec<Hit>,
    /// Opinions that the rule at work has found; they join the others when it is done.
    found: Vec<Hit>,
    steps: Option<Vec<Step>>,
    sum: Sum,
}

/// What a text adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Opinions, words and cues together.
    pub whole: Leaning,
    /// The shares of praise and complaint by opinions.
    pub shares: Shares,
}

impl Hits {
    /// Without a record of steps.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a record of steps.
    #[must_use]
    pub fn tracing() -> Self {
        Self { steps: Some(Vec::new()), ..Self::default() }
    }

    /// The opinions in text order.
    #[must_use]
    pub fn as_slice(&self) -> &[Hit] {
        &self.list
    }

    /// The recorded steps, in the order they were made.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        self.steps.as_deref().unwrap_or(&[])
    }

    /// What the text adds up to that was scored last.
    #[must_use]
    pub const fn sum(&self) -> Sum {
        self.sum
    }

    pub(super) const fn add_up(&mut self, sum: Sum) {
        self.sum = sum;
    }

    /// Begins anew with the opinions of a text.
    pub(super) fn collect(&mut self, reading: &Reading) {
        self.list.clear();
        if let Some(steps) = &mut self.steps {
            steps.clear();
        }
        if !reading.signs().meets(Signs::role(Role::Opinion)) {
            return;
        }
        for (at, unit) in reading.units().iter().enumerate() {
            if unit.role == Role::Opinion {
                self.list.push(Hit { unit: index(at), base: unit.value, value: unit.value });
            }
        }
    }

    /// Lets the opinions that a rule has found join the others, in order.
    pub(super) fn settle(&mut self) {
        if !self.found.is_empty() {
            self.list.append(&mut self.found);
            self.list.sort_by_key(|hit| hit.unit);
        }
    }

    /// The door through which a rule changes values.
    pub(super) const fn of_rule(&mut self, rule: &'static str) -> Change<'_> {
        Change { hits: self, rule }
    }
}

/// Units of a text number less than 2³¹.
#[allow(clippy::cast_possible_truncation)]
#[must_use]
pub const fn index(at: usize) -> u32 {
    at as u32
}

/// What a rule may do to the opinions of a text.
pub struct Change<'h> {
    hits: &'h mut Hits,
    rule: &'static str,
}

impl Change<'_> {
    /// The opinions in text order.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        &self.hits.list
    }

    /// Multiplies the value of hit `at` by `factor` thousandths because of the unit `cause`.
    pub fn scale(&mut self, at: usize, factor: i32, cause: usize) {
        if let Some(hit) = self.hits.list.get(at) {
            let most = i64::from(MOST);
            let value = (i64::from(hit.value) * i64::from(factor) / 1000).clamp(-most, most);
            #[allow(clippy::cast_possible_truncation)] // clamped
            self.set(at, value as i32, cause);
        }
    }

    /// Gives hit `at` a new value because of the unit `cause`.
    pub fn set(&mut self, at: usize, value: i32, cause: usize) {
        let Some(hit) = self.hits.list.get_mut(at) else { return };
        let before = std::mem::replace(&mut hit.value, value);
        let unit = hit.unit;
        self.record(unit, cause, before, value);
    }

    /// Finds an opinion at a unit that has none by the lexicon; rules that follow will see it.
    pub fn add(&mut self, unit: usize, value: i32, cause: usize) {
        if let Some(at) = self.at_unit(unit) {
            return self.set(at, value, cause);
        }
        if self.hits.found.last().is_none_or(|last| (last.unit as usize) < unit) {
            self.hits.found.push(Hit { unit: index(unit), base: 0, value });
            self.record(index(unit), cause, 0, value);
        }
    }

    /// Index of the first hit at or behind a unit.
    #[must_use]
    pub fn from_unit(&self, unit: usize) -> usize {
        self.hits.list.partition_point(|hit| (hit.unit as usize) < unit)
    }

    /// The hit at a unit.
    #[must_use]
    pub fn at_unit(&self, unit: usize) -> Option<usize> {
        let at = self.from_unit(unit);
        self.hits.list.get(at).filter(|hit| hit.unit as usize == unit).map(|_| at)
    }

    fn record(&mut self, unit: u32, cause: usize, before: i32, after: i32) {
        if let Some(steps) = &mut self.hits.steps
            && before != after
        {
            steps.push(Step { rule: self.rule, unit, cause: index(cause), before, after });
        }
    }
}

/// Indexes of the units with a role that `wanted` accepts.
pub fn units_with(units: &[Unit], wanted: impl Fn(Role) -> bool) -> impl Iterator<Item = (usize, &Unit)> {
    units.iter().enumerate().filter(move |(_, unit)| wanted(unit.role))
}
