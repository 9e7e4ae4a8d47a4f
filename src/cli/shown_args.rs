//! What of a report is shown, and how long its periods are. In: arguments. Out: limits. Separate because `report`
//! has many flags, and these belong together.

use clap::{Args, ValueEnum};
use earful::report::Length;

/// Arguments about people and time.
#[derive(Args)]
pub struct ShownArgs {
    /// Authors who praise most, at most; 0 hides them
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub fans: usize,
    /// Authors who complain most, at most; 0 hides them
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub critics: usize,
    /// Fewest scored posts of a fan or critic
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..))]
    pub least_posts: u64,
    /// Length of the periods over time; auto goes by the span of the dates
    #[arg(long, value_enum, default_value_t = Period::Auto, hide_possible_values = true, value_name = "auto|day|week|month")]
    period: Period,
}

#[derive(Clone, Copy, ValueEnum)]
enum Period {
    Auto,
    Day,
    Week,
    Month,
}

impl ShownArgs {
    /// The length that was asked for, if any.
    pub const fn period(&self) -> Option<Length> {
        match self.period {
            Period::Auto => None,
            Period::Day => Some(Length::Day),
            Period::Week => Some(Length::Week),
            Period::Month => Some(Length::Month),
        }
    }
}
