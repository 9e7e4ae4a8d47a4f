//! A text as the judge of targets sees it. In: a text that was read and scored. Out: for each token its
//! clause, sentence and sort of word; and the pieces that the sum of the text is made of, each with the
//! noun it belongs to by its own place. Separate because it is made once for a text and then asked about
//! each of its targets.

use super::feature::Sort;
use super::{Amount, Language};
use crate::lexicon::grammar::Class;
use crate::lexicon::{Leaning, Lexicon, Reading, Role, Unit};
use crate::mention::glossary::Told;
use crate::score::Hits;
use crate::score::evidence::{length_factor, of_hit, of_shares};
use crate::text::{Kind, Shape, Token};

/// Tokens that are passed over in search of the noun that an opinion belongs to.
const AHEAD: usize = 4;
const BACK: usize = 8;
/// Words before a target that may go with it.
const LEAD: usize = 3;
/// Most tokens between two nouns that are joined by `and`.
const JOINT: usize = 4;
/// Chains of nouns that are kept for each opinion: that of a target and three others.
const NEAREST: usize = 4;
/// Tokens to either side in which they are sought.
const AROUND: u32 = 40;
/// The clause of words that lean across the end of one.
pub(super) const ASTRAY: u32 = u32::MAX;
/// No chain of nouns.
const ALONE: u32 = u32::MAX;

/// From one token to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// Index of the first token.
    pub first: u32,
    /// Index of the last token.
    pub last: u32,
}

impl Span {
    /// Tokens from one to the other, 1 if they stand side by side; 0 if they overlap.
    pub(super) const fn gap(self, other: Self) -> u32 {
        if self.first > other.last { self.first - other.last } else { other.first.saturating_sub(self.last) }
    }
}

/// A subject that is mentioned. Subjects of one side are rivals: what is said of one is not said of the
/// other, while what is said of the sides of a thing is said of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Its number.
    pub subject: u32,
    /// Whether it holds others, as a brand does.
    pub holds: bool,
}

/// Whose a chain of nouns or a sentence is, among subjects of one side.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Owner {
    #[default]
    Nobody,
    One(u32),
    Several,
}

impl Owner {
    const fn add(&mut self, subject: u32) {
        *self = match *self {
            Self::Nobody => Self::One(subject),
            Self::One(known) if known == subject => *self,
            _ => Self::Several,
        };
    }
}

/// What sort of word a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    /// Of a closed class: its number in the grammar.
    Closed(u16, Class),
    /// Any other word.
    Content,
    /// A handle.
    Handle,
    /// No word.
    Sign,
}

/// How many words of closed classes, and how many signs, stand before a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Passed {
    pub verbs: u32,
    pub prepositions: u32,
    /// `and` and its kind, and signs.
    pub joins: u32,
    pub pronouns: u32,
}

impl Passed {
    /// No branch: what comes next in a text cannot be predicted.
    fn pass(&mut self, word: Word) {
        let class = if let Word::Closed(_, class) = word { Some(class) } else { None };
        self.verbs += u32::from(class == Some(Class::Auxiliary));
        self.prepositions += u32::from(class == Some(Class::Preposition));
        self.joins += u32::from((class == Some(Class::Join)) | (word == Word::Sign));
        self.pronouns += u32::from(class == Some(Class::Pronoun));
    }
}

/// What the lexicon and the rules say of a token.
#[derive(Clone, Copy, Debug, Default)]
struct Opening {
    /// Whether it is part of an opinion.
    opinion: bool,
    /// Whether it opens a clause, and whether one in contrast to what stands before.
    opens: bool,
    turns: bool,
}

/// What is known of a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub word: Word,
    pub noun: bool,
    /// Whether it is a noun that opinions are hardly about.
    pub vague: bool,
    /// Whether it is a name: a handle, capitalised, or no word that is known.
    pub name: bool,
    /// Whether it is part of an opinion.
    pub opinion: bool,
    /// Whether it is a noun within an opinion, as in `awful service`.
    pub thing: bool,
    pub sentence: u32,
    pub clause: u32,
    /// Contrasts (`but`) up to here.
    pub contrasts: u32,
    /// Words of content without opinion before it.
    pub content: u32,
    pub passed: Passed,
    /// Nouns that are joined have the same.
    pub chain: u32,
}

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

/// A text as the judge of targets sees it. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    pub(super) spots: Vec<Spot>,
    pub(super) pieces: Vec<Piece>,
    leaners: Vec<Leaner>,
    pub(super) swaths: Vec<Swath>,
    marks: Vec<Opening>,
    /// The tokens that are nouns.
    nouns: Vec<u32>,
    /// Whose each chain and each sentence is, for either side.
    chains: [Vec<Owner>; 2],
    sentences: [Vec<Owner>; 2],
    /// What is left of the sum without its pieces.
    pub(super) rest: Leaning,
}

impl Scene {
    /// Looks at a text that was read with a lexicon and scored; `targets` are the places of all that will
    /// be asked about, with the subjects they are of.
    pub fn read(
        &mut self,
        language: &Language,
        lexicon: &Lexicon,
        told: Told,
        targets: impl Iterator<Item = (Option<Mark>, Span)> + Clone,
    ) {
        let Told { text, reading, hits, .. } = told;
        self.part(language, told);
        for (_, target) in targets.clone() {
            self.spots.iter_mut().take(target.last as usize + 1).skip(target.first as usize).for_each(|spot| spot.noun = true);
        }
        self.join(reading.tokens().as_slice(), text);
        self.own(targets);
        self.weigh(lexicon, reading, hits);
        for at in 0..self.pieces.len() {
            let span = self.pieces[at].span;
            self.pieces[at].anchor = self.anchor(language, span, text, reading);
            self.pieces[at].nouns = self.nearest(span);
        }
    }

    /// What is left of the sum of the text without its parts: lean and opinion, in thousandths.
    #[must_use]
    pub const fn rest(&self) -> [i32; 2] {
        [self.rest.lean, self.rest.opinion]
    }

    /// The first of the articles and other words before a target that go with it, if there are any.
    pub(super) fn lead(&self, target: Span) -> Option<u32> {
        let goes_with = |spot: &Spot| match spot.word {
            Word::Closed(_, Class::Determiner) => true,
            Word::Content => spot.opinion || !spot.noun,
            _ => false,
        };
        let before = self.spots.get(..target.first as usize)?.iter().rev().take(LEAD).take_while(|spot| goes_with(spot)).count();
        (before > 0).then(|| target.first - crate::score::hits::index(before))
    }

    /// Whether a target is a name or a common noun. A noun without another beside it in its sentences has all
    /// that is said for itself, as a name has.
    pub(super) fn sort(&self, spans: &[Span]) -> Sort {
        let of = |span: &Span| self.spots.get(span.last as usize);
        if spans.iter().filter_map(of).any(|spot| spot.name) {
            return Sort::Name;
        }
        let ours = |chain: u32| spans.iter().filter_map(of).any(|spot| spot.chain == chain);
        let is_other = |spot: &Spot| ((spot.noun & !spot.vague) | spot.thing) && !ours(spot.chain);
        let mut seen = 0;
        for span in spans {
            let Some(sentence) = of(span).map(|spot| spot.sentence).filter(|_| span.last >= seen) else { continue };
            let (before, behind) = self.spots.split_at(span.last as usize);
            let here = |spot: &&Spot| spot.sentence == sentence;
            if before.iter().rev().take_while(here).chain(behind.iter().take_while(here)).any(is_other) {
                return Sort::Noun;
            }
            seen = span.last + crate::score::hits::index(behind.iter().take_while(here).count());
        }
        Sort::Name
    }

    /// Cuts the text into sentences and clauses and tells its nouns.
    fn part(&mut self, language: &Language, told: Told) {
        let tokens = told.reading.tokens().as_slice();
        self.mark(told.reading.units(), told.hits, tokens.len());
        let (mut sentence, mut clause, mut contrasts, mut content) = (0, 0, 0, 0);
        let mut passed = Passed::default();
        let mut after_stop = true;
        let spots = tokens.iter().zip(told.glosses.iter().zip(&self.marks)).map(|(token, (&gloss, mark))| {
            clause += u32::from(mark.opens);
            contrasts += u32::from(mark.turns);
            let opinion = mark.opinion;
            let (word, found) = language.word(token, gloss, told.text);
            let (known, vague) = (found.is_some(), found == Some(true));
            let (handle, of_content) = (word == Word::Handle, word == Word::Content);
            let capital = of_content & token.shape.has_any(Shape::CAPITAL.with(Shape::SHOUTED, true).with(Shape::TAGGED, true));
            let proper = token.shape.has(Shape::CAPITAL) & !token.shape.has(Shape::SHOUTED) & !after_stop;
            let spot = Spot {
                word,
                noun: handle | (of_content & !opinion & (known | proper)),
                vague,
                name: handle | capital | !known,
                opinion,
                thing: opinion & known & !vague,
                sentence,
                clause,
                contrasts,
                content,
                passed,
                chain: ALONE,
            };
            passed.pass(word);
            content += u32::from(of_content & !opinion);
            after_stop = token.kind == Kind::Stop;
            sentence += u32::from(after_stop);
            clause += u32::from(token.ends_clause());
            spot
        });
        self.spots.clear();
        self.spots.extend(spots);
    }

    /// Marks the tokens of opinions and those that open a clause.
    fn mark(&mut self, units: &[Unit], hits: &Hits, tokens: usize) {
        self.marks.clear();
        self.marks.resize(tokens, Opening::default());
        for unit in hits.as_slice().iter().filter_map(|hit| units.get(hit.unit as usize)) {
            let own = self.marks.get_mut(unit.first as usize..=unit.last as usize);
            own.into_iter().flatten().for_each(|mark| mark.opinion = true);
        }
        for unit in units.iter().filter(|unit| unit.first > 0) {
            if let (Role::Clause | Role::Contrast | Role::Concession, Some(mark)) = (unit.role, self.marks.get_mut(unit.first as usize)) {
                (mark.opens, mark.turns) = (true, unit.role != Role::Clause);
            }
        }
    }

    /// Joins nouns that stand side by side, or with `and`, commas and articles between.
    fn join(&mut self, tokens: &[Token], text: &str) {
        let mut last: Option<usize> = None;
        let mut chain = 0;
        self.nouns.clear();
        for at in 0..self.spots.len() {
            if !self.spots[at].noun {
                continue;
            }
            let joined = last.is_some_and(|last| last + 1 == at || self.joins(last + 1, at, tokens, text));
            chain += u32::from(!joined);
            self.spots[at].chain = chain;
            self.nouns.push(crate::score::hits::index(at));
            last = Some(at);
        }
    }

    /// Tells whose chains and sentences are.
    fn own(&mut self, targets: impl Iterator<Item = (Option<Mark>, Span)>) {
        let spots = self.spots.last().map_or(0, |spot| spot.sentence as usize + 1);
        let chains = self.spots.iter().rev().find(|spot| spot.chain != ALONE).map_or(0, |spot| spot.chain as usize + 1);
        for (owners, count) in
            self.chains.iter_mut().map(|owners| (owners, chains)).chain(self.sentences.iter_mut().map(|owners| (owners, spots)))
        {
            owners.clear();
            owners.resize(count, Owner::Nobody);
        }
        for (mark, span) in targets {
            let (Some(mark), Some(spot)) = (mark, self.spots.get(span.last as usize)) else { continue };
            let side = usize::from(mark.holds);
            let chain = self.chains[side].get_mut(spot.chain as usize);
            let sentence = self.sentences[side].get_mut(spot.sentence as usize);
            chain.into_iter().chain(sentence).for_each(|owner| owner.add(mark.subject));
        }
    }

    /// Whether a noun is one of another subject of the same side.
    pub(super) fn is_rival(&self, noun: u32, subject: Option<Mark>) -> bool {
        let chain = self.spots.get(noun as usize).map(|spot| spot.chain as usize);
        subject.zip(chain).is_some_and(
            |(mark, chain)| matches!(self.chains[usize::from(mark.holds)].get(chain), Some(Owner::One(owner)) if *owner != mark.subject),
        )
    }

    /// Whether something stands in a sentence that is all about another subject of the same side.
    pub(super) fn is_of_rival(&self, span: Span, subject: Option<Mark>) -> bool {
        self.spots.get(span.last as usize).is_some_and(|spot| self.is_rivals(spot.sentence, subject))
    }

    /// Whether a sentence is all about another subject of the same side.
    pub(super) fn is_rivals(&self, sentence: u32, subject: Option<Mark>) -> bool {
        subject.is_some_and(|mark| {
            let owner = self.sentences[usize::from(mark.holds)].get(sentence as usize);
            matches!(owner, Some(Owner::One(owner)) if *owner != mark.subject)
        })
    }

    /// Whether all that stands from one token up to another joins the nouns around it.
    fn joins(&self, from: usize, to: usize, tokens: &[Token], text: &str) -> bool {
        let comma = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Slash || token.of(text) == ",");
        let and = |at: usize| matches!(self.spots[at].word, Word::Closed(_, Class::Join));
        let article = |at: usize| matches!(self.spots[at].word, Word::Closed(_, Class::Determiner));
        to - from <= JOINT && (comma(from) || and(from)) && (from + 1..to).all(|at| comma(at) || and(at) || article(at))
    }

    /// Takes the sum of the text apart. Words that only lean belong to nothing: how near they stand is all
    /// that counts.
    fn weigh(&mut self, lexicon: &Lexicon, reading: &Reading, hits: &Hits) {
        self.pieces.clear();
        self.leaners.clear();
        self.swaths.clear();
        let sides = of_shares(lexicon.weights(), hits.sum().shares);
        self.rest = hits.sum().whole;
        let factor = length_factor(reading.leanings().words);
        let points = |side: fn(i32) -> i32| hits.as_slice().iter().map(|hit| i64::from(side(hit.value))).sum::<i64>();
        let totals = [points(|value| value.max(0)), points(|value| -value.min(0))];
        #[allow(clippy::cast_possible_truncation)] // parts of a sum of that type
        let part = |own: i32| (i64::from(own) * factor / 10_000) as i32;
        for hit in hits.as_slice() {
            let Some(unit) = reading.units().get(hit.unit as usize) else { continue };
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
    fn nearest(&self, span: Span) -> [Near; NEAREST] {
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
    fn anchor(&self, language: &Language, span: Span, text: &str, reading: &Reading) -> Anchor {
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
