//! The comparison as JSON. The data model is the format, so there is nothing to decide.

use super::CompareReport;
use crate::report::{Looks, Renderer};
use std::io::{self, Write};

pub const RENDERER: Renderer<CompareReport> = Renderer { name: "json", endings: &["json"], render };

fn render(report: &CompareReport, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}
