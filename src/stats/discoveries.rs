//! How many of many findings may be chance. In: probabilities. Out: the rate of false discoveries at which each
//! would be listed. Separate because whoever asks many questions gets some answers by chance.

use super::float;

/// The smallest rate of false discoveries at which each of these tests would be called a finding: the step-up
/// procedure of Benjamini and Hochberg 1995 ("Controlling the false discovery rate", JRSS B 57), as adjusted
/// probabilities: `q(i) = min over j >= i of p(j) m / j`, with `p` in ascending order. In the order given; a
/// probability that is no number counts as 1.
#[must_use]
pub fn q_values(probabilities: &[f64]) -> Vec<f64> {
    let p: Vec<f64> = probabilities.iter().map(|&p| if p.is_nan() { 1.0 } else { p.clamp(0.0, 1.0) }).collect();
    let of = |at: usize| p.get(at).copied().unwrap_or(1.0);
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| of(a).total_cmp(&of(b)));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (rank, &at) in order.iter().enumerate().rev() {
        least = least.min(of(at) * float(p.len() as u64) / float(rank as u64 + 1));
        if let Some(q) = q.get_mut(at) {
            *q = least;
        }
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(found: &[f64], wanted: &[f64]) {
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
        assert!(found.len() == wanted.len() && found.iter().zip(wanted).all(near), "{found:?}");
    }

    /// The fifteen probabilities of Benjamini and Hochberg 1995, section 3; values of
    /// `scipy.stats.false_discovery_control`. Their example finds four at a rate of 5 %.
    #[test]
    fn equals_scipy() {
        let p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0];
        let q = q_values(&p);
        same(&q, &FIFTEEN);
        assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 4);
        same(&q_values(&[0.3, 0.001, 0.04, 0.04, 0.9, 0.02]), &SIX);
    }

    const FIFTEEN: [f64; 15] = [
        0.0015,
        0.003,
        0.0095,
        0.035_625,
        0.0603,
        0.063_857_142_857,
        0.063_857_142_857,
        0.0645,
        0.0765,
        0.486,
        0.581_181_818_182,
        0.714_875,
        0.753_230_769_231,
        0.813_214_285_714,
        1.0,
    ];
    const SIX: [f64; 6] = [0.36, 0.006, 0.06, 0.06, 0.9, 0.06];

    #[test]
    fn odd_ones_are_no_findings() {
        assert!(q_values(&[]).is_empty());
        same(&q_values(&[f64::NAN, 0.01]), &[1.0, 0.02]);
        same(&q_values(&[0.0, 2.0, -1.0]), &[0.0, 1.0, 0.0]);
    }
}
