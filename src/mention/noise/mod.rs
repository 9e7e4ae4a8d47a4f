//! Mentions that look like noise. In: a text, its tokens and mentions. Out: those that are probably an
//! ordinary word and not the name: `an apple`, `apple pie`, `the river delta`. Separate because it changes
//! nothing that is counted: it is advice on how to word a query.

mod counts;
mod words;

pub use counts::{NoiseCounts, Phrase};

use super::Mention;
use super::forms::without_possessive;
use crate::error::Result;
use crate::text::{Key, Kind, Shape, Token};
use words::Company;

/// How far around a mention its company is looked for, in tokens.
const AROUND: usize = 12;
/// How much speaks for noise, at least.
const NOISE: i32 = 2;
/// What speaks for it, and for a name if taken away: something right beside, something near, capitals.
const BESIDE: i32 = 5;
const NEAR: i32 = 2;
const CAPITALS: i32 = 2;
const ARTICLE: i32 = 1;
const VERB: i32 = 3;

/// Why a mention looks like noise: what speaks most for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// Part of a phrase, `big apple`, or right beside a telling word, `apple pie`.
    Phrase,
    /// Telling words stand near.
    Company,
    /// In lower case where the query has a capital, in a text that uses capitals.
    LowerCase,
    /// With an article or as a verb, in lower case: `an apple`, `to sprint`.
    Article,
}

/// A mention that looks like noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noise {
    /// The mention, by its place in the list.
    pub mention: usize,
    /// Why.
    pub reason: Reason,
}

/// Tells names from ordinary words in texts of one language. All threads share one.
#[derive(Clone, Debug)]
pub struct Ambiguity {
    company: Company,
}

impl Ambiguity {
    /// For a language by its code; none if it has no words for it.
    ///
    /// # Errors
    /// When the words shipped are not understood, which a test rules out.
    pub fn new(language: &str) -> Result<Option<Self>> {
        Ok(Company::of(language)?.map(|company| Self { company }))
    }

    /// Names each mention that looks like noise. `capital` says whether the query of a subject writes it
    /// with a capital.
    pub fn each(&self, text: &str, tokens: &[Token], mentions: &[Mention], capital: impl Fn(u32) -> bool, mut each: impl FnMut(Noise)) {
        for (at, mention) in mentions.iter().enumerate() {
            if let Some(reason) = self.judge(text, tokens, mention, capital(mention.subject)) {
                each(Noise { mention: at, reason });
            }
        }
    }

    /// Whether a mention is of a name that people have called an ordinary word.
    #[must_use]
    pub fn suspects(&self, text: &str, tokens: &[Token], mention: &Mention) -> bool {
        tokens.get(mention.first as usize).is_some_and(|token| self.company.knows(name_of(token, text)))
    }

    /// Why one mention looks like noise, if it does.
    #[must_use]
    pub fn judge(&self, text: &str, tokens: &[Token], mention: &Mention, capital: bool) -> Option<Reason> {
        let (first, last) = (mention.first as usize, mention.last as usize);
        let token = tokens.get(first).filter(|token| token.kind == Kind::Word && !token.shape.has(Shape::TAGGED))?;
        let name = name_of(token, text);
        let known = self.company.knows(name);
        let lower = capital && !token.shape.has(Shape::CAPITAL) && uses_capitals(text, tokens, first, last);
        let inside = token.shape.has(Shape::CAPITAL) && !begins(tokens, first);
        let before = first.checked_sub(1).and_then(|at| tokens.get(at)).map(|token| token.key);
        if !known {
            // Of names nobody has called ordinary words only the plainest signs count.
            return (lower && (self.company.is_article(before) || self.company.is_verbal(before))).then_some(Reason::Article);
        }
        let (article, verb) = (self.company.is_article(before), self.company.is_verbal(before));
        let window = (first.saturating_sub(AROUND), (last + 1 + AROUND).min(tokens.len()));
        let (beside, near) = self.company.weigh(name, tokens, window, (first, last));
        // Many people write names in lower case and with an article: that alone tells nothing.
        if beside <= 0 && near <= 0 && !verb {
            return None;
        }
        let plain = !token.shape.has(Shape::CAPITAL);
        let weights = [
            (Reason::Phrase, beside.clamp(-1, 1) * BESIDE),
            (Reason::Company, near.clamp(-2, 2) * NEAR),
            (Reason::LowerCase, i32::from(lower) * CAPITALS - i32::from(inside) * CAPITALS),
            (Reason::Article, i32::from(plain && article) * ARTICLE + i32::from(plain && verb) * VERB),
        ];
        let sum: i32 = weights.iter().map(|(_, weight)| weight).sum();
        // Of equal weights the first; what speaks against is never the reason.
        let reason = weights.iter().rev().max_by_key(|(_, weight)| *weight).map(|(reason, _)| *reason);
        reason.filter(|_| sum >= NOISE)
    }
}

/// The key of a name without its possessive ending.
fn name_of(token: &Token, text: &str) -> Key {
    without_possessive(token, text).unwrap_or(token.key)
}

/// Whether a token begins a sentence.
fn begins(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|at| tokens.get(at)).is_none_or(|before| before.kind == Kind::Stop)
}

/// Whether some word beside a mention is written with a capital; `I` does not count.
fn uses_capitals(text: &str, tokens: &[Token], first: usize, last: usize) -> bool {
    let others = tokens.iter().enumerate().filter(|(at, _)| *at < first || *at > last);
    others.map(|(_, token)| token).any(|token| {
        let word = token.of(text);
        token.kind == Kind::Word
            && token.shape.has(Shape::CAPITAL)
            && word != "I"
            && !word.starts_with("I'")
            && !word.starts_with("I\u{2019}")
    })
}
