//! A share as a bar with its interval as a line. In: a share and the widest one beside it. Out: SVG. Separate
//! because rows are only comparable when their bars have one scale.

use super::{length, open_beside};
use crate::stats::Estimate;

/// The end of the scale of bars: a little more than the highest bound.
pub fn bar_top<'e>(shares: impl Iterator<Item = &'e Estimate>) -> f64 {
    let highest = shares.map(|share| share.high.max(share.value)).filter(|bound| bound.is_finite()).fold(0.0, f64::max);
    (highest * 1.02).clamp(0.01, 1.0)
}

/// A bar on a scale from nought to `top`.
pub fn bar(share: &Estimate, side: &str, top: f64) -> String {
    let at = |x: f64| if top > 0.0 && x.is_finite() { length((x / top).clamp(0.0, 1.0) * 100.0) } else { "0".to_owned() };
    format!(
        "{}<rect class=\"rail\" width=\"100%\" height=\"8\" y=\"3\" rx=\"2\"/>\
         <rect class=\"fill {side}\" width=\"{}%\" height=\"8\" y=\"3\" rx=\"2\"/>\
         <line class=\"whisker\" x1=\"{low}%\" x2=\"{high}%\" y1=\"7\" y2=\"7\"/>\
         <line class=\"whisker\" x1=\"{low}%\" x2=\"{low}%\" y1=\"4\" y2=\"10\"/>\
         <line class=\"whisker\" x1=\"{high}%\" x2=\"{high}%\" y1=\"4\" y2=\"10\"/></svg>",
        open_beside("bar", 14),
        at(share.value),
        side = class(side),
        low = at(share.low),
        high = at(share.high),
    )
}

/// A number without an interval, as a part of the greatest beside it.
pub fn meter(value: f64, top: f64, side: &str) -> String {
    let share = if top > 0.0 && value.is_finite() { (value / top).clamp(0.0, 1.0) } else { 0.0 };
    format!(
        "{}<rect class=\"rail\" width=\"100%\" height=\"8\" y=\"3\" rx=\"2\"/>\
         <rect class=\"fill {}\" width=\"{}%\" height=\"8\" y=\"3\" rx=\"2\"/></svg>",
        open_beside("bar", 14),
        class(side),
        length(share * 100.0)
    )
}

fn class(side: &str) -> &'static str {
    match side {
        "praise" => "praise",
        "complaint" | "complaints" => "complaint",
        _ => "even",
    }
}
