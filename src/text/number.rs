//! Numbers as people write them. In: the text of a number token. Out: its value in thousandths.
//! Separate because ratings in text and rating columns read numbers the same way.

/// The value in thousandths of `4`, `4.5`, `4,5` or `1,000`; none for anything else or too large.
///
/// A comma followed by exactly three digits groups thousands, any other is a decimal comma.
#[must_use]
pub fn thousandths(text: &str) -> Option<i64> {
    let (mut whole, mut fraction, mut digits) = (0i64, 0i64, 0u32);
    let mut decimals: Option<u32> = None;
    let bytes = text.as_bytes();
    for (i, &b) in bytes.iter().enumerate() {
        match (b, decimals) {
            (b'0'..=b'9', None) => {
                whole = whole.checked_mul(10)?.checked_add(i64::from(b - b'0'))?;
                digits += 1;
            }
            (b'0'..=b'9', Some(place)) => {
                if place < 3 {
                    fraction += i64::from(b - b'0') * 10i64.pow(2 - place);
                }
                decimals = Some(place + 1);
            }
            (b',', None) if groups_thousands(&bytes[i + 1..]) => {}
            (b'.' | b',', None) => decimals = Some(0),
            _ => return None,
        }
    }
    (digits > 0).then(|| whole.checked_mul(1000)?.checked_add(fraction))?
}

fn groups_thousands(rest: &[u8]) -> bool {
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    digits == 3
}

#[cfg(test)]
mod tests {
    use super::thousandths;

    #[test]
    fn decimal_points_commas_and_groups() {
        let cases = [
            ("5", Some(5000)),
            ("4.5", Some(4500)),
            ("4,5", Some(4500)),
            ("1,000", Some(1_000_000)),
            ("0.125", Some(125)),
            ("3.14159", Some(3141)),
            ("", None),
            (".", None),
            ("5a", None),
            ("1.2.3", None),
            ("99999999999999999999", None),
        ];
        for (text, value) in cases {
            assert_eq!(thousandths(text), value, "{text}");
        }
    }
}
