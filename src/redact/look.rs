//! The quick look. In: a text. Out: which kinds of personal data may be in it. Separate because nearly
//! all texts hold none, and must not pay for nine searches: the first pass has no branches, and the
//! second only visits digits.

use super::groups::next_digits;

/// What has been seen.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Look {
    /// An `@`.
    pub at: bool,
    /// A `=`.
    pub equals: bool,
    /// `(at)` or `[at]`.
    pub spelled_at: bool,
    /// `u/` before a name.
    pub user_path: bool,
    /// Seven digits with nothing but blanks and signs of phone numbers between, not a date as exports
    /// write them.
    pub many_digits: bool,
    /// Two letters and two digits at the start of a word.
    pub iban: bool,
    /// Digits in groups, in number or among letters.
    pub id: bool,
    /// Digits before a dot and a digit, or beside a colon.
    pub ip: bool,
    /// A number of at most five digits.
    pub short_number: bool,
}

/// Most digits of a house number.
pub const HOUSE: usize = 5;

impl Look {
    /// Looks over a text.
    #[must_use]
    pub fn at(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut look = Self::default();
        if is_date(bytes) {
            return look;
        }
        // One bit a sign in each lane, so that the loop is a few vector instructions.
        let mut lanes = [0; LANES];
        let (chunks, rest) = bytes.as_chunks::<LANES>();
        chunks.iter().for_each(|chunk| lanes.iter_mut().zip(chunk).for_each(|(lane, &b)| *lane |= sign(b)));
        lanes.iter_mut().zip(rest).for_each(|(lane, &b)| *lane |= sign(b));
        let seen = lanes.iter().fold(0, |seen, lane| seen | lane);
        look.at = seen & 1 != 0;
        look.equals = seen & 2 != 0;
        look.user_path = seen & 4 != 0 && memchr::memmem::find(bytes, b"u/").is_some();
        look.spelled_at = seen & 16 != 0 && has_spelled_at(bytes);
        if seen & 8 != 0 {
            look.at_digits(bytes);
        }
        look
    }

    fn at_digits(&mut self, bytes: &[u8]) {
        let (mut at, mut digits) = (0, 0);
        while let Some(start) = next_digits(bytes, at) {
            let rest = bytes.get(start..).unwrap_or_default();
            let length = rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
            let end = start + length;
            digits += length;
            let near = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
            let (before, after, then) = (near(start.checked_sub(1)), near(Some(end)), near(Some(end + 1)));
            self.iban |= length >= 2 && before.is_ascii_alphabetic() && near(start.checked_sub(2)).is_ascii_alphabetic();
            self.id |= length >= 5
                || (matches!(after, b' ' | b'-' | b'.' | b'/') && then.is_ascii_digit())
                || (before.is_ascii_alphabetic() && after.is_ascii_alphabetic());
            self.ip |= (after == b'.' && then.is_ascii_digit()) || after == b':' || before == b':';
            self.short_number |= length <= HOUSE;
            at = end;
        }
        self.many_digits = digits >= 7 && has_many_digits(bytes);
    }
}

/// Bytes that are looked at together.
const LANES: usize = 32;

/// The sign of a byte, one bit each.
#[inline]
const fn sign(b: u8) -> u8 {
    (b == b'@') as u8
        | ((b == b'=') as u8) << 1
        | ((b == b'/') as u8) << 2
        | ((b.wrapping_sub(b'0') < 10) as u8) << 3
        | (((b == b'(') | (b == b'[')) as u8) << 4
}

/// Whether a text is nothing but a date and a time of day as exports write them: every record has one, and
/// none is of any kind.
fn is_date(bytes: &[u8]) -> bool {
    const SHAPE: &[u8] = b"0000-00-00T00:00:00";
    let is_sign = |(b, sign): (&u8, &u8)| match sign {
        b'0' => b.is_ascii_digit(),
        b'T' => matches!(b, b'T' | b' '),
        _ => b == sign,
    };
    matches!(bytes.first(), Some(b'1' | b'2'))
        && matches!((bytes.len(), bytes.get(SHAPE.len()..)), (10 | 19, _) | (20, Some(b"Z")))
        && bytes.iter().zip(SHAPE).all(is_sign)
}

/// `(at)` or `[at]`, blanks apart.
fn has_spelled_at(bytes: &[u8]) -> bool {
    memchr::memchr2_iter(b'(', b'[', bytes).any(|at| {
        bytes.get(at + 1..at + 4).is_some_and(|inside| {
            inside.get(..2).is_some_and(|word| word.eq_ignore_ascii_case(b"at")) && matches!(inside.get(2), Some(b')' | b']'))
        })
    })
}

/// See [`Look::many_digits`].
fn has_many_digits(bytes: &[u8]) -> bool {
    let (mut begin, mut digits) = (None, 0);
    for (at, &b) in bytes.iter().enumerate() {
        match b {
            b'0'..=b'9' => {
                begin.get_or_insert(at);
                digits += 1;
                if digits >= 7 && !bytes.get(begin.unwrap_or(at)..).is_some_and(begins_with_date) {
                    return true;
                }
            }
            // The last two begin a hard blank and a hard hyphen.
            b' ' | b'(' | b')' | b'.' | b'-' | b'/' | b'+' | 0xC2 | 0xA0 | 0xE2 | 0x80 | 0x91 => {}
            _ => (begin, digits) = (None, 0),
        }
    }
    false
}

/// `2026-03-01`, and what follows is no digit.
fn begins_with_date(bytes: &[u8]) -> bool {
    let shape = |(at, b): (usize, &u8)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() };
    bytes.get(..10).is_some_and(|date| date.iter().enumerate().all(shape))
        && !bytes.get(10).is_some_and(|b| matches!(b, b'0'..=b'9' | b'-' | b' '))
}

#[cfg(test)]
mod tests {
    use super::super::{KINDS, NO_HANDLES, replaced};
    use super::is_date;

    #[test]
    fn what_is_passed_over_as_a_date_is_of_no_kind() {
        let times = ["", "T09:52:35Z", " 23:59:59", "T00:00:00"];
        for (year, month) in (1900..2100).flat_map(|year| (1..13).map(move |month| (year, month))) {
            for (day, time) in (1..32).zip(times.into_iter().cycle().skip(month)) {
                let text = format!("{year}-{month:02}-{day:02}{time}");
                assert!(is_date(text.as_bytes()), "{text}");
                assert!(KINDS.iter().all(|kind| replaced(kind, &text, &NO_HANDLES).is_none()), "{text}");
            }
        }
        for text in ["2026-03-01 5", "2026-03-01T09:52:351", "3026-03-01", "2026/03/01", "2026-03-0"] {
            assert!(!is_date(text.as_bytes()), "{text}");
        }
    }
}
