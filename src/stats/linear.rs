//! Linear equations of few unknowns. In: a symmetric positive definite matrix. Out: its inverse. Separate because
//! it is the one piece of linear algebra here.

/// A symmetric matrix.
pub(super) struct Symmetric {
    size: usize,
    cells: Vec<f64>,
}

/// The inverse of one.
pub(super) struct Inverse {
    size: usize,
    cells: Vec<f64>,
}

impl Symmetric {
    /// Nought everywhere.
    pub(super) fn new(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    /// Adds to a cell on or below the diagonal.
    pub(super) fn add(&mut self, row: usize, column: usize, value: f64) {
        if let Some(cell) = self.cells.get_mut(row * self.size + column) {
            *cell += value;
        }
    }

    /// The inverse, by the decomposition of Cholesky (Golub and Van Loan 2013, "Matrix Computations", 4.2).
    pub(super) fn inverse(self) -> Inverse {
        let (n, mut l) = (self.size, self.cells);
        for row in 0..n {
            for column in 0..=row {
                let sum: f64 = (0..column).map(|k| l[row * n + k] * l[column * n + k]).sum();
                let rest = l[row * n + column] - sum;
                l[row * n + column] = if row == column { rest.max(f64::MIN_POSITIVE).sqrt() } else { rest / l[column * n + column] };
            }
        }
        let mut cells = vec![0.0; n * n];
        for column in 0..n {
            let mut x = vec![0.0; n];
            for row in column..n {
                let sum: f64 = (column..row).map(|k| l[row * n + k] * x[k]).sum();
                x[row] = (if row == column { 1.0 } else { 0.0 } - sum) / l[row * n + row];
            }
            for row in (0..n).rev() {
                let sum: f64 = (row + 1..n).map(|k| l[k * n + row] * x[k]).sum();
                x[row] = (x[row] - sum) / l[row * n + row];
                cells[row * n + column] = x[row];
            }
        }
        Inverse { size: n, cells }
    }
}

impl Inverse {
    /// The product with a vector.
    pub(super) fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.cells.chunks(self.size.max(1)).map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
    }

    /// `x' A x` for a vector that is given by its places and values.
    pub(super) fn square(&self, vector: &[(usize, f64)]) -> f64 {
        let cell = |row: usize, column: usize| self.cells.get(row * self.size + column).copied().unwrap_or(0.0);
        vector.iter().map(|&(i, x)| vector.iter().map(|&(j, y)| x * y * cell(i, j)).sum::<f64>()).sum()
    }
}
