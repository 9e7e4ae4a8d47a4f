//! Boosters and dampeners change the opinion beside them: `very good` counts 30 % more, `slightly
//! annoying` 40 % less, by the strength in the lexicon. They reach forward over up to three words of
//! the clause; if there is no opinion, back over two: `helps a lot`.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::{Change, units_with};

pub const RULE: Rule = Rule {
    name: "booster",
    summary: "boosters and dampeners change the opinion beside them",
    needs: Signs::role(Role::Booster).with(Signs::role(Role::Dampener)),
    apply,
};

const AHEAD: usize = 3;
const BACK: usize = 2;

fn apply(post: &Post, change: &mut Change) {
    for (at, unit) in units_with(post.units(), |role| matches!(role, Role::Booster | Role::Dampener)) {
        if let Some(hit) = ahead(post, change, at).or_else(|| back(post, change, at)) {
            change.scale(hit, unit.value, at);
        }
    }
}

fn ahead(post: &Post, change: &Change, at: usize) -> Option<usize> {
    (at + 1..post.clause_end(at)).take_while(|&unit| post.distance(at, unit) <= AHEAD).find_map(|unit| change.at_unit(unit))
}

fn back(post: &Post, change: &Change, at: usize) -> Option<usize> {
    let near = |unit: &usize| post.distance(*unit, at) <= BACK && !post.units()[*unit].ends_clause();
    (0..at).rev().take_while(near).find_map(|unit| change.at_unit(unit))
}
