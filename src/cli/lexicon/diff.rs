//! `earful lexicon diff`: what differs between two lexicons, and which records change sides.

use super::super::args::{FieldArgs, RunArgs, total_size};
use super::{Form, print, table};
use crate::progress::Progress;
use clap::Args;
use earful::config::Config;
use earful::error::Result;
use earful::escape::terminal as esc;
use earful::flips::{Cell, Example, Flips, Options, Word, flips};
use earful::input::sources;
use earful::lexicon::diff::{Change, Diff, Side, diff};
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `earful lexicon diff`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  earful lexicon diff builtin mine.tsv               what my file changes
  earful lexicon diff builtin mine.tsv reviews.csv   ... and which reviews change sides by it
  earful lexicon diff old.tsv new.tsv --lexicon-only the two files alone")]
pub struct DiffArgs {
    /// The lexicon before: a file, laid over the built-in one, or builtin
    #[arg(value_name = "A")]
    before: String,
    /// The lexicon after: a file, laid over the built-in one, or builtin
    #[arg(value_name = "B")]
    after: String,
    /// Exports whose records are scored with both
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Do not lay files over the built-in lexicon
    #[arg(long)]
    lexicon_only: bool,
    /// Compare what is in force in this domain; may be repeated
    #[arg(long, value_name = "NAME")]
    domain: Vec<String>,
    /// Language of all records, instead of telling it from each
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Records that change sides to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    examples: usize,
    /// Terms of each kind to show as text; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Leave personal data in examples
    #[arg(long)]
    no_redact: bool,
    /// Format: text or json
    #[arg(long, value_enum, default_value_t = Form::Text, hide_possible_values = true, value_name = "FORMAT")]
    format: Form,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    run: RunArgs,
}

/// The answer.
#[derive(Serialize)]
struct Answer {
    schema: &'static str,
    before: String,
    after: String,
    #[serde(flatten)]
    diff: Diff,
    /// None when no file was named.
    records: Option<Flips>,
}

/// Compares two lexicons.
///
/// # Errors
/// When a lexicon or a file cannot be read.
pub fn run(args: &DiffArgs) -> Result<ExitCode> {
    let (before, after) = (args.config(&args.before), args.config(&args.after));
    let found = diff(&before.sheets()?, &after.sheets()?, &args.domain);
    let records = if args.files.is_empty() { None } else { Some(args.flips(&before, &after)?) };
    let answer = Answer { schema: "earful-lexicon-diff/1", before: args.before.clone(), after: args.after.clone(), diff: found, records };
    print(args.format, &answer, |answer, out| as_text(answer, args.limit, out))?;
    Ok(ExitCode::SUCCESS)
}

impl DiffArgs {
    /// A lexicon by its name. `builtin` is itself even where files stand alone.
    fn config(&self, name: &str) -> Config {
        let lexicons: Vec<PathBuf> = if name == "builtin" { Vec::new() } else { vec![PathBuf::from(name)] };
        Config {
            options: self.fields.options(None),
            lexicon_only: self.lexicon_only && !lexicons.is_empty(),
            lexicons,
            domains: self.domain.clone(),
            // One side may know a domain that the other does not.
            new_domains: true,
            language: self.language.clone(),
            threads: self.run.threads,
            ..Config::default()
        }
    }

    fn flips(&self, before: &Config, after: &Config) -> Result<Flips> {
        let sources = sources::expand(&self.files)?;
        let (before, job) = (before.job()?.analyzer, after.job()?);
        let bar = Progress::watch(&job.progress, total_size(&sources), self.run.quiet);
        let found = flips(&before, &job, &sources, Options { examples: self.examples, unredacted: self.no_redact });
        drop(bar);
        found
    }
}

fn as_text(answer: &Answer, limit: usize, out: &mut dyn Write) -> std::io::Result<()> {
    let Diff { changed, added, removed, flips, same } = &answer.diff;
    writeln!(out, "{} -> {}", esc(&answer.before), esc(&answer.after))?;
    let counts = [changed.len(), *flips, added.len(), removed.len(), *same].map(|count| count.to_string());
    let [changed_count, flips, added_count, removed_count, same] = counts;
    writeln!(
        out,
        "{changed_count} changed, {flips} of them to the other side; {added_count} added, {removed_count} removed, {same} the same"
    )?;
    for (title, list) in [("Changed", changed), ("Added", added), ("Removed", removed)] {
        changes(title, list, if limit == 0 { usize::MAX } else { limit }, out)?;
    }
    match &answer.records {
        Some(records) => flipped(records, out),
        None => Ok(()),
    }
}

fn changes(title: &str, list: &[Change], limit: usize, out: &mut dyn Write) -> std::io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    let meaning = |side: &Option<Side>| side.as_ref().map_or("-", |side| side.meaning.as_str()).to_owned();
    let origin = |side: &Option<Side>| side.as_ref().map_or("", |side| side.origin.as_str()).to_owned();
    let row = |change: &Change| {
        let mark = if change.flip { "flips" } else { "" };
        let domains = if change.domains.is_empty() { String::new() } else { format!(" domain={}", change.domains.join(",")) };
        let place =
            [origin(&change.before), origin(&change.after)].into_iter().filter(|place| !place.is_empty()).collect::<Vec<_>>().join(" -> ");
        let what = format!("{} -> {}", meaning(&change.before), meaning(&change.after));
        vec![esc(&change.term).into_owned() + &esc(&domains), what, mark.to_owned(), esc(&place).into_owned()]
    };
    table::write(&list.iter().take(limit).map(row).collect::<Vec<_>>(), out)?;
    if list.len() > limit {
        writeln!(out, "  ... and {} more (--limit 0 shows all)", list.len() - limit)?;
    }
    Ok(())
}

fn flipped(found: &Flips, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "\nRecords: {} read, {} with another score, {} with another polarity", found.records, found.moved, found.flipped)?;
    let row = |cell: &Cell| vec![format!("{} -> {}", cell.from, cell.to), cell.records.to_string()];
    table::write(&found.table.iter().filter(|cell| cell.from != cell.to).map(row).collect::<Vec<_>>(), out)?;
    for example in &found.examples {
        let Example { file, record, from, to, .. } = example;
        writeln!(out, "\n  {} record {record}: {from} {} -> {to} {}", esc(file), score(example.before), score(example.after))?;
        writeln!(out, "  ▌ {}", esc(&short(&example.text)))?;
        let words: Vec<String> = example.words.iter().map(word).collect();
        writeln!(out, "    {}", words.join(", "))?;
    }
    Ok(())
}

fn score(score: Option<f64>) -> String {
    score.map_or_else(|| "-".to_owned(), |score| format!("{score:+.2}"))
}

fn word(word: &Word) -> String {
    let points = |points: Option<f64>| points.map_or_else(|| "-".to_owned(), |points| format!("{points:+.2}"));
    format!("{} {} -> {}", esc(&word.text), points(word.before), points(word.after))
}

/// A text cut to what a reader takes in at a glance.
fn short(text: &str) -> String {
    const MOST: usize = 200;
    text.char_indices().nth(MOST).map_or_else(|| text.to_owned(), |(end, _)| format!("{}…", &text[..end]))
}
