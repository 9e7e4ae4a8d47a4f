//! Values to a score. In: the opinions after all rules. Out: praise, complaint, score, polarity,
//! confidence and coverage, in ten-thousandths. Separate because it is the one place where points
//! become a published number.
//!
//! With `P` and `C` the points of praise and complaint and `n` the number of opinions, praise is
//! `P / (P + C + K n)`, complaint `C / (P + C + K n)`, and the score is praise minus complaint. It
//! lies between -1 and 1, and saying the same twice does not change it.

use super::Hits;
use crate::lexicon::Reading;
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

/// Measures the opinions of a text.
pub(super) fn measure(reading: &Reading, hits: &Hits) -> Score {
    let (mut praise, mut complaint, mut count) = (0i64, 0i64, 0i64);
    for hit in hits.as_slice() {
        praise += i64::from(hit.value.max(0));
        complaint += i64::from(-hit.value.min(0));
        count += i64::from(hit.value != 0);
    }
    let whole = praise + complaint + HALF * count;
    let (praise, complaint) = (share(praise, whole), share(complaint, whole));
    let score = praise - complaint;
    let polarity = polarity(praise, complaint);
    let (content, known) = reading.content();
    Score {
        score,
        praise,
        complaint,
        polarity,
        confidence: confidence(score, polarity, count),
        coverage: share(i64::from(known), i64::from(content)),
    }
}

/// `part` of `whole` in ten-thousandths, rounded half up.
#[allow(clippy::cast_possible_truncation)] // part <= whole
fn share(part: i64, whole: i64) -> i32 {
    if whole == 0 { 0 } else { ((part * i64::from(ONE) * 2 + whole) / (whole * 2)) as i32 }
}

fn polarity(praise: i32, complaint: i32) -> Polarity {
    let score = praise - complaint;
    if praise.min(complaint) >= MIXED_EACH && score.abs() <= MIXED_BALANCE {
        return Polarity::Mixed;
    }
    match score {
        _ if score >= PRAISE_FROM => Polarity::Positive,
        _ if score <= -COMPLAINT_FROM => Polarity::Negative,
        _ => Polarity::Neutral,
    }
}

/// Least strength of each side, and greatest difference, of a mixed text.
const MIXED_EACH: i32 = 1700;
const MIXED_BALANCE: i32 = 2700;
/// Least score of praise and of complaint; between them a text is neutral. Words of praise are more
/// often mere politeness, so praise needs more.
const PRAISE_FROM: i32 = 1500;
const COMPLAINT_FROM: i32 = 1000;

/// How sure the polarity is: `0.6 + 0.8 |score| - 0.3 / n` for praise and for complaint with `n`
/// opinions, between 0.35 and 0.95; 0.5 if mixed; 0.6 if neutral for want of any opinion, 0.4 if
/// neutral because opinions are faint or cancel out. Fitted to labelled posts and reviews with
/// neutral ones among them, where of records with confidence `c` a share of about `c` is right
/// (mean difference 0.03). Coverage told nothing more.
#[allow(clippy::cast_possible_truncation)] // within 0 and ONE
fn confidence(score: i32, polarity: Polarity, count: i64) -> i32 {
    match polarity {
        Polarity::Neutral if count == 0 => SURE_BASE,
        Polarity::Neutral => SURE_FAINT,
        Polarity::Mixed => ONE / 2,
        _ => (i64::from(SURE_BASE) + i64::from(score.abs()) * 8 / 10 - SURE_SINGLE / count.max(1)).clamp(SURE_LEAST, SURE_MOST) as i32,
    }
}

const SURE_BASE: i32 = 6000;
const SURE_FAINT: i32 = 4000;
const SURE_SINGLE: i64 = 3000;
const SURE_LEAST: i64 = 3500;
const SURE_MOST: i64 = 9500;
