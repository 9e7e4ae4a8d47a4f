//! A regression with three classes and two numbers per column. In: rows, their labels and how strongly
//! weights are held back. Out: the weights that make the labels most likely. Separate because it says
//! what is learnt; how the minimum is found is another matter.
//!
//! Each column has a lean `l` (below 0 towards complaint, above 0 towards praise) and an opinion `o`
//! (above 0 against neutral). For a record with the values `x`, `L = Σ l x` and `O = Σ o |x|`, each with
//! the record's offset, the bias, and the bias of the record's set. Then
//!
//! ```text
//! p(praise) ∝ exp(O + L)    p(neutral) ∝ 1    p(complaint) ∝ exp(O − L)
//! ```
//!
//! which is the multinomial logit (McFadden 1974) in the coordinates lean and opinion. Records of two
//! classes leave neutral out; then `O` bears on nothing. Minimised is
//!
//! ```text
//! Σ weight · (−log p(label)) + ½ Σ penalty · (number − prior)² + ½ set_penalty · Σ set_bias²
//! ```
//!
//! which is convex. Each number is sought in a unit of its own, since frequent and rare columns differ
//! in how sharply the sum bends. With `c` its second derivative while all classes are equally likely
//! and `W` the weight of all records, the unit is `c^(-1/2) · (c / W)^(1/6)`. The first factor is
//! Jacobi's preconditioner (Nocedal and Wright 2006, section 5.1), which makes all bends alike but lets
//! columns that often meet add up; the second was measured: on 258,000 records with 116,000 columns the
//! loss per record, in excess of the minimum, is 0.0070 after 60 rounds without units, 0.00013 with
//! Jacobi's and 0.00002 with these.

use super::Rows;
use super::lbfgs::{Limits, minimize};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};
use std::ops::Range;

/// Parts that the records are cut into, whatever the number of threads: sums come in the same order.
const PARTS: usize = 8;
/// Pairs of numbers that a thread sums over the parts at a time.
const STRETCH: usize = 4096;
/// Loss per weight of a record that is not worth another round, in nats. What is left to gain is half
/// the square of the gradient in Jacobi's units, thus somewhat more in ours, where rare columns count less.
const NEAR: f64 = 1e-10;

/// A lean and an opinion, or the like of them.
type Pair = [f64; 2];

/// What a record is labelled as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A complaint.
    Complaint,
    /// Neither.
    Neutral,
    /// Praise.
    Praise,
}

/// What is known of a record besides its row.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Example {
    /// Its label.
    pub label: Class,
    /// How much it counts, in records; one with 0 takes no part, nor one below.
    pub weight: f32,
    /// The set it comes from, below [`Problem::sets`]; others have no bias of their own.
    pub set: u32,
    /// Whether its set knows no neutral. Such a record that is labelled neutral takes no part.
    pub two_class: bool,
    /// What is added to its lean and opinion before anything is learnt, in nats.
    pub offset: [f32; 2],
}

/// What is to be learnt from.
#[derive(Clone, Copy, Debug)]
pub struct Problem<'a> {
    /// The records.
    pub rows: &'a Rows,
    /// As many examples, in the same order.
    pub examples: &'a [Example],
    /// For each column, how strongly lean and opinion are held to their prior, 0 or more: the inverse
    /// variance of what they are expected to be. Values in columns beyond are not looked at.
    pub penalty: &'a [[f32; 2]],
    /// For each column, lean and opinion in the absence of records, in nats per value; 0 for those
    /// beyond the end.
    pub prior: &'a [[f32; 2]],
    /// Number of sets.
    pub sets: usize,
    /// How strongly the biases of sets are held to 0, 0 or more, as `penalty`.
    pub set_penalty: f64,
    /// Whether there is a bias, held back by nothing; else it is 0.
    pub bias_free: bool,
    /// Whether each set has a bias of its own; else it is 0.
    pub set_bias: bool,
}

/// What was learnt. Numbers are lean and opinion, in nats.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Fit {
    /// For each column, per value of 1.
    pub weights: Vec<[f64; 2]>,
    /// For all records.
    pub bias: [f64; 2],
    /// For the records of each set.
    pub set_bias: Vec<[f64; 2]>,
    /// What is left of the function in the file's comment, 0 or more, in nats times weight.
    pub loss: f64,
    /// Rounds that it took.
    pub rounds: usize,
}

impl Fit {
    /// Lean and opinion of a record with these columns and values, without the bias of any set, in
    /// nats. Columns that are not known count for nothing.
    #[must_use]
    pub fn pull(&self, row: impl IntoIterator<Item = (u32, f32)>, offset: [f32; 2]) -> [f64; 2] {
        let start = sum(self.bias, offset.map(f64::from));
        row.into_iter().fold(start, |pull, (column, value)| match self.weights.get(column as usize) {
            Some(weight) => sum(pull, times(*weight, value)),
            None => pull,
        })
    }
}

/// How likely complaint, neutral and praise are, 0 to 1, from lean and opinion in nats.
#[must_use]
pub fn chances([lean, opinion]: [f64; 2]) -> [f64; 3] {
    let logits = [opinion - lean, 0.0, opinion + lean];
    let most = logits.into_iter().fold(f64::MIN, f64::max);
    let shares = logits.map(|logit| (logit - most).exp());
    let total: f64 = shares.iter().sum();
    shares.map(|share| share / total)
}

/// A lean and an opinion, for a column of this value: what is turned round leans the other way, and is
/// as much of an opinion as before.
fn times([lean, opinion]: Pair, value: f32) -> Pair {
    [lean * f64::from(value), opinion * f64::from(value.abs())]
}

/// Finds the weights, from the prior or from an earlier fit of the same columns and sets, in at most
/// so many rounds. Works on the threads of the rayon pool that it is called in; the number of threads
/// does not change one bit, nor do records that take no part.
#[must_use]
pub fn fit(problem: &Problem, from: Option<&Fit>, most_rounds: usize) -> Fit {
    let mut loss = Loss::new(problem);
    let start = loss.start(from);
    let gradient = (2.0 * NEAR * loss.weight).sqrt();
    let lowest = minimize(start, Limits { rounds: most_rounds, gradient }, |point, gradient| loss.at(point, gradient));
    loss.place(&lowest.point);
    let (weights, biases) = loss.numbers.split_at(loss.columns);
    Fit {
        weights: weights.to_vec(),
        bias: biases.first().copied().unwrap_or_default(),
        set_bias: biases.iter().skip(1).copied().collect(),
        loss: lowest.value,
        rounds: lowest.rounds,
    }
}

fn sum(a: Pair, b: Pair) -> Pair {
    [a[0] + b[0], a[1] + b[1]]
}

/// The function to be minimised. All its lists hold the columns, then the bias, then those of the sets.
struct Loss<'a> {
    problem: &'a Problem<'a>,
    columns: usize,
    /// Records that take part.
    records: Vec<usize>,
    /// What they count together.
    weight: f64,
    parts: Vec<Part>,
    prior: Vec<Pair>,
    penalty: Vec<Pair>,
    /// Unit of each number; 0 for a number that stays at its prior.
    unit: Vec<Pair>,
    /// The numbers at the last point.
    numbers: Vec<Pair>,
}

impl<'a> Loss<'a> {
    fn new(problem: &'a Problem<'a>) -> Self {
        let columns = problem.penalty.len();
        let count = columns + 1 + problem.sets;
        let records: Vec<usize> = takes_part(problem).collect();
        let mut prior: Vec<Pair> = problem.prior.iter().take(columns).map(|prior| prior.map(f64::from)).collect();
        prior.resize(count, [0.0; 2]);
        let mut penalty: Vec<Pair> = problem.penalty.iter().map(|penalty| penalty.map(f64::from)).collect();
        penalty.push([0.0; 2]);
        penalty.resize(count, [problem.set_penalty; 2]);
        let mut loss = Self {
            problem,
            columns,
            weight: records.iter().map(|&record| f64::from(problem.examples[record].weight)).sum(),
            parts: cut(&records, problem.rows).into_iter().map(|records| Part::new(records, count)).collect(),
            records,
            numbers: prior.clone(),
            prior,
            penalty,
            unit: Vec::new(),
        };
        loss.unit = loss.units();
        loss
    }

    /// The unit of each number (see the file's comment). Of one record, the second derivative is the
    /// variance of 1, 0 and -1 for the lean, of 1, 0 and 1 for the opinion.
    fn units(&self) -> Vec<Pair> {
        let mut curvature = self.penalty.clone();
        let (weights, biases) = curvature.split_at_mut(self.columns);
        for &record in &self.records {
            let example = &self.problem.examples[record];
            let by_class = if example.two_class { [1.0, 0.0] } else { [2.0 / 3.0, 2.0 / 9.0] };
            let of_one = by_class.map(|c: f64| c * f64::from(example.weight));
            for (column, value) in self.problem.rows.row(record) {
                if let Some(sums) = weights.get_mut(column as usize) {
                    *sums = sum(*sums, of_one.map(|c| c * f64::from(value) * f64::from(value)));
                }
            }
            let own = (example.set as usize).saturating_add(1);
            for place in [0, own] {
                if let Some(sums) = biases.get_mut(place) {
                    *sums = sum(*sums, of_one);
                }
            }
        }
        let (bias, sets) = (self.problem.bias_free, self.problem.set_bias);
        biases.iter_mut().take(usize::from(!bias)).for_each(|fixed| *fixed = [0.0; 2]);
        biases.iter_mut().skip(1).take(if sets { 0 } else { usize::MAX }).for_each(|fixed| *fixed = [0.0; 2]);
        // Where nothing curves, nothing depends on the number.
        let total = if self.weight > 0.0 { self.weight } else { 1.0 };
        let unit = |c: f64| if c > 0.0 { (c / total).powf(1.0 / 6.0) / c.sqrt() } else { 0.0 };
        curvature.into_iter().map(|pair| pair.map(unit)).collect()
    }

    /// The numbers of an earlier fit, in units from the prior; all 0 without one.
    fn start(&self, from: Option<&Fit>) -> Vec<f64> {
        let Some(from) = from else { return vec![0.0; 2 * self.prior.len()] };
        let weights = (0..self.columns).map(|column| from.weights.get(column));
        let sets = (0..self.problem.sets).map(|set| from.set_bias.get(set));
        let numbers = weights.chain([Some(&from.bias)]).chain(sets);
        let in_units = |number: f64, prior: f64, unit: f64| if unit > 0.0 { (number - prior) / unit } else { 0.0 };
        numbers
            .zip(&self.prior)
            .zip(&self.unit)
            .flat_map(|((number, prior), unit)| {
                let number = number.unwrap_or(prior);
                [in_units(number[0], prior[0], unit[0]), in_units(number[1], prior[1], unit[1])]
            })
            .collect()
    }

    /// Turns a point, in units from the prior, into numbers.
    fn place(&mut self, point: &[f64]) {
        let (point, _) = point.as_chunks::<2>();
        for (((number, point), prior), unit) in self.numbers.iter_mut().zip(point).zip(&self.prior).zip(&self.unit) {
            *number = [prior[0] + unit[0] * point[0], prior[1] + unit[1] * point[1]];
        }
    }

    /// Value and gradient at a point.
    fn at(&mut self, point: &[f64], gradient: &mut [f64]) -> f64 {
        self.place(point);
        let (problem, columns, records, numbers) = (self.problem, self.columns, &self.records, &self.numbers);
        self.parts.par_iter_mut().for_each(|part| part.measure(problem, columns, records, numbers));
        let mut value: f64 = self.parts.iter().map(|part| part.loss).sum();
        let (point, _) = point.as_chunks::<2>();
        let (gradient, _) = gradient.as_chunks_mut::<2>();
        for (((point, gradient), penalty), unit) in point.iter().zip(gradient.iter_mut()).zip(&self.penalty).zip(&self.unit) {
            for (((point, gradient), penalty), unit) in point.iter().zip(gradient).zip(penalty).zip(unit) {
                let off = unit * point;
                value += 0.5 * penalty * off * off;
                *gradient = penalty * off;
            }
        }
        let (parts, unit) = (&self.parts, &self.unit);
        gradient.par_chunks_mut(STRETCH).zip(unit.par_chunks(STRETCH)).enumerate().for_each(|(stretch, (gradient, unit))| {
            for part in parts {
                gradient.iter_mut().zip(part.gradient.iter().skip(stretch * STRETCH)).for_each(|(sums, g)| *sums = sum(*sums, *g));
            }
            gradient.iter_mut().zip(unit).for_each(|(g, unit)| *g = [g[0] * unit[0], g[1] * unit[1]]);
        });
        value
    }
}

/// Numbers of the records that take part.
fn takes_part<'a>(problem: &'a Problem<'a>) -> impl Iterator<Item = usize> + 'a {
    let counts = |example: &Example| example.weight > 0.0 && !(example.two_class && example.label == Class::Neutral);
    problem.examples.iter().take(problem.rows.len()).enumerate().filter(move |(_, example)| counts(example)).map(|(record, _)| record)
}

/// Cuts a list of records into parts with about as many values.
fn cut(records: &[usize], rows: &Rows) -> Vec<Range<usize>> {
    // A record costs something even when it is empty.
    let cost = |&record: &usize| rows.slices(record).0.len() + 8;
    let total: usize = records.iter().map(cost).sum();
    let (mut parts, mut start, mut done) = (Vec::with_capacity(PARTS), 0, 0);
    for (end, record) in (1..).zip(records) {
        done += cost(record);
        if done * PARTS >= total * (parts.len() + 1) {
            parts.push(start..end);
            start = end;
        }
    }
    parts
}

/// A part of the records, with its share of loss and gradient.
struct Part {
    records: Range<usize>,
    loss: f64,
    gradient: Vec<Pair>,
}

impl Part {
    fn new(records: Range<usize>, count: usize) -> Self {
        Self { records, loss: 0.0, gradient: vec![[0.0; 2]; count] }
    }

    fn measure(&mut self, problem: &Problem, columns: usize, records: &[usize], numbers: &[Pair]) {
        self.loss = 0.0;
        self.gradient.fill([0.0; 2]);
        let (weights, biases) = numbers.split_at(columns);
        let (weights_gradient, biases_gradient) = self.gradient.split_at_mut(columns);
        for &record in &records[self.records.clone()] {
            let example = &problem.examples[record];
            let own = (example.set as usize).saturating_add(1);
            let start = sum(example.offset.map(f64::from), biases[0]);
            let mut pull = biases.get(own).map_or(start, |&bias| sum(start, bias));
            let (row, values) = problem.rows.slices(record);
            for (&column, &value) in row.iter().zip(values) {
                if let Some(weight) = weights.get(column as usize) {
                    pull = sum(pull, times(*weight, value));
                }
            }
            let (loss, slope) = surprise(pull, example.label, example.two_class);
            let weight = f64::from(example.weight);
            self.loss += weight * loss;
            let slope = slope.map(|s| s * weight);
            for (&column, &value) in row.iter().zip(values) {
                if let Some(sums) = weights_gradient.get_mut(column as usize) {
                    *sums = sum(*sums, times(slope, value));
                }
            }
            biases_gradient[0] = sum(biases_gradient[0], slope);
            if let Some(sums) = biases_gradient.get_mut(own) {
                *sums = sum(*sums, slope);
            }
        }
    }
}

/// Minus the logarithm of how likely the label is, and its derivatives by lean and opinion.
fn surprise([lean, opinion]: Pair, label: Class, two_class: bool) -> (f64, Pair) {
    let side = match label {
        Class::Complaint => -1.0,
        Class::Neutral => 0.0,
        Class::Praise => 1.0,
    };
    if two_class {
        // The other side is exp(-2 × lean towards the label) times as likely.
        let towards = 2.0 * side * lean;
        let less = (-towards.abs()).exp();
        let wrong = if towards > 0.0 { less / (1.0 + less) } else { 1.0 / (1.0 + less) };
        return (less.ln_1p() + (-towards).max(0.0), [-2.0 * side * wrong, 0.0]);
    }
    let most = (opinion + lean.abs()).max(0.0);
    let [complaint, neutral, praise] = [opinion - lean, 0.0, opinion + lean].map(|logit: f64| (logit - most).exp());
    let total = complaint + neutral + praise;
    let stated = f64::abs(side);
    let loss = total.ln() + most - side * lean - stated * opinion;
    (loss, [(praise - complaint) / total - side, (praise + complaint) / total - stated])
}

#[cfg(test)]
mod tests;
