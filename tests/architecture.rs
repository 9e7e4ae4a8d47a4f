//! The walls of the house: rooms import only from rooms below them, each third-party crate has its
//! home, the library neither prints nor uses unsafe code, and every registry is walked.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::shipped;
use earful::input::FORMATS;
use earful::input::compression::Compression;
use earful::input::container::{self, CONTAINERS};
use earful::lexicon::builtin::LANGUAGES;
use earful::lexicon::entry::{ROLES, Role};
use earful::lexicon::format::LEXICON_FORMATS;
use earful::mention::aspect;
use earful::report::rows::ROW_FORMATS;
use earful::report::{RENDERERS, compare, eval};
use earful::score::rules::RULES;
use std::collections::BTreeSet;
use std::path::Path;

/// The rooms from the top of the house to the bottom. A room may use those further down, never those
/// above; rooms of one line are neighbours and do not know each other. The binary uses all.
const STOREYS: [&[&str]; 18] = [
    &["main", "cli", "progress"],
    &["config"],
    &["flips", "learn"],
    &["part", "pipeline"],
    &["gate"],
    &["report"],
    &["evaluate"],
    &["explain", "summary"],
    &["theme"],
    &["mention"],
    &["analyze", "tables"],
    &["score"],
    &["lexicon"],
    &["input"],
    &["extract"],
    &["text"],
    &["stats", "redact", "pseudonym", "copies"],
    &["error"],
];
/// Below all storeys: uses nothing.
const GROUND: &str = "escape";

/// Crates with one home: where each may be named.
const HOMES: [(&str, &[&str]); 11] = [
    ("clap", &["main", "cli"]),
    ("indicatif", &["progress"]),
    ("rayon", &["pipeline", "learn"]),
    ("anstream", &["cli"]),
    ("rust_stemmers", &["theme"]),
    ("calamine", &["input"]),
    ("parquet", &["input"]),
    ("tempfile", &["input"]),
    ("postcard", &["part"]),
    ("toml", &["tables", "config", "mention", "gate", "input"]),
    ("minijinja", &["report"]),
];

/// Source files with their room and their code, comments left out.
fn sources() -> Vec<(String, String, String)> {
    let mut files = Vec::new();
    walk(&shipped("src"), &mut files);
    let sources: Vec<_> = files
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(shipped("src")).unwrap().to_string_lossy().replace('\\', "/");
            let room = inside.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
            let code: String = std::fs::read_to_string(&path)
                .unwrap()
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .map(|line| format!("{line}\n"))
                .collect();
            (inside, room, code)
        })
        .filter(|(inside, ..)| inside != "lib.rs")
        .collect();
    assert!(sources.len() > 50, "{}", sources.len());
    sources
}

fn walk(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// Code of a file before its tests, which may use what they like.
fn without_tests(code: &str) -> &str {
    code.split("#[cfg(test)]").next().unwrap_or(code)
}

fn storey(room: &str) -> usize {
    if room == GROUND {
        return STOREYS.len();
    }
    STOREYS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("the room {room:?} has no storey: give it one in STOREYS"))
}

/// Rooms that code names behind `crate::` or `earful::`.
fn named<'c>(code: &'c str, root: &str) -> BTreeSet<&'c str> {
    code.split(root)
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
        .filter(|room| !room.is_empty())
        .collect()
}

#[test]
fn rooms_import_only_from_below() {
    let mut wrong = Vec::new();
    for (file, room, code) in sources().iter().filter(|(file, ..)| !file.ends_with("tests.rs")) {
        let code = without_tests(code);
        let rooms: BTreeSet<&str> = named(code, "crate::").into_iter().filter(|used| used != room).collect();
        wrong.extend(
            rooms.iter().filter(|used| storey(used) <= storey(room) && storey(room) > 0).map(|used| format!("src/{file} uses {used}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_storey_has_its_rooms() {
    let rooms: BTreeSet<String> = sources().into_iter().map(|(_, room, _)| room).collect();
    let known: BTreeSet<String> =
        STOREYS.iter().flat_map(|rooms| rooms.iter().map(|room| (*room).to_owned())).chain([GROUND.to_owned()]).collect();
    assert_eq!(rooms, known);
}

#[test]
fn crates_stay_at_home() {
    for (file, room, code) in sources() {
        for (name, homes) in HOMES {
            let used = code.contains(&format!("{name}::")) || code.contains(&format!("use {name};"));
            assert!(!used || homes.contains(&room.as_str()), "src/{file} uses {name}, whose home is {homes:?}");
        }
    }
}

#[test]
fn nothing_prints_and_nothing_is_unsafe() {
    for (file, _, code) in sources() {
        for word in ["print!(", "println!(", "eprint!(", "eprintln!(", "dbg!(", "todo!(", "unimplemented!("] {
            assert!(!code.contains(word), "src/{file} holds {word}");
        }
        assert!(!code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "unsafe"), "src/{file} holds unsafe");
        for word in [".unwrap()", ".expect(\"", "panic!("] {
            assert!(file.ends_with("tests.rs") || !without_tests(&code).contains(word), "src/{file} holds {word} outside its tests");
        }
    }
}

#[test]
fn modules_begin_with_their_three_sentences() {
    for path in {
        let mut files = Vec::new();
        walk(&shipped("src"), &mut files);
        files
    } {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(path.ends_with("tests.rs") || text.starts_with("//! "), "{}", path.display());
    }
}

// Registries: each is walked, so that a line added to one is tested from its first day.

/// Names that are not blank, written in one way, and not twice.
fn are_names(names: &[&str]) {
    let plain = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    assert!(names.iter().all(plain), "{names:?}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
}

#[test]
fn input_formats_recognise_their_own() {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    are_names(&names);
    for (name, text) in [
        ("json", "[{\"text\":\"a\"},{\"text\":\"b\"}]"),
        ("jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n"),
        ("xml", "<r><p><text>a b</text></p><p><text>b c</text></p></r>"),
        ("captions", "WEBVTT\n\n00:01.000 --> 00:02.000\na\n"),
        ("csv", "id,text\n1,a\n2,b\n"),
    ] {
        let sample = earful::input::Sample::new(text.as_bytes(), true);
        let first = FORMATS.iter().find_map(|format| Some((format.name, (format.detect)(&sample)?)));
        let (found, dialect) = first.unwrap_or_else(|| panic!("{name}"));
        assert_eq!(found, name);
        assert!(!dialect.describe().is_empty() && dialect.columns().iter().any(|column| column == "text"));
        assert!(names.contains(&name));
    }
    assert_eq!(names.len(), 5, "a new format needs a sample here");
}

#[test]
fn containers_recognise_their_own_and_no_text() {
    are_names(&CONTAINERS.iter().map(|container| container.name).collect::<Vec<_>>());
    for (name, head) in [
        ("zip", b"PK\x03\x04".as_slice()),
        ("xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        #[cfg(feature = "columnar")]
        ("parquet", b"PAR1\x15\x04"),
        #[cfg(feature = "columnar")]
        ("arrow", b"ARROW1\0\0"),
        #[cfg(feature = "columnar")]
        ("arrow-stream", b"\xFF\xFF\xFF\xFF\x38\x01\0\0"),
    ] {
        assert_eq!(container::of(head).map(|container| container.name), Some(name));
    }
    for text in ["", "id,text\n1,a\n", "PK,name\n", "{\"text\":\"a\"}", "PARIS\n"].map(|text| text.repeat(60)) {
        assert!(container::of(text.as_bytes()).is_none(), "{text}");
        assert!(Compression::of(text.as_bytes()).is_none(), "{text}");
    }
}

#[test]
fn lexicon_formats_read_their_own() {
    are_names(&LEXICON_FORMATS.map(|format| format.name));
    for (name, text) in [
        ("vader", "good\t1.9\t0.9\t[1, 2, 2, 2, 2, 2, 2, 2, 2, 2]\n"),
        ("afinn", "good\t3\nbad\t-3\n"),
        ("earful", "# earful-lexicon: 1\ngood\t1.9\n"),
    ] {
        let format = LEXICON_FORMATS.iter().find(|format| (format.fits)(text)).unwrap();
        assert_eq!(format.name, name);
        assert!(!format.read("x", text).unwrap().entries.is_empty());
    }
    assert_eq!(LEXICON_FORMATS.len(), 3, "a new format needs a sample here");
}

#[test]
fn languages_have_code_name_and_files() {
    are_names(&LANGUAGES.map(|language| language.code));
    for language in &LANGUAGES {
        assert!(!language.name.is_empty() && !language.files.is_empty());
        assert!(
            language
                .files
                .iter()
                .all(|(name, _)| name.starts_with(&format!("{}/", language.code)) && shipped(&format!("lexicons/{name}")).is_file())
        );
    }
}

#[test]
fn domains_of_aspects_go_by_their_names() {
    are_names(&aspect::names().collect::<Vec<_>>());
    for domain in &aspect::DOMAINS {
        assert_eq!(domain.file, format!("en/aspects/{}.tsv", domain.name));
        assert_eq!(std::fs::read_to_string(shipped(&format!("lexicons/{}", domain.file))).unwrap(), domain.text);
    }
}

#[test]
fn all_lexicon_files_are_built_in() {
    let lexicons = earful::lexicon::builtin::files().map(|(_, name, _)| name);
    let grammar = [earful::lexicon::grammar::GRAMMAR.0, "en/targets.tsv", earful::theme::THEMES.0];
    let built_in: BTreeSet<&str> = lexicons.chain(aspect::file_names()).chain(grammar).collect();
    let mut folders: Vec<_> = ["any"].into_iter().chain(LANGUAGES.iter().map(|language| language.code)).map(String::from).collect();
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(shipped(&format!("lexicons/{folder}"))).unwrap().map(|entry| entry.unwrap()) {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            // Words of comparisons and of noise have no opinion; the room of mentions reads them.
            if name.ends_with("/comparisons.tsv") || name.ends_with("/noise.tsv") {
                continue;
            }
            if entry.path().is_dir() {
                folders.push(name);
            } else {
                assert!(built_in.contains(name.as_str()), "lexicons/{name} is in no registry");
                count += 1;
            }
        }
    }
    assert_eq!(count, built_in.len());
}

#[test]
fn roles_go_by_their_names() {
    are_names(&ROLES.map(|(name, _)| name));
    for (name, role) in ROLES {
        assert_eq!((Role::from_name(name), role.name()), (Some(role), name));
    }
    assert_eq!(Role::from_name("opinion"), None);
}

#[test]
fn rules_say_what_they_do() {
    are_names(&RULES.iter().map(|rule| rule.name).collect::<Vec<_>>());
    for rule in &RULES {
        assert!(rule.summary.len() > 10, "{}", rule.name);
        assert!(shipped("src/score/rules").is_dir());
    }
}

#[test]
fn renderers_and_row_formats_go_by_their_names() {
    are_names(&RENDERERS.map(|renderer| renderer.name));
    are_names(&eval::RENDERERS.map(|renderer| renderer.name));
    for renderer in &eval::RENDERERS {
        assert_eq!(eval::by_name(renderer.name).unwrap().name, renderer.name);
        assert_eq!(eval::by_path(Path::new(&format!("x.{}", renderer.endings[0]))).unwrap().name, renderer.name);
    }
    are_names(&compare::RENDERERS.map(|renderer| renderer.name));
    for renderer in &compare::RENDERERS {
        assert_eq!(compare::by_name(renderer.name).unwrap().name, renderer.name);
        assert_eq!(compare::by_path(Path::new(&format!("x.{}", renderer.endings[0]))).unwrap().name, renderer.name);
    }
    are_names(&ROW_FORMATS.map(|(name, _)| name));
    let mut endings = BTreeSet::new();
    for renderer in &RENDERERS {
        assert_eq!(earful::report::by_name(renderer.name).unwrap().name, renderer.name);
        assert!(!renderer.endings.is_empty());
        for ending in renderer.endings {
            assert!(endings.insert(*ending), "{ending} is used twice");
            assert_eq!(earful::report::by_path(Path::new(&format!("x.{}", ending.to_uppercase()))).unwrap().name, renderer.name);
        }
    }
    for (name, format) in ROW_FORMATS {
        assert_eq!(earful::report::rows::by_name(name).unwrap(), format);
    }
}
