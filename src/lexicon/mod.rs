//! Lexicon files to one look-up table. In: the text of lexicon files, built in or the user's. Out: a
//! [`Lexicon`] that turns tokens into [`Unit`]s: words and phrases with their valence or role.
//! Separate because what words mean is data; how meanings combine is the business of `score`.

mod aside;
pub mod builtin;
pub mod catalogue;
mod compile;
mod cue;
mod cut;
pub mod diff;
mod entries;
pub mod entry;
pub mod format;
pub mod grammar;
pub mod heading;
pub mod inflections;
pub mod languages;
mod leanings;
pub mod lint;
pub mod met;
mod nodes;
mod prefix;
mod reading;
pub mod show;
mod signs;
pub mod similar;
mod steps;
pub(crate) mod table;
mod tags;
mod weights;

pub use aside::Aside;
pub use compile::Lexicon;
pub use cue::{CUES, Cue};
pub use entry::{Entry, Leaning, Meaning, Origin, Role};
pub use languages::Languages;
pub use leanings::{Leaner, Leanings};
pub use reading::{Reading, TELLING, Unit};
pub use signs::Signs;
pub use weights::{Mixed, Weights};
