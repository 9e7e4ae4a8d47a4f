//! What `earful eval` says. In: an [`Evaluation`](crate::evaluate::Evaluation). Out: one serialisable
//! [`EvalReport`], and renderers that lay it out. Separate from the report on what people say: this one
//! is on how far that can be trusted.

mod build;
mod json;
mod markdown;
mod model;
mod terminal;

pub use build::{EvalContext, build};
pub use model::*;

use super::Renderer;
use crate::error::Result;
use std::path::Path;

/// All formats; the first is the default for a terminal.
pub const RENDERERS: [Renderer<EvalReport>; 3] = [terminal::RENDERER, markdown::RENDERER, json::RENDERER];

/// The renderer of a name.
///
/// # Errors
/// When there is none; the message lists them.
pub fn by_name(name: &str) -> Result<&'static Renderer<EvalReport>> {
    super::named(&RENDERERS, name)
}

/// The renderer that fits the ending of a path.
///
/// # Errors
/// When none does; the message lists the endings.
pub fn by_path(path: &Path) -> Result<&'static Renderer<EvalReport>> {
    super::ending(&RENDERERS, path)
}
