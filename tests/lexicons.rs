//! The shipped word lists, judged: their headers, their entries, their size. Words are data, and data
//! have faults that no compiler sees.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::shipped;
use earful::lexicon::builtin::{self, PACKS};
use earful::lexicon::lint::{File, Level, lint};
use earful::lexicon::{Entry, Lexicon, Meaning, Reading};
use earful::text::Tokens;
use std::collections::{BTreeMap, BTreeSet};

/// All files by name and text.
fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    builtin::files().map(|(_, name, text)| (name, text))
}

fn header<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.lines().take_while(|line| line.starts_with("# ")).find_map(|line| line.strip_prefix("# ")?.strip_prefix(key)?.strip_prefix(": "))
}

#[test]
fn every_file_has_its_header() {
    for (name, text) in files() {
        assert!(text.starts_with("# earful-lexicon: 1\n"), "{name}");
        let folder = name.split('/').next().unwrap();
        assert_eq!(header(text, "language"), Some(folder), "{name}");
        for key in ["title", "source", "licence"] {
            assert!(header(text, key).is_some_and(|value| value.len() > 3), "{name} has no {key}");
        }
        assert!(header(text, "licence").unwrap().contains("MIT OR Apache-2.0"), "{name}");
    }
}

#[test]
fn files_are_tidy() {
    for (name, text) in files() {
        assert!(text.ends_with('\n') && !text.contains('\r') && !text.starts_with('\u{FEFF}'), "{name}");
        for (at, line) in text.lines().enumerate() {
            assert_eq!(line, line.trim_end(), "{name}:{}", at + 1);
            assert!(line.is_empty() || line == "#" || line.starts_with("# ") || line.contains('\t'), "{name}:{}", at + 1);
        }
    }
}

/// A term as the texts it meets: the tokens it is made of. `NOT`, which is any negator, is not `not`.
fn met(term: &str, tokens: &mut Tokens) -> String {
    if earful::lexicon::Cue::of_term(term).is_some() {
        return term.to_owned();
    }
    let term = term.split(' ').map(|word| if word == "NOT" { "anynegator" } else { word }).collect::<Vec<_>>().join(" ");
    tokens.read(&term);
    let wildcard = if term.ends_with('*') && term.len() > 1 { "*" } else { "" };
    tokens.as_slice().iter().map(|token| format!("{:?} ", token.key)).collect::<String>() + wildcard
}

/// Pairs of entries of one file that meet the same texts.
fn twins(mut tell: impl FnMut(&Entry, &Entry)) {
    let mut tokens = Tokens::new();
    for sheet in builtin::sheets().unwrap() {
        let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
        for entry in &sheet.entries {
            let key = met(&entry.term, &mut tokens) + &entry.domains.join(",");
            if let Some(first) = seen.insert(key, entry) {
                tell(first, entry);
            }
        }
    }
}

#[test]
fn no_term_has_two_meanings_in_a_file() {
    let mut wrong = Vec::new();
    twins(|first, second| {
        if first.meaning != second.meaning {
            wrong.push(format!(
                "{}: {:?} is {:?} of line {} with another meaning",
                second.origin, second.term, first.term, first.origin.line
            ));
        }
    });
    assert!(wrong.is_empty(), "{} terms have two meanings: {wrong:#?}", wrong.len());
}

/// Emoticons are told apart by the eye and not by the tokenizer, so they may be listed in full.
#[test]
fn no_word_stands_twice_in_a_file() {
    let mut twice = Vec::new();
    twins(|first, second| {
        if !second.origin.file.starts_with("any/") {
            twice.push(format!("{}: {:?} is {:?} of line {}", second.origin, second.term, first.term, first.origin.line));
        }
    });
    assert!(twice.is_empty(), "{} terms stand twice: {twice:#?}", twice.len());
}

/// As they are laid over one another.
#[test]
fn lint_finds_no_error() {
    let files: Vec<File> = files().map(|(name, text)| File { name: name.to_owned(), bytes: text.as_bytes().to_vec() }).collect();
    let found = lint(&files, &[], false);
    let errors: Vec<_> = found.findings.iter().filter(|finding| finding.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(found.files.len(), files.len());
}

#[test]
fn every_entry_can_be_met() {
    let domains = PACKS.map(|pack| pack.domain.to_owned());
    let lexicon = builtin::lexicon_for(&domains).unwrap();
    let unreachable: Vec<String> = lexicon.unreachable().iter().map(|entry| format!("{}: {}", entry.origin, entry.term)).collect();
    assert!(unreachable.is_empty(), "{unreachable:#?}");
}

#[test]
fn packs_hold_entries_of_their_domain_only() {
    let mut english = 0;
    for (domain, name, text) in builtin::files() {
        let sheet = earful::lexicon::format::read(name, text).unwrap();
        english += if sheet.language == "en" { sheet.entries.len() } else { 0 };
        let own: Vec<String> = domain.into_iter().map(str::to_owned).collect();
        let stranger = sheet.entries.iter().find(|entry| entry.domains != own);
        assert!(stranger.is_none(), "{name}: {stranger:?}");
        assert!(domain.is_none_or(|domain| name.starts_with(&format!("en/domains/{domain}"))), "{name}");
    }
    assert!(english <= 60_000, "{english} entries for English are more than a person can look after");
}

#[test]
fn valences_are_in_range_and_many() {
    let mut opinions = BTreeSet::new();
    for sheet in builtin::sheets().unwrap() {
        for entry in &sheet.entries {
            match entry.meaning {
                Meaning::Valence(0) => {}
                Meaning::Valence(value) => {
                    assert!((-4000..=4000).contains(&value), "{}", entry.origin);
                    opinions.insert(entry.term.to_lowercase());
                }
                // A negative strength turns round: `would have been great`.
                Meaning::Role(_, strength) => assert!((-1000..=4000).contains(&strength), "{}", entry.origin),
                Meaning::Leaning(leaning) => assert!(leaning.lean.abs().max(leaning.opinion.abs()) <= 4000, "{}", entry.origin),
            }
        }
    }
    assert!(opinions.len() >= 7000, "{}", opinions.len());
}

/// The opinion on a word alone, in thousandths.
fn opinion(lexicon: &Lexicon, word: &str) -> i32 {
    let mut reading = Reading::new();
    lexicon.read(word, &mut reading);
    let values = reading.units().iter().filter_map(|unit| lexicon.entry(unit.entry)).map(|entry| match entry.meaning {
        Meaning::Valence(value) => value,
        Meaning::Role(..) | Meaning::Leaning(_) => 0,
    });
    values.sum()
}

#[test]
fn product_words_have_an_opinion() {
    let lexicon = builtin::lexicon().unwrap();
    for word in ["crash", "buggy", "refund", "laggy", "overpriced", "scam", "flimsy", "slow", "broken", "defective", "unusable", "glitchy"]
    {
        assert!(opinion(&lexicon, word) < 0, "{word}");
    }
    for word in ["durable", "reliable", "responsive", "sturdy", "intuitive", "affordable", "lightweight"] {
        assert!(opinion(&lexicon, word) > 0, "{word}");
    }
}

#[test]
fn people_and_groups_have_none() {
    let lexicon = builtin::lexicon().unwrap();
    for word in [
        "gay",
        "jew",
        "jewish",
        "muslim",
        "christian",
        "black",
        "white",
        "woman",
        "man",
        "trans",
        "disabled",
        "deaf",
        "blind",
        "immigrant",
        "african",
        "chinese",
        "mexican",
        "old",
        "young",
        "lesbian",
        "autistic",
    ] {
        assert_eq!(opinion(&lexicon, word), 0, "{word}");
    }
}

/// Rows of a table of names: lines but for comments and blanks.
fn rows(name: &str) -> Vec<(usize, String)> {
    let text = std::fs::read_to_string(shipped(&format!("lexicons/{name}"))).unwrap();
    assert!(header(&text, "source").is_some() && header(&text, "licence").is_some(), "{name}");
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.to_owned()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

#[test]
fn languages_are_code_name_and_words() {
    let mut codes = BTreeSet::new();
    for (line, row) in rows("languages.tsv") {
        let cells: Vec<&str> = row.split('\t').collect();
        let [code, name, words] = cells[..] else { panic!("languages.tsv:{line}: {} cells", cells.len()) };
        // The words that languages share come first, under a code of their own.
        let shared = code == earful::lexicon::Languages::SHARED && codes.is_empty();
        let named = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        assert!((shared || named) && codes.insert(code.to_owned()), "languages.tsv:{line}");
        assert!(name.chars().next().is_some_and(char::is_uppercase), "languages.tsv:{line}");
        let list: Vec<&str> = words.split(' ').collect();
        assert!(list.len() >= 20 && list.iter().all(|word| !word.is_empty() && **word == word.to_lowercase()), "languages.tsv:{line}");
        assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), list.len(), "languages.tsv:{line}: a word stands twice");
    }
    assert!(codes.len() >= 10 && codes.len() <= earful::lexicon::languages::MOST_LANGUAGES, "{}", codes.len());
}

#[test]
fn columns_are_field_and_names() {
    let fields: Vec<&str> = earful::input::Field::ALL.iter().map(|field| field.name()).collect();
    let mut found = BTreeSet::new();
    for (line, row) in rows("columns.tsv") {
        let (field, names) = row.split_once('\t').unwrap_or_else(|| panic!("columns.tsv:{line}: no tab"));
        assert!(fields.contains(&field) || ["reply", "annotation", "range", "private"].contains(&field), "columns.tsv:{line}: {field}");
        assert!(found.insert(field.to_owned()), "columns.tsv:{line}: {field} stands twice");
        let list: Vec<&str> = names.split(' ').collect();
        for name in &list {
            assert_eq!(*name, earful::input::columns::normal(name), "columns.tsv:{line}");
            assert!(!name.is_empty(), "columns.tsv:{line}: two blanks");
        }
        assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), list.len(), "columns.tsv:{line}: a name stands twice");
    }
    assert!(fields.iter().all(|field| found.contains(*field)), "{found:?}");
}
