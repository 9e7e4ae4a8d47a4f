//! Evidence to a score. In: the opinions after all rules, what words and cues lean to. Out: praise,
//! complaint, score, polarity, confidence and coverage, in ten-thousandths. Separate because it is the
//! one place where log-odds become a published number.
//!
//! With `L` the lean of a text and `O` its opinion, in log-odds, praise is `e^(O+L) / (1 + e^(O+L) +
//! e^(O-L))`, complaint `e^(O-L)` over the same: the chances that people would call the text praise or
//! complaint, the rest being that of neither. The score is praise minus complaint.
//!
//! What opinions and rules say goes into this as two shares. With `P` and `C` the points of praise and
//! complaint and `n` the number of opinions these are `P / (P + C + K n)` and `C / (P + C + K n)`:
//! saying the same twice does not change them.

use super::evidence::{Shares, weigh};
use super::hits::{Hits, Sum};
use crate::lexicon::{Leaning, Mixed, Reading, Weights};
use serde::{Deserialize, Serialize};

/// One, in the unit that scores are published in.
pub const ONE: i32 = 10_000;
/// `K`: points at which an opinion is half sure of itself, in thousandths.
const HALF: i64 = 1500;

/// Which way a record leans.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Praise.
    Positive,
    /// A complaint.
    Negative,
    /// Praise and complaint of similar weight.
    Mixed,
    /// No opinion found.
    Neutral,
}

impl Polarity {
    /// All polarities, in the order they are counted and shown.
    pub const ALL: [Self; 4] = [Self::Positive, Self::Negative, Self::Mixed, Self::Neutral];

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Mixed => "mixed",
            Self::Neutral => "neutral",
        }
    }
}

/// The score of a text; numbers in ten-thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Score {
    /// Praise minus complaint, -10000 to 10000.
    pub score: i32,
    /// Strength of praise, 0 to 10000.
    pub praise: i32,
    /// Strength of complaint, 0 to 10000.
    pub complaint: i32,
    /// Which way it leans.
    pub polarity: Polarity,
    /// How sure the polarity is, 0 to 10000.
    pub confidence: i32,
    /// Share of content words that the lexicon has an opinion on, 0 to 10000.
    pub coverage: i32,
}

/// Measures a text.
pub(super) fn measure(weights: &Weights, reading: &Reading, hits: &mut Hits) -> Score {
    let shares = shares(hits);
    let (content, known) = reading.content();
    let whole = weigh(weights, reading, hits, shares, |_, _| ());
    hits.add_up(Sum { whole, shares });
    judge(whole, shares, weights.mixed(), share(i64::from(known), i64::from(content)))
}

/// The score of a sum, given the shares of praise and complaint by opinions, the limits of mixed, and how
/// much of the text the lexicon covers.
#[must_use]
pub fn judge(sum: Leaning, shares: Shares, mixed: Mixed, coverage: i32) -> Score {
    let (praise, complaint) = chances(sum);
    let polarity = polarity(praise, complaint, shares, mixed);
    Score { score: praise - complaint, praise, complaint, polarity, confidence: confidence(praise, complaint, polarity), coverage }
}

/// The shares of praise and complaint by opinions.
#[must_use]
pub fn shares(hits: &Hits) -> Shares {
    let mut points = Points::default();
    hits.as_slice().iter().for_each(|hit| points.add(hit.value));
    points.shares()
}

/// Points of praise and complaint by opinions, in thousandths.
#[derive(Clone, Copy, Debug, Default)]
pub struct Points {
    praise: i64,
    complaint: i64,
    count: i64,
}

impl Points {
    /// Adds the value of an opinion.
    #[inline]
    pub const fn add(&mut self, value: i32) {
        self.praise += if value > 0 { value as i64 } else { 0 };
        self.complaint += if value < 0 { -(value as i64) } else { 0 };
        self.count += (value != 0) as i64;
    }

    /// Their shares.
    #[must_use]
    pub fn shares(self) -> Shares {
        let whole = self.praise + self.complaint + HALF * self.count;
        Shares { praise: share(self.praise, whole), complaint: share(self.complaint, whole) }
    }
}

/// The chances of praise and of complaint, in ten-thousandths.
#[must_use]
pub fn chances(leaning: Leaning) -> (i32, i32) {
    let odds = |thousandths: i32| (f64::from(thousandths.clamp(-MOST_ODDS, MOST_ODDS)) / 1000.0).exp();
    let (praise, complaint) = (odds(leaning.opinion.saturating_add(leaning.lean)), odds(leaning.opinion.saturating_sub(leaning.lean)));
    let whole = 1.0 + praise + complaint;
    #[allow(clippy::cast_possible_truncation)] // within 0 and ONE
    let chance = |odds: f64| (odds / whole * f64::from(ONE)).round() as i32;
    (chance(praise), chance(complaint))
}

/// Log-odds beyond which a chance is certain to four digits.
const MOST_ODDS: i32 = 20_000;

/// `part` of `whole` in ten-thousandths, rounded half up.
#[allow(clippy::cast_possible_truncation)] // part <= whole
fn share(part: i64, whole: i64) -> i32 {
    if whole == 0 { 0 } else { ((part * i64::from(ONE) * 2 + whole) / (whole * 2)) as i32 }
}

/// Which way chances of praise and of complaint lean; mixed within these limits.
#[must_use]
pub fn polarity(praise: i32, complaint: i32, shares: Shares, mixed: Mixed) -> Polarity {
    let neither = ONE - praise - complaint;
    let score = praise - complaint;
    if shares.praise.min(shares.complaint) >= mixed.each && score.abs() <= mixed.balance {
        return Polarity::Mixed;
    }
    match score {
        _ if neither >= praise.max(complaint) => Polarity::Neutral,
        1.. => Polarity::Positive,
        _ => Polarity::Negative,
    }
}

/// How sure the polarity is.
fn confidence(praise: i32, complaint: i32, polarity: Polarity) -> i32 {
    match polarity {
        Polarity::Positive => praise,
        Polarity::Negative => complaint,
        Polarity::Neutral => ONE - praise - complaint,
        Polarity::Mixed => ONE / 2,
    }
}
