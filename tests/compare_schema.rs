//! The comparison as JSON is what `compare.schema.json` says, and the other formats show no number that is not in it.
//! Themes are told by hand-made reports.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{Place, shipped};
use earful::report::compare::{self, CompareReport, Fate, How, Input};
use earful::report::{Looks, Report, Theme, Themes};
use earful::stats;
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(shipped("tests/compare.schema.json")).unwrap()).unwrap()
}

fn conforms(report: &Value, what: &str) {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let errors: Vec<String> = validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
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
fn the_schema_is_sound_and_strict() {
    let schema = schema();
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|e| panic!("{e}"));
    strict(&schema, "#");
}

fn example(name: &str) -> String {
    shipped(&format!("examples/{name}")).to_string_lossy().into_owned()
}

/// Comparisons of all kinds.
fn runs(place: &Place) -> Vec<Vec<String>> {
    let (bakery, laptop) = (example("bakery-reviews.csv"), example("laptop-posts.jsonl"));
    place.write("header.csv", "id,review\n");
    place.run(&["report", &bakery, "-q", "-o", "saved.json"]).fine();
    let listen = ["--mention", "Dell", "--competitor", "Apple: apple, macbook*", "--subject", "price: price*", "--aspects", "electronics"];
    let lists: [&[&str]; 7] = [
        &[&bakery, &laptop],
        &["saved.json", &bakery],
        &["header.csv", &bakery],
        &["header.csv", "header.csv"],
        &[&bakery, "--split", "source", "--base", "Google", "--test", "Yelp", "--by", "Rating", "--copies", "once"],
        &[&bakery, "--event", "2026-05-01"],
        &[&[laptop.as_str(), "--event", "2026-04-01", "--window", "8w"], listen.as_slice()].concat(),
    ];
    lists.iter().map(|list| list.iter().map(|arg| (*arg).to_owned()).collect()).collect()
}

fn run(place: &Place, args: &[String], format: &str) -> String {
    let args: Vec<&str> = ["compare", "--format", format].into_iter().chain(args.iter().map(String::as_str)).collect();
    let run = place.run(&args);
    assert_eq!(run.status, 0, "{run:?}");
    run.out
}

#[test]
fn comparisons_conform() {
    let place = Place::new();
    for args in runs(&place) {
        let report: Value = serde_json::from_str(&run(&place, &args, "json")).unwrap();
        conforms(&report, &args.join(" "));
    }
}

#[test]
fn what_is_no_comparison_does_not_conform() {
    let place = Place::new();
    let args = [example("bakery-reviews.csv"), "--event".to_owned(), "2026-05-01".to_owned()];
    let mut report: Value = serde_json::from_str(&run(&place, &args, "json")).unwrap();
    report["overall"]["net"]["extra"] = Value::Bool(true);
    assert!(!jsonschema::draft202012::new(&schema()).unwrap().is_valid(&report));
}

/// Numbers of the report as formats write them.
fn numbers(report: &Value, out: &mut Vec<String>) {
    match report {
        Value::Number(number) => {
            if let Some(count) = number.as_u64() {
                out.push(count.to_string());
            }
            let x = number.as_f64().unwrap();
            // As all that is shown in points, rounded to a tenth first.
            let tenth = (x * 1000.0).round() / 10.0;
            for shown in
                [format!("{:.1}", x * 100.0), format!("{tenth:.1}"), format!("{x:.2}"), format!("{x:.3}"), format!("{x:.4}"), x.to_string()]
            {
                out.push(shown.trim_start_matches('-').to_owned());
            }
        }
        Value::String(text) => out.extend(numbers_in(text)),
        Value::Array(items) => items.iter().for_each(|item| numbers(item, out)),
        Value::Object(members) => members.iter().for_each(|(_, member)| numbers(member, out)),
        Value::Null | Value::Bool(_) => {}
    }
}

fn numbers_in(text: &str) -> Vec<String> {
    let plain = text.replace(',', "");
    let runs = plain.split(|c: char| !c.is_ascii_digit() && c != '.');
    runs.map(|run| run.trim_matches('.').to_owned()).filter(|run| run.contains(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn other_formats_show_only_numbers_of_the_json() {
    let place = Place::new();
    for args in runs(&place) {
        let report: Value = serde_json::from_str(&run(&place, &args, "json")).unwrap();
        let mut known = vec!["95".to_owned(), "0.05".to_owned(), "0.0001".to_owned()];
        numbers(&report, &mut known);
        for format in ["text", "md"] {
            let shown = run(&place, &args, format);
            let unknown: Vec<String> =
                numbers_in(&common::without_rests(&shown)).into_iter().filter(|number| !known.contains(number)).collect();
            assert!(unknown.is_empty(), "{format} of {args:?}: {unknown:?}\n{shown}");
            for headline in report["headlines"].as_array().unwrap() {
                let first = numbers_in(headline.as_str().unwrap());
                assert!(first.iter().all(|number| numbers_in(&shown).contains(number)), "{headline} is not in {shown}");
            }
        }
    }
}

fn theme(key: &str, side: &str, records: u64, of: u64) -> Theme {
    let share = stats::share(records, of);
    Theme { name: key.replace('|', " "), key: key.to_owned(), side: side.to_owned(), records, share, ..Theme::default() }
}

/// A report with themes that were made by hand.
fn themed(place: &Place, of: u64, complaint: Vec<Theme>, praise: Vec<Theme>) -> Report {
    let mut report: Report = serde_json::from_value(place.report(&[&example("bakery-reviews.csv")])).unwrap();
    report.themes = Some(Themes { records: of, sample: 1, least: 5, praise, complaint, ..Themes::default() });
    report
}

fn compared(one: &Report, other: &Report) -> CompareReport {
    let side = |name: &str, report| Input { name: name.to_owned(), saved: true, report };
    compare::build(&side("one", one), &side("other", other), How { by: "sides".to_owned(), ..How::default() }, None)
}

#[test]
fn themes_are_new_gone_grown_and_shrunken() {
    let place = Place::new();
    let bad = |key, records| theme(key, "complaint", records, 1000);
    let one = themed(
        &place,
        1000,
        vec![bad("battery|drain", 20), bad("hinge|break", 80), bad("fan|loud", 60), bad("screen|dim", 9), bad("price|high", 50)],
        vec![theme("battery|drain", "praise", 7, 1000)],
    );
    let other = themed(
        &place,
        1000,
        vec![bad("battery|drain", 90), bad("hinge|break", 20), bad("update|fail", 70), bad("key|stick", 9), bad("price|high", 55)],
        Vec::new(),
    );
    let report = compared(&one, &other);
    conforms(&serde_json::to_value(&report).unwrap(), "themes");
    let rows = &report.themes.as_ref().unwrap().rows;
    let fate =
        |name: &str, side: &str| rows.iter().find(|row| row.name == name && row.side == side).unwrap_or_else(|| panic!("{name}")).fate;
    for (name, expected) in [
        ("battery drain", Fate::Grown),
        ("hinge break", Fate::Shrunken),
        ("update fail", Fate::New),
        ("fan loud", Fate::Gone),
        // It may have been listed just not: 9 now, up to 5 then.
        ("key stick", Fate::NoEvidence),
        ("screen dim", Fate::NoEvidence),
        ("price high", Fate::NoEvidence),
    ] {
        assert_eq!(fate(name, "complaint"), expected, "{name}");
    }
    assert_eq!(fate("battery drain", "praise"), Fate::NoEvidence, "a theme of the other side is another theme");
    assert_eq!(rows.len(), 8);
    assert!(rows[..4].iter().all(|row| row.share.finding.is_change()) && !rows[4].share.finding.is_change());
    let new = rows.iter().find(|row| row.name == "update fail").unwrap();
    assert_eq!((new.before, new.after, new.share.before), (None, Some(70), stats::share(5, 1000)));
    for format in ["text", "md"] {
        let mut out = Vec::new();
        (compare::by_name(format).unwrap().render)(&report, Looks { colour: false, width: 80 }, &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap();
        for word in ["grown", "shrunken", "new", "gone", "update fail"] {
            assert!(shown.contains(word), "{word} is not in {shown}");
        }
        assert!(format == "md" || shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    }
}

#[test]
fn a_sample_of_records_counts_as_one() {
    let place = Place::new();
    let of = |records: u64| themed(&place, 100, vec![theme("battery|drain", "complaint", records, 1000)], Vec::new());
    let (mut one, mut other) = (of(60), of(110));
    assert_eq!(compared(&one, &other).themes.unwrap().rows[0].fate, Fate::Grown, "60 and 100 of 100");
    for report in [&mut one, &mut other] {
        report.themes.as_mut().unwrap().sample = 10;
    }
    assert_eq!(compared(&one, &other).themes.unwrap().rows[0].fate, Fate::NoEvidence, "6 % and 11 % of 100");
    other.themes.as_mut().unwrap().reason = Some("too few records".to_owned());
    let report = compared(&one, &other);
    assert!(report.themes.is_none() && report.notes.iter().any(|note| note.contains("there are none after: too few records")));
}
