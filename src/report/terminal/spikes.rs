//! Periods that stand out, for the shell. Separate because it is a section of its own.

use super::Page;
use crate::report::Report;
use std::io;

impl Page<'_> {
    pub(super) fn spikes(&mut self, _report: &Report) -> io::Result<()> {
        let _ = &self.out;
        Ok(())
    }
}
