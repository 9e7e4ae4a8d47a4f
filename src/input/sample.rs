//! The first bytes of a file. In: what was read before anything is known. Out: text that detection can
//! look at. Separate because formats, columns, dates and `inspect` all look at the same sample.

/// The beginning of a file, decoded.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The text; bytes that are not UTF-8 are replaced, here only.
    pub text: String,
    /// Whether it is the whole file.
    pub whole: bool,
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
        Self { text: String::from_utf8_lossy(&bytes[..keep]).into_owned(), whole }
    }

    /// Whether it looks like text: few control characters and no zero bytes beyond a stray one.
    #[must_use]
    pub fn is_text(&self) -> bool {
        let odd = self.text.chars().filter(|c| (c.is_control() && !c.is_whitespace()) || *c == '\u{FFFD}').count();
        odd * 20 <= self.text.chars().count()
    }
}
