//! How a piece of a text stands to a target. In: the scene, the piece, the places of the target. Out: side,
//! distance by clauses and sentences, and what the piece belongs to. Separate because it is pure geometry.

use super::Target;
use super::feature::{Belongs, Bond, Nearness, Reach, Relation, Side, Way};
use super::pieces::{ASTRAY, Anchor, Piece, Swath};
use super::scene::{Mark, Scene, Span};

/// How a piece stands to the nearest place of a target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stand {
    sentences: u32,
    clauses: u32,
    /// Words of content between.
    between: u32,
    contrast: bool,
    within: bool,
    side: Side,
    /// Tokens to the place.
    gap: u32,
    place: Span,
}

impl Stand {
    /// How a piece stands to the nearest of these places, which are in text order and not none.
    #[inline]
    pub(super) fn of(scene: &Scene, piece: Span, spans: &[Span]) -> Self {
        match spans {
            // Nearly all targets stand in one place.
            [only] => Self::to(scene, piece, *only),
            _ => Self::to_nearest(scene, piece, spans),
        }
    }

    fn to_nearest(scene: &Scene, piece: Span, spans: &[Span]) -> Self {
        let next = spans.partition_point(|span| span.last < piece.first);
        let near = [next.checked_sub(1), Some(next), Some(next + 1)];
        let stands = near.into_iter().flatten().filter_map(|at| spans.get(at)).map(|span| Self::to(scene, piece, *span));
        stands.min_by_key(|stand| (stand.sentences, stand.clauses, stand.between, stand.contrast, stand.within, stand.side)).unwrap_or(
            Self { sentences: 0, clauses: 0, between: 0, contrast: false, within: true, side: Side::After, gap: 0, place: piece },
        )
    }

    #[inline]
    fn to(scene: &Scene, piece: Span, target: Span) -> Self {
        let within = piece.first <= target.last && piece.last >= target.first;
        let (side, from, to) =
            if piece.first > target.last { (Side::After, target.last, piece.first) } else { (Side::Before, piece.last, target.first) };
        let Some((from, to)) = scene.spots.get(from as usize).zip(scene.spots.get(to as usize)).filter(|_| !within) else {
            return Self { sentences: 0, clauses: 0, between: 0, contrast: false, within, side: Side::After, gap: 0, place: target };
        };
        let own = u32::from(from.word == super::Word::Content && !from.opinion);
        Self {
            sentences: to.sentence - from.sentence,
            clauses: to.clause - from.clause,
            between: (to.content - from.content).saturating_sub(own),
            contrast: to.contrasts > from.contrasts,
            within,
            side,
            gap: piece.gap(target),
            place: target,
        }
    }

    /// How near a word stands.
    #[inline]
    pub(super) fn nearness(self, scene: &Scene, word: Span, subject: Option<Mark>) -> Nearness {
        match (self.sentences, self.clauses) {
            _ if self.within => Nearness::Within,
            _ if scene.is_of_rival(word, subject) => Nearness::Rival,
            (0, 0) => Nearness::Clause(match self.between {
                0 => 0,
                1 => 1,
                2 | 3 => 2,
                _ => 3,
            }),
            (sentences, clauses) => beyond(sentences, clauses),
        }
    }

    /// How an opinion stands, and what it belongs to.
    pub(super) fn relation(self, scene: &Scene, piece: &Piece, target: Target) -> Relation {
        if self.within {
            return Relation::Within;
        }
        let way = match (self.sentences, self.clauses, self.contrast) {
            (0, 0, _) => Way::Clause,
            (0, 1, false) => Way::Next,
            (0, 1, true) => Way::NextContrast,
            (0, _, false) => Way::Sentence,
            (0, _, true) => Way::SentenceContrast,
            (1, ..) => Way::Neighbour,
            _ => Way::Far,
        };
        Relation::Apart(self.side, way, belongs(scene, piece, target))
    }

    /// Tokens from the piece to the target; 0 within it.
    pub(super) const fn gap(self) -> u32 {
        self.gap
    }

    /// Names what else tells whether an opinion is about the target; `rank` says how many others stand
    /// nearer to it. Nothing else is asked of one that names the target.
    pub(super) fn each_bond(self, scene: &Scene, piece: &Piece, target: Target, rank: usize, mut each: impl FnMut(Side, Bond)) {
        if self.within {
            return;
        }
        // Places of a target follow each other, and so do their chains.
        let chain = |at: u32| scene.spots.get(at as usize).map(|spot| spot.chain);
        let own = |of: Option<u32>| target.spans.binary_search_by_key(&of, |span| chain(span.last)).is_ok();
        let nearer = piece.nouns.iter().filter(|near| near.gap < self.gap && !own(Some(near.chain))).count();
        let mut each = |bond| each(self.side, bond);
        each(Bond::Nearer(few(nearer, 3)));
        each(Bond::Rank(few(rank, 3)));
        if self.sentences > 0 {
            return;
        }
        each(Bond::Between(few(self.between as usize, 4)));
        if self.gap == 1 {
            each(Bond::Beside);
        }
        let (from, to) =
            if self.side == Side::After { (self.place.last + 1, piece.span.first) } else { (piece.span.last + 1, self.place.first) };
        if let Some((from, to)) =
            scene.spots.get(from as usize).zip(scene.spots.get(to as usize)).map(|(from, to)| (from.passed, to.passed))
        {
            if self.clauses == 0 {
                let between = [
                    (to.verbs > from.verbs, Bond::Linked),
                    (to.prepositions > from.prepositions, Bond::Preposed),
                    (to.joins > from.joins, Bond::Joined),
                ];
                between.into_iter().filter(|(stands, _)| *stands).for_each(|(_, bond)| each(bond));
            }
            if to.pronouns > from.pronouns {
                each(Bond::Pronoun);
            }
        }
        if let Anchor::Noun(at) = piece.anchor
            && at > piece.span.last
            && !own(chain(at))
        {
            each(Bond::Ahead);
        }
    }
}

/// How near a word stands that is not in the clause of the target.
const fn beyond(sentences: u32, clauses: u32) -> Nearness {
    match (sentences, clauses) {
        (0, 0 | 1) => Nearness::Next,
        (0, _) => Nearness::Sentence,
        (1, _) => Nearness::Neighbour,
        _ => Nearness::Far,
    }
}

/// How near all words of a row stand; none if they do not stand alike, being in a clause of the target.
pub(super) fn nearness_of_all(scene: &Scene, swath: &Swath, spans: &[Span], subject: Option<Mark>) -> Option<Nearness> {
    let mut nearest = (u32::MAX, u32::MAX);
    for span in spans {
        let (first, last) = (scene.spots.get(span.first as usize)?, scene.spots.get(span.last as usize)?);
        let apart = if swath.clause > last.clause {
            (swath.sentence.checked_sub(last.sentence)?, swath.clause - last.clause)
        } else if swath.clause < first.clause {
            (first.sentence.checked_sub(swath.sentence)?, first.clause - swath.clause)
        } else {
            return None;
        };
        nearest = nearest.min(apart);
    }
    let rival = scene.is_rivals(swath.sentence, subject);
    (swath.clause != ASTRAY).then(|| if rival { Nearness::Rival } else { beyond(nearest.0, nearest.1) })
}

/// A number of things, of which no more than so many are told apart.
fn few(n: usize, most: u8) -> u8 {
    u8::try_from(n).unwrap_or(most).min(most)
}

fn belongs(scene: &Scene, piece: &Piece, target: Target) -> Belongs {
    let Target { spans, subject, .. } = target;
    let astray = scene.is_of_rival(piece.span, subject);
    let at = match piece.anchor {
        Anchor::Nothing | Anchor::Pronoun if astray => return Belongs::Rival,
        Anchor::Nothing => return Belongs::Nothing,
        Anchor::Pronoun => return Belongs::Pronoun,
        Anchor::Noun(at) => at,
    };
    let chain = |at: u32| scene.spots.get(at as usize).map(|spot| spot.chain);
    // Chains follow each other, so that only the places next to the noun can be joined to it.
    let next = spans.partition_point(|span| span.last < at);
    let near = [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|at| spans.get(at));
    let (mut target, mut joined) = (false, false);
    for span in near {
        target |= span.first <= at && at <= span.last;
        joined |= chain(at) == chain(span.first) || chain(at) == chain(span.last);
    }
    match (target, joined) {
        (true, _) => Belongs::Target,
        (false, true) => Belongs::Joined,
        _ if astray || scene.is_rival(at, subject) => Belongs::Rival,
        _ => Belongs::Other,
    }
}

/// How near an opinion comes that stands so.
pub(super) const fn reach(relation: Relation) -> Reach {
    match relation {
        Relation::Within | Relation::Apart(_, _, Belongs::Target | Belongs::Joined) => Reach::Own,
        Relation::Apart(_, Way::Clause, Belongs::Pronoun | Belongs::Nothing) => Reach::Clause,
        Relation::Apart(..) => Reach::Off,
    }
}
