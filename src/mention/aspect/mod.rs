//! What people talk about within a product or a service. In: vocabularies of aspects, shipped ones by domain
//! and the user's own; then texts with their tokens. Out: the places where an aspect is named. Separate from
//! subjects because nobody writes queries for twenty thousand words, and because nouns are told from verbs here.

pub mod builtin;
mod candidates;
mod compile;
pub mod file;
mod find;
mod forms;
mod senses;

pub use builtin::{CATEGORIES, DOMAINS, file_names, files, names, not_aspects};
pub use candidates::{Candidate, Candidates};
pub use compile::{Aspect, Aspects, Source};
pub use find::{AspectMention, AspectsFound};
pub use forms::{plural, plurals, singular};

#[cfg(test)]
mod tests;
