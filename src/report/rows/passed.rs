//! JSON passed on as it stands. In: a record's text. Out: the same members on one line, personal data
//! masked. Separate from the rows because numbers, keys and escapes must come through byte for byte,
//! which no parser that builds values can promise.

use crate::input::scan::{self, Scan};
use crate::redact::redact;
use serde_json::Value;
use std::borrow::Cow;
use std::ops::Range;

/// What stands in place of what is never passed on.
pub const SECRET: &str = "[private]";

/// Appends text with line breaks as blanks: between the values of JSON they mean nothing. Inside
/// values, where JSON forbids them, control characters would steer a terminal.
pub fn push_line(text: &str, out: &mut Vec<u8>) {
    out.extend(text.bytes().map(|b| if b.is_ascii_control() { b' ' } else { b }));
}

/// Appends JSON with contact data in its texts masked, and the author, whose inside is given, as a
/// whole by what is to stand there. What is not masked stays byte for byte: numbers keep their digits, keys their names.
pub fn push_masked(json: &str, author: Option<(&Range<usize>, &str)>, out: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(quote) = memchr::memchr(b'"', &json.as_bytes()[at..]) {
        let mut scan = Scan { data: json.as_bytes(), at: at + quote };
        let Ok(text) = scan.string() else { break };
        push_line(&json[at..at + quote], out);
        let is_key = scan.peek() == Some(b':');
        if let Some((_, name)) = author.filter(|(author, _)| author.start == text.start) {
            json_string(name, out);
            at = text.end + 1;
            continue;
        }
        match masked_text(&json[text.start..text.end], text.escaped).filter(|_| !is_key) {
            Some(clean) => json_string(&clean, out),
            None => push_line(&json[text.start - 1..=text.end], out),
        }
        at = text.end + 1;
    }
    push_line(&json[at..], out);
}

/// The inside of a JSON text without contact data; none if it holds none.
fn masked_text(inside: &str, escaped: bool) -> Option<String> {
    let mut decoded = String::new();
    let text = if escaped && scan::decode(inside, &mut decoded).is_ok() { decoded.as_str() } else { inside };
    match redact(text) {
        Cow::Owned(clean) => Some(clean),
        Cow::Borrowed(_) => None,
    }
}

/// Leaves of `{...}`, which begins at `from`, only what is inside.
pub fn trim_braces(from: usize, out: &mut Vec<u8>) {
    let body = out[from..].trim_ascii();
    let inside = body.strip_prefix(b"{").and_then(|b| b.strip_suffix(b"}")).unwrap_or(body).trim_ascii().to_vec();
    out.truncate(from);
    out.extend(inside);
}

/// What is masked in a value.
pub struct Masks<'m> {
    /// Paths of authors.
    pub authors: &'m [&'m str],
    /// Paths of what is never passed on.
    pub secrets: &'m [&'m str],
    /// What stands in place of an author.
    pub stand_in: &'m dyn Fn(&str) -> String,
    /// Whether contact data in texts is masked.
    pub texts: bool,
}

/// Masks what is below a value; `path` is where it is.
pub fn mask(value: &mut Value, path: &str, masks: &Masks) {
    let Masks { authors, secrets, stand_in, texts } = masks;
    match value {
        Value::String(_) | Value::Number(_) if secrets.contains(&path) => *value = SECRET.into(),
        Value::String(name) if authors.contains(&path) => *value = stand_in(name).into(),
        Value::Number(name) if authors.contains(&path) => *value = stand_in(&name.to_string()).into(),
        Value::String(text) if *texts => {
            if let Cow::Owned(clean) = redact(text) {
                *text = clean;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mask(item, path, masks)),
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                mask(member, &below, masks);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Appends a JSON string.
pub fn json_string(text: &str, out: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}
