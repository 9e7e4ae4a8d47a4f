//! Stars against text on the page. In: the cross table and the clashes. Out: each number with a way to a quote
//! of those stars. Separate because clashes are quotes first, and the table links to them.

use super::{List, Room, side_of};
use crate::report::html::quoted::{Quoted, Quotes};
use crate::report::{Clash, Part, StarRow, Stars};
use serde::Serialize;

/// Stars or points against the text.
#[derive(Serialize)]
pub struct StarsView<'r> {
    most: u8,
    rows: Vec<StarView<'r>>,
    agreement: &'r Part,
    clashes: List<ClashView<'r>>,
}

/// Records of one rating, and where to read some of them.
#[derive(Serialize)]
struct StarView<'r> {
    row: &'r StarRow,
    praise: Option<String>,
    complaint: Option<String>,
}

/// Stars and text that say the opposite.
#[derive(Serialize)]
struct ClashView<'r> {
    quoted: Quoted<'r>,
    says: &'r str,
    reason: &'r str,
}

/// Chooses and links them.
pub fn stars<'r>(stars: &'r Stars, room: Room, quotes: &mut Quotes<'r>) -> StarsView<'r> {
    let clash = |clash: &'r Clash| ClashView {
        quoted: quotes.add(&clash.quote, side_of(&clash.quote, &clash.says), ""),
        says: &clash.says,
        reason: &clash.reason,
    };
    let rows = stars.clashes.iter().take(room.quotes).map(clash).collect();
    let star =
        |row: &'r StarRow| StarView { row, praise: quotes.starred(row.stars, "praise"), complaint: quotes.starred(row.stars, "complaint") };
    StarsView {
        most: stars.most,
        rows: stars.rows.iter().take(room.rows).map(star).collect(),
        agreement: &stars.agreement,
        clashes: List { rows, all: stars.clashes.len() },
    }
}
