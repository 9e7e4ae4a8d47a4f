//! The labelled sets that the shipped lexicon is learned from. In: a folder of them. Out: their texts, and
//! which terms may be learned.

use earful::learn::terms::Sort;
use earful::learn::{Candidate, Class};
use earful::lexicon::{Lexicon, Role};
use earful::text::{Token, Tokens};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

pub type Failure = Box<dyn std::error::Error>;

/// The layer that is learned, which is not there while it is learned anew.
pub const LEARNED: &str = "en/learned.tsv";
pub struct Set {
    pub name: String,
    pub family: String,
    pub dev: bool,
    pub ships: bool,
    pub texts: Vec<(Box<str>, Class)>,
}

/// Words and, in quotation marks, whole terms about which nothing is learned.
pub fn struck() -> BTreeSet<&'static str> {
    let lines = include_str!("struck.txt").lines().filter(|line| !line.starts_with('#'));
    let of_line = |line: &'static str| match line.strip_prefix('"').and_then(|line| line.strip_suffix('"')) {
        Some(term) => vec![term],
        None => line.split_whitespace().collect(),
    };
    lines.flat_map(of_line).collect()
}

/// Whether a term may stand in the shipped lexicon: it names nobody, and two words of which neither says
/// anything say nothing together, unless one denies.
pub fn says_something(lexicon: &Lexicon, candidate: &Candidate, struck: &BTreeSet<&str>) -> bool {
    let term = candidate.term.as_str();
    let named = candidate.sort != Sort::Opinion && (struck.contains(term) || term.split(' ').any(|word| struck.contains(word)));
    let idle = |token: &Token| matches!(lexicon.role_of(token), Role::Function | Role::Purpose | Role::Clause | Role::Numbering);
    let empty = candidate.sort == Sort::Pair && Tokens::from_text(&candidate.term).as_slice().iter().all(idle);
    !named && !empty
}

pub fn load(data: &Path, most: usize) -> Result<Vec<Set>, Failure> {
    let mut sets = Vec::new();
    for line in include_str!("families.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(name), Some(family), Some(ships)) = (fields.next(), fields.next(), fields.next()) else { continue };
        for split in ["dev", "train"] {
            let path: PathBuf = data.join(split).join(format!("{name}.jsonl.gz"));
            if !path.exists() {
                continue;
            }
            let file = BufReader::new(flate2::read::MultiGzDecoder::new(std::fs::File::open(path)?));
            let mut texts = Vec::new();
            for line in file.lines() {
                let record: serde_json::Value = serde_json::from_str(&line?)?;
                let label = match record["label"].as_str() {
                    Some("pos") => Class::Praise,
                    Some("neg") => Class::Complaint,
                    _ => Class::Neutral,
                };
                texts.push((Box::from(record["text"].as_str().unwrap_or("")), label));
            }
            let dev = split == "dev";
            if !dev && texts.len() > most {
                let step = texts.len() as f64 / most as f64;
                texts = (0..most).filter_map(|at| texts.get((at as f64 * step) as usize).cloned()).collect();
            }
            sets.push(Set { name: name.to_owned(), family: family.to_owned(), dev, ships: ships == "yes", texts });
        }
    }
    Ok(sets)
}
