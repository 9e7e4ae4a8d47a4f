//! What bad input gets: a message with file and place, what was found, what was expected and what to
//! do; the other rows and files still count; the sums add up; the exit status keeps its contract.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, count, gzip, reviews, scored_and_skipped, sums_add_up, zst};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

/// The report of one bad file beside a good one with two records: status 3, and both are told apart.
fn beside_a_good_one(place: &Place, bad: &str, parts: &[&str]) {
    place.write("good.csv", reviews(2));
    let run = place.run(&["report", "--format", "json", bad, "good.csv"]).fails(3, parts);
    sums_add_up(&run.json());
    let read = count(&run.json(), "/read/scored");
    assert!(read >= 2, "{run:?}");
    let faults: Vec<Value> = run.json()["files"].as_array().unwrap().iter().filter(|file| !file["fault"].is_null()).cloned().collect();
    assert_eq!(faults.len(), 1, "{run:?}");
}

/// One reason for skipping: its name, how often, and its first place.
fn reason(report: &Value, name: &str) -> (u64, String) {
    let reasons = report["read"]["reasons"].as_array().unwrap();
    let reason = reasons
        .iter()
        .find(|reason| reason["reason"].as_str().unwrap().contains(name))
        .unwrap_or_else(|| panic!("no {name:?} in {reasons:?}"));
    assert!(!reason["advice"].as_str().unwrap().is_empty());
    (count(reason, "/count"), reason["places"][0].as_str().unwrap().to_owned())
}

// Files

#[test]
fn a_missing_file() {
    let place = Place::new();
    for command in ["report", "score", "inspect"] {
        place.run(&[command, "gone.csv"]).fails(3, &["gone.csv: cannot be read", "No such file", "try: check the spelling"]);
    }
    beside_a_good_one(&place, "gone.csv", &["gone.csv"]);
}

#[test]
fn an_empty_file() {
    for content in ["", "\n \r\n", "\u{FEFF}"] {
        let place = Place::with("empty.csv", content);
        place.run(&["report", "empty.csv"]).fails(3, &["empty.csv: found an empty file", "expected CSV, JSON or JSON lines"]);
        beside_a_good_one(&place, "empty.csv", &["empty.csv"]);
    }
    Place::new().pipe(&["report", "-"], "").fails(3, &["-: found an empty file"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with("locked.csv", reviews(1));
    std::fs::set_permissions(place.path("locked.csv"), std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(place.path("locked.csv")).is_ok() {
        return; // root reads everything
    }
    place.run(&["report", "locked.csv"]).fails(3, &["locked.csv: cannot be read", "try: check who may read it"]);
    beside_a_good_one(&place, "locked.csv", &["locked.csv"]);
}

#[test]
fn a_directory_without_data() {
    let place = Place::with("folder/readme.txt", "nothing here");
    place.run(&["report", "folder"]).fails(3, &["folder: found a directory without data files", ".jsonl", "try: name the file itself"]);
    place.run(&["report", "folder/*.csv"]).fails(3, &["folder/*.csv: found no file that matches"]);
    beside_a_good_one(&place, "folder", &["folder: found a directory without data files"]);
    beside_a_good_one(&place, "folder/*.csv", &["folder/*.csv: found no file"]);
}

#[test]
fn a_binary_file() {
    let bytes: Vec<u8> = (0..4000u32).map(|n| u8::try_from(n * 7 % 256).unwrap()).collect();
    let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &bytes].concat();
    for content in [bytes, png] {
        let place = Place::with("photo.csv", content);
        place.run(&["report", "photo.csv"]).fails(3, &["photo.csv: found binary data, expected CSV", "try: export the data"]);
        beside_a_good_one(&place, "photo.csv", &["photo.csv"]);
    }
}

#[test]
fn a_glob_that_is_malformed() {
    Place::new().run(&["report", "[a"]).fails(2, &["[a: found a malformed pattern"]);
}

// Columns

#[test]
fn no_text_column() {
    let place = Place::with("numbers.csv", "a,b\n1,2\n3,4\n5,6\n");
    place
        .run(&["report", "numbers.csv"])
        .fails(3, &["numbers.csv: found no column that holds text", "columns: a, b", "try: name the column: --text"]);
    beside_a_good_one(&place, "numbers.csv", &["numbers.csv"]);
}

#[test]
fn several_columns_that_may_be_the_text() {
    let place = Place::with("two.csv", format!("first,second\n\"{GOOD}\",\"{BAD}\"\n\"{BAD} Again.\",\"{GOOD} Again.\"\n"));
    place
        .run(&["report", "two.csv"])
        .fails(3, &["two.csv: found several columns that may hold the text: ", "first", "second", "try: name the column: --text"]);
    assert_eq!(count(&place.report(&["two.csv", "--text", "second"]), "/read/scored"), 2);
}

#[test]
fn a_column_that_is_not_there() {
    let place = Place::with("good.csv", reviews(2));
    place
        .run(&["report", "good.csv", "--text", "reviev"])
        .fails(3, &["good.csv: found no column \"reviev\", expected one of: id, review", "try: --text \"review\""]);
    place.run(&["report", "good.csv", "--by", "branch"]).fails(3, &["--by: found no column \"branch\"", "earful inspect"]);
}

#[test]
fn hundreds_of_columns_are_not_all_listed() {
    let header: Vec<String> = (0..500).map(|n| format!("c{n}")).collect();
    let place = Place::with("wide.csv", format!("{}\n{}\n", header.join(","), vec!["1"; 500].join(",")));
    let run = place.run(&["report", "wide.csv", "--text", "x"]).fails(3, &["c0, c1", "more"]);
    assert!(run.err.len() < 1000, "{run:?}");
}

// Usage

#[test]
fn formats_and_endings_that_are_not_there() {
    let place = Place::with("good.csv", reviews(2));
    place
        .run(&["report", "good.csv", "--format", "pdf"])
        .fails(2, &["--format: found the format \"pdf\", expected one of: text, md, json, csv"]);
    place.run(&["score", "good.csv", "--format", "xml"]).fails(2, &["--format", "jsonl, csv"]);
    place.run(&["explain", "fine", "--format", "xml"]).fails(2, &["--format", "text, json"]);
    place
        .run(&["report", "good.csv", "-o", "report.pdf"])
        .fails(2, &["report.pdf: found the ending \"pdf\", expected one of: .txt .md", "try: "]);
    place.run(&["report", "good.csv", "--encoding", "klingon"]).fails(2, &["--encoding", "klingon", "utf-8"]);
    place.run(&["report", "good.csv", "--date", "id", "--date-format", "%Q%"]).fails(2, &["--date-format", "%d/%m/%Y"]);
    let run = place.run(&["report", "--flag-that-is-not-there"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{run:?}");
}

#[test]
fn an_output_that_cannot_be_written_fails_before_the_work() {
    let place = Place::with("good.csv", reviews(2));
    let run = place
        .run(&["report", "good.csv", "-o", "no/such/folder/report.json"])
        .fails(2, &["no/such/folder/report.json: cannot be written", "try: check that the folder exists"]);
    assert!(run.out.is_empty());
    place.run(&["report", "gone.csv", "-o", "report.json"]).fails(3, &["gone.csv"]);
    assert_eq!(place.files(), ["good.csv"], "no draft and no half report is left");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::with("many.csv", reviews(20_000));
    for args in [
        ["score", "many.csv"].as_slice(),
        &["score", "many.csv", "--format", "csv"],
        &["report", "many.csv", "--format", "json"],
        &["inspect", "many.csv"],
        &["man"],
        &["completions", "bash"],
        &["explain", GOOD],
    ] {
        let mut child = place.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        let mut reader = BufReader::with_capacity(16, child.stdout.take().unwrap());
        reader.read_line(&mut first).unwrap();
        drop(reader);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{args:?}");
        assert!(!first.is_empty());
    }
}

#[test]
fn nothing_to_listen_to_is_no_error_either() {
    let place = Place::with("good.csv", reviews(2));
    for args in [["report", "good.csv"].as_slice(), &["score", "good.csv"], &["man"]] {
        let mut child = place.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{args:?}");
    }
}

// Bytes

#[test]
fn truncated_archives_count_up_to_the_cut() {
    for records in [40, 40_000] {
        // Random-looking ids keep the archives from shrinking to nothing.
        let rows: String = (0..records).map(|n: u64| format!("{:x},\"{GOOD}\"\n", (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
        let table = format!("id,review\n{rows}");
        for (name, packed, kind) in [("cut.csv.gz", gzip(table.as_bytes()), "gzip"), ("cut.csv.zst", zst(table.as_bytes()), "zstd")] {
            let place = Place::with(name, &packed[..packed.len() * 3 / 4]);
            let run = place.run(&["report", "--format", "json", name]);
            if run.out.is_empty() && kind == "zstd" && records == 40 {
                run.fails(3, &[name, kind]); // a single block holds all: nothing can be unpacked
                continue;
            }
            sums_add_up(&run.json());
            let (scored, skipped) = scored_and_skipped(&run.json());
            assert!(scored > 0 && scored < records && skipped <= 1, "{name} {records}: {scored} {skipped}");
            run.fails(3, &[&format!("{name}: found damaged or cut off {kind} data"), "try: the file may be incomplete"]);
            beside_a_good_one(&place, name, &[name]);
            place.run(&["score", name]).fails(3, &[name, kind]);
        }
    }
}

#[test]
fn archives_that_are_none() {
    for (name, content) in [("bad.csv.gz", b"\x1F\x8B\x08\0garbage".as_slice()), ("bad.csv.zst", b"\x28\xB5\x2F\xFDgarbage and more of it")]
    {
        let place = Place::with(name, content);
        place.run(&["report", name]).fails(3, &[name, "damaged"]);
        beside_a_good_one(&place, name, &[name]);
    }
    let place = Place::with("plain.csv.gz", reviews(3));
    assert_eq!(count(&place.report(&["plain.csv.gz"]), "/read/scored"), 3, "told by content, not by name");
}

#[test]
fn bytes_that_are_not_utf_8_cost_nothing_and_are_told() {
    let mut table = reviews(50).into_bytes();
    table.extend(b"bad,\"what is \xFF\xFE this \xC3( here\"\n");
    table.extend(format!("last,\"{GOOD}\"\n").bytes());
    let report = Place::with("rows.csv", table).report(&["rows.csv"]);
    assert_eq!(scored_and_skipped(&report), (52, 0));
    let note = report["notes"][0].as_str().unwrap();
    assert!(note.contains("3 byte sequences were not UTF-8") && note.contains("record 51, line 52"), "{report}");
}

#[test]
fn a_file_without_any_utf_8_is_western() {
    let table: Vec<u8> =
        reviews(20).into_bytes().into_iter().chain(*b"x,\"the caf+\xC6l of L+\xC6nnen and Sepp+\xC6 was fine\"\n").collect();
    let place = Place::with("rows.csv", table);
    assert_eq!(scored_and_skipped(&place.report(&["rows.csv"])), (21, 0));
    assert!(place.run(&["inspect", "rows.csv"]).fine().out.contains("windows-1252"));
}

#[test]
fn an_unclosed_quote_costs_its_row() {
    let table = format!("{}open,\"this is never closed\n{}", reviews(4), reviews(3).split_once('\n').unwrap().1);
    let report = Place::with("rows.csv", table).report(&["rows.csv"]);
    assert_eq!(scored_and_skipped(&report), (7, 1));
    assert_eq!(reason(&report, "unclosed quotation mark"), (1, "rows.csv:5 (line 6)".to_owned()));
    let report = Place::with("rows.csv", format!("id,review\n1,{GOOD}\n2,\"open to the end\n3,{GOOD}\n4,{BAD}\n")).report(&["rows.csv"]);
    assert_eq!(scored_and_skipped(&report), (3, 1));
}

#[test]
fn doubled_quotes_without_outer_ones_do_not_stall() {
    let began = std::time::Instant::now();
    for (text, sound) in
        [("\"\"Great\"\" bread", true), ("\"\"Great\"\",5", true), ("\"\"\"Great\"\"\" bread", false), ("\"Great bread", false)]
    {
        let rows: String = (0..40_000).map(|n| format!("{n},{text}\n")).collect();
        let report = Place::with("rows.csv", format!("id,review\n0,{GOOD}\n{rows}0,{GOOD}\n")).report(&["rows.csv", "--text", "review"]);
        assert_eq!(count(&report, "/read/records"), 40_002, "{text}");
        assert!(!sound || count(&report, "/read/skipped") == 0, "{text}");
    }
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}

#[test]
fn a_nul_byte_is_dropped_and_told() {
    let table = format!("{}5,\"The bread was \0 lovely\"\n6,\"{BAD}\"\n", reviews(4));
    let place = Place::with("rows.csv", table);
    assert_eq!(scored_and_skipped(&place.report(&["rows.csv"])), (6, 0));
    for args in [
        ["report", "rows.csv", "--quotes", "20"].as_slice(),
        &["score", "rows.csv"],
        &["inspect", "rows.csv"],
        &["report", "--quotes", "20", "--format", "md", "rows.csv"],
    ] {
        let run = place.run(args);
        assert!(run.status == 0 && !run.out.contains('\0'), "{run:?}");
        let told = "1 NUL byte was dropped";
        assert!(run.out.contains(told) || run.err.contains(told), "{run:?}");
    }
}

/// Most memory the program may have taken, in KiB, where the system's `time` can tell.
fn peak(place: &Place, args: &[&str]) -> Option<u64> {
    let output = std::process::Command::new("/usr/bin/time")
        .args(["-v", env!("CARGO_BIN_EXE_earful")])
        .args(args)
        .current_dir(place.path(""))
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.lines().find_map(|line| line.trim().strip_prefix("Maximum resident set size (kbytes): ")?.parse().ok())
}

#[test]
fn a_line_of_100_megabytes_costs_itself() {
    let place = Place::new();
    let csv_row = format!("x,{GOOD}\n");
    let json_row = format!("{{\"id\":\"x\",\"review\":\"{GOOD}\"}}\n");
    for (name, head, row, open, close) in
        [("long.csv", "id,review\n", &csv_row, "y,", "\n"), ("long.jsonl", "", &json_row, "{\"id\":\"y\",\"review\":\"", "\"}\n")]
    {
        let mut out = std::io::BufWriter::new(std::fs::File::create(place.path(name)).unwrap());
        write!(out, "{head}{}{open}", row.repeat(3)).unwrap();
        let million = b"endless talk ".repeat(80_000);
        for _ in 0..100 {
            out.write_all(&million).unwrap();
        }
        write!(out, "{close}{}", row.repeat(4)).unwrap();
        out.into_inner().unwrap();
        let report = place.report(&[name]);
        assert_eq!(scored_and_skipped(&report), (7, 1), "{name}");
        let (found, at) = reason(&report, "longer than 16 MiB");
        assert_eq!((found, at.starts_with(&format!("{name}:4 "))), (1, true), "{at}");
        if let Some(kib) = peak(&place, &["report", name]) {
            assert!(kib < 150 * 1024, "{name}: {kib} KiB");
        }
        std::fs::remove_file(place.path(name)).unwrap();
    }
}

#[test]
fn an_element_of_20_megabytes_in_an_array_costs_itself() {
    let object = |text: &str| format!("{{\"id\":\"x\",\"review\":\"{text}\"}}");
    let huge = "endless [talk] ".repeat(1_400_000);
    for long in [object(&huge), format!("\"{huge}\"")] {
        let place = Place::with("long.json", format!("[{},{long},{},{}]", object(GOOD), object(BAD), object(GOOD)));
        let report = place.report(&["long.json"]);
        assert_eq!(scored_and_skipped(&report), (3, 1));
    }
}

// JSON

#[test]
fn json_cut_in_the_middle() {
    let object = |n: usize| format!("{{\"id\":{n},\"review\":\"{GOOD}\"}}");
    let whole = format!("[{},{},{}]", object(1), object(2), object(3));
    for (name, content, scored) in [
        ("cut.json", &whole[..whole.len() - 20], 2),
        ("cut.jsonl", &format!("{}\n{}\n{}", object(1), object(2), &object(3)[..30]), 2),
        ("page.json", &format!("{{\"items\":{}", &whole[..whole.len() - 20]), 2),
    ] {
        let report = Place::with(name, content).report(&[name]);
        assert_eq!(scored_and_skipped(&report), (scored, 1), "{name}");
        assert_eq!(reason(&report, "cut off").0, 1, "{name}");
    }
}

#[test]
fn broken_json_lines_cost_themselves() {
    let fine = format!("{{\"review\":\"{GOOD}\"}}");
    let lines = [
        fine.as_str(),
        "{\"review\": oops}",
        "[1,2]",
        "42",
        "\"text\"",
        "{\"review\":\"a\" \"b\":1}",
        "}{",
        fine.as_str(),
        "{\"review\":null}",
        "{}",
        fine.as_str(),
    ];
    let report = Place::with("rows.jsonl", lines.join("\n")).report(&["rows.jsonl"]);
    assert_eq!(scored_and_skipped(&report), (3, 8));
    assert_eq!(reason(&report, "malformed JSON").1, "rows.jsonl:2 (line 2)");
    assert_eq!(reason(&report, "not a JSON object").0, 4);
    assert_eq!(reason(&report, "no text").0, 2);
}

#[test]
fn json_a_hundred_thousand_levels_deep() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let fine = format!("{{\"id\":1,\"review\":\"{GOOD}\"}}");
    for nest in [&deep, &objects] {
        let around = format!("{{\"id\":2,\"nest\":{nest},\"review\":\"{BAD}\"}}");
        for (name, content) in [("deep.jsonl", format!("{fine}\n{around}\n{fine}\n")), ("deep.json", format!("[{fine},{around},{fine}]"))] {
            let place = Place::with(name, content);
            assert_eq!(count(&place.report(&[name]), "/read/records"), 3, "{name}");
            let run = place.run(&["score", name]);
            assert_eq!((run.status, run.out.lines().count()), (0, 3), "{}", run.err);
        }
    }
    for content in [&deep, &objects] {
        let run = Place::with("deep.json", content).run(&["report", "deep.json"]);
        assert!(run.status == 3 && run.err.contains("deep.json"), "{} {}", run.status, run.err);
    }
}

#[test]
fn a_hundred_thousand_keys() {
    let keys: Vec<String> = (0..100_000).map(|n| format!("\"k{n}\":{n}")).collect();
    let object = |text: &str| format!("{{\"review\":\"{text}\",{}}}", keys.join(","));
    let place = Place::with("keys.jsonl", format!("{{\"review\":\"{GOOD}\"}}\n{}\n{}\n", object(GOOD), object(BAD)));
    assert_eq!(scored_and_skipped(&place.report(&["keys.jsonl"])), (3, 0));
    let array = Place::with("keys.json", format!("[{{\"review\":\"{GOOD}\"}},{}]", object(BAD)));
    assert_eq!(scored_and_skipped(&array.report(&["keys.json"])), (2, 0));
}

// Tables

#[test]
fn duplicate_and_blank_headers() {
    let place = Place::with("rows.csv", format!("id,review,review,,\n1,{GOOD},x,y,z\n2,{BAD},x,y,z\n"));
    assert_eq!(scored_and_skipped(&place.report(&["rows.csv"])), (2, 0));
    let (header, rows) = place.run(&["score", "rows.csv", "--format", "csv"]).fine().table();
    assert_eq!(header[..5], ["id", "review", "review_2", "#3", "#4"]);
    assert_eq!(rows[0][..5], ["1", GOOD, "x", "y", "z"]);
}

#[test]
fn no_header() {
    let place = Place::with("rows.csv", format!("5,\"{GOOD}\"\n1,\"{BAD}\"\n3,\"{GOOD} Again.\"\n"));
    assert_eq!(scored_and_skipped(&place.report(&["rows.csv"])), (3, 0));
    assert!(place.run(&["inspect", "rows.csv"]).fine().out.contains("without a header row"));
}

#[test]
fn only_a_header() {
    let place = Place::with("rows.csv", "id,date,review\n");
    assert_eq!(count(&place.report(&["rows.csv"]), "/read/records"), 0);
    for format in ["text", "md", "csv"] {
        place.run(&["report", "rows.csv", "--format", format]).fine();
    }
    assert_eq!(place.run(&["score", "rows.csv"]).fine().out, "");
}

#[test]
fn blank_lines_mixed_ends_and_lone_returns() {
    let row = |n: usize| format!("{n},\"{GOOD}\"");
    let mixed = format!("\n\nid,review\r\n\r\n{}\n\n{}\r{}\r\n\n\n{}", row(1), row(2), row(3), row(4));
    assert_eq!(scored_and_skipped(&Place::with("mixed.csv", mixed).report(&["mixed.csv"])), (4, 0));
    let returns = format!("id,review\r{}\r{}\r{}\r", row(1), row(2), row(3));
    assert_eq!(scored_and_skipped(&Place::with("returns.csv", returns).report(&["returns.csv"])), (3, 0));
    let lines = format!("\n{{\"review\":\"{GOOD}\"}}\r\n\r\n   \n{{\"review\":\"{GOOD}\"}}\n\n");
    assert_eq!(scored_and_skipped(&Place::with("rows.jsonl", lines).report(&["rows.jsonl"])), (2, 0));
}

#[test]
fn ragged_rows() {
    let regular = format!("9,5,\"{GOOD}\",2026-01-02\n").repeat(10);
    let place =
        Place::with("rows.csv", format!("id,stars,review,date\n{regular}2\n3,1\n4,1,\"{BAD}\"\n5,5,\"{GOOD}\",2026-01-03,more,and,more\n"));
    let report = place.report(&["rows.csv"]);
    assert_eq!(scored_and_skipped(&report), (12, 2));
    assert_eq!(reason(&report, "row without the text column"), (2, "rows.csv:11 (line 12)".to_owned()));
}

#[test]
fn a_million_columns_in_a_row() {
    let place =
        Place::with("rows.csv", format!("id,review,stars\n1,\"{GOOD}\",5\n2,\"{BAD}\"{}\n3,\"{GOOD}\",4\n", ",x".repeat(1_000_000)));
    assert_eq!(scored_and_skipped(&place.report(&["rows.csv"])), (3, 0));
    assert_eq!(place.run(&["score", "rows.csv", "--format", "csv"]).fine().table().1.len(), 3);
}

#[test]
fn a_header_of_very_many_columns_does_not_stall() {
    let began = std::time::Instant::now();
    for (columns, header) in
        [(40_000, ",a".repeat(40_000)), (60_000, ",".repeat(60_000)), (20_000, (0..20_000).map(|n| format!(",c{n}")).collect::<String>())]
    {
        let blank = ",".repeat(columns);
        let place = Place::with("wide.csv", format!("review{header}\n\"{GOOD}\"{blank}\n\"{BAD}\"{blank}\n"));
        assert_eq!(count(&place.report(&["wide.csv"]), "/read/records"), 2);
    }
    let run = Place::with("wider.csv", format!("review{}\n\"{GOOD}\"\n", ",column".repeat(1_000_000))).run(&["report", "wider.csv"]);
    assert!([0, 3].contains(&run.status), "{} {}", run.status, run.err);
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

// Lexicons

#[test]
fn faulty_lexicons_name_file_and_line() {
    let place = Place::with("good.csv", reviews(2));
    let cases: [(&[u8], &[&str]); 6] = [
        (b"# earful-lexicon: 1\n# language: en\ngood\t1,9\n", &["my.tsv:3", "\"1,9\"", "decimal comma", "1.9"]),
        (b"# earful-lexicon: 1\ngood 1.9\n", &["my.tsv:2", "without a tab", "term, TAB, valence", "try: put one tab"]),
        (b"# earful-lexicon: 1\n\ngood\tnegatr\n", &["my.tsv:3", "role \"negatr\"", "negator, absence"]),
        (b"# earful-lexicon: 1\ngood\t7\n", &["my.tsv:2", "found 7", "from -4 to 4"]),
        (b"# earful-lexicon: 1\nna\xEFve\t-1\n", &["my.tsv", "not UTF-8", "expected a UTF-8 lexicon", "try: save the lexicon as UTF-8"]),
        (b"", &["my.tsv", "found no entries", "expected"]),
    ];
    for (content, parts) in cases {
        place.write("my.tsv", content);
        for args in [
            ["report", "good.csv", "--lexicon", "my.tsv"].as_slice(),
            &["score", "good.csv", "--lexicon", "my.tsv", "--lexicon-only"],
            &["explain", "good", "--lexicon", "my.tsv"],
        ] {
            let run = place.run(args).fails(2, parts);
            assert!(run.out.is_empty(), "{run:?}");
        }
    }
    place.run(&["report", "good.csv", "--lexicon", "gone.tsv"]).fails(2, &["gone.tsv: cannot be read"]);
    place.run(&["report", "good.csv", "--lexicon-only"]).fails(2, &["--lexicon-only without a lexicon", "try: --lexicon FILE"]);
}

// What strangers write

/// Everything that could steer a terminal, a page or a spreadsheet.
const HOSTILE: &str = "=cmd|'/c calc'!A1 Great \u{1B}[31mred\u{1B}]0;title\u{7} \u{9B}31m \u{202E}lanretxe\u{202C} \u{2066}x\u{2069} <script>alert(1)</script> <img src=x onerror=alert(1)> [click](javascript:alert(1)) ![x](http://evil.example/x.png) | a | `b` **bold** &lt; love it 👨‍👩‍👧‍👦🏳️‍🌈👍🏽❤️ zero\u{200B}width\u{FEFF} tag\u{E0041} \u{2028} \u{85} \u{8}\u{8}";

fn hostile_place() -> Place {
    let place = Place::new();
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let header = [
        "id".to_owned(),
        cell("review"),
        cell("product"),
        cell("author"),
        cell("=HYPERLINK(\"http://evil.example\")<script>\u{1B}[2J\u{202E}"),
        cell("@SUM(1+1)"),
    ]
    .join(",");
    let mut table = format!("{header}\n");
    for (n, start) in ["=1+1;", "@SUM(A1:A9) ", "+1+cmd ", "-2+3 ", "\t=x ", " =x ", "＝x ", "", "\r=x "].iter().enumerate() {
        let hostile = format!("{start}{HOSTILE}");
        let row = [n.to_string(), cell(&hostile), cell(&hostile), cell(&hostile), cell(&hostile), cell(&hostile)].join(",");
        table.push_str(&row);
        table.push('\n');
    }
    place.write("=cmd()\u{1B}[31m\u{202E}<script>@x.csv", &table);
    place
}

/// No sign that steers, hides or reorders, but for the line ends of the output itself.
fn is_tame(text: &str) -> bool {
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
    };
    match text.chars().find(|&c| steers(c)) {
        Some(c) => panic!("{:?} in {}", c, text.escape_debug()),
        None => true,
    }
}

fn no_formulas(run: &common::Run) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(run.out.as_bytes());
    for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        let start = cell.trim_start();
        assert!(!start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || cell.parse::<f64>().is_ok(), "{cell:?}");
    }
}

#[test]
fn nothing_live_on_the_terminal() {
    let place = hostile_place();
    let name = &place.files()[0];
    for args in [
        ["report", name, "--by", "@SUM(1+1)", "--quotes", "9", "--show-authors", "--no-redact"].as_slice(),
        &["report", name, "--quotes", "9"],
        &["inspect", name],
        &["inspect", name, "--no-redact"],
        &["explain", name, "--id", "3"],
        &["explain", HOSTILE],
    ] {
        assert!(is_tame(&place.run(args).fine().out), "{args:?}");
    }
    let run = place.run(&["report", name, "--text", "\u{1B}[31m\u{202E}"]).fails(3, &["found no column"]);
    assert!(is_tame(&run.err));
    let run = place.run(&["report", "gone\u{1B}]2J\u{202E}.csv"]).fails(3, &["gone"]);
    assert!(is_tame(&run.err));
    place.write("words.tsv", "# earful-lexicon: 1\ngood\u{1B}[2J\u{202E}\tbad\u{1B}[2J\n");
    assert!(is_tame(&place.run(&["explain", "x", "--lexicon", "words.tsv"]).fails(2, &["words.tsv:2"]).err));
}

#[test]
fn nothing_live_in_markdown() {
    let place = hostile_place();
    let name = &place.files()[0];
    let run = place.run(&["report", name, "--format", "md", "--by", "@SUM(1+1)", "--quotes", "9", "--show-authors", "--no-redact"]).fine();
    assert!(is_tame(&run.out));
    for live in ["<script", "<img", "](", "![", "**bold", "`b`", " | a | ", "http://evil"] {
        assert!(!run.out.contains(live), "{live:?} in {}", run.out);
    }
    let widths: Vec<usize> =
        run.out.lines().filter(|line| line.starts_with('|')).map(|line| line.replace("\\|", "").matches('|').count()).collect();
    assert!(widths.iter().all(|&width| width == 5 || width == 8), "{widths:?}");
}

#[test]
fn nothing_live_in_spreadsheets() {
    let place = hostile_place();
    let name = &place.files()[0];
    no_formulas(&place.run(&["report", name, "--format", "csv", "--by", "@SUM(1+1)", "--show-authors", "--no-redact"]).fine());
    for keep in ["all", "id", "none"] {
        no_formulas(&place.run(&["score", name, "--format", "csv", "--keep", keep, "--no-redact"]).fine());
        no_formulas(&place.run(&["score", name, "--format", "csv", "--keep", keep]).fine());
    }
}

#[test]
fn json_escapes_what_steers() {
    let place = hostile_place();
    let name = &place.files()[0];
    for args in [
        ["report", name, "--format", "json", "--no-redact"].as_slice(),
        &["score", name, "--no-redact"],
        &["inspect", name, "--json"],
        &["explain", HOSTILE, "--format", "json"],
    ] {
        let run = place.run(args).fine();
        assert!(!run.out.chars().any(|c| c.is_ascii_control() && c != '\n'), "{args:?}");
        assert!(serde_json::Deserializer::from_str(&run.out).into_iter::<Value>().all(|value| value.is_ok()), "{args:?}");
    }
}

#[test]
fn raw_control_characters_in_json_lines_do_not_pass() {
    let place = Place::with(
        "rows.jsonl",
        format!(
            "{{\"id\":0,\"review\":\"{GOOD}\"}}\n{{\"id\":1,\"review\":\"{GOOD} \u{1B}[2J\u{7}\ttab\"}}\n{{\"id\":2,\"review\":\"@someone {BAD} \u{1B}[2J\"}}\n{{\"id\":3,\"review\":\"@someone {BAD} \\ud83d\"}}\n"
        ),
    );
    for extra in [[].as_slice(), &["--no-redact"]] {
        let args = [["score", "rows.jsonl", "--quiet"].as_slice(), extra].concat();
        let run = place.run(&args).fine();
        assert!(!run.out.chars().any(|c| c.is_ascii_control() && c != '\n'), "{run:?}");
        // Half an emoji, as exports cut them, is passed on as it stands; our reader of JSON is stricter.
        let rows = run.out.lines().map(|line| serde_json::from_str::<Value>(&line.replace("\\ud83d", "")).unwrap());
        assert_eq!(rows.clone().count(), 4);
        for (n, row) in rows.enumerate() {
            assert_eq!(row["id"], n, "no field is lost: {row}");
            assert!(row["review"].as_str().unwrap().contains("The bread was"), "{row}");
        }
    }
}

/// Time stays linear in the length of a text, whatever it repeats: a quadratic rule would take hours.
#[test]
fn endless_repetition() {
    let signs = ["no ", "but ", "too small ", "😂", "★", "☆ ", "<", "<a", "5/5 ", "#", "&amp;", "would be ", "(", ":", "@", "a'"];
    let texts = signs.iter().map(|sign| serde_json::json!({ "text": sign.repeat(1_000_000 / sign.len()) }).to_string());
    let lines: Vec<String> = [format!("{{\"text\":\"{GOOD}\"}}")].into_iter().chain(texts).collect();
    let place = Place::with("endless.jsonl", lines.join("\n"));
    let rows = place.run(&["score", "--keep", "none", "endless.jsonl"]).fine().rows();
    assert_eq!(rows.len(), signs.len() + 1);
}

#[test]
fn days_are_counted_where_the_user_says() {
    let table = format!("id,created_at,review\n1,2026-03-05T23:30:00Z,{GOOD}\n2,2026-03-06T08:00:00Z,{BAD}\n");
    let place = Place::with("rows.csv", table);
    let days = |args: &[&str]| place.report(args)["read"]["from"].clone();
    assert_eq!(days(&["rows.csv"]), "2026-03-05");
    assert_eq!(days(&["rows.csv", "--tz", "Europe/Berlin"]), "2026-03-06");
    assert_eq!(days(&["rows.csv", "--tz", "-08:00"]), "2026-03-05");
    let wrong = place.run(&["report", "rows.csv", "--tz", "Nowhere"]);
    assert!(wrong.status == 2 && wrong.err.contains("expected a name such as Europe/Berlin"), "{wrong:?}");
}

#[test]
fn relative_dates_and_mangled_ids_are_told() {
    let rows: String = (1..9).map(|n| format!("1.22{n}58E+17,{n} days ago,\"{GOOD}\"\n")).collect();
    let place = Place::with("rows.csv", format!("id,date,review\n{rows}"));
    let notes = |args: &[&str]| place.report(args)["notes"].to_string();
    let told = notes(&["rows.csv"]);
    assert!(told.contains("8 dates need a day to count from") && told.contains("8 of 8 in \\\"id\\\" look like 1.22158E+17"), "{told}");
    assert!(!notes(&["rows.csv", "--as-of", "2026-03-05"]).contains("count from"));
    assert_eq!(place.report(&["rows.csv", "--as-of", "2026-03-05"])["read"]["from"], "2026-02-25");
}
