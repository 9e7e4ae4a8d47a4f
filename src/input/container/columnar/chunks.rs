//! Pieces of a file for the Parquet reader. In: something to seek in. Out: readers and bytes from any
//! place, never beyond the end. Separate because the crate asks for its own trait.

use crate::input::container::{Seekable, stored::length};
use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};
use std::io::{self, Read, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// A file that several readers share.
#[derive(Clone)]
pub struct Chunks {
    file: Arc<Mutex<Box<dyn Seekable>>>,
    length: u64,
}

impl Chunks {
    /// Shares a file.
    ///
    /// # Errors
    /// When its length cannot be told.
    pub fn new(mut file: Box<dyn Seekable>) -> io::Result<Self> {
        let length = length(file.as_mut())?;
        Ok(Self { file: Arc::new(Mutex::new(file)), length })
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Chunks {
    type T = io::BufReader<Piece>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(io::BufReader::new(Piece { chunks: self.clone(), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF(format!("{length} bytes at {start} are beyond the end at {}", self.length)));
        }
        let mut bytes = vec![0; length];
        Piece { chunks: self.clone(), at: start }.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// A reader from one place on.
pub struct Piece {
    chunks: Chunks,
    at: u64,
}

impl Read for Piece {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut file = self.chunks.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(out)?;
        self.at += count as u64;
        Ok(count)
    }
}
