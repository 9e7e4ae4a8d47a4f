//! A text as numbers. In: a text and a lexicon in which all candidates have a leaning. Out: the row of
//! the text: what each cue and candidate weighs in the sum that scoring makes. Separate because this is
//! where learning and scoring must agree: both walk the same functions.

use super::Rows;
use crate::lexicon::{CUES, Cue, Leaning, Lexicon, Reading};
use crate::score::evidence::{each_cue, length_factor, weigh};
use crate::score::measure::shares;
use crate::score::{Hits, score};

/// Columns before those of the entries: one per cue.
#[allow(clippy::cast_possible_truncation)] // there are a few dozen
pub const CUE_COLUMNS: u32 = Cue::OF_TEXTS as u32;

/// Makes rows of texts.
pub struct Features<'l> {
    lexicon: &'l Lexicon,
    /// Column of each entry that tells a leaning.
    columns: Vec<Option<u32>>,
    /// The entry that tells the leaning of an opinion, by the opinion's entry.
    leaning_of: std::collections::HashMap<u32, u32>,
    reading: Reading,
    hits: Hits,
}

impl<'l> Features<'l> {
    /// Rows have a column per cue and then one per candidate: `entries` names the entry of each.
    #[must_use]
    pub fn new(lexicon: &'l Lexicon, entries: &[Option<u32>]) -> Self {
        let mut columns = vec![None; lexicon.entries().len()];
        for (column, entry) in (CUE_COLUMNS..).zip(entries) {
            if let Some(slot) = entry.and_then(|entry| columns.get_mut(entry as usize)) {
                *slot = Some(column);
            }
        }
        Self { lexicon, columns, leaning_of: lexicon.leaning_entries(), reading: Reading::new(), hits: Hits::new() }
    }

    /// Adds the row of a text. Returns lean and opinion by today's weights, in nats.
    pub fn push(&mut self, text: &str, rows: &mut Rows) -> [f32; 2] {
        self.lexicon.read(text, &mut self.reading);
        score(self.lexicon.weights(), &self.reading, text, &mut self.hits);
        let (reading, hits) = (&self.reading, &self.hits);
        let mut row: Vec<(u32, f32)> = Vec::new();
        let shares = shares(hits);
        each_cue(reading, shares, |cue, amount| row.push((cue as u32, part(amount.into(), 10_000))));
        let factor = part(length_factor(reading.leanings().words), 10_000);
        let column = |entry: u32| self.columns.get(entry as usize).copied().flatten();
        self.lexicon.leanings_of(reading, |leaner, _| {
            if let Some(column) = self.lexicon.entry_of(leaner).and_then(column)
                && !self.lexicon.is_opinion(leaner)
            {
                row.push((column, factor));
            }
        });
        for hit in hits.as_slice().iter().filter(|hit| hit.base != 0) {
            let entry = reading.units().get(hit.unit as usize).and_then(|unit| self.leaning_of.get(&unit.entry));
            if let Some(column) = entry.and_then(|&entry| column(entry)) {
                row.push((column, factor * part(hit.value.into(), hit.base.into())));
            }
        }
        rows.push(together(&mut row));
        let Leaning { lean, opinion } = weigh(self.lexicon.weights(), reading, hits, shares, |_, _| ());
        [part(lean.into(), 1000), part(opinion.into(), 1000)]
    }
}

/// The values of a column added up.
fn together(row: &mut Vec<(u32, f32)>) -> impl Iterator<Item = (u32, f32)> + '_ {
    row.sort_by_key(|&(column, _)| column);
    row.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1 += later.1;
        }
        same
    });
    row.drain(..)
}

#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // at most a few thousands
fn part(amount: i64, whole: i64) -> f32 {
    (amount as f64 / whole as f64) as f32
}

/// The cue of a column.
#[must_use]
pub fn cue_of(column: u32) -> Option<Cue> {
    CUES.get(..Cue::OF_TEXTS)?.get(column as usize).map(|&(_, cue)| cue)
}
