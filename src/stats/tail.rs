//! How likely so many or more are. In: a count, and what is expected of it. Out: a probability. Separate because
//! tails are added up from their small ends, so that probabilities far below the rounding of 1 are right.

use super::beta::{beta, ln_gamma};
use super::float;

/// Probability of `count` or more where `mean` are expected: of a Poisson distribution, or, if the variance is
/// larger than the mean, of the negative binomial one with both (the gamma mixture of Greenwood and Yule 1920).
/// 1 for a count of nought; 0 where nothing is expected and something came.
#[must_use]
pub fn as_many(count: u64, mean: f64, variance: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if mean <= 0.0 || mean.is_nan() {
        return 0.0;
    }
    let more = variance - mean;
    if more > mean * 1e-9 {
        let size = mean * mean / more;
        return beta(float(count), size, [mean / (mean + size), size / (mean + size)]);
    }
    // Each end is added up away from the middle, where its terms fall.
    if float(count) > mean { up(count, mean) } else { (1.0 - down(count - 1, mean)).clamp(0.0, 1.0) }
}

/// Terms this much below the sum no longer change it.
const NOTHING: f64 = 1e-17;

/// Probability of just so many.
fn poisson(count: u64, mean: f64) -> f64 {
    (float(count) * mean.ln() - mean - ln_gamma(float(count) + 1.0)).exp()
}

fn up(from: u64, mean: f64) -> f64 {
    let (mut term, mut sum, mut at) = (poisson(from, mean), 0.0, from);
    while term > sum * NOTHING {
        sum += term;
        at += 1;
        term *= mean / float(at);
    }
    sum.min(1.0)
}

fn down(from: u64, mean: f64) -> f64 {
    let (mut term, mut sum, mut at) = (poisson(from, mean), 0.0, from);
    while term > sum * NOTHING {
        sum += term;
        term *= float(at) / mean;
        at = at.saturating_sub(1);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of `scipy.stats`: `poisson.sf(count - 1, mean)` and
    /// `nbinom.sf(count - 1, mean**2 / (variance - mean), mean / variance)`.
    #[test]
    fn tails_equal_scipy() {
        for (count, mean, variance, wanted) in [
            (5, 2.0, 2.0, 0.052_653_017_343_711_125),
            (20, 10.0, 10.0, 0.003_454_341_975_856_833_4),
            (1, 0.1, 0.1, 0.095_162_581_964_040_44),
            (3, 7.5, 7.5, 0.979_743_284_943_335_6),
            (300, 100.0, 100.0, 1.818_721_816_731_246_6e-58),
            (30, 10.0, 20.0, 0.000_532_509_817_276_15),
            (30, 10.0, 12.5, 8.143_500_654_569_89e-6),
            (2, 4.0, 9.0, 0.792_645_511_253_237_3),
            (1200, 1000.0, 4000.0, 0.001_324_373_880_195_830_5),
            (12, 0.5, 1.0, 5.370_758_946_235_886e-5),
        ] {
            let found = as_many(count, mean, variance);
            assert!((found / wanted - 1.0).abs() < 1e-9, "{count} of {mean}, {variance}: {found}");
        }
    }

    #[test]
    fn edges() {
        let edges = [as_many(0, 3.0, 3.0) - 1.0, as_many(0, 0.0, 0.0) - 1.0, as_many(1, 0.0, 0.0), as_many(1_000_000, 1.0, 2.0)];
        assert!(edges.iter().all(|edge| edge.abs() < 1e-12), "{edges:?}");
        assert!(as_many(5_000_000, 5_000_000.0, 5_000_000.0) > 0.49);
        assert!((as_many(4_000_000_000, 2e9, 4e18) - (-2.0f64).exp()).abs() < 1e-3);
    }
}
