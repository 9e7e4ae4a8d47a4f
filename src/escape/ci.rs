//! For build servers: XML of test results, and the workflow commands of GitHub. Separate because both are
//! read by programs, which stop at other signs than people do.

use super::terminal;
use std::fmt::Write;

/// For XML text and attributes: as [`terminal`], with entities for the signs of markup. What XML 1.0 cannot
/// hold at all becomes a replacement character.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in terminal(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    out
}

/// For the message of a workflow command: as [`terminal`], and what would end the line or be taken for an
/// escape is percent-encoded.
#[must_use]
pub fn command_data(text: &str) -> String {
    encoded(text, &['%', '\r', '\n'])
}

/// For a property of a workflow command, in which `:` and `,` divide too.
#[must_use]
pub fn command_property(text: &str) -> String {
    encoded(text, &['%', '\r', '\n', ':', ','])
}

fn encoded(text: &str, signs: &[char]) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in terminal(text).chars() {
        if signs.contains(&c) {
            // Writing to a string does not fail.
            let _ = write!(out, "%{:02X}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_stays_text() {
        assert_eq!(xml("<a b=\"c\">'&'</a>]]>"), "&lt;a b=&quot;c&quot;&gt;&apos;&amp;&apos;&lt;/a&gt;]]&gt;");
        assert_eq!(xml("a\u{0}\u{8}\u{FFFF}\u{202E}b\r\nc"), "a\\u{0}\\u{8}\u{FFFD}\\u{202e}b  c");
    }

    #[test]
    fn no_command_begins_inside_another() {
        assert_eq!(command_data("50 %\n::error::x\r"), "50 %25 ::error::x ");
        assert_eq!(command_property("a:b,c%0A\n::stop-commands::x"), "a%3Ab%2Cc%250A %3A%3Astop-commands%3A%3Ax");
    }
}
