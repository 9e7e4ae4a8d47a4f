//! What one run knows, kept for a report over many. In: a summary with all that a report needs beside it. Out: a file, and
//! from several such files one [`Part`] again, the same for any split of the data and any order. Separate because parts
//! come from other machines and days: here is decided what they must agree on, and what may be in them.
//!
//! What is not in a part: names of authors (pseudonyms, or nothing), and, unless that was asked for, personal data in
//! texts. What is: counts, the texts that may be quoted, values of groupings, names of files and of subjects, the user's
//! lexicons, and 64-bit numbers made of texts.

mod merge;
mod store;

pub use merge::merge;
pub use store::{FORMAT, MOST_PACKED, ending, read, seal, write};

use crate::report::{FileOutcome, SubjectNote};
use crate::summary::{Confusion, Summary};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// All that a report needs from one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What parts must agree on: flags, with their values or a fingerprint of those.
    pub settings: BTreeMap<String, String>,
    /// The words that counted.
    pub lexicon: Words,
    /// Names of the groupings, in the order of the summary.
    pub groupings: Vec<String>,
    /// So many of them, the first, are shown only when they divide the records.
    pub offered: usize,
    /// The subjects that were listened for, by their numbers.
    pub subjects: Vec<SubjectNote>,
    /// Handles that texts keep, because somebody listens for whom they name.
    pub handles: BTreeSet<String>,
    /// The labelled sample that shares are corrected by.
    pub sample: Option<Sampled>,
    /// The files, in the order of their ranks.
    pub files: Vec<FileOutcome>,
    /// Whether authors go by pseudonyms; else there are none.
    pub keyed: bool,
    /// Whether texts were left as they were written.
    pub unredacted: bool,
    /// What all records add up to.
    pub summary: Summary,
}

/// Which lexicons to compile, so that words have their numbers again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The user's own, by name and text.
    pub files: Vec<(String, String)>,
    /// Whether to use only those.
    pub only: bool,
    /// Domains whose entries are used.
    pub domains: Vec<String>,
}

/// A labelled sample of other records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    /// The name of its file.
    pub name: String,
    /// Labels against answers.
    pub truth: Confusion,
    /// Whether its labels are stars.
    pub stars: bool,
}

/// A short name for long values: the first half of their SHA-256 (FIPS 180-4), in hexadecimal digits.
#[must_use]
pub fn fingerprint<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    let mut hash = Sha256::new();
    for value in values {
        // The length before each keeps "ab", "c" apart from "a", "bc".
        hash.update((value.len() as u64).to_le_bytes());
        hash.update(value.as_bytes());
    }
    hex(hash.finalize().iter().take(16))
}

fn hex<'b>(bytes: impl Iterator<Item = &'b u8>) -> String {
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

impl Part {
    /// Takes personal data out of texts; twice is once.
    pub fn redact(&mut self) {
        self.summary.redact(&self.handles);
        self.unredacted = false;
    }

    /// What must be said of a report that is made of this, beside what is said of its files.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.keyed && self.files.iter().any(|file| file.authors) {
            notes.push(
                "authors could not be joined: the parts were written without --salt, so they hold none, and nothing here counts or names them"
                    .to_owned(),
            );
        }
        let twice = |pair: &[FileOutcome]| match pair {
            [one, other] => one.name == other.name && one.rank.member == other.rank.member,
            _ => false,
        };
        let mut names: Vec<&str> =
            self.files.windows(2).filter(|pair| twice(pair)).filter_map(|pair| Some(pair.first()?.name.as_str())).collect();
        names.dedup();
        notes.extend(names.iter().map(|name| format!("{name} is the name of more than one file: several parts have one")));
        let repeated = self.summary.prints.repeated();
        if repeated > 0 {
            let about = if self.summary.prints.is_exact() { "at least" } else { "about" };
            let (records, say, were) = if repeated == 1 { ("record", "says", "was") } else { ("records", "say", "were") };
            notes.push(format!(
                "{about} {repeated} {records} {say} the same as a record of another part and {were} counted in each: copies are told apart within a part only"
            ));
        }
        notes
    }
}
