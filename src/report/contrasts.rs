//! Words that set records apart. In: the texts of a summary. Out: lists of words. Separate because it reads texts again,
//! and not more of them than it takes to tell.

use super::build::Context;
use super::model::{Contrast, TellingWord};
use super::periods::second_half;
use crate::input::dates::date_of;
use crate::lexicon::grammar::Grammar;
use crate::lexicon::{Lexicon, Role};
use crate::mention::Kind as SubjectKind;
use crate::redact::redact;
use crate::score::Polarity;
use crate::stats::{Odds, log_odds, q_values};
use crate::summary::Summary;
use crate::summary::texts::Kept;
use crate::text::{Key, Kind, Shape, Token, Tokens};
use hashbrown::HashMap;

/// Most texts that are read: more tell nothing new.
const MOST_TEXTS: usize = 30_000;
/// Fewest texts of either side.
const FEWEST: u64 = 30;
/// Fewest texts that have a word: so many, and one in so many of all; and shortest word in bytes.
const LEAST: u64 = 5;
const LEAST_SHARE: u64 = 200;
const SHORTEST: usize = 3;
/// Most words of either side, and the rate of false discoveries among them.
const WORDS: usize = 12;
const FALSE: f64 = 0.05;
/// How many words the prior weighs.
const STRENGTH: f64 = 500.0;
/// Most subjects that are set apart from the others.
const SUBJECTS: usize = 3;

/// Words of texts by numbers.
#[derive(Default)]
struct Vocabulary {
    numbers: HashMap<(Key, Key), u32>,
    words: Vec<Word>,
}

struct Word {
    spoken: String,
    opinion: bool,
}

/// A text with its words, each once.
struct Read<'s> {
    kept: &'s Kept,
    words: Vec<u32>,
}

/// Complaints against praise, the second half of the time against the first, the most mentioned brands against the
/// others.
pub(super) fn contrasts(summary: &Summary, context: &Context) -> Vec<Contrast> {
    let every = summary.texts.list().len().div_ceil(MOST_TEXTS).max(1);
    let sample = summary.texts.sample() * every as u64;
    let mut vocabulary = Vocabulary::default();
    let drawn = summary.texts.list().iter().step_by(every);
    let texts: Vec<Read> = drawn.map(|kept| Read { kept, words: vocabulary.read(&context.clean(&kept.text), context.lexicons) }).collect();
    let contrast = |of: String, against: &str, opinions: bool, side: &dyn Fn(&Kept) -> Option<bool>| {
        let found = Contrast { of, against: against.to_owned(), sample, ..Contrast::default() };
        vocabulary.contrast(&texts, opinions, side, context.unredacted, found)
    };
    let polarity = |kept: &Kept| match kept.polarity {
        Polarity::Negative => Some(true),
        Polarity::Positive => Some(false),
        Polarity::Mixed | Polarity::Neutral => None,
    };
    let mut list: Vec<Option<Contrast>> = vec![contrast("complaints".to_owned(), "praise", false, &polarity)];
    if let Some(since) = second_half(&summary.days)
        && let Some(date) = date_of(since)
    {
        list.push(contrast(format!("since {date}"), "before", true, &|kept| kept.day.map(|day| day >= since)));
    }
    for (number, name) in most_mentioned(summary, context) {
        let other = |subject: &u32| context.subjects.get(*subject as usize).is_some_and(|note| rivals(note.kind));
        let side = |kept: &Kept| {
            if kept.subjects.contains(&number) { Some(true) } else { kept.subjects.iter().any(other).then_some(false) }
        };
        list.push(contrast(name.to_owned(), "the others", true, &side));
    }
    list.into_iter().flatten().collect()
}

/// Subjects that are set apart from each other.
const fn rivals(kind: SubjectKind) -> bool {
    matches!(kind, SubjectKind::Brand | SubjectKind::Product | SubjectKind::Competitor)
}

fn most_mentioned<'c>(summary: &Summary, context: &'c Context) -> Vec<(u32, &'c str)> {
    let notes = (0..).zip(context.subjects.iter().zip(&summary.mentions.subjects));
    let mut list: Vec<(u64, &str, u32)> = notes
        .filter(|(_, (note, _))| rivals(note.kind))
        .map(|(number, (note, heard))| (heard.tally.records(), note.name.as_str(), number))
        .collect();
    list.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    if list.len() < 2 {
        return Vec::new();
    }
    list.into_iter().take(SUBJECTS).map(|(_, name, number)| (number, name)).collect()
}

impl Vocabulary {
    /// The words of a text and the pairs of words that stand side by side.
    fn read(&mut self, text: &str, lexicons: &[Lexicon]) -> Vec<u32> {
        let tokens = Tokens::from_text(text);
        let mut list = Vec::new();
        let mut before: Option<&Token> = None;
        for token in tokens.as_slice() {
            if !tells(token) {
                before = None;
                continue;
            }
            list.push(self.number(text, None, token, lexicons));
            if let Some(before) = before {
                list.push(self.number(text, Some(before), token, lexicons));
            }
            before = Some(token);
        }
        list.sort_unstable();
        list.dedup();
        list
    }

    fn number(&mut self, text: &str, before: Option<&Token>, token: &Token, lexicons: &[Lexicon]) -> u32 {
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let key = (before.map_or(Key::default(), |before| before.key), token.key);
        *self.numbers.entry(key).or_insert_with(|| {
            let both = || before.into_iter().chain([token]);
            let spoken = both().map(|token| token.of(text).to_lowercase()).collect::<Vec<_>>().join(" ");
            let opinion = both().any(|token| lexicons.iter().any(|lexicon| lexicon.role_of(token) == Role::Opinion));
            self.words.push(Word { spoken, opinion });
            next
        })
    }

    /// Words that set texts apart of which `side` says `true` from those of which it says `false`; none if there
    /// are too few of either.
    fn contrast(
        &self,
        texts: &[Read],
        opinions: bool,
        side: &dyn Fn(&Kept) -> Option<bool>,
        unredacted: bool,
        mut found: Contrast,
    ) -> Option<Contrast> {
        let mut counts = vec![[0u64; 2]; self.words.len()];
        let (mut records, mut all) = ([0u64; 2], [0u64; 2]);
        for text in texts {
            let Some(first) = side(text.kept) else { continue };
            let at = usize::from(!first);
            records[at] += 1;
            for &word in &text.words {
                if let Some(count) = counts.get_mut(word as usize) {
                    count[at] += 1;
                    all[at] += 1;
                }
            }
        }
        [found.records, found.others] = records;
        if records.iter().any(|&side| side < FEWEST) {
            return None;
        }
        // Rare words cannot tell, and each that is asked about makes chance finds likelier.
        let least = LEAST.max(records.iter().sum::<u64>() / LEAST_SHARE);
        let told = |(word, count): &(&Word, &[u64; 2])| count.iter().sum::<u64>() >= least && (opinions || !word.opinion);
        let list: Vec<(&Word, &[u64; 2])> = self.words.iter().zip(&counts).filter(told).collect();
        let odds: Vec<Odds> = list.iter().map(|(_, count)| log_odds(**count, all, STRENGTH)).collect();
        let q = q_values(&odds.iter().map(|odds| odds.p).collect::<Vec<_>>());
        let mut telling: Vec<(f64, TellingWord)> = Vec::new();
        for (((word, count), odds), q) in list.into_iter().zip(&odds).zip(q).filter(|(_, q)| *q <= FALSE) {
            let at = usize::from(odds.ratio < 0.0);
            let shown = if unredacted { word.spoken.clone() } else { redact(&word.spoken).into_owned() };
            let round = |x: f64| (x.abs() * 1e4).round() / 1e4;
            let [count, other] = [count[at], count[1 - at]];
            telling.push((
                odds.z,
                TellingWord { word: shown, count, other, log_odds: round(odds.ratio), z: round(odds.z), q: (q * 1e6).round() / 1e6 },
            ));
        }
        telling.sort_by(|a, b| b.1.z.total_cmp(&a.1.z).then_with(|| a.1.word.cmp(&b.1.word)));
        let first = |wanted: bool| {
            let mut words: Vec<TellingWord> = Vec::new();
            for (_, word) in telling.iter().filter(|(z, _)| (*z > 0.0) == wanted) {
                // A pair and its words tell the same; the stronger one stands for both.
                let same = |known: &TellingWord| known.word.split(' ').any(|part| word.word.split(' ').any(|other| other == part));
                if words.len() < WORDS && !words.iter().any(same) {
                    words.push(word.clone());
                }
            }
            words
        };
        (found.words, found.other_words) = (first(true), first(false));
        Some(found)
    }
}

/// Whether a word tells something by itself.
fn tells(token: &Token) -> bool {
    token.kind == Kind::Word
        && token.key.length() >= SHORTEST
        && !token.shape.has_any(Shape::APOSTROPHE.with(Shape::TRIPLE, true))
        && Grammar::english().class_of(token.key).is_none()
}
