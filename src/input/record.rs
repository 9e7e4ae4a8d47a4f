//! One record, borrowed from its block. In: the spans a parser found. Out: fields as text. Separate
//! because every format ends in the same kind of row.

/// Where a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// There is none.
    Missing,
    /// In the record, as it stands.
    Plain(u32, u32),
    /// In the row's own memory, after quotes or escapes were removed.
    Decoded(u32, u32),
}

/// The values that a parser found in a record. Keep one per thread: its memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Row {
    spans: Vec<Span>,
    decoded: String,
    spare: String,
    /// The record, where it had to be mended.
    mended: String,
    /// Values that were repaired.
    repaired: u32,
    /// Halves of characters that became U+FFFD.
    halves: u32,
}

/// What stands between several values of one column.
const BETWEEN: &str = ", ";

impl Row {
    /// An empty row.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins anew with `columns` missing values.
    pub fn reset(&mut self, columns: usize) {
        self.spans.clear();
        self.spans.resize(columns, Span::Missing);
        self.decoded.clear();
        self.repaired = 0;
        self.halves = 0;
    }

    /// Lends the memory for a record that is mended; it comes back with [`Row::keep`].
    pub fn lend(&mut self) -> String {
        let mut memory = std::mem::take(&mut self.mended);
        memory.clear();
        memory
    }

    /// Keeps a mended record, whose values are in the row.
    pub fn keep(&mut self, mended: String) -> &Self {
        self.mended = mended;
        self
    }

    /// The mended record.
    #[must_use]
    pub fn mended(&self) -> &str {
        &self.mended
    }

    /// Repairs a value: `write` appends what it should be, or says that it is as it should be.
    #[allow(clippy::cast_possible_truncation)] // repairing only shortens
    pub fn repair(&mut self, column: usize, record: &str, write: impl FnOnce(&str, &mut String) -> bool) {
        let mut spare = std::mem::take(&mut self.spare);
        spare.clear();
        if self.get(column, record).is_some_and(|value| write(value, &mut spare)) {
            let start = self.decoded.len() as u32;
            self.decoded.push_str(&spare);
            self.set(column, Span::Decoded(start, self.decoded.len() as u32));
            self.repaired += 1;
        }
        self.spare = spare;
    }

    /// Counts halves of characters that became U+FFFD.
    pub fn halve(&mut self, count: u32) {
        self.halves += count;
    }

    /// Sets a value.
    #[inline]
    pub fn set(&mut self, column: usize, span: Span) {
        if let Some(slot) = self.spans.get_mut(column) {
            *slot = span;
        }
    }

    /// A span of the record as it stands.
    #[allow(clippy::cast_possible_truncation)] // records are at most LONGEST_RECORD long
    #[inline]
    #[must_use]
    pub const fn plain(start: usize, end: usize) -> Span {
        Span::Plain(start as u32, end as u32)
    }

    /// Decodes a value into the row's memory: `write` appends it.
    ///
    /// # Errors
    /// Whatever `write` finds.
    #[allow(clippy::cast_possible_truncation)] // decoding only shortens
    pub fn decode<E>(&mut self, write: impl FnOnce(&mut String) -> Result<(), E>) -> Result<Span, E> {
        let start = self.decoded.len() as u32;
        write(&mut self.decoded)?;
        Ok(Span::Decoded(start, self.decoded.len() as u32))
    }

    /// Decodes a value in two steps: `first` writes it into memory of its own, `second` from there.
    ///
    /// # Errors
    /// Whatever either finds.
    pub fn decode_twice<E>(
        &mut self,
        first: impl FnOnce(&mut String) -> Result<(), E>,
        second: impl FnOnce(&str, &mut String) -> Result<(), E>,
    ) -> Result<Span, E> {
        let mut spare = std::mem::take(&mut self.spare);
        spare.clear();
        let span = first(&mut spare).and_then(|()| self.decode(|out| second(&spare, out)));
        self.spare = spare;
        span
    }

    /// Sets a value, or puts it behind the one that is there, with a comma between them. What a record
    /// repeats in turns may be left out once it is several times as long as the record itself.
    #[allow(clippy::cast_possible_truncation)] // bounded by a few times LONGEST_RECORD
    pub fn add(&mut self, column: usize, span: Span, record: &str) {
        let (Some(&old), false) = (self.spans.get(column), span == Span::Missing) else { return };
        let blank = |span| matches!(span, Span::Plain(start, end) | Span::Decoded(start, end) if start == end);
        if old == Span::Missing || blank(old) {
            return self.set(column, span);
        }
        if blank(span) {
            return;
        }
        let joined = match (old, span) {
            (Span::Decoded(start, end), Span::Decoded(next, _)) if end == next => {
                self.decoded.insert_str(next as usize, BETWEEN);
                Span::Decoded(start, self.decoded.len() as u32)
            }
            (Span::Decoded(start, end), _) if end as usize == self.decoded.len() => {
                self.decoded.push_str(BETWEEN);
                self.copy(span, record);
                Span::Decoded(start, self.decoded.len() as u32)
            }
            _ if self.decoded.len() > 4 * record.len() => return,
            _ => {
                let start = self.decoded.len() as u32;
                self.copy(old, record);
                self.decoded.push_str(BETWEEN);
                self.copy(span, record);
                Span::Decoded(start, self.decoded.len() as u32)
            }
        };
        self.set(column, joined);
    }

    /// Sets a value to those of other places that are not blank, each on a line of its own; whether there
    /// was any.
    #[allow(clippy::cast_possible_truncation)] // each place is copied once
    pub fn join(&mut self, column: usize, places: &[usize], record: &str) -> bool {
        let filled = |row: &Self, place: usize| row.get(place, record).is_some_and(|value| !value.trim().is_empty());
        let Some(first) = places.iter().position(|&place| filled(self, place)) else { return false };
        let rest = &places[first + 1..];
        let Some(&only) = self.spans.get(places[first]) else { return false };
        if !rest.iter().any(|&place| filled(self, place)) {
            self.set(column, only);
            return true;
        }
        let start = self.decoded.len() as u32;
        self.copy(only, record);
        for &place in rest {
            if filled(self, place) {
                self.decoded.push('\n');
                self.copy(self.spans[place], record);
            }
        }
        self.set(column, Span::Decoded(start, self.decoded.len() as u32));
        true
    }

    fn copy(&mut self, span: Span, record: &str) {
        match span {
            Span::Missing => {}
            Span::Plain(start, end) => self.decoded.push_str(record.get(start as usize..end as usize).unwrap_or("")),
            Span::Decoded(start, end) => self.decoded.extend_from_within(start as usize..end as usize),
        }
    }

    /// The value in a place, if there is one.
    #[must_use]
    pub fn get<'r>(&'r self, column: usize, record: &'r str) -> Option<&'r str> {
        match *self.spans.get(column)? {
            Span::Missing => None,
            Span::Plain(start, end) => record.get(start as usize..end as usize),
            Span::Decoded(start, end) => self.decoded.get(start as usize..end as usize),
        }
    }
}

/// A record with its fields.
#[derive(Clone, Copy, Debug)]
pub struct Record<'r> {
    /// Number within its file, from 1.
    pub number: u64,
    /// The record as it stands in the file.
    pub raw: &'r str,
    row: &'r Row,
}

impl<'r> Record<'r> {
    /// A record whose values a parser has put into `row`.
    #[must_use]
    pub const fn new(number: u64, raw: &'r str, row: &'r Row) -> Self {
        Self { number, raw, row }
    }

    /// Halves of characters that became U+FFFD.
    #[must_use]
    pub const fn halves(&self) -> u32 {
        self.row.halves
    }

    /// Values that were repaired.
    #[must_use]
    pub const fn repaired(&self) -> u32 {
        self.row.repaired
    }

    /// The value in a wanted place as it stands, blank if missing.
    #[must_use]
    pub fn value(&self, place: usize) -> &'r str {
        self.row.get(place, self.raw).unwrap_or("")
    }

    /// Where a value lies in [`Record::raw`], if it stands there as it is.
    #[must_use]
    pub fn range(&self, place: usize) -> Option<std::ops::Range<usize>> {
        match *self.row.spans.get(place)? {
            Span::Plain(start, end) => Some(start as usize..end as usize),
            Span::Missing | Span::Decoded(..) => None,
        }
    }

    /// The value in a wanted place, none if missing or blank.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&'r str> {
        self.row.get(place, self.raw).map(trim).filter(|value| !value.is_empty())
    }
}

/// `str::trim`, without decoding the characters of values that begin and end in plain ASCII.
#[inline]
fn trim(value: &str) -> &str {
    let plain = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    let bytes = value.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) { value } else { value.trim() }
}
