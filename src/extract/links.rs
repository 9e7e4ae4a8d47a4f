//! Links of Markdown. In: `[text](https://x.com)`. Out: the text; pictures go. Separate because a pair
//! of brackets is a link only if an address follows.

use super::Edits;

/// Brackets in brackets that are told apart.
const DEEPEST: usize = 8;
/// How addresses begin.
const SCHEMES: [&str; 8] = ["http://", "https://", "www.", "mailto:", "tel:", "/", "#", "<http"];

/// Finds links.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let bytes = text.as_bytes();
    let (mut open, mut depth) = ([0; DEEPEST], 0usize);
    let mut past = 0;
    for at in memchr::memchr2_iter(b'[', b']', bytes).filter(|&at| at > 0 || bytes.first() == Some(&b'[')) {
        if at < past {
            continue;
        }
        if bytes.get(at) == Some(&b'[') {
            if depth == DEEPEST {
                open.rotate_left(1);
                depth -= 1;
            }
            open[depth] = at;
            depth += 1;
            continue;
        }
        let Some(shallower) = depth.checked_sub(1) else { continue };
        depth = shallower;
        let start = open[depth];
        if bytes.get(at + 1) != Some(&b'(') {
            continue;
        }
        let Some(length) = text.get(at + 2..).and_then(address) else { continue };
        let end = at + 2 + length + 1;
        let target = text.get(at + 2..end - 1).unwrap_or("");
        let picture = start.checked_sub(1).filter(|&before| bytes.get(before) == Some(&b'!'));
        if let Some(before) = picture {
            edits.cut_if_more(before, end);
        } else if SCHEMES.iter().any(|scheme| target.starts_with(scheme)) {
            edits.cut(start, start + 1);
            edits.cut(at, end);
        } else {
            continue;
        }
        past = end;
    }
}

/// Bytes up to the closing parenthesis, if they are an address, perhaps with a title in quotes.
fn address(rest: &str) -> Option<usize> {
    let (mut depth, mut quoted) = (0, false);
    for (at, b) in rest.bytes().enumerate() {
        match b {
            b'"' => quoted = !quoted,
            b'\n' | b'[' => return None,
            b' ' if !quoted && rest.as_bytes().get(at + 1) != Some(&b'"') => return None,
            b'(' => depth += 1,
            b')' if depth == 0 && !quoted => return (at > 0).then_some(at),
            b')' => depth -= i32::from(depth > 0),
            _ => {}
        }
    }
    None
}
