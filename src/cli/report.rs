//! `earful report`: the summary.

use super::args::{CopiesArg, FieldArgs, IdArg, LexiconArgs, RunArgs, SaltArgs, note, sources, total_size};
use super::bad::BadArgs;
use super::gate_args::{GateArgs, tell};
use super::mention_args::MentionArgs;
use super::output::Draft;
use super::parts;
use super::reporting::{ShowArgs, check_groups, faults};
use crate::progress::Progress;
use clap::Args;
use earful::copies::Counting;
use earful::error::{Error, Result};
use earful::input::label::Trust;
use earful::input::open::Course;
use earful::input::{Field, Options, sources as files};
use earful::mention::handles;
use earful::part::{self, Part, Sampled};
use earful::pipeline::Authors;
use earful::report::SubjectNote;
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
    /// Write all that a report needs to a file, for earful merge; may be named beside -o
    #[arg(long, value_name = "PATH")]
    part: Option<PathBuf>,
    /// A labelled or starred sample of other records, to correct the shares by; --label names its column
    #[arg(long, value_name = "FILE")]
    sample: Option<String>,
    #[command(flatten)]
    show: ShowArgs,
    #[command(flatten)]
    copies: CopiesArg,
    #[command(flatten)]
    salt: SaltArgs,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    id: IdArg,
    #[command(flatten)]
    mentions: MentionArgs,
    #[command(flatten)]
    gates: GateArgs,
    #[command(flatten)]
    bad: BadArgs,
    #[command(flatten)]
    lexicon: LexiconArgs,
    #[command(flatten)]
    run: RunArgs,
}

/// Fields that are always grouped by, where a file has them.
pub const GROUPED: [Field; 2] = [Field::Source, Field::Product];

/// Reads everything, then reports.
///
/// # Errors
/// When nothing could be read, or the report cannot be written.
pub fn run(args: &ReportArgs) -> Result<ExitCode> {
    let gates = args.gates.prepare(args.mentions.no_config)?;
    let targets = args.show.targets()?;
    let draft = args.part.as_deref().map(Draft::prepare).transpose()?;
    let pseudonyms = args.salt.pseudonyms()?;
    let authors = parts::authors(pseudonyms.as_ref(), args.show.show_authors, draft.is_some(), &args.by)?;
    let mut sources = sources(&args.files)?;
    sources.sort_by(|one, other| one.name.cmp(&other.name));
    let mut options = args.fields.options(args.id.id.as_ref());
    options.course = Some(Arc::new(Course::of(&sources)));
    // A field that is asked for is always shown.
    let by: Vec<String> = args.by.iter().cloned().chain(gates.fields()).collect();
    let asked = |field: &Field| by.iter().any(|name| name == field.name());
    let mut fields: Vec<Field> = GROUPED.into_iter().filter(|field| !asked(field)).collect();
    let offered = fields.len();
    group_fields(&by, &mut fields, &mut options);
    let sample = sample(args, &mut options)?;
    let mut config = args.lexicon.config_for(options, args.run.threads, &sources, args.run.quiet);
    config.copies = args.copies.counting();
    let mut job = config.job()?;
    job.authors = authors;
    job.prints = draft.is_some();
    let extra = job.options.extra.clone();
    args.mentions.listen(&mut job, &sources, false, false, args.run.quiet)?;
    let rejects = args.bad.prepare(&mut job)?;
    let bar = Progress::watch(&job.progress, total_size(&sources), args.run.quiet);
    let (summary, files) = job.summarize(&sources, &fields)?;
    drop(bar);
    rejects.finish(&job)?;
    let groupings: Vec<String> = fields.iter().map(|field| field.name().to_owned()).chain(extra).collect();
    let subjects = job.listener.iter().flat_map(|listener| (0..).map_while(|number| listener.subject(number)));
    let subjects = subjects.map(|(name, kind)| SubjectNote { name: name.to_owned(), kind }).collect();
    let handles = job.listener.as_ref().map(|listener| handles(listener.queries())).unwrap_or_default();
    let keyed = matches!(job.authors, Authors::Keyed(_));
    let mut part = Part { groupings, offered, subjects, handles, sample, files, keyed, unredacted: true, summary, ..Part::default() };
    let mut report = args.show.report(&part, job.analyzer.lexicons());
    gates.judge(&mut report);
    let status = faults(&part.files)?;
    if draft.is_some() {
        report.notes.extend(part.notes());
    } else {
        check_groups(&args.by, &report)?;
    }
    targets.write(&report, draft.is_some(), args.run.quiet)?;
    if let (Some(draft), Some(path)) = (draft, &args.part) {
        part.lexicon = parts::words(&config)?;
        part.settings = parts::settings(&config, &job, &part, &args.mentions)?;
        if !args.show.no_redact {
            part.redact();
        }
        let bytes = part::write(&part)?;
        draft.finish(|out| out.write_all(&bytes))?;
        note(args.run.quiet, &format!("wrote {}", path.display()));
    }
    args.bad.check(part.summary.read, &part.summary.skips, |file| part.files.get(file as usize).map_or("?", |file| &file.name))?;
    Ok(tell(&report, args.run.quiet).unwrap_or(status))
}

/// Reads the labelled sample. The label column that was named is the sample's.
fn sample(args: &ReportArgs, options: &mut Options) -> Result<Option<Sampled>> {
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
        Some(truth) => Ok(Some(Sampled { name: name.clone(), truth: summary.truth, stars: truth.most.is_some() })),
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
