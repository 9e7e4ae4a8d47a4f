//! Flags that say whom to listen for. In: what clap parsed, and `earful.toml`. Out: a listener. Separate
//! from the other flags because the queries may also stand in files.

use super::args::note;
use clap::Args;
use earful::config::file::nearest;
use earful::config::profile_domains;
use earful::error::{Error, Result};
use earful::input::Source;
use earful::mention::aspect::{self, Aspects};
use earful::mention::{Kind, Listener, Subject, Subjects, file};
use earful::part::fingerprint;
use earful::pipeline::Job;
use earful::pipeline::listening::asked;
use std::path::{Path, PathBuf};

/// The vocabulary that the profile of the sources names, over the general one.
const AUTO: &str = "auto";
const GENERAL: &str = "general";

/// Whom to listen for.
#[derive(Args, Clone)]
#[command(next_help_heading = "Mentions")]
pub struct MentionArgs {
    /// Listen for a name, or 'NAME: QUERY' such as 'Apple: apple, iphone, !"apple pie"'; may be repeated
    #[arg(long, value_name = "NAME[: QUERY]")]
    mention: Vec<String>,
    /// The same of a competitor
    #[arg(long, value_name = "NAME[: QUERY]")]
    competitor: Vec<String>,
    /// The same of a subject people talk of
    #[arg(long, value_name = "NAME[: QUERY]")]
    subject: Vec<String>,
    /// Files with [[mention]] tables, beside those of earful.toml; may be repeated
    #[arg(long, value_name = "FILE")]
    mentions: Vec<PathBuf>,
    /// Files with [[theme]] tables: themes to be counted whatever their size; may be repeated
    #[arg(long, value_name = "FILE")]
    themes: Vec<PathBuf>,
    /// Recognise misspelt names too
    #[arg(long)]
    fuzzy: bool,
    /// Aspects people talk of, such as battery and price: a domain (earful aspects list shows them), auto, or a
    /// file of your own; may be repeated
    #[arg(long, value_name = "DOMAIN|FILE|auto")]
    aspects: Vec<String>,
    /// Leave out earful.toml, which is looked for from the working directory upwards
    #[arg(long)]
    pub no_config: bool,
}

impl MentionArgs {
    /// Gives a job its listener, if there is anybody to listen for. With `each`, mentions are judged one by
    /// one; with `target`, the targets that records name themselves are judged even if there is nobody else.
    ///
    /// # Errors
    /// When a query or a file of queries is faulty.
    pub fn listen(&self, job: &mut Job, sources: &[Source], each: bool, target: bool, quiet: bool) -> Result<()> {
        let subjects = self.subjects(quiet)?;
        let aspects = self.aspects(job, sources)?;
        if subjects.is_empty() && aspects.is_none() && !target {
            return Ok(());
        }
        let listener = Listener::new(&job.analyzer, Subjects::compile(subjects)?, aspects, each)?;
        job.options.extra.extend(asked(&listener).cloned());
        job.listener = Some(listener);
        Ok(())
    }

    /// What stands for all that is listened for: the same for the same queries and vocabularies.
    ///
    /// # Errors
    /// When a vocabulary cannot be read.
    pub fn fingerprint(&self, job: &Job) -> Result<String> {
        let mut values: Vec<String> = job.listener.iter().flat_map(Listener::queries).map(|subject| format!("{subject:?}")).collect();
        for name in &self.aspects {
            values.push(if Path::new(name).is_file() {
                std::fs::read_to_string(name).map_err(|e| Error::usage(format!("cannot be read: {e}")).at(name))?
            } else {
                name.clone()
            });
        }
        Ok(fingerprint(values.iter().map(String::as_str)))
    }

    fn aspects(&self, job: &Job, sources: &[Source]) -> Result<Option<Aspects>> {
        let (mut domains, mut files) = (Vec::new(), Vec::new());
        for name in &self.aspects {
            if name == AUTO {
                domains.push(GENERAL.to_owned());
                let told = profile_domains(sources, &job.options).into_iter().flatten().flatten();
                domains.extend(told.filter(|domain| aspect::names().any(|known| known == domain)));
            } else if Path::new(name).is_file() {
                let text = std::fs::read_to_string(name).map_err(|e| Error::usage(format!("cannot be read: {e}")).at(name))?;
                files.push((name, text));
            } else {
                domains.push(name.clone());
            }
        }
        if domains.is_empty() && files.is_empty() {
            return Ok(None);
        }
        let built_in = domains.iter().map(|domain| aspect::Source::Domain(domain));
        let own = files.iter().map(|(name, text)| aspect::Source::File(name, text));
        Aspects::new(&built_in.chain(own).collect::<Vec<_>>()).map(Some)
    }

    fn subjects(&self, quiet: bool) -> Result<Vec<Subject>> {
        let mut subjects = Vec::new();
        let found = if self.no_config { None } else { nearest()? };
        if let Some((path, text)) = found {
            let own = file::read(&path.display().to_string(), &text)?;
            if !own.is_empty() {
                note(quiet, &format!("{}: listening for {} subjects", path.display(), own.len()));
            }
            subjects.extend(own);
            subjects.extend(file::read_themes(&path.display().to_string(), &text)?);
        }
        for path in &self.mentions {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(|e| Error::usage(format!("cannot be read: {e}")).at(&name))?;
            subjects.extend(file::read(&name, &text)?);
        }
        for path in &self.themes {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(|e| Error::usage(format!("cannot be read: {e}")).at(&name))?;
            let themes = file::read_themes(&name, &text)?;
            if themes.is_empty() {
                return Err(Error::usage("found no table [[theme]], expected one for each theme")
                    .at(&name)
                    .advise("[[theme]] name = \"late\" query = 'late, delayed'"));
            }
            subjects.extend(themes);
        }
        for (flag, flags, kind) in [
            ("--mention", &self.mention, Kind::Brand),
            ("--competitor", &self.competitor, Kind::Competitor),
            ("--subject", &self.subject, Kind::Subject),
        ] {
            for query in flags {
                subjects.push(Subject { kind, ..Subject::from_flag(query).map_err(|e| e.at(flag))? });
            }
        }
        subjects.iter_mut().for_each(|subject| subject.fuzzy |= self.fuzzy);
        let twice = subjects.iter().enumerate().find(|(at, subject)| subjects.iter().take(*at).any(|known| known.name == subject.name));
        match twice {
            Some((_, twice)) => Err(Error::usage(format!("found the subject {:?} twice, expected different names", twice.name))
                .advise(format!("join them: --mention '{}: one query, other query'", twice.name))),
            None => Ok(subjects),
        }
    }
}
