//! Fans and critics, as data. Separate because it is about people, who are named only where that was asked
//! for.

use crate::stats::Estimate;
use serde::{Deserialize, Serialize};

/// Who praises most, and who complains most.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct People {
    /// Fewest scored posts of somebody who is ranked.
    pub least: u64,
    /// Authors with at least that many.
    pub ranked: u64,
    /// One author in so many was looked at; 1 if all were.
    pub sample: u64,
    /// The warmest, first the one with the highest shrunken mean.
    pub fans: Vec<Person>,
    /// The most critical, first the one with the lowest.
    pub critics: Vec<Person>,
    /// Why nobody is ranked, if so.
    pub reason: Option<String>,
}

/// Somebody who wrote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// A number within this report or a pseudonym; the name where that was asked for.
    pub author: String,
    /// Scored posts.
    pub posts: u64,
    /// Praise.
    pub positive: u64,
    /// Complaints.
    pub negative: u64,
    /// Mean score, -1 to 1, shrunk towards that of all posts, the more the fewer posts there are; with its
    /// 95 % interval.
    pub score: Estimate,
    /// Mean score as counted.
    pub mean: f64,
    /// Day of the last post, `YYYY-MM-DD`.
    pub last: Option<String>,
    /// Themes that they raise, by name, the most frequent first.
    pub themes: Vec<String>,
}
