//! What a file says of its own encoding. In: its first bytes. Out: a label. Separate because it is a hint
//! only: files are saved anew in another encoding and go on saying the old one.

/// Bytes in which a file may say it.
const NEAR: usize = 1024;

/// The encoding that a file names: in the prolog of XML, in a `meta` of HTML, or in a comment on one of
/// the first two lines, as scripts do (`# -*- coding: latin-1 -*-`).
#[must_use]
pub fn hint(first: &[u8]) -> Option<&[u8]> {
    let near = first.get(..NEAR).unwrap_or(first);
    let text = near.trim_ascii_start();
    if text.starts_with(b"<") {
        let prolog = text.starts_with(b"<?xml").then(|| memchr::memmem::find(text, b"?>")).flatten();
        let named = prolog.and_then(|end| behind(&text[..end], b"encoding"));
        return named.or_else(|| memchr::memmem::find(text, b"<meta").and_then(|at| behind(&text[at..], b"charset")));
    }
    let mut lines = near.split(|&b| b == b'\n').take(2);
    lines.find_map(|line| line.starts_with(b"#").then(|| behind(line, b"coding")).flatten())
}

/// The word behind `key=`, quoted or not.
fn behind<'t>(text: &'t [u8], key: &[u8]) -> Option<&'t [u8]> {
    let at = memchr::memmem::find(text, key)? + key.len();
    let rest = text.get(at..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b"=").or_else(|| rest.strip_prefix(b":"))?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')).count();
    rest.get(..length).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_say_it_in_three_ways() {
        let cases: [(&str, Option<&str>); 8] = [
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r/>", Some("ISO-8859-1")),
            ("<?xml version='1.0' encoding = 'shift_jis' ?>", Some("shift_jis")),
            ("<html><head><meta charset=gbk>", Some("gbk")),
            ("<html><meta http-equiv=\"Content-Type\" content=\"text/html; charset=EUC-JP\">", Some("EUC-JP")),
            ("# -*- coding: latin-1 -*-\nid,text", Some("latin-1")),
            ("<?xml version=\"1.0\"?><r encoding=\"x\"/>", None),
            ("id,text\n1,encoding=latin-1", None),
            ("", None),
        ];
        for (text, found) in cases {
            assert_eq!(hint(text.as_bytes()), found.map(str::as_bytes), "{text}");
        }
    }
}
