use super::skips::Reason;
use super::*;
use crate::input::{Flaw, Label, Mark};
use crate::lexicon::builtin;
use crate::score::score;
use proptest::prelude::*;

const TEXTS: [&str; 6] = [
    "I love it, great bread and kind people all around",
    "terrible, broke after a day and nobody helped",
    "it is a phone",
    "good battery but bad screen",
    "not good at all, would not buy again, ever",
    "❤️❤️ best bakery in the whole town, really",
];

#[derive(Clone, Debug)]
struct Item {
    text: usize,
    author: u8,
    day: Option<i32>,
    stars: Option<u8>,
    group: u8,
    flawed: bool,
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let item =
        (0..TEXTS.len(), 0..5u8, proptest::option::of(0..40i32), proptest::option::of(1..6u8), 0..4u8, proptest::bool::weighted(0.2));
    proptest::collection::vec(
        item.prop_map(|(text, author, day, stars, group, flawed)| Item { text, author, day, stars, group, flawed }),
        0..40,
    )
}

fn summary_of(items: &[(usize, Item)]) -> Summary {
    summary_in(Summary::new(1, 0), items)
}

/// With room for so many records that raise something, and so many bytes of text.
fn narrow(records: usize, bytes: usize) -> Summary {
    Summary { raised: Raised::with_most(records), texts: Texts::with_most(bytes), ..Summary::new(1, 0) }
}

fn summary_in(mut summary: Summary, items: &[(usize, Item)]) -> Summary {
    let lexicon = builtin_lexicon();
    let (mut reading, mut hits, mut phrases) = (Reading::new(), Hits::new(), Phrases::default());
    for (number, item) in items {
        let author = format!("author {}", item.author);
        let group = format!("group {}", item.group);
        let label = item.stars.and_then(|stars| Mark::number(i8::try_from(stars).ok()?)).map_or(Label::Missing, Label::Known);
        let leaning = item.stars.map_or(0, |stars| (i8::try_from(stars).unwrap() - 3).signum());
        let place = Place { file: 0, record: *number as u64 + 1, line: 0 };
        let facts =
            Facts { place, author: Some(&author), day: item.day, stars: item.stars, leaning, label, language: "en", ..Facts::default() };
        if item.flawed {
            summary.skip(&facts, Reason::Flawed(Flaw::NoText));
            continue;
        }
        let text = TEXTS[item.text];
        lexicon.read(text, &mut reading);
        let score = score(lexicon.weights(), &reading, text, &mut hits);
        summary.add(&facts, text, &score, &reading, &hits, std::iter::once(Some(group.as_str())));
        phrases.find("en", &reading, &hits);
        summary.keep(&facts, text, &score, &phrases, std::iter::once(item.stars.unwrap_or(0).into()));
    }
    summary
}

fn builtin_lexicon() -> &'static crate::lexicon::Lexicon {
    static LEXICON: std::sync::OnceLock<crate::lexicon::Lexicon> = std::sync::OnceLock::new();
    LEXICON.get_or_init(|| builtin::lexicon().unwrap())
}

fn merged(mut a: Summary, b: Summary) -> Summary {
    a.merge(b);
    a
}

proptest! {
    /// The laws: nothing merged changes nothing, any split and any order give the whole.
    #[test]
    fn a_commutative_monoid(items in items(), cut in 0..40usize, other in 0..40usize) {
        let numbered: Vec<(usize, Item)> = items.into_iter().enumerate().collect();
        let whole = summary_of(&numbered);
        let (first, last) = (cut.min(other).min(numbered.len()), cut.max(other).min(numbered.len()));
        let parts = [&numbered[..first], &numbered[first..last], &numbered[last..]].map(summary_of);
        let [a, b, c] = parts;
        prop_assert_eq!(&merged(Summary::new(1, 0), whole.clone()), &whole);
        prop_assert_eq!(&merged(whole.clone(), Summary::new(1, 0)), &whole);
        prop_assert_eq!(&merged(merged(a.clone(), b.clone()), c.clone()), &whole);
        prop_assert_eq!(&merged(a.clone(), merged(b.clone(), c.clone())), &whole);
        prop_assert_eq!(&merged(merged(c, a), b), &whole);
    }

    /// The laws hold where only a sample is kept, and it is within its bounds.
    #[test]
    fn samples_are_a_commutative_monoid(items in items(), cut in 0..40usize, other in 0..40usize, room in 0..6usize) {
        let numbered: Vec<(usize, Item)> = items.into_iter().enumerate().collect();
        let of = |items: &[(usize, Item)]| summary_in(narrow(room, room * 300), items);
        let whole = of(&numbered);
        let (first, last) = (cut.min(other).min(numbered.len()), cut.max(other).min(numbered.len()));
        let [a, b, c] = [&numbered[..first], &numbered[first..last], &numbered[last..]].map(of);
        prop_assert!(whole.raised.records().len() <= room);
        prop_assert_eq!(&merged(narrow(room, room * 300), whole.clone()), &whole);
        prop_assert_eq!(&merged(whole.clone(), narrow(room, room * 300)), &whole);
        prop_assert_eq!(&merged(merged(a.clone(), b.clone()), c.clone()), &whole);
        prop_assert_eq!(&merged(a.clone(), merged(b.clone(), c.clone())), &whole);
        prop_assert_eq!(&merged(merged(c, a), b), &whole);
    }

    /// Every author's records are counted, and only what says the opposite of its stars clashes.
    #[test]
    fn people_and_clashes_are_those_of_the_records(items in items()) {
        let numbered: Vec<(usize, Item)> = items.into_iter().enumerate().collect();
        let summary = summary_of(&numbered);
        prop_assert_eq!(summary.people.iter().map(|(_, wrote)| wrote.records()).sum::<u64>(), summary.total.records());
        prop_assert_eq!(summary.people.iter().map(|(_, wrote)| wrote.sum).sum::<i64>(), summary.total.sum);
        let stars = |one: &clashes::Candidate| one.quote.stars.unwrap();
        prop_assert!(summary.clashes.praise().iter().all(|one| stars(one) < 3 && one.praise > one.complaint));
        prop_assert!(summary.clashes.complaint().iter().all(|one| stars(one) > 3 && one.complaint > one.praise));
        let low = numbered.iter().any(|(_, item)| !item.flawed && item.text == 0 && item.stars.is_some_and(|stars| stars < 3));
        prop_assert!(!low || !summary.clashes.praise().is_empty());
    }

    /// Nothing is lost: read = scored + skipped.
    #[test]
    fn the_sums_add_up(items in items()) {
        let numbered: Vec<(usize, Item)> = items.into_iter().enumerate().collect();
        let summary = summary_of(&numbered);
        prop_assert_eq!(summary.read, summary.total.records() + summary.skips.count());
        prop_assert_eq!(summary.read, numbered.len() as u64);
    }
}
