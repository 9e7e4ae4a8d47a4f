//! `earful score`: every record with its score.

use super::args::{CopiesArg, FieldArgs, IdArg, LexiconArgs, RunArgs, SaltArgs, note, sources, total_size};
use super::bad::{BadArgs, name as reason_name};
use super::mention_args::MentionArgs;
use crate::progress::Progress;
use clap::{Args, ValueEnum};
use earful::analyze::Analysis;
use earful::copies::Counting;
use earful::error::{Error, Fault, Result};
use earful::input::open::{Member, open};
use earful::input::{Field, Record};
use earful::mention::Ear;
use earful::pipeline::{Gate, Job, Streamed};
use earful::pseudonym::Pseudonyms;
use earful::report::rows::{self, Keep, RowFormat, Rows};
use earful::summary::Place;
use earful::summary::skips::Reason;
use std::io::Write;
use std::process::ExitCode;

/// Arguments of `earful score`.
#[derive(Args)]
pub struct ScoreArgs {
    /// Files, directories or patterns; - for standard input
    #[arg(value_name = "FILE|DIR|-")]
    files: Vec<String>,
    /// Format of rows: jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: String,
    /// Which fields of the input rows keep
    #[arg(long, value_enum, default_value_t = KeepArg::All, value_name = "all|id|none", hide_possible_values = true)]
    keep: KeepArg,
    #[command(flatten)]
    copies: CopiesArg,
    /// Leave personal data in the fields that are kept
    #[arg(long)]
    no_redact: bool,
    #[command(flatten)]
    salt: SaltArgs,
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

#[derive(Clone, Copy, ValueEnum)]
enum KeepArg {
    All,
    Id,
    None,
}

impl From<KeepArg> for Keep {
    fn from(keep: KeepArg) -> Self {
        match keep {
            KeepArg::All => Self::All,
            KeepArg::Id => Self::Id,
            KeepArg::None => Self::None,
        }
    }
}

/// Streams rows of all sources; a source that cannot be read is told and the others still count.
///
/// # Errors
/// When the output cannot be written, or nothing could be read.
pub fn run(args: &ScoreArgs) -> Result<ExitCode> {
    let format = rows::by_name(&args.format)?;
    let pseudonyms = args.salt.pseudonyms()?;
    let sources = sources(&args.files)?;
    let options = args.fields.options(args.id.id.as_ref());
    let mut job = args.lexicon.config_for(options, args.run.threads, &sources, args.run.quiet).job()?;
    let target = job.options.named.iter().any(|(field, _)| *field == Field::Target);
    args.mentions.listen(&mut job, &sources, true, target, args.run.quiet)?;
    let rejects = args.bad.prepare(&mut job)?;
    let gate = (args.copies.counting() == Counting::Once).then(Gate::new);
    let bar = Progress::watch(&job.progress, total_size(&sources), args.run.quiet);
    let mut stream = Stream { args, format, pseudonyms, job: &job, gate: gate.as_ref(), target, header: None };
    let mut failed: Vec<Error> = Vec::new();
    let mut notes = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut all = Streamed::default();
    for source in &sources {
        let mut members = open(source, &job.options, &job.progress);
        for member in members.by_ref() {
            let name = member.source.name.clone();
            match stream.write(names.len(), member) {
                Ok((file, repairs)) => {
                    let first = |places: &[Place]| places.first().map_or(0, |place| place.line);
                    notes.extend(file.skips.iter().map(|(reason, count, places)| skipped(reason, count, first(places), &name)));
                    notes.extend(repairs.iter().map(|note| format!("{name}: {note}")));
                    all.merge(file);
                }
                Err(error) if error.fault() == Fault::Input => failed.push(error),
                Err(error) => return Err(error),
            }
            names.push(name);
        }
        notes.extend(members.note().map(|note| format!("{}: {note}", source.name)));
    }
    drop(bar);
    rejects.finish(&job)?;
    notes.extend(law(&all));
    notes.extend(gate.as_ref().and_then(Gate::note));
    notes.iter().for_each(|text| note(args.run.quiet, text));
    if failed.len() == names.len() {
        return Err(Error::all(failed));
    }
    for error in &failed {
        let _ = writeln!(std::io::stderr(), "earful: {error}");
    }
    args.bad.check(all.read, &all.skips, |file| names.get(file as usize).map_or("?", String::as_str))?;
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

/// Where all records are, if not all have a row of their own.
fn law(all: &Streamed) -> Option<String> {
    let (skipped, excluded) = (all.skips.count() - all.skips.excluded(), all.skips.excluded());
    let rows = all.read - skipped - excluded;
    let copies =
        if all.copies > 0 { format!(" ({} of them copies of earlier records, marked \"copy\")", all.copies) } else { String::new() };
    let told = all.copies + skipped + excluded > 0;
    told.then(|| format!("{} records: {rows} rows{copies} + {skipped} skipped + {excluded} excluded", all.read))
}

fn skipped(reason: &Reason, count: u64, line: u64, name: &str) -> String {
    let what = reason_name(reason);
    let place = if line > 0 { format!("{name}:{line}") } else { name.to_owned() };
    format!("{place}: {count} record{} without a row: {what}", if count == 1 { "" } else { "s" })
}

/// Rows of one file after the other.
struct Stream<'s> {
    args: &'s ScoreArgs,
    format: RowFormat,
    pseudonyms: Option<Pseudonyms>,
    job: &'s Job,
    gate: Option<&'s Gate>,
    /// Whether records name their target.
    target: bool,
    /// That of the first file.
    header: Option<Vec<u8>>,
}

impl Stream<'_> {
    fn write(&mut self, number: usize, member: Member) -> Result<(Streamed, Vec<String>)> {
        let mut opened = member.opened?;
        let keep = Keep::from(self.args.keep);
        if keep == Keep::All && (self.format == RowFormat::Csv || !opened.dialect.is_json()) {
            opened.want_all();
        }
        let rows = Rows::new(&opened, self.format, keep, self.args.no_redact)
            .hearing(self.job.listener.as_ref(), self.target)
            .with_pseudonyms(self.pseudonyms.clone());
        let mut out = std::io::stdout();
        let head = rows.header();
        match &self.header {
            None => out.write_all(&head).map_err(|e| Error::writing("standard output", &e))?,
            Some(first) if *first != head => {
                return Err(Error::input("found other columns than in the first file, expected the same for CSV")
                    .at(&opened.source.name)
                    .advise("--format jsonl, or --keep id"));
            }
            Some(_) => {}
        }
        self.header.get_or_insert(head);
        let row_of = |record: &Record, analysis: &Analysis, ear: &Ear, copy: bool, bytes: &mut Vec<u8>| {
            rows.write(record, analysis, ear, copy, bytes);
        };
        let streamed = self.job.stream(number, &mut opened, self.gate, &row_of, &mut out)?;
        out.flush().map_err(|e| Error::writing("standard output", &e))?;
        Ok((streamed, opened.repairs.notes()))
    }
}
