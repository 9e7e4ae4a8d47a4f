//! How phone numbers are grouped. In: groups of digits, and what the words before say. Out: whether they
//! are a phone number. Separate because this is the table of the world's habits (ITU-T E.164, E.123 and
//! the numbering plans behind), and the rest is finding them.

use std::cmp::Ordering;

/// What the words before a number say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A phone's.
    Phone,
    /// Of an order, an article, a post, ...
    Other,
    /// Nothing.
    Nothing,
}

/// A number in groups.
pub struct Number<'t> {
    text: &'t str,
    groups: [&'t str; 7],
    lengths: [usize; 7],
    count: usize,
    plus: bool,
    /// Whether it begins with an area in brackets.
    pub bracket: bool,
    /// Whether other digits stand before it.
    pub inside: bool,
    begin: usize,
    /// Where it ends in the text.
    pub end: usize,
}

impl<'t> Number<'t> {
    /// Of groups by their places.
    pub fn of(text: &'t str, ends: &[(usize, usize)], plus: bool) -> Option<Self> {
        let (mut groups, mut lengths) = ([""; 7], [0; 7]);
        for ((&(start, end), group), length) in ends.iter().zip(&mut groups).zip(&mut lengths) {
            *group = text.get(start..end)?;
            *length = end - start;
        }
        Some(Self {
            text,
            groups,
            lengths,
            count: ends.len(),
            plus,
            bracket: false,
            inside: false,
            begin: ends.first()?.0,
            end: ends.last()?.1,
        })
    }

    /// Whether this is a phone number; the words before are asked for only where they matter.
    pub fn is_phone(&self, told: &impl Fn() -> Told) -> bool {
        let digits: usize = self.lengths.iter().sum();
        if !(7..=17).contains(&digits) {
            return false;
        }
        if self.plus {
            return self.is_international(digits, self.groups[0]);
        }
        if self.is_date() || self.is_number() || self.is_period() {
            return false;
        }
        let usual = self.is_trunk(digits) || self.is_usual(digits);
        let likely = usual || self.is_far(digits) || (self.bracket && self.is_area(digits));
        let likely = likely && (!self.inside || (self.lengths() == [3, 3, 4] && usual));
        (likely && told() != Told::Other) || (!self.inside && self.may_be(digits) && told() == Told::Phone)
    }

    fn groups(&self) -> &[&'t str] {
        self.groups.get(..self.count).unwrap_or_default()
    }

    fn lengths(&self) -> &[usize] {
        self.lengths.get(..self.count).unwrap_or_default()
    }

    /// Behind a plus: a country code, and eight to fifteen digits in all.
    fn is_international(&self, digits: usize, first: &str) -> bool {
        let american = first.starts_with('1');
        let area = if first.len() > 1 { first.as_bytes().get(1) } else { self.groups[1].as_bytes().first() };
        let round = self.count > 1 && self.groups().iter().skip(1).all(|group| *group == "000");
        !first.starts_with('0')
            && (8..=15).contains(&digits)
            && !round
            && (!american || (digits == 11 && area.is_some_and(|b| (b'2'..=b'9').contains(b))))
            && self.lengths().iter().skip(1).all(|&length| length >= 2 || self.count > 2)
    }

    /// `00` and a country code; bare, it must be long, for ids are filled with zeros.
    fn is_far(&self, digits: usize) -> bool {
        let first = self.groups[0];
        let code = if first.len() > 2 { first.as_bytes().get(2) } else { self.groups[1].as_bytes().first() };
        first.starts_with("00")
            && code.is_some_and(|b| (b'1'..=b'9').contains(b))
            && if self.count > 1 { (11..=17).contains(&digits) } else { (12..=15).contains(&digits) }
    }

    /// The zero of an area or a mobile network before.
    fn is_trunk(&self, digits: usize) -> bool {
        let first = self.groups[0];
        let zero = first.starts_with('0') && !first.starts_with("00");
        let grouped = self.count >= 2
            && (8..=12).contains(&digits)
            && first.len() >= 2
            && self.is_coarse()
            && (digits > 8 || first.len() == 2 || self.count > 2);
        zero && (grouped || (self.count == 1 && (10..=12).contains(&digits) && digits < 12))
    }

    /// No group of one digit.
    fn is_coarse(&self) -> bool {
        self.lengths().iter().all(|&length| length >= 2)
    }

    /// Groups that are hardly ever anything else.
    fn is_usual(&self, digits: usize) -> bool {
        let [a, b, ..] = self.groups;
        let starts = |group: &str, from: u8, to: u8| group.as_bytes().first().is_some_and(|first| (from..=to).contains(first));
        match self.lengths() {
            // North America; Turkey.
            [3, 3, 4] | [3, 3, 2, 2] => starts(a, b'2', b'9') && self.signs_agree(),
            [1, 3, 3, 4] => (a == "1" && starts(b, b'2', b'9')) || a == "8",
            [3, 4] => starts(a, b'2', b'9') && self.text.as_bytes().get(self.begin + 3) == Some(&b'-') && !self.is_range(),
            // Russia; above, too.
            [1, 3, 3, 2, 2] | [1, 3, 7] => a == "8" && digits == 11,
            // Mobile phones of China.
            [3, 4, 4] => starts(a, b'1', b'1') && a.as_bytes().get(1).is_some_and(|b| (b'3'..=b'9').contains(b)),
            [11] => starts(a, b'1', b'1') && a.as_bytes().get(1).is_some_and(|b| (b'3'..=b'9').contains(b)) && self.is_among_hanzi(),
            // India.
            [5, 5] => starts(a, b'6', b'9'),
            // Australia.
            [4, 3, 3] => matches!(a, "1300" | "1800"),
            _ => false,
        }
    }

    /// An area in brackets, and the rest.
    fn is_area(&self, digits: usize) -> bool {
        let year = self.lengths[0] == 4 && (self.groups[0].starts_with("19") || self.groups[0].starts_with("20")) && digits < 11;
        (2..=5).contains(&self.lengths[0]) && self.count >= 2 && (8..=12).contains(&digits) && self.is_coarse() && !year
    }

    /// What a word before makes a phone number.
    fn may_be(&self, digits: usize) -> bool {
        // `2030 123`: a year, and something else.
        let year = digits < 8 && self.lengths[0] == 4 && (self.groups[0].starts_with("19") || self.groups[0].starts_with("20"));
        !year && (7..=13).contains(&digits) && self.count <= 6 && self.lengths().iter().skip(1).all(|&length| length >= 2)
    }

    /// The same sign between all groups but the first two.
    fn signs_agree(&self) -> bool {
        let inside = self.text.get(self.begin..self.end).unwrap_or_default();
        let signs = |sign: char| usize::from(inside.contains(sign));
        signs('.') + signs('-') + signs('/') <= 1 && (signs('.') == 0 || !inside.contains(' '))
    }

    /// `200-1000`: from a round number to a larger one.
    fn is_range(&self) -> bool {
        let [a, b, ..] = self.groups;
        b.ends_with('0') && !b.starts_with('0') && a.ends_with('0') && (a.len(), a).cmp(&(b.len(), b)) == Ordering::Less
    }

    /// Chinese characters beside it, where they write no country code.
    fn is_among_hanzi(&self) -> bool {
        let hanzi = |c: char| matches!(c, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}');
        let near = |text: Option<&str>, back: bool| {
            let text = text.unwrap_or_default();
            let c = if back { text.trim_end().chars().next_back() } else { text.trim_start().chars().next() };
            c.is_some_and(hanzi)
        };
        near(self.text.get(..self.begin), true) || near(self.text.get(self.end..), false)
    }

    /// A date, in any order, perhaps with a time behind.
    fn is_date(&self) -> bool {
        let value = |at: usize| self.groups.get(at).and_then(|group| group.parse::<u32>().ok()).unwrap_or(0);
        let year = |at: usize| self.lengths.get(at) == Some(&4) && (1900..2100).contains(&value(at));
        let short = |at: usize| matches!(self.lengths.get(at), Some(1 | 2)) && (1..=31).contains(&value(at));
        let day = |at: usize, other: usize| short(at) && short(other) && (value(at) <= 12 || value(other) <= 12);
        let zone = self.count >= 2 && year(self.count - 1) && self.lengths.get(self.count - 2) == Some(&4);
        (self.count >= 3
            && ((year(0) && day(1, 2)) || (day(0, 1) && year(2)) || (0..self.count - 2).any(|at| day(at, at + 1) && year(at + 2))))
            || (0..self.count).any(|at| year(at) && at + 2 < self.count && day(at + 1, at + 2))
            || (self.count == 6 && day(0, 1) && day(3, 4))
            || zone
            || (self.count == 1 && self.lengths[0] >= 8 && self.lengths[0].is_multiple_of(2) && self.is_bare_date())
    }

    /// `20260301` and `20260301123000`.
    fn is_bare_date(&self) -> bool {
        let part = |from: usize, to: usize| self.groups[0].get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
        matches!(self.lengths[0], 8 | 12 | 14)
            && (1900..2100).contains(&part(0, 4))
            && (1..=12).contains(&part(4, 6))
            && (1..=31).contains(&part(6, 8))
    }

    /// A decimal, or thousands set apart: `12345.67`, `12.345.678`.
    fn is_number(&self) -> bool {
        let inside = self.text.get(self.begin..self.end).unwrap_or_default();
        let dotted = inside.contains('.') && !inside.contains([' ', '-', '/', '(']);
        let thousands =
            self.lengths().iter().skip(1).all(|&length| length == 3) && self.lengths[0] <= 3 && !self.groups[0].starts_with('0');
        (dotted && self.count == 2) || (dotted && thousands && self.count > 1)
    }

    /// Years or times of day from and to: `2019-2020`, `0900-1700`.
    fn is_period(&self) -> bool {
        let value = |at: usize| self.groups.get(at).and_then(|group| group.parse::<u32>().ok()).unwrap_or(9999);
        let year = |at: usize| (1900..2100).contains(&value(at));
        let time = |at: usize| value(at) <= 2400 && value(at) % 100 < 60 && value(at) % 5 == 0;
        self.lengths().iter().all(|&length| length == 4)
            && self.count.is_multiple_of(2)
            && self.count > 0
            && ((0..self.count).all(year) || (0..self.count).all(time))
    }
}
