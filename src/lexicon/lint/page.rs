//! A file read to its end. In: bytes. Out: a [`Page`] with all entries that can be read, and a fault for
//! every line that cannot. Separate because it is the other reader of the formats: the strict one stops.

use super::codes::{self, BOM, NO_ENTRIES, NOT_UTF8};
use super::{File, FileNote, Findings, Spot};
use crate::lexicon::entry::{Entry, Sheet};
use crate::lexicon::format::line::{Line, offset};
use crate::lexicon::format::{self, LexiconFormat};
use crate::lexicon::met::Met;
use crate::text::Tokens;
use std::sync::Arc;

/// A file as far as it can be read.
pub struct Page {
    /// Name for messages.
    pub name: Arc<str>,
    /// Its format.
    pub format: &'static LexiconFormat,
    /// Keys and values of the header, with their lines.
    pub header: Vec<(String, String, usize)>,
    /// Its entries.
    pub items: Vec<Item>,
    /// Lines as they stand, those that are not UTF-8 empty.
    pub lines: Vec<String>,
}

/// An entry with what lint asks of it.
pub struct Item {
    /// The entry.
    pub entry: Entry,
    /// The texts it meets.
    pub met: Met,
    /// Its options as written.
    pub options: String,
    /// Where its term begins.
    pub spot: Spot,
}

const MARK: &[u8] = "\u{FEFF}".as_bytes();

impl Page {
    /// Reads a file, with a fault for everything that cannot be read.
    pub fn read(number: usize, file: &File, findings: &mut Findings) -> Self {
        let bytes = file.bytes.strip_prefix(MARK).unwrap_or(&file.bytes);
        let format = format::of(&String::from_utf8_lossy(bytes));
        let mut page = Self { name: Arc::from(file.name.as_str()), format, header: Vec::new(), items: Vec::new(), lines: Vec::new() };
        let top = Spot { page: number, line: 1, column: 1 };
        if [[0xFF, 0xFE], [0xFE, 0xFF]].iter().any(|mark| bytes.starts_with(mark)) {
            findings.add(top, NOT_UTF8, "found UTF-16 at offset 0, expected UTF-8");
            return page;
        }
        if bytes.len() < file.bytes.len() {
            findings.add(top, BOM, "found a byte-order mark, expected none");
        }
        page.read_lines(number, bytes, file.bytes.len() - bytes.len(), findings);
        if page.items.is_empty() {
            findings.add(top, NO_ENTRIES, "found no entries, expected lines of: term, TAB, valence");
        }
        page
    }

    fn read_lines(&mut self, number: usize, bytes: &[u8], mut begins: usize, findings: &mut Findings) {
        let mut tokens = Tokens::new();
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        for (line, raw) in (1..).zip(bytes.split(|&b| b == b'\n')) {
            let spot = Spot { page: number, line, column: 1 };
            let content = raw.strip_suffix(b"\r").unwrap_or(raw);
            match std::str::from_utf8(content) {
                Ok(text) => {
                    self.read_line(text, spot, &mut tokens, findings);
                    self.lines.push(text.to_owned());
                }
                Err(error) => {
                    let good = error.valid_up_to();
                    let column = String::from_utf8_lossy(&content[..good]).chars().count() + 1;
                    let message = format!("found the byte 0x{:02X} at offset {}, expected UTF-8", content[good], begins + good);
                    findings.add(Spot { column, ..spot }, NOT_UTF8, message);
                    self.lines.push(String::new());
                }
            }
            begins += raw.len() + 1;
        }
    }

    fn read_line(&mut self, text: &str, spot: Spot, tokens: &mut Tokens, findings: &mut Findings) {
        match (self.format.line)(text) {
            Ok(Line::Remark) => {}
            Ok(Line::Header(key, value)) => self.header.push((key.to_owned(), value.to_owned(), spot.line)),
            Ok(Line::Entry(draft)) => self.items.push(Item {
                entry: draft.entry(&self.name, spot.line),
                met: Met::of(draft.term, tokens),
                options: draft.options.to_owned(),
                spot: Spot { column: column(text, offset(text, draft.term)), ..spot },
            }),
            Err(fault) => {
                let (code, spot) = (codes::of(fault.wrong), Spot { column: column(text, fault.at), ..spot });
                findings.advise(spot, code, fault.message, fault.advice.unwrap_or_else(|| code.advice.to_owned()));
            }
        }
    }

    /// The value of a key of the header, with its line; English spellings count too.
    pub fn told(&self, keys: &[&str]) -> Option<(&str, usize)> {
        self.header
            .iter()
            .find(|(key, value, _)| keys.contains(&key.as_str()) && !value.is_empty())
            .map(|(_, value, line)| (value.as_str(), *line))
    }

    /// Code of the language, as the strict reader takes it.
    pub fn language(&self) -> &str {
        self.header.iter().rev().find(|(key, ..)| key == "language").map_or("en", |(_, value, _)| value.as_str())
    }

    /// A sheet of entries as they would be used whatever the domain.
    pub fn sheet(&self, wanted: impl Fn(&Item) -> bool) -> Sheet {
        let entries = self.items.iter().filter(|item| wanted(item)).map(|item| Entry { domains: Vec::new(), ..item.entry.clone() });
        Sheet { name: self.name.to_string(), language: self.language().to_owned(), entries: entries.collect() }
    }

    /// What is said of the file.
    pub fn note(&self) -> FileNote {
        FileNote { file: self.name.to_string(), format: self.format.name, entries: self.items.len() }
    }
}

/// The character, counted from 1, that begins at a byte.
pub fn column(line: &str, at: usize) -> usize {
    line.get(..at).map_or(0, |before| before.chars().count()) + 1
}
