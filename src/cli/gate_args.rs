//! Flags that say what must not be and what is to be. In: what clap parsed, and `earful.toml`. Out: verdicts
//! in the report, and the exit status. Separate from the other flags because gates may also stand in a
//! file.

use super::args::note;
use clap::{Args, ValueEnum};
use earful::config::file::nearest;
use earful::error::{Error, Result};
use earful::gate::condition::Scope;
use earful::gate::file::{Defaults, read};
use earful::gate::{Baselines, Condition, Gate, LEAST, judge, remark};
use earful::input::Field;
use earful::report::{Outcome, Report};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// How conditions are written, for those who ask.
pub const CONDITIONS: &str = "\
Conditions of --fail-if and --objective, and of [[gate]] and [[objective]] in earful.toml:
  complaints > 30%                                  shares: complaints, praise, mixed, neutral, agreement (of stars and
                                                    text), skipped, excluded, unscored
  net < -10pp        score < 0.1     stars < 3.5    praise minus complaints in points; mean score; mean stars
  records < 100      spikes > 0                     counts: records, scored, spikes, complaint-spikes, praise-spikes
  theme:\"battery drains\" share > 3%               share, stars, records or spikes of a theme
  subject:Dell net < 0        aspect:price ...      ... of what --mention, --subject or --aspects listen for
  group:Source=app complaints > 20%                 ... of the records with this value
  complaints rose by > 5pp against baseline.json    rose, fell or changed; net fell is any fall; records rose by > 10%
  complaints > 30% and records > 500                and, or, parentheses
A gate fails when the bound of the 95 % interval crosses the threshold, not only the estimate.";

/// What must not be, and what is to be.
#[derive(Args, Clone)]
#[command(next_help_heading = "Gates and objectives")]
pub struct GateArgs {
    /// Fail, with exit status 1, on evidence of this: 'complaints > 30%', 'subject:Dell net < 0',
    /// 'complaints rose by > 5pp against baseline.json'; may be repeated
    #[arg(long, value_name = "CONDITION")]
    fail_if: Vec<String>,
    /// Say whether this is so: 'complaints < 30%'; may be repeated
    #[arg(long, value_name = "CONDITION")]
    objective: Vec<String>,
    /// What a gate does without enough data: pass or fail
    #[arg(long, value_enum, default_value_t = OnUnknown::Pass, value_name = "pass|fail", hide_possible_values = true)]
    on_unknown: OnUnknown,
    /// Fewest records that a gate or objective decides on
    #[arg(long, value_name = "N", default_value_t = LEAST)]
    gate_least: u64,
    /// The saved report (-o baseline.json) that changes are held against, where a condition names none
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnUnknown {
    Pass,
    Fail,
}

/// Gates and objectives that were understood, with the saved reports they ask for.
pub struct Gates {
    gates: Vec<Gate>,
    baselines: Baselines,
}

impl GateArgs {
    /// Understands the conditions, those of `earful.toml` first, and reads the saved reports.
    ///
    /// # Errors
    /// When a condition is not understood, or a saved report cannot be read.
    pub fn prepare(&self, no_config: bool) -> Result<Gates> {
        let unknown_stops = self.on_unknown == OnUnknown::Fail;
        let defaults = Defaults { unknown_stops, least: self.gate_least };
        let mut gates = match if no_config { None } else { nearest()? } {
            Some((path, text)) => read(&path.display().to_string(), &text, defaults)?,
            None => Vec::new(),
        };
        for (flag, texts, objective) in [("--fail-if", &self.fail_if, false), ("--objective", &self.objective, true)] {
            for text in texts {
                let condition = Condition::parse(text).map_err(|error| error.of(text).at(flag))?;
                gates.push(Gate { name: text.trim().to_owned(), condition, objective, unknown_stops, least: self.gate_least });
            }
        }
        let baselines = Baselines::read(&gates, self.baseline.as_deref())?;
        Ok(Gates { gates, baselines })
    }
}

impl Gates {
    /// Fields that gates look into, by the names of the report's groups.
    pub fn fields(&self) -> Vec<String> {
        let mut fields: Vec<String> = Vec::new();
        for clause in self.gates.iter().flat_map(|gate| gate.condition.clauses()) {
            if let Scope::Group(name, _) = &clause.scope {
                let known = Field::ALL.iter().find(|field| field.name().eq_ignore_ascii_case(name));
                fields.push(known.map_or_else(|| name.clone(), |field| field.name().to_owned()));
            }
        }
        fields
    }

    /// Puts verdicts, and what is to be known of them, into a report.
    pub fn judge(&self, report: &mut Report) {
        report.verdicts = judge(&self.gates, &self.baselines, report);
        report.notes.extend(remark(&self.gates));
        report.notes.extend(self.baselines.remarks(report));
    }
}

/// Names the gates that stop a build on standard error, and those that could not decide; the exit status, if
/// it is to be 1.
pub fn tell(report: &Report, quiet: bool) -> Option<ExitCode> {
    let mut stopped = None;
    for verdict in report.verdicts.iter().filter(|verdict| !verdict.objective) {
        match verdict.outcome {
            Outcome::Unknown if !verdict.stops => {
                note(quiet, &format!("gate without enough data: {}: {}", verdict.title(), verdict.reason));
            }
            _ if verdict.stops => {
                let what = if verdict.outcome == Outcome::Fail { "gate failed" } else { "gate failed for want of data" };
                // Not a note: whoever asks why a build stopped reads this, however quiet it is to be.
                let _ = writeln!(
                    std::io::stderr(),
                    "earful: {}",
                    earful::escape::terminal(&format!("{what}: {}: {}", verdict.title(), verdict.reason))
                );
                stopped = Some(ExitCode::from(1));
            }
            _ => {}
        }
    }
    stopped
}

/// Adds a step summary to the file that GitHub names, when it does.
///
/// # Errors
/// When that file cannot be written.
pub fn summarize_step(report: &Report) -> Result<()> {
    use earful::report::{STEP_LIMIT, step_summary};
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let shown = PathBuf::from(&path).display().to_string();
    let cannot = |e: std::io::Error| Error::usage(format!("cannot be written: {e}")).at(format!("GITHUB_STEP_SUMMARY, {shown}"));
    let used = std::fs::metadata(&path).map_or(0, |file| usize::try_from(file.len()).unwrap_or(usize::MAX));
    let summary = step_summary(report, STEP_LIMIT.saturating_sub(used));
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path).map_err(cannot)?;
    file.write_all(summary.as_bytes()).map_err(cannot)
}
