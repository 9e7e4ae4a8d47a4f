//! The blocks of a file, one at a time. In: whoever reads. Out: blocks for all workers. Separate because
//! reading is the only work that one does for all.

use super::lock;
use crate::input::{Block, Blocks};
use std::io;
use std::sync::Mutex;

/// The blocks of a file, for all workers.
pub(super) struct SharedBlocks {
    state: Mutex<Supply>,
}

struct Supply {
    blocks: Blocks,
    spare: Vec<Block>,
    failure: Option<io::Error>,
    ended: bool,
}

impl SharedBlocks {
    pub(super) const fn new(blocks: Blocks) -> Self {
        Self { state: Mutex::new(Supply { blocks, spare: Vec::new(), failure: None, ended: false }) }
    }

    pub(super) fn give_back(&self, block: Block) {
        lock(&self.state).spare.push(block);
    }

    pub(super) fn failure(&self) -> Option<io::Error> {
        lock(&self.state).failure.take()
    }
}

/// Hands out blocks until there are no more.
pub(super) struct Supplied<'s>(pub(super) &'s SharedBlocks);

impl Iterator for Supplied<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        let mut guard = lock(&self.0.state);
        let supply = &mut *guard;
        if supply.ended {
            return None;
        }
        let mut block = supply.spare.pop().unwrap_or_default();
        match supply.blocks.next_into(&mut block) {
            Ok(true) => return Some(block),
            Ok(false) => {}
            Err(error) => supply.failure = Some(error),
        }
        supply.ended = true;
        None
    }
}
