//! Saved reports. In: a file, or what stands first on standard input. Out: the report, if it is one. Separate because a
//! saved report is told from records by what it says of itself, not by its name.

use crate::error::{Error, Result};
use crate::report::{Report, SCHEMA};
use serde::Deserialize;
use std::io::Read;

/// What all forms of ours begin their names with.
const OURS: &str = "earful-";
/// No report is larger; what is, holds records.
const MOST: u64 = 64 << 20;
/// Bytes in which its schema stands, where it stands first.
const HEAD: u64 = 256;

#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

/// The schema that a JSON object names, if it is one of ours; of several objects the first counts. No more is read
/// than that object. One that was cut names its schema too, if that stands first.
pub fn schema_of(mut content: impl Read) -> Option<String> {
    let mut head = Vec::new();
    content.by_ref().take(HEAD).read_to_end(&mut head).ok()?;
    whole_schema(head.as_slice().chain(content)).or_else(|| first_schema(&head))
}

/// The schema that a JSON object names which is whole.
fn whole_schema(content: impl Read) -> Option<String> {
    let mut content = std::io::BufReader::new(content.take(MOST));
    let mut first = [0; 1];
    // Blanks and the mark of UTF-8 may stand before it.
    loop {
        match content.read(&mut first) {
            Ok(1) if first[0].is_ascii_whitespace() || [0xEF, 0xBB, 0xBF].contains(&first[0]) => {}
            Ok(1) if first[0] == b'{' => break,
            _ => return None,
        }
    }
    let whole = first.as_slice().chain(content);
    let head = serde_json::Deserializer::from_reader(whole).into_iter::<Head>().next()?.ok()?;
    head.schema.filter(|schema| schema.starts_with(OURS))
}

/// Whether the first bytes of a stream are those of a saved form of ours; the rest is not waited for.
#[must_use]
pub fn begins(head: &[u8]) -> bool {
    first_schema(head).is_some()
}

/// The schema that stands first in a JSON object, of which these are the first bytes.
fn first_schema(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let text: String = text.trim_start_matches('\u{FEFF}').chars().filter(|c| !c.is_whitespace()).collect();
    let (schema, _) = text.strip_prefix("{\"schema\":\"")?.split_once('"')?;
    schema.starts_with(OURS).then(|| schema.to_owned())
}

/// Reads a saved report.
///
/// # Errors
/// When it is of another version, something else that was saved, or damaged.
pub fn parse(name: &str, content: &[u8]) -> Result<Report> {
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let again = "make it anew with this version (earful report -o report.json), or name the files themselves";
    match schema_of(content) {
        Some(schema) if schema == SCHEMA => {}
        found => {
            let found = found.unwrap_or_else(|| "no schema".to_owned());
            return Err(Error::input(format!("found a saved {found:?}, expected {SCHEMA:?}")).at(name).advise(again));
        }
    }
    serde_json::from_slice(content)
        .map_err(|e| Error::input(format!("found a damaged report: {e}, expected {SCHEMA:?}")).at(name).advise(again))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_told_by_what_they_say() {
        for text in ["{\"schema\":\"earful-report/1\"}", " \u{FEFF}{\"a\":[{\"schema\":1}],\"schema\":\"earful-report/1\"}"] {
            assert_eq!(schema_of(text.as_bytes()).as_deref(), Some("earful-report/1"), "{text}");
        }
        for text in
            ["", "[{\"schema\":\"earful-report/1\"}]", "{\"schema\":\"other/1\"}", "{\"schema\":1}", "{\"text\":\"a\"}\n{", "id,text", "{"]
        {
            assert_eq!(schema_of(text.as_bytes()), None, "{text}");
        }
        let cut = "{\n  \"schema\": \"earful-report/1\",\n  \"records\": {\"read\"";
        assert_eq!(schema_of(cut.as_bytes()).as_deref(), Some("earful-report/1"));
        assert!(parse("cut.json", cut.as_bytes()).unwrap_err().to_string().contains("found a damaged report: EOF"));
        assert!(begins(b"{\n  \"schema\": \"earful-report/2\",") && !begins(b"{\"text\":\"a\"}") && !begins(b""));
    }

    #[test]
    fn other_versions_are_refused() {
        let error = |text: &str| parse("old.json", text.as_bytes()).unwrap_err().to_string();
        let found = error("{\"schema\":\"earful-report/2\"}");
        assert!(
            found.starts_with("old.json: found a saved \"earful-report/2\", expected \"earful-report/1\"\n  try: make it anew"),
            "{found}"
        );
        assert!(error("{\"schema\":\"earful-eval/1\"}").contains("found a saved \"earful-eval/1\""));
        assert!(error("{\"schema\":\"earful-report/1\"}").contains("found a damaged report: missing field"));
    }
}
