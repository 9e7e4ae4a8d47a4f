//! Student's distribution. In: a ratio and its degrees of freedom. Out: probabilities and the bound of a 95 %
//! interval. Separate because it is a function of its own, which several tests of means need.

/// Degrees of freedom beyond which the distribution is the same to five places.
const NORMAL: f64 = 1e5;
/// Terms of the continued fraction; it ends long before.
const TERMS: u32 = 5000;

/// Probability that Student's t is at least so far from nought, to either side: the incomplete beta function
/// `I(df / (df + t²); df / 2, 1 / 2)` (Abramowitz and Stegun 1964, 26.7.1).
pub(super) fn two_sided(t: f64, freedom: f64) -> f64 {
    let df = freedom.clamp(1.0, NORMAL);
    incomplete_beta(df / (df + t * t), df / 2.0, 0.5).clamp(0.0, 1.0)
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

/// The regularised incomplete beta function by its continued fraction (NIST Digital Library of Mathematical
/// Functions, 8.17.22), turned round where that converges faster.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    if x < (a + 1.0) / (a + b + 2.0) { front * fraction(x, a, b) / a } else { 1.0 - front * fraction(1.0 - x, b, a) / b }
}

/// The continued fraction by the method of Lentz 1976 ("Generating Bessel functions in Mie scattering
/// calculations using continued fractions", Applied Optics 15).
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let kept = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut upper, mut lower) = (1.0, 1.0 / kept(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = lower;
    for term in 1..TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut step = 1.0;
        for numerator in [even, odd] {
            lower = 1.0 / kept(1.0 + numerator * lower);
            upper = kept(1.0 + numerator / upper);
            step = upper * lower;
            value *= step;
        }
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// The logarithm of the gamma function, by the series of Stirling (Abramowitz and Stegun 1964, 6.1.41) at
/// arguments that are moved up to 10 and more.
fn ln_gamma(x: f64) -> f64 {
    let (mut at, mut product) = (x, 1.0);
    while at < 10.0 {
        product *= at;
        at += 1.0;
    }
    let square = at * at;
    let series = (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / (1680.0 * square)) / square) / square) / at;
    (at - 0.5) * at.ln() - at + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - f64::ln(product)
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
