//! `earful lexicon list`: the lexicons there are.

use super::super::args::LexiconArgs;
use super::{Form, print, table};
use clap::Args;
use earful::error::{Error, Result};
use earful::escape::terminal as esc;
use earful::input::Options;
use earful::lexicon::catalogue::{Catalogue, FileNote, Volume, catalogue};
use earful::lexicon::format::written;
use std::io::Write;
use std::process::ExitCode;

/// Arguments of `earful lexicon list`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  earful lexicon list                                files, languages, domains
  earful lexicon list --lexicon mine.tsv             ... with a file of yours
  earful lexicon list --entries | grep refund        every entry: term, meaning, domains, place")]
pub struct ListArgs {
    /// Every entry instead, tab-separated: term, meaning, options, file:line
    #[arg(long)]
    entries: bool,
    /// Format: text or json
    #[arg(long, value_enum, default_value_t = Form::Text, hide_possible_values = true, value_name = "FORMAT")]
    format: Form,
    #[command(flatten)]
    lexicon: LexiconArgs,
}

/// Lists lexicons.
///
/// # Errors
/// When a lexicon cannot be read.
pub fn run(args: &ListArgs) -> Result<ExitCode> {
    let volumes = args.lexicon.config(Options::default(), 0).volumes()?;
    if args.entries && args.format == Form::Json {
        return Err(Error::usage("found --entries with --format json, expected one of them").advise("earful lexicon list --entries"));
    }
    if args.entries {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        entries(&volumes, &mut out).and_then(|()| out.flush()).map_err(|e| Error::writing("standard output", &e))?;
    } else {
        print(args.format, &catalogue(&volumes), as_text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn entries(volumes: &[Volume], out: &mut dyn Write) -> std::io::Result<()> {
    for entry in volumes.iter().flat_map(|volume| &volume.sheet.entries) {
        let domains = if entry.domains.is_empty() { String::new() } else { format!("domain={}", entry.domains.join(",")) };
        let place = entry.origin.to_string();
        writeln!(out, "{}\t{}\t{}\t{}", esc(&entry.term), written(entry.meaning), esc(&domains), esc(&place))?;
    }
    Ok(())
}

fn as_text(catalogue: &Catalogue, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "Files, later ones winning")?;
    let mut rows = vec![["file", "language", "entries", "praise", "complaint", "others", "title", "licence"].map(str::to_owned).to_vec()];
    rows.extend(catalogue.files.iter().map(file_row));
    table::write(&rows, out)?;
    writeln!(out, "\nLanguages that are scored")?;
    let scored = catalogue.languages.iter().filter(|language| language.scored);
    table::write(
        &scored.map(|l| vec![esc(&l.code).into_owned(), esc(&l.name).into_owned(), format!("{} entries", l.entries)]).collect::<Vec<_>>(),
        out,
    )?;
    writeln!(out, "\nLanguages that are recognised and left unscored")?;
    let others: Vec<String> = catalogue.languages.iter().filter(|l| !l.scored).map(|l| format!("{} {}", l.code, l.name)).collect();
    for line in others.chunks(6) {
        writeln!(out, "  {}", line.join(", "))?;
    }
    writeln!(out, "\nDomains, for --domain")?;
    let domains: Vec<Vec<String>> =
        catalogue.domains.iter().map(|domain| vec![esc(&domain.domain).into_owned(), format!("{} entries", domain.entries)]).collect();
    if domains.is_empty() { writeln!(out, "  none: no entry is limited to a domain") } else { table::write(&domains, out) }
}

fn file_row(file: &FileNote) -> Vec<String> {
    let kind = |name: &str| file.kinds.get(name).copied().unwrap_or(0);
    let (praise, complaint) = (kind("praise"), kind("complaint"));
    let text = |text: &Option<String>| text.as_deref().map_or_else(|| "-".to_owned(), |text| esc(text).into_owned());
    vec![
        esc(&file.file).into_owned(),
        esc(&file.language).into_owned(),
        file.entries.to_string(),
        praise.to_string(),
        complaint.to_string(),
        (file.entries - praise - complaint).to_string(),
        text(&file.title),
        text(&file.licence),
    ]
}
