//! Ratings in the text are opinions: `5 stars`, `2/10`, `4.5 out of 5`, `★★★★☆`. Full marks are worth
//! 3.4 points, none -3.4, the middle is a faint complaint, as readers take it. `24/7`, `50/50` and
//! dates are not ratings: only scales of 5, 10 and 100 are known, and the number must fit. Numbers
//! behind `page`, `on` and the like count or date, they do not rate.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::Change;
use crate::text::{Kind, number};

pub const RULE: Rule =
    Rule { name: "rating", summary: "ratings in the text are opinions", needs: Signs::NUMBER.with(Signs::PICTURE), apply };

/// Points per whole scale, in thousandths, and the share of the scale that is worth nothing.
const SPAN: i64 = 7500;
const NOTHING: i64 = 550;
const MOST: i64 = 3400;

fn apply(post: &Post, change: &mut Change) {
    let units = post.units();
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        let found = match unit.kind {
            Kind::Number => in_digits(post, at),
            Kind::Emoji => in_stars(post, at),
            _ => None,
        };
        if let Some((share, last)) = found {
            for unit in at..=last {
                if let Some(hit) = change.at_unit(unit) {
                    change.set(hit, 0, at);
                }
            }
            change.add(at, worth(share), last);
            at = last;
        }
        at += 1;
    }
}

/// Points of a share of the scale, both in thousandths.
#[allow(clippy::cast_possible_truncation)] // within ±MOST
fn worth(share: i64) -> i32 {
    ((share - NOTHING) * SPAN / 1000).clamp(-MOST, MOST) as i32
}

/// `2/10`, `4 out of 5`, `5 stars`: the share of the scale and the last unit.
fn in_digits(post: &Post, at: usize) -> Option<(i64, usize)> {
    if at > 0 && post.units()[at - 1].role == Role::Numbering && post.distance(at - 1, at) == 1 {
        return None;
    }
    let value = value(post, at)?;
    let next = post.next_to(at)?;
    let unit_of_rating = next.role == Role::RatingUnit;
    if (next.kind == Kind::Slash || unit_of_rating)
        && let Some(scale) = post.next_to(at + 1).filter(|unit| unit.kind == Kind::Number)
    {
        let scale = thousandths(post, scale.first as usize)?;
        let known = matches!(scale, 5_000 | 10_000 | 100_000);
        return (known && value <= scale).then(|| (value * 1000 / scale, at + 2));
    }
    // One star of five is the least one can give, so stars begin at one.
    (unit_of_rating && value <= 5_000 && !text_of(post, at + 1).contains(' ')).then(|| (((value - 1000).max(0)) / 4, at + 1))
}

/// Stars of a full rating.
const MOST_STARS: usize = 5;

/// A run of stars, some of them empty: `★★★☆☆`, `⭐⭐`.
fn in_stars(post: &Post, at: usize) -> Option<(i64, usize)> {
    let goes_on = |i: usize| is_star(text_of(post, i)) && post.distance(i - 1, i) == 1;
    if !is_star(text_of(post, at)) || (at > 0 && is_star(text_of(post, at - 1)) && goes_on(at)) {
        return None; // no star, or inside a run that has been looked at
    }
    // One more than a rating has is enough to see that it is none.
    let run = std::iter::once(at).chain((at + 1..post.units().len()).take_while(|&i| goes_on(i))).take(MOST_STARS + 1);
    let (mut full, mut empty, mut last) = (0i64, 0i64, at);
    for unit in run {
        let hollow = text_of(post, unit).starts_with('☆');
        (full, empty, last) = (full + i64::from(!hollow), empty + i64::from(hollow), unit);
    }
    let total = full + empty;
    let rating = total == 5 || (empty == 0 && (2..5).contains(&full));
    rating.then(|| ((full - 1).max(0) * 250, last))
}

fn is_star(text: &str) -> bool {
    text.starts_with(['★', '☆', '⭐', '🌟'])
}

fn value(post: &Post, at: usize) -> Option<i64> {
    thousandths(post, post.units().get(at)?.first as usize)
}

fn thousandths(post: &Post, token: usize) -> Option<i64> {
    number::thousandths(post.reading.tokens().as_slice().get(token)?.of(post.text))
}

fn text_of<'p>(post: &'p Post, at: usize) -> &'p str {
    post.units().get(at).map_or("", |unit| post.word(unit))
}
