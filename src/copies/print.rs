//! What a text says, in a few numbers. In: title, text and what is known of them. Out: a [`Print`], equal
//! for texts that differ only in case, punctuation, links, handles or the mark of a retweet. Separate because it is
//! made of each record alone, on all threads, and has to cost a fraction of scoring.
//!
//! Texts are read by [`Walk`]; what else is known of a record is added here.

use super::mix;
use super::near::Sketch;
use super::walk::Walk;
use super::window::load;

/// Length of a word, in quarters, and of a sign that stands for about half of one.
pub(super) const WORD: u32 = 4;
pub(super) const SIGN: u32 = 2;
pub(super) const LETTER: u32 = 1;
/// Shortest text that is a copy by its author, by itself, and that may be nearly the same.
const BY_AUTHOR: u32 = 4 * WORD;
const BY_ITSELF: u32 = 8 * WORD;
pub(super) const NEARLY: u32 = 20 * WORD;

/// Odd constants with evenly spread bits (the golden ratio and a prime of xxHash64).
pub(super) const MIX: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F];

/// What is known of a record beside its text, as its cells stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'r> {
    /// Who wrote it.
    pub author: Option<&'r str>,
    /// When.
    pub date: Option<&'r str>,
    /// About what.
    pub product: Option<&'r str>,
    /// What it is called.
    pub id: Option<&'r str>,
}

/// By what a record is known later; nought where there is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Keys {
    /// By its text, and what must be the same beside it.
    pub own: u64,
    /// By its id, whatever its text.
    pub edited: u64,
    /// By its text, for those who pass it on.
    pub left: u64,
    /// Whether `own` is made of nothing but the text.
    pub by_text: bool,
}

/// What a text says, in a few numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// By what it is known.
    pub keys: Keys,
    /// By what else an earlier record may have been known: as one who passed it on.
    pub sought: u64,
    /// For what is nearly the same; of long texts only.
    pub sketch: Option<Sketch>,
}

impl Print {
    /// The print of a record. The title counts once where the text begins with it.
    #[must_use]
    pub fn of(title: Option<&str>, text: Option<&str>, about: &About) -> Self {
        Self::with(title, text, about, &mut Walk::default())
    }

    /// As [`Print::of`], with memory that is used again.
    #[must_use]
    pub fn with(title: Option<&str>, text: Option<&str>, about: &About, walk: &mut Walk) -> Self {
        walk.clear();
        let title = title.filter(|title| !text.is_some_and(|text| text.starts_with(title.trim_end_matches(['…', '.']))));
        title.into_iter().chain(text).for_each(|part| walk.over(part));
        Self::from_walk(walk, about)
    }

    fn from_walk(walk: &mut Walk, about: &About) -> Self {
        let text = key(walk.hash, &[]);
        let with = |cells: &[Option<&str>]| key(text, cells);
        let edited = match about.id {
            Some(_) if about.date.is_some() || about.author.is_some() => key(0, &[about.id, about.author, about.date, about.product]),
            _ => 0,
        };
        let by_id = || about.id.map_or(0, |_| with(&[about.id, None]));
        let passed_on = || mix(text ^ MIX[0]);
        let by_text = walk.length >= BY_ITSELF || walk.passes_on && walk.length >= BY_AUTHOR;
        let (own, sought, left) = match walk.length {
            0 => (0, 0, 0),
            1..BY_AUTHOR => match (about.author, about.date) {
                (Some(_), Some(_)) => (with(&[about.author, about.date, about.product]), 0, 0),
                _ => (by_id(), 0, 0),
            },
            BY_AUTHOR..BY_ITSELF if walk.passes_on => (passed_on(), text, 0),
            BY_AUTHOR..BY_ITSELF => (about.author.map_or_else(by_id, |_| with(&[about.author])), passed_on(), text),
            _ => (text, 0, 0),
        };
        let sketch = walk.sketch(|numbers| with_salt(numbers, about.product));
        Self { keys: Keys { own, edited, left, by_text }, sought, sketch }
    }
}

/// A key made of a number and cells; never nought.
fn key(number: u64, cells: &[Option<&str>]) -> u64 {
    mix(cells.iter().fold(number.wrapping_add(MIX[0]), |key, cell| with_cell(key, *cell))).max(1)
}

/// A number with the next part of what it is made of (a multiplication folded upon itself, as in wyhash).
#[inline]
const fn folded(number: u64, part: u64) -> u64 {
    let product = ((number ^ part) as u128) * (MIX[1] as u128);
    #[allow(clippy::cast_possible_truncation)] // both halves are used
    let halves = (product as u64, (product >> u64::BITS) as u64);
    halves.0 ^ halves.1
}

/// A number with a cell, of which the last bytes may be read twice.
#[inline]
fn with_cell(number: u64, cell: Option<&str>) -> u64 {
    let Some(bytes) = cell.map(str::as_bytes) else { return number.rotate_left(7) };
    let (eights, _) = bytes.as_chunks::<8>();
    let hash = eights.iter().fold(number ^ bytes.len() as u64, |hash, eight| folded(hash, u64::from_le_bytes(*eight)));
    folded(hash, last_eight(bytes))
}

/// The last eight bytes, or all, so that those of cells of one length are the same only if these bytes are.
#[inline]
fn last_eight(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.last_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << u32::BITS;
    }
    bytes.iter().fold(0, |number, b| number << 8 | u64::from(*b))
}

/// What makes sketches of other products differ.
fn with_salt(key: u64, cell: Option<&str>) -> u64 {
    let Some(cell) = cell else { return key.rotate_left(7) };
    let (eights, rest) = cell.as_bytes().as_chunks::<8>();
    let step = |hash: u64, chunk: u64| (hash ^ chunk).wrapping_mul(MIX[1]).rotate_left(29);
    let hash = eights.iter().fold(key ^ cell.len() as u64, |hash, eight| step(hash, u64::from_le_bytes(*eight)));
    mix(if rest.is_empty() { hash } else { step(hash, load(rest, 0)) })
}
