//! The contract of the command line, which scripts rely on: commands, flags, what goes to standard
//! output, exit status. Privacy is part of it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, count, reviews, scored_and_skipped, sums_add_up};
use serde_json::Value;

/// A text with all kinds of personal data.
const PRIVATE: &str =
    "Terrible service: mail jo.doe@mail.example, call +1 (555) 010-0199, card 4111 1111 1111 1111, ask @jo_doe, they never helped me.";
const SECRETS: [&str; 4] = ["jo.doe@mail.example", "010-0199", "4111", "@jo_doe"];
const MARKS: [&str; 4] = ["[e-mail]", "[phone]", "[card]", "[handle]"];

// Report

#[test]
fn a_file_is_enough() {
    let place = Place::with("rows.csv", reviews(9));
    let short = place.run(&["rows.csv"]).fine();
    assert!(short.out.contains("Praise versus complaints") && short.out.contains("9 records"));
    assert_eq!(place.run(&["report", "rows.csv"]).fine().out, short.out);
    assert_eq!(place.run(&["--format", "json", "rows.csv"]).fine().json()["schema"], "earful-report/1");
}

#[test]
fn files_folders_patterns_and_standard_input() {
    let place = Place::with("a.csv", reviews(2));
    place.write("data/b.csv", reviews(3));
    place.write("data/sub/c.jsonl", format!("{{\"review\":\"{GOOD}\"}}\n"));
    place.write("data/.hidden.csv", reviews(50));
    place.write("data/notes.txt", "no data");
    for (files, records) in [
        (["a.csv", "data"].as_slice(), 6),
        (&["a.csv", "data/b.csv", "a.csv"], 7),
        (&["data/*.csv"], 3),
        (&["data/**/*.jsonl"], 1),
        (&["data"], 4),
    ] {
        assert_eq!(count(&place.report(files), "/read/records"), records, "{files:?}");
    }
    let names: Vec<String> =
        place.report(&["data"])["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap().replace('\\', "/")).collect();
    assert_eq!(names, ["data/b.csv", "data/sub/c.jsonl"]);
    for args in [
        ["report", "-", "--format", "json"].as_slice(),
        &["report", "--format", "json"],
        &["--format", "json"],
        &["report", "a.csv", "-", "--format", "json"],
    ] {
        let report = place.pipe(args, reviews(5)).fine().json();
        assert_eq!(count(&report, "/read/records"), if args.contains(&"a.csv") { 7 } else { 5 }, "{args:?}");
    }
}

#[test]
fn several_outputs_in_one_run() {
    let place = Place::with("rows.csv", reviews(9));
    let run = place.run(&["report", "rows.csv", "-o", "report.md", "-o", "out.JSON", "--output", "table.csv", "-o", "page.txt"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "only files were asked for");
    assert!(run.err.contains("wrote report.md"), "{run:?}");
    assert_eq!(place.files(), ["out.JSON", "page.txt", "report.md", "rows.csv", "table.csv"]);
    let report: Value = serde_json::from_str(&place.read("out.JSON")).unwrap();
    sums_add_up(&report);
    for (name, format) in [("report.md", "md"), ("out.JSON", "json"), ("table.csv", "csv"), ("page.txt", "text")] {
        assert_eq!(place.run(&["report", "rows.csv", "--format", format]).fine().out, place.read(name), "{format}");
    }
    let both = place.run(&["report", "rows.csv", "-o", "report.md", "--format", "json", "--quiet"]).fine();
    assert_eq!(both.json(), report, "a format for standard output was asked for too");
}

#[test]
fn groups_by_any_column() {
    let rows: String = (0..12).map(|n| format!("{n},shop {},{},\"{GOOD}\"\n", n % 3, if n % 2 == 0 { "north" } else { "south" })).collect();
    let place = Place::with("rows.csv", format!("id,product,Region,review\n{rows}"));
    let report = place.report(&["rows.csv", "--by", "Region", "--by", "product"]);
    let groups = report["groups"].as_array().unwrap();
    let fields: Vec<&str> = groups.iter().map(|group| group["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["product", "Region"]);
    for group in groups {
        let sum: u64 = group["values"].as_array().unwrap().iter().map(|value| count(value, "/sentiment/records")).sum();
        assert_eq!(sum, 12, "{group}");
    }
}

#[test]
fn columns_can_be_named() {
    let place = Place::with(
        "rows.csv",
        format!("one,two,three,four,when\n\"{GOOD}\",\"{BAD}\",9,Ann,02/01/2026\n\"{GOOD} Yes.\",\"{BAD} No.\",2,Bo,03/01/2026\n"),
    );
    let report = place.report(&[
        "rows.csv",
        "--text",
        "two",
        "--rating",
        "three",
        "--author",
        "four",
        "--date",
        "when",
        "--date-format",
        "%d/%m/%Y",
    ]);
    assert_eq!(count(&report, "/sentiment/negative/count"), 2);
    assert_eq!((report["read"]["from"].as_str(), report["read"]["to"].as_str()), (Some("2026-01-02"), Some("2026-01-03")));
    assert_eq!((count(&report, "/stars/most"), count(&report, "/read/authors/count")), (10, 2));
    let nested = Place::with("rows.jsonl", format!("{{\"a\":{{\"b\":\"{BAD}\",\"c\":\"{GOOD}\"}}}}\n"));
    assert_eq!(count(&nested.report(&["rows.jsonl", "--text", "a.b"]), "/sentiment/negative/count"), 1);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let place = Place::with("rows.csv", reviews(9));
    assert!(!place.run(&["report", "rows.csv"]).fine().out.contains('\u{1B}'));
    assert!(!place.run(&["report", "rows.csv", "--color", "never"]).fine().out.contains('\u{1B}'));
    assert!(place.run(&["report", "rows.csv", "--color", "always"]).fine().out.contains("\u{1B}["));
}

// Score

#[test]
fn rows_as_json_lines() {
    let place = Place::with("rows.csv", reviews(4));
    for (keep, members) in [("all", ["id", "review", "earful"].as_slice()), ("id", &["id", "earful"]), ("none", &["earful"])] {
        let rows = place.run(&["score", "rows.csv", "--keep", keep]).fine().rows();
        assert_eq!(rows.len(), 4);
        for row in &rows {
            assert_eq!(row.as_object().unwrap().keys().collect::<Vec<_>>(), members, "{row}");
            let earful = &row["earful"];
            assert_eq!(
                earful.as_object().unwrap().keys().collect::<Vec<_>>(),
                ["score", "polarity", "praise", "complaint", "confidence", "coverage", "lang"]
            );
            #[allow(clippy::cast_possible_truncation)] // at most 10,000
            let number = |name: &str| (earful[name].as_f64().unwrap() * 1e4).round() as i64;
            assert_eq!(number("score"), number("praise") - number("complaint"), "{row}");
            assert!(["praise", "complaint", "confidence", "coverage"].iter().all(|name| (0..=10_000).contains(&number(name))), "{row}");
        }
        let polarities: Vec<&str> = rows.iter().map(|row| row["earful"]["polarity"].as_str().unwrap()).collect();
        assert_eq!(polarities, ["positive", "negative", "positive", "negative"]);
    }
}

#[test]
fn json_members_are_passed_on_as_they_are() {
    let line = format!(
        "{{\"id\": 12345678901234567890123, \"n\": 1.10, \"nest\": {{\"k\": [1, null, true]}}, \"review\": \"{GOOD}\", \"mail\": \"jo@mail.example\", \"earful\": \"old\"}}"
    );
    let place = Place::with("rows.jsonl", format!("{line}\n{}\n", line.replace(", \"earful\": \"old\"", "").replace("0123,", "0124,")));
    let run = place.run(&["score", "rows.jsonl"]).fine();
    let last = run.out.lines().last().unwrap();
    assert!(
        last.contains("\"id\": 12345678901234567890124,") && last.contains("\"n\": 1.10,") && last.contains("\"mail\": \"[e-mail]\""),
        "{last}"
    );
    for row in run.rows() {
        assert_eq!(row["nest"]["k"], serde_json::json!([1, null, true]));
        assert!(row["earful"]["score"].is_number(), "{row}");
    }
    assert_eq!(place.run(&["score", "rows.jsonl", "--keep", "id"]).fine().out.matches("1234567890123456789012").count(), 2);
}

#[test]
fn rows_as_csv_keep_the_columns_and_add_ours() {
    let place =
        Place::with("rows.csv", format!("id,stars,review\n1,5,\"{GOOD}\"\n\"2, or so\",1,\"{BAD} \"\"Never\"\" again\nsaid all\"\n3,,\n"));
    let (header, rows) = place.run(&["score", "rows.csv", "--format", "csv"]).fine().table();
    assert_eq!(
        header,
        [
            "id",
            "stars",
            "review",
            "earful_score",
            "earful_polarity",
            "earful_praise",
            "earful_complaint",
            "earful_confidence",
            "earful_coverage",
            "earful_lang",
            "earful_reason",
            "earful_irony",
            "earful_copy"
        ]
    );
    assert_eq!(rows[1][..3], ["2, or so", "1", &format!("{BAD} \"Never\" again\nsaid all")]);
    assert_eq!((rows[0][4].as_str(), rows[1][4].as_str()), ("positive", "negative"));
    assert_eq!(rows[2][3..], ["", "unscored", "", "", "", "", "und", "no text", "", ""]);
    let (header, rows) = place.run(&["score", "rows.csv", "--format", "csv", "--keep", "id"]).fine().table();
    assert_eq!((header.len(), header[0].as_str(), rows[1][0].as_str()), (11, "id", "2, or so"));
    assert_eq!(place.run(&["score", "rows.csv", "--format", "csv", "--keep", "none"]).fine().table().0.len(), 10);
}

#[test]
fn json_lines_become_csv() {
    let place = Place::with(
        "rows.jsonl",
        format!("{{\"id\":1,\"user\":{{\"name\":\"Ann\"}},\"review\":\"{GOOD}\"}}\n{{\"id\":2,\"review\":\"{BAD}\\nTwice.\"}}\n"),
    );
    let (header, rows) = place.run(&["score", "rows.jsonl", "--format", "csv", "--no-redact"]).fine().table();
    assert_eq!(header[..3], ["id", "user.name", "review"]);
    assert_eq!(rows[0][..3], ["1", "Ann", GOOD]);
    assert_eq!(rows[1][..3], ["2", "", &format!("{BAD}\nTwice.")]);
}

#[test]
fn several_files_are_scored_one_after_the_other() {
    let place = Place::with("a.csv", reviews(2));
    place.write("b.jsonl", format!("{{\"id\":\"b1\",\"review\":\"{BAD}\"}}\n"));
    let rows = place.run(&["score", "a.csv", "b.jsonl"]).fine().rows();
    assert_eq!(rows.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(), ["r1", "r2", "b1"]);
    place.write("c.csv", format!("other,review\n1,\"{GOOD}\"\n"));
    let run = place
        .run(&["score", "--format", "csv", "a.csv", "c.csv", "a.csv"])
        .fails(3, &["c.csv: found other columns", "try: --format jsonl"]);
    assert_eq!(run.table().1.len(), 4, "one header, the rows of both that fit");
}

#[test]
fn what_cannot_be_scored_is_said() {
    let place = Place::with(
        "rows.csv",
        format!(
            "id,lang,review\n1,en,\"{GOOD}\"\n2,de,\"Das Brot war sehr gut und alle waren nett\"\n3,en,\n4,ja,\"とても良い製品です\"\n"
        ),
    );
    let rows = place.run(&["score", "rows.csv"]).fine().rows();
    let told: Vec<(&str, &str)> =
        rows.iter().map(|row| (row["earful"]["polarity"].as_str().unwrap(), row["earful"]["reason"].as_str().unwrap_or(""))).collect();
    assert_eq!(
        told,
        [
            ("positive", ""),
            ("unscored", "no lexicon for its language"),
            ("unscored", "no text"),
            ("unscored", "no lexicon for its language")
        ]
    );
    assert!(rows[1]["earful"]["score"].is_null());
    let report = place.report(&["rows.csv"]);
    assert_eq!(scored_and_skipped(&report), (1, 3));
    assert_eq!(count(&report, "/sentiment/neutral/count"), 0, "never neutral");
    assert_eq!(scored_and_skipped(&place.report(&["rows.csv", "--language", "en"])), (3, 1));
}

#[test]
fn rows_that_cannot_be_read_are_noted() {
    let place = Place::with("rows.csv", format!("{}x,\"open\n", reviews(3)));
    let run = place.run(&["score", "rows.csv"]);
    assert_eq!((run.status, run.out.lines().count()), (0, 3));
    assert!(run.err.contains("rows.csv:5: 1 record without a row: unclosed quotation mark"), "{run:?}");
    assert_eq!(place.run(&["score", "rows.csv", "--quiet"]).fine().out, run.out);
}

// Explain

#[test]
fn an_explanation_adds_up() {
    let place = Place::new();
    for text in ["The screen isn’t gorgeous but support was great!!", GOOD, BAD, "5 stars, would buy again", "meh"] {
        let told = place.run(&["explain", text, "--format", "json"]).fine().json();
        let adds = ["opinions", "leanings", "cues"]
            .into_iter()
            .flat_map(|part| told[part].as_array().unwrap())
            .map(|line| line["adds"]["lean"].as_f64().unwrap());
        let sum: f64 = adds.sum();
        let score = told["result"]["score"].as_f64().unwrap();
        assert!((sum - told["result"]["sum"]["lean"].as_f64().unwrap()).abs() < 1e-9, "{told}");
        let points: f64 = told["opinions"].as_array().unwrap().iter().map(|opinion| opinion["points"].as_f64().unwrap()).sum();
        assert!(
            (points - told["result"]["praise_points"].as_f64().unwrap() + told["result"]["complaint_points"].as_f64().unwrap()).abs()
                < 1e-9,
            "{told}"
        );
        let place = Place::with("rows.jsonl", format!("{}\n", serde_json::json!({"text": text})));
        let row = &place.run(&["score", "rows.jsonl", "--text", "text"]).fine().rows()[0];
        assert_eq!(row["earful"]["score"].as_f64(), Some(score), "{text}");
        assert_eq!(row["earful"]["polarity"], told["result"]["polarity"]);
    }
}

#[test]
fn an_explanation_names_words_rules_and_origins() {
    let place = Place::new();
    let out = place.run(&["explain", "The screen isn’t gorgeous but support was great!!"]).fine().out;
    for part in ["isn’t", "negator", "en/", "negation", "contrast", "great", "score", "praise", "complaint", "log-odds"] {
        assert!(out.contains(part), "{part} is not in {out}");
    }
    assert_eq!(place.run(&["explain", "The", "screen", "isn’t", "gorgeous", "but", "support", "was", "great!!"]).fine().out, out);
    assert_eq!(place.pipe(&["explain", "-"], "The screen isn’t gorgeous but support was great!!").fine().out, out);
    assert!(place.run(&["explain", "とても良い製品です"]).fine().out.contains("unscored"));
    assert!(place.run(&["explain", "it is a phone"]).fine().out.contains("no opinion found"));
}

#[test]
fn a_record_is_explained_by_its_id() {
    let place = Place::with("rows.csv", reviews(9));
    let out = place.run(&["explain", "rows.csv", "--id", "r2"]).fine().out;
    assert!(out.starts_with(BAD), "{out}");
    place.run(&["explain", "rows.csv", "--id", "r99"]).fails(3, &["--id: found no record with the id \"r99\"", "try: "]);
    place.run(&["explain", "rows.csv"]).fails(2, &["rows.csv: found a file, expected a text", "--id"]);
    place.write("bare.jsonl", format!("{{\"text\":\"{GOOD}\"}}\n{{\"text\":\"{BAD}\"}}\n"));
    assert!(place.run(&["explain", "bare.jsonl", "--id", "2"]).fine().out.starts_with(BAD), "without ids, by number");
}

// Inspect

#[test]
fn what_was_detected_and_why() {
    let place = Place::with(
        "rows.csv.gz",
        common::gzip(format!("Id;Datum;Text\n1;24.12.2025;\"{GOOD}\"\n2;25.12.2025;\"{BAD} café\"\n").as_bytes()),
    );
    let out = place.run(&["inspect", "rows.csv.gz"]).fine().out;
    for part in
        ["rows.csv.gz", "CSV, delimiter ';', with a header row", "gzip", "UTF-8", "records      2", "%d.%m.%Y", "Text", "its name", GOOD]
    {
        assert!(out.contains(part), "{part} is not in {out}");
    }
    let told = place.run(&["inspect", "rows.csv.gz", "--json"]).fine().json();
    assert_eq!(
        (told["records"].as_u64(), told["records_exact"].as_bool(), told["compression"].as_str()),
        (Some(2), Some(true), Some("gzip"))
    );
    let text = told["columns"].as_array().unwrap().iter().find(|column| column["field"] == "text").unwrap();
    assert!(
        text["name"] == "Text"
            && text["because"].as_str().is_some_and(|because| because.contains("name"))
            && text["samples"].as_array().unwrap().len() == 2,
        "{text}"
    );
    place.write("large.csv", reviews(20_000));
    let told = place.run(&["inspect", "large.csv", "--json"]).fine().json();
    let records = told["records"].as_u64().unwrap();
    assert!(!told["records_exact"].as_bool().unwrap() && (19_000..21_000).contains(&records), "{records}");
    assert_eq!(place.run(&["inspect", "large.csv", "rows.csv.gz", "--json"]).fine().rows().len(), 2);
}

// Other commands and settings

#[test]
fn help_version_completions_and_manual() {
    let place = Place::new();
    assert!(place.run(&["--version"]).fine().out.starts_with("earful "));
    for args in [["--help"].as_slice(), &["report", "--help"], &["score", "--help"], &["explain", "--help"], &["inspect", "--help"]] {
        let out = place.run(args).fine().out;
        assert!(out.contains("Usage:"), "{args:?}");
    }
    assert!(
        place
            .run(&["--help"])
            .fine()
            .out
            .contains("Exit status: 0 fine; 1 a gate failed; 2 wrong usage or configuration; 3 input unusable")
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(place.run(&["completions", shell]).fine().out.contains("earful"), "{shell}");
    }
    let manual = place.run(&["man"]).fine().out;
    assert!(manual.contains(".TH") && manual.contains("earful"));
}

#[test]
fn the_environment_is_heard_and_flags_win() {
    let place = Place::with("rows.csv", reviews(4));
    let with = |name: &str, value: &str, args: &[&str]| place.command(args).env(name, value).output().unwrap();
    let plain = place.run(&["rows.csv"]).fine().out;
    assert_eq!(String::from_utf8(with("EARFUL_THREADS", "1", &["rows.csv"]).stdout).unwrap(), plain);
    assert_eq!(with("EARFUL_THREADS", "many", &["rows.csv"]).status.code(), Some(2));
    assert_eq!(with("EARFUL_THREADS", "many", &["rows.csv", "--threads", "2"]).status.code(), Some(0));
    let report = |args: &[&str]| serde_json::from_slice::<Value>(&with("EARFUL_LANGUAGE", "de", args).stdout).unwrap();
    assert_eq!(scored_and_skipped(&report(&["rows.csv", "--format", "json"])), (0, 4));
    assert_eq!(scored_and_skipped(&report(&["rows.csv", "--format", "json", "--language", "en"])), (4, 0));
}

// Lexicons

/// A text that says nothing still leans a little: to what people make of such texts as a rule.
const FAINT: f64 = 0.15;

fn score_of(place: &Place, args: &[&str]) -> f64 {
    let args = [["explain", "--format", "json"].as_slice(), args].concat();
    place.run(&args).fine().json()["result"]["score"].as_f64().unwrap()
}

#[test]
fn a_lexicon_over_the_built_in_one_or_instead_of_it() {
    let place = Place::with("mine.tsv", "# earful-lexicon: 1\n# language: en\n\nblorpy\t-3\nvibrates too much\t-2.5\ngood\t-1\n");
    assert!(score_of(&place, &["it is blorpy"]).abs() < FAINT);
    for text in ["it is blorpy", "it vibrates too much", "good"] {
        assert!(score_of(&place, &[text, "--lexicon", "mine.tsv"]) < 0.0, "{text}");
    }
    assert!(score_of(&place, &["terrible", "--lexicon", "mine.tsv"]) < 0.0, "the built-in one is still there");
    assert!(score_of(&place, &["terrible", "--lexicon", "mine.tsv", "--lexicon-only"]).abs() < 1e-9);
    place.write("later.tsv", "# earful-lexicon: 1\nblorpy\t3\n");
    assert!(score_of(&place, &["blorpy", "--lexicon", "mine.tsv", "--lexicon", "later.tsv"]) > 0.0, "the later one wins");
    let told = place.run(&["explain", "blorpy", "--lexicon", "mine.tsv", "--format", "json"]).fine().json();
    assert!(told["units"][0]["entry"]["origin"].as_str().unwrap().ends_with("mine.tsv:4"), "{told}");
}

#[test]
fn lexicons_in_the_formats_of_vader_and_afinn() {
    let place = Place::with(
        "vader.txt",
        "blorpy\t-3.1\t0.9\t[-3, -3, -3, -3, -3, -3, -3, -3, -3, -4]\n:blorp:\t2.0\t0.5\t[2, 2, 2, 2, 2, 2, 2, 2, 2, 2]\n",
    );
    place.write("afinn.txt", "zwooshy\t4\nnot zwooshy\t-2\n");
    assert!(score_of(&place, &["so blorpy", "--lexicon", "vader.txt", "--lexicon-only"]) < 0.0);
    assert!(score_of(&place, &["so zwooshy", "--lexicon", "afinn.txt"]) > 0.0);
    assert!(score_of(&place, &["not zwooshy", "--lexicon", "afinn.txt"]) < 0.0);
}

#[test]
fn entries_of_a_domain_wait_to_be_asked_for() {
    let place = Place::with("mine.tsv", "# earful-lexicon: 1\nblorpy\t-3\tdomain=apps,food\n");
    assert!(score_of(&place, &["blorpy", "--lexicon", "mine.tsv"]).abs() < FAINT);
    assert!(score_of(&place, &["blorpy", "--lexicon", "mine.tsv", "--domain", "food"]) < 0.0);
}

#[test]
fn a_lexicon_opens_a_language() {
    let place = Place::with(
        "de.tsv",
        "# earful-lexicon: 1\n# language: de\n# title: German, a little\n\ngut\t1.9\nzufrieden\t2\nschlecht\t-2.1\nnicht\tnegator\nsehr\tbooster:1.3\nund\tfunction\n",
    );
    place.write("rows.csv", format!("id,review\n1,\"Die Lieferung war sehr schnell und ich bin wirklich zufrieden\"\n2,\"Das ist leider nicht gut und ich habe so etwas auch noch nie gesehen\"\n3,\"{GOOD}\"\n"));
    assert_eq!(scored_and_skipped(&place.report(&["rows.csv"])), (1, 2));
    let told = |args: &[&str]| -> Vec<String> {
        let rows = place.run(&[["score", "rows.csv", "--lexicon", "de.tsv"].as_slice(), args].concat()).fine().rows();
        rows.iter()
            .map(|row| format!("{} {}", row["earful"]["lang"].as_str().unwrap(), row["earful"]["polarity"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(told(&["--lexicon-only", "--language", "de"])[..2], ["de positive", "de negative"]);
    // Words of one language are not those of another: `war` and `die` are no complaints in German.
    assert_eq!(told(&[]), ["de positive", "de negative", "en positive"]);
}

// Privacy

fn private_place() -> Place {
    let place = Place::with("rows.csv", format!("id,author,review\n1,Jo Doe,\"{PRIVATE}\"\n2,Jo Doe,\"{GOOD}\"\n"));
    place.write("rows.jsonl", format!("{{\"id\":1,\"user\":{{\"name\":\"Jo Doe\"}},\"review\":\"{PRIVATE}\"}}\n{{\"id\":2,\"user\":{{\"name\":\"Jo Doe\"}},\"review\":\"{GOOD}\"}}\n"));
    place.write(
        "numbers.jsonl",
        format!(
            "{{\"id\":1,\"author\":7700777,\"review\":\"{GOOD}\"}}\n{{\"id\":2,\"author\":7700777,\"review\":\"{}\"}}\n",
            PRIVATE.replace('@', "\\u0040")
        ),
    );
    place
}

#[test]
fn personal_data_stay_here() {
    let place = private_place();
    for file in ["rows.csv", "rows.jsonl"] {
        for args in [
            ["report", file, "--format", "text"].as_slice(),
            &["report", file, "--format", "md"],
            &["report", file, "--format", "json"],
            &["report", file, "--format", "csv"],
            &["score", file],
            &["score", file, "--format", "csv"],
            &["inspect", file],
            &["inspect", file, "--json"],
        ] {
            let out = place.run(args).fine().out;
            for secret in SECRETS {
                assert!(!out.contains(secret), "{secret} is in the output of {args:?}: {out}");
            }
            if args[0] != "inspect" {
                assert!(!out.contains("Jo Doe"), "{args:?}: {out}");
            }
            if args[0] == "score" {
                assert!(MARKS.iter().all(|mark| out.contains(mark)) && out.matches("[author]").count() == 2, "{out}");
            }
        }
    }
    let out = place.run(&["score", "numbers.jsonl", "--author", "author"]).fine().out;
    assert!(!out.contains("7700777") && !out.contains("jo.doe") && out.contains("[handle]"), "{out}");
}

#[test]
fn personal_data_are_shown_where_they_are_asked_for() {
    let place = private_place();
    for args in [
        ["report", "rows.csv", "--no-redact", "--format", "json"].as_slice(),
        &["score", "rows.csv", "--no-redact"],
        &["score", "rows.jsonl", "--no-redact"],
    ] {
        let out = place.run(args).fine().out;
        assert!(SECRETS.iter().all(|secret| out.contains(secret)), "{args:?}: {out}");
    }
    let report = place.run(&["report", "rows.csv", "--format", "json"]).fine().out;
    assert!(report.contains("\"author 1\"") && !report.contains("Jo Doe"));
    let report = place.run(&["report", "rows.csv", "--format", "json", "--show-authors"]).fine().out;
    assert!(report.contains("Jo Doe") && !report.contains("jo.doe@"), "names, but no addresses");
}

#[test]
fn groups_by_author_name_nobody() {
    let place = private_place();
    let report = place.run(&["report", "rows.csv", "--by", "author", "--format", "json"]).fine();
    assert!(!report.out.contains("Jo Doe"), "{report:?}");
    assert_eq!(report.json()["groups"][0]["values"][0]["value"], report.json()["quotes"]["complaint"][0]["author"]);
    assert!(place.run(&["report", "rows.csv", "--by", "author", "--show-authors"]).fine().out.contains("Jo Doe"));
}

#[test]
fn numbers_that_are_no_persons_stay() {
    let line = "570306133677760513,2015-02-24 11:35:52 -0800,0.87654321,12345.67";
    let place = Place::with("rows.csv", format!("id,date,share,price,review\n{line},\"{GOOD}\"\n"));
    let out = place.run(&["score", "rows.csv", "--format", "csv"]).fine().out;
    assert!(out.contains(line), "{out}");
}
