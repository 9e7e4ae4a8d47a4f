//! Our own lexicon format: `term TAB meaning [TAB options]`, header lines `# key: value`.
//! Separate as one of the lexicon formats; this one is also the description that users read.
//!
//! * `term` is a word or phrase; it meets text through the same tokenizer, so case, apostrophes,
//!   hyphens and emoji variants do not matter. `NOT` stands for any negator; a word of at least
//!   three letters may end in `*` for any ending.
//! * `meaning` is a valence from -4 to 4 with a decimal point (0 switches an opinion word off inside
//!   a phrase), or a role, some with a strength: `negator`, `booster:1.3`.
//! * `options`: `domain=apps,food` limits the entry; other `key=value` pairs are kept for tools.
//! * `# ` begins a comment; blank lines are fine.

use super::{LexiconFormat, fault, lines, number};
use crate::error::{Error, Result};
use crate::lexicon::entry::{Entry, Meaning, Origin, ROLES, Role, Sheet};
use std::sync::Arc;

pub const FORMAT: LexiconFormat = LexiconFormat { name: "earful", fits: |_| true, read };

/// Largest valence.
const MOST: f64 = 4.0;

fn read(name: &str, text: &str) -> Result<Sheet> {
    let mut sheet = Sheet { name: name.to_owned(), language: "en".to_owned(), entries: Vec::new() };
    let file = Arc::from(name);
    for (line, content) in lines(text) {
        match comment(content) {
            Some(header) => read_header(&mut sheet, line, header)?,
            None => sheet.entries.push(entry(&file, line, content)?),
        }
    }
    if sheet.entries.is_empty() {
        return Err(Error::usage("found no entries, expected lines of: term, TAB, valence").at(name));
    }
    Ok(sheet)
}

fn comment(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#')?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim())
}

fn read_header(sheet: &mut Sheet, line: usize, header: &str) -> Result<()> {
    match header.split_once(':').map(|(key, value)| (key.trim(), value.trim())) {
        Some(("earful-lexicon", version)) if version != "1" => {
            Err(fault(&sheet.name, line, format!("found lexicon version {version}, expected 1")).advise("use a newer earful"))
        }
        Some(("language", code)) => {
            code.clone_into(&mut sheet.language);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn entry(name: &Arc<str>, line: usize, content: &str) -> Result<Entry> {
    let mut columns = content.split('\t');
    let term = columns.next().unwrap_or("").trim();
    let Some(meaning) = columns.next().map(str::trim).filter(|m| !m.is_empty()) else {
        return Err(fault(name, line, format!("found {content:?} without a tab, expected: term, TAB, valence or role"))
            .advise("put one tab between the term and its valence"));
    };
    if term.is_empty() {
        return Err(fault(name, line, "found no term before the tab"));
    }
    let meaning = read_meaning(meaning).map_err(|message| fault(name, line, message))?;
    let options = columns.next().unwrap_or("");
    Ok(Entry { term: term.to_owned(), meaning, domains: domains(options), origin: Origin { file: Arc::clone(name), line } })
}

fn read_meaning(text: &str) -> std::result::Result<Meaning, String> {
    let (name, strength) = text.split_once(':').unwrap_or((text, "1"));
    if let Some(role) = Role::from_name(name) {
        return Ok(Meaning::Role(role, number(strength, MOST)?));
    }
    if name.starts_with(|c: char| c.is_alphabetic()) {
        let known: Vec<&str> = ROLES.iter().map(|&(known, _)| known).collect();
        return Err(format!("found the role {name:?}, expected a valence or one of: {}", known.join(", ")));
    }
    number(text, MOST).map(Meaning::Valence)
}

fn domains(options: &str) -> Vec<String> {
    let list = options.split_whitespace().find_map(|option| option.strip_prefix("domain="));
    list.map(|l| l.split(',').map(str::to_owned).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valences_roles_comments_and_domains() {
        let sheet = read(
            "x",
            "# earful-lexicon: 1\n# language: de\n\n# words\ngut\t1.9\nsehr\tbooster:1.3\n#fail\t-2\nlang\t-1\tdomain=apps,food\n",
        )
        .unwrap();
        assert_eq!(sheet.language, "de");
        assert_eq!(sheet.entries.len(), 4);
        assert_eq!(sheet.entries[1].meaning, Meaning::Role(Role::Booster, 1300));
        assert_eq!(sheet.entries[2].term, "#fail");
        assert_eq!(sheet.entries[3].domains, ["apps", "food"]);
    }

    #[test]
    fn faults_name_their_line() {
        for (text, expected) in [
            ("good 1.9\n", "without a tab"),
            ("good\t9\n", "from -4 to 4"),
            ("good\tnice\n", "found the role"),
            ("\t1\n", "no term"),
            ("# x\n", "no entries"),
            ("# earful-lexicon: 2\na\t1\n", "version 2"),
            ("good\tNaN\n", "role"),
        ] {
            let message = read("f.tsv", text).unwrap_err().to_string();
            assert!(message.starts_with("f.tsv") && message.contains(expected), "{text:?}: {message}");
        }
    }
}
