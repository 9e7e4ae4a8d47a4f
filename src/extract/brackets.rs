//! Angle brackets of chats and of Markdown. In: `<@U123>`, `<https://x.com|label>`, `<https://x.com>`.
//! Out: the mention, label or link. Separate because these are no tags: what they hold tells them.

use super::Edits;

/// Longest that is looked at, in bytes.
const LONGEST: usize = 2000;

/// Finds them.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let bytes = text.as_bytes();
    for start in memchr::memchr_iter(b'<', bytes) {
        let Some(rest) = bytes.get(start + 1..) else { continue };
        if !matches!(rest.first(), Some(b'@' | b'#' | b'!' | b':' | b'h' | b'H' | b'm' | b't' | b'a')) {
            continue;
        }
        // It ends before the next begins; looking no further keeps time linear.
        let end = memchr::memchr3(b'>', b'<', b'\n', rest).filter(|&end| end < LONGEST && rest.get(end) == Some(&b'>'));
        if let Some(inside) = end.and_then(|end| text.get(start + 1..start + 1 + end)) {
            unwrap(inside, start + 1, edits);
        }
    }
}

fn unwrap(inside: &str, from: usize, edits: &mut Edits) {
    let end = from + inside.len();
    let label = inside.find('|').map(|bar| from + bar + 1).filter(|&label| label < end);
    let links = ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| inside.starts_with(scheme));
    let code = |rest: &str| {
        let id = rest.split('|').next().unwrap_or("");
        id.len() > 2 && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    let mut kept = match label {
        Some(label) => (label, end),
        None => (from, end),
    };
    let named = |sign| inside.strip_prefix(sign).is_some_and(code);
    if links {
        // As it is.
    } else if let Some(sign) = ['@', '#'].into_iter().find(|&sign| named(sign)) {
        // The sign stays before the name.
        let shown = inside.find('|').and_then(|bar| inside.get(bar + 1..)).is_some_and(|label| label.starts_with(sign));
        if label.is_some() && !shown {
            edits.cut(from - 1, from);
            edits.cut(from + 1, kept.0);
            edits.cut(kept.1, end + 1);
            return;
        }
    } else if let Some(word) = inside.strip_prefix('!') {
        let all = ["here", "channel", "everyone"].contains(&word.split('|').next().unwrap_or(""));
        if all && label.is_none() {
            edits.put(from - 1, from + 1, '@');
            edits.cut(end, end + 1);
            return;
        }
        if !all && !(label.is_some() && (word.starts_with("subteam^") || word.starts_with("date^"))) {
            return;
        }
    } else if let Some(name) = inside.strip_prefix(':').or_else(|| inside.strip_prefix("a:")) {
        // An emoji of a server: `<:smile:123456>`.
        let Some((word, id)) = name.split_once(':').filter(|(_, id)| id.len() > 9 && id.bytes().all(|b| b.is_ascii_digit())) else {
            return;
        };
        let start = end - id.len() - 1 - word.len();
        kept = (start - 1, start + word.len() + 1);
    } else {
        return;
    }
    edits.cut(from - 1, kept.0);
    edits.cut(kept.1, end + 1);
}
