//! `but` and its kind: what follows in the sentence counts a third more, what came before a third less
//! (Polanyi and Zaenen 2006 on contextual valence shifters). `although`, `despite`: the clause they
//! open counts about a third.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::{Change, units_with};

pub const RULE: Rule = Rule {
    name: "contrast",
    summary: "but: what follows counts more, what came before less",
    needs: Signs::role(Role::Contrast).with(Signs::role(Role::Concession)),
    apply,
};

const BEFORE: i32 = 670;
const AFTER: i32 = 1330;
const CONCEDED: i32 = 350;

fn apply(post: &Post, change: &mut Change) {
    for (at, unit) in units_with(post.units(), |role| matches!(role, Role::Contrast | Role::Concession)) {
        if unit.role == Role::Contrast {
            let start = post.sentence_start(at);
            scale_between(change, start, at, BEFORE, at);
            if !post.opens_sentence(at) {
                scale_between(change, at, post.sentence_end(at), AFTER, at);
            }
        } else {
            scale_between(change, at, post.clause_end(at), CONCEDED, at);
        }
    }
}

fn scale_between(change: &mut Change, from: usize, to: usize, factor: i32, cause: usize) {
    for hit in change.from_unit(from)..change.from_unit(to) {
        change.scale(hit, factor, cause);
    }
}
