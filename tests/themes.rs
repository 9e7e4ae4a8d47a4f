//! What praise and complaint are about: the phrases of sentences, and themes of whole files.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::shipped;
use earful::analyze::{Analyzer, Scratch};
use earful::lexicon::builtin;
use earful::theme::{Phrase, Phrases};

#[test]
fn phrases_of_sentences() {
    let analyzer = Analyzer::new(vec![builtin::lexicon().unwrap()], None);
    let (mut scratch, mut phrases) = (Scratch::default(), Phrases::default());
    let table = std::fs::read_to_string(shipped("tests/themes.tsv")).unwrap();
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (sentence, expected) = line.split_once('\t').unwrap_or((line, ""));
        let analysis = analyzer.analyze(None, Some(sentence), Some("en"), &mut scratch);
        phrases.find(analysis.language, analysis.reading, analysis.hits);
        let spoken = |string: &str| {
            let phrase = Phrase::read(string).unwrap();
            format!("{}{}", if phrase.praise { '+' } else { '-' }, phrase.spoken())
        };
        let found = phrases.iter().map(spoken).collect::<Vec<_>>().join("; ");
        if found != expected {
            wrong.push(format!("{sentence}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
