//! Time: periods, zones, and periods that stand out. In: exports of our own making. Out: what is found, and what is not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place};
use serde_json::Value;

/// So many complaints and so much praise a day, from Monday 5 January 2026; `about` goes before each text.
fn course(days: &[(usize, usize)], about: &str) -> String {
    let mut rows = String::new();
    for (day, (bad, good)) in days.iter().enumerate() {
        let date = format!("2026-{:02}-{:02}", 1 + (day + 4) / 28, 1 + (day + 4) % 28);
        rows += &format!("{date},\"{about}{BAD}\"\n").repeat(*bad);
        rows += &format!("{date},\"{about}{GOOD}\"\n").repeat(*good);
    }
    rows
}

/// Five weeks with a weekend each, numbers that vary a little.
fn calm() -> Vec<(usize, usize)> {
    (0..24).map(|day| if day % 7 > 4 { (5 + day % 2, 10 - day % 3) } else { (10 + day % 3, 20 + (day * 5) % 4) }).collect()
}

fn place(days: &[(usize, usize)]) -> Place {
    Place::with("rows.csv", format!("date,review\n{}", course(days, "")))
}

/// Those of no theme: a theme that everybody raises has the same spikes.
fn spikes(report: &Value) -> Vec<(String, String, u64)> {
    let found = report["spikes"]["found"].as_array().unwrap().iter().filter(|one| one["theme"].is_null());
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    found.map(|one| (text(one, "start"), text(one, "side"), one["observed"].as_u64().unwrap())).collect()
}

#[test]
fn a_day_of_three_times_the_complaints_is_found() {
    let report = place(&calm()).report(&["rows.csv"]);
    assert!(spikes(&report).is_empty() && report["spikes"]["reason"].is_null(), "{}", report["spikes"]);
    let themes = report["themes"]["complaint"].as_array().unwrap().len() + report["themes"]["praise"].as_array().unwrap().len();
    let (unit, series) = (&report["spikes"]["unit"], report["spikes"]["series"].as_u64().unwrap());
    assert!(unit == "day" && themes > 0 && (3..=2 + themes as u64).contains(&series), "{unit} {series} {themes}");
    assert!(report["spikes"]["false_alarms"].as_f64().unwrap() <= 0.5);
    let mut days = calm();
    days[16].0 = 36;
    let place = place(&days);
    let report = place.report(&["rows.csv"]);
    assert_eq!(spikes(&report), [("2026-01-21".to_owned(), "complaints".to_owned(), 36)]);
    let spike = report["spikes"]["found"].as_array().unwrap().iter().find(|one| one["theme"].is_null()).unwrap();
    // The theme that people complained of that day stands out with it.
    assert!(report["spikes"]["found"].as_array().unwrap().iter().any(|one| one["theme"] == "stale bread"), "{}", report["spikes"]);
    let expected = spike["expected"].as_f64().unwrap();
    assert!((9.0..14.0).contains(&expected) && spike["p"].as_f64().unwrap() < 0.01 && spike["only_volume"] == false, "{spike}");
    for (format, parts) in [
        ("text", ["Spikes by day", "2026-01-21  complaints", "false alarms a month"]),
        ("md", ["## Spikes by day", "2026-01-21 \\| complaints", "false alarms a month"]),
        ("csv", ["spike,2026-01-21 complaints,36", "spike expected,2026-01-21 complaints", "spike p,2026-01-21"]),
    ] {
        let out = place.run(&["report", "rows.csv", "--format", format]).fine().out;
        for part in parts.map(|part| part.replace('\\', "")) {
            assert!(out.replace("\\-", "-").contains(&part), "{part} is not in {format}: {out}");
        }
        assert!(format != "text" || out.lines().all(|line| line.chars().count() <= 100), "{out}");
    }
}

#[test]
fn more_of_everything_is_said_to_be_that() {
    let mut days = calm();
    days[16] = (36, 66);
    let report = place(&days).report(&["rows.csv"]);
    assert_eq!(spikes(&report).len(), 2, "{}", report["spikes"]);
    assert!(report["spikes"]["found"].as_array().unwrap().iter().all(|spike| spike["only_volume"] == true));
    let out = place(&days).run(&["report", "rows.csv"]).fine().out;
    assert!(out.matches("more of everything").count() >= 2, "{out}");
}

#[test]
fn a_sunday_like_a_monday_is_a_spike() {
    let mut days = calm();
    days[13].0 = 20;
    assert_eq!(spikes(&place(&days).report(&["rows.csv"]))[0].0, "2026-01-18");
}

#[test]
fn a_subject_has_spikes_of_its_own() {
    let mut some: Vec<(usize, usize)> = calm().iter().map(|_| (3, 5)).collect();
    some[10].0 = 24;
    let rows = format!("date,review\n{}{}", course(&calm(), ""), course(&some, "Dell. "));
    let report = Place::with("rows.csv", rows).report(&["rows.csv", "--mention", "Dell"]);
    assert!(report["spikes"]["series"].as_u64().unwrap() >= 4);
    let about: Vec<&Value> = report["spikes"]["found"].as_array().unwrap().iter().filter(|spike| spike["subject"] == "Dell").collect();
    assert!(about.len() == 1 && about[0]["start"] == "2026-01-15" && about[0]["observed"] == 24, "{}", report["spikes"]);
}

#[test]
fn too_little_time_or_too_few_records_are_said_so() {
    let reason = |days: &[(usize, usize)], args: &[&str]| {
        let report = place(days).report(&[&["rows.csv"], args].concat());
        assert!(spikes(&report).is_empty(), "{}", report["spikes"]);
        report["spikes"]["reason"].as_str().unwrap().to_owned()
    };
    assert_eq!(reason(&calm()[..5], &[]), "5 days: at least 8 tell what is usual");
    assert_eq!(reason(&calm(), &["--period", "week"]), "4 weeks: at least 8 tell what is usual");
    assert!(reason(&[(1, 0); 12], &[]).contains("too few to tell what is usual"));
    let undated = Place::with("rows.csv", format!("id,review\n1,\"{GOOD}\"\n"));
    assert_eq!(undated.report(&["rows.csv"])["spikes"], Value::Null);
    let text = place(&calm()[..5]).run(&["report", "rows.csv"]).fine().out;
    assert!(text.contains("5 days: at least 8"), "{text}");
}

#[test]
fn a_stray_date_does_not_change_what_is_usual() {
    let mut days = calm();
    days[16].0 = 36;
    let place = place(&days);
    place.write("rows.csv", place.read("rows.csv") + &format!("1999-01-01,\"{GOOD}\"\n"));
    let found = spikes(&place.report(&["rows.csv", "--period", "week"]));
    assert!(found.is_empty(), "{found:?}");
    place.write("rows.csv", place.read("rows.csv").replace("1999-01-01", "2025-11-20"));
    assert_eq!(spikes(&place.report(&["rows.csv", "--period", "day"]))[0].0, "2026-01-21");
}

#[test]
fn the_length_of_periods_can_be_asked_for() {
    let place = place(&calm());
    let of = |length: &str| {
        let report = place.report(&["rows.csv", "--period", length]);
        let (unit, starts) = (report["timeline"]["unit"].clone(), report["timeline"]["periods"].as_array().unwrap().clone());
        assert_eq!(report["spikes"]["unit"], unit);
        let sum: u64 = starts.iter().map(|period| period["sentiment"]["records"].as_u64().unwrap()).sum();
        assert_eq!(Some(sum), report["read"]["scored"].as_u64());
        (unit.as_str().unwrap().to_owned(), starts.len(), starts[0]["start"].as_str().unwrap().to_owned())
    };
    assert_eq!(of("auto"), ("day".into(), 24, "2026-01-05".into()));
    assert_eq!(of("day"), of("auto"));
    assert_eq!(of("week"), ("week".into(), 4, "2026-01-05".into()));
    assert_eq!(of("month"), ("month".into(), 1, "2026-01-01".into()));
    assert_eq!(place.run(&["report", "rows.csv", "--period", "year"]).status, 2);
    place.write("rows.csv", place.read("rows.csv") + &format!("2019-01-01,\"{GOOD}\"\n"));
    let report = place.report(&["rows.csv", "--period", "day"]);
    assert_eq!(report["timeline"]["unit"], "week");
    assert!(report["notes"].to_string().contains("by week: by day it would have more than 1200 periods"), "{}", report["notes"]);
}

#[test]
fn the_zone_moves_days() {
    let place = Place::with("rows.csv", format!("date,review\n2026-01-10T23:30:00Z,\"{GOOD}\"\n2026-01-11T00:30:00Z,\"{BAD}\"\n"));
    let starts = |zone: &str| {
        let report = place.report(&["rows.csv", "--tz", zone]);
        let periods = report["timeline"]["periods"].as_array().unwrap().clone();
        let of = |period: &Value| (period["start"].as_str().unwrap().to_owned(), period["sentiment"]["records"].as_u64().unwrap());
        periods.iter().map(of).collect::<Vec<_>>()
    };
    let days = |list: &[(&str, u64)]| list.iter().map(|(day, count)| ((*day).to_owned(), *count)).collect::<Vec<_>>();
    assert_eq!(starts("UTC"), days(&[("2026-01-10", 1), ("2026-01-11", 1)]));
    assert_eq!(starts("Europe/Berlin"), days(&[("2026-01-11", 2)]));
    assert_eq!(starts("America/New_York"), days(&[("2026-01-10", 2)]));
    assert_eq!(starts("+05:30"), days(&[("2026-01-11", 2)]));
}
