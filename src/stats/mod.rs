//! Intervals and tests. In: counts and sums. Out: estimates with their 95 % bounds. Separate because a
//! share without its interval is a rumour; no function here does input or output, each cites its
//! source. One kind of question per file.

mod beta;
mod calibration;
mod change;
mod counts;
mod discoveries;
mod exact;
mod f1;
mod linear;
mod log_odds;
mod mcnemar;
mod mix;
mod normal;
mod prevalence;
mod proportions;
mod resample;
mod shares;
mod shrink;
mod student;
mod tail;
mod welch;

pub use calibration::{Bin, calibration_error};
pub use change::change;
pub use counts::{Course, LEAST_PERIODS, Surge, surges};
pub use discoveries::q_values;
pub use exact::{exact_share, growth};
pub use f1::{CLASSES, Table, class_f1, macro_f1, macro_f1_change};
pub use log_odds::{Odds, log_odds};
pub use mcnemar::{Paired, paired};
pub use mix::{Cell, Effect, Parts, parts};
pub use prevalence::{ANSWERS, Answers, LEAST_PER_CLASS, Unusable, adjusted_count, post_stratified};
pub use proportions::{Counted, by_chance, detectable_net, detectable_share, two_nets, two_shares};
pub use resample::listed_again;
pub use shares::{mean, net, share};
pub use shrink::{Crowd, Shrinkage};
pub use tail::as_many;
pub use welch::{Mean, Welch, welch};

use serde::{Deserialize, Serialize};

/// The 97.5th percentile of the normal distribution, for 95 % intervals.
const Z: f64 = 1.959_963_984_540_054;

/// A number with the bounds of its 95 % interval, rounded to four decimals.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

impl Estimate {
    fn new(value: f64, low: f64, high: f64) -> Self {
        Self { value: round(value), low: round(low), high: round(high) }
    }

    /// A share with the interval of its logit (Agresti, "Categorical Data Analysis", 3rd ed. 2013,
    /// section 3.1.6: `var(logit p) = var(p) / (p (1 - p))²`), which cannot leave 0 to 1. `middle`, where the
    /// interval is laid around, is the estimate moved off 0 and 1 by a fraction of a record.
    fn of_share(value: f64, middle: f64, variance: f64) -> Self {
        let middle = middle.clamp(1e-6, 1.0 - 1e-6);
        let half = Z * variance.max(0.0).sqrt() / (middle * (1.0 - middle));
        let logit = (middle / (1.0 - middle)).ln();
        let back = |x: f64| 1.0 / (1.0 + (-x).exp());
        Self::new(value, back(logit - half).min(value), back(logit + half).max(value))
    }
}

fn round(x: f64) -> f64 {
    (x * 1e4).round() / 1e4 + 0.0
}

#[allow(clippy::cast_precision_loss)] // counts are far below 2⁵²
const fn float(count: u64) -> f64 {
    count as f64
}

mod draw;
