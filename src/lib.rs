//! Praise versus complaints, from exported posts and reviews.
//!
//! Data flows one way: `input` cuts files into blocks of whole records, `text` cuts a record into
//! tokens, `lexicon` tells what bears on its score, `score` lets rules change the opinions and sums
//! them up, `summary` adds analyses in any order, `report` says what they add up to. `evaluate` tells how
//! far the answers can be trusted. `analyze` is the pure function in the middle and `pipeline` puts all
//! cores to work on it.
//!
//! ```
//! use earful::analyze::{Analyzer, Outcome, Scratch};
//! use earful::lexicon::builtin;
//!
//! let analyzer = Analyzer::new(vec![builtin::lexicon()?], None);
//! let mut scratch = Scratch::default();
//! let analysis = analyzer.analyze(None, Some("The screen isn’t good but support was great!!"), None, &mut scratch);
//! assert!(matches!(analysis.outcome, Outcome::Scored(score) if score.score > 0 && score.complaint > 0));
//! # Ok::<(), earful::error::Error>(())
//! ```
//!
//! To read files instead of texts, decide a [`config::Config`], make its [`pipeline::Job`], and turn
//! the summary into a [`report::Report`]; `examples/summarize_file.rs` does so in forty lines.

pub mod analyze;
pub mod config;
pub mod copies;
pub mod error;
pub mod escape;
pub mod evaluate;
pub mod explain;
pub mod extract;
pub mod flips;
pub mod gate;
pub mod input;
pub mod learn;
pub mod lexicon;
pub mod mention;
pub mod part;
pub mod pipeline;
pub mod pseudonym;
pub mod redact;
pub mod report;
pub mod score;
pub mod stats;
pub mod summary;
pub mod tables;
pub mod text;
pub mod theme;
