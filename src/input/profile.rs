//! Exports by their makers: what the columns of a known source are. In: `lexicons/profiles.toml`, or a file
//! of the user in the same form, and the columns of a file. Out: the profile that fits, and why. Separate
//! from the choice of columns because a profile is a fact about a vendor, and a choice is a judgement about
//! a file: what a profile does not say, or says of columns that are not there, is still judged.

use super::columns::{ColumnSample, normal};
use super::{Field, columns};
use crate::error::{Error, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

mod fit;
mod write;

pub use fit::{Fit, Voice};
pub use write::{PREAMBLE, write};

/// The profiles that are part of the program.
const SHIPPED: &str = include_str!("../../lexicons/profiles.toml");
/// What a user may name: `a|b` are two names for the same column.
const OR: char = '|';
/// What stands between columns that are read as one text.
const AND: &str = " + ";
/// All columns that hold sentences, as the answers to the questions of a survey.
const ANSWERS: &str = "*";

/// What is known of the exports of one source. Names of columns are compared by their letters and digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// What it goes by: `google-play-console-csv`.
    #[serde(skip)]
    pub id: String,
    /// Whose export it is.
    pub name: String,
    /// Columns that must all be there, or keys with something below them; `a|b` is either.
    pub signature: Vec<String>,
    /// Columns with the only values they may hold.
    pub when: BTreeMap<String, Vec<String>>,
    /// The text: columns tried in order for each record; `a + b` is both, one below the other; `*` is
    /// every column with sentences.
    pub text: Vec<String>,
    /// The headline; here and below the first column that is there.
    pub title: Vec<String>,
    /// Stars or points.
    pub rating: Vec<String>,
    /// Who wrote it.
    pub author: Vec<String>,
    /// When.
    pub date: Vec<String>,
    /// What identifies the record.
    #[serde(rename = "id")]
    pub id_columns: Vec<String>,
    /// What it is about.
    pub product: Vec<String>,
    /// The site or network.
    pub source: Vec<String>,
    /// Its language.
    pub lang: Vec<String>,
    /// What it names as its target.
    pub target: Vec<String>,
    /// What somebody says its sentiment truly is.
    pub label: Vec<String>,
    /// What the vendor's own program says of its sentiment: used for nothing unless asked for.
    pub vendor_label: Vec<String>,
    /// What the brand replied, in the record it replied to: not scored.
    pub reply: Vec<String>,
    /// Fields that the source does not have, whatever columns look like them.
    pub lacks: Vec<String>,
    /// Whether all records are the brand's own.
    pub own_posts: bool,
    /// Columns with the values that mark a record as the brand's own.
    pub own_voice: BTreeMap<String, Vec<String>>,
    /// The domain of its texts: `apps`.
    pub domain: Option<String>,
    /// Where the records are in JSON or XML.
    pub records: Option<String>,
    /// How dates are written where they could be read in two ways.
    pub date_format: Option<String>,
    /// The time zone of dates that name none.
    pub tz: Option<String>,
    /// Rows of the header; 0 and 1 are one row.
    pub header_rows: usize,
    /// What in further rows of the header says nothing about a column.
    pub plain_labels: Vec<String>,
    /// What else there is to know.
    pub note: Option<String>,
}

/// A profile that fits a file, and why.
#[derive(Clone, Debug)]
pub struct Match {
    /// The profile.
    pub profile: Arc<Profile>,
    /// Why it was taken.
    pub because: String,
}

impl Match {
    /// What a report says of it.
    #[must_use]
    pub fn note(&self) -> String {
        let Profile { id, name, .. } = self.profile.as_ref();
        let name = if name.is_empty() { String::new() } else { format!(" ({name})") };
        format!("read by the profile {id}{name}, because of {}", self.because)
    }
}

/// The profiles that are part of the program, by the alphabet.
#[must_use]
pub fn shipped() -> &'static [Arc<Profile>] {
    static PROFILES: OnceLock<Vec<Arc<Profile>>> = OnceLock::new();
    PROFILES.get_or_init(|| parse("profiles.toml", SHIPPED).unwrap_or_default())
}

/// Reads profiles: a table for each, its name the id.
///
/// # Errors
/// What is not TOML or no profile, with its line and what was expected.
pub fn parse(name: &str, text: &str) -> Result<Vec<Arc<Profile>>> {
    let tables: BTreeMap<String, Profile> = toml::from_str(text).map_err(|error| {
        let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        Error::usage(format!("found no profile: {}, expected TOML as earful inspect --write-profile writes it", error.message().trim()))
            .at(format!("{name}:{line}"))
    })?;
    if tables.is_empty() {
        return Err(Error::usage("found no profile, expected a table such as [my-export] with text = [\"COLUMN\"]").at(name));
    }
    let known = |field: &String| Field::ALL.iter().any(|known| known.name() == field);
    for (id, profile) in &tables {
        if let Some(strange) = profile.lacks.iter().find(|field| !known(field)) {
            let line = text.lines().position(|line| line.starts_with("lacks") && line.contains(strange.as_str())).map_or(1, |at| at + 1);
            let fields: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
            return Err(Error::usage(format!("found lacks = [{strange:?}] in [{id}], expected fields out of: {}", fields.join(", ")))
                .at(format!("{name}:{line}")));
        }
    }
    Ok(tables.into_iter().map(|(id, profile)| Arc::new(Profile { id, ..profile })).collect())
}

/// The profiles that a user names: those of a file, or a shipped one by its id.
///
/// # Errors
/// When there is neither such a file nor such an id, or the file cannot be read.
pub fn named(name: &str) -> Result<Arc<Vec<Arc<Profile>>>> {
    if let Some(known) = shipped().iter().find(|profile| profile.id == name) {
        return Ok(Arc::new(vec![Arc::clone(known)]));
    }
    if !Path::new(name).exists() {
        let alike = |profile: &&Arc<Profile>| strsim::jaro_winkler(&profile.id, name);
        let near = shipped().iter().filter(|profile| alike(profile) > 0.8).max_by(|a, b| alike(a).total_cmp(&alike(b)));
        let ids: Vec<&str> = shipped().iter().map(|profile| profile.id.as_str()).collect();
        let error = Error::usage(format!("found neither a file nor a profile {name:?}, expected a path or one of: {}", ids.join(", ")));
        return Err(near.map_or(error.clone(), |near| error.advise(format!("did you mean {}?", near.id))).at("--profile"));
    }
    let text = std::fs::read_to_string(name).map_err(|e| Error::usage(format!("cannot be read: {e}")).at(name))?;
    Ok(Arc::new(parse(name, &text)?))
}

/// The profile of a file: the only one that was named, or of those in question the one with the longest
/// signature that fits. The keys that lead to the `records` of a document may be in it too.
#[must_use]
pub fn choose(columns: &[ColumnSample], records: Option<&str>, asked: Option<&[Arc<Profile>]>) -> Option<Match> {
    if let Some([only]) = asked {
        return Some(Match { profile: Arc::clone(only), because: "your naming it".to_owned() });
    }
    let keys = records.into_iter().flat_map(|path| path.split('.')).map(|key| key.trim_end_matches("[]"));
    let names = Names::of(columns.iter().map(|column| column.name.as_str()).chain(keys));
    let fits = |profile: &&Arc<Profile>| names.sign(profile) && profile.holds(columns);
    let fields = |profile: &Profile| Field::ALL.iter().filter(|field| profile.column(**field, columns).is_some()).count();
    let all = asked.unwrap_or_else(|| shipped()).iter().filter(fits);
    let profile = all.max_by_key(|profile| (profile.signature.len(), fields(profile), std::cmp::Reverse(profile.id.as_str())))?;
    Some(Match { profile: Arc::clone(profile), because: format!("its columns {}", listed(&profile.signature)) })
}

fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The profile with the longest signature that a row of cells bears.
#[must_use]
pub fn signed(cells: &[String], asked: Option<&[Arc<Profile>]>) -> Option<Arc<Profile>> {
    let names = Names::of(cells.iter().map(String::as_str));
    let profiles = asked.unwrap_or_else(|| shipped()).iter();
    profiles.filter(|profile| names.sign(profile)).max_by_key(|profile| profile.signature.len()).cloned()
}

/// Names of columns, and of what their paths lead through, as they are compared.
struct Names(HashSet<String>);

impl Names {
    fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut all = HashSet::new();
        for name in names {
            let steps = name.match_indices(['.', '[']).map(|(at, _)| &name[..at]);
            all.extend(steps.chain([name, base(name)]).map(normal).filter(|name| !name.is_empty()));
        }
        Self(all)
    }

    /// Whether all columns of a signature are there. A profile without one fits only what it is named for.
    fn sign(&self, profile: &Profile) -> bool {
        let there = |name: &String| name.split(OR).any(|name| self.0.contains(&normal(name)));
        !profile.signature.is_empty() && profile.signature.iter().all(there)
    }
}

/// The name of a column without what further rows of the header say of it.
fn base(name: &str) -> &str {
    name.split_once(": ").map_or(name, |(base, _)| base)
}

impl Profile {
    /// The columns that a field may be in.
    #[must_use]
    pub fn names(&self, field: Field) -> &[String] {
        match field {
            Field::Text => &self.text,
            Field::Title => &self.title,
            Field::Rating => &self.rating,
            Field::Author => &self.author,
            Field::Date => &self.date,
            Field::Id => &self.id_columns,
            Field::Product => &self.product,
            Field::Source => &self.source,
            Field::Lang => &self.lang,
            Field::Target => &self.target,
            Field::Label => &self.label,
        }
    }

    /// Whether the source has no such field.
    #[must_use]
    pub fn lacks(&self, field: Field) -> bool {
        self.lacks.iter().any(|name| name == field.name())
    }

    /// The column that a field is in: the first with values, else the first that is there.
    #[must_use]
    pub fn column(&self, field: Field, columns: &[ColumnSample]) -> Option<usize> {
        if field == Field::Text {
            let texts = self.texts(columns);
            let filled = texts.iter().flatten().copied().find(|&column| !columns[column].values.is_empty());
            return filled.or_else(|| texts.first()?.first().copied());
        }
        first(self.names(field), columns)
    }

    /// The columns of the text: alternatives in order, each of columns that are read as one.
    #[must_use]
    pub fn texts(&self, columns: &[ColumnSample]) -> Vec<Vec<usize>> {
        let group = |names: &String| -> Vec<usize> {
            if names == ANSWERS {
                return self.answers(columns);
            }
            names.split(AND).filter_map(|name| columns::by_name(columns, name.trim())).collect()
        };
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for group in self.text.iter().map(group).filter(|group| !group.is_empty()) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    /// Columns that hold sentences and nothing else that is known.
    fn answers(&self, columns: &[ColumnSample]) -> Vec<usize> {
        let other = |field: &Field| *field != Field::Text;
        let known: Vec<usize> = Field::ALL.iter().filter(|f| other(f)).filter_map(|&field| first(self.names(field), columns)).collect();
        let signs = |column: &ColumnSample| self.signature.iter().any(|name| normal(name) == normal(&column.name));
        let answers = |at: &usize| !known.contains(at) && !signs(&columns[*at]) && columns::is_prose(&columns[*at]);
        (0..columns.len()).filter(answers).collect()
    }

    /// Columns that are the vendor's own judgement.
    pub fn vendor<'c>(&'c self, columns: &'c [ColumnSample]) -> impl Iterator<Item = usize> + 'c {
        self.vendor_label.iter().filter_map(|name| columns::by_name(columns, name))
    }

    /// Whose voice the records are.
    #[must_use]
    pub fn voice(&self, columns: &[ColumnSample]) -> Voice {
        if self.own_posts {
            return Voice::Own;
        }
        let mark = |(name, values): (&String, &Vec<String>)| Some((columns::by_name(columns, name)?, values.clone()));
        let marks: Vec<_> = self.own_voice.iter().filter_map(mark).collect();
        if marks.is_empty() { Voice::Others } else { Voice::Mixed(marks) }
    }

    /// Whether columns hold the values they may hold.
    fn holds(&self, columns: &[ColumnSample]) -> bool {
        self.when.iter().all(|(name, values)| {
            let column = columns::by_name(columns, name).map(|at| &columns[at].values);
            column.is_some_and(|found| found.iter().all(|value| values.iter().any(|known| known.eq_ignore_ascii_case(value))))
        })
    }
}

/// Of columns by several names the first with values, else the first that is there.
fn first(names: &[String], columns: &[ColumnSample]) -> Option<usize> {
    let mut there = names.iter().filter_map(|name| columns::by_name(columns, name));
    let mut all = there.clone();
    all.find(|&column| !columns[column].values.is_empty()).or_else(|| there.next())
}

#[cfg(test)]
mod tests;
