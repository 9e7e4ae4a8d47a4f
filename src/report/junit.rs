//! Gates and objectives as JUnit XML, which build servers show as tests. In: a report. Out: one suite, one
//! test for each. Separate because the schemas in use differ: what is written here fits that of Ant and that
//! of Jenkins. There is no clock in it: times are 0, and the date is the last day of the data.

use super::{Looks, Outcome, Renderer, Report, Verdict};
use crate::escape::xml as esc;
use std::io::{self, Write};

pub const RENDERER: Renderer = Renderer { name: "junit", endings: &["xml"], render };

/// The date where the data has none.
const NO_DAY: &str = "1970-01-01";

fn render(report: &Report, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    let count = |result: Result| report.verdicts.iter().filter(|verdict| Result::of(verdict) == result).count();
    let day = report.read.to.as_deref().unwrap_or(NO_DAY);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>")?;
    writeln!(
        out,
        "  <testsuite id=\"0\" package=\"earful\" name=\"earful\" hostname=\"localhost\" timestamp=\"{}T00:00:00\" \
         tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\">",
        esc(day),
        report.verdicts.len(),
        count(Result::Failure),
        count(Result::Skipped)
    )?;
    writeln!(out, "    <properties>")?;
    for (name, value) in headline(report) {
        writeln!(out, "      <property name=\"{name}\" value=\"{}\"/>", esc(&value))?;
    }
    writeln!(out, "    </properties>")?;
    report.verdicts.iter().try_for_each(|verdict| case(verdict, out))?;
    writeln!(out, "    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n</testsuites>")
}

/// The figures of the report that a build server shows beside the tests.
fn headline(report: &Report) -> [(&'static str, String); 9] {
    let s = &report.sentiment;
    [
        ("generator", report.generator.clone()),
        ("records", report.read.records.to_string()),
        ("scored", report.read.scored.to_string()),
        ("praise", s.positive.share.value.to_string()),
        ("complaints", s.negative.share.value.to_string()),
        ("mixed", s.mixed.share.value.to_string()),
        ("neutral", s.neutral.share.value.to_string()),
        ("net", s.net.value.to_string()),
        ("score", s.score.value.to_string()),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Result {
    Passed,
    Skipped,
    Failure,
}

impl Result {
    /// An objective that is not met is a failure where it is shown, although no build stops for it.
    fn of(verdict: &Verdict) -> Self {
        match verdict.outcome {
            _ if verdict.stops => Self::Failure,
            Outcome::Pass => Self::Passed,
            Outcome::Unknown => Self::Skipped,
            Outcome::Fail => Self::Failure,
        }
    }
}

fn case(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    let class = if verdict.objective { "earful.objectives" } else { "earful.gates" };
    write!(out, "    <testcase name=\"{}\" classname=\"{class}\" time=\"0\"", esc(&verdict.name))?;
    let message = esc(&format!("{}: {}", verdict.word(), verdict.reason));
    match Result::of(verdict) {
        Result::Passed => return writeln!(out, "/>"),
        // Some schemas have no attributes here.
        Result::Skipped => writeln!(out, ">\n      <skipped>{message}</skipped>")?,
        Result::Failure => {
            let kind = if verdict.objective { "objective" } else { "gate" };
            let place = verdict.place.as_ref().map_or(String::new(), |place| format!("\nsee {}", esc(place)));
            writeln!(
                out,
                ">\n      <failure type=\"{kind}\" message=\"{message}\">{}\n{}{place}</failure>",
                esc(&verdict.condition),
                esc(&verdict.reason)
            )?;
        }
    }
    writeln!(out, "    </testcase>")
}
