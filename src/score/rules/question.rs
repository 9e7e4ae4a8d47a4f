//! A genuine question asks and does not judge: in a sentence that begins like one (`Is it any good?`)
//! opinions in words do not count; in any other with a question mark (`Why is it so slow?`) they count less.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs, Unit};
use crate::score::hits::Change;
use crate::text::{Kind, Shape};

pub const RULE: Rule = Rule { name: "question", summary: "a genuine question asks and does not judge", needs: Signs::ASKS, apply };

const GENUINE: i32 = 0;
const OTHER: i32 = 700;

fn apply(post: &Post, change: &mut Change) {
    if change.hits().is_empty() {
        return;
    }
    for (stop, unit) in post.units().iter().enumerate() {
        let asks = unit.kind == Kind::Stop && unit.shape.has(Shape::ASKS) && !unit.shape.has(Shape::EXCLAIMS);
        if !asks {
            continue;
        }
        let start = post.sentence_start(stop);
        let genuine = first_word(post, start).is_some_and(|first| matches!(first.role, Role::Asker | Role::Irrealis));
        for hit in change.from_unit(start)..change.from_unit(stop) {
            if !post.is_face(change.hits()[hit].unit as usize) {
                change.scale(hit, if genuine { GENUINE } else { OTHER }, stop);
            }
        }
    }
}

/// The first word of the sentence that begins with the unit `start`, if it is a unit.
fn first_word<'p>(post: &'p Post, start: usize) -> Option<&'p Unit> {
    let tokens = post.reading.tokens().as_slice();
    let begin = start.checked_sub(1).map_or(0, |stop| post.units()[stop].last as usize + 1);
    let first = begin + tokens.get(begin..)?.iter().position(|token| token.kind == Kind::Word)?;
    post.units()[start..].iter().find(|unit| unit.first as usize >= first).filter(|unit| unit.first as usize == first)
}
