//! Files of aspects. In: lines of aspect, tab and terms with commas between. Out: each term with its aspect and
//! line. Separate because shipped and own vocabularies are the same to everybody else.

use crate::error::{Error, Result};

/// What the first line of a file says before its version.
const HEADER: &str = "# earful-aspects:";
/// The version that is read.
const VERSION: &str = "1";
/// The aspect under which terms stand that are taken out.
pub const NONE: &str = "-";

/// A term as it stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'f> {
    /// The aspect; [`NONE`] for terms of earlier files that shall be none.
    pub aspect: &'f str,
    /// A word or phrase that names it.
    pub term: &'f str,
    /// Line, from 1.
    pub line: usize,
}

/// Whether a text says that it is a file of aspects.
#[must_use]
pub fn fits(text: &str) -> bool {
    text.trim_start_matches('\u{FEFF}').starts_with(HEADER)
}

/// Reads a file and calls `each` for its terms; returns the domain it names itself.
///
/// # Errors
/// A wrong first line, lines without tab, without aspect or with an empty term, and what `each` finds
/// wrong: with file and line.
pub fn read<'f>(name: &str, text: &'f str, mut each: impl FnMut(Row<'f>) -> Result<()>) -> Result<Option<&'f str>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut domain = None;
    let mut lines = (1..).zip(text.lines());
    let first = lines.next().map_or("", |(_, line)| line);
    match first.strip_prefix(HEADER).map(str::trim) {
        Some(VERSION) => {}
        Some(other) => return Err(wrong(name, 1, format!("found version {other:?} of the format, expected {VERSION}"))),
        None => {
            let message = format!("found {first:?} in the first line, expected {HEADER} {VERSION}");
            return Err(wrong(name, 1, message).advise(format!("begin the file with {HEADER} {VERSION}")));
        }
    }
    for (line, content) in lines {
        if let Some(comment) = content.strip_prefix('#') {
            if let Some(named) = comment.trim_start().strip_prefix("domain:") {
                domain.get_or_insert(named.trim());
            }
            continue;
        }
        if !content.trim().is_empty() {
            read_line(content, line, &mut each).map_err(|error| error.at(format!("{name}:{line}")))?;
        }
    }
    Ok(domain)
}

fn read_line<'f>(content: &'f str, line: usize, each: &mut impl FnMut(Row<'f>) -> Result<()>) -> Result<()> {
    const FORM: &str = "an aspect, a tab, and terms with commas between, as in: battery<TAB>battery, battery life, charger";
    let Some((aspect, terms)) = content.split_once('\t') else {
        return Err(Error::usage("found no tab").advise(format!("write {FORM}")));
    };
    let aspect = aspect.trim();
    if aspect.is_empty() {
        return Err(Error::usage("found no aspect before the tab").advise(format!("write {FORM}")));
    }
    for term in terms.split(',').map(str::trim) {
        if term.is_empty() {
            return Err(Error::usage(format!("found an empty term of {aspect:?}")).advise("take out the comma that is too many"));
        }
        each(Row { aspect, term, line })?;
    }
    Ok(())
}

fn wrong(name: &str, line: usize, message: String) -> Error {
    Error::usage(message).at(format!("{name}:{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(text: &str) -> String {
        read("my.tsv", text, |_| Ok(())).unwrap_err().to_string()
    }

    #[test]
    fn terms_come_with_aspect_and_line() {
        let mut rows = Vec::new();
        let text = "\u{FEFF}# earful-aspects: 1\n# domain: lamps\n\n# a comment\nlight\tlight, bulb\r\n-\tspot\n";
        let domain = read("x", text, |row| {
            rows.push((row.aspect, row.term, row.line));
            Ok(())
        });
        assert_eq!(domain.unwrap(), Some("lamps"));
        assert_eq!(rows, [("light", "light", 5), ("light", "bulb", 5), (NONE, "spot", 6)]);
    }

    #[test]
    fn faults_are_told_with_file_and_line() {
        for (text, parts) in [
            ("", ["my.tsv:1", "# earful-aspects: 1"]),
            ("battery\tbattery\n", ["my.tsv:1", "# earful-aspects: 1"]),
            ("# earful-aspects: 2\n", ["my.tsv:1", "version \"2\""]),
            ("# earful-aspects: 1\n\nbattery\n", ["my.tsv:3", "no tab"]),
            ("# earful-aspects: 1\n\tbattery\n", ["my.tsv:2", "no aspect"]),
            ("# earful-aspects: 1\nbattery\ta,, b\n", ["my.tsv:2", "empty term of \"battery\""]),
        ] {
            let found = failure(text);
            assert!(parts.iter().all(|part| found.contains(part)), "{text:?}: {found}");
        }
    }
}
