//! `earful report`: the summary.

use super::args::{Colour, CopiesArg, FieldArgs, IdArg, LexiconArgs, RunArgs, SaltArgs, note, sources, total_size};
use super::bad::BadArgs;
use super::mention_args::MentionArgs;
use super::output::Output;
use crate::progress::Progress;
use clap::Args;
use earful::copies::Counting;
use earful::error::{Error, Result};
use earful::input::label::Trust;
use earful::input::open::Course;
use earful::input::{Field, Options, sources as files};
use earful::report::{self, Context, FileOutcome, Looks, Report, Sample, SubjectNote};
use earful::summary::Summary;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Arguments of `earful report`.
#[derive(Args)]
pub struct ReportArgs {
    /// Files, directories or patterns; - for standard input
    #[arg(value_name = "FILE|DIR|-")]
    files: Vec<String>,
    /// Group by this column or field too; may be repeated
    #[arg(long, value_name = "FIELD")]
    by: Vec<String>,
    /// Write the report to a file; the ending picks the format (.html .md .json .csv .txt); may be repeated
    #[arg(short, long, value_name = "PATH")]
    output: Vec<PathBuf>,
    /// Format for standard output: text, md, json, csv or html
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// A labelled or starred sample of other records, to correct the shares by; --label names its column
    #[arg(long, value_name = "FILE")]
    sample: Option<String>,
    /// Quotes of praise and of complaint
    #[arg(long, value_name = "N", default_value_t = 3)]
    quotes: usize,
    #[command(flatten)]
    copies: CopiesArg,
    /// Leave personal data in quotes
    #[arg(long)]
    no_redact: bool,
    /// Name authors instead of numbering them
    #[arg(long)]
    show_authors: bool,
    #[command(flatten)]
    salt: SaltArgs,
    /// When to colour the report
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

/// Fields that are always grouped by, where a file has them.
const GROUPED: [Field; 2] = [Field::Source, Field::Product];

/// Reads everything, then reports.
///
/// # Errors
/// When nothing could be read, or the report cannot be written.
pub fn run(args: &ReportArgs) -> Result<ExitCode> {
    let renderer = report::by_name(args.format.as_deref().unwrap_or("text"))?;
    let pseudonyms = args.salt.pseudonyms()?;
    let outputs = args.output.iter().map(|path| Output::prepare(path, report::by_path)).collect::<Result<Vec<_>>>()?;
    let sources = sources(&args.files)?;
    let mut options = args.fields.options(args.id.id.as_ref());
    options.course = Some(Arc::new(Course::of(&sources)));
    // A field that is asked for is always shown.
    let asked = |field: &Field| args.by.iter().any(|name| name == field.name());
    let mut fields: Vec<Field> = GROUPED.into_iter().filter(|field| !asked(field)).collect();
    let offered = fields.len();
    group_fields(&args.by, &mut fields, &mut options);
    let sample = sample(args, &mut options)?;
    let mut config = args.lexicon.config_for(options, args.run.threads, &sources, args.run.quiet);
    config.copies = args.copies.counting();
    let mut job = config.job()?;
    let extra = job.options.extra.clone();
    args.mentions.listen(&mut job, &sources, false, false, args.run.quiet)?;
    let rejects = args.bad.prepare(&mut job)?;
    let bar = Progress::watch(&job.progress, total_size(&sources), args.run.quiet);
    let (summary, files) = job.summarize(&sources, &fields)?;
    drop(bar);
    rejects.finish(&job)?;
    let groupings: Vec<String> = fields.iter().map(|field| field.name().to_owned()).chain(extra).collect();
    let subjects: Vec<SubjectNote> = job
        .listener
        .iter()
        .flat_map(|listener| (0..).map_while(|number| listener.subject(number)))
        .map(|(name, kind)| SubjectNote { name: name.to_owned(), kind })
        .collect();
    let context = Context {
        subjects: &subjects,
        files: &files,
        groupings: &groupings,
        offered,
        lexicons: job.analyzer.lexicons(),
        quotes: args.quotes,
        unredacted: args.no_redact,
        pseudonyms: pseudonyms.as_ref(),
        show_authors: args.show_authors,
        sample: sample.as_ref().map(|(name, summary, stars)| Sample { name, truth: &summary.truth, stars: *stars }),
    };
    let report = report::build(&summary, &context);
    let status = faults(&files)?;
    check_groups(&args.by, &report)?;
    print(args, renderer, &report)?;
    for (output, path) in outputs.into_iter().zip(&args.output) {
        output.finish(&report)?;
        note(args.run.quiet, &format!("wrote {}", path.display()));
    }
    args.bad.check(summary.read, &summary.skips, |file| files.get(file as usize).map_or("?", |file| &file.name))?;
    Ok(status)
}

/// Reads the labelled sample: its name, its summary, whether its labels are stars. The label column that
/// was named is the sample's.
fn sample(args: &ReportArgs, options: &mut Options) -> Result<Option<(String, Summary, bool)>> {
    let Some(name) = &args.sample else { return Ok(None) };
    let of_sample = |(field, _): &(Field, String)| *field == Field::Label;
    let named = options.named.iter().filter(|named| of_sample(named)).cloned().collect();
    options.named.retain(|named| !of_sample(named));
    let mut config = args.lexicon.config(Options { named, ..Options::default() }, args.run.threads);
    config.truth.trust = Trust::Found;
    // What a sample was drawn for is not to be thinned out.
    config.copies = Counting::Each;
    let (summary, mut outcomes) = config.job()?.summarize(&files::expand(std::slice::from_ref(name))?, &[])?;
    if let Some(fault) = outcomes.iter_mut().find_map(|file| file.fault.take()) {
        return Err(fault);
    }
    match outcomes.iter().find_map(|file| file.truth.as_ref()) {
        Some(truth) => Ok(Some((name.clone(), summary, truth.most.is_some()))),
        None => Err(Error::input("found no column with labels or stars in the sample")
            .at(name)
            .advise("name it with --label COLUMN; earful inspect FILE lists the columns")),
    }
}

/// Fields and columns by the names that were asked for. `label` is a column like any other here.
pub fn group_fields(names: &[String], fields: &mut Vec<Field>, options: &mut Options) {
    for name in names {
        match Field::ALL.iter().find(|field| field.name() == name && **field != Field::Label) {
            Some(field) if fields.contains(field) => {}
            Some(field) => fields.push(*field),
            None => options.extra.push(name.clone()),
        }
    }
}

/// Tells what is wrong with files; an error when none could be read.
pub fn faults(files: &[FileOutcome]) -> Result<ExitCode> {
    let errors: Vec<Error> = files.iter().filter_map(|file| file.fault.clone()).collect();
    if files.iter().all(|file| file.format.is_empty()) {
        return Err(Error::all(errors));
    }
    for error in &errors {
        let _ = writeln!(std::io::stderr(), "earful: {error}");
    }
    Ok(if errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

/// A group that was asked for and is in no file is a mistake, not an empty table.
fn check_groups(asked: &[String], report: &Report) -> Result<()> {
    let told = |name: &str| {
        report.groups.iter().any(|group| group.field == name) || report.notes.iter().any(|note| note.starts_with(&format!("{name:?}")))
    };
    match asked.iter().find(|name| !told(name)) {
        Some(missing) if report.read.scored > 0 => Err(Error::input(format!("found no column {missing:?} with values in any file"))
            .at("--by")
            .advise("earful inspect FILE lists the columns")),
        _ => Ok(()),
    }
}

fn print(args: &ReportArgs, renderer: &report::Renderer, report: &Report) -> Result<()> {
    if args.format.is_none() && !args.output.is_empty() {
        return Ok(());
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    (renderer.render)(report, looks(args.color), &mut out).and_then(|()| out.flush()).map_err(|e| Error::writing("standard output", &e))
}

/// How a page on standard output looks.
pub fn looks(color: Colour) -> Looks {
    let width = terminal_size::terminal_size().map_or(Looks::default().width, |(columns, _)| usize::from(columns.0).clamp(60, 160));
    Looks { colour: color.on_stdout(), width }
}
