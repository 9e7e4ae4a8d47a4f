//! `earful completions` and `earful man`: made from the same definition as the flags.

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use earful::error::{Error, Result};
use earful::lexicon::similar::did_you_mean;
use std::io::Write;
use std::process::ExitCode;

/// Arguments of `earful completions`.
#[derive(Args)]
pub struct CompletionsArgs {
    /// bash, elvish, fish, powershell or zsh
    shell: Shell,
}

/// Prints completions.
///
/// # Errors
/// When standard output cannot be written.
pub fn completions(args: &CompletionsArgs) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "earful", &mut script);
    print(&script)
}

/// Arguments of `earful man`.
#[derive(Args)]
pub struct ManArgs {
    /// A command, such as report or lexicon lint
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

/// Prints the manual page, or that of a command.
///
/// # Errors
/// When there is no such command, or standard output cannot be written.
pub fn man(args: &ManArgs) -> Result<ExitCode> {
    let mut page = Vec::new();
    let error = |e| Error::writing("standard output", &e);
    clap_mangen::Man::new(find(super::Cli::command(), &args.command)?).render(&mut page).map_err(error)?;
    print(&page)
}

/// The command of a name of one word or more; its page goes by all of them.
fn find(mut command: Command, words: &[String]) -> Result<Command> {
    command.build();
    for word in words {
        let Some(found) = command.find_subcommand(word).cloned() else {
            let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            let message = format!("found no command {word:?}, expected one of: {}", known.join(", "));
            let error = Error::usage(message).at("earful man");
            return Err(match did_you_mean(word, known.iter().copied()) {
                Some(advice) => error.advise(advice),
                None => error,
            });
        };
        command = found;
    }
    let name = command.get_bin_name().unwrap_or("earful").replace(' ', "-");
    Ok(command.display_name(name))
}

fn print(bytes: &[u8]) -> Result<ExitCode> {
    std::io::stdout().write_all(bytes).map_err(|e| Error::writing("standard output", &e))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    fn page(command: Command) -> String {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page).unwrap();
        String::from_utf8(page).unwrap().replace("\\-", "-")
    }

    /// Every command, and those below it, has a page with all of its flags and is completed in every shell.
    #[test]
    fn all_commands_have_pages_and_completions() {
        let root = find(super::super::Cli::command(), &[]).unwrap();
        let scripts: Vec<String> = Shell::value_variants()
            .iter()
            .map(|shell| {
                let mut script = Vec::new();
                clap_complete::generate(*shell, &mut super::super::Cli::command(), "earful", &mut script);
                String::from_utf8(script).unwrap()
            })
            .collect();
        let mut open: Vec<Vec<String>> = root.get_subcommands().map(|command| vec![command.get_name().to_owned()]).collect();
        let mut seen = 0;
        while let Some(words) = open.pop().filter(|words| words.len() < 4) {
            let Ok(command) = find(super::super::Cli::command(), &words) else { continue };
            seen += 1;
            let page = page(command.clone());
            assert!(page.contains(&format!("earful-{}", words.join("-"))), "{words:?}: {page}");
            for flag in command.get_arguments().filter(|arg| !arg.is_hide_set()).filter_map(clap::Arg::get_long) {
                assert!(page.contains(&format!("--{flag}")), "{words:?} --{flag}");
                assert!(scripts.iter().all(|script| script.contains(flag)), "{words:?} --{flag}");
            }
            assert!(scripts.iter().all(|script| script.contains(words.last().unwrap().as_str())), "{words:?}");
            open.extend(
                command
                    .get_subcommands()
                    .filter(|one| one.get_name() != "help")
                    .map(|one| [words.clone(), vec![one.get_name().to_owned()]].concat()),
            );
        }
        assert!(seen >= 15, "{seen}");
        assert!(find(super::super::Cli::command(), &["reprot".to_owned()]).unwrap_err().to_string().contains("report"));
    }
}
