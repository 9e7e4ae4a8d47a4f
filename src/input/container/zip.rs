//! zip archives. In: a file with its directory at the end. Out: its files in stored order, or the
//! workbook that it is. Separate because the crate lends its files, and because half a zip archive has
//! no directory: what is there is salvaged.

use super::stored::{Spoiled, length};
use super::{Container, Halt, Seekable, Stored, Unpacker, damaged, salvage, workbook};
use crate::error::Error;
use crate::input::limits::MEMBERS;
use std::io::{self, Read, SeekFrom};
use zip::ZipArchive;
use zip::result::ZipError;

pub const CONTAINER: Container = Container { name: "zip", fits, seeks: true, unpack };

fn fits(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

fn unpack(stored: Stored, unpacker: &mut Unpacker) -> Result<(), Halt> {
    let mut file = match stored.seekable(&mut unpacker.meter) {
        Ok(file) => file,
        Err(Spoiled { file, error }) => {
            salvage::salvage(file, unpacker)?;
            return Err(damaged(&error, &unpacker.layers).into());
        }
    };
    if entries(file.as_mut()).map_err(|e| damaged(&e, &["zip"]))? > MEMBERS as u64 {
        let found = format!("found an archive of more than {MEMBERS} members, expected at most that");
        return Err(Error::input(found).advise("unpack it into a folder and name that").into());
    }
    let mut archive = match ZipArchive::new(&mut file) {
        Ok(archive) => archive,
        Err(error) => {
            salvage::salvage(file, unpacker)?;
            return Err(damaged(&as_io(error), &["zip"]).into());
        }
    };
    if let Some(kind) = workbook::kind(archive.file_names().filter_map(Result::ok).map(|name| name.to_string())) {
        drop(archive);
        return workbook::unpack(file, kind, unpacker);
    }
    for index in 0..archive.len() {
        member(&mut archive, index, unpacker)?;
    }
    Ok(())
}

fn member(archive: &mut ZipArchive<&mut Box<dyn Seekable>>, index: usize, unpacker: &mut Unpacker) -> Result<(), Halt> {
    let name = match archive.name_for_index(index) {
        Some(Ok(name)) => name.into_owned(),
        Some(Err(_)) | None => format!("member {}", index + 1),
    };
    if name.ends_with('/') || !unpacker.takes(&name)? {
        return Ok(());
    }
    match archive.by_index(index) {
        Ok(file) if file.is_dir() || file.is_symlink() => Ok(()),
        Ok(file) => {
            let size = file.size();
            Ok(unpacker.member(&name, Some(size), Box::new(file))?)
        }
        Err(error) => Ok(unpacker.fault(&name, unreadable(error))?),
    }
}

/// What is wrong with a member that cannot be opened.
fn unreadable(error: ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(what) if what == ZipError::PASSWORD_REQUIRED => encrypted(),
        ZipError::InvalidPassword => encrypted(),
        ZipError::CompressionMethodNotSupported(number) => unknown_method(number),
        ZipError::UnsupportedArchive(what) => {
            Error::input(format!("found a zip member that cannot be unpacked: {what}")).advise("unpack it with another program")
        }
        other => damaged(&as_io(other), &["zip"]),
    }
}

/// The error of a member that a password is needed for.
pub fn encrypted() -> Error {
    Error::input("found an encrypted member, expected one without a password").advise("unpack it with its password first: unzip, 7z x")
}

/// The error of a member packed in a way that is not known.
pub fn unknown_method(number: u16) -> Error {
    Error::input(format!("found a zip member packed by method {number}, expected stored, deflate, deflate64, bzip2, lzma, zstd or xz"))
        .advise("unpack it with another program")
}

fn as_io(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
    }
}

/// Entries that the directory's end record states: looked at before the directory is held in memory.
fn entries(file: &mut dyn Seekable) -> io::Result<u64> {
    /// The record with the longest comment, and the locator of a zip64 record before it.
    const TAIL: u64 = 22 + 65_535 + 20;
    let length = length(file)?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    file.rewind()?;
    let Some(end) = memchr::memmem::rfind(&tail, b"PK\x05\x06") else { return Ok(0) };
    let stated = tail.get(end + 10..end + 12).map_or(0, |b| u64::from(b[0]) | u64::from(b[1]) << 8);
    if stated < 0xFFFF {
        return Ok(stated);
    }
    // A directory entry takes 46 bytes at least: the file tells how many there can be.
    let Some(locator) = memchr::memmem::rfind(&tail[..end], b"PK\x06\x07") else { return Ok(length / 46) };
    let number = |bytes: Option<&[u8]>| bytes.and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
    let Some(at) = number(tail.get(locator + 8..locator + 16)) else { return Ok(length / 46) };
    file.seek(SeekFrom::Start(at.min(length)))?;
    let mut record = Vec::new();
    file.take(56).read_to_end(&mut record)?;
    file.rewind()?;
    Ok(number(record.get(32..40)).unwrap_or(length / 46))
}
