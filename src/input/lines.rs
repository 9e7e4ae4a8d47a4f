//! Records that are lines. In: bytes. Out: bounds of lines that are not blank. Separate because
//! several formats are lines.

use super::{Cut, Cutter};

/// Cuts at line feeds.
pub struct Lines;

impl Cutter for Lines {
    fn cut(&mut self, data: &[u8], end: bool, cuts: &mut Vec<Cut>) -> usize {
        let mut start = 0;
        for feed in memchr::memchr_iter(b'\n', data) {
            push(data, start, feed, cuts);
            start = feed + 1;
        }
        if end {
            push(data, start, data.len(), cuts);
            start = data.len();
        }
        start
    }

    fn skip(&mut self, data: &[u8]) -> (usize, bool) {
        memchr::memchr(b'\n', data).map_or((data.len(), false), |feed| (feed + 1, true))
    }
}

fn push(data: &[u8], start: usize, end: usize, cuts: &mut Vec<Cut>) {
    let line = &data[start..end];
    let body = line.trim_ascii();
    if !body.is_empty() {
        let from = start + line.len() - line.trim_ascii_start().len();
        cuts.push(Cut::new(from, from + body.len()));
    }
}
