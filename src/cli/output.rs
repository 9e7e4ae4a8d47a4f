//! Files to be written. In: paths. Out: complete files or none: each is written beside its place under
//! another name and renamed at the end, and a path that cannot be written fails before the work.

use earful::error::{Error, Result};
use earful::report::{Looks, Renderer};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A report file that is not there yet.
pub struct Output<R: 'static> {
    draft: Draft,
    renderer: &'static Renderer<R>,
}

impl<R> Output<R> {
    /// Prepares a file; its ending picks the format.
    ///
    /// # Errors
    /// When no format has this ending, or the file cannot be created.
    pub fn prepare(path: &Path, by_path: fn(&Path) -> Result<&'static Renderer<R>>) -> Result<Self> {
        let renderer = by_path(path)?;
        Ok(Self { draft: Draft::prepare(path)?, renderer })
    }

    /// Writes the report and puts it in its place.
    ///
    /// # Errors
    /// When writing fails, for example because the disk is full.
    pub fn finish(self, report: &R) -> Result<()> {
        let Self { draft, renderer } = self;
        draft.finish(|out| (renderer.render)(report, Looks::default(), out))
    }
}

/// A file that is not there yet.
pub struct Draft {
    path: PathBuf,
    beside: PathBuf,
    file: Option<File>,
}

impl Draft {
    /// Creates the file beside its place.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn prepare(path: &Path) -> Result<Self> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = path.with_file_name(format!(".{name}.{}.draft", std::process::id()));
        let file = File::create(&beside).map_err(|e| {
            Error::usage(format!("cannot be written: {e}")).at(path.display()).advise("check that the folder exists and may be written")
        })?;
        Ok(Self { path: path.to_owned(), beside, file: Some(file) })
    }

    /// Writes to the file before it is finished.
    ///
    /// # Errors
    /// When the system refuses a second handle.
    pub fn writer(&self) -> Result<File> {
        let file = self.file.as_ref().map_or_else(|| Err(std::io::ErrorKind::NotFound.into()), File::try_clone);
        file.map_err(|e| Error::usage(format!("cannot be written: {e}")).at(self.path.display()))
    }

    /// Writes the file and puts it in its place.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let mut out = BufWriter::new(file);
        let written = write(&mut out).and_then(|()| out.flush()).and_then(|()| std::fs::rename(&self.beside, &self.path));
        written.map_err(|e| Error::usage(format!("cannot be written: {e}")).at(self.path.display()))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a success it has its final name and this finds nothing.
        let _ = std::fs::remove_file(&self.beside);
    }
}
