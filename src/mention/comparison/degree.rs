//! Which way a comparative points. In: the item of a comparative with its surroundings. Out: 1 if what it
//! is said of is better off, -1 if worse, 0 if nobody can tell. Separate because `more`, `longer` and
//! `faster` mean little by themselves: `lasts longer`, `takes longer`, `more ads`, `dies faster`.

use super::find::Text;
use super::items::{Item, What};
use super::words::{BEST, BETTER, GRADABLE, LIKE, MORE, MOST, OFTEN, PACE, RUN, SIZE, SMALL, SPEND, THAN, THEN, THING, TOPIC, WARD};

impl Text<'_> {
    /// Whether an item is a comparative.
    pub(super) fn is_degree(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| item.is(BETTER | SIZE | MORE))
    }

    /// The sign of the comparative at `at`; what belongs to it stands between `from` and `to`.
    pub(super) fn degree(&self, from: usize, at: usize, to: usize) -> i32 {
        let Some(item) = self.items.get(at) else { return 0 };
        let right = |class| self.first(at + 1, to, class);
        let left = |class| self.last(from, at, class);
        let sign = |item: Option<&Item>, class| item.map_or(0, |item| item.sign(class));
        let verb = left(RUN | SPEND | WARD);
        if item.is(BEST) {
            return item.sign(BEST);
        }
        if item.is(BETTER) && item.sign(BETTER) != 0 {
            let bad = sign(verb, RUN) < 0 || sign(right(RUN), RUN) < 0;
            return if item.is(PACE) && bad { -item.sign(PACE) } else { item.sign(BETTER) };
        }
        if item.is(SIZE) {
            let thing = [sign(right(THING), THING), sign(verb, RUN), sign(left(THING), THING)];
            return item.sign(SIZE) * thing.into_iter().find(|&sign| sign != 0).unwrap_or(0);
        }
        let more = item.sign(MORE) + item.sign(MOST);
        let gradable = sign(right(GRADABLE), GRADABLE);
        if gradable != 0 {
            return more * gradable;
        }
        let thing = sign(right(THING), THING);
        if let Some(verb) = verb.filter(|verb| verb.is(SPEND | WARD)) {
            return more * if verb.is(SPEND) { -1 } else { -thing };
        }
        let liking = self.last(self.items.clause_start(at), at, LIKE);
        // The verb tells only if it has no other object: `breaks more often`, not `takes more pictures`.
        let next = self.items.get(at + 1);
        let direct = i32::from(next.is_none_or(|next| next.what != What::Word || next.is(THAN | THEN | TOPIC | SMALL | OFTEN)));
        let often = i32::from(next.is_some_and(|next| next.is(OFTEN)));
        let run = sign(verb, RUN) * direct;
        let known = [thing, run * often, self.opinion(at + 1, to), run, sign(liking, LIKE) * direct];
        more * known.into_iter().find(|&sign| sign != 0).unwrap_or(0)
    }

    /// The sign of what stands between two `as`.
    pub(super) fn quality(&self, from: usize, at: usize, to: usize) -> i32 {
        let sign = |item: Option<&Item>, class| item.map_or(0, |item| item.sign(class));
        let verb = self.last(from, at, RUN | SPEND | LIKE);
        let spent = -i32::from(verb.is_some_and(|verb| verb.is(SPEND)));
        let verb = sign(verb, RUN) + sign(verb, LIKE);
        let thing = sign(self.first(at, to, THING), THING);
        let known = [sign(self.first(at, to, GRADABLE), GRADABLE), spent, thing, self.opinion(at, to), verb];
        known.into_iter().find(|&sign| sign != 0).unwrap_or(0)
    }

    fn first(&self, from: usize, to: usize, class: u128) -> Option<&Item> {
        self.items.list.get(from..to)?.iter().find(|item| item.is(class))
    }

    fn last(&self, from: usize, to: usize, class: u128) -> Option<&Item> {
        self.items.list.get(from..to)?.iter().rev().find(|item| item.is(class))
    }
}
