//! Gates and objectives. In: conditions such as `complaints > 30%`, and a finished report. Out: a verdict on
//! each, which says what was measured and why that is enough, or not, to decide. A room of its own
//! because a build stops here: a gate fails when the bound of the interval crosses its threshold, never for
//! the estimate alone.
//!
//! | | a gate, written as what must not be | an objective, written as what is to be |
//! |---|---|---|
//! | the bound crosses the threshold | fail | met |
//! | the estimate crosses, its bound does not | not enough data | not enough data |
//! | the estimate does not cross | pass | not enough data |
//! | the other bound does not cross either | pass | not met |
//! | too few records, or nothing of that name | not enough data | not enough data |

mod baseline;
pub mod condition;
mod evidence;
pub mod file;
mod judge;
mod look;
mod measures;
mod wording;

pub use baseline::Baselines;
pub use condition::Condition;
pub use judge::{Gate, judge, remark};
pub use measures::MEASURES;

/// Fewest records that a gate decides on, if nothing else is asked for.
pub const LEAST: u64 = 30;
