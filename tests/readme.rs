//! The README does what it says: every command in a block marked `console` is run from the root of
//! the repository, with this build, and prints what stands below it.
//!
//! A block marked `sh` is not run. In the output, a line `...` stands for any number of lines, and line
//! numbers of lexicon files are not compared, so that adding a word does not touch the README.
//! `EARFUL_README=write cargo test --test readme` writes what was printed into the README; a block
//! with `...` is left as it is.

use std::ops::Range;
use std::path::Path;
use std::process::Command;

const README: &str = "README.md";
/// Opens a block that is run.
const OPENS: &str = "```console";
const CLOSES: &str = "```";
/// Any number of lines.
const ELISION: &str = "...";

/// A command with the lines of the README that hold what it prints.
#[derive(Debug, PartialEq, Eq)]
struct Example {
    command: String,
    output: Range<usize>,
}

/// The commands of all blocks, in order.
fn examples(lines: &[&str]) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut inside = false;
    for (at, line) in lines.iter().enumerate() {
        match (inside, line.strip_prefix("$ ")) {
            (false, _) => inside = *line == OPENS,
            (true, _) if *line == CLOSES => inside = false,
            (true, Some(command)) => found.push(Example { command: command.to_owned(), output: at + 1..at + 1 }),
            (true, None) => found.last_mut().expect("a console block begins with a command").output.end = at + 1,
        }
    }
    found
}

/// What a command prints, standard output and then standard error; `earful` is this build.
fn run(command: &str) -> Vec<String> {
    let binary = Path::new(env!("CARGO_BIN_EXE_earful"));
    let mut path = vec![binary.parent().expect("a file is in a folder").to_owned()];
    path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let path = std::env::join_paths(path).expect("folders that were joined before");
    let mut shell = Command::new("sh");
    for setting in ["EARFUL_LEXICON", "EARFUL_LANGUAGE", "EARFUL_THREADS"] {
        shell.env_remove(setting);
    }
    let done = shell.args(["-c", command]).env("PATH", path).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("there is a shell");
    let text = String::from_utf8(done.stdout).expect("output is UTF-8") + &String::from_utf8_lossy(&done.stderr);
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// A line without the line numbers of lexicon files and blanks at its end.
fn stable(line: &str) -> String {
    let mut parts = line.trim_end().split(".tsv:");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        out.push_str(".tsv:");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

/// Whether printed lines are the expected ones, `...` standing for any number.
fn fits(expected: &[&str], printed: &[String]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((&ELISION, rest)) => (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..])),
        Some((line, rest)) => printed.first().is_some_and(|first| stable(first) == stable(line)) && fits(rest, &printed[1..]),
    }
}

/// The README with what was printed in place of what stands there.
fn rewritten(lines: &[&str], printed: &[(Example, Vec<String>)]) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut from = 0;
    for (example, output) in printed.iter().filter(|(example, _)| !lines[example.output.clone()].contains(&ELISION)) {
        out.extend(&lines[from..example.output.start]);
        out.extend(output.iter().map(String::as_str));
        from = example.output.end;
    }
    out.extend(&lines[from..]);
    out.join("\n") + "\n"
}

#[cfg(unix)]
#[test]
fn every_console_block_prints_what_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(README);
    let text = std::fs::read_to_string(&path).expect("there is a README");
    let lines: Vec<&str> = text.lines().collect();
    let with_output = |example: Example| {
        let output = run(&example.command);
        (example, output)
    };
    let printed: Vec<(Example, Vec<String>)> = examples(&lines).into_iter().map(with_output).collect();
    assert!(!printed.is_empty(), "no console block in the README");
    if std::env::var_os("EARFUL_README").is_some_and(|what| what == "write") {
        std::fs::write(&path, rewritten(&lines, &printed)).expect("the README can be written");
        return;
    }
    for (example, output) in &printed {
        let expected = &lines[example.output.clone()];
        assert!(
            fits(expected, output),
            "README.md:{}: $ {}\nexpected:\n{}\n\nprinted:\n{}\n\nif the new output is right: EARFUL_README=write cargo test --test readme",
            example.output.start,
            example.command,
            expected.join("\n"),
            output.join("\n"),
        );
    }
}

#[test]
fn blocks_commands_and_outputs_are_found() {
    let lines = ["text", "```sh", "$ no", "```", "```console", "$ one", "a", "$ two", "", "b", "```", "$ no"];
    let example = |command: &str, output| Example { command: command.to_owned(), output };
    assert_eq!(examples(&lines), [example("one", 6..7), example("two", 8..10)]);
}

#[test]
fn line_numbers_of_lexicons_are_not_compared() {
    assert_eq!(stable("good (en/a.tsv:12, b.tsv:3) 45  "), "good (en/a.tsv:, b.tsv:) 45");
}

#[test]
fn an_elision_stands_for_any_lines() {
    let printed = ["a", "b", "c"].map(str::to_owned);
    for (expected, fit) in [
        (vec!["a", "b", "c"], true),
        (vec!["a", "...", "c"], true),
        (vec!["...", "c"], true),
        (vec!["a", "..."], true),
        (vec!["a", "b", "c", "..."], true),
        (vec!["a", "c"], false),
        (vec!["...", "b"], false),
        (vec![], false),
    ] {
        assert_eq!(fits(&expected, &printed), fit, "{expected:?}");
    }
}
