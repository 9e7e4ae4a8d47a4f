//! Labels given beside the text. In: cells of a label column. Out: what the label says of the record.
//! Separate because people who label write the same three things in fifty ways; the ways are data, in
//! `lexicons/labels.tsv`, and the user's own come before them.
//!
//! Words say at once what they mean. Numbers do not: 1 is praise beside 0, and neutral between 0 and
//! 2. A number is therefore kept as it is ([`Mark`]) while records are counted, and a [`Scheme`] says
//! at the end, by all numbers that were seen, what each of them means.

use crate::error::{Error, Result};
use hashbrown::HashMap;
use std::sync::{Arc, OnceLock};

/// Known words and schemes.
const LABELS: &str = include_str!("../../lexicons/labels.tsv");
/// Longest label, in bytes; what is longer is a sentence.
const LONGEST: usize = 40;
/// The numbers that may be labels.
const NUMBERS: std::ops::RangeInclusive<i8> = -5..=10;
const SPAN: usize = 16;

/// What a record truly is, by whoever labelled it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Praise.
    Positive,
    /// Neither.
    Neutral,
    /// A complaint.
    Negative,
    /// Both.
    Mixed,
}

impl Class {
    /// All classes, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Positive, Self::Neutral, Self::Negative, Self::Mixed];

    /// The name, as in `labels.tsv` and in output for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Neutral => "neutral",
            Self::Negative => "negative",
            Self::Mixed => "mixed",
        }
    }

    /// The name as people read it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Positive => "praise",
            Self::Neutral => "neutral",
            Self::Negative => "complaint",
            Self::Mixed => "mixed",
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name || class.title() == name)
    }
}

/// A label as it is counted: a class, or a number whose class is told at the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub struct Mark(u8);

impl Mark {
    /// How many marks there are.
    pub const COUNT: usize = Class::ALL.len() + SPAN;

    /// The mark of a class.
    #[must_use]
    pub const fn class(class: Class) -> Self {
        Self(class as u8)
    }

    /// The mark of a number, if it may be a label.
    #[must_use]
    pub fn number(number: i8) -> Option<Self> {
        let place = u8::try_from(number.checked_sub(*NUMBERS.start())?).ok()?;
        NUMBERS.contains(&number).then_some(Self(place + 4))
    }

    /// The place of the mark in a table of [`Mark::COUNT`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// All marks.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u8..20).map(Self)
    }

    /// The class, if it is one.
    #[must_use]
    pub fn as_class(self) -> Option<Class> {
        Class::ALL.get(self.index()).copied()
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(self) -> Option<i8> {
        let place = i8::try_from(self.0.checked_sub(4)?).ok()?;
        Some(*NUMBERS.start() + place)
    }
}

/// What the label of a record says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Label<'c> {
    /// There is none.
    #[default]
    Missing,
    /// That the record is to be left out.
    LeftOut,
    /// Nothing that is known.
    Unknown(&'c str),
    /// A class or a number.
    Known(Mark),
}

/// What a label means: a class, or that the record is left out.
type Meaning = Option<Class>;

/// What label words mean: those that ship, under those of the user.
#[derive(Clone, Debug)]
pub struct Labels {
    words: HashMap<String, Meaning>,
    numbers: [Option<Meaning>; SPAN],
}

impl Default for Labels {
    fn default() -> Self {
        let words = words().map(|(meaning, word, _)| (word.to_owned(), meaning)).collect();
        Self { words, numbers: [None; SPAN] }
    }
}

/// Rows of words: meaning, word, whether the column's name must say that it holds labels.
fn words() -> impl Iterator<Item = (Meaning, &'static str, bool)> {
    rows().filter(|(first, _)| *first != "scheme").map(|(class, rest)| {
        let (word, named) = rest.split_once('\t').map_or((rest, false), |(word, _)| (word, true));
        (Class::of_name(class), word, named)
    })
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    LABELS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

impl Labels {
    /// The labels that ship, under what the user says: `good=positive,2=neutral,junk=out`.
    ///
    /// # Errors
    /// When a part is no `label=class`.
    pub fn with(maps: &[String]) -> Result<Self> {
        let mut labels = Self::default();
        for part in maps.iter().flat_map(|map| map.split(',')).filter(|part| !part.trim().is_empty()) {
            let wrong = || {
                Error::usage(format!("found {part:?}, expected LABEL=CLASS with positive, neutral, negative, mixed or out"))
                    .at("--label-map")
                    .advise("--label-map 'good=positive,bad=negative,junk=out'")
            };
            let (word, class) = part.rsplit_once('=').ok_or_else(wrong)?;
            let class = class.trim().to_lowercase();
            let meaning = if class == "out" { None } else { Some(Class::of_name(&class).ok_or_else(wrong)?) };
            match number(word.trim()).and_then(Mark::number) {
                Some(mark) => labels.set_number(mark, meaning),
                None => drop(labels.words.insert(word.trim().to_ascii_lowercase(), meaning)),
            }
        }
        Ok(labels)
    }

    fn set_number(&mut self, mark: Mark, meaning: Meaning) {
        if let Some(slot) = self.numbers.get_mut(mark.index() - Class::ALL.len()) {
            *slot = Some(meaning);
        }
    }

    /// What a cell says.
    #[must_use]
    pub fn read<'c>(&self, cell: &'c str) -> Label<'c> {
        let label = cell.trim().trim_matches(['"', '\'']).trim_start_matches("__label__");
        if label.is_empty() {
            return Label::Missing;
        }
        let meaning = match number(label).and_then(Mark::number) {
            Some(mark) => match self.numbers.get(mark.index() - Class::ALL.len()) {
                Some(Some(meaning)) => *meaning,
                _ => return Label::Known(mark),
            },
            None => match self.word(label) {
                Some(meaning) => meaning,
                None => return Label::Unknown(cell),
            },
        };
        meaning.map_or(Label::LeftOut, |class| Label::Known(Mark::class(class)))
    }

    /// A word in any case; no memory is taken.
    fn word(&self, label: &str) -> Option<Meaning> {
        let mut lower = [0u8; LONGEST];
        let lower = lower.get_mut(..label.len())?;
        lower.copy_from_slice(label.as_bytes());
        lower.make_ascii_lowercase();
        self.words.get(std::str::from_utf8(lower).ok()?).copied()
    }
}

/// A whole number, also as `1.0` and `+1`.
fn number(label: &str) -> Option<i8> {
    let plain = label.len() <= 5 && label.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.'));
    let whole = label.split_once('.').map_or(label, |(whole, rest)| if rest.bytes().all(|b| b == b'0') { whole } else { "" });
    whole.parse().ok().filter(|_| plain)
}

/// Whether a column holds labels: at least four values of five are known words or small whole numbers,
/// and the numbers fit a scheme. In a column whose name says
/// nothing, numbers and everyday words do not count, and there must be praise and complaint.
#[must_use]
pub fn holds_labels(values: &[String], named: bool) -> bool {
    let labels = if named { Labels::default() } else { sure() };
    let mut seen: Vec<Mark> = Vec::new();
    let mut known = 0;
    for value in values {
        match labels.read(value) {
            Label::Known(mark) if named || mark.as_class().is_some() => {
                known += 1;
                if !seen.contains(&mark) {
                    seen.push(mark);
                }
            }
            Label::LeftOut => known += 1,
            Label::Missing | Label::Unknown(_) | Label::Known(_) => {}
        }
    }
    let both = [Class::Positive, Class::Negative].iter().all(|&class| seen.contains(&Mark::class(class)));
    let numbers: Vec<i8> = seen.iter().filter_map(|mark| mark.as_number()).collect();
    !seen.is_empty() && known * 5 >= values.len() * 4 && (named || both) && (numbers.len() < 2 || Scheme::tell(&numbers).is_some())
}

fn sure() -> Labels {
    let words = words().filter(|(.., named)| !named).map(|(meaning, word, _)| (word.to_owned(), meaning)).collect();
    Labels { words, numbers: [None; SPAN] }
}

/// What numbers mean in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Scheme {
    classes: [Option<Class>; SPAN],
}

impl Scheme {
    /// The scheme that has all numbers seen: the first of `labels.tsv`. A single number is enough when
    /// it means the same in every scheme, as -1 does; 0 or 1 alone may be anything.
    #[must_use]
    pub fn tell(seen: &[i8]) -> Option<Self> {
        let fits = |scheme: &&Self| seen.iter().all(|&number| scheme.of(number).is_some());
        let mut fitting = schemes().iter().filter(fits);
        let first = fitting.next()?;
        let agrees = |other: &Self| seen.iter().all(|&number| other.of(number) == first.of(number));
        (seen.len() > 1 || fitting.all(agrees)).then_some(*first)
    }

    /// What a number means.
    #[must_use]
    pub fn of(&self, number: i8) -> Option<Class> {
        let place = Mark::number(number)?.index() - Class::ALL.len();
        self.classes.get(place).copied().flatten()
    }
}

fn schemes() -> &'static [Scheme] {
    static SCHEMES: OnceLock<Vec<Scheme>> = OnceLock::new();
    SCHEMES.get_or_init(|| {
        let scheme = |text: &str| {
            let mut scheme = Scheme::default();
            for (number, class) in text.split(' ').filter_map(|part| part.split_once('=')) {
                let place = number.parse().ok().and_then(Mark::number).map(|mark| mark.index() - Class::ALL.len());
                if let Some(slot) = place.and_then(|place| scheme.classes.get_mut(place)) {
                    *slot = Class::of_name(class);
                }
            }
            scheme
        };
        rows().filter(|(first, _)| *first == "scheme").map(|(_, text)| scheme(text)).collect()
    })
}

/// Which of label and stars is taken for the truth.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Trust {
    /// The label column if the user named one, else stars.
    #[default]
    Named,
    /// The label column, named or detected, else stars.
    Found,
    /// Stars, whatever else there is.
    Stars,
}

/// How the truth about records is taken from a file.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// Label or stars.
    pub trust: Trust,
    /// What labels mean.
    pub labels: Arc<Labels>,
    /// Whether records with stars in the middle of the scale are left out instead of being neutral.
    pub no_neutral_stars: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(label: Label) -> Option<Class> {
        if let Label::Known(mark) = label { mark.as_class() } else { None }
    }

    #[test]
    fn the_file_is_sound() {
        let mut seen = std::collections::BTreeSet::new();
        for (class, rest) in rows() {
            assert!(["positive", "negative", "neutral", "mixed", "out", "scheme"].contains(&class), "{class}");
            assert!(seen.insert(rest) && rest == rest.to_lowercase() && rest.trim() == rest && rest.len() < LONGEST * 3, "{rest}");
        }
        assert_eq!(schemes().len(), rows().filter(|(first, _)| *first == "scheme").count());
        assert_eq!((Mark::all().count(), NUMBERS.count()), (Mark::COUNT, SPAN));
    }

    #[test]
    fn words_in_many_forms() {
        let labels = Labels::default();
        for (cell, expected) in [
            ("Positive", Some(Class::Positive)),
            (" \"NEG\" ", Some(Class::Negative)),
            ("Extremely Negative", Some(Class::Negative)),
            ("__label__pos", Some(Class::Positive)),
            ("conflict", Some(Class::Mixed)),
            ("消极", Some(Class::Negative)),
        ] {
            assert_eq!(class(labels.read(cell)), expected, "{cell}");
        }
        assert_eq!(labels.read("Irrelevant"), Label::LeftOut);
        assert_eq!(labels.read("  "), Label::Missing);
        assert_eq!(labels.read("anger"), Label::Unknown("anger"));
        assert_eq!(labels.read(&"long ".repeat(40)), Label::Unknown(&"long ".repeat(40)));
        for (cell, number) in [("1", 1), ("-1", -1), ("+1", 1), ("4.0", 4), ("__label__2", 2), ("10", 10)] {
            assert_eq!(labels.read(cell), Label::Known(Mark::number(number).unwrap()), "{cell}");
        }
        for cell in ["0.5", "99", "1-1", "--1", "."] {
            assert_eq!(labels.read(cell), Label::Unknown(cell));
        }
    }

    #[test]
    fn numbers_mean_what_the_whole_column_says() {
        let tell = |seen: &[i8]| Scheme::tell(seen).map(|scheme| seen.iter().map(|&n| scheme.of(n).unwrap().name()).collect::<String>());
        for (seen, meaning) in [
            ([0, 1].as_slice(), Some("negativepositive")),
            (&[-1, 1], Some("negativepositive")),
            (&[-1, 0, 1], Some("negativeneutralpositive")),
            (&[0, 1, 2], Some("negativeneutralpositive")),
            (&[0, 2], Some("negativepositive")),
            (&[0, 2, 4], Some("negativeneutralpositive")),
            (&[0, 4], Some("negativepositive")),
            (&[1, 2], Some("negativepositive")),
            (&[1, 2, 3], Some("negativeneutralpositive")),
            (&[0, 1, 2, 3, 4], Some("negativenegativeneutralpositivepositive")),
            (&[1, 2, 3, 4, 5], Some("negativenegativeneutralpositivepositive")),
            (&[-2, -1, 0, 1, 2], Some("negativenegativeneutralpositivepositive")),
            (&[-1], Some("negative")),
            (&[5], Some("positive")),
            (&[0], None),
            (&[1], None),
            (&[0, 7], None),
        ] {
            assert_eq!(tell(seen).as_deref(), meaning, "{seen:?}");
        }
    }

    #[test]
    fn the_users_words_come_first() {
        let labels = Labels::with(&["good=negative, Anger=complaint".to_owned(), "2=neutral,1=out,both=praise".to_owned()]).unwrap();
        for (cell, expected) in [
            ("GOOD", Class::Negative),
            ("anger", Class::Negative),
            ("2", Class::Neutral),
            ("2.0", Class::Neutral),
            ("both", Class::Positive),
        ] {
            assert_eq!(class(labels.read(cell)), Some(expected), "{cell}");
        }
        assert_eq!(labels.read("1"), Label::LeftOut);
        for wrong in ["good", "good=great", "=", "x="] {
            let message = Labels::with(&[wrong.to_owned()]).unwrap_err().to_string();
            assert!(message.contains("--label-map") && message.contains(wrong), "{message}");
        }
    }

    #[test]
    fn columns_of_labels_are_told_from_others() {
        let holds = |cells: &str, named| holds_labels(&cells.split(' ').map(str::to_owned).collect::<Vec<_>>(), named);
        for (cells, by_name, by_content) in [
            ("pos neg neu pos", true, true),
            ("0 1 1 0", true, false),
            ("good bad good", true, false),
            ("true false true", true, false),
            ("positive positive", true, false),
            ("-0.4 0.9 0.1", false, false),
            ("anger joy fear", false, false),
            ("3 17 99", false, false),
            ("red green blue pos", false, false),
        ] {
            assert_eq!((holds(cells, true), holds(cells, false)), (by_name, by_content), "{cells}");
        }
    }
}
