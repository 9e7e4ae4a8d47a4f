//! Summarises a file as `earful report` does, and uses the report as data.
//!
//! `cargo run --release --example summarize_file -- examples/laptop-posts.jsonl`

use earful::config::Config;
use earful::input::{Field, sources};
use earful::report::{self, Context, Looks};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let file = std::env::args().nth(1).unwrap_or_else(|| "examples/bakery-reviews.csv".to_owned());
    // All decisions are in one place; the defaults detect columns and use all cores.
    let job = Config::default().job()?;

    // A file to a summary, grouped by the column that names the source. What is wrong with a file is
    // told in its outcome, so that of many files the others are still read.
    let (summary, outcomes) = job.summarize(&sources::expand(&[file])?, &[Field::Source])?;
    if let Some(fault) = outcomes.iter().find_map(|outcome| outcome.fault.clone()) {
        return Err(fault.into());
    }

    // A summary to a report: here numbers are divided, quotes redacted and authors numbered.
    let groupings = ["source".to_owned()];
    let context = Context {
        subjects: &[],
        files: &outcomes,
        groupings: &groupings,
        offered: 0,
        lexicons: job.analyzer.lexicons(),
        quotes: 1,
        fans: 5,
        critics: 5,
        least_posts: 3,
        period: None,
        unredacted: false,
        handles: &std::collections::BTreeSet::new(),
        show_authors: false,
        pseudonyms: None,
        sample: None,
    };
    let report = report::build(&summary, &context);

    // The report is plain data, and any renderer prints it.
    let net = report.sentiment.net;
    writeln!(
        out,
        "net {:+.1} points ({:+.1} to {:+.1}), {} of {} records scored\n",
        net.value * 100.0,
        net.low * 100.0,
        net.high * 100.0,
        report.read.scored,
        report.read.records
    )?;
    (report::by_name("md")?.render)(&report, Looks::default(), &mut out)?;
    Ok(())
}
