//! Known exports: what is taken from them without a flag, what the brand says of itself, what a vendor
//! thinks, and the profiles that users write.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, count, shipped};
use serde_json::Value;

/// The input of a fixture.
fn fixture(id: &str, ending: &str) -> Vec<u8> {
    std::fs::read(shipped(&format!("tests/fixtures/{id}/input.{ending}"))).unwrap()
}

fn notes(report: &Value) -> String {
    report["notes"].as_array().unwrap().iter().map(|note| format!("{}\n", note.as_str().unwrap())).collect()
}

/// What `inspect` takes a column for.
fn taken_for(inspected: &Value, column: &str) -> Option<String> {
    let columns = inspected["columns"].as_array().unwrap();
    let found = columns.iter().find(|known| known["name"] == column).unwrap_or_else(|| panic!("{column}: {columns:?}"));
    found["field"].as_str().map(str::to_owned)
}

#[test]
fn every_fixture_of_a_known_source_is_read_by_its_profile() {
    let known: Vec<&str> = earful::input::profile::shipped().iter().map(|profile| profile.id.as_str()).collect();
    let place = Place::new();
    let mut covered = 0;
    for id in &known {
        let Ok(folder) = std::fs::read_dir(shipped(&format!("tests/fixtures/{id}"))) else { continue };
        let input = folder.map(|entry| entry.unwrap().path()).find(|path| path.file_stem().unwrap() == "input").unwrap();
        let inspected = place.run(&["inspect", "--json", input.to_str().unwrap()]).fine().json();
        assert_eq!(inspected["profile"]["id"], *id, "{inspected}");
        covered += 1;
    }
    assert!(covered >= 40, "{covered}");
}

#[test]
fn a_profile_is_named_by_inspect_and_report() {
    let place = Place::with("play.csv", fixture("google-play-console-csv", "csv"));
    let shown = place.run(&["inspect", "play.csv"]).fine().out;
    assert!(shown.contains("profile      google-play-console-csv (Google Play Console"), "{shown}");
    assert!(shown.contains("Package Name, Star Rating and Review Submit Millis"), "{shown}");
    let inspected = place.run(&["inspect", "--json", "play.csv"]).fine().json();
    assert_eq!(taken_for(&inspected, "Developer Reply Text").as_deref(), Some("reply"));
    assert_eq!(taken_for(&inspected, "Review Text").as_deref(), Some("text"));
    assert!(notes(&place.report(&["play.csv"])).contains("google-play-console-csv"));
    // What the user says comes first.
    let other = place.run(&["inspect", "--json", "play.csv", "--text", "Review Title"]).fine().json();
    assert_eq!(taken_for(&other, "Review Title").as_deref(), Some("text"));
    assert_eq!(taken_for(&other, "Review Text"), None);
}

#[test]
fn rows_above_the_header_are_shown_and_not_scored() {
    let place = Place::with("mentions.csv", fixture("brandwatch-bulk-mentions", "csv"));
    let inspected = place.run(&["inspect", "--json", "mentions.csv"]).fine().json();
    assert!(
        inspected["notes"][0].as_str().unwrap().starts_with("6 rows above the header passed over: \"Report: Bulk Mentions"),
        "{inspected}"
    );
    assert_eq!(count(&place.report(&["mentions.csv"]), "/read/records"), 4);
}

/// Without a profile too: a title and a blank row above columns with plain names.
#[test]
fn a_header_is_found_below_notes_by_its_names() {
    let rows = format!("Export of 3 May\n,,\nreview,stars,shop\n{GOOD},5,a\n{BAD},1,b\n{GOOD},4,a\n");
    let place = Place::with("shop.csv", rows);
    let report = place.report(&["shop.csv"]);
    assert_eq!(count(&report, "/read/records"), 3);
    assert!(notes(&report).contains("2 rows above the header"), "{report}");
}

#[test]
fn further_rows_of_a_header_are_labels() {
    let place = Place::with("q.csv", fixture("qualtrics-csv", "csv"));
    let inspected = place.run(&["inspect", "--json", "q.csv"]).fine().json();
    assert_eq!(inspected["format"], "CSV, delimiter ',', with 3 header rows");
    assert_eq!(taken_for(&inspected, "Q2: What did you like best?").as_deref(), Some("text"));
    assert_eq!(taken_for(&inspected, "StartDate"), None);
    let report = place.report(&["q.csv"]);
    assert_eq!(count(&report, "/read/records"), 4);
    // A question goes by its short name too.
    assert_eq!(count(&place.report(&["q.csv", "--text", "Q2"]), "/read/scored"), 2);
    // The rows may have been taken out before.
    let bare: String = String::from_utf8(fixture("qualtrics-csv", "csv"))
        .unwrap()
        .lines()
        .enumerate()
        .fold(String::new(), |all, (at, line)| if at == 0 || line.starts_with("2024") { format!("{all}{line}\n") } else { all });
    place.write("bare.csv", bare);
    assert_eq!(count(&place.report(&["bare.csv"]), "/read/records"), 4);
}

#[test]
fn the_brands_own_voice_is_excluded_unless_asked_for() {
    let place = Place::with("comments.json", fixture("youtube-ytdlp", "json"));
    let report = place.report(&["comments.json"]);
    assert_eq!((count(&report, "/read/records"), count(&report, "/read/scored"), count(&report, "/read/excluded")), (4, 3, 1));
    let skip = report["read"]["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .find(|skip| skip["reason"] == "the brand's own voice")
        .unwrap_or_else(|| panic!("{report}"));
    assert!(skip["advice"].as_str().unwrap().contains("--own-voice"));
    assert_eq!(count(&place.report(&["comments.json", "--own-voice"]), "/read/scored"), 4);
    let run = place.run(&["score", "comments.json"]);
    assert!(run.err.contains("1 record without a row: the brand's own voice"), "{run:?}");
    let rows = run.out;
    assert!(rows.lines().count() == 3 && !rows.contains("wonderful shop"), "{rows}");
}

#[test]
fn an_export_of_own_posts_is_no_praise() {
    let place = Place::with("page.csv", fixture("linkedin-page-content", "csv"));
    let report = place.report(&["page.csv"]);
    assert_eq!((count(&report, "/read/records"), count(&report, "/read/scored")), (3, 0));
    assert!(notes(&report).contains("no customer text here: all 3 rows are the brand's own posts; --own-voice scores them"), "{report}");
    let all = place.report(&["page.csv", "--own-voice"]);
    assert_eq!(count(&all, "/read/scored"), 3);
    assert!(!notes(&all).contains("no customer text"));
}

/// Brandwatch's own sentiment is wrong in this fixture; labels of data sets still are the truth.
#[test]
fn a_vendors_sentiment_is_not_the_truth_unless_named() {
    let place = Place::with("mentions.csv", fixture("brandwatch-bulk-mentions", "csv"));
    let inspected = place.run(&["inspect", "--json", "mentions.csv"]).fine().json();
    assert_eq!(taken_for(&inspected, "Sentiment").as_deref(), Some("vendor"));
    place.run(&["eval", "mentions.csv"]).fails(3, &["found no column with labels or stars"]);
    place.run(&["eval", "mentions.csv", "--label", "Sentiment"]).fine();
    let row: Value = serde_json::from_str(place.run(&["score", "mentions.csv"]).fine().out.lines().next().unwrap()).unwrap();
    assert!(row.to_string().contains("\"Sentiment\":\"negative\""), "{row}");
    place.write("gold.csv", format!("id,text,sentiment\n{}", format!("1,\"{GOOD}\",positive\n2,\"{BAD}\",negative\n").repeat(6)));
    place.run(&["eval", "gold.csv"]).fine();
}

#[test]
fn columns_are_read_together_and_in_turn() {
    let place = Place::with("g2.csv", fixture("g2-capterra", "csv"));
    place.write("x.json", "[{\"author_id\":\"1\",\"created_at\":\"2024-01-01T00:00:00Z\",\"public_metrics\":{\"like_count\":1},\"text\":\"The bread was lovely and the\",\"note_tweet\":{\"text\":\"The bread was lovely and the staff were horrible to us.\"}},{\"author_id\":\"2\",\"created_at\":\"2024-01-02T00:00:00Z\",\"public_metrics\":{\"like_count\":2},\"text\":\"Short and sweet, I loved it.\"}]");
    let explained = |file: &str, record: &str| place.run(&["explain", file, "--id", record]).fine().out;
    let text = explained("g2.csv", "7002");
    assert!(text.contains("fair") && text.contains("nightmare"), "{text}");
    let report = place.report(&["x.json", "--quotes", "5"]);
    assert_eq!(count(&report, "/read/scored"), 2);
    assert!(report.to_string().contains("horrible") && report.to_string().contains("Short and sweet"), "{report}");
}

#[test]
fn a_profile_is_written_changed_and_used() {
    let rows = format!("when,who,what,remark\n2024-05-13,ada,x,{GOOD}\n2024-05-14,shop,x,{GOOD}\n2024-05-15,ben,x,{BAD}\n");
    let place = Place::with("own.csv", &rows);
    assert_eq!(place.run(&["inspect", "own.csv", "--write-profile", "own.toml"]).err, "earful: wrote own.toml\n");
    let written = place.read("own.toml");
    assert!(written.contains("[\"own\"]") && written.contains("text = [\"remark\"]"), "{written}");
    assert_eq!(count(&place.report(&["own.csv", "--profile", "own.toml"]), "/read/scored"), 3);
    place.write("own.toml", format!("{written}own_voice = {{ who = [\"shop\"] }}\n"));
    let report = place.report(&["own.csv", "--profile", "own.toml"]);
    assert_eq!((count(&report, "/read/scored"), count(&report, "/read/excluded")), (2, 1));
    assert!(notes(&report).contains("because of your naming it"), "{report}");
    let again = place.run(&["inspect", "own.csv", "--write-profile", "own.toml"]);
    assert!(again.status == 2 && again.err.contains("own.toml") && again.err.contains("already"), "{}", again.err);
    assert!(place.read("own.toml").contains("shop"));
}

#[test]
fn a_profile_is_used_by_its_id_and_what_is_wrong_with_one_is_told() {
    let place = Place::with("rows.csv", format!("body,sentiment\n{GOOD},negative\n"));
    let inspected = place.run(&["inspect", "--json", "rows.csv", "--profile", "judgeme-shopify"]).fine().json();
    assert_eq!(inspected["profile"]["id"], "judgeme-shopify");
    place.write("bad.toml", "[mine]\ntext = [\"body\"]\nstars = [\"x\"]\n");
    for (name, says) in [("bad.toml", "bad.toml:3"), ("judgeme-shopifi", "did you mean judgeme-shopify?"), ("none.toml", "none.toml")] {
        let failed = place.run(&["report", "rows.csv", "--profile", name]);
        assert!(failed.status == 2 && failed.err.contains(says) && failed.err.contains("expected"), "{name}: {}", failed.err);
    }
}

#[test]
fn texts_that_are_gone_are_no_texts() {
    let row = |n: u8, text: &str| format!("{n},{text},2026-01-0{n}\n");
    let place = Place::with("posts.csv", format!("id,body,created\n{}{}{}", row(1, GOOD), row(2, "[deleted]"), row(3, " [Removed] ")));
    let report = place.report(&["posts.csv"]);
    assert_eq!([count(&report, "/read/scored"), count(&report, "/read/skipped")], [1, 2]);
    assert!(report["read"]["reasons"].to_string().contains("text"), "{report}");
    let rows = place.run(&["score", "posts.csv"]).fine().rows();
    assert_eq!((rows[1]["earful"]["polarity"].as_str(), rows[1]["body"].as_str()), (Some("unscored"), Some("[deleted]")));
}

#[test]
fn halves_of_characters_are_told() {
    let lines: String =
        (1..4).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"{GOOD}{}\"}}\n", ["", " \\ud83d\\ude00", " \\ud83d"][n - 1])).collect();
    let place = Place::with("posts.jsonl", lines);
    let told = "1 escape was half of a character, as in an emoji that was cut (\\ud83d), and became U+FFFD";
    let report = notes(&place.report(&["posts.jsonl"]));
    assert!(report.contains(told) && report.contains("(the first in record 3, line 3)"), "{report}");
    assert!(place.run(&["inspect", "posts.jsonl"]).fine().out.contains(told));
    let scored = place.run(&["score", "posts.jsonl"]);
    assert!(scored.status == 0 && scored.err.contains(told), "{scored:?}");
}

#[test]
fn the_domain_of_the_sources_is_used_when_it_is_told() {
    let place = Place::with("play.csv", fixture("google-play-console-csv", "csv"));
    place.write("more.json", fixture("itunes-rss-json", "json"));
    place.write("x.csv", fixture("weibo-search-csv", "csv"));
    place.write("survey.csv", fixture("typeform-csv", "csv"));
    place.write("plain.csv", format!("text\n{GOOD}\n"));
    let auto = |files: &[&str]| {
        let args: Vec<&str> = ["report", "--domain", "auto"].into_iter().chain(files.iter().copied()).collect();
        place.run(&args)
    };
    let (told, named) = (auto(&["play.csv", "more.json"]), place.run(&["report", "--domain", "apps", "play.csv", "more.json"]).fine());
    assert!(told.err.contains("says apps"), "{}", told.err);
    assert!(told.status == 0 && told.out == named.out);
    for (files, says) in [
        (["play.csv", "x.csv"].as_slice(), "several domains"),
        (&["survey.csv"], "for which there are no entries"),
        (&["plain.csv"], "no profile tells"),
    ] {
        assert!(auto(files).err.contains(says), "{}", auto(files).err);
    }
    let piped = place.pipe(&["report", "--domain", "auto", "-"], format!("text\n{GOOD}\n"));
    assert!(piped.err.contains("standard input cannot be told"), "{}", piped.err);
}
