//! Ratings given beside the text. In: cells of a rating column. Out: whole stars or points and their
//! scale. Separate because the scale belongs to the column, not to the cell.

use super::number;
use std::sync::OnceLock;

/// Ratings in words: lines of `kind TAB stars TAB words`.
const WORDS: &str = include_str!("../../lexicons/ratings.tsv");

/// Highest rating of a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// One to five stars.
    Stars,
    /// Nought to ten points.
    Ten,
    /// Nought to a hundred.
    Hundred,
    /// Good or bad, true or false: five stars or one.
    Verdict,
    /// Grades of schools, A to F: five stars to one.
    Grade,
}

impl Scale {
    /// The scale that fits the values of a column; none when they are no ratings.
    #[must_use]
    pub fn tell(values: &[String]) -> Option<Self> {
        if let Some(words) = [Self::Verdict, Self::Grade].into_iter().find(|scale| scale.fits(values)) {
            return Some(words);
        }
        let of = |most: &str| values.iter().filter(|cell| outermost(cell) == Some(most)).count() * 10 >= values.len() * 8;
        if let Some((_, scale)) = OUT_OF.into_iter().find(|(most, _)| !values.is_empty() && of(most)) {
            return Some(scale);
        }
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

    /// The scale whose highest rating is so many, as a column beside the ratings says.
    #[must_use]
    pub fn up_to(most: &str) -> Option<Self> {
        OUT_OF.into_iter().find(|(known, _)| number::thousandths(known) == number::thousandths(most)).map(|(_, scale)| scale)
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Grade => "grade",
            Self::Stars | Self::Ten | Self::Hundred => "words",
        }
    }

    /// Whether nearly all values are words of this scale, and some rating was given.
    fn fits(self, values: &[String]) -> bool {
        let found = || values.iter().filter_map(|cell| in_words(cell, self.kind()));
        found().any(|stars| stars.is_some()) && found().count() * 10 >= values.len() * 8
    }

    /// The highest rating.
    #[must_use]
    pub const fn most(self) -> u8 {
        match self {
            Self::Stars | Self::Verdict | Self::Grade => 5,
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
        if matches!(self, Self::Verdict | Self::Grade) {
            return in_words(cell, self.kind())?;
        }
        let points = value(cell)?;
        let whole = if self == Self::Hundred { points / 10_000 * 10 } else { (points + 500) / 1000 };
        u8::try_from(whole).ok().filter(|&stars| stars <= self.most())
    }
}

/// A rating in thousandths: a number, a number with `/5` or `stars` behind it, or a word.
#[must_use]
pub fn value(cell: &str) -> Option<i64> {
    let cell = cell.trim();
    if !cell.starts_with(|c: char| c.is_ascii_digit()) {
        let stars = in_words(cell, "words").flatten().or_else(|| in_stars(cell));
        return stars.map(|stars| i64::from(stars) * 1000).or_else(|| number::thousandths(cell.strip_prefix('\'')?));
    }
    let digits = cell.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(cell.len());
    let rest = cell[digits..].trim().trim_start_matches('/').trim();
    let known = rest.is_empty()
        || rest == "%"
        || rest.starts_with("out of")
        || rest.starts_with("star")
        || rest.chars().all(|c| c.is_ascii_digit());
    if known { number::thousandths(&cell[..digits]) } else { None }
}

/// Scales by what a rating may say it is out of.
const OUT_OF: [(&str, Scale); 3] = [("5", Scale::Stars), ("10", Scale::Ten), ("100", Scale::Hundred)];

/// The `10` of `7/10` and `7 out of 10`; a percentage is out of 100.
fn outermost(cell: &str) -> Option<&str> {
    let (points, most) = cell.trim().split_once('/').or_else(|| cell.trim().split_once(" out of ")).or_else(|| {
        let points = cell.trim().strip_suffix('%')?;
        Some((points, "100"))
    })?;
    number::thousandths(points)?;
    Some(most.trim().split(' ').next().unwrap_or(""))
}

/// Full stars of `★★★★☆` and `⭐⭐`.
fn in_stars(cell: &str) -> Option<u8> {
    let signs = || cell.chars().filter(|c| *c != '\u{FE0F}');
    let full = signs().filter(|c| matches!(c, '★' | '⭐' | '🌟')).count();
    let known = !cell.is_empty() && signs().all(|c| matches!(c, '★' | '⭐' | '🌟' | '☆'));
    u8::try_from(full).ok().filter(|&full| known && (1..=5).contains(&full))
}

/// What a word of a kind says: stars, or that no rating was given. None if it is no such word.
#[allow(clippy::option_option)] // no such word, and a word that says that none was given, differ
fn in_words(cell: &str, kind: &str) -> Option<Option<u8>> {
    static TABLE: OnceLock<Vec<(&str, Option<u8>, &str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = WORDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let cells = rows.filter_map(|row| row.split_once('\t')).filter_map(|(kind, row)| Some((kind, row.split_once('\t')?)));
        cells.flat_map(|(kind, (stars, words))| words.split(' ').map(move |word| (kind, stars.parse().ok(), word))).collect()
    });
    let cell = cell.trim();
    table.iter().find(|(of, _, word)| *of == kind && cell.eq_ignore_ascii_case(word)).map(|(_, stars, _)| *stars)
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
        for (cells, scale, stars) in [
            (["true", "false", "true"], Scale::Verdict, [Some(5), Some(1), Some(5)]),
            (["good", "offered", "Bad"], Scale::Verdict, [Some(5), None, Some(1)]),
            (["A+", "C", "F"], Scale::Grade, [Some(5), Some(3), Some(1)]),
            (["★★★★☆", "★☆☆☆☆", "⭐⭐"], Scale::Stars, [Some(4), Some(1), Some(2)]),
            (["3/10", "4/10", "2/10"], Scale::Ten, [Some(3), Some(4), Some(2)]),
            (["1 out of 5", "4 out of 5", "5 out of 5 stars"], Scale::Stars, [Some(1), Some(4), Some(5)]),
            (["80%", "5%", "100 %"], Scale::Hundred, [Some(80), Some(0), Some(100)]),
            (["ONE", "FIVE", "THREE"], Scale::Stars, [Some(1), Some(5), Some(3)]),
        ] {
            assert_eq!(tell(&cells), Some(scale), "{cells:?}");
            assert_eq!(cells.map(|cell| scale.read(cell)), stars, "{cells:?}");
        }
        assert_eq!(tell(&["offered", "unoffered"]), None);
        assert_eq!((Scale::up_to("10"), Scale::up_to("5.0"), Scale::up_to("7")), (Some(Scale::Ten), Some(Scale::Stars), None));
    }
}
