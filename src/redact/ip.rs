//! IP addresses. In: a text. Out: addresses of version 4 that are not numbers of versions or sections,
//! and of version 6. Separate because four numbers and three dots are mostly something else.

use super::neighbours::{after, before, goes_on, is_end, is_start, number_came_on, number_goes_on};
use super::words::{Cue, shortly_before};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::sync::LazyLock;

static ADDRESS: LazyLock<Cue> = LazyLock::new(|| Cue::of("ip-word"));
static VERSION: LazyLock<Cue> = LazyLock::new(|| Cue::of("version-word"));

/// Longest address: `0000:` six times and `255.255.255.255`.
const LONGEST: usize = 45;

/// The next address.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let inside = |b: &u8| b.is_ascii_hexdigit() || matches!(b, b'.' | b':');
    let mut at = from;
    while let Some(gap) = bytes.get(at..)?.iter().position(inside) {
        let start = at + gap;
        let length = bytes.get(start..)?.iter().take_while(|b| inside(b)).count();
        if (3..=LONGEST + 1).contains(&length)
            && is_start(text, start)
            && let Some(found) = address(text, start, start + length)
        {
            return Some(found);
        }
        at = start + length;
    }
    None
}

/// The address in a stretch of its signs.
fn address(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let stretch = text.get(start..end)?;
    let colons = stretch.bytes().filter(|b| *b == b':').count();
    if colons >= 2 {
        // A colon may come before it, and a sign of the sentence behind.
        let inner = if stretch.starts_with("::") { stretch } else { stretch.trim_start_matches([':', '.']) };
        let start = end - inner.len();
        let inner = inner.trim_end_matches('.');
        let inner = if inner.ends_with("::") { inner } else { inner.trim_end_matches(':') };
        return (is_end(text, start + inner.len()) && is_v6(inner)).then_some(start..start + inner.len());
    }
    let port = stretch.find(':').filter(|&at| at > 0).unwrap_or(stretch.len());
    let start = if stretch.starts_with(':') { start + 1 } else { start };
    let inner = text.get(start..)?.get(..port.min(end - start))?.trim_end_matches('.');
    let (end, octets) = (start + inner.len(), inner.parse::<Ipv4Addr>().ok()?.octets());
    let alone = is_start(text, start) && is_end(text, end) && !number_came_on(text, start, b".-,") && !number_goes_on(text, end, b".-");
    (alone && !before(text, start).is_some_and(|c| c == '$' || c == '-') && is_v4(text, start, end, octets)).then_some(start..end)
}

/// Not the number of a version: an address is written as such (a port, a network, a link, words), or is
/// one that all routers know, or is large enough.
fn is_v4(text: &str, start: usize, end: usize, octets: [u8; 4]) -> bool {
    if text.get(..start).is_some_and(|before| before.ends_with("://")) {
        return true;
    }
    let words = shortly_before(text, start);
    let (address, version) = (ADDRESS.last(&words), VERSION.last(&words));
    let private = matches!(octets, [10, ..] | [127, 0, ..] | [192, 168, ..] | [172, 16..=31, ..] | [1, 1, 1, 1] | [8, 8, 8 | 4, 8 | 4]);
    let routed = matches!(octets, [1..=223, ..]) && octets.iter().filter(|&&octet| octet > 31).count() >= 2;
    let written = number_goes_on(text, end, b":/") && after(text, end + 1).is_some_and(|c| c.is_ascii_digit());
    if version > address { false } else { address.is_some() || written || private || routed }
}

/// Hexadecimal groups with at least one digit among them: `a::b` is code.
fn is_v6(text: &str) -> bool {
    let groups = text.split(':').filter(|group| !group.is_empty()).count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (text == "::1" || (digits >= 2 && groups >= 2))
        && text.len() >= 3
        && text.parse::<Ipv6Addr>().is_ok()
        && !text.chars().any(|c| goes_on(c) && !c.is_ascii())
}
