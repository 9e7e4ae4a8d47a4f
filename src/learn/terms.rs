//! What there is to learn about. In: texts. Out: words, pairs of words and listed opinions that occur
//! often enough, and not in one kind of text only. Separate because what may become an entry is a
//! question of language and support, not of labels: labels are not looked at here.

use super::Corpus;
use crate::lexicon::{Lexicon, Reading, Role};
use crate::score::{Hits, score};
use crate::text::{Key, Kind, Shape, Token};
use std::collections::HashMap;

/// What a term is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// A word without opinion of its own.
    Word,
    /// Two words side by side, the first perhaps any negator.
    Pair,
    /// A word or phrase that the lexicon lists as an opinion.
    Opinion,
}

/// A term that something may be learned about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// As it would stand in a lexicon.
    pub term: String,
    /// What it is.
    pub sort: Sort,
    /// Texts that hold it.
    pub texts: u32,
    /// Families in which several texts hold it, one bit each.
    pub families: u64,
}

/// What makes a term a candidate.
#[derive(Clone, Copy, Debug)]
pub struct Bar {
    /// Least number of texts that hold it.
    pub texts: u32,
    /// Least number of families in which several texts hold it.
    pub families: u32,
}

/// So many texts of a family are several.
const SEVERAL: u8 = 3;
/// How a pair names any negator.
const NOT: &str = "NOT";
/// The number of any negator among words.
const NEGATOR: u32 = u32::MAX;
/// Longest word that is learned about, in bytes.
const LONGEST: usize = 24;

/// How often a term was seen.
#[derive(Clone, Copy, Default)]
struct Tally {
    texts: u32,
    families: u64,
    family: u8,
    in_family: u8,
}

impl Tally {
    fn count(&mut self, family: u8) {
        self.texts += 1;
        if self.family != family {
            (self.family, self.in_family) = (family, 0);
        }
        self.in_family = self.in_family.saturating_add(1);
        if self.in_family >= SEVERAL {
            self.families |= 1 << family;
        }
    }

    const fn passes(&self, bar: Bar) -> bool {
        self.texts >= bar.texts && self.families.count_ones() >= bar.families
    }
}

/// A word, with how often it is written like a name.
#[derive(Clone, Default)]
struct Word {
    term: Box<str>,
    tally: Tally,
    inside: u32,
    capital: u32,
}

impl Word {
    /// Whether it has a capital inside sentences in two of five places.
    const fn is_name(&self) -> bool {
        self.capital * 5 > self.inside * 2
    }
}

/// Finds the candidates of a corpus, sorted.
#[must_use]
pub fn candidates(corpus: &Corpus, lexicon: &Lexicon, bar: Bar) -> Vec<Candidate> {
    let mut survey = Survey::new(corpus, lexicon);
    survey.words();
    let mut list: Vec<Candidate> = survey
        .words
        .iter()
        .filter(|word| word.tally.passes(bar) && !word.is_name())
        .map(|word| candidate(word.term.to_string(), Sort::Word, &word.tally))
        .collect();
    let opinions = survey.opinions.iter().filter(|(_, tally)| tally.passes(bar));
    list.extend(opinions.filter_map(|(&entry, tally)| Some(candidate(lexicon.entry(entry)?.term.to_string(), Sort::Opinion, tally))));
    list.extend(survey.pairs(bar));
    list.sort_by(|a, b| (a.sort, &a.term).cmp(&(b.sort, &b.term)));
    list.dedup_by(|a, b| a.term == b.term);
    list
}

fn candidate(term: String, sort: Sort, tally: &Tally) -> Candidate {
    Candidate { term, sort, texts: tally.texts, families: tally.families }
}

struct Survey<'a> {
    corpus: &'a Corpus,
    lexicon: &'a Lexicon,
    /// Texts by family, so that a tally sees a family once.
    order: Vec<usize>,
    numbers: HashMap<Key, u32>,
    words: Vec<Word>,
    opinions: HashMap<u32, Tally>,
}

impl<'a> Survey<'a> {
    fn new(corpus: &'a Corpus, lexicon: &'a Lexicon) -> Self {
        let families: Vec<u8> = corpus.families().collect();
        let mut order: Vec<usize> = (0..families.len()).collect();
        order.sort_by_key(|&at| families.get(at));
        Self { corpus, lexicon, order, numbers: HashMap::new(), words: Vec::new(), opinions: HashMap::new() }
    }

    /// Shows every text with its family to `look`.
    fn each_text(&mut self, mut look: impl FnMut(&mut Self, &str, u8, &Reading, &Hits)) {
        let (mut reading, mut hits) = (Reading::new(), Hits::new());
        let families: Vec<u8> = self.corpus.families().collect();
        for at in std::mem::take(&mut self.order) {
            let corpus = self.corpus;
            if let (Some(text), Some(&family)) = (corpus.texts.get(at), families.get(at)) {
                self.lexicon.read(text, &mut reading);
                score(self.lexicon.weights(), &reading, text, &mut hits);
                look(self, text, family, &reading, &hits);
            }
            self.order.push(at);
        }
    }

    fn words(&mut self) {
        let (mut seen, mut seen_opinions) = (Vec::new(), Vec::new());
        self.each_text(|survey, text, family, reading, hits| {
            seen.clear();
            let mut before = Kind::Stop;
            for token in reading.tokens().as_slice() {
                let begins = std::mem::replace(&mut before, token.kind) == Kind::Stop;
                if let Some(number) = survey.number(token, text) {
                    let word = &mut survey.words[number as usize];
                    word.inside += u32::from(!begins);
                    word.capital += u32::from(!begins && token.shape.has_any(Shape::CAPITAL.with(Shape::SHOUTED, true)));
                    seen.push(number);
                }
            }
            once(&mut seen).for_each(|number| survey.words[number as usize].tally.count(family));
            seen_opinions.clear();
            seen_opinions.extend(
                hits.as_slice().iter().filter(|hit| hit.base != 0).filter_map(|hit| Some(reading.units().get(hit.unit as usize)?.entry)),
            );
            once(&mut seen_opinions).for_each(|entry| survey.opinions.entry(entry).or_default().count(family));
        });
    }

    /// The number of a word that may be learned about.
    fn number(&mut self, token: &Token, text: &str) -> Option<u32> {
        if self.lexicon.role_of(token) == Role::Opinion {
            return None;
        }
        if let Some(&known) = self.numbers.get(&token.key) {
            return Some(known);
        }
        let term = term(token, text)?;
        let number = u32::try_from(self.words.len()).ok()?;
        self.words.push(Word { term: term.into(), ..Word::default() });
        self.numbers.insert(token.key, number);
        Some(number)
    }

    fn pairs(&mut self, bar: Bar) -> Vec<Candidate> {
        // Words of pairs may be opinions, and names take no part.
        let mut parts: HashMap<Key, (Box<str>, Tally)> = HashMap::new();
        let names: Vec<Key> =
            self.numbers.iter().filter(|(_, number)| self.words[**number as usize].is_name()).map(|(key, _)| *key).collect();
        let mut seen = Vec::new();
        self.each_text(|_, text, family, reading, _| {
            seen.clear();
            for token in reading.tokens().as_slice() {
                let known = parts.contains_key(&token.key);
                if !known && let Some(term) = (token.kind == Kind::Word).then(|| term(token, text)).flatten() {
                    parts.entry(token.key).or_insert_with(|| (term.into(), Tally::default()));
                    seen.push(token.key);
                } else if known {
                    seen.push(token.key);
                }
            }
            once(&mut seen).for_each(|key| {
                if let Some((_, tally)) = parts.get_mut(&key) {
                    tally.count(family);
                }
            });
        });
        names.iter().for_each(|name| drop(parts.remove(name)));
        let mut numbered: Vec<(Key, Box<str>)> =
            parts.into_iter().filter(|(_, (_, tally))| tally.passes(bar)).map(|(key, (term, _))| (key, term)).collect();
        numbered.sort();
        let number: HashMap<Key, u32> = (0..).zip(&numbered).map(|(at, (key, _))| (*key, at)).collect();
        let mut tallies: HashMap<(u32, u32), Tally> = HashMap::new();
        let mut found = Vec::new();
        self.each_text(|survey, _, family, reading, _| {
            found.clear();
            let mut before = None;
            for token in reading.tokens().as_slice() {
                let this = if token.kind == Kind::Word { number.get(&token.key).copied() } else { None };
                if let (Some(first), Some(second)) = (before, this) {
                    found.push((first, second));
                }
                let negates = matches!(survey.lexicon.role_of(token), Role::Negator | Role::Absence);
                before = if negates { Some(NEGATOR) } else { this };
            }
            once(&mut found).for_each(|pair| tallies.entry(pair).or_default().count(family));
        });
        let term = |at: u32| if at == NEGATOR { Some(NOT) } else { numbered.get(at as usize).map(|(_, term)| &**term) };
        let passing = tallies.into_iter().filter(|(_, tally)| tally.passes(bar));
        let pairs = passing
            .filter_map(|((first, second), tally)| Some(candidate(format!("{} {}", term(first)?, term(second)?), Sort::Pair, &tally)));
        pairs.collect()
    }
}

/// Each item once, in order.
fn once<T: Ord + Copy>(seen: &mut Vec<T>) -> impl Iterator<Item = T> + '_ {
    seen.sort_unstable();
    seen.dedup();
    seen.iter().copied()
}

/// How a token would be written in a lexicon, if it may stand there.
fn term(token: &Token, text: &str) -> Option<String> {
    let written = token.of(text);
    let term = match token.kind {
        Kind::Emoji | Kind::Emoticon => written.to_owned(),
        Kind::Word => written.to_lowercase().replace(['\u{2019}', '\u{2018}', '`'], "'"),
        _ => return None,
    };
    let speaks = token.kind != Kind::Word || term.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '-');
    (speaks && term.len() <= LONGEST && !term.ends_with("'s")).then_some(term)
}
