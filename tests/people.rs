//! Fans and critics, and stars against text. In: exports of our own making. Out: who is ranked and how, and what clashes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place};
use serde_json::Value;

/// Authors by name with their posts: `+` for praise, `-` for a complaint; a day each.
fn posts(authors: &[(&str, &str)]) -> String {
    let mut rows = String::from("id,author,date,review\n");
    let mut id = 0;
    for (author, signs) in authors {
        for sign in signs.chars() {
            id += 1;
            let text = if sign == '+' { GOOD } else { BAD };
            let day = id % 28 + 1;
            rows += &[format!("{id}"), author.to_string(), format!("2026-03-{day:02}"), format!("\"{text}\"\n")].join(",");
        }
    }
    rows
}

fn crowd() -> String {
    posts(&[
        ("Zora", "++++++++++"),
        ("Yann", "+++"),
        ("Xeno", "++"),
        ("Abel", "----------"),
        ("Bert", "---"),
        ("Cara", "-"),
        ("Dora", "+-+-+-+-"),
        ("Emil", "+++-"),
        ("Fred", "---+"),
    ])
}

fn names(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one["author"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn fans_and_critics_are_ranked_by_shrunken_means() {
    let place = Place::with("rows.csv", crowd());
    let people = &place.report(&["rows.csv", "--show-authors"])["people"];
    assert_eq!((people["least"].as_u64(), people["ranked"].as_u64(), people["sample"].as_u64()), (Some(3), Some(7), Some(1)));
    assert_eq!(names(&people["fans"])[..3], ["Zora", "Yann", "Emil"]);
    assert_eq!(names(&people["critics"])[..3], ["Abel", "Bert", "Fred"]);
    let (fan, other) = (&people["fans"][0], &people["fans"][1]);
    assert_eq!(fan["mean"], other["mean"], "the same text each time");
    assert!(fan["score"]["value"].as_f64() < fan["mean"].as_f64() && fan["score"]["value"].as_f64() > other["score"]["value"].as_f64());
    assert_eq!((fan["posts"].as_u64(), fan["positive"].as_u64(), fan["negative"].as_u64()), (Some(10), Some(10), Some(0)));
    assert_eq!(fan["last"], "2026-03-11");
    // Nobody is both.
    assert!(names(&people["fans"]).iter().all(|name| !names(&people["critics"]).contains(name)));
}

#[test]
fn nobody_is_named_who_was_not_asked_for() {
    let place = Place::with("rows.csv", crowd());
    for format in ["text", "md", "csv", "json"] {
        let out = place.run(&["report", "rows.csv", "--format", format]).fine().out;
        for name in ["Zora", "Yann", "Abel", "Bert", "Dora"] {
            assert!(!out.contains(name), "{format}: {out}");
        }
        assert!(out.contains("author 1"), "{format}: {out}");
        let shown = place.run(&["report", "rows.csv", "--format", format, "--show-authors"]).fine().out;
        assert!(shown.contains("Zora") && shown.contains("Abel"), "{format}: {shown}");
    }
    let keyed = place.report(&["rows.csv", "--salt", "a key"]);
    assert!(names(&keyed["people"]["fans"]).iter().all(|name| name.starts_with("author-") && name.len() == 17));
}

#[test]
fn limits_are_kept() {
    let place = Place::with("rows.csv", crowd());
    let people = |args: &[&str]| place.report(&[&["rows.csv", "--show-authors"], args].concat())["people"].clone();
    let few = people(&["--fans", "1", "--critics", "0"]);
    assert_eq!((names(&few["fans"]), names(&few["critics"])), (vec!["Zora".to_owned()], vec![]));
    assert_eq!(people(&["--fans", "0", "--critics", "0"]), Value::Null);
    let many = people(&["--least-posts", "1", "--fans", "15", "--critics", "15"]);
    assert!(names(&many["fans"]).contains(&"Xeno".to_owned()) && names(&many["critics"]).contains(&"Cara".to_owned()));
    let none = people(&["--least-posts", "50"]);
    assert!(none["fans"].as_array().unwrap().is_empty() && none["reason"].as_str().unwrap().contains("50 or more"), "{none}");
    assert_eq!(place.run(&["report", "rows.csv", "--least-posts", "0"]).status, 2);
    let text = place.run(&["report", "rows.csv", "--least-posts", "50"]).fine().out;
    assert!(text.contains("no author of 50 or more scored posts"), "{text}");
}

#[test]
fn small_and_even_data_are_not_ranked() {
    let reason = |authors: &[(&str, &str)]| {
        let place = Place::with("rows.csv", posts(authors));
        let people = place.report(&["rows.csv", "--least-posts", "1"])["people"].clone();
        assert!(people["fans"].as_array().unwrap().is_empty() && people["critics"].as_array().unwrap().is_empty(), "{people}");
        people["reason"].as_str().unwrap().to_owned()
    };
    assert!(reason(&[("a", "+-+-"), ("b", "-+-+"), ("c", "+-+-"), ("d", "+-")]).contains("no more than chance"));
    assert!(reason(&[("a", "+"), ("b", "-"), ("c", "+")]).contains("nothing to compare"));
    assert!(reason(&[("a", "++--")]).contains("nothing to compare"));
    let few = Place::with("rows.csv", crowd()).run(&["report", "rows.csv"]).fine().out;
    assert!(few.contains("too few for much of a ranking"), "{few}");
    let nobody = Place::with("rows.csv", format!("id,review\n1,\"{GOOD}\"\n"));
    assert_eq!(nobody.report(&["rows.csv"])["people"], Value::Null);
}

#[test]
fn equals_are_told_apart_the_same_way_in_any_order() {
    let authors: Vec<String> = (0..40).map(|n| format!("user{n:02}")).collect();
    let list: Vec<(&str, &str)> =
        authors.iter().map(|name| (name.as_str(), if name < &"user20".to_owned() { "+++" } else { "---" })).collect();
    // The same day for all: only the draw by name tells them apart.
    let rows = |list: &[(&str, &str)]| {
        let mut text = posts(list);
        for day in 1..=28 {
            text = text.replace(&format!("2026-03-{day:02}"), "2026-03-05");
        }
        text
    };
    let place = Place::with("rows.csv", rows(&list));
    let reversed: Vec<(&str, &str)> = list.iter().rev().copied().collect();
    place.write("other.csv", rows(&reversed));
    let [one, other] = ["rows.csv", "other.csv"].map(|file| place.report(&[file, "--show-authors"])["people"].clone());
    assert_eq!(one, other);
    let fans = names(&one["fans"]);
    assert_eq!(fans.len(), 5);
    assert_ne!(fans, authors[..5], "the order of names would tell names");
}

#[test]
fn pages_fit_the_terminal() {
    let mut authors = crowd();
    authors += &format!("99,{},2026-03-01,\"{GOOD}\"\n", "w".repeat(90)).repeat(4);
    let place = Place::with("rows.csv", authors);
    let out = place.run(&["report", "rows.csv", "--show-authors"]).fine().out;
    let section = out.split("Fans and critics").nth(1).unwrap();
    assert!(section.lines().all(|line| line.chars().count() <= 100), "{section}");
}

#[test]
fn hostile_names_are_inert() {
    let rows = posts(&[("=cmd|\u{1b}[31mx", "++++++"), ("b|<script>", "------"), ("c", "++--"), ("d", "+++"), ("e", "---")]);
    let place = Place::with("rows.csv", rows);
    let shown = |format: &str| place.run(&["report", "rows.csv", "--show-authors", "--format", format]).fine().out;
    assert!(!shown("text").contains('\u{1b}'));
    let markdown = shown("md");
    assert!(!markdown.contains("<script>") && !markdown.contains("b|"), "{markdown}");
    let table = shown("csv");
    assert!(table.lines().all(|line| !line.contains(",=cmd")), "{table}");
}

// Stars against text.

fn starred(rows: &[(u8, &str)]) -> Place {
    let rows: String = (1..).zip(rows).map(|(id, (stars, text))| format!("{id},user{id},{stars},\"{text}\"\n")).collect();
    Place::with("rows.csv", format!("id,author,stars,review\n{rows}"))
}

#[test]
fn clashes_are_quoted_with_a_likely_reason() {
    let place = starred(&[
        (1, "Best app ever!"),
        (5, "Terrible phone, it broke after a day and nobody helped me, the screen is awful."),
        (5, "The courier was rude and the parcel came late, terrible delivery, awful."),
        (5, GOOD),
        (1, BAD),
        (3, GOOD),
        (4, GOOD),
        (2, BAD),
    ]);
    let report = place.report(&["rows.csv"]);
    let clashes = report["stars"]["clashes"].as_array().unwrap().clone();
    let of = |part: &str| clashes.iter().find(|one| one["quote"]["text"].as_str().unwrap().contains(part)).unwrap().clone();
    assert_eq!(clashes.len(), 3, "{clashes:?}");
    assert_eq!((&of("Best")["says"], &of("Best")["reason"]), (&"praise".into(), &"stars turned round".into()));
    assert_eq!(
        (&of("courier")["says"], &of("courier")["reason"]),
        (&"complaint".into(), &"complaint about something else: delivery".into())
    );
    assert_eq!(of("broke")["reason"], "the text may be read wrong");
    assert_eq!(of("broke")["quote"]["place"], "rows.csv:2");
    for (format, title) in [("text", "Praise with low stars"), ("md", "### Praise with low stars")] {
        let out = place.run(&["report", "rows.csv", "--format", format]).fine().out;
        assert!(out.contains(title) && out.contains("ikely: stars turned round") && out.contains("author 1"), "{out}");
    }
    assert!(place.report(&["rows.csv", "--quotes", "0"])["stars"]["clashes"].as_array().unwrap().is_empty());
    assert!(starred(&[(5, GOOD), (1, BAD)]).report(&["rows.csv"])["stars"]["clashes"].as_array().unwrap().is_empty());
}
