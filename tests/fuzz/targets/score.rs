//! Any text scored and explained: the same score both ways, and everything in its range.
#![no_main]

use earful::analyze::{Analyzer, Outcome, Scratch};
use earful::explain::explain;
use earful::lexicon::builtin;
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fuzz_target!(|text: &str| {
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    let analyzer = ANALYZER.get_or_init(|| Analyzer::new(vec![builtin::lexicon().expect("the built-in lexicon compiles")], None));
    let mut scratch = Scratch::default();
    let analysis = analyzer.analyze(None, Some(text), None, &mut scratch);
    let outcome = analysis.outcome;
    let _ = analysis.irony().is_empty();
    if let Outcome::Scored(score) = outcome {
        assert!((-10_000..=10_000).contains(&score.score));
        assert!([score.praise, score.complaint, score.confidence, score.coverage].iter().all(|share| (0..=10_000).contains(share)));
    }
    let _ = explain(analyzer, None, Some(text), None);
    assert_eq!(analyzer.analyze(None, Some(text), None, &mut scratch).outcome, outcome, "scratch memory matters");
});
