//! `earful mentions`: files of queries, tried before they are used.

use super::lexicon::table;
use clap::{Args, Subcommand};
use earful::error::{Error, Result};
use earful::escape::terminal as esc;
use earful::lexicon::builtin;
use earful::mention::{Tested, file, test};
use std::io::{Read, Write};
use std::process::ExitCode;

/// Arguments of `earful mentions`.
#[derive(Args)]
pub struct MentionsCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Whether queries find their must-match examples and none of their must-not-match ones
    Test(TestArgs),
}

/// Arguments of `earful mentions test`.
#[derive(Args)]
#[command(after_help = "\
A file holds a table for each subject:
  [[mention]]
  name = \"Apple\"
  kind = \"brand\"                  brand, product, competitor, subject, message or aspect
  query = 'apple, iphone, @apple, !\"apple pie\"'
  fuzzy = false                   true: misspelt names too
  must-match = [\"My iPhone died\"]
  must-not-match = [\"grandma's apple pie\"]

Exit status: 0 all examples are as they must be; 1 some are not; 2 a file is faulty.")]
struct TestArgs {
    /// Files with [[mention]] tables; - for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

/// Does what was asked.
///
/// # Errors
/// When a file cannot be read or is faulty.
pub fn run(args: &MentionsCommand) -> Result<ExitCode> {
    let Command::Test(TestArgs { files }) = &args.command;
    let lexicon = builtin::lexicon()?;
    let mut tested = Tested::default();
    for name in files {
        let (name, text) = read(name)?;
        let subjects = file::read(&name, &text)?;
        if subjects.is_empty() {
            return Err(Error::usage("found no [[mention]], expected one for each subject").at(name));
        }
        let more = test(subjects, &lexicon)?;
        tested.queries += more.queries;
        tested.examples += more.examples;
        tested.failures.extend(more.failures);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    print(&tested, &mut out).and_then(|()| out.flush()).map_err(|e| Error::writing("standard output", &e))?;
    Ok(ExitCode::from(u8::from(!tested.failures.is_empty())))
}

fn read(name: &str) -> Result<(String, String)> {
    let cannot = |e: std::io::Error| Error::usage(format!("cannot be read: {e}")).at(name);
    if name == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(cannot)?;
        return Ok(("standard input".to_owned(), text));
    }
    Ok((name.to_owned(), std::fs::read_to_string(name).map_err(cannot)?))
}

fn print(tested: &Tested, out: &mut dyn Write) -> std::io::Result<()> {
    let mut rows = Vec::new();
    for failure in &tested.failures {
        let found = failure.found.iter().map(|place| format!("\"{}\"", esc(place))).collect::<Vec<_>>().join(", ");
        let found = match (failure.wanted, found.is_empty()) {
            (true, _) => "must match, found nothing".to_owned(),
            (false, true) => "must not match, matches as a whole".to_owned(),
            (false, false) => format!("must not match, found {found}"),
        };
        rows.push(vec![esc(&failure.subject).into_owned(), found, esc(&failure.example).into_owned()]);
    }
    table::write(&rows, out)?;
    let count = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    writeln!(
        out,
        "{}, {}, {} failed",
        count(tested.queries, "query", "queries"),
        count(tested.examples, "example", "examples"),
        tested.failures.len()
    )
}
