//! Authors by a key: the same pseudonym in all formats, files and commands, and nobody's name.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place};

const KEY: &str = "0123456789 a key of the test";

fn place() -> Place {
    let place = Place::with(
        "rows.csv",
        format!("id,author,review\n1,José Doe,\"{GOOD} Thanks @acme\"\n2,Al Roe,\"{BAD}\"\n3,José Doe,\"{GOOD}\"\n"),
    );
    let line = |author: &str, text: &str| format!("{{\"id\":1,\"author\":{author},\"review\":\"{text}\"}}\n");
    place.write(
        "rows.jsonl",
        [line("\"José Doe\"", GOOD), line("\"Al Roe\"", BAD), line("\"Jos\\u00e9 Doe\"", &format!("{GOOD} @acme"))].concat(),
    );
    place.write("numbers.jsonl", [line("7700777", GOOD), line("\"7700777\"", BAD)].concat());
    place.write("key.txt", format!("{KEY}\n"));
    place
}

fn authors(place: &Place, args: &[&str]) -> Vec<String> {
    place.run(args).fine().rows().iter().map(|row| row["author"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_same_author_has_the_same_name_everywhere() {
    let place = place();
    let csv = authors(&place, &["score", "rows.csv", "--salt", KEY]);
    assert!(csv[0] == csv[2] && csv[0] != csv[1], "{csv:?}");
    assert!(csv.iter().all(|name| name.len() == 17 && name.starts_with("author-")), "{csv:?}");
    assert_eq!(authors(&place, &["score", "rows.jsonl", "--salt", KEY]), csv, "an escaped letter is the same letter");
    assert_eq!(authors(&place, &["score", "rows.csv", "--salt", "@key.txt"]), csv, "a key from a file, its line end left out");
    assert_ne!(authors(&place, &["score", "rows.csv", "--salt", "another"]), csv);
    let numbers = authors(&place, &["score", "numbers.jsonl", "--author", "author", "--salt", KEY]);
    assert_eq!(numbers[0], numbers[1]);
    let (header, rows) = place.run(&["score", "rows.csv", "--format", "csv", "--salt", KEY]).fine().table();
    let column = header.iter().position(|name| name == "author").unwrap();
    assert_eq!(rows.iter().map(|row| row[column].clone()).collect::<Vec<_>>(), csv);
    let report = place.run(&["report", "rows.csv", "--format", "json", "--by", "author", "--salt", KEY]).fine();
    assert!(report.out.contains(&csv[0]) && !report.out.contains("Doe"), "{report:?}");
    let environment = place.command(&["score", "rows.csv"]).env("EARFUL_SALT", KEY).output().unwrap();
    assert!(String::from_utf8(environment.stdout).unwrap().contains(&csv[0]));
}

#[test]
fn texts_are_masked_or_not_apart_from_authors() {
    let place = place();
    for file in ["rows.csv", "rows.jsonl"] {
        let masked = place.run(&["score", file, "--salt", KEY]).fine().out;
        assert!(masked.contains("[handle]") && !masked.contains("@acme") && !masked.contains("Doe"), "{masked}");
        let kept = place.run(&["score", file, "--salt", KEY, "--no-redact"]).fine().out;
        assert!(kept.contains("@acme") && !kept.contains("Doe"), "{kept}");
    }
    let numbers = place.run(&["score", "numbers.jsonl", "--author", "author", "--salt", KEY, "--no-redact"]).fine().out;
    assert!(!numbers.contains("7700777"), "{numbers}");
}

#[test]
fn without_a_key_nothing_changes() {
    let place = place();
    assert_eq!(authors(&place, &["score", "rows.csv"]), ["[author]"; 3]);
    let report = place.run(&["report", "rows.csv", "--format", "json"]).fine().out;
    assert!(report.contains("\"author 1\""), "{report}");
}

#[test]
fn a_key_that_is_none_is_told() {
    let place = place();
    place.write("empty.txt", "\n");
    place.run(&["score", "rows.csv", "--salt", ""]).fails(2, &["--salt", "empty key"]);
    place.run(&["score", "rows.csv", "--salt", "@empty.txt"]).fails(2, &["empty.txt", "empty key"]);
    place.run(&["report", "rows.csv", "--salt", "@gone.txt"]).fails(2, &["gone.txt", "cannot be read"]);
}

#[test]
fn fields_that_must_not_be_echoed_are_not() {
    let csv = "review,IPAddress,reviewer_email,stars\nlovely bread here,203.0.113.9,ann at example dot org,5\n";
    let json = "{\"review\":\"lovely bread here\",\"xsec_token\":\"AB12\",\"reviewer\":{\"email\":\"ann at example dot org\",\"phone\":4915112345},\"stars\":5}\n";
    let place = Place::with("a.csv", csv);
    place.write("a.jsonl", json);
    let row = place.run(&["score", "a.csv"]).rows().remove(0);
    assert_eq!(
        (row["IPAddress"].as_str(), row["reviewer_email"].as_str(), row["stars"].as_str()),
        (Some("[private]"), Some("[private]"), Some("5"))
    );
    let row = place.run(&["score", "a.jsonl"]).rows().remove(0);
    assert_eq!((row["xsec_token"].as_str(), row["reviewer"]["email"].as_str()), (Some("[private]"), Some("[private]")), "{row}");
    assert_eq!((row["reviewer"]["phone"].as_str(), row["stars"].as_u64()), (Some("[private]"), Some(5)), "{row}");
    for (file, kept) in [("a.csv", "203.0.113.9"), ("a.jsonl", "AB12")] {
        assert!(place.run(&["score", file, "--no-redact"]).out.contains(kept), "{file}");
    }
    // A column that is the text is the text, whatever its name.
    let tickets = Place::with(
        "b.csv",
        "id,email\n1,The printer is broken again and nobody answers my messages\n2,Thanks a lot for the quick help with my order\n",
    );
    assert!(tickets.run(&["score", "b.csv", "--text", "email"]).out.contains("printer"), "the text is kept");
}
