//! Shares of a whole as one bar. In: pieces that add up to one. Out: SVG. Separate because the pieces stand
//! beside each other, with a sign in each so that colour is not all that tells them apart.

use super::{length, open};
use std::fmt::Write;

/// Least share whose sign has room.
const ROOM: f64 = 0.05;
/// Gap between pieces, in per cent of the width.
const GAP: f64 = 0.3;

/// One piece.
pub struct Piece<'p> {
    /// Its share, 0 to 1.
    pub share: f64,
    /// Its class in the style.
    pub class: &'static str,
    /// The sign in it.
    pub sign: &'static str,
    /// Its name.
    pub name: &'p str,
}

/// The bar.
pub fn stacked(title: &str, pieces: &[Piece]) -> String {
    let named: Vec<String> = pieces.iter().map(|piece| format!("{} {}", piece.name, super::super::numbers::percent(piece.share))).collect();
    let mut out = open("stacked", 40, title, &named.join(", "));
    let mut left = 0.0;
    for piece in pieces {
        let width = (piece.share * 100.0).clamp(0.0, 100.0 - left);
        if width > GAP {
            let _ = write!(
                out,
                "<rect class=\"fill {}\" x=\"{}%\" width=\"{}%\" height=\"40\" rx=\"3\"/>",
                piece.class,
                length(left),
                length(width - GAP)
            );
        }
        if piece.share >= ROOM {
            let middle = length(left + width / 2.0);
            let _ = write!(
                out,
                "<text class=\"sign {}\" x=\"{middle}%\" y=\"26\" text-anchor=\"middle\" aria-hidden=\"true\">{}</text>",
                piece.class, piece.sign
            );
        }
        left += width;
    }
    out + "</svg>"
}
