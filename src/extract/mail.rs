//! Mails. In: a reply with the mail it answers, and what programs put below. Out: the reply. Separate
//! because mails are told by lines of certain words, in many languages: `lexicons/wrappings.tsv`.

use super::Edits;
use super::tables::{lines, phrases};
use std::sync::LazyLock;

/// Longest line above a quoted mail, and longest that a program puts below, in bytes.
const LONGEST_ABOVE: usize = 300;
const LONGEST_BELOW: usize = 80;
/// Longest signature: lines and bytes.
const SIGNATURE: (usize, usize) = (12, 800);

struct Words {
    wrote: Vec<(Vec<&'static str>, Vec<&'static str>)>,
    original: Vec<&'static str>,
    header: Vec<(&'static str, Vec<&'static str>)>,
    sent: Vec<&'static str>,
    /// Bytes that those begin with, in any case.
    sent_first: [bool; 256],
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let split = |list: &'static str| list.split('|').collect::<Vec<_>>();
    let sent = phrases("sent");
    let mut sent_first = [false; 256];
    let firsts = sent.iter().flat_map(|phrase| phrase.chars().take(1)).flat_map(|c| c.to_uppercase().chain([c]));
    firsts.for_each(|c| sent_first[usize::from(c.encode_utf8(&mut [0; 4]).as_bytes()[0])] = true);
    Words {
        wrote: lines("wrote").filter_map(|mut fields| Some((split(fields.next()?), split(fields.next()?)))).collect(),
        original: phrases("original"),
        header: lines("header").filter_map(|mut fields| Some((fields.next()?, split(fields.next()?)))).collect(),
        sent,
        sent_first,
    }
});

/// What a line begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// So many lines above a quoted mail.
    Above(usize),
    /// A signature.
    Signature,
    /// What a program puts below.
    Below,
}

/// Finds quoted mails and signatures.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let mut start = 0;
    let mut skip = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let rest = text.get(start..).unwrap_or("");
        let part = if skip == 0 { part(line, rest) } else { None };
        skip = usize::saturating_sub(skip, 1);
        match part {
            Some(Part::Above(count)) => {
                let above: usize = rest.split_inclusive('\n').take(count).map(str::len).sum();
                let quoted = rest.get(above..).unwrap_or("").trim_start().starts_with('>');
                // Lines with `>` are told by themselves, and an answer may stand below them.
                edits.cut_if_more(start, if quoted { start + above } else { text.len() });
                if !quoted {
                    return;
                }
                skip = count - 1;
            }
            Some(Part::Signature) => return edits.cut_if_more(start, text.len()),
            Some(Part::Below) => edits.cut_if_more(start, end),
            None => {}
        }
        start = end;
    }
}

fn part(line: &str, rest: &str) -> Option<Part> {
    if line.trim_end_matches(['\r', '\n']) == "-- " {
        let short = rest.len() < SIGNATURE.1 && rest.lines().take(SIGNATURE.0 + 1).count() <= SIGNATURE.0;
        return short.then_some(Part::Signature);
    }
    let line = line.trim();
    if line.len() > LONGEST_ABOVE || line.len() < 3 {
        return None;
    }
    let words = &*WORDS;
    let may_be_sent = line.bytes().next().is_some_and(|b| words.sent_first[usize::from(b)]);
    if may_be_sent && line.len() <= LONGEST_BELOW && words.sent.iter().any(|begin| begins(line, begin)) {
        return Some(Part::Below);
    }
    let inner = line.trim_matches(['-', '_', '*', ' ']);
    let dashed = line.len() > inner.len() + 3;
    let colon = line.ends_with(':');
    if (dashed || colon) && words.original.iter().any(|known| (dashed || known.ends_with(':')) && same(inner, known)) {
        return Some(Part::Above(1));
    }
    let next = || rest.lines().skip(1).take(2).map(str::trim);
    let head =
        |(first, others): &(&str, Vec<&str>)| begins(line, first) && next().any(|next| others.iter().any(|other| begins(next, other)));
    if memchr::memchr(b':', line.as_bytes().get(..8).unwrap_or(line.as_bytes())).is_some() && words.header.iter().any(head) {
        return Some(Part::Above(1));
    }
    let said = |line: &str| line.ends_with(':');
    if colon || rest.lines().nth(1).is_some_and(|next| said(next.trim_end())) { wrote(line, rest).map(Part::Above) } else { None }
}

/// How many lines say that somebody wrote at some time.
fn wrote(line: &str, rest: &str) -> Option<usize> {
    let (_, last) = WORDS.wrote.iter().find(|(first, _)| first.iter().any(|begin| begins(line, begin)))?;
    let dated = |line: &str| line.bytes().any(|b| b.is_ascii_digit() || b == b'@');
    let closes = |line: &str| line.ends_with(':') && last.iter().any(|end| ends(line, end));
    // German names the writer behind the word: `schrieb Bob:`.
    let names = |line: &str| line.ends_with(':') && last.iter().any(|end| line.contains(&format!("{} ", end.trim_end_matches(':'))));
    if dated(line) && (closes(line) || names(line)) {
        return Some(1);
    }
    let next = rest.lines().nth(1).map_or("", str::trim);
    (dated(line) && next.len() < LONGEST_ABOVE && (closes(next) || same(next, last.first()?.trim_start()))).then_some(2)
}

/// Whether `line` begins with `words`, which are in lower case.
fn begins(line: &str, words: &str) -> bool {
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase).filter(u8::is_ascii);
    if first(line) != first(words) {
        return false;
    }
    let mut folded = line.chars().flat_map(char::to_lowercase);
    words.chars().all(|c| folded.next() == Some(c))
}

fn ends(line: &str, words: &str) -> bool {
    let mut folded = line.chars().rev().flat_map(char::to_lowercase);
    words.chars().rev().all(|c| folded.next() == Some(c))
}

fn same(line: &str, words: &str) -> bool {
    line.chars().flat_map(char::to_lowercase).eq(words.chars())
}
