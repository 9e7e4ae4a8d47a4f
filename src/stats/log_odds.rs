//! Words that set two sets of texts apart. In: counts of one word. Out: how much more often it is said in one of them.
//! Separate because raw shares favour rare words and raw counts frequent ones.

use super::float;
use super::normal::two_sided;

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

#[cfg(test)]
mod tests {
    use super::*;

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
