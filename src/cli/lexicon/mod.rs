//! `earful lexicon`: what the lexicons are, what they say, what is wrong with them, what differs,
//! what labels teach. One file per subcommand; the work is done by the library.

mod diff;
mod learn;
mod lint;
mod list;
mod show;
pub(super) mod table;

use clap::{Args, Subcommand, ValueEnum};
use earful::error::{Error, Result};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// Arguments of `earful lexicon`.
#[derive(Args)]
pub struct LexiconCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The lexicons there are, the languages and the domains
    List(list::ListArgs),
    /// What a term means, where that is said, and how it is read
    Show(show::ShowArgs),
    /// Faults of lexicon files, all of them, with line and column
    Lint(lint::LintArgs),
    /// What differs between two lexicons, and which records change sides
    Diff(Box<diff::DiffArgs>),
    /// A lexicon from your own labels or stars, over the built-in one
    Learn(Box<learn::LearnArgs>),
}

/// Does what was asked.
///
/// # Errors
/// When a lexicon cannot be read or the answer not be written.
pub fn run(args: &LexiconCommand) -> Result<ExitCode> {
    match &args.command {
        Command::List(args) => list::run(args),
        Command::Show(args) => show::run(args),
        Command::Lint(args) => lint::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Learn(args) => learn::run(args),
    }
}

/// How answers are laid out.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people
    #[value(alias = "txt")]
    Text,
    /// For programs
    Json,
}

/// Prints an answer as JSON, or as text by a function.
///
/// # Errors
/// When standard output cannot be written.
fn print<T: Serialize>(form: Form, answer: &T, text: impl FnOnce(&T, &mut dyn Write) -> std::io::Result<()>) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let written = match form {
        Form::Json => serde_json::to_writer_pretty(&mut out, answer).map_err(std::io::Error::from).and_then(|()| writeln!(out)),
        Form::Text => text(answer, &mut out),
    };
    written.and_then(|()| out.flush()).map_err(|e| Error::writing("standard output", &e))
}
