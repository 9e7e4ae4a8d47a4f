//! An evaluation to what is said of it. In: integers. Out: figures with intervals, names, examples.
//! Separate because this is where numbers are divided, once, and where texts leave: redaction happens
//! here.

use super::model::{
    Against, BinRow, CalibrationTable, Clash, ClashWord, ClassRow, ConfusionRow, Coverage, EvalFile, EvalRead, EvalReport, Example,
    Figures, Flip, Mistake, SCHEMA, Slice, SliceRow,
};
use crate::error::Error;
use crate::evaluate::{Case, Evaluation, Rival, Slices, calibration::BINS, rival, slices::MOST_VALUES, table};
use crate::input::columns::names_authors;
use crate::input::label::{Class, Mark};
use crate::lexicon::Lexicon;
use crate::redact::{NO_HANDLES, redact};
use crate::report::Count;
use crate::report::build::{Context, FileOutcome, lexicon_note, place_name, shorten, skip};
use crate::score::measure::ONE;
use crate::stats::{self, CLASSES, Table};
use crate::summary::{Answer, Confusion};

/// Values per slicing.
const VALUES: usize = 20;

/// What the report needs beside the evaluation.
pub struct EvalContext<'c> {
    /// The files.
    pub files: &'c [FileOutcome],
    /// Names of the slicings, in the order of the evaluation.
    pub slicings: &'c [String],
    /// The lexicons.
    pub lexicons: &'c [Lexicon],
    /// Names of the other lexicons, in the order of the evaluation.
    pub rivals: &'c [String],
    /// Records that clash, at most.
    pub clashes: usize,
    /// Whether to leave contact data in texts.
    pub unredacted: bool,
}

/// Builds the report.
#[must_use]
pub fn build(evaluation: &Evaluation, context: &EvalContext) -> EvalReport {
    let classes = evaluation.classes();
    let mixed = classes.contains(&Class::Mixed);
    let places: Vec<usize> = classes.iter().map(|&class| class as usize).collect();
    let page = Page {
        evaluation,
        unredacted: context.unredacted,
        mixed,
        places,
        places_of: Context {
            files: context.files,
            groupings: &[],
            offered: 0,
            lexicons: context.lexicons,
            quotes: 0,
            fans: 0,
            critics: 0,
            least_posts: 0,
            period: None,
            unredacted: context.unredacted,
            show_authors: false,
            pseudonyms: None,
            sample: None,
            subjects: &[],
            handles: &NO_HANDLES,
        },
    };
    let mut notes = page.notes();
    EvalReport {
        schema: SCHEMA.to_owned(),
        generator: concat!("earful ", env!("CARGO_PKG_VERSION")).to_owned(),
        lexicon: lexicon_note(context.lexicons),
        read: page.read(),
        files: context.files.iter().map(file).collect(),
        classes: classes.iter().map(|class| class.name().to_owned()).collect(),
        mixed: if mixed { "a class of its own" } else { "by the sign of its score" }.to_owned(),
        overall: figures(&table(&evaluation.truth, mixed), &page.places),
        by_class: page.by_class(),
        confusion: page.confusion(),
        mistakes: page.mistakes(),
        calibration: page.calibration(),
        coverage: page.coverage(),
        slices: page.slices(context.slicings, &mut notes),
        clashes: page.clashes(context.clashes),
        against: context.rivals.iter().zip(&evaluation.rivals).map(|(name, rival)| page.against(name, rival)).collect(),
        notes,
    }
}

fn file(outcome: &FileOutcome) -> EvalFile {
    EvalFile {
        name: outcome.name.clone(),
        format: outcome.format.clone(),
        by: outcome.truth.as_ref().map(|truth| if truth.most.is_some() { "stars" } else { "label" }.to_owned()),
        column: outcome.truth.as_ref().map(|truth| truth.column.clone()),
        most: outcome.truth.as_ref().and_then(|truth| truth.most),
        fault: outcome.fault.as_ref().map(Error::message),
    }
}

/// Records of these classes that are on the diagonal, and all.
fn figures(table: &Table, places: &[usize]) -> Figures {
    let records = places.iter().filter_map(|&class| table.get(class)).flatten().sum();
    let right = places.iter().filter_map(|&class| table.get(class)?.get(class)).sum();
    Figures { records, right, accuracy: stats::share(right, records), macro_f1: stats::macro_f1(table, places) }
}

fn part(sum: u64, of: u64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // sums of confidences are far below 2⁵²
    let value = sum as f64 / of.max(1) as f64 / f64::from(ONE);
    (value * 1e4).round() / 1e4
}

fn score(ten_thousandths: i32) -> f64 {
    f64::from(ten_thousandths) / f64::from(ONE)
}

/// What the parts of the report have in common.
struct Page<'c> {
    evaluation: &'c Evaluation,
    unredacted: bool,
    mixed: bool,
    places: Vec<usize>,
    places_of: Context<'c>,
}

impl Page<'_> {
    fn truth(&self) -> &Confusion {
        &self.evaluation.truth
    }

    fn unscored(&self) -> u64 {
        Class::ALL.iter().map(|&class| self.truth().count(Mark::class(class), Answer::Unscored)).sum()
    }

    fn read(&self) -> EvalRead {
        let e = self.evaluation;
        let mut languages: Vec<Count> =
            e.unscored.iter().map(|(name, counts)| Count { name: name.clone(), count: counts.iter().sum() }).collect();
        languages.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        EvalRead {
            records: e.read,
            evaluated: self.truth().records() - self.unscored(),
            unlabelled: e.unlabelled.records(),
            unscored: self.unscored(),
            skipped: e.skips.count() - e.skips.excluded(),
            excluded: e.skips.excluded(),
            no_label: e.unlabelled.missing,
            left_out: e.unlabelled.left_out,
            unknown_label: e.unlabelled.unknown,
            unknown_labels: e.unlabelled.words.iter().map(|word| self.clean(word)).collect(),
            unscored_languages: languages,
            reasons: e.skips.iter().map(|(reason, count, places)| skip(reason, count, places, &self.places_of)).collect(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        for file in self.places_of.files {
            notes.extend(file.notes.iter().map(|note| format!("{}: {note}", file.name)));
            if file.truth.is_none() && !file.format.is_empty() {
                notes.push(format!("{}: found no column with labels or stars; name it with --label or --rating", file.name));
            }
        }
        for class in [Class::Positive, Class::Negative] {
            if self.truth().of(Mark::class(class)) == 0 && self.truth().records() > 0 {
                notes.push(format!("no record is labelled {}, so its F1 is 0 and macro-F1 says little", class.title()));
            }
        }
        notes
    }

    fn by_class(&self) -> Vec<ClassRow> {
        let table = table(self.truth(), self.mixed);
        let row = |&class: &usize| {
            let support = table[class].iter().sum();
            let answers = table.iter().map(|row| row[class]).sum();
            let right = table[class][class];
            ClassRow {
                class: Class::ALL[class].name().to_owned(),
                support,
                answers,
                precision: stats::share(right, answers),
                recall: stats::share(right, support),
                f1: stats::class_f1(&table, class),
            }
        };
        self.places.iter().map(row).collect()
    }

    fn named(&self, class: Class, answer: Option<Class>) -> u64 {
        Answer::ALL.into_iter().filter(|known| known.named() == answer).map(|known| self.truth().count(Mark::class(class), known)).sum()
    }

    fn confusion(&self) -> Vec<ConfusionRow> {
        let row = |&place: &usize| {
            let class = Class::ALL[place];
            ConfusionRow {
                label: class.name().to_owned(),
                positive: self.named(class, Some(Class::Positive)),
                neutral: self.named(class, Some(Class::Neutral)),
                negative: self.named(class, Some(Class::Negative)),
                mixed: self.named(class, Some(Class::Mixed)),
                unscored: self.named(class, None),
            }
        };
        self.places.iter().map(row).collect()
    }

    /// Cells of the table of confusion that are wrong: mixed is, but for mixed labels.
    fn mistakes(&self) -> Vec<Mistake> {
        const EXAMPLES: usize = 2;
        let mut list = Vec::new();
        for class in Class::ALL {
            for answer in Class::ALL.into_iter().filter(|&answer| answer != class) {
                let records = self.named(class, Some(answer));
                if records == 0 {
                    continue;
                }
                let cells = self.evaluation.examples.iter().filter(|((mark, known), _)| {
                    *mark == Mark::class(class) && known.named() == Some(answer) && known.counted(self.mixed) != Some(class)
                });
                let cases = cells.flat_map(|(_, best)| best.cases()).take(EXAMPLES);
                list.push(Mistake {
                    label: class.name().to_owned(),
                    answer: answer.name().to_owned(),
                    records,
                    examples: cases.map(|case| self.example(case)).collect(),
                });
            }
        }
        list.retain(|mistake| !mistake.examples.is_empty());
        list.sort_by_key(|mistake| std::cmp::Reverse(mistake.records));
        list
    }

    fn calibration(&self) -> CalibrationTable {
        let bins = self.evaluation.calibration.bins(self.mixed);
        #[allow(clippy::cast_precision_loss)] // there are ten
        let edge = |at: usize| at as f64 / BINS as f64;
        let rows = bins.iter().enumerate().filter(|(_, bin)| bin.records > 0).map(|(at, bin)| BinRow {
            from: edge(at),
            to: edge(at + 1),
            records: bin.records,
            confidence: part(bin.confidence, bin.records),
            right: stats::share(bin.right, bin.records),
        });
        CalibrationTable { error: stats::calibration_error(&bins), bins: rows.collect() }
    }

    fn coverage(&self) -> Coverage {
        let evaluated = self.truth().records() - self.unscored();
        let neutral: u64 = Class::ALL.iter().map(|&class| self.named(class, Some(Class::Neutral))).sum();
        Coverage {
            scored: stats::share(evaluated, self.truth().records()),
            opinion: stats::share(evaluated - neutral, evaluated),
            words: part(self.evaluation.coverage.iter().sum(), evaluated),
        }
    }

    fn slices(&self, names: &[String], notes: &mut Vec<String>) -> Vec<Slice> {
        let mut list = Vec::new();
        for (slices, name) in self.evaluation.slices.iter().zip(names) {
            if *slices == Slices::TooMany {
                notes.push(format!("{name:?} has more than {MOST_VALUES} values, so it is not shown as slices"));
                continue;
            }
            let sorted = slices.sorted();
            let values = sorted.iter().take(VALUES).enumerate().map(|(at, (value, truth))| {
                let value = if names_authors(name) || name == "author" { format!("author {}", at + 1) } else { self.clean(value) };
                SliceRow { value, figures: self.slice(truth) }
            });
            list.push(Slice { field: name.clone(), values: values.collect(), more: sorted.len().saturating_sub(VALUES) as u64 });
        }
        list
    }

    fn slice(&self, truth: &Confusion) -> Figures {
        let has = |class: &usize| truth.of(Mark::class(Class::ALL[*class])) > 0;
        figures(&table(truth, self.mixed), &self.places.iter().copied().filter(has).collect::<Vec<_>>())
    }

    fn clashes(&self, most: usize) -> Vec<Clash> {
        let clash = |(class, case): (Class, &Case)| Clash {
            label: class.name().to_owned(),
            example: self.example(case),
            words: case.words.iter().map(|word| ClashWord { text: self.clean(&word.text), lean: f64::from(word.lean) / 1000.0 }).collect(),
        };
        self.evaluation.clashes.hardest().into_iter().take(most).map(clash).collect()
    }

    fn against(&self, name: &str, rival: &Rival) -> Against {
        let joint = rival.table(self.mixed);
        let mut other: Table = [[0; CLASSES]; CLASSES];
        let (mut gained, mut lost) = (0, 0);
        for (class, answers) in joint.iter().enumerate() {
            for (before, row) in answers.iter().enumerate() {
                for (after, &count) in row.iter().enumerate() {
                    other[class][after] += count;
                    gained += if before != class && after == class { count } else { 0 };
                    lost += if before == class && after != class { count } else { 0 };
                }
            }
        }
        let figures = figures(&other, &self.places);
        let flips = |to_right: bool| {
            let flip = |flip: rival::Flip| Flip {
                label: flip.class.name().to_owned(),
                before: flip.before.name().to_owned(),
                after: flip.after.map_or("unscored", Class::name).to_owned(),
                example: self.example(flip.case),
            };
            rival.flips(to_right, self.mixed).into_iter().map(flip).collect()
        };
        Against {
            lexicon: name.to_owned(),
            accuracy_change: stats::net(gained, lost, figures.records),
            macro_f1_change: stats::macro_f1_change(&joint, &self.places),
            test: stats::paired(gained, lost),
            gained: flips(true),
            lost: flips(false),
            figures,
        }
    }

    fn clean(&self, text: &str) -> String {
        if self.unredacted { text.to_owned() } else { redact(text).into_owned() }
    }

    fn example(&self, case: &Case) -> Example {
        Example { text: shorten(&self.clean(&case.text)), place: place_name(&case.place, &self.places_of), score: score(case.score) }
    }
}
