//! `earful lexicon lint`: faults of lexicon files.

use super::super::args::Colour;
use super::{Form, print};
use anstyle::{AnsiColor, Style};
use clap::Args;
use earful::error::{Error, Result};
use earful::escape::terminal as esc;
use earful::lexicon::entry::Sheet;
use earful::lexicon::lint::{CODES, File, Level, Lint, lint};
use earful::lexicon::{builtin, format};
use std::io::{Read, Write};
use std::process::ExitCode;

/// Arguments of `earful lexicon lint`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  earful lexicon lint mine.tsv                       every fault, with line and column
  earful lexicon lint mine.tsv --over builtin        ... and entries that change nothing
  earful lexicon lint packs/*.tsv --strict -q        in CI: warnings are errors too
  earful lexicon lint vader_lexicon.txt              files of VADER and AFINN too
  earful lexicon lint --codes                        all codes with what they mean

Exit status: 0 no errors; 1 errors; 2 a file cannot be opened.")]
pub struct LintArgs {
    /// Lexicon files, in the order they would be laid over one another; - for standard input
    #[arg(value_name = "FILE", required_unless_present = "codes")]
    files: Vec<String>,
    /// A lexicon below them, to find entries that change nothing: a file, or builtin; may be repeated
    #[arg(long, value_name = "FILE|builtin")]
    over: Vec<String>,
    /// Warnings are errors
    #[arg(long)]
    strict: bool,
    /// No notes
    #[arg(long, short)]
    quiet: bool,
    /// List all codes with what they mean
    #[arg(long)]
    codes: bool,
    /// Format: text or json
    #[arg(long, value_enum, default_value_t = Form::Text, hide_possible_values = true, value_name = "FORMAT")]
    format: Form,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, hide_possible_values = true, value_name = "auto|always|never")]
    color: Colour,
}

/// Looks for faults.
///
/// # Errors
/// When a file cannot be opened.
pub fn run(args: &LintArgs) -> Result<ExitCode> {
    if args.codes {
        return list_codes();
    }
    let files = args.files.iter().map(|name| file(name)).collect::<Result<Vec<File>>>()?;
    let mut lower = Vec::new();
    for name in &args.over {
        lower.extend(sheets(name)?);
    }
    let mut found = lint(&files, &lower, args.strict);
    if args.quiet {
        found.findings.retain(|finding| finding.level != Level::Note);
    }
    let colour = args.color.on_stdout();
    print(args.format, &found, |found, out| as_text(found, colour, out))?;
    Ok(ExitCode::from(u8::from(found.errors > 0)))
}

fn list_codes() -> Result<ExitCode> {
    let rows: Vec<Vec<String>> =
        CODES.iter().map(|code| [code.name, code.level.name(), code.summary].map(str::to_owned).to_vec()).collect();
    let mut out = std::io::stdout().lock();
    super::table::write(&rows, &mut out).map_err(|e| Error::writing("standard output", &e))?;
    Ok(ExitCode::SUCCESS)
}

/// Reads a file whatever is in it.
fn file(name: &str) -> Result<File> {
    let cannot = |e: std::io::Error| Error::usage(format!("cannot be read: {e}")).at(name);
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().read_to_end(&mut bytes).map_err(cannot)?;
        return Ok(File { name: "standard input".to_owned(), bytes });
    }
    Ok(File { name: name.to_owned(), bytes: std::fs::read(name).map_err(cannot)? })
}

/// The sheets of a lexicon below.
fn sheets(name: &str) -> Result<Vec<Sheet>> {
    if name == "builtin" {
        return builtin::sheets();
    }
    let File { name, bytes } = file(name)?;
    let text = String::from_utf8(bytes).map_err(|_| Error::usage("found bytes that are not UTF-8, expected a UTF-8 lexicon").at(&name))?;
    Ok(vec![format::read(&name, &text)?])
}

fn as_text(found: &Lint, colour: bool, out: &mut dyn Write) -> std::io::Result<()> {
    for finding in &found.findings {
        let style = if colour { style(finding.level) } else { Style::new() };
        let (file, level, code) = (esc(&finding.file), finding.level.name(), finding.code);
        writeln!(out, "{file}:{}:{}: {style}{level}{style:#}[{code}]: {}", finding.line, finding.column, esc(&finding.message))?;
        writeln!(out, "  try: {}", esc(&finding.advice))?;
    }
    let entries: usize = found.files.iter().map(|file| file.entries).sum();
    let count = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    writeln!(
        out,
        "{} with {}: {}, {}, {}",
        count(found.files.len(), "file", "files"),
        count(entries, "entry", "entries"),
        count(found.errors, "error", "errors"),
        count(found.warnings, "warning", "warnings"),
        count(found.notes, "note", "notes")
    )
}

const fn style(level: Level) -> Style {
    let colour = match level {
        Level::Error => AnsiColor::Red,
        Level::Warning => AnsiColor::Yellow,
        Level::Note => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}
