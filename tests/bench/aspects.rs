//! How well aspects are found. In: a folder of labelled sets, `NAME.jsonl.gz` with `text` and `target`, one record a
//! target. Out: precision, recall and F1 per set, over all its texts. Separate because it needs texts that are
//! not part of the repository.
//!
//! `cargo bench --bench aspects -- FOLDER semeval14_laptops=electronics semeval14_restaurants=restaurants`
//!
//! Exact: a mention is as long as a target of its text, case aside. Overlapping: they share a word. Targets and
//! mentions count once a text; targets that do not stand in their text, such as categories, do not count.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a table

use earful::mention::aspect::{Aspects, AspectsFound, Source};
use earful::text::Tokens;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

type Failure = Box<dyn std::error::Error>;
/// Targets by text.
type Gold = BTreeMap<String, BTreeSet<String>>;

/// Mentions and targets, and how many of each have met their like.
#[derive(Default)]
struct Counts {
    mentions: usize,
    targets: usize,
    right: usize,
    near: usize,
    reached: usize,
}

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let Some(folder) = args.next() else {
        eprintln!("cargo bench --bench aspects -- FOLDER SET=DOMAIN[,DOMAIN] ...");
        return Ok(());
    };
    println!("{:24} {:>6} {:>6} {:>6}   exact P R F1          overlapping P R F1", "set", "texts", "gold", "found");
    for arg in args {
        let (set, domains) = arg.split_once('=').ok_or("expected SET=DOMAIN")?;
        let start = Instant::now();
        let aspects = Aspects::new(&domains.split(',').map(Source::Domain).collect::<Vec<_>>())?;
        let ready = start.elapsed();
        let gold = read(&Path::new(&folder).join(format!("{set}.jsonl.gz")))?;
        let counts = count(&aspects, &gold);
        let exact = scores(counts.right, counts.mentions, counts.right, counts.targets);
        let overlapping = scores(counts.near, counts.mentions, counts.reached, counts.targets);
        let show = |[p, r, f]: [f64; 3]| format!("{p:.3} {r:.3} {f:.3}");
        let (texts, targets, mentions) = (gold.len(), counts.targets, counts.mentions);
        println!("{set:24} {texts:6} {targets:6} {mentions:6}   {}     {}   ready in {ready:?}", show(exact), show(overlapping));
    }
    Ok(())
}

fn read(path: &Path) -> Result<Gold, Failure> {
    let file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut gold = Gold::new();
    for line in BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let (Some(text), Some(target)) = (record["text"].as_str(), record["target"].as_str()) else { continue };
        if text.contains(target) {
            gold.entry(text.to_owned()).or_default().insert(target.to_lowercase());
        }
    }
    Ok(gold)
}

fn count(aspects: &Aspects, gold: &Gold) -> Counts {
    let (mut tokens, mut found, mut counts) = (Tokens::new(), AspectsFound::new(), Counts::default());
    for (text, targets) in gold {
        tokens.read(text);
        aspects.find(text, tokens.as_slice(), &mut found);
        let mentions: BTreeSet<String> = found.mentions().iter().map(|mention| mention.of(text).to_lowercase()).collect();
        counts.mentions += mentions.len();
        counts.targets += targets.len();
        counts.right += mentions.intersection(targets).count();
        counts.near += mentions.iter().filter(|mention| targets.iter().any(|target| overlap(mention, target))).count();
        counts.reached += targets.iter().filter(|target| mentions.iter().any(|mention| overlap(mention, target))).count();
    }
    counts
}

/// Whether two phrases share a word.
fn overlap(one: &str, other: &str) -> bool {
    fn words(phrase: &str) -> impl Iterator<Item = &str> {
        phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
    }
    words(one).any(|word| words(other).any(|same| same == word))
}

fn scores(right: usize, found: usize, reached: usize, wanted: usize) -> [f64; 3] {
    let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
    let (precision, recall) = (share(right, found), share(reached, wanted));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    [precision, recall, f1]
}
