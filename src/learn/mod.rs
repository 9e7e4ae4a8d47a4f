//! Labelled records to weights. In: texts with labels, or records as sparse rows of numbers. Out: what
//! words, pairs and cues lean to, as a lexicon file. Separate because scoring must not know how its
//! weights came about, and learning uses scoring as it is: its rows are the terms of the same sums.

pub mod corpus;
pub mod features;
pub mod folds;
pub mod gather;
pub mod lbfgs;
pub mod lesson;
pub mod own;
pub mod page;
pub mod regression;
pub mod rows;
pub mod study;
pub mod terms;

pub use corpus::Corpus;
pub use gather::{Gathered, gather};
pub use lesson::{Learned, Lesson, Plan};
pub use own::{Answer, Wishes, learn_own};
pub use regression::{Class, Example, Fit, Problem, chances, fit};
pub use rows::Rows;
pub use study::{Base, Course, Strength, Study};
pub use terms::{Bar, Candidate};
