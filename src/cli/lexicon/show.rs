//! `earful lexicon show`: what a term means and where that is said.

use super::super::args::LexiconArgs;
use super::{Form, print, table};
use clap::Args;
use earful::error::Result;
use earful::escape::terminal as esc;
use earful::input::Options;
use earful::lexicon::show::{Given, Shelf, Shown};
use earful::lexicon::{Lexicon, builtin};
use std::io::Write;
use std::process::ExitCode;

/// Arguments of `earful lexicon show`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  earful lexicon show refund                         one word
  earful lexicon show \"fed up\" ❤️ \"isn't good\"       phrases, emoji, negated words
  earful lexicon show sick --lexicon mine.tsv        with a file of yours over the built-in ones")]
pub struct ShowArgs {
    /// Words, phrases or emoji; each argument is one term
    #[arg(value_name = "TERM", required = true)]
    terms: Vec<String>,
    /// Format: text or json
    #[arg(long, value_enum, default_value_t = Form::Text, hide_possible_values = true, value_name = "FORMAT")]
    format: Form,
    #[command(flatten)]
    lexicon: LexiconArgs,
}

/// Shows terms.
///
/// # Errors
/// When a lexicon cannot be read.
pub fn run(args: &ShowArgs) -> Result<ExitCode> {
    let config = args.lexicon.config(Options::default(), 0);
    let volumes = config.volumes()?;
    let sheets = volumes.iter().map(|volume| volume.sheet.clone()).collect();
    let lexicons = Lexicon::compile_each(sheets, &builtin::languages(), &config.domains)?;
    let shelf = Shelf::new(&volumes, &lexicons, &config.domains);
    let all: Vec<Shown> = args.terms.iter().map(|term| shelf.show(term)).collect();
    print(args.format, &all, |all, out| as_text(all, out))?;
    Ok(ExitCode::SUCCESS)
}

fn as_text(all: &[Shown], out: &mut dyn Write) -> std::io::Result<()> {
    for (at, shown) in all.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        one(shown, out)?;
    }
    Ok(())
}

fn one(shown: &Shown, out: &mut dyn Write) -> std::io::Result<()> {
    let says = match &shown.entry {
        Some(entry) if entry.role == "opinion" => format!("opinion {}", entry.meaning),
        Some(entry) => entry.meaning.clone(),
        None => "no entry".to_owned(),
    };
    writeln!(out, "{}: {says}", esc(&shown.term))?;
    let tokens: Vec<String> = shown.tokens.iter().map(|token| format!("{} ({})", esc(&token.text), token.kind)).collect();
    let read: Vec<String> = shown.read_as.iter().map(|given| format!("{} {}", esc(&given.term), given.meaning)).collect();
    writeln!(out, "  cut into   {}", if tokens.is_empty() { "nothing".to_owned() } else { tokens.join(" + ") })?;
    writeln!(out, "  read as    {}", if read.is_empty() { "nothing that bears on a score".to_owned() } else { read.join(" + ") })?;
    if !shown.similar.is_empty() {
        let similar: Vec<String> = shown.similar.iter().map(|term| esc(term).into_owned()).collect();
        writeln!(out, "  did you mean {}?", similar.join(", "))?;
    }
    places("given in, later ones winning", &shown.given, true, out)?;
    places("beginnings that fit", &shown.beginnings, false, out)?;
    places(&format!("in {} longer term{}", shown.phrases, if shown.phrases == 1 { "" } else { "s" }), &shown.first_phrases, false, out)?;
    if shown.phrases > shown.first_phrases.len() {
        writeln!(out, "    ... and {} more", shown.phrases - shown.first_phrases.len())?;
    }
    Ok(())
}

fn places(title: &str, given: &[Given], full: bool, out: &mut dyn Write) -> std::io::Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {title}:")?;
    let row = |given: &Given| {
        let domains = if given.domains.is_empty() { String::new() } else { format!("domain={}", esc(&given.domains.join(","))) };
        let place = format!("{}:{}", esc(&given.file), given.line);
        let mut row = vec![String::new(), esc(&given.term).into_owned(), given.meaning.clone()];
        if full {
            row.push(given.status.to_owned());
        }
        row.push(place);
        let about: Vec<&str> = [Some(domains.as_str()), given.title.as_deref(), given.source.as_deref(), given.licence.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
        if full {
            row.push(esc(&about.join("; ")).into_owned());
        } else if !domains.is_empty() {
            row.push(domains);
        }
        row
    };
    table::write(&given.iter().map(row).collect::<Vec<_>>(), out)
}
