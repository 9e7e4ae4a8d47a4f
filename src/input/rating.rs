//! Ratings given beside the text. In: cells of a rating column. Out: whole stars or points and their
//! scale. Separate because the scale belongs to the column, not to the cell.

use crate::text::number;

/// Ratings in words, as one exporter writes them.
const WORDS: [&str; 5] = ["ONE", "TWO", "THREE", "FOUR", "FIVE"];

/// Highest rating of a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// One to five stars.
    Stars,
    /// Nought to ten points.
    Ten,
    /// Nought to a hundred.
    Hundred,
}

impl Scale {
    /// The scale that fits the values of a column; none when they are no ratings.
    #[must_use]
    pub fn tell(values: &[String]) -> Option<Self> {
        let numbers: Vec<i64> = values.iter().filter_map(|cell| value(cell)).collect();
        if numbers.is_empty() || numbers.len() * 10 < values.len() * 8 {
            return None;
        }
        match numbers.iter().max()? {
            ..=5_000 => Some(Self::Stars),
            ..=10_000 => Some(Self::Ten),
            ..=100_000 => Some(Self::Hundred),
            _ => None,
        }
    }

    /// The highest rating.
    #[must_use]
    pub const fn most(self) -> u8 {
        match self {
            Self::Stars => 5,
            Self::Ten => 10,
            Self::Hundred => 100,
        }
    }

    /// What a rating says: 1 in the upper fifths of the scale (four and five stars), -1 in the lower
    /// (one and two), 0 between.
    #[must_use]
    pub const fn leaning(self, stars: u8) -> i8 {
        let (fifths, most) = (stars as u32 * 5, self.most() as u32);
        if fifths >= most * 4 {
            1
        } else if fifths <= most * 2 {
            -1
        } else {
            0
        }
    }

    /// A cell as whole stars or points, tens of points on the scale to 100; none if it is no rating of
    /// this scale.
    #[must_use]
    pub fn read(self, cell: &str) -> Option<u8> {
        let points = value(cell)?;
        let whole = if self == Self::Hundred { points / 10_000 * 10 } else { (points + 500) / 1000 };
        u8::try_from(whole).ok().filter(|&stars| stars <= self.most())
    }
}

/// A rating in thousandths: a number, a number with `/5` or `stars` behind it, or a word.
#[must_use]
pub fn value(cell: &str) -> Option<i64> {
    let cell = cell.trim();
    if let Some(at) = WORDS.iter().position(|word| cell.eq_ignore_ascii_case(word)) {
        return i64::try_from(at + 1).ok().map(|stars| stars * 1000);
    }
    let digits = cell.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(cell.len());
    let rest = cell[digits..].trim().trim_start_matches('/').trim();
    let known = rest.is_empty() || rest.starts_with("out of") || rest.starts_with("star") || rest.chars().all(|c| c.is_ascii_digit());
    if known { number::thousandths(&cell[..digits]) } else { None }
}

/// Whether all numbers are between 1 and 5.
#[must_use]
pub fn within_stars(values: &[String]) -> bool {
    values.iter().filter_map(|cell| value(cell)).all(|v| (1_000..=5_000).contains(&v))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_in_many_forms() {
        for (cell, stars) in [
            ("5", Some(5)),
            ("4.5", Some(5)),
            ("4,0", Some(4)),
            ("FIVE", Some(5)),
            ("3 stars", Some(3)),
            ("2/5", Some(2)),
            ("1 out of 5", Some(1)),
            ("", None),
            ("n/a", None),
            ("2026-01-01", None),
            ("7", None),
        ] {
            assert_eq!(Scale::Stars.read(cell), stars, "{cell}");
        }
        let tell = |cells: &[&str]| Scale::tell(&cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>());
        assert_eq!(tell(&["1", "5", "3"]), Some(Scale::Stars));
        assert_eq!(tell(&["9", "0"]), Some(Scale::Ten));
        assert_eq!(tell(&["87"]), Some(Scale::Hundred));
        assert_eq!(tell(&["1200"]), None);
        assert_eq!(tell(&["good", "bad", "5"]), None);
    }
}
