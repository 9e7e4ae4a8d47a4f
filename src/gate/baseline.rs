//! Saved reports that changes are held against. In: files of `earful report -o baseline.json`. Out: reports
//! by their paths. Separate because they are read before the work, so that a wrong path fails at once.

use super::judge::Gate;
use crate::error::{Error, Result};
use crate::report::{Report, SCHEMA};
use std::path::{Path, PathBuf};

/// The saved reports that gates ask for.
#[derive(Clone, Debug, Default)]
pub struct Baselines {
    usual: Option<PathBuf>,
    reports: Vec<(PathBuf, Report)>,
}

impl Baselines {
    /// Reads what gates ask for; `usual` is for those that name no file.
    ///
    /// # Errors
    /// When a file is missing, cannot be read or is no report.
    pub fn read(gates: &[Gate], usual: Option<&Path>) -> Result<Self> {
        let mut baselines = Self { usual: usual.map(Path::to_owned), reports: Vec::new() };
        let changes = gates.iter().flat_map(|gate| gate.condition.clauses().into_iter().map(move |clause| (gate, clause)));
        for (gate, clause) in changes.filter(|(_, clause)| clause.way != super::condition::Way::Level) {
            let Some(path) = clause.against.as_deref().or(usual) else {
                return Err(Error::usage("found a change without what it is held against, expected against and a saved report")
                    .under(gate.condition.text(), clause.range.clone())
                    .advise("write against baseline.json behind it, or --baseline baseline.json for all"));
            };
            baselines.add(path)?;
        }
        // One that no condition uses is read all the same: a wrong path is a mistake.
        usual.map_or(Ok(()), |path| baselines.add(path))?;
        Ok(baselines)
    }

    /// With reports that are there already.
    #[must_use]
    pub fn of(reports: Vec<(PathBuf, Report)>) -> Self {
        Self { usual: reports.first().map(|(path, _)| path.clone()), reports }
    }

    fn add(&mut self, path: &Path) -> Result<()> {
        if self.reports.iter().all(|(known, _)| known != path) {
            self.reports.push((path.to_owned(), saved(path)?));
        }
        Ok(())
    }

    /// The report that a clause is held against.
    pub(super) fn of_path(&self, path: Option<&Path>) -> Option<(&Path, &Report)> {
        let path = path.or(self.usual.as_deref())?;
        self.reports.iter().find(|(known, _)| known == path).map(|(known, report)| (known.as_path(), report))
    }

    /// What is to be known when a report is held against these.
    #[must_use]
    pub fn remarks(&self, report: &Report) -> Vec<String> {
        let other = |saved: &Report| saved.generator != report.generator || saved.lexicon != report.lexicon;
        let remark = |(path, saved): &(PathBuf, Report)| {
            format!(
                "{} was made by {} with {} lexicon entries, this by {} with {}: a change may come from that",
                path.display(),
                saved.generator,
                saved.lexicon.entries,
                report.generator,
                report.lexicon.entries
            )
        };
        self.reports.iter().filter(|(_, saved)| other(saved)).map(remark).collect()
    }
}

fn saved(path: &Path) -> Result<Report> {
    const ADVICE: &str = "write one with earful report FILE -o baseline.json";
    let text = std::fs::read_to_string(path)
        .map_err(|e| Error::usage(format!("cannot be read ({e}), expected a saved report")).at(path.display()).advise(ADVICE))?;
    let wrong = |found: String| Error::usage(format!("{found}, expected a report saved as JSON")).at(path.display()).advise(ADVICE);
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|e| wrong(format!("found no JSON: {e}")))?;
    match value.get("schema").and_then(serde_json::Value::as_str) {
        Some(SCHEMA) => serde_json::from_value(value).map_err(|e| wrong(format!("found a report with a fault: {e}"))),
        Some(other) => Err(wrong(format!("found {other:?} instead of {SCHEMA:?}"))),
        None => Err(wrong("found no schema in it".to_owned())),
    }
}
