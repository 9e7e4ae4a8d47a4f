//! Praise versus complaints, from exported posts and reviews.
pub mod analyze;
pub mod config;
pub mod error;
pub mod escape;
pub mod explain;
pub mod input;
pub mod lexicon;
pub mod pipeline;
pub mod redact;
pub mod report;
pub mod score;
pub mod stats;
pub mod summary;
pub mod text;
