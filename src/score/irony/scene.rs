//! A text looked through for irony. In: its tokens, units and opinions. Out: where a cue shows. Separate
//! from the list of cues because what follows a phrase is asked in the same way for all of them.

use super::phrases::{Company, Phrase, Table};
use crate::lexicon::{Reading, Role, Signs, Unit};
use crate::score::Hit;
use crate::text::{Kind, Shape, Token};
use std::ops::Range;

/// What complains, and what praises: points after the rules, in thousandths. Less is politeness.
const COMPLAINT: i32 = -400;
const PRAISE: i32 = 400;
/// Praise that is more than a nod.
const STRONG: i32 = 1800;
/// Most units that are looked at behind a phrase, and most tokens in quotes.
const FAR: usize = 60;
const QUOTED: usize = 4;
/// Words behind a phrase that are near it.
const NEAR: usize = 8;

/// A text with its opinions.
pub struct Scene<'s> {
    pub text: &'s str,
    pub reading: &'s Reading,
    pub hits: &'s [Hit],
}

/// How opinions stand in a part of a text.
#[derive(Default)]
struct Mood {
    complains: bool,
    praises: bool,
}

impl Scene<'_> {
    fn tokens(&self) -> &[Token] {
        self.reading.tokens().as_slice()
    }

    /// The bytes from one token to another.
    fn bytes(&self, first: usize, last: usize) -> Range<usize> {
        let start = self.tokens().get(first).map_or(0, |token| token.start as usize);
        start..self.tokens().get(last).map_or(start, |token| token.end as usize)
    }

    /// The bytes of a unit.
    pub fn bytes_of_unit(&self, unit: usize) -> Range<usize> {
        self.reading.units().get(unit).map_or(0..0, |unit| self.bytes(unit.first as usize, unit.last as usize))
    }

    /// Index of the first unit that begins at or behind a token.
    fn unit_from(&self, token: usize) -> usize {
        self.reading.units().partition_point(|unit| (unit.first as usize) < token)
    }

    fn value_of(&self, unit: usize) -> i32 {
        let at = self.hits.partition_point(|hit| (hit.unit as usize) < unit);
        self.hits.get(at).filter(|hit| hit.unit as usize == unit).map_or(0, |hit| hit.value)
    }

    fn ends_sentence(token: &Token) -> bool {
        token.kind == Kind::Stop
    }

    /// Whether a text complains, and does not praise so much that no cue could stand in it: the two
    /// strongest praises may be part of one. Most texts are passed over by this.
    fn may_mock(&self) -> bool {
        let (mut praise, mut complaint, mut strongest, mut any) = (0i64, 0i64, 0i64, false);
        for value in self.hits.iter().map(|hit| i64::from(hit.value)) {
            praise += value.max(0);
            complaint -= value.min(0);
            strongest = strongest.max(value);
            any |= value <= i64::from(COMPLAINT);
        }
        any && (praise - 2 * strongest) * 2 <= complaint
    }

    /// Whether praise that the rule has turned is strong, with nothing but complaint right behind it.
    pub fn mocks(&self, unit: usize) -> bool {
        let strong = self.hits.iter().any(|hit| hit.unit as usize == unit && hit.base >= STRONG);
        let mood = self.behind(self.reading.units().get(unit).map_or(0, |unit| unit.last as usize + 2), FAR, "");
        strong && mood.complains && !mood.praises && self.complains_beside(unit..unit + 1)
    }

    /// The phrases of the table that stand in their company.
    pub fn phrases(&self, language: &str, each: &mut impl FnMut(usize, Range<usize>)) {
        let table = Table::shipped();
        let written = self.text.trim_end();
        if written.ends_with(['s', 'm'])
            && let Some((cue, length)) = table.ending(written)
        {
            each(cue, written.len() - length..written.len());
        }
        if !self.may_mock() && !self.reading.signs().meets(Signs::PICTURE) && !self.reading.tokens().has_tags() {
            return;
        }
        for (at, token) in self.tokens().iter().enumerate() {
            if !table.may_begin(token.key) {
                continue;
            }
            for phrase in table.of(token.key, language) {
                if let Some(last) = self.stands(phrase, at)
                    && self.in_company(phrase, at, last, language)
                {
                    each(phrase.cue, self.bytes(at, last));
                }
            }
        }
    }

    /// The last token of a phrase that begins at a token; signs between its words do not matter.
    fn stands(&self, phrase: &Phrase, at: usize) -> Option<usize> {
        let tokens = self.tokens();
        let first = tokens.get(at)?;
        let begins = || at.checked_sub(1).and_then(|before| tokens.get(before)).is_none_or(Self::ends_sentence);
        if (phrase.tagged && !first.shape.has(Shape::TAGGED)) || (phrase.opens && !begins()) {
            return None;
        }
        let mut last = at;
        for &word in phrase.words.get(1..)? {
            last += 1;
            while tokens.get(last)?.kind == Kind::Pause {
                last += 1;
            }
            if tokens.get(last)?.key != word {
                return None;
            }
        }
        Some(last)
    }

    fn in_company(&self, phrase: &Phrase, first: usize, last: usize, language: &str) -> bool {
        let tokens = self.tokens();
        let rest = tokens.get(last + 1..).unwrap_or(&[]);
        let own = self.unit_from(first)..self.unit_from(last + 1);
        let behind = |words: usize| {
            let mood = self.behind(last + 1, words, language);
            mood.complains && !mood.praises && self.complains_beside(own.clone())
        };
        match phrase.company {
            Company::Alone => true,
            Company::End => rest.first().is_none_or(Token::ends_clause) && self.complains_beside(own),
            Company::Last => rest.iter().all(|token| token.kind != Kind::Word || token.shape.has(Shape::TAGGED)),
            Company::Next => {
                let unit = self.reading.units().get(own.end).filter(|unit| unit.first as usize == last + 1);
                let complains = unit.is_some_and(|unit| unit.first == unit.last && self.value_of(own.end) <= 2 * COMPLAINT);
                let trouble = rest.first().is_some_and(|word| Table::shipped().is_trouble(word.key, language));
                (complains || trouble) && self.complains_beside(own)
            }
            Company::Complaint => behind(FAR),
            Company::Near => behind(NEAR),
            Company::Both => self.before(first).praises && self.hits.iter().any(|hit| hit.value <= COMPLAINT),
        }
    }

    /// Whether a text, apart from some of its units, does not praise nearly as much as it complains.
    pub fn complains_beside(&self, own: Range<usize>) -> bool {
        let others = || self.hits.iter().filter(|hit| !own.contains(&(hit.unit as usize)));
        let praise: i64 = others().map(|hit| i64::from(hit.value.max(0))).sum();
        let complaint: i64 = others().map(|hit| i64::from(-hit.value.min(0))).sum();
        praise * 2 <= complaint
    }

    /// The mood of the next words: to the end of the sentence, or of the next one when this one is over,
    /// up to a word that turns it.
    fn behind(&self, token: usize, words: usize, language: &str) -> Mood {
        let mut mood = Mood::default();
        let units = self.reading.units();
        let begin = token + usize::from(self.tokens().get(token).is_some_and(Self::ends_sentence));
        let stop = |at: usize| self.tokens().get(at).is_none_or(Self::ends_sentence);
        let mut end = (begin..begin + FAR).find(|&at| stop(at)).unwrap_or(begin + FAR);
        let mut denied = false;
        for at in self.unit_from(begin)..self.unit_from(end) {
            let Some(unit) = units.get(at) else { break };
            if matches!(unit.role, Role::Contrast | Role::Concession) {
                end = unit.first as usize;
                break;
            }
            let value = self.value_of(at);
            mood.complains |= value <= COMPLAINT && (unit.first as usize) < begin.saturating_add(words);
            mood.praises |= value >= PRAISE;
            denied |= matches!(unit.role, Role::Negator | Role::Absence);
        }
        if !mood.complains && !denied {
            let near = self.tokens().get(begin..end.min(begin + NEAR)).unwrap_or(&[]);
            mood.complains = near.iter().any(|word| Table::shipped().is_trouble(word.key, language));
        }
        mood
    }

    fn feel(&self, mood: &mut Mood, unit: usize) {
        let value = self.value_of(unit);
        mood.complains |= value <= COMPLAINT;
        mood.praises |= value >= PRAISE;
    }

    /// The mood of the sentence that a sign stands in or behind.
    fn before(&self, token: usize) -> Mood {
        let mut mood = Mood::default();
        let units = self.reading.units();
        let mut some = false;
        for at in (0..self.unit_from(token)).rev().take(FAR) {
            let Some(unit) = units.get(at) else { break };
            if unit.kind == Kind::Stop && some {
                break;
            }
            some |= unit.kind == Kind::Word;
            self.feel(&mut mood, at);
        }
        mood
    }

    /// Quotes around praise, or around what the table lists, in a sentence that complains and does not praise.
    pub fn scare_quotes(&self, language: &str) -> Option<Range<usize>> {
        if !self.may_mock() {
            return None;
        }
        let bytes = self.text.as_bytes();
        memchr::memchr2(b'"', 0xE2, bytes)?;
        let tokens = self.tokens();
        let mut first = 0;
        while let Some(token) = tokens.get(first) {
            if token.kind == Kind::Word
                && opens_quote(self.text.get(..token.start as usize).unwrap_or(""))
                && let Some(last) = self.quote_end(first)
            {
                if self.in_scorn(first, last, language) {
                    return Some(self.bytes(first, last));
                }
                first = last;
            }
            first += 1;
        }
        None
    }

    /// The last token of a short quote that begins at a token.
    fn quote_end(&self, first: usize) -> Option<usize> {
        let closes = |token: &Token| closes_quote(self.text.get(token.end as usize..).unwrap_or(""));
        let inside = self.tokens().get(first..)?.iter().take(QUOTED).take_while(|token| token.kind == Kind::Word);
        inside.enumerate().find(|(_, token)| closes(token)).map(|(at, _)| first + at)
    }

    /// Whether quoted words are praise, or listed, and the rest of their sentence only complains.
    fn in_scorn(&self, first: usize, last: usize, language: &str) -> bool {
        let (from, to) = (self.unit_from(first), self.unit_from(last + 1));
        let praise = self.hits.iter().any(|hit| (from..to).contains(&(hit.unit as usize)) && hit.base >= PRAISE);
        let words = self.tokens().get(first..=last).unwrap_or(&[]).iter().map(|token| token.key);
        if !praise && !Table::shipped().is_quoted(&words, language) {
            return false;
        }
        let units = self.reading.units();
        let stops = |unit: &Unit| unit.kind == Kind::Stop;
        let begin = units.get(..from).unwrap_or(&[]).iter().rposition(stops).map_or(0, |at| at + 1).max(from.saturating_sub(FAR));
        let end = units.get(to..).unwrap_or(&[]).iter().take(FAR).position(stops).map_or(units.len().min(to + FAR), |at| to + at);
        let mut mood = Mood::default();
        for at in (begin..from).chain(to..end) {
            self.feel(&mut mood, at);
        }
        mood.complains && !mood.praises && self.complains_beside(from..to)
    }
}

/// Whether a text ends with a quote that opens.
fn opens_quote(before: &str) -> bool {
    let Some(rest) = before.strip_suffix(['"', '“', '„', '«']) else { return false };
    !rest.ends_with(char::is_alphanumeric)
}

/// Whether a text begins with a quote that closes.
fn closes_quote(behind: &str) -> bool {
    behind.starts_with(['"', '”', '“', '»'])
}
