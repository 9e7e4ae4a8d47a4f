//! Who is mentioned. In: queries such as `apple, iphone, !"apple pie"`, once; then texts with their
//! tokens. Out: the places of each subject in the text. A room of its own because it asks nothing of
//! opinions: whoever is mentioned is mentioned in texts without a score too.

pub mod comparison;
mod compile;
mod evaluate;
mod examples;
mod fields;
pub mod file;
mod find;
mod forms;
mod found;
mod fuzzy;
pub mod noise;
pub mod query;
mod subject;
mod term;

pub use compile::Subjects;
pub use examples::{Failure, Tested, test};
pub use fields::{Fields, NoFields};
pub use found::{Found, Mention};
pub use query::Query;
pub use subject::{Kind, Subject};
pub use term::Term;
