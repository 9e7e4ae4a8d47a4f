//! No data leave the machine: no command opens a socket. Seen from outside, with strace, which knows
//! nothing of our code and dependencies; without it the test says so and passes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place};
use std::process::{Command, Stdio};

/// Runs a command below strace; its network calls, or nothing where strace is not there or may not trace.
fn network_calls(command: &Command, folder: &std::path::Path) -> Option<Vec<String>> {
    let log = folder.join("calls.log");
    let mut traced = Command::new("strace");
    traced.args(["-f", "-q", "-e", "trace=network,execve", "-o"]).arg(&log).arg(command.get_program()).args(command.get_args());
    traced.current_dir(folder).stdin(Stdio::null()).env_remove("EARFUL_SALT");
    let output = traced.output().ok()?;
    let calls = std::fs::read_to_string(&log).ok()?;
    // The first call starts the program: without it nothing was seen.
    if !calls.contains("execve(") {
        return None;
    }
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(calls.lines().filter(|line| !line.contains("execve(") && line.contains('(')).map(str::to_owned).collect())
}

#[test]
fn no_command_opens_a_socket() {
    let place = Place::with("rows.csv", format!("id,author,stars,review\n1,Jo Doe,5,\"{GOOD}\"\n2,Al Roe,1,\"{BAD}\"\n"));
    let folder = place.path("");
    for args in [
        ["report", "rows.csv", "-o", "report.md", "-o", "report.html", "-o", "report.json", "--part", "rows.part", "-j2"].as_slice(),
        &["merge", "rows.part", "--format", "sarif", "--fail-if", "records < 0"],
        &["compare", "rows.csv", "report.json"],
        &["init", "rows.csv", "-o", "-"],
        &["man", "report"],
        &["score", "rows.csv", "--salt", "a key of the test"],
        &["explain", "The screen is not good"],
        &["explain", "rows.csv", "--id", "1"],
        &["inspect", "rows.csv"],
        &["eval", "rows.csv"],
        &["lexicon", "list"],
        &["--help"],
    ] {
        let Some(calls) = network_calls(&place.command(args), &folder) else {
            println!("skipped: strace is not there or may not trace; apt-get install strace");
            return;
        };
        assert!(calls.is_empty(), "{args:?}: {calls:#?}");
    }
}

/// The test above can fail: a program that opens a socket is seen.
#[test]
fn a_socket_would_be_seen() {
    let place = Place::new();
    let mut command = Command::new("bash");
    command.args(["-c", "(exec 3<>/dev/udp/127.0.0.1/9) 2>/dev/null; true"]);
    match network_calls(&command, &place.path("")) {
        None => println!("skipped: strace is not there or may not trace"),
        Some(calls) => assert!(calls.iter().any(|call| call.contains("socket(")), "{calls:#?}"),
    }
}
