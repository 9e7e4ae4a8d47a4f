//! The examples for build servers do what they say: their shell steps are taken out of the files and run with
//! this build, once with a gate that passes and once with one that fails.
#![allow(clippy::unwrap_used, clippy::panic)] // a test says what is wrong by failing

mod common;

use common::{Place, shipped};
use std::collections::BTreeMap;
use std::process::{Command, Output};

/// Lines of a block of YAML that are deeper than its first line, without what they have in common.
fn inner(lines: &[&str]) -> String {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let first = lines.iter().find(|line| !line.trim().is_empty()).map_or(0, |line| depth(line));
    let block = lines.iter().take_while(|line| line.trim().is_empty() || depth(line) >= first);
    block.map(|line| format!("{}\n", line.get(first..).unwrap_or(""))).collect()
}

/// A step of the action: its environment as written, and its script.
struct Step {
    id: String,
    env: Vec<(String, String)>,
    script: String,
}

fn action() -> String {
    std::fs::read_to_string(shipped("examples/ci/github/action.yml")).unwrap()
}

fn steps(action: &str) -> Vec<Step> {
    let (_, steps) = action.split_once("\n  steps:\n").unwrap();
    let step = |text: &str| {
        let lines: Vec<&str> = text.lines().collect();
        let at = |key: &str| lines.iter().position(|line| line.trim_start().starts_with(key)).unwrap_or_else(|| panic!("{key} in {text}"));
        assert_eq!(lines[at("shell:")].trim(), "shell: bash");
        let env = lines[at("env:") + 1..at("run: |")].iter().map(|line| line.trim().split_once(": ").unwrap());
        Step {
            id: lines[at("id:")].trim().strip_prefix("id: ").unwrap().to_owned(),
            env: env.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            script: inner(&lines[at("run: |") + 1..]),
        }
    };
    steps.split("    - name: ").skip(1).map(step).collect()
}

/// The inputs of the action with their defaults.
fn inputs(action: &str) -> BTreeMap<String, String> {
    let (_, rest) = action.split_once("\ninputs:\n").unwrap();
    let block = inner(&rest.lines().collect::<Vec<_>>());
    let mut inputs = BTreeMap::new();
    let mut name = "";
    for line in block.lines() {
        if let Some(new) = line.strip_suffix(':').filter(|new| !new.starts_with(' ')) {
            name = new;
            inputs.insert(name.to_owned(), String::new());
        } else if let Some(default) = line.trim().strip_prefix("default: ") {
            inputs.insert(name.to_owned(), default.trim_matches('\'').to_owned());
        }
    }
    inputs
}

fn bash(place: &Place, script: &str) -> Command {
    let mut command = Command::new("bash");
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_earful")).parent().unwrap().to_owned();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    command.current_dir(place.path("")).args(["-euo", "pipefail", "-c", script]).env("PATH", path);
    command
}

/// Runs the action with some inputs; what its last step came to.
fn run_action(place: &Place, given: &[(&str, &str)]) -> Output {
    let action = action();
    let mut inputs = inputs(&action);
    for (name, value) in given {
        assert!(inputs.insert((*name).to_owned(), (*value).to_owned()).is_some(), "{name} is no input");
    }
    let mut outputs: BTreeMap<String, String> = BTreeMap::new();
    let mut last = None;
    for step in steps(&action) {
        let file = format!("outputs-{}", step.id);
        place.write(&file, "");
        let mut command = bash(place, &step.script);
        command.env("GITHUB_OUTPUT", place.path(&file)).env("GITHUB_STEP_SUMMARY", place.path("summary.md"));
        command.env("RUNNER_TEMP", place.path("temp")).env("GITHUB_ACTION_PATH", shipped("examples/ci/github"));
        for (name, value) in &step.env {
            let expression = value.strip_prefix("${{ ").and_then(|value| value.strip_suffix(" }}")).unwrap();
            let input = expression.strip_prefix("inputs.").map(|name| inputs[name].clone());
            command.env(name, input.unwrap_or_else(|| outputs[expression].clone()));
        }
        let output = command.output().unwrap();
        for line in place.read(&file).lines() {
            let (name, value) = line.split_once('=').unwrap();
            outputs.insert(format!("steps.{}.outputs.{name}", step.id), value.to_owned());
        }
        last = Some(output);
    }
    assert_eq!(outputs["steps.report.outputs.folder"], inputs["output"]);
    last.unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn no_script_holds_an_expression() {
    // What is put into a script before it runs may be a script of somebody else.
    let steps = steps(&action());
    assert_eq!(steps.len(), 2);
    for step in steps {
        assert!(!step.script.contains("${{") && step.script.lines().count() > 5, "{}", step.script);
    }
}

#[test]
fn the_action_passes_fails_and_leaves_its_files() {
    let bakery = shipped("examples/bakery-reviews.csv");
    let bakery = bakery.to_str().unwrap();
    let place = Place::new();
    let fine = run_action(&place, &[("files", bakery), ("fail-if", "complaints > 60%\n\n  praise < 5%  \n"), ("objective", "net > 0")]);
    assert!(fine.status.success(), "{fine:?}");
    assert_eq!(place.files(), ["earful", "outputs-find", "outputs-report", "summary.md"]);
    for (file, part) in [
        ("earful/report.md", "## Gates"),
        ("earful/report.json", "\"verdicts\": ["),
        ("earful/gates.xml", "tests=\"3\""),
        ("earful/gates.sarif", "\"2.1.0\""),
        ("summary.md", "## Objectives"),
    ] {
        assert!(place.read(file).contains(part), "{file}: {}", place.read(file));
    }
    assert!(!text(&fine.stdout).contains("::error"), "{fine:?}");

    let failed = run_action(
        &place,
        &[
            ("files", bakery),
            ("fail-if", "complaints > 10%\ncomplaints rose by > 5pp"),
            ("baseline", "earful/report.json"),
            ("output", "other"),
        ],
    );
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    assert!(text(&failed.stdout).contains("::error title=Gate%3A fail%3A complaints > 10%25,file="), "{failed:?}");
    assert!(text(&failed.stderr).contains("gate failed: complaints > 10%"), "{failed:?}");
    assert!(place.read("other/gates.xml").contains("failures=\"1\""));
    assert_eq!(place.read("summary.md").matches("# Praise versus complaints").count(), 2, "summaries are added");

    // A name that would be a flag is a file.
    let strange = run_action(&place, &[("files", "--help"), ("binary", "earful")]);
    assert_eq!(strange.status.code(), Some(3), "{strange:?}");
}

#[test]
fn the_job_passes_fails_and_leaves_its_files() {
    let job = std::fs::read_to_string(shipped("examples/ci/gitlab.yml")).unwrap();
    let (_, script) = job.split_once("\n  script:\n").unwrap();
    let script = inner(&script.lines().collect::<Vec<_>>());
    let commands: String =
        script.split("\n- ").map(|item| item.trim_start_matches("- ").trim_start_matches("|\n").to_owned() + "\n").collect();
    let place = Place::new();
    let run = |fail_if: &str| {
        let mut command = bash(&place, &commands);
        command.env("REVIEWS", shipped("examples/bakery-reviews.csv")).env("FAIL_IF", fail_if).output().unwrap()
    };
    let (_, paths) = job.split_once("junit: ").unwrap();
    let junit = paths.lines().next().unwrap();
    for (fail_if, status, part) in [("complaints > 60%", 0, "failures=\"0\""), ("complaints > 10%", 1, "failures=\"1\"")] {
        let output = run(fail_if);
        assert_eq!(output.status.code(), Some(status), "{output:?}");
        assert!(place.read(junit).contains(part), "{}", place.read(junit));
        assert!(place.read("earful/report.md").contains(if status == 0 { "**pass**" } else { "**fail**" }));
    }
}
