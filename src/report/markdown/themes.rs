//! What is praised and complained about, as Markdown. Separate because it is a section of its own.

use crate::report::Report;
use std::io::{self, Write};

pub(super) fn themes(_report: &Report, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}
