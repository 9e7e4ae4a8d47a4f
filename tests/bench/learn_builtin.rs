//! Learns the shipped English leanings and measures what they are worth. In: a folder of labelled sets.
//! Out: a table, or the lexicon file.
//!
//! ```text
//! cargo bench --bench learn_builtin -- DATA                     leave-family-out table (16 lexicons)
//! cargo bench --bench learn_builtin -- DATA --write FILE        the lexicon learned from all families
//! cargo bench --bench learn_builtin -- DATA --fifths            other half of every set left out
//! cargo bench --bench learn_builtin -- DATA --own               `lexicon learn` on each set, tested on other fifths
//! ```
//!
//! `DATA` holds `dev/*.jsonl.gz` and `train/*.jsonl.gz` with `text` and `label`; tests/bench/families.tsv
//! says which set belongs to which family and which may be learned from. In the leave-family-out table
//! every set is scored by a lexicon that has seen no text of its family. With `--own`, that lexicon is what
//! each set's own texts are learned over, as `earful lexicon learn` does; the table says what it is worth on
//! texts of the set that were not learned from. `--without A,B` leaves out these families only, `--keep FOLDER`
//! writes the lexicon of each round to a file, and `--own --base FOLDER` takes them from there.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a table of small numbers

use earful::analyze::{Analyzer, Outcome, Scratch};
use earful::learn::study::plan as own_plan;
use earful::learn::{Bar, Base, Candidate, Class, Corpus, Course, Learned, Lesson, Plan, Strength};
use earful::lexicon::entry::Sheet;
use earful::lexicon::{Lexicon, builtin, format};
use earful::score::{Polarity, Score};
use std::collections::BTreeMap;
use std::path::Path;

mod sets;

use sets::{Failure, LEARNED, Set, load, says_something, struck};

/// Most texts that are taken from one training set, evenly spread.
const MOST_TEXTS: usize = 30_000;

const PLAN: Plan = Plan {
    bar: Bar { texts: 12, families: 4 },
    most_terms: 10_000,
    least: 0.025,
    hold_terms: 60.0,
    hold_cues: 1.0,
    power: 0.5,
    boldness: 0.15,
    rounds: 100,
};

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let Some(data) = args.first() else {
        println!("learn_builtin: no folder of labelled sets given, nothing to learn from");
        return Ok(());
    };
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |name: &str, default: f64| value(name).map_or(Ok(default), |v| v.parse::<f64>());
    let plan = Plan {
        bar: Bar {
            texts: number("--texts", PLAN.bar.texts.into())? as u32,
            families: number("--families", PLAN.bar.families.into())? as u32,
        },
        most_terms: number("--terms", PLAN.most_terms as f64)? as usize,
        least: number("--least", PLAN.least)?,
        hold_terms: number("--hold", PLAN.hold_terms.into())? as f32,
        hold_cues: number("--hold-cues", PLAN.hold_cues.into())? as f32,
        power: number("--power", PLAN.power)?,
        boldness: number("--boldness", PLAN.boldness)?,
        rounds: number("--rounds", PLAN.rounds as f64)? as usize,
    };
    let began = std::time::Instant::now();
    let sets = load(Path::new(data), number("--most", MOST_TEXTS as f64)? as usize)?;
    let mut names: Vec<&str> = sets.iter().map(|set| set.family.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let family = |set: &Set| names.iter().position(|name| *name == set.family).unwrap_or(0) as u8;
    let mut corpus = Corpus::default();
    for set in &sets {
        corpus.add_set(&set.name, family(set), set.texts.iter().cloned());
    }
    if let Some(folder) = value("--base").filter(|_| args.iter().any(|arg| arg == "--own")) {
        return own_over(&sets, Path::new(folder));
    }
    let sheets: Vec<_> = builtin::sheets()?.into_iter().filter(|sheet| sheet.name != LEARNED).collect();
    let bar = Bar { families: plan.bar.families.min(3), ..plan.bar };
    let struck = struck();
    let wanted = |lexicon: &Lexicon, candidate: &Candidate| says_something(lexicon, candidate, &struck);
    let lesson = Lesson::prepare_some(&corpus, &sheets, &builtin::languages(), &[], bar, true, wanted)?;
    eprintln!("{} texts read in {:.0} s", corpus.texts.len(), began.elapsed().as_secs_f64());
    let may = |at: usize| sets[corpus.set_of[at] as usize].ships;
    let of_set = |at: usize| &sets[corpus.set_of[at] as usize];
    let lexicon = |learned: &Learned| -> Result<Lexicon, Failure> {
        let layers = sheets.iter().cloned().chain([learned.sheet(LEARNED, "en")]).collect();
        Ok(Lexicon::compile(layers, builtin::languages(), &[])?)
    };
    if let Some(path) = value("--write") {
        let learned = lesson.learn(&plan, 0, may);
        std::fs::write(path, page(&learned))?;
        eprintln!("{} terms in {:.0} s", learned.terms.len(), began.elapsed().as_secs_f64());
        return Ok(());
    }
    let mut answers: BTreeMap<usize, Score> = BTreeMap::new();
    let fifths = args.iter().any(|arg| arg == "--fifths");
    let rounds = rounds(&args, &names, &sets);
    let own = args.iter().any(|arg| arg == "--own");
    let mut figures = Vec::new();
    for out in &rounds {
        let left = |at: usize| {
            let set = of_set(at);
            if fifths { set.dev && out[0].parse() == Ok(at % 5) } else { out.contains(&set.family.as_str()) }
        };
        let without = if fifths { 0 } else { (0..).zip(&names).filter(|(_, name)| out.contains(name)).map(|(bit, _)| 1u64 << bit).sum() };
        let learned = lesson.learn(&plan, without, |at| may(at) && !left(at));
        if let Some(folder) = value("--keep") {
            std::fs::write(Path::new(folder).join(format!("{}.tsv", out.join("+"))), page(&learned))?;
        }
        if own {
            let layers: Vec<_> = sheets.iter().cloned().chain([learned.sheet(LEARNED, "en")]).collect();
            for set in sets.iter().filter(|set| set.dev && out.contains(&set.family.as_str())) {
                figures.push(study(set, &layers)?);
            }
            continue;
        }
        let analyzer = Analyzer::new(vec![lexicon(&learned)?], Some("en".to_owned()));
        let mut scratch = Scratch::default();
        for at in (0..corpus.texts.len()).filter(|&at| of_set(at).dev && left(at)) {
            if let Outcome::Scored(score) = analyzer.analyze(None, Some(&corpus.texts[at]), None, &mut scratch).outcome {
                answers.insert(at, score);
            }
        }
        eprintln!("without {}: {} terms, {:.0} s", out.join(", "), learned.terms.len(), began.elapsed().as_secs_f64());
    }
    if own {
        own_table(&figures);
        return Ok(());
    }
    table(&corpus, &sets, &answers);
    Ok(())
}

/// A set, and what it was worth to learn from it: macro-F1 before and after in percent, and how the change
/// lies to nothing.
struct Own {
    set: String,
    records: u64,
    before: f64,
    after: f64,
    interval: [f64; 2],
    strength: Strength,
}

/// Studies each set over the lexicon in the file that is named after its family, alone or with others.
fn own_over(sets: &[Set], folder: &Path) -> Result<(), Failure> {
    let sheets: Vec<_> = builtin::sheets()?.into_iter().filter(|sheet| sheet.name != LEARNED).collect();
    let mut figures = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let families = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let learned = format::read(LEARNED, &std::fs::read_to_string(&path)?)?;
        let layers: Vec<_> = sheets.iter().cloned().chain([learned]).collect();
        for set in sets.iter().filter(|set| set.dev && families.split('+').any(|family| family == set.family)) {
            figures.push(study(set, &layers)?);
        }
    }
    own_table(&figures);
    Ok(())
}

/// What `earful lexicon learn` measures on a set.
fn study(set: &Set, layers: &[Sheet]) -> Result<Own, Failure> {
    let mut corpus = Corpus::default();
    corpus.add_set(&set.name, 0, set.texts.iter().cloned());
    let base = Base { sheets: layers, language: "en", languages: &builtin::languages(), domains: &[] };
    let course = Course::new(&corpus, base, own_plan(corpus.texts.len(), 5000), |_, _| true)?;
    let study = course.study()?;
    let [before, after, change] = study.macro_f1(&course.classes());
    eprintln!("{}: {:.1} -> {:.1}", set.name, 100.0 * before.value, 100.0 * after.value);
    Ok(Own {
        set: set.name.clone(),
        records: study.records,
        before: 100.0 * before.value,
        after: 100.0 * after.value,
        interval: [100.0 * change.low, 100.0 * change.high],
        strength: study.strength,
    })
}

fn own_table(figures: &[Own]) {
    println!("{:24} {:>7} {:>6} {:>6} {:>7} {:>15} {:>6} {:>6}", "set", "n", "before", "after", "change", "95 %", "terms", "cues");
    for Own { set, records, before, after, interval: [low, high], strength } in figures {
        let change = after - before;
        println!(
            "{set:24} {records:7} {before:6.1} {after:6.1} {change:+7.1} {low:+7.1} {high:+7.1} {:6} {:6}",
            strength.terms, strength.cues
        );
    }
    let mean = |of: fn(&Own) -> f64| figures.iter().map(of).sum::<f64>() / figures.len().max(1) as f64;
    println!(
        "{:24} {:7} {:6.2} {:6.2}",
        "MEAN over sets",
        figures.iter().map(|own| own.records).sum::<u64>(),
        mean(|o| o.before),
        mean(|o| o.after)
    );
}

/// What is left out, round by round: families, groups of them, or fifths by number.
fn rounds<'n>(args: &[String], names: &[&'n str], sets: &[Set]) -> Vec<Vec<&'n str>> {
    if let Some(list) = args.iter().position(|arg| arg == "--without").and_then(|at| args.get(at + 1)) {
        let wanted: Vec<&str> = list.split(',').collect();
        names.iter().filter(|name| wanted.contains(name)).map(|name| vec![*name]).collect()
    } else if args.iter().any(|arg| arg == "--fifths") {
        vec![vec!["0"], vec!["1"], vec!["2"], vec!["3"], vec!["4"]]
    } else if args.iter().any(|arg| arg == "--quick") {
        let groups = [
            &["semeval_tweets", "hu", "airline"][..],
            &["semeval_aspects", "kaggle", "sts"],
            &["amazon_blitzer", "newsmtsc", "apple", "ss"],
            &["sentihood", "twitter", "sanders", "financial", "crowdflower", "amazon"],
        ];
        groups.iter().map(|group| group.to_vec()).collect()
    } else {
        names.iter().filter(|name| sets.iter().any(|set| set.dev && set.family == **name)).map(|name| vec![*name]).collect()
    }
}

fn page(learned: &Learned) -> String {
    learned.page(
        &[
            ("language", "en"),
            ("title", "What words, pairs of words and cues lean to, learned from labelled texts"),
            ("source", "regularised regression by tests/bench/learn_builtin.rs; sets in tests/bench/families.tsv, see lexicons/README.md"),
            ("licence", "MIT OR Apache-2.0"),
        ],
        None,
    )
}

/// Mixed counts by the sign of its score.
fn class(score: &Score) -> Class {
    match score.polarity {
        Polarity::Positive => Class::Praise,
        Polarity::Negative => Class::Complaint,
        Polarity::Mixed if score.score > 0 => Class::Praise,
        Polarity::Mixed if score.score < 0 => Class::Complaint,
        _ => Class::Neutral,
    }
}

fn table(corpus: &Corpus, sets: &[Set], answers: &BTreeMap<usize, Score>) {
    println!("{:24} {:>7} {:>6} {:>8} {:>10} {:>6}", "set", "n", "F1", "rec.neg", "neu->pos", "ECE");
    let (mut figures, mut bins) = (Vec::new(), [[0.0; 3]; 10]);
    for (number, set) in (0..).zip(sets).filter(|(_, set)| set.dev) {
        let rows: Vec<(Class, &Score)> =
            answers.iter().filter(|(at, _)| corpus.set_of[**at] == number).map(|(at, score)| (corpus.labels[*at], score)).collect();
        let count = |gold: Option<Class>, guess: Option<Class>| {
            rows.iter().filter(|(g, s)| gold.is_none_or(|x| x == *g) && guess.is_none_or(|x| x == class(s))).count() as f64
        };
        let three = count(Some(Class::Neutral), None) > 0.0;
        let classes: &[Class] = if three { &[Class::Complaint, Class::Neutral, Class::Praise] } else { &[Class::Complaint, Class::Praise] };
        let f1 = |c: Class| 2.0 * count(Some(c), Some(c)) / (count(Some(c), None) + count(None, Some(c))).max(1.0);
        let main = 100.0 * classes.iter().map(|&c| f1(c)).sum::<f64>() / classes.len() as f64;
        let recall = 100.0 * count(Some(Class::Complaint), Some(Class::Complaint)) / count(Some(Class::Complaint), None).max(1.0);
        let praised = three.then(|| 100.0 * count(Some(Class::Neutral), Some(Class::Praise)) / count(Some(Class::Neutral), None));
        let mut own = [[0.0; 3]; 10];
        for (gold, score) in &rows {
            let bin = (score.confidence / 1000).clamp(0, 9) as usize;
            for bins in [&mut own, &mut bins] {
                bins[bin][0] += 1.0;
                bins[bin][1] += f64::from(score.confidence) / 10_000.0;
                bins[bin][2] += f64::from(u8::from(class(score) == *gold));
            }
        }
        let ece = 100.0 * ece(&own);
        println!(
            "{:24} {:7} {main:6.1} {recall:8.1} {:>10} {ece:6.1}",
            set.name,
            rows.len(),
            praised.map_or("-".into(), |p| format!("{p:.1}"))
        );
        figures.push((main, recall, praised, ece));
    }
    let mean = |list: Vec<f64>| list.iter().sum::<f64>() / list.len().max(1) as f64;
    println!(
        "{:24} {:7} {:6.2} {:8.1} {:10.1} {:6.1}   all records together: ECE {:.1}",
        "MEAN over sets",
        answers.len(),
        mean(figures.iter().map(|f| f.0).collect()),
        mean(figures.iter().map(|f| f.1).collect()),
        mean(figures.iter().filter_map(|f| f.2).collect()),
        mean(figures.iter().map(|f| f.3).collect()),
        100.0 * ece(&bins)
    );
    for bin in bins.iter().filter(|bin| bin[0] > 0.0) {
        println!("   confidence {:.2}  right {:.2}  n {}", bin[1] / bin[0], bin[2] / bin[0], bin[0]);
    }
}

fn ece(bins: &[[f64; 3]; 10]) -> f64 {
    let n: f64 = bins.iter().map(|bin| bin[0]).sum();
    bins.iter().map(|bin| (bin[1] - bin[2]).abs()).sum::<f64>() / n.max(1.0)
}
