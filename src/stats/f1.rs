//! F1, macro-F1 and their intervals. In: a table of true class by answer. Out: estimates. Separate
//! because F1 is no share of anything: its interval has to come from the whole table.
//!
//! The records are a multinomial sample, and macro-F1 is a smooth function of the shares `p` of its
//! cells, so by the delta method its variance is `(Σ p g² - (Σ p g)²) / n` with `g` the derivatives by
//! each share (Takahashi, Yamamoto, Kuchiba and Koyama 2022, "Confidence interval for micro-averaged F1
//! and macro-averaged F1 scores", Applied Intelligence 52). With `s` the share of a class among labels
//! plus that among answers, its F1 is `2 p / s`; the derivative by its own cell is `2 / s - 4 p / s²` and
//! by the other cells of its row and column `-2 p / s²`.

use super::{Estimate, Z, float, share};

/// Classes of a table.
pub const CLASSES: usize = 4;

/// Records by true class and by answer.
pub type Table = [[u64; CLASSES]; CLASSES];

/// The same as shares, or one number per cell.
type Cells = [[f64; CLASSES]; CLASSES];

/// Records that are added to each class before a variance is taken, so that a table without mistakes
/// does not look certain; the estimate itself is of the table as it is.
const ADDED: f64 = 0.5;

/// F1 of one class, 0 to 1: `2 tp / (2 tp + fp + fn)`; 0 where nothing is right. It rises with the share
/// `j = tp / (tp + fp + fn)` as `2 j / (1 + j)`, so its bounds are those of the share, turned in the same way.
#[must_use]
pub fn class_f1(table: &Table, class: usize) -> Estimate {
    let row: u64 = table.get(class).map_or(0, |row| row.iter().sum());
    let column: u64 = table.iter().filter_map(|row| row.get(class)).sum();
    let right = table.get(class).and_then(|row| row.get(class)).copied().unwrap_or(0);
    let jaccard = share(right, row + column - right);
    let turned = |j: f64| 2.0 * j / (1.0 + j);
    let exact = if row + column == 0 { 0.0 } else { 2.0 * float(right) / float(row + column) };
    Estimate::new(exact, turned(jaccard.low).min(exact), turned(jaccard.high).max(exact))
}

/// The mean of F1 over classes, 0 to 1, with the delta interval of its logit. Only records of these
/// classes count; other answers to them are wrong.
#[must_use]
pub fn macro_f1(table: &Table, classes: &[usize]) -> Estimate {
    let (n, plain) = shares(table, classes, 0.0);
    if n == 0.0 || classes.is_empty() {
        return Estimate::new(0.0, 0.0, 1.0);
    }
    let (n, p) = shares(table, classes, ADDED);
    let (middle, gradient) = mean_f1(&p, classes);
    Estimate::of_share(mean_f1(&plain, classes).0, middle, variance(&p, &gradient) / n)
}

/// Macro-F1 of another way to answer minus that of the first, on the same records, -1 to 1, with its
/// delta interval. `joint` holds records by true class, first answer and other answer; as a record is
/// in both, the interval is much shorter than that of two samples.
#[must_use]
pub fn macro_f1_change(joint: &[Table; CLASSES], classes: &[usize]) -> Estimate {
    let sides = |added: f64| {
        let (mut one, mut other): (Cells, Cells) = Default::default();
        let mut cells = [[[0.0; CLASSES]; CLASSES]; CLASSES];
        for &k in classes {
            for a in 0..CLASSES {
                for b in 0..CLASSES {
                    // The records added agree: each is right or wrong in both.
                    let more = if a == b { added / CLASSES as f64 } else { 0.0 };
                    let count = float(joint[k][a][b]) + more;
                    cells[k][a][b] = count;
                    one[k][a] += count;
                    other[k][b] += count;
                }
            }
        }
        (cells, one, other)
    };
    let of = |cells: &Cells| {
        let n: f64 = cells.iter().flatten().sum();
        (n, cells.map(|row| row.map(|count| count / n)))
    };
    let (_, one, other) = sides(0.0);
    let ((n, one), (_, other)) = (of(&one), of(&other));
    if n == 0.0 || classes.is_empty() {
        return Estimate::new(0.0, -1.0, 1.0);
    }
    let value = mean_f1(&other, classes).0 - mean_f1(&one, classes).0;
    let (cells, one, other) = sides(ADDED);
    let ((n, one), (_, other)) = (of(&one), of(&other));
    let (before, after) = (mean_f1(&one, classes).1, mean_f1(&other, classes).1);
    let (mut first, mut second) = (0.0, 0.0);
    for &k in classes {
        for a in 0..CLASSES {
            for b in 0..CLASSES {
                let (p, g) = (cells[k][a][b] / n, after[k][b] - before[k][a]);
                first += p * g;
                second += p * g * g;
            }
        }
    }
    let half = Z * ((second - first * first).max(0.0) / n).sqrt();
    Estimate::new(value, (value - half).max(-1.0), (value + half).min(1.0))
}

/// Number of records and the share of each cell, with so many records added to each class.
fn shares(table: &Table, classes: &[usize], added: f64) -> (f64, Cells) {
    let mut cells = Cells::default();
    for &k in classes {
        for (cell, &count) in cells[k].iter_mut().zip(&table[k]) {
            *cell = float(count) + added / CLASSES as f64;
        }
    }
    let n: f64 = cells.iter().flatten().sum();
    (n, cells.map(|row| row.map(|count| if n > 0.0 { count / n } else { 0.0 })))
}

/// The mean of F1 and its derivatives by the share of each cell.
fn mean_f1(p: &Cells, classes: &[usize]) -> (f64, Cells) {
    let (mut mean, mut gradient) = (0.0, Cells::default());
    let parts = classes.len().max(1) as f64;
    for &k in classes {
        let whole = p[k].iter().sum::<f64>() + p.iter().map(|row| row[k]).sum::<f64>();
        if whole == 0.0 {
            continue;
        }
        let right = p[k][k];
        mean += 2.0 * right / whole / parts;
        let slope = 2.0 * right / (whole * whole) / parts;
        gradient[k].iter_mut().for_each(|g| *g -= slope);
        gradient.iter_mut().for_each(|row| row[k] -= slope);
        gradient[k][k] += 2.0 / whole / parts;
    }
    (mean, gradient)
}

fn variance(p: &Cells, gradient: &Cells) -> f64 {
    let each = || p.iter().flatten().zip(gradient.iter().flatten());
    let first: f64 = each().map(|(p, g)| p * g).sum();
    let second: f64 = each().map(|(p, g)| p * g * g).sum();
    second - first * first
}

#[cfg(test)]
mod tests {
    use super::super::draw::Draw;
    use super::*;

    const THREE: [usize; 3] = [0, 1, 2];
    const TWO: [usize; 2] = [0, 2];
    /// Shares of a population: classes of unlike size, answers right in about three of five cases.
    const POPULATION: Cells = [[0.30, 0.10, 0.05, 0.0], [0.12, 0.16, 0.07, 0.0], [0.03, 0.05, 0.12, 0.0], [0.0; 4]];

    fn sample(draw: &mut Draw, population: &Cells, n: usize) -> Table {
        let flat: Vec<f64> = population.iter().flatten().copied().collect();
        let mut table = Table::default();
        for _ in 0..n {
            let at = draw.pick(&flat);
            table[at / CLASSES][at % CLASSES] += 1;
        }
        table
    }

    /// Values of scikit-learn: `f1_score(gold, answers, average=...)`, worked out by hand.
    #[test]
    fn the_usual_numbers() {
        let table = [[8, 1, 1, 0], [2, 6, 2, 0], [0, 3, 7, 0], [0; 4]];
        let f1 = [16.0 / 20.0, 12.0 / 20.0, 14.0 / 20.0];
        for class in THREE {
            let estimate = class_f1(&table, class);
            assert!((estimate.value - f1[class]).abs() < 1e-4 && estimate.low < f1[class] && f1[class] < estimate.high);
        }
        assert!((macro_f1(&table, &THREE).value - 0.7).abs() < 1e-4);
        // Two classes: neutral answers are wrong, neutral records do not count.
        let two = 0.5 * (16.0 / 18.0 + 14.0 / 18.0);
        assert!((macro_f1(&table, &TWO).value - two).abs() < 1e-4);
    }

    #[test]
    fn edges_are_not_certain() {
        assert_eq!(macro_f1(&Table::default(), &THREE), Estimate { value: 0.0, low: 0.0, high: 1.0 });
        let right = [[10, 0, 0, 0], [0, 10, 0, 0], [0, 0, 10, 0], [0; 4]];
        let estimate = macro_f1(&right, &THREE);
        assert!(estimate.value > 0.999 && estimate.high > 0.999 && estimate.low < 0.98, "{estimate:?}");
        let wrong = macro_f1(&[[0, 9, 0, 0], [9, 0, 0, 0], [0; 4], [0; 4]], &TWO);
        assert!(wrong.value < 0.001 && wrong.low < 0.001 && wrong.high > 0.02, "{wrong:?}");
        let same = [[[0; 4]; 4], [[0; 4]; 4], [[0; 4]; 4], [[0; 4]; 4]];
        assert_eq!(macro_f1_change(&same, &THREE), Estimate { value: 0.0, low: -1.0, high: 1.0 });
    }

    #[test]
    fn intervals_hold_the_truth_in_95_of_100_samples() {
        let mut draw = Draw(7);
        for (n, classes) in [(60, THREE.as_slice()), (300, &THREE), (2000, &THREE), (150, &TWO)] {
            let mut population = POPULATION;
            if classes.len() == 2 {
                population[1] = [0.0; 4];
                let n: f64 = population.iter().flatten().sum();
                population = population.map(|row| row.map(|p| p / n));
            }
            let truth = mean_f1(&population, classes).0;
            let rounds = 1500;
            let held = (0..rounds).filter(|_| {
                let estimate = macro_f1(&sample(&mut draw, &population, n), classes);
                estimate.low <= truth && truth <= estimate.high
            });
            let covered = held.count() as f64 / f64::from(rounds);
            assert!((0.92..=0.98).contains(&covered), "{n} records, {} classes: {covered}", classes.len());
        }
    }

    #[test]
    fn intervals_of_differences_hold_the_truth_too() {
        let mut draw = Draw(11);
        // The other answers are the first ones, but for one in five, which is drawn anew.
        let joint = |k: usize, a: usize| {
            let row: f64 = POPULATION[k].iter().sum();
            let mut out = [0.0; CLASSES];
            for (b, out) in out.iter_mut().enumerate() {
                let fresh = if b == k {
                    0.7
                } else if b < 3 {
                    0.15
                } else {
                    0.0
                };
                *out = POPULATION[k][a] * (if a == b { 0.8 } else { 0.0 } + 0.2 * fresh);
            }
            assert!(row <= 1.0);
            out
        };
        let mut other = Cells::default();
        let mut flat = Vec::new();
        for (k, other) in other.iter_mut().enumerate() {
            for a in 0..CLASSES {
                for (other, p) in other.iter_mut().zip(joint(k, a)) {
                    *other += p;
                    flat.push(p);
                }
            }
        }
        let truth = mean_f1(&other, &THREE).0 - mean_f1(&POPULATION, &THREE).0;
        for n in [200, 1500] {
            let rounds = 1200;
            let held = (0..rounds).filter(|_| {
                let mut counts = [Table::default(); CLASSES];
                for _ in 0..n {
                    let at = draw.pick(&flat);
                    counts[at / 16][at / 4 % 4][at % 4] += 1;
                }
                let estimate = macro_f1_change(&counts, &THREE);
                estimate.low <= truth && truth <= estimate.high
            });
            let covered = held.count() as f64 / f64::from(rounds);
            assert!((0.92..=0.98).contains(&covered), "{n} records: {covered}");
        }
    }
}
