//! Whether a query holds, and where. In: the places of its terms in one text. Out: the places that
//! count. Separate because it is asked only of the few queries that some term of a text belongs to.

use super::Fields;
use super::compile::Take;
use super::found::{Hit, Place};
use super::query::Condition;
use super::term::is_silent;
use crate::text::Token;

/// A query, ready.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Any term of an atom.
    Atom(u32),
    /// A column, by its number.
    Field(usize, Condition),
    /// Left within so many words of right.
    Near(Box<Self>, Box<Self>, u32),
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
}

impl Node {
    /// Whether it can be true, and can be false, where no term is in the text.
    pub(super) fn without_hits(&self) -> (bool, bool) {
        match self {
            Self::Atom(_) | Self::Near(..) => (false, true),
            Self::Field(..) => (true, true),
            Self::Not(inner) => {
                let (yes, no) = inner.without_hits();
                (no, yes)
            }
            Self::And(all) => (all.iter().all(|node| node.without_hits().0), all.iter().any(|node| node.without_hits().1)),
            Self::Or(all) => (all.iter().any(|node| node.without_hits().0), all.iter().all(|node| node.without_hits().1)),
        }
    }
}

/// What a query is asked with.
pub(super) struct Run<'a> {
    /// Hits of the subject, by atom and place.
    pub hits: &'a mut [Hit],
    pub places: &'a mut Vec<Place>,
    pub words: &'a mut Vec<u32>,
    pub folded: &'a mut String,
    pub tokens: &'a [Token],
    pub columns: &'a [String],
    pub fields: &'a dyn Fields,
}

impl Run<'_> {
    /// Takes away the places that an exception covers.
    pub(super) fn take(&mut self, take: Take) {
        let (from, to) = (self.atom_start(take.from), self.atom_start(take.to));
        let (first, end) = (self.atom_start(take.atom), self.atom_start(take.atom + 1));
        if first == end {
            return;
        }
        let (mut atom, mut next, mut reach) = (u32::MAX, first, 0);
        for at in from..to {
            let Some(&hit) = self.hits.get(at) else { return };
            if hit.atom != atom {
                (atom, next, reach) = (hit.atom, first, 0);
            }
            while let Some(cover) = self.hits.get(next).filter(|cover| next < end && cover.place.start <= hit.place.start) {
                reach = reach.max(cover.place.end);
                next += 1;
            }
            if let Some(hit) = self.hits.get_mut(at) {
                hit.place.counts &= reach < hit.place.end;
            }
        }
    }

    fn atom_start(&self, atom: u32) -> usize {
        self.hits.partition_point(|hit| hit.atom < atom)
    }

    /// Whether a node is true; if so, its places are added, if not, none.
    pub(super) fn holds(&mut self, node: &Node) -> bool {
        let base = self.places.len();
        match node {
            Node::Atom(atom) => {
                let (from, to) = (self.atom_start(*atom), self.atom_start(*atom + 1));
                let hits = self.hits.get(from..to).unwrap_or(&[]);
                self.places.extend(hits.iter().map(|hit| hit.place).filter(|place| place.counts));
                self.places.len() > base
            }
            Node::Field(column, condition) => self.field(*column, condition),
            Node::Not(inner) => {
                let holds = self.holds(inner);
                self.places.truncate(base);
                !holds
            }
            Node::Or(all) => all.iter().fold(false, |any, node| self.holds(node) | any),
            Node::And(all) => self.all(all, base),
            Node::Near(left, right, words) => {
                let left = self.holds(left);
                let middle = self.places.len();
                let near = left && self.holds(right) && self.near(base, middle, *words);
                if !near {
                    self.places.truncate(base);
                }
                near
            }
        }
    }

    /// All are true; the first that has places gives them.
    fn all(&mut self, all: &[Node], base: usize) -> bool {
        let mut keep = base;
        for node in all {
            if !self.holds(node) {
                self.places.truncate(base);
                return false;
            }
            if keep > base {
                self.places.truncate(keep);
            }
            keep = self.places.len();
        }
        true
    }

    fn field(&mut self, column: usize, condition: &Condition) -> bool {
        let Some(value) = self.columns.get(column).and_then(|name| self.fields.value(name)) else { return false };
        self.folded.clear();
        self.folded.extend(value.trim().chars().flat_map(char::to_lowercase));
        condition.holds(self.folded)
    }

    /// Keeps, of the places from `base` to `middle`, those near one of the places behind.
    fn near(&mut self, base: usize, middle: usize, words: u32) -> bool {
        self.count_words();
        let before = |at: u32| self.words.get(at as usize).copied().unwrap_or(0);
        let Some((left, right)) = self.places.get_mut(base..).and_then(|places| places.split_at_mut_checked(middle - base)) else {
            return false;
        };
        right.sort_unstable_by_key(|place| place.start);
        for place in left.iter_mut() {
            let next = right.get(right.partition_point(|other| other.start < place.end));
            place.counts = next.is_some_and(|next| before(next.first).saturating_sub(before(place.last + 1)) <= words);
        }
        right.sort_unstable_by_key(|place| place.end);
        for place in left.iter_mut() {
            let last = right.partition_point(|other| other.end <= place.start).checked_sub(1).and_then(|at| right.get(at));
            place.counts |= last.is_some_and(|last| before(place.first).saturating_sub(before(last.last + 1)) <= words);
        }
        let mut kept = base;
        for at in base..middle {
            if let Some(&place) = self.places.get(at).filter(|place| place.counts)
                && let Some(slot) = self.places.get_mut(kept)
            {
                *slot = place;
                kept += 1;
            }
        }
        self.places.truncate(kept);
        kept > base
    }

    /// Counts the words before each token, once for a text.
    fn count_words(&mut self) {
        if !self.words.is_empty() {
            return;
        }
        let mut count = 0;
        self.words.push(0);
        self.words.extend(self.tokens.iter().map(|token| {
            count += u32::from(!is_silent(token.kind));
            count
        }));
    }
}
