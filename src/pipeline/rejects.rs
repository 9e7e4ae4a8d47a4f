//! Records that cannot be read, kept for whoever mends them. In: flaws and the bytes they are in. Out:
//! JSON lines in input order: `{"file", "record", "line", "reason", "raw"}`. Separate because they leave by
//! another door than what could be read, and are not masked: they are what the file holds.

use super::lock;
use super::order::InOrder;
use crate::error::{Error, Result};
use crate::input::Flaw;
use crate::summary::Place;
use serde::Serialize;
use std::io::Write;
use std::sync::{Mutex, MutexGuard};

/// Where rejects are written.
pub struct Rejects {
    out: Mutex<Box<dyn Write + Send>>,
    failure: Mutex<Option<std::io::Error>>,
}

/// A record that cannot be read.
#[derive(Serialize)]
struct Reject<'r> {
    file: &'r str,
    record: u64,
    /// The line it begins on, where lines mean something.
    line: Option<u64>,
    reason: &'r str,
    /// Its text, in UTF-8; where that cannot be, with a mark for what is none.
    raw: &'r str,
    /// Its bytes as hexadecimal digits, where they are not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
}

impl Rejects {
    /// Rejects go to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>) -> Self {
        Self { out: Mutex::new(out), failure: Mutex::new(None) }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When that fails, or something before did.
    pub fn finish(&self) -> Result<()> {
        let flushed = lock(&self.out).flush();
        let failure = lock(&self.failure).take();
        failure.map_or(flushed, Err).map_err(|e| Error::usage(format!("cannot be written: {e}")).at("--rejects"))
    }

    /// Begins a file.
    pub(super) fn begin<'r>(&'r self, name: &'r str) -> OfFile<'r> {
        OfFile { name, rejects: self, order: InOrder::new(Shared(&self.out)) }
    }
}

/// Writes to what all files write to.
struct Shared<'r>(&'r Mutex<Box<dyn Write + Send>>);

impl Shared<'_> {
    fn out(&self) -> MutexGuard<'_, Box<dyn Write + Send>> {
        lock(self.0)
    }
}

impl Write for Shared<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out().flush()
    }
}

/// The rejects of one file.
pub(super) struct OfFile<'r> {
    name: &'r str,
    rejects: &'r Rejects,
    order: InOrder<Shared<'r>>,
}

impl OfFile<'_> {
    /// Appends a reject to those of its block.
    pub(super) fn add(&self, place: Place, flaw: Flaw, raw: &[u8], bytes: &mut Vec<u8>) {
        let text = String::from_utf8_lossy(raw);
        let hex = std::str::from_utf8(raw).is_err().then(|| raw.iter().map(|byte| format!("{byte:02x}")).collect());
        let line = Some(place.line).filter(|line| *line > 0);
        let reject = Reject { file: self.name, record: place.record, line, reason: flaw.name(), raw: &text, hex };
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(&mut *bytes, &reject);
        bytes.push(b'\n');
    }

    /// Writes those of a block when those of all before are written.
    pub(super) fn write(&self, block: u64, bytes: Vec<u8>) {
        if let Err(error) = self.order.write(block, bytes) {
            lock(&self.rejects.failure).get_or_insert(error);
        }
    }
}
