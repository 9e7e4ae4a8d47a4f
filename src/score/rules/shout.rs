//! A word in capitals among words that are not counts 25 % more: `it is GREAT`, and so does `GREAT`
//! alone; in a text that shouts throughout, capitals say nothing.

use super::{Post, Rule};
use crate::lexicon::Signs;
use crate::score::hits::Change;
use crate::text::{Kind, Shape};

pub const RULE: Rule = Rule { name: "shout", summary: "a word in capitals counts 25 % more", needs: Signs::SHOUTED, apply };

const FACTOR: i32 = 1250;
/// A text with more shouted words than this, and no others, is simply written in capitals.
const FEW: usize = 3;

fn apply(post: &Post, change: &mut Change) {
    let shouted = |unit: usize| post.units()[unit].shape.has(Shape::SHOUTED) && post.units()[unit].kind == Kind::Word;
    if !change.hits().iter().any(|hit| shouted(hit.unit as usize)) {
        return;
    }
    let words = post.reading.tokens().as_slice().iter().filter(|token| token.kind == Kind::Word);
    let (loud, quiet) =
        words.fold((0, 0), |(loud, quiet), token| if token.shape.has(Shape::SHOUTED) { (loud + 1, quiet) } else { (loud, quiet + 1) });
    if quiet < loud && loud > FEW {
        return;
    }
    for at in 0..change.hits().len() {
        let unit = change.hits()[at].unit as usize;
        if shouted(unit) {
            change.scale(at, FACTOR, unit);
        }
    }
}
