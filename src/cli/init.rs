//! `earful init`: an `earful.toml` to begin with. In: a file as `inspect` understands it, or none. Out: a commented
//! file whose examples name what is in the data. Separate from `inspect` because it says what to do with the findings.

use super::args::{FieldArgs, IdArg, note};
use super::output::Draft;
use clap::Args;
use earful::config::defaults::KEYS;
use earful::config::file::NAME;
use earful::error::{Error, Result};
use earful::escape::terminal as esc;
use earful::input::open::{Opened, open};
use earful::input::rating::Scale;
use earful::input::{Field, Source};
use earful::mention::Query;
use earful::redact::redact;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Arguments of `earful init`.
#[derive(Args)]
pub struct InitArgs {
    /// A file with records; without one the examples are general
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Where to write; - for standard output
    #[arg(short, long, value_name = "PATH", default_value = NAME)]
    output: PathBuf,
    /// Write over a file that is there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    id: IdArg,
}

/// Products that become examples, and the longest name of one, in characters.
const PRODUCTS: usize = 5;
const LONGEST: usize = 60;

/// What every file begins with.
const HEAD: &str = "\
# earful.toml: what earful listens for and insists on, in this folder and all below it.
# Lines that begin with # say something or are examples: take the sign away, and they count.
# --no-config leaves this file out.
";

/// What is said of gates and objectives.
const GATES: &str = r#"
# When a build must fail: once the data show it, not by chance, earful ends with status 1.
# Without enough data a gate is unknown; on-unknown says whether that is a "pass" or a "fail".
#
# [[gate]]
# name = "too many complaints"
# fail-if = "complaints > 30%"
# on-unknown = "pass"

# What you want to reach: reports begin with whether it is met, not met or unknown.
#
# [[objective]]
# name = "most people are happy"
# goal = "praise > 60%"
"#;

/// Which settings stand elsewhere.
const ELSEWHERE: &str = "
# What counts: flags of the command line, then the environment (EARFUL_LEXICON, EARFUL_LANGUAGE, EARFUL_COPIES), then this
# file. Not in this file: the secret of pseudonyms (--salt, EARFUL_SALT) and --threads (EARFUL_THREADS).
";

/// Writes the file.
///
/// # Errors
/// When the records cannot be read, or there is a file already, or it cannot be written.
pub fn run(args: &InitArgs) -> Result<ExitCode> {
    let printed = args.output == Path::new("-");
    if !printed && !args.force && args.output.exists() {
        return Err(Error::usage("found a file there already, expected none")
            .at(args.output.display())
            .advise("--force to write over it, -o - to see it first"));
    }
    let opened = args.file.as_deref().map(|path| first(path, args)).transpose()?;
    let text = written(opened.as_ref());
    if printed {
        std::io::stdout().write_all(text.as_bytes()).map_err(|e| Error::writing("standard output", &e))?;
    } else {
        Draft::prepare(&args.output)?.finish(|out| out.write_all(text.as_bytes()))?;
        note(false, &format!("wrote {}", args.output.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The file, or the first that an archive holds.
fn first(path: &Path, args: &InitArgs) -> Result<Opened> {
    let options = args.fields.options(args.id.id.as_ref());
    let source = if path == Path::new("-") { Source::stdin() } else { Source::file(path) };
    let member = open(&source, &options, &Arc::new(AtomicU64::new(0))).next();
    member.map_or_else(|| Err(Error::input("found nothing to read").at(&source.name)), |member| member.opened)
}

/// The text of the file.
fn written(opened: Option<&Opened>) -> String {
    let mut text = HEAD.to_owned();
    opened.into_iter().for_each(|opened| findings(opened, &mut text));
    text.push_str("\n# Whom to listen for: brands, competitors, products, subjects. Each needs a name and a query.\n");
    let products = opened.map(products).unwrap_or_default();
    if products.is_empty() {
        text.push_str("#\n");
        mention("Acme", "brand", "acme, \"acme corp\"", &mut text);
    } else {
        text.push_str("# These are the values that most of the first records have.\n");
    }
    products.iter().for_each(|(name, query)| {
        text.push_str("#\n");
        mention(name, "product", query, &mut text);
    });
    text + GATES + &flags(opened) + ELSEWHERE
}

/// What was found in the file, as comments.
fn findings(opened: &Opened, text: &mut String) {
    let mut line = |name: &str, value: &str| _ = writeln!(text, "#   {name:<9} {}", esc(value));
    line("file", &opened.source.name);
    line("format", &opened.dialect.describe());
    if let Some(found) = &opened.profile {
        line("profile", &format!("{} because of {}", found.profile.id, found.because));
        found.profile.domain.iter().for_each(|domain| line("domain", &format!("{domain}: --domain {domain}, or --domain auto")));
    }
    for choice in &opened.columns.choices {
        line(choice.field.name(), &format!("{:?} because of {}", choice.name, choice.reason));
    }
    opened.columns.dates.iter().for_each(|dates| line("dates", &dates.describe()));
    opened.columns.scale.map(Scale::most).iter().for_each(|most| line("ratings", &format!("up to {most}")));
    opened.columns.notes.iter().for_each(|told| line("note", told));
    text.insert_str(HEAD.len(), "\n# What was found:\n");
    text.push_str("# Where a column was taken wrongly, --text COLUMN, --date COLUMN and so on say it; earful inspect FILE\n");
    text.push_str("# --write-profile mine.toml keeps it for --profile mine.toml.\n");
}

/// Flags as examples: those that the findings suggest.
fn flags(opened: Option<&Opened>) -> String {
    let mut text = "\n# Flags of earful report that hold for all reports here.\n#\n# [report]\n".to_owned();
    let domain = opened.and_then(|opened| opened.profile.as_ref()?.profile.domain.clone());
    _ = writeln!(text, "# domain = {}", quoted(domain.as_deref().unwrap_or("auto")));
    let by = if opened.is_none_or(|opened| opened.columns.of(Field::Product).is_some()) { "product" } else { "lang" };
    _ = writeln!(text, "# by = [{}]\n# tz = \"Europe/Berlin\"\n# quotes = 5", quoted(by));
    let others: Vec<&str> = KEYS.into_iter().filter(|key| !["domain", "by", "tz", "quotes"].contains(key)).collect();
    text + "# Others that may stand there: " + &others.join(", ") + ".\n"
}

/// The most frequent products of the first records, each with a query for it: by number, then by name.
fn products(opened: &Opened) -> Vec<(String, String)> {
    let Some(column) = opened.columns.of(Field::Product) else { return Vec::new() };
    let values = opened.samples.get(column.column).map_or(&[][..], |sample| &sample.values);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values.iter().map(|value| value.trim()) {
        *counts.entry(value).or_default() += 1;
    }
    let mut sorted: Vec<(&str, usize)> = counts.into_iter().collect();
    sorted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    // A number that stands for a product is in no text, and personal data are in no file.
    let named = |value: &str| value.chars().any(char::is_alphabetic) && value.chars().count() <= LONGEST && redact(value) == value;
    let query = |name: &str| {
        let query =
            format!("\"{}\"", name.replace(['"', '\\', '*', '!'], " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
        let query = if query.chars().filter(|c| !c.is_alphanumeric()).count() == 2 { query.replace('"', "") } else { query };
        Query::parse(&query).is_ok().then_some(query)
    };
    let fitting = sorted.into_iter().map(|(value, _)| esc(value).into_owned()).filter(|value| named(value));
    fitting.filter_map(|name| query(&name).map(|query| (name, query))).take(PRODUCTS).collect()
}

/// A table as an example.
fn mention(name: &str, kind: &str, query: &str, text: &mut String) {
    _ = writeln!(text, "# [[mention]]\n# name = {}\n# kind = \"{kind}\"\n# query = {}", quoted(name), quoted(query));
}

/// A string of TOML, as it is where that can be.
fn quoted(text: &str) -> String {
    if text.contains('"') && !text.contains('\'') {
        return format!("'{}'", esc(text));
    }
    let sign = |c: char| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        _ => c.to_string(),
    };
    format!("\"{}\"", esc(text).chars().map(sign).collect::<String>())
}
