//! The report as a page for the browser. In: the report. Out: one file that needs nothing else and asks for
//! nothing else. Separate because it is a document, with charts and links between figures and quotes.
//!
//! The templates in `html/` lay out what [`view`] chose; every string goes through [`crate::escape::html`] on
//! its way out, and a policy inside the page allows no more than its own style and its own script.

mod chart;
mod engine;
mod glance;
mod numbers;
mod policy;
mod quoted;
mod view;

use super::{Looks, Renderer, Report};
use std::io::{self, Write};

pub const RENDERER: Renderer = Renderer { name: "html", endings: &["html", "htm"], render };

/// Most bytes of a page; one that is larger is laid out again with fewer rows.
const MOST_BYTES: usize = 2_000_000;

fn render(report: &Report, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    let mut page = String::new();
    for room in view::Room::from_generous() {
        page = engine::page(&view::page(report, room)).map_err(io::Error::other)?;
        if page.len() <= MOST_BYTES {
            break;
        }
    }
    out.write_all(page.as_bytes())
}

#[cfg(test)]
mod tests;
