//! How much each feature counts. In: `lexicons/en/targets.tsv`. Out: a [`Weight`] for each [`Feature`].
//! Separate because the numbers are learned and can be read and changed without touching code.

use super::feature::{Belongs, Feature, Nearness, Relation};
use crate::error::{Error, Result};
use crate::lexicon::grammar::Grammar;
use hashbrown::HashMap;

/// The file.
const ENGLISH: (&str, &str) = ("en/targets.tsv", include_str!("../../../lexicons/en/targets.tsv"));

/// How much a feature counts, in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Weight {
    /// What it adds to the lean.
    pub lean: i32,
    /// What it adds to the opinion.
    pub opinion: i32,
    /// What it takes from the opinion, where it speaks against there being one.
    pub doubt: i32,
}

impl Weight {
    /// Both of what they bear on.
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            lean: self.lean.saturating_add(other.lean),
            opinion: self.opinion.saturating_add(other.opinion),
            doubt: self.doubt.saturating_add(other.doubt),
        }
    }
}

/// A weight for each feature.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// By the place of the feature; features beyond the end are unknown.
    by_place: Vec<Weight>,
}

impl Weights {
    /// Those that were learned for English.
    ///
    /// # Errors
    /// When the shipped file is faulty, which a test rules out.
    pub fn english(grammar: &Grammar) -> Result<Self> {
        Self::parse(ENGLISH.0, ENGLISH.1, grammar)
    }

    /// Reads a file of weights: the name of a feature, then lean, opinion and doubt.
    ///
    /// # Errors
    /// When a line names no feature, or a number cannot be read.
    pub fn parse(name: &str, text: &str, grammar: &Grammar) -> Result<Self> {
        let names: HashMap<String, Feature> = Feature::all(grammar).map(|feature| (feature.name(grammar), feature)).collect();
        let mut weights = Self::unknown_all(grammar);
        for (line, row) in (1..).zip(text.lines()).filter(|(_, row)| !row.is_empty() && !row.starts_with('#')) {
            let fault =
                |found: &str, expected: &str| Error::usage(format!("found {found:?}, expected {expected}")).at(format!("{name}:{line}"));
            let mut fields = row.split('\t');
            let feature = fields.next().unwrap_or("");
            let feature = *names.get(feature).ok_or_else(|| fault(feature, "the name of a feature"))?;
            let mut number = || {
                let field = fields.next().unwrap_or("");
                let number = field.parse::<f64>().ok().filter(|number| number.abs() < 1000.0);
                #[allow(clippy::cast_possible_truncation)] // below a million
                number.map(|number| (number * 1000.0).round() as i32).ok_or_else(|| fault(field, "a number"))
            };
            weights.set(feature, Weight { lean: number()?, opinion: number()?, doubt: number()? });
        }
        Ok(weights)
    }

    /// Weights given one by one.
    #[must_use]
    pub fn new(known: impl IntoIterator<Item = (Feature, Weight)>, grammar: &Grammar) -> Self {
        let mut weights = Self::unknown_all(grammar);
        known.into_iter().for_each(|(feature, weight)| weights.set(feature, weight));
        weights
    }

    fn unknown_all(grammar: &Grammar) -> Self {
        let mut weights = Self { by_place: vec![Weight::default(); Feature::places(grammar)] };
        Feature::all(grammar).for_each(|feature| weights.set(feature, Self::unknown(feature)));
        weights
    }

    fn set(&mut self, feature: Feature, weight: Weight) {
        if let Some(place) = self.by_place.get_mut(feature.place()) {
            *place = weight;
        }
    }

    /// The weight of a feature. What a text adds counts whole where nothing is known; shares and the like
    /// do not count then.
    #[inline]
    #[must_use]
    pub fn of(&self, feature: Feature) -> Weight {
        self.by_place.get(feature.place()).copied().unwrap_or_else(|| Self::unknown(feature))
    }

    /// The weight of a feature about which nothing is known.
    #[must_use]
    pub fn unknown(feature: Feature) -> Weight {
        let all = |weight| Weight { lean: weight, opinion: weight, doubt: weight };
        match feature {
            // Labelled records name one target each, so nothing can be learned of rivals.
            Feature::Opinion(_, Relation::Apart(_, _, Belongs::Rival)) => all(150),
            Feature::Word(_, Nearness::Rival) => all(300),
            // Of comparisons too: the sets hold few, and nobody marked them.
            Feature::Compared => all(800),
            Feature::Opinion(..) | Feature::Word(..) | Feature::Absent | Feature::Own => all(1000),
            _ => all(0),
        }
    }
}
