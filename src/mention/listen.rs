//! Who a record mentions, and what it says of them. In: an analysis. Out: mentions with their scores, and
//! one score for each subject. Separate because it is the pure function that puts queries, aspects, targets
//! and comparisons together; all threads share it.
//!
//! Subjects are numbered: queries first, in the order they were given, then the aspects of the vocabularies.

use super::aspect::{Aspects, AspectsFound, Candidate, Candidates};
use super::comparison::{Comparer, Comparison, Comparisons, On};
use super::noise::Ambiguity;
use super::target::{Fared, Language, Mark, Named, Scene, Span, Target, locate};
use super::{Fields, Found, Kind, Mention, Subjects};
use crate::analyze::{Analysis, Analyzer, Outcome};
use crate::error::Result;
use crate::lexicon::Role;
use crate::score::{Polarity, Score};
use crate::text::{Token, Tokens};

/// Most mentions of a record that are judged one by one; those behind have the score of their subject.
const MOST_JUDGED: usize = 64;

/// Tokens on either side of a mention that its clause may hold.
const CLAUSE: usize = 60;

/// The language that comparisons and ordinary words are known of.
const COMPARED: &str = "en";

/// Listens for subjects.
#[derive(Debug)]
pub struct Listener {
    subjects: Subjects,
    aspects: Option<Aspects>,
    comparer: Option<Comparer>,
    ambiguity: Option<Ambiguity>,
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
    aspects: AspectsFound,
    candidates: Candidates,
    /// What is felt about each candidate.
    leanings: Vec<i32>,
    comparisons: Comparisons,
    fared: Vec<Fared>,
    /// Mentions of names that are ordinary words too, and whether each looks like one.
    noise: Vec<(Mention, bool)>,
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

    /// Comparisons of subjects.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        self.comparisons.as_slice()
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

    /// The target that the record names itself.
    #[must_use]
    pub const fn target(&self) -> Option<&Aim> {
        self.target.as_ref()
    }
}

impl Listener {
    /// Listens for these subjects and aspects; with `each`, mentions are judged one by one too, else those
    /// are told that look like noise, and nouns are gathered that may be aspects of no vocabulary.
    ///
    /// # Errors
    /// When a shipped file is faulty, which tests rule out.
    pub fn new(subjects: Subjects, aspects: Option<Aspects>, each: bool) -> Result<Self> {
        let count = subjects.list().len();
        let comparer = if count > 1 { Comparer::new(COMPARED)? } else { None };
        let ambiguity = if count > 0 && !each { Ambiguity::new(COMPARED)? } else { None };
        Ok(Self { subjects, aspects, comparer, ambiguity, each })
    }

    /// In what two subjects are compared, in a text with these tokens.
    #[must_use]
    pub fn ground<'a>(&'a self, comparison: &Comparison, text: &'a str, tokens: &[Token]) -> Option<&'a str> {
        match comparison.on? {
            On::Implied(number) => self.comparer.as_ref().map(|comparer| comparer.aspect(number)),
            On::Tokens { first, last } => {
                let (first, last) = (tokens.get(first as usize)?, tokens.get(last as usize)?);
                text.get(first.start as usize..last.end as usize)
            }
        }
    }

    /// The columns that queries ask for.
    #[must_use]
    pub fn fields(&self) -> &[String] {
        self.subjects.fields()
    }

    /// Number of subjects.
    #[must_use]
    pub fn len(&self) -> usize {
        self.subjects.list().len() + self.aspects.as_ref().map_or(0, |aspects| aspects.list().len())
    }

    /// Whether there is nothing to listen for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names and kinds of all subjects, by their numbers.
    pub fn names(&self) -> impl Iterator<Item = (&str, Kind)> {
        (0..).map_while(|number| self.subject(number))
    }

    /// Name and kind of a subject, by its number.
    #[must_use]
    pub fn subject(&self, number: u32) -> Option<(&str, Kind)> {
        let queries = self.subjects.list();
        let aspect = || Some((self.aspects.as_ref()?.list().get(number as usize - queries.len())?.name.as_str(), Kind::Aspect));
        queries.get(number as usize).map(|subject| (subject.name.as_str(), subject.kind)).or_else(aspect)
    }

    /// Compares the subjects of queries, and tells mentions that look like noise.
    fn compare(&self, analysis: &Analysis, mentions: &[Mention], comparisons: &mut Comparisons, noise: &mut Vec<(Mention, bool)>) {
        if !analysis.language.eq_ignore_ascii_case(COMPARED) || mentions.is_empty() {
            return;
        }
        if let Some(comparer) = &self.comparer {
            comparer.find(analysis.text, analysis.reading, analysis.hits, mentions, comparisons);
        }
        let Some(ambiguity) = &self.ambiguity else { return };
        let tokens = analysis.reading.tokens().as_slice();
        // What a name is written like tells nothing of the other words of its query.
        let named = |name: &str, mention: &Mention| mention.of(analysis.text).eq_ignore_ascii_case(name);
        let capital = |mention: &Mention| {
            self.subject(mention.subject).is_some_and(|(name, _)| name.starts_with(char::is_uppercase) && named(name, mention))
        };
        noise.extend(mentions.iter().filter_map(|mention| {
            let looks = ambiguity.judge(analysis.text, tokens, mention, capital(mention)).is_some();
            (looks || ambiguity.suspects(tokens, mention)).then_some((*mention, looks))
        }));
    }

    /// Puts aspects behind the subjects of queries, mentions in text order.
    fn take_aspects(&self, found: &AspectsFound, tokens: &[Token], felt: &mut Vec<Felt>, about: &mut Vec<About>) {
        let first = crate::score::hits::index(self.subjects.list().len());
        let queries = about.len();
        for mention in found.mentions() {
            let subject = first + mention.aspect;
            felt.push(Felt {
                subject,
                span: Span { first: mention.first, last: mention.last },
                start: mention.start,
                end: mention.end,
                clause: if self.each { clause(mention.first, mention.last, tokens) } else { (0, 0) },
                score: None,
            });
            let own = about.get(queries..).unwrap_or(&[]);
            if let Err(at) = own.binary_search_by_key(&subject, |about| about.subject) {
                about.insert(queries + at, About { subject, mentions: 0, score: None });
            }
        }
        felt.sort_unstable_by_key(|felt| (felt.start, felt.subject));
    }

    /// Listens to a record; `target` is what it names as its target itself.
    pub fn listen(&self, analyzer: &Analyzer, analysis: &Analysis, fields: &dyn Fields, target: Option<&str>, ear: &mut Ear) {
        let Ear {
            found,
            scene,
            spans,
            felt,
            about,
            tokens,
            named,
            target: aim,
            aspects: aspects_found,
            candidates,
            leanings,
            comparisons,
            fared,
            noise,
        } = ear;
        felt.clear();
        about.clear();
        candidates.clear();
        comparisons.clear();
        noise.clear();
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
        if let Some(aspects) = &self.aspects {
            aspects.find(analysis.text, tokens.as_slice(), aspects_found);
            self.take_aspects(aspects_found, tokens.as_slice(), felt, about);
        }
        for one in felt.iter() {
            if let Ok(at) = about.binary_search_by_key(&one.subject, |about| about.subject) {
                about[at].mentions += 1;
            }
        }
        if let Some(name) = target {
            locate(name, analysis.text, tokens.as_slice(), named);
        }
        let Outcome::Scored(whole) = analysis.outcome else { return };
        self.compare(analysis, found.mentions(), comparisons, noise);
        let Some((lexicon, language)) = lexicon.zip(Language::of(analysis.language).ok().flatten()) else {
            about.iter_mut().for_each(|about| about.score = Some(whole));
            felt.iter_mut().for_each(|felt| felt.score = Some(whole));
            *aim = target.map(|_| Aim { found: !named.spans.is_empty(), score: Some(whole) });
            return;
        };
        let mark = |subject: u32| self.subject(subject).map(|(_, kind)| Mark { subject, holds: kind.holds() });
        if let (Some(_), false) = (&self.aspects, self.each) {
            let opinion = |token: &Token| lexicon.role_of(token) == Role::Opinion;
            candidates.find(analysis.text, tokens.as_slice(), aspects_found.mentions(), opinion);
        }
        let places = || felt.iter().map(|felt| (mark(felt.subject), felt.span));
        let text = (analysis.text, analysis.reading, analysis.hits);
        if target.is_some() {
            scene.read(language, lexicon, text, places().chain(named.spans.iter().map(|span| (None, *span))));
            let target = Target { spans: &named.spans, category: named.category, subject: None, fared: &[] };
            let score = language.judge(scene, target, &whole, lexicon.weights().mixed()).score;
            *aim = Some(Aim { found: !named.spans.is_empty(), score: Some(score) });
        } else if !felt.is_empty() || !candidates.as_slice().is_empty() {
            scene.read(language, lexicon, text, places());
        }
        let all = tokens.as_slice();
        let mut judge = |subject: u32, spans: &[Span]| {
            fared.clear();
            fared.extend(comparisons.as_slice().iter().filter_map(|comparison| how_it_fared(comparison, subject, all)));
            let target = Target { spans, category: false, subject: mark(subject), fared };
            language.judge(scene, target, &whole, lexicon.weights().mixed()).score
        };
        for about in about.iter_mut() {
            spans.clear();
            spans.extend(felt.iter().filter(|felt| felt.subject == about.subject).map(|felt| felt.span));
            about.score = Some(if spans.is_empty() { whole } else { judge(about.subject, spans) });
        }
        leanings.clear();
        leanings.extend(candidates.as_slice().iter().map(|candidate| {
            let span = Span { first: candidate.first, last: candidate.last };
            let target = Target { spans: &[span], category: false, subject: None, fared: &[] };
            sign(&language.judge(scene, target, &whole, lexicon.weights().mixed()).score)
        }));
        if self.each {
            for (at, felt) in felt.iter_mut().enumerate() {
                let of_subject = || about.binary_search_by_key(&felt.subject, |about| about.subject).ok().and_then(|at| about[at].score);
                felt.score = if at < MOST_JUDGED { Some(judge(felt.subject, &[felt.span])) } else { of_subject() };
            }
        }
    }
}

/// How a subject fared in a comparison, if it was in it.
fn how_it_fared(comparison: &Comparison, subject: u32, tokens: &[Token]) -> Option<Fared> {
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

/// More than nought for praise, less for a complaint.
const fn sign(score: &Score) -> i32 {
    match score.polarity {
        Polarity::Positive => 1,
        Polarity::Negative => -1,
        Polarity::Mixed | Polarity::Neutral => 0,
    }
}

/// The bytes of the clause around some tokens.
fn clause(first: u32, last: u32, tokens: &[Token]) -> (u32, u32) {
    let before = tokens.iter().take(first as usize).rev().take(CLAUSE).take_while(|token| !token.ends_clause()).last();
    let behind = tokens.iter().skip(last as usize + 1).take(CLAUSE).take_while(|token| !token.ends_clause()).last();
    let own = |at: u32| tokens.get(at as usize);
    (before.or(own(first)).map_or(0, |token| token.start), behind.or(own(last)).map_or(0, |token| token.end))
}
