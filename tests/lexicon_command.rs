//! `earful lexicon`: list, show, lint and diff, through the program. Lint is held to its registry of
//! codes: every code is found by a case here, so a check that cannot fire fails a test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{Place, Run, shipped};
use earful::lexicon::format;
use earful::lexicon::lint::{CODES, File, Level, Lint, lint};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A header without fault; five lines.
const HEAD: &str = "# earful-lexicon: 1\n# language: en\n# source: a test\n# licence: MIT\n\n";

/// Lines below the header, the code they are to have, and its line and column in the file.
const LINES: &[(&str, &str, (usize, usize))] = &[
    ("good 1.9", "spaces-for-tab", (6, 6)),
    ("good", "no-tab", (6, 5)),
    ("fine\t1\n\t1.9", "no-term", (7, 1)),
    ("good\t1,9", "decimal-comma", (6, 6)),
    ("good\t1.9.1", "no-number", (6, 6)),
    ("good\t12", "out-of-range", (6, 6)),
    ("very\tbooster:9", "out-of-range", (6, 14)),
    ("very\tboster", "unknown-role", (6, 6)),
    ("cr*\t1", "bad-star", (6, 1)),
    ("so good*\t1", "bad-star", (6, 1)),
    ("ab\u{202E}cd\t1", "bidi-control", (6, 3)),
    ("go\u{AD}od\t1", "invisible-character", (6, 3)),
    ("jo.doe@mail.example\t1", "personal-data", (6, 1)),
    ("https://shop.example/x\t1", "personal-data", (6, 1)),
    ("call 555 010 0199\t1", "personal-data", (6, 1)),
    ("@jo_doe\t-1", "handle", (6, 1)),
    ("good\t1\nbad\t-1\ngood\t2", "contradiction", (8, 1)),
    ("good\t1\ngood\t1", "repeated", (7, 1)),
    ("don't\tnegator\nDon’t\t-1", "folded-contradiction", (7, 1)),
    ("well-made\t1\nwell made\t1", "folded-repeated", (7, 1)),
    ("❤️\t1\n❤\t-1", "emoticon-variants", (7, 1)),
    (":-)\t1\n:)\t2", "emoticon-variants", (7, 1)),
    ("excellent\t3\nexcellently\t-2", "sign-conflict", (7, 1)),
    ("happily\t-1\nhappy\t2", "sign-conflict", (7, 1)),
    ("work as hoped\t2\nworks as hoped\t-2", "sign-conflict", (7, 1)),
    ("r&r\t1", "unreachable", (6, 1)),
    ("a b c d e f g h i j k l m n\t1", "shadowed", (6, 1)),
    (" good\t1", "stray-blanks", (6, 1)),
    ("good \t1", "stray-blanks", (6, 5)),
    ("good\t1 ", "stray-blanks", (6, 7)),
    ("good\t1\tdomain=apps\tx", "extra-column", (6, 19)),
    ("good\t1\tapps", "unknown-option", (6, 8)),
    ("good\t1\tdomian=apps", "unknown-option", (6, 8)),
    ("good\t1\tdomain=", "unknown-option", (6, 8)),
    ("good\t1\tsupport=0", "no-support", (6, 8)),
    ("good\t1\tdomain=zzz", "unknown-domain", (6, 15)),
    ("Good\t1", "mixed-case", (6, 1)),
    ("sooo\t1", "stretched", (6, 1)),
];

/// Whole files, the code they are to have, and its line and column.
const FILES: &[(&[u8], &str, (usize, usize))] = &[
    (b"# earful-lexicon: 1\n# language: en\n# source: x\n# licence: y\ngood\t1\ncaf\xE9\t1\n", "not-utf8", (6, 4)),
    (b"\xFF\xFEg\0o\0", "not-utf8", (1, 1)),
    (b"# earful-lexicon: 1\n", "no-entries", (1, 1)),
    (b"# earful-lexicon: 7\ngood\t1\n", "version", (1, 19)),
    (b"\xEF\xBB\xBF# earful-lexicon: 1\ngood\t1\n", "bom", (1, 1)),
    (b"# words\ngood\t1.5\n", "no-header", (1, 1)),
    (b"# earful-lexicon: 1\ngood\t1\n", "no-language", (1, 1)),
    (b"# earful-lexicon: 1\n# language: English\ngood\t1\n", "bad-language", (2, 1)),
    (b"# earful-lexicon: 1\ngood\t1\n", "no-source", (1, 1)),
    (b"# earful-lexicon: 1\ngood\t1\n", "no-licence", (1, 1)),
    (b"fed up\t-1.8\t0.4\t[1, 2]\n", "other-tool", (1, 1)),
    (b":D\t2.3\t0.4\t[1, 2]\n", "mixed-case", (1, 1)),
];

fn file(bytes: &[u8]) -> File {
    File { name: "f.tsv".to_owned(), bytes: bytes.to_vec() }
}

/// Where a lint found a code.
fn places(found: &Lint, code: &str) -> Vec<(usize, usize)> {
    found.findings.iter().filter(|finding| finding.code == code).map(|finding| (finding.line, finding.column)).collect()
}

#[test]
fn each_fault_is_found_where_it_is() {
    for (line, code, place) in LINES {
        let found = lint(&[file(format!("{HEAD}{line}\n").as_bytes())], &[], false);
        assert_eq!(places(&found, code), [*place], "{line:?} {code}: {found:#?}");
    }
    for (bytes, code, place) in FILES {
        let found = lint(&[file(bytes)], &[], false);
        assert_eq!(places(&found, code), [*place], "{bytes:?} {code}: {found:#?}");
    }
}

/// Two files that disagree, and one over another that says the same.
fn layers() -> [Lint; 2] {
    let (one, two) = (file(format!("{HEAD}sick\t-2\n").as_bytes()), file(format!("{HEAD}Sick\t2\n").as_bytes()));
    let lower = format::read("low.tsv", "# earful-lexicon: 1\n\nsick\t-2\n").unwrap();
    [lint(&[one.clone(), two], &[], false), lint(&[one], &[lower], false)]
}

#[test]
fn layers_are_compared() {
    let [opposite, idle] = layers();
    assert_eq!(places(&opposite, "opposite-files"), [(6, 1)]);
    assert_eq!(places(&idle, "no-effect"), [(6, 1)]);
    assert!(idle.findings[0].message.contains("low.tsv:3"), "{idle:?}");
}

#[test]
fn every_code_of_the_registry_can_be_found() {
    let mut found: BTreeSet<&str> = LINES.iter().map(|(_, code, _)| *code).chain(FILES.iter().map(|(_, code, _)| *code)).collect();
    found.extend(layers().iter().flat_map(|lint| lint.findings.iter().map(|finding| finding.code)));
    let known: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
    assert_eq!(known.len(), CODES.len(), "a name stands twice");
    assert_eq!(found, known, "a code without a case, or a case without a code");
    for code in CODES {
        assert!(code.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", code.name);
        assert!(code.summary.len() > 10 && code.advice.len() > 8, "{}", code.name);
    }
    assert!(CODES.is_sorted_by_key(|code| code.level), "errors first");
}

/// What keeps a line or a file from being read.
const READING: [&str; 9] =
    ["no-tab", "spaces-for-tab", "no-term", "decimal-comma", "no-number", "out-of-range", "unknown-role", "version", "no-entries"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever is in a file, lint reads it to its end, and the strict reader refuses exactly the files
    /// that have a fault of reading.
    #[test]
    fn any_bytes_are_linted(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        lines in "(#? ?[a-zA:*é@❤️]{0,6}[\t ]{0,2}(-?[0-9]{0,2}[.,]?[0-9]|negator|x)?\t?(domain=|support=0)?\r?\n){0,8}",
    ) {
        prop_assert_eq!(lint(&[file(&bytes)], &[], true).warnings, 0);
        let alone = lint(&[file(lines.as_bytes())], &[], false);
        prop_assert_eq!(alone.findings.iter().any(|finding| READING.contains(&finding.code)), format::read("f.tsv", &lines).is_err());
    }
}

/// The strict reader stops at the first line that lint has an error of reading for, and at no other.
#[test]
fn the_strict_reader_and_lint_agree() {
    for (line, ..) in LINES {
        let text = format!("{HEAD}good one\t1\n{line}\n");
        let found = lint(&[file(text.as_bytes())], &[], false);
        let first = found.findings.iter().find(|finding| READING.contains(&finding.code));
        match (format::read("f.tsv", &text), first) {
            (Ok(_), None) => {}
            (Err(error), Some(finding)) => {
                let said = format!("f.tsv:{}: {}", finding.line, finding.message);
                assert!(error.to_string().starts_with(&said), "{error} / {said}");
            }
            (strict, first) => panic!("{line:?}: {strict:?} but {first:?}"),
        }
    }
}

#[test]
fn a_broken_file_is_read_to_its_end() {
    let body: String = LINES.iter().map(|(line, ..)| format!("{line}\r\n")).collect();
    let place = Place::with("broken.tsv", [HEAD.as_bytes(), body.as_bytes(), b"caf\xE9\t1\nlast\t9\n"].concat());
    let run = place.run(&["lexicon", "lint", "broken.tsv", "--format", "json"]);
    assert_eq!(run.status, 1, "{run:?}");
    let found = run.json();
    let codes: BTreeSet<&str> = found["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    for code in [
        "no-tab",
        "spaces-for-tab",
        "decimal-comma",
        "unknown-role",
        "bad-star",
        "bidi-control",
        "contradiction",
        "not-utf8",
        "out-of-range",
    ] {
        assert!(codes.contains(code), "{code} is not in {codes:?}");
    }
    let last = found["findings"].as_array().unwrap().last().unwrap();
    assert_eq!((last["code"].as_str(), last["column"].as_u64()), (Some("out-of-range"), Some(6)));
    assert_eq!(place.run(&["lexicon", "lint", "broken.tsv", "--format", "json"]).out, run.out, "the order is fixed");
    let text = place.run(&["lexicon", "lint", "broken.tsv"]).out;
    assert!(!text.contains(['\u{202E}', '\u{1B}', '\u{AD}']) && !text.contains("jo.doe@mail") && !text.contains("555 010"), "{text}");
}

#[test]
fn exit_status_of_lint() {
    let place = Place::with("fine.tsv", format!("{HEAD}good\t1\nNOT good\t-1\ncrash*\t-2\n"));
    place.write("windows.tsv", format!("{HEAD}good\t1\nbad\t-1\n").replace('\n', "\r\n"));
    place.write("warned.tsv", format!("{HEAD}good\t1 \n"));
    place.write("wrong.tsv", format!("{HEAD}good\t1,5\n"));
    place.write("noted.tsv", format!("{HEAD}Good\t1\n"));
    let status = |args: &[&str]| place.run(&[&["lexicon", "lint"], args].concat()).status;
    assert!(place.run(&["lexicon", "lint", "fine.tsv", "windows.tsv"]).fine().out.ends_with("0 errors, 0 warnings, 0 notes\n"));
    assert_eq!((status(&["warned.tsv"]), status(&["warned.tsv", "--strict"]), status(&["wrong.tsv"])), (0, 1, 1));
    assert_eq!((status(&["noted.tsv", "--strict"]), status(&["fine.tsv", "wrong.tsv"]), status(&["missing.tsv"])), (0, 1, 2));
    assert_eq!(place.pipe(&["lexicon", "lint", "-"], "good\t1,5\n").status, 1);
    assert!(place.run(&["lexicon", "lint", "wrong.tsv"]).out.contains("wrong.tsv:6:6: error[decimal-comma]: found \"1,5\""));
    assert!(place.run(&["lexicon", "lint", "wrong.tsv", "--color", "always"]).out.contains("\u{1B}["));
    assert_eq!(place.run(&["lexicon", "lint", "--codes"]).fine().out.lines().count(), CODES.len());
    place.run(&["lexicon", "lint"]).err.contains("FILE").then_some(()).unwrap();
}

#[test]
fn formats_of_other_tools_are_linted_as_what_they_are() {
    let vader = "lol\t2.9\t0.3\t[3, 3]\nlol\t1.8\t0.3\t[2, 2]\nfed up\t-1.8\t0.4\t[1, 2]\nXD\t2.8\t0.4\t[3, 3]\n";
    let found = lint(&[file(vader.as_bytes())], &[], false);
    let codes: BTreeMap<&str, Level> = found.findings.iter().map(|finding| (finding.code, finding.level)).collect();
    assert_eq!(codes, BTreeMap::from([("contradiction", Level::Error), ("other-tool", Level::Note), ("mixed-case", Level::Note)]));
    assert_eq!((found.files[0].format, found.files[0].entries), ("vader", 4));
    let afinn = lint(&[file(b"good\t3\nbad\t-3\nnot good\t-2\n")], &[], false);
    assert_eq!((afinn.files[0].format, afinn.findings.len()), ("afinn", 0));
}

#[test]
fn misspelt_names_are_guessed() {
    let text = format!(
        "{HEAD}very\tboster:1.2\ngood\t1\tdomian=apps\nbad\t1\tdomain=food\nold\t1\tdomain=food\nnew\t1\tdomain=food\nx\t1\tdomain=fodd\n"
    );
    let advice =
        |code: &str| lint(&[file(text.as_bytes())], &[], false).findings.into_iter().find(|finding| finding.code == code).unwrap().advice;
    assert_eq!(advice("unknown-role"), "did you mean booster?");
    assert_eq!(advice("unknown-option"), "did you mean domain?");
    assert_eq!(advice("unknown-domain"), "did you mean food?");
}

// List

#[test]
fn lexicons_are_listed() {
    let place = Place::with("mine.tsv", format!("{}gut\t2\nlang\t-1\tdomain=food\n", HEAD.replace("en", "de")));
    let list = place.run(&["lexicon", "list", "--lexicon", "mine.tsv", "--format", "json"]).fine().json();
    let files = list["files"].as_array().unwrap();
    assert_eq!((files.last().unwrap()["file"].as_str(), files.last().unwrap()["entries"].as_u64()), (Some("mine.tsv"), Some(2)));
    assert!(files.iter().filter(|file| file["shipped"] == true).all(|file| file["licence"] == "MIT OR Apache-2.0"));
    let scored: Vec<&str> =
        list["languages"].as_array().unwrap().iter().filter(|l| l["scored"] == true).map(|l| l["code"].as_str().unwrap()).collect();
    assert_eq!(scored, ["de", "en"]);
    assert!(list["domains"].as_array().unwrap().iter().any(|domain| domain["domain"] == "food"));
    let text = place.run(&["lexicon", "list"]).fine().out;
    assert!(text.contains("en/service.tsv") && text.contains("French"), "{text}");
    let entries = place.run(&["lexicon", "list", "--entries", "--lexicon", "mine.tsv", "--lexicon-only"]).fine().out;
    assert_eq!(entries, "gut\t2\t\tmine.tsv:6\nlang\t-1\tdomain=food\tmine.tsv:7\n");
}

// Show

fn show(place: &Place, args: &[&str]) -> Value {
    place.run(&[&["lexicon", "show", "--format", "json"], args].concat()).fine().json()
}

#[test]
fn a_term_is_shown_with_all_its_places() {
    let place = Place::with("mine.tsv", format!("{HEAD}Refund\t1\ntotal refund now\t-3\nzapp*\t-2\n"));
    let all = show(&place, &["refund", "refundd", "zapping", "isn’t good", "--lexicon", "mine.tsv"]);
    let refund = &all[0];
    assert_eq!((refund["entry"]["file"].as_str(), refund["entry"]["line"].as_u64()), (Some("mine.tsv"), Some(6)));
    let given = refund["given"].as_array().unwrap();
    assert!(given.len() > 1 && given.iter().rev().skip(1).all(|given| given["status"] == "overridden"), "{given:?}");
    assert!(refund["phrases"].as_u64().unwrap() > 20 && refund["first_phrases"].as_array().unwrap().len() == 20);
    assert!(all[1]["entry"].is_null() && all[1]["similar"].as_array().unwrap().iter().any(|term| term == "refund"), "{}", all[1]);
    assert_eq!(all[2]["beginnings"][0]["term"], "zapp*");
    assert_eq!(all[3]["read_as"][0]["term"], "NOT good");
    let text = place.run(&["lexicon", "show", "refund", "--lexicon", "mine.tsv"]).fine().out;
    assert!(text.starts_with("refund: opinion 1\n") && text.contains("mine.tsv:6") && text.contains("more\n"), "{text}");
    assert!(!place.run(&["lexicon", "show", "a\u{1B}[31m\u{202E}b"]).fine().out.contains(['\u{1B}', '\u{202E}']));
}

// Diff

const ROWS: &str = "id,review\n1,\"The service was sick, mail jo.doe@mail.example\"\n2,\"The bread was lovely.\"\n3,\"A table.\"\n4,\"\u{202E}sick \u{1B}[31m and sick again\"\n";

fn diff(args: &[&str]) -> (Place, Run) {
    let place = Place::with("mine.tsv", format!("{HEAD}sick\t3\nlovely\t2.2\nsproing\t-1\n"));
    place.write("rows.csv", ROWS);
    place.write("old.tsv", format!("{HEAD}sick\t-2\nstale\t-2\n"));
    let run = place.run(&[&["lexicon", "diff"], args].concat());
    (place, run)
}

#[test]
fn what_a_file_changes_is_told() {
    let (_place, run) = diff(&["old.tsv", "mine.tsv", "--lexicon-only", "--format", "json"]);
    let found = run.fine().json();
    assert_eq!((found["flips"].as_u64(), found["changed"][0]["term"].as_str()), (Some(1), Some("sick")));
    assert_eq!(
        (found["changed"][0]["before"]["meaning"].as_str(), found["changed"][0]["after"]["meaning"].as_str()),
        (Some("-2"), Some("3"))
    );
    let terms = |list: &str| found[list].as_array().unwrap().iter().map(|c| c["term"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!((terms("added"), terms("removed")), (vec!["lovely".to_owned(), "sproing".to_owned()], vec!["stale".to_owned()]));
    let (_place, over) = diff(&["builtin", "mine.tsv", "--format", "json"]);
    let over = over.fine().json();
    assert_eq!(over["added"][0]["term"].as_str(), Some("sproing"));
    // What was learned about a term goes when it gets a new meaning; nothing else does.
    let gone = |change: &serde_json::Value| change["before"]["meaning"].as_str().unwrap().starts_with("leaning:");
    assert!(over["removed"].as_array().unwrap().iter().all(gone));
    let (_place, none) = diff(&["builtin", "builtin"]);
    assert!(none.fine().out.contains("0 changed"));
}

#[test]
fn records_that_change_sides_are_shown_without_personal_data() {
    let (place, run) = diff(&["old.tsv", "mine.tsv", "rows.csv", "--format", "json", "--quiet"]);
    let records = &run.fine().json()["records"];
    assert_eq!((records["records"].as_u64(), records["flipped"].as_u64()), (Some(4), Some(2)), "{records}");
    let sum: u64 = records["table"].as_array().unwrap().iter().map(|cell| cell["records"].as_u64().unwrap()).sum();
    assert_eq!(sum, 4);
    let example = records["examples"].as_array().unwrap().iter().find(|example| example["record"] == 1).unwrap();
    assert_eq!((example["from"].as_str(), example["to"].as_str()), (Some("negative"), Some("positive")));
    assert_eq!(example["words"][0]["text"], "sick");
    assert!(example["text"].as_str().unwrap().contains("[e-mail]"));
    let text = place.run(&["lexicon", "diff", "old.tsv", "mine.tsv", "rows.csv"]).fine().out;
    assert!(text.contains("negative -> positive") && !text.contains("jo.doe") && !text.contains(['\u{1B}', '\u{202E}']), "{text}");
    let one = place.run(&["lexicon", "diff", "old.tsv", "mine.tsv", "rows.csv", "--examples", "1", "-j", "1"]).fine().out;
    assert_eq!(one.matches("rows.csv record").count(), 1);
    assert!(place.run(&["lexicon", "diff", "old.tsv", "mine.tsv", "rows.csv", "--no-redact"]).fine().out.contains("jo.doe"));
}

#[test]
fn every_command_has_examples_in_its_help() {
    for command in ["list", "show", "lint", "diff"] {
        let help = Place::new().run(&["lexicon", command, "--help"]).fine().out;
        assert!(help.contains("Examples:") && help.contains(&format!("earful lexicon {command}")), "{help}");
    }
    assert!(shipped("lexicons/inflections.tsv").is_file());
}
