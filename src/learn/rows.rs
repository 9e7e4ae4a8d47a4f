//! Many short rows of a wide table. In: the columns of a row that are not 0, with their values. Out:
//! the same, in one piece of memory. Separate because all that learns walks over it, many times, and
//! only here is it known how it lies (compressed sparse rows; Saad 2003, section 3.4).

/// A table with few values in each row; all others are 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Where each row starts in the other two, and where the last one ends.
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
}

impl Default for Rows {
    fn default() -> Self {
        Self { starts: vec![0], columns: Vec::new(), values: Vec::new() }
    }
}

impl Rows {
    /// Adds a row. Columns may come in any order; values of a column that comes twice add up.
    pub fn push(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        for (column, value) in row {
            self.columns.push(column);
            self.values.push(value);
        }
        self.starts.push(self.columns.len());
    }

    /// Adds all rows of another table below those of this one.
    pub fn append(&mut self, other: &Self) {
        let end = self.columns.len();
        self.starts.extend(other.starts.iter().skip(1).map(|start| end + start));
        self.columns.extend_from_slice(&other.columns);
        self.values.extend_from_slice(&other.values);
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of values in all rows.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.columns.len()
    }

    /// Columns and values of a row, as they were pushed; nothing for a row that is not there.
    pub fn row(&self, number: usize) -> impl Iterator<Item = (u32, f32)> + '_ {
        let (columns, values) = self.slices(number);
        columns.iter().copied().zip(values.iter().copied())
    }

    /// Columns of a row and as many values.
    pub(super) fn slices(&self, number: usize) -> (&[u32], &[f32]) {
        let end = self.starts.get(number.saturating_add(1));
        let place = self.starts.get(number).zip(end).map_or(0..0, |(&start, &end)| start..end);
        (&self.columns[place.clone()], &self.values[place])
    }

    /// The same rows with other columns: `map` holds the new number of each column, or none for one
    /// that goes, as do columns beyond its end. Columns with the same new number add up.
    #[must_use]
    pub fn select(&self, map: &[Option<u32>]) -> Self {
        let mut selected = Self::default();
        for number in 0..self.len() {
            selected.push(self.row(number).filter_map(|(column, value)| Some((map.get(column as usize).copied()??, value))));
        }
        selected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &Rows) -> Vec<Vec<(u32, f32)>> {
        (0..rows.len()).map(|number| rows.row(number).collect()).collect()
    }

    #[test]
    fn rows_come_back_as_they_were_pushed() {
        let mut rows = Rows::default();
        assert!(rows.is_empty());
        let pushed = [vec![(3, 1.0), (0, -2.0)], vec![], vec![(7, 0.5)]];
        pushed.iter().for_each(|row| rows.push(row.iter().copied()));
        assert_eq!(read(&rows), pushed);
        assert_eq!((rows.len(), rows.entries(), rows.is_empty()), (3, 3, false));
        assert_eq!(rows.row(3).chain(rows.row(usize::MAX)).count(), 0);

        let mut twice = rows.clone();
        twice.append(&rows);
        twice.append(&Rows::default());
        assert_eq!(read(&twice), [&pushed[..], &pushed[..]].concat());
    }

    #[test]
    fn selected_columns_get_new_numbers() {
        let mut rows = Rows::default();
        rows.push([(0, 1.0), (1, 2.0), (2, 3.0)]);
        rows.push([(1, 4.0), (9, 5.0)]);
        assert_eq!(read(&rows.select(&[Some(1), None, Some(0)])), [vec![(1, 1.0), (0, 3.0)], vec![]]);
    }
}
