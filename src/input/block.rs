//! Blocks of whole records. In: a decoded stream and a cutter. Out: numbered [`Block`]s, each small
//! enough to stay in the cache and whole enough to be parsed alone. Separate because this is the only
//! sequential work: everything after a block runs on every core.

use super::Cutter;
use super::repairs::{Repair, Repairs};
use serde::{Deserialize, Serialize};
use std::io::{self, Read};
use std::sync::Arc;

/// Bytes of a block, about.
const BLOCK: usize = 1 << 20;
/// Longest record that is held in memory; a longer one is skipped and counted.
pub const LONGEST_RECORD: usize = 16 << 20;

/// What is wrong with a record that is skipped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Flaw {
    /// A quotation mark opens a cell and none closes it.
    UnclosedQuote,
    /// JSON that cannot be read.
    BadJson,
    /// JSON that is no object.
    NotAnObject,
    /// Longer than [`LONGEST_RECORD`].
    TooLong,
    /// The file ends inside it.
    CutOff,
    /// The column with the text is not there.
    TooFewColumns,
    /// There is no text.
    NoText,
    /// It is no post or review: a note of the system, or what the export says of itself.
    NoReview,
    /// It is by those whom the others write about: a brand's own post or reply.
    OwnVoice,
    /// Something follows the end of the data.
    Trailing,
    /// XML that cannot be read.
    BadXml,
}

impl Flaw {
    /// Whether nothing is wrong with the record but that it should not be scored.
    #[must_use]
    pub const fn excludes(self) -> bool {
        matches!(self, Self::NoReview | Self::OwnVoice)
    }

    /// Whether the record cannot be read: something is there, and it is broken.
    #[must_use]
    pub const fn is_bad(self) -> bool {
        !self.excludes() && !matches!(self, Self::NoText)
    }

    /// What was found, for reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnclosedQuote => "unclosed quotation mark",
            Self::BadJson => "malformed JSON",
            Self::NotAnObject => "not a JSON object",
            Self::TooLong => "record longer than 16 MiB",
            Self::CutOff => "cut off by the end of the file",
            Self::TooFewColumns => "row without the text column",
            Self::NoText => "no text",
            Self::NoReview => "no post or review",
            Self::OwnVoice => "the brand's own voice",
            Self::Trailing => "something behind the end of the data",
            Self::BadXml => "malformed XML",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::UnclosedQuote => "close the quotation mark, or double marks inside a cell",
            Self::BadJson | Self::NotAnObject => "each record must be one JSON object",
            Self::TooLong => "a quotation mark or bracket may be missing before this place",
            Self::CutOff => "the export may be incomplete: download it again",
            Self::TooFewColumns => "check the delimiter and the quoting of this row",
            Self::NoText => "nothing: the author wrote no text",
            Self::NoReview => "nothing: nobody wrote this about anything",
            Self::OwnVoice => "nothing: it is no customer's; --own-voice counts it in",
            Self::Trailing => "remove what follows the last bracket; code is never executed",
            Self::BadXml => "each start tag needs its end tag; write < and & in texts as &lt; and &amp;",
        }
    }
}

/// The bounds of one record in a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cut {
    /// Offset of its first byte.
    pub start: u32,
    /// Offset behind its last byte, line end excluded.
    pub end: u32,
    /// What is wrong with it already.
    pub flaw: Option<Flaw>,
}

impl Cut {
    /// A sound record.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self::with(start, end, None)
    }

    /// A record, perhaps with a flaw.
    #[allow(clippy::cast_possible_truncation)] // blocks are at most LONGEST_RECORD and a block long
    #[must_use]
    pub const fn with(start: usize, end: usize, flaw: Option<Flaw>) -> Self {
        Self { start: start as u32, end: end as u32, flaw }
    }
}

/// Whole records of one file.
#[derive(Debug, Default)]
pub struct Block {
    /// Running number within the file, from 0.
    pub number: u64,
    /// Number of the first record within the file, from 1.
    pub first_record: u64,
    /// Number of the first line within the file, from 1.
    pub first_line: u64,
    /// The bytes.
    pub data: Vec<u8>,
    /// Where the records are.
    pub cuts: Vec<Cut>,
}

impl Block {
    /// The records with their numbers.
    pub fn records(&self) -> impl Iterator<Item = (u64, Cut, &[u8])> {
        self.cuts.iter().enumerate().map(|(i, &cut)| {
            let bytes = self.data.get(cut.start as usize..cut.end as usize).unwrap_or(&[]);
            (self.first_record + i as u64, cut, bytes)
        })
    }

    /// The line that a record begins on.
    #[must_use]
    pub fn line_of(&self, cut: Cut) -> u64 {
        let before = self.data.get(..cut.start as usize).unwrap_or(&[]);
        self.first_line + memchr::memchr_iter(b'\n', before).count() as u64
    }
}

/// The blocks of a stream.
pub struct Blocks {
    input: Box<dyn Read + Send>,
    cutter: Box<dyn Cutter>,
    rest: Vec<u8>,
    ended: bool,
    overlong: bool,
    number: u64,
    record: u64,
    line: u64,
    /// Where zero bytes that are dropped are counted.
    zeros: Option<Arc<Repairs>>,
}

impl Blocks {
    /// Cuts `input`, whose first bytes were already read as `head`.
    #[must_use]
    pub fn new(input: Box<dyn Read + Send>, cutter: Box<dyn Cutter>, head: Vec<u8>) -> Self {
        Self { input, cutter, rest: head, ended: false, overlong: false, number: 0, record: 1, line: 1, zeros: None }
    }

    /// Drops zero bytes, which no text has, and counts them.
    #[must_use]
    pub fn dropping_zeros(mut self, repairs: Arc<Repairs>) -> Self {
        let mut head = std::mem::take(&mut self.rest);
        self.zeros = Some(repairs);
        self.drop_zeros(&mut head, 0);
        self.rest = head;
        self
    }

    fn drop_zeros(&self, data: &mut Vec<u8>, from: usize) {
        let Some(repairs) = &self.zeros else { return };
        let Some(first) = memchr::memchr(0, &data[from..]).map(|at| from + at) else { return };
        let line = || self.line + memchr::memchr_iter(b'\n', &data[..first]).count() as u64;
        repairs.add(Repair::Zero, memchr::memchr_iter(0, &data[first..]).count() as u64, 0, line);
        let mut to = first;
        for at in first..data.len() {
            data[to] = data[at];
            to += usize::from(data[to] != 0);
        }
        data.truncate(to);
    }

    /// Fills `block`, whose memory is reused, with the next records; whether there were any.
    ///
    /// # Errors
    /// When the stream cannot be read, for example because compressed data are damaged. What was read
    /// before has been handed out.
    pub fn next_into(&mut self, block: &mut Block) -> io::Result<bool> {
        block.cuts.clear();
        block.data.clear();
        std::mem::swap(&mut block.data, &mut self.rest);
        self.rest.clear();
        let mut want = BLOCK.max(block.data.len());
        let mut failure = None;
        loop {
            if let Err(error) = self.fill(&mut block.data, want) {
                failure = Some(error);
                self.ended = true;
            }
            if self.overlong {
                let (taken, done) = self.cutter.skip(&block.data);
                self.drop_front(block, taken);
                self.overlong = !done && !self.ended;
                if self.overlong || block.data.is_empty() {
                    if self.ended {
                        break;
                    }
                    continue;
                }
            }
            let taken = self.cut(block, failure.is_some());
            if taken > 0 || !block.cuts.is_empty() || self.ended {
                self.rest.extend_from_slice(&block.data[taken..]);
                block.data.truncate(taken);
                break;
            }
            if block.data.len() >= LONGEST_RECORD {
                block.cuts.push(Cut::with(0, 0, Some(self.cutter.overlong(&block.data))));
                self.overlong = true;
                std::mem::swap(&mut block.data, &mut self.rest);
                break;
            }
            want = (block.data.len() * 2).min(LONGEST_RECORD);
        }
        self.count(block);
        match failure {
            Some(error) if block.cuts.is_empty() => Err(error),
            Some(error) => {
                self.input = Box::new(Failing(Some(error)));
                self.ended = false;
                Ok(true)
            }
            None => Ok(!block.cuts.is_empty() || !self.ended),
        }
    }

    /// Cuts what is there; when the stream has failed, what is left is a record cut off.
    fn cut(&mut self, block: &mut Block, failed: bool) -> usize {
        let taken = self.cutter.cut(&block.data, self.ended && !failed, &mut block.cuts);
        if !failed {
            return taken;
        }
        if !block.data[taken..].trim_ascii().is_empty() {
            block.cuts.push(Cut::with(taken, block.data.len(), Some(Flaw::CutOff)));
        }
        block.data.len()
    }

    fn fill(&mut self, data: &mut Vec<u8>, want: usize) -> io::Result<()> {
        while !self.ended && data.len() < want {
            let had = data.len();
            data.resize(want.max(had + 64), 0);
            match self.input.read(&mut data[had..]) {
                Ok(count) => {
                    data.truncate(had + count);
                    self.ended = count == 0;
                    self.drop_zeros(data, had);
                }
                Err(error) => {
                    data.truncate(had);
                    if error.kind() != io::ErrorKind::Interrupted {
                        return Err(error);
                    }
                }
            }
        }
        Ok(())
    }

    fn drop_front(&mut self, block: &mut Block, taken: usize) {
        self.line += memchr::memchr_iter(b'\n', &block.data[..taken]).count() as u64;
        block.data.drain(..taken);
    }

    fn count(&mut self, block: &mut Block) {
        (block.number, block.first_record, block.first_line) = (self.number, self.record, self.line);
        self.number += 1;
        self.record += block.cuts.len() as u64;
        self.line += memchr::memchr_iter(b'\n', &block.data).count() as u64;
    }
}

/// Hands out one error, then ends.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
