//! Praise versus complaints, from exported posts and reviews.
pub mod error;
pub mod escape;
pub mod lexicon;
pub mod score;
pub mod text;
