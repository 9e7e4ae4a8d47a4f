//! Counts over time that are far above what is expected. In: counts by period. Out: for the periods that stand
//! out what is expected of them, and the probability of as many or more. Separate because counts vary more than
//! chance alone makes them, rise and fall with the days of the week, and hold spikes already that must not
//! teach what is usual.
//!
//! After Farrington, Andrews, Beale and Catchpole 1996 ("A statistical algorithm for the early detection of
//! outbreaks of infectious disease", JRSS A 159) and Noufaily et al. 2013 ("An improved algorithm for outbreak
//! detection", Statistics in Medicine 32): a log-linear quasi-Poisson model of level, course and season; periods
//! that stick out weigh less; the probability is that of a negative binomial distribution. Other than there the
//! whole course is known: what is expected of a period is learned from the periods on both of its sides, without
//! itself.

use super::float;
use super::linear::{Inverse, Symmetric};
use super::tail::as_many;

/// Fewest periods that tell what is usual.
pub const LEAST_PERIODS: usize = 8;
/// Fewest seasons that tell a season.
const LEAST_SEASONS: usize = 3;
/// Fewest records of a period that stands out, and how many times more than expected they are at least.
const LEAST_COUNT: u64 = 5;
const LEAST_RATIO: f64 = 1.5;
/// Most periods of which each has taught the model so much of itself that none is passed over which the model
/// finds somewhat unlikely.
const MANY: usize = 120;
const GLANCE: f64 = 0.3;
/// Standardised residuals above this weigh less (Noufaily et al. 2013, section 3.4).
const STICKS_OUT: f64 = 2.58;
/// What is known beforehand, as the information of so many records: that a day of the week differs from the others
/// by about half of them (a standard deviation of 0.5 of logarithms), and next to nothing of the level, only to
/// hold numbers finite.
const PRIOR_SEASON: f64 = 4.0;
const PRIOR_LEVEL: f64 = 0.05;
/// Steps of the fit, and what no longer counts as one.
const STEPS: usize = 25;
const STILL: f64 = 1e-7;
/// Logarithms of means beyond this are the same to us.
const FARTHEST: f64 = 25.0;

/// Counts of periods without gaps.
#[derive(Clone, Copy, Debug)]
pub struct Course<'c> {
    /// Counts by period.
    pub counts: &'c [u64],
    /// Days of each period that the data cover; more than nought.
    pub lengths: &'c [f64],
    /// After how many periods the season begins again: 7 for days, 1 for none.
    pub season: usize,
    /// Over how many periods the level may bend.
    pub bend: usize,
}

/// A period with far more than expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surge {
    /// Its place among the periods.
    pub at: usize,
    /// What was expected of it.
    pub expected: f64,
    /// Probability of as many or more, were nothing the matter.
    pub p: f64,
}

/// Periods whose count is so high that the probability of it is at most `alpha`, in order; none if there are
/// fewer than [`LEAST_PERIODS`]. Counts below 5, or below one and a half times what is expected, are no news
/// whatever their probability.
#[must_use]
pub fn surges(course: &Course, alpha: f64) -> Vec<Surge> {
    let n = course.counts.len().min(course.lengths.len());
    if n < LEAST_PERIODS || course.counts.iter().take(n).all(|&count| count < LEAST_COUNT) {
        return Vec::new();
    }
    let model = Model::new(course, n);
    let whole = model.fit(None, None);
    let glance = if n > MANY { alpha.sqrt() } else { GLANCE };
    let found = (0..n).filter_map(|at| {
        let count = *course.counts.get(at)?;
        // A period has taught the whole model, so what that expects of it is too much: a first, cheap look.
        let mean = whole.mean(&model, at);
        if count < LEAST_COUNT || as_many(count, mean, mean) > glance {
            return None;
        }
        let others = model.fit(Some(at), Some(&whole));
        let expected = others.mean(&model, at);
        let p = others.surprise(&model, at, count);
        (p <= alpha && float(count) >= expected * LEAST_RATIO).then_some(Surge { at, expected, p })
    });
    found.collect()
}

/// What explains a period: its level between the knots on both of its sides, and its season.
struct Row {
    knot: usize,
    /// How much it is of the next knot.
    next: f64,
    season: Option<usize>,
    count: f64,
    offset: f64,
}

impl Row {
    fn terms(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let level = [(self.knot, 1.0 - self.next), (self.knot + 1, self.next)].into_iter().filter(|(_, share)| *share > 0.0);
        level.chain(self.season.map(|season| (season, 1.0)))
    }
}

struct Model {
    rows: Vec<Row>,
    /// Knots of the level, behind which seasons stand.
    knots: usize,
    size: usize,
}

/// What was learned.
struct Fit {
    beta: Vec<f64>,
    spread: Inverse,
    /// Variance over mean.
    dispersion: f64,
}

impl Model {
    fn new(course: &Course, n: usize) -> Self {
        let segments = (n / course.bend.max(1)).max(1);
        let knots = segments + 1;
        let seasonal = course.season > 1 && n >= course.season * LEAST_SEASONS;
        let days: f64 = course.lengths.iter().take(n).sum();
        let rate = float(course.counts.iter().take(n).sum()) / days.max(f64::MIN_POSITIVE);
        let row = |(at, (&count, &length)): (usize, (&u64, &f64))| {
            let place = at as f64 * segments as f64 / (n - 1) as f64;
            // The last period lies at the end of the last segment, not at the beginning of one behind it.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and the number of segments
            let knot = (place as usize).min(segments.saturating_sub(1));
            let season = seasonal.then(|| knots + at % course.season);
            Row { knot, next: place - knot as f64, season, count: float(count), offset: (rate * length).ln() }
        };
        let rows = course.counts.iter().zip(course.lengths).take(n).enumerate().map(row).collect();
        Self { rows, knots, size: knots + if seasonal { course.season } else { 0 } }
    }

    /// Iteratively reweighted least squares; without one period, beginning from what was learned with it.
    fn fit(&self, without: Option<usize>, from: Option<&Fit>) -> Fit {
        let start: Vec<f64> = match from {
            Some(fit) => self.rows.iter().map(|row| fit.log_mean(row)).collect(),
            None => self.rows.iter().map(|row| (row.count + 0.5).ln()).collect(),
        };
        let keep = |at: usize| if Some(at) == without { 0.0 } else { 1.0 };
        // The first step of all gives every period the same weight, or the largest spike would lead it.
        let flat = from.is_none().then(|| self.rows.iter().map(|row| row.count).sum::<f64>() / self.rows.len() as f64);
        let mut logs = start;
        let mut weights: Vec<f64> = match from {
            Some(fit) => self.robust(&logs, fit.dispersion, &keep),
            None => (0..self.rows.len()).map(&keep).collect(),
        };
        let mut solved = self.step(&logs, &weights, flat);
        for _ in 0..STEPS {
            let next: Vec<f64> = self.rows.iter().map(|row| log_mean(&solved.0, row)).collect();
            let moved = next.iter().zip(&logs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            logs = next;
            weights = self.robust(&logs, self.scale(&logs, without), &keep);
            solved = self.step(&logs, &weights, None);
            if moved < STILL {
                break;
            }
        }
        let (beta, spread) = solved;
        let dispersion = self.dispersion(&beta, &weights);
        Fit { beta, spread, dispersion }
    }

    /// One step of Newton: logarithms of means to coefficients.
    fn step(&self, logs: &[f64], weights: &[f64], flat: Option<f64>) -> (Vec<f64>, Inverse) {
        let mut left = Symmetric::new(self.size);
        let mut right = vec![0.0; self.size];
        for place in 0..self.size {
            left.add(place, place, if place < self.knots { PRIOR_LEVEL } else { PRIOR_SEASON });
        }
        for ((row, &log), &weight) in self.rows.iter().zip(logs).zip(weights) {
            let mean = log.exp();
            let (weight, working) = match flat {
                Some(flat) => (weight * flat, log - row.offset),
                None => (weight * mean, log - row.offset + (row.count - mean) / mean),
            };
            for (one, share) in row.terms() {
                right[one] += weight * share * working;
                row.terms().filter(|(other, _)| *other <= one).for_each(|(other, part)| left.add(one, other, weight * share * part));
            }
        }
        let spread = left.inverse();
        (spread.times(&right), spread)
    }

    /// Variance over mean by the median of the residuals, which spikes do not move.
    fn scale(&self, logs: &[f64], without: Option<usize>) -> f64 {
        let mut sizes: Vec<f64> = self
            .rows
            .iter()
            .zip(logs)
            .enumerate()
            .filter(|(at, _)| Some(*at) != without)
            .map(|(_, (row, log))| anscombe(row.count, log.exp()).abs())
            .collect();
        sizes.sort_by(f64::total_cmp);
        let median = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
        let free = (sizes.len() as f64 - self.size as f64).max(1.0) / sizes.len().max(1) as f64;
        ((1.4826 * median).powi(2) / free).max(1.0)
    }

    fn robust(&self, logs: &[f64], scale: f64, keep: &dyn Fn(usize) -> f64) -> Vec<f64> {
        let weight = |(at, (row, log)): (usize, (&Row, &f64))| {
            let size = anscombe(row.count, log.exp()).abs() / scale.sqrt();
            keep(at) * if size > STICKS_OUT { (STICKS_OUT / size).powi(2) } else { 1.0 }
        };
        self.rows.iter().zip(logs).enumerate().map(weight).collect()
    }

    /// Variance over mean by the weighted squares of Pearson's residuals; at least 1.
    fn dispersion(&self, beta: &[f64], weights: &[f64]) -> f64 {
        let square = |row: &Row| {
            let mean = log_mean(beta, row).exp();
            (row.count - mean).powi(2) / mean
        };
        let squares: f64 = self.rows.iter().zip(weights).map(|(row, weight)| weight * square(row)).sum();
        let free = (weights.iter().sum::<f64>() - self.size as f64).max(1.0);
        // Few periods may by chance vary less than they do. What is added was settled by the simulations of the
        // tests: half a standard error of the estimate, and more where there are very few.
        (squares / free * (1.0 + 0.5 * (2.0 / free).sqrt() + 2.0 / free)).max(1.0)
    }
}

impl Fit {
    fn log_mean(&self, row: &Row) -> f64 {
        log_mean(&self.beta, row)
    }

    fn mean(&self, model: &Model, at: usize) -> f64 {
        model.rows.get(at).map_or(0.0, |row| self.log_mean(row).exp())
    }

    /// Probability of `count` or more in a period; the mean itself is uncertain.
    fn surprise(&self, model: &Model, at: usize, count: u64) -> f64 {
        let Some(row) = model.rows.get(at) else { return 1.0 };
        let mean = self.log_mean(row).exp();
        let terms: Vec<(usize, f64)> = row.terms().collect();
        let uncertain = self.dispersion * self.spread.square(&terms);
        as_many(count, mean, self.dispersion * mean + mean * mean * uncertain)
    }
}

fn log_mean(beta: &[f64], row: &Row) -> f64 {
    let sum: f64 = row.terms().map(|(at, share)| share * beta.get(at).copied().unwrap_or(0.0)).sum();
    (row.offset + sum).clamp(-FARTHEST, FARTHEST)
}

/// The residual of a count whose distribution is nearest to the normal one (Anscombe 1953; Farrington et al.
/// 1996, section 3.3).
fn anscombe(count: f64, mean: f64) -> f64 {
    1.5 * (count.powf(2.0 / 3.0) * mean.powf(-1.0 / 6.0) - mean.sqrt())
}

#[cfg(test)]
mod tests;
