//! Dates that can be read in two ways, where a course over time is to be shown. In: a file whose first records do not
//! tell, the rest of it, the other files of the run. Out: the order of day and month, or an error that asks for it.
//! Separate because here alone a file is read on to understand it, and others are looked at.

use super::ahead::Failed;
use super::{Opened, open};
use crate::error::{Error, Result};
use crate::input::columns::normal;
use crate::input::dates::{DateFormat, Order, Undecided};
use crate::input::encoding::mend::mend;
use crate::input::sample::SAMPLE;
use crate::input::{Dialect, Field, Options, Record, Row, Source};
use std::collections::HashMap;
use std::io::{self, Read};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

/// Most bytes that are read to find a date that tells day from month.
const AHEAD: usize = 64 << 20;
/// Most files, or members of archives, of a run that are looked at.
const OTHERS: usize = 200;

/// The order of day and month, and what tells it.
type Evidence = (Order, String);

/// The files of a run that shows a course over time.
#[derive(Debug, Default)]
pub struct Course {
    files: Vec<Source>,
    /// What files with these columns tell: found once.
    told: Mutex<HashMap<Vec<String>, Option<Evidence>>>,
}

impl Course {
    /// The course over time of these files.
    #[must_use]
    pub fn of(files: &[Source]) -> Self {
        Self { files: files.to_vec(), told: Mutex::default() }
    }

    /// The order in other files with the same columns, and the first of them; none if they differ.
    fn told(&self, columns: &[String], column: usize, options: &Options) -> Option<Evidence> {
        let shape: Vec<String> = columns.iter().map(|name| normal(name)).collect();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.entry(shape).or_insert_with_key(|shape| self.look(shape, column, options)).clone()
    }

    fn look(&self, shape: &[String], column: usize, options: &Options) -> Option<Evidence> {
        let options = Options { course: None, ..options.clone() };
        // What is no plain file can be read only once.
        let files = self.files.iter().filter(|file| file.path.is_some() && file.size.is_some());
        let orders = files.flat_map(|file| {
            let counter = Arc::new(AtomicU64::new(0));
            let members: Vec<_> =
                open(file, &options, &counter).take(OTHERS).map(|member| told_by(&member.opened.ok()?, shape, column)).collect();
            members
        });
        let found: Vec<Evidence> = orders.take(OTHERS).flatten().collect();
        let first = found.first()?;
        found.iter().all(|(order, _)| *order == first.0).then(|| first.clone())
    }
}

/// What the dates of a file tell by themselves, if it has these columns.
fn told_by(opened: &Opened, shape: &[String], column: usize) -> Option<Evidence> {
    let same = opened.samples.len() == shape.len() && opened.samples.iter().zip(shape).all(|(sample, name)| normal(&sample.name) == *name);
    let Ok(Some(DateFormat::Pattern(pattern))) = DateFormat::tell_as(&opened.samples.get(column).filter(|_| same)?.values, true) else {
        return None;
    };
    Undecided::with(&pattern)?;
    Some((Order::of(&pattern)?, opened.source.name.clone()))
}

/// Decides the order of dates that the first records leave open.
///
/// # Errors
/// When nothing tells the order, and a course over time is to be shown.
pub fn settle(opened: &mut Opened, options: &Options) -> Result<()> {
    let Some(either) = opened.columns.undecided else { return Ok(()) };
    let Some(column) = opened.columns.of(Field::Date).map(|choice| choice.column) else { return Ok(()) };
    let (mut whole, mut told) = (opened.sample.whole, None);
    let mut values = opened.samples[column].values.clone();
    if let Some(course) = &options.course {
        (values, whole) = ahead(opened, either, column);
        told = either.tell(&values).map(|order| (order, "dates further down".to_owned())).or_else(|| {
            let (order, file) = course.told(opened.dialect.columns(), column, options)?;
            Some((order, format!("the dates in {file}")))
        });
    }
    let name = &opened.samples[column].name;
    if let Some((order, because)) = told {
        let pattern = either.pattern(order);
        opened.columns.notes.push(format!(
            "dates in {name:?} may be day/month or month/day; taken as {pattern}, because of {because}; --date-format says otherwise"
        ));
        opened.columns.order = Some(order);
        opened.columns.dates = Some(either.format(order));
    } else if whole && either.is_idle(&values) {
        opened.columns.dates = Some(either.format(Order::DayFirst));
    } else if options.course.is_none() || whole && either.is_one_day(&values) {
        // A single day has no course.
        opened.columns.notes.push(format!(
            "dates in {name:?} may be day/month or month/day, so there is no course over time; say which with --date-format '{}'",
            either.pattern(Order::DayFirst)
        ));
    } else {
        let found = format!(
            "found dates in {name:?} that can be read in two ways, such as {}, and nothing in the file that tells day from month",
            either.examples(&values).join(" and ")
        );
        let [day, month] = Order::ALL.map(|order| either.pattern(order));
        return Err(Error::input(found)
            .advise(format!("--date-format '{day}' if the day comes first, --date-format '{month}' if the month does"))
            .at(&opened.source.name));
    }
    opened.columns.undecided = None;
    Ok(())
}

/// Reads on until a date tells, twice as far each time: the dates, and whether they are all. What was read is put before
/// the stream again.
fn ahead(opened: &mut Opened, either: Undecided, column: usize) -> (Vec<String>, bool) {
    let sampled = opened.head.len();
    let mut whole = opened.sample.whole;
    let mut values = dates_in(opened.dialect.as_ref(), &opened.head, whole, column);
    let tells = |values: &[String]| either.tell(values).is_some();
    // Who waits to be told which columns are wanted sends no more before that.
    while !whole && opened.demand.is_none() && opened.head.len() < AHEAD && !tells(&values) {
        let more = opened.head.len().max(SAMPLE) as u64;
        let read = opened.stream.by_ref().take(more).read_to_end(&mut opened.head);
        whole = !matches!(read, Ok(1..));
        if let Err(error) = read {
            opened.stream = Box::new(Failed(Some(error)));
        }
        values = dates_in(opened.dialect.as_ref(), &opened.head, whole, column);
    }
    let rest = io::Cursor::new(opened.head.split_off(sampled));
    let after = std::mem::replace(&mut opened.stream, Box::new(io::empty()));
    opened.stream = Box::new(rest.chain(after));
    (values, whole)
}

/// All dates of some bytes.
fn dates_in(dialect: &dyn Dialect, bytes: &[u8], whole: bool, column: usize) -> Vec<String> {
    let mut text = String::with_capacity(bytes.len());
    mend(bytes, &mut text);
    let mut cuts = Vec::new();
    dialect.cutter().cut(text.as_bytes(), whole, &mut cuts);
    let parser = dialect.parser(&[column]);
    let mut row = Row::new();
    let mut values = Vec::new();
    for cut in cuts.iter().filter(|cut| cut.flaw.is_none()) {
        let Some(record) = text.get(cut.start as usize..cut.end as usize) else { continue };
        if parser.parse(record, &mut row).is_ok() {
            values.extend(Record::new(1, record, &row).get(0).map(str::to_owned));
        }
    }
    values
}
