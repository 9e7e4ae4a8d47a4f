//! What praise and complaint are about, in phrases. In: a text that was read and scored. Out: phrases such as
//! `battery drains` or `helpful staff`; and, when all are counted, which of them are the same theme. A room of
//! its own because a theme is an opinion *with* the thing it is about: words alone name nothing to act on.
//!
//! Cf. Hu and Liu 2004 ("Mining and summarizing customer reviews"), who pair frequent nouns with the nearest
//! adjective; here the place of the opinion decides which noun it goes with, and what means the same is data.

mod find;
mod ground;
mod phrase;
mod synonyms;

pub use find::Phrases;
pub use ground::{Ground, ground};
pub use phrase::{Order, Phrase};
pub use synonyms::{Synonyms, THEMES};
