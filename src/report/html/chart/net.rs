//! Net sentiment as a dot with its interval, left or right of nought, and as the shade of a cell. In: a net
//! share. Out: SVG, or the name of a shade. Separate because nought stands in the middle here.

use super::{length, open_beside};
use crate::stats::Estimate;

/// The end of the scale: the farthest bound from nought, in steps of ten points.
pub fn net_top<'e>(nets: impl Iterator<Item = &'e Estimate>) -> f64 {
    let farthest = nets.map(|net| net.low.abs().max(net.high.abs())).filter(|bound| bound.is_finite()).fold(0.0, f64::max);
    ((farthest * 10.0).ceil() / 10.0).clamp(0.1, 1.0)
}

/// A dot with whiskers on a scale from `-top` to `top`.
pub fn net(net: &Estimate, top: f64) -> String {
    let top = if top > 0.0 { top } else { 1.0 };
    let at = |x: f64| if x.is_finite() { length(2.0 + (x / top).clamp(-1.0, 1.0).mul_add(48.0, 48.0)) } else { "50".to_owned() };
    let side = match net {
        _ if net.low > 0.0 => "praise",
        _ if net.high < 0.0 => "complaint",
        _ => "even",
    };
    format!(
        "{}<line class=\"nought\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"14\"/>\
         <line class=\"reach {side}\" x1=\"{}%\" x2=\"{}%\" y1=\"7\" y2=\"7\"/>\
         <circle class=\"dot {side}\" cx=\"{}%\" cy=\"7\" r=\"4\"/></svg>",
        open_beside("net", 14),
        at(net.low),
        at(net.high),
        at(net.value),
    )
}

/// The shade of a cell, from `cold-4` for complaints over `even` to `warm-4` for praise.
pub fn heat(value: f64, top: f64) -> &'static str {
    const COLD: [&str; 4] = ["cold-1", "cold-2", "cold-3", "cold-4"];
    const WARM: [&str; 4] = ["warm-1", "warm-2", "warm-3", "warm-4"];
    let share = if top > 0.0 { value / top } else { 0.0 };
    let step = [0.1, 0.3, 0.55, 0.8].iter().take_while(|&&least| share.abs() >= least).count();
    let shades = if share < 0.0 { COLD } else { WARM };
    step.checked_sub(1).and_then(|step| shades.get(step)).copied().unwrap_or("even")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_are_even_around_nought() {
        assert_eq!([-1.0, -0.6, -0.35, -0.1, -0.09].map(|x| heat(x, 1.0)), ["cold-4", "cold-3", "cold-2", "cold-1", "even"]);
        assert_eq!([0.0, 0.1, 0.31, 0.56, 0.8].map(|x| heat(x, 1.0)), ["even", "warm-1", "warm-2", "warm-3", "warm-4"]);
        assert_eq!(heat(0.5, 0.0), "even");
    }

    #[test]
    fn nought_is_in_the_middle() {
        let chart = net(&Estimate { value: 0.0, low: -0.5, high: 0.5 }, 0.5);
        assert!(chart.contains("cx=\"50%\"") && chart.contains("x1=\"2%\"") && chart.contains("x2=\"98%\"") && chart.contains("even"));
    }
}
