//! What cues weigh. In: the entries of cues. Out: a leaning for each. Separate because a lexicon that
//! has learned nothing must still turn praise and complaint into a polarity: these are the weights it
//! starts with.

use super::cue::{CUES, Cue};
use super::entry::Leaning;

/// Weights of all cues, log-odds in thousandths, and the entries that gave them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    cues: [(Leaning, Option<u32>); CUES.len()],
    mixed: Mixed,
}

/// From where on a text with praise and complaint is mixed; in ten-thousandths. Lexicon files say so in
/// their header: `# mixed-each: 0.17` and `# mixed-balance: 0.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mixed {
    /// Least share of praise, and of complaint, by opinions, 0 to 10000.
    pub each: i32,
    /// Greatest score, either way, 0 to 10000.
    pub balance: i32,
}

impl Default for Mixed {
    fn default() -> Self {
        Self { each: 1700, balance: 5000 }
    }
}

impl Mixed {
    /// The keys in the header of a lexicon file, with the cue that each is kept as.
    pub const KEYS: [(&'static str, Cue); 2] = [("mixed-each", Cue::MixedEach), ("mixed-balance", Cue::MixedBalance)];

    /// The lines of a header: key and value.
    #[must_use]
    pub fn header(self) -> [(&'static str, String); 2] {
        let [(each, _), (balance, _)] = Self::KEYS;
        let share = |ten_thousandths: i32| format!("{}", f64::from(ten_thousandths) / 10_000.0);
        [(each, share(self.each)), (balance, share(self.balance))]
    }
}

impl Default for Weights {
    /// Without learned weights a text is praise when its share of praise exceeds that of complaint by
    /// 0.15, and a complaint when it falls short by 0.10: words of praise are more often mere
    /// politeness. The factor makes the odds about right on labelled posts and reviews.
    fn default() -> Self {
        let mut weights = Self { cues: [(Leaning::default(), None); CUES.len()], mixed: Mixed::default() };
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

    /// From where on a text is mixed.
    #[inline]
    #[must_use]
    pub const fn mixed(&self) -> Mixed {
        self.mixed
    }

    /// The entry that gave the weight of a cue.
    #[must_use]
    pub fn entry(&self, cue: Cue) -> Option<u32> {
        self.cues.get(cue as usize)?.1
    }

    /// Gives a cue its weight. The first learned weight sets all others to nothing: they belong
    /// together. The limits of mixed texts stand by themselves.
    pub(super) fn learn(&mut self, cue: Cue, leaning: Leaning, entry: u32) {
        // Limits come as thousandths.
        let limit = (leaning.lean.saturating_mul(10)).clamp(0, 10_000);
        match cue {
            Cue::MixedEach => self.mixed.each = limit,
            Cue::MixedBalance => self.mixed.balance = limit,
            _ => self.forget_defaults(),
        }
        if let Some(slot) = self.cues.get_mut(cue as usize) {
            *slot = (leaning, Some(entry));
        }
    }

    fn forget_defaults(&mut self) {
        if let Some(of_texts) = self.cues.get_mut(..Cue::OF_TEXTS)
            && of_texts.iter().all(|(_, entry)| entry.is_none())
        {
            of_texts.fill((Leaning::default(), None));
        }
    }

    /// Numbers the entries from `base` on.
    pub(super) fn number_from(&mut self, base: u32) {
        self.cues.iter_mut().filter_map(|(_, entry)| entry.as_mut()).for_each(|entry| *entry += base);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, builtin, format};

    fn weights(text: &str) -> Weights {
        let sheets = builtin::sheets().unwrap().into_iter().chain([format::read("x", text).unwrap()]).collect();
        *Lexicon::compile(sheets, builtin::languages(), &[]).unwrap().weights()
    }

    #[test]
    fn limits_of_mixed_texts_are_read_from_the_header_and_change_nothing_else() {
        let (plain, own) = (weights("good\t2\n"), weights("# earful-lexicon: 1\n# mixed-each: 0.25\n# mixed-balance: 0.3\n\ngood\t2\n"));
        assert_eq!((plain.mixed(), own.mixed()), (Mixed::default(), Mixed { each: 2500, balance: 3000 }));
        for (_, cue) in &CUES[..Cue::OF_TEXTS] {
            assert_eq!(plain.of(*cue), own.of(*cue));
        }
        let only = Lexicon::compile(vec![format::read("x", "# mixed-each: 0.4\ngood\t2\n").unwrap()], builtin::languages(), &[]).unwrap();
        assert_eq!((only.weights().of(Cue::Praise), only.weights().mixed().each), (Weights::default().of(Cue::Praise), 4000));
    }

    #[test]
    fn limits_are_written_as_they_are_read() {
        let limits = Mixed { each: 1300, balance: 6500 };
        let header: String = limits.header().iter().map(|(key, value)| format!("# {key}: {value}\n")).collect();
        assert_eq!(weights(&format!("{header}good\t2\n")).mixed(), limits);
        assert_eq!(limits.header().map(|(key, _)| key), Mixed::KEYS.map(|(key, _)| key));
    }

    #[test]
    fn limits_that_are_no_share_are_refused() {
        for wrong in ["# mixed-each: 1.5\ngood\t2\n", "# mixed-balance: -0.1\ngood\t2\n", "# mixed-each: 0,2\ngood\t2\n"] {
            let message = format::read("x", wrong).unwrap_err().to_string();
            assert!(message.starts_with("x:1"), "{message}");
        }
    }
}
