//! Misspelt names. In: words of names, once; then words of texts. Out: the names that a word is one slip
//! away from. Separate because it needs an index of its own: each name with one letter left out, so that
//! leaving letters out of both finds every slip with look-ups alone (Garbe 2012, SymSpell).

use super::compile::{How, Index, Pattern, Start};
use crate::text::Key;

/// Fewest letters of a name that may be misspelt.
pub(super) const SHORTEST: usize = 5;
/// Most bytes of a word that is looked at.
const LONGEST: usize = 64;

/// Names by what is left of them without one letter.
#[derive(Clone, Debug, Default)]
pub(super) struct Misspelt {
    index: Index,
    longest: usize,
}

impl Misspelt {
    pub(super) fn new<'p>(patterns: impl Iterator<Item = (u32, &'p Pattern)>) -> Self {
        let (mut keyed, mut longest) = (Vec::new(), 0);
        for (pattern, name) in patterns.filter_map(|(number, pattern)| Some((number, pattern.first_word()?))) {
            if name.chars().count() < SHORTEST || name.len() > LONGEST {
                continue;
            }
            longest = longest.max(name.len());
            let start = Start { pattern, how: How::Words };
            keyed.push((Key::of(name.as_bytes()), start));
            each_shorter(name, |shorter| keyed.push((Key::of(shorter), start)));
        }
        Self { index: Index::new(keyed), longest }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.longest == 0
    }

    /// Whether a word of so many bytes may be a name; possessives and marks that vanish are allowed for.
    pub(super) const fn may_be(&self, bytes: u32) -> bool {
        bytes as usize + 1 >= SHORTEST && bytes as usize <= 2 * self.longest + 16
    }

    /// Calls `each` with the patterns that may begin with this word, misspelt; some are none, and some
    /// are named several times.
    pub(super) fn each(&self, word: &str, mut each: impl FnMut(u32)) {
        // One letter more than the name is four bytes at most.
        if word.len() + 1 < SHORTEST || word.len() > self.longest + 4 {
            return;
        }
        let mut look = |key: Key| self.index.get(key).iter().for_each(|start| each(start.pattern));
        look(Key::of(word.as_bytes()));
        each_shorter(word, |shorter| look(Key::of(shorter)));
    }
}

/// Calls `each` with a word without one of its letters; the first one stays.
fn each_shorter(word: &str, mut each: impl FnMut(&[u8])) {
    let mut buffer = [0u8; LONGEST + 4];
    let bytes = word.as_bytes();
    for (at, c) in word.char_indices().skip(1) {
        let (before, after) = (bytes.get(..at).unwrap_or(&[]), bytes.get(at + c.len_utf8()..).unwrap_or(&[]));
        let length = before.len() + after.len();
        let Some(shorter) = buffer.get_mut(..length) else { return };
        let (first, second) = shorter.split_at_mut(before.len());
        first.copy_from_slice(before);
        second.copy_from_slice(after);
        each(shorter);
    }
}

/// Whether two different words are one slip apart (a letter more, less, another, or two in turned order)
/// and begin with the same letter.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    if same == 0 {
        return false;
    }
    let rest = |word: &str| word.char_indices().nth(same).map_or(word.len(), |(at, _)| at);
    let (one, other) = (one.get(rest(one)..).unwrap_or(""), other.get(rest(other)..).unwrap_or(""));
    let mut a = one.chars();
    let mut b = other.chars();
    let (first, second) = (a.next(), b.next());
    let (a, b) = (a.as_str(), b.as_str());
    if first.is_none() && second.is_none() {
        return false;
    }
    let turned = || {
        let (mut a, mut b) = (a.chars(), b.chars());
        a.next() == second && b.next() == first && second.is_some() && first.is_some() && a.as_str() == b.as_str()
    };
    a == b || one == b && second.is_some() || a == other && first.is_some() || turned()
}

#[cfg(test)]
mod tests {
    use super::is_slip;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn slips_are_at_a_distance_of_one(one in "[abcé]{0,6}", other in "[abcé]{0,6}") {
            let same_first = one.chars().next().is_some() && one.chars().next() == other.chars().next();
            prop_assert_eq!(is_slip(&one, &other), same_first && strsim::osa_distance(&one, &other) == 1);
        }
    }
}
