//! A lexicon from somebody's own labels. In: what was gathered from their files, and the lexicons so
//! far. Out: a lexicon file over those, with what it is worth on records that were not learned from.
//! Separate because this is where it is decided what may be said: names are left out, too little is
//! refused, and no gain means no file.

use super::gather::{Gathered, MOST_BYTES, Seen};
use super::lesson::{Learned, Taught};
use super::study::{Base, Course, MixedStudy, Strength, plan};
use super::{Candidate, Class};
use crate::error::{Error, Result};
use crate::lexicon::{Leaning, Lexicon, Mixed, Role};
use crate::stats::{Estimate, Paired};
use crate::text::{Key, Kind, Tokens};
use serde::Serialize;
use std::collections::HashSet;

/// Least number of labelled records.
pub const LEAST: usize = 50;
/// Least number of praise and of complaints among them.
pub const LEAST_EACH: usize = 10;
/// Least number of records labelled mixed, to learn from where on a text is mixed.
pub const LEAST_MIXED: usize = 50;
/// Terms that are shown each way.
const HEAVIEST: usize = 10;

/// What the user decided.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Most terms.
    pub most_terms: usize,
    /// Words that nothing is learned about.
    pub keep_out: Vec<String>,
    /// Names of the files, as they are to be told.
    pub files: Vec<String>,
    /// On what terms the file may be passed on.
    pub licence: String,
}

/// What was learned and what it is worth.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// Name and version of this layout.
    pub schema: &'static str,
    /// The files.
    pub files: Vec<String>,
    /// Code of the language.
    pub language: String,
    /// Records by what became of them.
    pub records: Records,
    /// On records that were not learned from.
    pub held_out: HeldOut,
    /// From where on a text is mixed; none where too few records are labelled so.
    pub mixed: Option<MixedNote>,
    /// How strongly weights were held to what they were, in nats⁻².
    pub strength: Held,
    /// Entries of the lexicon.
    pub entries: Entries,
    /// Terms that moved most towards praise.
    pub praise: Vec<Moved>,
    /// Terms that moved most towards complaint.
    pub complaint: Vec<Moved>,
    /// Whether the interval of the change of macro-F1 lies above 0.
    pub gain: bool,
    /// Where the lexicon was written, if it was.
    pub written: Option<String>,
    /// Remarks.
    pub notes: Vec<String>,
}

/// Records by what became of them.
#[derive(Clone, Debug, Serialize)]
pub struct Records {
    /// Records read.
    pub read: u64,
    /// With a known label and a text in a language with a lexicon.
    pub labelled: u64,
    /// Learned from.
    pub learned_from: u64,
    /// Praise among those.
    pub positive: u64,
    /// Neutral ones.
    pub neutral: u64,
    /// Complaints.
    pub negative: u64,
}

/// What learning is worth on records that were not learned from.
#[derive(Clone, Debug, Serialize)]
pub struct HeldOut {
    /// Records that were answered.
    pub records: u64,
    /// Macro-F1 of the lexicons so far.
    pub macro_f1_before: Estimate,
    /// Macro-F1 with what was learned from the other records.
    pub macro_f1_after: Estimate,
    /// The change.
    pub macro_f1_change: Estimate,
    /// Share of right answers before.
    pub accuracy_before: Estimate,
    /// Share of right answers after.
    pub accuracy_after: Estimate,
    /// Whether more are right.
    pub test: Paired,
}

/// From where on a text is mixed, and what that is worth on records that it was not chosen by.
#[derive(Clone, Debug, Serialize)]
pub struct MixedNote {
    /// Records labelled mixed.
    pub labelled: u64,
    /// Records that were answered.
    pub records: u64,
    /// The least share of praise, and of complaint, 0 to 1.
    pub each: f64,
    /// The greatest score, either way, 0 to 1.
    pub balance: f64,
    /// Macro-F1, mixed being a class, with the limits so far.
    pub macro_f1_before: Estimate,
    /// The same with limits chosen on other records.
    pub macro_f1_after: Estimate,
    /// The change.
    pub macro_f1_change: Estimate,
    /// Whether the limits are part of the file: they are when the change is a gain.
    pub written: bool,
}

/// How strongly weights were held.
#[derive(Clone, Debug, Serialize)]
pub struct Held {
    /// Those of terms.
    pub terms: f32,
    /// Those of cues.
    pub cues: f32,
}

/// Entries of the lexicon.
#[derive(Clone, Debug, Serialize)]
pub struct Entries {
    /// Cues.
    pub cues: usize,
    /// Words, pairs and listed opinions.
    pub terms: usize,
}

/// A term that leans otherwise than before; log-odds.
#[derive(Clone, Debug, Serialize)]
pub struct Moved {
    /// The term.
    pub term: String,
    /// What it leans to now.
    pub lean: f64,
    /// What it leant to before.
    pub before: f64,
    /// Records that hold it.
    pub support: u32,
}

/// Learns from what was gathered.
///
/// # Errors
/// When there is too little to learn from, or a lexicon does not compile.
pub fn learn_own(gathered: &Gathered, base: Base, wishes: &Wishes) -> Result<(Answer, String)> {
    let corpus = &gathered.corpus;
    let counts = [Class::Praise, Class::Neutral, Class::Complaint].map(|class| corpus.labels.iter().filter(|&&l| l == class).count());
    enough(counts)?;
    let keep_out = words(&wishes.keep_out);
    let wanted = |lexicon: &Lexicon, candidate: &Candidate| may_be_learned(lexicon, candidate, &keep_out, &gathered.names);
    let course = Course::new(corpus, base, plan(corpus.texts.len(), wishes.most_terms), wanted)?;
    let study = course.study()?;
    let [macro_f1_before, macro_f1_after, macro_f1_change] = study.macro_f1(&course.classes());
    let [accuracy_before, accuracy_after] = study.accuracy();
    let records = study.records;
    let held_out =
        HeldOut { records, macro_f1_before, macro_f1_after, macro_f1_change, accuracy_before, accuracy_after, test: study.test() };
    let learned = course.learn(study.strength);
    let mixed = (gathered.mixed.len() >= LEAST_MIXED).then(|| course.study_mixed(&gathered.mixed, study.strength)).transpose()?;
    let [positive, neutral, negative] = counts.map(|count| count as u64);
    let Seen { read, labelled, .. } = gathered.seen;
    let answer = Answer {
        schema: "earful-lexicon-learn/1",
        files: wishes.files.clone(),
        language: base.language.to_owned(),
        records: Records { read, labelled, learned_from: positive + neutral + negative, positive, neutral, negative },
        gain: held_out.macro_f1_change.low > 0.0,
        held_out,
        mixed: mixed.as_ref().map(|study| mixed_note(study, gathered.mixed.len() as u64)),
        strength: Held { terms: study.strength.terms, cues: study.strength.cues },
        entries: Entries { cues: learned.cues.len(), terms: learned.terms.len() },
        praise: heaviest(&learned, 1),
        complaint: heaviest(&learned, -1),
        written: None,
        notes: notes(gathered, neutral, mixed.as_ref()),
    };
    let limits = mixed.filter(is_gain).map(|study| study.limits);
    let page = page(&answer, study.strength, (&learned, limits), base.domains, &wishes.licence);
    Ok((answer, page))
}

fn is_gain(study: &MixedStudy) -> bool {
    study.change.value > 0.0
}

fn mixed_note(study: &MixedStudy, labelled: u64) -> MixedNote {
    let share = |ten_thousandths: i32| f64::from(ten_thousandths) / 10_000.0;
    MixedNote {
        labelled,
        records: study.records,
        each: share(study.limits.each),
        balance: share(study.limits.balance),
        macro_f1_before: study.before,
        macro_f1_after: study.after,
        macro_f1_change: study.change,
        written: is_gain(study),
    }
}

fn enough([praise, neutral, complaints]: [usize; 3]) -> Result<()> {
    let all = praise + neutral + complaints;
    if all >= LEAST && praise.min(complaints) >= LEAST_EACH {
        return Ok(());
    }
    let found = format!("found {all} labelled records to learn from: {praise} praise, {neutral} neutral, {complaints} complaints");
    Err(Error::input(format!("{found}; expected at least {LEAST}, with {LEAST_EACH} praise and {LEAST_EACH} complaints"))
        .advise("label more records of both kinds; earful inspect FILE says which column holds labels or stars"))
}

/// The words of the terms that the user names.
fn words(terms: &[String]) -> HashSet<Key> {
    terms.iter().flat_map(|term| keys(term)).collect()
}

fn keys(term: &str) -> Vec<Key> {
    Tokens::from_text(term).as_slice().iter().filter(|token| token.kind == Kind::Word).map(|token| token.key).collect()
}

/// Nothing is learned about words that the user keeps out, nor about names, unless the lexicon lists
/// them: "the" of "The Cheese Shop" is no name.
fn may_be_learned(lexicon: &Lexicon, candidate: &Candidate, keep_out: &HashSet<Key>, names: &HashSet<Key>) -> bool {
    if keep_out.is_empty() && names.is_empty() {
        return true;
    }
    let tokens = Tokens::from_text(&candidate.term);
    tokens.as_slice().iter().all(|token| {
        let is_name = names.contains(&token.key) && lexicon.role_of(token) == Role::None;
        !is_name && !keep_out.contains(&token.key)
    })
}

/// The terms that moved most to one side, by how far and in how many texts.
fn heaviest(learned: &Learned, side: i32) -> Vec<Moved> {
    let moved = |taught: &Taught| side * (taught.leaning.lean - taught.before.lean);
    let mut terms: Vec<&Taught> = learned.terms.iter().filter(|taught| moved(taught) > 0).collect();
    terms.sort_by(|a, b| (moved(b), &a.candidate.term).cmp(&(moved(a), &b.candidate.term)));
    let nats = |leaning: Leaning| f64::from(leaning.lean) / 1000.0;
    let told = |taught: &&Taught| Moved {
        term: taught.candidate.term.clone(),
        lean: nats(taught.leaning),
        before: nats(taught.before),
        support: taught.candidate.texts,
    };
    terms.iter().take(HEAVIEST).map(told).collect()
}

fn notes(gathered: &Gathered, neutral: u64, limits: Option<&MixedStudy>) -> Vec<String> {
    let Seen { labelled, mixed, foreign, .. } = gathered.seen;
    let taken = gathered.corpus.labels.len() as u64 + mixed + foreign;
    let mut notes = Vec::new();
    if taken < labelled {
        let most = MOST_BYTES / 1_000_000;
        notes.push(format!("{taken} of {labelled} labelled records were taken, evenly spread (at most --most, and {most} MB of text)"));
    }
    if mixed > 0 {
        notes.push(format!("{mixed} records labelled mixed were left out: they lean neither way"));
        match limits {
            None => notes.push(format!("from where on a record is mixed stays as it was: that takes {LEAST_MIXED} records labelled mixed")),
            Some(study) if !is_gain(study) => {
                notes.push(
                    "from where on a record is mixed stays as it was: other limits are no gain on records they were not chosen by"
                        .to_owned(),
                );
            }
            Some(_) => {}
        }
    }
    if foreign > 0 {
        notes.push(format!("{foreign} records in another language than most were left out"));
    }
    if neutral == 0 {
        notes.push("no record is labelled neutral, so that what counts as neutral stays as it was".to_owned());
    }
    notes
}

/// The lexicon file with its header.
fn page(answer: &Answer, strength: Strength, (learned, limits): (&Learned, Option<Mixed>), domains: &[String], licence: &str) -> String {
    let Records { learned_from, positive, neutral, negative, .. } = answer.records;
    let HeldOut { records, macro_f1_before, macro_f1_after, macro_f1_change, .. } = &answer.held_out;
    let percent = |share: f64| format!("{:.1}", 100.0 * share);
    let points = |share: f64| format!("{:+.1}", 100.0 * share);
    let from = format!("{learned_from} records: {positive} praise, {neutral} neutral, {negative} complaints");
    let gain = format!(
        "macro-F1 {} % -> {} % on {records} records that were not learned from; {} points, 95 % interval {} to {}",
        percent(macro_f1_before.value),
        percent(macro_f1_after.value),
        points(macro_f1_change.value),
        points(macro_f1_change.low),
        points(macro_f1_change.high),
    );
    let held = format!("terms {}, cues {}", strength.terms, strength.cues);
    let limits = limits.map(Mixed::header);
    let source = format!("labelled records of {}", listed(&answer.files));
    let mut header = vec![
        ("language", answer.language.as_str()),
        ("title", "Learned by earful lexicon learn, over the lexicons that were there"),
        ("source", source.as_str()),
        ("licence", licence),
        ("learned-from", &from),
        ("gain", &gain),
        ("held", &held),
    ];
    header.extend(limits.iter().flatten().map(|(key, value)| (*key, value.as_str())));
    let domains = (!domains.is_empty()).then(|| domains.join(","));
    learned.page(&header, domains.as_deref())
}

/// A few names, and how many more.
fn listed(names: &[String]) -> String {
    const FEW: usize = 5;
    let list = names.iter().take(FEW).cloned().collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(FEW) {
        None | Some(0) => list,
        Some(more) => format!("{list} and {more} more"),
    }
}
