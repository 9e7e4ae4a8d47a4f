//! What is wished, supposed or past is not so. Praise behind `would be`, `if`, `hope` counts little,
//! behind `I wish`, `if only`, `could be` it is a complaint, by the strength in the lexicon; praise
//! behind `should have been` or `used to be` is a complaint. Complaints behind any of them count half,
//! or less if praise does, those of the past a quarter. A strong wish without an opinion behind it
//! (`I wish the battery lasted longer`) is a faint complaint itself. Each reaches to the end of its
//! clause; emoji stand outside.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::{Change, units_with};

pub const RULE: Rule = Rule {
    name: "irrealis",
    summary: "what is wished, supposed or past is not so",
    needs: Signs::role(Role::Irrealis).with(Signs::role(Role::Missed)).with(Signs::role(Role::Past)),
    apply,
};

const MISSED: i32 = -700;
const PAST: i32 = -700;
const COMPLAINT: i32 = 500;
const OVER: i32 = 250;
const REACH: usize = 8;
/// Strength from which a wish is strong, and the complaint in it, in thousandths of a point.
const STRONG: i32 = -500;
const WISH: i32 = -700;

fn apply(post: &Post, change: &mut Change) {
    let mut done = 0;
    for (at, unit) in units_with(post.units(), |role| matches!(role, Role::Irrealis | Role::Missed | Role::Past)) {
        let of_praise = match unit.role {
            Role::Irrealis => unit.value,
            Role::Missed => MISSED,
            _ => PAST * unit.value / 1000,
        };
        let complaint = match unit.role {
            Role::Irrealis => COMPLAINT.min(of_praise.abs()),
            Role::Missed => COMPLAINT,
            _ => OVER,
        };
        let end = post.clause_end(at);
        let first = change.from_unit(at + 1).max(done);
        for hit in first..change.hits().len() {
            let opinion = change.hits()[hit];
            let place = opinion.unit as usize;
            if place >= end || post.distance(at, place) > REACH || post.is_face(place) || crosses(post, at, place) {
                break;
            }
            change.scale(hit, if opinion.value > 0 { of_praise } else { complaint }, at);
            done = hit + 1;
        }
        if unit.role == Role::Irrealis && of_praise <= STRONG && done <= first {
            change.add(at, WISH, at);
        }
    }
}

fn crosses(post: &Post, from: usize, to: usize) -> bool {
    post.units()[from + 1..to].iter().any(|unit| matches!(unit.role, Role::Contrast | Role::Concession))
}
