//! Two means of different records. In: number, mean and variance of both. Out: the difference with its
//! interval, and how probable it is by chance. Separate because means of scores spread differently on the two
//! sides, and what is divided by them follows Student's distribution.

use super::proportions::detectable;
use super::student::{quantile, two_sided};
use super::{Estimate, Z, float};

/// A mean, and how far off it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// Records.
    pub records: u64,
    /// Their mean.
    pub mean: f64,
    /// The square of its standard error: the variance of the records by their number.
    pub variance: f64,
}

impl Mean {
    /// From the normal 95 % interval of a mean that was rounded to four decimals; what rounding may have hidden
    /// is added, so that no mean looks surer than it is.
    #[must_use]
    pub fn of_interval(records: u64, estimate: &Estimate) -> Self {
        const ROUNDED: f64 = 0.000_05;
        let error = ((estimate.high - estimate.low) / 2.0 + ROUNDED) / Z;
        Self { records, mean: estimate.value, variance: error * error }
    }

    /// From counted values.
    #[must_use]
    pub fn of_counts(counts: &[(f64, u64)]) -> Self {
        let records: u64 = counts.iter().map(|(_, count)| count).sum();
        let n = float(records.max(1));
        let mean = counts.iter().map(|(value, count)| value * float(*count)).sum::<f64>() / n;
        let squares: f64 = counts.iter().map(|(value, count)| (value - mean).powi(2) * float(*count)).sum();
        Self { records, mean, variance: squares / (n - 1.0).max(1.0) / n }
    }

    /// The mean with its normal 95 % interval.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let half = Z * self.variance.sqrt();
        Estimate::new(self.mean, self.mean - half, self.mean + half)
    }
}

/// The difference of two means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Welch {
    /// The second minus the first.
    pub difference: Estimate,
    /// Probability of one at least as large, to either side, if both were the same.
    pub p: f64,
    /// The difference that is found with a probability of 80 %.
    pub detectable: f64,
}

/// Test and interval of Welch 1947 ("The generalization of Student's problem when several different population
/// variances are involved", Biometrika 34) with the degrees of freedom of Satterthwaite 1946. None with fewer
/// than two records on a side.
#[must_use]
pub fn welch(before: &Mean, after: &Mean) -> Option<Welch> {
    let (m, n) = (before.records, after.records);
    if m < 2 || n < 2 {
        return None;
    }
    let variance = before.variance + after.variance;
    let value = after.mean - before.mean;
    if variance <= 0.0 {
        let p = if value == 0.0 { 1.0 } else { 0.0 };
        return Some(Welch { difference: Estimate::new(value, value, value), p, detectable: 0.0 });
    }
    let freedom = variance.powi(2) / (before.variance.powi(2) / float(m - 1) + after.variance.powi(2) / float(n - 1));
    let half = quantile(freedom) * variance.sqrt();
    Some(Welch {
        difference: Estimate::new(value, value - half, value + half),
        p: two_sided(value / variance.sqrt(), freedom),
        detectable: detectable(variance),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(mean: f64, deviation: f64, records: u64) -> Mean {
        Mean { records, mean, variance: deviation * deviation / float(records) }
    }

    /// scipy 1.17: `ttest_ind_from_stats(..., equal_var=False)` and `t.ppf(0.975, df)` times the standard error.
    #[test]
    fn equals_scipy() {
        for (before, after, p, low, high) in [
            (mean(0.21, 0.45, 40), mean(0.05, 0.6, 25), 0.258_119_092, -0.4418, 0.1218),
            (mean(0.1, 0.5, 1000), mean(0.12, 0.5, 1200), 0.350_307_427, -0.0220, 0.0620),
            (mean(3.9, 1.2, 12), mean(3.1, 1.6, 15), 0.150_382_998, -1.9105, 0.3105),
        ] {
            let found = welch(&before, &after).unwrap();
            assert!((found.p - p).abs() < 1e-8, "{found:?}");
            assert!((found.difference.low - low).abs() < 6e-5 && (found.difference.high - high).abs() < 6e-5, "{found:?}");
        }
    }

    #[test]
    fn intervals_and_counts_tell_the_same() {
        let counted = Mean::of_counts(&[(1.0, 20), (3.0, 15), (5.0, 65)]);
        let told = Mean::of_interval(100, &counted.estimate());
        assert!((counted.mean - 3.9).abs() < 1e-9 && (counted.variance - 2.616_161_616 / 100.0).abs() < 1e-9, "{counted:?}");
        assert!(told.variance >= counted.variance && told.variance < counted.variance * 1.002, "{told:?} {counted:?}");
    }

    #[test]
    fn one_record_tells_nothing_and_equal_ones_are_sure() {
        assert_eq!(welch(&mean(1.0, 0.0, 1), &mean(0.0, 1.0, 9)), None);
        let same = welch(&mean(1.0, 0.0, 5), &mean(1.0, 0.0, 5)).unwrap();
        assert_eq!((same.p, same.difference.low, same.difference.high), (1.0, 0.0, 0.0));
    }
}
