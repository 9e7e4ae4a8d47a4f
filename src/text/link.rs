//! Links and e-mail addresses. In: bytes at the beginning of a word. Out: how many of them are one.
//! Separate because words inside a link are no words: `example.com/awful` complains of nothing.

/// The length of the link or e-mail address that `rest` begins with.
pub fn length(rest: &[u8]) -> Option<usize> {
    let until = |stop: fn(&u8) -> bool| rest.iter().position(stop).unwrap_or(rest.len());
    let begins = |prefix: &[u8]| rest.len() > prefix.len() && rest[..prefix.len()].eq_ignore_ascii_case(prefix);
    if [&b"http://"[..], b"https://", b"www."].iter().any(|prefix| begins(prefix)) {
        return Some(until(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'<' | b'>' | b'\'')));
    }
    let end = until(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-' | b'@')));
    let sign = memchr::memchr(b'@', &rest[..end])?;
    let dotted = memchr::memchr(b'.', &rest[sign..end]).is_some();
    (sign > 0 && dotted).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn links_end_where_blanks_or_quotes_begin() {
        let cases = [
            ("https://x.com/a?b=c ok", Some(19)),
            ("WWW.x.com\"", Some(9)),
            ("bob@example.com, hi", Some(15)),
            ("bob@home", None),
            ("hello", None),
            ("www.", None),
        ];
        for (text, expected) in cases {
            assert_eq!(length(text.as_bytes()), expected, "{text}");
        }
    }
}
