//! Cuts the records out of a JSON document. In: bytes and the keys on the way to the records. Out: bounds
//! of the records, one after the other, without holding the document. Separate because it is the only
//! sequential part, and remembers where it is between two pieces of the document.
//!
//! Arrays on the way are walked through wherever they stand, so `comments_v2.data` finds the records of
//! `{"comments_v2": [{"data": [{}, {}]}, {"data": {}}]}`, whether one is an object or many are an array.
//! Several documents may follow each other.

use super::super::scan::Scan;
use super::super::{Cut, Cutter, Flaw};

/// Arrays and objects on the way to the records; what is deeper is a record.
const DEEPEST: usize = 64;
/// Longest beginning of a script before its data.
const LONGEST_PREFIX: usize = 200;

/// Cuts the values at the end of a path.
pub struct Records {
    keys: Vec<String>,
    open: Vec<Open>,
    place: Place,
    passing: Passing,
}

/// An array or object on the way, and how many keys led to it.
#[derive(Clone, Copy)]
struct Open {
    array: bool,
    keys: usize,
}

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A document, or its end.
    Between,
    /// A value to which so many keys have led.
    Value(usize),
    /// Another member, or the bracket that closes.
    Inside,
    /// The rest of a value that holds no records.
    Aside,
    /// Nothing that counts.
    Over,
}

/// How deep a place is, when a value is passed over in pieces.
#[derive(Default)]
struct Passing {
    brackets: usize,
    in_string: bool,
    escaped: bool,
    in_word: bool,
}

impl Passing {
    /// The bytes of the value that are here, and whether it ends with them.
    fn over(&mut self, data: &[u8]) -> (usize, bool) {
        for (at, &b) in data.iter().enumerate() {
            match b {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' if self.in_string && self.brackets == 0 => {
                    *self = Self::default();
                    return (at + 1, true);
                }
                b'"' => self.in_string = !self.in_string,
                b'{' | b'[' if !self.in_string => self.brackets += 1,
                b'}' | b']' if !self.in_string => {
                    self.brackets = self.brackets.saturating_sub(1);
                    if self.brackets == 0 {
                        *self = Self::default();
                        return (at + 1, true);
                    }
                }
                _ => {}
            }
        }
        (data.len(), false)
    }
}

impl Records {
    /// A cutter of the values behind `keys`.
    pub fn new(keys: &[String]) -> Self {
        Self { keys: keys.to_vec(), open: Vec::new(), place: Place::Between, passing: Passing::default() }
    }

    /// A document begins, or there is no more.
    fn between(&mut self, scan: &mut Scan, end: bool, cuts: &mut Vec<Cut>) -> Step {
        match scan.peek() {
            None => return Step::Wait,
            Some(b';') => scan.at += 1,
            Some(b'{' | b'[') => self.place = Place::Value(0),
            Some(_) => {
                let rest = scan.data.get(scan.at..).unwrap_or(&[]);
                if rest.len() < LONGEST_PREFIX && !end {
                    return Step::Wait;
                }
                if let Some(length) = prefix(rest) {
                    scan.at += length;
                } else {
                    let line = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                    cuts.push(Cut::with(scan.at, scan.at + line, Some(Flaw::Trailing)));
                    self.place = Place::Over;
                }
            }
        }
        Step::On
    }

    fn value(&mut self, keys: usize, scan: &mut Scan, end: bool, cuts: &mut Vec<Cut>) -> Step {
        let Some(first) = scan.peek() else { return Step::Wait };
        let listed = self.open.last().is_some_and(|open| open.array);
        let enter = |array| Open { array, keys };
        self.place = match first {
            b'[' if self.open.len() < DEEPEST => {
                self.open.push(enter(true));
                scan.at += 1;
                Place::Inside
            }
            b'{' if keys < self.keys.len() => {
                self.open.push(enter(false));
                scan.at += 1;
                Place::Inside
            }
            b'{' => return self.record(scan, end, cuts),
            _ if keys == self.keys.len() && listed => return self.record(scan, end, cuts),
            _ => Place::Aside,
        };
        Step::On
    }

    fn record(&mut self, scan: &mut Scan, end: bool, cuts: &mut Vec<Cut>) -> Step {
        let start = scan.at;
        match scan.extent() {
            Ok(()) if end || scan.at < scan.data.len() || scan.data[start] == b'{' => cuts.push(Cut::new(start, scan.at)),
            // A word at the end of a piece may go on in the next.
            Err(Flaw::BadJson) if end || scan.at < scan.data.len() => {
                if matches!(broken(scan, start, end, cuts), Step::Wait) {
                    return Step::Wait;
                }
            }
            _ if end => {
                cuts.push(Cut::with(start, scan.data.len(), Some(Flaw::CutOff)));
                self.place = Place::Over;
                return Step::On;
            }
            _ => {
                scan.at = start;
                return Step::Wait;
            }
        }
        self.left();
        Step::On
    }

    /// A value is over.
    fn left(&mut self) {
        self.place = if self.open.is_empty() { Place::Between } else { Place::Inside };
    }

    fn inside(&mut self, scan: &mut Scan, end: bool, cuts: &mut Vec<Cut>) -> Step {
        let Some(&open) = self.open.last() else {
            self.place = Place::Between;
            return Step::On;
        };
        match (scan.peek(), open.array) {
            (None, _) => return Step::Wait,
            (Some(b','), _) => scan.at += 1,
            (Some(b']'), true) | (Some(b'}'), false) => {
                scan.at += 1;
                self.open.pop();
                self.left();
            }
            (Some(b'"'), false) => return self.key(open.keys, scan, end, cuts),
            (Some(_), true) => self.place = Place::Value(open.keys),
            (Some(_), false) => return broken(scan, scan.at, end, cuts),
        }
        Step::On
    }

    fn key(&mut self, keys: usize, scan: &mut Scan, end: bool, cuts: &mut Vec<Cut>) -> Step {
        let start = scan.at;
        let read = scan.string().and_then(|key| {
            scan.expect(b':')?;
            Ok(key)
        });
        match read {
            Ok(key) => {
                let name = scan.data.get(key.start..key.end).unwrap_or(&[]);
                let leads = self.keys.get(keys).is_some_and(|wanted| wanted.as_bytes() == name);
                self.place = if leads { Place::Value(keys + 1) } else { Place::Aside };
            }
            Err(Flaw::CutOff) if !end => {
                scan.at = start;
                return Step::Wait;
            }
            Err(Flaw::CutOff) => scan.at = scan.data.len(),
            Err(_) => {
                let wrong = scan.at;
                if matches!(broken(scan, wrong, end, cuts), Step::Wait) {
                    scan.at = start;
                    return Step::Wait;
                }
            }
        }
        Step::On
    }

    /// Passes over a value that holds no records, perhaps in pieces.
    fn aside(&mut self, scan: &mut Scan, end: bool, cuts: &mut Vec<Cut>) -> Step {
        let begun = self.passing.brackets > 0 || self.passing.in_string;
        let word = self.passing.in_word;
        let Some(first) = (if begun || word { scan.data.get(scan.at).copied() } else { scan.peek() }) else { return Step::Wait };
        let rest = scan.data.get(scan.at..).unwrap_or(&[]);
        if begun || (!word && matches!(first, b'"' | b'{' | b'[')) {
            let (length, done) = self.passing.over(rest);
            scan.at += length;
            if !done {
                return Step::Wait;
            }
        } else {
            // A number or word ends where a sign or blank follows.
            let over = rest.iter().position(|b| matches!(b, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t'));
            self.passing.in_word = over.is_none();
            match over {
                None => {
                    scan.at = scan.data.len();
                    return Step::Wait;
                }
                Some(0) if !word => {
                    if matches!(broken(scan, scan.at, end, cuts), Step::Wait) {
                        return Step::Wait;
                    }
                }
                Some(length) => scan.at += length,
            }
        }
        self.left();
        Step::On
    }

    /// The document ends before its brackets are closed: what is missing may have been records.
    fn unclosed(&mut self, data: &[u8], cuts: &mut Vec<Cut>) {
        if self.open.is_empty() && self.place == Place::Between || self.place == Place::Over {
            return;
        }
        cuts.push(Cut::with(data.len(), data.len(), Some(Flaw::CutOff)));
        self.place = Place::Over;
    }
}

/// Whether to go on.
enum Step {
    On,
    /// More bytes are needed.
    Wait,
}

impl Cutter for Records {
    fn cut(&mut self, data: &[u8], end: bool, cuts: &mut Vec<Cut>) -> usize {
        let mut scan = Scan::new(data);
        loop {
            let step = match self.place {
                Place::Between => self.between(&mut scan, end, cuts),
                Place::Value(keys) => self.value(keys, &mut scan, end, cuts),
                Place::Inside => self.inside(&mut scan, end, cuts),
                Place::Aside => self.aside(&mut scan, end, cuts),
                Place::Over => return data.len(),
            };
            if matches!(step, Step::Wait) {
                break;
            }
        }
        if end {
            self.unclosed(data, cuts);
            return data.len();
        }
        scan.at
    }

    fn skip(&mut self, data: &[u8]) -> (usize, bool) {
        let (taken, done) = self.passing.over(data);
        if done {
            self.left();
        }
        (taken, done)
    }
}

/// Something that is no JSON value stands between elements: it goes up to the next comma or bracket, which
/// may be in the next piece.
fn broken(scan: &mut Scan, start: usize, end: bool, cuts: &mut Vec<Cut>) -> Step {
    let rest = scan.data.get(start..).unwrap_or(&[]);
    let found = rest.iter().position(|b| matches!(b, b',' | b']' | b'{'));
    scan.at = start;
    let Some(length) = found.or(end.then_some(rest.len())) else { return Step::Wait };
    let length = length.max(1).min(rest.len());
    cuts.push(Cut::with(start, start + length, Some(Flaw::BadJson)));
    scan.at += length;
    Step::On
}

/// Length of the assignment that archives of X put before their data: `window.YTD.tweets.part0 = `.
pub fn prefix(data: &[u8]) -> Option<usize> {
    let rest = data.strip_prefix(b"window.YTD.")?;
    let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')).count();
    let blanks = |from: usize| rest.get(from..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_whitespace()).count();
    let sign = name + blanks(name);
    let value = sign + 1 + blanks(sign + 1);
    let assigns = name > 0 && rest.get(sign) == Some(&b'=') && matches!(rest.get(value), Some(b'[' | b'{'));
    (assigns && value < LONGEST_PREFIX).then_some(data.len() - rest.len() + value)
}
