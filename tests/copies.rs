//! Copies of records: counted once and shown, or each where that is asked for; the same for any number
//! of threads, for files and standard input.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{Place, Run, count, sums_add_up};
use serde_json::{Value, json};

/// All kinds of copies, and what only looks like them: `copy` says which.
const KINDS: &str = "\
id,author,date,product,review,copy
1,Ann,2026-05-01,Kettle,\"I love this kettle, it boils in two minutes and looks wonderful\",
2,Bob,2026-05-02,Kettle,\"I LOVE this kettle – it boils in two minutes and looks wonderful!!! 😍\",yes
3,Cat,2026-05-02,,\"RT @ann: I love this kettle, it boils in two minutes and looks wonderful https://t.example/x\",yes
4,Dan,2026-05-03,Kettle,great kettle,
5,Eve,2026-05-03,Kettle,great kettle,
5,Eve,2026-05-03,Kettle,great kettle,yes
6,Fay,2026-05-03,Kettle,it leaks and smells awful,
7,Gus,2026-05-03,Kettle,it leaks and smells awful,
7b,Gus,2026-05-09,Teapot,It leaks and smells awful!,yes
8,Hal,2026-05-04,,\"RT @fay: it leaks and smells awful\",yes
9,Ida,2026-05-04,Toaster,\"I bought the Toaster for my mother and she is very happy with it, it is easy to clean, it is quick, and it has never burned a slice in all this time.\",
10,Jon,2026-05-04,Radio,\"I bought the Radio for my mother and she is very happy with it, it is easy to clean, it is quick, and it has never burned a slice in all this time.\",
11,Kim,2026-05-05,Toaster,\"I bought the Toaster for my mother and she is so happy with it, it is easy to clean, it is quick, and it has never burned a slice in all this time.\",yes
12,Lou,2026-05-05,Toaster,\"Toaster number 1 was broken when it came, the shop was friendly and sent another one, and this one works\",
13,Lou,2026-05-05,Toaster,\"Toaster number 2 was broken when it came, the shop was friendly and sent another one, and this one works\",
14,Mia,2026-05-06,Radio,\"Terrible sound, and the knob fell off\",
14,Mia,2026-05-06,Radio,\"Edit: they replaced it, all is fine now and I am happy\",yes
15,Ned,2026-05-06,Radio,good,
16,Ola,2026-05-06,Radio,good,
17,Pat,2026-05-06,Radio,good!,
18,Quy,2026-05-06,Radio,very good,
19,Ria,2026-05-06,Radio,very good,
20,Sal,2026-05-06,Radio,bad,
21,Tom,2026-05-06,Radio,bad,
";

/// The program as users start it: copies count once unless they say otherwise.
fn run(place: &Place, args: &[&str]) -> Run {
    let args: Vec<&str> = args.iter().copied().chain(["--copies", "once"]).collect();
    place.run(&args)
}

fn report(place: &Place, args: &[&str]) -> Value {
    let args: Vec<&str> = ["report", "--format", "json"].iter().chain(args).copied().collect();
    let report = run(place, &args).fine().json();
    sums_add_up(&report);
    report
}

fn expected() -> Vec<bool> {
    let mut reader = csv::Reader::from_reader(KINDS.as_bytes());
    reader.records().map(|row| row.unwrap()[5] == *"yes").collect()
}

#[test]
fn once_is_what_happens_when_nothing_is_said() {
    let place = Place::with("kinds.csv", KINDS);
    let output = place.command(&["report", "--format", "json", "kinds.csv"]).env_remove("EARFUL_COPIES").output().unwrap();
    let plain: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(plain, report(&place, &["kinds.csv"]));
}

#[test]
fn copies_are_excluded_and_said_to_be() {
    let place = Place::with("kinds.csv", KINDS);
    let copies = expected().iter().filter(|copy| **copy).count() as u64;
    let once = report(&place, &["kinds.csv"]);
    assert_eq!([count(&once, "/read/scored"), count(&once, "/read/excluded")], [24 - copies, copies]);
    let reason = &once["read"]["reasons"][0];
    assert_eq!((&reason["reason"], &reason["excluded"]), (&json!("a copy of an earlier record"), &json!(true)));
    assert_eq!(reason["places"], json!(["kinds.csv:2", "kinds.csv:3", "kinds.csv:6"]));
    assert_eq!(count(&once, "/read/authors/count"), 20, "who copies is an author too");
    let all = place.run(&["report", "--format", "json", "kinds.csv", "--copies", "count"]).fine().json();
    assert_eq!([count(&all, "/read/scored"), count(&all, "/read/excluded")], [24, 0]);
    assert!(all["quotes"]["praise"].as_array().unwrap().iter().all(|quote| quote["copies"] == 0));
}

#[test]
fn quotes_say_how_often_they_were_found() {
    let place = Place::with("kinds.csv", KINDS);
    let once = report(&place, &["kinds.csv", "--quotes", "20"]);
    let kettle = once["quotes"]["praise"].as_array().unwrap().iter().find(|quote| quote["place"] == "kinds.csv:1").unwrap();
    assert_eq!(kettle["copies"], 2);
    assert!(run(&place, &["kinds.csv", "--quotes", "20"]).fine().out.contains(") ×3\n"));
    assert!(run(&place, &["kinds.csv", "--quotes", "20", "--format", "md"]).fine().out.contains(") ×3\n"));
}

#[test]
fn rows_of_copies_are_marked_and_have_their_score() {
    let place = Place::with("kinds.csv", KINDS);
    let scored = run(&place, &["score", "kinds.csv"]);
    assert!(scored.err.contains("24 records: 24 rows (7 of them copies of earlier records, marked \"copy\") + 0 skipped"), "{scored:?}");
    let rows = scored.rows();
    assert_eq!(rows.iter().map(|row| row["earful"]["copy"] == true).collect::<Vec<_>>(), expected());
    assert!(rows.iter().all(|row| row["earful"]["score"].is_number()));
    let (header, cells) = run(&place, &["score", "kinds.csv", "--format", "csv"]).table();
    assert_eq!(header.last().unwrap(), "earful_copy");
    assert_eq!(cells.iter().map(|row| row.last().unwrap() == "true").collect::<Vec<_>>(), expected());
    let all = place.run(&["score", "kinds.csv", "--copies", "count"]).fine();
    assert!(!all.out.contains("\"copy\":true"));
}

#[test]
fn labels_are_judged_by_all_records() {
    let place = Place::with(
        "rows.csv",
        "review,label\nI love it so much and it works every single day,positive\nI love it so much and it works every single day,positive\nIt is awful,negative\n",
    );
    assert_eq!(count(&place.run(&["eval", "rows.csv", "--format", "json"]).fine().json(), "/read/evaluated"), 3);
}

/// Reviews over several blocks: each third is a copy of an earlier one, near or far.
fn many() -> String {
    let text = |n: usize| {
        let words = ["kettle", "toaster", "radio", "lamp", "chair", "window", "garden", "ticket", "hotel", "phone", "train"];
        let picked: Vec<&str> = (0..14).map(|at| words[(n / 7 + n * (at + 3) + at * at) % words.len()]).collect();
        format!(
            "I {} the {} number {n} because it was {}",
            if n.is_multiple_of(2) { "love" } else { "hate" },
            picked.join(" and the "),
            ["good", "bad"][n % 2]
        )
    };
    let rows = (0..12_000).map(|n| match n % 3 {
        2 => format!("{n},u{},\"{}!\"\n", n % 400, text(if n % 2 == 0 { n - 2 } else { n / 2 / 3 * 3 }).to_uppercase()),
        _ => format!("{n},u{},\"{}\"\n", n % 400, text(n)),
    });
    format!("id,author,review\n{}", rows.collect::<String>())
}

#[test]
fn threads_files_and_standard_input_agree() {
    let many = many();
    assert!(many.len() > 2 << 20, "several blocks: {}", many.len());
    let place = Place::with("many.csv", &many);
    let one = report(&place, &["many.csv", "-j", "1"]);
    assert_eq!([count(&one, "/read/records"), count(&one, "/read/excluded")], [12_000, 4_000]);
    for threads in ["2", "3", "8"] {
        assert_eq!(report(&place, &["many.csv", "-j", threads]), one, "{threads}");
    }
    let piped = place.pipe(&["report", "-", "--format", "json", "--copies", "once"], &many).fine().json();
    assert_eq!((&piped["sentiment"], &piped["words"]), (&one["sentiment"], &one["words"]));
    let rows = run(&place, &["score", "many.csv", "-j", "1", "--quiet"]).fine().out;
    assert_eq!(run(&place, &["score", "many.csv", "-j", "4", "--quiet"]).fine().out, rows);
    assert_eq!(rows.matches("\"copy\":true").count(), 4_000);
}

#[test]
fn a_file_with_itself_says_the_same() {
    let many = many();
    let place = Place::with("a.csv", &many);
    place.write("b.csv", &many);
    let one = report(&place, &["a.csv"]);
    for files in [["a.csv", "b.csv"].as_slice(), &["a.csv", "a.csv", "b.csv"]] {
        let more = report(&place, files);
        assert_eq!((&more["sentiment"], &more["words"]), (&one["sentiment"], &one["words"]), "{files:?}");
        assert_eq!(count(&more, "/read/excluded"), 4_000 + 12_000 * (files.len() as u64 - 1));
    }
}
