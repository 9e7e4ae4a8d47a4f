//! Parts of a report: any split of the data, in any order and grouping, adds up to one run; no part holds names, and none
//! that is damaged, old or written with other options is believed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, Run, count};
use earful::config::Config;
use earful::lexicon::Lexicon;
use earful::part::{self, Part};
use earful::report::{self, Context};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::Path;

/// What the same options of all runs are here: all that a summary can hold.
const OPTIONS: [&str; 15] = [
    "--salt",
    "a key",
    "--mention",
    "Acme",
    "--competitor",
    "Zenith",
    "--aspects",
    "general",
    "--by",
    "author",
    "--by",
    "town",
    "--tz",
    "Europe/Berlin",
    "--quiet",
];

const TEXTS: [&str; 10] = [
    "The battery of my Acme is great and lasts for days, I love it",
    "The battery died after a week, terrible, and nobody at Acme helped",
    "Acme is much better than Zenith when it comes to the screen",
    "Zenith support is worse than Acme support, I hate waiting for hours",
    "Write to ann.lee@example.org for the same wonderful grommet as mine",
    "Write to bob.ray@example.org for the same wonderful grommet as mine",
    "Awful delivery, the box was broken and the grommet was missing",
    "@Acme your battery is great, thanks @ann.lee and @acme.fan, and so is @zenith/u/joe",
    "it is a phone",
    "",
];

#[derive(Clone, Debug)]
struct Item {
    text: usize,
    author: u8,
    day: u8,
    stars: u8,
    town: u8,
    broken: bool,
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let item = (0..TEXTS.len(), 0..6u8, 0..200u8, 1..=5u8, 0..4u8, proptest::bool::weighted(0.05));
    let item = item.prop_map(|(text, author, day, stars, town, broken)| Item { text, author, day, stars, town, broken });
    proptest::collection::vec(item, 0..25)
}

/// A file of records, as JSON lines; without authors if those are not to be known.
fn file(number: usize, items: &[Item], authors: bool) -> String {
    let mut lines = String::new();
    for (at, item) in items.iter().enumerate() {
        let author = if authors { format!("\"author\":\"Person {}\",", item.author) } else { String::new() };
        let (month, day) = (item.day / 28 + 1, item.day % 28 + 1);
        let town = ["Ulm", "Bonn", "call +49 151 23456789", "call +49 151 98765432"][usize::from(item.town)];
        // No two texts are copies of each other: they say where they stand.
        let text = if TEXTS[item.text].is_empty() { String::new() } else { format!("{} n{number}x{at}", TEXTS[item.text]) };
        let end = if item.broken { "" } else { "}" };
        writeln!(
            lines,
            "{{\"id\":\"{number}-{at}\",{author}\"date\":\"2026-{month:02}-{day:02}T22:30:00Z\",\"stars\":{},\"town\":\"{town}\",\"review\":\"{text}\"{end}",
            item.stars
        )
        .unwrap();
    }
    lines
}

/// Runs with copies counted once, as people run it.
fn run(place: &Place, args: &[&str]) -> Run {
    let output = place.command(args).env_remove("EARFUL_COPIES").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { args: args.join(" "), status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// One report, of files or of parts, in a format.
fn shown(place: &Place, command: &str, names: &[&str], format: &str, options: &[&str]) -> String {
    let run = run(place, &[&[command], names, &["--format", format], options].concat());
    assert!(run.status == 0 || run.status == 3, "{run:?}");
    run.out
}

/// A part of files.
fn part(place: &Place, files: &[&str], name: &str, options: &[&str]) {
    let run = run(place, &[&["report"], files, &["--part", name], options].concat());
    assert!((run.status == 0 || run.status == 3) && run.out.is_empty(), "{run:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    /// Any split of the files, any order of the parts, any grouping of the merges: the bytes of one run.
    #[test]
    fn any_split_is_one_run(
        files in proptest::collection::vec(items(), 2..6),
        split in proptest::collection::vec(0..3usize, 6),
        order in Just([0, 1, 2]).prop_shuffle(),
        first in 1..3usize,
    ) {
        let place = Place::new();
        let names: Vec<String> = (0..files.len()).map(|number| format!("f{number}.jsonl")).collect();
        for (number, name) in names.iter().enumerate() {
            // A broken record must not be all there is: nobody could tell what the file is.
            let good = Item { text: 0, author: 9, day: 3, stars: 5, town: 0, broken: false };
            place.write(name, file(number, &[vec![good], files[number].clone()].concat(), true));
        }
        let mut parts: Vec<String> = Vec::new();
        for one in order {
            let mut members: Vec<&str> = names.iter().zip(&split).filter(|(_, part)| **part == one).map(|(name, _)| name.as_str()).collect();
            members.reverse();
            if !members.is_empty() {
                parts.push(format!("{one}.part"));
                part(&place, &members, &parts[parts.len() - 1], &OPTIONS);
            }
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let (head, tail) = parts.split_at(first.min(parts.len()));
        prop_assert!(run(&place, &[&["merge", "--quiet", "--part", "head.part"], head].concat()).out.is_empty());
        let grouped: Vec<&str> = tail.iter().copied().chain(["head.part"]).collect();
        for format in ["json", "md", "csv", "text"] {
            let whole = shown(&place, "report", &all, format, &OPTIONS);
            prop_assert_eq!(&shown(&place, "merge", &parts, format, &[]), &whole);
            prop_assert_eq!(&shown(&place, "merge", &grouped, format, &[]), &whole);
        }
        // Parts of the same files are the same bytes, however they came to be.
        part(&place, &all, "whole.part", &[OPTIONS.as_slice(), &["-j", "1"]].concat());
        run(&place, &[&["merge", "--quiet", "--part", "again.part"], grouped.as_slice()].concat()).fine();
        prop_assert!(std::fs::read(place.path("whole.part")).unwrap() == std::fs::read(place.path("again.part")).unwrap());
    }
}

/// Two files of one author each, and the same without authors in a folder beside them.
fn two(authors: bool) -> Place {
    let place = Place::new();
    let item = |text, author, stars, day| Item { text, author, stars, day, town: 0, broken: false };
    place.write("a.jsonl", file(1, &[item(0, 1, 5, 3), item(1, 2, 1, 40), item(2, 1, 4, 80)], authors));
    place.write("b.jsonl", file(2, &[item(3, 1, 1, 9), item(4, 3, 5, 50), item(6, 1, 2, 90)], authors));
    place
}

#[test]
fn without_a_key_authors_are_unknown_and_the_report_says_so() {
    let (known, unknown) = (two(true), two(false));
    for place in [&known, &unknown] {
        part(place, &["a.jsonl"], "a.part", &["-q"]);
        part(place, &["b.jsonl"], "b.part", &["-q"]);
    }
    let merged = shown(&unknown, "merge", &["b.part", "a.part"], "json", &[]);
    assert_eq!(merged, shown(&unknown, "report", &["a.jsonl", "b.jsonl"], "json", &[]), "nothing is said where nobody was known");
    let mut told: serde_json::Value = serde_json::from_str(&shown(&known, "merge", &["b.part", "a.part"], "json", &[])).unwrap();
    let notes = std::mem::replace(&mut told["notes"], serde_json::json!([]));
    assert!(notes.as_array().unwrap().len() == 1 && notes[0].as_str().unwrap().contains("authors could not be joined"), "{notes}");
    assert_eq!(told, serde_json::from_str::<serde_json::Value>(&merged).unwrap(), "all else is as if the files named nobody");
    let one: serde_json::Value = serde_json::from_str(&shown(&known, "report", &["a.jsonl", "b.jsonl"], "json", &[])).unwrap();
    assert_eq!(count(&one, "/read/authors/count"), 3);
    assert_eq!((&one["sentiment"], &one["timeline"], &one["words"]), (&told["sentiment"], &told["timeline"], &told["words"]));
}

/// What a part holds, unpacked.
fn inside(place: &Place, name: &str) -> String {
    let bytes = std::fs::read(place.path(name)).unwrap();
    let end = bytes.iter().position(|&byte| byte == b'\n').unwrap();
    String::from_utf8_lossy(&zstd::stream::decode_all(&bytes[end + 1..]).unwrap()).into_owned()
}

#[test]
fn parts_hold_no_names_and_no_personal_data() {
    let place = two(true);
    part(&place, &["b.jsonl"], "plain.part", &["-q"]);
    part(&place, &["b.jsonl"], "keyed.part", &["-q", "--salt", "k", "--by", "author"]);
    part(&place, &["b.jsonl"], "raw.part", &["-q", "--no-redact"]);
    for name in ["plain.part", "keyed.part"] {
        let inside = inside(&place, name);
        assert!(!inside.contains("Person") && !inside.contains("ann.lee"), "{name}");
        assert!(inside.contains("[e-mail]"), "{name}: {inside}");
    }
    assert!(inside(&place, "keyed.part").contains("author-") && !inside(&place, "plain.part").contains("author-"));
    assert!(inside(&place, "raw.part").contains("ann.lee") && !inside(&place, "raw.part").contains("Person"));
    let told = run(&place, &["merge", "raw.part", "--format", "json"]);
    assert!(told.err.contains("raw.part holds texts as they were written") && !told.out.contains("ann.lee"), "{told:?}");
    assert!(run(&place, &["merge", "raw.part", "--format", "json", "--no-redact"]).out.contains("ann.lee"));
    let told = run(&place, &["merge", "plain.part", "--format", "json", "--no-redact"]);
    assert!(told.err.contains("cannot bring it back"), "{told:?}");
    run(&place, &["report", "b.jsonl", "--part", "x.part", "--show-authors"]).fails(2, &["--show-authors", "--salt"]);
    run(&place, &["report", "b.jsonl", "--part", "x.part", "--by", "author"]).fails(2, &["--by author", "--salt"]);
    assert!(!place.path("x.part").exists());
}

#[test]
fn what_stands_in_two_parts_is_told() {
    let place = Place::with("a.csv", format!("id,review\n1,\"{GOOD}\"\n2,\"{BAD}\"\n"));
    place.write("b.csv", format!("id,review\n7,\"{GOOD}\"\n8,\"The parcel came late and the box was wet, what a pity\"\n"));
    part(&place, &["a.csv"], "a.part", &["-q"]);
    part(&place, &["b.csv"], "b.part", &["-q"]);
    let told = shown(&place, "merge", &["a.part", "b.part"], "json", &[]);
    assert!(told.contains("at least 1 record says the same as a record of another part and was counted in each"), "{told}");
    let told = shown(&place, "merge", &["a.part"], "json", &[]);
    assert!(!told.contains("of another part"), "{told}");
}

#[test]
fn files_of_one_name_are_told_apart_by_what_they_hold() {
    let (one, other) =
        (Place::with("a.csv", format!("id,review\n1,\"{GOOD}\"\n")), Place::with("a.csv", format!("id,review\n1,\"{BAD}\"\n")));
    part(&one, &["a.csv"], "one.part", &["-q"]);
    part(&other, &["a.csv"], "other.part", &["-q"]);
    one.write("other.part", std::fs::read(other.path("other.part")).unwrap());
    let merged = shown(&one, "merge", &["one.part", "other.part"], "json", &[]);
    assert_eq!(shown(&one, "merge", &["other.part", "one.part"], "json", &[]), merged);
    assert!(merged.contains("a.csv is the name of more than one file"), "{merged}");
    let report: serde_json::Value = serde_json::from_str(&merged).unwrap();
    assert_eq!((count(&report, "/read/files"), count(&report, "/read/scored")), (2, 2));
}

#[test]
fn what_was_wrong_with_a_file_is_told_again() {
    let place = two(true);
    place.write("c.csv", "id,number\n1,2\n");
    let salted = ["--salt", "k", "-q"];
    part(&place, &["a.jsonl", "c.csv"], "ac.part", &salted);
    part(&place, &["b.jsonl"], "b.part", &salted);
    let whole = run(&place, &[&["report", "a.jsonl", "b.jsonl", "c.csv", "--format", "json"], salted.as_slice()].concat());
    let merged = run(&place, &["merge", "b.part", "ac.part", "--format", "json"]);
    assert_eq!((merged.status, &merged.out, &merged.err), (whole.status, &whole.out, &whole.err));
    assert_eq!(merged.status, 3);
}

#[test]
fn archives_samples_and_lexicons_go_into_parts() {
    let place = two(true);
    place.write("mine.tsv", "# earful-lexicon: 1\ngrommet\t2.5\n");
    place.write("more/mine.tsv", "# earful-lexicon: 1\ngrommet\t2.5\n");
    let rows: String = (0..40)
        .map(|n| format!("\"{}\",{}\n", if n % 2 == 0 { GOOD } else { BAD }, if n % 2 == 0 { "positive" } else { "negative" }))
        .collect();
    place.write("sample.csv", format!("review,label\n{rows}"));
    let file = std::fs::File::create(place.path("z.zip")).unwrap();
    let mut archive = zip::ZipWriter::new(file);
    for name in ["z/2.csv", "z/1.csv"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, format!("id,review\n1,\"{GOOD} {name}\"\n2,\n").as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let options = ["--salt", "k", "--sample", "sample.csv", "--label", "label", "--domain", "food", "-q"];
    let with = |lexicon: &'static str| [options.as_slice(), &["--lexicon", lexicon]].concat();
    part(&place, &["z.zip"], "z.part", &with("mine.tsv"));
    part(&place, &["b.jsonl", "a.jsonl"], "ab.part", &with("more/mine.tsv"));
    let whole = shown(&place, "report", &["z.zip", "a.jsonl", "b.jsonl"], "json", &with("mine.tsv"));
    assert!(whole.contains("grommet") && whole.contains("z.zip/z/2.csv"), "{whole}");
    assert_eq!(shown(&place, "merge", &["z.part", "ab.part"], "json", &[]), whole);
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let place = two(true);
    place.write("mine.tsv", "# earful-lexicon: 1\ngrommet\t2.5\n");
    part(&place, &["a.jsonl"], "a.part", &["-q"]);
    for (options, found) in [
        (["--copies", "count"].as_slice(), "--copies: count, expected once as in a.part"),
        (&["--salt", "k"], "--salt: "),
        (&["--by", "town"], "--by: town"),
        (&["--domain", "food"], "--domain: food"),
        (&["--language", "en"], "--language: en"),
        (&["--lexicon", "mine.tsv"], "--lexicon: mine.tsv"),
        (&["--mention", "Acme"], "queries: "),
        (&["--tz", "Europe/Berlin"], "--tz: Europe/Berlin"),
    ] {
        part(&place, &["b.jsonl"], "b.part", &[&["-q"], options].concat());
        run(&place, &["merge", "a.part", "b.part"]).fails(3, &["b.part: found ", found, "the same options"]);
    }
    part(&place, &["a.jsonl"], "a.part", &["-q", "--salt", "k"]);
    part(&place, &["b.jsonl"], "b.part", &["-q", "--salt", "another"]);
    let told = run(&place, &["merge", "a.part", "b.part"]).fails(3, &["--salt"]);
    assert!(!told.err.contains("another"), "{told:?}");
}

#[test]
fn what_is_no_part_is_refused() {
    let place = two(true);
    part(&place, &["a.jsonl"], "a.part", &["-q"]);
    let whole = std::fs::read(place.path("a.part")).unwrap();
    let head = String::from_utf8_lossy(&whole[..whole.iter().position(|&byte| byte == b'\n').unwrap()]).into_owned();
    let with = |from: &str, to: &str| [head.replace(from, to).as_bytes(), &whole[head.len()..]].concat();
    place.write("format.part", with("part/1", "part/2"));
    place.write("program.part", with(concat!("earful-", env!("CARGO_PKG_VERSION")), "earful-0.0.9"));
    place.write("short.part", &whole[..whole.len() - 1]);
    place.write("flipped.part", [&whole[..whole.len() - 9], b"x", &whole[whole.len() - 8..]].concat());
    place.write("empty.part", "");
    place.write("report.json", shown(&place, "report", &["a.jsonl"], "json", &["-q"]));
    for (name, told) in [
        ("format.part", "a part of the format earful-part/2, expected earful-part/1"),
        ("program.part", "a part that earful-0.0.9 wrote, expected one of earful-"),
        ("short.part", "damaged or cut off"),
        ("flipped.part", "damaged or cut off"),
        ("empty.part", "an empty file, expected a part"),
        ("report.json", "a report in JSON is no part"),
        ("a.jsonl", "expected a part"),
        ("gone.part", "cannot be read"),
    ] {
        run(&place, &["merge", "a.part", name]).fails(3, &[&format!("{name}: "), told, "try: "]);
    }
}

#[test]
fn handles_that_are_listened_for_are_in_quotes_of_parts_too_and_no_others() {
    let place = Place::new();
    let good = Item { text: 7, author: 1, day: 3, stars: 5, town: 0, broken: false };
    for (number, name) in ["a.jsonl", "b.jsonl"].into_iter().enumerate() {
        place.write(name, file(number, std::slice::from_ref(&good), true));
        part(&place, &[name], &format!("{number}.part"), &OPTIONS);
    }
    let merged = shown(&place, "merge", &["0.part", "1.part"], "json", &[]);
    assert_eq!(merged, shown(&place, "report", &["a.jsonl", "b.jsonl"], "json", &OPTIONS));
    assert!(merged.contains("@Acme your battery is great, thanks [handle] and [handle], and so is [handle][handle]"), "{merged}");
    assert!(!merged.contains("ann.lee") && !merged.contains("acme.fan") && !merged.contains("u/joe"), "{merged}");
}

/// A part with something of everything.
fn full() -> Vec<u8> {
    let place = two(true);
    part(&place, &["a.jsonl", "b.jsonl"], "a.part", &OPTIONS);
    std::fs::read(place.path("a.part")).unwrap()
}

fn reported(part: &Part, lexicons: &[Lexicon]) -> report::Report {
    let context = Context {
        fans: 5,
        critics: 5,
        least_posts: 3,
        period: None,
        files: &part.files,
        groupings: &part.groupings,
        offered: part.offered,
        lexicons,
        quotes: 3,
        unredacted: false,
        pseudonyms: None,
        show_authors: true,
        sample: None,
        subjects: &part.subjects,
        handles: &part.handles,
    };
    report::build(&part.summary, &context)
}

#[test]
fn no_byte_may_change_and_none_may_be_missing() {
    let whole = full();
    assert!(part::read(&whole).is_ok());
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        assert!(part::read(&bytes).is_err(), "byte {at}");
        assert!(part::read(&whole[..at]).is_err(), "cut at {at}");
    }
    assert!(part::read(&[whole.as_slice(), b"x"].concat()).is_err());
}

/// Content that nobody wrote, under a checksum that is right: refused, or merged and shown without a panic.
#[test]
fn hostile_content_does_no_harm() {
    let whole = full();
    let head = whole.iter().position(|&byte| byte == b'\n').unwrap() + 1;
    let plain = zstd::stream::decode_all(&whole[head..]).unwrap();
    let lexicons = Config::default().lexicons().unwrap();
    let mut believed = 0;
    let mut state = 7u64;
    for round in 0..1000 {
        let mut bytes = plain.clone();
        for _ in 0..=round % 3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).unwrap() % bytes.len();
            bytes[at] = [0xFF, 0x7F, 0, 1, 0x80, state.to_le_bytes()[2]][usize::try_from(state >> 28).unwrap() % 6];
        }
        if let Ok(read) = part::read(&part::seal(&bytes).unwrap()) {
            believed += 1;
            let other = part::read(&whole).unwrap();
            for parts in [vec![read.clone()], vec![read.clone(), read], vec![other]] {
                let named = parts.into_iter().map(|part| ("x".to_owned(), part)).collect();
                if let Ok(merged) = part::merge(named) {
                    let mut out = Vec::new();
                    let report = reported(&merged, &lexicons);
                    report::RENDERERS.iter().for_each(|renderer| (renderer.render)(&report, report::Looks::default(), &mut out).unwrap());
                }
            }
        }
    }
    assert!(believed > 100, "{believed}");
}

#[test]
fn a_part_is_written_whole_or_not_at_all() {
    let place = two(true);
    run(&place, &["report", "gone.csv", "--part", "x.part"]).fails(3, &["gone.csv"]);
    run(&place, &["report", "a.jsonl", "--part", "gone/x.part"]).fails(2, &["x.part"]);
    assert!(place.files().iter().all(|name| !Path::new(name).extension().is_some_and(|ending| ending == "part" || ending == "draft")));
    let both = run(&place, &["report", "a.jsonl", "--part", "x.part", "--format", "json"]);
    assert_eq!(both.out, shown(&place, "merge", &["x.part"], "json", &[]), "what a part says, the run that wrote it says");
    assert_eq!(both.err, "earful: wrote x.part\n");
}
