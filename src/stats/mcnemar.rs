//! Two ways to answer, on the same records. In: how many records only the first, or only the other,
//! gets right. Out: the probability of so uneven a split by chance. Separate because records that both
//! get right or wrong say nothing about which is better.

use super::normal::two_sided;
use super::{float, round};
use serde::{Deserialize, Serialize};

/// Up to so many records the exact test is taken; beyond, its approximation is the same to three places.
const EXACT: u64 = 1000;

/// McNemar's test.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Paired {
    /// Records that only the other gets right.
    pub gained: u64,
    /// Records that only the first gets right.
    pub lost: u64,
    /// Probability of a split at least as uneven if neither were better, both sides, 0 to 1.
    pub p: f64,
    /// How it was worked out.
    pub test: String,
}

/// The test of McNemar 1947 ("Note on the sampling error of the difference between correlated
/// proportions", Psychometrika 12): of `gained + lost` records each falls on either side like a coin. Up
/// to a thousand the exact binomial probability; beyond, chi-square with the continuity correction of
/// Edwards 1948 (Psychometrika 13).
#[must_use]
pub fn paired(gained: u64, lost: u64) -> Paired {
    let (n, few) = (gained + lost, gained.min(lost));
    let (p, test) = if n <= EXACT {
        ((2.0 * half_binomial(n, few)).min(1.0), "exact binomial")
    } else {
        let apart = (float(gained.abs_diff(lost)) - 1.0).max(0.0);
        (two_sided(apart / float(n).sqrt()), "chi-square, continuity corrected")
    };
    Paired { gained, lost, p: round(p), test: format!("McNemar, {test}") }
}

/// Probability of at most `few` heads in `n` throws of a fair coin.
fn half_binomial(n: u64, few: u64) -> f64 {
    let mut ln_term = -float(n) * std::f64::consts::LN_2;
    let mut sum = 0.0;
    for heads in 0..=few {
        sum += ln_term.exp();
        ln_term += (float(n.saturating_sub(heads)) / float(heads + 1)).ln();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::draw::Draw;
    use super::*;

    /// Values of R: `binom.test(b, n)$p.value`.
    #[test]
    fn equals_r() {
        for (gained, lost, p) in [(0, 0, 1.0), (5, 5, 1.0), (10, 2, 0.0386), (2, 10, 0.0386), (0, 6, 0.0313), (60, 40, 0.0569)] {
            assert!((paired(gained, lost).p - p).abs() < 6e-5, "{gained} {lost}: {}", paired(gained, lost).p);
        }
        // Both ways agree where one takes over from the other.
        let exact = 2.0 * half_binomial(1001, 470);
        assert!((paired(531, 470).p - exact).abs() < 2e-3, "{exact}");
    }

    #[test]
    fn chance_is_called_chance() {
        let mut draw = Draw(3);
        let alarms = (0..2000).filter(|_| {
            let gained = (0..120).filter(|_| draw.unit() < 0.5).count() as u64;
            paired(gained, 120 - gained).p < 0.05
        });
        let rate = alarms.count() as f64 / 2000.0;
        assert!(rate <= 0.06, "{rate}");
    }
}
