//! How likely so many or more are. In: a count, and what is expected of it. Out: a probability. Separate because
//! tails are added up from their small ends, so that probabilities far below the rounding of 1 are right.

use super::float;

/// Natural logarithm of the gamma function for `x > 0`: the approximation of Lanczos 1964 with the nine
/// coefficients (g = 7) of Godfrey 2001; relative error below 1e-13.
fn ln_gamma(x: f64) -> f64 {
    const C: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        // Reflection, for which x is never a whole number here.
        return (std::f64::consts::PI / (std::f64::consts::PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let sum = C.iter().zip(0u32..).map(|(c, at)| if at == 0 { *c } else { c / (x + f64::from(at)) }).sum::<f64>();
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

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
        return part_of_beta(float(count), size, [mean / (mean + size), size / (mean + size)]);
    }
    // Each end is added up away from the middle, where its terms fall.
    if float(count) > mean { up(count, mean) } else { (1.0 - down(count - 1, mean)).clamp(0.0, 1.0) }
}

/// Terms this much below the sum no longer change it.
const NOTHING: f64 = 1e-17;
/// Most steps of a continued fraction: more than the square root of any count that fits in memory.
const STEPS: u32 = 100_000;

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

/// The regularised incomplete beta function of `x` and `1 - x`, which is the upper tail of the negative binomial
/// distribution (DLMF 8.17.5), by its continued fraction (DLMF 8.17.22) on the side where that converges.
fn part_of_beta(a: f64, b: f64, [x, rest]: [f64; 2]) -> f64 {
    if x > (a + 1.0) / (a + b + 2.0) {
        return (1.0 - part_of_beta(b, a, [rest, x])).clamp(0.0, 1.0);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * rest.ln()).exp() / a;
    (front * fraction(a, b, x)).clamp(0.0, 1.0)
}

/// The continued fraction by the method of Lentz 1976.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let kept = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut above, mut below) = (1.0, 1.0 / kept(1.0 - (a + b) * x / (a + 1.0)));
    let mut whole = below;
    for step in 1..=STEPS {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            below = 1.0 / kept(1.0 + term * below);
            above = kept(1.0 + term / above);
            change = above * below;
            whole *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of `scipy.special.gammaln`.
    #[test]
    fn gamma_equals_scipy() {
        for (x, wanted) in [
            (0.1, 2.252_712_651_734_206),
            (0.5, 0.572_364_942_924_7),
            (1.5, -0.120_782_237_635_245_26),
            (10.0, 12.801_827_480_081_469),
            (123.4, 469.336_097_442_190_6),
            (1e5, 1_051_287.708_973_656_9),
        ] {
            assert!((ln_gamma(x) / wanted - 1.0).abs() < 1e-12, "{x}: {}", ln_gamma(x));
        }
    }

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
