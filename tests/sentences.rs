//! Sentences and what a fair reader makes of them, from plain data files that anyone can extend:
//! `must.tsv` holds the faults of other tools that we promise not to have, `sentences.tsv` the rest.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::shipped;
use earful::analyze::{Analyzer, Outcome, Scratch};
use earful::lexicon::builtin;
use earful::score::Polarity;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Most sentences that may fail, in percent; none of `must.tsv` may.
const TOLERANCE: usize = 2;
/// Answers that a sentence may have.
const ANSWERS: [&str; 7] = ["positive", "negative", "neutral", "mixed", "not-positive", "not-negative", "opinionated"];

/// A sentence with its section and line.
struct Case {
    section: String,
    line: usize,
    answer: String,
    text: String,
}

fn cases(file: &str) -> Vec<Case> {
    let content = std::fs::read_to_string(shipped(&format!("tests/{file}"))).unwrap();
    let mut section = String::new();
    let mut cases = Vec::new();
    for (at, line) in content.lines().enumerate() {
        if line.is_empty() || line == "#" || line.starts_with("# ") {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.clone_into(&mut section);
            continue;
        }
        let (answer, text) = line
            .split_once('\t')
            .unwrap_or_else(|| panic!("{file}:{}: found {line:?} without a tab, expected: answer, TAB, sentence", at + 1));
        assert!(ANSWERS.contains(&answer), "{file}:{}: found the answer {answer:?}, expected one of {ANSWERS:?}", at + 1);
        cases.push(Case { section: section.clone(), line: at + 1, answer: answer.to_owned(), text: text.replace("\\n", "\n") });
    }
    cases
}

fn fits(answer: &str, found: Polarity) -> bool {
    match answer {
        "not-positive" => found != Polarity::Positive,
        "not-negative" => found != Polarity::Negative,
        "opinionated" => found != Polarity::Neutral,
        _ => found.name() == answer,
    }
}

/// Fails when more than so many percent of a file's sentences are not answered as expected.
fn check(file: &str, tolerance: usize) {
    let analyzer = Analyzer::new(vec![builtin::lexicon().unwrap()], Some("en".to_owned()));
    let mut scratch = Scratch::default();
    let cases = cases(file);
    let mut failures: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in &cases {
        let analysis = analyzer.analyze(None, Some(&case.text), None, &mut scratch);
        let (name, right) = match analysis.outcome {
            Outcome::Scored(score) => (score.polarity.name(), fits(&case.answer, score.polarity)),
            Outcome::NoText | Outcome::NoLexicon => ("unscored", false),
        };
        if !right {
            failures
                .entry(&case.section)
                .or_default()
                .push(format!("{file}:{}: {:?} is {name}, expected {}", case.line, case.text, case.answer));
        }
    }
    let count: usize = failures.values().map(Vec::len).sum();
    let mut told = format!("{count} of {} sentences in {file} fail, {tolerance} % may\n", cases.len());
    for (section, list) in &failures {
        writeln!(told, "[{section}]\n  {}", list.join("\n  ")).unwrap();
    }
    println!("{told}");
    assert!(count * 100 <= cases.len() * tolerance, "{told}");
}

#[test]
fn sentences_are_read_as_people_read_them() {
    check("sentences.tsv", TOLERANCE);
}

#[test]
fn known_faults_of_other_tools_are_not_ours() {
    check("must.tsv", 0);
}

#[test]
fn there_are_enough_sentences_in_every_section() {
    let cases = cases("sentences.tsv");
    assert!(cases.len() >= 300, "{}", cases.len());
    let mut sections: BTreeMap<&str, usize> = BTreeMap::new();
    cases.iter().for_each(|case| *sections.entry(&case.section).or_default() += 1);
    assert!(sections.len() >= 10 && sections.values().all(|&count| count >= 3), "{sections:?}");
}
