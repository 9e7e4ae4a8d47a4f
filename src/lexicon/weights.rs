//! What cues weigh. In: the entries of cues. Out: a leaning for each. Separate because a lexicon that
//! has learned nothing must still turn praise and complaint into a polarity: these are the weights it
//! starts with.

use super::cue::{CUES, Cue};
use super::entry::Leaning;

/// Weights of all cues, log-odds in thousandths, and the entries that gave them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    cues: [(Leaning, Option<u32>); CUES.len()],
}

impl Default for Weights {
    /// Without learned weights a text is praise when its share of praise exceeds that of complaint by
    /// 0.15, and a complaint when it falls short by 0.10: words of praise are more often mere
    /// politeness. The factor makes the odds about right on labelled posts and reviews.
    fn default() -> Self {
        let mut weights = Self { cues: [(Leaning::default(), None); CUES.len()] };
        let mut give = |cue: Cue, lean, opinion| weights.cues[cue as usize].0 = Leaning { lean, opinion };
        give(Cue::Base, -150, -750);
        give(Cue::NoOpinion, 150, 0);
        give(Cue::Praise, 6000, 0);
        give(Cue::Complaint, -6000, 0);
        weights
    }
}

impl Weights {
    /// The weight of a cue.
    #[inline]
    #[must_use]
    pub fn of(&self, cue: Cue) -> Leaning {
        self.cues.get(cue as usize).map_or(Leaning::default(), |(leaning, _)| *leaning)
    }

    /// The entry that gave the weight of a cue.
    #[must_use]
    pub fn entry(&self, cue: Cue) -> Option<u32> {
        self.cues.get(cue as usize)?.1
    }

    /// Gives a cue its weight. The first learned weight sets all others to nothing: they belong
    /// together.
    pub(super) fn learn(&mut self, cue: Cue, leaning: Leaning, entry: u32) {
        if self.cues.iter().all(|(_, entry)| entry.is_none()) {
            self.cues = [(Leaning::default(), None); CUES.len()];
        }
        if let Some(slot) = self.cues.get_mut(cue as usize) {
            *slot = (leaning, Some(entry));
        }
    }

    /// Numbers the entries from `base` on.
    pub(super) fn number_from(&mut self, base: u32) {
        self.cues.iter_mut().filter_map(|(_, entry)| entry.as_mut()).for_each(|entry| *entry += base);
    }
}
