//! `earful eval`: how good the answers are, by labels or stars in the file.

use super::args::{Colour, FieldArgs, IdArg, LexiconArgs, RunArgs, TruthArgs, has_truth, note, sources, total_size};
use super::bad::BadArgs;
use super::output::Output;
use super::report::group_fields;
use super::reporting::{faults, looks};
use crate::progress::Progress;
use clap::Args;
use earful::analyze::Analyzer;
use earful::error::{Error, Result};
use earful::input::Options;
use earful::report::Renderer;
use earful::report::eval::{self, EvalContext, EvalReport};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `earful eval`.
#[derive(Args)]
pub struct EvalArgs {
    /// Files, directories or patterns; - for standard input
    #[arg(value_name = "FILE|DIR|-")]
    files: Vec<String>,
    /// Figures by this column or field; may be repeated
    #[arg(long, value_name = "FIELD")]
    by: Vec<String>,
    /// Answer the same records with this lexicon laid over the others, and compare; may be repeated
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// Exit with status 1 when macro-F1, in percent, is below this
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min_macro_f1: Option<f64>,
    /// Records to show whose score is furthest from their label, at most 20
    #[arg(long, value_name = "N", default_value_t = 5)]
    clashes: usize,
    /// Write to a file; the ending picks the format (.md .json .txt); may be repeated
    #[arg(short, long, value_name = "PATH")]
    output: Vec<PathBuf>,
    /// Format for standard output: text, md or json
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Leave e-mail addresses, phone and card numbers and handles in texts
    #[arg(long)]
    no_redact: bool,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, hide_possible_values = true, value_name = "auto|always|never")]
    color: Colour,
    #[command(flatten)]
    truth: TruthArgs,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    id: IdArg,
    #[command(flatten)]
    bad: BadArgs,
    #[command(flatten)]
    lexicon: LexiconArgs,
    #[command(flatten)]
    run: RunArgs,
}

fn percent(text: &str) -> std::result::Result<f64, String> {
    let number = text.trim_end_matches([' ', '%']).parse().map_err(|_| "expected a percentage such as 65".to_owned())?;
    if (0.0..=100.0).contains(&number) { Ok(number) } else { Err("expected a percentage from 0 to 100".to_owned()) }
}

/// Answers all labelled records, then reports how well.
///
/// # Errors
/// When nothing could be read, no file has labels or stars, or the output cannot be written.
pub fn run(args: &EvalArgs) -> Result<ExitCode> {
    let renderer = eval::by_name(args.format.as_deref().unwrap_or("text"))?;
    let outputs = args.output.iter().map(|path| Output::prepare(path, eval::by_path)).collect::<Result<Vec<_>>>()?;
    let sources = sources(&args.files)?;
    let mut options = args.fields.options(args.id.id.as_ref());
    let mut fields = Vec::new();
    group_fields(&args.by, &mut fields, &mut options);
    let rivals = rivals(args, &options)?;
    let mut config = args.lexicon.config_for(options, args.run.threads, &sources, args.run.quiet);
    config.truth = args.truth.truth()?;
    let mut job = config.job()?;
    let rejects = args.bad.prepare(&mut job)?;
    let bar = Progress::watch(&job.progress, total_size(&sources), args.run.quiet);
    let (evaluation, files) = job.evaluate(&sources, &fields, &rivals)?;
    drop(bar);
    rejects.finish(&job)?;
    let status = faults(&files)?;
    has_truth(&files)?;
    let slicings: Vec<String> = fields.iter().map(|field| field.name().to_owned()).chain(job.options.extra.iter().cloned()).collect();
    let names: Vec<String> = args.against.iter().map(|path| path.display().to_string()).collect();
    let report = eval::build(
        &evaluation,
        &EvalContext {
            files: &files,
            slicings: &slicings,
            lexicons: job.analyzer.lexicons(),
            rivals: &names,
            clashes: args.clashes,
            unredacted: args.no_redact,
        },
    );
    check_slices(&report)?;
    print(args, renderer, &report)?;
    for (output, path) in outputs.into_iter().zip(&args.output) {
        output.finish(&report)?;
        note(args.run.quiet, &format!("wrote {}", path.display()));
    }
    args.bad.check(evaluation.read, &evaluation.skips, |file| files.get(file as usize).map_or("?", |file| &file.name))?;
    Ok(gate(args.min_macro_f1, &report).unwrap_or(status))
}

/// The analyzer of each other lexicon: the same lexicons, and that one over them.
fn rivals(args: &EvalArgs, options: &Options) -> Result<Vec<Analyzer>> {
    let analyzer = |path: &PathBuf| {
        let mut config = args.lexicon.config(options.clone(), args.run.threads);
        config.lexicons.push(path.clone());
        Ok(config.job()?.analyzer)
    };
    args.against.iter().map(analyzer).collect()
}

/// A field that was asked for and is in no file is a mistake, not an empty table.
fn check_slices(report: &EvalReport) -> Result<()> {
    match report.slices.iter().find(|slice| slice.values.is_empty()) {
        Some(missing) if report.read.evaluated > 0 => {
            Err(Error::input(format!("found no column {:?} with values in any file", missing.field))
                .at("--by")
                .advise("earful inspect FILE lists the columns"))
        }
        _ => Ok(()),
    }
}

fn print(args: &EvalArgs, renderer: &Renderer<EvalReport>, report: &EvalReport) -> Result<()> {
    if args.format.is_none() && !args.output.is_empty() {
        return Ok(());
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    (renderer.render)(report, looks(args.color), &mut out).and_then(|()| out.flush()).map_err(|e| Error::writing("standard output", &e))
}

/// Exit status 1 when macro-F1 is too low, or nothing could be evaluated.
fn gate(least: Option<f64>, report: &EvalReport) -> Option<ExitCode> {
    let found = report.overall.macro_f1.value * 100.0;
    let least = least.filter(|least| found < *least || report.read.evaluated == 0)?;
    let _ = writeln!(std::io::stderr(), "earful: macro-F1 is {found:.2} %, expected at least {least} %");
    Some(ExitCode::from(1))
}
