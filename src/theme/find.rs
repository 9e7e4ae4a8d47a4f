//! Opinions with the things they are about. In: a text that was read and scored. Out: its phrases, each once.
//! Separate because it looks at a few words around each opinion, and at nothing else: all threads do this for
//! every record.
//!
//! An opinion behind an article goes with the noun it stands before (`a rude waiter`), one behind a link with
//! the noun before that (`the staff was rude`), one right behind a noun with that (`the battery drains`), one
//! behind a pronoun with what follows (`I love the screen`).

use super::phrase::{Order, Phrase};
use super::synonyms::Synonyms;
use crate::lexicon::Reading;
use crate::lexicon::grammar::{Class, Grammar};
use crate::mention::target::Nouns;
use crate::score::Hits;
use crate::text::{Kind, Shape, Token};

/// Tokens that are passed over in search of a noun, ahead and back.
const AHEAD: usize = 4;
const BACK: usize = 8;
/// Most phrases of a text: who raises more says little about each.
const MOST: usize = 24;
/// Most tokens of an opinion.
const LONGEST: u32 = 6;
/// Weakest opinion that makes a phrase, in thousandths.
const FAINT: i32 = 700;
/// Shortest noun, in bytes.
const SHORTEST: usize = 3;

/// The phrases of a text. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    text: String,
    /// Where each ends in the text.
    ends: Vec<usize>,
}

/// What a token is in the eyes of an opinion beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    Noun,
    /// A noun that opinions are hardly about: `day`, `thing`.
    Vague,
    Closed(Class),
    /// Another word.
    Content,
    /// Part of an opinion.
    Opinion,
    /// The end of a clause, or no word.
    End,
}

/// From one token to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Span {
    first: usize,
    last: usize,
}

impl Phrases {
    /// The phrases as strings, each once; see [`Phrase::read`].
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| self.text.get(start..end).unwrap_or(""))
    }

    /// Number of phrases.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Looks for the phrases of a text in a language whose closed classes and nouns are known: English. In
    /// others there are none.
    pub fn find(&mut self, language: &str, reading: &Reading, hits: &Hits) {
        self.clear();
        if hits.as_slice().is_empty() || !language.eq_ignore_ascii_case("en") {
            return;
        }
        let near = Near {
            tokens: reading.tokens().as_slice(),
            grammar: Grammar::english(),
            nouns: Nouns::shared(),
            synonyms: Synonyms::english(),
            reading,
            hits,
        };
        for hit in hits.as_slice() {
            let Some(unit) = reading.units().get(hit.unit as usize) else { continue };
            // What a rule found, and what a rule took away, has no word of its own.
            let plain = unit.kind == Kind::Word && hit.base != 0 && hit.value.abs() >= FAINT && unit.last - unit.first < LONGEST;
            if !plain || self.len() >= MOST {
                continue;
            }
            let turned = (hit.base > 0) != (hit.value > 0);
            if let Some((order, said, thing)) = near.parts(Span { first: unit.first as usize, last: unit.last as usize }) {
                self.add(&near, (hit.value > 0, turned), order, said, thing);
            }
        }
    }

    fn add(&mut self, near: &Near, (praise, turned): (bool, bool), order: Order, said: Span, thing: Option<Span>) {
        let start = self.text.len();
        Phrase::begin(praise, order, &mut self.text);
        if turned {
            self.text.push_str("not ");
        }
        let whole = near.write(said, &mut self.text) && {
            Phrase::between(&mut self.text);
            thing.is_none_or(|thing| near.write(thing, &mut self.text))
        };
        let (before, new) = self.text.split_at(start);
        let known = {
            let starts = std::iter::once(0).chain(self.ends.iter().copied());
            starts.zip(&self.ends).any(|(start, &end)| before.get(start..end) == Some(new))
        };
        if whole && !known {
            self.ends.push(self.text.len());
        } else {
            self.text.truncate(start);
        }
    }
}

/// The neighbourhood of opinions.
struct Near<'n> {
    tokens: &'n [Token],
    grammar: &'static Grammar,
    nouns: &'static Nouns,
    synonyms: &'static Synonyms,
    reading: &'n Reading,
    hits: &'n Hits,
}

impl Near<'_> {
    fn sort(&self, at: usize) -> Sort {
        let Some(token) = self.tokens.get(at).filter(|token| token.kind == Kind::Word) else { return Sort::End };
        if let Some(class) = self.grammar.class_of(token.key) {
            return Sort::Closed(class);
        }
        if self.is_opinion(at) {
            return Sort::Opinion;
        }
        match (self.nouns.is_noun(token.key), self.nouns.is_vague(token.key)) {
            (true, false) if token.key.length() >= SHORTEST => Sort::Noun,
            (true, true) => Sort::Vague,
            _ => Sort::Content,
        }
    }

    fn is_opinion(&self, at: usize) -> bool {
        let units = self.reading.units();
        self.hits.as_slice().iter().filter_map(|hit| units.get(hit.unit as usize)).any(|unit| {
            let range = unit.first as usize..=unit.last as usize;
            range.contains(&at)
        })
    }

    /// Opinion and thing of an entry: of one that holds its thing (`late flight`), or has it beside it. None for
    /// entries of words that only hang others together (`too much`), or name a thing (`your money`).
    fn parts(&self, unit: Span) -> Option<(Order, Span, Option<Span>)> {
        let said = self.trimmed(unit)?;
        if said.first < said.last {
            if let Some(parts) = self.inner(said) {
                return Some(parts);
            }
        } else if unit.first < unit.last && matches!(self.plain_sort(said.first), Sort::Noun | Sort::Vague) {
            return None;
        }
        if self.tokens.get(unit.last + 1).is_some_and(|token| self.synonyms.leads_to_verb(token.key)) && self.is_bare(unit.last + 2) {
            return Some((Order::Alone, Span { last: unit.last + 2, ..said }, None));
        }
        let Some((order, thing)) = self.thing(said.first, unit.last) else { return Some((Order::Alone, said, None)) };
        // The preposition goes with the opinion: `happy with` the service.
        let leads = order == Order::Governs && said.last == unit.last && self.leads(said.last + 1, thing);
        Some((order, Span { last: said.last + usize::from(leads), ..said }, Some(thing)))
    }

    /// Whether a word stands there that is of no closed class.
    fn is_bare(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word) && !self.hangs(at)
    }

    /// An entry without the words at its ends that hang others together; `no`, `not` and the like stay in front.
    fn trimmed(&self, unit: Span) -> Option<Span> {
        let mut whole = unit.first..=unit.last;
        let first = whole.find(|&at| !self.hangs(at) || self.denies(at))?;
        let last = (first..=unit.last).rev().find(|&at| !self.hangs(at))?;
        Some(Span { first, last })
    }

    fn hangs(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| self.grammar.class_of(token.key).is_some())
    }

    fn denies(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| self.synonyms.denial(token.key).is_some())
    }

    /// What a token would be outside of an opinion.
    fn plain_sort(&self, at: usize) -> Sort {
        let Some(token) = self.tokens.get(at) else { return Sort::End };
        match (self.nouns.is_noun(token.key), self.nouns.is_vague(token.key)) {
            (true, true) => Sort::Vague,
            (true, false) => Sort::Noun,
            _ => Sort::Content,
        }
    }

    /// Opinion and thing of an entry that holds its thing: `late flight`, `flight was cancelled`, `lost my bag`.
    fn inner(&self, said: Span) -> Option<(Order, Span, Option<Span>)> {
        if self.denies(said.first) {
            return None;
        }
        let noun = |at: usize| self.plain_sort(at) == Sort::Noun;
        if noun(said.last) {
            let lead = self.tokens.get(said.last - 1).map(|token| token.key);
            // `easy to use` and `waste of money` are themes as they stand.
            if lead.is_some_and(|key| self.synonyms.leads_to_verb(key) || self.grammar.class_of(key) == Some(Class::Preposition)) {
                return None;
            }
            let first = if said.last - said.first > 1 && noun(said.last - 1) { said.last - 1 } else { said.last };
            let order = if self.hangs(first - 1) { Order::Governs } else { Order::Before };
            let opinion = self.trimmed(Span { first: said.first, last: first - 1 })?;
            return Some((order, opinion, Some(Span { first, last: said.last })));
        }
        if noun(said.first) {
            let order = if self.hangs(said.first + 1) { Order::Linked } else { Order::Behind };
            let opinion = self.trimmed(Span { first: said.first + 1, last: said.last })?;
            return Some((order, opinion, Some(Span { first: said.first, last: said.first })));
        }
        None
    }

    /// The thing that an opinion is about, and how the two stand to each other.
    fn thing(&self, first: usize, last: usize) -> Option<(Order, Span)> {
        match self.before(first) {
            Some((at, Sort::Noun)) if at + 1 == first => self.back(first),
            Some((_, Sort::Closed(Class::Auxiliary))) => self.back(first).or_else(|| self.governed(last)),
            Some((_, Sort::Noun | Sort::Vague)) => self.back(first).or_else(|| self.ahead(last)),
            // `The staff was friendly and helpful`: the link holds for both.
            Some((_, Sort::Closed(Class::Join) | Sort::Opinion)) => {
                self.ahead(last).or_else(|| self.back(first).filter(|(order, _)| *order == Order::Linked))
            }
            _ => self.ahead(last),
        }
    }

    /// Whether a preposition leads from the opinion before it to a thing.
    fn leads(&self, at: usize, thing: Span) -> bool {
        at < thing.first && self.sort(at) == Sort::Closed(Class::Preposition)
    }

    /// What stands before an opinion in its clause, adverbs left out.
    fn before(&self, first: usize) -> Option<(usize, Sort)> {
        let known = (0..first).rev().take(AHEAD).map(|at| (at, self.sort(at)));
        known.take_while(|(_, sort)| *sort != Sort::End).find(|&(at, sort)| !self.grades(at, sort))
    }

    /// Whether a word says how much: an adverb, or `so` behind a link.
    fn grades(&self, at: usize, sort: Sort) -> bool {
        let linked = || at.checked_sub(1).is_some_and(|before| self.sort(before) == Sort::Closed(Class::Auxiliary));
        sort == Sort::Closed(Class::Adverb) || sort == Sort::Closed(Class::Conjunction) && linked()
    }

    /// The thing behind an opinion: `rude waiter`, `love the screen`, `happy with the service`.
    fn ahead(&self, last: usize) -> Option<(Order, Span)> {
        let mut order = Order::Before;
        for at in (last + 1..self.tokens.len()).take(AHEAD) {
            match self.sort(at) {
                Sort::Noun => return Some((order, self.from(at))),
                Sort::Closed(Class::Determiner) => order = Order::Governs,
                Sort::Closed(Class::Preposition) if at == last + 1 => order = Order::Governs,
                Sort::Content | Sort::Opinion | Sort::Vague => {}
                Sort::Closed(_) | Sort::End => break,
            }
        }
        None
    }

    /// The thing behind the preposition behind an opinion: `happy with the service`.
    fn governed(&self, last: usize) -> Option<(Order, Span)> {
        if self.sort(last + 1) == Sort::Closed(Class::Preposition) { self.ahead(last) } else { None }
    }

    /// The thing before an opinion: `the staff was rude`, `the battery drains`.
    fn back(&self, first: usize) -> Option<(Order, Span)> {
        let mut order = Order::Behind;
        for at in (0..first).rev().take(BACK) {
            // An entry beside may hold the thing: `staff was friendly` and helpful.
            let sort = if self.sort(at) == Sort::Opinion { self.plain_sort(at) } else { self.sort(at) };
            match sort {
                sort if self.grades(at, sort) => {}
                Sort::Noun => {
                    let before = at.checked_sub(1).filter(|&before| self.sort(before) == Sort::Noun);
                    return Some((order, Span { first: before.unwrap_or(at), last: at }));
                }
                Sort::Closed(Class::Auxiliary) => order = Order::Linked,
                Sort::Closed(Class::Pronoun | Class::Conjunction) | Sort::End => break,
                _ => {}
            }
        }
        None
    }

    /// A thing that begins with a noun: the noun behind it belongs to it (`customer service`).
    fn from(&self, first: usize) -> Span {
        let last = if self.sort(first + 1) == Sort::Noun { first + 1 } else { first };
        let last = if last > first && self.sort(last + 1) == Sort::Noun { last + 1 } else { last };
        Span { first: first.max(last.saturating_sub(1)), last }
    }

    /// Writes some tokens, folded; whether they are all short, plain words.
    fn write(&self, span: Span, out: &mut String) -> bool {
        for (number, token) in self.tokens.get(span.first..=span.last).unwrap_or(&[]).iter().enumerate() {
            let odd = token.shape.has_any(Shape::REPEATED.with(Shape::TRIPLE, true));
            let Some((bytes, length)) = token.key.bytes().filter(|_| token.kind == Kind::Word && !odd) else { return false };
            let Some(word) = bytes.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()) else { return false };
            if number > 0 {
                out.push(' ');
            } else if let Some(plain) = self.synonyms.denial(token.key) {
                out.push_str(plain);
                continue;
            }
            out.push_str(word.strip_suffix("'s").unwrap_or(word));
        }
        true
    }
}
