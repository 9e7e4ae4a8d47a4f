//! Untrusted text made harmless. In: text from posts, file names, columns. Out: text that does
//! nothing but show in a terminal, Markdown, HTML or a spreadsheet. Separate and at the bottom of the house
//! because every room that prints depends on it.

mod ci;

pub use ci::{command_data, command_property, xml};

use std::borrow::Cow;

/// For a terminal: control characters, bidirectional overrides and invisible marks become visible
/// escapes; line breaks and tabs become blanks.
#[must_use]
pub fn terminal(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_harmful(c) || c.is_whitespace() && c != ' ') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ if is_harmful(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a character changes the order in which text is shown.
#[must_use]
pub const fn turns_text(c: char) -> bool {
    matches!(c as u32, 0x61C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069)
}

/// Whether a character may steer a terminal, hide text or change its order. The joiner of emoji
/// sequences and variation selectors are left.
#[must_use]
pub const fn is_harmful(c: char) -> bool {
    matches!(c as u32,
        0..=0x1F | 0x7F..=0x9F | 0xAD | 0x61C | 0x200B | 0x200C | 0x200E | 0x200F | 0x202A..=0x202E
        | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

/// For Markdown: as [`terminal`], and every sign that could begin markup, HTML or a table cell is
/// escaped.
#[must_use]
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in terminal(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '!' | '|' | '~' | '@' | ':' => {
                out.push('\\');
                out.push(c);
            }
            // `www.` alone begins a link.
            '.' if out.ends_with("www") || out.ends_with("WWW") => out.push_str("\\."),
            _ => out.push(c),
        }
    }
    out
}

/// For HTML, as text or inside a quoted attribute: as [`terminal`], and the five signs that mean something
/// there become references.
#[must_use]
pub fn html(text: &str) -> Cow<'_, str> {
    let shown = terminal(text);
    if !shown.contains(['<', '>', '&', '"', '\'']) {
        return shown;
    }
    let mut out = String::with_capacity(shown.len() + 16);
    for c in shown.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// For a CSV cell that a spreadsheet may open: a cell that would be a formula gets a leading
/// apostrophe. Numbers stay numbers.
#[must_use]
pub fn spreadsheet(text: &str) -> Cow<'_, str> {
    let begins = text
        .trim_start_matches([' ', '\u{A0}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']);
    if begins && text.trim().parse::<f64>().is_err() { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(terminal("a\u{1B}[31mb\u{202E}c\u{7}\nd"), "a\\u{1b}[31mb\\u{202e}c\\u{7} d");
        assert_eq!(terminal("fine 👨‍👩‍👧 ❤️ é"), "fine 👨‍👩‍👧 ❤️ é");
    }

    #[test]
    fn markdown_and_html_are_dead() {
        let out = markdown("<script>alert(1)</script> [x](http://y) | `z` **b** www.example.com");
        assert!(!out.contains("www.") && !out.contains('<') && !out.contains("](") && out.contains("\\|") && out.contains("\\`"));
    }

    #[test]
    fn no_text_is_html() {
        assert_eq!(html("a\u{202E}b\0\nc"), "a\\u{202e}b\\u{0} c");
        assert_eq!(html("</script><img src=\"x\" title='&'>"), "&lt;/script&gt;&lt;img src=&quot;x&quot; title=&#39;&amp;&#39;&gt;");
        assert!(matches!(html("fine 👨‍👩‍👧 é 便宜"), Cow::Borrowed(_)));
    }

    #[test]
    fn formulas_are_text_and_numbers_stay() {
        for formula in ["=cmd()", "+1+1", "-2+3", "@SUM(A1)", " =x", "\t=x"] {
            assert!(spreadsheet(formula).starts_with('\''), "{formula}");
        }
        assert_eq!(spreadsheet("-0.5"), "-0.5");
        assert_eq!(spreadsheet("fine"), "fine");
    }
}
