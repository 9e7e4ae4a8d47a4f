//! What occurs in a text, at a glance. In: units. Out: a set of bits. Separate because most rules have
//! nothing to do in most texts, and this is how they know without looking.

use super::{Role, Unit};
use crate::text::{Kind, Shape};

/// A set of roles, kinds and shapes that occur.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u64);

/// Roles take the low bits; from here on kinds, then shapes.
const KINDS: u32 = 32;
const SHAPES: u32 = 48;

impl Signs {
    /// A question mark.
    pub const ASKS: Self = Self::shape(Shape::ASKS);
    /// An exclamation mark.
    pub const EXCLAIMS: Self = Self::shape(Shape::EXCLAIMS);
    /// A stretched word, or several mouths.
    pub const REPEATED: Self = Self::shape(Shape::REPEATED);
    /// A shouted word.
    pub const SHOUTED: Self = Self::shape(Shape::SHOUTED);
    /// A number.
    pub const NUMBER: Self = Self::kind(Kind::Number);
    /// An emoji or emoticon.
    pub const PICTURE: Self = Self::kind(Kind::Emoji).with(Self::kind(Kind::Emoticon));

    /// The sign of a role.
    #[inline]
    #[must_use]
    pub const fn role(role: Role) -> Self {
        Self(1 << role as u32)
    }

    const fn kind(kind: Kind) -> Self {
        Self(1 << (KINDS + kind as u32))
    }

    const fn shape(shape: Shape) -> Self {
        Self((shape.bits() as u64) << SHAPES)
    }

    /// The signs of a unit.
    #[inline]
    #[must_use]
    pub const fn of(unit: &Unit) -> Self {
        Self(Self::role(unit.role).0 | Self::kind(unit.kind).0 | Self::shape(unit.shape).0)
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
