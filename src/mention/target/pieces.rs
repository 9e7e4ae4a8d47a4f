//! What the sum of a text is made of. In: a text of which each token is known. Out: its opinions, each with the
//! noun it belongs to by its own place, and its words that lean, each with what it adds. Separate from the
//! scene because that tells words, and this numbers.

use super::scene::{ALONE, Scene, Span, Word};
use super::{Amount, Language};
use crate::lexicon::grammar::Class;
use crate::lexicon::{Leaning, Lexicon, Reading, Role, Unit};
use crate::score::evidence::{Form, length_factor, of_hit, of_shares, weigh_form};
use crate::score::hits::Sum;
use crate::score::measure::Points;
use crate::score::{Hit, Hits};

/// Tokens that are passed over in search of the noun that an opinion belongs to.
const AHEAD: usize = 4;
const BACK: usize = 8;
/// Chains of nouns that are kept for each opinion: that of a target and three others.
const NEAREST: usize = 4;
/// Tokens to either side in which they are sought.
const AROUND: u32 = 40;
/// The clause of words that lean across the end of one.
pub(super) const ASTRAY: u32 = u32::MAX;

/// What a piece belongs to by its own place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Anchor {
    Noun(u32),
    Pronoun,
    Nothing,
}

/// An opinion, as a part of the sum of its text.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Its tokens.
    pub span: Span,
    /// What it adds, in thousandths.
    pub adds: Leaning,
    /// Its value after all rules, in thousandths, not 0.
    pub value: i32,
    pub(super) anchor: Anchor,
    /// The nearest chains of nouns in its sentence, from near to far.
    pub(super) nouns: [Near; NEAREST],
}

/// A word or a pair that only leans, as a part of the sum of its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaner {
    pub span: Span,
    /// What it adds, in thousandths.
    pub adds: Leaning,
}

/// Words of one clause that lean, in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Swath {
    pub clause: u32,
    pub sentence: u32,
    /// Where they begin among the words that lean, and where the next begin.
    first: usize,
    end: usize,
    /// What those add together that speak for an opinion, and those that speak against one.
    pub adds: [Amount; 2],
}

/// A chain of nouns, and the tokens to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Near {
    pub chain: u32,
    pub gap: u32,
}

impl Near {
    const NONE: Self = Self { chain: ALONE, gap: u32::MAX };
}

/// The opinions whose first token is kept, each with its unit.
fn own_hits<'h>(reading: &'h Reading, hits: &'h Hits, keeps: impl Fn(u32) -> bool) -> impl Iterator<Item = (&'h Hit, &'h Unit)> {
    let unit = |hit: &'h Hit| reading.units().get(hit.unit as usize);
    hits.as_slice().iter().filter_map(move |hit| unit(hit).filter(|unit| keeps(unit.first)).map(|unit| (hit, unit)))
}

impl Scene {
    /// What is kept of a text adds up to, as if nothing else were written; and how many words that is.
    fn own_sum(&self, lexicon: &Lexicon, reading: &Reading, hits: &Hits) -> (Sum, u32) {
        let leanings = lexicon.leanings_in(reading, |at| self.keeps(at));
        let (mut points, mut words) = (Points::default(), leanings.sum);
        for (hit, unit) in own_hits(reading, hits, |at| self.keeps(at)) {
            points.add(hit.value);
            words += of_hit(hit, unit.tilt.leaning());
        }
        let shares = points.shares();
        let negates = reading.units().iter().any(|unit| matches!(unit.role, Role::Negator | Role::Absence) && self.keeps(unit.first));
        let whole = weigh_form(lexicon.weights(), Form { leanings: &leanings, negates }, words, shares, |_, _| ());
        (Sum { whole, shares }, leanings.words)
    }

    /// Takes the sum of the text apart. Words that only lean belong to nothing: how near they stand is all
    /// that counts.
    pub(super) fn weigh(&mut self, lexicon: &Lexicon, reading: &Reading, hits: &Hits) {
        self.pieces.clear();
        self.leaners.clear();
        self.swaths.clear();
        let whole = || (hits.sum(), reading.leanings().words);
        let (sum, words) = if self.only.is_none() { whole() } else { self.own_sum(lexicon, reading, hits) };
        let sides = of_shares(lexicon.weights(), sum.shares);
        self.rest = sum.whole;
        let factor = length_factor(words);
        let own = || own_hits(reading, hits, |at| self.keeps(at));
        let points = |side: fn(i32) -> i32| own().map(|(hit, _)| i64::from(side(hit.value))).sum::<i64>();
        let totals = [points(|value| value.max(0)), points(|value| -value.min(0))];
        #[allow(clippy::cast_possible_truncation)] // parts of a sum of that type
        let part = |own: i32| (i64::from(own) * factor / 10_000) as i32;
        for hit in hits.as_slice() {
            let Some(unit) = reading.units().get(hit.unit as usize).filter(|unit| self.keeps(unit.first)) else { continue };
            let span = Span { first: unit.first, last: unit.last };
            let own = of_hit(hit, unit.tilt.leaning());
            let mut adds = Leaning { lean: part(own.lean), opinion: part(own.opinion) };
            if hit.value == 0 {
                self.lean(span, adds);
                continue;
            }
            let side = usize::from(hit.value < 0);
            let points = i64::from(hit.value.abs());
            #[allow(clippy::cast_possible_truncation)] // parts of a sum of that type
            let shared = |whole: i32| (i64::from(whole) * points).checked_div(totals[side]).unwrap_or(0) as i32;
            adds += Leaning { lean: shared(sides[side].lean), opinion: shared(sides[side].opinion) };
            self.rest -= adds;
            self.pieces.push(Piece { span, adds, value: hit.value, anchor: Anchor::Nothing, nouns: [Near::NONE; NEAREST] });
        }
        lexicon.leanings_of(reading, |leaner, adds| {
            if !self.keeps(leaner.first) || !self.keeps(leaner.last) {
                return;
            }
            self.lean(Span { first: leaner.first, last: leaner.last }, Leaning { lean: part(adds.lean), opinion: part(adds.opinion) });
        });
    }

    #[inline]
    fn lean(&mut self, span: Span, adds: Leaning) {
        if adds != Leaning::default() {
            self.rest -= adds;
            let (clause, sentence) = self.spots.get(span.last as usize).map_or((0, 0), |spot| (spot.clause, spot.sentence));
            // A pair across the end of a clause goes with neither row.
            let one = self.spots.get(span.first as usize).is_some_and(|spot| spot.clause == clause);
            let first = self.leaners.len();
            if !self.swaths.last().is_some_and(|last| one && last.clause == clause) {
                let clause = if one { clause } else { ASTRAY };
                self.swaths.push(Swath { clause, sentence, first, end: first, adds: [Amount::default(); 2] });
            }
            if let Some(swath) = self.swaths.last_mut() {
                swath.end += 1;
                swath.adds[usize::from(adds.opinion < 0)] += adds.into();
            }
            self.leaners.push(Leaner { span, adds });
        }
    }

    /// The words that lean, all or those of one row.
    pub(super) fn leaners(&self, swath: Option<&Swath>) -> &[Leaner] {
        let (first, end) = swath.map_or((0, self.leaners.len()), |swath| (swath.first, swath.end));
        self.leaners.get(first..end).unwrap_or(&[])
    }

    /// The nearest chains of nouns in the sentence of an opinion.
    pub(super) fn nearest(&self, span: Span) -> [Near; NEAREST] {
        let mut nearest = [Near::NONE; NEAREST];
        let mut known = 0;
        let Some(sentence) = self.spots.get(span.first as usize).map(|spot| spot.sentence) else { return nearest };
        let here = |&at: &u32| {
            let gap = span.gap(Span { first: at, last: at });
            let spot = self.spots.get(at as usize).filter(|spot| spot.sentence == sentence && gap <= AROUND)?;
            Some(Near { chain: spot.chain, gap })
        };
        let (before, behind) = (self.nouns.partition_point(|&at| at < span.first), self.nouns.partition_point(|&at| at <= span.last));
        let mut before = self.nouns.get(..before).into_iter().flatten().rev().map_while(here).peekable();
        let mut behind = self.nouns.get(behind..).into_iter().flatten().map_while(here).peekable();
        while known < NEAREST {
            let first = match (before.peek(), behind.peek()) {
                (Some(one), Some(other)) if one.gap <= other.gap => before.next(),
                (_, Some(_)) => behind.next(),
                (_, None) => before.next(),
            };
            let Some(near) = first else { break };
            if nearest[..known].iter().all(|other| other.chain != near.chain) {
                nearest[known] = near;
                known += 1;
            }
        }
        nearest
    }

    /// The noun that an opinion belongs to by its place: the one it ends with, else the one it stands before,
    /// else the one behind which something is said of it.
    pub(super) fn anchor(&self, language: &Language, span: Span, text: &str, reading: &Reading) -> Anchor {
        let noun = |at: usize| {
            let vague = match self.spots.get(at) {
                Some(spot) if spot.word == Word::Content => spot.vague,
                _ => reading.tokens().as_slice().get(at).is_some_and(|token| language.nouns.is_vague(Language::key(token, text))),
            };
            if vague { Anchor::Nothing } else { Anchor::Noun(crate::score::hits::index(at)) }
        };
        let clause = |at: usize| self.spots.get(at).map(|spot| spot.clause);
        let (first, last) = (span.first as usize, span.last as usize);
        if first < last && self.spots.get(last).is_some_and(|spot| spot.thing) {
            return Anchor::Noun(span.last);
        }
        let mut article = false;
        // `a wonderful, delicious pizza`: behind an article, a comma goes on to the next word of the same noun.
        let before = first.checked_sub(1).and_then(|at| self.spots.get(at));
        let listed = before.is_some_and(|spot| matches!(spot.word, Word::Closed(_, Class::Determiner)));
        let mut here = clause(last);
        for at in (last + 1..self.spots.len()).take(AHEAD) {
            let spot = self.spots[at];
            if Some(spot.clause) != here {
                break;
            }
            match spot.word {
                Word::Sign if listed && self.spots.get(at + 1).is_some_and(|next| next.opinion) => here = clause(at + 1),
                _ if spot.noun => return noun(at),
                Word::Closed(_, Class::Determiner) => article = true,
                Word::Closed(_, Class::Preposition) if !article => {}
                Word::Content => {}
                _ if spot.opinion => {}
                _ => break,
            }
        }
        for at in (0..first).rev().take(BACK) {
            let spot = self.spots[at];
            match spot.word {
                _ if Some(spot.clause) != clause(first) => break,
                _ if spot.noun => return noun(at),
                Word::Closed(_, Class::Pronoun) => return Anchor::Pronoun,
                _ => {}
            }
        }
        Anchor::Nothing
    }
}
