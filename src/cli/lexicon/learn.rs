//! `earful lexicon learn`: a lexicon from labels or stars, and what it is worth.

use super::super::args::{FieldArgs, LexiconArgs, RunArgs, TruthArgs, has_truth, note, sources, total_size};
use super::super::output::Draft;
use super::super::reporting::faults;
use super::{Form, print, table};
use crate::progress::Progress;
use clap::Args;
use earful::config::Config;
use earful::error::{Error, Result};
use earful::escape::terminal as esc;
use earful::input::Source;
use earful::learn::own::{HeldOut, MixedNote, Moved, Records};
use earful::learn::{Answer, Base, Wishes, gather, learn_own};
use earful::lexicon::builtin;
use earful::stats::Estimate;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of `earful lexicon learn`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  earful lexicon learn reviews.csv -o mine.tsv       from stars or labels in the file
  earful report reviews.csv --lexicon mine.tsv       ... and used
  earful lexicon learn a.csv b.jsonl -o - | less     to look at
  earful lexicon learn posts.csv -o mine.tsv --keep-out fairphone --keep-out acme

Nothing is written when records that were not learned from are not answered better. With --domain NAME the
entries are limited to that domain: use them with --lexicon mine.tsv --domain NAME.")]
pub struct LearnArgs {
    /// Files with labels or stars; - for standard input
    #[arg(value_name = "FILE|DIR|-")]
    files: Vec<String>,
    /// The lexicon file to write; - for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Learn nothing about this word, such as a brand or a product; may be repeated
    #[arg(long, value_name = "WORD")]
    keep_out: Vec<String>,
    /// Most labelled records to learn from, evenly spread
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    most: usize,
    /// Most words and pairs to write
    #[arg(long, value_name = "N", default_value_t = 5000)]
    terms: usize,
    /// Write the file although nothing is gained
    #[arg(long)]
    anyway: bool,
    /// Terms on which the file may be passed on, for its header
    #[arg(long, value_name = "TEXT", default_value = "yours", hide_default_value = true)]
    licence: String,
    /// Format of the account: text or json
    #[arg(long, value_enum, default_value_t = Form::Text, hide_possible_values = true, value_name = "FORMAT")]
    format: Form,
    #[command(flatten)]
    truth: TruthArgs,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    lexicon: LexiconArgs,
    #[command(flatten)]
    run: RunArgs,
}

/// Learns a lexicon.
///
/// # Errors
/// When nothing could be read, there is too little to learn from, or the file cannot be written.
pub fn run(args: &LearnArgs) -> Result<ExitCode> {
    let sources = sources(&args.files)?;
    let mut config = args.lexicon.config(args.fields.options(None), args.run.threads);
    config.new_domains = true;
    config.truth = args.truth.truth()?;
    let to_stdout = args.output == Path::new("-");
    spare_input(args, &sources, &config)?;
    let draft = if to_stdout { None } else { Some(Draft::prepare(&args.output)?) };
    let (mut answer, page, status) = learn(args, &config, &sources)?;
    let writes = answer.gain || args.anyway;
    answer.written = writes.then(|| args.output.display().to_string());
    if let (Some(draft), true) = (draft, writes) {
        draft.finish(|out| out.write_all(page.as_bytes()))?;
    }
    if to_stdout {
        return to_both(args, &answer, writes.then_some(&page)).map(|()| status);
    }
    print(args.format, &answer, |answer, out| as_text(answer, out))?;
    Ok(status)
}

fn learn(args: &LearnArgs, config: &Config, sources: &[Source]) -> Result<(Answer, String, ExitCode)> {
    let job = config.job()?;
    let bar = Progress::watch(&job.progress, total_size(sources), args.run.quiet);
    let (gathered, files) = gather(&job, sources, args.most)?;
    drop(bar);
    let status = faults(&files)?;
    has_truth(&files)?;
    let mut sheets = config.sheets()?;
    sheets.retain(|sheet| sheet.language == gathered.language || sheet.language == "any");
    let name = |source: &Source| if source.path.is_none() { "standard input".to_owned() } else { source.name.clone() };
    let wishes = Wishes {
        most_terms: args.terms,
        keep_out: args.keep_out.clone(),
        files: sources.iter().map(name).collect(),
        licence: args.licence.clone(),
    };
    let languages = builtin::languages();
    let base = Base { sheets: &sheets, language: &gathered.language, languages: &languages, domains: &config.domains };
    let spinner = Progress::spin("learning", args.run.quiet);
    let learned = job.install(|| learn_own(&gathered, base, &wishes))?;
    drop(spinner);
    let (answer, page) = learned.map_err(|error| sources.first().map_or(error.clone(), |first| error.at(&first.name)))?;
    Ok((answer, page, status))
}

/// What is read is never written over.
fn spare_input(args: &LearnArgs, sources: &[Source], config: &Config) -> Result<()> {
    let Ok(output) = args.output.canonicalize() else { return Ok(()) };
    let mut read = sources.iter().filter_map(|source| source.path.as_ref()).chain(&config.lexicons);
    match read.find(|path| path.canonicalize().is_ok_and(|path| path == output)) {
        Some(same) => Err(Error::usage("is read, and so cannot be written").at(same.display()).advise("-o with another name")),
        None => Ok(()),
    }
}

/// The file to standard output, the account to standard error.
fn to_both(args: &LearnArgs, answer: &Answer, page: Option<&String>) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let written = page.map_or(Ok(()), |page| out.write_all(page.as_bytes()).and_then(|()| out.flush()));
    written.map_err(|e| Error::writing("standard output", &e))?;
    let mut account = Vec::new();
    // Writing to memory does not fail.
    let _ = as_text(answer, &mut account);
    String::from_utf8_lossy(&account).lines().filter(|line| !line.is_empty()).for_each(|line| note(args.run.quiet, line));
    Ok(())
}

fn as_text(answer: &Answer, out: &mut dyn Write) -> std::io::Result<()> {
    let Records { learned_from, positive, neutral, negative, .. } = answer.records;
    let files: Vec<String> = answer.files.iter().map(|file| esc(file).into_owned()).collect();
    writeln!(out, "Learned from {learned_from} records of {}", files.join(", "))?;
    writeln!(out, "  {positive} praise, {neutral} neutral, {negative} complaints")?;
    held_out(&answer.held_out, out)?;
    if let Some(note) = &answer.mixed {
        mixed(note, out)?;
    }
    for (title, list) in [("Towards praise", &answer.praise), ("Towards complaint", &answer.complaint)] {
        moved(title, list, out)?;
    }
    writeln!(out)?;
    for note in &answer.notes {
        writeln!(out, "Note: {}", esc(note))?;
    }
    let (cues, terms) = (answer.entries.cues, answer.entries.terms);
    match (&answer.written, answer.gain) {
        (None, _) => writeln!(out, "No gain that could not be chance: nothing was written (--anyway writes it)."),
        (Some(path), true) => writeln!(out, "Wrote {}: {terms} terms and {cues} cues.", esc(path)),
        (Some(path), false) => writeln!(out, "Wrote {}: {terms} terms and {cues} cues, although nothing is gained.", esc(path)),
    }
}

fn held_out(held_out: &HeldOut, out: &mut dyn Write) -> std::io::Result<()> {
    let HeldOut { records, macro_f1_before, macro_f1_after, macro_f1_change, accuracy_before, accuracy_after, test } = held_out;
    let percent = |estimate: &Estimate| format!("{:.1} %", 100.0 * estimate.value);
    let points = |share: f64| format!("{:+.1}", 100.0 * share);
    writeln!(out, "\nOn {records} records that were not learned from, by parts")?;
    writeln!(
        out,
        "  macro-F1  {} -> {}: {} points, 95 % interval {} to {}",
        percent(macro_f1_before),
        percent(macro_f1_after),
        points(macro_f1_change.value),
        points(macro_f1_change.low),
        points(macro_f1_change.high)
    )?;
    writeln!(
        out,
        "  accuracy  {} -> {}: {} records become right, {} wrong ({}, {})",
        percent(accuracy_before),
        percent(accuracy_after),
        test.gained,
        test.lost,
        test.test,
        if test.p < 1e-4 { "p < 0.0001".to_owned() } else { format!("p = {:.4}", test.p) }
    )
}

fn mixed(note: &MixedNote, out: &mut dyn Write) -> std::io::Result<()> {
    let MixedNote { labelled, records, each, balance, macro_f1_before, macro_f1_after, macro_f1_change, written } = note;
    let what = if *written { "now" } else { "would be, without a gain," };
    writeln!(
        out,
        "\nMixed {what} from shares of {each} on either side and up to a score of {balance} ({labelled} records labelled mixed)"
    )?;
    writeln!(
        out,
        "  macro-F1 with mixed  {:.1} % -> {:.1} %: {:+.1} points, 95 % interval {:+.1} to {:+.1}, on {records} records",
        100.0 * macro_f1_before.value,
        100.0 * macro_f1_after.value,
        100.0 * macro_f1_change.value,
        100.0 * macro_f1_change.low,
        100.0 * macro_f1_change.high
    )
}

fn moved(title: &str, list: &[Moved], out: &mut dyn Write) -> std::io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    let row = |moved: &Moved| {
        let records = if moved.support == 1 { "record" } else { "records" };
        let change = format!("{:+.2} -> {:+.2}", moved.before, moved.lean);
        vec![esc(&moved.term).into_owned(), change, format!("{} {records}", moved.support)]
    };
    table::write(&list.iter().map(row).collect::<Vec<_>>(), out)
}
