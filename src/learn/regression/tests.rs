//! Learns from records whose labels are drawn from known weights, and checks the arithmetic against plain formulas.

use super::*;

/// Numbers that look random and are the same in every run (Steele, Lea and Flood 2014, SplitMix).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end)).unwrap()
    }
}

/// Records whose labels are drawn from a model that is known.
struct Drawn {
    rows: Rows,
    examples: Vec<Example>,
    truth: Fit,
}

const SETS: usize = 3;

fn draw(records: usize, columns: u32) -> Drawn {
    let mut random = Random(7);
    let mut pair = |width: f64| [0, 1].map(|_| width * (2.0 * random.share() - 1.0));
    let truth = Fit {
        weights: (0..columns).map(|_| pair(1.5)).collect(),
        bias: pair(0.5),
        set_bias: (0..SETS).map(|_| pair(0.5)).collect(),
        ..Fit::default()
    };
    let (mut rows, mut examples) = (Rows::default(), Vec::new());
    for _ in 0..records {
        let row: Vec<(u32, f32)> =
            (0..random.below(9)).map(|_| (random.below(columns), [0.5, 1.0, 2.0][random.below(3) as usize])).collect();
        let set = random.below(u32::try_from(SETS).unwrap());
        let offset = [0.25, -0.5];
        let pull = sum(truth.pull(row.iter().copied(), offset), truth.set_bias[set as usize]);
        let mut p = chances(pull);
        let two_class = set == 2;
        if two_class {
            p[1] = 0.0;
        }
        let draw = random.share() * p.iter().sum::<f64>();
        let label = if draw < p[0] {
            Class::Complaint
        } else if draw < p[0] + p[1] {
            Class::Neutral
        } else {
            Class::Praise
        };
        rows.push(row);
        examples.push(Example { label, weight: [0.5, 1.0, 1.5][random.below(3) as usize], set, two_class, offset });
    }
    Drawn { rows, examples, truth }
}

fn problem<'a>(drawn: &'a Drawn, penalty: &'a [[f32; 2]], prior: &'a [[f32; 2]]) -> Problem<'a> {
    Problem { rows: &drawn.rows, examples: &drawn.examples, penalty, prior, sets: SETS, set_penalty: 0.7, bias_free: true, set_bias: true }
}

/// The function of the file's comment, word by word.
fn plainly(problem: &Problem, fit: &Fit) -> f64 {
    let mut loss = 0.0;
    for (record, example) in problem.examples.iter().enumerate() {
        let pull = sum(fit.pull(problem.rows.row(record), example.offset), fit.set_bias[example.set as usize]);
        let mut p = chances(pull);
        if example.two_class {
            p[1] = 0.0;
        }
        loss -= f64::from(example.weight) * (p[example.label as usize] / p.iter().sum::<f64>()).ln();
    }
    for ((weight, penalty), prior) in fit.weights.iter().zip(problem.penalty).zip(problem.prior) {
        for k in 0..2 {
            loss += 0.5 * f64::from(penalty[k]) * (weight[k] - f64::from(prior[k])).powi(2);
        }
    }
    loss + 0.5 * problem.set_penalty * fit.set_bias.iter().flatten().map(|b| b * b).sum::<f64>()
}

fn bits(fit: &Fit) -> Vec<u64> {
    fit.weights.iter().chain([&fit.bias]).chain(&fit.set_bias).flatten().chain([&fit.loss]).map(|x| x.to_bits()).collect()
}

#[test]
fn the_gradient_is_that_of_the_loss() {
    let drawn = draw(300, 12);
    let (penalty, prior) = (vec![[0.5, 2.0]; 12], vec![[0.3, -0.2]; 12]);
    let problem = problem(&drawn, &penalty, &prior);
    let mut loss = Loss::new(&problem);
    let mut random = Random(3);
    let mut point: Vec<f64> = loss.start(None).iter().map(|_| 4.0 * random.share() - 2.0).collect();
    let mut gradient = vec![0.0; point.len()];
    let value = loss.at(&point, &mut gradient);
    let (weights, biases) = loss.numbers.split_at(12);
    let here = Fit { weights: weights.to_vec(), bias: biases[0], set_bias: biases[1..].to_vec(), ..Fit::default() };
    assert!((value - plainly(&problem, &here)).abs() < 1e-9 * value, "{value} {}", plainly(&problem, &here));
    let mut unused = gradient.clone();
    for i in 0..point.len() {
        let (x, h) = (point[i], 1e-5);
        let [up, down] = [x + h, x - h].map(|x| {
            point[i] = x;
            loss.at(&point, &mut unused)
        });
        point[i] = x;
        let slope = (up - down) / (2.0 * h);
        assert!((slope - gradient[i]).abs() < 1e-6 * (1.0 + slope.abs()), "{i}: {slope} {}", gradient[i]);
    }
}

#[test]
fn far_out_the_loss_is_still_a_number() {
    for label in [Class::Complaint, Class::Neutral, Class::Praise] {
        for pull in [[0.0, 0.0], [800.0, 0.0], [-800.0, 900.0], [5.0, -2000.0], [0.0, 2000.0]] {
            for two_class in [false, true] {
                let (loss, slope) = surprise(pull, label, two_class);
                assert!(loss >= 0.0 && loss.is_finite() && slope.iter().all(|s| s.abs() <= 2.0), "{pull:?} {label:?} {loss} {slope:?}");
            }
        }
    }
}

#[test]
fn weights_that_drew_the_labels_are_found() {
    let drawn = draw(40_000, 10);
    let (penalty, prior) = (vec![[0.1; 2]; 10], vec![[0.0; 2]; 10]);
    let found = fit(&problem(&drawn, &penalty, &prior), None, 100);
    assert!(found.rounds < 60, "{}", found.rounds);
    for (found, truth) in found.weights.iter().zip(&drawn.truth.weights) {
        for k in 0..2 {
            assert!((found[k] - truth[k]).abs() < 0.08, "{found:?} {truth:?}");
        }
    }
    // The bias and those of the sets are only known together.
    for set in 0..SETS {
        let [found, truth] = [&found, &drawn.truth].map(|fit| sum(fit.bias, fit.set_bias[set]));
        assert!((found[0] - truth[0]).abs() < 0.08 && (set == 2 || (found[1] - truth[1]).abs() < 0.08), "{found:?} {truth:?}");
    }
}

#[test]
fn nothing_near_the_minimum_is_lower_and_an_early_start_ends_there_too() {
    let drawn = draw(2000, 20);
    let (penalty, prior) = (vec![[3.0, 5.0]; 20], vec![[0.5, 0.1]; 20]);
    let problem = problem(&drawn, &penalty, &prior);
    let found = fit(&problem, None, 200);
    let loss = plainly(&problem, &found);
    assert!((loss - found.loss).abs() < 1e-9 * loss);
    let mut random = Random(5);
    for _ in 0..20 {
        let mut moved = found.clone();
        moved.weights.iter_mut().chain(&mut moved.set_bias).flatten().for_each(|w| *w += 0.02 * (random.share() - 0.5));
        assert!(plainly(&problem, &moved) > loss);
    }
    let again = fit(&problem, Some(&found), 200);
    assert!(again.rounds <= 2 && again.loss <= found.loss, "{}", again.rounds);
    let from_truth = fit(&problem, Some(&drawn.truth), 200);
    assert!((from_truth.loss - found.loss).abs() < 1e-5 * loss);
    assert!(from_truth.weights.iter().flatten().zip(found.weights.iter().flatten()).all(|(a, b)| (a - b).abs() < 1e-3));
}

#[test]
fn threads_do_not_change_one_bit() {
    let drawn = draw(5000, 6000);
    let (penalty, prior) = (vec![[1.0; 2]; 6000], vec![[0.0; 2]; 6000]);
    let by_threads = [1, 2, 3].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        bits(&pool.install(|| fit(&problem(&drawn, &penalty, &prior), None, 25)))
    });
    assert_eq!(by_threads[0], by_threads[1]);
    assert_eq!(by_threads[0], by_threads[2]);
}

#[test]
fn records_without_weight_change_nothing() {
    let full = draw(1000, 30);
    let (penalty, prior) = (vec![[1.0; 2]; 30], vec![[0.0; 2]; 30]);
    let (mut with, mut without) = (draw(0, 30), draw(0, 30));
    for (record, example) in full.examples.iter().enumerate() {
        let out = record % 3 == 0;
        with.rows.push(full.rows.row(record));
        with.examples.push(Example { weight: if out { 0.0 } else { example.weight }, ..*example });
        if !out {
            without.rows.push(full.rows.row(record));
            without.examples.push(*example);
        }
    }
    let fits = [&with, &without, &full].map(|drawn| bits(&fit(&problem(drawn, &penalty, &prior), None, 50)));
    assert_eq!(fits[0], fits[1]);
    assert_ne!(fits[0], fits[2]);
}

#[test]
fn two_classes_leave_neutral_out() {
    let mut drawn = draw(1000, 10);
    drawn.examples.iter_mut().for_each(|example| example.two_class = true);
    let (penalty, prior) = (vec![[1.0; 2]; 10], vec![[0.2, 0.4]; 10]);
    let problem = problem(&drawn, &penalty, &prior);
    let found = fit(&problem, None, 100);
    // Opinions bear on nothing, so they stay; leans are those of a logistic regression on ±2 L.
    assert!(found.weights.iter().all(|w| w[1].to_bits() == f64::from(0.4f32).to_bits()) && found.bias[1].to_bits() == 0);
    let (lean, opinion) = (0.7, -3.0);
    let (loss, slope) = surprise([lean, opinion], Class::Complaint, true);
    assert!((loss - (1.0 + (2.0 * lean).exp()).ln()).abs() < 1e-12);
    assert!((slope[0] - 2.0 / (1.0 + (-2.0 * lean).exp())).abs() < 1e-12 && slope[1].to_bits() == 0);
    // Those that are labelled neutral all the same take no part.
    let neutral: Vec<usize> = (0..1000).filter(|&i| drawn.examples[i].label == Class::Neutral).collect();
    let mut rest = draw(1000, 10);
    rest.examples.clone_from(&drawn.examples);
    neutral.iter().for_each(|&i| rest.examples[i].weight = 0.0);
    assert!(!neutral.is_empty());
    assert_eq!(bits(&found), bits(&fit(&Problem { examples: &rest.examples, ..problem }, None, 100)));
}

#[test]
fn without_records_all_stays_at_the_prior() {
    let nothing = draw(0, 4);
    let (penalty, prior) = ([[1.0, 0.0]; 4], [[0.5, -1.5]; 4]);
    let problem = problem(&nothing, &penalty, &prior);
    let stays = Fit { weights: vec![[0.5, -1.5]; 4], set_bias: vec![[0.0; 2]; SETS], ..Fit::default() };
    assert_eq!(fit(&problem, None, 50), stays);
    // From elsewhere it goes there.
    let away = Fit { weights: vec![[9.0, -1.5]; 4], ..stays.clone() };
    let back = fit(&problem, Some(&away), 50);
    assert!(back.weights.iter().all(|w| (w[0] - 0.5).abs() < 1e-6) && back.loss < 1e-9, "{back:?}");

    // A column that no record has stays, whatever the others do.
    let drawn = draw(500, 3);
    let found = fit(&Problem { rows: &drawn.rows, examples: &drawn.examples, ..problem }, None, 50);
    assert_eq!(found.weights[3].map(f64::to_bits), [0.5f64, -1.5].map(f64::to_bits));
    assert!((found.weights[0][0] - 0.5).abs() > 1e-3);
    assert_eq!(fit(&Problem { penalty: &[], prior: &[], sets: 0, ..problem }, None, 5), Fit::default());
}

#[test]
fn biases_are_only_where_they_are_asked_for() {
    let drawn = draw(500, 5);
    let (penalty, prior) = ([[1.0; 2]; 5], [[0.0; 2]; 5]);
    let problem = problem(&drawn, &penalty, &prior);
    let zero = |pair: &Pair| pair.iter().all(|x| x.to_bits() == 0);
    for (bias_free, set_bias) in [(false, false), (true, false), (false, true), (true, true)] {
        let found = fit(&Problem { bias_free, set_bias, ..problem }, Some(&drawn.truth), 50);
        assert_eq!((zero(&found.bias), found.set_bias.iter().all(zero)), (!bias_free, !set_bias));
        assert_eq!((found.weights.len(), found.set_bias.len()), (5, SETS));
    }
}
