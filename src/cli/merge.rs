//! `earful merge`: one report from saved parts.

use super::args::note;
use super::gate_args::{GateArgs, tell};
use super::output::Draft;
use super::reporting::{ShowArgs, check_groups, faults};
use clap::Args;
use earful::config::Config;
use earful::error::{Error, Result};
use earful::lexicon::Lexicon;
use earful::part::{self, Part};
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `earful merge`.
#[derive(Args)]
pub struct MergeArgs {
    /// Parts, as earful report --part writes them
    #[arg(value_name = "PART", required = true)]
    parts: Vec<PathBuf>,
    /// Write a part with all of them
    #[arg(long, value_name = "PATH")]
    part: Option<PathBuf>,
    #[command(flatten)]
    show: ShowArgs,
    #[command(flatten)]
    gates: GateArgs,
    /// Leave out earful.toml, which is looked for from the working directory upwards
    #[arg(long)]
    no_config: bool,
    /// No notes on standard error
    #[arg(long, short)]
    quiet: bool,
}

/// Reads all parts, merges them, then reports.
///
/// # Errors
/// When one cannot be read or does not fit the others, or the report cannot be written.
pub fn run(args: &MergeArgs) -> Result<ExitCode> {
    let targets = args.show.targets()?;
    let gates = args.gates.prepare(args.no_config)?;
    let draft = args.part.as_deref().map(Draft::prepare).transpose()?;
    let mut parts = Vec::new();
    for path in &args.parts {
        let name = path.display().to_string();
        let part = read(path).map_err(|e| e.at(&name))?;
        if part.unredacted {
            note(args.quiet, &format!("{name} holds texts as they were written, personal data and all"));
        } else if args.show.no_redact {
            note(args.quiet, &format!("{name} was written without personal data in its texts, and --no-redact cannot bring it back"));
        }
        parts.push((name, part));
    }
    let mut whole = part::merge(parts)?;
    let mut report = args.show.report(&whole, &lexicons(&whole)?);
    report.notes.extend(whole.notes());
    gates.judge(&mut report);
    let status = faults(&whole.files)?;
    check_groups(whole.groupings.get(whole.offered..).unwrap_or_default(), &report)?;
    targets.write(&report, draft.is_some(), args.quiet)?;
    if let (Some(draft), Some(path)) = (draft, &args.part) {
        if !args.show.no_redact {
            whole.redact();
        }
        let bytes = part::write(&whole)?;
        draft.finish(|out| out.write_all(&bytes))?;
        note(args.quiet, &format!("wrote {}", path.display()));
    }
    Ok(tell(&report, args.quiet).unwrap_or(status))
}

fn read(path: &PathBuf) -> Result<Part> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path);
    file.and_then(|file| file.take(part::MOST_PACKED + 1).read_to_end(&mut bytes)).map_err(|e| {
        Error::input(format!("cannot be read ({e}), expected a part")).advise("earful report FILES --part NAME.part writes one")
    })?;
    part::read(&bytes)
}

/// The lexicons of a part, compiled again.
fn lexicons(part: &Part) -> Result<Vec<Lexicon>> {
    let words = &part.lexicon;
    let config = Config { texts: words.files.clone(), lexicon_only: words.only, domains: words.domains.clone(), ..Config::default() };
    config.lexicons()
}
