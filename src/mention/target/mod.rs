//! What is felt about a target. In: a text that was read and scored, and where its target stands. Out: a
//! score of that target. Separate because a text can praise one thing and damn another: sentiment belongs
//! to its target.
//!
//! The score of a text is the sum of what its opinions, words and cues add (see [`crate::score::evidence`]).
//! That of a target is the same sum with each part weighed by how it stands to the target: in its clause or
//! beyond `but`, before or behind it, said of it, of a noun beside it, or of another noun. A text in which
//! all weights are one gives its own score back. The weights are learned from posts and reviews whose
//! targets people have judged (`lexicons/en/targets.tsv` says how); what a piece is said of is told by
//! closed classes of words and nouns that people review, without a parser. Cf. Ding, Liu and Yu 2008 (a
//! holistic lexicon-based approach to opinion mining), who weigh by distance; Jiang et al. 2011.

pub mod feature;
mod locate;
mod nouns;
mod pieces;
mod relation;
mod scene;
mod weights;

pub use feature::{Bond, Feature, Sort};
pub use locate::{Named, locate};
pub use nouns::Nouns;
pub use pieces::Piece;
pub use scene::{Mark, Scene, Span};
pub use weights::{Weight, Weights};

use crate::error::Result;
use crate::lexicon::grammar::Grammar;
use crate::lexicon::{Leaning, Mixed};
use crate::mention::forms::without_possessive;
use crate::mention::glossary::Gloss;
use crate::score::Score;
use crate::score::measure::{Points, judge};
use crate::text::{Key, Kind, Token};
use feature::{NEARNESSES, Neighbour, Reach, Relation};
use relation::Stand;
use scene::Word;
use std::sync::OnceLock;

/// One, in thousandths.
const ONE: i64 = 1000;
/// Points at which an opinion is half sure of itself, as in [`crate::score::measure`].
const HALF: i64 = 1500;
/// Points of an opinion that leaves no doubt that there is one.
const STRONG: i64 = 2000;
/// Weight from which an opinion counts as one about the target, in thousandths.
const ATTACHED: i32 = 650;

/// What is known of a language for telling what opinions are about.
#[derive(Clone, Debug)]
pub struct Language {
    grammar: &'static Grammar,
    nouns: &'static Nouns,
    weights: Weights,
}

/// A target in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target<'s> {
    /// Its places, in text order, apart from each other; none when it is not in the text.
    pub spans: &'s [Span],
    /// Whether a category is asked about, such as `SERVICE#GENERAL`.
    pub category: bool,
    /// Which of the subjects it is that the scene was told of, if it is one.
    pub subject: Option<Mark>,
    /// Whether these are all of its places. One of several is judged by what stands near it.
    pub all: bool,
    /// How it fared where it was compared with others, in text order.
    pub fared: &'s [Fared],
}

/// How a target fared in a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fared {
    /// Where the comparison stands.
    pub span: Span,
    /// Whether it won; else it lost.
    pub won: bool,
}

impl Target<'_> {
    /// What tokens say of this target: within a comparison they speak for who won, whatever the words
    /// say by themselves (`HP is worse than Dell` praises Dell).
    fn turned(&self, span: Span, says: i32) -> i32 {
        match self.fared.iter().find(|fared| fared.span.first <= span.first && span.last <= fared.span.last) {
            None => says,
            Some(Fared { won: true, .. }) => says.saturating_abs(),
            Some(_) => -says.saturating_abs(),
        }
    }
}

/// How a target is judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Its score.
    pub score: Score,
    /// The sum that gave it.
    pub sum: Leaning,
}

/// What a feature of a text adds before it is weighed, in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Amount {
    /// To the lean.
    pub lean: i64,
    /// To the opinion; below 0 it speaks against there being one.
    pub opinion: i64,
}

impl Amount {
    const fn of_opinion(opinion: i64) -> Self {
        Self { lean: 0, opinion }
    }
}

impl From<Leaning> for Amount {
    fn from(Leaning { lean, opinion }: Leaning) -> Self {
        Self { lean: lean.into(), opinion: opinion.into() }
    }
}

impl std::ops::AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.lean += other.lean;
        self.opinion += other.opinion;
    }
}

/// A part of the sum of a target.
#[derive(Clone, Copy, Debug)]
pub struct Part<'p> {
    /// What bears on it.
    pub feature: Feature,
    /// The piece of the text that does.
    pub piece: Option<&'p Piece>,
    /// What else tells whether it is about the target.
    pub bonds: &'p [Bond],
    /// How much that counts, all in all.
    pub weight: Weight,
    /// What it adds to lean and opinion, in thousandths.
    pub adds: [i64; 2],
}

impl Language {
    /// What is known of a language; none for most.
    ///
    /// # Errors
    /// When a shipped file is faulty, which a test rules out.
    pub fn of(code: &str) -> Result<Option<&'static Self>> {
        static ENGLISH: OnceLock<Result<Language>> = OnceLock::new();
        if !code.eq_ignore_ascii_case("en") {
            return Ok(None);
        }
        let english = ENGLISH.get_or_init(|| {
            let grammar = Grammar::english();
            let weights = Weights::english(grammar)?;
            Ok(Self { grammar, nouns: Nouns::shared(), weights })
        });
        english.as_ref().map(Some).map_err(Clone::clone)
    }

    /// The same with other weights.
    #[must_use]
    pub fn with_weights(&self, weights: Weights) -> Self {
        Self { weights, ..self.clone() }
    }

    /// The closed classes of words.
    #[must_use]
    pub const fn grammar(&self) -> &'static Grammar {
        self.grammar
    }

    /// The nouns.
    #[must_use]
    pub const fn nouns(&self) -> &'static Nouns {
        self.nouns
    }

    /// The weights.
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// What sort of word a token is; of one of content, whether it is a noun, and if so a vague one.
    fn word(&self, token: &Token, gloss: Gloss, text: &str) -> (Word, Option<bool>) {
        match token.kind {
            Kind::Word => {
                let noun = || without_possessive(token, text).map_or(gloss.noun, |stem| self.nouns.find(stem));
                gloss.closed.map_or_else(|| (Word::Content, noun()), |(number, class)| (Word::Closed(number, class), None))
            }
            Kind::Handle => (Word::Handle, None),
            _ => (Word::Sign, None),
        }
    }

    /// The key of a token without a possessive ending.
    fn key(token: &Token, text: &str) -> Key {
        without_possessive(token, text).unwrap_or(token.key)
    }

    /// Judges a target of a text; `whole` is the score of the text, `mixed` the limits of mixed opinion.
    #[must_use]
    pub fn judge(&self, scene: &Scene, target: Target, whole: &Score, mixed: Mixed) -> Verdict {
        let (mut lean, mut opinion) = (i64::from(scene.rest.lean), i64::from(scene.rest.opinion));
        let mut attached = Points::default();
        self.each_part(scene, target, |part| {
            lean += part.adds[0];
            opinion += part.adds[1];
            if let Some(piece) = part.piece.filter(|_| part.weight.lean >= ATTACHED && !part.feature.is_of_other_noun()) {
                attached.add(target.turned(piece.span, piece.value));
            }
        });
        #[allow(clippy::cast_possible_truncation)] // clamped
        let within = |sum: i64| sum.clamp(i64::from(i32::MIN / 4), i64::from(i32::MAX / 4)) as i32;
        let sum = Leaning { lean: within(lean), opinion: within(opinion) };
        Verdict { score: judge(sum, attached.shares(), mixed, whole.coverage), sum }
    }

    /// Names each part of the sum of a target but the rest, which is always added whole.
    pub fn each_part(&self, scene: &Scene, target: Target, mut each: impl FnMut(Part)) {
        let (mut bonds, mut count, mut bound) = ([Bond::Ahead; MOST_BONDS], 0, Weight::default());
        self.each_feature(scene, target, |feature, amount, piece| {
            if let Feature::Bond(_, _, bond) = feature {
                bound = bound.and(self.weights.of(feature));
                if let Some(place) = bonds.get_mut(count) {
                    *place = bond;
                    count += 1;
                }
                return;
            }
            let weight = std::mem::take(&mut bound).and(self.weights.of(feature));
            let bonds = &bonds[..std::mem::take(&mut count)];
            let of_opinion = if amount.opinion < 0 { weight.doubt } else { weight.opinion };
            let adds = [amount.lean * i64::from(weight.lean) / ONE, amount.opinion * i64::from(of_opinion) / ONE];
            each(Part { feature, piece, bonds, weight, adds });
        });
    }

    /// Names each feature of a target, what it adds before it is weighed, and the opinion that
    /// does so. The bonds of an opinion come right before its relation and add the same: their
    /// weights are added up. What the text adds apart from its opinions and words ([`Scene::rest`]) is always added whole.
    pub fn each_feature(&self, scene: &Scene, target: Target, mut each: impl FnMut(Feature, Amount, Option<&Piece>)) {
        let Target { spans, category, subject, .. } = target;
        let sort = scene.sort(spans);
        if category {
            each(Feature::Category, Amount::of_opinion(ONE), None);
        }
        for fared in target.fared {
            each(Feature::Compared, Amount { lean: if fared.won { ONE } else { -ONE }, opinion: ONE }, None);
        }
        let said = |span: Span, adds: Leaning| Amount { lean: target.turned(span, adds.lean).into(), opinion: adds.opinion.into() };
        let mut all_of_it = |feature: Feature| {
            scene.pieces.iter().for_each(|piece| each(feature, said(piece.span, piece.adds), Some(piece)));
            scene.leaners(None).iter().for_each(|leaner| each(feature, said(leaner.span, leaner.adds), None));
        };
        let Some(place) = spans.first() else { return all_of_it(Feature::Absent) };
        if target.all && scene.is_alone(subject) {
            return all_of_it(Feature::Own);
        }
        let mut shares: [(Option<Relation>, Side); MOST_RELATIONS] = [(None, Side::default()); MOST_RELATIONS];
        let (mut reach, mut strength) = (Reach::None, 0);
        let gaps = Gaps::of(scene, spans);
        for piece in &scene.pieces {
            let (adds, value) = (said(piece.span, piece.adds), target.turned(piece.span, piece.value));
            let stand = Stand::of(scene, piece.span, spans);
            stand.each_bond(scene, piece, target, gaps.below(stand.gap()), |side, bond| {
                each(Feature::Bond(sort, side, bond), adds, Some(piece));
            });
            let relation = stand.relation(scene, piece, target);
            let near = relation::reach(relation);
            if near > reach {
                (reach, strength) = (near, 0);
            }
            if near == reach {
                strength = strength.max(i64::from(value.abs()));
            }
            each(Feature::Opinion(sort, relation), adds, Some(piece));
            if let Some((of, side)) = shares.iter_mut().find(|(of, _)| of.is_none_or(|of| of == relation)) {
                *of = Some(relation);
                side.add(value);
            }
        }
        for (relation, side) in shares {
            let Some(relation) = relation else { break };
            each(Feature::Share(sort, relation), side.amount(), None);
        }
        // What speaks for an opinion and what speaks against one have weights of their own.
        let mut words = [[Amount::default(); 2]; NEARNESSES.len()];
        for swath in &scene.swaths {
            if let Some(nearness) = relation::nearness_of_all(scene, swath, spans, subject).filter(|_| target.fared.is_empty()) {
                swath.adds.into_iter().zip(&mut words[nearness.place()]).for_each(|(adds, all)| *all += adds);
                continue;
            }
            for leaner in scene.leaners(Some(swath)) {
                let nearness = Stand::of(scene, leaner.span, spans).nearness(scene, leaner.span, subject);
                words[nearness.place()][usize::from(leaner.adds.opinion < 0)] += said(leaner.span, leaner.adds);
            }
        }
        for (nearness, sides) in NEARNESSES.into_iter().zip(words) {
            sides.into_iter().filter(|adds| *adds != Amount::default()).for_each(|adds| each(Feature::Word(sort, nearness), adds, None));
        }
        if sort == Sort::Noun {
            // A faint opinion of the target (`the soup is ok`) hardly tells that there is one.
            let opinion = if reach >= Reach::Clause { (strength * ONE / STRONG).min(ONE) } else { ONE };
            each(Feature::Reach(reach), Amount::of_opinion(opinion), None);
        }
        let next = |at: Option<u32>| Self::neighbour(scene, at);
        each(Feature::Before(sort, next(place.first.checked_sub(1))), Amount::of_opinion(ONE), None);
        if let Some(before) = scene.lead(*place) {
            each(Feature::Lead(sort, next(before.checked_sub(1))), Amount::of_opinion(ONE), None);
        }
        each(Feature::After(sort, next(Some(place.last + 1))), Amount::of_opinion(ONE), None);
    }

    fn neighbour(scene: &Scene, at: Option<u32>) -> Neighbour {
        let Some(spot) = at.and_then(|at| scene.spots.get(at as usize)) else { return Neighbour::Edge };
        match spot.word {
            Word::Closed(number, _) => Neighbour::Closed(number),
            Word::Handle => Neighbour::Noun,
            Word::Content if spot.noun => Neighbour::Noun,
            Word::Content if spot.opinion => Neighbour::Opinion,
            Word::Content => Neighbour::Content,
            Word::Sign => Neighbour::Sign,
        }
    }
}

/// Bonds of one opinion that are named beside it.
const MOST_BONDS: usize = 8;

/// How far each opinion of a text stands from its target; of a long text only the first.
struct Gaps {
    gaps: [u32; MOST_RANKED],
    count: usize,
}

/// Opinions that are ranked by how far they stand from a target.
const MOST_RANKED: usize = 32;

impl Gaps {
    fn of(scene: &Scene, spans: &[Span]) -> Self {
        let mut gaps = Self { gaps: [0; MOST_RANKED], count: 0 };
        for (gap, piece) in gaps.gaps.iter_mut().zip(&scene.pieces) {
            *gap = if let [only] = spans { piece.span.gap(*only) } else { Stand::of(scene, piece.span, spans).gap() };
            gaps.count += 1;
        }
        gaps
    }

    /// How many stand nearer than so.
    fn below(&self, gap: u32) -> usize {
        self.gaps[..self.count].iter().filter(|other| **other < gap).count()
    }
}

/// Relations of opinions that are told apart in one text; opinions of further ones have no share.
const MOST_RELATIONS: usize = 24;

/// Praise and complaint of one relation, in thousandths.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    net: i64,
    all: i64,
    count: i64,
}

impl Side {
    fn add(&mut self, value: i32) {
        self.net += i64::from(value);
        self.all += i64::from(value.abs());
        self.count += 1;
    }

    fn amount(self) -> Amount {
        let whole = self.all + HALF * self.count;
        let share = |part: i64| (part * ONE).checked_div(whole).unwrap_or(0);
        Amount { lean: share(self.net), opinion: share(self.all) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{Analyzer, Outcome, Scratch};
    use crate::lexicon::builtin;
    use crate::mention::{Glossary, Told};
    use crate::score::Polarity;
    use proptest::prelude::*;

    fn analyzer() -> &'static Analyzer {
        static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
        ANALYZER.get_or_init(|| Analyzer::new(vec![builtin::lexicon().unwrap()], Some("en".to_owned())))
    }

    fn glossary() -> &'static Glossary {
        static GLOSSARY: OnceLock<Glossary> = OnceLock::new();
        GLOSSARY.get_or_init(|| Glossary::new(&analyzer().lexicons()[0]).unwrap().unwrap())
    }

    /// The scores of a text and of a name in it.
    fn scores(language: &Language, text: &str, name: &str) -> (Score, Score) {
        let mut scratch = Scratch::default();
        let analysis = analyzer().analyze(None, Some(text), None, &mut scratch);
        let Outcome::Scored(whole) = analysis.outcome else { panic!("{text}") };
        let (mut scene, mut named) = (Scene::default(), Named::default());
        locate(name, analysis.text, analysis.reading.tokens().as_slice(), &mut named);
        let lexicon = &analyzer().lexicons()[0];
        let mut glosses = Vec::new();
        glossary().read(analysis.reading, &mut glosses);
        scene.read(language, lexicon, Told::new(&analysis, &glosses), named.spans.iter().map(|span| (None, *span)));
        let target = Target { spans: &named.spans, category: named.category, subject: None, all: true, fared: &[] };
        (whole, language.judge(&scene, target, &whole, lexicon.weights().mixed()).score)
    }

    fn english() -> &'static Language {
        Language::of("en").unwrap().unwrap()
    }

    #[test]
    fn praise_and_complaint_go_to_what_they_are_said_of() {
        use Polarity::{Negative, Positive};
        for (text, name, polarity) in [
            ("The battery is great but the screen is awful.", "battery", Positive),
            ("The battery is great but the screen is awful.", "screen", Negative),
            ("Awful service, amazing food", "food", Positive),
            ("Awful service, amazing food", "service", Negative),
            ("I love my Dell. The HP printer is terrible though.", "HP", Negative),
            ("Horrible waiters and a wonderful, delicious pizza!", "pizza", Positive),
            ("Horrible waiters and a wonderful, delicious pizza!", "waiters", Negative),
            ("@Dell your support is a joke, worst company ever", "Dell", Negative),
        ] {
            let (_, score) = scores(english(), text, name);
            assert_eq!(score.polarity, polarity, "{name}: {text}");
        }
    }

    #[test]
    fn codes_without_data_have_no_language() {
        assert!(Language::of("de").unwrap().is_none());
        assert!(Language::of("EN").unwrap().is_some());
    }

    proptest! {
        /// With all weights whole, a target has the score of its text, wherever it stands.
        #[test]
        fn nothing_is_lost_or_added(words in proptest::collection::vec("good|awful|not|but|and|the|battery|Dell|screen|is|very|!|\\.|,|it|they|I|love|of|😂|#dell|[a-z]{1,6}", 1..24)) {
            let text = words.join(" ");
            let whole = english().with_weights(Weights::default());
            let (score, of_target) = scores(&whole, &text, "battery");
            prop_assert_eq!((score.praise, score.complaint), (of_target.praise, of_target.complaint));
        }
    }
}
