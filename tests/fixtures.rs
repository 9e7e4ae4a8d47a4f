//! Exports as their makers write them: each folder in `tests/fixtures` holds an `input.*` and, in
//! `expected.jsonl`, what is read from it with no flags: a line per record. Folders are found, not listed:
//! a new one is tested from its first day. With `EARFUL_BLESS=1` the expected lines are written anew.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::shipped;
use earful::input::open::{Opened, open};
use earful::input::{Block, Cut, Dialect, FORMATS, Field, Options, Record, Row, Sample, Source, columns};
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

const FIELDS: [Field; 8] = [Field::Id, Field::Date, Field::Author, Field::Rating, Field::Title, Field::Text, Field::Product, Field::Lang];

/// Names of the fixtures with their inputs.
fn fixtures() -> Vec<(String, PathBuf)> {
    let folders = std::fs::read_dir(shipped("tests/fixtures")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut all: Vec<(String, PathBuf)> = folders
        .map(|folder| {
            let mut inputs = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
            let input = inputs.find(|path| path.file_stem().is_some_and(|stem| stem == "input"));
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            (name.clone(), input.unwrap_or_else(|| panic!("tests/fixtures/{name} holds no input.*")))
        })
        .collect();
    all.retain(|(name, _)| cfg!(feature = "columnar") || !name.contains("parquet"));
    all.sort();
    assert!(all.len() >= 10, "{all:?}");
    all
}

/// The records of a file as read, one JSON object a line.
fn read(path: &std::path::Path) -> String {
    let options = Options::default();
    let members = open(&Source::file(path), &options, &Arc::new(AtomicU64::new(0)));
    members.map(|member| records(member.opened.unwrap_or_else(|e| panic!("{e}")))).collect()
}

fn records(mut opened: Opened) -> String {
    let (parser, mut blocks) = (opened.parser(), opened.blocks());
    let (mut block, mut row, mut lines) = (Block::default(), Row::new(), String::new());
    while blocks.next_into(&mut block).unwrap() {
        for (number, cut, bytes) in block.records() {
            let text = std::str::from_utf8(bytes).unwrap();
            let mut fields = Map::new();
            if let Err(flaw) = cut.flaw.map_or_else(|| parser.parse(text, &mut row), Err) {
                fields.insert("flaw".to_owned(), flaw.name().into());
            } else {
                let record = Record::new(number, text, &row);
                let value = |field: &Field| Some((field.name().to_owned(), Value::from(record.get(*field as usize)?)));
                fields.extend(FIELDS.iter().filter_map(value));
            }
            lines.push_str(&Value::Object(fields).to_string());
            lines.push('\n');
        }
    }
    lines
}

#[test]
fn exports_are_read_without_flags() {
    let mut wrong = Vec::new();
    for (name, input) in fixtures() {
        let expected = input.with_file_name("expected.jsonl");
        let found = read(&input);
        if std::env::var_os("EARFUL_BLESS").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        if wanted != found {
            wrong.push(format!("{name}: expected\n{wanted}found\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn dialect(text: &[u8]) -> Option<Box<dyn Dialect>> {
    let sample = Sample::new(text, true);
    FORMATS.iter().find_map(|format| (format.detect)(&sample))
}

/// The records of a text, handed to the cutter in pieces that end at these places.
fn cuts(dialect: &dyn Dialect, data: &[u8], pieces: &[usize]) -> Vec<Cut> {
    let mut cutter = dialect.cutter();
    let (mut found, mut begin) = (Vec::new(), 0);
    for &end in pieces {
        let mut cuts = Vec::new();
        let taken = cutter.cut(&data[begin..end], end == data.len(), &mut cuts);
        found.extend(cuts.iter().map(|cut| Cut::with(begin + cut.start as usize, begin + cut.end as usize, cut.flaw)));
        begin += taken;
    }
    found
}

/// Files are cut off anywhere: what is whole before the cut stays, and nothing falls over.
#[test]
fn what_is_whole_before_a_cut_is_read() {
    for (name, input) in fixtures() {
        let data = std::fs::read(&input).unwrap();
        let Some(dialect) = std::str::from_utf8(&data).ok().and_then(|text| dialect(text.trim_start_matches('\u{FEFF}').as_bytes())) else {
            continue; // in another encoding, or packed
        };
        let all = cuts(dialect.as_ref(), &data, &[data.len()]);
        assert!(!all.is_empty(), "{name}");
        let parser = dialect.parser(&(0..dialect.columns().len()).collect::<Vec<_>>());
        let mut row = Row::new();
        for end in 0..data.len() {
            let part = &data[..end];
            let found = cuts(dialect.as_ref(), part, &[end]);
            for cut in all.iter().filter(|cut| (cut.end as usize) < end && cut.flaw.is_none()) {
                // A cue may go on behind a blank line, so the last record may be longer.
                let there = found.iter().any(|one| one.flaw.is_none() && one.start == cut.start && one.end >= cut.end);
                assert!(there, "{name}: cut at {end}, {cut:?} is lost: {found:?}");
            }
            for cut in found {
                if let Ok(text) = std::str::from_utf8(&part[cut.start as usize..cut.end as usize]) {
                    let _ = parser.parse(text, &mut row);
                }
            }
            assert_eq!(cuts(dialect.as_ref(), &data, &[end, data.len()]), all, "{name}: in two pieces, at {end}");
        }
    }
}

#[test]
fn what_is_left_of_a_file_is_judged_without_panic() {
    for (_, input) in fixtures() {
        let data = std::fs::read(&input).unwrap();
        for end in (0..data.len()).step_by(7) {
            let sample = Sample::new(&data[..end], true);
            if let Some(dialect) = FORMATS.iter().find_map(|format| (format.detect)(&sample)) {
                let columns = columns::sample_columns(dialect.as_ref(), &sample);
                let _ = columns::choose(&columns, &[]);
            }
        }
    }
}
