//! Numbers in groups. In: a text and a place where a number begins. Out: its groups of digits and what
//! stands between them. Separate because cards and phones are both told by their groups.

/// Most groups that are looked at from one place.
pub const MOST: usize = 7;

/// Groups of digits that follow each other through single signs.
#[derive(Clone, Copy, Default)]
pub struct Groups {
    ends: [(usize, usize); MOST],
    count: usize,
}

impl Groups {
    /// The groups from a place, where a digit stands; between them what the caller allows, given the
    /// bytes behind a group.
    pub fn from(bytes: &[u8], start: usize, between: fn(&[u8]) -> Option<usize>) -> Self {
        let mut groups = Self::default();
        let mut at = start;
        for slot in &mut groups.ends {
            let rest = bytes.get(at..).unwrap_or_default();
            // Nothing longer is a group of a card or a phone, and endless ones must not be read at each step.
            let length = rest.iter().take(40).take_while(|b| b.is_ascii_digit()).count();
            if length == 0 {
                break;
            }
            *slot = (at, at + length);
            groups.count += 1;
            match rest.get(length..).and_then(between) {
                Some(gap) => at += length + gap,
                None => break,
            }
        }
        groups
    }

    /// Where each begins and ends.
    pub fn ends(&self) -> &[(usize, usize)] {
        self.ends.get(..self.count).unwrap_or_default()
    }
}

/// Where the digits from a place end.
pub fn behind_digits(bytes: &[u8], from: usize) -> usize {
    from + bytes.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count()
}

/// The next place, from one on, where digits begin; eight bytes are looked at together.
pub fn next_digits(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let (eights, last) = rest.as_chunks::<8>();
    match eights.iter().position(|eight| has_digit(*eight)) {
        Some(at) => eights.get(at)?.iter().position(u8::is_ascii_digit).map(|gap| from + 8 * at + gap),
        None => last.iter().position(u8::is_ascii_digit).map(|gap| from + 8 * eights.len() + gap),
    }
}

/// Whether one of eight bytes is a digit.
#[inline]
const fn has_digit(eight: [u8; 8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let bytes = u64::from_le_bytes(eight);
    let low = bytes & !HIGH;
    // The high bit of a byte becomes set where the byte is not below the bound.
    let digit = (low + (0x80 - b'0' as u64) * ONES) & !(low + (0x80 - b'9' as u64 - 1) * ONES) & !bytes;
    digit & HIGH != 0
}

/// A blank, hard or not, or a hyphen, hard or not; how many bytes.
pub fn blank_or_hyphen(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b' ' | b'-', ..] => Some(1),
        [0xC2, 0xA0, ..] => Some(2),
        [0xE2, 0x80, 0x91 | 0xAF, ..] => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next_digits;

    #[test]
    fn digits_are_found_wherever_they_stand() {
        for b in 0..=255u8 {
            for at in 0..20 {
                let mut bytes = [b'x'; 20];
                bytes[at] = b;
                assert_eq!(next_digits(&bytes, 0), b.is_ascii_digit().then_some(at), "{b:#x} at {at}");
                assert_eq!(next_digits(&bytes, 5), (b.is_ascii_digit() && at >= 5).then_some(at), "{b:#x} at {at}");
            }
        }
    }
}
