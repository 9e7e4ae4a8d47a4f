//! Who a record mentions, and what it says of them. In: an analysis. Out: mentions with their scores, and
//! one score for each subject. Separate because it is the pure function that puts queries, aspects, targets
//! and comparisons together; all threads share it.
//!
//! Subjects are numbered: queries first, in the order they were given, then the aspects of the vocabularies.

use super::target::{Language, Scene, Span, Target};
use super::{Fields, Found, Kind, Subjects};
use crate::analyze::{Analysis, Analyzer, Outcome};
use crate::lexicon::{Lexicon, Role};
use crate::score::Score;
use crate::text::Token;

/// Most mentions of a record that are judged one by one; those behind have the score of their subject.
const MOST_JUDGED: usize = 64;

/// Listens for subjects.
#[derive(Debug)]
pub struct Listener {
    subjects: Subjects,
}

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
    /// Its score; none for a text without one.
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
    found: Found,
    scene: Scene,
    spans: Vec<Span>,
    felt: Vec<Felt>,
    about: Vec<About>,
}

impl Ear {
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
}

impl Listener {
    /// Listens for these subjects.
    #[must_use]
    pub const fn new(subjects: Subjects) -> Self {
        Self { subjects }
    }

    /// The columns that queries ask for.
    #[must_use]
    pub fn fields(&self) -> &[String] {
        self.subjects.fields()
    }

    /// Names and kinds of the subjects, by their numbers.
    pub fn names(&self) -> impl ExactSizeIterator<Item = (&str, Kind)> {
        self.subjects.list().iter().map(|subject| (subject.name.as_str(), subject.kind))
    }

    /// Listens to a record. With `each`, mentions are judged one by one too.
    pub fn listen(&self, analyzer: &Analyzer, analysis: &Analysis, fields: &dyn Fields, each: bool, ear: &mut Ear) {
        let Ear { found, scene, spans, felt, about } = ear;
        felt.clear();
        about.clear();
        if analysis.outcome == Outcome::NoText {
            return;
        }
        let lexicon = analyzer.lexicon_of(analysis.language);
        let known = |token: &Token| lexicon.is_some_and(|lexicon| lexicon.role_of(token) != Role::None);
        self.subjects.find(analysis.text, analysis.reading.tokens(), fields, &known, found);
        felt.extend(found.mentions().iter().map(|mention| Felt {
            subject: mention.subject,
            span: Span { first: mention.first, last: mention.last },
            start: mention.start,
            end: mention.end,
            score: None,
        }));
        about.extend(found.subjects().iter().map(|&subject| About { subject, mentions: 0, score: None }));
        felt.iter().for_each(|one| {
            if let Ok(at) = about.binary_search_by_key(&one.subject, |about| about.subject) {
                about[at].mentions += 1;
            }
        });
        let Outcome::Scored(whole) = analysis.outcome else { return };
        let Some((lexicon, language)) = lexicon.zip(Language::of(analysis.language).ok().flatten()).filter(|_| !felt.is_empty()) else {
            about.iter_mut().for_each(|about| about.score = Some(whole));
            felt.iter_mut().for_each(|felt| felt.score = Some(whole));
            return;
        };
        scene.read(language, lexicon, (analysis.text, analysis.reading, analysis.hits), felt.iter().map(|felt| felt.span));
        let judge = |spans: &[Span]| judge(language, lexicon, scene, spans, &whole);
        for about in about.iter_mut() {
            spans.clear();
            spans.extend(felt.iter().filter(|felt| felt.subject == about.subject).map(|felt| felt.span));
            about.score = Some(if spans.is_empty() { whole } else { judge(spans) });
        }
        if each {
            for (at, felt) in felt.iter_mut().enumerate() {
                let of_subject = about.binary_search_by_key(&felt.subject, |about| about.subject).ok().and_then(|at| about[at].score);
                felt.score = if at < MOST_JUDGED { Some(judge(&[felt.span])) } else { of_subject };
            }
        }
    }
}

fn judge(language: &Language, lexicon: &Lexicon, scene: &Scene, spans: &[Span], whole: &Score) -> Score {
    language.judge(scene, Target { spans, category: false }, whole, lexicon.weights().mixed()).score
}
