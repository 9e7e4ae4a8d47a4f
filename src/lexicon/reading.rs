//! A text read with the lexicon. In: a text. Out: [`Unit`]s: words and phrases with what the lexicon
//! says of them, and evidence of the language. Separate from scoring because mentions and the list of
//! words need the same units.

use super::compile::{ANY_NEGATOR, Lexicon, NONE};
use super::entry::Role;
use super::languages::MOST_LANGUAGES;
use super::{prefix, tags};
use crate::text::{Key, Kind, Shape, Token, Tokens, emoji, stretch};

/// Longest phrase, in tokens.
const LONGEST_PHRASE: u32 = 10;

/// A token, or several that are one phrase, with what the lexicon says.
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
    found: Vec<u32>,
    units: Vec<Unit>,
    roles: u32,
    home: u32,
    foreign: [u16; MOST_LANGUAGES],
    foreign_seen: bool,
    content: u32,
    known: u32,
}

impl Reading {
    /// An empty reading.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The units, in text order.
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

    /// Whether some unit has this role.
    #[inline]
    #[must_use]
    pub const fn has(&self, role: Role) -> bool {
        self.roles >> role as u32 & 1 == 1
    }

    /// Content words (no function words, numbers, links, handles) and how many of them carry opinion.
    #[must_use]
    pub const fn content(&self) -> (u32, u32) {
        (self.content, self.known)
    }

    /// Words of a covered language.
    #[must_use]
    pub const fn home_words(&self) -> u32 {
        self.home
    }

    /// The foreign language most words tell of: its index and the number of words.
    #[must_use]
    pub fn foreign(&self) -> Option<(usize, u32)> {
        if !self.foreign_seen {
            return None;
        }
        let best = (0..MOST_LANGUAGES).max_by_key(|&i| (self.foreign[i], std::cmp::Reverse(i)))?;
        Some((best, u32::from(self.foreign[best])))
    }

    fn clear(&mut self) {
        self.units.clear();
        self.found.clear();
        (self.roles, self.home, self.content, self.known) = (0, 0, 0, 0);
        if self.foreign_seen {
            self.foreign = [0; MOST_LANGUAGES];
            self.foreign_seen = false;
        }
    }
}

impl Lexicon {
    /// Reads a text.
    pub fn read(&self, text: &str, reading: &mut Reading) {
        reading.clear();
        reading.tokens.read(text);
        self.look_up(text, reading);
        self.join_phrases(reading);
    }

    fn look_up(&self, text: &str, reading: &mut Reading) {
        let mut at = 0;
        while let Some(&token) = reading.tokens.as_slice().get(at) {
            let mut node = self.find(token.key);
            if node == NONE && matches!(token.kind, Kind::Word | Kind::Emoji) {
                node = self.variant(&token, text);
                if node == NONE && token.shape.has(Shape::TAGGED) && tags::divide(self, at, text, &mut reading.tokens) {
                    continue;
                }
            }
            reading.found.push(node);
            at += 1;
        }
    }

    /// A word that is not in the table as it stands: stretched, with `'s`, with another ending, or an
    /// emoji sequence whose first part is known.
    fn variant(&self, token: &Token, text: &str) -> u32 {
        if token.kind == Kind::Emoji {
            return emoji::base(token.of(text)).map_or(NONE, |key| self.find(key));
        }
        let long;
        let short = token.key.bytes();
        let folded: &[u8] = match &short {
            Some((bytes, len)) => &bytes[..*len],
            None => {
                long = token.of(text).to_lowercase();
                long.as_bytes()
            }
        };
        if let Some(plain) = folded.strip_suffix(b"'s") {
            return self.find(Key::of(plain));
        }
        if folded.len() >= prefix::SHORTEST
            && let Some(node) = self.find_prefix(folded)
        {
            return node;
        }
        let mut node = NONE;
        if stretch::is_stretched(folded) {
            stretch::unstretched(folded, |spelling| {
                node = self.find(Key::of(spelling));
                node != NONE && self.node(node).role != Role::None
            });
        }
        node
    }

    fn join_phrases(&self, reading: &mut Reading) {
        let count = reading.found.len();
        let mut at = 0;
        #[allow(clippy::cast_possible_truncation)] // texts are shorter than 2³¹ bytes
        while at < count {
            let (node, mut last) = self.longest(reading, at);
            let mut known = self.node(node);
            if matches!(known.role, Role::Negator | Role::Absence)
                && let Some((phrase, end)) = self.negated_phrase(reading, last + 1)
            {
                (known, last) = (self.node(phrase), end);
            }
            let token = reading.tokens.as_slice()[at];
            let stretched = token.kind == Kind::Word && node != NONE && known.role != Role::None && self.find(token.key) == NONE;
            let unit = Unit { first: at as u32, last: last as u32, entry: known.entry, value: known.value, kind: token.kind, shape: token.shape.with(Shape::REPEATED, stretched), role: known.role };
            reading.count(&unit, known.covered, known.languages);
            reading.units.push(unit);
            at = last + 1;
        }
    }

    /// The longest word or phrase that begins at token `at`: its node and its last token.
    fn longest(&self, reading: &Reading, at: usize) -> (u32, usize) {
        let node = reading.found[at];
        if node == NONE || !self.node(node).goes_on {
            return (node, at);
        }
        self.follow(reading, node, at + 1, LONGEST_PHRASE).unwrap_or((node, at))
    }

    /// The phrase behind a negator: `NOT work` for `doesn't even work`.
    fn negated_phrase(&self, reading: &Reading, next: usize) -> Option<(u32, usize)> {
        if !self.node(ANY_NEGATOR).goes_on {
            return None;
        }
        self.follow(reading, ANY_NEGATOR, next, LONGEST_PHRASE).or_else(|| {
            let between = *reading.found.get(next).filter(|&&node| node != NONE)?;
            let skipped = matches!(self.node(between).role, Role::Booster | Role::Dampener);
            skipped.then(|| self.follow(reading, ANY_NEGATOR, next + 1, LONGEST_PHRASE)).flatten()
        })
    }

    /// The longest phrase that goes on from `from` with the token `next`: its node and last token.
    fn follow(&self, reading: &Reading, from: u32, next: usize, depth: u32) -> Option<(u32, usize)> {
        let word = *reading.found.get(next).filter(|&&word| word != NONE)?;
        if depth == 0 {
            return None;
        }
        let negates = matches!(self.node(word).role, Role::Negator | Role::Absence);
        let mut best: Option<(u32, usize)> = None;
        for way in [Some(word), negates.then_some(ANY_NEGATOR)].into_iter().flatten() {
            let Some(node) = self.step(from, way) else { continue };
            let here = self.node(node);
            let longer = if here.goes_on { self.follow(reading, node, next + 1, depth - 1) } else { None };
            let reached = longer.or((here.entry != NONE).then_some((node, next)));
            if reached.is_some_and(|(_, end)| best.is_none_or(|(_, so_far)| end > so_far)) {
                best = reached;
            }
        }
        best
    }
}

impl Reading {
    #[inline]
    fn count(&mut self, unit: &Unit, covered: bool, languages: u32) {
        self.roles |= 1 << unit.role as u32;
        let opinion = unit.role == Role::Opinion;
        if matches!(unit.kind, Kind::Word | Kind::Emoji | Kind::Emoticon) && (opinion || unit.role == Role::None) {
            self.content += 1;
            self.known += u32::from(opinion);
        }
        if covered {
            self.home += 1;
        } else if languages != 0 {
            self.foreign_seen = true;
            for (i, count) in self.foreign.iter_mut().enumerate() {
                *count = count.saturating_add(u16::from(languages >> i & 1 == 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Languages, format};

    fn lexicon(entries: &str) -> Lexicon {
        let sheet = format::read("test.tsv", &format!("# earful-lexicon: 1\n# language: en\n\n{entries}")).unwrap();
        Lexicon::compile(vec![sheet], Languages::default(), &[]).unwrap()
    }

    fn terms(lexicon: &Lexicon, text: &str) -> String {
        let mut reading = Reading::new();
        lexicon.read(text, &mut reading);
        reading.units().iter().filter_map(|u| lexicon.entry(u.entry)).map(|e| e.term.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn the_longest_phrase_wins_and_is_not_counted_twice() {
        let lexicon = lexicon("fed\t0.1\nfed up\t-2\nfed up with it\t-3\nkiller\t-2\nkiller deal\t2.5\nwell made\t2\nlol\t1\n");
        assert_eq!(terms(&lexicon, "I am fed up with this"), "fed up");
        assert_eq!(terms(&lexicon, "Fed up with it"), "fed up with it");
        assert_eq!(terms(&lexicon, "fed the killer"), "fed|killer");
        assert_eq!(terms(&lexicon, "a KILLER   deal, well-made"), "killer deal|well made");
    }

    #[test]
    fn not_stands_for_every_negator() {
        let lexicon = lexicon("not\tnegator\ndoesn't\tnegator\nno\tabsence\nno longer\tnegator\neven\tbooster:1.1\nNOT work\t-2\nwould NOT buy\t-3\nwork\tfunction\n");
        for text in ["not work", "doesn’t work", "doesn't even work", "no longer work"] {
            assert_eq!(terms(&lexicon, text), "NOT work", "{text}");
        }
        assert_eq!(terms(&lexicon, "I would not buy"), "would NOT buy");
        assert_eq!(terms(&lexicon, "not a work"), "not|work");
    }

    #[test]
    fn stretched_possessive_prefixed_tagged_words_are_found() {
        let lexicon = lexicon("good\t2\nso\tbooster\ncrash*\t-2\nnever\tnegator\nagain\tfunction\nbest\t3\nday\tfunction\n🤷\t-0.5\n");
        assert_eq!(terms(&lexicon, "sooooo goooood"), "so|good");
        assert_eq!(terms(&lexicon, "it's crashing, good's"), "crash*|good");
        assert_eq!(terms(&lexicon, "#NeverAgain #neveragain #bestday"), "never|again|never|again|best|day");
        assert_eq!(terms(&lexicon, "🤷‍♀️"), "🤷");
    }

    #[test]
    fn later_sheets_win_and_domains_limit() {
        let read = |text: &str| format::read("t", &format!("# earful-lexicon: 1\n\n{text}")).unwrap();
        let compile = |domains: &[String]| Lexicon::compile(vec![read("sick\t-2\n"), read("sick\t2\tdomain=music\n")], Languages::default(), domains).unwrap();
        let value = |lexicon: &Lexicon| {
            let mut reading = Reading::new();
            lexicon.read("sick", &mut reading);
            reading.units()[0].value
        };
        assert_eq!(value(&compile(&[])), -2000);
        assert_eq!(value(&compile(&["music".to_owned()])), 2000);
    }
}
