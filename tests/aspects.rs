//! Aspects: what is found in any text stands where it is said to, and what `earful aspects` lists.
#![allow(clippy::unwrap_used, clippy::panic)] // a test says what is wrong by failing

mod common;

use common::Place;
use earful::mention::aspect::{AspectMention, Aspects, AspectsFound, Candidates, DOMAINS, Source};
use earful::text::Tokens;
use proptest::prelude::*;
use std::sync::LazyLock;

static ALL: LazyLock<Aspects> =
    LazyLock::new(|| Aspects::new(&DOMAINS.iter().map(|domain| Source::Domain(domain.name)).collect::<Vec<_>>()).unwrap());

/// Words, signs and rubbish, as texts have them.
fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("battery life's".to_owned()),
        Just("hard drive light".to_owned()),
        Just("the charge".to_owned()),
        Just("’s".to_owned()),
        Just("6-cell".to_owned()),
        Just("#room @room http://room.example".to_owned()),
        "[a-z]{1,8}",
        "\\PC{0,4}",
    ];
    proptest::collection::vec((part, "[ ,.!/\n-]?"), 0..20).prop_map(|parts| parts.into_iter().map(|(word, sign)| word + &sign).collect())
}

proptest! {
    #[test]
    fn mentions_stand_in_order_and_in_the_text(text in texts()) {
        let (tokens, mut found) = (Tokens::from_text(&text), AspectsFound::new());
        ALL.find(&text, tokens.as_slice(), &mut found);
        let mut behind = 0;
        for mention in found.mentions() {
            prop_assert!(behind <= mention.start && mention.start < mention.end && mention.first <= mention.last);
            prop_assert!((mention.aspect as usize) < ALL.list().len());
            let (first, last) = (tokens.as_slice()[mention.first as usize], tokens.as_slice()[mention.last as usize]);
            prop_assert!(first.start == mention.start && mention.end <= last.end && last.start < mention.end);
            prop_assert!(!mention.of(&text).is_empty());
            behind = mention.end;
        }
        let inside = |mention: &AspectMention, at: u32| mention.first <= at && at <= mention.last;
        let mut candidates = Candidates::new();
        candidates.find(&text, tokens.as_slice(), found.mentions(), |token| token.start % 2 == 0);
        for candidate in candidates.as_slice() {
            prop_assert!(candidate.last - candidate.first < 2);
            prop_assert!(!candidates.name(candidate).is_empty() && !candidates.singular(candidate).is_empty());
            prop_assert!(!found.mentions().iter().any(|m| inside(m, candidate.first) || inside(m, candidate.last)));
        }
    }
}

#[test]
fn domains_are_listed() {
    let run = Place::new().run(&["aspects", "list"]).fine();
    assert_eq!(run.out.lines().count(), DOMAINS.len() + 1);
    assert!(DOMAINS.iter().all(|domain| run.out.contains(domain.name)), "{}", run.out);
}

#[test]
fn what_is_listed_can_be_read_again() {
    let place = Place::with("mine.tsv", "# earful-aspects: 1\n# mine\nlight\tlight,  bulb \n-\tspot\n");
    let run = place.run(&["aspects", "list", "mine.tsv"]).fine();
    assert_eq!(run.out, "# earful-aspects: 1\nlight\tlight, bulb\n-\tspot\n");
    place.write("again.tsv", &run.out);
    assert_eq!(place.run(&["aspects", "list", "again.tsv"]).fine().out, run.out);
    let hotels = place.run(&["aspects", "list", "hotels"]).fine().out;
    place.write("hotels.tsv", &hotels);
    assert_eq!(place.run(&["aspects", "list", "hotels.tsv"]).fine().out, hotels);
}

#[test]
fn faults_are_told() {
    let place = Place::with("mine.tsv", "# earful-aspects: 1\nlight\tbulb\nparts\tbulb\n");
    place.run(&["aspects", "list", "mine.tsv"]).fails(2, &["mine.tsv:3", "\"bulb\"", "\"light\"", "take out one"]);
    place.run(&["aspects", "list", "hotel"]).fails(2, &["\"hotel\"", "did you mean hotels?"]);
    place.run(&["aspects", "list", "none.tsv"]).fails(2, &["none.tsv", "cannot be read"]);
}
