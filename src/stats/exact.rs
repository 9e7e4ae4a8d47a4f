//! The exact interval of a share. In: counts. Out: an estimate whose bounds are each missed by at most
//! 2.5 % of samples, whatever the share and however few the records. Separate from the score interval
//! of the report's tables, which holds that only on average, because a gate promises it.

use super::beta::beta;
use super::{Estimate, float, share};

/// Beyond so many records the exact interval and that of Wilson are the same to the fourth decimal.
const MANY: u64 = 200_000;
/// What each bound may miss.
const MISS: f64 = 0.025;

/// A share with its exact interval (Clopper and Pearson 1934, "The use of confidence or fiducial limits
/// illustrated in the case of the binomial", Biometrika 26); 0 with bounds 0 and 1 when there is nothing to
/// share.
#[must_use]
pub fn exact_share(count: u64, of: u64) -> Estimate {
    if of == 0 || of > MANY || count > of {
        return share(count, of);
    }
    let (low, high) = bounds(count, of);
    Estimate::new(float(count) / float(of), low, high)
}

fn bounds(count: u64, of: u64) -> (f64, f64) {
    let (x, n) = (float(count), float(of));
    // At the lower bound, as many or more are seen in 2.5 % of samples; at the upper, as few or fewer.
    let low = if count == 0 { 0.0 } else { solve(|p| beta(x, n - x + 1.0, [p, 1.0 - p]) > MISS) };
    let high = if count == of { 1.0 } else { solve(|p| beta(x + 1.0, n - x, [p, 1.0 - p]) > 1.0 - MISS) };
    (low, high)
}

/// How much more often something is counted than before, as a share of before, from two counts of equal
/// spans: given their sum, the later is binomial (Przyborowski and Wilenski 1940, Biometrika 31), so that the
/// bounds are those of [`exact_share`]. None when there was nothing before.
#[must_use]
pub fn growth(before: u64, after: u64) -> Option<Estimate> {
    if before == 0 {
        return None;
    }
    let all = before + after;
    let (low, high) = if all > MANY { wide(after, all) } else { bounds(after, all) };
    let odds = |share: f64| share / (1.0 - share).max(1e-4) - 1.0;
    let value = float(after) / float(before) - 1.0;
    Some(Estimate::new(value, odds(low).min(value), odds(high).max(value)))
}

fn wide(count: u64, of: u64) -> (f64, f64) {
    let share = share(count, of);
    (share.low, share.high)
}

/// The smallest share from which on a rising condition holds.
fn solve(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of scipy 1.x: `binomtest(x, n).proportion_ci(0.95, method="exact")`.
    #[test]
    fn equals_scipy() {
        for (count, of, low, high) in [
            (0, 10, 0.0, 0.3085),
            (1, 10, 0.0025, 0.445),
            (5, 10, 0.1871, 0.8129),
            (10, 10, 0.6915, 1.0),
            (1, 1, 0.025, 1.0),
            (15, 50, 0.1786, 0.4461),
            (39, 100, 0.294, 0.4927),
            (3, 1000, 0.0006, 0.0087),
            (300, 1000, 0.2717, 0.3295),
            (2500, 7001, 0.3459, 0.3684),
            (60_000, 199_999, 0.298, 0.302),
        ] {
            let found = exact_share(count, of);
            assert_eq!((found.low, found.high), (low, high), "{count} of {of}");
        }
        assert_eq!(exact_share(0, 0), share(0, 0));
    }

    /// The same intervals of the later count among both, as odds.
    #[test]
    fn growth_is_that_of_the_odds() {
        for (before, after, value, low, high) in [
            (100, 150, 0.5, 0.1569, 0.9517),
            (10, 30, 2.0, 0.4274, 5.8793),
            (1000, 1100, 0.1, 0.0088, 0.1996),
            (40, 20, -0.5, -0.7231, -0.1243),
            (5, 0, -1.0, -1.0, 0.0913),
        ] {
            assert_eq!(growth(before, after), Some(Estimate { value, low, high }), "{before} {after}");
        }
        assert_eq!(growth(0, 9), None);
    }

    /// Neither bound is missed by more than 2.5 % of samples, whatever the share: all samples, by their
    /// probabilities.
    #[test]
    fn no_bound_is_missed_more_often_than_it_says() {
        for n in [10_u32, 30, 100] {
            for hundredths in [3, 30, 50, 88] {
                let p = f64::from(hundredths) / 100.0;
                let (mut chance, mut above, mut below) = ((1.0 - p).powi(i32::try_from(n).unwrap()), 0.0, 0.0);
                for count in 0..=n {
                    let found = exact_share(u64::from(count), u64::from(n));
                    above += if found.low > p { chance } else { 0.0 };
                    below += if found.high < p { chance } else { 0.0 };
                    chance *= f64::from(n - count) / f64::from(count + 1) * p / (1.0 - p);
                }
                assert!(above <= 0.025 && below <= 0.025, "{n} {p}: {above} {below}");
                assert!(n < 100 || above + below > 0.01, "{n} {p}: {above} {below}");
            }
        }
    }
}
