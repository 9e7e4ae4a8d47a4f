//! Compressed files. In: a stream of bytes. Out: the bytes that were compressed, told by content, not
//! by name. Separate because what is inside does not matter here.

use std::io::{self, BufRead, Read};

/// How a file is compressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip, of one or several members.
    Gzip,
    /// Zstandard.
    Zstd,
}

/// Largest window of a Zstandard stream, as a power of two; the archives of social networks use 31.
const WINDOW: u32 = 31;

impl Compression {
    /// Told from the first bytes.
    #[must_use]
    pub const fn of(first: &[u8]) -> Self {
        match first {
            [0x1F, 0x8B, ..] => Self::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Self::Zstd,
            _ => Self::None,
        }
    }

    /// The name, for `inspect`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// A stream of the bytes inside.
///
/// # Errors
/// When the first bytes cannot be read.
pub fn unpack(mut input: Box<dyn BufRead + Send>) -> io::Result<(Compression, Box<dyn Read + Send>)> {
    let compression = Compression::of(input.fill_buf()?);
    let reader: Box<dyn Read + Send> = match compression {
        Compression::None => Box::new(input),
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(input)),
        Compression::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(input)?;
            decoder.window_log_max(WINDOW)?;
            Box::new(decoder)
        }
    };
    Ok((compression, reader))
}
