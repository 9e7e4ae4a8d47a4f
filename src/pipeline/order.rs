//! What must happen in the order of the input. In: what workers found in a block, whenever they did.
//! Out: bytes one block after the other, and which records are copies of earlier ones. Separate because
//! here, and nowhere else, a worker waits for another.

use super::lock;
use crate::copies::{Keys, Known, Print};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Condvar, Mutex, PoisonError};

/// Blocks that a fast worker may be ahead of a slow one.
const AHEAD: u64 = 64;

/// Writes what workers have rendered in the order of blocks.
pub(super) struct InOrder<W> {
    queue: Mutex<Queue<W>>,
    moved: Condvar,
}

struct Queue<W> {
    out: W,
    next: u64,
    waiting: BTreeMap<u64, Vec<u8>>,
    failed: Option<io::ErrorKind>,
}

impl<W: Write> InOrder<W> {
    pub(super) const fn new(out: W) -> Self {
        Self { queue: Mutex::new(Queue { out, next: 0, waiting: BTreeMap::new(), failed: None }), moved: Condvar::new() }
    }

    /// Writes a block's bytes when all before it are written; the worker of the block that is next
    /// never waits, so there is always progress.
    pub(super) fn write(&self, number: u64, bytes: Vec<u8>) -> io::Result<()> {
        let mut queue = lock(&self.queue);
        while number > queue.next + AHEAD && queue.failed.is_none() {
            queue = self.moved.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(kind) = queue.failed {
            return Err(kind.into());
        }
        queue.waiting.insert(number, bytes);
        while let Some(bytes) = {
            let next = queue.next;
            queue.waiting.remove(&next)
        } {
            if let Err(error) = queue.out.write_all(&bytes) {
                queue.failed = Some(error.kind());
                self.moved.notify_all();
                return Err(error);
            }
            queue.next += 1;
        }
        self.moved.notify_all();
        Ok(())
    }
}

/// Lets blocks pass one after the other, and tells which of their records are copies of earlier ones, in
/// the same or another file. Nothing but that is done inside; the worker of the block that is next never
/// waits.
#[derive(Default)]
pub struct Gate {
    turn: Mutex<Turn>,
    moved: Condvar,
}

#[derive(Default)]
struct Turn {
    next: u64,
    known: Known,
}

impl Gate {
    /// A gate that nothing has passed.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins the next file, whose blocks are counted anew. All of the file before must have passed.
    pub(super) fn begin(&self) {
        lock(&self.turn).next = 0;
    }

    /// Waits for all blocks before this one, then says for each record whether it is a copy.
    pub(super) fn pass(&self, number: u64, prints: &[Print], copies: &mut Vec<bool>) {
        let mut turn = lock(&self.turn);
        while turn.next < number {
            turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        turn.known.judge(prints, copies);
        turn.next = number + 1;
        drop(turn);
        self.moved.notify_all();
    }

    /// How many copies of a record there were, itself not counted.
    #[must_use]
    pub fn copies(&self, keys: Keys) -> u64 {
        lock(&self.turn).known.copies(keys)
    }

    /// What must be said when texts were forgotten.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let forgotten = lock(&self.turn).known.forgotten();
        (forgotten > 0)
            .then(|| format!("{forgotten} texts were forgotten to save memory: later copies of them count as records of their own"))
    }
}
