//! Fans and critics. In: the summary, and what themes an author raises. Out: people, ranked. Separate because people
//! are shown under rules of their own: nobody is ranked by one or two posts, means of few posts count for less,
//! and neither a name nor the order of names shows where that was not asked for.

use super::build::{Context, Pseudonyms};
use super::model::{People, Person};
use crate::input::dates::date_of;
use crate::score::Polarity;
use crate::score::measure::ONE;
use crate::stats::{Crowd, Estimate, Shrinkage};
use crate::summary::Summary;
use crate::summary::distinct::hash;
use crate::summary::people::Wrote;
use std::cmp::{Ordering, Reverse};

/// Somebody who wrote enough to be ranked.
struct Ranked<'s> {
    name: &'s str,
    wrote: &'s Wrote,
    score: Estimate,
}

/// The people; none without authors, and if nobody is to be shown. `themes_of` tells what themes an author raises,
/// by name, the most frequent first.
pub(super) fn people(
    summary: &Summary,
    context: &Context,
    themes_of: &dyn Fn(&str) -> Vec<String>,
    names: &mut Pseudonyms<'_>,
) -> Option<People> {
    if summary.people.is_empty() || context.fans + context.critics == 0 {
        return None;
    }
    let least = context.least_posts.max(1);
    let enough = || summary.people.iter().filter(|(_, wrote)| wrote.records() >= least);
    let mut people = People { least, ranked: enough().count() as u64, sample: summary.people.sample(), ..People::default() };
    let mut crowd = Crowd::default();
    summary.people.iter().for_each(|(_, wrote)| crowd.add(wrote.records(), wrote.sum, wrote.squares));
    let rule = match crowd.shrinkage(f64::from(ONE)) {
        _ if people.ranked == 0 => Err(format!("no author of {least} or more scored posts")),
        None => Err("one author, or one post each: nothing to compare".to_owned()),
        Some(rule) if rule.between == 0.0 => Err("authors differ no more than chance makes them".to_owned()),
        Some(rule) => Ok(rule),
    };
    match rule {
        Err(reason) => people.reason = Some(reason),
        Ok(rule) => {
            let ranked: Vec<Ranked> = enough().map(|(name, wrote)| Ranked::of(name, wrote, &rule)).collect();
            let mut side = |most: usize, sign: f64| {
                let mut list: Vec<&Ranked> = ranked.iter().filter(|one| sign * (one.mean() - rule.grand) > 0.0).collect();
                list.sort_by(|a, b| a.order(b, sign));
                list.into_iter().take(most).map(|one| one.person(themes_of, names)).collect::<Vec<Person>>()
            };
            people.fans = side(context.fans, 1.0);
            people.critics = side(context.critics, -1.0);
        }
    }
    Some(people)
}

impl<'s> Ranked<'s> {
    fn of(name: &'s str, wrote: &'s Wrote, rule: &Shrinkage) -> Self {
        let mut one = Self { name, wrote, score: Estimate::default() };
        one.score = rule.shrunken(wrote.records(), one.mean());
        one
    }

    fn mean(&self) -> f64 {
        self.wrote.sum as f64 / self.wrote.records().max(1) as f64 / f64::from(ONE)
    }

    fn last(&self) -> Option<i32> {
        self.wrote.days().map(|(_, last)| last)
    }

    /// By the shrunken mean; of equals who wrote more comes first, then who wrote last, then a draw by a hash of
    /// the name, whose order says nothing of the name.
    fn order(&self, other: &Self, sign: f64) -> Ordering {
        let rest = |one: &Self| (Reverse(one.wrote.records()), Reverse(one.last()), hash(one.name.as_bytes()));
        let by_score = (sign * other.score.value).total_cmp(&(sign * self.score.value));
        by_score.then_with(|| rest(self).cmp(&rest(other))).then_with(|| self.name.cmp(other.name))
    }

    fn person(&self, themes_of: &dyn Fn(&str) -> Vec<String>, names: &mut Pseudonyms<'_>) -> Person {
        Person {
            author: names.of(self.name),
            posts: self.wrote.records(),
            positive: self.wrote.count(Polarity::Positive),
            negative: self.wrote.count(Polarity::Negative),
            score: Estimate { low: self.score.low.max(-1.0), high: self.score.high.min(1.0), ..self.score },
            mean: (self.mean() * 1e4).round() / 1e4 + 0.0,
            last: self.last().and_then(date_of).map(|date| date.to_string()),
            themes: themes_of(self.name),
        }
    }
}
