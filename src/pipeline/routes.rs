//! Records to one of several summaries. In: the day of a record and the value of one of its fields. Out: a part for
//! each way. Separate because a report has one summary, and a comparison inside a file has two or more of the same
//! pass.

use crate::summary::Summary;

/// Where records go.
pub struct Routes<'r> {
    /// Number of summaries. The last also takes what cannot be read, and copies of earlier records.
    pub ways: usize,
    /// The grouping whose value decides, by its place among fields and then columns.
    pub by: Option<usize>,
    /// The summary that a record of this day and value goes to.
    pub way: &'r Way<'r>,
}

/// Tells the way of a record by its day and the value of the field that decides.
pub type Way<'w> = dyn Fn(Option<i32>, Option<&str>) -> usize + Sync + 'w;

impl Routes<'static> {
    /// All records go to one summary.
    pub const ONE: Self = Routes { ways: 1, by: None, way: &|_, _| 0 };
}

/// A summary for each way that has been taken.
#[derive(Default)]
pub(super) struct Parts(Vec<Option<Summary>>);

impl Parts {
    /// That of a way; the last if there is none such.
    pub(super) fn of(&mut self, way: usize, routes: &Routes, empty: impl Fn() -> Summary) -> &mut Summary {
        let way = way.min(routes.ways.saturating_sub(1));
        if way >= self.0.len() {
            self.0.resize_with(way + 1, || None);
        }
        self.0[way].get_or_insert_with(empty)
    }

    /// Those there are.
    pub(super) fn each(&mut self) -> impl Iterator<Item = &mut Summary> {
        self.0.iter_mut().flatten()
    }

    /// Adds all parts of others.
    pub(super) fn merge(&mut self, others: Self) {
        self.0.resize_with(self.0.len().max(others.0.len()), || None);
        for (mine, theirs) in self.0.iter_mut().zip(others.0) {
            match (mine.as_mut(), theirs) {
                (Some(mine), Some(theirs)) => mine.merge(theirs),
                (None, Some(theirs)) => *mine = Some(theirs),
                (_, None) => {}
            }
        }
    }

    /// A summary for every way.
    pub(super) fn finish(mut self, routes: &Routes, empty: impl Fn() -> Summary) -> Vec<Summary> {
        self.0.resize_with(routes.ways, || None);
        self.0.into_iter().map(|part| part.unwrap_or_else(&empty)).collect()
    }
}
