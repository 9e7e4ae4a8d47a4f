//! What was decided before work begins. In: plain values from flags and environment. Out: a compiled
//! lexicon and a [`Job`]. Separate so that nothing below asks the environment or knows about flags.

pub mod defaults;
pub mod file;

use crate::analyze::Analyzer;
use crate::copies::Counting;
use crate::error::{Error, Result};
use crate::input::open::{Opened, open};
use crate::input::{Options, Source, Truth};
use crate::lexicon::catalogue::{self, Volume};
use crate::lexicon::entry::Sheet;
use crate::lexicon::similar::did_you_mean;
use crate::lexicon::{Lexicon, builtin, format};
use crate::pipeline::{Authors, Job};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// What asks for the domain of the sources.
const AUTO: &str = "auto";
/// Sources that are opened to tell it.
const PEEKED: usize = 20;

/// Everything that every command needs to know.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// How to read the input.
    pub options: Options,
    /// The user's lexicon files, later ones winning.
    pub lexicons: Vec<PathBuf>,
    /// The same by name and text, where they are at hand; before those.
    pub texts: Vec<(String, String)>,
    /// Whether to use only those.
    pub lexicon_only: bool,
    /// Domains whose entries are used.
    pub domains: Vec<String>,
    /// Whether there may be no entry for a domain yet, as when a lexicon for it is learned.
    pub new_domains: bool,
    /// The language of all records, if it is not to be told from each.
    pub language: Option<String>,
    /// How the truth about records is taken from files.
    pub truth: Truth,
    /// How copies of earlier records are counted in a summary.
    pub copies: Counting,
    /// Threads; 0 for one per core.
    pub threads: usize,
}

/// The domains that the profiles of sources tell, none for a source without; nothing if one of them is
/// standard input, which cannot be read twice. Only the first member of an archive is opened.
#[must_use]
pub fn profile_domains(sources: &[Source], options: &Options) -> Option<BTreeSet<Option<String>>> {
    let peeked = || sources.iter().take(PEEKED);
    let opened = |source: &Source| open(source, options, &Arc::new(AtomicU64::new(0))).next()?.opened.ok();
    let told = |opened: Opened| opened.profile.and_then(|found| found.profile.domain.clone());
    peeked().all(|source| source.path.is_some()).then(|| peeked().filter_map(opened).map(told).collect())
}

impl Config {
    /// Replaces the domain `auto` by that of the sources, if they agree on one that has entries; what came
    /// of it, when `auto` was asked for. Sources are opened for that; only the first member of an archive is.
    pub fn tell_domain(&mut self, sources: &[Source]) -> Option<String> {
        let asked = self.domains.len();
        self.domains.retain(|domain| domain != AUTO);
        if self.domains.len() == asked {
            return None;
        }
        let general = |why: &str| Some(format!("--domain auto: {why}, so the general lexicon is used"));
        let Some(domains) = profile_domains(sources, &self.options) else {
            return general("the domain of standard input cannot be told before it is read");
        };
        let mut domains = domains.into_iter();
        match (domains.next().flatten(), domains.next()) {
            (_, Some(_)) => general("the sources are of several domains"),
            (None, None) => general("no profile tells the domain of the sources"),
            (Some(domain), None) if !builtin::PACKS.iter().any(|pack| pack.domain == domain) => {
                general(&format!("the sources are of the domain {domain}, for which there are no entries"))
            }
            (Some(domain), None) => {
                let told = format!("--domain auto: the profile of the sources says {domain}");
                if !self.domains.contains(&domain) {
                    self.domains.push(domain);
                }
                Some(told)
            }
        }
    }

    /// Reads and compiles the lexicons.
    ///
    /// # Errors
    /// When a lexicon cannot be read, or none is given although only the user's are wanted.
    pub fn lexicons(&self) -> Result<Vec<Lexicon>> {
        // The usual case, and the quick one: nothing but the program's own lexicon of its one language.
        if self.lexicons.is_empty() && self.texts.is_empty() && !self.lexicon_only && builtin::LANGUAGES.len() == 1 {
            self.know_domains(&[])?;
            return Ok(vec![builtin::lexicon_for(&self.domains)?]);
        }
        Lexicon::compile_each(self.sheets()?, &builtin::languages(), &self.domains)
    }

    /// Reads the lexicons, those that are laid over others last.
    ///
    /// # Errors
    /// As [`Config::lexicons`].
    pub fn sheets(&self) -> Result<Vec<Sheet>> {
        let mut sheets = if self.lexicon_only { Vec::new() } else { builtin::sheets()? };
        for (name, text) in self.files()? {
            sheets.push(format::read(&name, &text)?);
        }
        self.know_domains(&sheets)?;
        Ok(sheets)
    }

    /// Whether there are entries for each domain.
    fn know_domains(&self, sheets: &[Sheet]) -> Result<()> {
        let limited = || sheets.iter().flat_map(|sheet| &sheet.entries).flat_map(|entry| entry.domains.iter().map(String::as_str));
        let packs = if self.lexicon_only { &[][..] } else { &builtin::PACKS };
        let known = || packs.iter().map(|pack| pack.domain).chain(limited());
        let Some(strange) = self.domains.iter().find(|asked| !self.new_domains && !known().any(|domain| domain == *asked)) else {
            return Ok(());
        };
        let list = known().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
        let list = if list.is_empty() { "none, for no lexicon has entries for a domain".to_owned() } else { format!("one of: {list}") };
        let advice = did_you_mean(strange, known()).unwrap_or_else(|| "earful lexicon list shows what there is".to_owned());
        Err(Error::usage(format!("found the domain {strange:?}, expected {list}")).at("--domain").advise(advice))
    }

    /// Reads the lexicons with what their files say of themselves.
    ///
    /// # Errors
    /// As [`Config::lexicons`].
    pub fn volumes(&self) -> Result<Vec<Volume>> {
        let mut volumes = if self.lexicon_only { Vec::new() } else { catalogue::shipped()? };
        for (name, text) in self.files()? {
            volumes.push(Volume::read(&name, &text, false)?);
        }
        Ok(volumes)
    }

    /// The user's lexicons by name and text.
    ///
    /// # Errors
    /// When one cannot be read, or none is given although only the user's are wanted.
    pub fn files(&self) -> Result<Vec<(String, String)>> {
        if self.lexicon_only && self.lexicons.is_empty() && self.texts.is_empty() {
            return Err(Error::usage("found --lexicon-only without a lexicon").advise("--lexicon FILE --lexicon-only"));
        }
        let read = |path: &PathBuf| {
            let bytes = std::fs::read(path).map_err(|e| Error::usage(format!("cannot be read: {e}")).at(path.display()))?;
            let text = String::from_utf8(bytes).map_err(|e| {
                Error::usage(format!("found bytes that are not UTF-8 at offset {}, expected a UTF-8 lexicon", e.utf8_error().valid_up_to()))
                    .at(path.display())
                    .advise("save the lexicon as UTF-8")
            })?;
            Ok((path.display().to_string(), text))
        };
        self.texts.iter().cloned().map(Ok).chain(self.lexicons.iter().map(read)).collect()
    }

    /// A job with these decisions.
    ///
    /// # Errors
    /// As [`Config::lexicons`].
    pub fn job(&self) -> Result<Job> {
        Ok(Job {
            analyzer: Analyzer::new(self.lexicons()?, self.language.clone()),
            options: self.options.clone(),
            truth: self.truth.clone(),
            copies: self.copies,
            authors: Authors::default(),
            prints: false,
            rejects: None,
            listener: None,
            threads: self.threads,
            progress: Arc::new(AtomicU64::new(0)),
        })
    }
}
