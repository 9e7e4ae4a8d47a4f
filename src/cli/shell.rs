//! `earful completions` and `earful man`: made from the same definition as the flags.

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use earful::error::{Error, Result};
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

/// Prints the manual page.
///
/// # Errors
/// When standard output cannot be written.
pub fn man() -> Result<ExitCode> {
    let mut page = Vec::new();
    let error = |e| Error::writing("standard output", &e);
    clap_mangen::Man::new(super::Cli::command()).render(&mut page).map_err(error)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<ExitCode> {
    std::io::stdout().write_all(bytes).map_err(|e| Error::writing("standard output", &e))?;
    Ok(ExitCode::SUCCESS)
}
