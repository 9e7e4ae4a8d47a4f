//! Cuts the records out of XML. In: bytes, and the names of the record's element and of the root. Out:
//! bounds of the elements. Separate because it is the only sequential part.

use super::super::{Cut, Cutter, Flaw};
use super::tags::{Piece, piece};
use memchr::memmem;

/// Cuts elements of one name.
pub struct Elements {
    name: Vec<u8>,
    root: Vec<u8>,
    closed: bool,
}

impl Elements {
    /// A cutter of the elements called `name` in a document whose element is `root`.
    pub fn new(name: &str, root: &str) -> Self {
        Self { name: name.as_bytes().to_vec(), root: root.as_bytes().to_vec(), closed: name == root }
    }

    /// The end of the record that goes on at `at`: elements of its own name may be within.
    fn end_of(&self, data: &[u8], mut at: usize) -> Option<usize> {
        let mut open = 1usize;
        while open > 0 {
            let (found, next) = piece(data, at)?;
            match found {
                Piece::Start { name, over: false } if data[name.0..name.1] == self.name[..] => open += 1,
                Piece::End { name } if data[name.0..name.1] == self.name[..] => open -= 1,
                _ => {}
            }
            at = next;
        }
        Some(at)
    }
}

impl Cutter for Elements {
    fn cut(&mut self, data: &[u8], end: bool, cuts: &mut Vec<Cut>) -> usize {
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', data.get(at..).unwrap_or(&[])) {
            at += found;
            let Some((found, next)) = piece(data, at) else { break };
            match found {
                Piece::Start { name, over } if data[name.0..name.1] == self.name[..] => {
                    let Some(stop) = (if over { Some(next) } else { self.end_of(data, next) }) else { break };
                    cuts.push(Cut::new(at, stop));
                    at = stop;
                }
                Piece::End { name } => {
                    self.closed |= data[name.0..name.1] == self.root[..];
                    at = next;
                }
                _ => at = next,
            }
        }
        if !end {
            return memchr::memchr(b'<', data.get(at..).unwrap_or(&[])).map_or(data.len(), |found| at + found);
        }
        // What stands between elements may have been taken with an earlier piece: it is no part of this.
        let begun = memchr::memchr(b'<', data.get(at..).unwrap_or(&[])).map(|found| at + found);
        if begun.is_some() || !self.closed {
            cuts.push(Cut::with(begun.unwrap_or(data.len()), data.len(), Some(Flaw::CutOff)));
            self.closed = true;
        }
        data.len()
    }

    fn skip(&mut self, data: &[u8]) -> (usize, bool) {
        let close = [b"</".as_slice(), &self.name].concat();
        match memmem::find(data, &close) {
            Some(at) => memchr::memchr(b'>', &data[at..]).map_or((at, false), |end| (at + end + 1, true)),
            None => (data.len().saturating_sub(close.len()), false),
        }
    }
}
