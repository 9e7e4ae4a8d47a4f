//! `earful compare`: two files, saved reports, two values of a field, or the days around an event; what is said of a
//! change, and that chance is called chance.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, count, sums_add_up};
use earful::report::compare::CompareReport;
use serde_json::Value;
use std::fmt::Write;

const NEITHER: &str = "It is a phone with a number.";

/// So many complaints, so many of praise, so many neutral: id, date, channel, stars, review.
fn rows(from: usize, day: &str, channel: &str, [bad, good, neither]: [usize; 3]) -> String {
    let texts =
        std::iter::repeat_n((BAD, 1), bad).chain(std::iter::repeat_n((GOOD, 5), good)).chain(std::iter::repeat_n((NEITHER, 3), neither));
    let mut out = String::new();
    for (at, (text, stars)) in texts.enumerate() {
        writeln!(out, "r{},{day},{channel},{stars},\"{text}\"", from + at).unwrap();
    }
    out
}

fn table(parts: &[String]) -> String {
    format!("id,date,channel,stars,review\n{}", parts.concat())
}

/// Checked: the types say all that is in the JSON, sums add up, shares are those of the sides.
fn checked(report: Value) -> Value {
    let typed: CompareReport = serde_json::from_value(report.clone()).unwrap();
    assert_eq!(serde_json::to_value(&typed).unwrap(), report);
    for side in ["before", "after"] {
        sums_add_up(&report[side]);
        for share in ["positive", "negative", "mixed", "neutral", "net", "score"] {
            let of_side = &report[side]["sentiment"][share];
            let shown = if share == "net" || share == "score" { of_side } else { &of_side["share"] };
            assert_eq!(&report["overall"][share][side], shown, "{share} {side}");
        }
    }
    for mix in report["mixes"].as_array().unwrap() {
        let total = value(&report, &format!("/overall/{}/change/value", mix["share"].as_str().unwrap()));
        let parts = value(mix, "/rate/change/value") + value(mix, "/mix/change/value");
        assert!((total - parts).abs() < 2.1e-4, "{mix}");
    }
    report
}

fn compare(place: &Place, args: &[&str]) -> Value {
    checked(place.run(&[["compare", "--format", "json"].as_slice(), args].concat()).fine().json())
}

fn value(report: &Value, path: &str) -> f64 {
    report.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {path} in {report}"))
}

/// A file a side, with 48.1 % and 18.0 % complaints.
fn practice() -> Place {
    let place = Place::with("before.csv", table(&[rows(0, "2026-01-15", "mail", [481, 300, 219])]));
    place.write("after.csv", table(&[rows(2000, "2026-02-15", "mail", [180, 500, 320])]));
    place
}

#[test]
fn a_fall_from_practice_is_told() {
    let place = practice();
    let report = compare(&place, &["before.csv", "after.csv"]);
    let path = |name: &str| format!("/overall/negative/change/{name}");
    // Newcombe's interval of 180/1000 - 481/1000.
    assert!((value(&report, &path("value")) + 0.301).abs() < 1e-9);
    assert!((value(&report, &path("low")) + 0.3393).abs() < 3e-4 && (value(&report, &path("high")) + 0.2614).abs() < 3e-4, "{report}");
    assert_eq!(report["overall"]["negative"]["finding"], "fell");
    assert_eq!(report["overall"]["negative"]["test"]["p"], 0.0);
    assert!(value(&report, "/overall/negative/test/q") < 1e-4);
    let low_high = format!("{:.1} to {:.1}", -value(&report, &path("high")) * 100.0, -value(&report, &path("low")) * 100.0);
    let told = format!("complaints fell by 30.1 points ({low_high}), from 48.1 % to 18.0 %");
    assert_eq!(report["headlines"][0], Value::from(told.clone()));
    assert_eq!(report["overall"]["positive"]["finding"], "rose");
    assert!(place.run(&["compare", "before.csv", "after.csv"]).fine().out.contains(&told));
    assert!(place.run(&["compare", "before.csv", "after.csv", "--format", "md"]).fine().out.contains("complaints fell by 30.1 points"));
    assert_eq!(report["stars"]["mean"]["finding"], "rose");
    assert!((value(&report, "/stars/mean/before/value") - (481.0 + 1500.0 + 657.0) / 1000.0).abs() < 1e-4);
}

#[test]
fn nothing_is_made_of_chance() {
    let place = Place::with("a.csv", table(&[rows(0, "2026-01-15", "mail", [40, 100, 60])]));
    place.write("b.csv", table(&[rows(900, "2026-02-15", "mail", [46, 96, 58])]));
    let report = compare(&place, &["a.csv", "b.csv"]);
    assert_eq!(report["overall"]["negative"]["finding"], "no evidence of change");
    let text = place.run(&["compare", "a.csv", "b.csv"]).fine().out.replace("\n    ", " ");
    // Pooled 86 of 400: (1.96 + 0.84) √(0.2164 × 0.7836 × 2 / 200).
    assert!(
        text.contains(
            "complaints: no evidence of change (+3.0 points, -5.1 to 11.0); a change of 11.5 points or more would probably have been seen"
        ),
        "{text}"
    );
    assert!(!text.contains(" rose ") && !text.contains(" fell "), "{text}");
}

#[test]
fn few_records_tell_nothing() {
    let place = Place::with("a.csv", table(&[rows(0, "2026-01-15", "mail", [9, 0, 0])]));
    place.write("b.csv", table(&[rows(900, "2026-02-15", "mail", [0, 30, 0])]));
    place.write("none.csv", "id,review\n");
    let report = compare(&place, &["a.csv", "b.csv"]);
    assert_eq!(report["overall"]["negative"]["finding"], "too few records");
    assert_eq!((&report["overall"]["negative"]["test"], &report["tests"]), (&Value::Null, &0.into()));
    assert_eq!(report["headlines"][0], "complaints: too few records to tell, 9 before and 30 after; at least 10 of either are needed");
    let report = compare(&place, &["none.csv", "b.csv"]);
    assert_eq!(report["headlines"][0], "complaints: too few records to tell, 0 before and 30 after; at least 10 of either are needed");
}

#[test]
fn saved_reports_are_as_good_as_files() {
    let place = practice();
    for side in ["before", "after"] {
        place.run(&["report", &format!("{side}.csv"), "--by", "channel", "-q", "-o", &format!("{side}.json")]).fine();
    }
    let plain = |mut report: Value, kind: &str| {
        for side in ["before", "after"] {
            report[side]["saved"] = Value::Null;
            report[side]["name"] = report[side]["name"].as_str().unwrap().replace(kind, "").into();
        }
        report
    };
    let files = plain(compare(&place, &["before.csv", "after.csv", "--by", "channel"]), ".csv");
    for (before, after) in [("before.json", "after.json"), ("before.csv", "after.json"), ("before.json", "after.csv")] {
        let found = compare(&place, &[before, after, "--by", "channel"]);
        assert_eq!(found["before"]["saved"], before.ends_with("json"));
        assert_eq!(plain(plain(found, ".json"), ".csv"), files, "{before} {after}");
    }
    let piped = place.pipe(&["compare", "-", "after.csv", "--by", "channel", "--format", "json"], place.read("before.json")).fine();
    assert_eq!(piped.json()["overall"], files["overall"]);
    let piped = place.pipe(&["compare", "before.json", "-", "--format", "json"], place.read("after.csv")).fine();
    assert_eq!(piped.json()["overall"]["negative"]["change"], files["overall"]["negative"]["change"]);
}

/// Every channel as content as before, more mail from the angry one; then the other way round.
#[test]
fn a_changed_mix_is_no_changed_rate() {
    let mails = |from, day, n: usize| rows(from, day, "mail", [n / 10, n * 6 / 10, n * 3 / 10]);
    let forum = |from, day, n: usize| rows(from, day, "forum", [n / 2, n / 4, n / 4]);
    let place = Place::with("a.csv", table(&[mails(0, "2026-01-15", 800), forum(800, "2026-01-15", 200)]));
    place.write("b.csv", table(&[mails(2000, "2026-02-15", 400), forum(2400, "2026-02-15", 600)]));
    let report = compare(&place, &["a.csv", "b.csv", "--by", "channel"]);
    let mix = &report["mixes"][0];
    assert_eq!((&mix["field"], &mix["share"]), (&"channel".into(), &"negative".into()));
    assert!(value(mix, "/rate/change/value").abs() < 1e-9 && (value(mix, "/mix/change/value") - 0.16).abs() < 1e-9, "{mix}");
    assert_eq!((&mix["rate"]["finding"], &mix["mix"]["finding"]), (&"no evidence of change".into(), &"rose".into()));
    assert_eq!(report["overall"]["negative"]["finding"], "rose");
    let text = place.run(&["compare", "a.csv", "b.csv", "--by", "channel"]).fine().out;
    assert!(
        text.contains("complaints +16.0 points, of which\n    rates within them  +0.0 (") && text.contains(", no evidence\n"),
        "{text}"
    );
    for row in report["groups"][0]["rows"].as_array().unwrap() {
        assert_eq!(row["negative"]["finding"], "no evidence of change");
        assert_eq!(row["share"]["finding"], if row["name"] == "forum" { "rose" } else { "fell" });
    }
}

/// A report lists twenty values; what it does not list is one group, and is named so.
#[test]
fn values_that_are_not_listed_are_others() {
    let many = |from: usize, sizes: &dyn Fn(usize) -> usize| {
        let parts: Vec<String> = (0..25).map(|n| rows(from + n * 100, "2026-01-15", &format!("c{n:02}"), [sizes(n), 2, 3])).collect();
        table(&parts)
    };
    let place = Place::with("a.csv", many(0, &|n| 30 - n));
    place.write("b.csv", many(9000, &|n| 5 + n));
    let report = compare(&place, &["a.csv", "b.csv", "--by", "channel"]);
    let group = &report["groups"][0];
    let names: Vec<&str> = group["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert!(names.len() == 15 && names.contains(&"c05") && names.contains(&"c19") && !names.contains(&"c04"), "{names:?}");
    assert_eq!(group["others"]["name"], "(all others)");
    for side in ["before", "after"] {
        let listed: u64 = group["rows"].as_array().unwrap().iter().map(|row| count(row, &format!("/{side}"))).sum();
        assert_eq!(listed + count(&group["others"], &format!("/{side}")), count(&report, &format!("/{side}/read/scored")));
    }
    assert_eq!(report["mixes"][0]["more"], 11);
}

#[test]
fn one_file_is_divided_by_a_field() {
    let content = table(&[
        rows(0, "2026-01-15", "mail", [20, 60, 20]),
        rows(200, "2026-01-15", "forum", [60, 20, 20]),
        rows(400, "2026-01-15", "fax", [1, 1, 1]),
        "x,2026-01-15,mail,3,\n".to_owned(),
        rows(500, "2026-01-15", "", [1, 0, 0]),
    ]);
    let place = Place::with("all.csv", &content);
    let args = ["all.csv", "--split", "channel", "--base", "mail", "--test", "forum"];
    let report = compare(&place, &args);
    assert_eq!(report["how"], serde_json::json!({"by": "field", "field": "channel", "event": null, "days": null}));
    assert_eq!((count(&report, "/before/read/scored"), count(&report, "/after/read/scored")), (100, 100));
    sums_add_up_of(&report["apart"]);
    let read = ["before", "after"].iter().map(|side| count(&report[*side], "/read/records")).sum::<u64>();
    assert_eq!(read + count(&report, "/apart/records"), content.lines().count() as u64 - 1);
    assert!((value(&report, "/overall/negative/change/value") - 0.4).abs() < 1e-9);
    assert!(report["groups"].as_array().unwrap().is_empty(), "the field itself is no group");
    let piped = place.pipe(&["compare", "-", "--format", "json", "--split", "channel", "--base", "mail", "--test", "forum"], &content);
    assert_eq!(piped.fine().json()["overall"], report["overall"]);
    let text = place.run(&[["compare"].as_slice(), &args].concat()).fine().out;
    assert!(text.contains("before  mail   100 scored of 10"), "{text}");
    assert!(text.contains("records on neither side: 4 scored"), "{text}");
}

fn sums_add_up_of(read: &Value) {
    let of = |name: &str| count(read, &format!("/{name}"));
    assert_eq!(of("records"), of("scored") + of("skipped") + of("excluded"), "{read}");
}

#[test]
fn the_sides_of_a_split_are_reports_of_their_records() {
    let (mail, forum) = (rows(0, "2026-01-15", "mail", [20, 60, 20]), rows(200, "2026-01-15", "forum", [60, 20, 20]));
    let place = Place::with("all.csv", table(&[mail.clone(), forum.clone()]));
    place.write("mail.csv", table(&[mail]));
    place.write("forum.csv", table(&[forum]));
    let split = compare(&place, &["all.csv", "--split", "channel", "--base", "mail", "--test", "forum"]);
    let files = compare(&place, &["mail.csv", "forum.csv"]);
    for member in ["overall", "stars", "headlines", "tests"] {
        assert_eq!(split[member], files[member], "{member}");
    }
    assert_eq!(split["before"]["sentiment"], files["before"]["sentiment"]);
}

#[test]
fn copies_are_counted_once_over_both_sides() {
    let row = |id: usize, channel: &str, text: &str| format!("r{id},2026-01-15,{channel},5,\"{text}\"\n");
    let long = "I ordered two chairs and a lamp last week and all of it came in perfect order, wonderful people.";
    let place = Place::with("all.csv", table(&[row(1, "mail", long), row(2, "forum", long), row(3, "forum", BAD), row(4, "mail", GOOD)]));
    let run = |copies: &str| {
        let args =
            ["compare", "all.csv", "--split", "channel", "--base", "mail", "--test", "forum", "--format", "json", "--copies", copies];
        checked(place.run(&args).fine().json())
    };
    let (once, each) = (run("once"), run("count"));
    assert_eq!((count(&once, "/after/read/scored"), count(&once, "/apart/excluded")), (1, 1));
    assert_eq!((count(&each, "/after/read/scored"), count(&each, "/apart/records")), (2, 0));
}

#[test]
fn an_event_divides_by_days() {
    let days: Vec<String> =
        (1..=28).map(|day| rows(day * 10, &format!("2026-02-{day:02}"), "mail", if day < 15 { [1, 4, 0] } else { [4, 1, 0] })).collect();
    let undated = rows(900, "", "mail", [1, 0, 0]);
    let place = Place::with("all.csv", table(&[days.concat(), undated]));
    let report = compare(&place, &["all.csv", "--event", "2026-02-15"]);
    assert_eq!(report["how"], serde_json::json!({"by": "event", "field": null, "event": "2026-02-15", "days": 14}));
    assert_eq!((count(&report, "/before/read/scored"), count(&report, "/after/read/scored"), count(&report, "/apart/scored")), (70, 70, 1));
    assert_eq!((&report["before"]["read"]["to"], &report["after"]["read"]["from"]), (&"2026-02-14".into(), &"2026-02-15".into()));
    assert!((value(&report, "/overall/negative/change/value") - 0.6).abs() < 1e-9);
    // 16 days before and 12 from then on: a week on either side.
    let report = compare(&place, &["all.csv", "--event", "2026-02-17"]);
    assert_eq!((count(&report, "/how/days"), count(&report, "/before/read/scored"), count(&report, "/apart/scored")), (7, 35, 71));
    assert_eq!((&report["before"]["read"]["from"], &report["after"]["read"]["to"]), (&"2026-02-10".into(), &"2026-02-23".into()));
    let report = compare(&place, &["all.csv", "--event", "2026-02-15", "--window", "3d"]);
    assert_eq!((count(&report, "/before/read/scored"), count(&report, "/after/read/scored")), (15, 15));
    assert_eq!(report["before"]["name"], "3 days before 2026-02-15");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let place = practice();
    place.write("old.json", "{\"schema\": \"earful-report/2\", \"read\": {}}");
    place.run(&["report", "before.csv", "-q", "-o", "before.json"]).fine();
    let split = |field: &'static str, base: &'static str| ["compare", "before.csv", "--split", field, "--base", base, "--test", "fax"];
    for (args, status, message) in [
        (
            vec!["compare", "before.csv"],
            2,
            "found one file, expected two: BEFORE and AFTER\n  try: earful compare january.csv february.csv",
        ),
        (vec!["compare", "-", "-"], 2, "found - on both sides, expected standard input on one at most"),
        (
            vec!["compare", "old.json", "after.csv"],
            3,
            "old.json: found a saved \"earful-report/2\", expected \"earful-report/1\"\n  try: make it anew",
        ),
        (
            vec!["compare", "before.json", "after.csv", "--by", "stars"],
            2,
            "before.json: found a saved report without groups by \"stars\"\n  try: make it anew with earful report --by stars",
        ),
        (vec!["compare", "before.csv", "after.csv", "--by", "nothing"], 3, "--by: found no column \"nothing\" with values in any file"),
        (
            vec!["compare", "--before", "before.json", "--before", "before.csv", "--after", "after.csv"],
            2,
            "before.json: found a saved report beside other files, expected it alone on its side",
        ),
        (split("channel", "fax").to_vec(), 2, "found \"fax\" for both --base and --test, expected two values"),
        (split("channel", "mial").to_vec(), 3, "--base: found no record whose \"channel\" is \"mial\", expected one of: \"mail\" (1000)"),
        (split("channel", "mail").to_vec(), 3, "--test: found no record whose \"channel\" is \"fax\", expected one of: \"mail\" (1000)"),
        (
            split("chanel", "mail").to_vec(),
            3,
            "--split: found no column \"chanel\" with values in any file\n  try: earful inspect FILE lists the columns",
        ),
        (
            vec!["compare", "before.json", "--event", "2026-01-10"],
            2,
            "before.json: found a saved report, expected records to divide by --event",
        ),
        (
            vec!["compare", "before.csv", "--event", "2026-01-10"],
            3,
            "--event: found no record before: they are of 2026-01-15 to 2026-01-15, expected some on both sides of 2026-01-10",
        ),
        (vec!["compare", "before.csv", "--event", "2026-01-16"], 3, "--event: found no record from it on: they are of 2026-01-15"),
        (vec!["compare", "before.csv", "gone.csv"], 3, "gone.csv: "),
        (
            vec!["compare", "before.csv", "after.csv", "--format", "csv"],
            2,
            "--format: found the format \"csv\", expected one of: text, md, json",
        ),
    ] {
        place.run(&args).fails(status, &[&format!("earful: {message}")]);
    }
    let both = place.run(&["compare", "before.csv", "after.csv", "--event", "2026-01-10", "--window", "0d"]);
    assert!(both.status == 2 && both.err.contains("expected a number of days such as 28d"), "{both:?}");
    let alone = place.run(&["compare", "before.csv", "--split", "channel"]);
    assert!(alone.status == 2 && alone.err.contains("--base <VALUE>"), "{alone:?}");
}

#[test]
fn people_are_not_named_by_an_error() {
    let place = Place::with("all.csv", "id,author,review\n1,Mara Quill,Lovely bread.\n2,Joss Fenn,Terrible bread.\n");
    let run = place.run(&["compare", "all.csv", "--split", "author", "--base", "nobody", "--test", "Joss Fenn"]);
    let run = run.fails(3, &["--base: found no record whose \"author\" is \"nobody\", expected a value that some record has"]);
    assert!(!run.err.contains("Mara"), "{run:?}");
}

#[test]
fn sides_that_are_not_alike_are_told() {
    let place = practice();
    place.write("own.tsv", "# earful-lexicon: 1\n# language: en\nphone\t-2.0\n");
    place.run(&["report", "before.csv", "-q", "-o", "before.json", "--lexicon", "own.tsv"]).fine();
    let warnings = |args: &[&str]| {
        let list = compare(&place, args)["warnings"].as_array().unwrap().clone();
        list.iter().map(|text| text.as_str().unwrap().to_owned()).collect::<Vec<_>>().join("\n")
    };
    assert!(warnings(&["before.json", "after.csv"]).contains("scored with different lexicons"));
    assert!(warnings(&["after.csv", "before.csv"]).contains("perhaps the sides are the wrong way round"));
    assert!(warnings(&["after.csv", "after.csv"]).contains("after.csv is on both sides"));
    assert_eq!(warnings(&["before.csv", "after.csv"]), "");
    place.write("same.csv", place.read("after.csv"));
    assert!(warnings(&["after.csv", "same.csv"]).contains("2 of 2 quotes are on both sides"));
    place.write("unstarred.csv", table(&[rows(2000, "2026-02-15", "mail", [180, 500, 320])]).replace("stars", "number"));
    assert!(warnings(&["before.csv", "unstarred.csv"]).contains("shares are corrected only before"));
}

#[test]
fn same_bytes_on_any_number_of_threads() {
    let channels = ["mail", "forum", "fax"];
    let parts: Vec<String> = (0..60)
        .flat_map(|n| {
            channels.iter().enumerate().map(move |(c, channel)| {
                rows(n * 900 + c * 300, &format!("2026-{:02}-{:02}", n % 3 + 1, n % 27 + 1), channel, [n % 7 * 5, 40 - c * 9, 30])
            })
        })
        .collect();
    let place = Place::with("all.csv", table(&parts));
    place.write("other.csv", table(&parts[20..]));
    for args in [
        vec!["compare", "all.csv", "other.csv", "--by", "channel"],
        vec!["compare", "all.csv", "--split", "channel", "--base", "mail", "--test", "fax"],
        vec!["compare", "all.csv", "--event", "2026-02-14", "--by", "channel"],
    ] {
        for format in ["json", "text", "md"] {
            let run = |threads| place.run(&[args.as_slice(), &["--format", format, "-j", threads]].concat()).fine().out;
            assert_eq!(run("1"), run("2"), "{args:?} {format}");
        }
    }
}

#[test]
fn hostile_values_are_inert() {
    let evil = "\u{1B}[31m<script>alert(1)</script> | [x](http://y) \u{202E}";
    let content = table(&[rows(0, "2026-01-15", evil, [12, 30, 12]), rows(200, "2026-01-15", "mail", [30, 12, 12])]);
    let place = Place::with("all.csv", &content);
    place.write("other.csv", content.replace("r2", "q2"));
    for args in [
        ["compare", "all.csv", "other.csv", "--by", "channel"].as_slice(),
        &["compare", "all.csv", "--split", "channel", "--base", evil, "--test", "mail"],
    ] {
        let text = place.run(args).fine().out;
        assert!(!text.contains('\u{1B}') && !text.contains('\u{202E}'), "{text}");
        let page = place.run(&[args, &["--format", "md"]].concat()).fine().out;
        assert!(!page.contains("<script") && !page.contains("](http") && !page.contains('\u{1B}'), "{page}");
    }
}

#[test]
fn the_page_fits_a_terminal() {
    let parts = |from| {
        [
            rows(from, "2026-01-15", "a channel with quite a long name", [300, 900, 60]),
            rows(from + 5000, "2026-01-15", "mail", [30, 12, 12]),
        ]
    };
    let place = Place::with("all.csv", table(&parts(0)));
    place.write("a-file-with-a-rather-long-name.csv", table(&parts(20_000)));
    let args = ["compare", "all.csv", "a-file-with-a-rather-long-name.csv", "--by", "channel", "--format", "json"];
    let report: CompareReport = serde_json::from_value(place.run(&args).fine().json()).unwrap();
    let shown = |colour, width| {
        let mut out = Vec::new();
        let renderer = earful::report::compare::by_name("text").unwrap();
        (renderer.render)(&report, earful::report::Looks { colour, width }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let text = shown(false, 80);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(!text.contains('\u{1B}') && shown(true, 80).contains('\u{1B}'));
}

#[test]
fn several_outputs_are_written() {
    let place = practice();
    let run = place.run(&["compare", "before.csv", "after.csv", "-q", "-o", "out.json", "-o", "out.md", "-o", "out.txt"]).fine();
    assert!(run.out.is_empty());
    let report: Value = serde_json::from_str(&place.read("out.json")).unwrap();
    assert_eq!(report["schema"], "earful-compare/1");
    assert!(place.read("out.md").starts_with("# What changed\n") && place.read("out.txt").contains("What changed"));
    place
        .run(&["compare", "before.csv", "after.csv", "-o", "out.html"])
        .fails(2, &["out.html: found the ending \"html\", expected one of: .txt"]);
}
