//! How often the cues of irony are right: on sentences of our own, half with irony and half that look
//! like it (`cargo test --test irony -- --nocapture` prints the table). A third was not looked at while
//! the cues were settled, and is counted by itself.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::Place;
use earful::analyze::{Analyzer, Outcome, Scratch};
use earful::lexicon::builtin;
use earful::score::irony::CUES;

/// A sentence of the file.
struct Sentence {
    ironic: bool,
    held: bool,
    text: &'static str,
    cues: Vec<&'static str>,
}

fn sentences() -> Vec<Sentence> {
    let analyzer = Analyzer::new(vec![builtin::lexicon().unwrap()], Some("en".to_owned()));
    let mut scratch = Scratch::default();
    let lines = include_str!("irony.tsv").lines().filter(|line| !line.starts_with("# "));
    let mut sentence = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, set, text] = cells[..] else { panic!("expected kind, set and text: {line}") };
        assert!(["ironic", "sincere"].contains(&kind) && ["tune", "held"].contains(&set), "{line}");
        let analysis = analyzer.analyze(None, Some(text), None, &mut scratch);
        Sentence { ironic: kind == "ironic", held: set == "held", text, cues: analysis.irony().iter().map(|cue| cue.name).collect() }
    };
    lines.map(&mut sentence).collect()
}

/// Ironic sentences among those that are wanted, and all of them.
fn count(sentences: &[Sentence], wanted: impl Fn(&Sentence) -> bool) -> (u16, u16) {
    let count = |only: bool| sentences.iter().filter(|s| wanted(s) && (s.ironic || !only)).count().try_into().unwrap();
    (count(true), count(false))
}

fn percent((part, whole): (u16, u16)) -> f64 {
    100.0 * f64::from(part) / f64::from(whole.max(1))
}

#[test]
fn cues_are_as_right_as_they_say() {
    let all = sentences();
    assert!(all.len() >= 160);
    println!("{:<20} {:>10} {:>10}   precision: ironic of shown", "cue", "all", "held out");
    let mut other = Vec::new();
    for cue in &CUES {
        let shows = |s: &Sentence| s.cues.contains(&cue.name);
        let (whole, held) = (count(&all, shows), count(&all, |s| shows(s) && s.held));
        println!("{:<20} {:>6} of {:<3} {:>4} of {:<3}", cue.name, whole.0, whole.1, held.0, held.1);
        if (cue.right, cue.shown) != whole {
            other.push(format!("{}: {} of {}", cue.name, whole.0, whole.1));
        }
    }
    if std::env::var_os("EARFUL_IRONY").is_some() {
        for s in all.iter().filter(|s| !s.held && s.ironic == s.cues.is_empty()) {
            println!("{} {:?} {}", if s.ironic { "missed" } else { "wrong" }, s.cues, s.text);
        }
    }
    for (name, held) in [("all", false), ("held out", true)] {
        let in_set = |s: &Sentence| s.held || !held;
        let flagged = count(&all, |s| in_set(s) && !s.cues.is_empty());
        let ironic = count(&all, |s| in_set(s) && s.ironic).0;
        let (precision, recall) = (percent(flagged), percent((flagged.0, ironic)));
        println!("{name}: precision {precision:.0} % ({} of {}), recall {recall:.0} % of {ironic}", flagged.0, flagged.1);
        assert!(precision >= if held { 80.0 } else { 90.0 } && recall >= 35.0, "{name}");
    }
    assert!(other.is_empty(), "src/score/irony/mod.rs states other figures: {other:#?}");
}

#[test]
fn no_score_depends_on_a_cue() {
    let analyzer = Analyzer::new(vec![builtin::lexicon().unwrap()], Some("en".to_owned()));
    let mut scratch = Scratch::default();
    let mut outcome = |text: &str| {
        let analysis = analyzer.analyze(None, Some(text), None, &mut scratch);
        let Outcome::Scored(score) = analysis.outcome else { panic!("{text}") };
        (score.score, analysis.irony().is_empty())
    };
    // Quotes are no words: the score is the same, and only one of the two shows irony.
    let (plain, quoted) = (outcome("This premium leather is terrible."), outcome("This \"premium\" leather is terrible."));
    assert_eq!((plain.0, plain.1, quoted.1), (quoted.0, true, false));
}

const IRONIC: &str = "Great, it broke again.";
const PLAIN: &str = "Great, it works again.";

#[test]
fn rows_and_explanations_tell_of_it_and_only_of_it() {
    let place = Place::with("posts.csv", format!("id,text\n1,\"{IRONIC}\"\n2,\"{PLAIN}\"\n"));
    let rows = place.run(&["score", "posts.csv", "--format", "jsonl"]).fine().out;
    let rows: Vec<&str> = rows.lines().collect();
    assert!(rows[0].contains(",\"irony\":[\"praise alone\"]}") && !rows[1].contains("irony"), "{rows:?}");
    let rows = place.run(&["score", "posts.csv", "--format", "csv"]).fine().out;
    let ends: Vec<&str> = rows.lines().map(|row| row.rsplit(',').nth(1).unwrap()).collect();
    assert_eq!(ends, ["earful_irony", "praise alone", ""]);
    let explained = |text: &str| place.run(&["explain", text]).fine().out;
    assert!(explained(IRONIC).contains("praise alone") && explained(IRONIC).contains("signs of irony, which change nothing"));
    assert!(!explained(PLAIN).contains("irony"));
    let json = place.run(&["explain", IRONIC, "--format", "json"]).fine().json();
    assert_eq!((&json["irony"][0]["cue"], &json["irony"][0]["text"]), (&"praise alone".into(), &"Great".into()));
}
