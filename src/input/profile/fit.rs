//! Records as a profile wants them. In: a parser of columns. Out: a parser that leaves out the brand's own
//! voice, takes the first text that a record has, and reads several columns as one text. Separate from the
//! formats because it is the same for all of them.

use crate::input::{Dialect, Flaw, Parser, Row};

/// Whose voice the records of a file are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// Of those who write about the brand.
    #[default]
    Others,
    /// Mixed: columns with the values that mark the brand's own.
    Mixed(Vec<(usize, Vec<String>)>),
    /// All are the brand's own.
    Own,
}

/// What a profile asks of a parser beyond columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The columns of the text: alternatives in order, each of columns that are read as one.
    pub texts: Vec<Vec<usize>>,
    /// Whose voice the records are.
    pub voice: Voice,
}

impl Fit {
    /// Whether a plain parser does as well.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.texts.iter().map(Vec::len).sum::<usize>() < 2 && self.voice == Voice::Others
    }

    /// The columns that it looks at.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        let marks = match &self.voice {
            Voice::Mixed(marks) => marks.as_slice(),
            Voice::Others | Voice::Own => &[],
        };
        self.texts.iter().flatten().copied().chain(marks.iter().map(|(column, _)| *column))
    }

    /// A parser of `wanted` columns; the text is the first of them.
    #[must_use]
    pub fn parser(&self, dialect: &dyn Dialect, mut wanted: Vec<usize>) -> Box<dyn Parser> {
        if self.is_plain() {
            return dialect.parser(&wanted);
        }
        let mut place = wanted.len();
        wanted.extend(self.columns());
        let mut next = || {
            place += 1;
            place - 1
        };
        let texts = self.texts.iter().map(|group| group.iter().map(|_| next()).collect()).collect();
        let marks = match &self.voice {
            Voice::Mixed(marks) => marks.iter().map(|(_, values)| (next(), values.clone())).collect(),
            Voice::Others | Voice::Own => Vec::new(),
        };
        Box::new(Fitted { inner: dialect.parser(&wanted), texts, marks, own: self.voice == Voice::Own })
    }
}

/// Looks at a record once its columns are found.
struct Fitted {
    inner: Box<dyn Parser>,
    /// Places of the columns of the text.
    texts: Vec<Vec<usize>>,
    /// Places with the values that mark the brand's own voice.
    marks: Vec<(usize, Vec<String>)>,
    own: bool,
}

impl Parser for Fitted {
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw> {
        self.inner.parse(record, row)?;
        let bears = |(place, values): &(usize, Vec<String>)| {
            row.get(*place, record).is_some_and(|found| values.iter().any(|value| value.eq_ignore_ascii_case(found.trim())))
        };
        if self.own || self.marks.iter().any(bears) {
            return Err(Flaw::OwnVoice);
        }
        for places in &self.texts {
            if row.join(0, places, record) {
                break;
            }
        }
        Ok(())
    }
}
