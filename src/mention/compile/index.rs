//! Where patterns begin. In: keys with patterns. Out: the patterns of a key, for nearly every token by
//! one look at a bitmap. Separate because these are the only parts that every token of every text meets.

use super::Pattern;
use crate::error::{Error, Result};
use crate::text::Key;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use hashbrown::HashMap;

/// Bits of the bitmap per key, at least: one in sixteen strange words is looked up in vain.
const BITS: usize = 16;
/// Bytes of a beginning that are looked up; keys hold no more as they stand.
const LONGEST_BEGINNING: usize = 15;

/// How a pattern is met by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The token is the first of its words, of which the others, and how they are written, have to be looked at.
    Words,
    /// The token is its only word, and nothing else is asked.
    Word,
    /// The token is a handle of its name.
    Name,
    /// The hashtag is its name.
    Tag,
}

/// A pattern that begins with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    pub pattern: u32,
    pub how: How,
}

/// Patterns by key.
#[derive(Clone, Debug, Default)]
pub struct Index {
    filter: Vec<u64>,
    shift: u32,
    ranges: HashMap<Key, (u32, u32)>,
    starts: Vec<Start>,
}

impl Index {
    #[allow(clippy::cast_possible_truncation)] // queries bound the number of patterns
    pub fn new(mut keyed: Vec<(Key, Start)>) -> Self {
        if keyed.is_empty() {
            return Self::default();
        }
        keyed.sort_by_key(|&(key, start)| (key, start.pattern));
        keyed.dedup();
        let bits = (keyed.len() * BITS).next_power_of_two().max(1024);
        let mut index = Self { filter: vec![0; bits / 64], shift: 64 - bits.trailing_zeros(), ..Self::default() };
        for same in keyed.chunk_by(|one, other| one.0 == other.0) {
            let Some(&(key, _)) = same.first() else { continue };
            let bit = key.hash() >> index.shift;
            if let Some(bits) = index.filter.get_mut((bit / 64) as usize) {
                *bits |= 1 << (bit % 64);
            }
            index.ranges.insert(key, (index.starts.len() as u32, same.len() as u32));
            index.starts.extend(same.iter().map(|&(_, start)| start));
        }
        index
    }

    /// The patterns of a key.
    #[inline]
    pub fn get(&self, key: Key) -> &[Start] {
        let bit = key.hash().checked_shr(self.shift).unwrap_or(0);
        match self.filter.get((bit / 64) as usize) {
            Some(bits) if bits >> (bit % 64) & 1 == 1 => self.look(key),
            _ => &[],
        }
    }

    #[inline(never)]
    fn look(&self, key: Key) -> &[Start] {
        let Some(&(from, count)) = self.ranges.get(&key) else { return &[] };
        self.starts.get(from as usize..(from + count) as usize).unwrap_or(&[])
    }
}

/// Patterns by the beginning of a word.
#[derive(Clone, Debug, Default)]
pub struct Beginnings {
    index: Index,
    /// A bit for each length, in bytes, that some beginning has.
    lengths: u16,
}

impl Beginnings {
    pub fn new<'p>(beginnings: impl Iterator<Item = (u32, &'p str)>) -> Self {
        let mut lengths = 0u16;
        let keyed = beginnings.map(|(pattern, beginning)| {
            let first = &beginning.as_bytes()[..beginning.len().min(LONGEST_BEGINNING)];
            lengths |= 1 << first.len();
            (Key::of(first), Start { pattern, how: How::Words })
        });
        let index = Index::new(keyed.collect());
        Self { index, lengths }
    }

    pub const fn is_empty(&self) -> bool {
        self.lengths == 0
    }

    /// Calls `each` with the patterns that a folded word may begin with; of long beginnings only the
    /// first bytes were compared.
    pub fn each(&self, word: &[u8], mut each: impl FnMut(u32)) {
        let mut rest = self.lengths;
        while rest != 0 {
            let length = rest.trailing_zeros() as usize;
            let Some(first) = word.get(..length) else { return };
            self.index.get(Key::of(first)).iter().for_each(|start| each(start.pattern));
            rest &= rest - 1;
        }
    }
}

/// Terms in scripts without spaces, looked for in the text itself.
#[derive(Clone, Debug)]
pub struct Running {
    search: AhoCorasick,
    patterns: Vec<u32>,
}

impl Running {
    pub fn new<'p>(terms: impl Iterator<Item = (u32, &'p Pattern)>) -> Result<Option<Self>> {
        let (patterns, texts): (Vec<u32>, Vec<String>) =
            terms.map(|(number, pattern)| (number, pattern.term.text().to_lowercase())).unzip();
        if texts.is_empty() {
            return Ok(None);
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .ascii_case_insensitive(true)
            .build(&texts)
            .map_err(|error| Error::usage(format!("found too many terms in scripts without spaces: {error}")))?;
        Ok(Some(Self { search, patterns }))
    }

    /// Calls `each` with the patterns in a text and their bytes.
    pub fn each(&self, text: &str, mut each: impl FnMut(u32, usize, usize)) {
        if text.is_ascii() {
            return;
        }
        for found in self.search.find_overlapping_iter(text) {
            if let Some(&pattern) = self.patterns.get(found.pattern().as_usize()) {
                each(pattern, found.start(), found.end());
            }
        }
    }
}
