//! `!` strengthens the opinions of its sentence by 10 %, several by 20 %; without an opinion it says
//! nothing.

use super::{Post, Rule};
use crate::lexicon::Signs;
use crate::score::hits::Change;
use crate::text::{Kind, Shape};

pub const RULE: Rule = Rule { name: "exclaim", summary: "an exclamation mark strengthens its sentence", needs: Signs::EXCLAIMS, apply };

const ONE: i32 = 1100;
const MANY: i32 = 1200;

fn apply(post: &Post, change: &mut Change) {
    if change.hits().is_empty() {
        return;
    }
    for (stop, unit) in post.units().iter().enumerate() {
        if unit.kind != Kind::Stop || !unit.shape.has(Shape::EXCLAIMS) {
            continue;
        }
        let factor = if unit.shape.has(Shape::REPEATED) { MANY } else { ONE };
        for hit in change.from_unit(post.sentence_start(stop))..change.from_unit(stop) {
            change.scale(hit, factor, stop);
        }
    }
}
