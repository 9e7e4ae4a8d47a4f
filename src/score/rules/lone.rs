//! Who denies without judging is rather unhappy: in a text that judges elsewhere, a negator in a clause
//! without opinion (`they did not call back`) is a faint complaint.

use super::{Post, Rule};
use crate::lexicon::{Role, Signs};
use crate::score::hits::{Change, units_with};

pub const RULE: Rule =
    Rule { name: "lone", summary: "a negator with nothing to turn is a faint complaint", needs: Signs::role(Role::Negator), apply };

/// The complaint in it, in thousandths of a point.
const COMPLAINT: i32 = -300;

fn apply(post: &Post, change: &mut Change) {
    if change.hits().is_empty() {
        return;
    }
    for (at, _) in units_with(post.units(), |role| role == Role::Negator) {
        let (start, end) = (post.clause_start(at), post.clause_end(at));
        if change.from_unit(start) == change.from_unit(end) {
            change.add(at, COMPLAINT, at);
        }
    }
}
