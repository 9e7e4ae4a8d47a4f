//! Where a JSON document keeps its records. In: its first bytes. Out: the keys that lead to the array, or
//! the object, that looks most like posts or reviews. Separate because it is a judgement by content: the
//! first array of an answer may hold errors, users or links.

use super::super::columns::{self, ColumnSample};
use super::super::record::Row;
use super::super::scan::{Scan, decode};
use super::super::{Flaw, Parser, Record};
use super::objects::Objects;
use super::paths_of;
use std::collections::HashSet;

/// Objects and arrays within each other that are looked into.
const DEPTH: usize = 12;
/// Places that are compared; a hostile file may have a million.
const PLACES: usize = 200;
/// Objects of each that are looked at.
const OBJECTS: usize = 30;
/// What another array on the way costs, and how many records more are worth something.
const ARRAY_COST: i32 = 3;
const MANY: usize = 20;
/// What a field beside the text is worth: a date, an author.
const FIELD_WORTH: i32 = 10;
/// What being looked up from other records costs: authors, products.
const SIDE_COST: i32 = 100;

/// A place where objects were found.
#[derive(Debug, Default)]
struct Spot<'t> {
    keys: Vec<String>,
    /// Arrays on the way; with none it is a lone object.
    arrays: usize,
    objects: Vec<&'t str>,
    count: usize,
}

/// The keys that lead to the records of a document, and how they are written: `feed.entry[]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The keys.
    pub keys: Vec<String>,
    /// The path.
    pub path: String,
}

impl Found {
    /// A path as the user writes it; brackets are optional.
    pub fn named(path: &str) -> Self {
        let keys = path.split('.').map(|key| key.trim_end_matches("[]").to_owned()).filter(|key| !key.is_empty()).collect();
        Self { keys, path: path.to_owned() }
    }
}

/// The likeliest place; none if no object is there.
pub fn records(text: &str) -> Option<Found> {
    let spots = spots(text);
    let samples: Vec<Vec<ColumnSample>> = spots.iter().map(sample).collect();
    let all: Vec<Judged> = (0..spots.len()).map(|at| judge(at, &spots, &samples)).collect();
    let best = |of: &dyn Fn(&Judged) -> bool| {
        all.iter().filter(|spot| of(spot)).max_by_key(|spot| (spot.points, spots[spot.at].keys.len(), std::cmp::Reverse(spot.at)))
    };
    let likely = |spot: &Judged| spot.text >= columns::LIKELY;
    let root = all.iter().find(|spot| spot.lone && spots[spot.at].keys.is_empty()).filter(|spot| likely(spot));
    // Lists within a lone post, its tags for example, have texts but neither authors nor dates.
    let found = best(&|spot| !spot.lone && likely(spot) && (spot.others > 0 || root.is_none()))
        .or(root)
        .or_else(|| best(&|spot| spot.lone && likely(spot)))
        .or_else(|| best(&|spot| !spot.lone))
        .or_else(|| best(&|_| true))?;
    let spot = &spots[found.at];
    let brackets = if found.lone { "" } else { "[]" };
    Some(Found { keys: spot.keys.clone(), path: format!("{}{brackets}", spot.keys.join(".")) })
}

/// How much a place looks like that of the records.
struct Judged {
    at: usize,
    lone: bool,
    text: i32,
    others: i32,
    points: i32,
}

fn judge(at: usize, spots: &[Spot], samples: &[Vec<ColumnSample>]) -> Judged {
    let spot = &spots[at];
    let (text, others) = columns::likeness(&samples[at]);
    let many = i32::try_from(spot.count.min(MANY)).unwrap_or(0);
    let arrays = i32::try_from(spot.arrays).unwrap_or(0);
    let side = samples.iter().enumerate().any(|(other, rows)| apart(&spots[other], spot) && refers(rows, &samples[at]));
    let points = text + FIELD_WORTH * others + many - ARRAY_COST * arrays - SIDE_COST * i32::from(side);
    Judged { at, lone: spot.arrays == 0, text, others, points }
}

/// Whether neither place lies within the other.
fn apart(one: &Spot, other: &Spot) -> bool {
    !one.keys.starts_with(&other.keys) && !other.keys.starts_with(&one.keys)
}

/// Whether records name the rows of another array by id, and hold texts themselves.
fn refers(rows: &[ColumnSample], others: &[ColumnSample]) -> bool {
    let Some(ids) = others.iter().find(|column| column.name == "id") else { return false };
    let ids: HashSet<&str> = ids.values.iter().map(String::as_str).collect();
    let refer = |column: &ColumnSample| {
        let name = columns::normal(&column.name);
        name.len() > 2 && name.ends_with("id") && column.values.iter().any(|value| ids.contains(value.as_str()))
    };
    rows.iter().any(refer) && columns::likeness(rows).0 >= columns::LIKELY
}

/// First values of the fields of a place. Lists within records do not speak for them, and what lies
/// deep within a lone object speaks for a place further in.
fn sample(spot: &Spot) -> Vec<ColumnSample> {
    const LONE_DEPTH: usize = 1;
    let near = |path: &String| spot.arrays > 0 || path.matches('.').count() <= LONE_DEPTH;
    let paths: Vec<String> = paths_of(spot.objects.iter().copied()).into_iter().filter(near).collect();
    let parser = Objects::new(&paths, &(0..paths.len()).collect::<Vec<_>>());
    let mut columns: Vec<ColumnSample> = paths.iter().map(|name| ColumnSample { name: name.clone(), values: Vec::new() }).collect();
    let mut row = Row::new();
    for object in &spot.objects {
        if parser.parse(object, &mut row).is_ok() {
            let record = Record::new(1, object, &row);
            columns.iter_mut().enumerate().for_each(|(place, column)| column.values.extend(record.get(place).map(str::to_owned)));
        }
    }
    columns
}

fn spots(text: &str) -> Vec<Spot<'_>> {
    let mut search = Search { text, keys: Vec::new(), arrays: 0, spots: Vec::new() };
    // Where the sample ends the search does too; what was found before counts.
    let _ = search.value(&mut Scan::new(text.as_bytes()), 0, true);
    search.spots.retain(|spot| !spot.objects.is_empty());
    search.spots
}

struct Search<'t> {
    text: &'t str,
    keys: Vec<String>,
    arrays: usize,
    spots: Vec<Spot<'t>>,
}

impl Search<'_> {
    /// `item` says that an object here would be an element of an array, or stands in none.
    fn value(&mut self, scan: &mut Scan, depth: usize, item: bool) -> Result<(), Flaw> {
        match scan.peek() {
            Some(b'{') if depth < DEPTH => self.object(scan, depth, item),
            Some(b'[') if depth < DEPTH => {
                self.arrays += 1;
                let result = self.array(scan, depth);
                self.arrays -= 1;
                result
            }
            _ => scan.extent(),
        }
    }

    fn object(&mut self, scan: &mut Scan, depth: usize, item: bool) -> Result<(), Flaw> {
        let spot = if item { self.spot() } else { None };
        let start = scan.at;
        scan.object(|scan, key| {
            let mut name = String::new();
            let decoded = self.text.get(key.start..key.end).is_some_and(|inside| decode(inside, &mut name).is_ok());
            self.keys.push(if decoded { name } else { String::new() });
            let result = self.value(scan, depth + 1, self.arrays == 0);
            self.keys.pop();
            result
        })?;
        if let Some(spot) = spot.and_then(|at| self.spots.get_mut(at)) {
            spot.count += 1;
            if spot.objects.len() < OBJECTS {
                spot.objects.extend(self.text.get(start..scan.at));
            }
        }
        Ok(())
    }

    fn array(&mut self, scan: &mut Scan, depth: usize) -> Result<(), Flaw> {
        scan.array(|scan| {
            let start = scan.at;
            match self.value(scan, depth + 1, true) {
                Err(Flaw::BadJson) => {
                    // One bad record costs itself.
                    scan.at = start;
                    if scan.extent().is_err() {
                        scan.at = scan.at.max(start + 1);
                    }
                    Ok(())
                }
                other => other,
            }
        })
    }

    /// The spot of the present place.
    fn spot(&mut self) -> Option<usize> {
        let known = self.spots.iter().position(|spot| spot.keys == self.keys);
        if known.is_some() || self.spots.len() >= PLACES {
            return known;
        }
        self.spots.push(Spot { keys: self.keys.clone(), arrays: self.arrays, ..Spot::default() });
        Some(self.spots.len() - 1)
    }
}
