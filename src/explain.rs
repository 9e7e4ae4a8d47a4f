//! Why a text has its score. In: a text. Out: every token with its entry, every rule with what it
//! changed, and the sum. Separate because it reads what scoring leaves behind and must add up: the
//! points of the opinions are the points of the text, and their shares are the score, to the digit.

use crate::analyze::{Analysis, Analyzer, Outcome, Scratch};
use crate::lexicon::{Entry, Lexicon, Meaning};
use crate::score::rules::RULES;
use crate::score::{Hit, Score};
use serde::Serialize;

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

/// One opinion: its valence by the lexicon, each change, its points, its share of the score.
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
    /// Its share of the score; all shares add up to the score.
    pub share: f64,
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
    /// Strength of praise, 0 to 1.
    pub praise: f64,
    /// Strength of complaint, 0 to 1.
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
    let mut scratch = Scratch::tracing();
    let analysis = analyzer.analyze(title, text, stated, &mut scratch);
    let whole = analysis.text;
    let mut explanation = Explanation {
        text: whole.to_owned(),
        lang: analysis.language.to_owned(),
        units: Vec::new(),
        opinions: Vec::new(),
        result: None,
        reason: None,
    };
    let score = match analysis.outcome {
        Outcome::Scored(score) => score,
        Outcome::NoText => return Explanation { reason: Some("there is no text"), ..explanation },
        Outcome::NoLexicon => return Explanation { reason: Some("there is no lexicon for its language"), ..explanation },
    };
    let units = analysis.reading.units();
    if let Some(lexicon) = analyzer.lexicon_of(analysis.language) {
        explanation.units = notes(&analysis, lexicon);
    }
    let text_of = |unit: u32| units.get(unit as usize).map_or(String::new(), |unit| written(&analysis, unit.first, unit.last).2.to_owned());
    let hits = analysis.hits.as_slice();
    let shares = shares(hits, &score);
    let opinion = |(hit, share): (&Hit, i32)| Opinion {
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
        share: strength(share),
    };
    explanation.opinions = hits.iter().zip(shares).map(opinion).collect();
    explanation.result = Some(result(hits, &score));
    explanation
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
            note.entry = lexicon.entry(unit.entry).map(entry_note);
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
    };
    EntryNote { term: entry.term.clone(), value: points(value), origin: entry.origin.to_string() }
}

fn result(hits: &[Hit], score: &Score) -> ResultNote {
    let sum = |side: fn(i32) -> i32| points(hits.iter().map(|hit| side(hit.value)).sum());
    ResultNote {
        praise_points: sum(|value| value.max(0)),
        complaint_points: sum(|value| (-value).max(0)),
        opinions: hits.iter().filter(|hit| hit.value != 0).count(),
        praise: strength(score.praise),
        complaint: strength(score.complaint),
        score: strength(score.score),
        polarity: score.polarity.name(),
        confidence: strength(score.confidence),
        coverage: strength(score.coverage),
    }
}

/// The part of each opinion in the score, in ten-thousandths: praise and complaint are divided by
/// points, what rounding leaves goes to the largest remainders, so that the parts add up.
#[must_use]
pub fn shares(hits: &[Hit], score: &Score) -> Vec<i32> {
    let mut shares = vec![0; hits.len()];
    for (sign, whole) in [(1, score.praise), (-1, score.complaint)] {
        divide(hits, sign, whole, &mut shares);
    }
    shares
}

#[allow(clippy::cast_possible_truncation)] // parts of at most 10,000
fn divide(hits: &[Hit], sign: i32, whole: i32, shares: &mut [i32]) {
    let side = || hits.iter().enumerate().filter(|(_, hit)| hit.value.signum() == sign);
    let total: i64 = side().map(|(_, hit)| i64::from(hit.value.abs())).sum();
    if total == 0 {
        return;
    }
    let mut left = whole;
    let mut remainders = Vec::new();
    for (at, hit) in side() {
        let exact = i64::from(hit.value.abs()) * i64::from(whole);
        let part = (exact / total) as i32;
        shares[at] = part * sign;
        left -= part;
        remainders.push((std::cmp::Reverse(exact % total), at));
    }
    remainders.sort_unstable();
    for (_, at) in remainders.into_iter().take(left.max(0).unsigned_abs() as usize) {
        shares[at] += sign;
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
        let sum: i64 = explained.opinions.iter().map(|o| ten_thousandths(o.share)).sum();
        prop_assert_eq!(sum, ten_thousandths(result.score));
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
