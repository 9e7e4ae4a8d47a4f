//! Texts with labels, in sets. In: labelled texts. Out: how much each counts. Separate because the
//! weight of a text is a decision about the data, and the same whatever is learned from it.

use super::{Class, Example};

/// Texts with labels.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The texts.
    pub texts: Vec<Box<str>>,
    /// Their labels.
    pub labels: Vec<Class>,
    /// The set of each text, an index into `sets`.
    pub set_of: Vec<u32>,
    /// The sets.
    pub sets: Vec<Set>,
}

/// Texts that were gathered and labelled together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    /// Its name.
    pub name: String,
    /// Sets of one family share a source, so that learning from one and testing on another would be
    /// cheating; below [`MOST_FAMILIES`].
    pub family: u8,
    /// Whether nothing in it is labelled neutral.
    pub two_class: bool,
}

/// Families are counted in the bits of a word.
pub const MOST_FAMILIES: u8 = 64;

impl Corpus {
    /// Adds a set.
    pub fn add_set(&mut self, name: &str, family: u8, texts: impl IntoIterator<Item = (Box<str>, Class)>) {
        #[allow(clippy::cast_possible_truncation)] // nobody has 2³² sets
        let number = self.sets.len() as u32;
        let before = self.labels.len();
        for (text, label) in texts {
            self.texts.push(text);
            self.labels.push(label);
            self.set_of.push(number);
        }
        let two_class = !self.labels.get(before..).unwrap_or(&[]).contains(&Class::Neutral);
        self.sets.push(Set { name: name.to_owned(), family: family.min(MOST_FAMILIES - 1), two_class });
    }

    /// The family of each text.
    pub fn families(&self) -> impl Iterator<Item = u8> + '_ {
        self.set_of.iter().map(|&set| self.sets.get(set as usize).map_or(0, |set| set.family))
    }

    /// An example for each text that `counts`. Classes weigh the same within a set, and sets weigh as
    /// their size to the power `power`, so that a large set does not drown small ones; the mean weight
    /// is 1.
    #[must_use]
    pub fn examples(&self, power: f64, counts: impl Fn(usize) -> bool) -> Vec<Example> {
        let mut sizes = vec![[0u32; 3]; self.sets.len()];
        let places = || self.labels.iter().zip(&self.set_of).enumerate();
        for (_, (&label, &set)) in places().filter(|&(at, _)| counts(at)) {
            if let Some(sizes) = sizes.get_mut(set as usize) {
                sizes[label as usize] += 1;
            }
        }
        let weight_in = |sizes: &[u32; 3], label: Class| {
            let size: f64 = sizes.iter().map(|&n| f64::from(n)).sum();
            let classes = sizes.iter().filter(|&&n| n > 0).count().max(1);
            #[allow(clippy::cast_precision_loss)] // at most 3
            let share = size.powf(power) / classes as f64;
            share / f64::from(sizes[label as usize].max(1))
        };
        let (mut records, mut total) = (0.0, 0.0);
        for sizes in &sizes {
            let size: f64 = sizes.iter().map(|&n| f64::from(n)).sum();
            records += size;
            total += if size > 0.0 { size.powf(power) } else { 0.0 };
        }
        let scale = if total > 0.0 { records / total } else { 0.0 };
        let example = |(at, (&label, &set)): (usize, (&Class, &u32))| {
            let own = sizes.get(set as usize).copied().unwrap_or_default();
            #[allow(clippy::cast_possible_truncation)] // a weight needs no more than seven digits
            let weight = if counts(at) { (weight_in(&own, label) * scale) as f32 } else { 0.0 };
            let two_class = self.sets.get(set as usize).is_some_and(|set| set.two_class);
            Example { label, weight, set, two_class, offset: [0.0; 2] }
        };
        places().map(example).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_weigh_the_same_and_large_sets_less_for_each_text() {
        let mut corpus = Corpus::default();
        let text = || Box::<str>::from("x");
        corpus.add_set(
            "small",
            0,
            [(text(), Class::Praise), (text(), Class::Complaint), (text(), Class::Complaint), (text(), Class::Complaint)],
        );
        corpus.add_set("large", 1, (0..16).map(|at| (text(), if at < 8 { Class::Neutral } else { Class::Praise })));
        let examples = corpus.examples(0.5, |_| true);
        let sum = |wanted: fn(&Example) -> bool| examples.iter().filter(|e| wanted(e)).map(|e| e.weight).sum::<f32>();
        assert!((sum(|_| true) - 20.0).abs() < 1e-4);
        assert!((sum(|e| e.set == 0 && e.label == Class::Praise) - sum(|e| e.set == 0 && e.label == Class::Complaint)).abs() < 1e-4);
        assert!((sum(|e| e.set == 1) / sum(|e| e.set == 0) - 2.0).abs() < 1e-4);
        assert!(examples[0].two_class && !examples[5].two_class);
        assert!(corpus.examples(0.5, |at| at != 3)[3].weight.abs() < 1e-9);
    }
}
