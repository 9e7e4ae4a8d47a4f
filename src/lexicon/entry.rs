//! What one line of a lexicon says. In: term and meaning as written. Out: plain values. Separate
//! because every lexicon format ends here and everything above speaks only of entries.

use std::borrow::Cow;
use std::sync::Arc;

/// What a word does to its surroundings when it has no valence of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Role {
    /// No role.
    None,
    /// Carries valence.
    Opinion,
    /// A function word or everyday word without opinion.
    Function,
    /// Turns opinion round: `not`, `never`; strength below 1 turns it only partly (`hardly`).
    Negator,
    /// Says that a thing is absent: `no`, `zero`, `without`; absence of trouble is praise.
    Absence,
    /// Strengthens the opinion beside it: `very` (strength above 1).
    Booster,
    /// Weakens the opinion beside it: `slightly` (strength below 1).
    Dampener,
    /// What follows outweighs what came before: `but`, `however`.
    Contrast,
    /// Opens a clause that weighs less: `although`, `despite`.
    Concession,
    /// Says that something is wished or supposed, not so: `would`, `if only`, `wish`.
    Irrealis,
    /// `should have`, `could have`: praise that follows is missed, so it is blame.
    Missed,
    /// `used to`, `once`: praise of the past is blame of the present.
    Past,
    /// `too`: excess; makes a scale word a complaint.
    Excess,
    /// An adjective of degree without valence of its own: `small`, `loud`, `long`.
    Scale,
    /// `least`: turns the opinion right behind it.
    Least,
    /// Opens a clause, so ends the scope of a negator: `because`, `since`, `which`.
    Clause,
    /// The unit of a rating: `stars`.
    RatingUnit,
    /// A number behind it dates or counts and does not rate: `page`, `on`.
    Numbering,
    /// Says what something is for: `to`.
    Purpose,
    /// Makes a question genuine when it opens a sentence: `is`, `does`, `anyone`.
    Asker,
}

/// The roles by the names used in lexicon files.
pub const ROLES: [(&str, Role); 18] = [
    ("function", Role::Function),
    ("negator", Role::Negator),
    ("absence", Role::Absence),
    ("booster", Role::Booster),
    ("dampener", Role::Dampener),
    ("contrast", Role::Contrast),
    ("concession", Role::Concession),
    ("irrealis", Role::Irrealis),
    ("missed", Role::Missed),
    ("past", Role::Past),
    ("excess", Role::Excess),
    ("scale", Role::Scale),
    ("least", Role::Least),
    ("clause", Role::Clause),
    ("rating-unit", Role::RatingUnit),
    ("numbering", Role::Numbering),
    ("purpose", Role::Purpose),
    ("asker", Role::Asker),
];

impl Role {
    /// The role of a name in a lexicon file.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        ROLES.iter().find(|(known, _)| *known == name).map(|&(_, role)| role)
    }

    /// The name used in lexicon files and explanations.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "unknown",
            Self::Opinion => "opinion",
            _ => ROLES.iter().find(|&&(_, role)| role == self).map_or("unknown", |&(name, _)| name),
        }
    }
}

/// What a term means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// Opinion, in thousandths of a point on the scale -4 to 4; 0 switches an opinion word off.
    Valence(i32),
    /// A role with its strength in thousandths (1000 when the file gives none).
    Role(Role, i32),
    /// What labelled texts taught about the term, beside what it means by itself.
    Leaning(Leaning),
}

impl Meaning {
    /// Whether it stands beside what the term means by itself, and does not replace it.
    #[must_use]
    pub const fn is_leaning(self) -> bool {
        matches!(self, Self::Leaning(_))
    }
}

/// What a term tells of the texts it stands in, learned from labelled ones: log-odds in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Leaning {
    /// Towards praise above 0, towards complaint below.
    pub lean: i32,
    /// Towards an opinion, of either kind, above 0; towards none below.
    pub opinion: i32,
}

impl Leaning {
    /// Largest of either number.
    pub const MOST: i32 = 20_000;
}

impl std::ops::AddAssign for Leaning {
    fn add_assign(&mut self, other: Self) {
        self.lean = self.lean.saturating_add(other.lean);
        self.opinion = self.opinion.saturating_add(other.opinion);
    }
}

impl std::ops::SubAssign for Leaning {
    fn sub_assign(&mut self, other: Self) {
        self.lean = self.lean.saturating_sub(other.lean);
        self.opinion = self.opinion.saturating_sub(other.opinion);
    }
}

/// Where an entry stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    /// Path or built-in name of the file.
    pub file: Arc<str>,
    /// Line number, counted from 1.
    pub line: usize,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One entry of a lexicon file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The word or phrase as written, `NOT` standing for any negator. What is part of the program is
    /// not copied: there are tens of thousands, read at every start.
    pub term: Cow<'static, str>,
    /// What it means.
    pub meaning: Meaning,
    /// Domains it is limited to; empty for all.
    pub domains: Vec<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// A lexicon file as read: its header and its entries in file order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Path or built-in name.
    pub name: String,
    /// ISO 639-1 code of the language, `any` for emoji and the like.
    pub language: String,
    /// The entries.
    pub entries: Vec<Entry>,
}
