//! Listening to records. In: a record, its analysis and whom to listen for. Out: what is heard, in the
//! memory of a thread. Separate because queries ask for columns by name, and only a record knows where
//! those stand.

use crate::analyze::{Analysis, Analyzer};
use crate::input::{Field, Opened, Record};
use crate::mention::{Ear, Fields, Listener};

/// Whom to listen for in the records of a source.
pub(super) struct Listening<'j> {
    pub listener: &'j Listener,
    analyzer: &'j Analyzer,
    /// Where the columns stand that queries ask for.
    places: Vec<(&'j str, usize)>,
}

/// Fields of our own that queries may ask for.
fn own(name: &str) -> Option<Field> {
    Field::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
}

/// The columns that queries ask for and that are no fields of our own.
pub fn asked(listener: &Listener) -> impl Iterator<Item = &String> {
    listener.fields().iter().filter(|name| own(name).is_none())
}

impl<'j> Listening<'j> {
    /// For records that hold all columns of a source behind their fields, or `first` wanted ones and then
    /// those that queries ask for.
    pub(super) fn new(listener: &'j Listener, analyzer: &'j Analyzer, opened: Option<&Opened>, first: usize) -> Self {
        let column = |at: usize, name: &str| match opened {
            Some(opened) => opened.dialect.columns().iter().position(|column| column.eq_ignore_ascii_case(name)),
            None => Some(first + at),
        };
        let fields = listener.fields().iter().filter_map(|name| Some((name.as_str(), own(name)? as usize)));
        let columns = (0..).zip(asked(listener)).filter_map(|(at, name)| Some((name.as_str(), Field::ALL.len() + column(at, name)?)));
        Self { listener, analyzer, places: fields.chain(columns).collect() }
    }

    /// Listens to a record.
    pub(super) fn hear(&self, record: &Record, analysis: &Analysis, ear: &mut Ear) {
        let fields = OfRecord { record, analysis, places: &self.places };
        self.listener.listen(self.analyzer, analysis, &fields, record.get(Field::Target as usize), ear);
    }
}

/// The columns of a record by name; the language is the one that was told.
struct OfRecord<'r> {
    record: &'r Record<'r>,
    analysis: &'r Analysis<'r>,
    places: &'r [(&'r str, usize)],
}

impl Fields for OfRecord<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        if own(name) == Some(Field::Lang) {
            return Some(self.analysis.language);
        }
        let (_, place) = self.places.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        self.record.get(*place)
    }
}
