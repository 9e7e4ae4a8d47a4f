//! Gates in files. In: TOML with tables `[[gate]]` and `[[objective]]`; other tables are left alone. Out:
//! [`Gate`]s. Separate because what a team agreed on stands in a file, with a name.

use super::condition::Condition;
use super::judge::Gate;
use crate::error::Result;
use crate::lexicon::similar::did_you_mean;
use crate::tables::{Document, Value};
use std::collections::HashMap;
use std::path::Path;

/// The keys of a gate.
const GATE: [&str; 4] = ["name", "fail-if", "on-unknown", "least"];
/// The keys of an objective.
const OBJECTIVE: [&str; 3] = ["name", "goal", "least"];
/// What a gate without enough data may do.
const DO: [&str; 2] = ["pass", "fail"];

/// What holds where a file says nothing.
#[derive(Clone, Copy, Debug)]
pub struct Defaults {
    /// Whether a gate without enough data stops a build.
    pub unknown_stops: bool,
    /// Fewest records that a gate decides on.
    pub least: u64,
}

/// Reads the gates and objectives of a file.
///
/// # Errors
/// What is not TOML, unknown keys, conditions that are not understood, names that are there twice: with
/// file and line.
pub fn read(name: &str, text: &str, defaults: Defaults) -> Result<Vec<Gate>> {
    let file = Document { name, text };
    let tables = file.read("tables [[gate]] and [[objective]]")?;
    let mut lines: HashMap<String, usize> = HashMap::new();
    let mut gates = Vec::new();
    for (kind, one) in [("gate", "condition"), ("objective", "goal")] {
        for table in file.list(tables.get_ref(), kind, one)? {
            let gate = gate(file, table, kind, defaults)?;
            if let Some(line) = lines.insert(gate.name.to_lowercase(), file.line(&table.span())) {
                let message = format!("found the name {:?} again, which stands in line {line}, expected a name of its own", gate.name);
                return Err(file.wrong(table.span(), message).advise("rename one"));
            }
            gates.push(gate);
        }
    }
    Ok(gates)
}

fn gate(file: Document<'_>, value: &Value<'_>, kind: &str, defaults: Defaults) -> Result<Gate> {
    let objective = kind == "objective";
    let (keys, key, example): (&[&str], _, _) =
        if objective { (&OBJECTIVE, "goal", "\"complaints < 30%\"") } else { (&GATE, "fail-if", "\"complaints > 30%\"") };
    let table = file.table(value, keys)?;
    let (text, span) = file
        .string(table, key)?
        .ok_or_else(|| file.wrong(value.span(), format!("found no {key} in this [[{kind}]], expected {key} = {example}")))?;
    let condition = Condition::parse(text).map_err(|error| error.of(text).at(file.place(&span)))?;
    let folder = Path::new(file.name).parent().unwrap_or(Path::new(""));
    let name = file.string(table, "name")?.map_or(text, |(name, _)| name).trim().to_owned();
    if name.is_empty() {
        return Err(file.wrong(value.span(), "found an empty name, expected one, or none for the condition itself".to_owned()));
    }
    let unknown_stops = match file.string(table, "on-unknown")? {
        None => defaults.unknown_stops,
        Some(("pass", _)) => false,
        Some(("fail", _)) => true,
        Some((other, span)) => {
            let error = file.wrong(span, format!("found on-unknown = {other:?}, expected one of: {}", DO.join(", ")));
            return Err(did_you_mean(other, DO.into_iter()).map_or(error.clone(), |advice| error.advise(advice)));
        }
    };
    let least = file.count(table, "least")?.unwrap_or(defaults.least);
    Ok(Gate { name, condition: condition.seen_from(folder), objective, unknown_stops, least })
}
