//! What is said of a clause. In: what was measured and how it stands. Out: one sentence. Separate because
//! a build that stopped is understood by its sentence, or not at all.

use super::condition::{Clause, Scope, Sign, Way};
use super::evidence::Standing;
use crate::stats::Estimate;

/// Of what something was measured, in words.
fn of(scope: &Scope) -> String {
    match scope {
        Scope::All => String::new(),
        Scope::Theme(name) => format!("theme \"{name}\": "),
        Scope::Subject(name) => format!("subject {name}: "),
        Scope::Aspect(name) => format!("aspect {name}: "),
        Scope::Group(field, value) => format!("{field} {value}: "),
    }
}

impl Sign {
    const fn words(self) -> &'static str {
        match self {
            Self::More => "more than",
            Self::AtLeast => "at least",
            Self::Less => "less than",
            Self::AtMost => "at most",
        }
    }
}

impl Way {
    const fn words(self) -> &'static str {
        match self {
            Self::Level => "",
            Self::Rose => " rose by",
            Self::Fell => " fell by",
            Self::Changed => " changed by",
        }
    }
}

/// The report has nothing of the kind.
pub fn absent(clause: &Clause, which: &str) -> String {
    let advice = match clause.scope {
        Scope::All => "",
        Scope::Theme(_) => " (themes that few records raise are not listed)",
        Scope::Subject(_) => " (--mention NAME listens for one)",
        Scope::Aspect(_) => " (--aspects DOMAIN listens for them)",
        Scope::Group(..) => " (only the largest values of a field are listed)",
    };
    format!("{}no {} in {which}{advice}", of(&clause.scope), clause.measure.name)
}

/// There are too few records.
pub fn few(clause: &Clause, records: u64, least: u64, which: &str) -> String {
    let noun = if records == 1 { "record" } else { "records" };
    format!(
        "{}{} of {records} {noun}{which}, fewer than {least}: {} more are needed",
        of(&clause.scope),
        clause.measure.name,
        least - records
    )
}

/// How a figure stands to its threshold, in a gate or an objective.
pub fn stands(clause: &Clause, figure: &Estimate, basis: &str, standing: Standing, objective: bool, missing: Option<u64>) -> String {
    let unit = clause.unit();
    let shown = unit.show_estimate(figure, clause.threshold);
    let held = format!("{} {}", clause.sign.words(), unit.show_threshold(clause.threshold));
    let what = format!("{}{}{} {shown}{basis}", of(&clause.scope), clause.measure.name, clause.way.words());
    let exact = figure.low.total_cmp(&figure.high).is_eq();
    let (near, far) = if clause.sign.is_above() { ("lower", "upper") } else { ("upper", "lower") };
    let more = missing.map_or(String::new(), |more| format!("; about {more} more records like these would tell"));
    match (standing, objective) {
        (Standing::Shown, _) if exact => format!("{what}, {held}"),
        (Standing::Shown, _) => format!("{what}; even the {near} bound is {held}"),
        (Standing::Refuted, _) if exact => format!("{what}, not {held}"),
        (Standing::Refuted, _) => format!("{what}; not even the {far} bound is {held}"),
        (Standing::Open, false) => format!("{what}, not {held}"),
        (Standing::Leaning, _) => format!("{what}, {held}, but the {near} bound is not, so it may be chance{more}"),
        (Standing::Open, true) => format!("{what}, not {held}, but the {far} bound is, so it may be chance{more}"),
    }
}
