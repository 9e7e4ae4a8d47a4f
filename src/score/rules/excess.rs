//! Too much of anything is a complaint: `too small`, `way too loud` find one at a word of degree that
//! has no opinion of its own; what is bad already gets worse. `too good` stays praise.
//! Praise that `too` rules out, `too small to be useful`, does not count.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::{Change, units_with};

pub const RULE: Rule = Rule { name: "excess", summary: "too much of a degree is a complaint", needs: Signs::role(Role::Excess), apply };

/// The complaint in `too` with a word of degree, in thousandths.
const COMPLAINT: i32 = -1700;
const WORSE: i32 = 1300;

fn apply(post: &Post, change: &mut Change) {
    for (at, excess) in units_with(post.units(), |role| role == Role::Excess) {
        let Some(next) = post.next_to(at) else { continue };
        if next.role == Role::Scale {
            change.add(at + 1, COMPLAINT * excess.value / 1000, at);
            rule_out(post, change, at + 1);
        } else if let Some(hit) = change.at_unit(at + 1)
            && change.hits()[hit].value < 0
        {
            change.scale(hit, WORSE, at);
        }
    }
}

/// The words that `too small` is followed by when it rules something out: `to be useful`.
const RULED_OUT: usize = 3;

fn rule_out(post: &Post, change: &mut Change, scale: usize) {
    if post.next_to(scale).is_none_or(|unit| unit.role != Role::Purpose) {
        return;
    }
    for hit in change.from_unit(scale + 1)..change.from_unit(post.clause_end(scale)) {
        let opinion = change.hits()[hit];
        if opinion.value > 0 && post.distance(scale, opinion.unit as usize) <= RULED_OUT {
            change.set(hit, 0, scale);
        }
    }
}
