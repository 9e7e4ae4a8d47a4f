//! Comparatives. In: items. Out: who stands before `better than` and who behind, `as good as` too.
//! Separate because names stand in many places around a comparative: `fewer crashes on X than on Y`,
//! `X finds me better music than Y ever did`, `the rental was cheaper than X or Y`.

use super::Kind;
use super::find::Text;
use super::items::{Item, What};
use super::pattern::{Met, Winner};
use super::words::{ANY, AS, BEST, BETTER, BUT, MORE, MOST, NO, PART, SIZE, THAN, THEN, TWICE};

/// How far before a comparative its subject may stand, in items.
const FAR: usize = 14;
/// How far a comparative may stand before its `than`.
const NEAR: usize = 9;
/// How far behind `than` the other name may stand.
const BEHIND: usize = 6;
/// How far apart two `as` may stand.
const APART: usize = 6;

/// What a comparative said, to be told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub met: Met,
    pub kind: Kind,
    pub winner: Winner,
    /// The comparative.
    pub degree: usize,
}

impl Text<'_> {
    /// What the `than` or second `as` at an item says; `before` is what the one before it said.
    pub(super) fn than(&self, at: usize, before: Option<&Said>) -> Option<Said> {
        let item = self.items.get(at)?;
        let close = |at: usize| at.checked_sub(1).is_some_and(|at| self.is_degree(at));
        if item.is(THAN) || item.is(THEN) && (close(at) || close(at.saturating_sub(1))) {
            self.more(at, before)
        } else if item.is(AS) {
            self.alike(at, before)
        } else {
            None
        }
    }

    fn more(&self, than: usize, before: Option<&Said>) -> Option<Said> {
        let start = self.items.sentence_start(than).max(than.saturating_sub(NEAR));
        let degree = (start..than).rev().take_while(|&at| !self.items.get(at).is_some_and(|item| item.what == What::Pause));
        let degree = degree.into_iter().find(|&at| self.is_degree(at))?;
        let b = self.name_behind(than)?;
        let a = self.subject(degree, than, b, before)?;
        let from = self.items.clause_start(degree).max(if a < degree { a + 1 } else { 0 });
        let sign = self.degree(from, degree, than);
        let kind = if self.alike_by_no(degree) { Kind::Equal } else { Kind::Better };
        if sign == 0 && kind != Kind::Equal || self.suspended(degree) {
            return None;
        }
        let wins = (sign > 0) != self.flipped(degree);
        let winner = match kind {
            Kind::Equal => Winner::Nobody,
            _ if wins => Winner::A,
            _ => Winner::B,
        };
        Some(Said { met: Self::around(a, b, degree), kind, winner, degree })
    }

    /// `no better than`, `isn't any worse than`.
    fn alike_by_no(&self, degree: usize) -> bool {
        let Some(before) = degree.checked_sub(1).and_then(|at| self.items.get(at)) else { return false };
        before.is(NO) || before.is(ANY) && self.flipped(degree)
    }

    /// `as good as`: `second` is the second of the two.
    fn alike(&self, second: usize, before: Option<&Said>) -> Option<Said> {
        let start = self.items.sentence_start(second).max(second.saturating_sub(APART));
        let is_first = |at: &usize| self.items.get(*at).is_some_and(|item| item.is(AS | PART | TWICE));
        let first = (start..second.saturating_sub(1)).rev().find(is_first)?;
        let b = self.name_behind(second)?;
        let a = self.subject(first, second, b, before)?;
        if self.suspended(first) {
            return None;
        }
        let from = self.items.clause_start(first).max(if a < first { a + 1 } else { 0 });
        let item = self.items.get(first)?;
        let less = item.is(PART) || self.flipped(first);
        let sign = self.quality(from, first, second);
        let (kind, winner) = match (less, item.is(TWICE)) {
            (false, false) => (Kind::Equal, Winner::Nobody),
            _ if sign == 0 => return None,
            (less, _) => (Kind::Better, if (sign > 0) == less { Winner::B } else { Winner::A }),
        };
        Some(Said { met: Self::around(a, b, first), kind, winner, degree: first })
    }

    fn around(a: usize, b: usize, head: usize) -> Met {
        Met { a: Some(a), b: Some(b), both: None, head: Some(head), start: a.min(head), end: b + 1 }
    }

    /// The name behind `than`: in the same clause, a few words off.
    fn name_behind(&self, at: usize) -> Option<usize> {
        for next in at + 1..=at + BEHIND {
            let item = self.items.get(next)?;
            match item.what {
                What::Name(..) => return Some(next),
                What::Word => {}
                _ => return None,
            }
        }
        None
    }

    /// Whom a comparative is said of: the name between it and `than`, else the nearest one before it that
    /// is not the other one; of a comparison just made (`worse than Dell but better than Lenovo`) its
    /// first.
    fn subject(&self, degree: usize, than: usize, b: usize, before: Option<&Said>) -> Option<usize> {
        let fits = |at: usize| !self.same(at, b);
        if let Some(between) = (degree + 1..than).find(|&at| self.items.get(at).is_some_and(|item| item.names().is_some())) {
            return fits(between).then_some(between);
        }
        let mut near = self.items.name_before(degree, FAR);
        if let (Some(name), Some(said)) = (near, before)
            && said.met.b == Some(name)
        {
            near = said.met.a;
        }
        if let Some(at) = near {
            return if fits(at) { Some(at) } else { self.items.name_before(at, FAR).filter(|&at| fits(at)) };
        }
        self.behind_pause(b).or_else(|| self.sentence_before(degree)).filter(|&at| fits(at))
    }

    /// `cheaper than Uber, Lyft is`.
    fn behind_pause(&self, b: usize) -> Option<usize> {
        (self.items.get(b + 1)?.what == What::Pause).then_some(())?;
        (b + 2..b + 5).find(|&at| self.items.get(at).is_some_and(|item| item.names().is_some()))
    }

    /// `I bought a Dell. Much better than my HP`: the only name of the sentence before, if this one begins
    /// with its comparative.
    fn sentence_before(&self, degree: usize) -> Option<usize> {
        let start = self.items.sentence_start(degree);
        let stop = start.checked_sub(1).filter(|_| degree - start <= 5)?;
        if self.items.asks(stop) {
            return None;
        }
        let from = self.items.sentence_start(stop);
        let mut names = (from..stop).filter(|&at| self.items.get(at).is_some_and(|item| item.names().is_some()));
        let only = names.next()?;
        names.all(|at| self.same(at, only)).then_some(only)
    }

    /// Whether the names of two items share a subject.
    pub(super) fn same(&self, one: usize, other: usize) -> bool {
        let names = |at: usize| self.items.get(at).and_then(Item::names).map_or(&[][..], |names| self.items.subjects(names));
        // A row that holds the other one (`Uber, Lyft and a Toyota`) still has others to be compared.
        let (one, other) = (names(one), names(other));
        one.iter().all(|name| other.contains(name))
    }

    /// `X is good but Y is better`, `Y is the cheaper of the two`: a comparative without `than`.
    pub(super) fn bare(&self, at: usize) -> Option<Said> {
        let item = self.items.get(at)?;
        let graded = item.is(MORE | MOST);
        if !self.is_degree(at) && !item.is(BEST | MOST) {
            return None;
        }
        let (start, end) = (self.items.sentence_start(at), self.items.sentence_end(at));
        let clause = self.items.clause_start(at);
        let of_two = self.items.any(start, end, self.classes.two);
        if self.items.any(at, end.min(at + NEAR), THAN | THEN) || self.suspended(at) || item.is(BEST | MOST) && !of_two {
            return None;
        }
        let name = |at: &usize| self.items.get(*at).is_some_and(|item| item.names().is_some());
        let near = |at: &usize| self.is_single(*at);
        let own = (clause.max(at.saturating_sub(6))..at).rev().find(name).filter(near);
        let behind = || (at + 1..end.min(at + 7)).find(name).filter(|&b| near(&b) && self.items.any(at, b, self.classes.two));
        let own = own.or_else(behind)?;
        let before = || self.sentence_before_but(own);
        let others = |at: &usize| name(at) && !self.same(*at, own);
        let other = (start..end).find(|at| others(at) && !self.same(own, *at)).or_else(|| (start..end).find(others)).or_else(before)?;
        let between = |classes| other < own && self.items.any(other, own, classes);
        let pause = |at: usize| self.items.get(at).is_some_and(|item| item.what == What::Pause);
        let apart = between(BUT) || (other..own).any(pause);
        // `X is nicer, Y is faster`: each has something.
        if !of_two && !apart || between(BETTER | SIZE | MORE | BEST) {
            return None;
        }
        let to = end.min(at + if graded { 3 } else { 2 });
        let sign = self.degree(own.min(at) + 1, at, to);
        let wins = (sign > 0) != self.flipped(at);
        let winner = if wins { Winner::A } else { Winner::B };
        (sign != 0).then(|| Said { met: Self::around(own, other, at), kind: Kind::Better, winner, degree: at })
    }

    /// `X is good. But Y is better`: the only name of the sentence before the one that begins with `but`.
    fn sentence_before_but(&self, own: usize) -> Option<usize> {
        let start = self.items.sentence_start(own);
        let but = self.items.get(start).is_some_and(|item| item.is(BUT));
        but.then(|| self.sentence_before(start)).flatten().filter(|&at| !self.same(at, own))
    }

    fn is_single(&self, at: usize) -> bool {
        self.items.get(at).and_then(Item::names).is_some_and(|names| self.items.subjects(names).len() == 1)
    }
}
