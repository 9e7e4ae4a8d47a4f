//! Flags from three places. In: the arguments, the environment and `earful.toml`. Out: what was asked for; the first of
//! them that says something wins. Separate because clap knows the first two only.

use super::Cli;
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use earful::config::defaults::{TABLE, read};
use earful::config::file::nearest;
use earful::error::{Error, Result};
use std::ffi::OsString;

/// Reads the arguments. Help, and errors of arguments, end the program, as clap has it.
///
/// # Errors
/// When `earful.toml` cannot be read, or sets a flag to what it cannot be.
pub fn parse() -> Result<Cli> {
    let mut args: Vec<OsString> = std::env::args_os().collect();
    let matches = Cli::command().try_get_matches_from(&args).unwrap_or_else(|error| error.exit());
    let (report, at) = match matches.subcommand() {
        None => (&matches, 1),
        Some(("report", report)) => (report, 2),
        Some(_) => return Ok(cli(&matches)),
    };
    let found = if report.get_flag("no_config") { None } else { nearest()? };
    let Some((path, text)) = found else { return Ok(cli(&matches)) };
    let name = path.display().to_string();
    let mut more: Vec<OsString> = Vec::new();
    for flag in read(&name, &text)? {
        let source = report.value_source(&flag.name.replace('-', "_"));
        if !matches!(source, None | Some(ValueSource::DefaultValue)) {
            continue;
        }
        if flag.values.is_empty() {
            more.push(format!("--{}", flag.name).into());
        }
        more.extend(flag.values.iter().map(|value| format!("--{}={value}", flag.name).into()));
    }
    let at = at.min(args.len());
    args.splice(at..at, more);
    let matches = Cli::command().try_get_matches_from(&args).map_err(|error| {
        let told = error.to_string();
        let told = told.lines().next().unwrap_or("").trim_start_matches("error: ").to_owned();
        Error::usage(told).at(format!("{name}: [{TABLE}]")).advise("earful report --help shows what flags may be")
    })?;
    Ok(cli(&matches))
}

fn cli(matches: &ArgMatches) -> Cli {
    Cli::from_arg_matches(matches).unwrap_or_else(|error| error.exit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use earful::config::defaults::KEYS;

    #[test]
    fn all_keys_are_flags_of_report() {
        let command = Cli::command();
        let report = command.find_subcommand("report").unwrap();
        for of in [report, &command] {
            for key in KEYS {
                let arg = of.get_arguments().find(|arg| arg.get_long() == Some(key)).unwrap_or_else(|| panic!("{key}"));
                assert_eq!(arg.get_id().as_str(), key.replace('-', "_"));
            }
        }
    }
}
