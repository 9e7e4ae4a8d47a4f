//! Too much of anything is a complaint: `too small`, `way too loud` find one at a word of degree that
//! has no opinion of its own; what is bad already gets worse. `too good` stays praise.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::{Change, units_with};

pub const RULE: Rule = Rule { name: "excess", summary: "too much of a degree is a complaint", needs: Signs::role(Role::Excess), apply };

/// The complaint in `too` with a word of degree, in thousandths.
const COMPLAINT: i32 = -1700;
const WORSE: i32 = 1300;

fn apply(post: &Post, change: &mut Change) {
    for (at, excess) in units_with(post.units(), |role| role == Role::Excess) {
        let Some(next) = post.units().get(at + 1) else { continue };
        if next.role == Role::Scale {
            change.add(at + 1, COMPLAINT * excess.value / 1000, at);
        } else if let Some(hit) = change.at_unit(at + 1)
            && change.hits()[hit].value < 0
        {
            change.scale(hit, WORSE, at);
        }
    }
}
