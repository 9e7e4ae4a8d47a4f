//! What a row says of subjects. In: what was heard in a record. Out: members of its object, or cells.
//! Separate because most rows have none.

use super::passed::json_string;
use super::{Holds, Rows, decimal, push_decimal};
use crate::analyze::Analysis;
use crate::escape::spreadsheet;
use crate::input::{Field, Record};
use crate::mention::{Ear, Felt, Listener};
use crate::score::{Polarity, Score};

/// Columns that are added to CSV when somebody is listened for, and when records name their target.
pub(super) const HEARD: [&str; 1] = ["earful_mentions"];
pub(super) const TARGETED: [&str; 2] = ["earful_target_score", "earful_target_polarity"];

/// Appends the mentions and the target of a record to its object.
pub(super) fn json_heard(rows: &Rows, record: &Record, analysis: &Analysis, ear: &Ear, out: &mut Vec<u8>) {
    if let Some(listener) = rows.listener {
        let mut chars = Chars { text: analysis.text, bytes: 0, count: 0 };
        out.extend_from_slice(b",\"mentions\":[");
        for (at, felt) in ear.mentions().iter().enumerate() {
            let Some((subject, kind)) = listener.subject(felt.subject) else { continue };
            out.extend_from_slice(if at == 0 { b"{\"subject\":".as_slice() } else { b",{\"subject\":" });
            json_string(subject, out);
            push_member("kind", out);
            json_string(kind.name(), out);
            place(felt, &mut chars, out);
            judged(felt.score.as_ref(), out);
            out.push(b'}');
        }
        // Subjects that the record as a whole is about have no place.
        let whole = ear.subjects().iter().filter(|about| about.mentions == 0);
        for (at, about) in whole.enumerate() {
            let Some((subject, kind)) = listener.subject(about.subject) else { continue };
            let first = at == 0 && ear.mentions().is_empty();
            out.extend_from_slice(if first { b"{\"subject\":".as_slice() } else { b",{\"subject\":" });
            json_string(subject, out);
            push_member("kind", out);
            json_string(kind.name(), out);
            judged(about.score.as_ref(), out);
            out.push(b'}');
        }
        out.push(b']');
        compared(listener, analysis, ear, &mut chars, out);
    }
    if let Some(aim) = ear.target().filter(|_| rows.target) {
        out.extend_from_slice(b",\"target\":{\"subject\":");
        json_string(&rows.masked(record.value(Field::Target as usize), Holds::Anything), out);
        push_member("found", out);
        out.extend_from_slice(if aim.found { b"true" } else { b"false" });
        judged(aim.score.as_ref(), out);
        out.push(b'}');
    }
}

/// The comparisons of a record, if there are any.
fn compared(listener: &Listener, analysis: &Analysis, ear: &Ear, chars: &mut Chars, out: &mut Vec<u8>) {
    for (at, comparison) in ear.comparisons().iter().enumerate() {
        out.extend_from_slice(if at == 0 { b",\"comparisons\":[{\"kind\":".as_slice() } else { b",{\"kind\":" });
        json_string(comparison.kind.name(), out);
        let named = |number: Option<u32>| number.and_then(|number| listener.subject(number)).map(|(name, _)| name);
        let pair = comparison.pair.map(|number| named(Some(number)));
        let sides = match (comparison.winner, comparison.loser) {
            (None, None) => [("one", pair[0]), ("other", pair[1])],
            (winner, loser) => [("winner", named(winner)), ("loser", named(loser))],
        };
        for (side, name) in sides.iter().filter_map(|(side, name)| Some((side, (*name)?))) {
            push_member(side, out);
            json_string(name, out);
        }
        if let Some(on) = listener.ground(comparison, analysis.text, analysis.reading.tokens().as_slice()) {
            push_member("on", out);
            json_string(on, out);
        }
        push_number("start", chars.at(comparison.start), out);
        push_number("end", chars.at(comparison.end), out);
        out.push(b'}');
    }
    if !ear.comparisons().is_empty() {
        out.push(b']');
    }
}

fn push_member(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

fn push_number(name: &str, number: usize, out: &mut Vec<u8>) {
    push_member(name, out);
    out.extend_from_slice(number.to_string().as_bytes());
}

/// Where it stands, in Unicode scalar values of the text that was scored.
fn place(felt: &Felt, chars: &mut Chars, out: &mut Vec<u8>) {
    let (start, end) = (chars.at(felt.start), chars.at(felt.end));
    push_number("start", start, out);
    push_number("end", end, out);
    let length = |from: u32, to: u32| chars.text.get(from as usize..to as usize).map_or(0, |part| part.chars().count());
    let (from, to) = (start - length(felt.clause.0, felt.start).min(start), end + length(felt.end, felt.clause.1));
    push_member("clause", out);
    out.extend_from_slice(format!("[{from},{to}]").as_bytes());
}

fn judged(score: Option<&Score>, out: &mut Vec<u8>) {
    push_member("score", out);
    match score {
        Some(score) => push_decimal(score.score, out),
        None => out.extend_from_slice(b"null"),
    }
    push_member("polarity", out);
    json_string(polarity(score), out);
}

fn polarity(score: Option<&Score>) -> &'static str {
    score.map_or("unscored", |score| Polarity::name(score.polarity))
}

/// Counts the characters before places that are asked for in order.
struct Chars<'t> {
    text: &'t str,
    bytes: usize,
    count: usize,
}

impl Chars<'_> {
    fn at(&mut self, byte: u32) -> usize {
        let byte = byte as usize;
        if byte < self.bytes {
            (self.bytes, self.count) = (0, 0);
        }
        self.count += self.text.get(self.bytes..byte).map_or(0, |part| part.chars().count());
        self.bytes = byte;
        self.count
    }
}

impl Rows<'_> {
    /// The cells of what was heard: each subject with what is felt about it, then the target.
    pub(super) fn cells_heard(&self, ear: &Ear) -> Vec<String> {
        let mut cells = Vec::new();
        if let Some(listener) = self.listener {
            let subjects = ear.subjects().iter().filter_map(|about| {
                let (name, _) = listener.subject(about.subject)?;
                Some(format!("{name}={}", polarity(about.score.as_ref())))
            });
            cells.push(spreadsheet(&subjects.collect::<Vec<_>>().join("; ")).into_owned());
        }
        if self.target {
            let score = ear.target().and_then(|aim| aim.score);
            cells.push(score.map_or_else(String::new, |score| decimal(score.score)));
            cells.push(if ear.target().is_some() { polarity(score.as_ref()).to_owned() } else { String::new() });
        }
        cells
    }
}
