//! Means of few numbers, drawn towards the mean of all. In: counts, sums and squares by group. Out: how much to
//! shrink, and shrunken means. Separate because whoever wrote three posts can have the highest mean by luck, and
//! a list of the highest means would be a list of the luckiest.
//!
//! Empirical Bayes with normal distributions: the means of groups vary with variance `T` around that of all, the
//! numbers of a group with variance `S` around its own. Both are estimated by the analysis of variance of one way
//! (Efron and Morris 1975, "Data analysis using Stein's estimator and its generalizations", JASA 70; Searle,
//! Casella and McCulloch 1992, "Variance Components", section 3.6 on groups of different sizes).

use super::{Estimate, Z, float};

/// Sums over groups; all in whole numbers, so that the order of groups does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crowd {
    groups: u64,
    count: u64,
    sum: i128,
    squares: u128,
    /// Sum of squared counts.
    sizes: u128,
    /// Sum of `sum² / count` of the groups, rounded down.
    between: u128,
}

/// How much means are shrunk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrinkage {
    /// Mean of all numbers.
    pub grand: f64,
    /// `S`: variance within groups.
    pub within: f64,
    /// `T`: variance between the means of groups; 0 if they differ no more than chance makes them.
    pub between: f64,
}

impl Crowd {
    /// Adds a group by the count, sum and sum of squares of its numbers.
    pub const fn add(&mut self, count: u64, sum: i64, squares: u64) {
        if count == 0 {
            return;
        }
        let wide = sum.unsigned_abs() as u128;
        self.groups += 1;
        self.count += count;
        self.sum += sum as i128;
        self.squares += squares as u128;
        self.sizes += count as u128 * count as u128;
        self.between += wide * wide / count as u128;
    }

    /// What the groups tell of each other; numbers are in units of `unit`. None of fewer than two groups, and if
    /// no group has two numbers: then nobody knows how much of the difference is chance.
    #[allow(clippy::cast_precision_loss)] // sums stay far below 2⁵²
    #[must_use]
    pub fn shrinkage(&self, unit: f64) -> Option<Shrinkage> {
        if self.groups < 2 || self.count <= self.groups {
            return None;
        }
        let (n, groups) = (float(self.count), float(self.groups));
        let grand = self.sum as f64 / n;
        let within = (self.squares as f64 - self.between as f64).max(0.0) / (n - groups);
        let spread = (self.between as f64 - n * grand * grand) - (groups - 1.0) * within;
        let between = (spread / (n - self.sizes as f64 / n)).max(0.0);
        Some(Shrinkage { grand: grand / unit, within: within / (unit * unit), between: between / (unit * unit) })
    }
}

impl Shrinkage {
    /// The mean of a group of so many numbers, shrunk to the mean of all: `(n m + k M) / (n + k)` with `k = S / T`,
    /// and its 95 % interval, of the standard deviation `√(S / (n + k))`.
    #[must_use]
    pub fn shrunken(&self, count: u64, mean: f64) -> Estimate {
        let n = float(count);
        // n / (n + S / T), without dividing by nought.
        let weight = n * self.between / (n * self.between + self.within).max(f64::MIN_POSITIVE);
        let value = self.grand + weight * (mean - self.grand);
        let half = Z * ((1.0 - weight) * self.between).sqrt();
        Estimate::new(value, value - half, value + half)
    }
}

#[cfg(test)]
mod tests {
    use super::super::draw::Draw;
    use super::*;

    fn crowd(groups: &[&[i64]]) -> Crowd {
        let mut crowd = Crowd::default();
        for group in groups {
            let squares = group.iter().map(|x| x.unsigned_abs().pow(2)).sum();
            crowd.add(group.len() as u64, group.iter().sum(), squares);
        }
        crowd
    }

    /// Three groups of different sizes by hand: squares within add up to 2 + 2 + 2 with 6 degrees of freedom.
    #[test]
    fn equals_the_analysis_of_variance() {
        let found = crowd(&[&[1, 2, 3], &[7, 9], &[12, 12, 11, 13]]).shrinkage(1.0).unwrap();
        assert!((found.grand - 70.0 / 9.0).abs() < 1e-9, "{found:?}");
        assert!((found.within - 1.0).abs() < 1e-9, "{found:?}");
        let between = 3.0 * 4.0 + 2.0 * 64.0 + 4.0 * 144.0 - 9.0 * (70.0f64 / 9.0).powi(2);
        let t = (between - 2.0 * found.within) / (9.0 - 29.0 / 9.0);
        assert!((found.between - t).abs() < 1e-9, "{found:?} {t}");
    }

    #[test]
    fn the_fewer_the_nearer_to_all() {
        let rule = Shrinkage { grand: 0.1, within: 0.2, between: 0.05 };
        // k = 4.
        let [few, many] = [4, 396].map(|n| rule.shrunken(n, 0.9));
        assert!((few.value - 0.5).abs() < 1e-4 && (many.value - 0.892).abs() < 1e-4, "{few:?} {many:?}");
        assert!((few.high - few.value - 1.96 * (0.2f64 / 8.0).sqrt()).abs() < 1e-3);
        assert!(many.high - many.low < few.high - few.low);
        let alike = Shrinkage { between: 0.0, ..rule };
        assert_eq!(alike.shrunken(100, 0.9), Estimate { value: 0.1, low: 0.1, high: 0.1 });
        assert!((Shrinkage { within: 0.0, ..rule }.shrunken(3, 0.9).value - 0.9).abs() < 1e-9);
    }

    #[test]
    fn nobody_can_tell_from_single_numbers() {
        assert_eq!(crowd(&[&[1], &[2], &[3]]).shrinkage(1.0), None);
        assert_eq!(crowd(&[&[1, 2, 3]]).shrinkage(1.0), None);
        assert_eq!(Crowd::default().shrinkage(1.0), None);
    }

    /// The intervals hold the truth in 95 of 100 cases, and the shrunken means are nearer to it.
    #[test]
    #[allow(clippy::cast_possible_truncation)] // far below 2⁶³
    fn intervals_hold_the_truth() {
        let mut draw = Draw(3);
        let mut normal = move || (0..12).map(|_| draw.unit()).sum::<f64>() - 6.0;
        let people: Vec<(f64, Vec<i64>)> = (0..2000)
            .map(|at| {
                let truth = 1000.0 + 2000.0 * normal();
                (truth, (0..=at % 7).map(|_| (truth + 4000.0 * normal()) as i64).collect())
            })
            .collect();
        let rule = crowd(&people.iter().map(|(_, posts)| posts.as_slice()).collect::<Vec<_>>()).shrinkage(10_000.0).unwrap();
        assert!((rule.within.sqrt() - 0.4).abs() < 0.02 && (rule.between.sqrt() - 0.2).abs() < 0.02, "{rule:?}");
        let (mut inside, mut error, mut plain) = (0, 0.0, 0.0);
        for (truth, posts) in &people {
            let (truth, mean) = (truth / 10_000.0, posts.iter().sum::<i64>() as f64 / posts.len() as f64 / 10_000.0);
            let found = rule.shrunken(posts.len() as u64, mean);
            inside += u32::from(found.low <= truth && truth <= found.high);
            error += (found.value - truth).powi(2);
            plain += (mean - truth).powi(2);
        }
        assert!((1860..1940).contains(&inside), "{inside}");
        assert!(error < 0.5 * plain, "{error} {plain}");
    }
}
