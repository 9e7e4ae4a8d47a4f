//! What bears on how a target is judged. In: nothing. Out: the names of features, each with a number of
//! its own in `lexicons/*/targets.tsv`. Separate because applying and learning those numbers must name
//! the same things.

use crate::lexicon::grammar::Grammar;
use std::fmt::{Display, Formatter, Result};

/// What sort of word names the target.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Sort {
    /// A name: a handle, a tag, a capitalised or unknown word. What is said of its parts is said of it.
    Name,
    /// A common noun, such as `battery`. What is said of other nouns is not said of it.
    Noun,
}

/// Where an opinion stands, seen from the target.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Side {
    /// Before it.
    Before,
    /// Behind it.
    After,
}

/// How far off.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Way {
    /// In the clause of the target.
    Clause,
    /// In the clause next to it.
    Next,
    /// Further off in the sentence.
    Sentence,
    /// In the clause next to it, beyond `but` and its kind.
    NextContrast,
    /// Further off in the sentence, beyond `but` and its kind.
    SentenceContrast,
    /// In the sentence next to it.
    Neighbour,
    /// Further off.
    Far,
}

/// What an opinion belongs to by its own place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Belongs {
    /// The target.
    Target,
    /// A noun that is joined to the target: `food and service`.
    Joined,
    /// Another noun.
    Other,
    /// Another subject of its kind: its own words, or those of a sentence that is all about it.
    Rival,
    /// `it`, `they`, `this`.
    Pronoun,
    /// Nothing that could be told.
    Nothing,
}

/// How an opinion stands to the target.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Relation {
    /// It is part of what names the target.
    Within,
    /// It stands elsewhere.
    Apart(Side, Way, Belongs),
}

/// How a word that leans, or a pair, stands to the target.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Nearness {
    /// Part of what names it.
    Within,
    /// In its clause, with so many other words of content between: 0, 1, 2 to 3, more.
    Clause(u8),
    /// In the clause next to it.
    Next,
    /// Further off in the sentence.
    Sentence,
    /// In the sentence next to it.
    Neighbour,
    /// Further off.
    Far,
    /// In a sentence that is all about another subject of its kind.
    Rival,
}

/// What else tells whether an opinion is about the target.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Bond {
    /// So many other nouns of its sentence stand nearer to it: 0, 1, 2, more.
    Nearer(u8),
    /// So many other opinions stand nearer to the target: 0, 1, 2, more.
    Rank(u8),
    /// Within a sentence: so many words of content stand between: 0, 1, 2, 3, more.
    Between(u8),
    /// Nothing stands between.
    Beside,
    /// In a clause: a verb of being or the like stands between.
    Linked,
    /// In a clause: a preposition stands between.
    Preposed,
    /// In a clause: `and` or a sign stands between.
    Joined,
    /// Within a sentence: a pronoun stands between.
    Pronoun,
    /// Within a sentence: it stands before another noun.
    Ahead,
}

/// The nearest that any opinion comes to a target that is a common noun.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Reach {
    /// There is no opinion.
    None,
    /// In another clause, or of another noun.
    Off,
    /// In its clause, of nothing that could be told.
    Clause,
    /// Of the target.
    Own,
}

/// The word next to the target.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Neighbour {
    /// A word of a closed class, by its number in the grammar.
    Closed(u16),
    /// A noun.
    Noun,
    /// A word with opinion.
    Opinion,
    /// Another word of content.
    Content,
    /// A sign, a number, a link.
    Sign,
    /// Nothing: the text begins or ends.
    Edge,
}

/// What bears on how a target is judged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Feature {
    /// What opinions add to the sum of the text.
    Opinion(Sort, Relation),
    /// How one-sided and how strong they are, 0 to 1.
    Share(Sort, Relation),
    /// What words and pairs add to the sum of the text.
    Word(Sort, Nearness),
    /// What opinions add to the sum of the text, by what else tells whether they are about the target.
    Bond(Sort, Side, Bond),
    /// How near opinions come.
    Reach(Reach),
    /// The word before the target.
    Before(Sort, Neighbour),
    /// The word behind the target.
    After(Sort, Neighbour),
    /// The word before the article, and what else stands before the target and belongs to it.
    Lead(Sort, Neighbour),
    /// It was compared with another subject: it won, or it lost.
    Compared,
    /// What opinions and words add, where the target is not in the text.
    Absent,
    /// What opinions and words add in sentences that go with the target alone, of a text that is about others too.
    Own,
    /// The target is a category such as `SERVICE#GENERAL`: whoever names one has heard something of it.
    Category,
}

const SORTS: [Sort; 2] = [Sort::Name, Sort::Noun];
const SIDES: [Side; 2] = [Side::Before, Side::After];
const WAYS: [Way; 7] = [Way::Clause, Way::Next, Way::Sentence, Way::NextContrast, Way::SentenceContrast, Way::Neighbour, Way::Far];
const BELONGS: [Belongs; 6] = [Belongs::Target, Belongs::Joined, Belongs::Other, Belongs::Rival, Belongs::Pronoun, Belongs::Nothing];
const REACHES: [Reach; 4] = [Reach::None, Reach::Off, Reach::Clause, Reach::Own];
pub(super) const NEARNESSES: [Nearness; 10] = [
    Nearness::Within,
    Nearness::Clause(0),
    Nearness::Clause(1),
    Nearness::Clause(2),
    Nearness::Clause(3),
    Nearness::Next,
    Nearness::Sentence,
    Nearness::Neighbour,
    Nearness::Far,
    Nearness::Rival,
];
const BONDS: [Bond; 19] = [
    Bond::Nearer(0),
    Bond::Nearer(1),
    Bond::Nearer(2),
    Bond::Nearer(3),
    Bond::Rank(0),
    Bond::Rank(1),
    Bond::Rank(2),
    Bond::Rank(3),
    Bond::Between(0),
    Bond::Between(1),
    Bond::Between(2),
    Bond::Between(3),
    Bond::Between(4),
    Bond::Beside,
    Bond::Linked,
    Bond::Preposed,
    Bond::Joined,
    Bond::Pronoun,
    Bond::Ahead,
];
const NEIGHBOURS: [Neighbour; 5] = [Neighbour::Noun, Neighbour::Opinion, Neighbour::Content, Neighbour::Sign, Neighbour::Edge];

/// Number of relations, and the first places of bonds and of words next to targets.
const RELATIONS: usize = 1 + SIDES.len() * WAYS.len() * BELONGS.len();
const BOND: usize = 8 + 4 * RELATIONS + 2 * NEARNESSES.len();
const NEXT: usize = BOND + 4 * BONDS.len();

impl Relation {
    #[inline]
    const fn place(self) -> usize {
        match self {
            Self::Within => 0,
            Self::Apart(side, way, belongs) => 1 + (side as usize * WAYS.len() + way as usize) * BELONGS.len() + belongs as usize,
        }
    }
}

impl Nearness {
    /// Its place in [`NEARNESSES`].
    #[inline]
    pub(super) const fn place(self) -> usize {
        match self {
            Self::Within => 0,
            Self::Clause(between) => 1 + few(between, 3),
            Self::Next => 5,
            Self::Sentence => 6,
            Self::Neighbour => 7,
            Self::Far => 8,
            Self::Rival => 9,
        }
    }
}

impl Bond {
    #[inline]
    const fn place(self) -> usize {
        match self {
            Self::Nearer(n) => few(n, 3),
            Self::Rank(n) => 4 + few(n, 3),
            Self::Between(n) => 8 + few(n, 4),
            Self::Beside => 13,
            Self::Linked => 14,
            Self::Preposed => 15,
            Self::Joined => 16,
            Self::Pronoun => 17,
            Self::Ahead => 18,
        }
    }
}

const fn few(n: u8, most: u8) -> usize {
    (if n > most { most } else { n }) as usize
}

impl Neighbour {
    const fn place(self) -> usize {
        match self {
            Self::Noun => 0,
            Self::Opinion => 1,
            Self::Content => 2,
            Self::Sign => 3,
            Self::Edge => 4,
            Self::Closed(number) => NEIGHBOURS.len() + number as usize,
        }
    }
}

impl Feature {
    /// Every feature, in a language with this grammar.
    pub fn all(grammar: &Grammar) -> impl Iterator<Item = Self> {
        let words = u16::try_from(grammar.len()).unwrap_or(u16::MAX);
        let relations = || {
            let apart = SIDES.into_iter().flat_map(|side| {
                WAYS.into_iter().flat_map(move |way| BELONGS.into_iter().map(move |belongs| Relation::Apart(side, way, belongs)))
            });
            std::iter::once(Relation::Within).chain(apart)
        };
        let neighbours = move || NEIGHBOURS.into_iter().chain((0..words).map(Neighbour::Closed));
        SORTS
            .into_iter()
            .flat_map(move |sort| {
                let opinions = relations().flat_map(move |relation| [Self::Opinion(sort, relation), Self::Share(sort, relation)]);
                let near = NEARNESSES.into_iter().map(move |nearness| Self::Word(sort, nearness));
                let next = neighbours().flat_map(move |word| [Self::Before(sort, word), Self::After(sort, word), Self::Lead(sort, word)]);
                let bonds = SIDES.into_iter().flat_map(move |side| BONDS.into_iter().map(move |bond| Self::Bond(sort, side, bond)));
                opinions.chain(near).chain(bonds).chain(next)
            })
            .chain(REACHES.into_iter().map(Self::Reach))
            .chain([Self::Compared, Self::Absent, Self::Category, Self::Own])
    }

    /// A place of its own, below [`Self::places`]; those of words next to targets come last.
    #[inline]
    #[must_use]
    pub const fn place(self) -> usize {
        match self {
            Self::Compared => 0,
            Self::Absent => 1,
            Self::Category => 2,
            Self::Own => 3,
            Self::Reach(reach) => 4 + reach as usize,
            Self::Opinion(sort, relation) => 8 + sort as usize * RELATIONS + relation.place(),
            Self::Share(sort, relation) => 8 + (2 + sort as usize) * RELATIONS + relation.place(),
            Self::Word(sort, nearness) => 8 + 4 * RELATIONS + sort as usize * NEARNESSES.len() + nearness.place(),
            Self::Bond(sort, side, bond) => BOND + (2 * sort as usize + side as usize) * BONDS.len() + bond.place(),
            Self::Before(sort, neighbour) => NEXT + neighbour.place() * 6 + sort as usize,
            Self::After(sort, neighbour) => NEXT + neighbour.place() * 6 + 2 + sort as usize,
            Self::Lead(sort, neighbour) => NEXT + neighbour.place() * 6 + 4 + sort as usize,
        }
    }

    /// Number of places, in a language with this grammar.
    #[must_use]
    pub fn places(grammar: &Grammar) -> usize {
        NEXT + 6 * (NEIGHBOURS.len() + grammar.len())
    }

    /// Whether it is what an opinion of another noun adds to a noun.
    pub(super) const fn is_of_other_noun(self) -> bool {
        matches!(self, Self::Opinion(Sort::Noun, Relation::Apart(_, _, Belongs::Other | Belongs::Rival)))
    }

    /// The name in files.
    #[must_use]
    pub fn name(self, grammar: &Grammar) -> String {
        let next = |sort, side: &str, neighbour| match neighbour {
            Neighbour::Closed(number) => format!("{sort} word-{side} {}", grammar.word(number)),
            Neighbour::Noun => format!("{sort} word-{side} NOUN"),
            Neighbour::Opinion => format!("{sort} word-{side} OPINION"),
            Neighbour::Content => format!("{sort} word-{side} CONTENT"),
            Neighbour::Sign => format!("{sort} word-{side} SIGN"),
            Neighbour::Edge => format!("{sort} word-{side} EDGE"),
        };
        match self {
            Self::Opinion(sort, relation) => format!("{sort} opinion {relation}"),
            Self::Share(sort, relation) => format!("{sort} share {relation}"),
            Self::Word(sort, nearness) => format!("{sort} word {nearness}"),
            Self::Bond(sort, side, bond) => format!("{sort} opinion {side} {bond}"),
            Self::Reach(reach) => format!("noun reach {reach}"),
            Self::Before(sort, neighbour) => next(sort, "before", neighbour),
            Self::After(sort, neighbour) => next(sort, "after", neighbour),
            Self::Lead(sort, neighbour) => next(sort, "lead", neighbour),
            Self::Compared => "compared".to_owned(),
            Self::Absent => "absent".to_owned(),
            Self::Own => "own".to_owned(),
            Self::Category => "category".to_owned(),
        }
    }
}

impl Display for Sort {
    fn fmt(&self, f: &mut Formatter) -> Result {
        f.write_str(match self {
            Self::Name => "name",
            Self::Noun => "noun",
        })
    }
}

impl Display for Side {
    fn fmt(&self, f: &mut Formatter) -> Result {
        f.write_str(match self {
            Self::Before => "before",
            Self::After => "after",
        })
    }
}

impl Display for Way {
    fn fmt(&self, f: &mut Formatter) -> Result {
        f.write_str(match self {
            Self::Clause => "clause",
            Self::Next => "next-clause",
            Self::Sentence => "sentence",
            Self::NextContrast => "next-clause-but",
            Self::SentenceContrast => "sentence-but",
            Self::Neighbour => "next-sentence",
            Self::Far => "far",
        })
    }
}

impl Display for Belongs {
    fn fmt(&self, f: &mut Formatter) -> Result {
        f.write_str(match self {
            Self::Target => "of-target",
            Self::Joined => "of-joined",
            Self::Other => "of-other",
            Self::Rival => "of-rival",
            Self::Pronoun => "of-pronoun",
            Self::Nothing => "of-nothing",
        })
    }
}

impl Display for Relation {
    fn fmt(&self, f: &mut Formatter) -> Result {
        match self {
            Self::Within => f.write_str("within"),
            Self::Apart(side, way, belongs) => write!(f, "{side} {way} {belongs}"),
        }
    }
}

impl Display for Bond {
    fn fmt(&self, f: &mut Formatter) -> Result {
        match self {
            Self::Nearer(n) => write!(f, "nouns-nearer-{n}"),
            Self::Rank(n) => write!(f, "opinions-nearer-{n}"),
            Self::Between(n) => write!(f, "words-between-{n}"),
            Self::Beside => f.write_str("beside"),
            Self::Linked => f.write_str("past-verb"),
            Self::Preposed => f.write_str("past-preposition"),
            Self::Joined => f.write_str("past-join"),
            Self::Pronoun => f.write_str("past-pronoun"),
            Self::Ahead => f.write_str("before-other"),
        }
    }
}

impl Display for Nearness {
    fn fmt(&self, f: &mut Formatter) -> Result {
        match self {
            Self::Within => f.write_str("within"),
            Self::Clause(between) => write!(f, "clause-{between}"),
            Self::Next => f.write_str("next-clause"),
            Self::Sentence => f.write_str("sentence"),
            Self::Neighbour => f.write_str("next-sentence"),
            Self::Far => f.write_str("far"),
            Self::Rival => f.write_str("of-rival"),
        }
    }
}

impl Display for Reach {
    fn fmt(&self, f: &mut Formatter) -> Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Off => "off",
            Self::Clause => "clause",
            Self::Own => "own",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_feature_has_a_place_and_a_name_of_its_own() {
        let grammar = Grammar::english();
        let all: Vec<Feature> = Feature::all(grammar).collect();
        let places: BTreeSet<usize> = all.iter().map(|feature| feature.place()).collect();
        let names: BTreeSet<String> = all.iter().map(|feature| feature.name(grammar)).collect();
        assert_eq!((places.len(), names.len()), (all.len(), all.len()));
        assert_eq!(places.last(), Some(&(Feature::places(grammar) - 1)));
        assert_eq!(places.len(), Feature::places(grammar));
    }
}
