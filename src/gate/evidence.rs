//! Whether a figure is evidence. In: an estimate with its bounds, and a threshold. Out: on which side of it
//! they stand, and how many more records would tell. Separate because this is the difference between a
//! gate that fails for a reason and one that fails for noise.

use super::condition::{Sign, Way};
use crate::stats::Estimate;

/// How an estimate stands to a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Even the bound nearer to the threshold crosses it.
    Shown,
    /// The estimate crosses, the bound does not.
    Leaning,
    /// The estimate does not cross, the other bound does.
    Open,
    /// Not even the bound nearer to the threshold crosses it.
    Refuted,
}

impl Sign {
    const fn holds(self, value: f64, threshold: f64) -> bool {
        match self {
            Self::More => value > threshold,
            Self::AtLeast => value >= threshold,
            Self::Less => value < threshold,
            Self::AtMost => value <= threshold,
        }
    }

    /// Whether what is above the threshold is meant.
    pub(super) const fn is_above(self) -> bool {
        matches!(self, Self::More | Self::AtLeast)
    }
}

/// How an estimate stands to a threshold.
pub fn standing(figure: &Estimate, sign: Sign, threshold: f64) -> Standing {
    let (near, far) = if sign.is_above() { (figure.low, figure.high) } else { (figure.high, figure.low) };
    match [near, figure.value, far].map(|value| sign.holds(value, threshold)) {
        [true, ..] => Standing::Shown,
        [_, true, _] => Standing::Leaning,
        [.., true] => Standing::Open,
        _ => Standing::Refuted,
    }
}

/// A change as it is held against a threshold: by how much it rose, fell, or either.
pub fn turned(difference: Estimate, way: Way) -> Estimate {
    let Estimate { value, low, high } = difference;
    match way {
        Way::Level | Way::Rose => difference,
        Way::Fell => Estimate { value: -value, low: -high, high: -low },
        Way::Changed => {
            let low_size = if low <= 0.0 && high >= 0.0 { 0.0 } else { low.abs().min(high.abs()) };
            Estimate { value: value.abs(), low: low_size, high: low.abs().max(high.abs()) }
        }
    }
}

/// How many more records like these would show on which side of the threshold the figure is: bounds draw
/// nearer with the root of the records. To two digits; none if it is so near that no number is of use.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within bounds that are tested here
pub fn missing(figure: &Estimate, threshold: f64, records: u64) -> Option<u64> {
    const MOST: f64 = 1e7;
    let gap = (figure.value - threshold).abs();
    let reach = if figure.value > threshold { figure.value - figure.low } else { figure.high - figure.value };
    let more = records as f64 * ((reach / gap).powi(2) - 1.0);
    if gap < 1e-9 || more.is_nan() || !(0.0..=MOST).contains(&more) {
        return None;
    }
    let digit = 10f64.powi((more.max(1.0).log10().floor() as i32 - 1).max(0));
    Some(((more / digit).ceil() * digit) as u64).filter(|&more| more > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::exact_share;

    const FIGURE: Estimate = Estimate { value: 0.35, low: 0.31, high: 0.39 };

    #[test]
    fn bounds_decide_and_not_the_estimate() {
        for (sign, threshold, expected) in [
            (Sign::More, 0.30, Standing::Shown),
            (Sign::More, 0.31, Standing::Leaning),
            (Sign::AtLeast, 0.31, Standing::Shown),
            (Sign::More, 0.34, Standing::Leaning),
            (Sign::More, 0.36, Standing::Open),
            (Sign::More, 0.39, Standing::Refuted),
            (Sign::AtLeast, 0.39, Standing::Open),
            (Sign::Less, 0.40, Standing::Shown),
            (Sign::Less, 0.39, Standing::Leaning),
            (Sign::AtMost, 0.39, Standing::Shown),
            (Sign::Less, 0.34, Standing::Open),
            (Sign::Less, 0.31, Standing::Refuted),
        ] {
            assert_eq!(standing(&FIGURE, sign, threshold), expected, "{sign:?} {threshold}");
        }
    }

    #[test]
    fn falling_is_rising_turned_round() {
        let fall = Estimate { value: -0.3, low: -0.35, high: -0.25 };
        assert_eq!(turned(fall, Way::Fell), Estimate { value: 0.3, low: 0.25, high: 0.35 });
        assert_eq!(turned(fall, Way::Changed), Estimate { value: 0.3, low: 0.25, high: 0.35 });
        assert_eq!(turned(Estimate { value: 0.01, low: -0.03, high: 0.05 }, Way::Changed), Estimate { value: 0.01, low: 0.0, high: 0.05 });
    }

    /// With so many more records of the same kind, the bound is on its side of the threshold, and with a
    /// tenth fewer of them it is not.
    #[test]
    fn as_many_more_as_it_says_are_enough() {
        let figure = exact_share(70, 200);
        assert_eq!(standing(&figure, Sign::More, 0.3), Standing::Leaning);
        let more = missing(&figure, 0.3, 200).unwrap();
        let with = |more: u64| exact_share((200 + more) * 35 / 100, 200 + more);
        assert!(with(more + 20).low > 0.3 && with(more * 9 / 10).low < 0.3, "{more}");
        assert_eq!(missing(&Estimate { value: 0.3, ..figure }, 0.3, 200), None);
    }
}
