//! Comparisons between subjects: who wins in sentences written for the purpose, and the laws that hold
//! whatever the sentence.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use earful::lexicon::{Lexicon, Reading, Role, Weights, builtin};
use earful::mention::comparison::{Comparer, Comparisons, Kind, On};
use earful::mention::{Found, Gloss, Glossary, NoFields, Query, Subject, Subjects, Told};
use earful::score::{Hits, score};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

/// Least share of sentences answered rightly, in percent.
const RIGHT: usize = 90;
/// Largest share in which the wrong side wins, or somebody where nobody should, in percent.
const WRONG: usize = 3;

/// Names of the table, with their queries.
const NAMES: [(&str, &str); 39] = [
    ("Adidas", "adidas"),
    ("Apple", "apple"),
    ("Bose", "bose"),
    ("Canon", "canon"),
    ("Chrome", "chrome"),
    ("Comcast", "comcast"),
    ("Dell", "dell"),
    ("Delta", "delta"),
    ("Dunkin", "dunkin"),
    ("Firefox", "firefox"),
    ("Ford", "ford"),
    ("Galaxy", "galaxy"),
    ("HP", "hp"),
    ("Honda", "honda"),
    ("Hulu", "hulu"),
    ("JetBlue", "jetblue"),
    ("Lenovo", "lenovo"),
    ("Lyft", "lyft"),
    ("Monzo", "monzo"),
    ("Netflix", "netflix"),
    ("Nike", "nike"),
    ("Nikon", "nikon"),
    ("Nokia", "nokia"),
    ("Pixel", "pixel"),
    ("Revolut", "revolut"),
    ("Samsung", "samsung"),
    ("Slack", "slack"),
    ("Sony", "sony"),
    ("Spotify", "spotify"),
    ("Starbucks", "starbucks"),
    ("T-Mobile", "t-mobile, tmobile"),
    ("Teams", "teams"),
    ("Tesla", "tesla"),
    ("Toyota", "toyota"),
    ("Uber", "uber"),
    ("United", "united"),
    ("Verizon", "verizon"),
    ("Zoom", "zoom"),
    ("iPhone", "iphone"),
];

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| builtin::lexicon().unwrap());
static GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| Glossary::new(&LEXICON).unwrap().unwrap());
static COMPARER: LazyLock<Comparer> = LazyLock::new(|| Comparer::new("en").unwrap().unwrap());

fn subjects(names: &[(&str, &str)]) -> Subjects {
    let list = names.iter().map(|(name, query)| Subject::new(*name, Query::parse(query).unwrap())).collect();
    Subjects::compile(list).unwrap()
}

/// What a comparison says, by names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Answer {
    pair: [String; 2],
    winner: Option<String>,
    loser: Option<String>,
    kind: Kind,
    on: Option<String>,
}

impl Answer {
    fn sides(&self) -> Option<(&str, &str)> {
        Some((self.winner.as_deref()?, self.loser.as_deref()?))
    }
}

/// What a thread keeps from text to text.
#[derive(Default)]
struct Memory {
    reading: Reading,
    hits: Hits,
    found: Found,
    glosses: Vec<Gloss>,
    comparisons: Comparisons,
}

impl Memory {
    fn compare(&mut self, subjects: &Subjects, text: &str) {
        let Self { reading, hits, found, glosses, comparisons } = self;
        LEXICON.read(text, reading);
        score(&Weights::default(), reading, text, hits);
        subjects.find(text, reading.tokens(), &NoFields, &|token| LEXICON.role_of(token) != Role::None, found);
        GLOSSARY.read(reading, glosses);
        COMPARER.find(Told { text, reading, hits, glosses }, found.mentions(), comparisons);
    }
}

fn compare(subjects: &Subjects, text: &str) -> Vec<Answer> {
    let mut memory = Memory::default();
    memory.compare(subjects, text);
    let Memory { reading, comparisons, .. } = &memory;
    let name = |subject: u32| subjects.list()[subject as usize].name.clone();
    let on = |on: On| match on {
        On::Implied(number) => COMPARER.aspect(number).to_owned(),
        On::Tokens { first, last } => {
            let tokens = reading.tokens().as_slice();
            text[tokens[first as usize].start as usize..tokens[last as usize].end as usize].to_lowercase()
        }
    };
    let answer = |c: &earful::mention::comparison::Comparison| {
        assert!(!c.of(text).is_empty());
        Answer { pair: c.pair.map(name), winner: c.winner.map(name), loser: c.loser.map(name), kind: c.kind, on: c.on.map(on) }
    };
    comparisons.as_slice().iter().map(answer).collect()
}

struct Row {
    line: usize,
    text: String,
    winners: Vec<String>,
    losers: Vec<String>,
    kind: String,
    on: String,
    pair: u32,
}

/// The shipped table, or the one named by `COMPARISONS`.
fn table() -> String {
    let path = std::env::var_os("COMPARISONS").map_or_else(|| common::shipped("tests/comparisons.tsv"), Into::into);
    std::fs::read_to_string(path).unwrap()
}

/// The subjects of the table: those of a line `# names: `, if it has one.
fn named() -> Subjects {
    let table = table();
    let listed = table.lines().find_map(|line| line.strip_prefix("# names: "));
    listed.map_or_else(
        || subjects(&NAMES),
        |names| {
            let list: Vec<(&str, String)> = names.split(", ").map(|name| (name, format!("{name:?}"))).collect();
            subjects(&list.iter().map(|(name, query)| (*name, query.as_str())).collect::<Vec<_>>())
        },
    )
}

fn rows() -> Vec<Row> {
    let table = table();
    let lines = table.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with("# ") && *line != "#");
    let lines = lines.filter(|(_, line)| !line.starts_with("text\t"));
    let list = |cell: &str| cell.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    lines
        .map(|(at, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [text, winner, loser, kind, on, pair] = cells[..] else { panic!("line {}: {cells:?}", at + 1) };
            Row {
                line: at + 1,
                text: text.to_owned(),
                winners: list(winner),
                losers: list(loser),
                kind: kind.to_owned(),
                on: on.to_owned(),
                pair: pair.parse().unwrap(),
            }
        })
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Right,
    Wrong,
    Missing,
}

/// Right when each winner beats each loser, or those who only win and those who only lose are the ones
/// expected; of nobody when nobody wins. Wrong when a side is the wrong one.
fn judge(row: &Row, found: &[Answer]) -> Verdict {
    let sides: BTreeSet<(&str, &str)> = found.iter().filter_map(Answer::sides).collect();
    let expected: BTreeSet<(&str, &str)> =
        row.winners.iter().flat_map(|winner| row.losers.iter().map(move |loser| (winner.as_str(), loser.as_str()))).collect();
    if expected.is_empty() {
        let equal = found.iter().any(|answer| answer.kind == Kind::Equal);
        return match (sides.is_empty(), row.kind == "equal", equal) {
            (true, true, true) | (true, false, false) => Verdict::Right,
            (true, true, false) => Verdict::Missing,
            _ => Verdict::Wrong,
        };
    }
    let winners: BTreeSet<&str> = sides.iter().map(|side| side.0).collect();
    let losers: BTreeSet<&str> = sides.iter().map(|side| side.1).collect();
    let only = |one: &BTreeSet<&str>, other: &BTreeSet<&str>, wanted: &[String]| {
        one.difference(other).copied().collect::<BTreeSet<&str>>() == wanted.iter().map(String::as_str).collect()
    };
    if sides.iter().any(|(winner, loser)| expected.contains(&(loser, winner))) {
        Verdict::Wrong
    } else if expected.is_subset(&sides) || only(&winners, &losers, &row.winners) && only(&losers, &winners, &row.losers) {
        Verdict::Right
    } else {
        Verdict::Missing
    }
}

#[test]
fn the_right_side_wins() {
    let (rows, subjects) = (rows(), named());
    let (mut counts, mut kinds, mut aspects, mut failed) = ([0; 3], [0; 2], [0; 3], String::new());
    for row in &rows {
        let found = compare(&subjects, &row.text);
        let verdict = judge(row, &found);
        counts[verdict as usize] += 1;
        if verdict == Verdict::Right && !found.is_empty() {
            kinds[usize::from(found[0].kind.name() == row.kind)] += 1;
            let on = found[0].on.as_deref().unwrap_or("");
            let fits = if on == row.on {
                0
            } else if on.is_empty() {
                2
            } else {
                1
            };
            aspects[fits] += 1;
            if fits > 0 {
                writeln!(failed, "   on: line {} found {on:?}, expected {:?} in {:?}", row.line, row.on, row.text).unwrap();
            }
        }
        if verdict != Verdict::Right {
            let said: Vec<String> = found.iter().map(|a| format!("{:?} {:?}", a.kind, a.sides())).collect();
            writeln!(
                failed,
                "{verdict:?}: line {} {:?}, expected {:?} over {:?}: {}",
                row.line,
                row.text,
                row.winners,
                row.losers,
                said.join("; ")
            )
            .unwrap();
        }
    }
    let [right, wrong, missing] = counts;
    println!("{failed}{right} right, {wrong} wrong side, {missing} missing of {}; kinds {kinds:?} (other, same)", rows.len());
    println!("in what: {aspects:?} (as expected, other, missing)");
    assert!(
        std::env::var_os("COMPARISONS").is_some() || right * 100 >= rows.len() * RIGHT && wrong * 100 <= rows.len() * WRONG,
        "{counts:?} of {}\n{failed}",
        rows.len()
    );
}

#[test]
fn rows_of_a_pair_have_the_same_winner() {
    let (rows, subjects) = (rows(), named());
    let mut sides: std::collections::BTreeMap<u32, BTreeSet<(String, String)>> = std::collections::BTreeMap::new();
    for row in rows.iter().filter(|row| row.pair > 0) {
        for answer in compare(&subjects, &row.text) {
            if let Some((winner, loser)) = answer.sides() {
                sides.entry(row.pair).or_default().insert((winner.to_owned(), loser.to_owned()));
            }
        }
    }
    for (pair, sides) in &sides {
        for (winner, loser) in sides {
            assert!(!sides.contains(&(loser.clone(), winner.clone())), "pair {pair}: {sides:?}");
        }
    }
    assert!(sides.len() > 30 || std::env::var_os("COMPARISONS").is_some(), "{}", sides.len());
}

/// Words of a class with their sign, from the shipped file.
fn words(class: &str) -> Vec<(String, i32)> {
    let file = std::fs::read_to_string(common::shipped("lexicons/en/comparisons.tsv")).unwrap();
    let lines = file.lines().filter_map(|line| line.strip_prefix(class)?.strip_prefix('\t')?.split_once('\t'));
    lines.flat_map(|(sign, list)| list.split(", ").map(move |word| (word.to_owned(), if sign == "+" { 1 } else { -1 }))).collect()
}

fn two() -> Subjects {
    subjects(&[("Dell", "dell"), ("HP", "hp")])
}

#[test]
fn names_and_direction_swapped_say_the_same() {
    let (subjects, comparatives) = (two(), words("BETTER"));
    assert!(comparatives.len() > 200);
    let gradable = words("GRADABLE");
    let graded = gradable.iter().flat_map(|(word, sign)| [(format!("more {word}"), *sign), (format!("less {word}"), -sign)]);
    for (word, sign) in comparatives.iter().cloned().chain(graded) {
        let sides =
            |text: &str| compare(&subjects, text).first().and_then(|answer| answer.sides().map(|(a, b)| (a.to_owned(), b.to_owned())));
        let expected = if sign > 0 { ("Dell", "HP") } else { ("HP", "Dell") };
        let expected = Some((expected.0.to_owned(), expected.1.to_owned()));
        let turned = expected.clone().map(|(winner, loser)| (loser, winner));
        assert_eq!(sides(&format!("Dell is {word} than HP")), expected, "{word}");
        assert_eq!(sides(&format!("HP is {word} than Dell")), turned, "{word}");
        assert_eq!(sides(&format!("Dell isn't {word} than HP")), turned, "{word}");
        assert_eq!(sides(&format!("I doubt HP is {word} than Dell")), expected, "{word}");
        assert_eq!(sides(&format!("is Dell {word} than HP?")), None, "{word}");
        assert_eq!(sides(&format!("I wonder if Dell is {word} than HP")), None, "{word}");
        assert_eq!(sides(&format!("Dell is no {word} than HP")), None, "{word}");
    }
}

#[test]
fn beating_and_being_beaten_are_two_sides() {
    let subjects = two();
    for (word, sign) in words("beat") {
        let found = compare(&subjects, &format!("Dell {word} HP"));
        let expected = if sign > 0 { ("Dell", "HP") } else { ("HP", "Dell") };
        assert_eq!(found.first().and_then(Answer::sides), Some(expected), "{word}: {found:?}");
    }
}

#[test]
fn other_names_change_nothing() {
    let subjects = subjects(&NAMES);
    for row in rows().iter().filter(|row| row.text.contains("Dell") && row.text.contains("HP")) {
        let text = row.text.replace("Dell", "Qqq").replace("HP", "Dell").replace("Qqq", "HP");
        let swap = |name: &String| match name.as_str() {
            "Dell" => "HP".to_owned(),
            "HP" => "Dell".to_owned(),
            _ => name.clone(),
        };
        let expected: Vec<_> =
            compare(&subjects, &row.text).iter().map(|a| (a.winner.as_ref().map(swap), a.loser.as_ref().map(swap), a.kind)).collect();
        let found: Vec<_> = compare(&subjects, &text).into_iter().map(|a| (a.winner, a.loser, a.kind)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_text_compared_is_compared_again_with_the_same_memory() {
    let subjects = subjects(&NAMES);
    let mut memory = Memory::default();
    for row in rows() {
        memory.compare(&subjects, &row.text);
        assert_eq!(memory.comparisons.as_slice().len(), compare(&subjects, &row.text).len(), "{}", row.text);
    }
}

proptest! {
    #[test]
    fn one_subject_is_never_compared(words in prop::collection::vec(prop::sample::select(vec![
        "Dell", "dell's", "better", "worse", "than", "as", "good", "switched", "from", "to", "unlike", ",", ".", "beats", "more", "ads", "HP",
    ]), 0..30)) {
        let subjects = subjects(&[("Dell", "dell")]);
        prop_assert_eq!(compare(&subjects, &words.join(" ")), vec![]);
    }

    #[test]
    fn any_order_of_words_is_harmless(words in prop::collection::vec(prop::sample::select(vec![
        "Dell", "HP", "Lenovo", "better", "worse", "than", "as", "good", "switched", "from", "to", "unlike", ",", ".", "?", "beats", "more",
        "ads", "and", "not", "both", ">", "goodbye", "hello", "regret", "over", "the same", "than ever", "of the two", "best",
    ]), 0..40)) {
        let subjects = subjects(&[("Dell", "dell"), ("HP", "hp"), ("Lenovo", "lenovo")]);
        for answer in compare(&subjects, &words.join(" ")) {
            prop_assert_eq!(answer.winner.is_some(), answer.loser.is_some());
            prop_assert!(answer.winner.is_none() || answer.winner != answer.loser);
            prop_assert!(answer.pair[0] != answer.pair[1]);
            prop_assert!(answer.kind != Kind::Equal || answer.winner.is_none());
        }
    }
}

#[test]
fn long_texts_take_no_longer_by_the_word() {
    let subjects = two();
    for part in
        ["Dell better than ", "Dell, HP and ", "Dell, ", "unlike Dell good ", "Dell is better than HP ", "as ", "both Dell and HP > "]
    {
        let text = part.repeat(20_000);
        let begun = std::time::Instant::now();
        compare(&subjects, &format!("HP {text} Dell"));
        assert!(begun.elapsed().as_secs() < 20, "{part}: {:?}", begun.elapsed());
    }
}
