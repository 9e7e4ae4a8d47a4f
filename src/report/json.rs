//! The report as JSON. The data model is the format, so there is nothing to decide.

use super::{Looks, Renderer, Report};
use std::io::{self, Write};

pub const RENDERER: Renderer = Renderer { name: "json", endings: &["json"], render };

fn render(report: &Report, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}
