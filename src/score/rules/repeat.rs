//! The same emoji in a row is one opinion: `😂😂😂` counts 20 % more than `😂`, not three times.

use super::{Post, Rule};
use crate::lexicon::Signs;
use crate::score::hits::Change;
use crate::text::Kind;

pub const RULE: Rule = Rule { name: "repeat", summary: "the same emoji in a row is one opinion", needs: Signs::PICTURE, apply };

const FACTOR: i32 = 1200;

fn apply(post: &Post, change: &mut Change) {
    let mut at = 0;
    while at < change.hits().len() {
        let first = change.hits()[at].unit as usize;
        let mut run = 1;
        while change.hits().get(at + run).is_some_and(|next| repeats(post, first, run, next.unit as usize)) {
            change.set(at + run, 0, first);
            run += 1;
        }
        if run > 1 {
            change.scale(at, FACTOR, first + run - 1);
        }
        at += run;
    }
}

fn repeats(post: &Post, first: usize, run: usize, next: usize) -> bool {
    let units = post.units();
    next == first + run
        && post.distance(next - 1, next) == 1
        && matches!(units[next].kind, Kind::Emoji | Kind::Emoticon)
        && units[next].entry == units[first].entry
}
