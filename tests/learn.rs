//! `earful lexicon learn`, end to end: what is learned, what is left out, what is refused, and that the file
//! is what it says. Texts are made here, by templates.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{Place, Run};
use serde_json::Value;
use std::fmt::Write;

const PARTS: [&str; 7] = ["rind", "paste", "wedge", "middle", "crust", "piece", "slice"];
const WHEN: [&str; 9] =
    ["on Friday", "at home", "on rye", "with pears", "for the board", "after a week", "at the market", "for lunch", "out of the paper"];

/// Sentences in which only the word of the domain says what is thought, as CSV rows: label, product, text.
fn cheese(rows: usize) -> String {
    let mut csv = String::from("id,label,product,review\n");
    for n in 0..rows {
        let (part, when) = (PARTS[n / 3 % 7], WHEN[n / 21 % 9]);
        let number = ["one", "two", "three", "four", "five", "six", "seven", "eight"][n / 189 % 8];
        let (label, text) = match n % 3 {
            0 => ("pos", format!("The {part} of number {number} was crumbly {when}.")),
            1 => ("neg", format!("The {part} of number {number} was squeaky {when}.")),
            _ => ("neutral", format!("Where is the {part} of number {number} kept {when}?")),
        };
        let product = if n % 3 == 0 { "Borland Blue" } else { "Skarve" };
        let _ = writeln!(csv, "r{n},{label},{product},\"{text} From {product}.\"");
    }
    csv
}

fn shop() -> Place {
    Place::with("cheese.csv", cheese(330))
}

fn learn(place: &Place, args: &[&str]) -> Run {
    place.run(&[["lexicon", "learn"].as_slice(), args].concat())
}

fn account(place: &Place, args: &[&str]) -> Value {
    learn(place, &[args, &["--format", "json"]].concat()).fine().json()
}

/// Labels and answers that agree.
fn right(place: &Place, args: &[&str]) -> u64 {
    let report = place.run(&[["eval", "cheese.csv", "--format", "json"].as_slice(), args].concat()).fine().json();
    report["overall"]["right"].as_u64().unwrap()
}

#[test]
fn words_of_the_domain_are_learned_and_the_file_can_be_used() {
    let place = shop();
    let answer = account(&place, &["cheese.csv", "-o", "mine.tsv"]);
    assert_eq!(
        (&answer["schema"], &answer["gain"], &answer["written"]),
        (&"earful-lexicon-learn/1".into(), &true.into(), &"mine.tsv".into())
    );
    let change = &answer["held_out"]["macro_f1_change"];
    assert!(change["low"].as_f64().unwrap() > 0.1 && answer["held_out"]["records"] == 330, "{answer}");
    let heads =
        |side: &str| answer[side].as_array().unwrap().iter().map(|term| term["term"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(heads("praise").contains(&"crumbly".to_owned()) && heads("complaint").contains(&"squeaky".to_owned()), "{answer}");
    let file = place.read("mine.tsv");
    for line in
        ["# language: en", "# licence: yours", "# source: labelled records of cheese.csv", "# learned-from: 330 records: 110 praise"]
    {
        assert!(file.contains(line), "{line} in {file}");
    }
    assert!(file.contains("# gain: macro-F1 ") && file.contains("95 % interval +"), "{file}");
    let supported = |line: &&str| line.contains("\tleaning:") && !line.starts_with('<');
    assert!(file.lines().filter(supported).all(|line| line.contains(" support=")), "{file}");
    assert!(file.find("<text>").unwrap() < file.find("crumbly").unwrap() && file.find("crumbly").unwrap() < file.find("squeaky").unwrap());
    let lint = place.run(&["lexicon", "lint", "mine.tsv", "--strict", "--quiet"]).fine().out;
    assert!(lint.contains("0 errors, 0 warnings"), "{lint}");
    let (before, after) = (right(&place, &[]), right(&place, &["--lexicon", "mine.tsv"]));
    assert!(after > before + 100 && after > 320, "{before} -> {after}");
    assert_eq!(place.files(), ["cheese.csv", "mine.tsv"]);
}

#[test]
fn lines_can_be_struck() {
    let place = shop();
    learn(&place, &["cheese.csv", "-o", "mine.tsv"]).fine();
    let struck: String = place.read("mine.tsv").lines().filter(|line| !line.contains("crumbly")).map(|line| format!("{line}\n")).collect();
    place.write("struck.tsv", &struck);
    place.run(&["lexicon", "lint", "struck.tsv"]).fine();
    let explain = |lexicon: &str| place.run(&["explain", "so crumbly", "--lexicon", lexicon]).fine().out;
    assert_ne!(explain("mine.tsv"), explain("struck.tsv"));
    assert!(right(&place, &["--lexicon", "struck.tsv"]) > right(&place, &[]));
}

#[test]
fn the_same_bytes_for_any_threads_and_from_a_pipe() {
    let place = shop();
    let one = learn(&place, &["cheese.csv", "-o", "-", "-q", "-j1"]).fine().out;
    assert_eq!(learn(&place, &["cheese.csv", "-o", "-", "-q", "-j3"]).fine().out, one);
    let piped = place.pipe(&["lexicon", "learn", "-", "-o", "-", "-q"], cheese(330)).fine().out;
    assert_eq!(piped.replace("of standard input", "of cheese.csv"), one);
    learn(&place, &["cheese.csv", "-o", "mine.tsv"]).fine();
    assert_eq!(place.read("mine.tsv"), one);
    let told = learn(&place, &["cheese.csv", "-o", "-"]);
    assert!(told.out == one && told.err.contains("earful:   macro-F1"), "{told:?}");
}

#[test]
fn names_are_not_learned_about() {
    let place = shop();
    let terms = |args: &[&str]| {
        let file = learn(&place, &[&["cheese.csv", "-o", "-", "-q", "--anyway"], args].concat()).fine().out;
        file.lines().filter_map(|line| line.split_once("\tleaning:")).map(|(term, _)| format!(" {term} ")).collect::<String>()
    };
    // The names stand in every sentence and tell praise from complaint.
    let learned = terms(&[]);
    assert!(!learned.contains("borland") && !learned.contains("skarve") && learned.contains(" crumbly "), "{learned}");
    assert!(!terms(&["--keep-out", "Crumbly", "--keep-out", "nothing"]).contains("crumbly"));
}

#[test]
fn without_a_gain_nothing_is_written() {
    // Labels that have nothing to do with the texts.
    let labels = ["pos", "neg", "neg", "pos", "neg", "pos", "pos"];
    let rows: String = cheese(210).lines().skip(1).enumerate().fold(String::new(), |mut rows, (n, line)| {
        let text = line.split_once('"').unwrap().1;
        let _ = writeln!(rows, "r{n},{},x,\"{text}", labels[n * n % 11 % 7]);
        rows
    });
    let place = Place::with("cheese.csv", format!("id,label,product,review\n{rows}"));
    place.write("mine.tsv", "mine\n");
    let said = learn(&place, &["cheese.csv", "-o", "mine.tsv"]).fine().out;
    assert!(said.contains("nothing was written") && said.contains("no record is labelled neutral"), "{said}");
    assert_eq!((place.read("mine.tsv").as_str(), place.files().len()), ("mine\n", 2));
    assert_eq!(learn(&place, &["cheese.csv", "-o", "-", "-q"]).fine().out, "");
    let said = learn(&place, &["cheese.csv", "-o", "mine.tsv", "--anyway"]).fine().out;
    assert!(said.contains("although nothing is gained") && place.read("mine.tsv").starts_with("# earful-lexicon: 1"), "{said}");
}

#[test]
fn too_little_is_refused() {
    let few = Place::with("cheese.csv", cheese(30));
    learn(&few, &["cheese.csv", "-o", "mine.tsv"]).fails(3, &["cheese.csv: found 30 labelled records", "at least 50", "10 complaints"]);
    let one = Place::with("cheese.csv", cheese(300).replace(",neg,", ",pos,"));
    learn(&one, &["cheese.csv", "-o", "mine.tsv"]).fails(3, &["200 praise", "0 complaints"]);
    let none = Place::with("cheese.csv", "id,review\n1,good\n2,bad\n");
    learn(&none, &["cheese.csv", "-o", "mine.tsv"]).fails(3, &["labels or stars"]);
    assert_eq!([few.files(), one.files(), none.files()], [["cheese.csv"], ["cheese.csv"], ["cheese.csv"]]);
}

#[test]
fn what_is_read_is_not_written_over() {
    let place = shop();
    let before = place.read("cheese.csv");
    learn(&place, &["cheese.csv", "-o", "./cheese.csv"]).fails(2, &["cheese.csv", "is read"]);
    place.write("base.tsv", "# earful-lexicon: 1\n# language: en\n\nzorbly\t2\n");
    learn(&place, &["cheese.csv", "--lexicon", "base.tsv", "-o", "base.tsv"]).fails(2, &["base.tsv", "is read"]);
    assert_eq!(place.read("cheese.csv"), before);
}

#[test]
fn a_domain_limits_the_entries() {
    let place = shop();
    learn(&place, &["cheese.csv", "-o", "mine.tsv", "--domain", "cheese"]).fine();
    let entries = |file: &str| file.lines().filter(|line| line.contains("\tleaning:")).map(str::to_owned).collect::<Vec<_>>();
    assert!(entries(&place.read("mine.tsv")).iter().all(|line| line.contains(" domain=cheese")));
    let (off, on) = (right(&place, &["--lexicon", "mine.tsv"]), right(&place, &["--lexicon", "mine.tsv", "--domain", "cheese"]));
    assert_eq!(off, right(&place, &[]));
    assert!(on > off + 100, "{off} -> {on}");
    assert!(place.run(&["lexicon", "lint", "mine.tsv", "--quiet"]).fine().out.contains("0 errors"));
}

#[test]
fn stars_numbers_and_maps_are_read_as_eval_reads_them() {
    let place = shop();
    let one = account(&place, &["cheese.csv", "-o", "mine.tsv"]);
    let stars = cheese(330).replace("label,", "stars,").replace(",pos,", ",5,").replace(",neg,", ",2,").replace(",neutral,", ",3,");
    place.write("stars.csv", &stars);
    let two = account(&place, &["stars.csv", "-o", "two.tsv"]);
    assert_eq!(two["held_out"], one["held_out"]);
    let none = account(&place, &["stars.csv", "-o", "two.tsv", "--neutral-stars", "none"]);
    assert_eq!((&none["records"]["learned_from"], &none["records"]["neutral"]), (&220.into(), &0.into()));
    let own = cheese(330).replace(",pos,", ",yum,").replace(",neg,", ",yuck,");
    place.write("own.csv", &own);
    let three = account(&place, &["own.csv", "--label", "label", "--label-map", "yum=positive,yuck=negative", "-o", "two.tsv"]);
    assert_eq!(three["held_out"], one["held_out"]);
    let numbers = cheese(330).replace(",pos,", ",1,").replace(",neg,", ",-1,").replace(",neutral,", ",0,");
    place.write("numbers.csv", &numbers);
    assert_eq!(account(&place, &["numbers.csv", "-o", "two.tsv"])["held_out"], one["held_out"]);
}

#[test]
fn of_too_many_records_an_even_part_is_taken() {
    let place = shop();
    let answer = account(&place, &["cheese.csv", "-o", "mine.tsv", "--most", "150", "--anyway"]);
    let records = &answer["records"];
    assert_eq!((&records["labelled"], &records["learned_from"]), (&330.into(), &150.into()));
    assert!(["positive", "neutral", "negative"].iter().all(|class| records[class].as_u64().unwrap() > 30), "{records}");
    assert!(answer["notes"][0].as_str().unwrap().contains("150 of 330"), "{answer}");
    let again = learn(&place, &["cheese.csv", "-o", "-", "-q", "-j2", "--most", "150", "--anyway"]).fine().out;
    assert_eq!(again, place.read("mine.tsv"));
}

/// Rows labelled mixed, and what they say.
fn with_mixed(count: usize, say: impl Fn(&str, &str) -> String) -> String {
    let mut rows = cheese(330);
    for n in 0..count {
        let _ = writeln!(rows, "m{n},mixed,Skarve,\"{}\"", say(PARTS[n % 7], WHEN[n / 7 % 9]));
    }
    rows
}

#[test]
fn from_where_on_a_record_is_mixed_is_learned_and_kept_in_the_header() {
    let lopsided =
        |part: &str, when: &str| format!("Excellent {part}, superb wedge, wonderful staff, great shop, perfect {when}, but a dirty board.");
    let place = Place::with("cheese.csv", with_mixed(120, lopsided));
    let answer = account(&place, &["cheese.csv", "-o", "mine.tsv"]);
    let mixed = &answer["mixed"];
    assert!(mixed["written"] == true && mixed["labelled"] == 120 && mixed["records"] == 450, "{answer}");
    assert!(mixed["macro_f1_change"]["low"].as_f64().unwrap() > 0.05, "{mixed}");
    let file = place.read("mine.tsv");
    for (key, limit) in [("mixed-each", &mixed["each"]), ("mixed-balance", &mixed["balance"])] {
        assert!(file.contains(&format!("# {key}: {}\n", limit.as_f64().unwrap())), "{file}");
    }
    let text = "Excellent rind, superb wedge, wonderful staff, great shop, perfect at home, but a dirty board.";
    let polarity = |args: &[&str]| {
        let explained = place.run(&[&["explain", text, "--format", "json"], args].concat()).fine().json();
        explained["result"]["polarity"].as_str().unwrap().to_owned()
    };
    assert_eq!((polarity(&[]).as_str(), polarity(&["--lexicon", "mine.tsv"]).as_str()), ("positive", "mixed"));
    let lint = place.run(&["lexicon", "lint", "mine.tsv", "--strict", "--quiet"]).fine().out;
    assert!(lint.contains("0 errors, 0 warnings"), "{lint}");
    let shown = place.run(&["lexicon", "show", "<mixed each>", "--lexicon", "mine.tsv"]).fine().out;
    assert!(shown.contains("mine.tsv"), "{shown}");
    place.write("wrong.tsv", file.replace("# mixed-each: ", "# mixed-each: 7"));
    let wrong = place.run(&["lexicon", "lint", "wrong.tsv"]).out;
    assert!(wrong.contains("out-of-range") && wrong.contains("a share from 0 to 1"), "{wrong}");
}

#[test]
fn limits_without_a_gain_are_not_written() {
    // Labelled mixed, and said as praise is.
    let place = Place::with("cheese.csv", with_mixed(60, |part, when| format!("The {part} of number nine was crumbly {when}.")));
    let answer = account(&place, &["cheese.csv", "-o", "mine.tsv"]);
    assert!(answer["mixed"]["written"] == false && answer["notes"].to_string().contains("no gain on records"), "{answer}");
    assert!(!place.read("mine.tsv").contains("mixed-each"));
    let few = Place::with("cheese.csv", with_mixed(20, |part, when| format!("The {part} was crumbly and squeaky {when}.")));
    let answer = account(&few, &["cheese.csv", "-o", "mine.tsv"]);
    assert!(answer["mixed"].is_null() && answer["notes"].to_string().contains("takes 50 records labelled mixed"), "{answer}");
    assert!(!few.read("mine.tsv").contains("mixed-each"));
}
