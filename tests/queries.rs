//! Queries for mentions: what they find, what they refuse and how they say so.
#![allow(clippy::unwrap_used, clippy::panic)] // a test says what is wrong by failing

mod common;

use earful::lexicon::{Lexicon, Reading, Role, builtin};
use earful::mention::{Found, Query, Subject, Subjects};
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| builtin::lexicon().unwrap());

/// The columns of all rows of the table.
const COLUMNS: [(&str, &str); 5] =
    [("Author", "Ann_Lee"), ("lang", "en"), ("product", "Galaxy S"), ("source", "Twitter"), ("Reply to", "bob")];

fn subject(query: &str) -> Subject {
    let (query, fuzzy) = query.strip_prefix("fuzzy ").map_or((query, false), |query| (query, true));
    Subject { fuzzy, ..Subject::new(query, Query::parse(query).unwrap_or_else(|error| panic!("{query}: {error:?}"))) }
}

/// What subject `number` has in a text: its places, `+` for the whole record, `-` for nothing.
fn answer(subjects: &Subjects, number: u32, text: &str, (reading, found): &mut (Reading, Found)) -> String {
    LEXICON.read(text, reading);
    subjects.find(text, reading.tokens(), &COLUMNS, &|token| LEXICON.role_of(token) != Role::None, found);
    let places: Vec<&str> = found.mentions().iter().filter(|m| m.subject == number).map(|m| m.of(text)).collect();
    let (matched, whole) = (found.subjects().contains(&number), found.whole().contains(&number));
    assert_eq!(matched, whole || !places.is_empty());
    assert!(!whole || places.is_empty());
    if whole {
        "+".to_owned()
    } else if places.is_empty() {
        "-".to_owned()
    } else {
        places.join("|")
    }
}

struct Row {
    line: usize,
    query: String,
    text: String,
    expected: String,
}

fn rows() -> Vec<Row> {
    let table = std::fs::read_to_string(common::shipped("tests/queries.tsv")).unwrap();
    let lines = table.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with("# ") && *line != "#");
    lines
        .map(|(at, line)| {
            let cells: Vec<String> = line.split('\t').map(|cell| cell.replace("\\n", "\n")).collect();
            let [query, text, expected] = cells.try_into().unwrap_or_else(|cells| panic!("line {}: {cells:?}", at + 1));
            Row { line: at + 1, query, text, expected }
        })
        .collect()
}

#[test]
fn queries_find_what_the_table_says() {
    let rows = rows();
    assert!(rows.len() >= 200, "{}", rows.len());
    let mut wrong = Vec::new();
    for Row { line, query, text, expected } in &rows {
        let subjects = Subjects::compile(vec![subject(query)]).unwrap();
        let got = answer(&subjects, 0, text, &mut Default::default());
        if got != *expected {
            wrong.push(format!("line {line}: {query} in {text:?}: {got}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} of {}", wrong.join("\n"), wrong.len(), rows.len());
}

#[test]
fn a_query_finds_the_same_alone_and_among_all_others() {
    let rows = rows();
    let mut list: Vec<Subject> = rows.iter().map(|row| subject(&row.query)).collect();
    (0..).zip(&mut list).for_each(|(number, subject): (u32, _)| subject.name = format!("q{number}"));
    let all = Subjects::compile(list).unwrap();
    let mut memory = Default::default();
    for (number, row) in (0..).zip(&rows) {
        assert_eq!(answer(&all, number, &row.text, &mut memory), row.expected, "line {}", row.line);
    }
}
