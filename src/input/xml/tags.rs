//! XML in pieces: tags, texts, and what is neither. In: bytes. Out: one piece and where it ends. Separate
//! because cutting records, learning their columns and taking fields out of them need the same walk. There
//! are no document types here: they are passed over, so no entity ever grows.

use memchr::memmem;

/// A stretch of XML; ranges are offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// `<name attributes>`, or `<name/>`, which is over at once.
    Start { name: (usize, usize), over: bool },
    /// `</name>`
    End { name: (usize, usize) },
    /// Text with entities, as it stands.
    Text(usize, usize),
    /// The inside of a CDATA section.
    Data(usize, usize),
    /// A comment, an instruction or a document type.
    Other,
}

/// The piece that begins at `at`, and the offset behind it; none if it does not end in `data`.
pub fn piece(data: &[u8], at: usize) -> Option<(Piece, usize)> {
    let rest = data.get(at..).filter(|rest| !rest.is_empty())?;
    if rest[0] != b'<' || !opens(rest) {
        let length = memchr::memchr(b'<', &rest[1..]).map_or(rest.len(), |found| found + 1);
        return Some((Piece::Text(at, at + length), at + length));
    }
    let until = |from: usize, close: &[u8]| memmem::find(rest.get(from..)?, close).map(|found| from + found);
    if rest.starts_with(b"<!--") {
        return until(4, b"-->").map(|end| (Piece::Other, at + end + 3));
    }
    if rest.starts_with(b"<![CDATA[") {
        return until(9, b"]]>").map(|end| (Piece::Data(at + 9, at + end), at + end + 3));
    }
    match rest.get(1)? {
        b'?' => until(2, b"?>").map(|end| (Piece::Other, at + end + 2)),
        b'!' => doctype(rest).map(|end| (Piece::Other, at + end)),
        b'/' => {
            let end = memchr::memchr(b'>', rest)?;
            let length = name_length(&rest[2..end]);
            Some((Piece::End { name: (at + 2, at + 2 + length) }, at + end + 1))
        }
        _ => {
            let length = name_length(&rest[1..]);
            let end = tag_end(rest)?;
            Some((Piece::Start { name: (at + 1, at + 1 + length), over: rest[end - 1] == b'/' }, at + end + 1))
        }
    }
}

/// Whether the sign before this opens a tag; `a < b` does not. What is cut off may.
fn opens(rest: &[u8]) -> bool {
    rest.get(1).is_none_or(|&b| b.is_ascii_alphabetic() || matches!(b, b'_' | b':' | b'/' | b'!' | b'?') || b >= 0x80)
}

fn name_length(rest: &[u8]) -> usize {
    rest.iter().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/' | b'=' | b'"' | b'\'')).count()
}

/// Where a tag ends; values of attributes may hold `>`.
fn tag_end(rest: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', rest.get(at..)?)?;
        if rest[at] == b'>' {
            return Some(at);
        }
        at += 2 + memchr::memchr(rest[at], rest.get(at + 1..)?)?;
    }
}

/// Where a document type ends, with declarations in brackets inside.
fn doctype(rest: &[u8]) -> Option<usize> {
    let mut inside = 0usize;
    let mut at = 2;
    loop {
        match rest.get(at)? {
            b'[' | b'<' => inside += 1,
            b']' => inside = inside.saturating_sub(1),
            b'>' if inside == 0 => return Some(at + 1),
            b'>' => inside -= 1,
            &quote @ (b'"' | b'\'') => at += 1 + memchr::memchr(quote, rest.get(at + 1..)?)?,
            _ => {}
        }
        at += 1;
    }
}

/// The attributes of a start tag: ranges of names and values.
pub fn attributes(data: &[u8], from: usize, end: usize, mut visit: impl FnMut((usize, usize), (usize, usize))) {
    let mut at = from;
    while at < end {
        let rest = data.get(at..end).unwrap_or(&[]);
        let blanks = rest.iter().take_while(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).count();
        let name = (at + blanks, at + blanks + name_length(&rest[blanks..]));
        let Some(sign) = data.get(name.1..end).and_then(|rest| rest.iter().position(|b| !b.is_ascii_whitespace())) else { return };
        at = name.1 + sign;
        if data[at] != b'=' || name.0 == name.1 {
            at += usize::from(name.0 == name.1);
            continue;
        }
        let quote = at + 1 + data[at + 1..end].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let Some(&mark @ (b'"' | b'\'')) = data.get(quote) else { return };
        let Some(length) = data.get(quote + 1..end).and_then(|rest| memchr::memchr(mark, rest)) else { return };
        visit(name, (quote + 1, quote + 1 + length));
        at = quote + length + 2;
    }
}

/// Appends text with its entities decoded: the five of XML and numbers; others stay as they stand.
pub fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let found = end.and_then(|end| Some((entity(rest.get(1..end)?)?, end + 1)));
        let (sign, length) = found.unwrap_or(('&', 1));
        out.push(sign);
        rest = &rest[length..];
    }
    out.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let code = name.strip_prefix('#')?;
            let number = code.strip_prefix('x').map_or_else(|| code.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            number.and_then(char::from_u32).filter(|&c| c != '\0')
        }
    }
}
