//! Gates as SARIF 2.1.0 (OASIS Standard, 2020), which code hosts show beside the code. In: a report. Out: one
//! run, a rule for each gate and objective, a result for each that failed or could not be decided. Separate
//! because it is a form of its own.

use super::{Looks, Outcome, Renderer, Report, Verdict};
use crate::escape::terminal as esc;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

pub const RENDERER: Renderer = Renderer { name: "sarif", endings: &["sarif"], render };

/// Most characters of an id.
const LONGEST_ID: usize = 80;

fn render(report: &Report, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    let ids = ids(&report.verdicts);
    let named = || report.verdicts.iter().zip(&ids);
    let rules: Vec<Value> = named().map(|(verdict, id)| rule(verdict, id)).collect();
    let told = named().enumerate().filter(|(_, (verdict, _))| verdict.outcome != Outcome::Pass);
    let results: Vec<Value> = told.map(|(at, (verdict, id))| result(verdict, id, at)).collect();
    let version = report.generator.strip_prefix("earful ").unwrap_or(&report.generator);
    let sarif = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "earful", "version": version, "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &sarif)?;
    out.write_all(b"\n")
}

/// Names as ids: letters and digits with dashes between, none twice.
fn ids(verdicts: &[Verdict]) -> Vec<String> {
    let mut known = BTreeSet::new();
    let id = |verdict: &Verdict| {
        let kind = if verdict.objective { "objective" } else { "gate" };
        let plain: String = verdict.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(LONGEST_ID).collect();
        let words: Vec<String> = plain.split('-').filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        format!("{kind}/{}", words.join("-"))
    };
    let mut ids = Vec::with_capacity(verdicts.len());
    for base in verdicts.iter().map(id) {
        // Conditions may differ by their signs alone.
        let mut new = base.clone();
        let mut number = 2;
        while known.contains(&new) {
            new = format!("{base}-{number}");
            number += 1;
        }
        known.insert(new.clone());
        ids.push(new);
    }
    ids
}

const fn level(verdict: &Verdict) -> &'static str {
    match verdict.outcome {
        _ if verdict.stops => "error",
        Outcome::Fail => "warning",
        Outcome::Pass | Outcome::Unknown => "note",
    }
}

fn rule(verdict: &Verdict, id: &str) -> Value {
    let (level, says) = if verdict.objective { ("warning", "Objective") } else { ("error", "Fails if") };
    json!({
        "id": id,
        "shortDescription": {"text": plain(&verdict.name)},
        "fullDescription": {"text": format!("{says}: {}", plain(&verdict.condition))},
        "defaultConfiguration": {"level": level},
    })
}

fn result(verdict: &Verdict, id: &str, at: usize) -> Value {
    let mut result = json!({
        "ruleId": id,
        "ruleIndex": at,
        "level": level(verdict),
        "message": {"text": format!("{}: {}", verdict.word(), plain(&verdict.reason))},
        "partialFingerprints": {"earfulRule/v1": id},
    });
    if let Some((file, line)) = verdict.file_and_line() {
        let mut place = json!({"artifactLocation": {"uri": uri(file)}});
        if let Some(line) = line.filter(|&line| line > 0) {
            place["region"] = json!({"startLine": line});
        }
        result["locations"] = json!([{"physicalLocation": place}]);
    }
    result
}

/// Text in which nothing is a link or a placeholder (sections 3.11.5 and 3.11.6).
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in esc(text).chars() {
        match c {
            '\\' | '[' | ']' => out.extend(['\\', c]),
            '{' | '}' => out.extend([c, c]),
            _ => out.push(c),
        }
    }
    out
}

/// A path as a reference that any reader of URIs understands: what is no plain letter, digit or sign of a
/// path is percent-encoded (RFC 3986, section 2.3).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_and_unique() {
        let named = |name: &str| Verdict { name: name.to_owned(), ..Verdict::default() };
        let ids = ids(&["net > 0", "net < 0", "Battery: \u{202E}drains!", "net > 0"].map(named));
        assert_eq!(ids, ["gate/net-0", "gate/net-0-2", "gate/battery-drains", "gate/net-0-3"]);
    }

    #[test]
    fn no_text_is_a_link() {
        assert_eq!(plain("[x](http://y) {0} a\\b"), "\\[x\\](http://y) {{0}} a\\\\b");
    }

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("a b/\u{e9}.csv"), "a%20b/%C3%A9.csv");
        assert_eq!(uri("javascript:alert(1)"), "javascript%3Aalert%281%29");
    }
}
