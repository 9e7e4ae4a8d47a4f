//! Scores texts that a program already has in memory, and says why.
//!
//! `cargo run --release --example score_texts`

use earful::analyze::{Analyzer, Outcome, Scratch};
use earful::explain::explain;
use earful::lexicon::builtin;
use std::io::Write;

const TEXTS: [&str; 4] =
    ["The screen isn’t good but support was great!!", "no complaints, five stars", "arrives on Thursday", "とても良い製品です"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    // The analyzer holds the compiled lexicon: read-only, so all threads may share one.
    let analyzer = Analyzer::new(vec![builtin::lexicon()?], None);
    // Scratch memory is reused from text to text; every thread has its own.
    let mut scratch = Scratch::default();
    for text in TEXTS {
        let analysis = analyzer.analyze(None, Some(text), None, &mut scratch);
        match analysis.outcome {
            // Scores are whole ten-thousandths, so that sums are exact.
            Outcome::Scored(score) => writeln!(out, "{:+.4} {:<8} {text}", f64::from(score.score) / 10_000.0, score.polarity.name())?,
            // A text is never called neutral for want of a lexicon.
            Outcome::NoText | Outcome::NoLexicon => writeln!(out, "unscored ({}) {text}", analysis.language)?,
        }
    }

    // Why: what each opinion adds to the log-odds of praise.
    for opinion in explain(&analyzer, None, Some(TEXTS[0]), None).opinions {
        writeln!(out, "{:+.3} from {:?}", opinion.adds.lean, opinion.text)?;
    }
    Ok(())
}
