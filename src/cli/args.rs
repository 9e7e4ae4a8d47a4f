//! Flags that several commands share. In: what clap parsed. Out: plain [`Config`] and sources.

use clap::{Args, ValueEnum};
use earful::config::Config;
use earful::copies::Counting;
use earful::error::{Error, Result};
use earful::input::dates::{Clock, parse_day, parse_zone};
use earful::input::label::{Labels, Trust};
use earful::input::limits::{Limits, WINDOW, parse_size};
use earful::input::profile::{self, Profile};
use earful::input::{Field, Options, Source, Truth, sources};
use earful::pseudonym::Pseudonyms;
use earful::report::FileOutcome;
use jiff::tz::TimeZone;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

/// Which column is what; what is not named is detected.
#[derive(Args, Clone)]
#[command(next_help_heading = "Columns (detected if not named)")]
pub struct FieldArgs {
    /// Column or JSON path with the text
    #[arg(long, value_name = "COLUMN")]
    text: Option<String>,
    /// ... the title, scored with the text
    #[arg(long, value_name = "COLUMN")]
    title: Option<String>,
    /// ... stars or points
    #[arg(long, value_name = "COLUMN")]
    rating: Option<String>,
    /// ... who wrote it
    #[arg(long, value_name = "COLUMN")]
    author: Option<String>,
    /// ... when
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,
    /// ... product, brand or place
    #[arg(long, value_name = "COLUMN")]
    product: Option<String>,
    /// ... site or network
    #[arg(long, value_name = "COLUMN")]
    source: Option<String>,
    /// ... language code
    #[arg(long, value_name = "COLUMN")]
    lang: Option<String>,
    /// ... what the record itself names as its target
    #[arg(long, value_name = "COLUMN")]
    target: Option<String>,
    /// ... what somebody says the sentiment truly is
    #[arg(long, value_name = "COLUMN")]
    label: Option<String>,
    /// How dates are written, as for strptime: '%d/%m/%Y'
    #[arg(long, value_name = "PATTERN")]
    date_format: Option<String>,
    /// Zone in which days are counted, and times without one unless the source is known to have its own: Europe/Berlin, +02:00 [default: as written]
    #[arg(long, value_name = "ZONE", value_parser = parse_zone, allow_hyphen_values = true)]
    tz: Option<TimeZone>,
    /// Day that dates such as '2 weeks ago' count from
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<i32>,
    /// Where the records are: a path in JSON, such as data.items, or an element of XML
    #[arg(long, value_name = "PATH")]
    records: Option<String>,
    /// Encoding of the files, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// What the columns of the export are: a file of inspect --write-profile, or the id of a known source
    #[arg(long, value_name = "FILE|ID", value_parser = named_profiles)]
    profile: Option<Arc<Vec<Arc<Profile>>>>,
    /// Score the brand's own posts and replies too
    #[arg(long)]
    own_voice: bool,
    #[command(flatten)]
    limits: LimitArgs,
}

impl FieldArgs {
    /// What the user said about the input, and which column is the id.
    pub fn options(&self, id: Option<&String>) -> Options {
        let id = id.cloned();
        let given = [
            &self.text,
            &self.title,
            &self.rating,
            &self.author,
            &self.date,
            &id,
            &self.product,
            &self.source,
            &self.lang,
            &self.target,
            &self.label,
        ];
        let named = Field::ALL.into_iter().zip(given).filter_map(|(field, name)| Some((field, name.clone()?))).collect();
        Options {
            named,
            extra: Vec::new(),
            encoding: self.encoding.clone(),
            date_format: self.date_format.clone(),
            clock: Clock { zone: self.tz.clone(), written: None, today: self.as_of },
            records: self.records.clone(),
            course: None,
            limits: self.limits.limits(),
            profiles: self.profile.clone(),
            own_voice: self.own_voice,
        }
    }
}

fn named_profiles(name: &str) -> Result<Arc<Vec<Arc<Profile>>>> {
    profile::named(name)
}

/// How much packed data may take.
#[derive(Args, Clone)]
#[command(next_help_heading = "Archives")]
struct LimitArgs {
    /// Most bytes out of one archive, such as 512G [default: 64G, and no more than 1000 times its size]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    max_unpacked: Option<u64>,
    /// Most memory for the window of a zstd, xz or lzma stream, such as 2G [default: 128M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    max_window: Option<u64>,
}

impl LimitArgs {
    fn limits(&self) -> Limits {
        Limits { window: self.max_window.unwrap_or(WINDOW), unpacked: self.max_unpacked }
    }
}

/// Which column is the id; apart, because `explain --id` names a record.
#[derive(Args, Clone)]
#[command(next_help_heading = "Columns (detected if not named)")]
pub struct IdArg {
    /// ... what identifies the record
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
}

/// What records truly are.
#[derive(Args, Clone)]
pub struct TruthArgs {
    /// Take stars for the truth although there is a label column
    #[arg(long, conflicts_with = "label")]
    stars: bool,
    /// What stars in the middle of the scale mean: neutral, or none to leave those records out
    #[arg(long, value_enum, default_value_t = MiddleStars::Neutral, value_name = "neutral|none", hide_possible_values = true)]
    neutral_stars: MiddleStars,
    /// What labels mean, as 'good=positive,2=neutral,junk=out'; may be repeated
    #[arg(long, value_name = "LABEL=CLASS,...")]
    label_map: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MiddleStars {
    Neutral,
    None,
}

impl TruthArgs {
    /// The decisions.
    ///
    /// # Errors
    /// When the meaning of a label cannot be read.
    pub fn truth(&self) -> Result<Truth> {
        Ok(Truth {
            trust: if self.stars { Trust::Stars } else { Trust::Found },
            labels: Arc::new(Labels::with(&self.label_map)?),
            no_neutral_stars: self.neutral_stars == MiddleStars::None,
        })
    }
}

/// Without labels and stars nothing can be evaluated or learned.
///
/// # Errors
/// When no file has any.
pub fn has_truth(files: &[FileOutcome]) -> Result<()> {
    let readable = files.iter().find(|file| !file.format.is_empty());
    match readable {
        Some(first) if files.iter().all(|file| file.truth.is_none()) => {
            Err(Error::input("found no column with labels or stars, expected one with positive and negative, 0 and 1, or ratings")
                .at(&first.name)
                .advise("name it with --label COLUMN or --rating COLUMN; earful inspect FILE lists the columns"))
        }
        _ => Ok(()),
    }
}

/// Which words count, and how.
#[derive(Args, Clone)]
#[command(next_help_heading = "Lexicon")]
pub struct LexiconArgs {
    /// A lexicon file over the built-in one (ours, VADER's or AFINN's format); may be repeated
    #[arg(long, value_name = "FILE", env = "EARFUL_LEXICON")]
    lexicon: Vec<PathBuf>,
    /// Use only the lexicons given
    #[arg(long)]
    lexicon_only: bool,
    /// Use entries of this domain too, or auto for that of the sources; may be repeated
    #[arg(long, value_name = "NAME")]
    domain: Vec<String>,
    /// Language of all records, such as en, instead of telling it from each
    #[arg(long, value_name = "CODE", env = "EARFUL_LANGUAGE")]
    language: Option<String>,
}

impl LexiconArgs {
    /// The decisions, with those on the input.
    pub fn config(&self, options: Options, threads: usize) -> Config {
        Config {
            options,
            lexicons: self.lexicon.clone(),
            texts: Vec::new(),
            lexicon_only: self.lexicon_only,
            domains: self.domain.clone(),
            new_domains: false,
            language: self.language.clone(),
            truth: Truth::default(),
            copies: Counting::default(),
            threads,
        }
    }
}

/// How copies are counted.
#[derive(Args, Clone)]
pub struct CopiesArg {
    /// Retweets, syndicated and repeated texts: counted once, or each
    #[arg(long, value_enum, default_value_t = CountingArg::Once, value_name = "once|count", hide_possible_values = true, env = "EARFUL_COPIES")]
    copies: CountingArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum CountingArg {
    Once,
    Count,
}

impl CopiesArg {
    /// The decision.
    pub const fn counting(&self) -> Counting {
        match self.copies {
            CountingArg::Once => Counting::Once,
            CountingArg::Count => Counting::Each,
        }
    }
}

impl LexiconArgs {
    /// The decisions, with those on the input, for sources that may tell the domain.
    pub fn config_for(&self, options: Options, threads: usize, sources: &[Source], quiet: bool) -> Config {
        let mut config = self.config(options, threads);
        if let Some(told) = config.tell_domain(sources) {
            note(quiet, &told);
        }
        config
    }
}

/// How authors are called.
#[derive(Args, Clone)]
pub struct SaltArgs {
    /// Secret key (or @FILE with it) that gives authors the same pseudonyms in all files and runs
    #[arg(long, value_name = "KEY|@FILE", env = "EARFUL_SALT", hide_env_values = true)]
    salt: Option<String>,
}

impl SaltArgs {
    /// Pseudonyms by the key, if there is one. Line ends behind the key in a file do not belong to it.
    ///
    /// # Errors
    /// When the key is empty or its file cannot be read.
    pub fn pseudonyms(&self) -> Result<Option<Pseudonyms>> {
        let Some(salt) = &self.salt else { return Ok(None) };
        let Some(path) = salt.strip_prefix('@') else {
            return Pseudonyms::keyed(salt.as_bytes()).map_err(|e| e.at("--salt")).map(Some);
        };
        let key = std::fs::read(path).map_err(|e| {
            Error::usage(format!("cannot be read ({e}), expected a file with the key")).at(path).advise("--salt @PATH, or --salt KEY")
        })?;
        Pseudonyms::keyed(key.trim_ascii_end()).map_err(|e| e.at(path)).map(Some)
    }
}

/// How to run.
#[derive(Args, Clone)]
#[command(next_help_heading = "Running")]
pub struct RunArgs {
    /// Threads; 0 for one per core
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0, env = "EARFUL_THREADS", hide_default_value = true)]
    pub threads: usize,
    /// No progress bar and no notes on standard error
    #[arg(long, short)]
    pub quiet: bool,
}

/// When to colour.
#[derive(Clone, Copy, ValueEnum)]
pub enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Colour {
    /// Whether to colour standard output.
    pub fn on_stdout(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
        }
    }
}

/// The files to read; standard input when none is named and something is piped in.
///
/// # Errors
/// When nothing is named and standard input is a terminal, or a directory or glob holds nothing.
pub fn sources(files: &[String]) -> Result<Vec<Source>> {
    if !files.is_empty() {
        return sources::expand(files);
    }
    if std::io::stdin().is_terminal() {
        return Err(Error::usage("found no file, expected a CSV, JSON or JSON lines file, or data on standard input")
            .advise("earful reviews.csv, or earful --help"));
    }
    Ok(vec![Source::stdin()])
}

/// Size of all sources together, when all are known.
pub fn total_size(sources: &[Source]) -> Option<u64> {
    sources.iter().map(|source| source.size).sum()
}

/// A note for the user, unless quiet; standard error may be closed.
pub fn note(quiet: bool, text: &str) {
    use std::io::Write;
    if !quiet {
        let _ = writeln!(std::io::stderr(), "earful: {}", earful::escape::terminal(text));
    }
}
