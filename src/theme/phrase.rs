//! A phrase as it is counted. In: opinion, thing, and how they stand to each other. Out: one string, and back.
//! Separate because summaries count strings and reports read them.

/// How opinion and thing stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Order {
    /// `helpful staff`.
    Before,
    /// `love the screen`, `happy with the service`.
    Governs,
    /// `staff was helpful`.
    Linked,
    /// `battery drains`.
    Behind,
    /// `waste of money`: without a thing.
    Alone,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Before, Self::Governs, Self::Linked, Self::Behind, Self::Alone];

    const fn sign(self) -> char {
        match self {
            Self::Before => 'b',
            Self::Governs => 'g',
            Self::Linked => 'l',
            Self::Behind => 'v',
            Self::Alone => 'a',
        }
    }
}

/// An opinion with the thing it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Phrase<'p> {
    /// Whether it praises; else it complains.
    pub praise: bool,
    /// How its parts stand to each other.
    pub order: Order,
    /// The opinion, folded; with `not` in front where it was turned round.
    pub said: &'p str,
    /// The thing, folded; empty if there is none.
    pub thing: &'p str,
}

/// Stands between opinion and thing.
const BETWEEN: char = '\t';

impl<'p> Phrase<'p> {
    /// Begins the string of a phrase; the opinion, [`Self::between`] and the thing follow.
    pub(super) fn begin(praise: bool, order: Order, out: &mut String) {
        out.push(if praise { '+' } else { '-' });
        out.push(order.sign());
    }

    /// Goes on from the opinion to the thing.
    pub(super) fn between(out: &mut String) {
        out.push(BETWEEN);
    }

    /// Reads the string of a phrase; none if it is no such string.
    #[must_use]
    pub fn read(string: &'p str) -> Option<Self> {
        let mut signs = string.chars();
        let praise = match signs.next()? {
            '+' => true,
            '-' => false,
            _ => return None,
        };
        let sign = signs.next()?;
        let order = Order::ALL.into_iter().find(|order| order.sign() == sign)?;
        let (said, thing) = signs.as_str().split_once(BETWEEN)?;
        Some(Self { praise, order, said, thing })
    }

    /// The phrase as people would say it.
    #[must_use]
    pub fn spoken(&self) -> String {
        let Self { order, said, thing, .. } = self;
        match order {
            Order::Alone => (*said).to_owned(),
            Order::Before => format!("{said} {thing}"),
            Order::Governs => format!("{said} the {thing}"),
            Order::Behind => format!("{thing} {said}"),
            Order::Linked => match said.strip_prefix("not ") {
                Some(said) => format!("{thing} not {said}"),
                None => format!("{said} {thing}"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_read_as_they_were_written() {
        for (order, praise, said, thing, spoken) in [
            (Order::Before, true, "helpful", "staff", "helpful staff"),
            (Order::Behind, false, "drains", "battery", "battery drains"),
            (Order::Linked, false, "not helpful", "staff", "staff not helpful"),
            (Order::Governs, true, "love", "screen", "love the screen"),
            (Order::Alone, false, "waste of money", "", "waste of money"),
        ] {
            let mut string = String::new();
            Phrase::begin(praise, order, &mut string);
            string.push_str(said);
            Phrase::between(&mut string);
            string.push_str(thing);
            let phrase = Phrase::read(&string).unwrap();
            assert_eq!(phrase, Phrase { praise, order, said, thing });
            assert_eq!(phrase.spoken(), spoken);
        }
        assert!(["", "+", "xb", "+x\t", "+bno tab"].iter().all(|string| Phrase::read(string).is_none()));
    }
}
