//! Names that stand for authors. In: a key that only the user has, and an author as written. Out: the
//! same short name for the same author in all files, runs and machines. Separate because it is the one
//! piece of cryptography here.
//!
//! A plain hash could be turned round with a list of names; HMAC-SHA-256 (RFC 2104, FIPS 180-4; the
//! `hmac` and `sha2` crates of RustCrypto) cannot be without the key. Ten signs of base32 (RFC 4648) keep
//! 50 bits: that any two of a million authors share one has a chance of about 1 in 2,300, of
//! ten thousand 1 in 22 million.

use crate::error::{Error, Result};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What pseudonyms begin with, so that nobody takes them for names and no spreadsheet for a number.
const PREFIX: &str = "author-";
/// Signs behind it.
const SIGNS: usize = 10;
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Gives authors their pseudonyms.
#[derive(Clone, Debug)]
pub struct Pseudonyms(Hmac<Sha256>);

impl Pseudonyms {
    /// By a key.
    ///
    /// # Errors
    /// When the key is empty.
    pub fn keyed(key: &[u8]) -> Result<Self> {
        let empty = || Error::usage("found an empty key, expected some secret signs").advise("a long random key: openssl rand -hex 32");
        if key.is_empty() {
            return Err(empty());
        }
        Ok(Self(Hmac::new_from_slice(key).map_err(|_| empty())?))
    }

    /// Of an author; blanks around the name do not count.
    #[must_use]
    pub fn of(&self, author: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(author.trim().as_bytes());
        let bits = mac.finalize().into_bytes().iter().take(8).fold(0u64, |bits, &b| bits << 8 | u64::from(b));
        #[allow(clippy::cast_possible_truncation)] // five bits are used
        let sign = |at: usize| BASE32.get((bits >> (59 - 5 * at)) as usize & 31).map_or('a', |&b| char::from(b));
        PREFIX.chars().chain((0..SIGNS).map(sign)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_anybody_can_compute_it() {
        // printf 'Jo Doe' | openssl dgst -sha256 -hmac key -binary | base32 | tr A-Z a-z | cut -c1-10
        let names = Pseudonyms::keyed(b"key").unwrap();
        assert_eq!(names.of("Jo Doe"), "author-7bhcwcxh5p");
        assert_eq!(names.of(" Jo Doe\n"), names.of("Jo Doe"));
        assert_ne!(names.of("Jo Doe"), names.of("jo doe"));
        assert_ne!(Pseudonyms::keyed(b"another").unwrap().of("Jo Doe"), names.of("Jo Doe"));
        assert!(Pseudonyms::keyed(b"").is_err());
    }

    #[test]
    fn pseudonyms_are_no_personal_data() {
        let names = Pseudonyms::keyed(b"key").unwrap();
        for n in 0..5000 {
            let name = names.of(&n.to_string());
            assert_eq!(crate::redact::redact(&name), name);
        }
    }
}
