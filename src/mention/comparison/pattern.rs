//! Rules that are data. In: `A .. [beat+] B`, once; then items. Out: which names stand where.
//! Separate because it knows no word of any language.

use super::Kind;
use super::items::{Item, Items, What};
use super::words::{BLOCK, CARGO, Classes, Literals, Words};

/// Words in a short gap, and in wider ones.
const SHORT: usize = 3;
const WIDE: usize = 8;
const WIDEST: usize = 16;

/// Who wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Winner {
    A,
    B,
    Nobody,
    /// A if its clause praises, B if it complains.
    MoodOfA,
    MoodOfB,
    /// Whoever fares better in its own clause.
    BetterMood,
}

/// What may stand before a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    Short,
    Clause,
    Sentence,
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    A,
    B,
    /// Several names at once.
    Both,
    Pause,
    Class {
        classes: Classes,
        sign: i32,
    },
    /// A word as it stands.
    Literal(Literals),
}

/// A rule, ready to be met.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub kind: Kind,
    pub winner: Winner,
    parts: Vec<(Gap, Part)>,
    /// Classes and words without each of which it is not met.
    needs: (Classes, Literals),
}

/// Where the parts of a rule stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Met {
    /// Items of the names.
    pub a: Option<usize>,
    pub b: Option<usize>,
    /// Several names at once.
    pub both: Option<usize>,
    /// The first word that is no name.
    pub head: Option<usize>,
    pub start: usize,
    pub end: usize,
}

impl Rule {
    /// Reads the second and third column of a rule.
    ///
    /// # Errors
    /// Says what is wrong.
    pub fn parse(says: &str, pattern: &str, words: &mut Words) -> Result<Self, String> {
        let (kind, winner) = says.split_once(' ').unwrap_or((says, ""));
        let kind =
            Kind::from_name(kind).ok_or_else(|| format!("found the kind {kind:?}, expected one of {:?}", Kind::ALL.map(Kind::name)))?;
        let winner = match winner {
            "A" => Winner::A,
            "B" => Winner::B,
            "=" => Winner::Nobody,
            "A?" => Winner::MoodOfA,
            "B?" => Winner::MoodOfB,
            "?" => Winner::BetterMood,
            _ => return Err(format!("found the winner {winner:?}, expected one of A B = A? B? ?")),
        };
        let mut rule = Self { kind, winner, parts: Vec::new(), needs: (0, 0) };
        let (mut gap, mut rest) = (Gap::Short, pattern.trim());
        while !rest.is_empty() {
            let inside = rest.strip_prefix('[').and_then(|inside| inside.split_once(']'));
            let (word, behind) = inside.unwrap_or_else(|| rest.split_once(' ').unwrap_or((rest, "")));
            rest = behind.trim_start();
            let part = match word {
                _ if inside.is_some() => class(word, words)?,
                ".." => {
                    gap = Gap::Clause;
                    continue;
                }
                "..." => {
                    gap = Gap::Sentence;
                    continue;
                }
                "~" => {
                    gap = Gap::None;
                    continue;
                }
                "|" => {
                    gap = Gap::Text;
                    continue;
                }
                "A" => Part::A,
                "B" => Part::B,
                "AB" => Part::Both,
                "," => Part::Pause,
                _ => Part::Literal(words.literal(word).ok_or("found too many words of rules as they stand, expected at most 64")?),
            };
            match part {
                Part::Class { classes, .. } if classes.is_power_of_two() => rule.needs.0 |= classes,
                Part::Literal(literal) => rule.needs.1 |= literal,
                _ => {}
            }
            rule.parts.push((std::mem::replace(&mut gap, Gap::Short), part));
        }
        Ok(rule)
    }

    /// Whether it may be met among items of these classes and words: each of its own must be there.
    pub fn may(&self, classes: Classes, literals: Literals) -> bool {
        let (needs, words) = self.needs;
        let any = |part: &Part| if let Part::Class { classes: wanted, .. } = part { wanted & classes != 0 } else { true };
        needs & classes == needs && words & literals == words && self.parts.iter().all(|(_, part)| any(part))
    }

    /// Names each place where it is met.
    pub fn each_meeting(&self, items: &Items, mut each: impl FnMut(Met)) {
        let Some(&(_, first)) = self.parts.first() else { return };
        let mut meet = |at: usize| {
            let met = bind(items, first, at, Met { start: at, ..Met::default() });
            met.and_then(|met| self.go_on(items, 1, at + 1, met)).into_iter().for_each(&mut each);
        };
        let all = || (0..).zip(&items.list);
        match first {
            Part::A | Part::B | Part::Both => items.named.iter().copied().for_each(meet),
            Part::Class { classes, .. } => all().filter(|(_, item)| item.is(classes)).for_each(|(at, _)| meet(at)),
            Part::Literal(wanted) => all().filter(|(_, item)| item.entry.literals & wanted != 0).for_each(|(at, _)| meet(at)),
            Part::Pause => all().for_each(|(at, _)| meet(at)),
        }
    }

    fn go_on(&self, items: &Items, part: usize, from: usize, met: Met) -> Option<Met> {
        let Some(&(gap, wanted)) = self.parts.get(part) else { return Some(Met { end: from, ..met }) };
        let most = match gap {
            Gap::None => 0,
            Gap::Short => SHORT,
            Gap::Clause => WIDE,
            Gap::Sentence | Gap::Text => WIDEST,
        };
        let mut stops = 0;
        for at in from..=from + most {
            let item = items.get(at)?;
            if let Some(met) = bind(items, wanted, at, met)
                && let Some(met) = self.go_on(items, part + 1, at + 1, met)
            {
                return Some(met);
            }
            let passes = match item.what {
                What::Word => match gap {
                    Gap::Short => !item.is(BLOCK | CARGO),
                    Gap::Clause => !item.is(CARGO),
                    _ => true,
                },
                What::Name(..) => gap == Gap::Sentence && met.knows(items, item),
                What::Pause => matches!(gap, Gap::Sentence | Gap::Text),
                What::Stop(asks) => {
                    stops += 1;
                    // `Dell? I prefer HP`: a name that asks is a topic.
                    gap == Gap::Text && stops == 1 && (!asks || at == from)
                }
            };
            if !passes {
                return None;
            }
        }
        None
    }
}

/// `beat+ other`: a class or several, each with a sign.
fn class(names: &str, words: &Words) -> Result<Part, String> {
    let (mut classes, mut sign) = (0, 0);
    let mut find = |name: &str| words.class(name).map(|class| classes |= class);
    let (plain, wanted) = match (names.strip_suffix('+'), names.strip_suffix('-')) {
        (Some(plain), _) => (plain, 1),
        (_, Some(plain)) => (plain, -1),
        _ => (names, 0),
    };
    sign += wanted;
    if find(plain).is_none() {
        for name in plain.split(' ') {
            find(name).ok_or_else(|| format!("found the class {name:?}, expected one of a line above"))?;
        }
    }
    Ok(Part::Class { classes, sign })
}

/// What is known when item `at` is a part.
fn bind(items: &Items, part: Part, at: usize, met: Met) -> Option<Met> {
    let item = items.get(at)?;
    let head = met.head.or(Some(at));
    match part {
        Part::Pause => (item.what == What::Pause).then_some(met),
        Part::Class { classes, sign } => (item.is(classes) && (sign == 0 || item.sign(classes) == sign)).then_some(Met { head, ..met }),
        Part::Literal(wanted) => (item.entry.literals & wanted != 0).then_some(Met { head, ..met }),
        Part::Both => {
            let names = items.subjects(item.names()?);
            let several = names.iter().any(|name| Some(name) != names.first());
            (several && met.both.is_none()).then_some(Met { both: Some(at), ..met })
        }
        Part::A => met.name(items, item, met.b, met.a).then(|| Met { a: met.a.or(Some(at)), ..met }),
        Part::B => met.name(items, item, met.a, met.b).then(|| Met { b: met.b.or(Some(at)), ..met }),
    }
}

impl Met {
    /// Whether an item may be a name that is not `other`, and is the same as `own` if that is known.
    fn name(&self, items: &Items, item: &Item, other: Option<usize>, own: Option<usize>) -> bool {
        let of = |at: Option<usize>| at.and_then(|at| items.get(at)).and_then(Item::names).map_or(&[][..], |names| items.subjects(names));
        let Some(names) = item.names().map(|names| items.subjects(names)) else { return false };
        let fits = self.both.is_none_or(|_| names.iter().all(|name| of(self.both).contains(name)));
        fits && names.iter().all(|name| !of(other).contains(name)) && (own.is_none() || names == of(own))
    }

    /// Whether all names of an item are already placed.
    fn knows(&self, items: &Items, item: &Item) -> bool {
        let placed = |name: &u32| {
            let at = [self.a, self.b, self.both].into_iter().flatten();
            at.filter_map(|at| items.get(at)?.names()).any(|names| items.subjects(names).contains(name))
        };
        item.names().is_some_and(|names| items.subjects(names).iter().all(placed))
    }
}
