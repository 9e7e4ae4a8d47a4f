//! In what two subjects are compared. In: items around a comparison. Out: the words that name it. Separate
//! because who wins does not depend on it.

use super::On;
use super::find::Text;
use super::items::What;
use super::pattern::Met;
use super::words::{BETTER, BLOCK, BUT, CARGO, Classes, GRADABLE, LIKE, MORE, NOT, RUN, SIZE, SMALL, SPEND, THAN, THING, TOPIC, WARD};
use crate::text::Shape;

/// Most words of an aspect.
const LONGEST: usize = 3;
/// How far behind the last name its topic may be named.
const BEHIND: usize = 5;
/// Words that no aspect holds.
const OTHER: Classes = SMALL | TOPIC | BUT | NOT | LIKE | MORE | BETTER | SIZE | THAN;

impl Text<'_> {
    /// The aspect of what was met: what belongs to a name (`HP's battery`), what there is more of (`more
    /// ads`), a topic (`for gaming`), what follows a name (`JetBlue seats`), or what the comparative implies
    /// (`cheaper`).
    pub(super) fn on(&self, met: &Met, degree: Option<usize>) -> Option<On> {
        let names = [met.a, met.b];
        let owned = || names.iter().flatten().find_map(|&at| self.belongs(at, true));
        let thing = || degree.and_then(|at| self.thing(at));
        let topic = || self.topic(degree.unwrap_or(met.start), met);
        let part = || names.iter().flatten().find_map(|&at| self.belongs(at, false));
        owned().or_else(thing).or_else(topic).or_else(part).or_else(|| self.implied(met, degree))
    }

    fn words(&self, from: usize, most: usize, ends: Classes) -> Option<On> {
        let items = self.items.list.get(from..)?;
        let count = items.iter().take(most).take_while(|item| item.what == What::Word && !item.is(ends)).count();
        let items = items.get(..count)?;
        Some(On::Tokens { first: items.first()?.first, last: items.last()?.last })
    }

    /// What follows a name: if it is said to be its own, up to the verb; else one thing before a verb.
    fn belongs(&self, name: usize, owned: bool) -> Option<On> {
        let item = self.items.get(name)?;
        let tokens = self.reading.tokens().as_slice();
        let own = tokens.get(item.last as usize).is_some_and(|token| token.shape.has(Shape::APOSTROPHE));
        if own {
            return self.words(name + 1, LONGEST, !(THING | BLOCK | CARGO));
        }
        let (thing, verb) = (self.items.get(name + 1)?, self.items.get(name + 2)?);
        let plain = thing.what == What::Word && (thing.is(THING) || thing.entry.classes == 0);
        let fits = !owned && plain && verb.is(SMALL | RUN | NOT | self.classes.beat) && !verb.is(BLOCK | TOPIC | THAN);
        fits.then(|| self.words(name + 1, 1, 0)).flatten()
    }

    /// What there is more of, or what is better: between the comparative and `than`.
    fn thing(&self, degree: usize) -> Option<On> {
        let (item, next) = (self.items.get(degree)?, self.items.get(degree + 1)?);
        let spent = || {
            let from = self.items.clause_start(degree);
            self.items.any(from, degree, SPEND | WARD)
        };
        let fits = if item.is(MORE) { next.is(THING) || spent() } else { item.is(BETTER | SIZE) };
        let plain = next.what == What::Word && next.entry.classes & !CARGO == 0 || next.is(THING);
        (fits && plain).then(|| self.words(degree + 1, 2, OTHER)).flatten()
    }

    /// What is named behind `for`, `on`, `when it comes to`, without an article.
    fn topic(&self, from: usize, met: &Met) -> Option<On> {
        let last = [met.a, met.b, met.both, met.end.checked_sub(1)].into_iter().flatten().max()?;
        let end = self.items.sentence_end(last).min(last + BEHIND);
        let pause = |at: &usize| self.items.get(*at).is_none_or(|item| item.what == What::Pause);
        let end = (last..end).find(pause).unwrap_or(end);
        let topics = (from..end).filter(|&at| self.items.get(at).is_some_and(|item| item.is(TOPIC)));
        topics.into_iter().find_map(|at| {
            let big = self.items.get(at + 1).is_some_and(|item| item.is(SMALL) && !item.is(super::words::ARTICLE));
            self.words(at + 1 + usize::from(big), 2, !(THING | CARGO | RUN | SPEND | GRADABLE))
        })
    }

    /// What the comparative, or the words beside it, imply.
    fn implied(&self, met: &Met, degree: Option<usize>) -> Option<On> {
        let at = degree.or(met.head)?;
        let near = self.items.list.get(at.saturating_sub(1)..(at + 3).min(self.items.list.len()))?;
        near.iter().map(|item| item.entry.aspect).find(|&aspect| aspect > 0).map(On::Implied)
    }
}
