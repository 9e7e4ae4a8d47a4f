//! Looking for all subjects in one pass. In: a text, its tokens and columns. Out: [`Found`]. Separate
//! from evaluation because this is done for every token, and evaluation only for what it finds.

use super::compile::{How, Pattern, Subjects, fold};
use super::evaluate::Run;
use super::forms::Folded;
use super::found::{Hit, Place};
use super::fuzzy::{SHORTEST, is_slip};
use super::term::{Piece, Sort, is_running, is_silent};
use super::{Fields, Found, Mention};
use crate::text::{Kind, Script, Shape, Token, Tokens};

/// Most bytes between two words of a phrase; more are not looked at.
const WIDEST_GAP: u32 = 64;

/// A text that is searched.
struct Search<'a> {
    subjects: &'a Subjects,
    text: &'a str,
    tokens: &'a [Token],
    is_word: &'a dyn Fn(&Token) -> bool,
    hits: &'a mut Vec<Hit>,
}

impl Subjects {
    /// Finds all subjects in a text. `is_word` says whether a token is an ordinary word, which is never
    /// taken for a misspelt name.
    pub fn find(&self, text: &str, tokens: &Tokens, fields: &dyn Fields, is_word: &dyn Fn(&Token) -> bool, found: &mut Found) {
        found.clear();
        let tokens = tokens.as_slice();
        Search { subjects: self, text, tokens, is_word, hits: &mut found.hits }.run();
        if found.hits.is_empty() && self.always.is_empty() {
            return;
        }
        found.hits.sort_unstable();
        self.evaluate(tokens, fields, found);
        found.mentions.sort_unstable_by_key(|mention| (mention.start, mention.subject));
    }

    /// Asks the queries that have hits, and those that need none, in the order of their subjects.
    fn evaluate(&self, tokens: &[Token], fields: &dyn Fields, found: &mut Found) {
        let Found { hits, places, words, folded, mentions, subjects, whole } = found;
        let (mut hits, mut always) = (hits.as_mut_slice(), self.always.iter().copied().peekable());
        loop {
            let number = match (hits.first().map(|hit| hit.subject), always.peek().copied()) {
                (None, None) => return,
                (Some(one), Some(other)) => one.min(other),
                (Some(one), None) | (None, Some(one)) => one,
            };
            always.next_if_eq(&number);
            let own = hits.partition_point(|hit| hit.subject == number);
            let (own, rest) = hits.split_at_mut(own);
            hits = rest;
            let Some(program) = self.programs.get(number as usize) else { continue };
            places.clear();
            let mut run = Run { hits: own, places, words, folded, tokens, columns: &self.columns, fields };
            program.takes.iter().for_each(|&take| run.take(take));
            if !run.holds(&program.node) {
                continue;
            }
            subjects.push(number);
            if places.is_empty() {
                whole.push(number);
            }
            without_overlaps(places, |place| {
                let Place { start, end, first, last, .. } = place;
                mentions.push(Mention { subject: number, first, last, start, end });
            });
        }
    }
}

/// Of places that overlap the longer one, of equally long ones the left one.
fn without_overlaps(places: &mut [Place], mut keep: impl FnMut(Place)) {
    places.sort_unstable_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    let mut kept: Option<Place> = None;
    for &place in places.iter() {
        kept = match kept {
            Some(before) if place.start < before.end => {
                let longer = place.end - place.start > before.end - before.start;
                Some(if longer { place } else { before })
            }
            Some(before) => {
                keep(before);
                Some(place)
            }
            None => Some(place),
        };
    }
    kept.into_iter().for_each(keep);
}

/// Texts have less than 2³¹ bytes.
#[allow(clippy::cast_possible_truncation)]
const fn narrow(at: usize) -> u32 {
    at as u32
}

impl Search<'_> {
    fn run(&mut self) {
        let Subjects { names, beginnings, misspelt, running, patterns, .. } = self.subjects;
        let tokens = self.tokens;
        let (begins, misspells) = (!beginnings.is_empty(), !misspelt.is_empty());
        for (at, token) in tokens.iter().enumerate() {
            for start in names.get(token.key) {
                if let Some(pattern) = patterns.get(start.pattern as usize) {
                    self.meet(pattern, start.how, at, false);
                }
            }
            if token.shape.has(Shape::TAGGED) {
                self.tag(at, token);
            }
            if begins && matches!(token.kind, Kind::Word | Kind::Handle | Kind::Number) {
                self.begin(at, token);
            }
            if misspells && token.kind == Kind::Word {
                self.misspell(at, token);
            }
        }
        if let Some(running) = running {
            running.each(self.text, |pattern, start, end| self.run_on(pattern, start, end));
        }
    }

    /// A pattern that may begin with token `at`.
    fn meet(&mut self, pattern: &Pattern, how: How, at: usize, misspelt: bool) {
        let Some(&token) = self.tokens.get(at) else { return };
        match how {
            How::Name if token.kind == Kind::Handle => self.hit(pattern, at, at, token.start, token.end),
            How::Name | How::Tag => {}
            How::Word => self.hit(pattern, at, at, token.start, token.end),
            How::Words => {
                if let Some(last) = self.follow(pattern, at, misspelt) {
                    self.words(pattern, at, last);
                }
            }
        }
    }

    /// A pattern whose words are the tokens from `at` to `last`: its signs have to be there too.
    fn words(&mut self, pattern: &Pattern, at: usize, last: usize) {
        let (Some(first), Some(end)) = (self.tokens.get(at), self.tokens.get(last)) else { return };
        let (start, end) = (first.start as usize, end.end as usize);
        let term = &pattern.term;
        let led = self.text.get(..start).is_some_and(|before| before.ends_with(&term.lead));
        let trailed = self.text.get(end..).is_some_and(|behind| behind.starts_with(&term.trail));
        if led && trailed {
            self.hit(pattern, at, last, narrow(start - term.lead.len()), narrow(end + term.trail.len()));
        }
    }

    fn hit(&mut self, pattern: &Pattern, first: usize, last: usize, start: u32, end: u32) {
        let place = Place { start, end, first: narrow(first), last: narrow(last), counts: true };
        self.hits.push(Hit { subject: pattern.subject, atom: pattern.atom, place });
    }

    /// The last token of a phrase that begins with token `at`.
    fn follow(&self, pattern: &Pattern, mut at: usize, misspelt: bool) -> Option<usize> {
        let term = &pattern.term;
        let count = term.pieces.len();
        for (number, piece) in term.pieces.iter().enumerate() {
            let (token, gap) = if number == 0 { (self.tokens.get(at)?, None) } else { self.next(&mut at)? };
            let known = match number {
                0 if misspelt => true,
                _ if number + 1 < count => token.key == piece.key,
                _ if term.prefix => self.begins(token, piece),
                _ => pattern.endings.contains(&token.key),
            };
            let meant = known || pattern.fuzzy && self.is_misspelt(token, piece);
            let written = !term.exact || piece.is_exactly(token.of(self.text), term.prefix && number + 1 == count);
            if !meant || !written || gap.is_some_and(|gap| !piece.gap.fits(gap)) {
                return None;
            }
        }
        Some(at)
    }

    /// The next word behind token `at`, if it is not far, and what stands between.
    fn next(&self, at: &mut usize) -> Option<(&Token, Option<&str>)> {
        let end = self.tokens.get(*at)?.end;
        loop {
            *at += 1;
            let token = self.tokens.get(*at)?;
            if token.start.saturating_sub(end) > WIDEST_GAP {
                return None;
            }
            if !is_silent(token.kind) {
                return Some((token, Some(self.text.get(end as usize..token.start as usize)?)));
            }
        }
    }

    fn begins(&self, token: &Token, piece: &Piece) -> bool {
        match token.key.bytes() {
            Some((bytes, length)) => bytes.get(..length).is_some_and(|word| word.starts_with(piece.folded.as_bytes())),
            None => fold(token.of(self.text)).is_some_and(|word| word.as_bytes().starts_with(piece.folded.as_bytes())),
        }
    }

    /// A hashtag that begins with token `at`: its whole name.
    fn tag(&mut self, at: usize, token: &Token) {
        let Some(before) = self.text.get(..token.start as usize) else { return };
        let open = before.trim_end_matches('_');
        if !open.ends_with('#') {
            return;
        }
        let body = self.text.get(open.len()..).unwrap_or("");
        let length = body.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(body.len());
        let Some(name) = body.get(..length).and_then(Folded::tag) else { return };
        let (start, end) = (narrow(open.len() - 1), narrow(open.len() + length));
        let inside = |token: &&Token| token.shape.has(Shape::TAGGED) && token.end <= end;
        let last = at + self.tokens.get(at..).unwrap_or(&[]).iter().take_while(inside).count().saturating_sub(1);
        let Subjects { names, beginnings, patterns, .. } = self.subjects;
        let written = self.text.get(start as usize..end as usize).unwrap_or("");
        for start_of in names.get(name.key()).iter().filter(|start| start.how == How::Tag) {
            if let Some(pattern) = patterns.get(start_of.pattern as usize).filter(|pattern| is_written(pattern, written)) {
                self.hit(pattern, at, last, start, end);
            }
        }
        beginnings.each(name.as_bytes(), |number| {
            if let Some(pattern) = patterns.get(number as usize)
                && pattern.term.pieces.first().is_some_and(|piece| name.as_bytes().starts_with(piece.folded.as_bytes()))
                && is_written(pattern, written)
            {
                self.hit(pattern, at, last, start, end);
            }
        });
    }

    /// Patterns that are beginnings.
    fn begin(&mut self, at: usize, token: &Token) {
        match token.key.bytes() {
            Some((bytes, length)) => self.begin_word(at, bytes.get(..length).unwrap_or(&[])),
            None => {
                if let Some(word) = fold(token.of(self.text)) {
                    self.begin_word(at, word.as_bytes());
                }
            }
        }
    }

    fn begin_word(&mut self, at: usize, word: &[u8]) {
        let Subjects { beginnings, patterns, .. } = self.subjects;
        beginnings.each(word, |number| {
            if let Some(pattern) = patterns.get(number as usize)
                && let Some(last) = self.follow(pattern, at, false)
            {
                self.words(pattern, at, last);
            }
        });
    }

    /// Patterns whose first word this may be, misspelt.
    fn misspell(&mut self, at: usize, token: &Token) {
        let Subjects { misspelt, patterns, .. } = self.subjects;
        // Most words are ordinary ones, which costs less to ask than to leave out each letter.
        if !misspelt.may_be(token.end - token.start) || (self.is_word)(token) {
            return;
        }
        let Some(word) = fold(token.of(self.text)) else { return };
        let word = word.as_str();
        misspelt.each(word.strip_suffix("'s").unwrap_or(word), |number| {
            if let Some(pattern) = patterns.get(number as usize)
                && pattern.term.pieces.first().is_some_and(|piece| self.is_misspelt(token, piece))
            {
                self.meet(pattern, How::Words, at, true);
            }
        });
    }

    /// Whether a token is a word that is misspelt, and no ordinary one.
    fn is_misspelt(&self, token: &Token, piece: &Piece) -> bool {
        if token.kind != Kind::Word || piece.kind != Kind::Word || piece.folded.chars().count() < SHORTEST {
            return false;
        }
        fold(token.of(self.text)).is_some_and(|word| {
            let word = word.as_str();
            is_slip(word.strip_suffix("'s").unwrap_or(word), &piece.folded) && !(self.is_word)(token)
        })
    }

    /// A pattern found in running text.
    fn run_on(&mut self, number: u32, start: usize, end: usize) {
        let Some(pattern) = self.subjects.patterns.get(number as usize) else { return };
        let (Some(before), Some(found), Some(behind)) = (self.text.get(..start), self.text.get(start..end), self.text.get(end..)) else {
            return;
        };
        if pattern.term.exact && found != pattern.term.text() {
            return;
        }
        let joins = |one: Option<char>, other: Option<char>| one.zip(other).is_some_and(|(one, other)| is_joined(one, other));
        if joins(before.chars().next_back(), found.chars().next()) || ends_inside(found, behind) {
            return;
        }
        let first = self.tokens.partition_point(|token| token.end as usize <= start);
        let last = self.tokens.partition_point(|token| (token.start as usize) < end).saturating_sub(1).max(first);
        if first < self.tokens.len() {
            self.hit(pattern, first, last, narrow(start), narrow(end));
        }
    }
}

/// Whether a hashtag is written as the pattern wants it.
fn is_written(pattern: &Pattern, written: &str) -> bool {
    let term = &pattern.term;
    !term.exact || term.sort == Sort::Tag && term.pieces.first().is_some_and(|piece| piece.is_exactly(written, term.prefix))
}

/// Whether a name that begins with `other` cannot begin behind `one`: Hangul has spaces, and endings
/// that are written on; letters of alphabets are words.
fn is_joined(one: char, other: char) -> bool {
    let hangul = |c: char| Script::of(c) == Script::Hangul;
    hangul(one) && hangul(other) || one.is_alphanumeric() && other.is_alphanumeric() && !is_running(one) && !is_running(other)
}

/// Whether what was found ends in the midst of a word of an alphabet.
fn ends_inside(found: &str, behind: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_running(c));
    letter(found.chars().next_back()) && letter(behind.chars().next())
}
