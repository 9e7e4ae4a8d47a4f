//! Arguments to work. In: what clap parsed. Out: an exit status. One file per subcommand; shared flags
//! are in `args` and `bad`, files to be written in `output`.

mod args;
mod aspects;
mod bad;
mod compare;
mod defaults;
mod eval;
mod explain;
mod gate_args;
mod init;
mod inspect;
mod lexicon;
mod mention_args;
mod mentions;
mod merge;
mod output;
mod parts;
mod report;
mod reporting;
mod score;
mod shell;
mod shown_args;

pub use defaults::parse;

use clap::{Parser, Subcommand};
use earful::error::Result;
use std::process::ExitCode;

/// Praise versus complaints, from exported posts and reviews.
///
/// Reads CSV, JSON, XML, workbooks, Parquet and transcripts, packed or not, as they were exported, scores every record
/// with a lexicon that explains itself, and reports what is praised and what is complained about.
/// Nothing leaves this machine.
#[derive(Parser)]
#[command(name = "earful", version, args_conflicts_with_subcommands = true, arg_required_else_help = false, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    report: report::ReportArgs,
}

const EXAMPLES: &str = "\
Examples:
  earful reviews.csv                               a report on the terminal
  earful report posts.jsonl more.csv.gz exports/   several files as one
  cat posts.jsonl | earful report - --format md    in a pipe
  earful reviews.csv -o report.md -o report.json   several formats at once
  earful report jan.csv --part jan.part            a part, for earful merge jan.part feb.part
  earful score posts.csv | jq .earful.polarity     every record with its score
  earful explain \"The screen isn't good\"           why a text has its score
  earful compare last-year.csv this-year.csv       what changed, and whether by chance
  earful eval labelled.csv                         how good the answers are, by labels or stars
  earful inspect posts.csv                         what was detected, and why
  earful lexicon lint mine.tsv                     faults of a word list
  earful mentions test brands.toml                 whether queries find what they must

Exit status: 0 fine; 1 a gate failed; 2 wrong usage or configuration; 3 input unusable.";

#[derive(Subcommand)]
enum Command {
    /// The summary: praise versus complaints (also: earful FILE...)
    #[command(after_help = gate_args::CONDITIONS)]
    Report(report::ReportArgs),
    /// One report from saved parts: see report --part
    Merge(merge::MergeArgs),
    /// Every record with its score, to standard output, in input order
    Score(score::ScoreArgs),
    /// Why a text has its score: each word, each rule, adding up
    Explain(explain::ExplainArgs),
    /// What changed between two files or saved reports, two values of a field, or around a day
    Compare(compare::CompareArgs),
    /// How good the answers are, by labels or stars in the file
    Eval(eval::EvalArgs),
    /// What was detected in a file: format, encoding, columns, dates, with reasons
    Inspect(inspect::InspectArgs),
    /// An earful.toml to begin with, from what a file holds
    Init(init::InitArgs),
    /// The word lists: list, show, lint, diff, learn
    Lexicon(lexicon::LexiconCommand),
    /// The vocabularies of what people talk about: list
    Aspects(aspects::AspectsCommand),
    /// Queries for mentions: test
    Mentions(mentions::MentionsCommand),
    /// Completions for a shell, to standard output
    Completions(shell::CompletionsArgs),
    /// The manual page, to standard output; of a command if one is named
    Man(shell::ManArgs),
}

/// Does what was asked.
///
/// # Errors
/// Whatever keeps the work from being done.
pub fn run(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        None => report::run(&cli.report),
        Some(Command::Report(args)) => report::run(&args),
        Some(Command::Merge(args)) => merge::run(&args),
        Some(Command::Score(args)) => score::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Compare(args)) => compare::run(&args),
        Some(Command::Eval(args)) => eval::run(&args),
        Some(Command::Inspect(args)) => inspect::run(&args),
        Some(Command::Init(args)) => init::run(&args),
        Some(Command::Lexicon(args)) => lexicon::run(&args),
        Some(Command::Aspects(args)) => aspects::run(&args),
        Some(Command::Mentions(args)) => mentions::run(&args),
        Some(Command::Completions(args)) => shell::completions(&args),
        Some(Command::Man(args)) => shell::man(&args),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Cli::command().debug_assert();
    }
}
