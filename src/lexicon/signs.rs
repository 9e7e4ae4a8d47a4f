//! What occurs in a text, at a glance. In: units. Out: a set of bits. Separate because most rules have
//! nothing to do in most texts, and this is how they know without looking.

use super::{Role, Unit};
use crate::text::{Kind, Shape};

/// A set of roles, kinds and shapes that occur.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u32);

impl Signs {
    /// A question mark.
    pub const ASKS: Self = Self(1 << 24);
    /// An exclamation mark.
    pub const EXCLAIMS: Self = Self(1 << 25);
    /// A number.
    pub const NUMBER: Self = Self(1 << 26);
    /// An emoji or emoticon.
    pub const PICTURE: Self = Self(1 << 27);
    /// A stretched word, or several mouths.
    pub const REPEATED: Self = Self(1 << 28);
    /// A shouted word.
    pub const SHOUTED: Self = Self(1 << 29);

    /// The sign of a role.
    #[must_use]
    pub const fn role(role: Role) -> Self {
        Self(1 << role as u32)
    }

    /// The signs of a unit.
    #[inline]
    #[must_use]
    pub const fn of(unit: &Unit) -> Self {
        let signs = Self::role(unit.role);
        let signs = match unit.kind {
            Kind::Number => signs.with(Self::NUMBER),
            Kind::Emoji | Kind::Emoticon => signs.with(Self::PICTURE),
            _ => signs,
        };
        let shapes = [(Shape::ASKS, Self::ASKS), (Shape::EXCLAIMS, Self::EXCLAIMS), (Shape::REPEATED, Self::REPEATED), (Shape::SHOUTED, Self::SHOUTED)];
        let mut all = signs;
        let mut at = 0;
        while at < shapes.len() {
            if unit.shape.has(shapes[at].0) {
                all = all.with(shapes[at].1);
            }
            at += 1;
        }
        all
    }

    /// Both sets together.
    #[inline]
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets have anything in common.
    #[inline]
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
