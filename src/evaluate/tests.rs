use super::*;
use crate::analyze::{Analyzer, Scratch};
use crate::input::Flaw;
use crate::lexicon::builtin;
use crate::summary::Place;
use proptest::prelude::*;
use std::sync::OnceLock;

const TEXTS: [&str; 7] = [
    "I love it, great bread and kind people all around",
    "terrible, broke after a day and nobody helped",
    "it is a phone",
    "good battery but bad screen",
    "not good at all, would not buy again, ever",
    "とても良い製品です",
    "❤️❤️ best bakery in the whole town, really",
];

#[derive(Clone, Debug)]
struct Item {
    text: usize,
    label: u8,
    group: u8,
    rival: usize,
    flawed: bool,
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let item = (0..TEXTS.len(), 0..9u8, 0..3u8, 0..TEXTS.len(), proptest::bool::weighted(0.1));
    proptest::collection::vec(item.prop_map(|(text, label, group, rival, flawed)| Item { text, label, group, rival, flawed }), 0..60)
}

fn label(item: &Item) -> Label<'static> {
    match item.label {
        0 => Label::Missing,
        1 => Label::LeftOut,
        2 => Label::Unknown(["joy", "anger", "fear", "a", "b", "c", "d"][item.text]),
        3 => Label::Known(Mark::class(Class::Positive)),
        4 => Label::Known(Mark::class(Class::Negative)),
        5 => Label::Known(Mark::class(Class::Neutral)),
        number => Label::Known(Mark::number(i8::try_from(number).unwrap() - 6).unwrap()),
    }
}

fn analyzer() -> &'static Analyzer {
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    ANALYZER.get_or_init(|| Analyzer::new(vec![builtin::lexicon().unwrap()], None))
}

fn evaluation_of(items: &[(usize, Item)]) -> Evaluation {
    let (mut scratch, mut other) = (Scratch::default(), Scratch::default());
    let mut evaluation = Evaluation::new(1, 1);
    for (number, item) in items {
        let place = Place { file: 0, record: *number as u64 + 1, line: 0 };
        let facts = Facts { place, label: label(item), language: "en", ..Facts::default() };
        if item.flawed {
            evaluation.skip(&facts, Reason::Flawed(Flaw::NoText));
            continue;
        }
        let analysis = analyzer().analyze(None, Some(TEXTS[item.text]), None, &mut scratch);
        let rival = analyzer().analyze(None, Some(TEXTS[item.rival]), None, &mut other).outcome;
        let group = format!("group {}", item.group);
        let why = || vec![Word { text: TEXTS[item.text].to_owned(), lean: 1 }];
        evaluation.add(&facts, &analysis, std::iter::once(Some(group.as_str())), std::iter::once(rival), why);
    }
    evaluation
}

fn merged(mut a: Evaluation, b: Evaluation) -> Evaluation {
    a.merge(b);
    a
}

proptest! {
    /// The laws: nothing merged changes nothing, any split and any order give the whole; also after
    /// numbers have got their meaning.
    #[test]
    fn a_commutative_monoid(items in items(), cut in 0..60usize, other in 0..60usize) {
        let numbered: Vec<(usize, Item)> = items.into_iter().enumerate().collect();
        let whole = evaluation_of(&numbered);
        let (first, last) = (cut.min(other).min(numbered.len()), cut.max(other).min(numbered.len()));
        let [a, b, c] = [&numbered[..first], &numbered[first..last], &numbered[last..]].map(evaluation_of);
        prop_assert_eq!(&merged(Evaluation::new(1, 1), whole.clone()), &whole);
        prop_assert_eq!(&merged(whole.clone(), Evaluation::new(1, 1)), &whole);
        prop_assert_eq!(&merged(merged(a.clone(), b.clone()), c.clone()), &whole);
        prop_assert_eq!(&merged(a.clone(), merged(b.clone(), c.clone())), &whole);
        let mut turned = merged(merged(c, a), b);
        prop_assert_eq!(&turned, &whole);
        let mut whole = whole;
        prop_assert_eq!(turned.resolve(), whole.resolve());
        prop_assert_eq!(turned, whole);
    }

    /// Nothing is lost: read = evaluated + unlabelled + unscored + skipped, before and after.
    #[test]
    fn the_sums_add_up(items in items()) {
        let numbered: Vec<(usize, Item)> = items.into_iter().enumerate().collect();
        let mut evaluation = evaluation_of(&numbered);
        for _ in 0..2 {
            let labelled = evaluation.truth.records();
            prop_assert_eq!(evaluation.read, labelled + evaluation.unlabelled.records() + evaluation.skips.count());
            let unscored: u64 = Mark::all().map(|mark| evaluation.truth.count(mark, Answer::Unscored)).sum();
            prop_assert_eq!(unscored, evaluation.unscored.values().flatten().sum::<u64>());
            let binned: u64 = evaluation.calibration.bins(false).iter().map(|bin| bin.records).sum();
            prop_assert!(binned <= labelled - unscored);
            evaluation.resolve();
            let binned: u64 = evaluation.calibration.bins(false).iter().map(|bin| bin.records).sum();
            let table: u64 = table(&evaluation.truth, false).iter().flatten().sum();
            let joint: u64 = evaluation.rivals[0].table(false).iter().flatten().flatten().sum();
            prop_assert_eq!((binned, joint), (table, table));
        }
    }
}
