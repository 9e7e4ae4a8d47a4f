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
/// Most units that are looked at behind a phrase, and most tokens in quotes.
const FAR: usize = 60;
const QUOTED: usize = 4;
/// Tokens between strengthened praise and its object.
const NEAR: u32 = 8;

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

    /// The phrases of the table that stand in their company.
    pub fn phrases(&self, language: &str, each: &mut impl FnMut(usize, Range<usize>)) {
        const PROMISING: Signs = Signs::role(Role::Opinion).with(Signs::PICTURE);
        let table = Table::shipped();
        let written = self.text.trim_end();
        if written.ends_with(['s', 'm'])
            && let Some((cue, length)) = table.ending(written)
        {
            each(cue, written.len() - length..written.len());
        }
        if !self.reading.signs().meets(PROMISING) && !self.reading.tokens().has_tags() {
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
        match phrase.company {
            Company::Alone => true,
            Company::End => rest.first().is_none_or(Token::ends_clause),
            Company::Last => rest.iter().all(|token| token.kind != Kind::Word || token.shape.has(Shape::TAGGED)),
            Company::Next => {
                let unit = self.unit_from(last + 1);
                let next = self.reading.units().get(unit).is_some_and(|unit| unit.first as usize == last + 1);
                next && self.value_of(unit) <= COMPLAINT
            }
            Company::Complaint => {
                let mood = self.behind(last + 1, language);
                mood.complains && !mood.praises
            }
            Company::Praise => self.before(first).praises,
        }
    }

    /// The mood of what follows, in this sentence and the next, up to a word that turns it.
    fn behind(&self, token: usize, language: &str) -> Mood {
        let mut mood = Mood::default();
        let (mut stops, mut denied) = (0, false);
        let mut end = token;
        let units = self.reading.units();
        for at in self.unit_from(token)..units.len().min(self.unit_from(token) + FAR) {
            let Some(unit) = units.get(at) else { break };
            stops += usize::from(unit.kind == Kind::Stop);
            if stops == 2 || matches!(unit.role, Role::Contrast | Role::Concession) {
                break;
            }
            self.feel(&mut mood, at, unit);
            denied |= matches!(unit.role, Role::Negator | Role::Absence);
            end = unit.last as usize + 1;
        }
        // Words that are no units stand behind the last unit too.
        let sentence = self.tokens().get(token..).unwrap_or(&[]).iter().take(FAR);
        let sentence = sentence.enumerate().take_while(|(at, word)| token + at < end || word.kind == Kind::Word);
        if !mood.complains && !denied {
            let table = Table::shipped();
            mood.complains = sentence.map(|(_, word)| word).any(|word| table.is_trouble(word.key, language));
        }
        mood
    }

    fn feel(&self, mood: &mut Mood, at: usize, unit: &Unit) {
        let value = if unit.role == Role::Opinion || !self.hits.is_empty() { self.value_of(at) } else { 0 };
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
            self.feel(&mut mood, at, unit);
        }
        mood
    }

    /// Quotes around praise, or around what the table lists, in a sentence that complains and does not praise.
    pub fn scare_quotes(&self, language: &str) -> Option<Range<usize>> {
        self.hits.iter().find(|hit| hit.value <= COMPLAINT)?;
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
        if !praise && !Table::shipped().is_quoted(words, language) {
            return false;
        }
        let units = self.reading.units();
        let stops = |unit: &Unit| unit.kind == Kind::Stop;
        let begin = units.get(..from).unwrap_or(&[]).iter().rposition(stops).map_or(0, |at| at + 1).max(from.saturating_sub(FAR));
        let end = units.get(to..).unwrap_or(&[]).iter().take(FAR).position(stops).map_or(units.len().min(to + FAR), |at| to + at);
        let mut mood = Mood::default();
        for at in (begin..from).chain(to..end) {
            if let Some(unit) = units.get(at) {
                self.feel(&mut mood, at, unit);
            }
        }
        mood.complains && !mood.praises
    }

    /// Strengthened praise whose object, in the same clause, is a complaint.
    pub fn gushing(&self) -> Option<Range<usize>> {
        let units = self.reading.units();
        let found = self.hits.windows(2).find(|pair| {
            let (praise, trouble) = (&pair[0], &pair[1]);
            praise.value >= PRAISE && trouble.value <= COMPLAINT && trouble.base < 0 && self.gushes(praise, trouble)
        })?;
        units.get(found[0].unit as usize).map(|unit| self.bytes(unit.first as usize, unit.last as usize))
    }

    fn gushes(&self, praise: &Hit, trouble: &Hit) -> bool {
        let units = self.reading.units();
        let (from, to) = (praise.unit as usize, trouble.unit as usize);
        let (Some(one), Some(other)) = (units.get(from), units.get(to)) else { return false };
        let before = from.checked_sub(1).and_then(|at| units.get(at));
        let boosted = before.is_some_and(|unit| unit.role == Role::Booster && unit.last + 1 == one.first);
        let strong = boosted || one.shape.has(Shape::REPEATED);
        let between = units.get(from + 1..to).unwrap_or(&[]);
        let apart = |unit: &Unit| unit.ends_clause() || matches!(unit.role, Role::Contrast | Role::Concession | Role::Negator | Role::Absence);
        let alone = !self.hits.iter().any(|hit| hit.unit > trouble.unit && hit.value >= PRAISE);
        strong && other.first - one.last <= NEAR && !between.iter().any(apart) && alone
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
