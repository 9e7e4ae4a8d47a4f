//! A bar on standard error for work that takes more than a second. In: a counter of bytes that workers
//! advance. Out: bytes, rate and time left. Separate because it is the only place that knows indicatif;
//! it shows nothing when standard error is no terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Work that is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);
const REFRESH: Duration = Duration::from_millis(120);

/// A bar that is taken away when this is dropped.
pub struct Progress {
    done: Option<Sender<()>>,
    drawer: Option<JoinHandle<()>>,
}

impl Progress {
    /// Watches `bytes` grow to `total`, if that is known.
    pub fn watch(bytes: &Arc<AtomicU64>, total: Option<u64>, quiet: bool) -> Self {
        let bytes = Arc::clone(bytes);
        Self::show(quiet, move |wait| draw(&bytes, total, wait))
    }

    /// Shows that something is being done, and for how long.
    pub fn spin(what: &'static str, quiet: bool) -> Self {
        Self::show(quiet, move |wait| spin(what, wait))
    }

    fn show(quiet: bool, drawer: impl FnOnce(&Receiver<()>) + Send + 'static) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self { done: None, drawer: None };
        }
        let (done, wait) = channel();
        let drawer = std::thread::spawn(move || drawer(&wait));
        Self { done: Some(done), drawer: Some(drawer) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(drawer) = self.drawer.take() {
            // A drawer that failed has drawn nothing more; the work is not affected.
            let _ = drawer.join();
        }
    }
}

fn draw(bytes: &AtomicU64, total: Option<u64>, wait: &Receiver<()>) {
    let waits = |time| wait.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    if !waits(PATIENCE) {
        return;
    }
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
    let template = match total {
        Some(_) => "{bar:30} {percent:>3} % {bytes} of {total_bytes} {bytes_per_sec} {eta} left",
        None => "{spinner} {bytes} {bytes_per_sec} {elapsed}",
    };
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    while waits(REFRESH) {
        bar.set_position(bytes.load(Ordering::Relaxed));
    }
    bar.finish_and_clear();
}

fn spin(what: &'static str, wait: &Receiver<()>) {
    let waits = |time| wait.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    if !waits(PATIENCE) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(ProgressStyle::with_template("{spinner} {msg} {elapsed}").unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.set_message(what);
    while waits(REFRESH) {
        bar.tick();
    }
    bar.finish_and_clear();
}
