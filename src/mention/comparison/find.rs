//! Looking for comparisons. In: a text read with the lexicon, its hits and mentions. Out: [`Comparisons`].
//! Separate from the rules because this decides which of them are asked, and where.

use super::items::{Item, Items};
use super::pattern::{Met, Winner};
use super::than::Said;
use super::words::{AS, BEAT, Classes, NOT, PAST, REGRET, SUSPEND, THAN, THEN, Words};
use super::{Comparison, Comparisons, Kind};
use crate::error::Result;
use crate::lexicon::Reading;
use crate::mention::{Mention, Told};
use crate::score::Hits;

/// Most comparisons told of one text; more are found only in texts that were made to hold them.
const MOST: usize = 64;

/// Finds comparisons in texts of one language. All threads share one.
#[derive(Clone, Debug)]
pub struct Comparer {
    words: &'static Words,
    classes: Named,
}

/// Classes that are asked for by name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Named {
    pub beat: Classes,
    pub two: Classes,
}

/// A text while it is looked through.
pub(super) struct Text<'a> {
    pub words: &'a Words,
    pub classes: Named,
    pub items: &'a Items,
    pub reading: &'a Reading,
    pub hits: &'a Hits,
}

impl Comparer {
    /// For a language by its code; none if it has no words of comparisons.
    ///
    /// # Errors
    /// When the words shipped are not understood, which a test rules out.
    pub fn new(language: &str) -> Result<Option<Self>> {
        let Some(words) = Words::of(language)? else { return Ok(None) };
        let class = |name| words.class(name).unwrap_or(0);
        let classes = Named { beat: class(BEAT), two: class("two") };
        Ok(Some(Self { words, classes }))
    }

    /// The name of an implied aspect; see [`super::On::Implied`].
    #[must_use]
    pub fn aspect(&self, number: u16) -> &str {
        let at = usize::from(number).checked_sub(1);
        at.and_then(|at| self.words.aspects.get(at)).map_or("", String::as_str)
    }

    /// Finds all comparisons of a text; `mentions` are the places of subjects in text order.
    pub fn find(&self, told: Told, mentions: &[Mention], found: &mut Comparisons) {
        found.list.clear();
        if mentions.iter().all(|mention| Some(mention.subject) == mentions.first().map(|first| first.subject)) {
            return;
        }
        let Comparisons { list, items, met } = found;
        met.clear();
        items.read(self.words, told, mentions);
        let text = Text { words: self.words, classes: self.classes, items, reading: told.reading, hits: told.hits };
        text.comparatives(list);
        text.rules(list);
        let bare = (0..items.list.len()).filter_map(|at| text.bare(at));
        bare.for_each(|said| text.tell(said.kind, said.winner, said.met, Some(said.degree), list));
        list.sort_unstable_by_key(|comparison| (comparison.start, comparison.pair));
    }
}

impl Text<'_> {
    /// Comparatives with `than` and `as`.
    fn comparatives(&self, list: &mut Vec<Comparison>) {
        let mut before: Option<Said> = None;
        for at in 0..self.items.list.len() {
            if !self.items.get(at).is_some_and(|item| item.is(THAN | THEN | AS)) {
                continue;
            }
            if let Some(said) = self.than(at, before.as_ref()) {
                self.tell(said.kind, said.winner, said.met, Some(said.degree), list);
                before = Some(said);
            }
        }
    }

    /// Rules that are data, in their order.
    fn rules(&self, list: &mut Vec<Comparison>) {
        let entries = || self.items.list.iter().map(|item| item.entry);
        let (classes, literals) = entries().fold((0, 0), |(classes, literals), entry| (classes | entry.classes, literals | entry.literals));
        for rule in self.words.rules.iter().filter(|rule| rule.may(classes, literals)) {
            if list.len() >= MOST {
                return;
            }
            rule.each_meeting(self.items, |met| {
                if list.len() < MOST {
                    self.apply(rule.kind, rule.winner, met, list);
                }
            });
        }
    }

    fn apply(&self, kind: Kind, winner: Winner, met: Met, list: &mut Vec<Comparison>) {
        let head = met.head.unwrap_or(met.start);
        if self.suspended(head) {
            return;
        }
        let winner = match winner {
            Winner::MoodOfA | Winner::MoodOfB | Winner::BetterMood => match self.by_mood(winner, &met, head) {
                Some(winner) => winner,
                None => return,
            },
            fixed => {
                let regretted = kind == Kind::Switch && self.regretted(head);
                let flips = matches!(kind, Kind::Better | Kind::Switch) && self.flipped(head);
                if flips == regretted { fixed } else { fixed.other() }
            }
        };
        self.tell(kind, winner, met, None, list);
    }

    /// Who wins by what the clauses around say.
    fn by_mood(&self, winner: Winner, met: &Met, head: usize) -> Option<Winner> {
        let (a, b) = (met.a?, met.b?);
        let end = self.items.sentence_end(a.max(b));
        let clause = |name: usize, other: usize| {
            if name < head && other > head {
                self.mood(self.items.sentence_start(name), head)
            } else if name < other {
                self.mood(name, other)
            } else {
                self.mood(name, end)
            }
        };
        let (of_a, of_b) = (clause(a, b), clause(b, a));
        let wins = match winner {
            Winner::MoodOfA => of_a,
            Winner::MoodOfB => -of_b,
            _ if of_a * of_b < 0 => of_a,
            _ => 0,
        };
        match wins {
            0 => None,
            sign => Some(if sign > 0 { Winner::A } else { Winner::B }),
        }
    }

    /// Whether what item `head` says is denied in its clause, or was so once.
    pub(super) fn flipped(&self, head: usize) -> bool {
        let from = self.items.clause_start(head);
        (self.items.count(from, head, NOT) + usize::from(self.items.any(from, head, PAST))) % 2 == 1
    }

    /// Whether item `head` is asked, wished or supposed.
    pub(super) fn suspended(&self, head: usize) -> bool {
        self.items.asks(head) || self.items.any(self.items.clause_start(head), head, SUSPEND)
    }

    /// Whether a change is regretted in its sentence or the next.
    fn regretted(&self, head: usize) -> bool {
        let (start, end) = (self.items.sentence_start(head), self.items.sentence_end(head));
        let next = if end + 1 < self.items.list.len() { self.items.sentence_end(end + 1) } else { end };
        self.items.any(start, next, REGRET)
    }

    /// Adds what was said of all names of both sides.
    pub(super) fn tell(&self, kind: Kind, winner: Winner, met: Met, degree: Option<usize>, list: &mut Vec<Comparison>) {
        if let Some(both) = met.both {
            return self.tell_all(kind, met, both, list);
        }
        let (Some(a), Some(b)) = (met.a, met.b) else { return };
        let on = if kind == Kind::Switch { None } else { self.on(&met, degree) };
        for &one in self.names(a) {
            for &other in self.names(b) {
                // Of a row that holds the other side too (`Uber, Lyft and a Toyota`), the rest is compared.
                let whole = self.names(a).len() > self.names(b).len();
                if one == other || if whole { self.names(b).contains(&one) } else { self.names(a).contains(&other) } {
                    continue;
                }
                let (winner, loser) = match winner {
                    Winner::A => (Some(one), Some(other)),
                    Winner::B => (Some(other), Some(one)),
                    _ => (None, None),
                };
                let pair = if a < b { [one, other] } else { [other, one] };
                self.add(Comparison { pair, winner, loser, kind, on, start: self.start(&met), end: self.end(&met) }, list);
            }
        }
    }

    /// Adds each pair of one row of names; with `A` met beside it, that one against the others.
    fn tell_all(&self, kind: Kind, met: Met, both: usize, list: &mut Vec<Comparison>) {
        let on = self.on(&met, None);
        let names = self.names(both);
        let single = met.b.or(met.a).map(|at| self.names(at));
        for (at, &one) in names.iter().enumerate() {
            for &other in names.get(at + 1..).unwrap_or(&[]).iter().filter(|&&other| other != one) {
                let (mut winner, mut loser) = (None, None);
                if let Some(single) = single {
                    match (single.contains(&one), single.contains(&other)) {
                        (true, false) => (winner, loser) = (Some(one), Some(other)),
                        (false, true) => (winner, loser) = (Some(other), Some(one)),
                        _ => continue,
                    }
                }
                let comparison = Comparison { pair: [one, other], winner, loser, kind, on, start: self.start(&met), end: self.end(&met) };
                self.add(comparison, list);
            }
        }
    }

    /// Adds a comparison unless its sentence already has one of the two.
    fn add(&self, comparison: Comparison, list: &mut Vec<Comparison>) {
        let [one, two] = comparison.pair;
        let alike = |other: &Comparison| other.pair == [one, two] || other.pair == [two, one];
        let near = |other: &Comparison| comparison.start < other.end && other.start < comparison.end;
        let told = |other: &Comparison| alike(other) && (near(other) || self.one_sentence(other.start, comparison.start));
        if list.len() < MOST && !list.iter().any(told) {
            list.push(comparison);
        }
    }

    /// Whether no sentence ends between two places.
    fn one_sentence(&self, one: u32, other: u32) -> bool {
        let place = |item: &Item| self.token(item.first).map_or(0, |token| token.start);
        let from = self.items.list.partition_point(|item| place(item) < one.min(other));
        let to = self.items.list.partition_point(|item| place(item) < one.max(other));
        self.items.sentence_end(from) >= to
    }

    fn names(&self, at: usize) -> &[u32] {
        self.items.get(at).and_then(Item::names).map_or(&[], |names| self.items.subjects(names))
    }

    fn token(&self, at: u32) -> Option<&crate::text::Token> {
        self.reading.tokens().as_slice().get(at as usize)
    }

    fn start(&self, met: &Met) -> u32 {
        let places = [Some(met.start), met.a, met.b, met.both].into_iter().flatten();
        let first = places.filter_map(|at| self.items.get(at)).map(|item| item.first).min().unwrap_or(0);
        self.token(first).map_or(0, |token| token.start)
    }

    fn end(&self, met: &Met) -> u32 {
        let places = [met.end.checked_sub(1), met.a, met.b, met.both].into_iter().flatten();
        let last = places.filter_map(|at| self.items.get(at)).map(|item| item.last).max().unwrap_or(0);
        self.token(last).map_or(0, |token| token.end)
    }
}

impl Winner {
    /// The other one.
    const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
            same => same,
        }
    }
}
