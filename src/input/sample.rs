//! The first bytes of a file. In: what was read before anything is known. Out: text that detection can
//! look at. Separate because formats, columns, dates and `inspect` all look at the same sample.

use super::profile::Profile;
use std::sync::Arc;

/// The beginning of a file, decoded, and what the user said about where to look.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The text; bytes that are not UTF-8 are replaced, here only.
    pub text: String,
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
        let keep = match std::str::from_utf8(bytes) {
            Err(error) if error.error_len().is_none() && !whole => error.valid_up_to(),
            _ => bytes.len(),
        };
        Self { text: String::from_utf8_lossy(&bytes[..keep]).into_owned(), whole, ..Self::default() }
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
        let odd = self.text.chars().filter(|c| (c.is_control() && !c.is_whitespace()) || *c == '\u{FFFD}').count();
        odd * 20 <= self.text.chars().count()
    }
}
