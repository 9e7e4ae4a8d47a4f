//! `earful aspects`: the vocabularies there are, and what is in them. In: names of domains or files. Out: aspects and
//! their terms. Separate because who extends a vocabulary wants to see it first.

use super::lexicon::table;
use clap::{Args, Subcommand};
use earful::error::{Error, Result};
use earful::escape::terminal as esc;
use earful::mention::aspect::{Aspects, DOMAINS, Source, builtin, file};
use std::io::Write;
use std::process::ExitCode;

/// Arguments of `earful aspects`.
#[derive(Args)]
pub struct AspectsCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The domains there are; of those named the aspects with their terms
    List(ListArgs),
}

/// Arguments of `earful aspects list`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  earful aspects list                        domains, and how much is in each
  earful aspects list hotels                 aspects of hotels with their terms, as a file of your own has them
  earful aspects list mine.tsv               the same of a file, once it is found to be without faults")]
pub struct ListArgs {
    /// Domain, or file that begins with # earful-aspects: 1
    #[arg(value_name = "DOMAIN|FILE")]
    names: Vec<String>,
}

/// Does what was asked.
///
/// # Errors
/// When a file cannot be read or has faults, a domain is not known, or the answer cannot be written.
pub fn run(args: &AspectsCommand) -> Result<ExitCode> {
    let Command::List(args) = &args.command;
    let named = Vocabularies::open(&args.names)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let written = if args.names.is_empty() {
        domains(&mut out)?
    } else {
        named.compile()?;
        terms(&named, &mut out)?
    };
    written.and_then(|()| out.flush()).map_err(|e| Error::writing("standard output", &e))?;
    Ok(ExitCode::SUCCESS)
}

/// Vocabularies as they were named: built-in domains, or files with their texts.
pub struct Vocabularies(Vec<(String, Option<String>)>);

impl Vocabularies {
    /// Reads the files among some names.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn open(names: &[String]) -> Result<Self> {
        let open = |name: &String| {
            // A file is named with its folder or its ending; a domain has neither.
            if builtin::domain(name).is_some() || !name.contains(['.', '/', '\\']) {
                return Ok((name.clone(), None));
            }
            let text = std::fs::read_to_string(name).map_err(|e| Error::usage(format!("cannot be read: {e}")).at(name))?;
            Ok((name.clone(), Some(text)))
        };
        names.iter().map(open).collect::<Result<_>>().map(Self)
    }

    /// Makes them ready.
    ///
    /// # Errors
    /// Faults in files, and domains that there are not.
    pub fn compile(&self) -> Result<Aspects> {
        let sources = self.0.iter().map(|(name, text)| match text {
            Some(text) => Source::File(name, text),
            None => Source::Domain(name),
        });
        Aspects::new(&sources.collect::<Vec<_>>())
    }

    /// Their names and texts.
    fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, text)| match text {
            Some(text) => Some((name.as_str(), text.as_str())),
            None => builtin::domain(name).map(|domain| (domain.file, domain.text)),
        })
    }
}

fn domains(out: &mut dyn Write) -> Result<std::io::Result<()>> {
    let mut rows = vec![["domain", "aspects", "terms", "such as"].map(str::to_owned).to_vec()];
    for domain in &DOMAINS {
        let aspects = Aspects::new(&[Source::Domain(domain.name)])?;
        let terms: u32 = aspects.list().iter().map(|aspect| aspect.terms).sum();
        let first: Vec<&str> = aspects.list().iter().take(5).map(|aspect| aspect.name.as_str()).collect();
        rows.push(vec![domain.name.to_owned(), aspects.list().len().to_string(), terms.to_string(), first.join(", ")]);
    }
    Ok(table::write(&rows, out))
}

/// Writes vocabularies as a file has them.
fn terms(named: &Vocabularies, out: &mut dyn Write) -> Result<std::io::Result<()>> {
    let mut line = 0;
    let mut page = format!("{} {}", file::HEADER, file::VERSION);
    for (name, text) in named.texts() {
        file::read(name, text, |row| {
            if row.line == line {
                page.push_str(", ");
            } else {
                page.extend(["\n", &esc(row.aspect), "\t"]);
            }
            line = row.line;
            page.push_str(&esc(row.term));
            Ok(())
        })?;
        line = 0;
    }
    Ok(writeln!(out, "{page}"))
}
