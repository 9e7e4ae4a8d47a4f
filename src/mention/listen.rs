//! Who a record mentions, and what it says of them. In: an analysis. Out: mentions with their scores, and
//! one score for each subject. Separate because it is the pure function that puts queries, aspects, targets
//! and comparisons together; all threads share it.
//!
//! Subjects are numbered: queries first, in the order they were given, then the aspects of the vocabularies.

use super::target::{Language, Mark, Named, Scene, Span, Target, locate};
use super::{Fields, Found, Kind, Subjects};
use crate::analyze::{Analysis, Analyzer, Outcome};
use crate::lexicon::Role;
use crate::score::Score;
use crate::text::{Token, Tokens};

/// Most mentions of a record that are judged one by one; those behind have the score of their subject.
const MOST_JUDGED: usize = 64;

/// Tokens on either side of a mention that its clause may hold.
const CLAUSE: usize = 60;

/// Listens for subjects.
#[derive(Debug)]
pub struct Listener {
    subjects: Subjects,
    /// Whether mentions are judged one by one too.
    each: bool,
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
    found: Found,
    scene: Scene,
    spans: Vec<Span>,
    felt: Vec<Felt>,
    about: Vec<About>,
    /// Of texts that were not read with a lexicon.
    tokens: Tokens,
    named: Named,
    target: Option<Aim>,
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

    /// The target that the record names itself.
    #[must_use]
    pub const fn target(&self) -> Option<&Aim> {
        self.target.as_ref()
    }
}

impl Listener {
    /// Listens for these subjects; with `each`, mentions are judged one by one too.
    #[must_use]
    pub const fn new(subjects: Subjects, each: bool) -> Self {
        Self { subjects, each }
    }

    /// The columns that queries ask for.
    #[must_use]
    pub fn fields(&self) -> &[String] {
        self.subjects.fields()
    }

    /// Number of subjects.
    #[must_use]
    pub fn len(&self) -> usize {
        self.subjects.list().len()
    }

    /// Whether there is nothing to listen for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Name and kind of a subject, by its number.
    #[must_use]
    pub fn subject(&self, number: u32) -> Option<(&str, Kind)> {
        self.subjects.list().get(number as usize).map(|subject| (subject.name.as_str(), subject.kind))
    }

    /// Listens to a record; `target` is what it names as its target itself.
    pub fn listen(&self, analyzer: &Analyzer, analysis: &Analysis, fields: &dyn Fields, target: Option<&str>, ear: &mut Ear) {
        let Ear { found, scene, spans, felt, about, tokens, named, target: aim } = ear;
        felt.clear();
        about.clear();
        *aim = target.map(|_| Aim { found: false, score: None });
        if analysis.outcome == Outcome::NoText {
            return;
        }
        let lexicon = analyzer.lexicon_of(analysis.language);
        let tokens = if let Outcome::Scored(_) = analysis.outcome {
            analysis.reading.tokens()
        } else {
            tokens.read(analysis.text);
            tokens
        };
        let known = |token: &Token| lexicon.is_some_and(|lexicon| lexicon.role_of(token) != Role::None);
        self.subjects.find(analysis.text, tokens, fields, &known, found);
        felt.extend(found.mentions().iter().map(|mention| Felt {
            subject: mention.subject,
            span: Span { first: mention.first, last: mention.last },
            start: mention.start,
            end: mention.end,
            clause: if self.each { clause(mention.first, mention.last, tokens.as_slice()) } else { (0, 0) },
            score: None,
        }));
        about.extend(found.subjects().iter().map(|&subject| About { subject, mentions: 0, score: None }));
        for one in felt.iter() {
            if let Ok(at) = about.binary_search_by_key(&one.subject, |about| about.subject) {
                about[at].mentions += 1;
            }
        }
        if let Some(name) = target {
            locate(name, analysis.text, tokens.as_slice(), named);
        }
        let Outcome::Scored(whole) = analysis.outcome else { return };
        let Some((lexicon, language)) = lexicon.zip(Language::of(analysis.language).ok().flatten()) else {
            about.iter_mut().for_each(|about| about.score = Some(whole));
            felt.iter_mut().for_each(|felt| felt.score = Some(whole));
            *aim = target.map(|_| Aim { found: !named.spans.is_empty(), score: Some(whole) });
            return;
        };
        let mark = |subject: u32| self.subject(subject).map(|(_, kind)| Mark { subject, holds: kind.holds() });
        let places = || felt.iter().map(|felt| (mark(felt.subject), felt.span));
        let text = (analysis.text, analysis.reading, analysis.hits);
        if target.is_some() {
            scene.read(language, lexicon, text, places().chain(named.spans.iter().map(|span| (None, *span))));
            let target = Target { spans: &named.spans, category: named.category, subject: None };
            let score = language.judge(scene, target, &whole, lexicon.weights().mixed()).score;
            *aim = Some(Aim { found: !named.spans.is_empty(), score: Some(score) });
        } else if !felt.is_empty() {
            scene.read(language, lexicon, text, places());
        }
        let judge = |subject: u32, spans: &[Span]| {
            let target = Target { spans, category: false, subject: mark(subject) };
            language.judge(scene, target, &whole, lexicon.weights().mixed()).score
        };
        for about in about.iter_mut() {
            spans.clear();
            spans.extend(felt.iter().filter(|felt| felt.subject == about.subject).map(|felt| felt.span));
            about.score = Some(if spans.is_empty() { whole } else { judge(about.subject, spans) });
        }
        if self.each {
            for (at, felt) in felt.iter_mut().enumerate() {
                let of_subject = || about.binary_search_by_key(&felt.subject, |about| about.subject).ok().and_then(|at| about[at].score);
                felt.score = if at < MOST_JUDGED { Some(judge(felt.subject, &[felt.span])) } else { of_subject() };
            }
        }
    }
}

/// The bytes of the clause around some tokens.
fn clause(first: u32, last: u32, tokens: &[Token]) -> (u32, u32) {
    let before = tokens.iter().take(first as usize).rev().take(CLAUSE).take_while(|token| !token.ends_clause()).last();
    let behind = tokens.iter().skip(last as usize + 1).take(CLAUSE).take_while(|token| !token.ends_clause()).last();
    let own = |at: u32| tokens.get(at as usize);
    (before.or(own(first)).map_or(0, |token| token.start), behind.or(own(last)).map_or(0, |token| token.end))
}
