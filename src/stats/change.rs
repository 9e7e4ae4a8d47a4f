//! The difference of two figures of different records. In: both with their intervals. Out: the
//! difference with its interval. Separate because the records of the two have nothing in common, as those
//! of two answers to the same records have.

use super::Estimate;

/// `after` minus `before`, with the hybrid score interval of Newcombe 1998 ("Interval estimation for the
/// difference between independent proportions", Statistics in Medicine 17, method 10): the distances of
/// each figure to its own bounds, squared and added. Shares are to come with their Wilson intervals; that it
/// holds for other figures with intervals of their own, such as net shares, show Zou and Donner 2008
/// (Statistics in Medicine 27). As bounds are rounded, the last of four decimals may be one off.
#[must_use]
pub fn change(before: &Estimate, after: &Estimate) -> Estimate {
    let value = after.value - before.value;
    let both = |one: f64, other: f64| (one * one + other * other).sqrt();
    let down = both(after.value - after.low, before.high - before.value);
    let up = both(after.high - after.value, before.value - before.low);
    Estimate::new(value, value - down, value + up)
}

#[cfg(test)]
mod tests {
    use super::super::{net, share};
    use super::*;

    /// Newcombe 1998, table II, method 10: 56/70 and 48/80, 9/10 and 3/10, 6/7 and 2/7, 5/56 and 0/29, 0/10 and
    /// 0/20, 0/10 and 0/10, 10/10 and 0/20, 10/10 and 0/10.
    #[test]
    fn equals_newcombe() {
        for ((a, m), (b, n), low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ] {
            let found = change(&share(b, n), &share(a, m));
            assert!((found.low - low).abs() < 1.5e-4 && (found.high - high).abs() < 1.5e-4, "{a}/{m} {b}/{n}: {found:?}");
        }
    }

    #[test]
    fn turned_round_it_has_the_other_sign() {
        let (one, other) = (net(60, 20, 100), net(20, 30, 70));
        let (up, down) = (change(&other, &one), change(&one, &other));
        assert!((up.value + down.value).abs() < 1e-9 && (up.low + down.high).abs() < 1e-9 && up.low > 0.0, "{up:?} {down:?}");
    }
}
