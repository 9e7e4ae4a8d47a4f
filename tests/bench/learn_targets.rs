//! Learns how opinions attach to targets and measures what it is worth. In: a folder of labelled sets
//! with targets, and a folder of lexicons that each have not seen one family of them. Out: a table, or the
//! file of weights.
//!
//! ```text
//! cargo bench --bench learn_builtin -- DATA --keep LEXICONS         lexicons that leave a family out
//! cargo bench --bench learn_targets -- DATA LEXICONS                leave-family-out table
//! cargo bench --bench learn_targets -- DATA LEXICONS --write FILE   weights learned from all families
//! ```
//!
//! `DATA` holds `dev/*.jsonl.gz` and `train/*.jsonl.gz` with `text`, `target` and `label`; families.tsv says
//! which set belongs to which family and which may be learned from, targets.tsv what is felt about targets in
//! sentences of sets that name none. In the table every set is judged by
//! weights that were learned without its family, over a lexicon that has not seen it; rows to learn from
//! are read with lexicons that have not seen theirs, since a lexicon says too much of texts it was learned
//! from. What opinions mean to common nouns is known beforehand from grammar ([`prior`]).

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a table of small numbers

use earful::analyze::{Analyzer, Outcome, Scratch};
use earful::learn::{Class, Example, Problem, Rows, fit};
use earful::lexicon::{builtin, format};
use earful::mention::target::feature::{Belongs, Nearness, Reach, Relation, Way};
use earful::mention::target::{Feature, Language, Named, Scene, Sort, Target, Weight, Weights, locate};
use earful::mention::{Glossary, Told};
use earful::score::Polarity;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::path::Path;

#[allow(dead_code)] // shared with other benches
mod sets;

use sets::{Failure, LEARNED};

/// A record that names its target.
struct Record {
    text: String,
    target: String,
    label: Class,
}

struct Set {
    name: String,
    family: String,
    dev: bool,
    ships: bool,
    records: Vec<Record>,
}

impl Set {
    fn two_class(&self) -> bool {
        self.records.iter().all(|record| record.label != Class::Neutral)
    }
}

/// What a record adds to the sum of its target: whole, and by features.
struct Row {
    rest: [f32; 2],
    features: Vec<(Feature, f32, f32)>,
    whole: Class,
}

/// How strongly weights are held to what was known before; those of words next to targets, of the bonds of
/// names, of how near opinions come to nouns and of categories are held more, since they overlap with others
/// or few records that are not of one family show them.
const HOLD: f32 = 20.0;
const HOLD_NEXT: f32 = 30.0;
const HOLD_BOND: f32 = 60.0;
const HOLD_REACH: f32 = 100.0;
/// Held so strongly, a weight stays as it is.
const FIXED: f32 = 1e6;
/// Records that show a feature before it is learned.
const LEAST: usize = 30;
const ROUNDS: usize = 150;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [data, lexicons, ..] = &args[..] else {
        println!("learn_targets: no folders of labelled sets and of lexicons given, nothing to learn from");
        return Ok(());
    };
    let write = args.iter().position(|arg| arg == "--write").and_then(|at| args.get(at + 1));
    let sets = load(Path::new(data))?;
    let language = Language::of("en")?.ok_or("English is gone")?;
    let rows: Vec<Vec<Row>> = sets.iter().map(|set| read(set, Path::new(lexicons), language)).collect::<Result<_, _>>()?;
    if let Some(path) = write {
        let learned = learn(&sets, &rows, |set| set.ships);
        std::fs::write(path, page(&learned, language))?;
        return Ok(());
    }
    let families: BTreeSet<&str> = sets.iter().map(|set| set.family.as_str()).collect();
    let mut figures = BTreeMap::new();
    for family in families {
        let learned = Weights::new(learn(&sets, &rows, |set| set.ships && set.family != family), language.grammar());
        for (set, rows) in sets.iter().zip(&rows).filter(|(set, _)| set.dev && set.family == family) {
            let answers = |of: &dyn Fn(&Row) -> Class| macro_f1(set, rows.iter().map(of));
            figures.insert(&set.name, [answers(&|row| row.whole), answers(&|row| judge(row, &learned))]);
        }
    }
    println!("{:24} {:>8} {:>8}", "set", "text", "target");
    for (name, [whole, target]) in &figures {
        println!("{name:24} {whole:8.1} {target:8.1}");
    }
    let mean = |at: usize| figures.values().map(|both| both[at]).sum::<f64>() / figures.len() as f64;
    println!("{:24} {:8.2} {:8.2}", "mean", mean(0), mean(1));
    Ok(())
}

fn load(data: &Path) -> Result<Vec<Set>, Failure> {
    let mut sets = Vec::new();
    for line in include_str!("families.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(name), Some(family), Some(ships)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let mut add = |name: String, dev: bool, records: Vec<Record>| {
            if records.len() >= 100 {
                sets.push(Set { name, family: family.to_owned(), dev, ships: ships == "yes", records });
            }
        };
        for split in ["dev", "train"] {
            let path = data.join(split).join(format!("{name}.jsonl.gz"));
            if !path.exists() {
                continue;
            }
            let rows = rows(&path)?;
            if split == "train" {
                add(format!("{name} (own labels)"), false, judged(name, &rows)?);
            }
            add(name.to_owned(), split == "dev", rows.iter().filter_map(named).collect());
        }
    }
    Ok(sets)
}

fn rows(path: &Path) -> Result<Vec<serde_json::Value>, Failure> {
    let lines = BufReader::new(flate2::read::MultiGzDecoder::new(std::fs::File::open(path)?)).lines();
    lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

/// A record that names its target.
fn named(row: &serde_json::Value) -> Option<Record> {
    let target = row["target"].as_str().filter(|target| !target.is_empty())?;
    let label = match row["label"].as_str() {
        Some("pos") => Class::Praise,
        Some("neg") => Class::Complaint,
        _ => Class::Neutral,
    };
    Some(Record { text: row["text"].as_str().unwrap_or("").to_owned(), target: target.to_owned(), label })
}

/// The sentences of a set whose targets are labelled in targets.tsv.
fn judged(set: &str, rows: &[serde_json::Value]) -> Result<Vec<Record>, Failure> {
    let of_set = |line: &&str| line.split('\t').next().and_then(|id| id.rsplit_once('-')).is_some_and(|(name, _)| name == set);
    let texts: BTreeMap<&str, &str> = rows.iter().filter_map(|row| row["id"].as_str().zip(row["text"].as_str())).collect();
    let mut records = Vec::new();
    for line in include_str!("targets.tsv").lines().filter(|line| !line.starts_with('#')).filter(of_set) {
        let mut fields = line.split('\t');
        let (Some(id), Some(part), Some(targets)) = (fields.next(), fields.next(), fields.next()) else { return Err(line.into()) };
        let text = texts.get(id).and_then(|text| slice(text, part)).ok_or_else(|| format!("no such text: {line}"))?;
        for target in targets.split(' ') {
            let (place, label) = target.split_once(':').ok_or(line)?;
            let label = match label {
                "p" => Class::Praise,
                "n" => Class::Complaint,
                _ => Class::Neutral,
            };
            let target = slice(text, place).ok_or(line)?.to_owned();
            records.push(Record { text: text.to_owned(), target, label });
        }
    }
    Ok(records)
}

/// A part of a text, given as `from-to` in characters.
fn slice<'t>(text: &'t str, place: &str) -> Option<&'t str> {
    let (from, to) = place.split_once('-')?;
    let byte = |at: &str| text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(at.parse().ok()?);
    text.get(byte(from)?..byte(to)?)
}

fn class(polarity: Polarity, score: i32) -> Class {
    match (polarity, score) {
        (Polarity::Neutral, _) | (Polarity::Mixed, 0) => Class::Neutral,
        (_, 1..) => Class::Praise,
        _ => Class::Complaint,
    }
}

/// Reads a set with the lexicon that has not seen its family.
#[allow(clippy::cast_precision_loss)] // sums are small
fn read(set: &Set, lexicons: &Path, language: &Language) -> Result<Vec<Row>, Failure> {
    let path = lexicons.join(format!("{}.tsv", set.family));
    let learned = format::read(&path.display().to_string(), &std::fs::read_to_string(&path)?)?;
    let sheets = builtin::sheets()?.into_iter().filter(|sheet| sheet.name != LEARNED).chain([learned]).collect();
    let analyzer = Analyzer::new(vec![earful::lexicon::Lexicon::compile(sheets, builtin::languages(), &[])?], Some("en".to_owned()));
    let lexicon = analyzer.lexicons().first().ok_or("no lexicon")?;
    let glossary = Glossary::new(lexicon)?.ok_or("nothing is known of the words")?;
    let (mut scratch, mut scene, mut named, mut glosses) = (Scratch::default(), Scene::default(), Named::default(), Vec::new());
    let mut rows = Vec::new();
    for record in &set.records {
        let analysis = analyzer.analyze(None, Some(&record.text), None, &mut scratch);
        let mut row = Row { rest: [0.0; 2], features: Vec::new(), whole: Class::Neutral };
        if let Outcome::Scored(score) = analysis.outcome {
            locate(&record.target, analysis.text, analysis.reading.tokens().as_slice(), &mut named);
            glossary.read(analysis.reading, &mut glosses);
            scene.read(language, lexicon, Told::new(&analysis, &glosses), named.spans.iter().map(|span| (None, *span)));
            row.whole = class(score.polarity, score.score);
            row.rest = scene.rest().map(|rest| rest as f32 / 1000.0);
            language.each_feature(
                &scene,
                Target { spans: &named.spans, category: named.category, subject: None, all: true, fared: &[] },
                |feature, amount, _| {
                    row.features.push((feature, amount.lean as f32 / 1000.0, amount.opinion as f32 / 1000.0));
                },
            );
        }
        rows.push(row);
    }
    Ok(rows)
}

/// What grammar says of common nouns before anything is learned: opinions of another noun, and those
/// beyond `but`, hardly count; others the less the further off they are. Of names nothing is known: all
/// that a text says counts.
fn prior(feature: Feature) -> Weight {
    let all = |weight| Weight { lean: weight, opinion: weight, doubt: weight };
    match feature {
        Feature::Opinion(_, Relation::Apart(_, _, Belongs::Rival)) | Feature::Word(_, Nearness::Rival) => Weights::unknown(feature),
        Feature::Opinion(Sort::Noun, Relation::Apart(_, way, belongs)) => all(match (way, belongs) {
            (_, Belongs::Target | Belongs::Joined) => 1200,
            (Way::Neighbour | Way::Far, _) => 400,
            (Way::NextContrast | Way::SentenceContrast, Belongs::Other) => 100,
            (_, Belongs::Other) => 300,
            (Way::Clause, _) => 800,
            (Way::NextContrast | Way::SentenceContrast, _) => 150,
            (Way::Next | Way::Sentence, _) => 500,
        }),
        Feature::Word(Sort::Noun, nearness) => all(match nearness {
            Nearness::Within | Nearness::Clause(_) => 1000,
            Nearness::Next | Nearness::Sentence => 600,
            Nearness::Neighbour | Nearness::Far | Nearness::Rival => 500,
        }),
        Feature::Reach(Reach::None) => Weight { opinion: -300, ..all(0) },
        Feature::Reach(Reach::Off) => Weight { opinion: -800, ..all(0) },
        Feature::Category => Weight { opinion: 1500, ..all(0) },
        _ => Weights::unknown(feature),
    }
}

/// How strongly a feature is held to what was known before.
const fn hold(feature: Feature) -> f32 {
    match feature {
        Feature::Before(..) | Feature::After(..) | Feature::Lead(..) => HOLD_NEXT,
        Feature::Bond(Sort::Name, ..) => HOLD_BOND,
        Feature::Reach(_) | Feature::Category => HOLD_REACH,
        Feature::Absent | Feature::Own => FIXED,
        _ => HOLD,
    }
}

/// Learns weights from some sets.
#[allow(clippy::cast_possible_truncation)] // weights are small
fn learn(sets: &[Set], rows: &[Vec<Row>], of: impl Fn(&Set) -> bool) -> Vec<(Feature, Weight)> {
    let taken: Vec<(u32, &Set, &Vec<Row>)> =
        (0..).zip(sets.iter().zip(rows).filter(|(set, _)| of(set))).map(|(at, (set, rows))| (at, set, rows)).collect();
    let mut shown: BTreeMap<Feature, usize> = BTreeMap::new();
    for (_, _, rows) in &taken {
        rows.iter()
            .flat_map(|row| row.features.iter().map(|(feature, ..)| feature).collect::<BTreeSet<_>>())
            .for_each(|feature| *shown.entry(*feature).or_default() += 1);
    }
    let places: BTreeMap<Feature, u32> =
        (0..).zip(shown.iter().filter(|(_, count)| **count >= LEAST)).map(|(at, (feature, _))| (*feature, at)).collect();
    // Three columns a feature: lean, what speaks for an opinion, what speaks against one.
    let (mut penalty, mut priors) = (Vec::new(), Vec::new());
    for feature in places.keys() {
        let (hold, prior) = (hold(*feature), prior(*feature));
        let number = |thousandths: i32| thousandths as f32 / 1000.0;
        // Words next to a target tell whether there is an opinion, not which.
        let lean =
            if matches!(feature, Feature::Before(..) | Feature::After(..) | Feature::Lead(..) | Feature::Reach(_) | Feature::Category) {
                FIXED
            } else {
                hold
            };
        penalty.extend([[lean, FIXED], [FIXED, hold], [FIXED, hold]]);
        priors.extend([[number(prior.lean), 0.0], [0.0, number(prior.opinion)], [0.0, -number(prior.doubt)]]);
    }
    let total: usize = taken.iter().map(|(_, set, _)| set.records.len()).sum();
    let norm: f64 = taken.iter().map(|(_, set, _)| (set.records.len() as f64).sqrt()).sum();
    let (mut table, mut examples) = (Rows::default(), Vec::new());
    for (at, set, rows) in &taken {
        let weight = ((set.records.len() as f64).powf(-0.5) * total as f64 / norm) as f32;
        for (record, row) in set.records.iter().zip(*rows) {
            let columns = |&(feature, lean, opinion): &(Feature, f32, f32)| {
                let place = places.get(&feature).map(|place| 3 * place);
                let opinion_place = place.map(|place| if opinion < 0.0 { place + 2 } else { place + 1 });
                [place.map(|place| (place, lean)), opinion_place.map(|place| (place, opinion.abs()))].into_iter().flatten()
            };
            table.push(row.features.iter().flat_map(columns));
            // What no weight is learned for counts as nothing is known of it.
            let mut offset = row.rest;
            for &(feature, lean, opinion) in row.features.iter().filter(|(feature, ..)| !places.contains_key(feature)) {
                let weight = prior(feature);
                offset[0] += lean * weight.lean as f32 / 1000.0;
                offset[1] += opinion * if opinion < 0.0 { weight.doubt } else { weight.opinion } as f32 / 1000.0;
            }
            examples.push(Example { label: record.label, weight, set: *at, two_class: set.two_class(), offset });
        }
    }
    let problem = Problem {
        rows: &table,
        examples: &examples,
        penalty: &penalty,
        prior: &priors,
        sets: taken.len(),
        set_penalty: 1.0,
        bias_free: false,
        set_bias: true,
    };
    let fit = fit(&problem, None, ROUNDS);
    let number = |weight: f64| (weight * 1000.0).round() as i32;
    let learned = |(feature, place): (&Feature, &u32)| {
        let column = |offset: u32| fit.weights.get((3 * place + offset) as usize).copied().unwrap_or_default();
        (*feature, Weight { lean: number(column(0)[0]), opinion: number(column(1)[1]), doubt: -number(column(2)[1]) })
    };
    let unseen = shown.keys().filter(|feature| !places.contains_key(feature)).map(|feature| (*feature, prior(*feature)));
    places.iter().map(learned).chain(unseen.filter(|(feature, weight)| *weight != Weights::unknown(*feature))).collect()
}

#[allow(clippy::cast_precision_loss)] // weights are small
fn judge(row: &Row, weights: &Weights) -> Class {
    let (mut lean, mut opinion) = (row.rest[0], row.rest[1]);
    for &(feature, by_lean, by_opinion) in &row.features {
        let weight = weights.of(feature);
        lean += by_lean * weight.lean as f32 / 1000.0;
        opinion += by_opinion * if by_opinion < 0.0 { weight.doubt } else { weight.opinion } as f32 / 1000.0;
    }
    match lean {
        _ if opinion + lean.abs() <= 0.0 => Class::Neutral,
        lean if lean > 0.0 => Class::Praise,
        _ => Class::Complaint,
    }
}

/// Macro-F1 over the classes of a set, in percent.
fn macro_f1(set: &Set, answers: impl Iterator<Item = Class>) -> f64 {
    let mut counts: BTreeMap<Class, [f64; 3]> = BTreeMap::new();
    for (record, answer) in set.records.iter().zip(answers) {
        if record.label == answer {
            counts.entry(answer).or_default()[0] += 1.0;
        } else {
            counts.entry(answer).or_default()[1] += 1.0;
            counts.entry(record.label).or_default()[2] += 1.0;
        }
    }
    let classes: Vec<Class> = [Class::Complaint, Class::Neutral, Class::Praise]
        .into_iter()
        .filter(|class| *class != Class::Neutral || !set.two_class())
        .collect();
    let f1 = |class: &Class| counts.get(class).map_or(0.0, |[right, wrong, missed]| 2.0 * right / (2.0 * right + wrong + missed).max(1.0));
    100.0 * classes.iter().map(f1).sum::<f64>() / classes.len() as f64
}

/// The file of weights.
fn page(learned: &[(Feature, Weight)], language: &Language) -> String {
    let mut page = String::from(
        "# How much each part of a text counts for a target of it, 1 being whole; see src/mention/target.\n\
         # Learned from labelled posts and reviews (tests/bench/learn_targets.rs; sets in lexicons/README.md).\n\
         # feature\tlean\topinion\tdoubt (what speaks against there being an opinion)\n",
    );
    let mut rows: Vec<(String, Weight)> = learned.iter().map(|(feature, weight)| (feature.name(language.grammar()), *weight)).collect();
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (name, weight) in rows {
        let number = |thousandths: i32| f64::from(thousandths) / 1000.0;
        let _ = writeln!(page, "{name}\t{}\t{}\t{}", number(weight.lean), number(weight.opinion), number(weight.doubt));
    }
    page
}
