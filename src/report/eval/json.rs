//! The evaluation as JSON. The data model is the format, so there is nothing to decide.

use super::EvalReport;
use crate::report::{Looks, Renderer};
use std::io::{self, Write};

pub const RENDERER: Renderer<EvalReport> = Renderer { name: "json", endings: &["json"], render };

fn render(report: &EvalReport, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}
