//! `earful compare`: what changed, and whether that is more than chance.

mod divide;
mod read;

use super::args::{Colour, CopiesArg, FieldArgs, IdArg, LexiconArgs, RunArgs, note};
use super::bad::BadArgs;
use super::mention_args::MentionArgs;
use super::output::Output;
use super::reporting::looks;
use clap::Args;
use divide::Window;
use earful::error::{Error, Result};
use earful::input::dates::parse_day;
use earful::report::Renderer;
use earful::report::compare::{self, CompareReport};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `earful compare`.
#[derive(Args)]
pub struct CompareArgs {
    /// BEFORE and AFTER: files, directories, patterns, saved reports (report -o x.json), - for standard input; with --split
    /// or --event the files that hold both sides
    #[arg(value_name = "BEFORE AFTER|FILE")]
    files: Vec<String>,
    /// A file of the first side; may be repeated
    #[arg(long, value_name = "FILE", requires = "after", conflicts_with = "files")]
    before: Vec<String>,
    /// A file of the second side; may be repeated
    #[arg(long, value_name = "FILE", requires = "before")]
    after: Vec<String>,
    /// Compare records of one file by the value of this column or field: --base against --test
    #[arg(long, value_name = "FIELD", requires_all = ["base", "test"], conflicts_with_all = ["event", "before"])]
    split: Option<String>,
    /// The value of the first side
    #[arg(long, value_name = "VALUE", requires = "split", allow_hyphen_values = true)]
    base: Option<String>,
    /// The value of the second side
    #[arg(long, value_name = "VALUE", requires = "split", allow_hyphen_values = true)]
    test: Option<String>,
    /// Compare records of one file before this day with those from it on
    #[arg(long, value_name = "DATE", value_parser = parse_day, conflicts_with = "before")]
    event: Option<i32>,
    /// Days on either side of the event, such as 28d or 4w [default: as many as both sides have, in whole weeks]
    #[arg(long, value_name = "DAYS", value_parser = Window::parse, requires = "event")]
    window: Option<Window>,
    /// Take the change apart by this column or field too; may be repeated
    #[arg(long, value_name = "FIELD")]
    by: Vec<String>,
    /// Write to a file; the ending picks the format (.md .json .txt); may be repeated
    #[arg(short, long, value_name = "PATH")]
    output: Vec<PathBuf>,
    /// Format for standard output: text, md or json
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    copies: CopiesArg,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, hide_possible_values = true, value_name = "auto|always|never")]
    color: Colour,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    id: IdArg,
    #[command(flatten)]
    mentions: MentionArgs,
    #[command(flatten)]
    bad: BadArgs,
    #[command(flatten)]
    lexicon: LexiconArgs,
    #[command(flatten)]
    run: RunArgs,
}

/// Reads both sides, then compares.
///
/// # Errors
/// When a side cannot be read, or the output cannot be written.
pub fn run(args: &CompareArgs) -> Result<ExitCode> {
    let renderer = compare::by_name(args.format.as_deref().unwrap_or("text"))?;
    let outputs = args.output.iter().map(|path| Output::prepare(path, compare::by_path)).collect::<Result<Vec<_>>>()?;
    let (report, status) = match (&args.split, args.event, args.files.as_slice()) {
        (Some(field), ..) => divide::by_field(args, field)?,
        (None, Some(day), _) => divide::by_event(args, day)?,
        (None, None, [before, after]) => read::sides(args, std::slice::from_ref(before), std::slice::from_ref(after))?,
        (None, None, []) if !args.before.is_empty() => read::sides(args, &args.before, &args.after)?,
        (None, None, files) => return Err(wrong_number(files.len())),
    };
    print(args, renderer, &report)?;
    for (output, path) in outputs.into_iter().zip(&args.output) {
        output.finish(&report)?;
        note(args.run.quiet, &format!("wrote {}", path.display()));
    }
    Ok(status)
}

fn wrong_number(files: usize) -> Error {
    let found = match files {
        0 => "no file".to_owned(),
        1 => "one file".to_owned(),
        more => format!("{more} files"),
    };
    Error::usage(format!("found {found}, expected two: BEFORE and AFTER"))
        .advise("earful compare january.csv february.csv; --before and --after for several files; --split or --event inside one")
}

fn print(args: &CompareArgs, renderer: &Renderer<CompareReport>, report: &CompareReport) -> Result<()> {
    if args.format.is_none() && !args.output.is_empty() {
        return Ok(());
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    (renderer.render)(report, looks(args.color), &mut out).and_then(|()| out.flush()).map_err(|e| Error::writing("standard output", &e))
}
