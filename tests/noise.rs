//! Names that are ordinary words too: which mentions look like noise.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use earful::mention::noise::{Ambiguity, NoiseCounts, Reason};
use earful::mention::{Found, NoFields, Query, Subject, Subjects};
use earful::text::Tokens;

/// Least precision and recall of what looks like noise, in percent.
const PRECISION: usize = 90;
const RECALL: usize = 85;

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The reasons for which mentions of a name look like noise; none for those that do not.
fn reasons(name: &str, text: &str) -> Vec<Option<Reason>> {
    let ambiguity = Ambiguity::new("en").unwrap().unwrap();
    let subjects = Subjects::compile(vec![Subject::new(name, Query::parse(name).unwrap())]).unwrap();
    let (tokens, mut found) = (Tokens::from_text(text), Found::new());
    subjects.find(text, &tokens, &NoFields, &|_| false, &mut found);
    let with_capital = name.starts_with(char::is_uppercase);
    let mut reasons = vec![None; found.mentions().len()];
    ambiguity.each(text, tokens.as_slice(), found.mentions(), |_| with_capital, |noise| reasons[noise.mention] = Some(noise.reason));
    reasons
}

#[test]
fn noise_is_told_from_names() {
    let path = std::env::var_os("NOISE").map_or_else(|| common::shipped("tests/noise.tsv"), Into::into);
    let table = std::fs::read_to_string(path).unwrap();
    let (mut hits, mut false_alarms, mut missed, mut names) = (0, 0, 0, 0);
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("subject\t")) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, text, brand] = cells[..] else { panic!("{line}") };
        let noise = reasons(&capital(name), text).iter().any(Option::is_some);
        match (brand == "0", noise) {
            (true, true) => hits += 1,
            (true, false) => missed += 1,
            (false, true) => false_alarms += 1,
            (false, false) => names += 1,
        }
        if (brand == "0") != noise {
            println!("{} {text:?}", if noise { "false alarm:" } else { "missed:" });
        }
    }
    println!("noise: {hits} found, {missed} missed, {false_alarms} false alarms, {names} names left alone");
    assert!(hits * 100 >= (hits + false_alarms) * PRECISION && hits * 100 >= (hits + missed) * RECALL);
}

#[test]
fn reasons_are_named() {
    let reason = |name: &str, text: &str| reasons(name, text).first().copied().flatten();
    assert_eq!(reason("Apple", "Baked an apple pie."), Some(Reason::Phrase));
    assert_eq!(reason("Apple", "We sat under it. An old apple in the orchard!"), Some(Reason::Company));
    assert_eq!(reason("Apple", "Apple support is great"), None);
    assert_eq!(reason("Zoom", "i can zoom"), Some(Reason::Article));
    assert_eq!(reason("Brook", "We sat by a brook."), Some(Reason::Article));
    // Who writes without capitals says nothing by it.
    assert_eq!(reason("Brook", "we bought a brook."), None);
    assert_eq!(reason("brook", "We sat by a brook."), None);
    assert!(Ambiguity::new("xx").unwrap().is_none());
}

#[test]
fn exclusions_are_queries() {
    let subjects = Subjects::compile(vec![Subject::new("Apple", Query::parse("Apple").unwrap())]).unwrap();
    let (ambiguity, mut counts, mut found) = (Ambiguity::new("en").unwrap().unwrap(), NoiseCounts::default(), Found::new());
    for text in ["Warm apple pie today", "More apple pie!", "Apple fixed my iPhone", "The apple pie was cold"] {
        let tokens = Tokens::from_text(text);
        subjects.find(text, &tokens, &NoFields, &|_| false, &mut found);
        for mention in found.mentions() {
            counts.add(text, tokens.as_slice(), mention, ambiguity.judge(text, tokens.as_slice(), mention, true).is_some());
        }
    }
    assert_eq!((counts.mentions, counts.noise), (4, 3));
    assert_eq!(counts.exclusions(5), ["!\"apple pie\""]);
    let query = format!("Apple, {}", counts.exclusions(5).join(", "));
    let subjects = Subjects::compile(vec![Subject::new("Apple", Query::parse(&query).unwrap())]).unwrap();
    subjects.find("Warm apple pie", &Tokens::from_text("Warm apple pie"), &NoFields, &|_| false, &mut found);
    assert!(found.mentions().is_empty());
}
