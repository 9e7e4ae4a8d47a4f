//! `earful report --part`: what a run knows as a part. In: what was decided and what came of it. Out: a part, and a file.
//! Separate because here is said what the parts of one report must agree on.

use super::mention_args::MentionArgs;
use earful::config::Config;
use earful::copies::Counting;
use earful::error::{Error, Result};
use earful::input::columns::names_authors;
use earful::part::{Part, Words, fingerprint};
use earful::pipeline::{Authors, Job};
use earful::pseudonym::Pseudonyms;
use std::collections::BTreeMap;
use std::path::Path;

/// What stands for a key: the pseudonym of a name that nobody has.
const NOBODY: &str = "\u{0}";

/// How authors are called: with a key by their pseudonyms, in a part without a key not at all.
///
/// # Errors
/// When a part is to hold names.
pub fn authors(pseudonyms: Option<&Pseudonyms>, show: bool, part: bool, by: &[String]) -> Result<Authors> {
    match pseudonyms {
        _ if part && show => Err(Error::usage("found --part with --show-authors, but a part holds no names")
            .advise("--salt KEY, for the same pseudonyms in all parts")),
        Some(names) if !show => Ok(Authors::Keyed(names.clone())),
        None if part => match by.iter().find(|name| names_authors(name)) {
            Some(name) => Err(Error::usage(format!("found --by {name} and --part without --salt, but then a part holds no authors"))
                .advise("--salt KEY, the same for all parts")),
            None => Ok(Authors::Forgotten),
        },
        _ => Ok(Authors::AsWritten),
    }
}

/// The words that counted, so that they can be compiled again.
///
/// # Errors
/// When a lexicon cannot be read.
pub fn words(config: &Config) -> Result<Words> {
    let base = |name: String| Path::new(&name).file_name().map_or_else(|| name.clone(), |name| name.to_string_lossy().into_owned());
    let files = config.files()?.into_iter().map(|(name, text)| (base(name), text)).collect();
    let mut domains = config.domains.clone();
    domains.sort();
    domains.dedup();
    Ok(Words { files, only: config.lexicon_only, domains })
}

/// What other parts must have the same.
///
/// # Errors
/// When a vocabulary cannot be read.
pub fn settings(config: &Config, job: &Job, part: &Part, mentions: &MentionArgs) -> Result<BTreeMap<String, String>> {
    let Words { files, only, domains } = &part.lexicon;
    let list = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let texts = files.iter().map(|(name, text)| format!("{name} ({})", fingerprint([text.as_str()]))).collect::<Vec<_>>();
    let subjects = part.subjects.iter().map(|subject| format!("{} {}", subject.kind.name(), subject.name)).collect::<Vec<_>>();
    let zone = job.options.clock.zone.as_ref();
    let salt = match &job.authors {
        Authors::Keyed(names) => format!("a key that is told by {}", names.of(NOBODY)),
        Authors::AsWritten | Authors::Forgotten => "none".to_owned(),
    };
    Ok([
        ("--lexicon", list(&texts)),
        ("--lexicon-only", only.to_string()),
        ("--domain", list(domains)),
        ("--language", config.language.clone().unwrap_or_else(|| "told from each record".to_owned())),
        ("--by", list(part.groupings.get(part.offered..).unwrap_or_default())),
        ("--copies", if config.copies == Counting::Once { "once" } else { "count" }.to_owned()),
        ("--tz", zone.map_or_else(|| "as written".to_owned(), |zone| zone.iana_name().map_or_else(|| format!("{zone:?}"), str::to_owned))),
        ("--own-voice", job.options.own_voice.to_string()),
        ("--salt", salt),
        ("--sample", part.sample.as_ref().map_or_else(|| "none".to_owned(), |sample| sample.name.clone())),
        ("subjects", list(&subjects)),
        ("queries", mentions.fingerprint(job)?),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect())
}
