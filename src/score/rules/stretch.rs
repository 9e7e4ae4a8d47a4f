//! A stretched word means more: `goooood` counts 15 % more than `good`, `:)))` more than `:)`.

use super::{Post, Rule};
use crate::lexicon::Signs;
use crate::score::hits::Change;
use crate::text::Shape;

pub const RULE: Rule = Rule { name: "stretch", summary: "a stretched word counts 15 % more", needs: Signs::REPEATED, apply };

const FACTOR: i32 = 1150;

fn apply(post: &Post, change: &mut Change) {
    for at in 0..change.hits().len() {
        let unit = change.hits()[at].unit as usize;
        if post.units()[unit].shape.has(Shape::REPEATED) {
            change.scale(at, FACTOR, unit);
        }
    }
}
