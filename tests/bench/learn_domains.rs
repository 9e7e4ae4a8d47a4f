//! Learns the domain packs and measures what they are worth. In: a folder of labelled sets, and one of
//! lexicons that leave out a family each. Out: a table, or the packs.
//!
//! ```text
//! cargo bench --bench learn_builtin -- DATA --keep LEXICONS --without A,B,C     first: a lexicon for each family
//! cargo bench --bench learn_domains -- DATA LEXICONS                            what each pack is worth
//! cargo bench --bench learn_domains -- DATA --write FOLDER                      the packs, over the shipped lexicon
//! ```
//!
//! tests/bench/domains.tsv says which sets belong to a domain. Each family of a domain is left out in turn: the
//! lexicon has seen nothing of it, the pack is learned over that lexicon from the domain's other families, and
//! both answer the family's texts. In a domain of one family, the pack is learned from four fifths of its texts and
//! answers the fifth, in turn.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a table of small numbers

use earful::analyze::{Analyzer, Outcome, Scratch};
use earful::input::label;
use earful::learn::folds::fold;
use earful::learn::{Bar, Candidate, Class, Corpus, Learned, Lesson, Plan};
use earful::lexicon::entry::Sheet;
use earful::lexicon::{Lexicon, builtin, format};
use earful::stats::{CLASSES, Table, macro_f1_change};
use earful::summary::Answer;
use std::collections::BTreeMap;
use std::path::Path;

mod sets;

use sets::{Failure, LEARNED, Set, load, says_something, struck};

/// Most texts of a set that are learned from, or tested on, evenly spread.
const MOST_TEXTS: usize = 12_000;
const MOST_TESTED: usize = 4000;

/// A domain's name and its sets.
type Domain<'s> = (&'static str, Vec<&'s Set>);

struct Options {
    plan: Plan,
    only: Option<String>,
    cues: bool,
}

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |name: &str, default: f64| value(name).map_or(Ok(default), |v| v.parse::<f64>());
    let (Some(data), Some(lexicons)) = (args.first(), args.get(1)) else {
        println!("learn_domains: no folder of labelled sets given, nothing to learn from");
        return Ok(());
    };
    let options = Options {
        plan: Plan {
            bar: Bar { texts: number("--texts", 10.0)? as u32, families: 1 },
            most_terms: number("--terms", 1500.0)? as usize,
            least: number("--least", 0.05)?,
            hold_terms: number("--hold", 100.0)? as f32,
            hold_cues: number("--hold-cues", 100.0)? as f32,
            power: 0.5,
            boldness: 0.0,
            rounds: 60,
        },
        only: value("--only").cloned(),
        cues: args.iter().any(|arg| arg == "--cues"),
    };
    let sets = load(Path::new(data), MOST_TEXTS)?;
    let domains = domains(&sets);
    if lexicons == "--write" {
        return write(&domains, &options, Path::new(args.get(2).map_or(".", String::as_str)));
    }
    println!("{:12} {:22} {:>6} {:>6} {:>6} {:>7} {:>15} {:>6}", "domain", "set", "n", "before", "after", "change", "95 %", "terms");
    for (name, members) in domains.iter().filter(|(name, _)| options.only.as_deref().is_none_or(|only| only == *name)) {
        let mut changes = Vec::new();
        for family in families(members) {
            let Ok(page) = std::fs::read_to_string(Path::new(lexicons).join(format!("{family}.tsv"))) else {
                println!("{name:12} {family:22} no lexicon without it");
                continue;
            };
            changes.extend(measure(name, members, family, &format::read(LEARNED, &page)?, &options)?);
        }
        println!("{name:12} {:22} {:29.2}", "MEAN over sets", changes.iter().sum::<f64>() / changes.len().max(1) as f64);
    }
    Ok(())
}

fn domains(sets: &[Set]) -> Vec<Domain<'_>> {
    let mut domains: BTreeMap<&'static str, Vec<&Set>> = BTreeMap::new();
    for (domain, name) in include_str!("domains.tsv").lines().filter(|l| !l.starts_with('#')).filter_map(|line| line.split_once('\t')) {
        domains.entry(domain).or_default().extend(sets.iter().filter(|set| set.name == name));
    }
    domains.into_iter().collect()
}

fn families<'s>(members: &[&'s Set]) -> Vec<&'s str> {
    let mut families: Vec<&str> = members.iter().map(|set| set.family.as_str()).collect();
    families.sort_unstable();
    families.dedup();
    families
}

/// What a pack is worth on the sets of a family; the changes of macro-F1, in points.
fn measure(domain: &str, members: &[&Set], family: &str, learned: &Sheet, options: &Options) -> Result<Vec<f64>, Failure> {
    let base = layers(Some(learned))?;
    let others: Vec<&Set> = members.iter().copied().filter(|set| set.family != family && set.ships).collect();
    let tested = members.iter().copied().filter(|set| set.family == family);
    let mut changes = Vec::new();
    let alone = if others.is_empty() { None } else { Some(learn(&others, &base, options, |_| true)?) };
    for set in tested {
        let mut joint = [Table::default(); CLASSES];
        let mut terms = 0;
        for out in 0..if alone.is_some() { 1 } else { 5 } {
            let by_fifths;
            let pack = if let Some(pack) = &alone {
                pack
            } else {
                by_fifths = learn(&[set], &base, options, |text| fold(text) != out)?;
                &by_fifths
            };
            let step = if alone.is_some() { set.texts.len().div_ceil(MOST_TESTED).max(1) } else { 1 };
            let asked = set.texts.iter().step_by(step).filter(|(text, _)| alone.is_some() || fold(text) == out);
            answer(&mut joint, asked, &base, pack)?;
            terms = pack.terms.len();
        }
        let has = |class| set.texts.iter().any(|(_, label)| *label == class);
        let neutral = has(Class::Neutral).then_some(label::Class::Neutral);
        let classes: Vec<usize> = [Some(label::Class::Positive), neutral, Some(label::Class::Negative)]
            .into_iter()
            .flatten()
            .map(|class| class as usize)
            .collect();
        let n: u64 = joint.iter().flatten().flatten().sum();
        let main = |after: bool| 100.0 * earful::stats::macro_f1(&side(&joint, after), &classes).value;
        let change = macro_f1_change(&joint, &classes);
        println!(
            "{domain:12} {:22} {n:6} {:6.1} {:6.1} {:+7.1} {:+7.1} {:+7.1} {terms:6}",
            format!("{}{}", set.name, if set.dev { "" } else { " (train)" }),
            main(false),
            main(true),
            100.0 * change.value,
            100.0 * change.low,
            100.0 * change.high
        );
        changes.push(100.0 * change.value);
    }
    Ok(changes)
}

/// Answers before, or after.
fn side(joint: &[Table; CLASSES], after: bool) -> Table {
    let mut table = Table::default();
    for (row, by_first) in table.iter_mut().zip(joint) {
        for (one, by_other) in by_first.iter().enumerate() {
            for (other, count) in by_other.iter().enumerate() {
                row[if after { other } else { one }] += count;
            }
        }
    }
    table
}

fn answer<'t>(
    joint: &mut [Table; CLASSES],
    asked: impl Iterator<Item = &'t (Box<str>, Class)>,
    base: &[Sheet],
    pack: &Learned,
) -> Result<(), Failure> {
    let analyzer = |more: Option<Sheet>| -> Result<Analyzer, Failure> {
        let lexicon = Lexicon::compile(base.iter().cloned().chain(more).collect(), builtin::languages(), &[])?;
        Ok(Analyzer::new(vec![lexicon], Some("en".to_owned())))
    };
    let (before, after) = (analyzer(None)?, analyzer(Some(pack.sheet("pack", "en")))?);
    let mut scratch = Scratch::default();
    let mut ask = |analyzer: &Analyzer, text: &str| match analyzer.analyze(None, Some(text), None, &mut scratch).outcome {
        Outcome::Scored(score) => Answer::of(&score).counted(false),
        Outcome::NoText | Outcome::NoLexicon => None,
    };
    for (text, label) in asked {
        let gold = match label {
            Class::Praise => label::Class::Positive,
            Class::Neutral => label::Class::Neutral,
            Class::Complaint => label::Class::Negative,
        };
        if let (Some(one), Some(other)) = (ask(&before, text), ask(&after, text)) {
            joint[gold as usize][one as usize][other as usize] += 1;
        }
    }
    Ok(())
}

/// The shipped layers, with another learned one if given.
fn layers(learned: Option<&Sheet>) -> Result<Vec<Sheet>, Failure> {
    let shipped = builtin::sheets()?.into_iter().filter(|sheet| learned.is_none() || sheet.name != LEARNED);
    Ok(shipped.chain(learned.cloned()).collect())
}

fn learn(members: &[&Set], base: &[Sheet], options: &Options, counts: impl Fn(&str) -> bool) -> Result<Learned, Failure> {
    let names = families(members);
    let mut corpus = Corpus::default();
    for set in members {
        let family = names.iter().position(|name| *name == set.family).unwrap_or(0) as u8;
        corpus.add_set(&set.name, family, set.texts.iter().cloned());
    }
    let struck = struck();
    let wanted = |lexicon: &Lexicon, candidate: &Candidate| says_something(lexicon, candidate, &struck);
    let bar = Bar { families: names.len().min(2) as u32, ..options.plan.bar };
    let plan = Plan { bar, ..options.plan };
    let lesson = Lesson::prepare_some(&corpus, base, &builtin::languages(), &[], bar, false, wanted)?;
    let mut learned = lesson.learn(&plan, 0, |at| counts(&corpus.texts[at]));
    if !options.cues {
        learned.cues.clear();
    }
    learned.terms.retain(|taught| {
        let change = |now: i32, before: i32| f64::from((now - before).abs()) / 1000.0;
        change(taught.leaning.lean, taught.before.lean).max(change(taught.leaning.opinion, taught.before.opinion)) >= plan.least
    });
    Ok(learned)
}

fn write(domains: &[Domain], options: &Options, folder: &Path) -> Result<(), Failure> {
    let base = layers(None)?;
    for (name, members) in domains.iter().filter(|(name, _)| options.only.as_deref().is_none_or(|only| only == *name)) {
        let members: Vec<&Set> = members.iter().copied().filter(|set| set.ships).collect();
        let learned = learn(&members, &base, options, |_| true)?;
        let from = members.iter().map(|set| set.name.as_str()).collect::<Vec<_>>().join(", ");
        let header = [
            ("language", "en"),
            ("title", &*format!("What words, pairs of words and cues lean to in texts about {name}, over the general lexicon")),
            ("source", &*format!("regularised regression by tests/bench/learn_domains.rs from {from}; see lexicons/README.md")),
            ("licence", "MIT OR Apache-2.0"),
        ];
        std::fs::write(folder.join(format!("{name}.tsv")), learned.page(&header, Some(name)))?;
        println!("{name}: {} terms from {from}", learned.terms.len());
    }
    Ok(())
}
