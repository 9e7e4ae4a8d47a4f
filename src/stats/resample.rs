//! How stable a ranking is. In: counts. Out: how often each is listed again when the records are drawn anew.
//! Separate because it is a simulation, with numbers that are the same on every machine.

use super::draw::Draw;
use super::float;

/// Times that the records are drawn.
const TIMES: u32 = 200;
/// The seed: any number will do, as long as it is always the same.
const SEED: u64 = 0x0EA2_F01D;

/// In what share of resamples each of these counts, sorted from the largest, is at least `least` and among the
/// first `shown`, to two decimals. Records are drawn with replacement (Efron 1979, "Bootstrap methods"), so that a
/// count in a resample is Poisson distributed around itself, as long as it is a small part of all records; counts
/// are drawn independently of each other.
#[must_use]
pub fn listed_again(counts: &[u64], shown: usize, least: u64) -> Vec<f64> {
    let mut draw = Draw(SEED);
    let mut listed = vec![0u32; counts.len()];
    let mut drawn: Vec<(u64, usize)> = Vec::with_capacity(counts.len());
    for _ in 0..TIMES {
        drawn.clear();
        drawn.extend(counts.iter().enumerate().map(|(at, &count)| (draw.resampled(float(count)), at)));
        drawn.sort_unstable_by_key(|&(count, at)| (std::cmp::Reverse(count), at));
        for &(_, at) in drawn.iter().take(shown).filter(|(count, _)| *count >= least) {
            listed[at] += 1;
        }
    }
    listed.into_iter().map(|times| (f64::from(times) * 100.0 / f64::from(TIMES)).round() / 100.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_leads_are_stable_and_ties_are_not() {
        let again = listed_again(&[1000, 500, 21, 20, 20, 19, 2], 3, 2);
        assert!(again[0] > 0.999 && again[1] > 0.999, "{again:?}");
        assert!((0.2..0.6).contains(&again[2]) && again[5] < 0.5 && again[6] < 0.01, "{again:?}");
        assert_eq!(again, listed_again(&[1000, 500, 21, 20, 20, 19, 2], 3, 2));
        // P(Poisson(3) >= 3) = 0.577.
        assert!((listed_again(&[3], 10, 3)[0] - 0.577).abs() < 0.1);
    }
}
