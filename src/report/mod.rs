//! What people read. In: a [`Summary`](crate::summary::Summary). Out: one serialisable [`Report`], which renderers only lay out:
//! every format shows the same numbers. Separate because what is said is decided once, and how it
//! looks in one file per format and one line in [`RENDERERS`].

mod build;
mod clashes;
pub mod compare;
mod contrasts;
mod corrected;
mod csv;
pub mod eval;
mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod mentions;
mod model;
mod people;
mod periods;
pub mod rows;
mod sarif;
mod spikes;
mod terminal;
mod themes;

pub use build::{Context, FileOutcome, Rank, TruthNote, build};
pub use corrected::Sample;
pub use github::{STEP_LIMIT, step_summary};
pub use model::*;
pub use periods::Length;

use crate::error::{Error, Result};
use std::io::Write;
use std::path::Path;

/// How a report looks; only the terminal has looks.
#[derive(Clone, Copy, Debug)]
pub struct Looks {
    /// Whether to colour.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for Looks {
    fn default() -> Self {
        Self { colour: false, width: 100 }
    }
}

/// A format of a report, or of something else that is reported.
pub struct Renderer<R: 'static = Report> {
    /// Name, for `--format`.
    pub name: &'static str,
    /// Endings of files in this format.
    pub endings: &'static [&'static str],
    /// Writes a report.
    pub render: fn(&R, Looks, &mut dyn Write) -> std::io::Result<()>,
}

/// All report formats; the first is the default for a terminal.
pub const RENDERERS: [Renderer; 8] = [
    terminal::RENDERER,
    markdown::RENDERER,
    json::RENDERER,
    csv::RENDERER,
    html::RENDERER,
    junit::RENDERER,
    sarif::RENDERER,
    github::RENDERER,
];

/// The renderer of a name.
///
/// # Errors
/// When there is none; the message lists them.
pub fn by_name(name: &str) -> Result<&'static Renderer> {
    named(&RENDERERS, name)
}

/// The renderer that fits the ending of a path.
///
/// # Errors
/// When none does; the message lists the endings.
pub fn by_path(path: &Path) -> Result<&'static Renderer> {
    ending(&RENDERERS, path)
}

fn named<R>(renderers: &'static [Renderer<R>], name: &str) -> Result<&'static Renderer<R>> {
    let known = || renderers.iter().map(|r| r.name).collect::<Vec<_>>().join(", ");
    renderers
        .iter()
        .find(|r| r.name == name || r.endings.contains(&name))
        .ok_or_else(|| Error::usage(format!("found the format {name:?}, expected one of: {}", known())).at("--format"))
}

fn ending<R>(renderers: &'static [Renderer<R>], path: &Path) -> Result<&'static Renderer<R>> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let known = || renderers.iter().flat_map(|r| r.endings).map(|e| format!(".{e}")).collect::<Vec<_>>().join(" ");
    renderers.iter().find(|r| r.endings.contains(&ending.as_str())).ok_or_else(|| {
        Error::usage(format!("found the ending {ending:?}, expected one of: {}", known()))
            .at(path.display())
            .advise("name the file report.html, report.json or report.md")
    })
}

#[cfg(test)]
mod tests;
