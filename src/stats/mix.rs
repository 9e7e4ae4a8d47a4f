//! Why a share changed. In: records and hits by group, before and after. Out: how much of the change comes from
//! changed rates within groups, and how much from other weights of the groups. Separate because a share can
//! rise although no group changed: more records come from where it was always high.

use super::proportions::by_chance;
use super::{Estimate, Z, float};

/// Records of a group, and how many of them are hits.
pub type Cell = (u64, u64);

/// A change taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// What changed rates within groups do.
    pub rate: Effect,
    /// What changed weights of groups do.
    pub mix: Effect,
    /// Rate and mix effect of each group; they add up to the effects, those to the change of the share.
    pub groups: Vec<(f64, f64)>,
}

/// A part of a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The part, with its 95 % interval.
    pub estimate: Estimate,
    /// Probability of a part at least as large, to either side, by chance.
    pub p: f64,
}

/// One group on both sides.
struct Group {
    weights: [f64; 2],
    rates: [f64; 2],
}

impl Group {
    /// A group without records on a side is taken to have the rate of the other there: what it does is all mix.
    fn new([(m, a), (n, b)]: [Cell; 2], all: [f64; 2]) -> Self {
        let rate = |hits: u64, of: u64| float(hits) / float(of.max(1));
        let rates = match (m, n) {
            (0, _) => [rate(b, n); 2],
            (_, 0) => [rate(a, m); 2],
            _ => [rate(a, m), rate(b, n)],
        };
        Self { weights: [float(m) / all[0], float(n) / all[1]], rates }
    }

    fn weight(&self) -> f64 {
        f64::midpoint(self.weights[0], self.weights[1])
    }

    fn rate(&self) -> f64 {
        f64::midpoint(self.rates[0], self.rates[1])
    }

    fn rate_effect(&self) -> f64 {
        self.weight() * (self.rates[1] - self.rates[0])
    }

    /// Against the mean rate, so that a shrinking calm group counts like a growing angry one.
    fn mix_effect(&self, mean: f64) -> f64 {
        (self.rate() - mean) * (self.weights[1] - self.weights[0])
    }

    /// How much a record of this group and side, hit or not, moves rate and mix effect: the derivatives by the
    /// shares of the group and of its hits. The two of a hit add up to ±1, as it moves the share itself.
    fn influence(&self, side: usize, hit: bool) -> (f64, f64) {
        let sign = if side == 1 { 1.0 } else { -1.0 };
        let (weight, rate) = (self.weights[side], self.rates[side]);
        if weight <= 0.0 {
            return (0.0, 0.0);
        }
        let hit = f64::from(u8::from(hit));
        let moved = (hit - rate) / weight;
        let apart = f64::midpoint(self.rates[1], -self.rates[0]);
        let grown = f64::midpoint(self.weights[1], -self.weights[0]);
        if self.weights[1 - side] <= 0.0 {
            return (0.0, sign * hit);
        }
        (sign * self.weight() * moved + apart, grown * moved + sign * self.rate())
    }
}

/// Takes the change of a share apart as Kitagawa 1955 does ("Components of a difference between two rates",
/// Journal of the American Statistical Association 50): rates change at the mean weights of both sides, weights
/// at the mean rates. Intervals by the delta method for two multinomial samples (Agresti, "Categorical Data
/// Analysis", 3rd ed. 2013, section 16.1.5). None unless both sides have records.
#[must_use]
pub fn parts(cells: &[[Cell; 2]]) -> Option<Parts> {
    let all = [0, 1].map(|side: usize| cells.iter().map(|cell| cell[side].0).sum::<u64>());
    if all.contains(&0) {
        return None;
    }
    let floats = all.map(float);
    let groups: Vec<Group> = cells.iter().map(|&cell| Group::new(cell, floats)).collect();
    let total = [0, 1].map(|side: usize| float(cells.iter().map(|cell| cell[side].1).sum()) / floats[side]);
    let mean = f64::midpoint(total[0], total[1]);
    let effects: Vec<(f64, f64)> = groups.iter().map(|group| (group.rate_effect(), group.mix_effect(mean))).collect();
    let variance = |of: fn((f64, f64)) -> f64| -> f64 { [0, 1].map(|side| variance(cells, &groups, side, of) / floats[side]).iter().sum() };
    Some(Parts {
        rate: effect(effects.iter().map(|part| part.0).sum(), variance(|part| part.0)),
        mix: effect(effects.iter().map(|part| part.1).sum(), variance(|part| part.1)),
        groups: effects,
    })
}

/// The variance over the records of a side of what one of them moves.
fn variance(cells: &[[Cell; 2]], groups: &[Group], side: usize, of: fn((f64, f64)) -> f64) -> f64 {
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for (cell, group) in cells.iter().zip(groups) {
        let (records, hits) = cell[side];
        for (number, hit) in [(hits, true), (records.saturating_sub(hits), false)] {
            let moved = of(group.influence(side, hit));
            count += float(number);
            sum += float(number) * moved;
            squares += float(number) * moved * moved;
        }
    }
    (squares / count - (sum / count).powi(2)).max(0.0)
}

fn effect(value: f64, variance: f64) -> Effect {
    let half = Z * variance.sqrt();
    Effect { estimate: Estimate::new(value, value - half, value + half), p: by_chance(value, variance) }
}

#[cfg(test)]
mod tests {
    use super::super::draw::Draw;
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }

    /// Worked by hand: the calm channel 600 to 300 of 1,000 with 10 % then 20 %, the angry one 400 to 700 with
    /// 50 % then 60 %. Rates: (0.45 + 0.55) × 0.1; weights: -0.3 × 0.15 + 0.3 × 0.55.
    #[test]
    fn rates_and_weights_come_apart() {
        let found = parts(&[[(600, 60), (300, 60)], [(400, 200), (700, 420)]]).unwrap();
        near(found.rate.estimate.value, 0.1);
        near(found.mix.estimate.value, 0.12);
        near(found.groups.iter().map(|part| part.0 + part.1).sum(), 0.48 - 0.26);
        assert!(found.groups.iter().all(|part| part.0 > 0.0 && part.1 > 0.0), "{found:?}");
    }

    #[test]
    fn a_change_of_one_kind_is_of_that_kind() {
        let mixed = parts(&[[(600, 60), (300, 30)], [(400, 200), (700, 350)]]).unwrap();
        near(mixed.rate.estimate.value, 0.0);
        assert!(mixed.mix.estimate.low > 0.0 && mixed.mix.p < 1e-6 && mixed.rate.p > 0.99, "{mixed:?}");
        let rated = parts(&[[(600, 60), (600, 120)], [(400, 200), (400, 240)]]).unwrap();
        near(rated.mix.estimate.value, 0.0);
        near(rated.rate.estimate.value, 0.1);
    }

    #[test]
    fn a_new_group_is_all_mix_and_nothing_is_nothing() {
        let found = parts(&[[(100, 10), (100, 10)], [(0, 0), (100, 90)]]).unwrap();
        near(found.rate.estimate.value, 0.0);
        near(found.mix.estimate.value, 0.4);
        assert!(parts(&[]).is_none() && parts(&[[(5, 1), (0, 0)]]).is_none());
    }

    /// What a record moves is what the effects differ by when one is added.
    #[test]
    fn influences_are_derivatives() {
        let cells = [[(600, 60), (300, 75)], [(400, 200), (700, 420)], [(0, 0), (50, 20)], [(30, 9), (0, 0)]];
        let of = |cells: &[[(f64, f64); 2]]| {
            let all = [0, 1].map(|side: usize| cells.iter().map(|cell| cell[side].0).sum::<f64>());
            let rate = |side: usize, cell: &[(f64, f64); 2]| {
                let own = if cell[side].0 > 0.0 { side } else { 1 - side };
                cell[own].1 / cell[own].0
            };
            let weight = |side: usize, cell: &[(f64, f64); 2]| cell[side].0 / all[side];
            let mut sums = (0.0, 0.0);
            for cell in cells {
                sums.0 += f64::midpoint(weight(0, cell), weight(1, cell)) * (rate(1, cell) - rate(0, cell));
                sums.1 += f64::midpoint(rate(0, cell), rate(1, cell)) * (weight(1, cell) - weight(0, cell));
            }
            sums
        };
        let floats: Vec<[(f64, f64); 2]> = cells.iter().map(|cell| cell.map(|(n, x): Cell| (float(n), float(x)))).collect();
        let all = [0, 1].map(|side: usize| floats.iter().map(|cell| cell[side].0).sum::<f64>());
        let groups: Vec<Group> = cells.iter().map(|&cell| Group::new(cell, all)).collect();
        for side in [0, 1] {
            // Derivatives of a share are known up to what is the same for all records: its mean is taken off.
            let mean = |of: fn((f64, f64)) -> f64| {
                let each = |(cell, group): (&[Cell; 2], &Group)| {
                    let (n, x) = cell[side];
                    float(x) * of(group.influence(side, true)) + float(n - x) * of(group.influence(side, false))
                };
                cells.iter().zip(&groups).map(each).sum::<f64>() / all[side]
            };
            for at in 0..cells.len() {
                for hit in [true, false] {
                    if cells[at][side].0 == 0 {
                        continue;
                    }
                    let step = 1e-4;
                    let mut more = floats.clone();
                    more[at][side].0 += step;
                    more[at][side].1 += if hit { step } else { 0.0 };
                    let (one, other) = (of(&more), of(&floats));
                    let moved = groups[at].influence(side, hit);
                    let scale = all[side] / step;
                    assert!(((one.0 - other.0) * scale - (moved.0 - mean(|part| part.0))).abs() < 1e-3, "{side} {at} {hit}");
                    assert!(((one.1 - other.1) * scale - (moved.1 - mean(|part| part.1))).abs() < 1e-3, "{side} {at} {hit}");
                }
            }
        }
    }

    /// Intervals hold the true effects in about 95 of 100 samples.
    #[test]
    fn intervals_hold_what_is_true() {
        let mut draw = Draw(5);
        let (weights, rates) = ([[0.6, 0.3, 0.1], [0.4, 0.4, 0.2]], [[0.1, 0.3, 0.6], [0.15, 0.3, 0.5]]);
        let mean = |pair: [f64; 2]| f64::midpoint(pair[0], pair[1]);
        let both = |at: usize| ([weights[0][at], weights[1][at]], [rates[0][at], rates[1][at]]);
        let rate: f64 = (0..3).map(|at| mean(both(at).0) * (rates[1][at] - rates[0][at])).sum();
        let mix: f64 = (0..3).map(|at| mean(both(at).1) * (weights[1][at] - weights[0][at])).sum();
        let mut held = [0, 0];
        for _ in 0..1000 {
            let mut cells = [[(0, 0); 2]; 3];
            for side in [0, 1] {
                for _ in 0..400 {
                    let at = draw.pick(&weights[side]);
                    cells[at][side].0 += 1;
                    cells[at][side].1 += u64::from(draw.unit() < rates[side][at]);
                }
            }
            let found = parts(&cells).unwrap();
            for (held, (effect, truth)) in held.iter_mut().zip([(found.rate, rate), (found.mix, mix)]) {
                *held += u32::from(effect.estimate.low <= truth && truth <= effect.estimate.high);
            }
        }
        assert!(held.iter().all(|held| (930..=970).contains(held)), "{held:?}");
    }
}
