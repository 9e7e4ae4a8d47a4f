//! Why a text has its score. In: a text. Out: every token with its entry, every rule with what it
//! changed, and the sum. Separate because it reads what scoring leaves behind and must add up: the
//! points of the opinions are the points of the text, and what opinions, words and cues lean to is the
//! lean of the text, to the digit.

pub mod targets;

use crate::analyze::{Analysis, Analyzer, Outcome, Scratch};
use crate::lexicon::{Cue, Entry, Leaning, Lexicon, Meaning};
use crate::mention::Listener;
use crate::score::evidence::{Evidence, length_factor, of_hit, weigh};
use crate::score::irony::{self, CUES, find};
use crate::score::measure::shares;
use crate::score::rules::RULES;
use crate::score::{Hit, Score};
use serde::Serialize;
use targets::TargetNote;

/// The explanation of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The text that was scored.
    pub text: String,
    /// Code of its language.
    pub lang: String,
    /// What the text is made of.
    pub units: Vec<UnitNote>,
    /// The opinions with what became of them.
    pub opinions: Vec<Opinion>,
    /// Words and pairs of words that lean by themselves.
    pub leanings: Vec<Lean>,
    /// What the text shows apart from its words.
    pub cues: Vec<CueNote>,
    /// Signs of irony; they change nothing.
    pub irony: Vec<IronyNote>,
    /// What is felt about the subjects that were listened for.
    pub targets: Vec<TargetNote>,
    /// The result; none when the text could not be scored.
    pub result: Option<ResultNote>,
    /// Why it could not be scored.
    pub reason: Option<&'static str>,
}

/// A word, phrase or sign.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitNote {
    /// As written.
    pub text: String,
    /// First character, counted in Unicode scalar values.
    pub start: usize,
    /// Behind the last character.
    pub end: usize,
    /// What it does: `opinion`, `negator`, ...; `unknown` for words that are in no lexicon.
    pub role: &'static str,
    /// The entry of the lexicon.
    pub entry: Option<EntryNote>,
}

/// A lexicon entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntryNote {
    /// The term.
    pub term: String,
    /// Valence, or strength of the role.
    pub value: f64,
    /// File and line.
    pub origin: String,
}

/// What is added to the sum, in log-odds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Weight {
    /// Towards praise above 0, towards complaint below.
    pub lean: f64,
    /// Towards an opinion, of either kind, above 0; towards none below.
    pub opinion: f64,
}

/// A word or a pair of words that leans by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lean {
    /// As written.
    pub text: String,
    /// First character, counted in Unicode scalar values.
    pub start: usize,
    /// Behind the last character.
    pub end: usize,
    /// The entry of the lexicon.
    pub entry: Option<EntryNote>,
    /// What it adds to the sum.
    pub adds: Weight,
}

/// A cue that the text shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CueNote {
    /// Its name in lexicon files.
    pub cue: &'static str,
    /// What it adds to the sum.
    pub adds: Weight,
}

/// A sign of irony.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IronyNote {
    /// The cue.
    pub cue: &'static str,
    /// What it is.
    pub means: &'static str,
    /// What shows it, as written.
    pub text: String,
    /// Ironic sentences among the test sentences that show it.
    pub right: u16,
    /// Test sentences that show it.
    pub shown: u16,
    /// Complaints among labelled posts and reviews that show it.
    pub complaints: u16,
    /// Labelled posts and reviews that show it.
    pub posts: u16,
}

/// One opinion: its valence by the lexicon, each change, its points, what it adds to the sum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opinion {
    /// As written.
    pub text: String,
    /// Valence by the lexicon.
    pub valence: f64,
    /// What rules changed, in order.
    pub changes: Vec<Change>,
    /// Points after all rules.
    pub points: f64,
    /// What it adds to the sum: its part of what praise or complaint weighs, and what it leans to.
    pub adds: Weight,
}

/// What a rule changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The rule.
    pub rule: &'static str,
    /// What the rule does.
    pub means: &'static str,
    /// The word that caused it.
    pub because_of: String,
    /// Points before.
    pub before: f64,
    /// Points after.
    pub after: f64,
}

/// The sum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResultNote {
    /// Points of praise.
    pub praise_points: f64,
    /// Points of complaint.
    pub complaint_points: f64,
    /// Number of opinions.
    pub opinions: usize,
    /// The sum of all that opinions, words and cues add.
    pub sum: Weight,
    /// The chance that people would call it praise: e^(opinion + lean) over 1 + e^(opinion + lean) + e^(opinion - lean).
    pub praise: f64,
    /// The chance that people would call it a complaint: e^(opinion - lean) over the same.
    pub complaint: f64,
    /// Praise minus complaint.
    pub score: f64,
    /// Which way it leans.
    pub polarity: &'static str,
    /// How sure the polarity is.
    pub confidence: f64,
    /// Share of content words that the lexicon has an opinion on.
    pub coverage: f64,
}

fn points(thousandths: i32) -> f64 {
    f64::from(thousandths) / 1000.0
}

fn strength(ten_thousandths: i32) -> f64 {
    f64::from(ten_thousandths) / 10_000.0
}

/// Explains the score of a record.
#[must_use]
pub fn explain(analyzer: &Analyzer, title: Option<&str>, text: Option<&str>, stated: Option<&str>) -> Explanation {
    explain_hearing(analyzer, None, title, text, stated)
}

/// Explains the score of a record, and what is felt about the subjects that are listened for.
#[must_use]
pub fn explain_hearing(
    analyzer: &Analyzer,
    listener: Option<&Listener>,
    title: Option<&str>,
    text: Option<&str>,
    stated: Option<&str>,
) -> Explanation {
    let mut scratch = Scratch::tracing();
    let analysis = analyzer.analyze(title, text, stated, &mut scratch);
    let whole = analysis.text;
    let mut explanation = Explanation {
        text: whole.to_owned(),
        lang: analysis.language.to_owned(),
        units: Vec::new(),
        opinions: Vec::new(),
        leanings: Vec::new(),
        cues: Vec::new(),
        irony: Vec::new(),
        targets: Vec::new(),
        result: None,
        reason: None,
    };
    let score = match analysis.outcome {
        Outcome::Scored(score) => score,
        Outcome::NoText => return Explanation { reason: Some("there is no text"), ..explanation },
        Outcome::NoLexicon => return Explanation { reason: Some("there is no lexicon for its language"), ..explanation },
    };
    let Some(lexicon) = analyzer.lexicon_of(analysis.language) else { return explanation };
    let units = analysis.reading.units();
    explanation.units = notes(&analysis, lexicon);
    let parts = parts(&analysis, lexicon);
    let text_of = |unit: u32| units.get(unit as usize).map_or(String::new(), |unit| written(&analysis, unit.first, unit.last).2.to_owned());
    let hits = analysis.hits.as_slice();
    let opinion = |(hit, &adds): (&Hit, &Leaning)| Opinion {
        text: text_of(hit.unit),
        valence: points(hit.base),
        changes: analysis
            .hits
            .steps()
            .iter()
            .filter(|step| step.unit == hit.unit)
            .map(|step| Change {
                rule: step.rule,
                means: meaning_of(step.rule),
                because_of: text_of(step.cause),
                before: points(step.before),
                after: points(step.after),
            })
            .collect(),
        points: points(hit.value),
        adds: weight(adds),
    };
    explanation.opinions = hits.iter().zip(&parts.opinions).map(opinion).collect();
    explanation.leanings = parts.words.iter().map(|word| lean(&analysis, lexicon, word)).collect();
    explanation.cues = parts.cues.iter().map(|&(cue, adds)| CueNote { cue: cue.name(), adds: weight(adds) }).collect();
    explanation.irony = irony_of(&analysis);
    explanation.targets = listener.map_or_else(Vec::new, |listener| targets::targets(analyzer, listener, &analysis, &score));
    explanation.result = Some(result(hits, parts.sum, &score));
    explanation
}

fn irony_of(analysis: &Analysis) -> Vec<IronyNote> {
    let mut notes = Vec::new();
    find(analysis.language, analysis.text, analysis.reading, analysis.hits, |cue, bytes| {
        if let Some(cue) = CUES.get(cue) {
            let text = analysis.text.get(bytes).unwrap_or("").to_owned();
            let irony::Cue { name, means, right, shown, complaints, posts } = *cue;
            notes.push(IronyNote { cue: name, means, text, right, shown, complaints, posts });
        }
    });
    notes
}

/// What each part of a text adds to the sum.
struct Parts {
    opinions: Vec<Leaning>,
    words: Vec<Word>,
    cues: Vec<(Cue, Leaning)>,
    sum: Leaning,
}

/// Tokens that lean, their entry, and what they add.
struct Word {
    first: u32,
    last: u32,
    entry: Option<u32>,
    adds: Leaning,
}

fn parts(analysis: &Analysis, lexicon: &Lexicon) -> Parts {
    let (reading, hits) = (analysis.reading, analysis.hits.as_slice());
    let (mut cues, mut of_words) = (Vec::new(), Leaning::default());
    let mut sides = [Leaning::default(); 2];
    let sum = weigh(lexicon.weights(), reading, analysis.hits, shares(analysis.hits), |evidence, adds| match evidence {
        Evidence::Cue(Cue::Praise) => sides[0] = adds,
        Evidence::Cue(Cue::Complaint) => sides[1] = adds,
        Evidence::Cue(cue) => cues.push((cue, adds)),
        Evidence::Words => of_words = adds,
    });
    cues.retain(|(_, adds)| *adds != Leaning::default());
    let mut words: Vec<Word> = Vec::new();
    lexicon.leanings_of(reading, |leaner, adds| {
        if adds != Leaning::default() {
            words.push(Word { first: leaner.first, last: leaner.last, entry: lexicon.entry_of(leaner), adds });
        }
    });
    // What opinions and words lean to is divided together, because length weighs them together.
    let own = |hit: &Hit| reading.units().get(hit.unit as usize).map_or(Leaning::default(), |unit| of_hit(hit, unit.tilt.leaning()));
    let whole: Vec<Leaning> = words.iter().map(|word| word.adds).chain(hits.iter().map(own)).collect();
    let factor = length_factor(reading.leanings().words);
    let mut divided = divide(&whole, of_words, factor).into_iter();
    words.iter_mut().zip(divided.by_ref()).for_each(|(word, adds)| word.adds = adds);
    let mut opinions: Vec<Leaning> = divided.collect();
    for (sign, side) in [(1, sides[0]), (-1, sides[1])] {
        let points: Vec<i64> = hits.iter().map(|hit| if hit.value.signum() == sign { i64::from(hit.value.abs()) } else { 0 }).collect();
        let total = points.iter().sum();
        let (lean, opinion) = (apportion(side.lean, &points, total), apportion(side.opinion, &points, total));
        for (own, (lean, opinion)) in opinions.iter_mut().zip(lean.into_iter().zip(opinion)) {
            *own += Leaning { lean, opinion };
        }
    }
    Parts { opinions, words, cues, sum }
}

/// What length leaves of each leaning, so that they add up to what it leaves of all.
fn divide(parts: &[Leaning], whole: Leaning, factor: i64) -> Vec<Leaning> {
    let times = |side: fn(&Leaning) -> i32| parts.iter().map(|part| i64::from(side(part)) * factor).collect::<Vec<_>>();
    let lean = round(&times(|part| part.lean), 10_000, whole.lean);
    let opinion = round(&times(|part| part.opinion), 10_000, whole.opinion);
    lean.into_iter().zip(opinion).map(|(lean, opinion)| Leaning { lean, opinion }).collect()
}

/// `whole` divided by points; `total` is their sum.
fn apportion(whole: i32, points: &[i64], total: i64) -> Vec<i32> {
    if total == 0 {
        return vec![0; points.len()];
    }
    let exact: Vec<i64> = points.iter().map(|points| points * i64::from(whole)).collect();
    round(&exact, total, whole)
}

/// Rounds `exact / unit` so that the sum is `whole`: down, and what is left goes to the largest
/// remainders.
#[allow(clippy::cast_possible_truncation)] // leanings are small
fn round(exact: &[i64], unit: i64, whole: i32) -> Vec<i32> {
    let mut rounded: Vec<i32> = exact.iter().map(|exact| exact.div_euclid(unit) as i32).collect();
    let left = i64::from(whole) - rounded.iter().map(|&part| i64::from(part)).sum::<i64>();
    let mut remainders: Vec<(std::cmp::Reverse<i64>, usize)> =
        exact.iter().enumerate().map(|(at, exact)| (std::cmp::Reverse(exact.rem_euclid(unit)), at)).collect();
    remainders.sort_unstable();
    for (_, at) in remainders.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        rounded[at] += 1;
    }
    rounded
}

fn weight(leaning: Leaning) -> Weight {
    Weight { lean: points(leaning.lean), opinion: points(leaning.opinion) }
}

fn lean(analysis: &Analysis, lexicon: &Lexicon, word: &Word) -> Lean {
    let (start, end, text) = written(analysis, word.first, word.last);
    let chars = |bytes: usize| analysis.text.get(..bytes).map_or(0, |before| before.chars().count());
    let entry = word.entry.and_then(|entry| lexicon.entry(entry)).as_deref().map(entry_note);
    Lean { text: text.to_owned(), start: chars(start), end: chars(end), entry, adds: weight(word.adds) }
}

fn meaning_of(rule: &str) -> &'static str {
    RULES.iter().find(|known| known.name == rule).map_or("", |known| known.summary)
}

/// A note for every unit, and for every word between them.
fn notes(analysis: &Analysis, lexicon: &Lexicon) -> Vec<UnitNote> {
    let mut notes = Vec::new();
    let mut units = analysis.reading.units().iter().peekable();
    let mut at = 0;
    while let Some(token) = analysis.reading.tokens().as_slice().get(at as usize) {
        let (start, end, text) = match units.peek() {
            Some(unit) if unit.first == at => written(analysis, unit.first, unit.last),
            _ => written(analysis, at, at),
        };
        let chars = |bytes: usize| analysis.text.get(..bytes).map_or(0, |before| before.chars().count());
        let mut note =
            UnitNote { text: text.to_owned(), start: chars(start), end: chars(end), role: lexicon.role_of(token).name(), entry: None };
        if let Some(unit) = units.next_if(|unit| unit.first == at) {
            note.role = if unit.ends_clause() && unit.entry == u32::MAX { "clause end" } else { unit.role.name() };
            note.entry = lexicon.entry(unit.entry).as_deref().map(entry_note);
            at = unit.last;
        }
        notes.push(note);
        at += 1;
    }
    notes
}

/// The bytes and the text from one token to another.
fn written<'a>(analysis: &Analysis<'a>, first: u32, last: u32) -> (usize, usize, &'a str) {
    let tokens = analysis.reading.tokens().as_slice();
    let bounds = tokens.get(first as usize).zip(tokens.get(last as usize));
    let (start, end) = bounds.map_or((0, 0), |(first, last)| (first.start as usize, last.end as usize));
    (start, end, analysis.text.get(start..end).unwrap_or(""))
}

fn entry_note(entry: &Entry) -> EntryNote {
    let value = match entry.meaning {
        Meaning::Valence(value) | Meaning::Role(_, value) => value,
        Meaning::Leaning(leaning) => leaning.lean,
    };
    EntryNote { term: entry.term.to_string(), value: points(value), origin: entry.origin.to_string() }
}

fn result(hits: &[Hit], whole: Leaning, score: &Score) -> ResultNote {
    let sum = |side: fn(i32) -> i32| points(hits.iter().map(|hit| side(hit.value)).sum());
    ResultNote {
        praise_points: sum(|value| value.max(0)),
        complaint_points: sum(|value| (-value).max(0)),
        opinions: hits.iter().filter(|hit| hit.value != 0).count(),
        sum: weight(whole),
        praise: strength(score.praise),
        complaint: strength(score.complaint),
        score: strength(score.score),
        polarity: score.polarity.name(),
        confidence: strength(score.confidence),
        coverage: strength(score.coverage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::builtin;
    use proptest::prelude::*;
    use std::sync::OnceLock;

    fn analyzer() -> &'static Analyzer {
        static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
        ANALYZER.get_or_init(|| Analyzer::new(vec![builtin::lexicon().unwrap()], Some("en".to_owned())))
    }

    fn check(text: &str) -> Result<(), TestCaseError> {
        let explained = explain(analyzer(), None, Some(text), None);
        let Some(result) = &explained.result else { return Ok(()) };
        #[allow(clippy::cast_possible_truncation)] // scores and points are small
        let times = |x: f64, unit: f64| (x * unit).round() as i64;
        let (ten_thousandths, thousandths) = (|x: f64| times(x, 1e4), |x: f64| times(x, 1e3));
        let adds = explained
            .opinions
            .iter()
            .map(|o| o.adds)
            .chain(explained.leanings.iter().map(|w| w.adds))
            .chain(explained.cues.iter().map(|c| c.adds));
        let (lean, opinion) =
            adds.fold((0, 0), |(lean, opinion), adds| (lean + thousandths(adds.lean), opinion + thousandths(adds.opinion)));
        prop_assert_eq!((lean, opinion), (thousandths(result.sum.lean), thousandths(result.sum.opinion)));
        let odds = |side: f64| (result.sum.opinion + side * result.sum.lean).clamp(-20.0, 20.0).exp();
        let whole = 1.0 + odds(1.0) + odds(-1.0);
        prop_assert!((odds(1.0) / whole - result.praise).abs() < 1e-4 && (odds(-1.0) / whole - result.complaint).abs() < 1e-4);
        prop_assert_eq!(ten_thousandths(result.praise) - ten_thousandths(result.complaint), ten_thousandths(result.score));
        let points: i64 = explained.opinions.iter().map(|o| thousandths(o.points)).sum();
        prop_assert_eq!(points, thousandths(result.praise_points) - thousandths(result.complaint_points));
        for opinion in &explained.opinions {
            let mut value = thousandths(opinion.valence);
            for change in &opinion.changes {
                prop_assert_eq!(thousandths(change.before), value);
                value = thousandths(change.after);
            }
            prop_assert_eq!(value, thousandths(opinion.points));
        }
        prop_assert!((-1.0..=1.0).contains(&result.score));
        Ok(())
    }

    proptest! {
        /// Valence, changes, points, shares and score add up, whatever the text.
        #[test]
        fn everything_adds_up(words in proptest::collection::vec("good|bad|great|awful|not|never|very|too small|but|although|would be|used to be|\\?|!|\\.|,|5 stars|2/10|😂|❤️|:\\(|no|problems|GOOD|soooo|least|the|is|[a-z]{1,8}|★★★☆☆", 0..24)) {
            check(&words.join(" "))?;
        }
    }
}
