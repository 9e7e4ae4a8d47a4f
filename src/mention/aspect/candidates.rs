//! What may be an aspect that no vocabulary knows. In: a text with its tokens, and which words are opinions. Out:
//! words and pairs of words that look like nouns by what stands around them. Separate because it is a guess about
//! one text; whether it is an aspect is told by how often it comes with opinions (`summary::Discovered`).

use super::AspectMention;
use super::forms::singular;
use super::senses::{Near, Scene};
use crate::lexicon::grammar::Class;
use crate::mention::forms::Folded;
use crate::text::{Kind, Shape, Token};

/// Shortest word of a candidate, in bytes.
const SHORTEST: usize = 3;
/// Most candidates of one text: who names more says little about each.
const MOST: usize = 64;
/// Most words of a candidate.
const MOST_WORDS: usize = 2;

/// Something that may be an aspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Index of the first token.
    pub first: u32,
    /// Index of the last token.
    pub last: u32,
    /// Where its name lies in the memory of [`Candidates`], and behind it the same in the singular.
    name: [u32; 3],
}

/// The candidates of a text. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    list: Vec<Candidate>,
    names: String,
}

impl Candidates {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.list.clear();
        self.names.clear();
    }

    /// The candidates in text order; one phrase may be there several times.
    #[must_use]
    pub fn as_slice(&self) -> &[Candidate] {
        &self.list
    }

    /// A candidate as it is written, in lower case.
    #[must_use]
    pub fn name(&self, candidate: &Candidate) -> &str {
        self.names.get(candidate.name[0] as usize..candidate.name[1] as usize).unwrap_or("")
    }

    /// A candidate in lower case, its last word in the singular.
    #[must_use]
    pub fn singular(&self, candidate: &Candidate) -> &str {
        self.names.get(candidate.name[1] as usize..candidate.name[2] as usize).unwrap_or("")
    }

    /// Looks for candidates in `text`, cut into `tokens`: one or two unknown words behind a determiner or an
    /// opinion and before an auxiliary, a preposition, a conjunction or the end of the clause. What lies in `known`
    /// mentions, in text order, is none; nor are names, numbers and nouns that are no aspects.
    pub fn find(&mut self, text: &str, tokens: &[Token], known: &[AspectMention], is_opinion: impl Fn(&Token) -> bool) {
        self.list.clear();
        self.names.clear();
        let scene = Scene::new(tokens);
        let mut known = known.iter().peekable();
        let mut run = 0;
        let mut follows = scene.near(Some(0));
        for (at, token) in tokens.iter().enumerate() {
            let here = std::mem::replace(&mut follows, scene.near(Some(at + 1)));
            while known.peek().is_some_and(|mention| (mention.last as usize) < at) {
                known.next();
            }
            let covered = known.peek().is_some_and(|mention| mention.first as usize <= at);
            let plain = here == Near::Open && !covered && is_plain(token) && !scene.is_vague(token) && !is_opinion(token);
            run = if plain { run + 1 } else { 0 };
            if (1..=MOST_WORDS).contains(&run) && closes(follows) && self.list.len() < MOST {
                let first = at + 1 - run;
                let other = if run > 1 { scene.may_be_verb(text, token) } else { scene.may_be_adjective(token) };
                if !other && begins(&scene, tokens, first, &is_opinion) && !named(tokens, first, at) && is_thing(text, token) {
                    self.add(text, tokens, first, at);
                }
            }
        }
    }

    #[allow(clippy::cast_possible_truncation)] // texts have less than 2³¹ bytes
    fn add(&mut self, text: &str, tokens: &[Token], first: usize, last: usize) {
        let start = self.names.len();
        let mut word = start;
        for token in tokens.get(first..=last).unwrap_or(&[]) {
            let Some(folded) = Folded::of(token.of(text)) else { return self.names.truncate(start) };
            if self.names.len() > start {
                self.names.push(' ');
            }
            word = self.names.len();
            self.names.push_str(folded.as_str());
        }
        let end = self.names.len();
        let (stem, ending) = singular(self.names.get(word..).unwrap_or(""));
        let stem = word + stem.len();
        self.names.extend_from_within(start..stem);
        self.names.push_str(ending);
        let name = [start, end, self.names.len()].map(|at| at as u32);
        self.list.push(Candidate { first: first as u32, last: last as u32, name });
    }
}

/// Whether a token is an ordinary word.
fn is_plain(token: &Token) -> bool {
    token.kind == Kind::Word
        && token.key.length() >= SHORTEST
        && !token.shape.has_any(Shape::APOSTROPHE.with(Shape::TAGGED, true).with(Shape::REPEATED, true).with(Shape::TRIPLE, true))
}

/// Whether a word, by its ending, may be a thing: adverbs and forms of verbs are not.
fn is_thing(text: &str, token: &Token) -> bool {
    let word = token.of(text);
    let ends = |ending: &str| {
        word.len() > ending.len() && word.get(word.len() - ending.len()..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    word.is_ascii() && word.bytes().all(|byte| byte.is_ascii_alphabetic()) && !ends("ly") && !ends("ed") && !ends("ing")
}

const fn closes(near: Near) -> bool {
    matches!(near, Near::End | Near::Closed(Class::Auxiliary | Class::Preposition | Class::Join | Class::Conjunction))
}

/// Whether a noun may begin here: behind a determiner, or behind an opinion that no auxiliary or adverb made a
/// statement of its own.
fn begins(scene: &Scene<'_>, tokens: &[Token], first: usize, is_opinion: impl Fn(&Token) -> bool) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    scene.leads(before) || tokens.get(before).is_some_and(is_opinion)
}

/// Whether a capital within the sentence shows that it is a name.
fn named(tokens: &[Token], first: usize, last: usize) -> bool {
    let words = tokens.get(first..=last).unwrap_or(&[]);
    words.iter().any(|token| token.shape.has(Shape::CAPITAL) && !token.shape.has(Shape::SHOUTED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Key, Tokens};

    fn candidates(text: &str) -> Vec<String> {
        let (tokens, mut found) = (Tokens::from_text(text), Candidates::new());
        let opinions = ["great", "awful", "love"].map(|word| Key::of(word.as_bytes()));
        found.find(text, tokens.as_slice(), &[], |token| opinions.contains(&token.key));
        found.as_slice().iter().map(|candidate| found.singular(candidate).to_owned()).collect()
    }

    #[test]
    fn nouns_are_guessed_by_what_stands_around() {
        for (text, expected) in [
            ("The grommets are great", "grommet"),
            ("a great gasket ring, and awful batteries.", "gasket ring battery"),
            ("its grommet of brass", "grommet"),
            ("the grommet works", ""),
            ("the grommet look", ""),
            ("it has gone the day after", ""),
            ("it is a little wobblesome", ""),
            ("the flanging is great", ""),
            ("the Acme is great", ""),
            ("they really wobbled", ""),
            ("the one two three four is", ""),
        ] {
            assert_eq!(candidates(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn what_is_known_is_none() {
        let text = "the grommet is great, the gasket is awful";
        let (tokens, mut found) = (Tokens::from_text(text), Candidates::new());
        let known = [AspectMention { aspect: 0, first: 1, last: 1, start: 4, end: 11 }];
        found.find(text, tokens.as_slice(), &known, |_| false);
        assert_eq!(found.as_slice().iter().map(|candidate| found.name(candidate)).collect::<Vec<_>>(), ["gasket"]);
    }
}
