//! The command line of earful: arguments in, exit status out. All work is done by the library.

mod cli;
mod progress;

use earful::error::{Error, Fault};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Readers of foreign formats may give up on damaged data by a panic. It is caught, and told as an error.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(earful::input::container::THREAD) {
            usual(info);
        }
    }));
    match cli::parse().and_then(cli::run) {
        Ok(status) => status,
        Err(error) => fail(&error),
    }
}

/// Prints an error, unless nobody is listening, and turns it into the exit status.
fn fail(error: &Error) -> ExitCode {
    use std::io::Write;
    if error.fault() == Fault::ClosedPipe {
        return ExitCode::SUCCESS;
    }
    // When standard error is gone too, the exit status still tells.
    let _ = writeln!(std::io::stderr(), "earful: {error}");
    ExitCode::from(if error.fault() == Fault::Usage { 2 } else { 3 })
}
