//! Dates that can be read in two ways, and zones. In: exports of our own making. Out: what the program makes of them.
//! Separate because it takes all that stands beside a date to read it.

#![allow(clippy::unwrap_used)] // a test says what is wrong by failing

mod common;

use common::{GOOD, Place};

/// Rows with a date each, and what the report of them says.
fn dated(dates: &[&str]) -> String {
    let rows: String = dates.iter().enumerate().map(|(n, date)| format!("{n},{date},\"{GOOD} Number {n}.\"\n")).collect();
    format!("id,date,review\n{rows}")
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_asked_about_where_a_course_is_shown() {
    let place = Place::with("rows.csv", dated(&["03/04/2026", "05/02/2026", "03/04/2026"]));
    let told = ["rows.csv: found dates in \"date\"", "\"03/04/2026\" (2026-04-03 or 2026-03-04)", "--date-format '%d/%m/%Y'", "'%m/%d/%Y'"];
    place.run(&["report", "rows.csv"]).fails(3, &told);
    place.pipe(&["report", "-"], place.read("rows.csv")).fails(3, &told[1..]);
    // What shows no course needs no dates.
    place.run(&["score", "rows.csv"]).fine();
    assert!(place.run(&["inspect", "rows.csv"]).fine().out.contains("--date-format '%d/%m/%Y'"));
    for (format, from) in [("%d/%m/%Y", "2026-02-05"), ("%m/%d/%Y", "2026-03-04")] {
        assert_eq!(place.report(&["rows.csv", "--date-format", format])["read"]["from"], from);
    }
    assert_eq!(place.report(&["rows.csv", "--as-of", "2026-04-10"])["read"]["to"], "2026-04-03");
    // A file beside it is still read.
    place.write("other.csv", dated(&["2026-01-01"]));
    let both = place.run(&["report", "other.csv", "rows.csv", "--format", "json"]);
    assert!(both.status == 3 && both.err.contains("rows.csv: found dates") && both.out.contains("2026-01-01"), "{both:?}");
    // What the flag does not read is read as it is written.
    let both = place.report(&["other.csv", "rows.csv", "--date-format", "%d/%m/%Y"]);
    assert_eq!((both["read"]["from"].as_str(), both["read"]["to"].as_str()), (Some("2026-01-01"), Some("2026-04-03")));
}

#[test]
fn all_there_is_tells_day_from_month_before_anybody_is_asked() {
    let report = |dates: &[&str]| Place::with("rows.csv", dated(dates)).report(&["rows.csv"]);
    let days = |report: &serde_json::Value| (report["read"]["from"].clone(), report["read"]["to"].clone());
    // The same either way.
    assert_eq!(days(&report(&["05/05/2026", "06/06/2026"])), ("2026-05-05".into(), "2026-06-06".into()));
    // One day is no course: it is left out, and said so.
    let single = report(&["03/04/2026", "03/04/2026 10:30"]);
    assert!(single["read"]["from"].is_null() && single["notes"].to_string().contains("may be day/month"), "{single}");
    let sequence = report(&["11/01/2026", "12/01/2026", "01/02/2026", "02/02/2026", "03/02/2026"]);
    assert_eq!(days(&sequence), ("2026-01-11".into(), "2026-02-03".into()));
    assert!(sequence["notes"].to_string().contains("because of the order of the records"), "{sequence}");
    // A date far down, in more records and bytes than are looked at first.
    for rows in [1500, 9000] {
        let mut dates = ["03/04/2026", "05/02/2026"].repeat(rows / 2);
        dates.push("13/04/2026");
        let place = Place::with("rows.csv", dated(&dates));
        let file = place.report(&["rows.csv"]);
        assert_eq!(days(&file), ("2026-02-05".into(), "2026-04-13".into()));
        assert_eq!(file["read"]["records"], rows + 1);
        let piped: serde_json::Value =
            serde_json::from_str(&place.pipe(&["report", "-", "--format", "json"], dated(&dates)).fine().out).unwrap();
        assert_eq!(piped["timeline"], file["timeline"]);
    }
    // Another file of the run with the same columns; one with others says nothing.
    let place = Place::with("one.csv", dated(&["03/04/2026", "05/02/2026"]));
    place.write("two.csv", dated(&["13/04/2026"]));
    assert_eq!(days(&place.report(&["one.csv", "two.csv"])), ("2026-02-05".into(), "2026-04-13".into()));
    place.write("two.csv", dated(&["13/04/2026"]).replace("id,", "number,"));
    assert_eq!(place.run(&["report", "one.csv", "two.csv"]).status, 3);
    // Files that contradict each other say nothing either.
    place.write("two.csv", dated(&["13/04/2026"]));
    place.write("three.csv", dated(&["04/13/2026"]));
    assert_eq!(place.run(&["report", "one.csv", "two.csv", "three.csv"]).status, 3);
}

#[test]
fn times_of_a_known_source_are_in_its_zone() {
    let post = |day: &str| format!("{day},Cafe,Post,https://example.com/{},\"{GOOD}\",Video\n", day.len());
    let place =
        Place::with("posts.csv", format!("Publish time,Page name,Post ID,Permalink,Description,Post type\n{}", post("03/25/2026 23:30")));
    let from = |args: &[&str]| place.report(&[&["posts.csv", "--own-voice"], args].concat())["read"]["from"].clone();
    assert_eq!(from(&[]), "2026-03-25");
    assert_eq!(from(&["--tz", "UTC"]), "2026-03-26");
    assert_eq!(from(&["--tz", "America/Los_Angeles"]), "2026-03-25");
    assert!(place.run(&["inspect", "posts.csv"]).fine().out.contains("America/Los_Angeles"));
    place.write("mine.toml", "[mine]\ntext = [\"Description\"]\ndate = [\"Publish time\"]\ntz = \"+09:00\"\n");
    assert_eq!(from(&["--profile", "mine.toml", "--tz", "UTC"]), "2026-03-25");
    place.write("mine.toml", place.read("mine.toml").replace("+09:00", "Nowhere"));
    place.run(&["report", "posts.csv", "--profile", "mine.toml"]).fails(2, &["tz of the profile mine", "\"Nowhere\"", "Europe/Berlin"]);
}
