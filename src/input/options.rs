//! What the user said about the input. In: plain values. Out: one struct that opening takes. Separate from
//! opening because flags, tests and other rooms fill it in.

use super::Field;
use super::dates::Clock;
use super::limits::Limits;
use super::open::Course;
use super::profile::Profile;
use std::sync::Arc;

/// What the user said about the input.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Columns named for fields.
    pub named: Vec<(Field, String)>,
    /// Further columns to take, for groups.
    pub extra: Vec<String>,
    /// The encoding, by name.
    pub encoding: Option<String>,
    /// How dates are written.
    pub date_format: Option<String>,
    /// Where days are counted.
    pub clock: Clock,
    /// The files of the run, if it shows a course over time, for which day and month must be told apart.
    pub course: Option<Arc<Course>>,
    /// How much packed data may take.
    pub limits: Limits,
    /// Where the records are: a path in JSON, an element in XML.
    pub records: Option<String>,
    /// The profiles to read by: the only one, or those that may fit; else those that are shipped.
    pub profiles: Option<Arc<Vec<Arc<Profile>>>>,
    /// Whether the brand's own posts and replies are scored too.
    pub own_voice: bool,
}

impl Options {
    /// The profiles that the user named.
    pub(super) fn asked(&self) -> Option<&[Arc<Profile>]> {
        self.profiles.as_deref().map(Vec::as_slice)
    }

    /// Where the records are: what the user says comes before what the profile that is named says.
    pub(super) fn place(&self) -> Option<String> {
        let only = self.asked().and_then(|profiles| if let [only] = profiles { only.records.clone() } else { None });
        self.records.clone().or(only)
    }
}
