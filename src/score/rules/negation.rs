//! Negation turns opinion round, up to the end of the clause: `isn't good`, `don't think it is any
//! good`. Praise becomes a complaint of three quarters its strength; a complaint becomes faint praise
//! (`not bad`), or clear praise when trouble is said to be absent (`no problems at all`). Two negators
//! restore most of the opinion. A clause ends at punctuation, at `but`, and at openers such as
//! `because`; negators inside a listed phrase (`NOT work`) belong to the phrase.
//! Emoji stand outside the sentence and are not turned.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs, Unit};
use crate::score::hits::{Change, units_with};

pub const RULE: Rule = Rule {
    name: "negation",
    summary: "negators turn opinion up to the end of the clause",
    needs: Signs::role(Role::Negator).with(Signs::role(Role::Absence)),
    apply,
};

/// What becomes of praise, in thousandths.
const OF_PRAISE: i32 = -750;
/// What becomes of a complaint.
const OF_COMPLAINT: i32 = -300;
/// What becomes of a complaint whose cause is said to be absent.
const OF_ABSENT_TROUBLE: i32 = -750;
/// What two negators leave of praise or complaint.
const OF_TWO: i32 = 800;
/// A negator reaches over so many words.
const REACH: usize = 7;

fn apply(post: &Post, change: &mut Change) {
    let mut done = 0;
    for (at, _) in units_with(post.units(), is_negator) {
        for hit in change.from_unit(at + 1)..change.hits().len() {
            let unit = change.hits()[hit].unit as usize;
            if hit < done || post.distance(at, unit) > REACH || post.is_face(unit) || !reaches(post, at, unit) {
                break;
            }
            turn(post, change, at, hit);
            done = hit + 1;
        }
    }
}

const fn is_negator(role: Role) -> bool {
    matches!(role, Role::Negator | Role::Absence)
}

fn reaches(post: &Post, from: usize, to: usize) -> bool {
    let ends = |unit: &Unit| unit.ends_clause() || matches!(unit.role, Role::Contrast | Role::Concession | Role::Clause);
    !post.units()[from + 1..to].iter().any(ends)
}

/// Turns one opinion by all negators that reach it, the first of which is at `first`.
fn turn(post: &Post, change: &mut Change, first: usize, hit: usize) {
    let opinion = change.hits()[hit];
    let between = &post.units()[first + 1..opinion.unit as usize];
    let second = between.iter().rposition(|unit| is_negator(unit.role));
    if second.is_some() {
        return change.scale(hit, OF_TWO, first);
    }
    let negator = post.units()[first];
    let factor = match (opinion.value > 0, negator.role) {
        (true, _) => OF_PRAISE,
        (false, Role::Absence) => OF_ABSENT_TROUBLE,
        (false, _) => OF_COMPLAINT,
    };
    change.scale(hit, factor * negator.value / 1000, first);
}
