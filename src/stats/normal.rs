//! The normal distribution. In: a number in standard errors. Out: how likely one so far from nought is. Separate
//! because several tests end with it.

/// Probability of a standard normal number at least as far from nought (Abramowitz and Stegun 1964, formula
/// 7.1.26 of the error function, right to 1.5e-7; far out by the first terms of the continued fraction 26.2.14).
pub(super) fn two_sided(z: f64) -> f64 {
    let x = z.abs();
    if x > 4.0 {
        let density = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
        return (2.0 * density / (x + 1.0 / (x + 2.0 / (x + 3.0 / (x + 4.0 / x))))).min(1.0);
    }
    let t = 1.0 / (1.0 + 0.327_591_1 * x / std::f64::consts::SQRT_2);
    let series = t * (0.254_829_592 + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    (series * (-x * x / 2.0).exp()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand and with scipy: `2 * norm.sf(z)`.
    #[test]
    fn equals_scipy() {
        for (z, p) in [
            (0.0, 1.0),
            (1.0, 0.317_310_5),
            (1.959_964, 0.05),
            (3.0, 0.002_699_8),
            (6.0, 1.973_175e-9),
            // Of chi-square with one degree of freedom, the square of such a number.
            (3.841_459_f64.sqrt(), 0.05),
            (6.634_897_f64.sqrt(), 0.01),
            (10.827_566_f64.sqrt(), 0.001),
        ] {
            assert!((two_sided(z) - p).abs() < 3e-7_f64.min(p * 0.01).max(1e-12), "{z}: {} for {p}", two_sided(z));
        }
    }
}
