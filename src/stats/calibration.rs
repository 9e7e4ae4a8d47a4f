//! Whether confidence means what it says. In: records by bin of confidence. Out: the mean difference
//! between confidence and the share that is right. Separate because an answer may be right for all the
//! wrong confidence.

use super::{float, round};

/// Records of similar confidence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Bin {
    /// Records.
    pub records: u64,
    /// Those with the right answer.
    pub right: u64,
    /// Sum of their confidences, in ten-thousandths.
    pub confidence: u64,
}

/// Expected calibration error, 0 to 1: over bins, the difference between mean confidence and share of
/// right answers, weighted by records (Naeini, Cooper and Hauskrecht 2015, "Obtaining well calibrated
/// probabilities using Bayesian binning", AAAI; Guo et al. 2017, "On calibration of modern neural
/// networks", ICML). 0 without records.
#[must_use]
pub fn calibration_error(bins: &[Bin]) -> f64 {
    let n: u64 = bins.iter().map(|bin| bin.records).sum();
    let apart: f64 = bins.iter().map(|bin| (float(bin.right) - float(bin.confidence) / 10_000.0).abs()).sum();
    if n == 0 { 0.0 } else { round(apart / float(n)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worked_example() {
        // 10 records said to be 0.9 sure, 8 right; 10 said to be 0.5 sure, 6 right: 0.5 · 0.1 + 0.5 · 0.1.
        let bins = [Bin { records: 10, right: 8, confidence: 90_000 }, Bin { records: 10, right: 6, confidence: 50_000 }, Bin::default()];
        assert!((calibration_error(&bins) - 0.1).abs() < 1e-9);
        assert_eq!((calibration_error(&[]), calibration_error(&[Bin::default()])), (0.0, 0.0));
    }
}
