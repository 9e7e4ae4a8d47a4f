//! Who a record mentions, and what it says of them. In: an analysis. Out: mentions with their scores, and
//! one score for each subject. Separate because it is the pure function that puts queries, aspects, targets
//! and comparisons together; all threads share it.
//!
//! Subjects are numbered: queries first, in the order they were given, then the aspects of the vocabularies.

use super::aspect::{Aspects, AspectsFound};
use super::comparison::{Comparer, Comparison, On};
use super::ear::{self, About, Aim, Ear, Felt};
use super::noise::Ambiguity;
use super::target::{Language, Mark, Scene, Span, Target, locate};
use super::{Fields, Glossary, Kind, Mention, Subject, Subjects, Told};
use crate::analyze::{Analysis, Analyzer, Outcome};
use crate::error::Result;
use crate::lexicon::{Lexicon, Role};
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
    /// Of each lexicon of the analyzer.
    glossaries: Vec<Option<Glossary>>,
    /// Whether mentions are judged one by one too.
    each: bool,
}

impl Listener {
    /// Listens for these subjects and aspects in what an analyzer has read; with `each`, mentions are judged one by one too, else those
    /// are told that look like noise, and nouns are gathered that may be aspects of no vocabulary.
    ///
    /// # Errors
    /// When a shipped file is faulty, which tests rule out.
    pub fn new(analyzer: &Analyzer, subjects: Subjects, aspects: Option<Aspects>, each: bool) -> Result<Self> {
        let count = subjects.list().len();
        let comparer = if count > 1 { Comparer::new(COMPARED)? } else { None };
        let ambiguity = if count > 0 && !each { Ambiguity::new(COMPARED)? } else { None };
        let glossaries = analyzer.lexicons().iter().map(Glossary::new).collect::<Result<_>>()?;
        Ok(Self { subjects, aspects, comparer, ambiguity, glossaries, each })
    }

    /// The subjects whose queries it listens for.
    #[must_use]
    pub fn queries(&self) -> &[Subject] {
        self.subjects.list()
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
    fn compare(&self, analysis: &Analysis, ear: &mut Ear) {
        let Ear { found, comparisons, noise, glosses, .. } = ear;
        let mentions = found.mentions();
        if !analysis.language.eq_ignore_ascii_case(COMPARED) || mentions.is_empty() {
            return;
        }
        if let Some(comparer) = &self.comparer {
            comparer.find(Told::new(analysis, glosses), mentions, comparisons);
        }
        let Some(ambiguity) = &self.ambiguity else { return };
        let tokens = analysis.reading.tokens().as_slice();
        // What a name is written like tells nothing of the other words of its query.
        let named = |name: &str, mention: &Mention| mention.of(analysis.text).eq_ignore_ascii_case(name);
        let capital = |mention: &Mention| {
            self.subject(mention.subject).is_some_and(|(name, _)| named(name, mention) && name.starts_with(char::is_uppercase))
        };
        noise.extend(mentions.iter().filter_map(|mention| {
            let looks = ambiguity.judge(analysis.text, tokens, mention, capital(mention)).is_some();
            (looks || ambiguity.suspects(analysis.text, tokens, mention)).then_some((*mention, looks))
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
        ear.forget(target.is_some());
        if analysis.outcome == Outcome::NoText {
            return;
        }
        let mut own = std::mem::take(&mut ear.tokens);
        let tokens = if let Outcome::Scored(_) = analysis.outcome {
            analysis.reading.tokens()
        } else {
            own.read(analysis.text);
            &own
        };
        let lexicon = analyzer.lexicon_of(analysis.language);
        self.hear(analysis.text, tokens, lexicon, fields, ear);
        if let Some(name) = target {
            locate(name, analysis.text, tokens.as_slice(), &mut ear.named);
        }
        if let Outcome::Scored(whole) = analysis.outcome {
            self.look_up(analyzer, analysis, ear);
            self.compare(analysis, ear);
            match lexicon.zip(Language::of(analysis.language).ok().flatten()) {
                Some((lexicon, language)) => self.judge(analysis, &Bench { language, lexicon, whole }, ear),
                None => ear.feel_alike(whole),
            }
        }
        ear.tokens = own;
    }

    /// Finds subjects and aspects.
    fn hear(&self, text: &str, tokens: &Tokens, lexicon: Option<&Lexicon>, fields: &dyn Fields, ear: &mut Ear) {
        let Ear { found, felt, about, aspects, .. } = ear;
        let known = |token: &Token| lexicon.is_some_and(|lexicon| lexicon.role_of(token) != Role::None);
        self.subjects.find(text, tokens, fields, &known, found);
        felt.extend(found.mentions().iter().map(|mention| Felt {
            subject: mention.subject,
            span: Span { first: mention.first, last: mention.last },
            start: mention.start,
            end: mention.end,
            clause: if self.each { clause(mention.first, mention.last, tokens.as_slice()) } else { (0, 0) },
            score: None,
        }));
        about.extend(found.subjects().iter().map(|&subject| About { subject, mentions: 0, score: None }));
        if let Some(vocabulary) = &self.aspects {
            vocabulary.find(text, tokens.as_slice(), aspects);
            self.take_aspects(aspects, tokens.as_slice(), felt, about);
        }
        for one in felt.iter() {
            if let Ok(at) = about.binary_search_by_key(&one.subject, |about| about.subject) {
                about[at].mentions += 1;
            }
        }
    }

    /// Looks up the words of a text in which something is heard.
    fn look_up(&self, analyzer: &Analyzer, analysis: &Analysis, ear: &mut Ear) {
        let glossary = analyzer.place_of(analysis.language).and_then(|place| self.glossaries.get(place)?.as_ref());
        if let Some(glossary) = glossary.filter(|_| !ear.felt.is_empty() || ear.target.is_some() || self.aspects.is_some()) {
            glossary.read(analysis.reading, &mut ear.glosses);
        }
    }

    /// A subject as targets know it.
    #[must_use]
    pub fn mark(&self, subject: u32) -> Option<Mark> {
        self.subject(subject).map(|(_, kind)| Mark { subject, holds: kind.holds() })
    }

    /// Judges all that was heard.
    fn judge(&self, analysis: &Analysis, bench: &Bench, ear: &mut Ear) {
        let tokens = analysis.reading.tokens().as_slice();
        if let (Some(_), false) = (&self.aspects, self.each) {
            let opinion = |token: &Token| bench.lexicon.role_of(token) == Role::Opinion;
            ear.candidates.find(analysis.text, tokens, ear.aspects.mentions(), opinion);
        }
        if ear.felt.is_empty() && ear.candidates.as_slice().is_empty() && ear.target.is_none() {
            return ear.feel_alike(bench.whole);
        }
        let Ear { glosses, scene, spans, felt, about, named, target, candidates, leanings, comparisons, fared, .. } = ear;
        let own = if target.is_some() { named.spans.as_slice() } else { &[] };
        let places = felt.iter().map(|felt| (self.mark(felt.subject), felt.span)).chain(own.iter().map(|span| (None, *span)));
        let told = Told::new(analysis, glosses);
        scene.read(bench.language, bench.lexicon, told, places);
        if let Some(aim) = target {
            let score = bench.judge(scene, Target { spans: own, category: named.category, subject: None, all: true, fared: &[] });
            *aim = Aim { found: !own.is_empty(), score: Some(score) };
        }
        leanings.extend(candidates.as_slice().iter().map(|candidate| {
            let span = Span { first: candidate.first, last: candidate.last };
            sign(&bench.judge(scene, Target { spans: &[span], category: false, subject: None, all: true, fared: &[] }))
        }));
        let mut judge = |subject: u32, spans: &[Span], all: bool| {
            fared.clear();
            fared.extend(comparisons.as_slice().iter().filter_map(|comparison| ear::fared(comparison, subject, tokens)));
            let mark = self.mark(subject);
            scene.turn_to(bench.language, bench.lexicon, told, mark);
            bench.judge(scene, Target { spans, category: false, subject: mark, all, fared })
        };
        for about in about.iter_mut() {
            spans.clear();
            spans.extend(felt.iter().filter(|felt| felt.subject == about.subject).map(|felt| felt.span));
            about.score = Some(if spans.is_empty() { bench.whole } else { judge(about.subject, spans, true) });
        }
        if self.each {
            for (at, felt) in felt.iter_mut().enumerate() {
                let subject = about.binary_search_by_key(&felt.subject, |about| about.subject).ok().and_then(|at| about.get(at));
                let only = subject.is_some_and(|about| about.mentions == 1);
                let judged = at < MOST_JUDGED;
                felt.score = if judged { Some(judge(felt.subject, &[felt.span], only)) } else { subject.and_then(|about| about.score) };
            }
        }
    }
}

/// With what targets of a text are judged.
struct Bench<'b> {
    language: &'static Language,
    lexicon: &'b Lexicon,
    whole: Score,
}

impl Bench<'_> {
    fn judge(&self, scene: &Scene, target: Target) -> Score {
        self.language.judge(scene, target, &self.whole, self.lexicon.weights().mixed()).score
    }
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
