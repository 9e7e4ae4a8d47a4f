//! Two shares of different records. In: counts of both. Out: how probable so large a difference is by
//! chance, and how small a difference could have been seen. Separate because a test asks for the spread that
//! there would be if nothing had changed, an interval for the one that there is.

use super::normal::two_sided;
use super::{Z, float};

/// The 80th percentile of the normal distribution, for a power of 80 %.
const POWER: f64 = 0.841_621_233_572_914_2;

/// Records of a class, out of how many.
pub type Counted = (u64, u64);

/// Probability of a difference at least as large, to either side, if both shares were the same: the score
/// test with the pooled share (Pearson's chi-square without continuity correction; Newcombe 1998, Statistics
/// in Medicine 17, gives the interval that goes with it). 1 when there is nothing to tell them apart by.
#[must_use]
pub fn two_shares((a, m): Counted, (b, n): Counted) -> f64 {
    let pooled = float(a + b) / float((m + n).max(1));
    by_chance(part(b, n) - part(a, m), pooled * (1.0 - pooled) * spread(m, n))
}

/// The same for two net shares, given as plus, minus and all records: the score test of two means of +1, 0
/// and -1 with the pooled variance of one multinomial sample (Agresti, "Categorical Data Analysis", 3rd ed.
/// 2013, section 3.1).
#[must_use]
pub fn two_nets((p, m, of): (u64, u64, u64), (q, n, off): (u64, u64, u64)) -> f64 {
    by_chance(part(q, off) - part(n, off) - part(p, of) + part(m, of), net_variance(float(p + q), float(m + n), of, off))
}

/// The difference of two shares that such a test at the 5 % level finds with a probability of 80 %
/// (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd ed. 2003, section 4.2, without
/// continuity correction), around the pooled share, which a record more of either kind keeps off 0 and 1.
/// None without records.
#[must_use]
pub fn detectable_share((a, m): Counted, (b, n): Counted) -> Option<f64> {
    let pooled = (float(a + b) + 1.0) / (float(m + n) + 2.0);
    (m > 0 && n > 0).then(|| detectable(pooled * (1.0 - pooled) * spread(m, n)).min(1.0))
}

/// The same for two net shares.
#[must_use]
pub fn detectable_net((p, m, of): (u64, u64, u64), (q, n, off): (u64, u64, u64)) -> Option<f64> {
    let variance = || net_variance(float(p + q) + 0.5, float(m + n) + 0.5, of, off);
    (of > 0 && off > 0).then(|| detectable(variance()).min(2.0))
}

/// The difference that is found with a probability of 80 % when differences have this variance.
#[must_use]
pub fn detectable(variance: f64) -> f64 {
    (Z + POWER) * variance.max(0.0).sqrt()
}

/// Probability of a difference at least as large, to either side, when it has this variance and is normal.
#[must_use]
pub fn by_chance(difference: f64, variance: f64) -> f64 {
    if difference == 0.0 || variance <= 0.0 { 1.0 } else { two_sided(difference / variance.sqrt()) }
}

fn part(count: u64, of: u64) -> f64 {
    float(count) / float(of.max(1))
}

fn spread(m: u64, n: u64) -> f64 {
    1.0 / float(m.max(1)) + 1.0 / float(n.max(1))
}

fn net_variance(plus: f64, minus: f64, of: u64, off: u64) -> f64 {
    let all = float((of + off).max(1));
    let (plus, minus) = (plus / all, minus / all);
    (plus + minus - (plus - minus).powi(2)) * spread(of, off)
}

#[cfg(test)]
mod tests {
    use super::super::draw::Draw;
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 3e-7, "{found} {expected}");
    }

    /// scipy 1.17: `chi2_contingency([[a, m - a], [b, n - b]], correction=False)`.
    #[test]
    fn equals_scipy() {
        for (a, b, p) in [
            ((481, 1000), (180, 1000), 1.939_785_98e-46),
            ((56, 70), (48, 80), 0.008_045_081_368),
            ((9, 10), (3, 10), 0.006_169_899_321),
            ((201, 1000), (243, 1000), 0.023_834_311_777),
            ((5, 56), (0, 29), 0.097_186_568_171),
        ] {
            near(two_shares(a, b), p);
            near(two_shares(b, a), p);
        }
        near(two_nets((60, 20, 100), (50, 45, 120)), 0.002_299_583_122);
        near(two_nets((15, 0, 50), (30, 0, 70)), two_shares((15, 50), (30, 70)));
    }

    #[test]
    fn nothing_tells_nothing() {
        for (a, b) in [((0, 0), (0, 0)), ((0, 10), (0, 20)), ((10, 10), (20, 20)), ((0, 0), (3, 10))] {
            assert!(two_shares(a, b) > 0.05, "{a:?} {b:?}");
        }
        assert_eq!((detectable_share((0, 0), (1, 2)), detectable_net((0, 0, 0), (1, 0, 2))), (None, None));
    }

    /// With a true share of 20 %, and as large a difference as is said to be found, four of five tests find it.
    #[test]
    fn what_is_detectable_is_detected() {
        near(detectable_share((199, 999), (200, 999)).unwrap(), (Z + POWER) * (0.16_f64 * 2.0 / 999.0).sqrt());
        let (mut draw, n) = (Draw(7), 400);
        let apart = detectable_share((80, n), (80, n)).unwrap();
        let mut count = |share: f64| (0..n).filter(|_| draw.unit() < share).count() as u64;
        let found = (0..2000).filter(|_| two_shares((count(0.2 - apart / 2.0), n), (count(0.2 + apart / 2.0), n)) < 0.05).count();
        assert!((0.77..0.83).contains(&(found as f64 / 2000.0)), "{found}");
    }

    #[test]
    fn chance_is_called_chance() {
        let (mut draw, n) = (Draw(11), 150);
        let mut count = || (0..n).filter(|_| draw.unit() < 0.3).count() as u64;
        let alarms = (0..2000).filter(|_| two_shares((count(), n), (count(), n)) < 0.05).count();
        assert!((60..=140).contains(&alarms), "{alarms}");
    }
}
