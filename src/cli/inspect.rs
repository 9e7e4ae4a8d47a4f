//! `earful inspect`: what was detected, and why.

use super::args::{FieldArgs, IdArg, note, sources};
use clap::Args;
use earful::error::{Error, Result};
use earful::escape::terminal as esc;
use earful::extract::{Unwrapped, WRAPPINGS, extract};
use earful::input::Field;
use earful::input::columns::{ColumnSample, names_authors};
use earful::input::compression::Compression;
use earful::input::open::{Opened, open};
use earful::input::profile::{self, Match, Profile};
use earful::input::rating::Scale;
use earful::redact::redact;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Arguments of `earful inspect`.
#[derive(Args)]
pub struct InspectArgs {
    /// Files, directories or patterns; - for standard input
    #[arg(value_name = "FILE|DIR|-")]
    files: Vec<String>,
    /// As JSON, one object per file
    #[arg(long)]
    json: bool,
    /// Leave personal data in the samples
    #[arg(long)]
    no_redact: bool,
    /// Write what was found as a profile, for --profile; the file must not be there yet
    #[arg(long, value_name = "FILE")]
    write_profile: Option<PathBuf>,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    id: IdArg,
}

/// What was detected in a file.
#[derive(Serialize)]
struct Finding {
    file: String,
    format: String,
    /// The profile it is read by: its id, whose export it is, and why.
    profile: Option<ProfileFinding>,
    /// The archive or workbook it is in.
    container: Option<String>,
    compression: String,
    encoding: String,
    encoding_because: &'static str,
    /// Records: exact for a file that fits the sample, estimated from its size beyond.
    records: Option<u64>,
    records_exact: bool,
    columns: Vec<ColumnFinding>,
    dates: Option<String>,
    rating_scale: Option<u8>,
    /// What texts of the sample are wrapped in.
    wrappings: Vec<WrappingFinding>,
    notes: Vec<String>,
}

/// The profile that a file is read by.
#[derive(Serialize)]
struct ProfileFinding {
    id: String,
    name: String,
    because: String,
    domain: Option<String>,
    time_zone: Option<String>,
    note: Option<String>,
}

impl From<&Match> for ProfileFinding {
    fn from(found: &Match) -> Self {
        let Profile { id, name, domain, tz, note, .. } = found.profile.as_ref().clone();
        Self { id, name, because: found.because.clone(), domain, time_zone: tz, note }
    }
}

/// A wrapping with its share of the texts in the sample, in percent.
#[derive(Serialize)]
struct WrappingFinding {
    name: &'static str,
    percent: u64,
}

/// A column with what it was taken for.
#[derive(Serialize)]
struct ColumnFinding {
    name: String,
    field: Option<&'static str>,
    because: Option<String>,
    samples: Vec<String>,
}

/// Samples per column, and their longest, in characters.
const SAMPLES: usize = 3;
const LONGEST: usize = 60;

/// Inspects each source; one that cannot be read is told and the others still shown.
///
/// # Errors
/// When none could be read, or the output cannot be written.
pub fn run(args: &InspectArgs) -> Result<ExitCode> {
    let sources = sources(&args.files)?;
    let options = args.fields.options(args.id.id.as_ref());
    let mut out = std::io::stdout().lock();
    let mut failed = Vec::new();
    let mut seen = 0;
    let mut profiles = String::new();
    for source in &sources {
        let mut members = open(source, &options, &Arc::new(AtomicU64::new(0)));
        for member in members.by_ref() {
            seen += 1;
            match member.opened {
                Ok(opened) => {
                    if args.write_profile.is_some() {
                        profiles.push_str(&profile::write(&opened, &unique_id(&profiles, &opened.source.name)));
                    }
                    let finding = finding(&opened, args.no_redact);
                    let written = if args.json { as_json(&finding, &mut out) } else { as_text(&finding, &mut out) };
                    written.map_err(|e| Error::writing("standard output", &e))?;
                }
                Err(error) => failed.push(error),
            }
        }
        if let Some(text) = members.note() {
            note(false, &format!("{}: {text}", source.name));
        }
    }
    if failed.len() == seen {
        return Err(Error::all(failed));
    }
    if let Some(path) = &args.write_profile {
        save(path, &profiles)?;
    }
    for error in &failed {
        note(false, &error.to_string());
    }
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

/// The id of a profile for a file: its name without its ending, and a number if there is such a profile.
fn unique_id(profiles: &str, file: &str) -> String {
    let name = Path::new(file).file_stem().map_or_else(|| "input".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let name = if name == "-" || name.is_empty() { "input".to_owned() } else { name };
    let ids = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}")));
    ids.into_iter().find(|id| !profiles.contains(&format!("\n[{id:?}]\n"))).unwrap_or(name)
}

/// Writes profiles to a new file: what the user has changed is not written over.
fn save(path: &Path, profiles: &str) -> Result<()> {
    use std::io::ErrorKind::AlreadyExists;
    let name = path.display().to_string();
    let mut file = std::fs::File::create_new(path).map_err(|error| match error.kind() {
        AlreadyExists => Error::usage("found a file there already, expected none").at(&name).advise("name another file, or remove it"),
        _ => Error::writing(&name, &error),
    })?;
    file.write_all(format!("{}{profiles}", profile::PREAMBLE).as_bytes()).map_err(|e| Error::writing(&name, &e))?;
    note(false, &format!("wrote {name}"));
    Ok(())
}

fn finding(opened: &Opened, unredacted: bool) -> Finding {
    let (records, records_exact) = opened.count_records();
    let choice_of = |column: usize| opened.columns.choices.iter().find(|choice| choice.column == column);
    let unused = |column: usize| opened.columns.unused.iter().find(|(known, ..)| *known == column);
    let column = |(at, sample): (usize, &ColumnSample)| ColumnFinding {
        name: sample.name.clone(),
        field: choice_of(at).map(|choice| choice.field.name()).or_else(|| unused(at).map(|(_, what, _)| *what)),
        because: choice_of(at).map(|choice| choice.reason.clone()).or_else(|| unused(at).map(|(.., why)| why.clone())),
        samples: sample
            .values
            .iter()
            .take(SAMPLES)
            .map(|value| if !unredacted && names_authors(&sample.name) { "[author]".to_owned() } else { shown(value, unredacted) })
            .collect(),
    };
    Finding {
        file: opened.source.name.clone(),
        format: opened.dialect.describe(),
        profile: opened.profile.as_ref().map(ProfileFinding::from),
        container: Some(inside(&opened.layers, |layer| !is_compression(layer))).filter(|names| !names.is_empty()),
        compression: Some(inside(&opened.layers, is_compression)).filter(|names| !names.is_empty()).unwrap_or_else(|| "none".to_owned()),
        encoding: opened.encoding.encoding.name().to_owned(),
        encoding_because: opened.encoding.why,
        records,
        records_exact,
        columns: opened.samples.iter().enumerate().map(column).collect(),
        dates: opened.columns.dates.as_ref().map(earful::input::dates::DateFormat::describe),
        rating_scale: opened.columns.scale.map(Scale::most),
        wrappings: wrappings(opened),
        notes: [opened.columns.notes.clone(), opened.repairs.notes(), opened.sample.repairs.notes()].concat(),
    }
}

/// What the texts of the sample are wrapped in.
fn wrappings(opened: &Opened) -> Vec<WrappingFinding> {
    let column = opened.columns.of(Field::Text).and_then(|choice| opened.samples.get(choice.column));
    let texts = column.map_or(&[][..], |column| &column.values);
    let mut memory = Unwrapped::default();
    let taken: Vec<u32> = texts.iter().map(|text| extract(text, &|_| true, &mut memory).taken).collect();
    let share = |(at, name): (usize, &'static str)| {
        let count = taken.iter().filter(|taken| **taken >> at & 1 != 0).count();
        let percent = (count * 100).div_ceil(texts.len().max(1)) as u64;
        (count > 0).then_some(WrappingFinding { name, percent })
    };
    WRAPPINGS.iter().map(|wrapping| wrapping.name).enumerate().filter_map(share).collect()
}

/// Names of what is packed around the records, the innermost first.
fn inside(layers: &[&'static str], wanted: impl Fn(&str) -> bool) -> String {
    layers.iter().rev().copied().filter(|layer| wanted(layer)).collect::<Vec<_>>().join(" in ")
}

fn is_compression(layer: &str) -> bool {
    Compression::ALL.iter().any(|compression| compression.name() == layer)
}

fn shown(value: &str, unredacted: bool) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = if unredacted { line } else { redact(&line).into_owned() };
    match clean.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &clean[..end]),
        None => clean,
    }
}

fn as_json(finding: &Finding, out: &mut dyn Write) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, finding)?;
    writeln!(out)
}

fn as_text(finding: &Finding, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}", esc(&finding.file))?;
    writeln!(out, "  format       {}", finding.format)?;
    if let Some(profile) = &finding.profile {
        writeln!(out, "  profile      {} ({}) because of {}", esc(&profile.id), esc(&profile.name), esc(&profile.because))?;
        if let Some(domain) = &profile.domain {
            writeln!(out, "  domain       {}, as its profile says", esc(domain))?;
        }
        if let Some(zone) = &profile.time_zone {
            writeln!(out, "  time zone    {}, of times that name none, as its profile says", esc(zone))?;
        }
        if let Some(note) = &profile.note {
            writeln!(out, "  source       {}", esc(note))?;
        }
    }
    if let Some(container) = &finding.container {
        writeln!(out, "  container    {container}")?;
    }
    writeln!(out, "  compression  {}", finding.compression)?;
    writeln!(out, "  encoding     {} ({})", finding.encoding, finding.encoding_because)?;
    if let Some(records) = finding.records {
        writeln!(out, "  records      {}{records}", if finding.records_exact { "" } else { "about " })?;
    }
    if let Some(dates) = &finding.dates {
        writeln!(out, "  dates        {}", esc(dates))?;
    }
    if let Some(most) = finding.rating_scale {
        writeln!(out, "  ratings      up to {most}")?;
    }
    if !finding.wrappings.is_empty() {
        let shares: Vec<String> = finding.wrappings.iter().map(|found| format!("{} in {} %", found.name, found.percent)).collect();
        writeln!(out, "  text         {}", shares.join(", "))?;
    }
    for note in &finding.notes {
        writeln!(out, "  note         {}", esc(note))?;
    }
    writeln!(out, "  columns")?;
    let width = finding.columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0).min(60);
    for column in &finding.columns {
        let field = column.field.unwrap_or("-");
        let because = column.because.as_ref().map(|because| format!("because of {}", esc(because))).unwrap_or_default();
        writeln!(out, "    {:<width$}  {field:<8} {because}", esc(&column.name))?;
        for sample in &column.samples {
            writeln!(out, "    {:<width$}    {}", "", esc(sample))?;
        }
    }
    Ok(())
}
