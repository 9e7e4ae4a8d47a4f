//! The formats for build servers: that JUnit XML and SARIF fit their schemas, that GitHub's limits hold, and
//! that nothing from input breaks out of any of them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test says what is wrong by failing

mod common;

use common::{BAD, Place, shipped};
use earful::report::{self, Looks, Outcome, Report, STEP_LIMIT, Unit, Verdict, step_summary};
use earful::stats::Estimate;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

/// Text as strangers write it: what ends a line, an attribute, an element, a command, a string or a cell.
const HOSTILE: &str = "=cmd()\"'><failure/>]]>&amp;\u{0}\u{8}\u{1b}[31m\u{FFFF}\u{202E}x\r\n::error file=a::b%0A::stop-commands::t\n## Heading\n| a | b <script>";

fn verdict(outcome: Outcome, objective: bool, name: &str) -> Verdict {
    Verdict {
        name: name.to_owned(),
        condition: "complaints > 30%".to_owned(),
        objective,
        outcome,
        stops: outcome == Outcome::Fail && !objective,
        measured: Some(Estimate { value: 0.41, low: 0.36, high: 0.46 }),
        threshold: 0.3,
        unit: Unit::Share,
        reason: "complaints 41.0 % (36.0 to 46.0) of 400 records; even the lower bound is more than 30 %".to_owned(),
        place: Some("posts.csv:3 (line 7)".to_owned()),
    }
}

fn base() -> Report {
    let place = Place::new();
    let bakery = shipped("examples/bakery-reviews.csv");
    serde_json::from_value(place.report(&[bakery.to_str().unwrap()])).unwrap()
}

fn with(verdicts: Vec<Verdict>) -> Report {
    Report { verdicts, ..base() }
}

fn mixed() -> Report {
    with(vec![
        verdict(Outcome::Fail, true, "love"),
        verdict(Outcome::Pass, true, "peace"),
        verdict(Outcome::Pass, false, "fine"),
        Verdict { measured: None, place: None, ..verdict(Outcome::Unknown, false, "who knows") },
        verdict(Outcome::Fail, false, "complaints > 30%"),
    ])
}

fn hostile() -> Report {
    let bad = |outcome, objective| Verdict {
        condition: HOSTILE.to_owned(),
        reason: HOSTILE.to_owned(),
        place: Some(format!("{HOSTILE}.csv:3 (line 7)")),
        ..verdict(outcome, objective, HOSTILE)
    };
    with(vec![bad(Outcome::Fail, true), bad(Outcome::Unknown, false), bad(Outcome::Fail, false)])
}

fn render(report: &Report, format: &str) -> String {
    let mut out = Vec::new();
    (report::by_name(format).unwrap().render)(report, Looks::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// An element: its name, its attributes, its elements and its text.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    inner: Vec<Element>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or_else(|| panic!("no {name} in {self:?}"), |(_, value)| value)
    }

    fn all(&self, name: &str) -> Vec<&Self> {
        self.inner.iter().filter(|element| element.name == name).collect()
    }
}

/// Reads XML strictly: what is not well-formed XML 1.0 is a failure.
fn read(xml: &str) -> Element {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    assert!(xml.chars().all(legal), "{xml}");
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let element = start(&tag);
                open.push(element);
            }
            Event::Empty(tag) => {
                let element = start(&tag);
                open.last_mut().unwrap().inner.push(element);
            }
            Event::End(_) => {
                let element = open.pop().unwrap();
                open.last_mut().unwrap().inner.push(element);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(entity) => {
                let sign = match &*entity {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("{other:?}"),
                };
                open.last_mut().unwrap().text.push(sign);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].inner.len(), 1);
    open.remove(0).inner.remove(0)
}

fn start(tag: &quick_xml::events::BytesStart<'_>) -> Element {
    let attributes = tag.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
        (attribute.key.as_ref().to_owned(), value)
    });
    Element { name: tag.name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
}

/// What the schemas in use have in common (that of Ant's reports, which requires most, and those of Jenkins,
/// which allow least): an element's attributes, required ones first, and its elements in their order.
const JUNIT: [(&str, &[&str], &[&str]); 8] = [
    ("testsuites", &[], &["testsuite"]),
    (
        "testsuite",
        &["id", "package", "name", "hostname", "timestamp", "tests", "failures", "errors", "skipped", "time"],
        &["properties", "testcase", "system-out", "system-err"],
    ),
    ("properties", &[], &["property"]),
    ("property", &["name", "value"], &[]),
    ("testcase", &["name", "classname", "time"], &["skipped", "failure"]),
    ("skipped", &[], &[]),
    ("failure", &["type", "message"], &[]),
    ("system-out", &[], &[]),
];

fn fits(element: &Element) {
    let name = if element.name == "system-err" { "system-out" } else { &element.name };
    let (_, attributes, inner) = JUNIT.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("{element:?}"));
    let mut found: Vec<&str> = element.attributes.iter().map(|(name, _)| name.as_str()).collect();
    let mut expected = attributes.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{}", element.name);
    let order: Vec<usize> =
        element.inner.iter().map(|e| inner.iter().position(|known| *known == e.name).unwrap_or_else(|| panic!("{e:?}"))).collect();
    assert!(order.is_sorted(), "{element:?}");
    match name {
        "testsuite" => {
            for once in ["properties", "system-out", "system-err"] {
                assert_eq!(element.all(once).len(), 1, "{once}");
            }
            for number in ["id", "tests", "failures", "errors", "skipped"] {
                element.get(number).parse::<u32>().unwrap();
            }
            let (day, time) = element.get("timestamp").split_once('T').unwrap();
            assert!(day.len() == 10 && day.chars().all(|c| c.is_ascii_digit() || c == '-') && time == "00:00:00");
        }
        "testcase" => assert!(element.inner.len() <= 1, "{element:?}"),
        "properties" => assert!(!element.inner.is_empty()),
        _ => {}
    }
    element.inner.iter().for_each(fits);
}

#[test]
fn junit_fits_its_schemas() {
    for report in [mixed(), hostile(), with(Vec::new())] {
        let root = read(&render(&report, "junit"));
        assert_eq!(root.name, "testsuites");
        fits(&root);
        let suite = root.all("testsuite")[0];
        let cases = suite.all("testcase");
        let having = |name: &str| cases.iter().filter(|case| !case.all(name).is_empty()).count().to_string();
        assert_eq!(suite.get("tests"), report.verdicts.len().to_string());
        assert_eq!(cases.len(), report.verdicts.len());
        assert_eq!((suite.get("failures"), suite.get("skipped")), (having("failure").as_str(), having("skipped").as_str()));
    }
    let root = read(&render(&mixed(), "junit"));
    let suite = root.all("testsuite")[0];
    assert_eq!((suite.get("timestamp"), suite.get("failures"), suite.get("skipped")), ("2026-07-28T00:00:00", "2", "1"));
    let case = suite.all("testcase")[4];
    assert_eq!((case.get("name"), case.get("classname")), ("complaints > 30%", "earful.gates"));
    assert!(case.inner[0].get("message").starts_with("fail: complaints 41.0 %"), "{case:?}");
    assert!(case.inner[0].text.ends_with("see posts.csv:3 (line 7)"), "{case:?}");
    assert!(suite.all("properties")[0].inner.iter().any(|p| p.get("name") == "records" && p.get("value") == "303"));
}

#[test]
fn a_gate_that_stops_for_want_of_data_is_a_failure() {
    let strict = Verdict { stops: true, ..verdict(Outcome::Unknown, false, "x") };
    let report = with(vec![strict]);
    assert!(render(&report, "junit").contains("<failure type=\"gate\" message=\"not enough data: "));
    assert!(render(&report, "github").starts_with("::error "));
    assert!(render(&report, "sarif").contains("\"level\": \"error\""));
}

fn sarif_schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(shipped("tests/sarif.schema.json")).unwrap()).unwrap()
}

#[test]
fn sarif_fits_its_schema() {
    let validator = jsonschema::draft202012::new(&sarif_schema()).unwrap();
    for report in [mixed(), hostile(), with(Vec::new())] {
        let sarif: Value = serde_json::from_str(&render(&report, "sarif")).unwrap();
        let errors: Vec<String> = validator.iter_errors(&sarif).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let run = &sarif["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), report.verdicts.len());
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(result["ruleId"], rules[index]["id"]);
        }
    }
    let sarif: Value = serde_json::from_str(&render(&mixed(), "sarif")).unwrap();
    let levels: Vec<&str> = sarif["runs"][0]["results"].as_array().unwrap().iter().map(|r| r["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["warning", "note", "error"]);
    assert_eq!(sarif["runs"][0]["results"][2]["locations"][0]["physicalLocation"]["region"]["startLine"], 7);
    // What the schema forbids is told.
    let mut wrong = sarif.clone();
    wrong["runs"][0]["results"][0]["level"] = "bad".into();
    assert!(!validator.is_valid(&wrong));
    let mut wrong = sarif;
    wrong["runs"][0]["tool"]["driver"]["extra"] = 1.into();
    assert!(!validator.is_valid(&wrong));
}

/// A workflow command: its name, its properties, its message.
type Told = (String, Vec<(String, String)>, String);

/// Workflow commands, as GitHub takes them apart.
fn commands(text: &str) -> Vec<Told> {
    let command = |line: &str| {
        let (head, message) = line.strip_prefix("::").unwrap_or_else(|| panic!("{line}")).split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap();
        let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())).unwrap();
        (name.to_owned(), properties.split(',').map(pair).collect(), message.to_owned())
    };
    text.lines().map(command).collect()
}

#[test]
fn annotations_are_few_and_the_worst_first() {
    let told = commands(&render(&mixed(), "github"));
    let names: Vec<&str> = told.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["error", "warning", "notice"]);
    let (_, properties, message) = &told[0];
    let expected = [("title", "Gate%3A fail%3A complaints > 30%25"), ("file", "posts.csv"), ("line", "7")];
    assert_eq!(properties, &expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(message.starts_with("complaints 41.0 %25 (36.0 to 46.0)"), "{message}");
    // The farther from the threshold, the earlier.
    let fail = |n: u32| Verdict {
        measured: Some(Estimate { value: 0.3 + f64::from(n) / 100.0, low: 0.301, high: 0.9 }),
        ..verdict(Outcome::Fail, false, &format!("g{n}"))
    };
    let titles = |count: u32| -> Vec<String> {
        let told = commands(&render(&with((1..=count).map(fail).collect()), "github"));
        told.into_iter().map(|(_, properties, message)| if properties.len() > 1 { properties[0].1.clone() } else { message }).collect()
    };
    assert_eq!(titles(10).len(), 10);
    let many = titles(25);
    assert_eq!((many.len(), many[0].as_str(), many[8].as_str()), (10, "Gate%3A fail%3A g25", "Gate%3A fail%3A g17"));
    assert_eq!(many[9], "and 16 more; the summary of this step has them all");
    assert_eq!(render(&with(vec![verdict(Outcome::Pass, false, "x")]), "github"), "");
}

#[test]
fn nothing_from_input_breaks_out() {
    let report = hostile();
    // A command a verdict, none of them from input.
    let told = commands(&render(&report, "github"));
    assert_eq!(told.len(), 3);
    for (name, properties, message) in &told {
        assert!(["error", "warning", "notice"].contains(&name.as_str()));
        assert_eq!(properties.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["title", "file", "line"]);
        assert!(!message.contains("%0A") && message.contains("%250A"), "{message}");
    }
    for format in ["text", "md", "csv", "json", "junit", "sarif", "github"] {
        let shown = render(&report, format);
        let steers = |c: char| c.is_control() && c != '\n';
        assert!(!shown.chars().any(|c| steers(c) || c == '\u{202E}' && format != "json"), "{format}: {shown:?}");
        if format != "json" {
            assert!(!shown.lines().any(|line| line.starts_with("::error file=a")), "{format}: {shown}");
        }
        assert!(
            format == "text"
                || format == "json"
                || format == "csv"
                || format == "sarif"
                || format == "github"
                || !shown.contains("<script>"),
            "{format}"
        );
    }
    assert_eq!(render(&report, "md").lines().filter(|line| *line == "## Heading").count(), 0);
    let table = render(&report, "csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let told: Vec<&csv::StringRecord> =
        rows.iter().filter(|row| row[0].starts_with("gate: ") || row[0].starts_with("objective: ")).collect();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|row| row[1].starts_with("'=cmd()")), "{told:?}");
    // What is left of the text is the text.
    let root = read(&render(&report, "junit"));
    assert!(root.inner[0].all("testcase").iter().all(|case| case.get("name").starts_with("=cmd()\"'><failure/>]]>&amp;\\u{0}")));
}

#[test]
fn a_hostile_file_name_stays_a_name() {
    let place = Place::new();
    let name = "a,b::error::x%0A.csv";
    place.write(name, format!("review\n{}", format!("{BAD}\n").repeat(40)));
    let run = place.run(&["report", "--format", "github", "-q", "--fail-if", "complaints > 30%", name]).fails(1, &["gate failed"]);
    let told = commands(&run.out);
    assert_eq!(told.len(), 1, "{run:?}");
    assert_eq!(told[0].1[1], ("file".to_owned(), "a%2Cb%3A%3Aerror%3A%3Ax%250A.csv".to_owned()));
}

#[test]
fn the_step_summary_is_the_report_cut_by_section() {
    let mut report = mixed();
    assert_eq!(step_summary(&report, STEP_LIMIT), render(&report, "md"));
    // Quotes without end.
    let quote = report.quotes.complaint[0].clone();
    report.quotes.complaint = vec![quote; 9000];
    let whole = render(&report, "md");
    assert!(whole.len() > STEP_LIMIT, "{}", whole.len());
    let cut = step_summary(&report, STEP_LIMIT);
    assert!(cut.len() <= STEP_LIMIT && cut.contains("## Objectives") && cut.contains("## Gates") && cut.contains("## Praise\n"));
    assert!(!cut.contains("\n## Complaints\n"));
    let last = cut.lines().last().unwrap();
    assert!(last.starts_with("Left out") && last.contains("Complaints"), "{last}");
}

#[test]
fn the_step_summary_is_added_where_github_asks() {
    let place = Place::with("posts.csv", format!("review\n{}", format!("{BAD}\n").repeat(40)));
    let run = |format: &str, summary: &str| {
        let args = ["report", "posts.csv", "-q", "--format", format, "--fail-if", "complaints > 30%"];
        let output = place.command(&args).env("GITHUB_STEP_SUMMARY", summary).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
    };
    run("md", "summary.md");
    run("github", "");
    assert_eq!(place.files(), ["posts.csv"]);
    run("github", "summary.md");
    run("github", "summary.md");
    assert_eq!(place.read("summary.md").matches("# Praise versus complaints\n").count(), 2);
    // What others wrote into it counts too.
    place.write("full.md", "x".repeat(STEP_LIMIT - 10));
    run("github", "full.md");
    assert_eq!(place.read("full.md").len(), STEP_LIMIT - 10);
}

#[test]
fn endings_pick_the_formats() {
    let place = Place::with("posts.csv", format!("review\n{}", format!("{BAD}\n").repeat(40)));
    place.run(&["report", "posts.csv", "-q", "--fail-if", "complaints > 90%", "-o", "gates.xml", "-o", "x.sarif"]);
    fits(&read(&place.read("gates.xml")));
    assert!(place.read("x.sarif").contains("\"2.1.0\""));
}
