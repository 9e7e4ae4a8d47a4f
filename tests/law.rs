//! The law: read = scored + skipped + excluded, in every command; what cannot be read is written apart
//! where that is asked for, and too much of it is an error.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, count, sums_add_up};
use serde_json::{Value, json};

/// Seven records: four sound, one without text, two broken.
fn mixed() -> Vec<u8> {
    let mut bytes =
        format!("{{\"id\":1,\"review\":\"{GOOD}\"}}\n{{\"id\":2,\"review\":\"{BAD}\"}}\n{{\"id\":3,\"review\":}}\n").into_bytes();
    bytes.extend(b"[4,\"caf\xE9\"]\n");
    bytes.extend(format!("{{\"id\":5,\"review\":\"\"}}\n{{\"id\":6,\"review\":\"{GOOD}\"}}\n{{\"id\":7,\"review\":\"{BAD}\"}}\n").bytes());
    bytes
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn report_counts_every_record_once() {
    let place = Place::with("mixed.jsonl", mixed());
    let report = place.run(&["report", "mixed.jsonl", "--format", "json", "--copies", "once", "--encoding", "utf-8"]).json();
    sums_add_up(&report);
    let read = ["records", "scored", "skipped", "excluded"].map(|name| count(&report, &format!("/read/{name}")));
    assert_eq!(read, [7, 2, 3, 2]);
}

#[test]
fn score_says_where_all_records_are() {
    let place = Place::with("mixed.jsonl", mixed());
    let run = place.run(&["score", "mixed.jsonl", "--encoding", "utf-8"]);
    assert_eq!(run.rows().len(), 5);
    assert!(run.err.contains("7 records: 5 rows + 2 skipped + 0 excluded"), "{run:?}");
}

#[test]
fn eval_counts_every_record_once() {
    let place = Place::with("rows.csv", format!("review,label\n\"{GOOD}\",positive\n\"{BAD}\",negative\n\"{BAD}\",\n,negative\n"));
    let report = place.run(&["eval", "rows.csv", "--format", "json"]).fine().json();
    let read = ["evaluated", "unlabelled", "unscored", "skipped", "excluded"].map(|name| count(&report, &format!("/read/{name}")));
    assert_eq!(read.iter().sum::<u64>(), count(&report, "/read/records"));
    assert_eq!(read, [2, 1, 0, 1, 0]);
}

#[test]
fn rejects_are_the_records_as_they_stand() {
    let place = Place::with("mixed.jsonl", mixed());
    for args in [["report", "mixed.jsonl"], ["score", "mixed.jsonl"]] {
        let args: Vec<&str> = args.into_iter().chain(["--rejects", "bad.jsonl", "--encoding", "utf-8"]).collect();
        assert_eq!(place.run(&args).status, 0);
        let rejects = lines(&place.read("bad.jsonl"));
        assert_eq!(rejects.len(), 2, "{rejects:?}");
        assert_eq!(
            rejects[0],
            json!({"file": "mixed.jsonl", "record": 3, "line": 3, "reason": "malformed JSON", "raw": "{\"id\":3,\"review\":}"})
        );
        assert_eq!(rejects[1]["hex"], "5b342c22636166e9225d");
        assert_eq!(rejects[1]["raw"], "[4,\"caf\u{FFFD}\"]");
        assert_eq!(place.files(), ["bad.jsonl", "mixed.jsonl"], "no draft is left");
        std::fs::remove_file(place.path("bad.jsonl")).unwrap();
    }
    let sound = Place::with("rows.csv", format!("id,review\n1,\"{GOOD}\"\n"));
    sound.run(&["report", "rows.csv", "--rejects", "bad.jsonl"]).fine();
    assert_eq!(sound.read("bad.jsonl"), "");
    sound.run(&["report", "rows.csv", "--rejects", "no/such/folder.jsonl"]).fails(2, &["no/such/folder.jsonl: cannot be written"]);
}

#[test]
fn rejects_are_the_same_for_any_number_of_threads() {
    let rows = |n: usize| {
        if n % 97 == 5 { format!("{{\"id\":{n},\"review\":oops}}\n") } else { format!("{{\"id\":{n},\"review\":\"{GOOD} {n}\"}}\n") }
    };
    let place = Place::with("rows.jsonl", (0..40_000).map(rows).collect::<String>());
    let written = |threads: &str, name: &str| {
        place.run(&["report", "rows.jsonl", "-j", threads, "--rejects", name, "--copies", "once"]).fine();
        place.read(name)
    };
    let one = written("1", "one.jsonl");
    let rejects = lines(&one);
    assert_eq!(rejects.len(), (0..40_000).filter(|n| n % 97 == 5).count());
    assert!(rejects.iter().all(|reject| reject["record"] == reject["line"]), "a line a record");
    assert!(rejects.windows(2).all(|two| two[0]["record"].as_u64() < two[1]["record"].as_u64()));
    for threads in ["2", "5"] {
        assert_eq!(written(threads, "more.jsonl"), one, "{threads}");
    }
}

#[test]
fn too_many_bad_records_are_an_error() {
    let place = Place::with("mixed.jsonl", mixed());
    let parts = [
        "found 2 of 7 records (28.57 %) that cannot be read",
        "1 not a JSON object, first mixed.jsonl:4 (line 4)",
        "1 malformed JSON",
        "try: ",
        "--rejects FILE",
    ];
    for command in ["report", "score"] {
        for most in [["--max-bad", "1"].as_slice(), &["--max-bad", "28%"], &["--strict"]] {
            let args: Vec<&str> = [command, "mixed.jsonl", "--encoding", "utf-8", "-q"].iter().chain(most).copied().collect();
            let run = place.run(&args).fails(3, &parts);
            assert!(!run.out.is_empty(), "what could be read is told: {run:?}");
        }
        for most in [["--max-bad", "2"], ["--max-bad", "29 %"]] {
            let args: Vec<&str> = [command, "mixed.jsonl", "--encoding", "utf-8", "-q"].iter().chain(&most).copied().collect();
            assert_eq!(place.run(&args).status, 0, "{args:?}");
        }
    }
    place.run(&["report", "mixed.jsonl", "--max-bad", "many"]).fails_usage();
    place.run(&["report", "mixed.jsonl", "--max-bad", "1", "--strict"]).fails_usage();
}

#[test]
fn records_without_text_and_copies_are_not_bad() {
    let place = Place::with("rows.csv", format!("id,author,review\n1,a,\"{GOOD}\"\n2,a,\n3,a,\"{GOOD}\"\n"));
    let run = place.run(&["report", "rows.csv", "--strict", "--copies", "once", "--format", "json"]).fine();
    assert_eq!([count(&run.json(), "/read/skipped"), count(&run.json(), "/read/excluded")], [1, 1]);
}

trait Usage {
    fn fails_usage(self);
}

impl Usage for common::Run {
    fn fails_usage(self) {
        assert_eq!(self.status, 2, "{self:?}");
    }
}
