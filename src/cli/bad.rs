//! What happens to records that cannot be read, and when there are too many of them. In: flags, and what was
//! skipped. Out: a file of rejects, and an error. Separate because three commands read records and all
//! keep the same law: read = scored + skipped + excluded.

use super::output::Draft;
use clap::Args;
use earful::error::{Error, Result};
use earful::pipeline::{Job, Rejects};
use earful::summary::Skips;
use earful::summary::skips::Reason;
use std::path::PathBuf;

/// What to do about records that cannot be read.
#[derive(Args, Clone)]
#[command(next_help_heading = "Records that cannot be read")]
pub struct BadArgs {
    /// Write them, as they are, to a file of JSON lines, with file, record, line and reason
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// End with status 3 when there are more of them: a number, or a share of all such as 1%
    #[arg(long, value_name = "N|PERCENT", value_parser = most)]
    max_bad: Option<Most>,
    /// End with status 3 when there is any: --max-bad 0
    #[arg(long, conflicts_with = "max_bad")]
    strict: bool,
}

/// Most records that may be unreadable.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Most {
    Count(u64),
    Percent(f64),
}

fn most(text: &str) -> std::result::Result<Most, String> {
    let wrong = || "expected a number of records such as 10, or a share such as 1%".to_owned();
    let Some(share) = text.strip_suffix('%') else { return text.parse().map(Most::Count).map_err(|_| wrong()) };
    let percent: f64 = share.trim_end().parse().map_err(|_| wrong())?;
    if (0.0..=100.0).contains(&percent) { Ok(Most::Percent(percent)) } else { Err(wrong()) }
}

/// A file of rejects that is not there yet.
pub struct RejectsFile(Option<Draft>);

impl BadArgs {
    /// Lets a job write its rejects beside their place.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub fn prepare(&self, job: &mut Job) -> Result<RejectsFile> {
        let Some(path) = &self.rejects else { return Ok(RejectsFile(None)) };
        let draft = Draft::prepare(path)?;
        job.rejects = Some(Rejects::new(Box::new(std::io::BufWriter::new(draft.writer()?))));
        Ok(RejectsFile(Some(draft)))
    }

    /// An error when more records than are allowed could not be read; `files` are the names of all.
    ///
    /// # Errors
    /// That one.
    pub fn check<'f>(&self, read: u64, skips: &Skips, files: impl Fn(u32) -> &'f str) -> Result<()> {
        let Some(most) = self.max_bad.or(self.strict.then_some(Most::Count(0))) else { return Ok(()) };
        let bad = skips.bad();
        let (too_many, allowed) = match most {
            Most::Count(count) => (bad > count, count.to_string()),
            Most::Percent(percent) => (bad as f64 * 100.0 > percent * read as f64, format!("{percent} %")),
        };
        if !too_many {
            return Ok(());
        }
        let kinds: Vec<_> = skips.iter().filter(|(reason, ..)| reason.is_bad()).collect();
        let list = kinds.iter().map(|(reason, count, places)| {
            let place = places.first().map(|place| {
                let line = if place.line > 0 { format!(" (line {})", place.line) } else { String::new() };
                format!(", first {}:{}{line}", files(place.file), place.record)
            });
            format!("{count} {}{}", name(reason), place.unwrap_or_default())
        });
        let list: Vec<String> = list.collect();
        let share = bad as f64 * 100.0 / read.max(1) as f64;
        let error = Error::input(format!(
            "found {bad} of {read} records ({share:.2} %) that cannot be read, expected at most {allowed}: {}",
            list.join("; ")
        ));
        let advice: Vec<&str> = kinds
            .iter()
            .filter_map(|(reason, ..)| match reason {
                Reason::Flawed(flaw) => Some(flaw.advice()),
                Reason::NoLexicon(_) | Reason::Copy => None,
            })
            .collect();
        let rejects = if self.rejects.is_some() { "" } else { "; --rejects FILE writes them to a file" };
        Err(error.advise(format!("{}{rejects}", advice.join("; "))))
    }
}

impl RejectsFile {
    /// Puts the file in its place.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self, job: &Job) -> Result<()> {
        let Some(draft) = self.0 else { return Ok(()) };
        if let Some(rejects) = &job.rejects {
            rejects.finish()?;
        }
        draft.finish(|_| Ok(()))
    }
}

/// Why a record was not scored, in a few words.
pub const fn name(reason: &Reason) -> &'static str {
    match reason {
        Reason::Flawed(flaw) => flaw.name(),
        Reason::NoLexicon(_) => "no lexicon",
        Reason::Copy => "a copy of an earlier record",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_shares() {
        assert_eq!((most("0"), most("12")), (Ok(Most::Count(0)), Ok(Most::Count(12))));
        assert_eq!((most("1%"), most("0.5 %")), (Ok(Most::Percent(1.0)), Ok(Most::Percent(0.5))));
        for wrong in ["", "-1", "1.5", "101%", "-1%", "NaN%", "few"] {
            assert!(most(wrong).is_err(), "{wrong}");
        }
    }
}
