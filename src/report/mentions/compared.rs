//! Who is said to be better than whom. In: comparisons by winner, loser and kind. Out: a row for two
//! subjects. Separate because a comparison belongs to neither of them alone.

use super::part;
use crate::redact::redact;
use crate::report::build::Context;
use crate::report::model::{Comparison, FEW, Ground};
use crate::summary::Mentions;
use crate::summary::mentions::{Bouts, Contest};
use std::collections::{BTreeMap, BTreeSet};

/// Most grounds of a comparison.
const GROUNDS: usize = 5;

/// The comparisons, the most frequent first.
pub(super) fn comparisons(heard: &Mentions, context: &Context) -> Vec<Comparison> {
    let met = heard.contests.keys().map(|&(one, other, _)| (one.min(other), one.max(other)));
    let pairs: BTreeSet<(u32, u32)> = met.chain(heard.draws.keys().copied()).collect();
    let mut list: Vec<Comparison> = pairs.into_iter().filter_map(|pair| comparison(heard, pair, context)).collect();
    let number = |c: &Comparison| c.wins.count + c.losses + c.draws + c.switches_to + c.switches_from;
    list.sort_by(|a, b| number(b).cmp(&number(a)).then_with(|| (&a.name, &a.other).cmp(&(&b.name, &b.other))));
    list
}

fn comparison(heard: &Mentions, (one, other): (u32, u32), context: &Context) -> Option<Comparison> {
    let name = |number: u32| context.subjects.get(number as usize).map(|note| note.name.as_str());
    let bouts = |winner, loser, kind| heard.contests.get(&(winner, loser, kind));
    let count = |winner, loser, kind| bouts(winner, loser, kind).map_or(0, |bouts| bouts.count);
    let order = |a, b| {
        let ahead = |a, b| (count(a, b, Contest::Better), count(a, b, Contest::Switch));
        ahead(b, a).cmp(&ahead(a, b)).then_with(|| name(a).cmp(&name(b)))
    };
    let (one, other) = if order(one, other).is_le() { (one, other) } else { (other, one) };
    let (wins, losses) = (count(one, other, Contest::Better), count(other, one, Contest::Better));
    Some(Comparison {
        name: name(one)?.to_owned(),
        other: name(other)?.to_owned(),
        wins: part(wins, wins + losses),
        losses,
        draws: heard.draws.get(&(one.min(other), one.max(other))).copied().unwrap_or_default(),
        few: wins + losses < FEW,
        on: grounds(bouts(one, other, Contest::Better), bouts(other, one, Contest::Better), context.unredacted),
        switches_to: count(one, other, Contest::Switch),
        switches_from: count(other, one, Contest::Switch),
    })
}

fn grounds(won: Option<&Bouts>, lost: Option<&Bouts>, unredacted: bool) -> Vec<Ground> {
    let mut by_name: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let clean = |name: &str| if unredacted { name.to_owned() } else { redact(name).into_owned() };
    for (name, count) in won.iter().flat_map(|bouts| &bouts.on) {
        by_name.entry(clean(name)).or_default().0 += count;
    }
    for (name, count) in lost.iter().flat_map(|bouts| &bouts.on) {
        by_name.entry(clean(name)).or_default().1 += count;
    }
    let mut grounds: Vec<Ground> = by_name.into_iter().map(|(name, (wins, losses))| Ground { name, wins, losses }).collect();
    grounds.sort_by(|a, b| (b.wins + b.losses).cmp(&(a.wins + a.losses)).then_with(|| a.name.cmp(&b.name)));
    grounds.truncate(GROUNDS);
    grounds
}
