//! `earful init`: a file to begin with, whose examples count once their signs are taken away.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place};
use earful::mention::{Kind, file};

/// The file with its examples switched on: the lines from `# [[` to the next that is empty or says nothing.
fn switched_on(text: &str) -> String {
    let mut on = false;
    let lines = text.lines().map(|line| {
        on = line.starts_with("# [") || on && line.contains(" = ");
        if on { line.trim_start_matches("# ") } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn place() -> Place {
    let products = ["Kettle", "Kettle", "Toaster \\\"Pro\\\"", "4711", "ann@example.org", "Kettle\\u202e\\n[[gate]]"];
    let rows = products.iter().enumerate().map(|(n, product)| {
        let text = if n % 2 == 0 { GOOD } else { BAD };
        format!("{{\"id\":{n},\"product\":\"{product}\",\"stars\":{},\"date\":\"2026-05-0{}\",\"review\":\"{text}\"}}\n", n % 5 + 1, n + 1)
    });
    Place::with("rows.jsonl", rows.collect::<String>())
}

#[test]
fn the_file_tells_what_was_found_and_its_examples_count() {
    let place = place();
    let run = place.run(&["init", "rows.jsonl"]);
    assert_eq!((run.status, run.err.as_str(), run.out.as_str()), (0, "earful: wrote earful.toml\n", ""));
    let text = place.read("earful.toml");
    for told in
        ["rows.jsonl", "JSON lines", "\"review\" because of", "\"stars\" because of", "ISO 8601", "up to 5", "[[gate]]", "[[objective]]"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#')), "{text}");
    let subjects = file::read("earful.toml", &switched_on(&text)).unwrap();
    let names: Vec<&str> = subjects.iter().map(|subject| subject.name.as_str()).collect();
    assert_eq!(names, ["Kettle", "Kettle\\u{202e} [[gate]]", "Toaster \"Pro\""], "{text}");
    assert!(subjects.iter().all(|subject| subject.kind == Kind::Product));
    assert!(!text.contains("ann@") && !text.contains("4711") && !text.contains('\u{202e}'), "{text}");
    // As it is, it changes nothing; with the examples of mentions on, reports listen.
    let plain = place.run(&["report", "rows.jsonl", "--format", "json", "--no-config", "-q"]).fine();
    assert_eq!(place.run(&["report", "rows.jsonl", "--format", "json"]).fine().out, plain.out);
    assert_eq!(plain.json()["mentions"], serde_json::Value::Null);
    place.write("earful.toml", switched_on(text.split("\n# When a build").next().unwrap()));
    let heard = place.run(&["report", "rows.jsonl", "--format", "json", "-q"]).fine().json();
    assert_eq!(heard["mentions"]["subjects"].as_array().unwrap().len(), 3);
}

#[test]
fn a_file_that_is_there_is_kept() {
    let place = place();
    place.write("earful.toml", "# mine\n");
    place.run(&["init", "rows.jsonl"]).fails(2, &["earful.toml: found a file there already", "--force"]);
    assert_eq!(place.read("earful.toml"), "# mine\n");
    let printed = place.run(&["init", "rows.jsonl", "-o", "-"]).fine().out;
    assert_eq!(place.read("earful.toml"), "# mine\n");
    assert_eq!(place.run(&["init", "rows.jsonl", "--force"]).status, 0);
    assert_eq!(place.read("earful.toml"), printed);
}

#[test]
fn without_a_file_the_examples_are_general() {
    let place = Place::new();
    let text = place.run(&["init", "-o", "-"]).fine().out;
    assert!(!text.contains("What was found") && text.contains("EARFUL_SALT"), "{text}");
    assert_eq!(file::read("x", &switched_on(&text)).unwrap()[0].name, "Acme");
    place.run(&["init", "gone.csv"]).fails(3, &["gone.csv"]);
    assert!(place.files().is_empty());
    let piped = place.pipe(&["init", "-", "-o", "-"], "id,review,brand\n1,lovely bread and kind staff,Zenith\n").fine().out;
    assert!(piped.contains("name = \"Zenith\""), "{piped}");
}

#[test]
fn flags_come_first_then_the_environment_then_the_file() {
    let place = place();
    place.write("earful.toml", "[report]\nby = [\"product\"]\nquotes = 0\ncopies = \"once\"\nlexicon = \"mine.tsv\"\n");
    place.write("mine.tsv", "# earful-lexicon: 1\nbread\t3\n");
    place.write("below/rows.jsonl", place.read("rows.jsonl"));
    let shown = |folder: &str, args: &[&str], environment: &[(&str, &str)]| {
        let mut command = place.command(&[&["report", "rows.jsonl", "--format", "json"], args].concat());
        command.current_dir(place.path(folder)).env_remove("EARFUL_COPIES").envs(environment.iter().copied());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let said = |report: &serde_json::Value| {
        let quotes = report["quotes"]["praise"].as_array().unwrap().len();
        let own = report["words"]["praise"].to_string().contains("bread");
        (quotes, report["read"]["excluded"].as_u64().unwrap(), own)
    };
    for folder in [".", "below"] {
        assert_eq!(said(&shown(folder, &[], &[])), (0, 4, true), "{folder}");
    }
    assert_eq!(said(&shown(".", &["--quotes", "1"], &[("EARFUL_COPIES", "count")])), (1, 0, true));
    assert_eq!(said(&shown(".", &["--copies", "once"], &[("EARFUL_COPIES", "count")])), (0, 4, true));
    assert!(!said(&shown(".", &["--no-config"], &[])).2);
    let short = place.command(&["rows.jsonl", "--format", "json"]).env_remove("EARFUL_COPIES").output().unwrap();
    assert_eq!(said(&serde_json::from_slice(&short.stdout).unwrap()), (0, 4, true));
    place.write("earful.toml", "[report]\nquotes = \"many\"\n");
    place.run(&["rows.jsonl"]).fails(2, &["earful.toml: [report]: invalid value 'many' for '--quotes"]);
    place.write("earful.toml", "[report]\n\nlanguge = \"en\"\n");
    place.run(&["rows.jsonl"]).fails(2, &["earful.toml:3: found the key languge in [report]", "language"]);
    place.run(&["inspect", "rows.jsonl"]).fine();
}
