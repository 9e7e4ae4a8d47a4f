//! Profiles as the user may change them. In: what was found in a file. Out: TOML that [`super::parse`]
//! reads. Separate because it is written by hand, with remarks that a serialiser would not write.

use super::Voice;
use crate::input::{Field, Opened};
use std::fmt::Write;

/// What each written profile begins with.
pub const PREAMBLE: &str = "# A profile for earful --profile FILE. Change it as you like: columns of a field are tried in order,\n\
    # \"a + b\" reads two columns as one text, \"*\" every column with sentences. What is left out is detected.\n";

/// The profile of a file that was opened: a table named `id`.
#[must_use]
pub fn write(opened: &Opened, id: &str) -> String {
    let mut out = format!("\n[{}]\n", quoted(id));
    let known = opened.profile.as_ref().map(|matched| matched.profile.as_ref());
    let mut line = |key: &str, value: String| _ = writeln!(out, "{key} = {value}");
    line("name", quoted(&known.map_or_else(|| opened.source.name.clone(), |profile| profile.name.clone())));
    let all: Vec<String> = opened.columns.choices.iter().map(|choice| choice.name.clone()).collect();
    line("signature", list(&known.map(|profile| profile.signature.clone()).filter(|names| !names.is_empty()).unwrap_or(all)));
    for choice in &opened.columns.choices {
        let name = |&column: &usize| opened.samples.get(column).map(|sample| sample.name.clone());
        let join = |group: &Vec<usize>| group.iter().filter_map(name).collect::<Vec<_>>().join(" + ");
        let texts: Vec<String> = opened.columns.fit.texts.iter().map(join).collect();
        let names = if choice.field == Field::Text && !texts.is_empty() { texts } else { vec![choice.name.clone()] };
        line(choice.field.name(), list(&names));
    }
    let unused = |kind: &str| -> Vec<String> {
        let of_kind = opened.columns.unused.iter().filter(|(_, known, _)| *known == kind);
        of_kind.filter_map(|(column, ..)| opened.samples.get(*column)).map(|sample| sample.name.clone()).collect()
    };
    for (kind, key) in [("vendor", "vendor_label"), ("reply", "reply")] {
        let names = unused(kind);
        if !names.is_empty() {
            line(key, list(&names));
        }
    }
    if let Some(records) = opened.dialect.records().filter(|path| !path.is_empty() && *path != "[]") {
        line("records", quoted(records));
    }
    match &opened.columns.fit.voice {
        Voice::Others => {}
        Voice::Own => line("own_posts", "true".to_owned()),
        Voice::Mixed(marks) => {
            let mark = |(column, values): &(usize, Vec<String>)| {
                let name = opened.samples.get(*column).map_or("", |sample| sample.name.as_str());
                format!("{} = {}", quoted(name), list(values))
            };
            line("own_voice", format!("{{ {} }}", marks.iter().map(mark).collect::<Vec<_>>().join(", ")));
        }
    }
    if let Some(profile) = known {
        let parts = [("domain", &profile.domain), ("date_format", &profile.date_format), ("tz", &profile.tz), ("note", &profile.note)];
        parts.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))).for_each(|(key, value)| line(key, quoted(value)));
        if profile.header_rows > 1 {
            line("header_rows", profile.header_rows.to_string());
        }
        for (key, names) in [("lacks", &profile.lacks), ("plain_labels", &profile.plain_labels)] {
            if !names.is_empty() {
                line(key, list(names));
            }
        }
    }
    out
}

fn list(names: &[String]) -> String {
    format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "))
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => _ = write!(out, "\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
