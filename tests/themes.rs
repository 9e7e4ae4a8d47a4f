//! What praise and complaint are about: the phrases of sentences, and themes of whole files.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use std::fmt::Write;

use common::shipped;
use earful::analyze::{Analyzer, Scratch};
use earful::lexicon::builtin;
use earful::theme::{Phrase, Phrases};

#[test]
fn phrases_of_sentences() {
    let analyzer = Analyzer::new(vec![builtin::lexicon().unwrap()], None);
    let (mut scratch, mut phrases) = (Scratch::default(), Phrases::default());
    let table = std::fs::read_to_string(shipped("tests/themes.tsv")).unwrap();
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (sentence, expected) = line.split_once('\t').unwrap_or((line, ""));
        let analysis = analyzer.analyze(None, Some(sentence), Some("en"), &mut scratch);
        phrases.find(analysis.language, analysis.reading, analysis.hits);
        let spoken = |string: &str| {
            let phrase = Phrase::read(string).unwrap();
            format!("{}{}", if phrase.praise { '+' } else { '-' }, phrase.spoken())
        };
        let found = phrases.iter().map(spoken).collect::<Vec<_>>().join("; ");
        if found != expected {
            wrong.push(format!("{sentence}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Reviews of a bakery: so many of each text, a day apart, by different people.
fn bakery(texts: &[(&str, usize)]) -> String {
    let mut csv = "date,author,stars,review\n".to_owned();
    let mut day = 0;
    for (text, times) in texts {
        for at in 0..*times {
            day += 1;
            let stars = if text.contains("love") || text.contains("elpful") || text.contains("friendly") { 5 } else { 1 };
            let (month, of_month) = (1 + day / 28 % 12, 1 + day % 28);
            writeln!(csv, "2026-{month:02}-{of_month:02},guest {day},{stars},\"{text} ({at})\"").unwrap();
        }
    }
    csv
}

fn themes(csv: &str, flags: &[&str]) -> serde_json::Value {
    let place = common::Place::with("bakery.csv", csv);
    place.write("given.toml", "[[theme]]\nname = \"waiting\"\nquery = 'queue, waited'\n");
    let report = place.run(&[&["report", "bakery.csv", "--format", "json", "--quiet"], flags].concat());
    serde_json::from_str::<serde_json::Value>(&report.out).unwrap()["themes"].clone()
}

#[test]
fn inflection_order_and_synonyms_are_one_theme() {
    let csv = bakery(&[
        ("The staff was so helpful to us on Monday", 6),
        ("Helpful employees, we came again", 5),
        ("The crust of the bread is terrible and we waited in the queue", 7),
        ("A rude waiter told us to leave", 4),
        ("The waiters were rude when we asked for water", 5),
    ]);
    let themes = themes(&csv, &["--themes", "given.toml", "--no-config"]);
    let of = |side: &str, key: &str| {
        let list = themes[side].as_array().unwrap();
        list.iter().find(|theme| theme["key"] == key).unwrap_or_else(|| panic!("no {key} in {list:#?}")).clone()
    };
    let helpful = of("praise", "praise:staff:helpful");
    assert_eq!((&helpful["records"], &helpful["name"]), (&11.into(), &"helpful staff".into()));
    assert_eq!(helpful["stars"]["value"], 5.0);
    assert_eq!(helpful["authors"], 11);
    let rude = of("complaint", "complaint:staff:rude");
    assert_eq!((&rude["records"], &rude["stars"]["value"]), (&9.into(), &1.0.into()));
    let quotes = rude["quotes"].as_array().unwrap();
    assert_eq!(quotes.iter().map(|quote| quote["choice"].as_str().unwrap()).collect::<Vec<_>>(), ["typical", "diverse", "recent"]);
    let authors: std::collections::BTreeSet<_> = quotes.iter().map(|quote| quote["quote"]["author"].to_string()).collect();
    assert_eq!(authors.len(), 3, "one quote per author");
    assert!(quotes.iter().all(|quote| quote["quote"]["text"].as_str().unwrap().contains("ude")));
    let given = &themes["given"][0];
    assert_eq!((&given["name"], &given["records"]), (&"waiting".into(), &7.into()));
    let moments = rude["timeline"].as_array().unwrap().iter().map(|moment| moment["records"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(moments, 9);
}

#[test]
fn few_records_have_no_themes_and_say_so() {
    let themes = themes(&bakery(&[("A rude waiter told us to leave", 3)]), &["--no-config"]);
    assert!(themes["reason"].as_str().unwrap().contains("fewer than"), "{themes}");
    assert_eq!(themes["complaint"].as_array().unwrap().len(), 0);
}
