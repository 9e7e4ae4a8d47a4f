//! A report and where it goes. In: a part, whether it was just made or merged from files. Out: the report, on standard
//! output and in files. Separate because `report` and `merge` show the same things in the same way.

use super::args::{Colour, note};
use super::gate_args::summarize_step;
use super::output::Output;
use super::shown_args::ShownArgs;
use clap::Args;
use earful::error::{Error, Result};
use earful::lexicon::Lexicon;
use earful::part::Part;
use earful::report::{self, Context, FileOutcome, Looks, Renderer, Report, Sample};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// How a report is shown, and where.
#[derive(Args)]
pub struct ShowArgs {
    /// Write the report to a file; the ending picks the format (.html .md .json .csv .txt, .xml for JUnit, .sarif); may be repeated
    #[arg(short, long, value_name = "PATH")]
    output: Vec<PathBuf>,
    /// Format for standard output: text, md, html, json, csv, junit, sarif, or github for its annotations
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Quotes of praise and of complaint
    #[arg(long, value_name = "N", default_value_t = 3)]
    quotes: usize,
    #[command(flatten)]
    shown: ShownArgs,
    /// Leave personal data in quotes
    #[arg(long)]
    pub no_redact: bool,
    /// Name authors instead of numbering them
    #[arg(long)]
    pub show_authors: bool,
    /// When to colour the report
    #[arg(long, value_enum, default_value_t = Colour::Auto, hide_possible_values = true, value_name = "auto|always|never")]
    color: Colour,
}

/// Where a report goes; what cannot be written failed before the work.
pub struct Targets<'a> {
    args: &'a ShowArgs,
    renderer: &'static Renderer,
    outputs: Vec<Output<Report>>,
}

impl ShowArgs {
    /// Prepares all places that the report goes to.
    ///
    /// # Errors
    /// When a format is unknown, or a file cannot be written.
    pub fn targets(&self) -> Result<Targets<'_>> {
        let renderer = report::by_name(self.format.as_deref().unwrap_or("text"))?;
        let outputs = self.output.iter().map(|path| Output::prepare(path, report::by_path)).collect::<Result<_>>()?;
        Ok(Targets { args: self, renderer, outputs })
    }

    /// The report of a part.
    pub fn report(&self, part: &Part, lexicons: &[Lexicon]) -> Report {
        report::build(
            &part.summary,
            &Context {
                subjects: &part.subjects,
                handles: &part.handles,
                files: &part.files,
                groupings: &part.groupings,
                offered: part.offered,
                lexicons,
                quotes: self.quotes,
                fans: self.shown.fans,
                critics: self.shown.critics,
                least_posts: self.shown.least_posts,
                period: self.shown.period(),
                unredacted: self.no_redact,
                pseudonyms: None,
                // Those that have pseudonyms already are called by them.
                show_authors: self.show_authors || part.keyed,
                sample: part.sample.as_ref().map(|sample| Sample { name: &sample.name, truth: &sample.truth, stars: sample.stars }),
            },
        )
    }
}

impl Targets<'_> {
    /// Writes the report; nothing to standard output when it goes to files only, or something `else` does.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(self, report: &Report, elsewhere: bool, quiet: bool) -> Result<()> {
        let Self { args, renderer, outputs } = self;
        if args.format.is_some() || outputs.is_empty() && !elsewhere {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            let written = (renderer.render)(report, looks(args.color), &mut out).and_then(|()| out.flush());
            written.map_err(|e| Error::writing("standard output", &e))?;
            if renderer.name == "github" {
                summarize_step(report)?;
            }
        }
        for (output, path) in outputs.into_iter().zip(&args.output) {
            output.finish(report)?;
            note(quiet, &format!("wrote {}", path.display()));
        }
        Ok(())
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
pub fn check_groups(asked: &[String], report: &Report) -> Result<()> {
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

/// How a page on standard output looks.
pub fn looks(color: Colour) -> Looks {
    let width = terminal_size::terminal_size().map_or(Looks::default().width, |(columns, _)| usize::from(columns.0).clamp(60, 160));
    Looks { colour: color.on_stdout(), width }
}
