//! The records of one file. In: blocks. Out: for each record what is known of it, and what came of it. Separate because
//! a file says for all of its records how they are read.

use super::authors::{Authors, Names};
use super::order::Gate;
use crate::analyze::{Analysis, Analyzer, Outcome, Scratch};
use crate::copies::{About, Keys, Print, Walk};
use crate::input::dates::{Clock, DateFormat, Told};
use crate::input::encoding::mend::mend;
use crate::input::label::{Class, Labels, Mark, Trust};
use crate::input::rating::Scale;
use crate::input::repairs::{Repair, Repairs};
use crate::input::{Block, Cut, Field, Flaw, Label, Opened, Options, Parser, Record, Row, Truth};
use crate::report::TruthNote;
use crate::summary::{Facts, Place, distinct::hash};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// What workers know of the file they are in.
pub(super) struct File {
    number: u32,
    parser: Box<dyn Parser>,
    dates: Option<DateFormat>,
    clock: Clock,
    /// Days outside of which a date is odd.
    usual: RangeInclusive<i32>,
    scale: Option<Scale>,
    truth: FileTruth,
    pub(super) told: Option<TruthNote>,
    /// Whether its lines mean something.
    has_lines: bool,
    /// What is mended in it.
    repairs: Arc<Repairs>,
    /// Whether bytes that are not UTF-8 are expected, as Windows-1252.
    western: bool,
    authors: Authors,
    /// Whether records are made known to other runs.
    prints: bool,
}

/// 1 January 1990, before which nothing was exported, and how far ahead the clock of whoever wrote may be.
const FIRST_USUAL: i32 = 7305;
const AHEAD_USUAL: i32 = 366;

/// Where a file says what its records truly are.
enum FileTruth {
    Nowhere,
    Labels(Arc<Labels>),
    Stars { neutral: bool },
}

impl FileTruth {
    fn of(opened: &Opened, truth: &Truth, options: &Options) -> (Self, Option<TruthNote>) {
        let named = |field: Field| options.named.iter().any(|(known, _)| *known == field);
        let label = opened.columns.of(Field::Label).filter(|_| match truth.trust {
            Trust::Named => named(Field::Label),
            Trust::Found => named(Field::Label) || !named(Field::Rating),
            Trust::Stars => false,
        });
        let note = |column: &str, most| Some(TruthNote { column: column.to_owned(), most });
        if let Some(choice) = label {
            return (Self::Labels(Arc::clone(&truth.labels)), note(&choice.name, None));
        }
        match opened.columns.of(Field::Rating).zip(opened.columns.scale) {
            Some((choice, scale)) => (Self::Stars { neutral: !truth.no_neutral_stars }, note(&choice.name, Some(scale.most()))),
            None => (Self::Nowhere, None),
        }
    }
}

/// What came of a record.
pub(super) enum Seen<'r> {
    /// It cannot be read; its bytes.
    Flawed(Flaw, &'r [u8]),
    /// An earlier record says the same.
    Copy,
    /// It was analysed, and whether it is a copy of an earlier one.
    Analyzed(Record<'r>, Analysis<'r>, bool),
}

/// The memory of one thread.
#[derive(Default)]
pub(super) struct Desk {
    scratch: Scratch,
    walk: Walk,
    names: Names,
    /// Those of a block at a time.
    rows: Vec<Row>,
    prints: Vec<Print>,
    copies: Vec<bool>,
}

/// Records are checked against those before.
pub(super) struct Checked<'g> {
    gate: &'g Gate,
    /// Whether copies are analysed nevertheless.
    whole: bool,
}

impl<'g> Checked<'g> {
    /// Checks the records of a new file.
    pub(super) fn from_begin(gate: &'g Gate, whole: bool) -> Self {
        gate.begin();
        Self { gate, whole }
    }
}

/// Where a record is within the file.
#[derive(Clone, Copy)]
struct Within<'b> {
    block: &'b Block,
    cut: Cut,
}

/// Counts the lines of a block as far as was asked.
struct Lines<'b> {
    block: &'b Block,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line that a record begins on; records are asked for in order.
    fn of(&mut self, cut: Cut) -> u64 {
        let begin = cut.start as usize;
        let between = self.block.data.get(self.at..begin).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', between).count() as u64;
        self.at = self.at.max(begin);
        self.line
    }
}

fn print_of(record: &Record, walk: &mut Walk, author: Option<&str>) -> Print {
    let get = |field: Field| record.get(field as usize);
    let about = About { author, date: get(Field::Date), product: get(Field::Product), id: get(Field::Id) };
    Print::with(get(Field::Title), get(Field::Text), &about, walk)
}

impl File {
    pub(super) fn new(number: usize, opened: &Opened, truth: &Truth, options: &Options) -> Self {
        let (truth, told) = FileTruth::of(opened, truth, options);
        Self {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            parser: opened.parser(),
            dates: opened.columns.dates.clone(),
            clock: Clock { written: opened.columns.zone.clone(), ..options.clock.clone() },
            usual: FIRST_USUAL..=options.clock.today.map_or(i32::MAX, |today| today.saturating_add(AHEAD_USUAL)),
            scale: opened.columns.scale,
            truth,
            told,
            has_lines: opened.dialect.has_lines(),
            repairs: Arc::clone(&opened.repairs),
            western: opened.encoding.by_record,
            authors: Authors::AsWritten,
            prints: false,
        }
    }

    /// Says how authors are called, and whether records are made known to other runs.
    pub(super) fn with_authors(self, authors: &Authors, prints: bool) -> Self {
        Self { authors: authors.clone(), prints, ..self }
    }

    fn label<'r>(&self, record: &Record<'r>, leaning: Option<i8>) -> Label<'r> {
        let class = match (&self.truth, leaning) {
            (FileTruth::Labels(labels), _) => return record.get(Field::Label as usize).map_or(Label::Missing, |cell| labels.read(cell)),
            (FileTruth::Nowhere, _) | (FileTruth::Stars { .. }, None) => return Label::Missing,
            (FileTruth::Stars { neutral: false }, Some(0)) => return Label::LeftOut,
            (FileTruth::Stars { .. }, Some(0)) => Class::Neutral,
            (FileTruth::Stars { .. }, Some(1..)) => Class::Positive,
            (FileTruth::Stars { .. }, Some(_)) => Class::Negative,
        };
        Label::Known(Mark::class(class))
    }

    /// Analyses the records of a block one after the other. With a gate, records that are copies of earlier
    /// ones are told apart once all blocks before have passed, and not analysed unless `whole`.
    pub(super) fn each_record(
        &self,
        analyzer: &Analyzer,
        block: &Block,
        desk: &mut Desk,
        gate: Option<&Checked>,
        mut see: impl FnMut(Facts, Seen),
    ) {
        let Desk { scratch, walk, names, rows, prints, copies } = desk;
        let mut lines = Lines { block, at: 0, line: block.first_line };
        let Some(gate) = gate else {
            if rows.is_empty() {
                rows.push(Row::new());
            }
            let Some(row) = rows.first_mut() else { return };
            for (number, cut, bytes) in block.records() {
                let place = Within { block, cut };
                match self.parse(number, place, bytes, row) {
                    Err(flaw) => see(self.flawed(number, cut, &mut lines), Seen::Flawed(flaw, bytes)),
                    Ok(record) => self.analyze(analyzer, (scratch, names), record, place, (Keys::default(), false), &mut see),
                }
            }
            return;
        };
        if rows.len() < block.cuts.len() {
            rows.resize_with(block.cuts.len(), Row::new);
        }
        prints.clear();
        let parsed: Vec<Result<Record, Flaw>> = block
            .records()
            .zip(rows.iter_mut())
            .map(|((number, cut, bytes), row)| {
                let record = self.parse(number, Within { block, cut }, bytes, row);
                prints.push(record.as_ref().map_or_else(
                    |_| Print::default(),
                    |record| print_of(record, walk, names.told_apart_by(&self.authors, record.get(Field::Author as usize))),
                ));
                record
            })
            .collect();
        gate.gate.pass(block.number, prints, copies);
        let judged = prints.iter().zip(copies.iter());
        for (((number, cut, bytes), record), (print, &copy)) in block.records().zip(parsed).zip(judged) {
            match record {
                Err(flaw) => see(self.flawed(number, cut, &mut lines), Seen::Flawed(flaw, bytes)),
                Ok(record) if copy && !gate.whole => {
                    let author = names.of(&self.authors, record.get(Field::Author as usize));
                    see(Facts { place: self.place(number), author, ..Facts::default() }, Seen::Copy);
                }
                Ok(record) => self.analyze(analyzer, (scratch, names), record, Within { block, cut }, (print.keys, copy), &mut see),
            }
        }
    }

    fn analyze(
        &self,
        analyzer: &Analyzer,
        (scratch, names): (&mut Scratch, &mut Names),
        record: Record,
        within: Within,
        (keys, copy): (Keys, bool),
        see: &mut impl FnMut(Facts, Seen),
    ) {
        let get = |field: Field| record.get(field as usize);
        let analysis = analyzer.analyze(get(Field::Title), get(Field::Text), get(Field::Lang), scratch);
        let author = names.of(&self.authors, get(Field::Author));
        see(self.facts(&record, author, within, keys, &analysis), Seen::Analyzed(record, analysis, copy));
    }

    fn place(&self, record: u64) -> Place {
        Place { file: self.number, record, line: 0 }
    }

    fn flawed(&self, number: u64, cut: Cut, lines: &mut Lines) -> Facts<'static> {
        let line = if self.has_lines { lines.of(cut) } else { 0 };
        Facts { place: Place { line, ..self.place(number) }, ..Facts::default() }
    }

    /// The line that a record begins on, when it is known.
    fn line(&self, within: Within) -> u64 {
        if self.has_lines { within.block.line_of(within.cut) } else { 0 }
    }

    /// The day that a cell tells; what cannot be read, and what is odd, is counted.
    #[inline]
    fn day(&self, format: &DateFormat, cell: &str, number: u64, within: Within) -> Option<i32> {
        let (day, repair) = match format.read(cell, &self.clock) {
            Told::Day(day) if self.usual.contains(&day) => return Some(day),
            Told::Day(day) => (Some(day), Repair::Odd),
            Told::Relative => (None, Repair::Relative),
            Told::Nothing => (None, Repair::Unread),
        };
        self.repairs.add(repair, 1, number, || self.line(within));
        day
    }

    fn facts<'r>(&self, record: &Record<'r>, author: Option<&'r str>, within: Within, keys: Keys, analysis: &Analysis<'r>) -> Facts<'r> {
        let get = |field: Field| record.get(field as usize);
        let stars = self.scale.and_then(|scale| scale.read(get(Field::Rating)?));
        let leaning = self.scale.zip(stars).map(|(scale, stars)| scale.leaning(stars));
        Facts {
            place: self.place(record.number),
            author,
            day: self.dates.as_ref().and_then(|format| self.day(format, get(Field::Date)?, record.number, within)),
            stars,
            leaning: leaning.unwrap_or(0),
            label: self.label(record, leaning),
            language: if analysis.outcome == Outcome::NoText { "" } else { analysis.language },
            keys,
            mark: hash(analysis.text.as_bytes()),
            print: if self.prints && self.authors.may_leave(keys) { keys.own } else { 0 },
        }
    }

    fn parse<'r>(&self, number: u64, within: Within, bytes: &'r [u8], row: &'r mut Row) -> Result<Record<'r>, Flaw> {
        if let Some(flaw) = within.cut.flaw {
            return Err(flaw);
        }
        let line = || self.line(within);
        let record = if let Ok(text) = std::str::from_utf8(bytes) {
            self.parser.parse(text, row)?;
            Record::new(number, text, row)
        } else {
            let mut text = row.lend();
            let mended = mend(bytes, &mut text);
            if mended.western > 0 && !self.western {
                self.repairs.add(Repair::Western, mended.western, number, line);
            }
            if mended.replaced > 0 {
                self.repairs.add(Repair::Replaced, mended.replaced, number, line);
            }
            let parsed = self.parser.parse(&text, row);
            let row = row.keep(text);
            parsed?;
            Record::new(number, row.mended(), row)
        };
        if record.halves() > 0 {
            self.repairs.add(Repair::Half, record.halves().into(), number, line);
        }
        if record.repaired() > 0 {
            self.repairs.add(Repair::Mojibake, record.repaired().into(), number, line);
        }
        Ok(record)
    }
}
