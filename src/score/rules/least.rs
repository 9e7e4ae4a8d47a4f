//! `least` turns the opinion right behind it: `the least helpful staff`.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::{Change, units_with};

pub const RULE: Rule = Rule { name: "least", summary: "least turns the opinion right behind it", needs: Signs::role(Role::Least), apply };

const FACTOR: i32 = -700;

fn apply(post: &Post, change: &mut Change) {
    for (at, _) in units_with(post.units(), |role| role == Role::Least) {
        if let Some(hit) = post.next_to(at).and_then(|_| change.at_unit(at + 1)) {
            change.scale(hit, FACTOR, at);
        }
    }
}
