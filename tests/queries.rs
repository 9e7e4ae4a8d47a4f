//! Queries for mentions: what they find, what they refuse and how they say so.
#![allow(clippy::unwrap_used, clippy::panic)] // a test says what is wrong by failing

mod common;

use earful::lexicon::{Lexicon, Reading, Role, builtin};
use earful::mention::{Found, Query, Subject, Subjects};
use proptest::prelude::*;
use std::fmt::Write;
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

#[test]
fn bad_queries_are_refused_with_a_mark_under_the_fault() {
    let text = std::fs::read_to_string(common::shipped("tests/bad_queries.txt")).unwrap();
    let blocks: Vec<&str> = text.split("\n\n").filter(|block| !block.trim().is_empty()).collect();
    assert!(blocks.len() >= 30, "{}", blocks.len());
    let mut got = String::new();
    for block in &blocks {
        let query = block.lines().next().unwrap().strip_prefix("query: ").unwrap();
        let query =
            query.replace("{deep}", &"(".repeat(70)).replace("{words}", &"w ".repeat(33)).replace("{near}", &"a NEAR/1 ".repeat(70));
        let error = Query::parse(&query).map(|query| format!("{:?}", query.expr())).unwrap_err().of(&query);
        writeln!(got, "{}\n{error}\n", block.lines().next().unwrap()).unwrap();
    }
    assert_eq!(got.trim_end(), text.trim_end());
}

fn matches(subjects: &Subjects, text: &str) -> bool {
    let mut tokens = earful::text::Tokens::new();
    tokens.read(text);
    let mut found = Found::new();
    subjects.find(text, &tokens, &COLUMNS, &|_| false, &mut found);
    for mention in found.mentions() {
        assert!(mention.first <= mention.last && (mention.last as usize) < tokens.as_slice().len());
        assert!(!mention.of(text).is_empty());
    }
    !found.subjects().is_empty()
}

fn holds(query: &str, text: &str) -> bool {
    matches(&Subjects::compile(vec![subject(query)]).unwrap(), text)
}

/// Expressions over few words, so that texts answer some and not others.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => "[a-d]",
        1 => Just("\"a b\"".to_owned()),
        1 => Just("ce*".to_owned()),
        1 => Just("lang:en".to_owned()),
        1 => ("[a-d]", 0u32..3, "[a-d]").prop_map(|(a, n, b)| format!("({a} NEAR/{n} {b})")),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} AND {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
            inner.prop_map(|a| format!("(NOT {a})")),
        ]
    })
}

fn sentence() -> impl Strategy<Value = String> {
    "([a-e] |cede |, |\\. ){0,8}"
}

proptest! {
    #[test]
    fn the_laws_of_logic_hold(a in expression(), b in expression(), c in expression(), text in sentence()) {
        let same = |one: String, other: String| -> Result<(), TestCaseError> {
            prop_assert_eq!(holds(&one, &text), holds(&other, &text), "{} / {}", one, other);
            Ok(())
        };
        same(format!("NOT ({a} AND {b})"), format!("NOT {a} OR NOT {b}"))?;
        same(format!("NOT ({a} OR {b})"), format!("NOT {a} AND NOT {b}"))?;
        same(format!("{a} AND ({b} OR {c})"), format!("({a} AND {b}) OR ({a} AND {c})"))?;
        same(format!("{a} OR {b} AND {c}"), format!("({a} OR {b}) AND ({a} OR {c})"))?;
        same(format!("NOT NOT {a}"), a.clone())?;
        same(format!("{a} AND {b}"), format!("{b} AND {a}"))?;
        same(format!("{a} OR {b}"), format!("{b} OR {a}"))?;
        // Behind a comma NOT leaves out.
        if !a.starts_with("(NOT") && !b.starts_with("(NOT") {
            same(format!("{a}, {b}"), format!("{b} OR {a}"))?;
        }
        prop_assert_eq!(holds(&a, &text), !holds(&format!("-{a}"), &text));
    }

    #[test]
    fn nearness_is_mutual_and_counts_words(a in "[a-d]", b in "[a-d]", n in 0u32..4, text in sentence()) {
        prop_assert_eq!(holds(&format!("{a} NEAR/{n} {b}"), &text), holds(&format!("{b} NEAR/{n} {a}"), &text));
        let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).collect();
        let places = |wanted: &str| words.iter().enumerate().filter(|(_, word)| **word == wanted).map(|(at, _)| at).collect::<Vec<_>>();
        let near = places(&a).iter().any(|x| places(&b).iter().any(|y| x != y && x.abs_diff(*y) - 1 <= n as usize));
        prop_assert_eq!(holds(&format!("{a} NEAR/{n} {b}"), &text), near);
    }

    #[test]
    fn any_query_is_understood_or_refused_at_a_place_inside(
        query in "(AND|OR|NOT|NEAR/3|NEAR| |\\(|\\)|\"|“|,|!|-|\\*|:|@|#|a|bc|é|苹果|🍎|x:y|\\PC){0,16}",
        text in "\\PC{0,30}",
    ) {
        match Query::parse(&query) {
            Ok(parsed) => {
                let subjects = Subjects::compile(vec![Subject { fuzzy: true, ..Subject::new("q", parsed) }]).unwrap();
                matches(&subjects, &text);
                matches(&subjects, &query);
            }
            Err(error) => {
                prop_assert!(error.range.start <= error.range.end && error.range.end <= query.len(), "{:?}", error);
                prop_assert!(query.get(error.range.clone()).is_some());
                let shown = error.of(&query).to_string();
                prop_assert!(shown.contains('^') && shown.contains("try: "));
            }
        }
    }

    #[test]
    fn a_query_among_two_hundred_others_finds_the_same(query in expression(), text in sentence()) {
        static OTHERS: LazyLock<Vec<Subject>> = LazyLock::new(|| rows().iter().take(200).enumerate()
            .map(|(number, row)| Subject { name: format!("q{number}"), ..subject(&row.query) }).collect());
        let mut list = OTHERS.clone();
        list.insert(100, subject(&query));
        let many = Subjects::compile(list).unwrap();
        let one = Subjects::compile(vec![subject(&query)]).unwrap();
        let mut memory = Default::default();
        prop_assert_eq!(answer(&many, 100, &text, &mut memory), answer(&one, 0, &text, &mut memory));
    }
}

#[test]
fn hostile_texts_and_queries_take_their_time_and_no_more() {
    let terms: Vec<String> = (0..10_000).map(|number| format!("name{number}")).collect();
    let long = Subjects::compile(vec![
        Subject { name: "many".to_owned(), ..subject(&terms.join(" OR ")) },
        subject("fuzzy naming, \"a a a a a a a a a b\", a NEAR/3 b, aa*, !\"a a\", 苹苹苹苹果, \"x y\", @ab*, #ab*"),
    ])
    .unwrap();
    let started = std::time::Instant::now();
    for text in [
        "a".repeat(1 << 20),
        "a ".repeat(1 << 19),
        "苹".repeat(1 << 18),
        "#a".repeat(1 << 19),
        "#_".repeat(1 << 19),
        format!("#{}", "_a".repeat(1 << 19)),
        "@a".repeat(1 << 19),
        "aa,".repeat(1 << 18),
        format!("x{}y", " ".repeat(1 << 20)),
        "x . ".repeat(1 << 18),
        "aA".repeat(1 << 18),
        "nnaming ".repeat(1 << 17),
    ] {
        matches(&long, &text);
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert!(matches(&long, "here is name9999."));
    assert!(Query::parse(&"(".repeat(200_000)).is_err());
    assert!(Query::parse(&"NOT ".repeat(50_000)).is_err());
    assert!(Query::parse(&format!("{}a{}", "(".repeat(60), ")".repeat(60))).is_ok());
    assert!(Query::parse(&"a AND ".repeat(20_000)).is_err());
    assert!(Query::parse(&format!("{}a", "a AND ".repeat(20_000))).is_ok());
    assert!(Query::parse(&"a".repeat(1 << 20)).is_err());
}

#[test]
fn files_hold_subjects_and_examples() {
    let file = "lexicon = [\"x\"]\n[other]\nname = 1\n[[mention]]\nname = \"Apple\"\nkind = \"competitor\"\nquery = 'apple, !\"apple pie\"'\nfuzzy = true\n\
                must-match = [\"My Apple died\"]\nmust-not-match = [\"grandma's apple pie\"]\n[[mention]]\nname = \"Dell\"\nquery = \"dell\"\n";
    let subjects = earful::mention::file::read("x.toml", file).unwrap();
    assert_eq!(subjects.len(), 2);
    assert_eq!((subjects[0].kind.name(), subjects[1].kind.name(), subjects[0].fuzzy), ("competitor", "brand", true));
    assert_eq!(earful::mention::test(subjects, &LEXICON).unwrap().failures, []);
    assert_eq!(earful::mention::file::read("x.toml", "a = 1\n").unwrap(), []);
    for (text, expected) in [
        (
            "[[mention]]\nname = \"A\"\nqeury = \"a\"\n",
            "x.toml:3: found the key qeury, expected name, kind, query, fuzzy, must-match, must-not-match\n  try: did you mean query?",
        ),
        ("\n[[mention]]\nname = \"A\"\n", "x.toml:2: found no query in this [[mention]], expected query = 'acme, \"acme corp\"'"),
        ("[[mention]]\nquery = \"A\"\n", "x.toml:1: found no name in this [[mention]], expected name = \"Acme\""),
        (
            "[[mention]]\nname = \"A\"\nquery = \"a AND\"\n",
            "x.toml:3: found the end, expected a word, a phrase or (\n  a AND\n       ^\n  try: write what is missing, or take the last operator away",
        ),
        (
            "[[mention]]\nname = \"A\"\nquery = \"a\"\nkind = \"brnad\"\n",
            "x.toml:4: found kind = \"brnad\", expected one of: brand, product, competitor, subject, message, aspect, theme\n  try: did you mean brand?",
        ),
        (
            "[[mention]]\nname = \"A\"\nquery = \"a\"\n[[mention]]\nname = \"a\"\nquery = \"b\"\n",
            "x.toml:4: found the name \"a\" again, which stands in line 1, expected a name of its own\n  try: join the queries with a comma, or rename one",
        ),
        ("[mention]\nname = \"A\"\n", "x.toml:1: found one table [mention], expected [[mention]], one for each subject"),
        (
            "[[mention]]\nname = \"A\"\nquery = \"a\"\nmust-match = \"x\"\n",
            "x.toml:4: found string for must-match, expected a list of texts: [\"...\"]",
        ),
        ("[[mention]]\nname = \"A\"\nquery = \"a\"\nfuzzy = 1\n", "x.toml:4: found integer for fuzzy, expected true or false"),
    ] {
        assert_eq!(earful::mention::file::read("x.toml", text).unwrap_err().to_string(), expected);
    }
    assert!(earful::mention::file::read("x.toml", "[[mention\n").unwrap_err().to_string().starts_with("x.toml:1: found no TOML: "));
}

#[test]
fn the_command_tests_examples() {
    let good = "[[mention]]\nname = \"Apple\"\nquery = 'apple, !\"apple pie\"'\nmust-match = [\"My Apple died\"]\nmust-not-match = [\"apple pie\"]\n";
    let bad =
        "[[mention]]\nname = \"Dell\"\nquery = \"dell\"\nmust-match = [\"my dall \\u001b[31m\"]\nmust-not-match = [\"Dell in Dell\"]\n";
    let place = common::Place::with("good.toml", good);
    place.write("bad.toml", bad);
    place.write("faulty.toml", "[[mention]]\nname = \"Dell\"\nquery = \"(dell\"\n");
    let run = place.command(&["mentions", "test", "good.toml"]).output().unwrap();
    assert_eq!((run.status.code(), String::from_utf8(run.stdout).unwrap()), (Some(0), "1 query, 2 examples, 0 failed\n".to_owned()));
    let run = place.command(&["mentions", "test", "good.toml", "bad.toml"]).output().unwrap();
    let expected = "  Dell  must match, found nothing             my dall \\u{1b}[31m\n  Dell  must not match, found \"Dell\", \"Dell\"  Dell in Dell\n2 queries, 4 examples, 2 failed\n";
    assert_eq!((run.status.code(), String::from_utf8(run.stdout).unwrap()), (Some(1), expected.to_owned()));
    let run = place.command(&["mentions", "test", "faulty.toml"]).output().unwrap();
    let expected =
        "earful: faulty.toml:3: found ( without its ), expected ) before the end\n  (dell\n  ^\n  try: write ) where the group ends\n";
    assert_eq!((run.status.code(), String::from_utf8(run.stderr).unwrap()), (Some(2), expected.to_owned()));
}
