//! `earful eval`, and the corrected shares of `earful report`: what is taken for the truth, what is
//! counted, and that the figures are those that anybody would work out from the rows.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, count};
use earful::report::eval::EvalReport;
use serde_json::Value;
use std::fmt::Write;

const NEITHER: &str = "It is a phone with a number.";

/// A CSV with a label column.
fn labelled(column: &str, rows: &[(&str, &str)]) -> String {
    let rows: String = rows.iter().enumerate().map(|(n, (label, text))| format!("r{n},{label},\"{text} Number {n}.\"\n")).collect();
    format!("id,{column},review\n{rows}")
}

/// Counts checked: read = evaluated + unlabelled + unscored + skipped; the tables are all evaluated.
fn checked(report: Value) -> Value {
    let read = |name: &str| count(&report, &format!("/read/{name}"));
    assert_eq!(read("records"), read("evaluated") + read("unlabelled") + read("unscored") + read("skipped"), "{report}");
    assert_eq!(read("unlabelled"), read("no_label") + read("left_out") + read("unknown_label"), "{report}");
    let rows = report["confusion"].as_array().unwrap();
    let cells: u64 =
        rows.iter().flat_map(|row| ["positive", "neutral", "negative", "mixed"].map(|name| count(row, &format!("/{name}")))).sum();
    assert_eq!(cells, read("evaluated"), "{report}");
    assert_eq!(count(&report, "/overall/records"), read("evaluated"), "{report}");
    let typed: EvalReport = serde_json::from_value(report.clone()).unwrap();
    assert_eq!(serde_json::to_value(&typed).unwrap(), report, "the types say all that is in the JSON");
    let bins: u64 = report["calibration"]["bins"].as_array().unwrap().iter().map(|bin| count(bin, "/records")).sum();
    assert_eq!(bins, read("evaluated"), "{report}");
    report
}

fn eval(place: &Place, args: &[&str]) -> Value {
    checked(place.run(&[["eval", "--format", "json"].as_slice(), args].concat()).fine().json())
}

fn near(report: &Value, path: &str, value: f64) {
    let found = report.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("{path} in {report}"));
    assert!((found - value).abs() < 6e-5, "{path}: {found}, expected {value}");
}

#[test]
fn the_figures_are_those_of_the_rows() {
    let rows =
        [("pos", GOOD), ("pos", GOOD), ("pos", BAD), ("neg", BAD), ("neg", NEITHER), ("neutral", NEITHER), ("neutral", GOOD), ("", BAD)];
    let place = Place::with("rows.csv", labelled("sentiment", &rows));
    let report = eval(&place, &["rows.csv"]);
    assert_eq!((&report["files"][0]["by"], &report["files"][0]["column"]), (&"label".into(), &"sentiment".into()));
    assert_eq!((count(&report, "/read/evaluated"), count(&report, "/read/no_label"), count(&report, "/overall/right")), (7, 1, 4));
    near(&report, "/overall/accuracy/value", 4.0 / 7.0);
    // Praise: 2 right, 3 labelled, 3 answered; neutral 1, 2, 2; complaint 1, 2, 2.
    near(&report, "/overall/macro_f1/value", (2.0 / 3.0 + 0.5 + 0.5) / 3.0);
    near(&report, "/by_class/0/precision/value", 2.0 / 3.0);
    near(&report, "/by_class/2/recall/value", 0.5);
    assert_eq!(report["clashes"][0]["label"], "positive");
    let words: Vec<&str> = report["clashes"][0]["words"].as_array().unwrap().iter().map(|word| word["text"].as_str().unwrap()).collect();
    assert!(words.contains(&"terrible") && words.len() <= 3, "{words:?}");
    assert_eq!(report["mistakes"].as_array().unwrap().len(), 3);
    let text = place.run(&["eval", "rows.csv"]).fine().out;
    assert!(text.contains("7 evaluated + 1 unlabelled + 0 unscored + 0 skipped") && text.contains("labels in \"sentiment\""), "{text}");
    assert!(place.run(&["eval", "rows.csv", "--format", "md"]).fine().out.contains("| praise | 3 | 3 |"));
    assert_eq!(place.run(&["eval", "rows.csv", "--format", "txt"]).fine().out, text);
}

#[test]
fn two_classes_have_no_neutral() {
    let place = Place::with("rows.csv", labelled("label", &[("1", GOOD), ("1", NEITHER), ("0", BAD), ("0", BAD)]));
    let report = eval(&place, &["rows.csv"]);
    assert_eq!(report["classes"], serde_json::json!(["positive", "negative"]));
    near(&report, "/overall/macro_f1/value", f64::midpoint(2.0 / 3.0, 1.0));
    near(&report, "/coverage/opinion/value", 0.75);
}

#[test]
fn numbers_words_and_the_users_own_labels() {
    for (column, labels, map) in [
        ("label", ["1", "0", "-1"], None),
        ("label", ["2", "1", "0"], None),
        ("polarity", ["4", "2", "0"], None),
        ("sentiment", ["Positive", "NEUTRAL", "Negative"], None),
        ("gold", ["3.0", "2.0", "1.0"], None),
        ("label", ["joy", "calm", "anger"], Some("joy=positive,anger=negative,calm=neutral")),
        ("label", ["7", "8", "9"], Some("7=praise,9=complaint,8=neutral")),
    ] {
        let rows = [(labels[0], GOOD), (labels[1], NEITHER), (labels[2], BAD), (labels[0], GOOD)];
        let place = Place::with("rows.csv", labelled(column, &rows));
        let mut args = vec!["rows.csv", "--label", column];
        args.extend(map.iter().flat_map(|map| ["--label-map", map]));
        let report = eval(&place, &args);
        assert_eq!((count(&report, "/overall/right"), count(&report, "/overall/records")), (4, 4), "{labels:?}: {report}");
    }
}

#[test]
fn labels_that_say_nothing_are_counted_and_named() {
    let rows = [("pos", GOOD), ("irrelevant", GOOD), ("joy", GOOD), ("neg", BAD), ("neg", BAD), ("pos", GOOD), ("pos", "")];
    let place = Place::with("rows.csv", labelled("label", &rows).replace("\" Number 6.\"", ""));
    let report = eval(&place, &["rows.csv"]);
    assert_eq!(["evaluated", "left_out", "unknown_label", "skipped"].map(|name| count(&report, &format!("/read/{name}"))), [4, 1, 1, 1]);
    assert_eq!(report["read"]["unknown_labels"], serde_json::json!(["joy"]));
    let out = eval(&place, &["rows.csv", "--label-map", "joy=out,neg=out"]);
    assert_eq!((count(&out, "/read/left_out"), count(&out, "/read/evaluated")), (4, 2));
    let numbers = Place::with("rows.csv", labelled("label", &[("0", GOOD), ("7", BAD)]));
    let report = eval(&numbers, &["rows.csv", "--label", "label"]);
    assert_eq!(count(&report, "/read/unknown_label"), 2);
    assert!(report["notes"][0].as_str().unwrap().contains("--label-map '0=CLASS,7=CLASS'"), "{report}");
}

#[test]
fn stars_by_their_scale_and_labels_before_stars() {
    let rows: String = [(5, GOOD, "neg"), (1, BAD, "neg"), (3, NEITHER, "neg"), (4, GOOD, "pos"), (2, BAD, "neg")]
        .iter()
        .map(|(stars, text, label)| format!("{stars},{label},\"{text}\"\n"))
        .collect();
    let place = Place::with("rows.csv", format!("stars,mark,review\n{rows}"));
    place.write("both.csv", format!("stars,label,review\n{rows}"));
    let report = eval(&place, &["rows.csv", "--stars"]);
    assert_eq!((&report["files"][0]["by"], count(&report, "/overall/right")), (&"stars".into(), 5));
    let report = eval(&place, &["rows.csv", "--stars", "--neutral-stars", "none"]);
    assert_eq!((count(&report, "/read/left_out"), count(&report, "/overall/records"), &report["classes"][1]), (1, 4, &"negative".into()));
    let report = eval(&place, &["both.csv"]);
    assert_eq!((&report["files"][0]["by"], count(&report, "/overall/right")), (&"label".into(), 3));
    for flags in [["--stars"].as_slice(), &["--rating", "stars"]] {
        assert_eq!(eval(&place, &[["both.csv"].as_slice(), flags].concat())["files"][0]["by"], "stars", "{flags:?}");
    }
    let ten = Place::with("rows.csv", format!("rating,review\n9,\"{GOOD}\"\n3,\"{BAD}\"\n10,\"{GOOD} Yes.\"\n6,{NEITHER}\n"));
    assert_eq!(count(&eval(&ten, &["rows.csv"]), "/overall/right"), 4);
}

#[test]
fn mixed_is_a_class_only_where_labels_say_so() {
    let both = "The battery is great but the screen is awful.";
    let rows = [("pos", GOOD), ("neg", BAD), ("neg", both)];
    let place = Place::with("rows.csv", labelled("label", &rows));
    place.write("mixed.csv", labelled("label", &[rows.as_slice(), &[("mixed", both)]].concat()));
    let report = eval(&place, &["rows.csv"]);
    assert!(report["mixed"].as_str().unwrap().contains("sign"), "{report}");
    let report = eval(&place, &["mixed.csv"]);
    assert_eq!(report["classes"], serde_json::json!(["positive", "negative", "mixed"]));
    assert!(place.run(&["eval", "mixed.csv"]).fine().out.contains("as a class of its own"));
}

#[test]
fn another_lexicon_is_compared_on_the_same_records() {
    let odd = "The soup was zorbly and so was the bread.";
    let rows: Vec<(&str, &str)> = (0..40)
        .map(|n| {
            if n % 4 == 0 {
                ("pos", odd)
            } else if n % 2 == 0 {
                ("pos", GOOD)
            } else {
                ("neg", BAD)
            }
        })
        .collect();
    let place = Place::with("rows.csv", labelled("label", &rows));
    place.write("zorbly.tsv", "# earful-lexicon: 1\n# language: en\n\nzorbly\t2.5\n");
    place.write("worse.tsv", "# earful-lexicon: 1\n# language: en\n\nzorbly\t-2.5\nlovely\t-3\nkind\t-3\n");
    let report = eval(&place, &["rows.csv", "--against", "zorbly.tsv", "--against", "worse.tsv"]);
    let against = |at: usize, path: &str| count(&report, &format!("/against/{at}{path}"));
    assert_eq!((count(&report, "/overall/right"), against(0, "/figures/right"), against(1, "/figures/right")), (30, 40, 20));
    assert_eq!(
        (against(0, "/test/gained"), against(0, "/test/lost"), against(1, "/test/gained"), against(1, "/test/lost")),
        (10, 0, 0, 10)
    );
    // Ten heads of ten: 2 / 1024.
    near(&report, "/against/0/test/p", 0.002);
    near(&report, "/against/0/accuracy_change/value", 0.25);
    assert!(report["against"][0]["macro_f1_change"]["low"].as_f64().unwrap() > 0.0);
    assert_eq!(report["against"][0]["gained"].as_array().unwrap().len(), 5);
    let text = place.run(&["eval", "rows.csv", "--against", "zorbly.tsv"]).fine().out;
    assert!(text.contains("zorbly.tsv: 10 records become right, 0 wrong (McNemar, exact binomial)"), "{text}");
    assert_eq!(count(&eval(&place, &["rows.csv", "--lexicon", "zorbly.tsv"]), "/overall/right"), 40);
    place.run(&["eval", "rows.csv", "--against", "gone.tsv"]).fails(2, &["gone.tsv"]);
}

#[test]
fn slices_have_their_own_figures() {
    let rows: String = (0..12)
        .map(|n| {
            format!(
                "{},{},\"{}\"\n",
                if n % 2 == 0 { "pos" } else { "neg" },
                if n < 4 { "north" } else { "south" },
                if n % 2 == 0 || n == 11 { GOOD } else { BAD }
            )
        })
        .collect();
    let place = Place::with("rows.csv", format!("label,Region,review\n{rows}"));
    let report = eval(&place, &["rows.csv", "--by", "Region"]);
    let values = report["slices"][0]["values"].as_array().unwrap();
    assert_eq!(values.iter().map(|value| count(value, "/figures/right")).collect::<Vec<_>>(), [7, 4]);
    assert_eq!((&values[0]["value"], count(&values[0], "/figures/records")), (&"south".into(), 8));
    place.run(&["eval", "rows.csv", "--by", "Nowhere"]).fails(3, &["Nowhere", "--by"]);
}

#[test]
fn files_gates_and_mistakes_of_use() {
    let place = Place::with("rows.csv", labelled("label", &[("pos", GOOD), ("neg", BAD), ("neg", GOOD), ("pos", GOOD)]));
    place.write("bare.csv", format!("id,review\n1,\"{GOOD}\"\n2,\"{BAD}\"\n"));
    let run = place.run(&["eval", "rows.csv", "-o", "out.md", "-o", "out.json", "-o", "out.txt"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
    checked(serde_json::from_str(&place.read("out.json")).unwrap());
    assert_eq!(place.read("out.txt"), place.run(&["eval", "rows.csv"]).fine().out);
    assert_eq!(place.run(&["eval", "rows.csv", "--min-macro-f1", "50"]).fine().status, 0);
    place.run(&["eval", "rows.csv", "--min-macro-f1", "90", "--format", "json"]).fails(1, &["macro-F1", "90"]);
    assert_eq!(place.run(&["eval", "rows.csv", "--min-macro-f1", "nine"]).status, 2);
    place.run(&["eval", "bare.csv"]).fails(3, &["bare.csv", "labels or stars", "--label"]);
    place.run(&["eval", "rows.csv", "--label", "lable"]).fails(3, &["lable", "--label \"label\""]);
    place.run(&["eval", "rows.csv", "--label-map", "good"]).fails(2, &["--label-map"]);
    place.run(&["eval", "rows.csv", "--format", "csv"]).fails(2, &["csv", "json"]);
    let both = eval(&place, &["rows.csv", "bare.csv"]);
    assert_eq!((count(&both, "/read/no_label"), count(&both, "/read/evaluated")), (2, 4));
    assert!(both["notes"][0].as_str().unwrap().contains("bare.csv"), "{both}");
}

#[test]
fn personal_data_and_markup_stay_out() {
    let text = "\u{1B}[31mTerrible <b>service</b>: mail jo.doe@mail.example, call +1 (555) 010-0199, they never helped me.";
    let place = Place::with("rows.csv", labelled("label", &[("pos", text), ("neg", BAD), ("neg", GOOD)]));
    let hostile = "\u{1B}[2J<script>alert(1)</script>";
    place.write(
        "odd.csv",
        format!(
            "label,{hostile},review\npos,{hostile},\"{GOOD}\"\nneg,x,\"{BAD}\"\n{hostile},x,\"{BAD}\"\nneg,y,\"{BAD}\"\npos,y,\"{GOOD}\"\n"
        ),
    );
    for format in ["text", "md"] {
        let out = place.run(&["eval", "odd.csv", "--by", hostile, "--format", format]).fine().out;
        assert!(out.contains("script") && !out.contains('\u{1B}') && (format != "md" || !out.contains("<script")), "{format}: {out}");
    }
    for format in ["text", "md", "json"] {
        let out = place.run(&["eval", "rows.csv", "--format", format]).fine().out;
        assert!(!out.contains("jo.doe") && !out.contains("010-0199") && !out.contains('\u{1B}'), "{format}: {out}");
        assert!(out.contains("e-mail"), "{format}: {out}");
        assert!(format != "md" || !out.contains("<b>"), "{out}");
    }
    assert!(place.run(&["eval", "rows.csv", "--no-redact"]).fine().out.contains("jo.doe@mail.example"));
}

/// Enough rows for several blocks: labels of a number scheme whose last number comes at the very end.
#[test]
fn the_same_bytes_whatever_the_threads() {
    let texts = [
        GOOD,
        BAD,
        NEITHER,
        "The battery is great but the screen is awful.",
        "Die Lieferung war sehr schnell und ich bin wirklich zufrieden",
        "",
    ];
    let mut rows = String::from("label,shop,review\n");
    for n in 0..60_000usize {
        let label = if n > 59_000 { "2" } else { ["0", "1", ""][n / 7 % 3] };
        let text = texts[n * 5 % texts.len()];
        let tail = match n * 5 % texts.len() {
            5 => String::new(),
            4 => format!(" {}", n % 9000),
            _ => format!(" Number {}.{}", n % 9000, " and so on".repeat(n % 17)),
        };
        writeln!(rows, "{label},shop {},\"{text}{tail}\"", n % 5).unwrap();
    }
    let place = Place::with("rows.csv", rows);
    place.write("other.tsv", "# earful-lexicon: 1\n# language: en\n\nphone\t2\nstale\t1\n");
    let run = |threads: &str| {
        place
            .run(&["eval", "rows.csv", "--by", "shop", "--against", "other.tsv", "--clashes", "20", "--format", "json", "-j", threads])
            .fine()
    };
    let one = run("1");
    let report = checked(one.json());
    assert_eq!(report["classes"].as_array().unwrap().len(), 3, "0, 1 and 2");
    assert!(count(&report, "/read/unscored") > 1000 && count(&report, "/read/skipped") > 1000);
    for threads in ["2", "7"] {
        assert_eq!(run(threads).out, one.out, "{threads} threads");
    }
    let piped =
        place.pipe(&["eval", "-", "--by", "shop", "--against", "other.tsv", "--clashes", "20", "--format", "json"], place.read("rows.csv"));
    assert_eq!(piped.fine().out.replace("\"-\"", "\"rows.csv\"").replace("\"-:", "\"rows.csv:"), one.out);
}

// The corrected shares of the report

/// Reviews of which every `step`-th is starred: much of the praise is faint, so that it is overlooked.
fn reviews(number: usize, step: usize) -> String {
    let mut rows = String::from("id,stars,review\n");
    for n in 0..number {
        let (stars, text) = [(5, GOOD), (5, NEITHER), (1, BAD), (5, GOOD), (3, NEITHER)][n * 3 % 5];
        let stars = if n % step == 0 { stars.to_string() } else { String::new() };
        writeln!(rows, "r{n},{stars},\"{text}\"").unwrap();
    }
    rows
}

#[test]
fn stars_on_some_records_correct_the_shares_of_all() {
    let place = Place::with("rows.csv", reviews(3000, 7));
    let report = place.report(&["rows.csv"]);
    let corrected = &report["corrected"];
    assert_eq!((&corrected["by"], &corrected["method"], count(corrected, "/records")), (&"stars".into(), &"post-stratified".into(), 429));
    near(&report, "/sentiment/positive/share/value", 0.4);
    let praise = corrected["positive"]["value"].as_f64().unwrap();
    assert!((praise - 0.6).abs() < 0.03, "three of five are praise: {corrected}");
    assert!(corrected["positive"]["low"].as_f64().unwrap() < 0.6 && corrected["positive"]["high"].as_f64().unwrap() > 0.6);
    let text = place.run(&["report", "rows.csv"]).fine().out;
    assert!(text.contains("corrected by 429 starred records, as a sample of all:\n  praise "), "{text}");
    assert!(place.run(&["report", "rows.csv", "--format", "md"]).fine().out.contains("corrected by 429 starred records"));
    assert_eq!(Place::with("rows.csv", reviews(690, 7)).report(&["rows.csv"])["corrected"], Value::Null, "99 stars are too few");
}

#[test]
fn labels_correct_only_where_they_are_named() {
    let rows: Vec<(&str, &str)> = (0..60).map(|n| [("pos", GOOD), ("pos", NEITHER), ("neg", BAD)][n % 3]).collect();
    let place = Place::with("rows.csv", labelled("sentiment", &rows));
    assert_eq!(place.report(&["rows.csv"])["corrected"], Value::Null);
    let report = place.report(&["rows.csv", "--label", "sentiment"]);
    near(&report, "/corrected/positive/value", 2.0 / 3.0);
    assert_eq!(report["corrected"]["neutral"], Value::Null);
    let few = Place::with("rows.csv", labelled("sentiment", &rows[..12]));
    let report = few.report(&["rows.csv", "--label", "sentiment"]);
    assert!(report["corrected"]["reason"].as_str().unwrap().contains("12 labelled records are too few"), "{report}");
    assert_eq!(report["corrected"]["positive"], Value::Null);
}

#[test]
fn a_sample_of_other_records_corrects_too() {
    let row = |n: usize| [("pos", GOOD), ("pos", NEITHER), ("neg", BAD), ("neu", NEITHER), ("neg", BAD), ("neg", GOOD)][n % 6];
    let place = Place::with("sample.csv", labelled("label", &(0..360).map(row).collect::<Vec<_>>()));
    place.write("few.csv", labelled("label", &(0..60).map(row).collect::<Vec<_>>()));
    // 300 praise of which half is overlooked, 600 complaints of which a third is taken for praise.
    let rows: Vec<(&str, &str)> =
        (0..900).map(|n| ("", [GOOD, NEITHER, BAD, BAD, GOOD, BAD, BAD, GOOD, BAD][n % 9])).map(|(_, text)| ("x", text)).collect();
    place.write("rows.csv", labelled("batch", &rows));
    let report = place.report(&["rows.csv", "--sample", "sample.csv"]);
    assert_eq!((&report["corrected"]["sample"], &report["corrected"]["method"]), (&"sample.csv".into(), &"adjusted count".into()));
    near(&report, "/sentiment/negative/share/value", 5.0 / 9.0);
    // Every complaint is found with probability 2/3: 5/9 ÷ 2/3.
    let complaint = report["corrected"]["negative"]["value"].as_f64().unwrap();
    assert!((complaint - 5.0 / 6.0).abs() < 0.02, "{report}");
    let shown = place.run(&["report", "rows.csv", "--sample", "sample.csv"]).fine().out;
    assert!(shown.contains("corrected by 360 labelled records of sample.csv, taken to be answered alike:"), "{shown}");
    let few = place.report(&["rows.csv", "--sample", "few.csv"]);
    assert!(few["corrected"]["reason"].as_str().unwrap().contains("at least 30 are needed"), "{few}");
    place.run(&["report", "rows.csv", "--sample", "rows.csv"]).fails(3, &["labels or stars in the sample"]);
    place.run(&["report", "rows.csv", "--sample", "gone.csv"]).fails(3, &["gone.csv"]);
}
