//! Shares corrected for the mistakes of the answers. In: labels against answers of a sample, and the
//! answers to all records. Out: shares of praise and complaint as the labels would have them, or why
//! there are none. Separate because it says something else than the shares beside it, and must say so.

use super::build::Context;
use super::model::Corrected;
use crate::input::label::{Class, Mark};
use crate::score::Polarity;
use crate::stats::{self, ANSWERS, Answers, CLASSES, Estimate, LEAST_PER_CLASS, Unusable};
use crate::summary::{Answer, Confusion, Summary, Tally};

/// Least starred records for a correction that nobody has asked for.
const LEAST_STARRED: u64 = 100;
/// Least labelled records of a sample of the same records.
const LEAST_LABELLED: u64 = 30;

/// A labelled sample of other records.
pub struct Sample<'c> {
    /// The name of its file.
    pub name: &'c str,
    /// Labels against answers.
    pub truth: &'c Confusion,
    /// Whether its labels are stars.
    pub stars: bool,
}

/// The corrected shares, where there is something to correct them by.
pub fn corrected(summary: &Summary, context: &Context) -> Option<Corrected> {
    if summary.total.records() == 0 {
        return None;
    }
    let all = answers(&summary.total);
    if let Some(sample) = &context.sample {
        return Some(by_sample(sample, &all));
    }
    let labels = context.files.iter().filter_map(|file| file.truth.as_ref()).any(|truth| truth.most.is_none());
    let (table, records) = table(&summary.truth);
    if !labels && records < LEAST_STARRED {
        return None;
    }
    let head = Corrected {
        by: if labels { "label" } else { "stars" }.to_owned(),
        sample: None,
        records,
        of: summary.total.records(),
        method: "post-stratified".to_owned(),
        ..Corrected::default()
    };
    if records < LEAST_LABELLED {
        let reason = format!("{records} labelled records are too few to correct the shares, at least {LEAST_LABELLED} are needed");
        return Some(Corrected { reason: Some(reason), ..head });
    }
    Some(with_shares(head, stats::post_stratified(&table, &all)?, &classes(&table)))
}

fn by_sample(sample: &Sample, all: &Answers) -> Corrected {
    let (table, records) = table(sample.truth);
    let head = Corrected {
        by: if sample.stars { "stars" } else { "label" }.to_owned(),
        sample: Some(sample.name.to_owned()),
        records,
        of: all.iter().sum(),
        method: "adjusted count".to_owned(),
        ..Corrected::default()
    };
    let classes = classes(&table);
    let title = |class: usize| Class::ALL.get(class).map_or("", |class| class.title());
    match stats::adjusted_count(&table, all, &classes) {
        Ok(shares) => with_shares(head, shares, &classes),
        Err(Unusable::TooFew { class, records }) => {
            let reason = format!(
                "the sample has {records} scored records labelled {}, at least {LEAST_PER_CLASS} are needed to correct the shares",
                title(class)
            );
            Corrected { reason: Some(reason), ..head }
        }
        Err(Unusable::Alike { one, other }) => {
            let reason =
                format!("{} and {} of the sample get nearly the same answers, so the shares cannot be corrected", title(one), title(other));
            Corrected { reason: Some(reason), ..head }
        }
    }
}

fn with_shares(head: Corrected, shares: [Estimate; CLASSES], classes: &[usize]) -> Corrected {
    let of = |class: Class| classes.contains(&(class as usize)).then(|| shares[class as usize]);
    Corrected { positive: of(Class::Positive), negative: of(Class::Negative), mixed: of(Class::Mixed), neutral: of(Class::Neutral), ..head }
}

/// The classes that labels name; praise and complaint always.
fn classes(table: &[Answers; CLASSES]) -> Vec<usize> {
    let always = [Class::Positive as usize, Class::Negative as usize];
    (0..CLASSES).filter(|class| always.contains(class) || table[*class].iter().sum::<u64>() > 0).collect()
}

/// Answers in the order of classes.
fn answers(tally: &Tally) -> Answers {
    [Polarity::Positive, Polarity::Neutral, Polarity::Negative, Polarity::Mixed].map(|polarity| tally.count(polarity))
}

/// Classes by answers, and the number of records.
fn table(truth: &Confusion) -> ([Answers; CLASSES], u64) {
    let mut table = [[0; ANSWERS]; CLASSES];
    for class in Class::ALL {
        for answer in Answer::ALL {
            if let Some(named) = answer.named() {
                table[class as usize][named as usize] += truth.count(Mark::class(class), answer);
            }
        }
    }
    (table, table.iter().flatten().sum())
}

impl Corrected {
    /// What was corrected, and by what, in a few words; `number` writes a count.
    #[must_use]
    pub fn headline(&self, number: impl Fn(u64) -> String) -> String {
        let kind = if self.by == "stars" { "starred" } else { "labelled" };
        match &self.sample {
            Some(name) => format!("corrected by {} {kind} records of {name}, taken to be answered alike", number(self.records)),
            None if self.records == self.of && self.by == "stars" => format!("by the stars of all {} records", number(self.records)),
            None if self.records == self.of => format!("by the labels of all {} records", number(self.records)),
            None => format!("corrected by {} {kind} records, as a sample of all", number(self.records)),
        }
    }

    /// The shares that there are, by the names that people read.
    pub fn shares(&self) -> impl Iterator<Item = (&'static str, Estimate)> {
        let all = [("praise", self.positive), ("complaints", self.negative), ("mixed", self.mixed), ("neutral", self.neutral)];
        all.into_iter().filter_map(|(name, share)| Some((name, share?)))
    }
}
