//! One word of praise alone before a comma, and then nothing but complaint, is irony: `Great, it broke
//! again`. The praise becomes half a complaint.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::{Change, Hit};
use crate::text::Kind;

pub const RULE: Rule =
    Rule { name: "irony", summary: "praise alone before a comma, then complaint, is irony", needs: Signs::role(Role::Opinion), apply };

const FACTOR: i32 = -500;

fn apply(post: &Post, change: &mut Change) {
    let mut at = 0;
    while at < change.hits().len() {
        let opener = change.hits()[at].unit as usize;
        let end = post.sentence_end(opener);
        let rest = at + 1..change.from_unit(end);
        if opens(post, opener) && change.hits()[at].value > 0 && !rest.is_empty() && rest.clone().all(|hit| change.hits()[hit].value < 0) {
            change.scale(at, FACTOR, change.hits()[at + 1].unit as usize);
        }
        at = rest.end.max(at + 1);
    }
}

/// The unit whose praise the rule has turned, seen by what became of it: nothing stands before it that
/// another rule could have turned it by.
pub(in crate::score) fn turned(post: &Post, hits: &[Hit]) -> Option<usize> {
    let turned = hits.iter().filter(|hit| hit.base > 0 && hit.value < 0).map(|hit| hit.unit as usize);
    turned.into_iter().find(|&unit| opens(post, unit))
}

/// Whether the unit is the first of its sentence and a pause follows.
fn opens(post: &Post, at: usize) -> bool {
    let pause = post.next_to(at).is_some_and(|next| next.kind == Kind::Pause);
    let unit = post.units()[at];
    pause && post.opens_sentence(at) && unit.kind == Kind::Word && unit.first == unit.last
}
