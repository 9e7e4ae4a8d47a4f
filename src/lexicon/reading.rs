//! A text read with the lexicon. In: a text. Out: [`Unit`]s: words and phrases with what the lexicon
//! says of them, and evidence of the language. Separate from scoring because mentions and the list of
//! words need the same units.

use super::compile::Lexicon;
use super::entry::{Leaning, Role};
use super::languages::MOST_LANGUAGES;
use super::leanings::{Leaner, Leanings};
use super::nodes::{ANY_NEGATOR, Home, NONE, Tilt, UNKNOWN, Word, bit_of};
use super::signs::Signs;
use super::steps::Edge;
use super::table::NOWHERE;
use super::tags;
use crate::text::{Key, Kind, Shape, Token, Tokens, emoji, stretch};

/// How much a word tells of its language: one that no other has, and one that ours has too.
pub const TELLING: u16 = 2;
const SHARED: u16 = 1;
/// Marks the place of a word that was found by unstretching it; tables are smaller than that.
pub(super) const STRETCHED: u32 = 1 << 31;
/// Marks the place of a word that may go on a phrase which begins with the word before it.
const GOES_ON: u32 = 1 << 30;
/// Marks the place of a word that leans together with the word before it.
const PAIRED: u32 = 1 << 29;
/// What of a place is no mark.
pub(super) const PLACE: u32 = PAIRED - 1;
/// Shapes of words that may be in the table in another form.
pub(super) const ODD: Shape = Shape::APOSTROPHE.with(Shape::TRIPLE, true);
/// Longest phrase, in tokens.
const LONGEST_PHRASE: u32 = 10;

/// A token, or several that are one phrase, that bear on the score: opinions, words with a role,
/// numbers, emoji, and the ends of clauses. Words that do neither are no units, so that rules need not
/// pass over them; how far apart units stand is told by their tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Index of the first token.
    pub first: u32,
    /// Index of the last token.
    pub last: u32,
    /// Index of the lexicon entry; see [`Lexicon::entry`].
    pub entry: u32,
    /// Valence, or strength of the role, in thousandths.
    pub value: i32,
    /// Kind of the first token.
    pub kind: Kind,
    /// Shape of the first token; [`Shape::REPEATED`] when the word was stretched.
    pub shape: Shape,
    /// What it does.
    pub role: Role,
    /// What it leans to, as far as rules leave it its opinion.
    pub tilt: Tilt,
}

impl Unit {
    /// Whether the unit ends a clause.
    #[inline]
    #[must_use]
    pub const fn ends_clause(&self) -> bool {
        matches!(self.kind, Kind::Stop | Kind::Pause)
    }
}

/// A text with its tokens and units. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    tokens: Tokens,
    /// Places of the words by token, with their marks.
    found: Vec<u32>,
    units: Vec<Unit>,
    seen: Seen,
    leanings: Leanings,
}

/// What is counted while a text is read.
#[derive(Clone, Debug, Default)]
struct Seen {
    signs: Signs,
    home: u32,
    content: u32,
    known: u32,
    foreign: [u16; MOST_LANGUAGES],
    /// Whether some word tells a foreign language, and whether some is shared with one.
    other: bool,
    shared: bool,
}

impl Reading {
    /// An empty reading.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What bears on the score, in text order.
    #[inline]
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The tokens, in text order.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Places of the words by token, with their marks.
    pub(super) fn places(&self) -> &[u32] {
        &self.found
    }

    /// What the words lean to, and what the text shows apart from them.
    #[inline]
    #[must_use]
    pub const fn leanings(&self) -> &Leanings {
        &self.leanings
    }

    /// What occurs in the text.
    #[inline]
    #[must_use]
    pub const fn signs(&self) -> Signs {
        self.seen.signs
    }

    /// Content words (no function words, numbers, links, handles) and how many of them carry opinion.
    #[must_use]
    pub const fn content(&self) -> (u32, u32) {
        (self.seen.content, self.seen.known)
    }

    /// Words of a covered language that it shares with no other.
    #[must_use]
    pub const fn home_words(&self) -> u32 {
        self.seen.home
    }

    /// The foreign language most words tell of: its index and how much they tell, [`TELLING`] for a
    /// word that is in no other; none when there is no such word.
    #[must_use]
    pub fn foreign(&self) -> Option<(usize, u32)> {
        let Seen { foreign, other, .. } = &self.seen;
        if !other {
            return None;
        }
        let best = (0..MOST_LANGUAGES).max_by_key(|&i| (foreign[i], std::cmp::Reverse(i)))?;
        Some((best, u32::from(foreign[best])))
    }

    fn clear(&mut self) {
        self.units.clear();
        self.found.clear();
        let seen = &mut self.seen;
        (seen.signs, seen.home, seen.content, seen.known) = (Signs::default(), 0, 0, 0);
        if seen.other | seen.shared {
            (seen.foreign, seen.other, seen.shared) = ([0; MOST_LANGUAGES], false, false);
        }
    }
}

impl Lexicon {
    /// Reads a text.
    pub fn read(&self, text: &str, reading: &mut Reading) {
        reading.clear();
        reading.tokens.read(text);
        self.look_up(text, reading);
        self.pair_up(reading);
        self.join_phrases(reading);
    }

    /// Names each word and pair of a text read with this lexicon that leans, with what it leans to.
    pub fn leanings_of(&self, reading: &Reading, each: impl FnMut(Leaner, Leaning)) {
        let found = reading.found.iter().map(|&place| (self.word_of(place), place & PAIRED != 0));
        self.each_leaning(found, each);
    }

    /// What a part of a text leans to and shows: `keeps` says which tokens are of it.
    pub fn leanings_in(&self, reading: &Reading, keeps: impl Fn(u32) -> bool) -> Leanings {
        let mut leanings = Leanings::default();
        let tokens = (0..).zip(reading.tokens.as_slice()).filter(|(at, _)| keeps(*at));
        tokens.for_each(|(_, token)| leanings.count(token));
        self.leanings_of(reading, |leaner, adds| {
            if keeps(leaner.first) && keeps(leaner.last) {
                leanings.add(adds);
            }
        });
        leanings
    }

    /// Finds the words. Does nothing else, so that many are looked for at the same time.
    fn look_up(&self, text: &str, reading: &mut Reading) {
        if reading.tokens.has_tags() {
            tags::divide_all(self, text, &mut reading.tokens);
        }
        let odd = if self.has_prefixes() { Shape::default() } else { ODD };
        let places = reading.tokens.as_slice().iter().map(|token| {
            let place = self.find(token.key);
            // Words that are not in the table as they stand may be there with `'s`, stretched, with
            // another ending, or be an emoji sequence whose first part is there.
            let variant = token.shape.has_any(odd) | (token.kind == Kind::Emoji) | (odd == Shape::default());
            if variant & (place == NOWHERE) { self.careful_variant(token, text) } else { place }
        });
        reading.found.extend(places);
    }

    /// Adds up what words and pairs lean to, and marks the words that may go on a phrase: both ask
    /// about each word and the one before it.
    fn pair_up(&self, reading: &mut Reading) {
        let (mut leanings, mut before) = (Leanings::default(), &UNKNOWN);
        for (token, place) in reading.tokens.as_slice().iter().zip(&mut reading.found) {
            let word = self.word_of(*place);
            let edge = Edge::new(before.node, word.node);
            leanings.count(token);
            leanings.add(word.tilt.leaning());
            if let Some(pair) = self.pair_at(before, word, edge) {
                leanings.add(pair.tilt.leaning());
                *place |= PAIRED;
            }
            *place |= u32::from(self.may_go_on(before, word, edge)) * GOES_ON;
            before = word;
        }
        reading.leanings = leanings;
    }

    #[cold]
    fn careful_variant(&self, token: &Token, text: &str) -> u32 {
        if !matches!(token.kind, Kind::Word | Kind::Emoji) {
            return NOWHERE;
        }
        if token.kind == Kind::Emoji {
            return emoji::base(token.of(text)).map_or(NOWHERE, |key| self.find(key));
        }
        let folded = token.of(text).to_lowercase().replace(['\u{2019}', '\u{2018}', '`'], "'");
        if let Some(plain) = folded.strip_suffix("'s") {
            return self.find(Key::of(plain.as_bytes()));
        }
        if let Some(place) = self.find_prefix(folded.as_bytes()) {
            return place;
        }
        let mut place = NOWHERE;
        if stretch::is_stretched(folded.as_bytes()) {
            let found = stretch::unstretched(folded.as_bytes(), |spelling| {
                place = self.find(Key::of(spelling));
                self.word_at(place).role != Role::None
            });
            return if found { place | STRETCHED } else { NOWHERE };
        }
        place
    }

    fn join_phrases(&self, reading: &mut Reading) {
        let Reading { tokens, found, units, seen, .. } = reading;
        let (tokens, found) = (tokens.as_slice(), found.as_slice());
        units.reserve(tokens.len());
        let (mut at, mut plain_words) = (0, [0; 2]);
        while let (Some(token), Some(&place)) = (tokens.get(at), found.get(at)) {
            let word = self.word_of(place);
            let goes_on = found.get(at + 1).is_some_and(|next| next & GOES_ON != 0);
            let phrase = if goes_on { self.follow(found, word.node, word.next, at + 1, LONGEST_PHRASE) } else { None };
            let plain = phrase.is_none() & matches!(word.role, Role::None | Role::Function);
            if plain & (token.kind == Kind::Word) {
                // Most words are done here: counted beside, they touch neither unit nor memory.
                plain_words[0] += u32::from(word.role == Role::None);
                plain_words[1] += u32::from(word.home == Home::Covered);
                if matches!(word.home, Home::Foreign | Home::Shared) {
                    seen.count_foreign(self.languages_of(word.node), word.home);
                }
                at += 1;
                continue;
            }
            let mut unit = Unit {
                first: index(at),
                last: index(at),
                entry: NONE,
                value: 0,
                kind: token.kind,
                shape: token.shape,
                role: word.role,
                tilt: Tilt::default(),
            };
            let belongs = if plain { (word.home, word.node) } else { self.say(&mut unit, word, phrase, found) };
            seen.count(&unit, belongs, self);
            at = unit.last as usize + 1;
            if !(unit.role == Role::Function && unit.kind == Kind::Word) {
                units.push(unit);
            }
        }
        seen.content += plain_words[0];
        seen.home += plain_words[1];
    }

    /// Whether a phrase may go on from `word` with the word `next`; `edge` is that of the two. All is
    /// computed and nothing decided on the way: no branch of this could be predicted.
    #[inline]
    fn may_go_on(&self, word: &Word, next: &Word, edge: Edge) -> bool {
        let straight = next.inside & (word.next & bit_of(next.node) != 0) & self.may_step(edge);
        let negated = is_negator(next.role) & (word.next & bit_of(ANY_NEGATOR) != 0);
        straight | negated
    }

    /// Gives a unit what its word or phrase says; where that belongs.
    #[inline(never)]
    fn say(&self, unit: &mut Unit, word: &Word, phrase: Option<(u32, usize)>, found: &[u32]) -> (Home, u32) {
        let mut belongs = (word.home, word.node);
        if let Some((node, end)) = phrase {
            belongs = self.take(unit, node, end);
        } else {
            self.take(unit, word.node, unit.first as usize);
            let stretched = found.get(unit.first as usize).is_some_and(|place| place & STRETCHED != 0);
            unit.shape = unit.shape.with(Shape::REPEATED, stretched);
        }
        if is_negator(unit.role)
            && let Some((node, end)) = self.negated_phrase(found, unit.last as usize + 1)
        {
            belongs = self.take(unit, node, end);
        }
        belongs
    }

    /// Makes a unit what a node says, up to token `end`; where the node belongs.
    fn take(&self, unit: &mut Unit, number: u32, end: usize) -> (Home, u32) {
        let node = self.node(number);
        (unit.last, unit.entry, unit.value, unit.role, unit.tilt) = (index(end), node.entry, node.value, node.role, node.tilt);
        (node.home, number)
    }

    /// What is known of the word that was found in a place, whatever its marks.
    #[inline]
    fn word_of(&self, place: u32) -> &Word {
        self.word_at(place & PLACE)
    }

    /// The phrase behind a negator: `NOT work` for `doesn't even work`.
    fn negated_phrase(&self, found: &[u32], next: usize) -> Option<(u32, usize)> {
        let signature = self.node(ANY_NEGATOR).next;
        self.follow(found, ANY_NEGATOR, signature, next, LONGEST_PHRASE).or_else(|| {
            let skipped = matches!(self.word_of(*found.get(next)?).role, Role::Booster | Role::Dampener);
            skipped.then(|| self.follow(found, ANY_NEGATOR, signature, next + 1, LONGEST_PHRASE)).flatten()
        })
    }

    /// The longest phrase that goes on from `from`, whose signature is `signature`, with the token
    /// `next`: its node and last token.
    #[inline]
    fn follow(&self, found: &[u32], from: u32, signature: u32, next: usize, depth: u32) -> Option<(u32, usize)> {
        let word = self.word_of(*found.get(next)?);
        let straight = word.inside && signature & bit_of(word.node) != 0 && self.may_step(Edge::new(from, word.node));
        let negated = is_negator(word.role) && signature & bit_of(ANY_NEGATOR) != 0;
        if straight || negated { self.step_on(found, from, (straight, negated), word.node, next, depth) } else { None }
    }

    #[inline(never)]
    fn step_on(
        &self,
        found: &[u32],
        from: u32,
        (straight, negated): (bool, bool),
        word: u32,
        at: usize,
        depth: u32,
    ) -> Option<(u32, usize)> {
        let arrive = |word: u32| {
            let behind = self.step(Edge::new(from, word))?;
            let longer =
                if behind.next == 0 || depth == 0 { None } else { self.follow(found, behind.node(), behind.next, at + 1, depth - 1) };
            longer.or(behind.ends().then_some((behind.node(), at)))
        };
        let straight = straight.then(|| arrive(word)).flatten();
        let negated = negated.then(|| arrive(ANY_NEGATOR)).flatten();
        [straight, negated].into_iter().flatten().reduce(|one, other| if other.1 > one.1 { other } else { one })
    }
}

/// Tokens of a text number less than 2³¹.
#[allow(clippy::cast_possible_truncation)]
const fn index(at: usize) -> u32 {
    at as u32
}

const fn is_negator(role: Role) -> bool {
    matches!(role, Role::Negator | Role::Absence)
}

impl Seen {
    fn count(&mut self, unit: &Unit, (home, node): (Home, u32), lexicon: &Lexicon) {
        self.signs = self.signs.with(Signs::of(unit));
        let opinion = unit.role == Role::Opinion;
        let word = matches!(unit.kind, Kind::Word | Kind::Emoji | Kind::Emoticon);
        self.content += u32::from(word && (opinion || unit.role == Role::None));
        self.known += u32::from(word && opinion);
        self.home += u32::from(home == Home::Covered);
        if matches!(home, Home::Foreign | Home::Shared) {
            self.count_foreign(lexicon.languages_of(node), home);
        }
    }

    #[cold]
    fn count_foreign(&mut self, languages: u32, home: Home) {
        let weight = if home == Home::Foreign { TELLING } else { SHARED };
        self.other |= home == Home::Foreign;
        self.shared |= home == Home::Shared;
        // One bit per language: behind the last one the index is out of range.
        let mut rest = languages;
        while let Some(count) = self.foreign.get_mut(rest.trailing_zeros() as usize) {
            *count = count.saturating_add(weight);
            rest &= rest - 1;
        }
    }
}

#[cfg(test)]
mod tests;
