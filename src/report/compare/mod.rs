//! What `earful compare` says. In: two reports, made now or saved. Out: one serialisable [`CompareReport`], and renderers
//! that lay it out. Separate from the report on what people say: this one is on what moved, and whether that is more
//! than chance.

mod build;
mod json;
mod markdown;
mod model;
mod rows;
pub mod saved;
mod say;
mod shift;
mod terminal;
mod themes;
mod warnings;

pub use build::{Input, build};
pub use model::*;

use super::Renderer;
use crate::error::Result;
use std::path::Path;

/// All formats; the first is the default for a terminal.
pub const RENDERERS: [Renderer<CompareReport>; 3] = [terminal::RENDERER, markdown::RENDERER, json::RENDERER];

/// The renderer of a name.
///
/// # Errors
/// When there is none; the message lists them.
pub fn by_name(name: &str) -> Result<&'static Renderer<CompareReport>> {
    super::named(&RENDERERS, name)
}

/// The renderer that fits the ending of a path.
///
/// # Errors
/// When none does; the message lists the endings.
pub fn by_path(path: &Path) -> Result<&'static Renderer<CompareReport>> {
    super::ending(&RENDERERS, path)
}
