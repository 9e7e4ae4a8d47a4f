//! A text as the judge of targets sees it. In: a text that was read and scored. Out: for each token its
//! clause, sentence and sort of word, which nouns are joined, and whose they are. Separate because it is made
//! once for a text and then asked about each of its targets.

use super::Language;
use super::feature::Sort;
use super::pieces::{Leaner, Piece, Swath};
use crate::lexicon::grammar::Class;
use crate::lexicon::{Leaning, Lexicon, Role, Unit};
use crate::mention::glossary::Told;
use crate::score::Hits;
use crate::text::{Kind, Shape, Token};

/// Words before a target that may go with it.
const LEAD: usize = 3;
/// Most tokens between two nouns that are joined by `and`.
const JOINT: usize = 4;
/// No chain of nouns.
pub(super) const ALONE: u32 = u32::MAX;

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

/// A text as the judge of targets sees it. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    pub(super) spots: Vec<Spot>,
    pub(super) pieces: Vec<Piece>,
    pub(super) leaners: Vec<Leaner>,
    pub(super) swaths: Vec<Swath>,
    marks: Vec<Opening>,
    /// The tokens that are nouns.
    pub(super) nouns: Vec<u32>,
    /// Whose each chain and each sentence is, for either side.
    chains: [Vec<Owner>; 2],
    sentences: [Vec<Owner>; 2],
    /// Whose sentences alone were weighed; those of the whole text if nobody's.
    pub(super) only: Option<Mark>,
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
        self.part(language, told);
        for (_, target) in targets.clone() {
            self.spots.iter_mut().take(target.last as usize + 1).skip(target.first as usize).for_each(|spot| spot.noun = true);
        }
        self.join(told.reading.tokens().as_slice(), told.text);
        self.own(targets);
        self.only = None;
        self.take_apart(language, lexicon, told);
    }

    /// Leaves the sentences of other subjects of its side out of what is weighed, as if they were not written:
    /// a text that goes from one subject to the next is judged for each by its own sentences.
    pub fn turn_to(&mut self, language: &Language, lexicon: &Lexicon, told: Told, subject: Option<Mark>) {
        let rivals = |mark: &Mark| {
            let others = |owner: &Owner| matches!(owner, Owner::One(other) if *other != mark.subject);
            self.sentences[usize::from(mark.holds)].iter().any(others)
        };
        let only = subject.filter(rivals);
        if only != self.only {
            self.only = only;
            self.take_apart(language, lexicon, told);
        }
    }

    /// Whether all that is weighed goes with a subject alone, or with nobody, though the text is about others too.
    pub(super) fn is_alone(&self, subject: Option<Mark>) -> bool {
        let side = |mark: Mark| &self.sentences[usize::from(mark.holds)];
        self.only.is_some() && subject.is_some_and(|mark| !side(mark).contains(&Owner::Several))
    }

    /// Whether a token is in what is weighed.
    pub(super) fn keeps(&self, at: u32) -> bool {
        self.only.is_none() || !self.spots.get(at as usize).is_some_and(|spot| self.is_rivals(spot.sentence, self.only))
    }

    /// Takes the sum apart, and tells which noun each opinion belongs to.
    fn take_apart(&mut self, language: &Language, lexicon: &Lexicon, told: Told) {
        self.weigh(lexicon, told.reading, told.hits);
        for at in 0..self.pieces.len() {
            let span = self.pieces[at].span;
            self.pieces[at].anchor = self.anchor(language, span, told.text, told.reading);
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
        // A sentence that names nobody goes on about whom the one before it is.
        for sentences in &mut self.sentences {
            let mut before = Owner::Nobody;
            for owner in sentences {
                match owner {
                    Owner::Nobody => *owner = before,
                    Owner::One(_) => before = *owner,
                    Owner::Several => before = Owner::Nobody,
                }
            }
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
}
