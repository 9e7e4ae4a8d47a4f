//! Transcripts: SubRip (SRT) and WebVTT. In: bytes. Out: a record per cue, or per speaker where a cue has
//! several, with text, speaker and times. Separate because cues are bound by lines with times.
//!
//! Captions made while somebody speaks roll: each cue repeats the line before. A cue that brings no new
//! line is then no record, and of one that brings one line only this line counts.

use super::{Cutter, Dialect, Flaw, Format, Parser, Row, Sample, xml::tags::unescape};
use cut::Cues;

mod cut;

pub const FORMAT: Format = Format { name: "captions", detect };

/// Names of the columns.
const COLUMNS: [&str; 5] = ["text", "author", "start", "end", "id"];

struct Captions {
    web: bool,
    rolling: bool,
    columns: Vec<String>,
}

fn detect(sample: &Sample) -> Option<Box<dyn Dialect>> {
    let text = sample.text.trim_start_matches('\u{FEFF}');
    let web = text.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace()));
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    if !web && times(first).is_none() && !(is_number(first) && lines.next().is_some_and(|line| times(line).is_some())) {
        return None;
    }
    let rolling = cut::rolls(sample.text.as_bytes(), web);
    Some(Box::new(Captions { web, rolling, columns: COLUMNS.map(str::to_owned).to_vec() }))
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

/// When a cue begins and ends, if the line says that: `00:00:01,000 --> 00:00:04,000 align:start`.
fn times(line: &str) -> Option<(&str, &str)> {
    let (start, rest) = line.split_once("-->")?;
    let (start, end) = (start.trim(), rest.split_whitespace().next()?);
    let time = |word: &str| word.contains(':') && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b','));
    (time(start) && time(end)).then_some((start, end))
}

impl Dialect for Captions {
    fn describe(&self) -> String {
        let rolling = if self.rolling { ", captions that roll: repeated lines count once" } else { "" };
        format!("{}{rolling}", if self.web { "WebVTT" } else { "SubRip" })
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(Cues::new(self.web, self.rolling))
    }

    fn parser(&self, wanted: &[usize]) -> Box<dyn Parser> {
        Box::new(Cue { rolling: self.rolling, wanted: wanted.to_vec() })
    }
}

/// Takes a cue apart.
struct Cue {
    rolling: bool,
    wanted: Vec<usize>,
}

impl Parser for Cue {
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw> {
        row.reset(self.wanted.len());
        let (mut at, mut id) = (0, None);
        let mut cue = None;
        // Before the times there may be a line end, then a number or name.
        for line in record.split_inclusive('\n').take(3) {
            cue = times(line);
            at += line.len();
            if cue.is_some() {
                break;
            }
            id = Some(line.trim()).filter(|line| !line.is_empty());
        }
        let timed = cue.is_some() || record.contains("-->");
        let text = record.get(if timed { at } else { 0 }..).unwrap_or("").trim();
        let last = self.rolling && cue.is_some_and(|(start, _)| record.starts_with(start));
        let text = if last { text.rsplit('\n').find(|line| !line.trim().is_empty()).unwrap_or("").trim() } else { text };
        for (place, column) in self.wanted.iter().enumerate() {
            let found = match COLUMNS.get(*column) {
                Some(&"text") => {
                    let span = row.decode(|out| {
                        spoken(text, out);
                        Ok::<(), Flaw>(())
                    });
                    row.set(place, span?);
                    continue;
                }
                Some(&"author") => voice(text),
                Some(&"start") => cue.map(|(start, _)| start),
                Some(&"end") => cue.map(|(_, end)| end),
                Some(&"id") => id.filter(|_| timed),
                _ => None,
            };
            if let Some(start) = found.and_then(|part| offset(record, part)) {
                row.set(place, Row::plain(start, start + found.map_or(0, str::len)));
            }
        }
        Ok(())
    }
}

/// Where a part of a text begins in it.
fn offset(whole: &str, part: &str) -> Option<usize> {
    (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize).filter(|&at| at <= whole.len())
}

/// Who speaks: `<v Name>`, `<v.loud Name>`.
fn voice(text: &str) -> Option<&str> {
    let at = text.find("<v ").or_else(|| text.find("<v."))?;
    let (_, name) = text.get(at..)?.split_once('>')?.0.split_once(' ')?;
    Some(name.trim())
}

/// Appends what is said: lines joined, tags and styles left out, entities decoded.
fn spoken(text: &str, out: &mut String) {
    let begin = out.len();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if out.len() > begin {
            out.push(' ');
        }
        let mut rest = line;
        while let Some(at) = rest.find(['<', '{']) {
            let (before, tag) = rest.split_at(at);
            unescape(before, out);
            let length = tag_length(tag);
            if length == 0 {
                out.push_str(&tag[..1]);
            }
            rest = &tag[length.max(1)..];
        }
        unescape(rest, out);
    }
}

/// Length of the tag or style that a text begins with; 0 if it is none.
fn tag_length(text: &str) -> usize {
    let (close, opens) = match text.as_bytes() {
        [b'<', next, ..] => ('>', next.is_ascii_alphanumeric() || *next == b'/'),
        [b'{', b'\\', ..] => ('}', true),
        _ => return 0,
    };
    text.find(close).filter(|_| opens).map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests;
