//! The judge. In: gates, a report, and the saved reports that changes are held against. Out: a
//! [`Verdict`] each, objectives first. Separate because here clauses become one outcome: with three
//! values, as Kleene has it ("Introduction to Metamathematics", 1952, section 64).

use super::baseline::Baselines;
use super::condition::{Clause, Condition, Expr, Way};
use super::evidence::{Standing, missing, standing, turned};
use super::look::Look;
use super::measures::{Change, Figure};
use super::wording;
use crate::report::{Outcome, Report, Verdict};
use crate::stats::{self, Estimate};

/// A gate or an objective.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// What it is called.
    pub name: String,
    /// Of a gate, what must not be; of an objective, what is to be.
    pub condition: Condition,
    /// Whether it is an objective.
    pub objective: bool,
    /// Whether a gate without enough data stops a build.
    pub unknown_stops: bool,
    /// Fewest records that it decides on.
    pub least: u64,
}

/// What became of one clause.
struct Finding {
    /// Whether it holds; none if that cannot be said.
    holds: Option<bool>,
    measured: Option<Estimate>,
    sentence: String,
    place: Option<String>,
}

/// What became of a part of a condition: whether it holds, and the clause that decided.
struct Decided<'e> {
    holds: Option<bool>,
    by: usize,
    clause: &'e Clause,
}

/// Judges a report.
#[must_use]
pub fn judge(gates: &[Gate], baselines: &Baselines, report: &Report) -> Vec<Verdict> {
    let (objectives, others): (Vec<&Gate>, Vec<&Gate>) = gates.iter().partition(|gate| gate.objective);
    objectives.into_iter().chain(others).map(|gate| gate.judge(baselines, report)).collect()
}

/// How rates of false failures add up over several gates; none for one, or for gates that count only.
#[must_use]
pub fn remark(gates: &[Gate]) -> Option<String> {
    let chances: Vec<u32> = gates.iter().filter(|gate| !gate.objective).map(|gate| gate.condition.chances()).filter(|&n| n > 0).collect();
    let percent = f64::from(chances.iter().sum::<u32>()) * 2.5;
    (chances.len() > 1 && percent < 100.0).then(|| {
        format!(
            "each gate fails by chance in at most 2.5 % of runs for each of its bounds, one of these {} in at most {percent:.1} %",
            chances.len()
        )
    })
}

impl Gate {
    fn judge(&self, baselines: &Baselines, report: &Report) -> Verdict {
        let clauses = self.condition.clauses();
        let findings: Vec<Finding> = clauses.iter().map(|clause| self.finding(clause, baselines, report)).collect();
        let verdict = Verdict {
            name: self.name.clone(),
            condition: self.condition.text().to_owned(),
            objective: self.objective,
            ..Verdict::default()
        };
        let Some(decided) = decide(self.condition.expr(), &findings, &mut 0) else { return verdict };
        let outcome = match decided.holds {
            None => Outcome::Unknown,
            Some(holds) if holds == self.objective => Outcome::Pass,
            Some(_) => Outcome::Fail,
        };
        let by = findings.get(decided.by);
        let sentences: Vec<&str> = findings.iter().map(|finding| finding.sentence.as_str()).collect();
        Verdict {
            outcome,
            stops: !self.objective && (outcome == Outcome::Fail || outcome == Outcome::Unknown && self.unknown_stops),
            measured: by.and_then(|finding| finding.measured),
            threshold: decided.clause.threshold,
            unit: decided.clause.unit(),
            reason: sentences.join("; "),
            place: by.and_then(|finding| finding.place.clone()),
            ..verdict
        }
    }

    fn finding(&self, clause: &Clause, baselines: &Baselines, report: &Report) -> Finding {
        let unknown = |sentence| Finding { holds: None, measured: None, sentence, place: None };
        let Some((look, now)) = figure(report, clause) else { return unknown(wording::absent(clause, "the report")) };
        if clause.way == Way::Level {
            if clause.measure.sampled && now.records < self.least {
                return unknown(wording::few(clause, now.records, self.least, ""));
            }
            let measured = now.counts.map_or(now.estimate, |(count, of)| stats::exact_share(count, of));
            let basis = if clause.measure.sampled { format!(" of {} records", now.records) } else { String::new() };
            return self.stands(clause, measured, &basis, now.records, look.place());
        }
        let Some((path, saved)) = baselines.of_path(clause.against.as_deref()) else {
            return unknown(wording::absent(clause, "a saved report, for none is given"));
        };
        let which = path.display().to_string();
        let Some((_, before)) = figure(saved, clause) else { return unknown(wording::absent(clause, &which)) };
        let growth = clause.measure.change == Change::Growth;
        for (figure, which) in [(&now, String::new()), (&before, format!(" in {which}"))] {
            if (clause.measure.sampled || growth) && figure.records < self.least {
                return unknown(wording::few(clause, figure.records, self.least, &which));
            }
        }
        let difference =
            if growth { stats::growth(before.records, now.records) } else { Some(stats::change(&before.estimate, &now.estimate)) };
        let Some(difference) = difference else { return unknown(wording::absent(clause, &which)) };
        let basis = format!(", {} records against {} in {which}", now.records, before.records);
        // How many more records would tell depends on both sides.
        self.stands(clause, turned(difference, clause.way), &basis, 0, look.place())
    }

    fn stands(&self, clause: &Clause, measured: Estimate, basis: &str, records: u64, place: Option<String>) -> Finding {
        let standing = standing(&measured, clause.sign, clause.threshold);
        let more = missing(&measured, clause.threshold, records);
        let holds = match standing {
            Standing::Shown => Some(true),
            Standing::Refuted => Some(false),
            // A gate has nothing to say where not even the estimate crosses.
            Standing::Open if !self.objective => Some(false),
            Standing::Open | Standing::Leaning => None,
        };
        let sentence = wording::stands(clause, &measured, basis, standing, self.objective, more);
        Finding { holds, measured: Some(measured), sentence, place }
    }
}

fn figure<'r>(report: &'r Report, clause: &Clause) -> Option<(Look<'r>, Figure)> {
    let look = Look::find(report, &clause.scope)?;
    (clause.measure.of)(&look).map(|figure| (look, figure))
}

/// Whether an expression holds, and by which clause; findings are in the order of the clauses.
fn decide<'e>(expr: &'e Expr, findings: &[Finding], next: &mut usize) -> Option<Decided<'e>> {
    let (inner, decisive) = match expr {
        Expr::One(clause) => {
            let by = *next;
            *next += 1;
            return Some(Decided { holds: findings.get(by)?.holds, by, clause });
        }
        Expr::All(inner) => (inner, false),
        Expr::Any(inner) => (inner, true),
    };
    let mut decided: Vec<Decided<'e>> = inner.iter().filter_map(|expr| decide(expr, findings, next)).collect();
    // One that decides alone, else one that keeps it open, else the first.
    let at = [Some(decisive), None].into_iter().find_map(|holds| decided.iter().position(|part| part.holds == holds)).unwrap_or(0);
    (at < decided.len()).then(|| decided.swap_remove(at))
}
