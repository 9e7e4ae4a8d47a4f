//! Compressed streams. In: a stream of bytes. Out: the bytes that were compressed, told by content, not
//! by name. Separate because what is inside does not matter here.

use super::limits::{Limits, size};
use crate::error::Error;
use std::io::{self, BufRead, Read};

/// How a stream is compressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compression {
    /// gzip, of one or several members.
    Gzip,
    /// Zstandard, of one or several frames.
    Zstd,
    /// bzip2, of one or several streams.
    Bzip2,
    /// xz, of one or several streams.
    Xz,
    /// The `.lzma` files from before xz.
    Lzma,
}

/// Memory that an LZMA decoder takes beside its window, in KiB.
const LZMA_OVERHEAD: u64 = 1024;

impl Compression {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Gzip, Self::Zstd, Self::Bzip2, Self::Xz, Self::Lzma];

    /// Told from the first bytes; none when they are not compressed.
    #[must_use]
    pub const fn of(first: &[u8]) -> Option<Self> {
        match first {
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            // A frame that is to be skipped may come first.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            // A block, or the end of an empty stream.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Some(Self::Bzip2),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            // Properties, a window of whole KiB, and a size that is unknown or below a terabyte.
            [0x5D, 0, _, _, _, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, ..] | [0x5D, 0, _, _, _, _, _, _, _, _, 0, 0, 0, ..] => {
                Some(Self::Lzma)
            }
            _ => None,
        }
    }

    /// The name, for `inspect` and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Lzma => "lzma",
        }
    }
}

/// A stream of the bytes inside.
pub struct Unpacked<R: BufRead> {
    decoder: Decoder<R>,
    limits: Limits,
    /// Window that the head of the stream asks for, when it says.
    window: Option<u64>,
}

enum Decoder<R: BufRead> {
    Gzip(Box<flate2::bufread::MultiGzDecoder<R>>),
    Zstd(zstd::stream::read::Decoder<'static, R>),
    Bzip2(bzip2::bufread::MultiBzDecoder<R>),
    Xz(Box<lzma_rust2::XzReader<R>>),
    Lzma(Box<lzma_rust2::LzmaReader<R>>),
}

/// Undoes a compression.
///
/// # Errors
/// When the first bytes cannot be read, or ask for more memory than is allowed.
pub fn unpack<R: BufRead>(compression: Compression, mut input: R, limits: Limits) -> io::Result<Unpacked<R>> {
    let window = window(compression, input.fill_buf()?);
    let kib = u32::try_from(limits.window / 1024 + LZMA_OVERHEAD).unwrap_or(u32::MAX);
    let decoder = match compression {
        Compression::Gzip => Decoder::Gzip(Box::new(flate2::bufread::MultiGzDecoder::new(input))),
        Compression::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(input)?;
            decoder.window_log_max(limits.window.ilog2().clamp(10, 31))?;
            Decoder::Zstd(decoder)
        }
        Compression::Bzip2 => Decoder::Bzip2(bzip2::bufread::MultiBzDecoder::new(input)),
        Compression::Xz => Decoder::Xz(Box::new(lzma_rust2::XzReader::new_mem_limit(input, true, kib))),
        Compression::Lzma => {
            let reader = lzma_rust2::LzmaReader::new_mem_limit(input, kib, None);
            Decoder::Lzma(Box::new(reader.map_err(|error| in_our_words(error, limits, window))?))
        }
    };
    Ok(Unpacked { decoder, limits, window })
}

/// The window that a stream needs, as its head has it: RFC 8878 (Zstandard), and the `.lzma` header.
fn window(compression: Compression, head: &[u8]) -> Option<u64> {
    match (compression, head) {
        (Compression::Zstd, [0x28, 0xB5, 0x2F, 0xFD, flags, size, ..]) if flags & 0x20 == 0 => {
            let base = 1u64 << (10 + (size >> 3));
            Some(base + base / 8 * u64::from(size & 7))
        }
        (Compression::Lzma, [_, a, b, c, d, ..]) => Some(u64::from(u32::from_le_bytes([*a, *b, *c, *d]))),
        _ => None,
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.decoder {
            Decoder::Gzip(decoder) => decoder.read(out),
            Decoder::Zstd(decoder) => decoder.read(out),
            Decoder::Bzip2(decoder) => decoder.read(out),
            Decoder::Xz(decoder) => decoder.read(out),
            Decoder::Lzma(decoder) => decoder.read(out),
        };
        read.map_err(|error| in_our_words(error, self.limits, self.window))
    }
}

/// A decoder that refuses to take so much memory says so in its own words.
fn in_our_words(error: io::Error, limits: Limits, window: Option<u64>) -> io::Error {
    let said = error.to_string().to_lowercase();
    if !["too much memory", "mem_limit", "memory limit", "out of memory"].iter().any(|words| said.contains(words)) {
        return error;
    }
    let needed = window.filter(|&needed| needed > limits.window);
    let found = needed.map_or_else(|| "more memory than is allowed".to_owned(), |needed| format!("{} of memory", size(needed)));
    let enough = needed.map_or(1 << 31, u64::next_power_of_two);
    let error = Error::input(format!("found data packed with a long window that needs {found}, expected at most {}", size(limits.window)));
    io::Error::other(error.advise(format!("--max-window {}", size(enough))))
}
