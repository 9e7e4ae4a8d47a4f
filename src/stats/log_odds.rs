//! Words that set two sets of texts apart. In: counts of one word. Out: how much more often it is said in one of them.
//! Separate because raw shares favour rare words and raw counts frequent ones.

use super::float;

/// How much more often a word is said in some texts than in others.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Odds {
    /// Weighted log-odds ratio: above nought for more often.
    pub ratio: f64,
    /// The same in standard errors.
    pub z: f64,
    /// Probability of that or more on either side, were there no difference.
    pub p: f64,
}

/// The weighted log-odds ratio of a word with an informative Dirichlet prior, the words of both sets together (Monroe,
/// Colaresi and Quinn 2008, "Fightin' words", Political Analysis 16, equations 16, 19 and 22). `word` and `all`
/// are the counts of the word and of all words in the one set and in the other; `strength` is how many words the
/// prior weighs.
#[must_use]
pub fn log_odds(word: [u64; 2], all: [u64; 2], strength: f64) -> Odds {
    let [y, n] = [word.map(float), all.map(float)];
    let total = (n[0] + n[1]).max(1.0);
    let prior = (strength * (y[0] + y[1]) / total).max(f64::MIN_POSITIVE);
    let odds = |side: usize| ((y[side] + prior) / (n[side] + strength - y[side] - prior).max(f64::MIN_POSITIVE)).ln();
    let ratio = odds(0) - odds(1);
    let variance = 1.0 / (y[0] + prior) + 1.0 / (y[1] + prior);
    let z = ratio / variance.sqrt();
    Odds { ratio, z, p: two_sided(z) }
}

/// Probability of a standard normal number at least as far from nought (Abramowitz and Stegun 1964, formula
/// 7.1.26 of the error function, right to 1.5e-7; far out by the first terms of the continued fraction 26.2.14).
fn two_sided(z: f64) -> f64 {
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
        for (z, p) in [(0.0, 1.0), (1.0, 0.317_310_5), (1.959_964, 0.05), (3.0, 0.002_699_8), (6.0, 1.973_175e-9)] {
            assert!((two_sided(z) - p).abs() < 3e-7_f64.min(p * 0.01).max(1e-12), "{z}: {} for {p}", two_sided(z));
        }
    }

    /// With numpy, from the equations: counts 40 of 1,000 and 10 of 2,000, prior of 100 words.
    #[test]
    fn equals_the_equations() {
        let odds = log_odds([40, 10], [1000, 2000], 100.0);
        let prior: f64 = 100.0 * 50.0 / 3000.0;
        let by_hand = ((40.0 + prior) / (1100.0 - 40.0 - prior)).ln() - ((10.0 + prior) / (2100.0 - 10.0 - prior)).ln();
        assert!((odds.ratio - by_hand).abs() < 1e-12 && (odds.ratio - 1.952_636_6).abs() < 1e-6, "{odds:?}");
        assert!((odds.z - by_hand / (1.0 / (40.0 + prior) + 1.0 / (10.0 + prior)).sqrt()).abs() < 1e-12);
        let turned = log_odds([10, 40], [2000, 1000], 100.0);
        assert!((turned.ratio + odds.ratio).abs() < 1e-12 && (turned.p - odds.p).abs() < 1e-12);
        assert!(log_odds([0, 0], [0, 0], 100.0).p > 0.99);
    }
}
