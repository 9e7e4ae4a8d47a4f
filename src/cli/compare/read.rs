//! The two sides of a comparison from files. In: names. Out: a report of each, read from records or saved before.
//! Separate from the flags because one job reads both sides, so that they are scored alike.

use super::CompareArgs;
use crate::cli::args::total_size;
use crate::cli::bad::RejectsFile;
use crate::cli::report::{GROUPED, group_fields};
use crate::cli::reporting::{check_groups, faults};
use crate::progress::Progress;
use earful::error::{Error, Result};
use earful::input::open::Course;
use earful::input::{Field, Source, sources};
use earful::mention::handles;
use earful::pipeline::Job;
use earful::report::compare::{self, CompareReport, How, Input, saved};
use earful::report::{self, Context, FileOutcome, Report, SubjectNote};
use earful::summary::Summary;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, Read};
use std::process::ExitCode;
use std::sync::Arc;

/// Quotes per side that tell whether records are on both.
const QUOTES: usize = 3;

/// What reads records, and how they are grouped.
pub(super) struct Reader {
    pub(super) job: Job,
    pub(super) fields: Vec<Field>,
    pub(super) groupings: Vec<String>,
    subjects: Vec<SubjectNote>,
    handles: BTreeSet<String>,
    rejects: RejectsFile,
    bar: Progress,
}

impl Reader {
    /// A reader for these sources, grouped by `first` before all else.
    ///
    /// # Errors
    /// When a lexicon or a query is faulty.
    pub(super) fn new(args: &CompareArgs, sources: &[Source], first: Option<&String>) -> Result<Self> {
        let mut options = args.fields.options(args.id.id.as_ref());
        options.course = Some(Arc::new(Course::of(sources)));
        let mut fields = GROUPED.to_vec();
        let names: Vec<String> = first.into_iter().chain(&args.by).cloned().collect();
        group_fields(&names, &mut fields, &mut options);
        options.extra.dedup();
        let mut config = args.lexicon.config_for(options, args.run.threads, sources, args.run.quiet);
        config.copies = args.copies.counting();
        let mut job = config.job()?;
        let groupings = fields.iter().map(|field| field.name().to_owned()).chain(job.options.extra.iter().cloned()).collect();
        args.mentions.listen(&mut job, sources, false, false, args.run.quiet)?;
        let rejects = args.bad.prepare(&mut job)?;
        let heard = job.listener.iter().flat_map(|listener| (0..).map_while(|number| listener.subject(number)));
        let subjects = heard.map(|(name, kind)| SubjectNote { name: name.to_owned(), kind }).collect();
        let bar = Progress::watch(&job.progress, total_size(sources), args.run.quiet);
        let handles = job.listener.as_ref().map(|listener| handles(listener.queries())).unwrap_or_default();
        Ok(Self { job, fields, groupings, subjects, handles, rejects, bar })
    }

    /// The report of a summary.
    pub(super) fn report(&self, summary: &Summary, files: &[FileOutcome]) -> Report {
        let context = Context {
            fans: 0,
            critics: 0,
            least_posts: 1,
            period: None,
            subjects: &self.subjects,
            handles: &self.handles,
            files,
            groupings: &self.groupings,
            // A field with one value on this side may have others on that.
            offered: 0,
            lexicons: self.job.analyzer.lexicons(),
            quotes: QUOTES,
            unredacted: false,
            pseudonyms: None,
            show_authors: false,
            sample: None,
        };
        report::build(summary, &context)
    }

    /// Puts what was rejected in its place.
    ///
    /// # Errors
    /// When writing fails.
    pub(super) fn finish(self) -> Result<()> {
        drop(self.bar);
        self.rejects.finish(&self.job)
    }
}

/// One side: records to be read, or a saved report.
enum Side {
    Records(Vec<Source>),
    Saved(Box<Report>),
}

/// Compares two sides that have files of their own.
///
/// # Errors
/// When a side cannot be read.
pub(super) fn sides(args: &CompareArgs, before: &[String], after: &[String]) -> Result<(CompareReport, ExitCode)> {
    if [before, after].iter().all(|side| side.iter().any(|name| name == "-")) {
        return Err(Error::usage("found - on both sides, expected standard input on one at most"));
    }
    let (one, other) = (side(before)?, side(after)?);
    let records = [&one, &other].into_iter().filter_map(|side| match side {
        Side::Records(sources) => Some(sources.clone()),
        Side::Saved(_) => None,
    });
    let all: Vec<Source> = records.flatten().collect();
    let reader = if all.is_empty() { None } else { Some(Reader::new(args, &all, None)?) };
    let mut status = ExitCode::SUCCESS;
    let mut made = |side: Side, names: &[String]| -> Result<(bool, Report)> {
        match (side, &reader) {
            (Side::Records(sources), Some(reader)) => {
                let (summary, files) = reader.job.summarize(&sources, &reader.fields)?;
                let report = reader.report(&summary, &files);
                let found = faults(&files)?;
                status = if found == ExitCode::SUCCESS { status } else { found };
                check_groups(&args.by, &report)?;
                args.bad.check(summary.read, &summary.skips, |file| files.get(file as usize).map_or("?", |file| &file.name))?;
                Ok((false, report))
            }
            (Side::Saved(report), _) => saved_groups(&args.by, &report, names).map(|()| (true, *report)),
            (Side::Records(_), None) => Err(Error::input("found nothing to read")),
        }
    };
    let (one, other) = (made(one, before)?, made(other, after)?);
    if let Some(reader) = reader {
        reader.finish()?;
    }
    let [before, after] =
        [(&one, before), (&other, after)].map(|((saved, report), names)| Input { name: names.join(", "), saved: *saved, report });
    let how = How { by: "sides".to_owned(), ..How::default() };
    Ok((compare::build(&before, &after, how, None), status))
}

fn side(names: &[String]) -> Result<Side> {
    let sources = sources::expand(names)?;
    for source in &sources {
        let Some(content) = saved_content(source)? else { continue };
        if sources.len() > 1 {
            return Err(Error::usage("found a saved report beside other files, expected it alone on its side")
                .at(&source.name)
                .advise("make one report of all files: earful report FILE... -o side.json"));
        }
        return saved::parse(&source.name, &content).map(|report| Side::Saved(Box::new(report)));
    }
    Ok(Side::Records(sources))
}

/// What a source holds, if that is a saved report, of whatever version.
fn saved_content(source: &Source) -> Result<Option<Vec<u8>>> {
    let unreadable = |e: std::io::Error| Error::input(format!("cannot be read: {e}")).at(&source.name);
    let mut content = Vec::new();
    match &source.path {
        // What cannot be opened is told by whoever reads records.
        Some(path) if source.size.is_some() && File::open(path).ok().and_then(saved::schema_of).is_some() => {
            File::open(path).and_then(|mut file| file.read_to_end(&mut content)).map_err(unreadable)?;
        }
        None if std::io::stdin().lock().fill_buf().is_ok_and(saved::begins) => {
            std::io::stdin().lock().read_to_end(&mut content).map_err(unreadable)?;
        }
        _ => return Ok(None),
    }
    Ok(Some(content))
}

/// A saved report has no records that could be divided.
///
/// # Errors
/// When a source is one.
pub(super) fn only_records(sources: &[Source], flag: &str) -> Result<()> {
    for source in sources {
        if saved_content(source)?.is_some() {
            return Err(Error::usage(format!("found a saved report, expected records to divide by {flag}"))
                .at(&source.name)
                .advise("name the files that it was made of"));
        }
    }
    Ok(())
}

/// A saved report is grouped by what was asked for when it was made.
fn saved_groups(asked: &[String], report: &Report, names: &[String]) -> Result<()> {
    match asked.iter().find(|name| !report.groups.iter().any(|group| group.field == **name)) {
        Some(missing) => Err(Error::usage(format!("found a saved report without groups by {missing:?}"))
            .at(names.join(", "))
            .advise(format!("make it anew with earful report --by {missing}, or name the files themselves"))),
        None => Ok(()),
    }
}
