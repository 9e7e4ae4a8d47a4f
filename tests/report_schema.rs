//! The report as JSON is what `report.schema.json` says, and the other formats show no number that is
//! not in it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, reviews, shipped, sums_add_up};
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(shipped("tests/report.schema.json")).unwrap()).unwrap()
}

fn conforms(report: &Value, what: &str) {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let errors: Vec<String> = validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

/// Flags that listen for brands, a subject and aspects.
const LISTEN: [&str; 10] = [
    "--mention",
    "Dell",
    "--mention",
    "XPS: xps",
    "--competitor",
    "Apple: apple, macbook*",
    "--subject",
    "price: price*, cheap",
    "--aspects",
    "electronics",
];

/// Objectives and gates of several units, none of which fails.
const GATES: [&str; 10] = [
    "--objective",
    "complaints < 20%",
    "--objective",
    "stars > 3.9",
    "--fail-if",
    "complaints > 26%",
    "--fail-if",
    "net < -2.5pp or records < 200",
    "--fail-if",
    "theme:nothing share > 3%",
];

fn example(name: &str) -> String {
    shipped(&format!("examples/{name}")).to_string_lossy().into_owned()
}

#[test]
fn the_schema_is_sound_and_strict() {
    let schema = schema();
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|e| panic!("{e}"));
    strict(&schema, "#");
}

/// Every object forbids unknown members, requires its own, and all of them are described.
fn strict(value: &Value, at: &str) {
    if let Some(members) = value.get("properties").and_then(Value::as_object) {
        assert_eq!(value["additionalProperties"], false, "{at}");
        assert_eq!(value["required"].as_array().unwrap().len(), members.len(), "{at}");
        for (name, member) in members {
            assert!(member["description"].as_str().is_some_and(|text| text.ends_with('.')), "{at}/{name} is not described");
        }
    }
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| strict(member, &format!("{at}/{name}"))),
        Value::Array(items) => items.iter().for_each(|item| strict(item, at)),
        _ => {}
    }
}

#[test]
fn reports_conform() {
    let (bakery, laptop) = (example("bakery-reviews.csv"), example("laptop-posts.jsonl"));
    let place = Place::with("odd.csv", format!("{}x,\"open\n", reviews(3)));
    place.write("header.csv", "id,review\n");
    place.write("bare.jsonl", format!("{{\"review\":\"{GOOD}\"}}\n"));
    place.write("labelled.csv", format!("label,review\n{}", format!("pos,\"{GOOD}\"\nneg,{BAD}\nneg,{GOOD}\n").repeat(40)));
    let listening = [[laptop.as_str()].as_slice(), &LISTEN].concat();
    let gated = [[bakery.as_str()].as_slice(), &GATES].concat();
    let runs: [&[&str]; 14] = [
        &gated,
        &listening,
        &[&laptop, "--mention", "nobody at all"],
        &["header.csv", "--mention", "nobody at all"],
        &[&bakery],
        &[&laptop],
        &[&bakery, &laptop, "--by", "lang", "--show-authors"],
        &["odd.csv", "gone.csv"],
        &["header.csv"],
        &["bare.jsonl"],
        &[&bakery, "--quotes", "0"],
        &["labelled.csv", "--label", "label"],
        &[&laptop, "--sample", "labelled.csv"],
        &[&laptop, "--sample", &bakery],
    ];
    for files in runs {
        let report = place.report(files);
        conforms(&report, &files.join(" "));
        sums_add_up(&report);
    }
}

#[test]
fn what_is_no_report_does_not_conform() {
    let place = Place::with("rows.csv", reviews(3));
    let mut report = place.report(&["rows.csv"]);
    report["extra"] = Value::Bool(true);
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    assert!(!validator.is_valid(&report));
}

/// Every number in the report, as the formats write it: counts as they are and in groups of three,
/// shares in percent, points with a sign.
fn numbers(report: &Value, out: &mut Vec<String>) {
    match report {
        Value::Number(number) => {
            if let Some(count) = number.as_u64() {
                out.push(count.to_string());
            }
            let x = number.as_f64().unwrap();
            for shown in [format!("{:.1}", x * 100.0), format!("{x:.1}"), format!("{x:.2}"), format!("{x:.3}"), x.to_string()] {
                out.push(shown.trim_start_matches('-').to_owned());
            }
        }
        Value::String(text) => out.extend(numbers_in(text)),
        Value::Array(items) => items.iter().for_each(|item| numbers(item, out)),
        Value::Object(members) => {
            for (name, member) in members {
                // Shown as a whole percentage: it is a simulation's.
                if let ("stability", Some(share)) = (name.as_str(), member.as_f64()) {
                    out.push(format!("{:.0}", share * 100.0));
                }
                out.extend(numbers_in(name));
                numbers(member, out);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Runs of digits with the stops inside them.
fn numbers_in(text: &str) -> Vec<String> {
    let plain = without_groups(text);
    let runs = plain.split(|c: char| !c.is_ascii_digit() && c != '.');
    runs.map(|run| run.trim_matches('.').to_owned()).filter(|run| run.contains(|c: char| c.is_ascii_digit())).collect()
}

/// Cells of CSV apart, so that commas between them are not taken for those of `12,345`.
fn spaced(format: &str, output: String) -> String {
    if format == "csv" { output.replace(',', " ") } else { output }
}

/// `12,345` as `12345`.
fn without_groups(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let groups = |at: usize| chars[at] == ',' && at > 0 && digit(at - 1) && (1..=3).all(|n| digit(at + n)) && !digit(at + 4);
    chars.iter().enumerate().filter(|&(at, _)| !groups(at)).map(|(_, &c)| c).collect()
}

#[test]
fn other_formats_show_only_numbers_of_the_json() {
    let (bakery, laptop) = (example("bakery-reviews.csv"), example("laptop-posts.jsonl"));
    let place = Place::new();
    let listening = [[laptop.as_str()].as_slice(), &LISTEN].concat();
    let gated = [[bakery.as_str(), "-q"].as_slice(), &GATES].concat();
    for files in
        [[bakery.as_str()].as_slice(), &gated, &listening, &[&laptop, "--by", "lang"], &[&bakery, &laptop], &[&laptop, "--sample", &bakery]]
    {
        let mut known = vec!["95".to_owned(), "100".to_owned(), "0".to_owned()];
        numbers(&place.report(files), &mut known);
        for format in ["text", "md", "csv"] {
            let args = [["report", "--format", format].as_slice(), files].concat();
            let shown = spaced(format, place.run(&args).fine().out);
            let unknown: Vec<String> =
                numbers_in(&common::without_rests(&shown)).into_iter().filter(|number| !known.contains(number)).collect();
            assert!(unknown.is_empty(), "{format} of {files:?}: {unknown:?}\n{shown}");
        }
    }
}

/// Comparisons and doubtful mentions, which the examples are too small for.
#[test]
fn other_formats_show_only_numbers_of_comparisons() {
    let place = Place::new();
    let mut report = place.report(&[[example("laptop-posts.jsonl").as_str()].as_slice(), &LISTEN].concat());
    let share = serde_json::json!({"value": 0.6667, "low": 0.4375, "high": 0.8372});
    report["mentions"]["comparisons"] = serde_json::json!([
        {"name": "Dell", "other": "HP", "wins": {"count": 1212, "share": share}, "losses": 606, "draws": 31, "few": false,
         "on": [{"name": "battery", "wins": 123, "losses": 17}], "switches_to": 81, "switches_from": 29},
        {"name": "HP", "other": "XPS", "wins": {"count": 1, "share": share}, "losses": 0, "draws": 0, "few": true,
         "on": [], "switches_to": 0, "switches_from": 0}
    ]);
    report["mentions"]["ambiguous"] = serde_json::json!([
        {"subject": "Apple", "mentions": 312, "of": 4711, "around": [{"words": "apple pie", "count": 219}], "suggestion": "!\"apple pie\""}
    ]);
    conforms(&report, "comparisons");
    let mut known = vec!["95".to_owned(), "100".to_owned(), "0".to_owned()];
    numbers(&report, &mut known);
    let data: earful::report::Report = serde_json::from_value(report).unwrap();
    for format in ["text", "md", "csv"] {
        let mut out = Vec::new();
        (earful::report::by_name(format).unwrap().render)(&data, earful::report::Looks::default(), &mut out).unwrap();
        let shown = spaced(format, String::from_utf8(out).unwrap());
        let numbers = numbers_in(&shown);
        let unknown: Vec<&String> = numbers.iter().filter(|number| !known.contains(number)).collect();
        assert!(unknown.is_empty(), "{format}: {unknown:?}\n{shown}");
        for count in ["1212", "606", "31", "123", "17", "81", "29", "312"] {
            assert!(numbers.iter().any(|number| number == count), "{count} is not in {format}");
        }
    }
}

#[test]
fn every_format_shows_the_main_counts() {
    let bakery = example("bakery-reviews.csv");
    let place = Place::new();
    let report = place.report(&[&bakery]);
    let mut counts: Vec<u64> =
        ["positive", "negative", "mixed", "neutral"].iter().map(|class| report["sentiment"][class]["count"].as_u64().unwrap()).collect();
    counts.extend(["records", "scored", "skipped", "excluded"].iter().map(|name| report["read"][name].as_u64().unwrap()));
    for format in ["text", "md", "csv"] {
        let shown = numbers_in(&spaced(format, place.run(&["report", "--format", format, &bakery]).fine().out));
        for count in &counts {
            assert!(shown.contains(&count.to_string()), "{count} is not in {format}");
        }
    }
}
