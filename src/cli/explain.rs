//! `earful explain`: why a text has its score.

use super::args::{FieldArgs, LexiconArgs, sources};
use super::mention_args::MentionArgs;
use clap::Args;
use earful::analyze::Analysis;
use earful::error::{Error, Result};
use earful::escape::terminal as esc;
use earful::explain::{Explanation, IronyNote, Opinion, ResultNote, UnitNote, Weight, explain_hearing, targets::TargetNote};
use earful::input::open::open;
use earful::input::{Field, Record, Source};
use earful::mention::Ear;
use earful::pipeline::Job;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// Arguments of `earful explain`.
#[derive(Args)]
pub struct ExplainArgs {
    /// A text; or files, with --id; or - for a text on standard input
    #[arg(value_name = "TEXT|FILE", required = true)]
    what: Vec<String>,
    /// The record of a file to explain: its id, or its number in the file
    #[arg(long = "id", value_name = "ID")]
    record: Option<String>,
    /// Column that holds the ids
    #[arg(long, value_name = "COLUMN")]
    id_column: Option<String>,
    /// Format: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    mentions: MentionArgs,
    #[command(flatten)]
    lexicon: LexiconArgs,
}

/// Explains a text or a record.
///
/// # Errors
/// When the record cannot be found, or the explanation not be written.
pub fn run(args: &ExplainArgs) -> Result<ExitCode> {
    let write: fn(&Explanation, &mut dyn Write) -> std::io::Result<()> = match args.format.as_str() {
        "text" => as_text,
        "json" => as_json,
        other => return Err(Error::usage(format!("found the format {other:?}, expected one of: text, json")).at("--format")),
    };
    let mut job = args.lexicon.config(args.fields.options(args.id_column.as_ref()), 0).job()?;
    args.mentions.listen(&mut job, &[], true, false, true)?;
    let explanation = match &args.record {
        Some(id) => find(&job, &sources(&args.what)?, id)?,
        None => explain_hearing(&job.analyzer, job.listener.as_ref(), None, Some(&text(&args.what)?), None),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    write(&explanation, &mut out).and_then(|()| out.flush()).map_err(|e| Error::writing("standard output", &e))?;
    Ok(ExitCode::SUCCESS)
}

fn text(what: &[String]) -> Result<String> {
    if what.len() == 1 && what[0] == "-" {
        let mut text = Vec::new();
        std::io::stdin().read_to_end(&mut text).map_err(|e| Error::input(format!("cannot be read: {e}")).at("standard input"))?;
        return Ok(String::from_utf8_lossy(&text).into_owned());
    }
    if what.len() == 1 && Path::new(&what[0]).is_file() {
        return Err(Error::usage("found a file, expected a text, or the id of one of its records")
            .at(&what[0])
            .advise(format!("earful explain {:?} --id ID", what[0])));
    }
    Ok(what.join(" "))
}

/// The record with this id, or else with this number.
fn find(job: &Job, sources: &[Source], id: &str) -> Result<Explanation> {
    let members = sources.iter().flat_map(|source| open(source, &job.options, &job.progress));
    for (number, member) in members.enumerate() {
        let mut opened = member.opened?;
        let has_ids = opened.columns.of(Field::Id).is_some();
        let is_it = |record: &Record| if has_ids { record.get(Field::Id as usize) == Some(id) } else { record.number.to_string() == id };
        let found: Mutex<Option<(u64, Explanation)>> = Mutex::new(None);
        let look = |record: &Record, _: &Analysis, _: &Ear, _: bool, _: &mut Vec<u8>| {
            if is_it(record) {
                let get = |field: Field| record.get(field as usize);
                let explained =
                    explain_hearing(&job.analyzer, job.listener.as_ref(), get(Field::Title), get(Field::Text), get(Field::Lang));
                let mut first = found.lock().unwrap_or_else(PoisonError::into_inner);
                if first.as_ref().is_none_or(|(number, _)| record.number < *number) {
                    *first = Some((record.number, explained));
                }
            }
        };
        job.stream(number, &mut opened, None, &look, &mut std::io::sink())?;
        if let Some((_, explanation)) = found.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Ok(explanation);
        }
    }
    Err(Error::input(format!("found no record with the id {id:?}")).at("--id").advise("earful score FILE --keep id lists the ids"))
}

fn as_json(explanation: &Explanation, out: &mut dyn Write) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, explanation)?;
    writeln!(out)
}

fn as_text(explanation: &Explanation, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}\n", esc(&explanation.text))?;
    if let Some(reason) = explanation.reason {
        return writeln!(out, "unscored: {reason} ({})", esc(&explanation.lang));
    }
    units(&explanation.units, out)?;
    opinions(&explanation.opinions, out)?;
    let Some(r) = &explanation.result else { return Ok(()) };
    sum(explanation, r, out)?;
    irony(&explanation.irony, out)?;
    explanation.targets.iter().try_for_each(|note| target(note, out))?;
    writeln!(out, "\nscore      {:>8.4} = praise {:.4} - complaint {:.4}   {}", r.score, r.praise, r.complaint, r.polarity)?;
    writeln!(out, "confidence {:>8.2}   coverage {:.2}   language {}", r.confidence, r.coverage, esc(&explanation.lang))
}

fn units(units: &[UnitNote], out: &mut dyn Write) -> std::io::Result<()> {
    for unit in units {
        let text = esc(&unit.text);
        match &unit.entry {
            Some(entry) => {
                writeln!(out, "  {text:<20} {:<12} {:>6.2}  {} ({})", unit.role, entry.value, esc(&entry.term), esc(&entry.origin))?;
            }
            None => writeln!(out, "  {text:<20} {:<12}", unit.role)?,
        }
    }
    Ok(())
}

fn opinions(opinions: &[Opinion], out: &mut dyn Write) -> std::io::Result<()> {
    if opinions.is_empty() {
        return writeln!(out, "\nno opinion found");
    }
    for opinion in opinions {
        writeln!(out, "\n  {:<20} {:>8.3}", esc(&opinion.text), opinion.valence)?;
        for change in &opinion.changes {
            writeln!(out, "    {:<18} {:>8.3}  {} ({})", change.rule, change.after, change.means, esc(&change.because_of))?;
        }
        writeln!(out, "    {:<18} {:>8.3}", "points", opinion.points)?;
    }
    Ok(())
}

/// The signs of irony, with how often each was right.
fn irony(notes: &[IronyNote], out: &mut dyn Write) -> std::io::Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  signs of irony, which change nothing")?;
    for IronyNote { cue, means, text, right, shown, complaints, posts } in notes {
        writeln!(out, "    {cue:<18} {}: {means}", esc(text))?;
        writeln!(out, "    {:<18} ironic in {right} of {shown} test sentences; a complaint in {complaints} of {posts} labelled posts", "")?;
    }
    Ok(())
}

/// What is felt about a subject: how each opinion stands to it, and what that leaves of it.
fn target(note: &TargetNote, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "\n  {} ({})", esc(&note.subject), esc(&note.mentions.join(", ")))?;
    for opinion in &note.opinions {
        bearing(out, &opinion.text, opinion.adds, &format!("{} x{:.2}", opinion.stands, opinion.counts))?;
        if !opinion.bonds.is_empty() {
            writeln!(out, "      {}", opinion.bonds.join(" "))?;
        }
    }
    bearing(out, "words", note.words, "")?;
    for other in &note.others {
        bearing(out, &other.feature, other.adds, "")?;
    }
    bearing(out, "cues", note.rest, "")?;
    bearing(out, "sum", note.sum, "")?;
    writeln!(out, "    {:<30} {:>8.4}           {}", "score", note.score, note.polarity)
}

/// What bears on a subject, what that adds, and how it stands.
fn bearing(out: &mut dyn Write, name: &str, adds: Weight, stands: &str) -> std::io::Result<()> {
    writeln!(out, "    {:<30} {:>+8.3} {:>+8.3}  {stands}", esc(name), adds.lean, adds.opinion)
}

/// The sum that the score comes from, line by line.
fn sum(explanation: &Explanation, result: &ResultNote, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "\n  {:<32} {:>8} {:>8}", "log-odds", "lean", "opinion")?;
    let mut line = |name: &str, adds: Weight| writeln!(out, "  {:<32} {:>+8.3} {:>+8.3}", esc(name), adds.lean, adds.opinion);
    for opinion in &explanation.opinions {
        line(&opinion.text, opinion.adds)?;
    }
    for lean in &explanation.leanings {
        line(&lean.text, lean.adds)?;
    }
    for cue in &explanation.cues {
        line(cue.cue, cue.adds)?;
    }
    line("sum", result.sum)
}
