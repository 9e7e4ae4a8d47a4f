//! Cuts cues out of a transcript. In: bytes. Out: bounds of cues. Separate because in captions that roll a
//! cue must be compared with the one before, which only the sequential part can do. It tells what it found
//! by where a record begins: at its times, and only its last line is new; before, and all of it is.

use super::super::{Cut, Cutter};
use super::{is_number, times};

/// Cuts cues.
pub struct Cues {
    web: bool,
    rolling: bool,
    /// The last line that was spoken, as it stands without tags.
    last: String,
    /// Whether a block is passed over: notes and styles.
    aside: bool,
}

/// A cue that is being read.
#[derive(Clone, Copy)]
struct Open {
    begin: usize,
    times: usize,
    text: usize,
    end: usize,
}

impl Cues {
    pub const fn new(web: bool, rolling: bool) -> Self {
        Self { web, rolling, last: String::new(), aside: false }
    }

    fn finish(&mut self, data: &[u8], cue: Open, cuts: &mut Vec<Cut>) {
        if !self.rolling {
            return self.turns(data, cue, cuts);
        }
        let text = String::from_utf8_lossy(data.get(cue.text..cue.end).unwrap_or(&[])).into_owned();
        let lines: Vec<String> = text.lines().map(plain).filter(|line| !line.is_empty()).collect();
        let new = lines.iter().filter(|line| **line != self.last).count();
        let repeats = lines.first().is_some_and(|line| *line == self.last);
        let begin = match new {
            _ if !repeats => {
                if cue.begin < cue.times {
                    cue.begin
                } else {
                    cue.times.saturating_sub(1)
                }
            }
            0 => return,
            1 => cue.times,
            _ => cue.begin.min(cue.times.saturating_sub(1)),
        };
        if let Some(last) = lines.into_iter().last() {
            self.last = last;
        }
        cuts.push(Cut::new(begin, cue.end));
    }

    /// A record for each voice in a cue; the times stand with the first.
    fn turns(&self, data: &[u8], cue: Open, cuts: &mut Vec<Cut>) {
        let mut begin = cue.begin;
        let text = data.get(cue.text..cue.end).unwrap_or(&[]);
        let voices = memchr::memmem::find_iter(text, b"<v").filter(|&at| self.web && matches!(text.get(at + 2), Some(b' ' | b'.')));
        for voice in voices.skip(1) {
            let end = cue.text + voice;
            cuts.push(Cut::new(begin, begin + data[begin..end].trim_ascii_end().len()));
            begin = end;
        }
        cuts.push(Cut::new(begin, cue.end));
    }
}

/// A line without tags.
fn plain(line: &str) -> String {
    let mut out = String::new();
    super::spoken(line, &mut out);
    out.trim().to_owned()
}

impl Cutter for Cues {
    fn cut(&mut self, data: &[u8], end: bool, cuts: &mut Vec<Cut>) -> usize {
        let mut open: Option<Open> = None;
        // The line before, which may name the cue.
        let mut before = (0, 0);
        let mut at = 0;
        while at < data.len() {
            let feed = memchr::memchr(b'\n', &data[at..]).map(|found| at + found);
            let Some(stop) = feed.or(end.then_some(data.len())) else { break };
            let next = feed.map_or(data.len(), |feed| feed + 1);
            let line = data[at..stop].trim_ascii_end();
            let text = std::str::from_utf8(line).unwrap_or("");
            let named = data[before.0..before.1].trim_ascii();
            if self.aside {
                self.aside = !line.is_empty();
            } else if times(text).is_some() {
                let name = std::str::from_utf8(named)
                    .is_ok_and(|name| !name.is_empty() && (is_number(name) || self.web && open.is_none() && !name.starts_with("WEBVTT")));
                let begin = if name { before.0 } else { at };
                if let Some(mut cue) = open.take() {
                    let stop = if name { before.0.max(cue.text) } else { cue.end };
                    cue.end = cue.text + data[cue.text..stop].trim_ascii_end().len();
                    self.finish(data, cue, cuts);
                }
                open = Some(Open { begin, times: at, text: next, end: next });
            } else if let Some(cue) = &mut open {
                if self.web && stop == at + usize::from(data[at..stop].ends_with(b"\r")) {
                    let cue = *cue;
                    open = None;
                    self.finish(data, cue, cuts);
                } else if !line.is_empty() {
                    cue.end = at + line.len();
                }
            } else if self.web && named.is_empty() && ["NOTE", "STYLE", "REGION"].iter().any(|word| text.starts_with(word)) {
                self.aside = true;
            }
            before = (at, stop);
            at = next;
        }
        if end {
            if let Some(cue) = open {
                self.finish(data, cue, cuts);
            }
            return data.len();
        }
        let keep = open.map_or(before.0, |cue| cue.begin);
        // In captions that roll, the line end before the times says that a cue is new.
        if self.rolling { keep.saturating_sub(1) } else { keep }
    }

    fn skip(&mut self, data: &[u8]) -> (usize, bool) {
        memchr::memchr(b'\n', data).map_or((data.len(), false), |feed| (feed + 1, true))
    }
}

/// Whether captions roll: a good part of the cues repeats the line before.
pub fn rolls(data: &[u8], web: bool) -> bool {
    let mut cues = Vec::new();
    Cues::new(web, false).cut(data, true, &mut cues);
    let mut last = String::new();
    let mut repeats = 0;
    for cue in &cues {
        let text = String::from_utf8_lossy(data.get(cue.start as usize..cue.end as usize).unwrap_or(&[])).into_owned();
        let lines: Vec<String> =
            text.lines().skip_while(|line| times(line).is_none()).skip(1).map(plain).filter(|line| !line.is_empty()).collect();
        repeats += usize::from(lines.first().is_some_and(|line| *line == last));
        last = lines.into_iter().last().unwrap_or(last);
    }
    repeats >= 3 && repeats * 3 >= cues.len()
}
