//! The way down. In: a smooth function with its gradient, and where to start. Out: the lowest point
//! that was found. Separate because it knows nothing of what it minimises, and is tested on functions
//! whose minimum is known.
//!
//! Limited-memory BFGS: Nocedal and Wright 2006, "Numerical Optimization", algorithms 7.4 (two loops)
//! and 7.5. Steps meet the weak Wolfe conditions (there, 3.6); they are found by widening and then
//! narrowing a bracket (Lewis and Overton 2013, algorithm 2.6), with the secant of the slopes in place
//! of the middle of the bracket.

use std::collections::VecDeque;

/// Steps whose curvature is remembered (`m`; Nocedal and Wright recommend 3 to 20).
const MEMORY: usize = 8;
/// Share of the promised decrease that a step must bring (`c1`).
const DECREASE: f64 = 1e-4;
/// Share of the slope that may be left after a step (`c2`).
const SLOPE: f64 = 0.9;
/// Most values of the function that one step may cost.
const TRIALS: usize = 30;

/// When to stop; whatever comes first.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most rounds; each asks for the function once, rarely more often.
    pub rounds: usize,
    /// Length of the gradient that is short enough, in the function's units per step; 0 or more.
    pub gradient: f64,
}

/// The lowest point that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowest {
    /// The point.
    pub point: Vec<f64>,
    /// The function's value there.
    pub value: f64,
    /// Rounds that were made, at most [`Limits::rounds`].
    pub rounds: usize,
}

/// Minimises a function, which returns its value at a point and writes its gradient. A value that is
/// not finite means that the step was too long; it must be finite at the start. The value never rises
/// from one round to the next. The same function and start give the same bits.
pub fn minimize(start: Vec<f64>, limits: Limits, mut function: impl FnMut(&[f64], &mut [f64]) -> f64) -> Lowest {
    let mut here = Spot { gradient: vec![0.0; start.len()], point: start, value: 0.0 };
    here.value = function(&here.point, &mut here.gradient);
    let mut next = Spot { point: vec![0.0; here.point.len()], gradient: vec![0.0; here.point.len()], value: 0.0 };
    let mut direction = vec![0.0; here.point.len()];
    let mut memory = Memory::default();
    let mut rounds = 0;
    while rounds < limits.rounds {
        let length = dot(&here.gradient, &here.gradient).sqrt();
        if length <= limits.gradient || length.is_nan() {
            break;
        }
        memory.direction(&here.gradient, &mut direction);
        let first = if memory.steps.is_empty() { (1.0 / length).min(1.0) } else { 1.0 };
        if !search(&mut function, &here, &direction, first, &mut next) {
            // Without its memory it may still find a way; if not, this is as low as rounding allows.
            if memory.steps.is_empty() {
                break;
            }
            memory.steps.clear();
            continue;
        }
        memory.add(&here, &next);
        std::mem::swap(&mut here, &mut next);
        rounds += 1;
    }
    Lowest { point: here.point, value: here.value, rounds }
}

/// A point with what the function says there.
struct Spot {
    point: Vec<f64>,
    gradient: Vec<f64>,
    value: f64,
}

/// One step: how far it went and how the gradient changed.
#[derive(Default)]
struct Step {
    way: Vec<f64>,
    change: Vec<f64>,
    /// Their product, above 0.
    curvature: f64,
}

/// The last steps, oldest first.
#[derive(Default)]
struct Memory {
    steps: VecDeque<Step>,
}

impl Memory {
    /// Remembers a step, unless rounding hid its curvature.
    fn add(&mut self, from: &Spot, to: &Spot) {
        let mut step = if self.steps.len() < MEMORY { Step::default() } else { self.steps.pop_front().unwrap_or_default() };
        let minus = |to: &[f64], from: &[f64], out: &mut Vec<f64>| {
            out.clear();
            out.extend(to.iter().zip(from).map(|(to, from)| to - from));
        };
        minus(&to.point, &from.point, &mut step.way);
        minus(&to.gradient, &from.gradient, &mut step.change);
        step.curvature = dot(&step.way, &step.change);
        if step.curvature > f64::EPSILON * dot(&step.change, &step.change) {
            self.steps.push_back(step);
        }
    }

    /// Minus the gradient times what is known of the inverse of the second derivatives (7.4).
    fn direction(&self, gradient: &[f64], direction: &mut [f64]) {
        direction.iter_mut().zip(gradient).for_each(|(d, g)| *d = -g);
        let mut shares = [0.0; MEMORY];
        for (step, share) in self.steps.iter().zip(&mut shares).rev() {
            *share = dot(&step.way, direction) / step.curvature;
            add(direction, -*share, &step.change);
        }
        if let Some(last) = self.steps.back() {
            let scale = last.curvature / dot(&last.change, &last.change);
            direction.iter_mut().for_each(|d| *d *= scale);
        }
        for (step, share) in self.steps.iter().zip(&shares) {
            add(direction, share - dot(&step.change, direction) / step.curvature, &step.way);
        }
    }
}

/// Looks along a direction for a step that goes down far enough and leaves little slope. Returns
/// whether `next` is lower than `here`.
fn search(function: &mut impl FnMut(&[f64], &mut [f64]) -> f64, here: &Spot, direction: &[f64], first: f64, next: &mut Spot) -> bool {
    let start = dot(&here.gradient, direction);
    if start >= 0.0 || start.is_nan() {
        return false;
    }
    let (mut low, mut low_slope) = (0.0, start);
    let mut high: Option<(f64, f64)> = None;
    let mut step = first;
    let mut lower = false;
    for _ in 0..TRIALS {
        next.point.iter_mut().zip(&here.point).zip(direction).for_each(|((next, here), d)| *next = here + step * d);
        next.value = function(&next.point, &mut next.gradient);
        let slope = dot(&next.gradient, direction);
        lower = next.value <= here.value + DECREASE * step * start;
        if !lower {
            high = Some((step, slope));
        } else if slope < SLOPE * start {
            (low, low_slope) = (step, slope);
        } else {
            return true;
        }
        step = match high {
            None if slope > start => (step * start / (start - slope)).clamp(2.0 * step, 10.0 * step),
            None => 10.0 * step,
            Some((high, slope)) => {
                let share = if slope > 0.0 { (low_slope / (low_slope - slope)).clamp(0.1, 0.9) } else { 0.5 };
                low + share * (high - low)
            }
        };
    }
    lower
}

/// Adds a multiple of one list to another.
fn add(to: &mut [f64], share: f64, list: &[f64]) {
    to.iter_mut().zip(list).for_each(|(to, x)| *to += share * x);
}

/// Sum of products, in eight sums so that the processor need not wait for each.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        sums.iter_mut().zip(a).zip(b).for_each(|((sum, a), b)| *sum += a * b);
    }
    sums.iter().sum::<f64>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { rounds: 200, gradient: 1e-9 };

    #[test]
    fn finds_the_bottom_of_a_quadratic() {
        // Curvatures from 1 to 100 and a minimum at 1, 2, 3, …
        let count = 50;
        let stiff = |i: usize| 100f64.powf(i as f64 / 49.0);
        let mut calls = 0;
        let lowest = minimize(vec![0.0; count], LIMITS, |x, gradient| {
            calls += 1;
            let mut value = 7.0;
            for (i, (x, g)) in x.iter().zip(gradient).enumerate() {
                let off = x - (i + 1) as f64;
                value += 0.5 * stiff(i) * off * off;
                *g = stiff(i) * off;
            }
            value
        });
        assert!((lowest.value - 7.0).abs() < 1e-12, "{}", lowest.value);
        assert!(lowest.point.iter().enumerate().all(|(i, x)| (x - (i + 1) as f64).abs() < 1e-6), "{:?}", lowest.point);
        assert!(lowest.rounds < 150 && calls < 2 * lowest.rounds, "{} {calls}", lowest.rounds);
    }

    fn rosenbrock(x: &[f64], gradient: &mut [f64]) -> f64 {
        let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
        gradient[0] = -2.0 * a - 400.0 * x[0] * b;
        gradient[1] = 200.0 * b;
        a * a + 100.0 * b * b
    }

    #[test]
    fn follows_the_valley_of_rosenbrock() {
        let lowest = minimize(vec![-1.2, 1.0], LIMITS, rosenbrock);
        assert!(lowest.point.iter().all(|x| (x - 1.0).abs() < 1e-8), "{lowest:?}");
        assert!(lowest.rounds < 60, "{}", lowest.rounds);
    }

    #[test]
    fn goes_down_in_every_round_and_stops_when_told() {
        let value = |rounds| minimize(vec![-1.2, 1.0], Limits { rounds, ..LIMITS }, rosenbrock);
        let values: Vec<_> = (0..30).map(|rounds| value(rounds).value).collect();
        assert!(values.windows(2).all(|pair| pair[1] < pair[0]), "{values:?}");
        assert_eq!((value(0).rounds, value(7).rounds), (0, 7));
        assert_eq!(minimize(vec![1.0, 1.0], LIMITS, rosenbrock).rounds, 0);
        assert_eq!(minimize(Vec::new(), LIMITS, |_, _| 3.0), Lowest { point: vec![], value: 3.0, rounds: 0 });
    }

    #[test]
    fn walls_are_not_crossed() {
        // x - log x is not a number below 0; its minimum is at 1.
        let lowest = minimize(vec![20.0], LIMITS, |x, gradient| {
            gradient[0] = 1.0 - 1.0 / x[0];
            x[0] - x[0].ln()
        });
        assert!((lowest.point[0] - 1.0).abs() < 1e-7, "{lowest:?}");
        let nowhere = minimize(vec![1.0], LIMITS, |_, gradient| {
            gradient[0] = f64::NAN;
            f64::NAN
        });
        assert_eq!(nowhere.rounds, 0);
    }
}
