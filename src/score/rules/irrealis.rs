//! What is wished, supposed or past is not so. Praise behind `would be`, `if`, `hope` counts little,
//! behind `I wish`, `if only`, `could be` it is a complaint, by the strength in the lexicon; praise
//! behind `should have been` or `used to be` is a complaint; complaints behind any of them count half.
//! Each reaches to the end of its clause.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::{Change, units_with};

pub const RULE: Rule = Rule { name: "irrealis", summary: "what is wished, supposed or past is not so", needs: Signs::role(Role::Irrealis).with(Signs::role(Role::Missed)).with(Signs::role(Role::Past)), apply };

const MISSED: i32 = -700;
const PAST: i32 = -700;
const COMPLAINT: i32 = 500;
const REACH: usize = 8;

fn apply(post: &Post, change: &mut Change) {
    let mut done = 0;
    for (at, unit) in units_with(post.units(), |role| matches!(role, Role::Irrealis | Role::Missed | Role::Past)) {
        let of_praise = match unit.role {
            Role::Irrealis => unit.value,
            Role::Missed => MISSED,
            _ => PAST * unit.value / 1000,
        };
        let end = post.clause_end(at).min(at + 1 + REACH);
        for hit in change.from_unit(at + 1).max(done)..change.hits().len() {
            let opinion = change.hits()[hit];
            if opinion.unit as usize >= end || crosses(post, at, opinion.unit as usize) {
                break;
            }
            let factor = if opinion.value > 0 { of_praise } else { COMPLAINT };
            change.scale(hit, factor, at);
            done = hit + 1;
        }
    }
}

fn crosses(post: &Post, from: usize, to: usize) -> bool {
    post.units()[from + 1..to].iter().any(|unit| matches!(unit.role, Role::Contrast | Role::Concession))
}
