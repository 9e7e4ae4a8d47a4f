//! Student's distribution. In: a ratio and its degrees of freedom. Out: probabilities and the bound of a 95 %
//! interval. Separate because it is a function of its own, which several tests of means need.

use super::beta::beta;

/// Degrees of freedom beyond which the distribution is the same to five places.
const NORMAL: f64 = 1e5;

/// Probability that Student's t is at least so far from nought, to either side: the incomplete beta function
/// `I(df / (df + t²); df / 2, 1 / 2)` (Abramowitz and Stegun 1964, 26.7.1).
pub(super) fn two_sided(t: f64, freedom: f64) -> f64 {
    let df = freedom.clamp(1.0, NORMAL);
    let whole = df + t * t;
    beta(df / 2.0, 0.5, [df / whole, t * t / whole])
}

/// The 97.5th percentile, found by halving.
pub(super) fn quantile(freedom: f64) -> f64 {
    let (mut low, mut high) = (1.9, 13.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if two_sided(middle, freedom) > 0.05 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy 1.17: `2 * t.sf(t, df)`.
    #[test]
    fn tails_equal_scipy() {
        for (t, df, p) in [
            (2.0, 10.0, 0.073_388_034_770_740_37),
            (0.5, 3.7, 0.645_335_633_319_931_8),
            (5.0, 17.3, 0.000_104_139_753_486_543_08),
            (12.706_204_736_432_095, 1.0, 0.05),
            (1.0, 2.5, 0.404_061_027_278_273_64),
            (30.0, 4.0, 7.352_856_097_661_319e-6),
        ] {
            assert!((two_sided(t, df) / p - 1.0).abs() < 1e-9, "{t} {df}: {}", two_sided(t, df));
            assert!((two_sided(-t, df) / p - 1.0).abs() < 1e-9);
        }
        assert!((two_sided(1.96, 1e6) - 0.049_996_067_585_269_74).abs() < 5e-6);
        assert!((two_sided(0.0, 5.0) - 1.0).abs() < 1e-12);
    }

    /// scipy 1.17: `t.ppf(0.975, df)`.
    #[test]
    fn percentiles_equal_scipy() {
        for (df, t) in [
            (1.0, 12.706_204_736_17),
            (2.0, 4.302_652_729_75),
            (3.7, 2.867_520_707_19),
            (10.0, 2.228_138_851_99),
            (17.3, 2.107_032_003_75),
            (100.0, 1.983_971_518_52),
            (1e5, 1.959_987_707_53),
        ] {
            assert!((quantile(df) - t).abs() < 1e-6, "{df}: {}", quantile(df));
        }
    }
}
