//! Who is mentioned. In: queries such as `apple, iphone, !"apple pie"`, once; then texts with their
//! tokens. Out: the places of each subject in the text. A room of its own because it asks nothing of
//! opinions: whoever is mentioned is mentioned in texts without a score too.

pub mod aspect;
pub mod comparison;
mod compile;
mod ear;
mod evaluate;
mod examples;
mod fields;
pub mod file;
mod find;
mod forms;
mod found;
mod fuzzy;
mod glossary;
mod handles;
mod listen;
pub mod noise;
pub mod query;
mod subject;
pub mod target;
mod term;

pub use compile::Subjects;
pub use ear::{About, Aim, Ear, Felt};
pub use examples::{Failure, Tested, test};
pub use fields::{Fields, NoFields};
pub use found::{Found, Mention};
pub use glossary::{Gloss, Glossary, Told};
pub use handles::handles;
pub use listen::Listener;
pub use query::Query;
pub use subject::{Kind, Subject};
pub use term::Term;
