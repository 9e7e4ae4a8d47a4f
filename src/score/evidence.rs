//! Opinions, leanings and cues to log-odds. In: a text read with the lexicon, its opinions after all
//! rules. Out: how far it leans, and whether it has an opinion at all. Separate because this sum is
//! what `explain` shows line by line and what `lexicon learn` fits: all three call the same function.
//!
//! The sum has three parts. Rules and opinions give shares of praise and complaint, weighted as two
//! cues. Other cues tell what kind of text it is. What words, pairs and opinions lean to is added up
//! and, in longer texts, weighs less by `1 / sqrt(1 + words / 40)`: long texts repeat themselves.

use super::{Hit, Hits};
use crate::lexicon::{Cue, Leaning, Leanings, Reading, Role, Signs, Weights};

/// Where evidence comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// A cue; of praise and complaint by opinions as much as the text has.
    Cue(Cue),
    /// All words, pairs and opinions together.
    Words,
}

/// Shares of praise and complaint by opinions, in ten-thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shares {
    /// Of praise.
    pub praise: i32,
    /// Of complaint.
    pub complaint: i32,
}

/// One, in the unit of shares.
const ONE: i64 = 10_000;
/// All of a cue, in the same unit.
const WHOLE: i32 = 10_000;
/// Words at which what they lean to weighs 0.7.
const LENGTH: u64 = 40;

/// What a text, or a part of one, shows whatever its opinions are.
#[derive(Clone, Copy, Debug)]
pub struct Form<'r> {
    /// What was counted in it.
    pub leanings: &'r Leanings,
    /// Whether something is denied in it.
    pub negates: bool,
}

impl<'r> Form<'r> {
    /// That of a whole text.
    #[inline]
    #[must_use]
    pub const fn of(reading: &'r Reading) -> Self {
        let negates = reading.signs().meets(Signs::role(Role::Negator).with(Signs::role(Role::Absence)));
        Self { leanings: reading.leanings(), negates }
    }
}

/// Adds up the evidence of a text, naming each part.
#[inline]
pub fn weigh(weights: &Weights, reading: &Reading, hits: &Hits, shares: Shares, part: impl FnMut(Evidence, Leaning)) -> Leaning {
    weigh_form(weights, Form::of(reading), words_lean(reading, hits), shares, part)
}

/// Adds up the evidence of a form, of what its words, pairs and opinions lean to, and of shares.
#[inline]
pub fn weigh_form(weights: &Weights, form: Form, words: Leaning, shares: Shares, mut part: impl FnMut(Evidence, Leaning)) -> Leaning {
    let mut sum = Leaning::default();
    each_cue_said(form, shares, |cue, amount| {
        let whole = weights.of(cue);
        let leaning = if amount == WHOLE { whole } else { times(whole, i64::from(amount), ONE) };
        sum += leaning;
        part(Evidence::Cue(cue), leaning);
    });
    each_cue_of_form(form, |cue, shown| {
        // No branch: what a text shows cannot be predicted.
        let whole = weights.of(cue);
        let mask = -i32::from(shown);
        sum += Leaning { lean: whole.lean & mask, opinion: whole.opinion & mask };
        if shown {
            part(Evidence::Cue(cue), whole);
        }
    });
    let words = times(words, length_factor(form.leanings.words), ONE);
    sum += words;
    part(Evidence::Words, words);
    sum
}

/// What shares of praise and complaint add.
#[must_use]
pub fn of_shares(weights: &Weights, shares: Shares) -> [Leaning; 2] {
    [(Cue::Praise, shares.praise), (Cue::Complaint, shares.complaint)].map(|(cue, share)| times(weights.of(cue), i64::from(share), ONE))
}

/// Names each cue that a text shows, and how much of it there is, in ten-thousandths.
#[inline]
pub fn each_cue(reading: &Reading, shares: Shares, mut each: impl FnMut(Cue, i32)) {
    let form = Form::of(reading);
    each_cue_said(form, shares, &mut each);
    each_cue_of_form(form, |cue, shown| {
        if shown {
            each(cue, WHOLE);
        }
    });
}

/// Names the cues that opinions and length give.
#[inline]
fn each_cue_said(form: Form, shares: Shares, mut each: impl FnMut(Cue, i32)) {
    each(Cue::Base, WHOLE);
    let sides = match (shares.praise > 0, shares.complaint > 0) {
        (false, false) => Cue::NoOpinion,
        (true, false) => Cue::OnlyPraise,
        (false, true) => Cue::OnlyComplaint,
        (true, true) => Cue::Both,
    };
    each(sides, WHOLE);
    if sides != Cue::NoOpinion {
        each(Cue::Praise, shares.praise);
        each(Cue::Complaint, shares.complaint);
    }
    each(Cue::of_length(form.leanings.words), WHOLE);
}

/// Names all cues that a text shows or not, whatever its opinions, and whether it does.
#[inline]
fn each_cue_of_form(form: Form, mut each: impl FnMut(Cue, bool)) {
    for cue in CUES_OF_FORM {
        each(cue, form.leanings.shows(cue));
    }
    each(Cue::Negator, form.negates);
}

/// Cues that a text shows or not, whatever its words.
const CUES_OF_FORM: [Cue; 15] = [
    Cue::FewCapitals,
    Cue::Capitals15,
    Cue::Capitals30,
    Cue::Capitals60,
    Cue::NoStop,
    Cue::Stops2,
    Cue::Stops4,
    Cue::Link,
    Cue::Handle,
    Cue::Hashtag,
    Cue::Number,
    Cue::Shouted,
    Cue::Exclaims,
    Cue::Asks,
    Cue::Picture,
];

/// What words, pairs and opinions of a text lean to.
fn words_lean(reading: &Reading, hits: &Hits) -> Leaning {
    let mut sum = reading.leanings().sum;
    for hit in hits.as_slice() {
        if let Some(unit) = reading.units().get(hit.unit as usize) {
            sum += of_hit(hit, unit.tilt.leaning());
        }
    }
    sum
}

/// What an opinion leans to after the rules: turned round, strengthened or weakened as its value was.
#[must_use]
pub fn of_hit(hit: &Hit, leaning: Leaning) -> Leaning {
    if hit.value == hit.base {
        return leaning;
    }
    let (value, base) = (i64::from(hit.value), i64::from(hit.base));
    if base == 0 {
        return Leaning::default();
    }
    Leaning { lean: times(leaning, value * base.signum(), base.abs()).lean, opinion: times(leaning, value.abs(), base.abs()).opinion }
}

/// How much the words of a text of this length weigh, in ten-thousandths.
#[must_use]
pub fn length_factor(words: u32) -> i64 {
    FACTORS.get(words as usize).map_or_else(|| factor(words), |&factor| i64::from(factor))
}

const fn factor(words: u32) -> i64 {
    let square = 100_000_000 * LENGTH / (LENGTH + words as u64);
    square.isqrt().cast_signed()
}

/// The factors of most texts, worked out when the program is built.
static FACTORS: [u16; 256] = {
    let mut factors = [0; 256];
    let mut words = 0;
    while words < 256 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most 10,000
        {
            factors[words] = factor(words as u32) as u16;
        }
        words += 1;
    }
    factors
};

/// A leaning times `amount / whole`, rounded towards nothing.
#[allow(clippy::cast_possible_truncation)] // clamped
fn times(leaning: Leaning, amount: i64, whole: i64) -> Leaning {
    let times = |x: i32| (i64::from(x) * amount / whole).clamp(i64::from(i32::MIN / 4), i64::from(i32::MAX / 4)) as i32;
    Leaning { lean: times(leaning.lean), opinion: times(leaning.opinion) }
}
