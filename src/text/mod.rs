//! Text to tokens. In: the text of one record, as it was written. Out: a list of [`Token`]s with
//! their place, kind, shape and folded [`Key`], plus how many letters of which script were seen.
//! A room of its own because it holds no opinion: lexicon files and mention queries are read through
//! the same tokenizer, so that a term always meets the text in the same form.

mod class;
pub mod emoji;
pub mod emoticon;
mod folded;
pub mod hashtag;
pub mod key;
mod link;
pub mod number;
pub mod script;
pub mod stretch;
pub mod token;
mod tokenizer;

pub use key::Key;
pub use script::{Script, ScriptCount};
pub use token::{Kind, Shape, Token};
pub use tokenizer::Tokens;
