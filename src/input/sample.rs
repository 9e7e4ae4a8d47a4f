//! The first bytes of a file. In: what was read before anything is known. Out: text that detection can
//! look at. Separate because formats, columns, dates and `inspect` all look at the same sample.

use super::encoding::mend::mend;
use super::profile::Profile;
use super::repairs::{Repair, Repairs};
use std::sync::Arc;

/// The beginning of a file, decoded, and what the user said about where to look.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The text; bytes that are not UTF-8 are mended, zero bytes left out.
    pub text: String,
    /// What was mended in it.
    pub repairs: Arc<Repairs>,
    /// Whether it is the whole file.
    pub whole: bool,
    /// Where the records are, as named by the user: the path of an array or object, or an element.
    pub records: Option<String>,
    /// Columns named by the user, which may be paths that are not listed otherwise: `langs[0]`.
    pub asked: Vec<String>,
    /// Profiles named by the user.
    pub profiles: Option<Arc<Vec<Arc<Profile>>>>,
}

/// Bytes of a sample.
pub const SAMPLE: usize = 256 << 10;

impl Sample {
    /// A sample of decoded bytes; a character cut by its end is left out.
    #[must_use]
    pub fn new(bytes: &[u8], whole: bool) -> Self {
        Self::of(bytes, whole, false)
    }

    /// The same; `western` says that bytes that are not UTF-8 are expected, as Windows-1252.
    #[must_use]
    pub fn of(bytes: &[u8], whole: bool, western: bool) -> Self {
        let keep = match std::str::from_utf8(bytes) {
            Err(error) if error.error_len().is_none() && !whole => error.valid_up_to(),
            _ => bytes.len(),
        };
        let repairs = Arc::new(Repairs::default());
        let line = |at: usize| 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64;
        let mut without = Vec::new();
        let zeros = memchr::memchr_iter(0, &bytes[..keep]).count() as u64;
        if zeros > 0 {
            repairs.add(Repair::Zero, zeros, 0, || line(memchr::memchr(0, bytes).unwrap_or(0)));
            without.extend(bytes[..keep].iter().filter(|&&b| b != 0));
        }
        let kept = if zeros > 0 { &without } else { &bytes[..keep] };
        let mut text = String::with_capacity(kept.len());
        let mended = mend(kept, &mut text);
        let first = || line(std::str::from_utf8(&bytes[..keep]).map_or_else(|error| error.valid_up_to(), |_| 0));
        if mended.western > 0 && !western {
            repairs.add(Repair::Western, mended.western, 0, first);
        }
        if mended.replaced > 0 {
            repairs.add(Repair::Replaced, mended.replaced, 0, first);
        }
        Self { text, repairs, whole, ..Self::default() }
    }

    /// The same sample with what the user said.
    #[must_use]
    pub fn asked(self, records: Option<String>, asked: Vec<String>) -> Self {
        Self { records, asked, ..self }
    }

    /// The same sample with the profiles that the user named.
    #[must_use]
    pub fn profiled(self, profiles: Option<Arc<Vec<Arc<Profile>>>>) -> Self {
        Self { profiles, ..self }
    }

    /// Whether it looks like text: few control characters and no zero bytes beyond a stray one.
    #[must_use]
    pub fn is_text(&self) -> bool {
        let odd = self.text.chars().filter(|c| (c.is_control() && !c.is_whitespace()) || *c == '\u{FFFD}').count() as u64;
        let mended = self.repairs.count(Repair::Western) + self.repairs.count(Repair::Zero);
        (odd + mended) * 20 <= self.text.chars().count() as u64
    }
}
