//! What is heard in a record. In: filled by [`super::Listener`]. Out: mentions, subjects, comparisons. Separate
//! because it is the memory of a thread, used again from record to record.

use super::aspect::{AspectsFound, Candidate, Candidates};
use super::comparison::{Comparison, Comparisons, Kind};
use super::target::{Fared, Named, Scene, Span};
use super::{Found, Gloss, Mention};
use crate::score::Score;
use crate::text::{Token, Tokens};

/// A mention with what is felt about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Felt {
    /// The subject, by its number.
    pub subject: u32,
    /// Its tokens.
    pub span: Span,
    /// Byte offsets in the text.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// Byte offsets of its clause, if mentions are judged one by one.
    pub clause: (u32, u32),
    /// Its score; none for a text without one, or if mentions are not judged one by one.
    pub score: Option<Score>,
}

/// A subject of a record with what is felt about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The subject, by its number.
    pub subject: u32,
    /// Its places; 0 when the record as a whole is about it.
    pub mentions: u32,
    /// Its score; none for a text without one.
    pub score: Option<Score>,
}

/// What is heard in a record. Keep one per thread: its memory is reused.
#[derive(Debug, Default)]
pub struct Ear {
    pub(super) found: Found,
    /// What is known of the words of the text, once that was asked.
    pub(super) glosses: Vec<Gloss>,
    pub(super) scene: Scene,
    pub(super) spans: Vec<Span>,
    pub(super) felt: Vec<Felt>,
    pub(super) about: Vec<About>,
    /// Of texts that were not read with a lexicon.
    pub(super) tokens: Tokens,
    pub(super) named: Named,
    pub(super) target: Option<Aim>,
    pub(super) aspects: AspectsFound,
    pub(super) candidates: Candidates,
    /// What is felt about each candidate.
    pub(super) leanings: Vec<i32>,
    pub(super) comparisons: Comparisons,
    pub(super) fared: Vec<Fared>,
    /// Mentions of names that are ordinary words too, and whether each looks like one.
    pub(super) noise: Vec<(Mention, bool)>,
}

/// The target that a record names itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// Whether it, or a word that implies it, is in the text.
    pub found: bool,
    /// Its score; none for a text without one.
    pub score: Option<Score>,
}

impl Ear {
    /// Forgets the record before; `aimed` says whether the next names its target itself.
    pub(super) fn forget(&mut self, aimed: bool) {
        self.glosses.clear();
        self.felt.clear();
        self.about.clear();
        self.candidates.clear();
        self.leanings.clear();
        self.comparisons.clear();
        self.noise.clear();
        self.named.spans.clear();
        self.target = aimed.then_some(Aim { found: false, score: None });
    }

    /// Takes the score of the text for that of all that was heard in it.
    pub(super) fn feel_alike(&mut self, whole: Score) {
        self.about.iter_mut().for_each(|about| about.score = Some(whole));
        self.felt.iter_mut().for_each(|felt| felt.score = Some(whole));
        if let Some(aim) = &mut self.target {
            *aim = Aim { found: !self.named.spans.is_empty(), score: Some(whole) };
        }
    }

    /// The mentions, in text order.
    #[must_use]
    pub fn mentions(&self) -> &[Felt] {
        &self.felt
    }

    /// The subjects, by their numbers.
    #[must_use]
    pub fn subjects(&self) -> &[About] {
        &self.about
    }

    /// Comparisons of subjects.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        self.comparisons.as_slice()
    }

    /// How a subject fared in the comparisons of a text with these tokens.
    #[must_use]
    pub fn fared(&self, subject: u32, tokens: &[Token]) -> Vec<Fared> {
        self.comparisons().iter().filter_map(|comparison| fared(comparison, subject, tokens)).collect()
    }

    /// Mentions of names that are ordinary words too, and whether each looks like one.
    #[must_use]
    pub fn noise(&self) -> &[(Mention, bool)] {
        &self.noise
    }

    /// Nouns that may be aspects of no vocabulary.
    #[must_use]
    pub const fn candidates(&self) -> &Candidates {
        &self.candidates
    }

    /// What is felt about a candidate: more than nought for praise, less for a complaint.
    #[must_use]
    pub fn leaning(&self, candidate: &Candidate) -> i32 {
        let at = self.candidates.as_slice().iter().position(|known| known == candidate);
        at.and_then(|at| self.leanings.get(at)).copied().unwrap_or(0)
    }

    /// The text as its targets were judged, if there were any, and what is known of its words.
    #[must_use]
    pub fn scene(&self) -> (&Scene, &[Gloss]) {
        (&self.scene, &self.glosses)
    }

    /// The target that the record names itself.
    #[must_use]
    pub const fn target(&self) -> Option<&Aim> {
        self.target.as_ref()
    }
}

/// How a subject fared in a comparison, if it was in it. Who went over to another has not yet said that it is
/// the better: `switched to United from Delta and am disappointed` is no praise of United.
pub(super) fn fared(comparison: &Comparison, subject: u32, tokens: &[Token]) -> Option<Fared> {
    if !matches!(comparison.kind, Kind::Better | Kind::Unlike) {
        return None;
    }
    let won = match (comparison.winner, comparison.loser) {
        (Some(winner), _) if winner == subject => true,
        (_, Some(loser)) if loser == subject => false,
        _ => return None,
    };
    let index = crate::score::hits::index;
    let first = tokens.partition_point(|token| token.end <= comparison.start);
    let last = tokens.partition_point(|token| token.start < comparison.end).checked_sub(1)?;
    Some(Fared { span: Span { first: index(first), last: index(last) }, won })
}
