//! Who writes what. In: authors of scored records. Out: for each the records by class, the scores, the first and the
//! last day. Separate because the number of authors grows with the data and memory must not: beyond a limit it keeps
//! a sample of the authors, drawn by a hash of their names. Which authors those are depends on the set of names
//! only, so merging stays associative, and of those that are kept every record is counted.

use super::distinct::hash;
use super::raised::level;
use super::stored;
use crate::score::{Polarity, Score};
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

/// Authors that are kept.
pub const MOST_PEOPLE: usize = 200_000;
/// Level of the smallest sample: one author in about a billion.
const MOST_LEVEL: u8 = 30;

/// What one author wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrote {
    counts: [u32; Polarity::ALL.len()],
    /// Sum of scores, in ten-thousandths.
    #[serde(deserialize_with = "stored::sum")]
    pub sum: i64,
    /// Sum of squared scores.
    #[serde(deserialize_with = "stored::squares")]
    pub squares: u64,
    first: i32,
    last: i32,
}

impl Default for Wrote {
    fn default() -> Self {
        Self { counts: [0; Polarity::ALL.len()], sum: 0, squares: 0, first: i32::MAX, last: i32::MIN }
    }
}

impl Wrote {
    fn add(&mut self, score: &Score, day: Option<i32>) {
        let count = &mut self.counts[score.polarity as usize];
        *count = count.saturating_add(1);
        self.sum += i64::from(score.score);
        self.squares += u64::from(score.score.unsigned_abs()).pow(2);
        if let Some(day) = day {
            self.first = self.first.min(day);
            self.last = self.last.max(day);
        }
    }

    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            *mine = mine.saturating_add(theirs);
        }
        self.sum += other.sum;
        self.squares += other.squares;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }

    /// Scored records.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }

    /// Records of a polarity.
    #[must_use]
    pub fn count(&self, polarity: Polarity) -> u64 {
        self.counts[polarity as usize].into()
    }

    /// First and last day, counted from 1 January 1970; none without dates.
    #[must_use]
    pub fn days(&self) -> Option<(i32, i32)> {
        (self.first <= self.last).then_some((self.first, self.last))
    }
}

/// Authors by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    #[serde(with = "stored::sorted")]
    authors: HashMap<Box<str>, Wrote>,
    /// Authors of lower levels are left out.
    #[serde(deserialize_with = "level")]
    level: u8,
    most: usize,
}

impl Default for People {
    fn default() -> Self {
        Self::with_most(MOST_PEOPLE)
    }
}

impl People {
    /// Nobody yet, and at most so many authors.
    #[must_use]
    pub fn with_most(most: usize) -> Self {
        Self { authors: HashMap::new(), level: 0, most }
    }

    /// Adds a scored record of an author.
    pub fn add(&mut self, author: &str, score: &Score, day: Option<i32>) {
        if self.level > 0 && level_of(author) < self.level {
            return;
        }
        if let Some(wrote) = self.authors.get_mut(author) {
            wrote.add(score, day);
            return;
        }
        let mut wrote = Wrote::default();
        wrote.add(score, day);
        self.authors.insert(author.into(), wrote);
        self.give_up();
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Self) {
        self.most = self.most.min(other.most);
        self.raise(self.level.max(other.level));
        let (level, theirs) = (self.level, other.authors);
        if self.authors.is_empty() && other.level == level {
            self.authors = theirs;
        } else {
            for (author, wrote) in theirs.into_iter().filter(|(author, _)| level == other.level || level_of(author) >= level) {
                self.authors.entry(author).or_default().merge(&wrote);
            }
        }
        self.give_up();
    }

    /// Leaves out authors until there is room: of those that are left, every other one.
    fn give_up(&mut self) {
        while self.authors.len() > self.most && self.level < MOST_LEVEL {
            self.raise(self.level + 1);
        }
    }

    fn raise(&mut self, level: u8) {
        if level > self.level {
            self.level = level;
            self.authors.retain(|author, _| level_of(author) >= level);
        }
    }

    /// One author in so many is kept: 1 if all are.
    #[must_use]
    pub const fn sample(&self) -> u64 {
        1 << self.level
    }

    /// Number of authors that are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.authors.len()
    }

    /// Whether no author is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.authors.is_empty()
    }

    /// The authors that are kept, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Wrote)> {
        self.authors.iter().map(|(author, wrote)| (&**author, wrote))
    }
}

/// Half of all authors are of level 0, half of the others of level 1, and so on.
fn level_of(author: &str) -> u8 {
    #[allow(clippy::cast_possible_truncation)] // at most 64
    let level = hash(author.as_bytes()).trailing_zeros() as u8;
    level.min(MOST_LEVEL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn score(points: i32) -> Score {
        let polarity = if points > 0 { Polarity::Positive } else { Polarity::Negative };
        Score { score: points, praise: points.max(0), complaint: (-points).max(0), polarity, confidence: 0, coverage: 0 }
    }

    type Post = (u8, i32, Option<i32>);

    fn of(posts: &[Post], most: usize) -> People {
        let mut people = People::with_most(most);
        posts.iter().for_each(|(author, points, day)| people.add(&format!("user {author}"), &score(*points), *day));
        people
    }

    fn merged(mut one: People, other: People) -> People {
        one.merge(other);
        one
    }

    proptest! {
        /// The laws hold while all are kept, and while a sample is.
        #[test]
        fn a_commutative_monoid(
            posts in proptest::collection::vec((0..40u8, -10_000..10_000i32, proptest::option::of(-3..9i32)), 0..60),
            cuts in (0..60usize, 0..60usize),
            most in 0..30usize,
        ) {
            let whole = of(&posts, most);
            let (first, last) = (cuts.0.min(cuts.1).min(posts.len()), cuts.0.max(cuts.1).min(posts.len()));
            let [a, b, c] = [&posts[..first], &posts[first..last], &posts[last..]].map(|part| of(part, most));
            prop_assert!(whole.len() <= most || whole.level == MOST_LEVEL);
            prop_assert_eq!(&merged(People::with_most(most), whole.clone()), &whole);
            prop_assert_eq!(&merged(whole.clone(), People::with_most(most)), &whole);
            prop_assert_eq!(&merged(merged(a.clone(), b.clone()), c.clone()), &whole);
            prop_assert_eq!(&merged(a.clone(), merged(b.clone(), c.clone())), &whole);
            prop_assert_eq!(&merged(merged(c, a), b), &whole);
            let mut reversed = posts;
            reversed.reverse();
            prop_assert_eq!(&of(&reversed, most), &whole);
        }
    }

    #[test]
    fn all_of_an_author_is_counted_in_a_sample_too() {
        let posts: Vec<Post> = (0..1000).map(|at| (u8::try_from(at % 250).unwrap(), 10 * (at % 250) - 900, Some(at))).collect();
        let (all, some) = (of(&posts, 1000), of(&posts, 60));
        assert_eq!((all.len(), all.sample()), (250, 1));
        assert!(some.len() <= 60 && some.len() > 10 && some.sample() >= 4, "{}", some.len());
        assert!(some.iter().all(|(author, wrote)| all.authors[author] == *wrote && wrote.records() == 4));
        let one = &all.authors["user 7"];
        assert_eq!((one.sum, one.days(), one.count(Polarity::Negative)), (4 * -830, Some((7, 757)), 4));
        assert_eq!(of(&[(1, 5, None)], 1).authors["user 1"].days(), None);
    }
}
