//! Numbers of persons. In: a text. Out: national ids, tax numbers and passports of the shapes of
//! `lexicons/private.tsv`, with the right check digits where they have any, and behind a word that says
//! what they are where their shape alone does not. Separate because each is one line of data and a check.

pub mod check;

use super::groups::next_digits;
use super::neighbours::{before, is_end, is_start, number_came_on, number_goes_on};
use super::words::{Cue, lines};
use check::{CHECKS, Check};
use std::ops::Range;
use std::sync::LazyLock;

/// A shape of an id.
#[derive(Clone, Copy)]
struct Shape {
    signs: &'static [u8],
    check: Check,
    /// Words of which one must stand before; none if the shape is enough.
    cue: Option<usize>,
}

/// All shapes.
struct Shapes {
    /// Those that a number may begin, by how many digits it has before anything else.
    digit: [Vec<Shape>; RUNS],
    /// Those that a letter may begin.
    letter: Vec<Shape>,
    cues: Vec<Cue>,
}

/// Digits in a row, from none to as many and more as the longest shape has.
const RUNS: usize = 20;

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let mut shapes = Shapes { digit: [const { Vec::new() }; RUNS], letter: Vec::new(), cues: Vec::new() };
    for mut fields in lines("id") {
        let (Some(_), Some(list), Some(check), Some(words)) = (fields.next(), fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let Some(&(_, check)) = CHECKS.iter().find(|(name, _)| *name == check) else { continue };
        let cue = (words != "-").then(|| {
            shapes.cues.push(Cue::new(words.split(',')));
            shapes.cues.len() - 1
        });
        for shape in list.split('|') {
            let shape = Shape { signs: shape.as_bytes(), check, cue };
            if matches!(shape.signs.first(), Some(b'A' | b'*')) {
                shapes.letter.push(shape);
            }
            for (run, list) in shapes.digit.iter_mut().enumerate() {
                if shape.may_begin_with(run) {
                    list.push(shape);
                }
            }
        }
    }
    shapes
});

impl Shape {
    /// Whether a text that begins with so many digits may be of this shape.
    fn may_begin_with(&self, run: usize) -> bool {
        let wanted = self.signs.iter().take_while(|sign| sign.is_ascii_digit()).count();
        match self.signs.get(wanted) {
            _ if run == 0 || self.signs.first() == Some(&b'A') => false,
            Some(b'_' | b'*') => run >= wanted,
            _ => run == wanted,
        }
    }
}

/// How far behind the first letter the first digit stands at most, in bytes.
const LETTERS: usize = 8;
/// Longest id, without blanks and signs.
const LONGEST: usize = 24;

/// The next id.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // Starts of words from which a digit is not far.
    let mut at = from;
    let mut digit = next_digits(bytes, from)?;
    loop {
        if digit > at + LETTERS {
            at = digit - LETTERS;
            // A word that began before is too far.
            if bytes.get(at - 1).is_some_and(u8::is_ascii_alphanumeric) {
                at += bytes.get(at..)?.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            }
        }
        let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_alphanumeric)?;
        if digit < start {
            digit = next_digits(bytes, start)?;
        }
        let word = start + bytes.get(start..)?.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if digit <= start + LETTERS
            && begins(text, start)
            && let Some(end) = end(text, start)
        {
            return Some(start..end);
        }
        at = word;
    }
}

fn begins(text: &str, start: usize) -> bool {
    is_start(text, start) && !number_came_on(text, start, b".-/") && !matches!(before(text, start), Some('$' | '€' | '£' | '¥' | '#'))
}

/// Where the id ends that begins at a place.
fn end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let shapes = &*SHAPES;
    let run = bytes.get(start..)?.iter().take(RUNS - 1).take_while(|b| b.is_ascii_digit()).count();
    let list = if run > 0 { shapes.digit.get(run)? } else { &shapes.letter };
    list.iter().find_map(|shape| {
        let mut signs = [0u8; LONGEST];
        let (end, count) = fits(shape.signs, bytes.get(start..)?, &mut signs)?;
        let end = start + end;
        // A row of groups goes on.
        let row =
            text.get(start..end)?.contains(' ') && bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        let ends = !row && is_end(text, end) && !number_goes_on(text, end, b".-/");
        let told = || shape.cue.is_none_or(|cue| shapes.cues.get(cue).is_some_and(|cue| cue.before(text, start)));
        (ends && (shape.check)(signs.get(..count)?) && told()).then_some(end)
    })
}

/// How long the text is that fits a shape, and how many digits and capital letters were put together.
fn fits(shape: &[u8], text: &[u8], signs: &mut [u8; LONGEST]) -> Option<(usize, usize)> {
    let (mut at, mut count) = (0, 0);
    for &sign in shape {
        let b = text.get(at).copied();
        let fits = match sign {
            b'_' => {
                at += usize::from(matches!(b, Some(b' ' | b'-' | b'.' | b'/')));
                continue;
            }
            b'9' => b?.is_ascii_digit(),
            b'A' => b?.is_ascii_alphabetic(),
            b'*' => b?.is_ascii_alphanumeric(),
            other => b? == other,
        };
        if !fits {
            return None;
        }
        if b?.is_ascii_alphanumeric() {
            *signs.get_mut(count)? = b?.to_ascii_uppercase();
            count += 1;
        }
        at += 1;
    }
    Some((at, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_check_and_shapes() {
        for mut fields in lines("id") {
            let (name, shapes) = (fields.next().unwrap(), fields.next().unwrap());
            let check = fields.next().unwrap();
            assert!(CHECKS.iter().any(|(known, _)| *known == check), "{name}: no check {check}");
            assert!(shapes.split('|').all(|shape| shape.len() >= 7), "{name}");
            assert!(fields.next().is_some_and(|words| !words.is_empty()), "{name}");
        }
        for (name, _) in CHECKS {
            assert!(lines("id").any(|fields| fields.clone().nth(2) == Some(name)), "{name} is not used");
        }
    }
}
