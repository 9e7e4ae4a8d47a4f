//! Shares of true classes behind shares of answers. In: a labelled sample as a table of true class by
//! answer, and the answers to all records. Out: how many records truly are of each class. Separate
//! because a share of answers carries the mistakes of whoever answers, and those do not cancel out.

use super::{CLASSES, Estimate, Z, float};

/// Kinds of answers: one for each class, in the same order.
pub const ANSWERS: usize = 4;

/// Records by answer.
pub type Answers = [u64; ANSWERS];

/// Least labelled records of an answer that stands for itself; rarer answers are pooled.
const LEAST_PER_ANSWER: u64 = 10;
/// Least labelled records of each class for [`adjusted_count`].
pub const LEAST_PER_CLASS: u64 = 30;
/// Least difference (total variation) between the answers to two classes for [`adjusted_count`].
const LEAST_APART: f64 = 0.1;

/// Shares of true classes when the labelled records are a sample of all of them: of the records with
/// one answer as many are of a class as of the labelled ones with this answer, `Σ P(answer)
/// P(class | answer)` (Tenenbein 1970, "A double sampling scheme for estimating from binomial data with
/// misclassifications", JASA 65; 1972 for several classes, Technometrics 14). The variance by the delta
/// method has two parts: `Σ P(answer)² q (1 - q) / n(answer)` for the labels, with `q = P(class | answer)`,
/// and `(Σ P(answer) q² - share²) / N` for the records. Rare answers are pooled (collapsed strata,
/// Cochran 1977, "Sampling Techniques", 5A.12). None without labelled records.
#[must_use]
pub fn post_stratified(sample: &[Answers; CLASSES], all: &Answers) -> Option<[Estimate; CLASSES]> {
    let strata = strata(sample, all);
    let whole: u64 = all.iter().sum();
    if whole == 0 || strata.iter().all(|(_, labelled)| labelled.iter().sum::<u64>() == 0) {
        return None;
    }
    let mut out = [Estimate::default(); CLASSES];
    for (class, out) in out.iter_mut().enumerate() {
        let (mut value, mut middle, mut labels, mut squares) = (0.0, 0.0, 0.0, 0.0);
        for (records, labelled) in &strata {
            let (p, n) = (float(*records) / float(whole), float(labelled.iter().sum()));
            let count = float(labelled[class]);
            // Half a record on either side, so that an answer without mistakes does not look certain.
            let q = (count + 0.5) / (n + 1.0);
            value += p * count / n;
            middle += p * q;
            labels += p * p * q * (1.0 - q) / (n + 1.0);
            squares += p * q * q;
        }
        *out = Estimate::of_share(value, middle, labels + (squares - middle * middle).max(0.0) / float(whole));
    }
    Some(out)
}

/// Answers with all their records and their labelled ones; rare ones together.
fn strata(sample: &[Answers; CLASSES], all: &Answers) -> Vec<(u64, [u64; CLASSES])> {
    let mut strata: Vec<(u64, [u64; CLASSES])> =
        all.iter().enumerate().map(|(answer, &records)| (records, std::array::from_fn(|class| sample[class][answer]))).collect();
    strata.retain(|(records, _)| *records > 0);
    let labelled = |stratum: &(u64, [u64; CLASSES])| stratum.1.iter().sum::<u64>();
    strata.sort_by_key(|stratum| std::cmp::Reverse(labelled(stratum)));
    while strata.len() > 1 && strata.last().is_some_and(|rarest| labelled(rarest) < LEAST_PER_ANSWER) {
        let Some((records, classes)) = strata.pop() else { break };
        if let Some(next) = strata.last_mut() {
            next.0 += records;
            next.1.iter_mut().zip(classes).for_each(|(mine, more)| *mine += more);
        }
    }
    strata
}

/// Why a sample cannot correct other records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unusable {
    /// It has so few records of a class.
    TooFew {
        /// The class.
        class: usize,
        /// Its records.
        records: u64,
    },
    /// Two classes get nearly the same answers.
    Alike {
        /// The one class.
        one: usize,
        /// The other.
        other: usize,
    },
}

/// Shares of true classes when the labelled records are of another population, in which each class is
/// answered in the same way, however many of it there are: the shares whose expected answers are
/// nearest to those seen, `answers = Σ share P(answer | class)` (Gart and Buck 1966, "Comparison of a
/// screening test and a reference test in epidemiologic studies", American Journal of Epidemiology 83;
/// Forman 2008, "Quantifying counts and costs via classification", Data Mining and Knowledge Discovery
/// 17, "adjusted count"). An answer stands for its own class, those without a class for the last one. The variance by the delta method has the error of the answers, of order `1 / N`, and
/// that of the sample (Buonaccorsi 2010, "Measurement Error", chapter 2). Shares are brought back to
/// what is possible: none below 0, all together 1 (Euclidean projection; Duchi et al. 2008).
///
/// # Errors
/// When the sample has too few records of a class, or does not tell two classes apart.
pub fn adjusted_count(sample: &[Answers; CLASSES], all: &Answers, classes: &[usize]) -> Result<[Estimate; CLASSES], Unusable> {
    for &class in classes {
        let records = sample[class].iter().sum();
        if records < LEAST_PER_CLASS {
            return Err(Unusable::TooFew { class, records });
        }
    }
    let group = groups(classes);
    let grouped = |answers: &Answers| {
        let mut sums = Answers::default();
        answers.iter().zip(group).for_each(|(count, to)| sums[to] += count);
        sums
    };
    let answers_to = |class: usize, added: f64| {
        let n = float(sample[class].iter().sum()) + added * classes.len() as f64;
        let mut shares = [0.0; ANSWERS];
        for (share, count) in shares.iter_mut().zip(grouped(&sample[class])).take(classes.len()) {
            *share = (float(count) + added) / n;
        }
        shares
    };
    let exact: Vec<[f64; ANSWERS]> = classes.iter().map(|&class| answers_to(class, 0.0)).collect();
    for (at, one) in exact.iter().enumerate() {
        for (before, other) in exact.iter().enumerate().take(at) {
            let apart = one.iter().zip(other).map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0;
            if apart < LEAST_APART {
                return Err(Unusable::Alike { one: classes[before], other: classes[at] });
            }
        }
    }
    let whole = float(all.iter().sum()).max(1.0);
    let seen = grouped(all).map(|count| float(count) / whole);
    let inverse = inverse(&exact).ok_or(Unusable::Alike { one: classes[0], other: classes[classes.len() - 1] })?;
    let last = exact.last().copied().unwrap_or_default();
    // All shares but the last, which is what is left.
    let mut shares: Vec<f64> = inverse.iter().map(|row| (0..ANSWERS).map(|j| row[j] * (seen[j] - last[j])).sum()).collect();
    shares.push(1.0 - shares.iter().sum::<f64>());
    let mut rows = inverse;
    rows.push(std::array::from_fn(|j| -rows.iter().map(|row| row[j]).sum::<f64>()));
    let possible = projected(&shares);
    let mut out = [Estimate::default(); CLASSES];
    for (at, row) in rows.iter().enumerate() {
        let spread = |p: &[f64; ANSWERS]| {
            let first: f64 = p.iter().zip(row).map(|(p, g)| p * g).sum();
            p.iter().zip(row).map(|(p, g)| p * g * g).sum::<f64>() - first * first
        };
        let mut variance = spread(&seen) / whole;
        for (&class, share) in classes.iter().zip(&possible) {
            variance += share * share * spread(&answers_to(class, 0.25)) / float(sample[class].iter().sum());
        }
        let half = Z * variance.max(0.0).sqrt();
        let (low, high) = ((shares[at] - half).clamp(0.0, 1.0), (shares[at] + half).clamp(0.0, 1.0));
        out[classes[at]] = Estimate::new(possible[at], low.min(possible[at]), high.max(possible[at]));
    }
    Ok(out)
}

/// The place, among the classes, that each answer stands for. It does not look at the sample: a choice
/// by its counts would make the intervals too short.
fn groups(classes: &[usize]) -> [usize; ANSWERS] {
    let last = classes.len().saturating_sub(1);
    std::array::from_fn(|answer| classes.iter().position(|&class| class == answer).unwrap_or(last))
}

/// The rows that turn answers, less those to the last class, into shares: `(DᵀD)⁻¹Dᵀ` with `D` the
/// answers to each other class less those to the last.
fn inverse(answers: &[[f64; ANSWERS]]) -> Option<Vec<[f64; ANSWERS]>> {
    let (last, others) = answers.split_last()?;
    let apart: Vec<[f64; ANSWERS]> = others.iter().map(|one| std::array::from_fn(|j| one[j] - last[j])).collect();
    let dot = |a: &[f64; ANSWERS], b: &[f64; ANSWERS]| (0..ANSWERS).map(|j| a[j] * b[j]).sum::<f64>();
    // Gauss and Jordan, with the right sides Dᵀ beside the matrix DᵀD.
    let mut left: Vec<Vec<f64>> = apart.iter().map(|a| apart.iter().map(|b| dot(a, b)).collect()).collect();
    let mut right: Vec<[f64; ANSWERS]> = apart.clone();
    for at in 0..left.len() {
        let pivot = (at..left.len()).max_by(|&a, &b| left[a][at].abs().total_cmp(&left[b][at].abs()))?;
        left.swap(at, pivot);
        right.swap(at, pivot);
        let scale = left[at][at];
        if scale.abs() < 1e-9 {
            return None;
        }
        left[at].iter_mut().for_each(|x| *x /= scale);
        right[at].iter_mut().for_each(|x| *x /= scale);
        let (row, side) = (left[at].clone(), right[at]);
        for other in (0..left.len()).filter(|&other| other != at) {
            let factor = left[other][at];
            left[other].iter_mut().zip(&row).for_each(|(x, y)| *x -= factor * y);
            right[other].iter_mut().zip(&side).for_each(|(x, y)| *x -= factor * y);
        }
    }
    Some(right)
}

/// The nearest shares of which none is below 0 and that add up to 1.
fn projected(shares: &[f64]) -> Vec<f64> {
    let mut sorted = shares.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut shift) = (0.0, 0.0);
    for (at, share) in sorted.iter().enumerate() {
        sum += share;
        let candidate = (sum - 1.0) / (at + 1) as f64;
        if share - candidate > 0.0 {
            shift = candidate;
        }
    }
    shares.iter().map(|share| (share - shift).max(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::draw::Draw;
    use super::*;

    /// How praise, neutral, complaint and mixed records are answered: much praise is overlooked, and
    /// neutral texts are often taken for praise.
    const ANSWERED: [[f64; ANSWERS]; CLASSES] =
        [[0.62, 0.27, 0.07, 0.04], [0.25, 0.60, 0.12, 0.03], [0.10, 0.25, 0.57, 0.08], [0.25, 0.15, 0.25, 0.35]];
    const ONCE: [f64; CLASSES] = [0.45, 0.25, 0.3, 0.0];
    const LATER: [f64; CLASSES] = [0.2, 0.3, 0.5, 0.0];

    /// Counts, by class, whether the interval holds the truth and whether the share is nearer to it than
    /// that of the answers.
    #[derive(Default)]
    struct Score {
        held: [u32; CLASSES],
        nearer: [u32; CLASSES],
    }

    impl Score {
        fn add(&mut self, shares: &[Estimate; CLASSES], truth: &[f64; CLASSES], all: &Answers) {
            let whole: u64 = all.iter().sum();
            for (class, (share, truth)) in shares.iter().zip(truth).enumerate() {
                let raw = float(all[class]) / float(whole);
                self.held[class] += u32::from(share.low <= *truth && *truth <= share.high);
                self.nearer[class] += u32::from((share.value - truth).abs() < (raw - truth).abs());
            }
        }

        fn check(&self, rounds: u32, classes: &[usize], nearer: &[usize]) {
            for &class in classes {
                let covered = f64::from(self.held[class]) / f64::from(rounds);
                assert!((0.92..=0.98).contains(&covered), "class {class}: {covered}");
            }
            assert!(nearer.iter().all(|&class| self.nearer[class] * 100 > 85 * rounds), "{:?}", self.nearer);
        }
    }

    fn draw_table(draw: &mut Draw, classes: &[f64; CLASSES], n: usize) -> [Answers; CLASSES] {
        let mut table = [Answers::default(); CLASSES];
        for _ in 0..n {
            let class = draw.pick(classes);
            table[class][draw.pick(&ANSWERED[class])] += 1;
        }
        table
    }

    fn answers(table: &[Answers; CLASSES]) -> Answers {
        std::array::from_fn(|answer| table.iter().map(|row| row[answer]).sum())
    }

    #[test]
    fn a_sample_of_the_same_records_corrects_them() {
        let mut draw = Draw(21);
        for (labelled, others) in [(120, 2000), (400, 5000), (300, 0)] {
            let mut score = Score::default();
            for _ in 0..1000 {
                let sample = draw_table(&mut draw, &ONCE, labelled);
                let (one, two) = (answers(&sample), answers(&draw_table(&mut draw, &ONCE, others)));
                let all: Answers = std::array::from_fn(|answer| one[answer] + two[answer]);
                score.add(&post_stratified(&sample, &all).unwrap(), &ONCE, &all);
            }
            // Praise and complaint are counted far too low by the answers.
            score.check(1000, &[0, 1, 2], &[0, 2]);
        }
    }

    #[test]
    fn a_sample_of_other_records_corrects_too() {
        let mut draw = Draw(22);
        for (labelled, others, classes) in [(500, 3000, [0, 1, 2].as_slice()), (2000, 20_000, &[0, 1, 2]), (300, 3000, &[0, 2])] {
            let (mut once, mut later) = (ONCE, LATER);
            if classes.len() == 2 {
                (once, later) = ([0.8, 0.0, 0.2, 0.0], [0.35, 0.0, 0.65, 0.0]);
            }
            let mut score = Score::default();
            for _ in 0..1000 {
                let sample = draw_table(&mut draw, &once, labelled);
                let all = answers(&draw_table(&mut draw, &later, others));
                let shares = adjusted_count(&sample, &all, classes).unwrap();
                assert!((shares.iter().map(|share| share.value).sum::<f64>() - 1.0).abs() < 1e-3);
                score.add(&shares, &later, &all);
            }
            score.check(1000, classes, &[2]);
        }
    }

    #[test]
    fn without_mistakes_nothing_is_corrected() {
        let sample = [[50, 0, 0, 0], [0, 50, 0, 0], [0, 0, 50, 0], [0; 4]];
        let all = [600, 300, 100, 0];
        for shares in [post_stratified(&sample, &all).unwrap(), adjusted_count(&sample, &all, &[0, 1, 2]).unwrap()] {
            for (class, share) in [0.6, 0.3, 0.1].into_iter().enumerate() {
                let found = shares[class];
                assert!((found.value - share).abs() < 1e-4 && found.low < share && share < found.high, "{found:?}");
            }
        }
    }

    #[test]
    fn all_labelled_is_the_share_of_labels() {
        let sample = [[30, 10, 5, 1], [4, 20, 6, 0], [2, 8, 40, 3], [0; 4]];
        let shares = post_stratified(&sample, &answers(&sample)).unwrap();
        for (class, share) in shares.iter().enumerate() {
            let truth = sample[class].iter().sum::<u64>() as f64 / 129.0;
            assert!((share.value - truth).abs() < 1e-4, "{class}");
        }
        assert_eq!(post_stratified(&[[0; 4]; 4], &[5, 5, 5, 5]), None);
        assert_eq!(post_stratified(&sample, &[0; 4]), None);
    }

    #[test]
    fn samples_that_say_nothing_are_refused() {
        let all = [10, 10, 10, 0];
        let few = [[50, 0, 0, 0], [0, 29, 0, 0], [0, 0, 50, 0], [0; 4]];
        assert_eq!(adjusted_count(&few, &all, &[0, 1, 2]), Err(Unusable::TooFew { class: 1, records: 29 }));
        let alike = [[50, 20, 30, 0], [48, 21, 31, 0], [0, 0, 50, 0], [0; 4]];
        assert_eq!(adjusted_count(&alike, &all, &[0, 1, 2]), Err(Unusable::Alike { one: 0, other: 1 }));
        let shares = projected(&[1.2, -0.3, 0.1]);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9 && shares.iter().all(|share| *share >= 0.0), "{shares:?}");
    }
}
